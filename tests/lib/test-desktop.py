#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests stand on, tested itself: with-display, the notification daemon and
find-accessible. TAP on stdout."""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WITH_DISPLAY = os.path.join(HERE, "with-display")
FIND = os.path.join(HERE, "find-accessible.py")

NOTIFY = """
import gi, os, sys
os.environ.pop("G_DEBUG", None)
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
loop, pressed = GLib.MainLoop(), []
call = lambda interface, method, value: bus.call_sync(
    "org.freedesktop.Notifications", "/org/freedesktop/Notifications", interface, method, value,
    None, 0, 5000, None)
bus.signal_subscribe(None, "org.freedesktop.Notifications", "ActionInvoked", None, None, 0,
                     lambda *a: (pressed.append(a[-1].unpack()), loop.quit()))
number, = call("org.freedesktop.Notifications", "Notify", GLib.Variant("(susssasa{sv}i)", (
    "app", 0, "", "Order 4821", "27,50", ["open", "Open"], {}, -1))).unpack()
call("io.github.comptoir.TestNotifications", "Press", GLib.Variant("(us)", (number, "open")))
GLib.timeout_add_seconds(5, loop.quit)
loop.run()
call("org.freedesktop.Notifications", "CloseNotification", GLib.Variant("(u)", (number,)))
print(pressed == [(number, "open")])
print(open(os.environ["COMPTOIR_TEST_NOTIFICATIONS"], encoding="utf-8").read())
"""
LEFT_BEHIND = "setsid tail -f /dev/null > /dev/null & echo $!"


def on_desktop(*argv):
    return subprocess.run([WITH_DISPLAY, *argv], check=False, text=True, capture_output=True,
                          stdin=subprocess.DEVNULL)


def status_is_the_commands():
    return on_desktop("sh", "-c", "exit 7").returncode == 7


def environment_is_private():
    names = "DISPLAY XDG_DATA_HOME XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS".split()
    done = on_desktop("/usr/bin/env")
    inside = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    private = all(inside.get(name) and inside[name] != os.environ.get(name) for name in names)
    return private and not os.path.exists(inside["XDG_DATA_HOME"])


def notifications_are_recorded_and_pressed():
    lines = on_desktop("/usr/bin/python3", "-c", NOTIFY).stdout.splitlines()
    events = [json.loads(line) for line in lines[1:] if line]
    return (lines[0] == "True" and [event["event"] for event in events] == ["shown", "closed"]
            and events[0]["summary"] == "Order 4821")


def nothing_is_left_behind():
    done = on_desktop("sh", "-c", LEFT_BEHIND)
    return done.stdout.strip().isdigit() and not os.path.exists(f"/proc/{done.stdout.strip()}")


def what_is_not_there_is_not_found():
    done = on_desktop("sh", "-c", f"{FIND} --pid $$ --timeout 1 '^Order '")
    return done.returncode == 1 and "not there in time" in done.stderr


def main():
    tests = (status_is_the_commands, environment_is_private, notifications_are_recorded_and_pressed,
             nothing_is_left_behind, what_is_not_there_is_not_found)
    print(f"1..{len(tests)}")
    failed = 0
    for number, test in enumerate(tests, 1):
        passed = test()
        failed += not passed
        print(f"{'ok' if passed else 'not ok'} {number} - {test.__name__.replace('_', ' ')}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
