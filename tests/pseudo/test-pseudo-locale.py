#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the demo shop in a language in which every translated string stands between ⟦ and ⟧, walks
through its windows and fails for each word on the screen without them that the database does not
hold. Runs on tests/lib/with-display; TAP on stdout."""

import gettext
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))

import accessible  # noqa: E402
import sandbox  # noqa: E402

CHECK_STRINGS = os.path.join(HERE, "..", "check-strings.py")
# Names of things, the same in every language.
NAMES = {"comptoir", "Comptoir", "HubRise"}
SCHEMA = os.path.join(HERE, "..", "..", "data", "io.github.comptoir.Comptoir.gschema.xml")
ADDRESS = re.compile(r"\bhttps?://\S+|\bCOMPTOIR_[A-Z_]+(?:=\S+)?|(?<!\S)/\S+/comptoir\.db")
WORD = re.compile(r"[^\W\d_]{2,}")


class Screen:
    """The program in the pseudo-language, and what it may show unmarked."""

    def __init__(self, *arguments):
        self.arguments = arguments
        self.home = tempfile.mkdtemp(prefix="comptoir-pseudo-")
        self.process = None
        self.window = None
        self.unmarked = {}

    def __enter__(self):
        locale = os.path.join(sandbox.BUILD, "pseudo")
        subprocess.run([CHECK_STRINGS, "pseudo", locale], check=True, stdout=subprocess.DEVNULL)
        env = dict(os.environ, LANGUAGE="en_XA", LC_ALL="C.UTF-8", COMPTOIR_LOCALE_DIR=locale,
                   COMPTOIR_DATA_DIR=self.home)
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([sandbox.built("comptoir"), *self.arguments], env=env)
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

    def data(self):
        """Every text of the database, and the strings of GTK and libadwaita themselves."""
        words = NAMES | words_of_settings()
        for folder, _, files in os.walk(self.home):
            for name in files:
                if name.endswith(".db"):
                    words |= words_of_database(os.path.join(folder, name))
        return words | words_of_libraries()

    def look(self, where):
        """Remembers what stands unmarked on the screen now."""
        seen = [(accessible.role(node), text)
                for node, _ in accessible.walk(self.window.root())
                for text in {accessible.name(node), accessible.text(node)}
                if not accessible.NO_NAME.match(text)]
        # After the look: an order that arrived meanwhile is in the database by now.
        known = self.data()
        for role, text in seen:
            for word in WORD.findall(ADDRESS.sub(" ", without_marked(text))):
                if word not in known:
                    self.unmarked.setdefault((word, where), f"{role}: {text}")

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def windows(self):
        root = self.window.root()
        return len(accessible.children(root)) if root else 0

    def look_behind(self, where, *keys):
        """Looks at the window that a key opens, and closes it."""
        before = self.windows()
        self.keys(*keys)
        assert accessible.wait_until(lambda: self.windows() > before, 20), f"{where} did not open"
        self.look(where)
        self.keys("Escape")
        assert accessible.wait_until(lambda: self.windows() == before, 20), f"{where} stays open"


def without_marked(text):
    """The text without what stands between marks, which may stand inside one another."""
    inside = re.compile(r"⟦[^⟦⟧]*⟧")
    while inside.search(text):
        text = inside.sub(" ", text)
    return text


def words_of_database(path):
    words = set()
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = [row[0] for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    if isinstance(value, bytes):
                        value = value.decode("utf-8", "ignore")
                    if isinstance(value, str):
                        words.update(WORD.findall(value))
    finally:
        database.close()
    return words


def words_of_settings():
    """The values settings have before anybody changes them."""
    return {word for default in ET.parse(SCHEMA).iter("default")
            for word in WORD.findall(default.text or "")}


def words_of_libraries():
    """English of GTK and libadwaita, read from any of their catalogues on this machine."""
    words = set()
    for domain in ("gtk40", "libadwaita"):
        path = gettext.find(domain, "/usr/share/locale", ["fr", "de", "es"])
        if path:
            with open(path, "rb") as catalogue:
                for key in gettext.GNUTranslations(catalogue)._catalog:  # pylint: disable=protected-access
                    text = key[0] if isinstance(key, tuple) else key
                    words.update(WORD.findall(text.replace("_", "")))
    return words


def in_the_demo_shop(screen):
    window = screen.window
    row = window.wait_for(r"^⟦Order ", "list item", seconds=60)
    screen.look("orders")
    window.press(window.wait_for("^⟦Show the whole order", "button", under=row))
    window.wait_for("⟦Total⟧")
    screen.look("detail")
    window.press(window.wait_for("^⟦HubRise⟧$", "button"))
    screen.look("HubRise")
    screen.look_behind("preferences", "ctrl+comma")
    screen.look_behind("shortcuts", "ctrl+question")
    window.press(window.wait_for("^⟦Disconnect⟧$", "button"))
    window.wait_for("^⟦Disconnect this till")
    screen.look("disconnect")


def before_connecting(screen):
    window = screen.window
    connect = window.wait_for("^⟦Connect⟧$", "button")
    screen.look("start")
    window.press(connect)
    window.wait_for("^⟦Connect to HubRise⟧$")
    screen.look("connect")


def main():
    tests = ((in_the_demo_shop, "--demo"), (before_connecting,))
    failed = 0
    print(f"1..{len(tests)}")
    for number, (test, *arguments) in enumerate(tests, 1):
        try:
            with Screen(*arguments) as screen:
                test(screen)
            for (word, where), text in sorted(screen.unmarked.items()):
                print(f"# {where}: «{word}» in {text}")
            passed = not screen.unmarked
        except Exception:  # pylint: disable=broad-exception-caught
            traceback.print_exc()
            passed = False
        failed += not passed
        name = test.__name__.replace("_", " ")
        print(f"{'ok' if passed else 'not ok'} {number} - {name}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
