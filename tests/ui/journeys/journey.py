# SPDX-License-Identifier: GPL-3.0-or-later
"""Comptoir at work on the accessibility bus, against a demo shop of its own.

    def an_order_comes_in(till):
        till.shop.control("POST", "/orders", {"ref": "A7"})
        till.keys("F5")
        till.wait_for("A7", role="list item")

    journey.run(an_order_comes_in)

A test is a function; run() prints TAP. What a test says it does is done from outside: keys and
the pointer through the X server, presses through the accessibility bus.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib"))
import accessible  # noqa: E402
import sandbox  # noqa: E402

BUTTON = r"^(push )?button$"
ROW = r"^(list item|table row|table cell|tree item)$"
ORDERS = r"^(Web orders|Commandes web)$"
MAIN = "^Comptoir"
WINDOW = r"^(frame|dialog|window|alert)$"
PATIENCE = 20  # seconds
FINGER = 44  # pixels: what can be hit without aiming
COMPLAINT = re.compile(r"(WARNING|CRITICAL|ERROR) \*\*: ")


def until(condition, what, seconds=PATIENCE):
    """The first true answer of the condition; else the test fails with these words."""
    answer = accessible.wait_until(condition, seconds)
    assert answer, f"not so in {seconds} s: {what}"
    return answer


def xdotool(*arguments):
    """What a person does to the screen; "" where the window is gone meanwhile."""
    return subprocess.run(["xdotool", *arguments], text=True, capture_output=True,
                          check=False).stdout.strip()


def width(node):
    """How wide it stands in its window, 0 for what has not been there."""
    inside = accessible.ask(node.get_component_iface)
    place = accessible.ask(inside.get_extents, accessible.Atspi.CoordType.WINDOW) if inside else None
    return place.width if place else 0


class Focus:
    """What the program tells of the keyboard's moves: quicker than to look through all it shows."""

    def __init__(self):
        self.at = None
        self.loop = accessible.GLib.MainLoop()
        self.listener = accessible.Atspi.EventListener.new(self.moved)
        self.listener.register("object:state-changed:focused")

    def moved(self, event):
        if event.detail1:
            self.at = event.source
            self.loop.quit()

    def go(self, name, key="Tab", most=80):
        """The key until the control of that name has the keyboard."""
        seen = []
        for _ in range(most):
            node = self.after(key)
            seen.append(accessible.name(node) if node else None)
            if node and re.search(name, seen[-1]) and self.is_there(node):
                return node
        raise accessible.NotThere(f"{key} does not come to {name}, only to {seen}")

    @staticmethod
    def is_there(node):
        """What was told can be the answer to the key before, or to a menu that has opened."""
        accessible.ask(node.clear_cache)
        return accessible.has_state(node, accessible.Atspi.StateType.FOCUSED)

    def after(self, key):
        """Where the keyboard is once a key has moved it; None when that moved nothing."""
        self.at = None
        stop = accessible.GLib.timeout_add(1000 * accessible.PATIENCE,
                                           lambda: self.loop.quit() or True)
        xdotool("key", "--clearmodifiers", key)
        self.loop.run()
        accessible.GLib.source_remove(stop)
        return self.at


class Till(accessible.Program):
    """A running program with a data directory of its own; shop: the demo shop it is pointed at;
    settings: those that differ from the defaults, as GVariant text; under: a command that starts
    it in its own place."""

    def __init__(self, shop, data=None, language="C", arguments=(), settings=None, under=(),
                 **variables):
        super().__init__(0)
        self.shop = shop
        self.data = data or tempfile.mkdtemp(prefix="comptoir-journey-")
        self.keep = data is not None
        if settings:
            with open(os.path.join(self.data, "shop.ini"), "w", encoding="utf-8") as file:
                file.writelines(["[settings]\n", *(f"{key}={settings[key]}\n" for key in settings)])
        self.arguments = arguments
        self.under = under
        self.process = None
        self.list = None
        self.environment = dict(os.environ, LANG="C.UTF-8", LANGUAGE=language,
                                COMPTOIR_DATA_DIR=self.data, CANBERRA_DRIVER="null",
                                **(shop.environment() if shop else {}), **variables)
        self.environment.pop("LC_ALL", None)
        self.said = None  # all it wrote to its standard error

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        status = self.quit()
        assert status == 0, f"the program ended with {status}"
        if not self.keep:
            shutil.rmtree(self.data, ignore_errors=True)

    def start(self):
        # pylint: disable-next=consider-using-with
        self.said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([*self.under, sandbox.built("comptoir"), *self.arguments],
                                        env=self.environment, stdin=subprocess.DEVNULL,
                                        stderr=self.said)
        self.pid = self.process.pid

    def quit(self):
        """Ends it as a desktop does, and tells whether it went well."""
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(timeout=30 * accessible.PATIENCE)
        self.check_said()
        return status

    def check_said(self):
        """A warning fails the test, as it does elsewhere, but does not end the program."""
        self.said.seek(0)
        lines = self.said.read().splitlines()
        print(*lines, sep="\n", file=sys.stderr)
        wrong = [one for one in lines if COMPLAINT.search(one)]
        assert not wrong, wrong

    def database(self):
        """Its database, as another program reads it."""
        path = os.path.join(self.data, "shop", "comptoir.db")
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    # --- What a person does ---

    def find_button(self, name, **where):
        return self.find(name, BUTTON, **where)

    def press_button(self, name, **where):
        """Presses what is there once it can be pressed."""
        button = until(lambda: self._ready(name, where), f"a button {name} that can be pressed")
        self.press(button)
        return accessible.name(button)

    def open_menu(self, name, **where):
        """A menu's button stands in another control of its name; only the inner one is pressed."""
        def inner():
            outer = self.find(name, BUTTON, **where)
            button = next(iter(accessible.children(outer)), None) if outer else None
            return button if button and self.is_on(button) else None

        self.press(until(inner, f"a menu {name}"))

    def answer(self, question, label):
        """Presses one of a question's answers. Its window squeezes them, so each is there twice."""
        dialog = self.window(question)
        self.press_button(f"^{label}( {label})?$", under=dialog)

    def _ready(self, name, where):
        button = self.find(name, BUTTON, **where)
        return button if button and self.is_on(button) else None

    @staticmethod
    def is_on(node):
        """Whether a press would do something: GTK drops those on what was never on the screen."""
        return accessible.has_state(node, accessible.Atspi.StateType.SENSITIVE) and width(node) > 0

    def find_window(self, title):
        """An open window of the program; faster than looking through all that is in them."""
        root = self.root()
        for window in accessible.children(root) if root else ():
            if re.search(title, accessible.name(window)) and \
                    re.search(WINDOW, accessible.role(window)):
                return window
        return None

    def window(self, title):
        return until(lambda: self.find_window(title), f"a window {title}")

    def wait_closed(self, title):
        until(lambda: not self.find_window(title), f"no window {title}")

    def on_screen(self, title):
        """The X server's number of a visible window, None where there is none of that title."""
        for number in xdotool("search", "--onlyvisible", "--pid", str(self.pid)).split():
            if re.search(title, xdotool("getwindowname", number)):
                return number
        return None

    def has_keyboard(self, title):
        number = self.on_screen(title)
        return bool(number) and xdotool("getactivewindow") == number

    def focus_window(self, title=MAIN):
        """The keyboard to one of its windows; a test's first key needs it."""
        number = until(lambda: self.on_screen(title), f"a window {title} on the screen")
        xdotool("windowactivate", "--sync", number)
        return number

    @staticmethod
    def keys(*keys):
        xdotool("key", "--clearmodifiers", *keys)

    @staticmethod
    def write(text):
        xdotool("type", "--clearmodifiers", text)

    def tap(self, title, name, answer=False, within=None):
        """A press with the pointer in the middle of what is there; it must be large enough. Of the
        answers of a question the bus tells the inside only: their row is as high as they are.
        within: finds the part of the window it stands in."""
        def look():
            under = within() if within else self.find_window(title)
            node = self.find(name, BUTTON, under=under) if under else None
            return node if node and self.is_on(node) else None

        node = until(look, f"a button {name} in {title}")
        box = node.get_component_iface().get_extents(accessible.Atspi.CoordType.WINDOW)
        area = node.get_parent().get_component_iface() if answer else node.get_component_iface()
        height = area.get_extents(accessible.Atspi.CoordType.WINDOW).height
        assert min(box.width, height) >= FINGER, (name, box.width, height)
        # not every dialog has a title for the window manager; it is the active window then
        xdotool("mousemove", "--sync", "--window",
                self.on_screen(title) or xdotool("getactivewindow"),
                str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1")
        return accessible.name(node)

    def tap_entry(self, name):
        """The same on the entry of a menu that is open, and at rest: what the pointer is over has
        the keyboard then."""
        entry = self.wait_for(name, "menu item")

        def pointed():
            xdotool("mousemove", *self._middle_of_entry(entry))
            return Focus.is_there(entry)

        until(pointed, f"the pointer is over {name}")
        box = entry.get_component_iface().get_extents(accessible.Atspi.CoordType.WINDOW)
        assert box.height >= FINGER, (name, box.height)
        xdotool("click", "1")

    def _middle_of_entry(self, entry):
        """The bus knows where it stands in its menu; where that is, only the screen's server: the
        arrow is above, the rest is the same all around."""
        menu = entry
        while accessible.ask(menu.get_parent().get_component_iface):
            menu = menu.get_parent()
        box, menu = (one.get_component_iface().get_extents(accessible.Atspi.CoordType.WINDOW)
                     for one in (entry, menu))
        shown = until(self._menu_window, "the menu is on the screen")
        edge = (shown["WIDTH"] - menu.width) // 2
        left, top = edge, shown["HEIGHT"] - menu.height - edge
        return (str(shown["X"] + left + box.x - menu.x + box.width // 2),
                str(shown["Y"] + top + box.y - menu.y + box.height // 2))

    def _menu_window(self):
        """Where the one window stands that is neither the main one nor a helper of GTK's."""
        found = xdotool("search", "--onlyvisible", "--pid", str(self.pid)).split()
        for one in set(found) - {self.on_screen(MAIN)}:
            lines = xdotool("getwindowgeometry", "--shell", one).splitlines()
            place = {key: int(value) for key, value in (line.split("=") for line in lines)}
            if place and place["WIDTH"] > 1:
                return place
        return None

    def tab_to(self, title, name):
        """The keyboard's way to a control."""
        until(lambda: self.has_keyboard(title), f"{title} has the keyboard")
        for _ in range(60):
            node = self.focused(title)
            if node and re.search(name, accessible.name(node)):
                return
            self.keys("Tab")
            # another Tab under way would carry the keyboard past what is found
            accessible.wait_until(lambda seen=node: self.focused(title) != seen, 2)
        raise AssertionError(f"Tab does not reach {name} in {title}")

    # --- What is seen ---

    def texts(self, under=None):
        """Every name and text below a node, as one set."""
        root = under or self.root()
        found = set()
        for node, _ in accessible.walk(root) if root else ():
            found.update(one for one in (accessible.name(node), accessible.text(node)) if one)
        return found

    def says(self, words, under=None):
        return any(words in text for text in self.texts(under))

    def focused(self, window=MAIN):
        """The control that has the keyboard when its window has it."""
        top = self.find_window(window)
        for node, _ in accessible.walk(top) if top else ():
            if accessible.has_state(node, accessible.Atspi.StateType.FOCUSED):
                return node
        return None

    # --- The shop's side ---

    def connect(self):
        """With the code a person would paste, all the way to "Connected"."""
        self.press_button("^Connect$|^Connecter$")
        field = self.wait_for("^Code, ou?r? ", "text|entry")
        self.type(field, self.shop.line["code"])
        self.press_button("^Connect$|^Connecter$",
                          under=self.window("^Connect to HubRise$|^Connecter à HubRise$"))
        self.wait_for("^Connected$|^Connecté$", "label")

    def check_now(self):
        """F5 until the shop has had the question: it is taken once in two seconds at most."""
        since = self.shop.control("GET", "/journal")["last"]

        def asked():
            self.keys("F5")
            return any(one["path"].endswith("/callback/events") and one["method"] == "GET"
                       for one in self.journal(since))

        until(asked, "a check for events")

    def journal(self, since=0):
        return self.shop.control("GET", f"/journal?since={since}")["entries"]

    def wait_sent(self, request, count=1, since=0):
        """Waits until the shop has answered a request; request: "PATCH /v1/location/orders/.*"."""
        answer = self.shop.control("GET", "/journal?" + urllib.parse.urlencode(
            {"wait_for": request, "count": count, "since": since,
             "timeout_ms": 15000 * accessible.PATIENCE}))
        assert answer["satisfied"], f"{request} was not sent {count} times"
        method, path = request.split(" ", 1)
        return [one for one in answer["entries"]
                if one["method"] == method and re.fullmatch(path, one["path"])]

    def in_row(self, number, button):
        """A button of the order's row, which the list may rebuild meanwhile."""
        def look():
            row = self.row(number)
            found = self.find(button, BUTTON, under=row)
            return found if found and self.is_on(found) else None

        return until(look, f"{button} on the row of {number}")

    def press_in_row(self, number, button):
        found = self.in_row(number, button)
        label = accessible.name(found)
        self.press(found)
        return label

    def row(self, number, seconds=PATIENCE):
        """The order's row in the list."""
        return until(lambda: self.find_row(number), f"a row for {number}", seconds)

    def find_row(self, number):
        """The order's row, None where the list does not have it now."""
        if not self.list or not re.search(ORDERS, accessible.name(self.list)):
            self.list = self.find(ORDERS, "^list$")
        return self.find(rf"^\w+ #?{number}\b", ROW, under=self.list) if self.list else None

    def wait_row_gone(self, number):
        until(lambda: not self.find_row(number), f"no row for {number}")


def new_order(shop, number, **fields):
    """An order of the counter's own ordering site; its id."""
    return shop.control("POST", "/orders", {"ref": number, **fields})["id"]


def patches(till, order, since=0):
    """The bodies of the changes to an order that the shop was sent."""
    return [one["body"] for one in till.journal(since)
            if one["method"] == "PATCH" and one["path"].endswith(f"/orders/{order}")]


def run(*tests, **arguments):
    """Runs each function, prints TAP, exits. A name given on the command line picks tests."""
    chosen = [one for one in tests if not sys.argv[1:] or one.__name__ in sys.argv[1:]]
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, test in enumerate(chosen, 1):
        words, began = test.__name__.replace("_", " "), time.monotonic()
        try:
            test(**arguments)
            print(f"ok {number} - {words}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} - {words}", flush=True)
            # of a program that speaks TAP, meson shows what it says on the other stream
            print(f"{words}:\n{traceback.format_exc()}", file=sys.stderr, flush=True)
        print(f"# {time.monotonic() - began:.1f} s", flush=True)
    sys.exit(1 if failed else 0)


def fixture(*parts):
    """A document of the other tests."""
    tests = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    with open(os.path.join(tests, *parts), encoding="utf-8") as source:
        return json.load(source)
