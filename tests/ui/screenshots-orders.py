#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of orders that are not as others, of the questions about them and of the warnings.

    tests/lib/with-display --size 1024x768 tests/ui/screenshots-orders.py FOLDER BUILD-FOLDER KIND
        [GROUP…]

pictures.py tells what the arguments are.
"""

import contextlib
import os
import sqlite3

import screenshots as usual
from pictures import (CATALOG, FIELD, WIDTH, back, back_to_list, between_two_starts, choose_tab,
                      connected, is_chosen, main_window, over, press, said, set_database, state, take)

import journey


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
            till.wait_gone(usual.REJECT, journey.BUTTON, within=said("The whole order"))
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
            insist(till, "F1", said("Invoice"))
        back(till, "Escape")
        with state("orders-mixed"):
            till.keys("ctrl+1")


def insist(till, number, button):
    """Until a dialog is there: a press right after another does not count."""
    def pressed():
        if till.has_keyboard(journey.MAIN):
            till.press_in_row(number, button)
        return not till.has_keyboard(journey.MAIN)

    journey.until(pressed, f"{button} of {number} opens a window")


def fullest():
    """The order of the contract with every field there is."""
    with connected() as till:
        document = journey.fixture("hubrise", "json", "fullest-order.json")
        now = till.shop.control("GET", "/clock")["now"]
        document.update(collection_code="P1", id="p1", created_at=now, expected_time=None,
                        confirmed_time=None)
        till.shop.control("POST", "/orders", {"verbatim": document, "id": "p1"})
        till.check_now()
        with state("fullest"):
            till.press_in_row("P1", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
        for step in range(1, 5):
            with state(f"fullest-{step}"):
                journey.xdotool("mousemove", str(int(WIDTH) * 3 // 4), "450",
                                "click", "--repeat", "6", "5")


# --- Every list ---

def lists():
    with connected() as till:
        for tab, name in (("Later %d", "later"), ("All %d", "all"), ("Today %d", "today")):
            with state(f"{name}-empty"):
                choose_tab(till, "Web orders", tab, "tab")
        with state("search-empty"):
            till.keys("ctrl+f")
            till.write("zzz")
            till.wait_for(said("Nothing found"))
        till.keys("ctrl+a", "BackSpace")
        with state("later"):
            till.shop.control("POST", "/orders", usual.order(
                "T1", status="accepted", expected_time=usual.ago(days=-2),
                items=[usual.item("Reine", "12.50 EUR")]))
            till.check_now()
            choose_tab(till, "Web orders", "Later %d", "tab")
            till.row("T1")
        choose_tab(till, "Web orders", "Today %d", "tab")
        with state("late"):
            with between_two_starts(till):
                till.shop.control("POST", "/clock", {"advance": -240})
                for one in usual.ORDERS:
                    till.shop.control("POST", "/orders", one)
                till.shop.control("POST", "/clock", {"advance": 240})
            till.row("4824")


NOTICES = ((2, "cancelled"), (3, None), (4, "in_preparation"), (5, None), (6, "12.50 EUR"),
           (7, "3.00 EUR"))


def notices():
    """What is told of what others did, as if it had been found out while it was closed."""
    with connected() as till:
        for number, _ in NOTICES:
            till.shop.control("POST", "/orders", usual.order(
                f"N{number}", status="accepted", channel="Deliveroo",
                items=[usual.item("Reine", "12.50 EUR")],
                customer={"first_name": "Anne", "last_name": "Exemple"}))
        till.shop.control("POST", "/orders", usual.ORDERS[0])
        till.check_now()
        till.row("N7")
        with state("notices"):
            with between_two_starts(till):
                for number, text in NOTICES:
                    words = f"'{text}'" if text else "NULL"
                    set_database(till, f"UPDATE orders SET notice = {number}, notice_text = {words}, "
                                       f"desk = 4 WHERE number = 'N{number}'")
            till.row("N2")
        with state("notices-end"):
            usual.scroll()
        with state("notice-detail"):
            till.press_in_row("N7", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
        back_to_list(till)
        foreign(till)


def foreign(till):
    """Orders of a connection that was made before."""
    with state("foreign"):
        with between_two_starts(till):
            set_database(till, "INSERT INTO place (api_root, location_id) VALUES ('x', 'old-1')",
                         "UPDATE orders SET place = (SELECT max (place) FROM place)")
        choose_tab(till, "Web orders", "All %d", "tab")
        till.row("4821")
    with state("foreign-detail"):
        till.press_in_row("4821", usual.MAGNIFIER)
        till.wait_for(said("History"), "label")


def unsent():
    with connected() as till:
        shop = till.shop
        for ref, source in (("U1", "Deliveroo"), ("U2", "Uber Eats")):
            shop.control("POST", "/orders", usual.order(
                ref, channel=source, items=[usual.item("Reine", "9.00 EUR")],
                created_at=usual.ago(minutes=11)))
        till.check_now()
        till.row("U2")
        with state("busy-database"):
            path = os.path.join(till.data, "shop", "comptoir.db")
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                till.press_in_row("U1", usual.ACCEPT)
                journey.until(lambda: till.says(CATALOG.gettext(BUSY)), "it is told")
        shop.control("POST", "/failures", {"method": "PATCH", "path": "/location/orders/*",
                                           "times": 0, "status": 500})
        with state("unconfirmed"):
            till.press_in_row("U1", usual.ACCEPT)
            words = CATALOG.gettext("Not confirmed to %1$s: use the tablet or the phone of %1$s")
            journey.until(lambda: till.says(words.split("%", maxsplit=1)[0]), "it is told")
        with state("unconfirmed-detail"):
            till.press_in_row("U1", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")


BUSY = ("The database is busy: another program is writing to it. Nothing of this action was kept. "
        "Try again in a moment, or close the other program.")


# --- Questions ---

def questions():
    with connected() as till:
        shop = till.shop
        items = [usual.item("Reine", "12.50 EUR"), usual.item("Tiramisu", "5.90 EUR", "3")]
        for ref, status in (("Q1", "received"), ("Q2", "accepted"), ("Q3", "in_delivery")):
            paid = [{"name": "Web", "ref": "WEB", "amount": "30.20 EUR"}] if ref == "Q3" else []
            shop.control("POST", "/orders", usual.order(ref, channel="Uber Eats", status=status,
                                                        items=items, payments=paid))
        shop.control("POST", "/orders", usual.order("Q4", channel="Uber Eats", items=items[:1]))
        till.check_now()
        till.row("Q4")
        with state("reject-reason"):
            till.press_in_row("Q1", usual.REJECT)
            over(till)
            till.press_button(said("Sold out", "rejection"))
        back(till, "Escape")
        with state("delivery-failed"):
            till.press_in_row("Q3", said("Delivery failed", "order step"))
            over(till)
        back(till, "Escape")
        with state("detail-short"):
            till.press_in_row("Q2", usual.MAGNIFIER)
            till.wait_for(said("History"), "label")
        with state("cancel"):
            press(till, "Cancel", "order step", under=main_window(till))
            over(till)
        back(till, "Escape")
        print_menu(till)
        back_to_list(till)
        with state("missing-last"):
            till.press_in_row("Q4", usual.MAGNIFIER)
            till.press_button(said("Missing: %s"))
            over(till)
        back(till, "Escape")
        back_to_list(till)
        invoice(till)


def print_menu(till):
    with state("print-menu"):
        till.open_menu(said("Print"), under=main_window(till))
        preview = till.wait_for(said("Preview"), "menu item")
    with state("ticket-kitchen"):
        till.press(preview)
        over(till)
    with state("ticket-customer"):
        press(till, "Customer", "ticket", under=till.window(said("Ticket")))
        journey.until(lambda: is_chosen(till.find_button(said("Customer", "ticket"),
                                                         under=till.window(said("Ticket")))),
                      "the other ticket")
    back(till, "Escape")


def invoice(till):
    with state("invoice-change"):
        till.press_in_row("Q2", said("Invoice"))
        over(till)
        press(till, "Cash", "payment", under=till.window("^(Invoice|Facturer) "))
        till.type(till.wait_for(said("Amount"), FIELD), "10")
        till.type(till.wait_for(said("The customer gives"), FIELD), "20")
    with state("invoice-problem"):
        till.type(till.find(said("Amount"), FIELD), "100")
    back(till, "Escape")


def printing():
    """A printer that is not there."""
    with connected(**{"print-on-acceptance": "'both'", "printer-kitchen": "'Cuisine'",
                      "printer-customer": "'Comptoir'"}) as till:
        till.shop.control("POST", "/orders", usual.ORDERS[0])
        till.check_now()
        with state("print-trouble"):
            till.press_in_row("4821", usual.ACCEPT)
            again = till.wait_for(said("Print again"), journey.BUTTON)
            journey.until(lambda: till.is_on(again), "both are in trouble")


def alert():
    with connected(**{"alert-window": "true"}) as till:
        for ref, minutes in (("A1", 0), ("A2", 2), ("A3", 7)):
            till.shop.control("POST", "/orders", usual.order(
                ref, channel="Deliveroo", items=[usual.item("Reine", "9.00 EUR")],
                created_at=usual.ago(minutes=minutes, seconds=20)))
        till.check_now()
        with state("alert-3"):
            journey.until(lambda: till.on_screen(usual.ALERT), "the warning window")
            window = till.window(usual.ALERT)
            journey.until(lambda: till.find("A3", journey.ROW, under=window), "all of them")
        with state("alert-quiet"):
            press(till, "Quiet for 60 s", under=window)
            till.wait_for(said("Quiet for %d s more"), journey.BUTTON, under=window)


take(orders, fullest, lists, notices, unsent, questions, printing, alert)
