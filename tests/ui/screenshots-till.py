#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of what is done at the till: new orders, what was sent, stock, tickets, the README's.

    tests/lib/with-display --size 1024x768 tests/ui/screenshots-till.py FOLDER BUILD-FOLDER KIND
        [GROUP…]

pictures.py tells what the arguments are.
"""

import contextlib
import os
import re
import sqlite3
import tempfile

import screenshots as usual
from journey import accessible, sandbox
from pictures import (FIELD, back, back_to_list, between_two_starts, choose_tab, click, connected,
                      main_window, over, press, program, said, set_database, state, take)

import journey


# --- New order, and what was sent ---

def sale():
    with connected(**{"till-orders": "'all'"}) as till:
        main = main_window(till)
        with state("sale-empty"):
            till.keys("F2")
            till.wait_for(said("Search a product"), FIELD)
            till.wait_for("^Margherita, ", "")
        with state("sale-choice"):
            till.write("margh")
            journey.until(lambda: not till.find("^Salade César, ", under=main), "found")
            till.keys("Return")
            over(till)
        back(till, "ctrl+Return")
        with state("sale-basket"):
            till.keys("F2", "ctrl+a")
            till.write("tiram")
            journey.until(lambda: not till.find("^Salade César, ", under=main), "found")
            till.keys("Return")
            journey.until(lambda: till.says("Tiramis"), "found")
            till.keys("F2", "ctrl+a", "BackSpace")
        with state("sale-customer"):
            press(till, "Who it is for: %s")
            over(till)
        with state("sale-customer-found"):
            field = till.wait_for(said("Phone or e-mail of a HubRise customer"), FIELD)
            till.type(field, "+33123456789")
            press(till, "Search")
            till.wait_for("^(Nobody has|Inconnu)", "label")
        back(till, "Escape")
        with state("sale-time"):
            click(till.find_button(said("Wanted for: %s")))
            till.wait_for(said("in %1$d min   %2$s"), "")
        till.keys("Escape")
        many(till)
        with state("sale-taken"):
            till.keys("ctrl+Return")
            till.wait_sent("POST /v1/location/orders")


def many(till):
    """All drinks and desserts, which have no choices."""
    with state("sale-many"):
        for category, first in (("Boissons", "Orangeade"), ("Desserts", "Mousse")):
            click(till.wait_for(f"^{category}$", journey.ROW))
            journey.until(lambda name=first: journey.width(till.find(f"^{name}", "cell")) > 0, first)
            for node in [one for one, _ in accessible.walk(till.find(said("Products"), "table"))
                         if re.search("cell", accessible.role(one)) and journey.width(one) > 0]:
                click(node)
        till.wait_for("^Boissons$", journey.ROW)


def odd_sale():
    """What New order says to what is not the usual."""
    with connected(**{"till-orders": "'all'"}) as till:
        main = main_window(till)
        set_database(till, "INSERT INTO pos_stock (ref, active) VALUES ('CALZ-M', 0), ('CALZ-G', 0)")
        with state("sale-nothing"):
            till.keys("F2")
            till.wait_for("^Margherita, ", "")
            till.write("zzz")
            till.wait_for(said("Nothing found"), under=main)
        with state("sale-inactive"):
            till.keys("ctrl+a")
            till.write("calz")
            till.wait_for("^Calzone, .*INACTIF", under=main)
            till.keys("Return")
            over(till)
        with state("sale-inactive-question"):
            till.keys("Return")
            till.wait_for(said("Order it"), journey.BUTTON)
        back(till, "Return")
        with state("sale-row"):
            journey.until(lambda: till.says("Calzone", main), "in the basket")
            press(till, "Eat in", "service", under=main)
            press(till, "Card", "payment", under=main)
            press(till, "Note for the kitchen", under=main)
        with state("sale-leave"):
            till.keys("F2", "ctrl+a", "BackSpace", "Escape")
            over(till)
        back(till, "Escape")
        with state("sale-draft"):
            with between_two_starts(till):
                pass
            till.wait_for(said("Connected"), "label")
            till.keys("F2")
            till.wait_for(said("Go on with it"), journey.BUTTON)
        press(till, "Throw away")
        customers(till)
        with state("sale-offline"):
            till.shop.stop()
            till.keys("F2", "F5")
            till.wait_for(r"^(Offline since|Hors ligne depuis) ", "label", seconds=40)


def customers(till):
    """One of the HubRise list is found and chosen."""
    phone = next(one["phone"] for one in till.shop.state()["customers"] if one.get("phone"))
    press(till, "Who it is for: %s")
    over(till)
    window = till.window(said("Customer"))
    with state("sale-customer-results"):
        till.type(till.wait_for(said("Phone or e-mail of a HubRise customer"), FIELD), phone)
        press(till, "Search", under=window)
        found = till.wait_for(said("Customers found"), under=window)
        journey.until(lambda: till.find(re.escape(phone), journey.ROW, under=found), "somebody")
    with state("sale-customer-listed"):
        till.keys("Return")
        till.wait_for(said("Customer of the HubRise list"), "label", under=window)
    back(till, "ctrl+Return")
    back(till)


def busy_sale():
    """Another program holds the database when OK is pressed, and longer than Comptoir waits."""
    with connected() as till:
        till.keys("F2")
        till.wait_for("^Margherita, ", "")
        choose(till, "tiram", "Tiramis")
        path = os.path.join(till.data, "shop", "comptoir.db")
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with state("sale-saving"):
                till.keys("ctrl+Return")
                till.wait_for(said("saving the order of %s…"), "label")
            with state("sale-not-saved"):
                till.wait_for(said("The order is not saved: here it is again"), "label")
            with state("sale-aside"):
                till.keys("ctrl+Return")
                choose(till, "orang", "Orangeade")
                take_up = till.wait_for(said("Take it up"), journey.BUTTON)
                journey.until(lambda: till.is_on(take_up), "the order before waits")
            other.execute("ROLLBACK")


def choose(till, text, product):
    main = main_window(till)
    till.keys("F2", "ctrl+a")
    till.write(text)
    journey.until(lambda: not till.find("^Salade César, ", under=main), "found")
    till.keys("Return")
    journey.until(lambda: till.says(product, main), "in the basket")


def no_catalog():
    with connected(card={"name": "Vide", "categories": [], "products": []}) as till:
        with state("stock-no-catalog"):
            till.keys("ctrl+3")
        with state("sale-no-catalog"):
            till.keys("F2")


# --- What was sent ---

def sent():
    with connected(**{"till-orders": "'all'"}) as till:
        main = main_window(till)
        with state("sent-empty"):
            till.keys("F3")
        with state("sent-all-empty"):
            choose_tab(till, "Sent orders", "All", "tab")
        choose_tab(till, "Sent orders", "In progress %d", "tab")
        sell_one(till)
        till.wait_sent("POST /v1/location/orders")
        till.shop.control("POST", "/failures", {
            "method": "POST", "path": "/location/orders", "times": 0, "status": 422,
            "message": "items are invalid"})
        sell_one(till)
        till.wait_sent("POST /v1/location/orders", count=2)
        with state("sent"):
            till.keys("F3")
            till.wait_for(said("Edit and resend"), journey.BUTTON)
        with state("sent-detail"):
            press(till, "Show the whole order", under=till.find(said("Sent orders"), "^list$"))
            till.wait_for(said("History"), "label")
        back_to_list(till)
        with state("correcting"):
            press(till, "Edit and resend")
            till.wait_for(said("Correcting order %s"), "label")
        with state("correcting-leave"):
            till.keys("Escape")
            over(till)
        back(till, "Return")


def sell_one(till):
    till.keys("F2", "ctrl+a")
    till.write("tiram")
    journey.until(lambda: not till.find("^Salade César, ", under=main_window(till)), "found")
    till.keys("Return")
    till.wait_for("^1 × Tiramis")
    till.keys("ctrl+Return")
    till.wait_gone("^1 × Tiramis")


# --- Stock ---

def stock():
    with connected(card=usual.CARD) as till:
        till.shop.control("POST", "/catalog/drop", {"sku_ref": "CALZ"})
        with sqlite3.connect(os.path.join(till.data, "shop", "comptoir.db"), timeout=10) as pos:
            pos.executemany("INSERT INTO pos_stock (ref, quantity) VALUES (?, ?)", usual.COUNTED)
        till.wait_sent("PATCH /v1/catalogs/.*", count=1)
        press(till, "Stock", under=main_window(till))
        with state("stock-edit"):
            till.wait_gone("^(This till is connected|Cette caisse est connectée)", "label")
            click(till.find("^Margherita petite\\b", under=till.find("^Stock$", "^list$")))
            till.wait_for(said("One more"), journey.BUTTON)
        with state("stock-row-menu"):
            click(till.find_button(said("More for this item")))
            till.wait_for(said("Off until tomorrow"), journey.BUTTON)
        till.keys("Escape")
        with state("stock-choose"):
            press(till, "Select")
        press(till, "Done")
        with state("stock-differs"):
            till.shop.control("PATCH", "/inventory", {"entries": [
                {"sku_ref": "MAR-SM", "stock": "3"}, {"sku_ref": "COK33", "stock": "7"}]})
            till.check_now()
            till.wait_for("^(Compare|Comparer) \\(", journey.BUTTON)
        with state("stock-compare"):
            till.press_button("^(Compare|Comparer)")
            over(till)
        back(till, "Escape")
        with state("stock-synchronised"):
            press(till, "Synchronise stock")
            till.wait_sent("PUT /v1/catalogs/.*")
            over(till)
        back(till, "Escape")
        till.shop.control("POST", "/orders", usual.order("R1", items=[
            {"product_name": "Margheritta", "sku_ref": "MARG", "price": "9.50 EUR",
             "quantity": "2"}]))
        till.check_now()
        with state("refs"):
            till.keys("ctrl+4")
            press(till, "Check refs")
            over(till)
        back(till, "Escape")


ITEMS = "^Stock$"


def item(till, name):
    return till.wait_for(f"^{name}\\b", under=till.find(ITEMS, "^list$"))


def stock_lists():
    with connected(card=usual.CARD) as till:
        main = main_window(till)
        with sqlite3.connect(os.path.join(till.data, "shop", "comptoir.db"), timeout=10) as pos:
            pos.executemany("INSERT INTO pos_stock (ref, quantity) VALUES (?, ?)", usual.COUNTED)
            pos.execute("UPDATE stock SET low = 5000 WHERE ref = 'MAR-LG'")
        till.wait_sent("PATCH /v1/catalogs/.*", count=1)
        press(till, "Stock", under=main)
        for tab, context, name in (("Out of stock %d", "tab", "out"), ("Low %d", "stock tab", "low")):
            with state(f"stock-{name}"):
                choose_tab(till, "Stock", tab, context)
                till.wait_gone("^Coca\\b", within=said("Stock"))
        choose_tab(till, "Stock", "All %d", "stock tab")
        with state("stock-options"):
            choose_tab(till, "Stock", "Options %d", "tab")
            item(till, "Œuf")
        choose_tab(till, "Stock", "Products %d", "tab")
        with state("stock-nothing"):
            field = till.wait_for(said("Search items"), FIELD)
            till.type(field, "zzz")
            till.wait_for(said("Nothing here"))
        till.type(field, "")
        item(till, "Calzone")
        with state("stock-categories"):
            click(till.wait_for(said("Category"), "combo|button"))
            till.wait_for("^Desserts$", "")
        till.keys("Escape")
        with state("stock-files"):
            till.open_menu(said("Catalog and files"), under=main)
            journey.until(lambda: journey.width(till.find(said("Check refs"), under=main)), "open")
        click(till.find(said("Catalog and files"), under=main))
        with state("stock-undo"):
            till.press(till.wait_for("^(On sale|En vente) ?: Coca", "switch|toggle|check"))
            till.wait_for(said("Undo"), journey.BUTTON)
        numbers(till)
        several(till)


def numbers(till):
    click(item(till, "Panna cotta"))
    with state("stock-manage"):
        click(till.wait_for(said("More for this item"), journey.BUTTON))
        press(till, "Manage its stock…")
        field = till.wait_for(said("How many are there?"), FIELD)
        till.type(field, "1O")
        till.keys("Return")
        till.wait_for(said("Write a number like 3 or 12.5"), "label")
    till.keys("Escape")
    click(item(till, "Margherita petite"))
    field = till.wait_for(said("Quantity"), FIELD)
    with state("stock-keypad"):
        click(field, from_end=16)
        till.wait_for(said("Delete"), journey.BUTTON)
    till.keys("Escape")
    with state("stock-wrong"):
        till.type(field, "1O")
        till.keys("Return")
        till.wait_for(said("Not a number"), "label")
    till.keys("Escape")
    with state("stock-date"):
        click(till.find_button(said("More for this item")))
        press(till, "Off until a date…")
        till.wait_for(said("Off until that morning"), journey.BUTTON)
    till.keys("Escape")
    with state("stock-threshold"):
        click(till.find_button(said("More for this item")))
        press(till, "Warn from a number down…")
        till.wait_for(said("Warn from this number down"), FIELD)
    till.keys("Escape")


def several(till):
    with state("stock-chosen"):
        press(till, "Select")
        for name in ("Margherita petite", "Calzone"):
            click(item(till, name))
    with state("stock-choice-menu"):
        till.open_menu(said("Take off sale, count…"))
        till.wait_for(said("Off until tomorrow"), journey.BUTTON)
    till.keys("Escape")
    press(till, "Done")


def stock_sending():
    with connected(card=usual.CARD) as till:
        till.keys("ctrl+3")
        till.shop.control("POST", "/failures", {"method": "PUT", "path": "*", "hold": "before"})
        with state("stock-replacing"):
            press(till, "Synchronise stock")
            till.wait_for(said("Sending the whole stock…"), "label")
        with state("stock-identical"):
            till.shop.control("POST", "/release", {})
            till.wait_for(said("Stock synchronised: read back, identical"), "label")
        with state("refs-none"):
            till.keys("ctrl+4")
            press(till, "Check refs")
            over(till)
            till.wait_for("^(Every code|Tous les codes|Chaque code)", "label")
        back(till, "Escape")
        till.shop.control("PUT", "/catalog", usual.CARD | {"products": usual.CARD["products"][:4]})
        till.check_now()
        till.wait_sent("GET /v1/catalogs/[^/]*", count=2)
        with state("refs-gone"):
            press(till, "Check refs")
            over(till)
            till.press(till.wait_for(said("Gone from the catalog"), "toggle|radio|tab|button"))
            till.wait_for("^Vin rouge", "")
        back(till, "Escape")


def stock_kept():
    """By this till or by another, with its quantities or without."""
    with sandbox.Sandbox() as shop, program(shop) as till:
        shop.control("PUT", "/catalog", usual.CARD)
        shop.control("PATCH", "/inventory", {"entries": [
            {"sku_ref": "MAR-SM", "stock": "24"}, {"sku_ref": "TIRA", "stock": "0"}]})
        till.focus_window()
        till.connect()
        back(till)
        with state("stock-question"):
            till.keys("ctrl+3")
            till.wait_for(said("Yes, this till"), journey.BUTTON)
        with state("stock-another"):
            press(till, "No, another")
            till.wait_for(said("Another till keeps the stock"), "label")
    with connected(card=usual.CARD, **{"stock-mode": "'out-of-stock'"}) as till:
        with sqlite3.connect(os.path.join(till.data, "shop", "comptoir.db"), timeout=10) as pos:
            pos.executemany("INSERT INTO pos_stock (ref, quantity) VALUES (?, ?)", usual.COUNTED)
        with state("stock-out-only"):
            till.keys("ctrl+3")
            item(till, "Margherita petite")


LIST = """ref;nom;quantité;actif
MAR-SM;Margherita petite;12,5;1
TIRA;Tiramisù;0;0
NADA;Inconnu;3;1
CALZ;Calzone;beaucoup;1
"""


def importing():
    with connected(card=usual.CARD) as till, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "stock.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(LIST)
        till.keys("ctrl+3")
        item(till, "Calzone")
        with state("import-file"):
            till.open_menu(said("Catalog and files"))
            press(till, "Take stock from a file")
            over(till)
        with state("import"):
            till.write(path)
            till.keys("Return")
            till.window(said("Stock from a file"))
        with state("imported"):
            press(till, "Take these lines")
            journey.until(lambda: not till.find_button(said("Take these lines")) or
                          journey.width(till.find_button(said("Take these lines"))) == 0, "taken")


# --- What the README shows ---

def readme():
    """At 1366x768, in light colours."""
    with connected(**{"till-orders": "'all'"}) as till:
        for _ in range(5):
            till.shop.control("POST", "/orders", {"generate": True})
        till.check_now()
        numbers = [re.search(r"#?([\w-]+),", accessible.name(one)).group(1)
                   for one in waiting_rows(till)]
        for number in numbers[2:3]:
            till.press_in_row(number, usual.ACCEPT)
            till.press_in_row(number, "^(Take charge|Prendre en charge)$")
        till.wait_gone("^(This till is connected|Cette caisse est connectée)", "label")
        with state("readme-detail"):
            till.press_in_row(numbers[0], usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
            journey.xdotool("mousemove", "683", "760")
        with state("readme-hubrise"):
            till.keys("ctrl+4")
            till.wait_for(said("Failures only"))
        with state("readme-sale"):
            fill_basket(till)


def waiting_rows(till):
    shown = journey.until(lambda: till.find(journey.ORDERS, "^list$"), "the list")
    return journey.until(lambda: [node for node, _ in accessible.walk(shown)
                                  if re.search(usual.ACCEPT, accessible.name(node))] and
                         [node for node, _ in accessible.walk(shown)
                          if re.search(journey.ROW, accessible.role(node)) and
                          till.find(usual.ACCEPT, journey.BUTTON, under=node)], "orders")


def fill_basket(till):
    for words, choice in (("margh", True), ("cesar", True), ("tiram", False), ("orangeade", False)):
        till.keys("F2", "ctrl+a")
        till.write(words)
        journey.until(lambda: not till.find("^Reine, ", "cell"), "found")
        till.keys("Return")
        if choice:
            over(till)
            back(till, "ctrl+Return")
    till.keys("F2", "ctrl+a", "BackSpace")
    till.wait_for("^Reine, ", "cell")


take(sale, odd_sale, busy_sale, no_catalog, sent, stock, stock_lists, stock_sending, stock_kept, importing,
     readme)
