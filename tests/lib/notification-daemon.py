#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification daemon without a screen, for tests.

It takes org.freedesktop.Notifications on the session bus and appends what happens to a file, one
JSON object a line: {"event": "shown", "id", "app", "summary", "body", "actions", "urgency"} or
{"event": "closed", "id"}. A test presses a notification by calling
io.github.comptoir.TestNotifications.Press (id, action) on the same object.

    notification-daemon.py FILE READY-DESCRIPTOR
"""

import json
import os
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"
XML = """<node>
 <interface name="org.freedesktop.Notifications">
  <method name="Notify">
   <arg type="s" name="app" direction="in"/><arg type="u" name="replaces" direction="in"/>
   <arg type="s" name="icon" direction="in"/><arg type="s" name="summary" direction="in"/>
   <arg type="s" name="body" direction="in"/><arg type="as" name="actions" direction="in"/>
   <arg type="a{sv}" name="hints" direction="in"/><arg type="i" name="timeout" direction="in"/>
   <arg type="u" name="id" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" name="id" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
   <arg type="s" direction="out"/><arg type="s" direction="out"/>
   <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
 </interface>
 <interface name="io.github.comptoir.TestNotifications">
  <method name="Press">
   <arg type="u" name="id" direction="in"/><arg type="s" name="action" direction="in"/>
  </method>
 </interface>
</node>"""


class Daemon:
    """The object behind the name."""

    def __init__(self, path, ready):
        self.path = path
        self.ready = ready
        self.last = 0

    def write(self, **what):
        with open(self.path, "a", encoding="utf-8") as out:
            out.write(json.dumps(what, ensure_ascii=False) + "\n")

    def emit(self, bus, signal, value):
        bus.emit_signal(None, PATH, NAME, signal, value)

    def notify(self, _bus, app, replaces, _icon, summary, body, actions, hints, _timeout):
        if replaces:
            number = replaces
        else:
            self.last += 1
            number = self.last
        self.write(event="shown", id=number, app=app, summary=summary, body=body,
                   actions=actions, urgency=hints.get("urgency", 1),
                   desktop=hints.get("desktop-entry", ""))
        return GLib.Variant("(u)", (number,))

    def close(self, bus, number):
        self.write(event="closed", id=number)
        self.emit(bus, "NotificationClosed", GLib.Variant("(uu)", (number, 3)))

    def press(self, bus, number, action):
        self.emit(bus, "ActionInvoked", GLib.Variant("(us)", (number, action)))

    def call(self, bus, _sender, _path, _interface, method, parameters, invocation):
        answers = {
            "Notify": self.notify,
            "CloseNotification": self.close,
            "Press": self.press,
            "GetCapabilities": lambda _bus: GLib.Variant("(as)", (["actions", "body"],)),
            "GetServerInformation":
                lambda _bus: GLib.Variant("(ssss)", ("test", "comptoir", "1", "1.2")),
        }
        invocation.return_value(answers[method](bus, *parameters.unpack()))

    def bus_acquired(self, bus, _name):
        for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
            bus.register_object(PATH, interface, self.call, None, None)

    def name_acquired(self, _bus, _name):
        os.write(self.ready, b"ready\n")
        os.close(self.ready)


def main():
    loop = GLib.MainLoop()
    daemon = Daemon(sys.argv[1], int(sys.argv[2]))
    Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, daemon.bus_acquired,
                     daemon.name_acquired, lambda *_: loop.quit())
    loop.run()


if __name__ == "__main__":
    main()
