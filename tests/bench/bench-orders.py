#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the list of orders with 1,000 and with 100,000 of them, and with a bare list.

    bench-orders.py PROGRAM

Prints the work of a frame (99th percentile, CPU time of the main thread) and the memory for both
sizes, and their ratios. Exits 1 when the larger list costs more than it may.
"""

import json
import subprocess
import sys

SMALL, LARGE = 1000, 100000
RATIO = 1.5
MEMORY_MB = 20
TRIES = 3


def run(program, orders):
    done = subprocess.run([program, str(orders)], stdout=subprocess.PIPE, check=True, timeout=400)
    return json.loads(done.stdout)


def best(program, orders):
    """The least of several runs: noise only ever adds."""
    runs = [run(program, orders) for _ in range(TRIES)]
    least = runs[0]
    for other in runs[1:]:
        for phase, value in other.items():
            if isinstance(value, dict):
                least[phase]["p99"] = min(least[phase]["p99"], value["p99"])
                least[phase]["p50"] = min(least[phase]["p50"], value["p50"])
            elif phase != "orders":
                least[phase] = min(least[phase], value)
    return least


def main():
    small, large = best(sys.argv[1], SMALL), best(sys.argv[1], LARGE)
    worst = 0
    for phase in ("scroll", "search", "tabs", "floor-scroll"):
        ratio = large[phase]["p99"] / max(small[phase]["p99"], 1)
        if phase != "floor-scroll":
            worst = max(worst, ratio)
        print(f"# figure: {phase}: p99 {small[phase]['p99']} µs with {SMALL}, "
              f"{large[phase]['p99']} µs with {LARGE}: {ratio:.2f} × "
              f"(p50 {small[phase]['p50']} and {large[phase]['p50']} µs)")
    floor = large["scroll"]["p99"] / max(large["floor-scroll"]["p99"], 1)
    print(f"# figure: scroll: {floor:.2f} × a bare GtkListView with one label a row")
    memory = (large["memory-after-scroll"] - small["memory-after-scroll"]) / 1024
    print("# figure: memory after scrolling: "
          f"{small['memory-after-scroll'] // 1024} MB with {SMALL}, "
          f"{large['memory-after-scroll'] // 1024} MB with {LARGE}: {memory:+.1f} MB")
    print("1..2")
    print(("ok" if worst <= RATIO else "not ok") +
          f" 1 - frame work at most {RATIO} × that of a small list: {worst:.2f}")
    print(("ok" if memory <= MEMORY_MB else "not ok") +
          f" 2 - memory at most {MEMORY_MB} MB more: {memory:+.1f}")
    return 0 if worst <= RATIO and memory <= MEMORY_MB else 1


if __name__ == "__main__":
    sys.exit(main())
