#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders come in, are accepted, rejected, cancelled: what the screen says and the shop is told."""

import contextlib
import datetime
import re
import zoneinfo

import journey
from journey import accessible, sandbox

ALERT = "^Orders are waiting$"
ZONE = zoneinfo.ZoneInfo("Europe/Paris")  # where the demo shop is
REJECTED = {"status": "rejected", "seller_notes": "We are sorry: a product is sold out.",
            "custom_fields": {"epos": {"rejection": {"cause": "Sold out"}}}}


def come_in(till, number, **fields):
    """Sends an order, looks for it at once; (its id, its row)."""
    order = journey.new_order(till.shop, number, **fields)
    till.check_now()
    return order, till.row(number)


def meant_by(label, sent):
    """The instant a button's "Accept 19:30" means, given the time that was sent: same minute."""
    clock = re.search(r"(\d\d):(\d\d)", label)
    moment = datetime.datetime.fromisoformat(sent).astimezone(ZONE)
    return (int(clock[1]), int(clock[2])) == (moment.hour, moment.minute)


def f5_brings_an_order_in(till):
    order, row = come_in(till, "A10")
    assert re.search(r"^Order A10\b", accessible.name(row)), accessible.name(row)
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}")
    assert sent[0]["body"] == {"status": "received"}, sent[0]["body"]


def accept_sends_the_time_it_shows(till):
    label = till.press_in_row("A10", "^Accept ")
    order = order_named(till.shop, "A10")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent["status"] == "accepted" and set(sent) == {"status", "confirmed_time"}, sent
    assert meant_by(label, sent["confirmed_time"]), (label, sent)
    offset = datetime.datetime.fromisoformat(sent["confirmed_time"]).utcoffset()
    assert offset == datetime.datetime.now(ZONE).utcoffset(), "not in the location's zone"
    journey.until(lambda: "Accepted" in accessible.name(till.row("A10")), "the row says Accepted")


def another_time_is_sent_as_its_button_says(till):
    order, _ = come_in(till, "A11")
    till.press_in_row("A11", "^Other times$")
    label = till.press_button(r"^\+30 min")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent["status"] == "accepted" and meant_by(label, sent["confirmed_time"]), (label, sent)


def the_warning_is_answered_over_an_open_dialog(till):
    """A dialog keeps hands off its own window, not off an order."""
    order, _ = come_in(till, "A18")
    journey.until(lambda: till.on_screen(ALERT), "the warning window is up")
    till.focus_window()
    till.keys("ctrl+comma")
    till.window("^Preferences$")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the preferences have the keyboard")
    till.tap(ALERT, "^Accept ")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent["status"] == "accepted", sent
    till.focus_window("^Preferences$")
    till.keys("Escape")
    till.wait_closed("^Preferences$")


def order_named(shop, number):
    return next(one["id"] for one in shop.state()["orders"] if one["ref"] == number)


def reject(till, number):
    till.press_in_row(number, "^Reject$")
    till.press_button("^Sold out$", under=till.window("^Reject "))
    till.answer("^Reject ", "Reject")
    return till.in_row(number, r"^Undo \(\d\)$")


def undo_sends_nothing(till):
    order, _ = come_in(till, "A12")
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    till.press(reject(till, "A12"))
    till.in_row("A12", "^Accept ")
    assert "Rejected" not in accessible.name(till.row("A12"))
    return order


def held(till, number):
    row = till.find_row(number)
    return row and till.find("^Undo", journey.BUTTON, under=row)


def a_rejection_goes_out_once_the_hold_is_over(till):
    undone = order_named(till.shop, "A12")
    order, _ = come_in(till, "A13")
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    reject(till, "A13")
    assert journey.patches(till, order)[1:] == [], "it must be held"
    journey.until(lambda: not held(till, "A13"), "Undo is over")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent == REJECTED, sent
    till.wait_row_gone("A13")  # today's list is for what is left to do
    # the other one was pressed first: its hold, had it gone on, would be over too
    assert journey.patches(till, undone) == [{"status": "received"}]


def what_the_customer_cancels_stays_until_seen(till):
    order, _ = come_in(till, "A14")
    till.press_in_row("A14", "^Accept ")
    till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)
    till.shop.control("PATCH", f"/orders/{order}", {"status": "cancelled"})
    till.check_now()
    journey.until(lambda: re.search("[Cc]ancelled", accessible.name(till.row("A14"))),
                  "the row says it is cancelled")
    till.press_in_row("A14", "^Seen$")
    till.wait_row_gone("A14")


def press_away(till, number, name):
    """A row rests for a moment after a press, so that a double click does one thing only."""
    def pressed():
        row = till.find_row(number)
        button = till.find(name, journey.BUTTON, under=row) if row else None
        if button:
            # it may go between the look and the press
            with contextlib.suppress(accessible.NotThere):
                till.press(button)
        return not button

    till.in_row(number, name)
    journey.until(pressed, f"{name} is gone")


def the_steps_to_the_end_are_pressed(till):
    order, _ = come_in(till, "A15", service_type="delivery")
    steps = (("^Accept ", "accepted"), ("^Take charge$", "in_preparation"),
             ("^Ready$", "awaiting_shipment"), ("^In delivery$", "in_delivery"),
             ("^Completed$", "completed"))
    for count, (button, status) in enumerate(steps, 2):
        press_away(till, "A15", button)
        sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=count)[-1]["body"]
        assert sent["status"] == status, sent
    till.wait_row_gone("A15")


def handled_elsewhere_sends_nothing(till):
    order, _ = come_in(till, "A16")
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    till.press_in_row("A16", "^Show the whole order$")
    till.wait_for("^A16$", "label", within="^The whole order$")
    till.press_button("^Handled elsewhere$", within="^The whole order$")
    till.wait_row_gone("A16")
    till.press_button("^Back to the list$")
    assert journey.patches(till, order) == [{"status": "received"}]


def main():
    with sandbox.Sandbox() as shop, journey.Till(shop) as till:
        till.connect()
        till.focus_window()
        # first: the warning window has one order then
        journey.run(the_warning_is_answered_over_an_open_dialog, f5_brings_an_order_in,
                    accept_sends_the_time_it_shows, another_time_is_sent_as_its_button_says,
                    undo_sends_nothing,
                    a_rejection_goes_out_once_the_hold_is_over,
                    what_the_customer_cancels_stays_until_seen, the_steps_to_the_end_are_pressed,
                    handled_elsewhere_sends_nothing, till=till)


main()
