#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real window, for the README and to be looked at.

    tests/lib/with-display --size 1366x768 tests/ui/screenshots.py FOLDER BUILD-FOLDER [KIND…]

Runs the program against a demo shop, in English and in French, light and dark, and writes one
picture a state: orders-fr-light-1366.png and so on. KIND picks: "fr-light", "en-dark"…
screenshots-rare.py takes what is seen seldom.
"""

import datetime
import os
import sqlite3
import subprocess
import sys

FOLDER, BUILD = (os.path.abspath(one) for one in sys.argv[1:3])
os.environ.setdefault("COMPTOIR_BUILD_DIR", BUILD)
os.environ.setdefault("COMPTOIR_LOCALE_DIR", os.path.join(BUILD, "po"))
os.environ.setdefault("GSETTINGS_SCHEMA_DIR", os.path.join(BUILD, "data"))
os.environ.setdefault("GSETTINGS_BACKEND", "memory")  # of the file chooser, not the program's own
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "journeys"))
import journey  # noqa: E402
from journey import sandbox  # noqa: E402

ALERT = "^(Orders are waiting|Des commandes attendent)$"
HUBRISE, CANCEL = "^HubRise$", "^(Cancel|Annuler)$"
ACCEPT, MAGNIFIER = "^(Accept|Accepter) ", "^(Show|Afficher|Voir) "
REJECT, BACK = "^(Reject|Rejeter)$", "^(Back|Retour)( Back| Retour)?$"


def picture(name):
    """Of a screen that stands still, or of the sixth look at one that never does."""
    os.makedirs(FOLDER, exist_ok=True)
    seen = look()
    for _ in range(5):
        before, seen = seen, look()
        if seen == before:
            break
    with open(os.path.join(FOLDER, f"{name}.png"), "wb") as file:
        file.write(seen)


def look():
    return subprocess.run(["import", "-silent", "-window", "root", "-strip", "-define",
                           "png:exclude-chunks=date,time", "png:-"], check=True,
                          capture_output=True).stdout


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


def colours(scheme):
    return {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if scheme == "dark" else "prefer-light"}


def take(language, scheme, width):
    name = f"{language}-{scheme}-{width}"
    with sandbox.Sandbox() as shop, journey.Till(
            shop, language="C" if language == "en" else language, settings={
                "alert-window": "false", "window-maximized": "true"}, **colours(scheme)) as till:
        till.focus_window()
        till.press_button("^Connect(er)?$")
        till.wait_for("^Code, ou?r? ", "text|entry")
        picture(f"connect-{name}")
        till.press_button(CANCEL)
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the dialog is gone")
        picture(f"start-{name}")
        till.connect()
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the dialog is gone")
        take_dialogs(till, name)
        take_orders(till, name)
        take_states(till, name)


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
    till.keys("Escape")
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the preferences are gone")
    till.keys("ctrl+1")


# --- Stock, in all its states ---

CARD = {
    "name": "Carte d’été",
    "categories": [{"ref": ref, "name": name} for ref, name in (
        ("p", "Pizzas"), ("d", "Desserts"), ("b", "Boissons"), ("l", "Plats"))],
    "products": [
        {"name": name, "category_ref": category, "skus": [
            {key: value for key, value in (("name", variant), ("ref", ref), ("price", price))
             if value}]} for name, category, variant, ref, price in (
                 ("Margherita petite", "p", None, "MAR-SM", "9.80 EUR"),
                 ("Margherita grande", "p", None, "MAR-LG", "16.80 EUR"),
                 ("Tiramisù", "d", None, "TIRA", "5.50 EUR"),
                 ("Panna cotta", "d", None, "PANNA", "5.00 EUR"),
                 ("Calzone", "p", None, "CALZ", "13.90 EUR"),
                 ("Coca", "b", "33 cl", "COK33", "2.50 EUR"),
                 ("Café", "b", None, "CAFE", "1.80 EUR"),
                 ("Plat du jour", "l", None, None, "13.00 EUR"),
                 ("Vin rouge", "b", "au verre", "VINR", "4.50 EUR"))],
    "option_lists": [{"ref": "s", "name": "Suppléments", "options": [
        {"ref": "EGG", "name": "Œuf", "price": "1.00 EUR"}]}]}
COUNTED = (("MAR-SM", 24), ("MAR-LG", 3), ("TIRA", 0), ("CALZ", -2), ("COK33", 112), ("VINR", 12.5))


def take_stock(language, scheme, width):
    name = f"stock-{language}-{scheme}-{width}"
    with sandbox.Sandbox() as shop, journey.Till(
            shop, language="C" if language == "en" else language, settings={
                "alert-window": "false", "window-maximized": "true"}, **colours(scheme)) as till:
        shop.control("PUT", "/catalog", CARD)
        till.focus_window()
        till.connect()
        till.wait_sent("GET /v1/catalogs/.*/location/inventory")
        shop.control("POST", "/catalog/drop", {"sku_ref": "CALZ"})
        with sqlite3.connect(os.path.join(till.data, "shop", "comptoir.db"), timeout=10) as pos:
            pos.executemany("INSERT INTO pos_stock (ref, quantity) VALUES (?, ?)", COUNTED)
            pos.execute("UPDATE stock SET low = 5000 WHERE ref = 'MAR-LG'")
            pos.execute("UPDATE stock SET active = 0, back_on = (strftime ('%s', 'now') + 86400)"
                        " * 1000 WHERE ref = 'PANNA'")
        till.wait_sent("PATCH /v1/catalogs/.*")
        till.press_button("^Stock$", under=till.find_window(journey.MAIN))
        journey.until(lambda: till.says("12,5" if language == "fr" else "12.5"), "all is there")
        journey.until(lambda: till.says("CALZ is not in"), "the refused one, too")
        till.wait_gone("^(This till is connected|Cette caisse est connectée)", "label")
        picture(name)


# --- An order taken at the till ---

SOLD = (("COKE", 24), ("COKE-Z", 0), ("ORANG", 40), ("THE-GL", 3), ("MARG-M", 14), ("MARG-G", 6),
        ("REINE-M", 0), ("REINE-G", 0), ("NAPO-M", 4), ("NAPO-G", 5), ("TIRAM", 8))


def take_sale(language, scheme, width):
    name = f"{language}-{scheme}-{width}"
    with sandbox.Sandbox() as shop, journey.Till(
            shop, language="C" if language == "en" else language, settings={
                "alert-window": "false", "window-maximized": "true", "till-orders": "'all'"},
            **colours(scheme)) as till:
        till.focus_window()
        till.connect()
        till.wait_sent("GET /v1/catalogs/.*/location/inventory")
        with sqlite3.connect(os.path.join(till.data, "shop", "comptoir.db"), timeout=10) as pos:
            pos.executemany("INSERT INTO pos_stock (ref, quantity) VALUES (?, ?)", SOLD)
            pos.execute("UPDATE stock SET low = 5000 WHERE ref = 'THE-GL'")
            pos.execute("INSERT INTO pos_stock (ref, active) VALUES ('CALZ-M', 0), ('CALZ-G', 0)")
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the dialog is gone")
        till.keys("F2")
        for text, product in (("margh", "Margherita"), ("cesar", "Salade César"),
                              ("orang", "Orangeade 33 cl")):
            sell(till, text, product, f"choice-{name}" if text == "margh" else None)
        till.keys("Escape")
        journey.until(lambda: till.find("^Calzone, .*INACTIF"), "all products again")
        till.wait_gone("^(This till is connected|Cette caisse est connectée)", "label")
        picture(f"sale-{name}")


def sell(till, text, product, shot):
    till.keys("ctrl+f")
    till.write(text)
    tile = journey.until(lambda: till.find(f"^{product}, "), f"a tile of {product}")
    asks = not accessible_name(tile).startswith("Orangeade")
    till.keys("Return")
    if asks:
        till.window(f"^{product}$")
        journey.until(lambda: till.has_keyboard(f"^{product}$"), "the choice is there")
        if shot:
            picture(shot)
        till.keys("ctrl+Return")
        till.wait_closed(f"^{product}$")
    journey.until(lambda: till.find(rf"^1 × {product}"), f"{product} is in the basket")


def accessible_name(node):
    return journey.accessible.name(node)


# --- Every window that opens over the orders ---

def take_dialogs(till, name):
    order_id = till.shop.control("POST", "/orders", ORDERS[0] | {"ref": "D1"})["id"]
    till.check_now()
    till.wait_sent(f"PATCH /v1/location/orders/{order_id}")
    till.press_in_row("D1", "^(Other times|Autres heures)$")
    till.wait_for(r"^\+20 min", "")
    picture(f"times-{name}")
    till.keys("Escape")
    for key, what in (("ctrl+question", "shortcuts"), ("ctrl+comma", "preferences")):
        till.keys(key)
        over(till, f"{what}-{name}")
    till.press_button("^(Disconnect|Déconnecter)$")
    over(till, f"disconnect-{name}")
    till.keys("ctrl+4")
    till.wait_for("^(Look for news|Chercher du nouveau)", journey.ROW)
    till.keys("ctrl+1")


def over(till, name):
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "a window over the main one")
    picture(name)
    till.keys("Escape")
    journey.until(lambda: till.has_keyboard(journey.MAIN), "it is gone")


# --- Every state of an order, and of the connection ---

STATES = (("S1", "received"), ("S2", "accepted"), ("S3", "in_preparation"),
          ("S4", "awaiting_shipment"), ("S5", "awaiting_collection"), ("S6", "in_delivery"),
          ("S7", "completed"), ("S8", "rejected"), ("S9", "delivery_failed"))


def take_states(till, name):
    """On the tab of all orders, as ended ones leave the day's."""
    shop = till.shop
    for ref, status in STATES:
        made = shop.control("POST", "/orders", order(ref, channel="Uber Eats", items=[
            item("Margherita", "10.90 EUR")], customer={"first_name": "Anne", "last_name": "Exemple"}))
        if status != "received":
            shop.control("PATCH", f"/orders/{made['id']}", {"status": status})
    shop.control("POST", "/orders", {"raw_body": '{"items": [', "id": "raw01"})
    shop.control("POST", "/orders", order("L1", channel="Deliveroo", items=[item("Reine", "9.00 EUR")],
                                          created_at=ago(minutes=7)))
    shop.control("POST", "/orders", order("L2", channel="Just Eat", items=[item("Reine", "9.00 EUR")],
                                          created_at=ago(seconds=130)))
    till.check_now()
    for ref in ("S6", "L1", "L2"):
        till.row(ref)
    till.keys("ctrl+f", "Tab", "Home")
    till.in_row("L2", ACCEPT)
    picture(f"waiting-{name}")
    shop.control("POST", "/failures", {"method": "PATCH", "path": "/location/orders/*", "times": 0,
                                       "status": 422, "message": "status is not allowed"})
    till.press_in_row("4821", ACCEPT)
    till.press_in_row("L2", REJECT)
    till.window("^(Reject|Rejeter) ")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the question is there")
    till.press_button("^(Closed|Fermé)", under=till.find_window("^(Reject|Rejeter) "))
    till.answer("^(Reject|Rejeter) ", "(Reject|Rejeter)")
    till.in_row("L2", "^(Undo|Défaire)")
    till.row("4821")
    picture(f"held-{name}")
    till.press_button("^(All|Toutes) ")
    till.row("S9")
    picture(f"states-{name}")
    scroll()
    picture(f"states-end-{name}")
    shop.stop()
    till.keys("F5")
    till.press_button("^(Today|Aujourd’hui) ")
    till.wait_for(r"^(Offline since|Hors ligne depuis) ", "label", seconds=40)
    picture(f"offline-{name}")


def scroll(times=30):
    """Down the list that takes most of the window."""
    journey.xdotool("mousemove", "300", "600", "click", "--repeat", str(times), "5")


def ago(**how):
    when = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**how)
    return when.isoformat(timespec="seconds")


def take_alert(language, scheme, width):
    name = f"{language}-{scheme}-{width}"
    with sandbox.Sandbox() as shop, journey.Till(
            shop, language="C" if language == "en" else language, settings={
                "window-maximized": "true"}, **colours(scheme)) as till:
        till.focus_window()
        till.connect()
        till.shop.control("POST", "/orders", ORDERS[0])
        till.check_now()
        journey.until(lambda: till.on_screen(ALERT), "the warning window")
        picture(f"alert-1-{name}")
        for number in range(4):
            till.shop.control("POST", "/orders", ORDERS[number] | {"ref": f"48{number}"})
        till.keys("F5")
        journey.until(lambda: till.find("480", journey.ROW, under=till.find_window(ALERT)) and
                      till.find("483", journey.ROW, under=till.find_window(ALERT)), "five orders")
        picture(f"alert-5-{name}")


def seen(till, button):
    found = till.find_button(button)
    return found and journey.width(found) > 0


def main():
    width = journey.xdotool("getdisplaygeometry").split()[0]
    for language in ("en", "fr"):
        for scheme in ("light", "dark"):
            if not sys.argv[3:] or f"{language}-{scheme}" in sys.argv[3:]:
                take(language, scheme, width)
                take_alert(language, scheme, width)
                take_stock(language, scheme, width)
                take_sale(language, scheme, width)


if __name__ == "__main__":
    main()
