#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tickets on paper: by themselves once HubRise has confirmed the acceptance, by hand, called off
after a cancellation, and with a printer that is not there."""

import contextlib
import glob
import os
import re
import subprocess
import tempfile

import journey
from journey import sandbox

DETAIL = "^The whole order$"
FOCUS = journey.Focus()
BOX = (4 * 72 / 25.4, 76 * 72 / 25.4)  # the 72 mm in the middle of 80


def papers(till):
    """The PDF files so far, oldest first."""
    return sorted(glob.glob(os.path.join(till.data, "*.pdf")), key=os.path.getmtime)


def read(path, *options):
    return subprocess.run(["pdftotext", *options, path, "-"], check=True, text=True,
                          capture_output=True).stdout


def wait_paper(till, count):
    """The text of the newest of so many papers."""
    journey.until(lambda: len(papers(till)) >= count, f"{count} tickets in Documents")
    found = papers(till)
    assert len(found) == count, found
    return read(found[-1], "-raw")


def assert_in_box(path):
    edges = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', read(path, "-bbox"))
    assert len(edges) > 30, path
    assert min(float(left) for left, _ in edges) >= BOX[0], path
    assert max(float(right) for _, right in edges) <= BOX[1], path


def come_in(till, number, **fields):
    order = journey.new_order(till.shop, number, **fields)
    till.check_now()
    till.row(number)
    return order


def nothing_prints_before_hubrise_has_confirmed(till):
    document = journey.fixture("hubrise", "json", "fullest-order.json")
    now = till.shop.control("GET", "/clock")["now"]
    document.update(status="new", collection_code="P1", id="p1", created_at=now,
                    expected_time=None, confirmed_time=None)
    till.shop.control("POST", "/orders", {"verbatim": document, "id": "p1"})
    till.check_now()
    till.row("P1")
    till.wait_sent("PATCH /v1/location/orders/p1")
    till.shop.control("POST", "/failures", {"method": "PATCH", "path": "/location/orders/p1",
                                            "hold": "before"})
    till.press_in_row("P1", "^Accept ")
    journey.until(lambda: till.shop.state()["held"], "the acceptance is on its way")
    assert papers(till) == []
    till.shop.control("POST", "/release", {})
    text = wait_paper(till, 1)
    for line in ("P1", "2 × Margherita, Large", "WITHOUT Olives", "Well done", "4 items in all"):
        assert line in text, (line, text)
    assert "DUPLICATE" not in text and "26.00" not in text, text
    assert_in_box(papers(till)[0])


def print_by_hand(till, number, item):
    till.press_in_row(number, "^Show the whole order$")
    till.wait_for(f"^#?{number}$", "label", within=DETAIL)
    till.open_menu("^Print$", within=DETAIL)
    entry = till.wait_for(item, "menu item")
    till.press(entry)


def by_hand_it_says_that_it_is_a_duplicate(till):
    print_by_hand(till, "P1", "^Kitchen ticket$")
    assert "DUPLICATE" in wait_paper(till, 2)
    print_by_hand(till, "P1", "^Customer ticket$")
    text = wait_paper(till, 3)
    assert "DUPLICATE" not in text and "26.00" in text, text
    assert "This document is not an" in text, text
    assert_in_box(papers(till)[2])


def press(action, target):
    subprocess.run(["gdbus", "call", "--session", "--dest", "io.github.comptoir.Comptoir",
                    "--object-path", "/io/github/comptoir/Comptoir", "--method",
                    "org.freedesktop.Application.ActivateAction", action, f"[{target}]", "{}"],
                   check=True, capture_output=True)


def press_twice(row, kind):
    """A double click on what prints, as the two activations it is."""
    for _ in range(2):
        press("print-ticket", f"<(int64 {row}, '{kind}')>")


def a_double_click_prints_once(till):
    come_in(till, "P0")
    row = till.database().execute("SELECT row FROM orders WHERE number = 'P0'").fetchone()[0]
    press_twice(row, "customer")
    assert "P0" in wait_paper(till, 4)
    counted = till.database().execute("SELECT copies FROM ticket WHERE row = ?", (row,)).fetchone()
    assert counted == (1,), counted


def a_cancellation_calls_it_off(till):
    till.shop.control("PATCH", "/orders/p1", {"status": "cancelled"})
    till.check_now()
    journey.until(lambda: len(papers(till)) == 6, "both tickets are called off")
    for path in papers(till)[4:]:
        text = read(path)
        assert "CANCELLED" in text and "DUPLICATE" not in text, text


def what_another_till_accepted_is_its_own_to_print(till):
    order = come_in(till, "P2")
    till.wait_sent(f"PATCH /v1/location/orders/{order}")  # else `received` can overtake it
    till.shop.control("PATCH", f"/orders/{order}", {"status": "accepted"})
    till.check_now()
    journey.until(lambda: "Accepted" in journey.accessible.name(till.row("P2")), "accepted there")
    come_in(till, "P3")
    till.press_in_row("P3", "^Accept ")
    assert "P3" in wait_paper(till, 7)


def a_printer_that_is_not_there_stops_nothing(till):
    till.quit()
    with open(os.path.join(till.data, "shop.ini"), "a", encoding="utf-8") as file:
        file.write("printer-kitchen='Nowhere'\n")
    till.list = None
    till.start()
    till.focus_window()
    come_in(till, "P4")
    till.press_in_row("P4", "^Accept ")
    journey.until(lambda: till.says("“Nowhere” is not there"), "the trouble is told")
    come_in(till, "P5")
    label = till.press_in_row("P5", "^Accept ")
    assert label, "accepting goes on"
    journey.until(lambda: "Accepted" in journey.accessible.name(till.row("P5")), "accepted")
    journey.until(lambda: till.says("2 tickets were not printed"), "none is forgotten")
    till.press_button("^Printer settings$")
    till.wait_for("^Printer of kitchen tickets", ".*", within="^(Preferences|dialog)$")


def print_again_brings_each_of_them(till):
    till.keys("Escape")
    path = os.path.join(till.data, "shop.ini")
    with open(path, encoding="utf-8") as file:
        text = file.read().replace("printer-kitchen='Nowhere'", "printer-kitchen='pdf'")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    before = len(papers(till))

    def printed():
        button = till.find_button("^Print again$")
        if button and till.is_on(button):
            till.press(button)
        return len(papers(till)) > before

    journey.until(printed, "the printer of the settings")
    journey.until(lambda: len(papers(till)) == before + 2, "both came out")
    texts = [read(path, "-raw") for path in papers(till)[before:]]
    assert sorted(text.split()[0] for text in texts) == ["P4", "P5"], texts
    journey.until(lambda: not till.says("not printed"), "the strip is gone")


def row_of(till, order):
    with contextlib.closing(till.database()) as database:
        return database.execute("SELECT row FROM orders WHERE id = ?", (order,)).fetchone()[0]


def a_receipt_says_what_was_paid_a_moment_ago(till):
    order = come_in(till, "P8", status="accepted", payments=[], items=[
        {"product_name": "Reine", "sku_ref": "REINE-M", "price": "12.50 EUR", "quantity": "1"}])
    till.shop.control("POST", "/failures", {"method": "PATCH", "path": f"/location/orders/{order}",
                                            "hold": "before"})
    before = len(papers(till))
    press("show-order", f"<int64 {row_of(till, order)}>")
    till.wait_for("^#?P8$", "label", within=DETAIL)
    till.press_button("^Invoice$", within=DETAIL)
    invoice = till.window("^Invoice ")
    till.press_button("^Card$", under=invoice)
    till.tab_to("^Invoice ", "^Print the receipt$")
    till.keys("space")
    till.press_button("^Take €12.50", under=invoice)
    text = wait_paper(till, before + 1)
    assert "Card" in text and "PAID" in text and "Left to pay" not in text, text
    till.shop.control("POST", "/release", {})


def by_keyboard_alone(till):
    come_in(till, "P6")
    before = len(papers(till))
    till.press_in_row("P6", "^Show the whole order$")
    till.wait_for("^#?P6$", "label", within=DETAIL)
    till.focus_window()
    FOCUS.go("^Print( Print)?$")
    till.keys("space")
    FOCUS.go("^Customer ticket$", "Down")
    till.keys("Return")
    assert "P6" in wait_paper(till, before + 1)


def by_finger(till):
    come_in(till, "P7")
    before = len(papers(till))
    till.tap(journey.MAIN, "^Show the whole order$", within=lambda: till.row("P7"))
    till.wait_for("^#?P7$", "label", within=DETAIL)
    till.tap(journey.MAIN, "^Print( Print)?$")
    till.tap_entry("^Customer ticket$")
    assert "P7" in wait_paper(till, before + 1)


def main():
    home = tempfile.mkdtemp(prefix="comptoir-journey-")
    settings = {"print-on-acceptance": "'kitchen'", "printer-kitchen": "'pdf'",
                "printer-customer": "'pdf'", "alert-window": "false"}
    with sandbox.Sandbox() as shop, journey.Till(shop, data=home, settings=settings,
                                                 HOME=home) as till:
        till.connect()
        till.focus_window()
        journey.run(nothing_prints_before_hubrise_has_confirmed,
                    by_hand_it_says_that_it_is_a_duplicate, a_double_click_prints_once,
                    a_cancellation_calls_it_off,
                    what_another_till_accepted_is_its_own_to_print,
                    a_printer_that_is_not_there_stops_nothing,
                    print_again_brings_each_of_them, by_keyboard_alone, by_finger,
                    a_receipt_says_what_was_paid_a_moment_ago, till=till)


main()
