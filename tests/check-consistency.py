#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds together what is said in two places.

    check-consistency.py BUILD

The version of meson.build is the newest release of the metainfo; every settings key used in src/
is in the schema; the desktop files, the metainfo, the schema, the icons, the window templates and
the Flatpak manifest are valid; the pictures that the README and the metainfo show are there; each
test written in Python is in the list of those that run.
"""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
APP = "io.github.comptoir.Comptoir"
KEY_CALLS = re.compile(r"(?:cpt_settings_|g_settings_)(?:get|set|bind|reset|is_writable)\w*\s*\("
                       r"[^;\"]*?,\s*\"([a-z][a-z0-9-]+)\"", re.S)
CHANGED = re.compile(r"\"(?:writable-)?changed::([a-z][a-z0-9-]+)\"")
findings = []


def say(where, what):
    findings.append(f"{where}: {what}")


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as text:
        return text.read()


def files_below(top, *ends):
    for folder, _, names in os.walk(os.path.join(ROOT, top)):
        for name in sorted(names):
            if name.endswith(ends):
                yield os.path.relpath(os.path.join(folder, name), ROOT)


def validate(where, *argv):
    done = subprocess.run(argv, check=False, cwd=ROOT, text=True, capture_output=True)
    if done.returncode != 0:
        say(where, (done.stdout + done.stderr).strip() or f"{argv[0]} says no")


def check_version():
    version = re.search(r"\bversion: '([^']+)'", read("meson.build"))[1]
    releases = ET.fromstring(read(f"data/{APP}.metainfo.xml.in")).findall("releases/release")
    newest = releases[0].get("version") if releases else None
    if newest != version:
        say("metainfo", f"the newest release is {newest}, meson.build says {version}")
    dates = [release.get("date") for release in releases]
    if dates != sorted(dates, reverse=True):
        say("metainfo", "the releases are not in order, newest first")


def check_settings():
    schema = ET.fromstring(read(f"data/{APP}.gschema.xml"))
    keys = {key.get("name") for key in schema.iter("key")}
    for path in files_below("src", ".c", ".h", ".ui"):
        source = read(path)
        for key in KEY_CALLS.findall(source) + CHANGED.findall(source):
            if key not in keys:
                say(path, f"the schema has no key {key}")


def check_files(build):
    for name in (APP, f"{APP}.Demo"):
        validate(name, "desktop-file-validate", os.path.join(build, "data", f"{name}.desktop"))
    metainfo = os.path.join(build, "data", f"{APP}.metainfo.xml")
    validate("metainfo", "appstreamcli", "validate", "--no-net", "--no-color", metainfo)
    validate("schema", "glib-compile-schemas", "--strict", "--dry-run", "data")
    for path in [f"data/{APP}.gschema.xml", *files_below("data", ".svg", ".xml.in"),
                 *files_below("src", ".ui", ".xml")]:
        validate(path, "xmllint", "--noout", "--nonet", path)


def check_pictures():
    named = re.findall(r"data/screenshots/[\w.-]+\.png",
                       read("README.md") + read(f"data/{APP}.metainfo.xml.in"))
    for path in sorted(set(named)):
        if not os.path.exists(os.path.join(ROOT, path)):
            say(path, "is shown but not there")


def check_flatpak():
    text = read(f"flatpak/{APP}.yml")
    for word in (f"app-id: {APP}", "runtime: org.gnome.Platform", "command: comptoir"):
        if word not in text:
            say("flatpak", f"«{word}» is missing")
    try:
        yaml.safe_load(text)
    except yaml.YAMLError as error:
        say("flatpak", error)


def check_tests():
    """Of those in C the compiler says so."""
    words = Counter()
    for path in files_below("tests", ".py"):
        words.update(re.findall(r"\w+", read(path)))
    for path in files_below("tests", ".py"):
        for name in re.findall(r"^def (\w+)", read(path), re.M):
            if words[name] < 2:
                say(path, f"{name} is never run")


def main():
    check_version()
    check_settings()
    check_files(sys.argv[1])
    check_pictures()
    check_flatpak()
    check_tests()
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
