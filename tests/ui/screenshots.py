#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real window, for the README and to be looked at.

    tests/lib/with-display --size 1366x768 tests/ui/screenshots.py FOLDER BUILD-FOLDER

Runs the program against a demo shop, in English and in French, light and dark, and writes one
picture a state: orders-fr-light-1366.png and so on.
"""

import os
import subprocess
import sys

FOLDER, BUILD = (os.path.abspath(one) for one in sys.argv[1:3])
os.environ.setdefault("COMPTOIR_BUILD_DIR", BUILD)
os.environ.setdefault("COMPTOIR_LOCALE_DIR", os.path.join(BUILD, "po"))
os.environ.setdefault("GSETTINGS_SCHEMA_DIR", os.path.join(BUILD, "data"))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "journeys"))
import journey  # noqa: E402
from journey import sandbox  # noqa: E402

HUBRISE, CANCEL = "^HubRise$", "^(Cancel|Annuler)$"
ACCEPT, MAGNIFIER = "^(Accept|Accepter) ", "^(Show|Afficher|Voir) "
REJECT, BACK = "^(Reject|Rejeter)$", "^(Back|Retour)( Back| Retour)?$"


def picture(name):
    os.makedirs(FOLDER, exist_ok=True)
    subprocess.run(["import", "-silent", "-window", "root", os.path.join(FOLDER, f"{name}.png")],
                   check=True)


def order(ref, **fields):
    return {"ref": ref, "service_type": "delivery", **fields}


def item(name, price, quantity="1"):
    return {"product_name": name, "price": price, "quantity": quantity, "options": []}


ORDERS = (
    order("4821", channel="Deliveroo", items=[item("Reine", "12.50 EUR", "2")]),
    order("4822", channel="Uber Eats", items=[item("Margherita", "10.90 EUR")],
          customer={"first_name": "Anne", "last_name": "Exemple"}, customer_notes="Sans couverts"),
    order("4823", channel="Just Eat", service_type="collection", items=[item("Thon", "13.00 EUR")]),
    order("4824", items=[item("Calzone", "13.50 EUR"), item("Tiramisu", "5.90 EUR", "3")],
          service_type="eat_in"),
)


def take(language, scheme, width):
    name = f"{language}-{scheme}-{width}"
    variables = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if scheme == "dark" else "prefer-light"}
    with sandbox.Sandbox() as shop, journey.Till(
            shop, language="C" if language == "en" else language, settings={
                "alert-window": "false", "window-maximized": "true"}, **variables) as till:
        till.focus_window()
        till.press_button("^Connect(er)?$")
        till.wait_for("^Code, ou?r? ", "text|entry")
        picture(f"connect-{name}")
        till.press_button(CANCEL)
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the dialog is gone")
        picture(f"start-{name}")
        till.connect()
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the dialog is gone")
        take_orders(till, name)


def take_orders(till, name):
    ids = [till.shop.control("POST", "/orders", one)["id"] for one in ORDERS]
    till.check_now()
    for one in ORDERS:
        till.row(one["ref"])
    till.press_in_row("4823", ACCEPT)
    till.wait_sent(f"PATCH /v1/location/orders/{ids[2]}", count=2)
    till.shop.control("PATCH", f"/orders/{ids[2]}", {"status": "cancelled"})
    till.press_in_row("4824", ACCEPT)
    till.check_now()
    till.in_row("4823", "^(Seen|Vu|Vue)$")
    picture(f"orders-{name}")
    till.press_in_row("4822", MAGNIFIER)
    till.wait_for("^(History|Historique)$", "label")
    picture(f"detail-{name}")
    till.focus_window()
    till.press_button("^(Back to|Retour à)")
    till.press_in_row("4821", REJECT)
    till.window("^(Reject|Rejeter) ")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the question is there")
    picture(f"reject-{name}")
    till.keys("Escape")
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the question is gone")
    till.press_button(HUBRISE, under=till.find_window(journey.MAIN))
    journey.until(lambda: seen(till, "^(Check now|Vérifier maintenant)$"), "the HubRise page")
    picture(f"hubrise-{name}")
    till.keys("ctrl+comma")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the preferences are there")
    picture(f"preferences-{name}")


def seen(till, button):
    found = till.find_button(button)
    return found and journey.width(found) > 0


def main():
    width = journey.xdotool("getdisplaygeometry").split()[0]
    for language in ("en", "fr"):
        for scheme in ("light", "dark"):
            take(language, scheme, width)


main()
