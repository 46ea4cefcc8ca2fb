#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of what is seen seldom: troubles, connections, refusals and windows.

    tests/lib/with-display --size 1024x768 tests/ui/screenshots-rare.py FOLDER BUILD-FOLDER KIND
        [GROUP…]

pictures.py tells what the arguments are; screenshots-orders.py and screenshots-till.py take the rest.
"""

import contextlib
import os
import re
import shutil
import sqlite3
import tempfile
import time
import urllib.parse

import screenshots as usual
from journey import accessible, sandbox
from pictures import (CATALOG, FIELD, PAGES, WIDTH, back, between_two_starts, click, connected,
                      main_window, menu, over, press, program, said, set_database, state, take)

import journey


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


# Root may write anywhere, unless it gives that up.
NO_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
SMALL_DISK = 'mount -t tmpfs -o size="$0" none "$1" && shift && exec "$@"'


def small_disk(folder, size):
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return ("unshare", "--mount", "sh", "-c", SMALL_DISK, size, folder)


def read_only():
    with tempfile.TemporaryDirectory(prefix="comptoir-") as data:
        with program(None, data=data) as till:
            till.wait_for(said("Not connected"), "label")
        os.chmod(os.path.join(data, "shop"), 0o500)
        with program(None, data=data, under=NO_RIGHTS) as till, state("trouble-read-only"):
            till.wait_for(said("Try again"), journey.BUTTON)
            till.focus_window()


def full():
    with tempfile.TemporaryDirectory(prefix="comptoir-") as data:
        under = small_disk(os.path.join(data, "shop"), "40k")
        with program(None, data=data, under=under) as till, state("trouble-full"):
            till.wait_for(said("Try again"), journey.BUTTON)
            till.focus_window()
    with tempfile.TemporaryDirectory(prefix="comptoir-") as data:
        under = small_disk(os.path.join(data, "shop"), "8m")
        with connected(data=data, under=under) as till:
            for one in usual.ORDERS:
                till.shop.control("POST", "/orders", one)
            till.check_now()
            till.row("4824")
            fill(f"/proc/{till.pid}/root{data}/shop/ballast")
            with state("full"):
                for one in usual.ORDERS:
                    till.press_in_row(one["ref"], usual.ACCEPT)
                journey.until(lambda: till.says(CATALOG.gettext("The disk is full")), "told")


def fill(path):
    with contextlib.suppress(OSError), open(path, "wb", buffering=0) as ballast:
        while ballast.write(bytes(4096)):
            pass


def busy():
    """Another program holds the database."""
    with tempfile.TemporaryDirectory(prefix="comptoir-") as data:
        with program(None, data=data) as till:
            till.wait_for(said("Not connected"), "label")
        path = os.path.join(data, "shop", "comptoir.db")
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            with program(None, data=data) as till:
                with state("opening"):
                    till.focus_window()
                    till.wait_for(said("Opening the orders…"), "label")
                with state("trouble-busy"):
                    again = till.wait_for(said("Try again"), journey.BUTTON)
                    journey.until(lambda: till.is_on(again), "it is given up", 60)


def demo():
    with tempfile.TemporaryDirectory(prefix="comptoir-") as data:
        with open(os.path.join(data, "demo.ini"), "w", encoding="utf-8") as file:
            file.write("[settings]\nalert-window=false\nwindow-maximized=true\n")
        with program(None, data=data, arguments=("--demo",)) as till, state("demo"):
            till.focus_window()
            journey.until(lambda: till.find(usual.ACCEPT, journey.BUTTON), "an order", 60)


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
        shop.control("DELETE", "/failures")
        with state("connect-denied"):
            press(till, "Use the browser instead")
            till.type(field, denied(till, window))
            press(till, "Connect", under=window)
            till.wait_for(said("The access was refused on HubRise's page."), under=window)
        connect_slowly(till, field, window)


def denied(till, window):
    """The address a browser comes back with after "Refuse"."""
    shown = till.wait_for("/oauth2/v1/authorize.*callback", "label", under=window)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(accessible.name(shown)).query)
    return query["redirect_uri"][0] + "?" + urllib.parse.urlencode(
        {"error": "access_denied", "state": query["state"][0]})


def connect_slowly(till, field, window):
    shop = till.shop
    hold = {"times": 0, "hold": "before"}
    shop.control("POST", "/failures", {"path": "/oauth2/*"} | hold)
    with state("connect-progress"):
        till.type(field, shop.line["code"])
        press(till, "Connect", under=window)
        till.wait_for(said("Exchanging the code with HubRise…"), "label", under=window)
    with state("connect-reading"):
        shop.control("DELETE", "/failures")
        shop.control("POST", "/failures", {"path": "/location/orders"} | hold)
        shop.control("POST", "/release", {})
        journey.until(lambda: shop.control("GET", "/release")["held"], "the list is asked for")
    shop.control("DELETE", "/failures")
    shop.control("POST", "/release", {})
    with state("connected"):
        till.wait_for("^(This till is connected|Cette caisse est connectée)", "label")
        back(till)


def overdue():
    """Nobody answers within ten minutes."""
    with sandbox.Sandbox() as shop, program(shop) as till:
        till.focus_window()
        press(till, "Connect")
        over(till)
        with state("connect-overdue"):
            over_at = time.monotonic() + 600  # not before: to look costs more than to wait
            journey.until(lambda: time.monotonic() > over_at and till.says("10 min"), "over", 660)


def no_client():
    with program(None) as till:
        till.focus_window()
        with state("hubrise-unconnected"):
            till.keys("ctrl+4")
            till.wait_for(said("Failures only"))
        with state("stock-unconnected"):
            till.keys("ctrl+3")
        with state("sale-unconnected"):
            till.keys("F2")
        till.keys("ctrl+1")
        with state("connect-client"):
            press(till, "Connect")
            over(till)


def connect_with(till, code):
    press(till, "Connect")
    over(till)
    till.type(till.wait_for("^Code, ou?r? ", FIELD), code)
    press(till, "Connect", under=till.window(said("Connect to HubRise")))


def disconnect(till):
    press(till, "Disconnect", under=main_window(till))
    over(till)
    till.answer(said("Disconnect this till from HubRise?"), CATALOG.gettext("Disconnect"))
    till.wait_for(said("Not connected"), "label")
    back(till)


def leaving():
    with connected() as till:
        shop = till.shop
        shop.control("POST", "/orders", usual.ORDERS[0])
        till.check_now()
        shop.control("POST", "/failures", {"method": "PATCH", "path": "/location/orders/*",
                                           "times": 0, "status": 500})
        till.press_in_row("4821", usual.ACCEPT)
        till.wait_sent("PATCH /v1/location/orders/.*", count=2)
        with state("disconnect-waiting"):
            press(till, "Disconnect", under=main_window(till))
            over(till)
        back(till, "Escape")
        with state("disconnected"):
            disconnect(till)
        with state("connect-used"):
            connect_with(till, shop.line["code"])
            till.wait_for(said("HubRise did not take the code: it works once and for 10 minutes. "
                               "Open HubRise's page again for a new one."), "label")
        back(till, "Escape")
        connect_with(till, shop.control("POST", "/code", {})["code"])
        till.wait_for(said("Connected"), "label")
        back(till)
        with state("disconnected-untold"):
            shop.control("POST", "/failures", {"path": "/oauth2/*", "drop": "before", "times": 0})
            disconnect(till)


# --- What the bar says ---

def bar():
    with connected() as till:
        till.shop.control("POST", "/orders", usual.ORDERS[0])
        till.check_now()
        till.row("4821")
        hold = till.shop.control("POST", "/failures", {"path": "*", "times": 0, "hold": "before"})
        with state("unproven"):
            with between_two_starts(till):
                pass
            till.row("4821")
        till.shop.control("DELETE", f"/failures/{hold['id']}")
        till.shop.control("POST", "/release", {})
        with state("waiting-keyring"):
            with between_two_starts(till):
                set_database(till, "UPDATE connection SET token_place = 'keyring'")
                os.remove(os.path.join(till.data, "shop", "token"))
            till.wait_for(said("Waiting for the keyring"), "label")


def notices():
    with connected(sending="false") as till:
        shop = till.shop
        for one in usual.ORDERS:
            shop.control("POST", "/orders", one)
        till.check_now()
        till.row("4821")
        with state("sending-off"):
            till.press_in_row("4821", usual.ACCEPT)
        shop.control("PATCH", "/location", {"order_acceptance": {"mode": "paused"}})
        till.check_now()
        till.wait_for(said("Resume orders"), journey.BUTTON)
        with state("notices-all"):
            shop.stop()
            till.keys("F5")
            till.wait_for(r"^(Offline since|Hors ligne depuis) ", "label", seconds=40)


def pauses():
    with connected() as till:
        shop = till.shop
        with state("pause-own-time"):
            menu(till, "Pause orders…")
            dialog = till.window(said("Pause orders"))
            over(till)
            press(till, "At a time", under=dialog)
            till.wait_for(said("Hour"), under=dialog)
        with state("paused-until"):
            till.press_button("^2 h", under=dialog)
            till.type(till.wait_for(said("Reason", "pause"), FIELD, under=dialog), "Four en panne")
            till.answer(said("Pause orders"), CATALOG.gettext("Pause orders"))
            till.wait_sent("PATCH /v1/location")
            back(till)
            journey.until(lambda: till.says("(Four en panne)"), "the bar says so")
        with state("paused-elsewhere"):
            shop.control("PATCH", "/location", {"order_acceptance": {"mode": "paused"}})
            till.check_now()
            journey.until(lambda: not till.says("(Four en panne)"), "it is another pause")
        shop.control("POST", "/failures", {"method": "PATCH", "path": "/location", "times": 0,
                                           "status": 422, "message": "not allowed now"})
        with state("pause-refused"):
            press(till, "Resume orders")
            journey.until(lambda: till.says("not allowed now"), "the refusal")


PIN = "4711"
STORED = "salt$2162904ac0fd8878043549a61696ac5956edcfc0b69fc1dfb48afda11e5cfc24"  # what the settings hold of it


def pin():
    with connected(pin=f"'{STORED}'") as till:
        with state("pin"):
            till.keys("ctrl+comma")
            over(till)
        with state("pin-wrong"):
            till.write("0000")
            till.keys("Return")
            till.wait_for(r"\d", "label", under=till.find_window(said("PIN")))
        till.keys("ctrl+a")
        till.write(PIN)
        till.press_button(said("Open"), under=till.find_window(said("PIN")))  # after a while
        window = till.window(said("Preferences"))
        with state("pin-set"):
            click(tabs(window)[-1])
            journey.until(lambda: on_screen(window, "Remove the PIN"), "the row of the PIN")


def hubrise():
    with connected(**{"support-email": "'aide@exemple.fr'"}) as till:
        till.keys("ctrl+4")
        with state("hubrise-no-failures"):
            press(till, "Failures only")
            till.wait_for(said("No failures"))
        with state("hubrise-nothing"):
            press(till, "Failures only")
            till.type(till.wait_for(said("Search the exchanges"), FIELD), "zzz")
            till.wait_for(said("Nothing found"), under=till.wait_for(said("Exchanges with HubRise")))
        with state("hubrise-down"):
            journey.xdotool("mousemove", "200", "600", "click", "--repeat", "20", "5")
        with state("fullscreen"):
            till.keys("ctrl+1", "F11")


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


STEPS = (4, 2, 2, 3, 1, 2)  # screens a page is high, in the order of PAGES
# the lists of each page that unfold
CHOICES = {2: ("Way of connecting",), 3: ("What is sent",),
           4: ("Printer of kitchen tickets", "Printed by themselves")}


def tabs(window):
    return [node for node, _ in accessible.walk(window)
            if re.search("^(toggle|radio button|page tab|push button)$", accessible.role(node)) and
            accessible.name(node) in PAGES and journey.width(node) > 0]


def on_screen(window, text):
    """Where the window shows it now, scrolled as it is."""
    for node, _ in accessible.walk(window):
        if re.search(said(text), accessible.name(node)) and journey.width(node) > 0:
            at = node.get_component_iface().get_extents(accessible.Atspi.CoordType.WINDOW)
            if 60 < at.y < window.get_component_iface().get_extents(
                    accessible.Atspi.CoordType.WINDOW).height - 20:
                return node
    return None


def pages(till):
    till.keys("ctrl+comma")
    over(till)
    window = till.find_window(said("Preferences"))
    for number, tab in enumerate(tabs(window)):
        with state(f"preferences-{number}"):
            click(tab)
            journey.xdotool("mousemove", str(int(WIDTH) // 2), "400")
        choices(till, window, number)
        for step in range(1, STEPS[number]):
            with state(f"preferences-{number}-{step}"):
                journey.xdotool("click", "--repeat", "9", "5")
            choices(till, window, number)
    back(till, "Escape")


def shown(till):
    return len(journey.xdotool("search", "--onlyvisible", "--pid", str(till.pid)).split())


def choices(till, window, page):
    for number, text in enumerate(CHOICES.get(page, ())):
        row, before = on_screen(window, text), shown(till)
        if row:
            with state(f"choice-{page}-{number}"):
                click(row)
                journey.until(lambda count=before: shown(till) > count, f"{text} unfolds")
                till.keys("Down")
            till.keys("Escape")
            journey.xdotool("mousemove", str(int(WIDTH) // 2), "400")


take(troubles, read_only, full, busy, demo, locked, refused, connecting, overdue, no_client, leaving,
     bar, notices, pauses, pin, hubrise, windows)
