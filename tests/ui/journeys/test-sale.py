#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders taken at the till: from F2 to the shop, or not, as the preference says."""

import re

import journey
from journey import accessible, sandbox

FOCUS = journey.Focus()
CHOICE = "^(Margherita|Salade César)$"
SENT = "^Sent orders$"


# --- What a person does, by keyboard ---

def look_for(till, text):
    """F2 brings the keyboard to the search; what is typed is found at once."""
    till.keys("F2")
    journey.until(lambda: is_focused(till, "^Search a product$"), "the search has the keyboard")
    till.write(text)


def wait_found(till, product):
    journey.until(lambda: till.find(f"^{product}, ", under=till.find_window(journey.MAIN)),
                  f"a tile of {product}")


def is_focused(till, name, window=journey.MAIN):
    node = till.focused(window)
    return node and re.search(name, accessible.name(node) or "")


def go(name, most=60):
    """Tab until the control of that name has the keyboard."""
    seen = []
    for _ in range(most):
        node = FOCUS.after("Tab")
        if node and re.search(name, accessible.name(node)):
            return node
        seen.append(accessible.name(node) if node else None)
    raise accessible.NotThere(f"Tab does not come to {name}, only to {seen}")


def choose(till, text, product, *options):
    """What is found first with that text, with these options."""
    look_for(till, text)
    wait_found(till, product)
    till.keys("Return")
    dialog = till.window(CHOICE)
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the choice is there")
    for option in options:
        go(option)
        till.keys("space")
    till.keys("ctrl+Return")
    till.wait_closed(CHOICE)
    return dialog


def lines(till):
    basket = till.find("^Basket$", "^list( box)?$", under=till.find_window(journey.MAIN))
    return [accessible.name(node) for node, _ in accessible.walk(basket)
            if re.search("list item", accessible.role(node))] if basket else []


def two_items_by_keyboard(till):
    choose(till, "margh", "Margherita", "^Grande 33 cm", "^Œuf")
    journey.until(lambda: len(lines(till)) == 1, "the pizza is in the basket")
    choose(till, "cesar", "Salade César", "^Sauce César")
    journey.until(lambda: len(lines(till)) == 2, "the salad is in the basket")


def guest_by_keyboard(till, name):
    go("^Who it is for: ")
    till.keys("Return")
    till.window("^Customer$")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the form is there")
    go("^First name$")
    till.write(name)
    till.keys("ctrl+Return")
    till.wait_closed("^Customer$")


def pay_cash_by_keyboard(till):
    go("^Cash$")
    till.keys("space")


def ok_by_keyboard(till):
    till.keys("ctrl+Return")
    till.wait_for("^The order is taken", "label")


def sent_row(till, customer):
    """Its row on F3, which has no number that the till's user chose."""
    till.keys("F3")

    def look():
        found = till.find(SENT, "^list$", under=till.find_window(journey.MAIN))
        for node, _ in accessible.walk(found) if found else ():
            if re.search(journey.ROW, accessible.role(node)) and customer in accessible.name(node):
                return node
        return None

    return journey.until(look, f"a row of {customer}")


def take_order(till, customer):
    two_items_by_keyboard(till)
    guest_by_keyboard(till, customer)
    pay_cash_by_keyboard(till)
    ok_by_keyboard(till)


def orders_of(shop, customer):
    return [one for one in shop.state()["orders"]
            if (one.get("customer") or {}).get("first_name") == customer]


# --- What must be so ---

def all_are_sent_once_with_the_same_total(till):
    take_order(till, "Zoe")
    row = sent_row(till, "Zoe")
    till.wait_sent("POST /v1/location/orders")
    journey.until(lambda: "HubRise " in accessible.name(sent_row(till, "Zoe")), "it is there")
    there, = orders_of(till.shop, "Zoe")
    # 13.00 + 1.00 and 11.90 + 0.50: worked out here, by the shop and by the till
    assert there["total"] == "26.40 EUR", there["total"]
    assert "26.40" in accessible.name(row), accessible.name(row)
    assert [one["amount"] for one in there["payments"]] == ["26.40 EUR"], there["payments"]
    assert there["status"] == "accepted", there["status"]
    assert len([one for one in till.journal() if one["method"] == "POST"
                and one["path"].endswith("/location/orders")]) == 1


def with_shop(test, value):
    with sandbox.Sandbox() as shop, journey.Till(
            shop, settings={"till-orders": f"'{value}'", "alert-window": "false",
                            "window-maximized": "true"}) as till:
        till.connect()
        till.focus_window()
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard")
        test(till)


def all_of_them():
    with_shop(all_are_sent_once_with_the_same_total, "all")


journey.run(all_of_them)
