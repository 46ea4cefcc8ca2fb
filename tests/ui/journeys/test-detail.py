#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fullest order the contract allows, opened: every leaf of its document can be read there, in
English and in French.

What stands in LINES is written out by hand: the line in which that leaf must be found. Every other
leaf is found as it is. A null has nothing to show.
"""

import json
import os
import re

import journey
from journey import sandbox

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        "..", "..", "hubrise", "json", "fullest-order.json")
DETAIL = {"C": "^The whole order$", "fr": "^Toute la commande$"}
MAGNIFIER = "^Show the whole order$|^Afficher toute la commande$|^Voir toute la commande$"

PIZZA = ("€11.00 each · ref MARG-L · tax 10 · earns 2.5 points · uses 0.5 points · "
         "own ref line-1 · id it-1 · First pizza · price off · €1.00",
         "11,00 € l’unité · réf. MARG-L · TVA 10 · gagne 2,5 points · utilise 0,5 points · "
         "réf. privée line-1 · id it-1 · First pizza · remise · 1,00 €")
HALVES = ("€10.00 each · ref HALF-M · tax 5.5 · own ref line-2 · id it-2 · Second pizza · "
          "price unchanged",
          "10,00 € l’unité · réf. HALF-M · TVA 5,5 · réf. privée line-2 · id it-2 · Second pizza · "
          "prix inchangé")
LEMONADE = ("€3.20 each · ref LEMO-33 · tax 20 · earns 0 points · uses 0 points · own ref line-3 · "
            "id it-3",
            "3,20 € l’unité · réf. LEMO-33 · TVA 20 · gagne 0 points · utilise 0 points · "
            "réf. privée line-3 · id it-3")
TAKEN_OUT = ("1 × Lemonade, 33 cl   €3.20 · removed", "1 × Lemonade, 33 cl   3,20 € · retiré")
TIRAMISU = ("€5.90 each · ref TIRA · tax 10 · own ref line-4 · id it-4",
            "5,90 € l’unité · réf. TIRA · TVA 10 · réf. privée line-4 · id it-4")
EGG = ("+ 2 × Toppings: Egg · €1.00 · EGG", "+ 2 × Toppings : Egg · 1,00 € · EGG")
OLIVES = ("without Ingredients: Olives · €0.00 · OLIVE", "sans Ingredients : Olives · 0,00 € · OLIVE")
REINE = ("+ Side 1: Reine · €1.00 · S-REINE", "+ Side 1 : Reine · 1,00 € · S-REINE")
NAPOLI = ("+ Side 2: Napoli · €1.50 · S-NAPOLI", "+ Side 2 : Napoli · 1,50 € · S-NAPOLI")
CAPERS = ("+ Toppings 1: Capers · €0.50 · CAPER", "+ Toppings 1 : Capers · 0,50 € · CAPER")
BASIL = ("+ Toppings 2: Basil · €0.50 · BASIL", "+ Toppings 2 : Basil · 0,50 € · BASIL")
CHARGE = ("ref DELIV · tax 20 · own ref charge-1 · id ch-1",
          "réf. DELIV · TVA 20 · réf. privée charge-1 · id ch-1")
TWO = ("2 × Margherita, Large", "2 × Margherita, Large")
ONE = ("1 × Half and half, Medium", "1 × Half and half, Medium")
CAKE = ("1 × Tiramisu", "1 × Tiramisu")

LINES = {
    "status": ("New", "Nouvelle"),
    "service_type": ("Delivery", "Livraison"),
    "created_at": ("Created   21 Nov 2026 19:02", "Créée   21 nov. 2026 19:02"),
    "expected_time": ("21 Nov 2026 19:45", "21 nov. 2026 19:45"),
    "confirmed_time": ("21 Nov 2026 19:50", "21 nov. 2026 19:50"),
    "coupon_codes.0": ("WELCOME, AUTUMN", "WELCOME, AUTUMN"),
    "coupon_codes.1": ("WELCOME, AUTUMN", "WELCOME, AUTUMN"),
    "total": ("€44.90", "44,90 €"),
    "items.0.price": PIZZA, "items.0.tax_rate": PIZZA, "items.0.points_earned": PIZZA,
    "items.0.points_used": PIZZA, "items.0.deal_line.deal_key": ("ref DEAL-2P · deal 0",
                                                                 "réf. DEAL-2P · formule 0"),
    "items.0.deal_line.label": PIZZA, "items.0.deal_line.pricing_effect": PIZZA,
    "items.0.deal_line.pricing_value": PIZZA,
    "items.0.quantity": TWO, "items.0.deleted": TWO, "items.0.subtotal": ("€26.00", "26,00 €"),
    "items.0.options.0.price": EGG, "items.0.options.0.quantity": EGG,
    "items.0.options.0.removed": EGG, "items.0.options.0.name": EGG,
    "items.0.options.1.price": OLIVES, "items.0.options.1.quantity": OLIVES,
    "items.0.options.1.removed": OLIVES, "items.0.options.1.name": OLIVES,
    "items.1.price": HALVES, "items.1.tax_rate": HALVES, "items.1.deal_line.deal_key":
        ("ref DEAL-2P · deal 0", "réf. DEAL-2P · formule 0"),
    "items.1.deal_line.label": HALVES, "items.1.deal_line.pricing_effect": HALVES,
    "items.1.quantity": ONE, "items.1.deleted": ONE, "items.1.subtotal": ("€13.50", "13,50 €"),
    "items.1.options.0.price": REINE, "items.1.options.0.quantity": REINE,
    "items.1.options.0.removed": REINE,
    "items.1.options.1.price": NAPOLI, "items.1.options.1.quantity": NAPOLI,
    "items.1.options.1.removed": NAPOLI,
    "items.1.options.2.price": CAPERS, "items.1.options.2.quantity": CAPERS,
    "items.1.options.2.removed": CAPERS,
    "items.1.options.3.price": BASIL, "items.1.options.3.quantity": BASIL,
    "items.1.options.3.removed": BASIL,
    "items.2.price": LEMONADE, "items.2.tax_rate": LEMONADE, "items.2.points_earned": LEMONADE,
    "items.2.points_used": LEMONADE, "items.2.quantity": TAKEN_OUT, "items.2.deleted": TAKEN_OUT,
    "items.2.subtotal": TAKEN_OUT,
    "items.3.price": TIRAMISU, "items.3.tax_rate": TIRAMISU, "items.3.quantity": CAKE,
    "items.3.deleted": CAKE, "items.3.subtotal": ("€5.90", "5,90 €"),
    "discounts.0.price_off": ("−€3.00", "−3,00 €"),
    "discounts.0.deleted": ("Autumn offer", "Autumn offer"),
    "charges.0.price": ("€2.50", "2,50 €"), "charges.0.tax_rate": CHARGE,
    "charges.0.deleted": ("Delivery charge", "Delivery charge"),
    "payments.0.amount": ("€19.00", "19,00 €"), "payments.1.amount": ("€20.00", "20,00 €"),
    "payments.0.deleted": ("Meal voucher", "Meal voucher"), "payments.1.deleted": ("Card", "Card"),
    "payments.0.info.contactless": ("contactless: true", "contactless: true"),
    "payments.0.info.terminal.number": ("terminal.number: T-5", "terminal.number: T-5"),
    "customer.nb_orders": ("12", "12"),
    # who is not anonymous has a name there
    "customer.anonymised": ("Test Customer", "Test Customer"),
    "customer.country": ("FR", "FR"),
    "customer.custom_fields.allergies.nuts": ("customer.custom_fields.allergies.nuts   true",
                                              "customer.custom_fields.allergies.nuts   true"),
    "delivery.status": ("Not started yet", "Pas encore commencée"),
    "delivery.fee": ("€1.80", "1,80 €"),
    "delivery.estimated_pickup_at": ("21 Nov 2026 19:30", "21 nov. 2026 19:30"),
    "delivery.estimated_dropoff_at": ("21 Nov 2026 19:44", "21 nov. 2026 19:44"),
    "loyalty_operations.0.delta": ("loyalty_operations[0].delta   2.0",
                                   "loyalty_operations[0].delta   2.0"),
    "custom_fields.till.long_number": ("custom_fields.till.long_number   12345678901234567890",
                                       "custom_fields.till.long_number   12345678901234567890"),
    "custom_fields.till.rate": ("custom_fields.till.rate   1.10",
                                "custom_fields.till.rate   1.10"),
    "custom_fields.till.flag": ("custom_fields.till.flag   false",
                                "custom_fields.till.flag   false"),
}


def leaves(value, path=""):
    """(path, value) of everything in the document that is neither an object nor a list."""
    if isinstance(value, (dict, list)):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in inner:
            yield from leaves(part, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def stands_in(text, line):
    """Whether it is there as a word of its own, whatever kinds of space a language uses."""
    text, line = (re.sub(r"[\s\u00a0\u202f]", " ", one) for one in (text, line))
    return bool(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", line))


def is_shown(expected, written_out, texts):
    if written_out and re.search(r" · |   |^\d+ × ", expected):
        return any(stands_in(expected, line) and len(line) < len(expected) + 3 for line in texts)
    return any(stands_in(expected, line) for line in texts)


def every_leaf_is_shown(language):
    with open(DOCUMENT, encoding="utf-8") as source:
        text = source.read()
    document = json.loads(text, parse_float=str, parse_int=str)
    column = 0 if language == "C" else 1
    with sandbox.Sandbox() as shop, journey.Till(shop, language=language,
                                                 settings={"send-received": "false"}) as till:
        till.connect()
        shop.control("POST", "/orders", {"raw_body": text, "id": document["id"]})
        till.focus_window()
        till.check_now()
        till.press_in_row("4711", MAGNIFIER)
        till.wait_for(re.escape(document["delivery"]["tracking_url"]), "label")
        texts = till.texts(till.find(DETAIL[language]))
    count, absent, missing = 0, 0, []
    for path, value in leaves(document):
        if value is None:
            absent += 1
            continue
        count += 1
        expected = LINES[path][column] if path in LINES else str(value)
        if not is_shown(expected, path in LINES, texts):
            missing.append(f"{path}: {expected!r}")
    print(f"# {language}: {count} leaves looked for, {absent} nulls")
    assert set(LINES) <= {path for path, _ in leaves(document)}, "the table names what is not there"
    assert not missing, "not in the window:\n" + "\n".join(missing) + "\n\n" + \
        "\n".join(sorted(texts))


def every_leaf_is_shown_in_english():
    every_leaf_is_shown("C")


def every_leaf_is_shown_in_french():
    every_leaf_is_shown("fr")


journey.run(every_leaf_is_shown_in_english, every_leaf_is_shown_in_french)
