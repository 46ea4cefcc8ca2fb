#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line with no display, no message bus and no Comptoir that runs: from cron, or from a
till program. Exit codes and the keys of --json are what scripts rely on."""

import contextlib
import os
import sqlite3
import subprocess

import command
from command import Host, Place, sandbox

DONE, REFUSED, USAGE, LOCKED, NOT_CONNECTED, STORED = range(6)
FRENCH = {"LANGUAGE": "fr"}


def connected(**variables):
    """A shop and a place that is connected to it."""
    class Both:
        """Both, as one context."""

        def __enter__(self):
            self.shop = sandbox.Sandbox().__enter__()
            self.place = Place(self.shop, **variables)
            self.place.connect()
            return self.shop, self.place

        def __exit__(self, *wrong):
            self.place.__exit__(*wrong)
            if self.shop.process.poll() is None:
                self.shop.__exit__(*wrong)

    return Both()


def is_usage(place, *words):
    done = place.run(*words)
    assert done.code == USAGE and not done.out and done.err.startswith("comptoir: "), done
    return done.err


def what_is_not_understood_says_so_and_does_nothing():
    with sandbox.Sandbox() as shop, Place(shop) as place:
        assert "frobnicate" in is_usage(place, "frobnicate")
        assert "comptoir stock set" in is_usage(place, "stock")
        assert "--later" in is_usage(place, "status", "--later")
        assert "--foo" in is_usage(place, "orders", "--foo")
        assert "comptoir stock set CODE QUANTITY" in is_usage(place, "stock", "set", "COKE")
        assert "12,345,6" in is_usage(place, "stock", "set", "COKE", "12,345,6")
        assert "1.2345" in is_usage(place, "stock", "set", "COKE", "1.2345")
        assert "frob" in is_usage(place, "order", "A7", "frob")
        assert "0" in is_usage(place, "orders", "--limit", "0")
        assert "19:30" in is_usage(place, "order", "A7", "accept", "--time", "25:00")
        assert "accept" in is_usage(place, "order", "A7", "ready", "--time", "19:30")
        assert "--reason" in is_usage(place, "order", "A7", "reject")
        assert "--reason" in is_usage(place, "order", "A7", "accept", "--reason", "x")
        is_usage(place, "status", "more")
        for slip in (["--search", "x"], ["--reason", "x"]):
            assert slip[0] in is_usage(place, *slip)
        is_usage(place, "--frobnicate")
        assert place.run("orders", COMPTOIR_PROFILE="x").code == USAGE
        assert not os.path.exists(os.path.join(place.folder, "shop")), "nothing may be made"


def help_and_version_need_nothing():
    with sandbox.Sandbox() as shop, Place(shop) as place:
        helped = place.run("--help")
        assert helped.code == DONE and "comptoir stock set CODE QUANTITY" in helped.out, helped
        of_one = place.run("stock", "inactive", "--help")
        assert of_one.code == DONE and "--today" in of_one.out and "--reason" not in of_one.out
        assert place.run("stock", "inactive", "-h") == of_one
        assert place.run("--version").out.startswith("comptoir ")
        assert "Commandes" in place.run("--help", **FRENCH).out


def not_connected_is_its_own_answer():
    with sandbox.Sandbox() as shop, Place(shop) as place:
        for words in (["status"], ["orders"], ["stock", "list"], ["stock", "set", "COKE", "3"],
                      ["order", "A7", "accept"], ["sync-stock"], ["pull-catalog"]):
            done = place.run(*words)
            assert done.code == NOT_CONNECTED, (words, done)
            assert done.err == "comptoir: This till is not connected to HubRise\n", done
            assert place.json(*words, code=NOT_CONNECTED)["outcome"] == "not-connected"
        assert "n’est pas connectée" in place.run("status", **FRENCH).err
        assert not os.path.exists(place.database()), "asking makes no database"


def status_tells_where_the_till_stands():
    with connected() as (shop, place):
        answer = place.json("status")
        state = shop.state()
        assert answer["location"]["id"] == state["locations"][0]["id"], answer
        assert answer["catalog"]["name"] == state["catalogs"][0]["name"], answer
        assert answer["orders"]["waiting"] == 0 and answer["not_sent"] == 0, answer
        assert answer["running"] is False and "does not run" in place.run("status").out
        assert answer["stock"]["skus"] == 60 and answer["outcome"] == "done", answer
        assert place.json("status", LANG="C")["location"] == answer["location"], "UTF-8 anywhere"
        text = place.run("status").out
        assert "Location" in text and state["locations"][0]["id"] in text, text
        assert "Point de vente" in place.run("status", **FRENCH).out


def looking_sends_nothing_and_takes_no_event():
    """An order that nobody would hear ring stays where the platform raises its alarm."""
    with connected() as (shop, place):
        order = shop.control("POST", "/orders", {"ref": "A9"})["id"]
        before = shop.control("GET", "/journal")["last"]
        for words in (["status"], ["orders"], ["stock", "list"], ["stock", "export", "-"]):
            assert place.run(*words).code == DONE, words
        assert shop.control("GET", "/journal")["last"] == before, "nothing may have been asked"
        assert place.run("stock", "set", "COKE", "3").code == DONE
        asked = shop.control("GET", f"/journal?since={before}")["entries"]
        assert not [one for one in asked if "/callback" in one["path"] or order in one["path"]], asked
        assert place.run("order", "A9").code == REFUSED


def stock_is_set_and_there_when_the_command_ends():
    with connected() as (_, place):
        for typed, there in (("12,5", "12.5"), ("12.5", "12.5"), ("-2", "0"), ("0.001", "0.001")):
            answer = place.json("stock", "set", "COKE", typed)
            assert place.inventory() == {"COKE": there}, (typed, place.inventory())
            assert answer["item"]["hubrise"] == "sent" and answer["item"]["managed"] is True, answer
        assert answer["item"]["quantity"] == "0.001" and answer["item"]["ref"] == "COKE", answer
        assert place.run("stock", "set", "COKE", "none").code == DONE
        assert place.inventory() == {}
        assert place.run("stock", "inactive", "EGG", "--option", "--today").code == DONE
        entry = place.shop.control("GET", "/inventory")[0]
        assert entry["option_ref"] == "EGG" and entry["expires_at"], entry
        assert place.json("stock", "list", "--option", "--out")["items"][0]["back_on"]
        assert place.run("stock", "active", "EGG", "--option").code == DONE
        assert place.inventory() == {}


def an_unknown_code_is_refused():
    with connected() as (_, place):
        done = place.run("stock", "set", "NOPE", "3")
        assert done.code == REFUSED and "the catalog does not have this code (NOPE)" in done.err, done
        assert place.run("stock", "set", "EGG", "3").code == REFUSED, "an option is no product"
        assert "(--json)" in place.run("stock", "set", "--", "--json", "3").err
        answer = place.json("stock", "active", "NOPE", code=REFUSED)
        assert answer["why"] == "unknown-ref" and answer["message"], answer


def what_hubrise_refuses_is_told_with_its_words():
    with connected() as (shop, place):
        shop.control("POST", "/unknown-refs", {"mode": "fields"})
        shop.control("POST", "/catalog/drop", {"sku_ref": "COKE"})
        answer = place.json("stock", "set", "COKE", "3", code=REFUSED)
        assert answer["why"] == "refused" and answer["item"]["refusal"], answer
        assert answer["item"]["refusal"] in answer["message"], answer


def without_a_network_it_is_stored_and_sent_by_the_next():
    with connected() as (shop, place):
        shop.control("POST", "/failures", {"path": "*", "drop": "before", "times": 1000})
        done = place.run("stock", "set", "COKE", "3")
        assert done.code == STORED and "will be sent later" in done.err, done
        answer = place.json("stock", "set", "TIRAM", "4", code=STORED)
        assert answer["why"] == "offline" and answer["item"]["hubrise"] == "waiting", answer
        assert place.json("status")["not_sent"] == 2
        assert place.run("sync-stock").code == NOT_CONNECTED
        assert place.run("pull-catalog").code == NOT_CONNECTED
        shop.control("DELETE", "/failures")
        assert place.run("stock", "set", "PANNA", "5").code == DONE
        assert place.inventory() == {"COKE": "3", "TIRAM": "4", "PANNA": "5"}


def preferences_hold():
    with connected() as (_, place):
        place.set(sending="false")
        assert place.json("stock", "set", "COKE", "3", code=STORED)["why"] == "sending-off"
        place.set(keeps_stock="false")
        assert place.json("stock", "set", "COKE", "4", code=REFUSED)["why"] == "another-keeps"
        assert place.run("sync-stock").code == REFUSED
        place.set(auto_stock="false")
        assert place.json("stock", "set", "COKE", "3", code=STORED)["why"] == "automatic-off"
        assert place.inventory() == {}
        assert place.run("sync-stock").code == DONE
        assert place.inventory() == {"COKE": "3"}


def several_at_once_wait_for_each_other():
    codes = ["COKE", "TIRAM", "PANNA", "CAFE"]
    with connected() as (_, place):
        running = [place.start("stock", "set", code, "3") for code in codes]
        ended = [(one.communicate(b"", command.PATIENCE), one.returncode) for one in running]
        assert [code for _, code in ended] == [DONE] * 4, ended
        assert place.inventory() == {code: "3" for code in codes}


def a_till_that_cannot_be_asked_keeps_its_database():
    with connected() as (_, place):
        host = Host(place)
        assert place.json("stock", "list")["items"], "looking needs no lock"
        answer = place.json("stock", "set", "COKE", "3", code=LOCKED)
        assert f"process {host.process.pid}" in answer["message"], answer
        host.quit()
        assert place.inventory() == {}
        assert place.run("stock", "set", "COKE", "3").code == DONE


def orders_of_this_till_are_listed():
    with connected() as (shop, place):
        host = Host(place)
        host.do("place", "placing")
        host.expect("placed")
        host.do("settle", "done")
        host.quit()
        listed = place.json("sent")["orders"]
        assert len(listed) == 1 and listed[0]["till"] and listed[0]["outbox"] == "sent", listed
        assert shop.control("GET", f"/orders/{listed[0]['id']}")["order"]["total"] == "42.70 EUR"
        assert place.json("orders", "--all")["count"] == 0
        assert "C1" in place.run("sent").out.splitlines()[1]
        assert place.json("order", "C1")["order"]["id"] == listed[0]["id"]
        assert place.json("order", listed[0]["id"], "elsewhere", code=REFUSED)["why"] == "not-allowed"


def orders_are_listed_and_answered():
    with connected() as (shop, place):
        order = place.receive(ref="A7", service_type="delivery",
                              customer={"first_name": "Léa", "last_name": "Martin"},
                              items=[{"product_name": "Margherita", "sku_ref": "MARG-M",
                                      "price": "9.80 EUR", "quantity": "2"}])
        listed = place.json("orders")
        assert listed["count"] == 1 and listed["orders"][0]["id"] == order, listed
        assert listed["orders"][0]["next"] == ["accept", "reject"], listed
        assert listed["orders"][0]["total"] == "19.60 EUR" and listed["orders"][0]["answer_by"]
        text = place.run("orders").out.splitlines()
        assert text[0].startswith("NUMBER") and "A7" in text[1] and "Léa Martin" in text[1], text
        assert "Reçue" in place.run("orders", **FRENCH).out
        assert place.json("order", "a7")["order"]["items"][0]["ref"] == "MARG-M"
        assert "Margherita" in place.run("order", order).out
        for verb, status in (("accept", "accepted"), ("take-charge", "in_preparation"),
                             ("ready", "awaiting_shipment"), ("in-delivery", "in_delivery"),
                             ("complete", "completed")):
            done = place.json("order", "A7", verb)
            assert done["order"]["status"] == status and done["order"]["send"] == "sent", done
            assert place.order(order)["status"] == status, verb
        assert place.json("orders")["count"] == 0 and place.json("orders", "--all")["count"] == 1
        assert place.json("orders", "--search", "martin")["count"] == 1
        assert place.json("order", "A7", "accept", code=REFUSED)["why"] == "not-allowed"


def accept_says_a_time_and_reject_a_reason():
    with connected() as (shop, place):
        first, second = place.receive(ref="A1"), place.receive(ref="A2")
        usual = place.json("order", "A1", "accept", "--time", "+20")["order"]["confirmed_time"]
        assert place.order(first)["confirmed_time"] == usual
        rejected = place.json("order", second, "reject", "--reason", "Closed tonight")
        assert rejected["order"]["status"] == "rejected", rejected
        there = place.order(second)
        assert there["status"] == "rejected" and there["seller_notes"] == "Closed tonight", there
        assert there["custom_fields"]["epos"]["rejection"]["cause"] == "Closed tonight", there


def an_order_that_is_not_meant_is_left_alone():
    with connected() as (shop, place):
        first, second = place.receive(ref="A3"), place.receive(ref="A3")
        assert place.json("order", "A4", code=REFUSED)["why"] == "unknown-order"
        several = place.json("order", "A3", "accept", code=REFUSED)
        assert several["why"] == "several-orders", several
        assert first in several["message"] and second in several["message"], several
        # the customer was quicker
        shop.control("PATCH", f"/orders/{first}", {"status": "cancelled"})
        late = place.json("order", first, "accept", code=REFUSED)
        assert late["why"] == "theirs" and late["order"]["hubrise_status"] == "cancelled", late
        assert place.json("order", "A3", "accept")["order"]["id"] == second, "the one that is not over"


def what_others_wrote_cannot_harm():
    """Escapes of a terminal in an order, and numbers in the database that are none of ours."""
    with connected() as (shop, place):
        order = place.receive(
            collection_code="\x1b[31mE1\u009b0m", customer_notes="n\x1b[2Jx\u009b31m",
            items=[{"product_name": "Piz\u009b31mza\x7f", "price": "9.80 EUR", "quantity": "1"}])
        said = [place.run(*words) for words in (
            ["orders"], ["order", order], ["orders", "--json"], ["order", order, "--json"],
            ["order", order, "accept"], ["order", order, "accept"])]
        assert [done.code for done in said] == [DONE] * 5 + [REFUSED], said
        for done in said:
            assert "E1" in done.out + done.err or done.code == REFUSED, done
            for sign in done.out + done.err:
                assert sign == "\n" or not (sign < " " or "\x7f" <= sign <= "\x9f"), done
        assert place.json("order", order)["order"]["number"] == "\x1b[31mE1\u009b0m", "the same text"
        uncounted = place.receive(verbatim={"id": "uncounted", "status": "new", "items": [
            {"product_name": "Reine", "price": "12.00 EUR", "quantity": 2}]}, id="uncounted")
        items = place.json("order", uncounted)["order"]["items"]
        assert items[0]["quantity"] is None, items
        shop.control("POST", "/failures", {"method": "PATCH", "path": "*orders*", "status": 422,
                                           "body": {"message": "No\x1b[2J"}})
        refused = place.run("order", order, "take-charge")
        assert refused.code == REFUSED and "No [2J" in refused.err, refused
        for number in (99, 1000000, -1):
            with contextlib.closing(sqlite3.connect(place.database())) as database, database:
                database.execute("UPDATE orders SET notice = ?", (number,))
            assert place.json("order", order)["order"]["notice"] is None, number
            assert place.run("orders", "--all").code == DONE, number


def an_order_is_answered_offline_and_sent_later():
    with connected() as (shop, place):
        order = place.receive(ref="A5")
        shop.control("POST", "/failures", {"path": "*", "drop": "before", "times": 1000})
        stored = place.json("order", "A5", "accept", code=STORED)
        assert stored["order"]["status"] == "accepted" and stored["order"]["send"] == "waiting"
        shop.control("DELETE", "/failures")
        assert place.run("order", "A5", "take-charge").code == DONE
        sent = [one["body"]["status"] for one in place.journal("PATCH", order) if one["body"]]
        assert sent[-2:] == ["accepted", "in_preparation"], sent


def a_file_is_looked_through_and_taken():
    """As a French Excel writes it, and damaged: what is taken, what is not and why."""
    good = "Référence;Libellé;Quantité\r\nCOKE;Coca;12,5\r\nTIRAM;Tiramisù à l'œuf;3\r\n"
    with connected() as (_, place):
        path = os.path.join(place.folder, "stock.csv")
        for number, data in enumerate((good.encode("cp1252", "replace"), good.encode("utf-8-sig"),
                                       b"code,quantity\nCOKE,\"12,5\"\nTIRAM,3\n")):
            with open(path, "wb") as file:
                file.write(data)
            tried = place.json("stock", "import", path, "--dry-run")
            assert tried["taken"] == 2 and tried["dry_run"] is True, tried
            assert place.inventory() == ({} if number == 0 else {"COKE": "12.5", "TIRAM": "3"})
            assert place.run("stock", "import", path).code == DONE
            assert place.inventory() == {"COKE": "12.5", "TIRAM": "3"}
        damaged = (b"ref;quantity;active\nPANNA;many;\n\"CAFE;4;\nNOPE;4;\nGLACE;5;1\nGLACE;6;1\n"
                   b"MOUSSE;;perhaps\n;7;\nBIERE\nORANG;1,5;0\n")
        answer = place.json("stock", "import", "-", code=REFUSED, stdin=damaged)
        assert [line["line"] for line in answer["lines"] if line["taken"]] == [5, 10], answer
        assert answer["taken"] == 2 and answer["not_taken"] == 7, answer
        assert place.inventory() == {"COKE": "12.5", "TIRAM": "3", "GLACE": "5", "ORANG": "0"}
        said = place.run("stock", "import", "-", "--dry-run", stdin=damaged, **FRENCH).out
        for words in ("« many » n’est pas une quantité", "un guillemet n’est pas fermé",
                      "le catalogue ne connaît pas ce code", "la ligne 5 donne déjà cet article",
                      "« perhaps » n’est ni oui ni non", "il n’y a pas de code",
                      "rien n’est à changer", "INACTIF"):
            assert words in said, (words, said)
        for words in (["/nowhere.csv"], ["/bin/true"]):
            assert place.run("stock", "import", *words).code == REFUSED, words


def an_export_comes_back_unchanged():
    with connected() as (shop, place):
        place.run("stock", "set", "COKE", "12,5")
        place.run("stock", "inactive", "EGG", "--option", "--today")
        path = os.path.join(place.folder, "stock.csv")
        assert place.run("stock", "export", path, **FRENCH).code == DONE
        with open(path, "rb") as file:
            text = file.read()
        assert text.startswith(b"\xef\xbb\xbfkind;ref;name;quantity;active\r\n"), text[:60]
        assert b"sku;COKE;Coca-Cola 33 cl;12,5;1\r\n" in text, text
        english = place.run("stock", "export", "-").out
        assert "sku,COKE,Coca-Cola 33 cl,12.5,1" in english, english
        before = shop.control("GET", "/inventory")
        writes = len(place.journal("PATCH", "/inventory"))
        assert place.run("stock", "import", path).code == DONE
        assert shop.control("GET", "/inventory") == before
        assert len(place.journal("PATCH", "/inventory")) == writes, "nothing differs, nothing leaves"
        assert place.json("stock", "list", "--option", "--out")["items"][0]["back_on"]
        assert place.run("stock", "export", place.folder).code == REFUSED


def another_program_hands_over_as_the_readme_says():
    """By a real sqlite3, while nothing runs: the next command sends it, in one request."""
    with connected() as (_, place):
        sql = "".join(f"UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku' AND ref = '{ref}';"
                      for ref in ("COKE", "TIRAM", "PANNA"))
        subprocess.run(["sqlite3", place.database(), f"BEGIN; {sql} COMMIT;"], check=True)
        assert place.json("status")["not_sent"] == 3
        assert place.run("stock", "set", "COKE", "7").code == DONE
        assert place.inventory() == {"COKE": "7", "TIRAM": "7", "PANNA": "7"}
        assert len(place.journal("PATCH", "/inventory")) == 1


def the_catalog_and_all_stock_are_sent_for():
    with connected() as (shop, place):
        shop.control("PATCH", "/inventory", {"entries": [{"sku_ref": "COKE", "stock": "2"}]})
        assert len(place.json("pull-catalog")["differences"]) == 1
        assert place.json("status")["stock"]["differing"] == 1
        answer = place.json("sync-stock")
        assert answer["differences"] == [] and place.inventory() == {}, answer


def spoil(data, begin):
    """Nothing of ours from there on."""
    return data[:begin] + b"\xff" * (len(data) - begin)


def a_file_that_is_no_database_is_left_as_it_is():
    with connected() as (_, place):
        with contextlib.closing(sqlite3.connect(place.database())) as database, database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("PRAGMA user_version = 9999")
        with open(place.database(), "rb") as file:
            whole = file.read()
        for data, word in ((whole, "newer"), (spoil(whole, 0), "damaged"),
                           (spoil(whole, 3 * 4096), "damaged"), (whole[:5000], "damaged")):
            with open(place.database(), "wb") as file:
                file.write(data)
            for words in (["status"], ["stock", "set", "COKE", "3"]):
                done = place.run(*words)
                assert done.code == REFUSED and done.err.count("\n") == 1, done
                assert word in done.err and not done.out, done
            with open(place.database(), "rb") as file:
                assert file.read() == data, word


command.run(what_is_not_understood_says_so_and_does_nothing, help_and_version_need_nothing,
            not_connected_is_its_own_answer, status_tells_where_the_till_stands,
            looking_sends_nothing_and_takes_no_event, stock_is_set_and_there_when_the_command_ends,
            an_unknown_code_is_refused, what_hubrise_refuses_is_told_with_its_words,
            without_a_network_it_is_stored_and_sent_by_the_next, preferences_hold,
            several_at_once_wait_for_each_other, a_till_that_cannot_be_asked_keeps_its_database,
            orders_of_this_till_are_listed, orders_are_listed_and_answered,
            accept_says_a_time_and_reject_a_reason,
            an_order_that_is_not_meant_is_left_alone, what_others_wrote_cannot_harm,
            an_order_is_answered_offline_and_sent_later,
            a_file_is_looked_through_and_taken, an_export_comes_back_unchanged,
            another_program_hands_over_as_the_readme_says, the_catalog_and_all_stock_are_sent_for,
            a_file_that_is_no_database_is_left_as_it_is)
