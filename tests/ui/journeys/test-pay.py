#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoice and missing items, once by keyboard alone and once by a finger's press: what the screen
says and what the shop is told."""

import re

import journey
from journey import accessible, sandbox, xdotool

FINGER = 44  # pixels: what can be hit without aiming
INVOICE, TAKE = "^Invoice ", "^Take €"
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


def tap(till, title, name):
    """A press with the pointer in the middle of what is there; it must be large enough."""
    def look():
        node = till.find(name, journey.BUTTON, under=till.window(title))
        return node if node and till.is_on(node) else None

    node = journey.until(look, f"a button {name} in {title}")
    box = node.get_component_iface().get_extents(accessible.Atspi.CoordType.WINDOW)
    assert min(box.width, box.height) >= FINGER, (name, box.width, box.height)
    xdotool("mousemove", "--sync", "--window", till.on_screen(title),
            str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1")


def tab_to(till, title, name):
    """The keyboard's way to a control."""
    for _ in range(40):
        node = till.focused(title)
        if node and re.search(name, accessible.name(node)):
            return
        till.keys("Tab")
    raise AssertionError(f"Tab does not reach {name} in {title}")


def invoice_by_keyboard(till):
    order = come_in(till, "P1")
    till.focus_window()
    tab_to(till, journey.MAIN, "^Invoice$")
    till.keys("space")
    journey.until(lambda: till.has_keyboard(INVOICE), "the invoice has the keyboard")
    tab_to(till, INVOICE, "^Cash$")
    till.keys("space")
    tab_to(till, INVOICE, "^Amount$")
    till.keys("ctrl+a")
    till.write("15,50")
    tab_to(till, INVOICE, "^The customer gives$")
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
    tap(till, INVOICE, "^Card$")
    for key in ("2", "0"):
        tap(till, INVOICE, f"^{key}$")
    tap(till, INVOICE, TAKE)
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    assert payments(till, order) == [("Web", "WEB", "2.00 EUR"), ("Card", "CARD", "20.00 EUR")]
    journey.until(lambda: ", Paid" in accessible.name(till.row("P2")), "the row says Paid")


def missing_by_pointer(till):
    order = come_in(till, "P3")
    till.press_in_row("P3", "^Show the whole order$")
    tap(till, journey.MAIN, "^Missing: 1 × Margherita$")
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


def the_last_item_ends_the_order(till):
    tap(till, journey.MAIN, "^Missing: 1 × Reine$")
    till.answer("^“Reine” is all that is left", "Cancel")
    till.window("^Cancel ")
    till.answer("^Cancel ", "Back")


with sandbox.Sandbox() as server, \
        journey.Till(server, settings={"alert-window": "false"}) as program:
    program.connect()
    journey.run(invoice_by_keyboard, invoice_by_pointer, missing_by_pointer,
                the_last_item_ends_the_order, till=program)
