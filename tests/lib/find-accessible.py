#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits until something with a given name stands in the accessibility tree, and prints it.

    find-accessible.py [--role REGEX] [--within REGEX] [--timeout 60] [--pid PID] NAME-REGEX

--within: an ancestor's name matches. --pid: only that process is searched, and the wait is over
when it ends. Found: role and name on one line, exit status 0. Not found in time: what is there, on
stderr, and 1.
"""

import argparse
import os
import re
import sys

# A program that is just starting makes libatspi warn, which must not end the search.
os.environ.pop("G_DEBUG", None)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LOOK_AGAIN_AFTER = 250  # milliseconds
DEEPEST = 60


def children(node):
    """A GTK list can change while it is read: what is gone is no child."""
    try:
        return [child for child in (node.get_child_at_index(i)
                                    for i in range(node.get_child_count())) if child]
    except GLib.Error:
        return []


def describe(node):
    try:
        return node.get_role_name() or "", node.get_name() or ""
    except GLib.Error:
        return "", ""


class Search:
    """One look after another until found, ended or out of time."""

    def __init__(self, options):
        self.options = options
        self.name = re.compile(options.name)
        self.role = re.compile(options.role)
        self.within = re.compile(options.within) if options.within else None
        self.seen = []

    def applications(self):
        for application in children(Atspi.get_desktop(0)):
            try:
                if not self.options.pid or application.get_process_id() == self.options.pid:
                    yield application
            except GLib.Error:
                continue

    def matches(self, role, name, inside):
        return inside and self.role.search(role) and self.name.search(name)

    def walk(self, node, inside, depth):
        """The first match in the tree below, depth first."""
        node.clear_cache()
        role, name = describe(node)
        self.seen.append("  " * depth + f"{role}: {name}")
        if self.matches(role, name, inside):
            return role, name
        if depth == DEEPEST:
            return None
        inside = inside or bool(self.within.search(name))
        for child in children(node):
            found = self.walk(child, inside, depth + 1)
            if found:
                return found
        return None

    def look(self):
        self.seen = []
        for application in self.applications():
            found = self.walk(application, self.within is None, 0)
            if found:
                return found
        return None


def ended(pid):
    """A child that ended but was not waited for still has a directory in /proc."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def wait(search, timeout, pid):
    loop = GLib.MainLoop()
    result = {"found": None, "why": "not there in time"}

    def look():
        result["found"] = search.look()
        if not result["found"] and pid and ended(pid):
            result["why"] = "the program ended"
        if result["found"] or (pid and ended(pid)):
            loop.quit()
            return GLib.SOURCE_REMOVE
        return GLib.SOURCE_CONTINUE

    GLib.timeout_add(LOOK_AGAIN_AFTER, look)
    GLib.timeout_add_seconds(timeout, loop.quit)
    loop.run()
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--role", default="")
    parser.add_argument("--within", default="")
    parser.add_argument("--timeout", type=int, default=60)
    parser.add_argument("--pid", type=int, default=0)
    parser.add_argument("name")
    options = parser.parse_args()
    Atspi.init()
    Atspi.set_timeout(2000, 10000)
    search = Search(options)
    result = wait(search, options.timeout, options.pid)
    if result["found"]:
        print(": ".join(result["found"]))
        return 0
    print(f"{options.name}: {result['why']}. The tree was:", *search.seen, sep=os.linesep,
          file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
