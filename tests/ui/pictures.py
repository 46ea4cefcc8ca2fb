# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts share that take pictures of one language and one colour scheme:

    SCRIPT FOLDER BUILD-FOLDER KIND [GROUP…]

KIND is "fr-light", "en-dark"…; GROUP one of the script's functions. A picture that cannot be taken
is told and passed over, and what was there instead is in "failed-…".
"""

import contextlib
import gettext
import os
import re
import sqlite3
import sys
import traceback

import screenshots as usual
from journey import accessible, sandbox

import journey

LANGUAGE, SCHEME = sys.argv[3].split("-")
WIDTH = journey.xdotool("getdisplaygeometry").split()[0]
CATALOG = gettext.translation("comptoir", os.environ["COMPTOIR_LOCALE_DIR"], [LANGUAGE],
                              fallback=True)
FIELD = "text|entry"
PAGES = [*map(CATALOG.gettext, ("Orders", "Alerts", "HubRise", "Stock", "Printing")),
         CATALOG.pgettext("preferences", "Till")]


def said(text, context=None):
    """A name as the window has it, whole; "…%s…" takes anything there."""
    words = CATALOG.pgettext(context, text) if context else CATALOG.gettext(text)
    words = re.sub(r"%(\d\$)?[sdu]", "\0", words)
    whole = re.escape(words).replace("\0", ".*").replace("\\\0", ".*")
    return f"^{whole}( {whole})?$"


def picture(name):
    usual.picture(f"{name}-{LANGUAGE}-{SCHEME}-{WIDTH}")


@contextlib.contextmanager
def state(name):
    """One picture of what its lines bring about."""
    try:
        yield
        picture(name)
    except Exception as error:  # pylint: disable=broad-except
        where = traceback.extract_tb(error.__traceback__)[1]
        print(f"not taken: {name}, line {where.lineno}: {str(error)[:100]}", flush=True)
        picture(f"failed-{name}")


def program(shop, **more):
    settings = {"alert-window": "false", "window-maximized": "true"} | more.pop("settings", {})
    return journey.Till(shop, language="C" if LANGUAGE == "en" else LANGUAGE, settings=settings,
                        **usual.colours(SCHEME), **more)


@contextlib.contextmanager
def connected(*options, card=None, data=None, under=(), **settings):
    with sandbox.Sandbox(*options) as shop, \
            program(shop, settings=settings, data=data, under=under) as till:
        if card:
            shop.control("PUT", "/catalog", card)
        till.focus_window()
        till.connect()
        back(till)
        till.wait_sent("GET /v1/catalogs/.*/location/inventory")
        close_message(till)  # that it is connected, over what is to be seen
        yield till


def close_message(till):
    """Where it has not gone by itself."""
    button = till.find_button(said("Close the message"))
    if button and till.is_on(button):
        with contextlib.suppress(accessible.NotThere):
            till.press(button)


def back(till, *keys):
    """To the main window."""
    for key in keys:
        till.keys(key)
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the main window has the keyboard")


def over(till):
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "a window over the main one")


def main_window(till):
    return till.find_window(journey.MAIN)


def press(till, text, context=None, **where):
    till.press_button(said(text, context), **where)


def choose_tab(till, view, text, context):
    """Presses a tab of a view and waits until it is the chosen one."""
    def pressed():
        found = till.find(said(text, context), "button", within=said(view))
        if found and till.is_on(found) and not is_chosen(found):
            till.press(found)
        return found and is_chosen(found)

    journey.until(pressed, f"{text} is chosen")


def is_chosen(node):
    return any(accessible.has_state(node, one) for one in (accessible.Atspi.StateType.CHECKED,
                                                           accessible.Atspi.StateType.PRESSED))


def click(node, from_end=None):
    """By the pointer, a third into it or near its end: for what the bus cannot press."""
    at = node.get_component_iface().get_extents(accessible.Atspi.CoordType.WINDOW)
    shown = journey.xdotool("getactivewindow", "getwindowgeometry", "--shell")
    across = at.width // 3 if from_end is None else at.width - from_end
    place = dict(line.split("=") for line in shown.splitlines() if "=" in line)
    journey.xdotool("mousemove", str(int(place["X"]) + at.x + across),
                    str(int(place["Y"]) + at.y + at.height // 2), "click", "1")


def menu(till, text):
    till.keys("F10")
    till.press(till.wait_for(said(text), "menu item"))


def back_to_list(till):
    back(till)
    for name in ("^Back to", "^Retour à"):
        button = till.find_button(name)
        if button and till.is_on(button):
            till.press(button)


def set_database(till, *statements):
    """As another program on this computer would."""
    path = os.path.join(till.data, "shop", "comptoir.db")
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as database, database:
        for statement in statements:
            database.execute(statement)


@contextlib.contextmanager
def between_two_starts(till):
    """What happens while it does not run."""
    till.quit()
    yield
    till.list = None
    till.start()
    till.focus_window()


def take(*functions):
    """The groups that the command line names, else all of them."""
    groups = {one.__name__: one for one in functions}
    for chosen in sys.argv[4:] or groups:
        try:
            groups[chosen]()
        except Exception:  # pylint: disable=broad-except
            print(f"{chosen}: {traceback.format_exc(limit=-3)[:600]}", flush=True)
