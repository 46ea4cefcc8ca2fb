#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoice and missing items, once by keyboard alone and once by a finger's press: what the screen
says and what the shop is told."""

import journey
from journey import accessible, sandbox

INVOICE, TAKE = "^Invoice ", "^Take €"
FOCUS = journey.Focus()
ITEMS = [{"product_name": "Margherita", "sku_ref": "MARG-M", "price": "9.50 EUR", "quantity": "1"},
         {"product_name": "Reine", "sku_ref": "REINE-M", "price": "12.50 EUR", "quantity": "1"}]


def come_in(till, number):
    order = journey.new_order(till.shop, number, status="accepted", items=ITEMS,
                              seller_notes="Hello",
                              payments=[{"name": "Web", "ref": "WEB", "amount": "2.00 EUR"}])
    till.check_now()
    till.row(number)
    return order


def stored(till, order):
    return next(one for one in till.shop.state()["orders"] if one["id"] == order)


def payments(till, order):
    return [(one["name"], one["ref"], one["amount"]) for one in stored(till, order)["payments"]]


def invoice_by_keyboard(till):
    order = come_in(till, "P1")
    till.focus_window()
    FOCUS.go("^Invoice$")
    till.keys("space")
    journey.until(lambda: till.has_keyboard(INVOICE), "the invoice has the keyboard")
    till.tab_to(INVOICE, "^Cash$")
    till.keys("space")
    till.tab_to(INVOICE, "^Amount$")
    till.keys("ctrl+a")
    till.write("15,50")
    till.tab_to(INVOICE, "^The customer gives$")
    till.write("20")
    journey.until(lambda: till.says("Change: €4.50", till.window(INVOICE)), "what to give back")
    till.keys("Return")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}")[0]["body"]["payments"]
    assert [(one["name"], one["ref"], one["amount"]) for one in sent] == \
        [("Cash", "CASH", "15.50 EUR")], sent
    till.wait_closed(INVOICE)
    journey.until(lambda: "Partly paid" in accessible.name(till.row("P1")), "the row says so")


def invoice_by_pointer(till):
    order = come_in(till, "P2")
    till.press_in_row("P2", "^Invoice$")
    till.window(INVOICE)
    journey.until(lambda: till.has_keyboard(INVOICE), "the invoice is there")
    till.tap(INVOICE, "^Card$")
    for key in ("2", "0"):
        till.tap(INVOICE, f"^{key}$")
    till.tap(INVOICE, TAKE)
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    assert payments(till, order) == [("Web", "WEB", "2.00 EUR"), ("Card", "CARD", "20.00 EUR")]
    journey.until(lambda: ", Paid" in accessible.name(till.row("P2")), "the row says Paid")


def missing_by_pointer(till):
    order = come_in(till, "P3")
    till.press_in_row("P3", "^Show the whole order$")
    till.tap(journey.MAIN, "^Missing: 1 × Margherita$")
    dialog = till.window("^“Margherita” is missing")
    assert till.says("This cannot be undone.", dialog)
    assert till.says("€10.50 will be left to pay.", dialog)
    till.answer("^“Margherita” is missing", "Take it out")
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    there = stored(till, order)
    assert there["items"][0]["deleted"] is True, there["items"]
    assert there["seller_notes"] == "Hello\nWe are sorry: Margherita is not available."
    journey.until(lambda: "1 Reine, €12.50" in accessible.name(till.row("P3")), "one item less")
    till.wait_sent("PATCH /v1/catalogs/.*/location/inventory")
    assert {"sku_ref": "MARG-M", "stock": "0"}.items() <= \
        next(one for one in till.shop.control("GET", "/inventory")
             if one.get("sku_ref") == "MARG-M").items()


def missing_by_keyboard(till):
    order = come_in(till, "P4")
    till.press_in_row("P4", "^Show the whole order$")
    till.focus_window()
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard")
    FOCUS.go("^Missing: 1 × Reine$")
    till.keys("space")
    till.window("^“Reine” is missing")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the question is there")
    FOCUS.go("^Take it out")
    till.keys("Return")
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    there = stored(till, order)
    assert [one.get("deleted", False) for one in there["items"]] == [False, True], there["items"]
    journey.until(lambda: "1 Margherita, €9.50" in accessible.name(till.row("P4")), "one less")


def the_last_item_ends_the_order(till):
    till.tap(journey.MAIN, "^Missing: 1 × Reine$")
    till.answer("^“Reine” is all that is left", "Cancel")
    till.window("^Cancel ")
    till.answer("^Cancel ", "Back")


with sandbox.Sandbox() as server, \
        journey.Till(server, settings={"alert-window": "false"}) as program:
    program.connect()
    journey.run(invoice_by_keyboard, invoice_by_pointer, missing_by_pointer,
                the_last_item_ends_the_order, missing_by_keyboard, till=program)
