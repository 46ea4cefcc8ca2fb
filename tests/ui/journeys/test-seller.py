#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is at the till is told to HubRise; the PIN guards preferences and Disconnect; the start with
the desktop is a file of the desktop's."""

import hashlib
import hmac
import os
import tempfile

import journey
from journey import accessible, sandbox

PIN = "4711"
QUESTION = "^Disconnect"


def stored(pin, salt="salt"):
    """What the settings hold of a PIN."""
    digest = hmac.new(salt.encode(), pin.encode(), hashlib.sha256).hexdigest()
    for _ in range(20000):
        digest = hmac.new(digest.encode(), pin.encode(), hashlib.sha256).hexdigest()
    return f"{salt}${digest}"


def the_seller_is_told_with_the_step(till):
    till.open_menu("^Choose the seller$")
    till.press(till.wait_for("^Bruno$", "menu item"))
    till.wait_for("^Seller: Bruno$", journey.BUTTON)
    order = journey.new_order(till.shop, "S1")
    till.check_now()
    till.press_in_row("S1", "^Accept ")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent["custom_fields"]["restaurant"]["staff"]["name"] == "Bruno", sent
    sellers = [one[0] for one in till.database().execute(
        "SELECT DISTINCT seller FROM history WHERE what = 'pressed'")]
    assert sellers == ["Bruno"], sellers


def answer_pin(till, pin):
    dialog = till.window("^PIN$")
    field = till.wait_for("^PIN$", "text|entry", under=dialog)
    till.type(field, pin)
    till.press_button("^Open$", under=dialog)
    return dialog


def a_wrong_pin_waits_and_opens_nothing(till):
    till.press_button("^Disconnect$")
    dialog = answer_pin(till, "0000")
    journey.until(lambda: till.says("Wrong PIN: wait for 2 seconds", under=dialog), "it waits")
    assert not till.find_window(QUESTION)
    journey.until(lambda: till.says("Try again", under=dialog), "it listens again")
    answer_pin(till, PIN)
    till.wait_closed("^PIN$")
    till.window(QUESTION)
    till.keys("Escape")
    till.wait_closed(QUESTION)


def the_preferences_ask_for_it_too(till):
    till.focus_window()
    till.keys("ctrl+comma")
    answer_pin(till, PIN)
    till.window("^Preferences$")


def show_page(till, preferences, name):
    """Presses whichever of the page's tabs is on the screen: there is one for narrow windows."""
    def pressed():
        for node, _ in accessible.walk(preferences):
            if accessible.role(node) == "page tab" and accessible.name(node) == name and \
                    till.is_on(node):
                till.press(node)
                return True
        return False

    journey.until(pressed, f"the page {name}")


def starting_with_the_desktop_is_a_file(till):
    path = os.path.join(till.data, "config", "autostart",
                        "io.github.comptoir.Comptoir.desktop")
    preferences = till.window("^Preferences$")
    show_page(till, preferences, "Till")
    toggle = till.wait_for("^Start when the computer does", "^(check box|switch|toggle button)$",
                           under=preferences)
    till.press(toggle)
    journey.until(lambda: os.path.exists(path), "the file is there")
    with open(path, encoding="utf-8") as file:
        assert "Exec=" in file.read()
    till.press(toggle)
    journey.until(lambda: not os.path.exists(path), "the file is gone")


def main():
    home = tempfile.mkdtemp(prefix="comptoir-journey-")
    settings = {"sellers": "['Amélie', 'Bruno']", "pin": f"'{stored(PIN)}'",
                "alert-window": "false"}
    with sandbox.Sandbox() as shop, journey.Till(
            shop, data=home, settings=settings,
            XDG_CONFIG_HOME=os.path.join(home, "config")) as till:
        till.connect()
        till.focus_window()
        journey.run(the_seller_is_told_with_the_step, a_wrong_pin_waits_and_opens_nothing,
                    the_preferences_ask_for_it_too, starting_with_the_desktop_is_a_file, till=till)


main()
