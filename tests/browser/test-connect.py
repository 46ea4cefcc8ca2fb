#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person connects the till: Comptoir's window on one side, Debian's Chromium on the other, the demo
shop's server between them. Runs on tests/lib/with-display; TAP on stdout."""

import os
import shutil
import subprocess
import sys
import tempfile
import traceback
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import accessible  # noqa: E402
import browser  # noqa: E402
import sandbox  # noqa: E402

DIALOG = "^Connect to HubRise$"
RECORDER = """[Desktop Entry]
Type=Application
Name=Recorder
Exec=/bin/sh -c 'echo "$1" >> "${log}"' recorder %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
NoDisplay=true
"""
HANDLERS = """[Default Applications]
x-scheme-handler/http=recorder.desktop
x-scheme-handler/https=recorder.desktop
"""


class Till:
    """Comptoir with an empty home, whose "browser" only writes down what it is to open."""

    def __init__(self, shop):
        self.shop = shop
        self.home = tempfile.mkdtemp(prefix="comptoir-till-")
        self.log = os.path.join(self.home, "opened")
        self.process = None
        self.window = None

    def place(self, *parts):
        path = os.path.join(self.home, *parts)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def __enter__(self):
        with open(self.place("data", "applications", "recorder.desktop"), "w",
                  encoding="utf-8") as out:
            out.write(RECORDER.replace("${log}", self.log))
        with open(self.place("config", "mimeapps.list"), "w", encoding="utf-8") as out:
            out.write(HANDLERS)
        env = dict(os.environ, **self.shop.environment(), LANGUAGE="C", LC_ALL="C.UTF-8",
                   XDG_DATA_HOME=self.place("data"), XDG_CONFIG_HOME=self.place("config"),
                   XDG_STATE_HOME=self.place("state"), XDG_CURRENT_DESKTOP="X-Generic")
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([sandbox.built("comptoir")], env=env)
        self.window = accessible.Program(self.process.pid)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def sees(self, name, role="", within=""):
        return self.window.wait_for(name, role, within)

    def press(self, name, within=""):
        self.window.press(self.sees(name, "button", within))

    def opened(self):
        """The address the program asked the desktop to open."""
        def last():
            if not os.path.exists(self.log):
                return ""
            with open(self.log, encoding="utf-8") as lines:
                return lines.read().strip().split("\n")[-1]
        address = accessible.wait_until(last, 20)
        assert address, "no address was opened"
        return address

    def begin(self, other_way=False):
        """Presses Connect up to HubRise's address. Elsewhere than on HubRise itself the redirect is
        the default; the other way is the pasted code."""
        self.press("^Connect$")
        if other_way:
            self.press("^Use a code instead$", DIALOG)
        self.press("^Open HubRise’s page$", DIALOG)
        return self.opened()

    def paste(self, words):
        self.window.type(self.sees("^Code, or the whole address", "text|entry", DIALOG), words)
        self.press("^Connect$", DIALOG)

    def is_in_front(self):
        done = subprocess.run(["xdotool", "getactivewindow", "getwindowpid"], check=False,
                              text=True, capture_output=True)
        return done.stdout.strip() == str(self.process.pid)

    def token(self):
        with open(self.place("data", "comptoir", "shop", "token"), encoding="utf-8") as kept:
            return kept.read().split()[-1]

    def is_unconnected(self):
        self.press("^Cancel$", DIALOG)
        self.sees("^Not connected$", "label")
        return not os.path.exists(self.place("data", "comptoir", "shop", "token"))


def bring_the_browser_forward():
    subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "chromium", "windowactivate",
                    "--sync"], check=True, stdout=subprocess.DEVNULL)


def log_in(chromium, address):
    chromium.open(address)
    chromium.type("#email", "demo@example.org")
    chromium.type("#password", "demo")
    chromium.click("#login")
    chromium.wait_for("#location")


def allow(chromium):
    chromium.click("#next")
    chromium.wait_for("#catalog")
    chromium.click("#allow")


def bound_place(shop):
    """Names and ids the window must show, read from the server and not from the program."""
    state = shop.state()
    location, catalog = state["locations"][0], state["catalogs"][0]
    return [location["name"], location["id"], catalog["name"], catalog["id"]]


def shows_the_place(till, shop):
    for words in bound_place(shop):
        till.sees(f"^{accessible.re.escape(words)}$", "label")


def through_the_browser(chromium, shop):
    with Till(shop) as till:
        log_in(chromium, till.begin())
        bring_the_browser_forward()
        assert accessible.wait_until(lambda: not till.is_in_front(), 10)
        allow(chromium)
        till.sees("^Connected$", "label")
        shows_the_place(till, shop)
        said = chromium.page_text()
        assert "Comptoir has its answer" in said and "close this page" in said, said
        assert accessible.wait_until(till.is_in_front, 10), "the window did not come forward"
        token = till.token()
        assert shop.status_for(token) == 200
        till.press("^Disconnect$")
        # a message window names a button twice
        till.press("^Disconnect( Disconnect)?$", "^Disconnect this till")
        till.sees("^Not connected$", "label")
        assert shop.status_for(token) == 401, "the old token still opens"


def refusing(chromium, shop):
    with Till(shop) as till:
        log_in(chromium, till.begin())
        chromium.click("#refuse")
        till.sees("refused on HubRise", "label")
        assert till.is_unconnected()


def a_wrong_state(chromium, shop):
    with Till(shop) as till:
        address = till.begin()
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
        back = query["redirect_uri"][0]
        chromium.open(f"{back}?code=stolen&state=not-{query['state'][0]}")
        assert "another attempt to connect" in chromium.page_text(), chromium.page_text()
        status, _ = sandbox.ask("GET", f"{back}?code=stolen&state=wrong", {})
        assert 400 <= status < 500, status
        assert till.is_unconnected()


def a_pasted_code(chromium, shop):
    with Till(shop) as till:
        address = till.begin(other_way=True)
        assert "urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob" in address or "urn:ietf" in address, address
        log_in(chromium, address)
        allow(chromium)
        chromium.wait_for("#code")
        till.paste(chromium.run("return document.querySelector('#code').value"))
        till.sees("^Connected$", "label")
        shows_the_place(till, shop)


def a_pasted_address(chromium, shop):
    """The browser runs on another computer: the redirect leads nowhere, its address is copied."""
    with Till(shop) as till:
        address = till.begin()
        parts = urllib.parse.urlsplit(address)
        query = dict(urllib.parse.parse_qsl(parts.query))
        # an address where nobody answers
        elsewhere = urllib.parse.urlencode(dict(query, redirect_uri="http://127.0.0.1:9/callback"))
        log_in(chromium, parts._replace(query=elsewhere).geturl())
        try:
            allow(chromium)
        except browser.BrowserError as error:
            assert "ERR_" in str(error), error
        accessible.wait_until(lambda: "code=" in chromium.address(), 20)
        till.paste(chromium.address())
        till.sees("^Connected$", "label")
        shows_the_place(till, shop)


def main():
    tests = (through_the_browser, refusing, a_wrong_state, a_pasted_code, a_pasted_address)
    failed = 0
    print(f"1..{len(tests)}")
    with browser.Browser() as chromium:
        for number, test in enumerate(tests, 1):
            try:
                with sandbox.Sandbox() as shop:
                    test(chromium, shop)
                passed = True
            except Exception:  # pylint: disable=broad-exception-caught
                passed = False
                traceback.print_exc()
            failed += not passed
            name = test.__name__.replace("_", " ")
            print(f"{'ok' if passed else 'not ok'} {number} - {name}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
