#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of what is seen seldom: troubles, refusals, questions, and all of New order.

    tests/lib/with-display --size 1024x768 tests/ui/screenshots-rare.py FOLDER BUILD-FOLDER KIND
        [GROUP…]

KIND is "fr-light", "en-dark"…; GROUP one of the functions at the end. A picture that cannot be
taken is told and passed over.
"""

import contextlib
import gettext
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import traceback

import screenshots as usual
from journey import accessible, sandbox

import journey

LANGUAGE, SCHEME = sys.argv[3].split("-")
WIDTH = journey.xdotool("getdisplaygeometry").split()[0]
CATALOG = gettext.translation("comptoir", os.environ["COMPTOIR_LOCALE_DIR"], [LANGUAGE],
                              fallback=True)
FIELD = "text|entry"
PAGES = [*map(CATALOG.gettext, ("Orders", "Alerts", "HubRise", "Stock", "Printing")),
         CATALOG.pgettext("preferences", "Till")]


def said(text, context=None):
    """A name as the window has it, whole; "…%s…" takes anything there."""
    words = CATALOG.pgettext(context, text) if context else CATALOG.gettext(text)
    words = re.sub(r"%(\d\$)?[sdu]", "\0", words)
    whole = re.escape(words).replace("\0", ".*").replace("\\\0", ".*")
    return f"^{whole}( {whole})?$"


def picture(name):
    usual.picture(f"{name}-{LANGUAGE}-{SCHEME}-{WIDTH}")


@contextlib.contextmanager
def state(name):
    """One picture of what its lines bring about."""
    try:
        yield
        picture(name)
    except Exception as error:  # pylint: disable=broad-except
        where = traceback.extract_tb(error.__traceback__)[1]
        print(f"not taken: {name}, line {where.lineno}: {str(error)[:100]}", flush=True)
        picture(f"failed-{name}")


def program(shop, **more):
    settings = {"alert-window": "false", "window-maximized": "true"} | more.pop("settings", {})
    return journey.Till(shop, language="C" if LANGUAGE == "en" else LANGUAGE, settings=settings,
                        **usual.colours(SCHEME), **more)


@contextlib.contextmanager
def connected(*options, card=None, **settings):
    with sandbox.Sandbox(*options) as shop, program(shop, settings=settings) as till:
        if card:
            shop.control("PUT", "/catalog", card)
        till.focus_window()
        till.connect()
        back(till)
        till.wait_sent("GET /v1/catalogs/.*/location/inventory")
        yield till


def back(till, *keys):
    """To the main window."""
    for key in keys:
        till.keys(key)
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the main window has the keyboard")


def over(till):
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "a window over the main one")


def main_window(till):
    return till.find_window(journey.MAIN)


def press(till, text, context=None, **where):
    till.press_button(said(text, context), **where)


def click(node):
    """By the pointer, a third into it: for what the accessibility bus cannot press."""
    at = node.get_component_iface().get_extents(accessible.Atspi.CoordType.WINDOW)
    shown = journey.xdotool("getactivewindow", "getwindowgeometry", "--shell")
    place = dict(line.split("=") for line in shown.splitlines() if "=" in line)
    journey.xdotool("mousemove", str(int(place["X"]) + at.x + at.width // 3),
                    str(int(place["Y"]) + at.y + at.height // 2), "click", "1")


def menu(till, text):
    till.keys("F10")
    till.press(till.wait_for(said(text), "menu item"))


# --- Troubles ---

def spoil_version(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 9999")


def spoil_bytes(path):
    with open(path, "r+b") as file:
        file.write(b"this was a database once" * 400)


def troubles():
    for name, spoil in (("newer", spoil_version), ("damaged", spoil_bytes)):
        with tempfile.TemporaryDirectory(prefix="comptoir-") as data:
            path = os.path.join(data, "shop", "comptoir.db")
            with program(None, data=data) as till:
                till.wait_for(said("Not connected"), "label")
            spoil(path)
            with program(None, data=data) as till:
                with state(f"trouble-{name}"):
                    till.wait_for(said("Try again"), journey.BUTTON)
                    till.focus_window()
                with state(f"fresh-{name}"):
                    press(till, "Keep it and start a fresh one")
                    till.wait_for(said("Not connected"), "label")


def locked():
    """The second one is of another name, so that it does not merely raise the first."""
    with connected() as till:
        till.shop.control("POST", "/orders", usual.ORDERS[0])
        till.check_now()
        os.symlink(os.path.join(till.data, "shop"), os.path.join(till.data, "devel"))
        shutil.copy(os.path.join(till.data, "shop.ini"), os.path.join(till.data, "devel.ini"))
        with program(till.shop, data=till.data, COMPTOIR_PROFILE="devel") as other:
            with state("second-program"):
                other.row("4821")
                other.focus_window()


def refused():
    with connected() as till:
        till.shop.control("POST", "/orders", usual.ORDERS[0])
        till.check_now()
        till.row("4821")
        with state("refused"):
            till.shop.control("POST", "/refuse", {"message": "This account has an unpaid invoice"})
            till.keys("F5")
            journey.until(lambda: till.says("unpaid"), "refused")
        with state("refused-hubrise"):
            till.keys("ctrl+4")
        with state("exchange"):
            click(till.wait_for(said("Look for news")[:-1].split("(")[0], journey.ROW))
            over(till)


# --- Connecting ---

def connecting():
    with sandbox.Sandbox() as shop, program(shop) as till:
        till.focus_window()
        press(till, "Connect")
        over(till)
        field = till.wait_for("^Code, ou?r? ", FIELD)
        with state("connect-code"):
            press(till, "Use a code instead")
            till.wait_for(said("Code shown by HubRise"), "label")
        window = till.find_window(said("Connect to HubRise"))
        for name, cause in (("wrong", {}), ("unreachable", {"drop": "before"}),
                            ("trouble", {"status": 500})):
            with state(f"connect-{name}"):
                shop.control("DELETE", "/failures")
                if cause:
                    shop.control("POST", "/failures", {"path": "/oauth2/*", "times": 0} | cause)
                till.type(field, f"{len(name):010}")
                since = till.journal()
                press(till, "Connect", under=window)
                journey.until(lambda known=since: len(till.journal()) > len(known) and
                              till.find_button(said("Connect"), under=window), "an answer")
                till.wait_for("^HubRise ", "label", under=window)


# --- What stands beside the day's work ---

def windows():
    with connected(sellers="['Anne', 'Karim', 'Zoé']") as till:
        with state("about"):
            menu(till, "About Comptoir")
            over(till)
        back(till, "Escape")
        with state("main-menu"):
            till.keys("F10")
            till.wait_for(said("About Comptoir"), "menu item")
        till.keys("Escape")
        with state("pause"):
            menu(till, "Pause orders…")
            over(till)
        with state("paused"):
            till.answer(said("Pause orders"), CATALOG.gettext("Pause orders"))
            till.wait_sent("PATCH /v1/location")
            back(till)
            till.wait_for(said("Resume orders"), journey.BUTTON)
        with state("busy"):
            menu(till, "Busy…")
            over(till)
        with state("busy-bar"):
            till.answer(said("Busy"), CATALOG.gettext("Set to busy"))
            till.wait_sent("PATCH /v1/location", count=2)
            back(till)
        with state("sellers"):
            click(till.find_button(said("Choose the seller")))
            till.wait_for("Karim", "")
        till.keys("Escape")
        pages(till)


def pages(till):
    till.keys("ctrl+comma")
    over(till)
    window = till.find_window(said("Preferences"))
    tabs = [node for node, _ in accessible.walk(window)
            if re.search("^(toggle|radio button|page tab|push button)$", accessible.role(node)) and
            accessible.name(node) in PAGES and journey.width(node) > 0]
    for number, tab in enumerate(tabs):
        with state(f"preferences-{number}"):
            click(tab)
            journey.xdotool("mousemove", str(int(WIDTH) // 2), "400")
        for step in range(1, 5):
            with state(f"preferences-{number}-{step}"):
                journey.xdotool("click", "--repeat", "8", "5")
    back(till, "Escape")


# --- Orders that are not as others ---

def orders():
    with connected() as till:
        shop = till.shop
        shop.control("POST", "/orders", {"raw_body": '{"items": [', "id": "raw01"})
        shop.control("POST", "/orders", usual.order("F1", channel="Uber Eats", items=[
            {"product_name": "Margherita", "sku_ref": "MARG-M", "price": "9.50 EUR",
             "quantity": "2", "customer_notes": "Bien cuite",
             "options": [{"option_list_name": "Suppléments", "name": "Œuf", "ref": "EGG",
                          "price": "1.00 EUR"}]},
            {"product_name": "Produit inconnu", "sku_ref": "NOPE", "price": "12.50 EUR",
             "quantity": "1"}],
            customer={"first_name": "Anne", "last_name": "Exemple", "phone": "+33612345678",
                      "address_1": "1 rue de la Paix", "postal_code": "75002", "city": "Paris",
                      "delivery_notes": "Code 8888, sonner deux fois"},
            discounts=[{"name": "Bienvenue", "price_off": "2.10 EUR"}],
            charges=[{"name": "Livraison", "price": "2.50 EUR"}],
            payments=[{"name": "Carte", "ref": "CARD", "amount": "10.00 EUR"}]))
        shop.control("POST", "/orders", usual.order("F2", status="accepted", items=[
            usual.item("Reine", "12.50 EUR")],
            payments=[{"name": "Carte", "ref": "CARD", "amount": "20.00 EUR"}]))
        shop.control("POST", "/orders", usual.order("F3", status="received", channel="Deliveroo",
                                                    items=[usual.item("Reine", "12.50 EUR")]))
        ident = shop.control("POST", "/orders", usual.order("F4", channel="Deliveroo", items=[
            usual.item("Reine", "12.50 EUR")]))["id"]
        till.check_now()
        till.row("F4")
        till.keys("F5")
        with state("raw"):
            till.press_in_row("raw01", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
        back_to_list(till)
        with state("full"):
            till.press_in_row("F1", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
        with state("missing"):
            till.press_button(said("Missing: %s"))
            over(till)
        back(till, "Escape")
        back_to_list(till)
        with state("refund"):
            till.press_in_row("F2", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
        back_to_list(till)
        with state("elsewhere"):
            till.press_in_row("F3", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
            press(till, "Handled elsewhere")
        back_to_list(till)
        with state("changed"):
            till.press_in_row("F4", usual.ACCEPT)
            till.wait_sent(f"PATCH /v1/location/orders/{ident}", count=2)
            till.press_in_row("F4", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
            shop.control("PATCH", f"/orders/{ident}", {"customer_notes": "Sans oignons",
                                                       "items": [usual.item("Thon", "13.00 EUR")]})
            till.check_now()
            journey.until(lambda: till.says("Sans oignons"), "the change")
        back_to_list(till)
        with state("invoice"):
            till.press_in_row("F1", usual.ACCEPT)
            till.press_in_row("F1", said("Invoice"))
            over(till)
        back(till, "Escape")
        with state("orders-mixed"):
            till.keys("ctrl+1")


def back_to_list(till):
    back(till)
    for name in ("^Back to", "^Retour à"):
        button = till.find_button(name)
        if button and till.is_on(button):
            till.press(button)


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
            till.wait_sent("GET /v1/customer_lists/.*")
        back(till, "Escape")
        with state("sale-time"):
            click(till.find_button(said("Wanted for: %s")))
            till.wait_for(said("in %1$d min   %2$s"), "")
        till.keys("Escape")
        many(till)
        with state("sale-taken"):
            till.keys("ctrl+Return")
            till.wait_sent("POST /v1/location/orders")
        till.shop.control("POST", "/failures", {
            "method": "POST", "path": "/location/orders", "times": 0, "status": 422,
            "message": "items are invalid"})
        with state("sent"):
            till.keys("F2")
            till.wait_for(said("Search a product"), FIELD)
            till.write("tiram")
            journey.until(lambda: not till.find("^Salade César, ", under=main), "found")
            till.keys("Return")
            journey.until(lambda: till.says("Tiramis"), "found")
            till.keys("ctrl+Return")
            till.wait_sent("POST /v1/location/orders", count=2)
            till.keys("F3")
            till.wait_for(said("Retry"), journey.BUTTON)


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


GROUPS = {one.__name__: one for one in (troubles, locked, refused, connecting, windows, orders, sale,
                                        stock, readme)}
for chosen in sys.argv[4:] or GROUPS:
    try:
        GROUPS[chosen]()
    except Exception:  # pylint: disable=broad-except
        print(traceback.format_exc(limit=-3)[:600])
