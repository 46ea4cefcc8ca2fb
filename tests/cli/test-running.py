#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line beside a Comptoir that runs: the window's engine does the work, and the words are
those of who typed. Runs on tests/lib/with-display."""

import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui", "journeys"))
import command  # noqa: E402
import journey  # noqa: E402
from journey import accessible, sandbox  # noqa: E402


class Typed(command.Place):
    """Commands typed beside a till with a window, without its display and bus."""

    def __init__(self, till, **variables):
        super().__init__(till.shop, **variables)
        os.rmdir(self.folder)
        self.folder = till.data


def socket(till):
    return os.path.join(till.data, "shop", "commands")


def wait_open(till):
    journey.until(lambda: os.path.exists(socket(till)), "a socket beside the database")


def the_window_does_what_is_typed(till):
    typed = Typed(till)
    answer = typed.json("status")
    assert answer["state"] == "online" and answer["running"] is True, answer
    order = journey.new_order(till.shop, "R1")
    till.check_now()
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    assert typed.json("order", "R1", "accept")["order"]["send"] == "sent"
    journey.until(lambda: "Accepted" in accessible.name(till.row("R1")), "the row says Accepted")
    assert typed.json("stock", "set", "COKE", "3")["item"]["hubrise"] == "sent"
    assert typed.inventory() == {"COKE": "3"}
    assert len(typed.journal("PATCH", "/inventory")) == 1
    assert typed.json("sync-stock")["differences"] == []
    assert typed.json("pull-catalog")["skus"] == 60


def the_answer_is_in_the_language_of_who_typed(till):
    done = Typed(till).run("order", "NONE", LANGUAGE="fr")
    assert done.code == 1 and "Cette commande n’existe pas" in done.err, done
    assert "Point de vente" in Typed(till).run("status", LANGUAGE="fr").out


def a_file_is_read_where_it_was_typed(till):
    """The window runs in another folder, perhaps as it was started by the desktop."""
    typed = Typed(till)
    with open(os.path.join(typed.folder, "here.csv"), "w", encoding="utf-8") as file:
        file.write("ref;quantity\nTIRAM;4\nNOPE;1\n")
    done = subprocess.run([sandbox.built("comptoir"), "stock", "import", "here.csv", "--json"],
                          env=typed.environment(), cwd=typed.folder, capture_output=True, check=False,
                          timeout=command.PATIENCE)
    assert done.returncode == 1 and json.loads(done.stdout)["taken"] == 1, done
    assert typed.inventory()["TIRAM"] == "4"


def what_is_no_request_is_not_answered(till):
    import socket as sockets  # pylint: disable=import-outside-toplevel
    for line in (b"\n", b"[]\n", b"nonsense\n", b"{\"words\": 3}\n", b"{\"command\": \"order\"}\n",
                 b"{\"command\": \"stock import\", \"lines\": 3}\n", b"[" * 200000 + b"\n", b""):
        with sockets.socket(sockets.AF_UNIX) as caller:
            caller.settimeout(command.PATIENCE)
            caller.connect(socket(till))
            reader = caller.makefile("rb")
            assert json.loads(reader.readline())["pid"] == till.pid
            caller.sendall(line)
            caller.shutdown(sockets.SHUT_WR)
            answer = reader.readline()
            assert not answer or json.loads(answer)["exit"] != 0, (line, answer)
    assert os.stat(socket(till)).st_mode & 0o077 == 0, "the socket is the user's own"
    assert Typed(till).run("status").code == 0


def one_that_hangs_is_said_to(till):
    os.kill(till.pid, signal.SIGSTOP)
    try:
        answer = Typed(till).json("stock", "set", "COKE", "9", code=3)
    finally:
        os.kill(till.pid, signal.SIGCONT)
    assert "does not answer" in answer["message"], answer
    assert Typed(till).inventory()["COKE"] == "3"


def after_the_end_the_command_works_by_itself(till):
    assert till.quit() == 0
    assert not os.path.exists(socket(till)), "the socket goes with the program"
    assert Typed(till).run("stock", "set", "COKE", "5").code == 0
    assert Typed(till).inventory()["COKE"] == "5"
    # a socket that a killed one left behind is nobody's
    till.start()
    wait_open(till)
    os.kill(till.pid, signal.SIGKILL)
    till.process.wait()
    assert os.path.exists(socket(till))
    assert Typed(till).run("stock", "set", "COKE", "6").code == 0
    till.start()
    wait_open(till)
    assert Typed(till).json("status")["state"] in ("online", "unproven")


def a_window_that_opens_meanwhile_waits_for_the_command(till):
    """It must not stay without its orders because a command had the database for a moment."""
    till.quit()
    shop = till.shop
    order = shop.control("POST", "/orders", {"ref": "R2"})["id"]
    shop.control("POST", "/failures", {"method": "GET", "path": "*inventory", "delay_ms": 2000})
    since = shop.control("GET", "/journal")["last"]
    typed = Typed(till).start("stock", "set", "COKE", "7")
    till.wait_sent("GET /v1/catalogs/.*/inventory", since=since)
    till.start()
    out, err = typed.communicate(b"", command.PATIENCE)
    assert typed.returncode == 0, (out, err)
    till.wait_sent(f"PATCH /v1/location/orders/{order}")
    assert not till.find("^Another Comptoir", "label")
    assert Typed(till).inventory()["COKE"] == "7"


def knows_what_hubrise_holds(typed):
    """A change of the stock leaves at once from then on."""
    done = typed.run("--demo", "--json", "stock", "list")
    return done.code == 0 and any(one["hubrise_stock"] for one in json.loads(done.out)["items"])


def the_demo_is_asked_by_its_own_name(till):
    demo = journey.Till(None, data=till.data, arguments=["--demo"])
    demo.start()
    path = os.path.join(till.data, "demo", "commands")
    journey.until(lambda: os.path.exists(path), "the demo's socket")
    journey.until(lambda: knows_what_hubrise_holds(Typed(till)), "catalog and stock are read")
    assert Typed(till).json("--demo", "stock", "set", "TIRAM", "1")["item"]["hubrise"] == "sent"
    assert "TIRAM" in Typed(till).inventory(), "the shop's own stock stands"
    assert Typed(till).inventory()["TIRAM"] == "4"
    assert demo.quit() == 0


def main():
    with sandbox.Sandbox() as shop, journey.Till(shop) as till:
        wait_open(till)
        till.connect()
        till.focus_window()
        journey.run(the_window_does_what_is_typed, the_answer_is_in_the_language_of_who_typed,
                    a_file_is_read_where_it_was_typed, what_is_no_request_is_not_answered,
                    one_that_hangs_is_said_to, after_the_end_the_command_works_by_itself,
                    a_window_that_opens_meanwhile_waits_for_the_command,
                    the_demo_is_asked_by_its_own_name, till=till)


main()
