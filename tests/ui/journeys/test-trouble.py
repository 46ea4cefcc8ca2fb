#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the way of a day's work: no network, two programs, a database that cannot be
used. Each is said in the window, with a way out, and nothing is lost."""

import contextlib
import os
import re
import sqlite3
import subprocess
import tempfile

import journey
from journey import accessible, sandbox

BAR = "^Connection to HubRise$"
FRESH = "^Keep it and start a fresh one$"


@contextlib.contextmanager
def shop_with_an_order(**settings):
    with sandbox.Sandbox() as shop, journey.Till(shop, **settings) as till:
        till.connect()
        till.focus_window()
        order = journey.new_order(shop, "B20")
        till.check_now()
        till.row("B20")
        till.wait_sent(f"PATCH /v1/location/orders/{order}")
        yield shop, till, order


def a_second_start_raises_the_first():
    with sandbox.Sandbox() as shop, journey.Till(shop) as till:
        number = till.focus_window()
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard")
        journey.xdotool("windowminimize", number)
        journey.until(lambda: not till.on_screen(journey.MAIN), "the window is minimized")
        second = subprocess.run([sandbox.built("comptoir")], env=till.environment, timeout=20,
                                stdin=subprocess.DEVNULL, check=False)
        assert second.returncode == 0, second.returncode
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the first one's window is up again")


def asking_for_a_window_that_closed_does_no_harm():
    """A screen reader counts the windows, one closes, and it asks for the last of them."""
    with sandbox.Sandbox() as shop, journey.Till(shop) as till:
        till.wait_for("^Connect$", journey.BUTTON)
        root = till.root()
        accessible.ask(root.clear_cache)
        for index in range(8):
            accessible.ask(root.get_child_at_index, index)
        till.wait_for("^Connect$", journey.BUTTON)


def what_is_done_offline_is_kept_and_said():
    with shop_with_an_order() as (shop, till, order):
        before = len(journey.patches(till, order))
        shop.stop()
        till.keys("F5")
        till.wait_for(r"^Offline since \d\d:\d\d$", "label", within=BAR, seconds=40)
        till.press_in_row("B20", "^Accept ")
        journey.until(lambda: re.search("Accepted.*not sent yet", accessible.name(till.row("B20"))),
                      "the row says Accepted, not sent yet")
        till.wait_for("^1 change waiting$", "label", within=BAR)
        assert before == 1
        # on the disk, not on the screen alone
        with contextlib.closing(till.database()) as database:
            waiting = database.execute("SELECT status FROM order_step WHERE state IN (0, 1)")
            assert [row[0] for row in waiting] == ["accepted"]


def a_second_program_on_the_same_orders_only_shows_them():
    with shop_with_an_order() as (shop, till, order):
        # of another name, so that it does not merely raise the first
        os.symlink(os.path.join(till.data, "shop"), os.path.join(till.data, "devel"))
        with journey.Till(shop, data=till.data, COMPTOIR_PROFILE="devel") as other:
            notice = other.wait_for(r"^Another Comptoir \(process \d+\)", "label", within=BAR)
            assert f"(process {till.pid})" in accessible.name(notice), accessible.name(notice)
            other.row("B20")
        till.press_in_row("B20", "^Accept ")
        till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)


def spoil_version(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 9999")


def spoil_bytes(path):
    with open(path, "r+b") as file:
        file.write(b"this was a database once" * 400)


def opens(till):
    """Whether the fresh file is open, pressing for it as long as it is offered."""
    if till.find("^Not connected$", "label", within=BAR):
        return True
    button = till.find(FRESH)
    if button and till.is_on(button):
        with contextlib.suppress(accessible.NotThere):
            till.press(button)
    return False


def start_with(spoil, title):
    """Its message, Try again, then its way out; the old file is kept as it was."""
    with tempfile.TemporaryDirectory(prefix="comptoir-journey-") as data:
        path = os.path.join(data, "shop", "comptoir.db")
        with journey.Till(None, data=data) as till:
            till.wait_for("^Not connected$", "label", within=BAR)
        spoil(path)
        with open(path, "rb") as file:
            spoilt = file.read()
        with journey.Till(None, data=data) as till:
            till.wait_for(title, "label")
            till.wait_for(re.escape(path), "label")
            till.press_button("^Try again$")
            # a button acts a moment after it is pressed: while Try again still tries, nothing else does
            journey.until(lambda: opens(till), "an empty list beside the old file")
            said = accessible.name(till.wait_for("^The old orders are kept as ", "label"))
        with contextlib.closing(sqlite3.connect(path)) as database:
            assert database.execute("SELECT count(*) FROM orders").fetchone() == (0,)
        kept = os.path.join(os.path.dirname(path), said.removeprefix("The old orders are kept as "))
        with open(kept, "rb") as file:
            assert file.read() == spoilt, "the old file was changed"


def a_newer_database_is_kept_beside_a_fresh_one():
    start_with(spoil_version, "^These orders belong to a newer Comptoir$")


def a_damaged_database_is_kept_beside_a_fresh_one():
    start_with(spoil_bytes, "^The file with the orders is damaged$")


journey.run(a_second_start_raises_the_first, asking_for_a_window_that_closed_does_no_harm,
            what_is_done_offline_is_kept_and_said,
            a_second_program_on_the_same_orders_only_shows_them,
            a_newer_database_is_kept_beside_a_fresh_one,
            a_damaged_database_is_kept_beside_a_fresh_one)
