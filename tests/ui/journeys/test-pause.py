#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Busy and paused from the main menu, and back: what the location holds and the bar says."""

import datetime
import re

import journey
from journey import sandbox

RESUME = "^Resume orders$"
FOCUS = journey.Focus()


def acceptance(till):
    return till.shop.state()["locations"][0]["order_acceptance"]


def choose(till, item):
    till.keys("F10")
    till.press(till.wait_for(item, "menu item"))


def busy_with_minutes_and_an_end(till):
    choose(till, "^Busy…$")
    dialog = till.window("^Busy$")
    till.press_button(r"^\+30 min$", under=dialog)
    label = till.press_button("^1 h", under=dialog)
    till.answer("^Busy$", "Set to busy")
    till.wait_sent("PATCH /v1/location")
    held = acceptance(till)
    assert held["mode"] == "busy" and held["extra_preparation_time"] == 30, held
    until = datetime.datetime.fromisoformat(held["resume_at"])
    assert until.strftime("%H:%M") in label, (label, held)
    journey.until(lambda: till.says(r"Busy: +30 min on every order until"), "the bar says so")
    left = next(text for text in till.texts() if text.startswith("Busy: +30"))
    assert re.search(r"(1 h 00|\d\d min) left$", left), left


def paused_until_a_time(till):
    choose(till, "^Pause orders…$")
    dialog = till.window("^Pause orders$")
    till.press_button("^2 h", under=dialog)
    till.type(till.wait_for("^Reason$", "text|entry", under=dialog), "Oven broken")
    till.answer("^Pause orders$", "Pause orders")
    till.wait_sent("PATCH /v1/location", count=2)
    held = acceptance(till)
    assert held["mode"] == "paused" and held["reason"] == "Oven broken", held
    assert "resume_at" in held, held
    journey.until(lambda: till.says("Orders are paused until") and till.says("(Oven broken)"),
                  "the bar says so")


def resumed_from_the_bar(till):
    till.press_button(RESUME)
    till.wait_sent("PATCH /v1/location", count=3)
    journey.until(lambda: not till.says("Orders are paused"), "the bar is quiet")
    assert acceptance(till)["mode"] == "online", acceptance(till)


def another_program_pauses_it(till):
    till.shop.control("PATCH", "/location", {"order_acceptance": {"mode": "paused"}})
    till.check_now()
    journey.until(lambda: till.says("Orders are paused"), "the bar says so")
    till.press_button(RESUME)
    till.wait_sent("PATCH /v1/location", count=4)
    journey.until(lambda: acceptance(till)["mode"] == "online", "orders come in again")


def by_keyboard_alone(till):
    till.keys("F10")
    FOCUS.go("^Pause orders…$", "Down")
    till.keys("Return")
    till.window("^Pause orders$")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the question is there")
    FOCUS.go("^1 h")
    till.keys("space")
    FOCUS.go("^Pause orders")
    till.keys("Return")
    till.wait_sent("PATCH /v1/location", count=5)
    assert acceptance(till)["mode"] == "paused" and "resume_at" in acceptance(till)
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard again")
    FOCUS.go(RESUME)
    till.keys("space")
    till.wait_sent("PATCH /v1/location", count=6)
    # the bar's button had the keyboard: it is gone with the bar
    journey.until(lambda: not till.says("Orders are paused"), "the bar is quiet")
    assert acceptance(till)["mode"] == "online", acceptance(till)


def by_finger(till):
    till.tap(journey.MAIN, "^Main menu( Main menu)?$")
    till.tap_entry("^Busy…$")
    till.window("^Busy$")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the question is there")
    till.tap("^Busy$", r"^\+20 min$")
    till.tap("^Busy$", "^30 min")
    till.tap("^Busy$", "^Set to busy", answer=True)
    till.wait_sent("PATCH /v1/location", count=7)
    held = acceptance(till)
    assert held["mode"] == "busy" and held["extra_preparation_time"] == 20, held
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard again")
    till.tap(journey.MAIN, RESUME)
    till.wait_sent("PATCH /v1/location", count=8)
    journey.until(lambda: acceptance(till)["mode"] == "online", "orders come in again")


def main():
    with sandbox.Sandbox() as shop, journey.Till(shop) as till:
        till.connect()
        till.focus_window()
        journey.run(busy_with_minutes_and_an_end, paused_until_a_time, resumed_from_the_bar,
                    another_program_pauses_it, by_keyboard_alone, by_finger, till=till)


main()
