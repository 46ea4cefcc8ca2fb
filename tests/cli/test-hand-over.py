#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the README says of handing stock over, done by a real sqlite3: each statement as it stands
there, what comes back, what wrong input is told, and what of it HubRise gets and when."""

import contextlib
import os
import re
import sqlite3
import subprocess

import command
from command import Host, Place, sandbox

README = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "README.md")
TEN = ("COKE", "COKE-Z", "ORANG", "THE-GL", "CAFE", "BIERE", "TIRAM", "PANNA", "MOUSSE", "GLACE")


class Till:
    """A till that runs, in another process, and the program that writes beside it."""

    def __init__(self):
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        self.shop = self.stack.enter_context(sandbox.Sandbox())
        self.place = self.stack.enter_context(Place(self.shop))
        self.place.connect()
        self.host = Host(self.place)
        self.host.do("settle", "done")
        self.stack.callback(self.host.quit)
        return self

    def __exit__(self, *wrong):
        self.stack.__exit__(*wrong)

    def sql(self, text):
        return subprocess.run(["sqlite3", "-cmd", ".timeout 5000", self.place.database(), text],
                              text=True, capture_output=True, check=False, timeout=command.PATIENCE)

    def hand_over(self, text):
        done = self.sql(text)
        assert done.returncode == 0 and not done.stderr, done
        return done.stdout

    def wrong(self, text):
        done = self.sql(text)
        assert done.returncode != 0 and not done.stdout, done
        return done.stderr

    def writes(self):
        return self.place.journal("PATCH", "/inventory") + self.place.journal("PUT", "/inventory")

    def second_passes(self):
        self.host.do("advance 1000", "done")

    def leaves(self, count):
        """Until so many requests have left: the file system tells the till in its own time."""
        for _ in range(500):
            self.second_passes()
            if len(self.writes()) >= count:
                break
        assert len(self.writes()) == count, self.writes()
        return self.writes()[-1]["body"]

    def nothing_leaves(self, after):
        """Looked for by hand, as each check does."""
        self.host.do("check", "done")
        self.second_passes()
        assert len(self.writes()) == after, self.writes()


def statements():
    """The README's own lines."""
    with open(README, encoding="utf-8") as file:
        part = file.read().split("### Handing stock over from another program")[1].split("\n### ")[0]
    lines = re.findall(r"^    (.*)$", part, flags=re.M)
    return [line for line in lines if not line.startswith("--")]


def every_statement_does_what_is_said():
    sets, off, on, sold, look = statements()
    with Till() as till:
        assert till.hand_over(sets) == "" and till.leaves(1)
        assert till.place.inventory() == {"COKE": "12.5"}
        assert till.hand_over(off) == "" and till.leaves(2)
        assert till.place.inventory() == {"COKE": "12.5", "+EGG": "0"}
        assert till.hand_over(on) == "" and till.leaves(3)
        assert till.place.inventory() == {"COKE": "12.5"}
        assert till.hand_over(sold) == "COKE\n" and till.leaves(4)
        assert till.place.inventory() == {"COKE": "11.5"}
        assert till.hand_over(sold.replace("'COKE'", "'NOPE'")) == "", "no row for an unknown ref"
        rows = till.hand_over(look).splitlines()
        assert "sku|COKE|Coca-Cola 33 cl|11.5|1" in rows and "option|EGG|Œuf||1" in rows, rows
        listed = [one for more in ([], ["--option"])
                  for one in till.place.json("stock", "list", *more)["items"] if one["ref"]]
        assert len(rows) == len({(one["kind"], one["ref"]) for one in listed}), "every code, once"
        assert till.hand_over("UPDATE pos_stock SET active = 0 WHERE ref = 'EGG' AND kind = 'option';"
                              "SELECT changes();") == "0\n"


def numbers_are_taken_as_said():
    with Till() as till:
        update = "UPDATE pos_stock SET quantity = %s WHERE kind = 'sku' AND ref = 'COKE' RETURNING ref"
        read = "SELECT quantity FROM pos_stock WHERE kind = 'sku' AND ref = 'COKE'"
        for written, there in (("12.5", "12.5"), ("'3'", "3"), ("'0.125'", "0.125"), ("-2", "-2")):
            assert till.hand_over(update % written) == "COKE\n"
            assert till.hand_over(read) == there + "\n", (written, till.hand_over(read))
        # an INSERT leaves what it does not name
        till.hand_over("INSERT INTO pos_stock (kind, ref, active) VALUES ('sku', 'COKE', 0)")
        assert till.hand_over(read) == "-2\n"
        assert till.hand_over(update % "NULL") == "COKE\n" and till.hand_over(read) == "\n"


def wrong_input_is_refused_with_a_message():
    update = "UPDATE pos_stock SET %s WHERE ref = 'COKE'"
    with Till() as till:
        for text, said in (
                (update % "quantity = '12,5'", "a number like 12.5, with a point and no comma"),
                (update % "quantity = 'many'", "must be a number"),
                (update % "quantity = 1.0005", "more than three decimals"),
                (update % "quantity = 1e10", "more than nine digits"),
                (update % "active = 2", "active must be 0 or 1"),
                (update % "name = 'x'", "only quantity and active can be changed"),
                ("INSERT INTO pos_stock (kind, ref, quantity) VALUES ('sku', 'NOPE', 1)",
                 "no item with this kind and ref is in the catalog"),
                ("INSERT INTO pos_stock (kind, ref, quantity) VALUES ('sku', 'EGG', 1)",
                 "no item with this kind and ref is in the catalog"),
                ("INSERT INTO pos_stock (kind, ref, active) VALUES ('menu', 'COKE', 1)", "kind must be"),
                ("INSERT INTO pos_stock (kind, quantity) VALUES ('sku', 1)", "ref is missing"),
                ("DELETE FROM pos_stock", "come and go with the catalog only")):
            message = till.wrong(text)
            assert "pos_stock: " in message and said in message, (text, message)
        # one wrong statement takes its whole transaction back
        till.wrong("BEGIN; UPDATE pos_stock SET quantity = 5 WHERE ref = 'TIRAM';"
                   "UPDATE pos_stock SET quantity = 'x' WHERE ref = 'COKE'; COMMIT;")
        till.nothing_leaves(after=0)


def ten_in_one_transaction_are_one_request():
    with Till() as till:
        refs = ",".join(f"'{ref}'" for ref in TEN)
        same = f"BEGIN; UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku' AND ref IN ({refs}); COMMIT;"
        till.hand_over(same)
        body = till.leaves(1)
        assert sorted(one["sku_ref"] for one in body) == sorted(TEN), body
        assert all(one == {"sku_ref": one["sku_ref"], "stock": "7"} or
                   one == {"sku_ref": one["sku_ref"], "stock": "7", "expires_at": None}
                   for one in body), body
        # the same values again, and there and back between two looks
        till.hand_over(same)
        till.hand_over("UPDATE pos_stock SET quantity = 9 WHERE kind = 'sku' AND ref = 'COKE';"
                       "UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku' AND ref = 'COKE';")
        till.nothing_leaves(after=1)
        assert till.place.inventory() == {ref: "7" for ref in TEN}


def a_lost_reply_ends_at_what_is_wanted_last():
    change = "UPDATE pos_stock SET quantity = %d WHERE kind = 'sku' AND ref = 'COKE'"
    with Till() as till:
        till.hand_over(change % 5)
        till.leaves(1)
        till.shop.control("POST", "/failures", {"method": "PATCH", "path": "*inventory",
                                                "drop": "after", "times": 1})
        till.hand_over(change % 8)
        till.leaves(2)
        assert till.place.inventory() == {"COKE": "8"}, "HubRise has it, the till does not know"
        till.hand_over(change % 5)
        till.leaves(3)
        assert till.place.inventory() == {"COKE": "5"}


def what_is_written_while_nothing_runs_is_sent_at_the_next_start():
    with sandbox.Sandbox() as shop, Place(shop) as place:
        place.connect()
        subprocess.run(["sqlite3", place.database(), statements()[0]], check=True)
        assert place.inventory() == {}
        host = Host(place)
        host.do("settle", "done")
        host.do("advance 1000", "done")
        host.quit()
        assert place.inventory() == {"COKE": "12.5"}


def a_program_that_keeps_its_transaction_open_is_told_of():
    """Nothing hangs: after the busy time-out the command says why it changed nothing."""
    with sandbox.Sandbox() as shop, Place(shop) as place:
        place.connect()
        with contextlib.closing(sqlite3.connect(place.database(), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE pos_stock SET quantity = 1 WHERE kind = 'sku' AND ref = 'COKE'")
            done = place.run("stock", "set", "TIRAM", "3")
            assert done.code == 1 and "database" in done.err, done
            other.execute("COMMIT")
        assert place.run("stock", "set", "TIRAM", "3").code == 0
        assert place.inventory() == {"COKE": "1", "TIRAM": "3"}


command.run(every_statement_does_what_is_said, numbers_are_taken_as_said,
            wrong_input_is_refused_with_a_message, ten_in_one_transaction_are_one_request,
            a_lost_reply_ends_at_what_is_wanted_last,
            what_is_written_while_nothing_runs_is_sent_at_the_next_start,
            a_program_that_keeps_its_transaction_open_is_told_of)
