# SPDX-License-Identifier: GPL-3.0-or-later
"""A program as a screen reader sees it: wait for something, read it, press it, type into it.

    shop = accessible.Program(pid)
    row = shop.wait_for(r"^Order ", role="list item", within="^Web orders$")
    shop.press(shop.wait_for("^Accept", role="button", under=row))

Every wait is bounded and looks again until its condition holds; nothing waits by the clock.
"""

import os
import re

# A program that is just starting makes libatspi warn, which must not end a test.
os.environ.pop("G_DEBUG", None)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LOOK_AGAIN_AFTER = 150  # milliseconds
DEEPEST = 60
# A sanitizer, or a busy machine, takes several times as long.
PATIENCE = int(os.environ.get("COMPTOIR_TEST_PATIENCE", "1"))
# What GTK calls a control that was given no name.
NO_NAME = re.compile(r"^(Gtk|Adw|Cpt)[A-Z]\w*$")

Atspi.init()
Atspi.set_timeout(2000, 10000)


class NotThere(Exception):
    """What was waited for did not come; the message shows what was there."""


def ask(call, *arguments, otherwise=None):
    """A list changes while it is read: what is gone answers with an error, and is nothing."""
    try:
        return call(*arguments)
    except GLib.Error:
        return otherwise


def children(node):
    found = (ask(node.get_child_at_index, index)
             for index in range(ask(node.get_child_count, otherwise=0)))
    return [child for child in found if child]


def role(node):
    return ask(node.get_role_name) or ""


def name(node):
    return ask(node.get_name) or ""


def text(node):
    """The text inside a label or an entry, "" where there is none."""
    inside = ask(node.get_text_iface)
    length = ask(inside.get_character_count, otherwise=0) if inside else 0
    return ask(inside.get_text, 0, length) or "" if length else ""


def has_state(node, state):
    states = ask(node.get_state_set)
    return bool(states and states.contains(state))


def walk(node, depth=0):
    """(node, depth) of the tree below, parents first."""
    ask(node.clear_cache)
    yield node, depth
    if depth < DEEPEST:
        for child in children(node):
            yield from walk(child, depth + 1)


def tree(node):
    """The tree below as lines, for a message."""
    return "\n".join(f"{'  ' * depth}{role(one)}: {name(one)}" for one, depth in walk(node))


def ended(pid):
    """A child that ended but was not waited for still has a directory in /proc."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def wait_until(condition, seconds, ended_early=lambda: False):
    """The first true answer of the condition, or its last false one when the time is over."""
    loop, answer, wrong = GLib.MainLoop(), [condition()], []
    until = GLib.get_monotonic_time() + seconds * PATIENCE * GLib.USEC_PER_SEC

    def look():
        try:
            answer[0] = condition()
        except Exception as error:  # pylint: disable=broad-except
            wrong.append(error)  # else the loop would go on for ever without this source
        if wrong or answer[0] or ended_early() or GLib.get_monotonic_time() > until:
            loop.quit()
        return GLib.SOURCE_CONTINUE

    if not answer[0]:
        source = GLib.timeout_add(LOOK_AGAIN_AFTER, look)
        loop.run()
        GLib.source_remove(source)
    if wrong:
        raise wrong[0]
    return answer[0]


class Program:
    """One process on the accessibility bus."""

    def __init__(self, pid):
        self.pid = pid

    def root(self):
        """The application, None before it has come up."""
        for application in children(Atspi.get_desktop(0)):
            if ask(application.get_process_id) == self.pid:
                return application
        return None

    def find(self, name_like, role_like="", within="", under=None):
        """The first match, depth first; within: the name of one of its ancestors matches."""
        start = under or self.root()
        return self._find(start, re.compile(name_like), re.compile(role_like),
                          re.compile(within) if within else None, 0) if start else None

    def _find(self, node, name_like, role_like, within, depth):
        ask(node.clear_cache)
        here = name(node)
        if not within and name_like.search(here) and role_like.search(role(node)):
            return node
        if within and within.search(here):
            within = None
        for child in children(node) if depth < DEEPEST else ():
            found = self._find(child, name_like, role_like, within, depth + 1)
            if found:
                return found
        return None

    def wait_for(self, name_like, role_like="", within="", under=None, seconds=20):
        found = wait_until(lambda: self.find(name_like, role_like, within, under), seconds,
                           lambda: ended(self.pid))
        if not found:
            why = "the program ended" if ended(self.pid) else "not there in time"
            root = self.root()
            raise NotThere(f"{role_like} {name_like}: {why}. The tree was:\n"
                           f"{tree(root) if root else '(empty)'}")
        return found

    def wait_gone(self, name_like, role_like="", within="", seconds=20):
        if not wait_until(lambda: not self.find(name_like, role_like, within), seconds):
            raise NotThere(f"{role_like} {name_like} is still there")

    @staticmethod
    def press(node):
        """What a click does. A nameless action is a control no screen reader can press."""
        action = ask(node.get_action_iface)
        if not action or not ask(action.do_action, 0):
            raise NotThere(f"{role(node)} {name(node)} cannot be pressed")

    @staticmethod
    def type(node, words):
        editable = ask(node.get_editable_text_iface)
        if not editable or not ask(editable.set_text_contents, words):
            raise NotThere(f"{role(node)} {name(node)} takes no text")
