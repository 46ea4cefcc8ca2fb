#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders taken at the till: from F2 to the shop, or not, as the preference says."""

import contextlib
import re
import tempfile

import journey
from journey import accessible, sandbox

FOCUS = journey.Focus()
CHOICE = "^(Margherita|Salade César)$"
SENT = "^(Sent orders|Commandes en cours)$"
FORM = "^(Customer|Client)$"
PANE_CUSTOMER = "^(Who it is for|Pour qui) ?: "
SEARCH = "^(Search a product|Chercher un produit)$"


# --- What a person does, by keyboard ---

def look_for(till, text):
    """F2 brings the keyboard to the search; what is typed is found at once."""
    till.keys("F2")
    journey.until(lambda: is_focused(till, SEARCH), "the search has the keyboard")
    till.write(text)


def wait_found(till, product):
    journey.until(lambda: till.find(f"^{product}, ", under=till.find_window(journey.MAIN)),
                  f"a tile of {product}")


def is_focused(till, name, window=journey.MAIN):
    node = till.focused(window)
    return node and re.search(name, accessible.name(node) or "")


def go(name, most=140):
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
    basket = till.find("^(Basket|Panier)$", "^list( box)?$", under=till.find_window(journey.MAIN))
    return [accessible.name(node) for node, _ in accessible.walk(basket)
            if re.search("list item", accessible.role(node))] if basket else []


def two_items_by_keyboard(till):
    choose(till, "margh", "Margherita", "^Grande 33 cm", "^Œuf")
    journey.until(lambda: len(lines(till)) == 1, "the pizza is in the basket")
    choose(till, "cesar", "Salade César", "^Sauce César")
    journey.until(lambda: len(lines(till)) == 2, "the salad is in the basket")


def guest_by_keyboard(till, name):
    go(PANE_CUSTOMER)
    till.keys("Return")
    till.window(FORM)
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the form is there")
    go("^(First name|Prénom)$")
    till.write(name)
    till.keys("ctrl+Return")
    till.wait_closed(FORM)


def pay_cash_by_keyboard(till):
    go("^Cash$")
    till.keys("space")


def ok_by_keyboard(till):
    till.keys("ctrl+Return")
    till.wait_for("^(The order is taken|La commande est prise)", "label")


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


# --- And by a finger ---

def touch(till, name, role=journey.BUTTON, window=journey.MAIN):
    """Presses the middle of what has that name, which must be as large as a finger."""
    def look():
        top = till.find_window(window)
        return next((node for node, _ in accessible.walk(top) if re.search(name, accessible.name(node))
                     and re.search(role, accessible.role(node)) and journey.width(node) > 0), None)

    node = journey.until(look, f"{name} is on the screen")
    inside = node.get_component_iface()
    at = inside.get_extents(accessible.Atspi.CoordType.WINDOW)
    assert at.width >= 44 and at.height >= 44, f"{name} is {at.width}×{at.height}"
    left, top = place_of(till, window)
    journey.xdotool("mousemove", str(left + at.x + at.width // 2),
                    str(top + at.y + at.height // 2), "click", "1")


def place_of(till, window):
    shown = journey.xdotool("getwindowgeometry", "--shell", till.on_screen(window) or "0")
    numbers = dict(line.split("=") for line in shown.splitlines() if "=" in line)
    return int(numbers["X"]), int(numbers["Y"])


def touch_choice(till, product, *options):
    touch(till, f"^{product}, ", ".*")
    till.window(CHOICE)
    journey.until(lambda: till.has_keyboard(CHOICE), "the choice is there")
    for option in options:
        touch(till, option, window=CHOICE)
    touch(till, "^Add ", window=CHOICE)
    till.wait_closed(CHOICE)


def guest_by_finger(till, name):
    touch(till, "^Who it is for: ")
    till.window("^Customer$")
    journey.until(lambda: till.has_keyboard("^Customer$"), "the form is there")
    touch(till, "^First name$", "text|entry", window="^Customer$")
    till.write(name)
    touch(till, "^Take this customer$", window="^Customer$")
    till.wait_closed("^Customer$")


def take_order_by_finger(till, customer):
    touch(till, "^New order( New order)?( Order)?$")
    touch(till, "^Pizzas base tomate$", journey.ROW)
    touch_choice(till, "Margherita", "^Grande 33 cm", "^Œuf")
    touch(till, "^Salades$", journey.ROW)
    touch_choice(till, "Salade César", "^Sauce César")
    guest_by_finger(till, customer)
    touch(till, "^Cash$")
    touch(till, "^OK, ")
    till.wait_for("^The order is taken", "label")
    touch(till, "^Sent orders")


# --- What must be so ---

def posts(till):
    return [one for one in till.journal() if one["method"] == "POST"
            and one["path"].endswith("/location/orders")]


def is_there_once(till, customer):
    row = sent_row(till, customer)
    till.wait_sent("POST /v1/location/orders")
    journey.until(lambda: "HubRise " in accessible.name(sent_row(till, customer)), "it is there")
    there, = orders_of(till.shop, customer)
    # 13.00 + 1.00 and 11.90 + 0.50: worked out here, by the shop and by the till
    assert there["total"] == "26.40 EUR", there["total"]
    assert "26.40" in accessible.name(row), accessible.name(row)
    assert [one["amount"] for one in there["payments"]] == ["26.40 EUR"], there["payments"]
    assert there["status"] == "accepted", there["status"]
    assert len(posts(till)) == 1, posts(till)


def stays_here(till, customer):
    """After a later question was answered nothing can be on its way before it."""
    before = len(posts(till))
    journey.until(lambda: "stays at this till" in accessible.name(sent_row(till, customer)),
                  "the row says that it stays")
    till.check_now()
    assert len(posts(till)) == before and not orders_of(till.shop, customer), posts(till)


def with_shop(test, value, **how):
    with sandbox.Sandbox() as shop, journey.Till(
            shop, settings={"till-orders": f"'{value}'", "alert-window": "false",
                            "window-maximized": "true"}, **how) as till:
        till.connect()
        till.focus_window()
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard")
        test(till)


def by_keyboard_all_are_sent_once():
    def test(till):
        take_order(till, "Zoe")
        is_there_once(till, "Zoe")

    with_shop(test, "all")


def by_finger_all_are_sent_once():
    def test(till):
        take_order_by_finger(till, "Zoe")
        is_there_once(till, "Zoe")

    with_shop(test, "all")


def a_quantity_that_is_being_typed_counts():
    def test(till):
        look_for(till, "coca")
        wait_found(till, "Coca-Cola 33 cl")
        till.keys("Return")
        journey.until(lambda: len(lines(till)) == 1, "it is in the basket")
        go("^1 × Coca-Cola 33 cl")
        till.write("3")
        journey.until(lambda: is_focused(till, "^Quantity$"), "the quantity has the keyboard")
        ok_by_keyboard(till)
        sent_row(till, "3 Coca-Cola 33 cl")

    with_shop(test, "never")


def with_never_none_is_sent():
    def test(till):
        take_order(till, "Zoe")
        stays_here(till, "Zoe")

    with_shop(test, "never")


def choose_listed_customer(till, phone):
    go(PANE_CUSTOMER)
    till.keys("Return")
    form = till.window("^Customer$")
    journey.until(lambda: is_focused(till, "^Phone or e-mail", "^Customer$"), "the search is ready")
    till.write(phone)
    till.keys("Return")
    found = journey.until(lambda: till.find("^Client Démo 07", journey.ROW, under=form),
                          "the customer is found")
    assert "Paris" in accessible.name(found), accessible.name(found)
    journey.until(lambda: is_focused(till, "^Client Démo 07", "^Customer$"), "and can be taken")
    till.keys("Return")
    till.wait_for("^Customer of the HubRise list$", "label")
    till.keys("ctrl+Return")
    till.wait_closed("^Customer$")


def what_is_typed_while_hubrise_is_asked_stays():
    def test(till):
        till.keys("F2")
        go(PANE_CUSTOMER)
        till.keys("Return")
        form = till.window("^Customer$")
        journey.until(lambda: is_focused(till, "^Phone or e-mail", "^Customer$"), "the search")
        till.shop.control("POST", "/failures", {"path": "/customer_lists/*", "hold": "before"})
        till.write("0199000999")
        till.keys("Return")
        till.wait_for("^Asking HubRise", "label")
        go("^First name$")
        till.write("Zoe")
        till.shop.control("POST", "/release", {})
        till.wait_for("^Nobody has this in the HubRise list", "label")
        assert typed(form, "^First name$") == "Zoe", "what was typed is gone"
        assert typed(form, "^Phone$") == "0199000999", "what was searched for is not taken"

    with_shop(test, "never")


def typed(form, name):
    return next(accessible.text(node) for node, _ in accessible.walk(form)
                if re.search(name, accessible.name(node)) and
                re.search("text|entry", accessible.role(node)))


def with_web_customers_only_theirs_are_sent():
    def test(till):
        take_order(till, "Zoe")
        stays_here(till, "Zoe")
        two_items_by_keyboard(till)
        choose_listed_customer(till, "+33199000007")
        pay_cash_by_keyboard(till)
        ok_by_keyboard(till)
        is_there_once(till, "Client")

    with_shop(test, "customers")


def refuse_phone(till):
    till.shop.control("POST", "/failures", {
        "method": "POST", "path": "/v1/location/orders", "status": 422,
        "body": {"error_type": "unprocessable_entity", "message": "Validation failed",
                 "errors": [{"field": "customer.phone", "message": "is invalid"}]}})


def is_there_corrected(till):
    till.wait_sent("POST /v1/location/orders", count=2)
    journey.until(lambda: orders_of(till.shop, "Zoe"), "it is there")
    there, = orders_of(till.shop, "Zoe")
    assert there["customer"]["phone"] == "0102030405", there["customer"]
    assert there["total"] == "26.40 EUR", there["total"]


def what_is_refused_is_named_corrected_and_sent():
    def test(till):
        refuse_phone(till)
        two_items_by_keyboard(till)
        guest_by_keyboard(till, "Zoe")
        ok_by_keyboard(till)
        row = journey.until(lambda: (found := sent_row(till, "Zoe")) and
                            "Téléphone" in accessible.name(found) and found, "the field is named")
        assert "HubRise a refusé cette commande" in accessible.name(row), accessible.name(row)
        assert not orders_of(till.shop, "Zoe") and len(posts(till)) == 1
        till.press(journey.until(lambda: till.find("^Corriger et renvoyer$", journey.BUTTON,
                                                   under=sent_row(till, "Zoe")), "Edit and resend"))
        till.wait_for("^Correction de la commande", "label")
        assert len(lines(till)) == 2, lines(till)
        till.focus_window()
        go(PANE_CUSTOMER)
        till.keys("Return")
        till.window("^Client$")
        journey.until(lambda: till.has_keyboard("^Client$"), "the form is there")
        go("^Téléphone$")
        till.write("0102030405")
        till.keys("ctrl+Return")
        till.wait_closed("^Client$")
        till.keys("ctrl+Return")
        till.wait_for("^La commande est corrigée", "label")
        is_there_corrected(till)

    with_shop(test, "all", language="fr")


def what_is_refused_is_corrected_by_finger():
    def test(till):
        refuse_phone(till)
        take_order_by_finger(till, "Zoe")
        journey.until(lambda: "HubRise refused this order" in accessible.name(sent_row(till, "Zoe")),
                      "the row says so")
        touch(till, "^Edit and resend$")
        till.wait_for("^Correcting order", "label")
        touch(till, "^Who it is for: ")
        till.window("^Customer$")
        journey.until(lambda: till.has_keyboard("^Customer$"), "the form is there")
        touch(till, "^Phone$", "text|entry", window="^Customer$")
        till.write("0102030405")
        touch(till, "^Take this customer$", window="^Customer$")
        till.wait_closed("^Customer$")
        touch(till, "^OK, ")
        till.wait_for("^The order is corrected", "label")
        is_there_corrected(till)

    with_shop(test, "all")


def has_draft(till):
    with contextlib.closing(till.database()) as database:
        kept = database.execute("SELECT value FROM value WHERE key LIKE 'till-draft-%'").fetchone()
    return kept and "COKE" in str(kept[0])


def what_was_half_done_is_offered_after_a_crash():
    with tempfile.TemporaryDirectory() as data, sandbox.Sandbox() as shop:
        till = journey.Till(shop, data=data)
        till.start()
        till.connect()
        till.focus_window()
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard")
        look_for(till, "coca")
        wait_found(till, "Coca-Cola 33 cl")
        till.keys("Return")
        journey.until(lambda: len(lines(till)) == 1, "it is in the basket")
        journey.until(lambda: has_draft(till), "it is on the disk")
        till.process.kill()
        till.process.wait()
        with journey.Till(shop, data=data) as again:
            again.wait_for("^Connected$", "label")
            again.focus_window()
            again.keys("F2")
            again.press_button("^Go on with it$")
            kept, = journey.until(lambda: lines(again), "what was half done")
            assert kept.startswith("1 × Coca-Cola 33 cl"), kept
            again.keys("Escape")
            again.press_button("^Throw away( Throw away)?$", under=again.window("^Throw this"))


journey.run(by_keyboard_all_are_sent_once, by_finger_all_are_sent_once, with_never_none_is_sent,
            a_quantity_that_is_being_typed_counts, what_is_typed_while_hubrise_is_asked_stays,
            with_web_customers_only_theirs_are_sent, what_is_refused_is_named_corrected_and_sent,
            what_is_refused_is_corrected_by_finger,
            what_was_half_done_is_offered_after_a_crash)
