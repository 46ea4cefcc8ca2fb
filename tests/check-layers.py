#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the walls between the rooms, and a few habits, by reading the sources.

    check-layers.py [ROOT]      every finding on a line, exit status 1 if there is one
    check-layers.py --self-test feeds each rule what it must find and what it must leave alone

What each room may include stands in ROOMS, as described in src/README.md. The compiler enforces
most of it; this closes what it cannot see: `#include "../store/x.h"`, headers that need no flag,
and calls that would make a test wait for a real clock.
"""

import os
import re
import sys
import tempfile
from typing import NamedTuple

# Headers by the library they come with.
STD = {"assert.h", "ctype.h", "errno.h", "inttypes.h", "limits.h", "locale.h", "math.h", "stdarg.h",
       "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h"}
POSIX = STD | {"fcntl.h", "signal.h", "stdio.h", "sys/file.h", "sys/prctl.h", "sys/random.h",
               "sys/socket.h", "sys/stat.h", "sys/types.h", "sys/utsname.h", "sys/wait.h", "time.h",
               "unistd.h"}
LIBRARIES = {
    "glib": re.compile(r"glib\.h|glib-object\.h|glib/gi18n-lib\.h|glib/gprintf\.h|gobject/.*"),
    "gio": re.compile(r"gio/.*|glib-unix\.h|glib/gstdio\.h"),
    "sqlite3": re.compile(r"sqlite3\.h"),
    "libsoup": re.compile(r"libsoup/.*"),
    "json-glib": re.compile(r"json-glib/.*"),
    "libsecret": re.compile(r"libsecret/.*"),
    "gtk4": re.compile(r"gtk/.*|gdk/.*|gsk/.*|pango/.*|cairo.*|graphene.*|X11/.*"),
    "libadwaita": re.compile(r"adwaita\.h"),
    "libgsound": re.compile(r"gsound\.h"),
}


class Room(NamedTuple):
    """What a folder of src/ may include."""

    rooms: frozenset
    libraries: frozenset
    system: frozenset


def room(rooms, libraries, system):
    return Room(frozenset(rooms.split()), frozenset(libraries.split()), frozenset(system))


ROOMS = {
    "core": room("", "glib", STD),
    "store": room("core", "glib gio sqlite3", POSIX),
    "hubrise": room("core", "glib gio libsoup json-glib", POSIX),
    "sync": room("core store hubrise", "glib gio libsecret", POSIX),
    "ui": room("core sync", "glib gio gtk4 libadwaita libgsound", POSIX),
    "cli": room("core sync", "glib gio json-glib", POSIX),
    "sandbox": room("", "glib gio libsoup json-glib", POSIX),
    # main.c and what else stands beside the rooms
    "": room("core store hubrise sync ui cli", " ".join(LIBRARIES), POSIX),
}
GENERATED = re.compile(r"(config|.*-resources?|.*-enums|.*-generated)\.h$")


class Rule(NamedTuple):
    """A word that must not stand in some files."""

    word: re.Pattern
    where: re.Pattern  # paths the rule reads
    but: re.Pattern  # paths it lets pass
    why: str


NOWHERE = re.compile(r"(?!)")
C = re.compile(r"\.[ch]$")
SRC = re.compile(r"^src/.*\.[ch]$")
# Files that may start a timer of their own: the real clock, and what only moves something on the
# screen. The demo shop keeps its own time.
TIMERS = ("src/sandbox/", "src/sync/cpt-system-clock.")
RULES = (
    Rule(re.compile(r"\bsqlite3_\w+"), SRC, re.compile(r"^src/store/"), "SQL belongs to store"),
    Rule(re.compile(r"\b(soup_\w+|Soup[A-Z]\w+)"), SRC, re.compile(r"^src/(hubrise|sandbox)/"),
         "HTTP belongs to hubrise"),
    Rule(re.compile(r"\b(json_(parser|node|object|array|reader|builder|generator)_\w+|Json[A-Z]\w+)"),
         SRC, re.compile(r"^src/(hubrise|sandbox|cli)/"), "JSON belongs to hubrise"),
    Rule(re.compile(r"\b(g_timeout_add\w*|g_timeout_source_new\w*|g_get_real_time|g_get_monotonic_time"
                    r"|g_date_time_new_now\w*|clock_gettime|gettimeofday|time \((NULL|&|0))"),
         SRC, re.compile("^(" + "|".join(map(re.escape, TIMERS)) + ")"),
         "time comes from the CptClock that was handed in"),
    Rule(re.compile(r"\bg_(autoptr|auto|autolist|autoslist|autoqueue) ?\([^()]*\) ?\w+ ?;"
                    r"|\bg_autofree [^=;()]*;"), C, NOWHERE,
         "declared without a value: freeing it would free garbage"),
    Rule(re.compile(r"\b(g_usleep|usleep|nanosleep|sleep)\s*\("), C, NOWHERE,
         "nothing waits by the clock"),
    Rule(re.compile(r"\b(g|secret)_\w+_sync\b"), re.compile(r"^src/(ui|sync|hubrise)/"), NOWHERE,
         "waits for another process on the main loop"),
    Rule(re.compile(r"\btime\.sleep\b|\bfrom time import\b.*\bsleep\b"), re.compile(r"\.py$|^tests/lib/"),
         NOWHERE, "nothing waits by the clock"),
    Rule(re.compile(r"(^|[;&|]|\bdo|\bthen)\s*sleep +[\d.$]"), re.compile(r"\.sh$|^\.ci/|^tests/lib/"),
         NOWHERE, "nothing waits by the clock"),
    Rule(re.compile(r"/(w[o]rk|f[a]rm|r[o]ot)/|/t[m]p/[\w-]+\.(png|log)|/h[o]me/[a-z]"),
         re.compile(r"."), re.compile(r"^(COPYING|data/screenshots/)"), "a path of one machine"),
)


def strip_comments(text):
    """C source without comments; strings stay, line numbers too."""
    def blank(match):
        piece = match.group(0)
        return piece if piece[0] in "\"'" else "\n" * piece.count("\n") or " "

    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', blank, text,
                  flags=re.S)


def strip_strings(text):
    return re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)


def room_of(path):
    """The room of a path below src/, "" for what stands beside the rooms."""
    first, slash, _ = path[len("src/"):].partition("/")
    return first if slash else ""


def read_tree(root):
    """Every text file of ours as {path: text}."""
    tree = {}
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in (".git", "__pycache__", "screenshots")
                      and not re.match(r"_?build", f)]
        for name in sorted(set(files) - {".git"}):
            path = os.path.join(folder, name)
            try:
                with open(path, encoding="utf-8") as text:
                    tree[os.path.relpath(path, root)] = text.read()
            except (UnicodeDecodeError, FileNotFoundError):
                continue
    return tree


def headers_of(tree):
    """(file name → path of every header of ours, findings about names used twice)."""
    paths, findings = {}, []
    for path in sorted(p for p in tree if SRC.search(p.removesuffix(".in"))):
        name = os.path.basename(path).removesuffix(".in")
        if name in paths and room_of(path) != "sandbox":
            findings.append(f"{path}:1: the name is taken by {paths[name]}")
        paths.setdefault(name, path)
    return paths, findings


def check_own(path, name, headers):
    """Why a "quoted" include is wrong, or None."""
    here = room_of(path)
    if ".." in name.split("/"):
        return "an include goes up: use the room's name alone"
    target = headers.get(os.path.basename(name))
    if not target:
        return None if GENERATED.search(name) else "no header of ours has this name"
    there = room_of(target)
    if there not in ROOMS[here].rooms | {here}:
        return f"{here or 'main'} may not use {there}"
    if name.endswith("-private.h") and there != here:
        return f"private to {there}"
    return None


def check_system(path, name, headers):
    """Why a <bracketed> include is wrong, or None."""
    here = room_of(path)
    if os.path.basename(name) in headers:
        return "a header of ours is included with quotes"
    allowed = ROOMS[here]
    if name in allowed.system:
        return None
    if any(LIBRARIES[library].fullmatch(name) for library in allowed.libraries):
        return None
    return f"{here or 'main'} may not use this library"


def check_includes(tree):
    headers, findings = headers_of(tree)
    for path in sorted(p for p in tree if SRC.search(p)):
        if room_of(path) not in ROOMS:
            findings.append(f"{path}:1: {room_of(path)} is no room")
            continue
        for number, line in enumerate(strip_comments(tree[path]).split("\n"), 1):
            match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
            if match:
                check = check_own if match[1] == '"' else check_system
                why = check(path, match[2], headers)
                if why:
                    findings.append(f"{path}:{number}: {line.strip()}: {why}")
    return findings


def check_words(tree):
    findings = []
    for path, text in sorted(tree.items()):
        rules = [r for r in RULES if r.where.search(path) and not r.but.search(path)]
        if not rules:
            continue
        whole = strip_comments(text) if C.search(path) else text
        code = strip_strings(whole) if C.search(path) else text
        for rule in rules:
            lines = (whole if "path" in rule.why else code).split("\n")
            for number, line in enumerate(lines, 1):
                match = rule.word.search(line)
                if match:
                    findings.append(f"{path}:{number}: {match[0].strip()}: {rule.why}")
    return findings


def check(root):
    tree = read_tree(root)
    return check_includes(tree) + check_words(tree)


# What each rule must find: (path, line) in a tree where nothing else is wrong.
BAD = (
    ("src/core/cpt-a.c", '#include "cpt-store.h"'),
    ("src/core/cpt-a.c", "#include <gio/gio.h>"),
    ("src/core/cpt-a.c", "#include <stdio.h>"),
    ("src/core/cpt-a.c", "#include <time.h>"),
    ("src/store/cpt-a.c", '#include "../core/cpt-core.h"'),
    ("src/store/cpt-a.c", '#include "cpt-hubrise.h"'),
    ("src/store/cpt-a.c", "#include <gtk/gtk.h>"),
    ("src/hubrise/cpt-a.c", '#include "cpt-store.h"'),
    ("src/hubrise/cpt-a.c", "#include <sqlite3.h>"),
    ("src/sync/cpt-a.c", '#include "cpt-ui.h"'),
    ("src/sync/cpt-a.c", '#include "cpt-store-private.h"'),
    ("src/sync/cpt-a.c", "#include <json-glib/json-glib.h>"),
    ("src/sync/cpt-a.c", "#include <adwaita.h>"),
    ("src/ui/orders/cpt-a.c", '#include "cpt-store.h"'),
    ("src/ui/orders/cpt-a.c", "#include <libsoup/soup.h>"),
    ("src/ui/cpt-a.c", "#include <cpt-core.h>"),
    ("src/hubrise/cpt-a.c", '#include "cpt-build.h"'),
    ("src/cli/cpt-a.c", "#include <gtk/gtk.h>"),
    ("src/sandbox/cpt-a.c", '#include "cpt-core.h"'),
    ("src/main.c", '#include "cpt-sandbox.h"'),
    ("src/main.c", '#include "cpt-nobody.h"'),
    ("src/elsewhere/cpt-a.c", ""),
    ("src/ui/cpt-core.h", ""),
    ("src/sync/cpt-a.c", "  sqlite3_step (statement);"),
    ("src/sync/cpt-a.c", "  soup_session_new ();"),
    ("src/ui/cpt-a.c", "  g_autoptr (SoupMessage) message = NULL;"),
    ("src/store/cpt-a.c", "  json_node_new (0);"),
    ("src/ui/cpt-a.c", "  g_timeout_add_seconds (1, cb, self);"),
    ("src/hubrise/cpt-a.c", "  now = g_get_monotonic_time ();"),
    ("src/store/cpt-a.c", "  now = g_get_real_time ();"),
    ("src/ui/cpt-a.c", "  g_autoptr (GDateTime) now = g_date_time_new_now_local ();"),
    ("src/core/cpt-a.c", "  seconds = time (NULL);"),
    ("src/core/cpt-a.c", "  g_autoptr (GError) error;"),
    ("tests/core/test-a.c", "  g_autoptr(GError) error;"),
    ("src/core/cpt-a.c", "  g_autofree char *text;"),
    ("tests/core/test-a.c", "  g_usleep (1000);"),
    ("src/store/cpt-a.c", "  sleep (1);"),
    ("src/ui/cpt-a.c", "  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);"),
    ("src/sync/cpt-a.c", "  secret_password_lookup_sync (schema, NULL, NULL, NULL);"),
    ("tests/ui/test-a.py", "time." + "sleep(1)"),
    ("tests/ui/test-a.sh", "start & " + "sleep 1"),
    (".ci/test", "  sle" + "ep 5"),
    ("README.md", "see /wo" + "rk/main"),
    ("tests/core/test-a.c", 'open ("/ro' + 'ot/x", 0);'),
    ("data/a.svg", "/t" + "mp/shot.png"),
)
# What they must leave alone.
GOOD = (
    ("src/core/cpt-b.c", '/* #include "cpt-store.h" and sqlite3_step () */\n#include <string.h>\n'
     '// soup_session_new ()\n#include "cpt-core.h"\n#include <glib-object.h>'),
    ("src/core/cpt-b.c", 'g_warning ("g_get_real_time () is not for you, nor is sqlite3_step");'),
    ("src/store/cpt-b.c", '#include "cpt-core.h"\n#include "cpt-store-private.h"\n'
     "#include <sqlite3.h>\n#include <gio/gio.h>\n  sqlite3_step (s);"),
    ("src/hubrise/cpt-b.c", "#include <libsoup/soup.h>\nSoupSession *s = soup_session_new ();"),
    ("src/sync/cpt-b.c", '#include "cpt-store.h"\n#include "cpt-hubrise.h"'),
    ("src/sync/cpt-system-clock.c", "  return g_get_real_time ();"),
    ("src/ui/orders/cpt-b.c", '#include "orders/cpt-c.h"\n#include "config.h"\n#include <gdk/x11/gdkx.h>'),
    ("src/ui/orders/cpt-c.h", "#pragma once"),
    ("src/sandbox/cpt-b.c", "  g_timeout_add (1, cb, self);\n#include <json-glib/json-glib.h>"),
    ("src/cli/cpt-b.c", "#include <json-glib/json-glib.h>"),
    ("src/core/cpt-b.c", "  g_autoptr (GError) error = NULL;\n  g_autofree char *text = NULL;\n"
     "  struct { GTimeZone *time_zone; } runtime;\n  int asleep (void);"),
    ("src/main.c", '#include "cpt-ui.h"\n#include <adwaita.h>'),
    ("src/sync/cpt-b.c", '#include "cpt-build.h"'),
    ("src/main.c", "  g_dbus_connection_flush_sync (bus, NULL, NULL);"),
    ("src/sync/cpt-b.c", "  cpt_store_note_sync (0, now);"),
    ("tests/ui/test-b.py", "GLib.timeout_add(100, look)"),
    ("README.md", "http://127.0.0.1:PORT/workers /usr/share/doc"),
)
SCENE = ("src/core/cpt-core.h", "src/store/cpt-store.h", "src/store/cpt-store-private.h",
         "src/hubrise/cpt-hubrise.h", "src/sync/cpt-sync.h", "src/ui/cpt-ui.h",
         "src/sandbox/cpt-sandbox.h", "src/cli/cpt-cli.h", "src/sync/cpt-build.h.in")


def write(root, path, text):
    os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
    with open(os.path.join(root, path), "w", encoding="utf-8") as out:
        out.write(text + "\n")


def findings_for(files):
    with tempfile.TemporaryDirectory() as root:
        for path in SCENE:
            write(root, path, "#pragma once")
        for path, text in files:
            write(root, path, text)
        return check(root)


def self_test():
    """TAP, one line a snippet."""
    results = [(len(findings_for([bad])) == 1, f"finds {bad[0]}: {bad[1].strip()}") for bad in BAD]
    for good in GOOD:
        wrong = findings_for(GOOD[:0] + (good, ("src/ui/orders/cpt-c.h", "#pragma once")))
        results.append((not wrong, f"leaves {good[0]} alone {wrong}"))
    print(f"1..{len(results)}")
    for number, (passed, what) in enumerate(results, 1):
        print(f"{'ok' if passed else 'not ok'} {number} - {what.replace('#', '/')}")
    return 0 if all(passed for passed, _ in results) else 1


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    findings = check(sys.argv[1] if len(sys.argv) > 1 else ".")
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
