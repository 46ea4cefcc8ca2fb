# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program on its command line, with a folder of its own and no display and no bus.

    with sandbox.Sandbox() as shop, command.Place(shop) as place:
        place.connect()
        done = place.run("stock", "set", "COKE", "3")
        assert done.code == 0, done.err
        assert place.json("stock", "list")["items"]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from typing import NamedTuple

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import sandbox  # noqa: E402

BUILD = os.environ["COMPTOIR_BUILD_DIR"]
WITHOUT = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "LC_ALL")
PATIENCE = 60 * int(os.environ.get("COMPTOIR_TEST_PATIENCE", "1"))  # seconds


class Done(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


class Host:
    """A till in another process that has the database and no socket: it can be reached by nobody."""

    def __init__(self, place):
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(
            [os.path.join(BUILD, "tests", "sync", "cpt-engine-host"), place.folder,
             json.dumps(place.shop.line)],
            env=place.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.expect("open")

    def expect(self, word):
        for line in self.process.stdout:
            if line.startswith("@"):
                assert line == f"@{word}\n", line
                return
        raise AssertionError("the other till ended")

    def do(self, line, answer):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        self.expect(answer)

    def quit(self):
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.wait(PATIENCE)


class Place:
    """A folder with a till's data; variables: what differs in its environment."""

    def __init__(self, shop, **variables):
        self.shop = shop
        self.folder = tempfile.mkdtemp(prefix="comptoir-cli-")
        self.variables = variables

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, **variables):
        clean = {name: os.environ[name] for name in os.environ if name not in WITHOUT}
        return {**clean, "LANG": "C.UTF-8", "LANGUAGE": "C", "COMPTOIR_DATA_DIR": self.folder,
                **self.shop.environment(), **self.variables, **variables}

    def database(self):
        return os.path.join(self.folder, "shop", "comptoir.db")

    def set(self, **settings):
        """Preferences, as GVariant text."""
        with open(os.path.join(self.folder, "shop.ini"), "w", encoding="utf-8") as file:
            file.writelines(["[settings]\n", *(f"{key.replace('_', '-')}={value}\n"
                                               for key, value in settings.items())])

    def connect(self):
        """As the window would: the token is kept, catalog and inventory are read."""
        host = Host(self)
        host.do(f"connect {self.shop.line['code']}", "connected")
        host.do("settle", "done")
        host.quit()

    def receive(self, **fields):
        """An order that came in while the window was open; its id."""
        order = self.shop.control("POST", "/orders", fields)["id"]
        host = Host(self)
        host.do("settle", "done")
        host.do("check", "done")
        host.do("settle", "done")
        host.quit()
        return order

    def start(self, *words, **variables):
        # pylint: disable-next=consider-using-with
        return subprocess.Popen([sandbox.built("comptoir"), *words],
                                env=self.environment(**variables), stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words, stdin=b"", **variables):
        process = self.start(*words, **variables)
        out, err = process.communicate(stdin, PATIENCE)
        return Done(process.returncode, out.decode(), err.decode())

    def json(self, *words, code=0, **options):
        done = self.run(*words, "--json", **options)
        assert done.code == code, done
        return json.loads(done.out)

    # --- The shop's side ---

    def journal(self, method, path):
        return [one for one in self.shop.control("GET", "/journal")["entries"]
                if one["method"] == method and path in one["path"]]

    def order(self, order):
        return self.shop.control("GET", f"/orders/{order}")["order"]

    def inventory(self):
        entries = self.shop.control("GET", "/inventory")
        return {one.get("sku_ref") or "+" + one["option_ref"]: one["stock"] for one in entries}


def run(*tests):
    """Runs each function, prints TAP, exits. A name given on the command line picks tests."""
    chosen = [one for one in tests if not sys.argv[1:] or one.__name__ in sys.argv[1:]]
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, test in enumerate(chosen, 1):
        words = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok {number} - {words}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} - {words}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
