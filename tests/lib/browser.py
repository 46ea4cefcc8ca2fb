# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's Chromium, driven through its WebDriver with the standard library alone.

    with browser.Browser() as chromium:
        chromium.open("http://127.0.0.1:8080/")
        chromium.type("input[name=email]", "owner@example.com")
        chromium.click("button[type=submit]")
        chromium.wait_for("h1")

A selector is CSS. Every wait is bounded by WAIT seconds; the driver itself looks again.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request

WAIT = 20  # seconds until an element must be there
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's name for a reference


class BrowserError(Exception):
    """The driver said no, with its own words."""


class Browser:
    """One window with an empty profile; gone, with everything it started, at the end."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="comptoir-browser-")
        self.driver = None
        self.session = ""

    def __enter__(self):
        driver = shutil.which("chromedriver")
        chromium = shutil.which("chromium")
        if not driver or not chromium:
            raise BrowserError("chromium and chromium-driver are not installed")
        # a home of its own: a browser leaves caches and locks wherever it may
        env = dict(os.environ, HOME=self.profile, TMPDIR=self.profile)
        # pylint: disable-next=consider-using-with
        self.driver = subprocess.Popen([driver, "--port=0"], env=env, text=True,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, start_new_session=True)
        try:
            self.root = f"http://127.0.0.1:{self._port()}"
            self.session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "timeouts": {"implicit": WAIT * 1000, "pageLoad": 60000},
                "goog:chromeOptions": {"binary": chromium, "args": [
                    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--no-default-browser-check", "--disable-background-networking",
                    "--disable-component-update", "--password-store=basic", "--no-proxy-server",
                    f"--user-data-dir={self.profile}/profile"]}}}})["sessionId"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self._call("DELETE", f"/session/{self.session}")
        except (BrowserError, OSError):
            pass
        finally:
            os.killpg(self.driver.pid, signal.SIGKILL)
            self.driver.wait()
            self.driver.stdout.close()
            shutil.rmtree(self.profile, ignore_errors=True)

    def _port(self):
        said = []
        for line in self.driver.stdout:
            said.append(line)
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return int(found[1])
        raise BrowserError("chromedriver did not start: " + "".join(said))

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.root + path, data, method=method,
                                         headers={"Content-Type": "application/json"})
        # straight to the loopback address, whatever proxy the environment names
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise BrowserError(f"{value['error']}: {value['message']}") from error

    def _here(self, method, path, body=None):
        return self._call(method, f"/session/{self.session}{path}", body)

    def _element(self, selector):
        found = self._here("POST", "/element", {"using": "css selector", "value": selector})
        return f"/element/{found[ELEMENT]}"

    def open(self, address):
        self._here("POST", "/url", {"url": address})

    def address(self):
        return self._here("GET", "/url")

    def page_text(self):
        return self.text("body")

    def text(self, selector):
        return self._here("GET", self._element(selector) + "/text")

    def wait_for(self, selector):
        self._element(selector)

    def click(self, selector):
        self._here("POST", self._element(selector) + "/click", {})

    def type(self, selector, words):
        element = self._element(selector)
        self._here("POST", element + "/clear", {})
        self._here("POST", element + "/value", {"text": words})

    def choose(self, selector, label):
        """Picks the entry of a <select> whose text starts with label."""
        self.run("const [box, label] = arguments;"
                 "const one = [...box.options].find(o => o.text.trim().startsWith(label));"
                 "if (!one) throw new Error('no entry ' + label);"
                 "box.value = one.value; box.dispatchEvent(new Event('change', {bubbles: true}));",
                 {ELEMENT: self._element(selector).rpartition("/")[2]}, label)

    def run(self, script, *arguments):
        return self._here("POST", "/execute/sync", {"script": script, "args": list(arguments)})
