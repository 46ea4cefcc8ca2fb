#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits until something with a given name stands in a program's accessibility tree, and prints it.

    find-accessible.py --pid PID [--role REGEX] [--within REGEX] [--timeout 60] NAME-REGEX

--within: an ancestor's name matches. The wait is over when the program ends. Found: role and name on
one line, exit status 0. Not found in time: what is there, on stderr, and 1.
"""

import argparse
import sys

import accessible


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--role", default="")
    parser.add_argument("--within", default="")
    parser.add_argument("--timeout", type=int, default=60)
    parser.add_argument("name")
    options = parser.parse_args()
    program = accessible.Program(options.pid)
    try:
        found = program.wait_for(options.name, options.role, options.within,
                                 seconds=options.timeout)
    except accessible.NotThere as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"{accessible.role(found)}: {accessible.name(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
