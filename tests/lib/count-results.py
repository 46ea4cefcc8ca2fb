#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests of the last `meson test` passed, failed and were skipped.

    count-results.py BUILD

A program that reports test cases counts with its cases, any other as one.
"""

import os
import re
import sys
import xml.etree.ElementTree as ET


def main():
    passed = failed = skipped = 0
    junit = os.path.join(sys.argv[1], "meson-logs", "testlog.junit.xml")
    with open(junit, encoding="utf-8", errors="replace") as results:
        # meson copies what a test printed; a control character in it is no XML
        text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "?", results.read())
    for suite in ET.fromstring(text.encode()).iter("testsuite"):
        bad = sum(1 for case in suite.iter("testcase")
                  if case.find("failure") is not None or case.find("error") is not None)
        left = sum(1 for case in suite.iter("testcase") if case.find("skipped") is not None)
        passed += sum(1 for _ in suite.iter("testcase")) - bad - left
        skipped += left
        # a program can also fail outside its cases: it crashed, or took too long
        told = int(suite.get("failures") or 0) + int(suite.get("errors") or 0)
        failed += max(bad, min(told, 1))
    print(passed, failed, skipped)
    return 0


if __name__ == "__main__":
    sys.exit(main())
