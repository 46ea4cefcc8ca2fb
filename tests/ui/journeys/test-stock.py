#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stock: looked at, searched, changed by hand and by keyboard alone, compared, synchronised."""

import os
import re
import sqlite3

import journey
from journey import accessible, sandbox

INVENTORY = "/v1/catalogs/[^/]*/location/inventory"
QUANTITY, LIST = "^Quantity$", "^Stock$"
FOCUS = journey.Focus()
CATALOG = {
    "categories": [{"ref": "p", "name": "Pizzas"}, {"ref": "d", "name": "Drinks"}],
    "products": [
        {"name": "Margherita", "category_ref": "p", "skus": [
            {"name": "Small", "ref": "MAR-S", "price": "9.80 EUR"},
            {"name": "Large", "ref": "MAR-L", "price": "16.80 EUR"}]},
        {"name": "Calzone", "category_ref": "p", "skus": [{"ref": "CALZ", "price": "13.90 EUR"}]},
        {"name": "Coke", "category_ref": "d", "skus": [{"ref": "COKE", "price": "2.50 EUR"}]},
        {"name": "Dish of the day", "category_ref": "p", "skus": [{"price": "13.00 EUR"}]}],
    "option_lists": [{"ref": "s", "name": "Extras", "options": [
        {"ref": "EGG", "name": "Egg", "price": "1.00 EUR"}]}]}


def there(till):
    """What HubRise holds, as "REF": "stock"."""
    held = till.shop.control("GET", "/inventory")
    entries = held["entries"] if isinstance(held, dict) else held
    return {one.get("sku_ref") or one["option_ref"]: one["stock"] for one in entries}


def comes_to(till, expected):
    journey.until(lambda: there(till) == expected, f"HubRise holds {expected}: {there(till)}")


def row(till, name):
    """What the row of an item says, None while the list does not have it."""
    shown = till.find(LIST, "^list$")
    return till.find(f"^{name}\\b", under=shown) if shown else None


def says(till, name, words):
    journey.until(lambda: (found := row(till, name)) and
                  re.search(words, accessible.name(found)), f"the row of {name} says {words}")


def switch(till, name):
    return journey.until(lambda: till.find(f"^On sale: {name}$", "switch|toggle|check"),
                         f"the switch of {name}")


def click(node):
    """By the pointer, in its middle."""
    inside = accessible.ask(node.get_component_iface)
    at = accessible.ask(inside.get_extents, accessible.Atspi.CoordType.WINDOW)
    left, top = window_place()
    journey.xdotool("mousemove", str(left + at.x + at.width // 3), str(top + at.y + at.height // 2),
                    "click", "1")


def window_place():
    shown = journey.xdotool("getactivewindow", "getwindowgeometry", "--shell")
    numbers = dict(line.split("=") for line in shown.splitlines() if "=" in line)
    return int(numbers["X"]), int(numbers["Y"])


def press_tab(till, name):
    till.press_button(name)


def undo(till, name):
    """By the key, with the keyboard on a row."""
    click(row(till, name))
    journey.until(lambda: till.find(QUANTITY), "the row has the keyboard")
    till.keys("ctrl+z")


# --- What it shows ---

def every_state_has_its_own_word(till):
    path = os.path.join(till.data, "shop", "comptoir.db")
    with sqlite3.connect(path, timeout=10) as pos:
        pos.executescript(
            "UPDATE pos_stock SET quantity = 24 WHERE kind = 'sku' AND ref = 'MAR-S';"
            "UPDATE pos_stock SET quantity = -2 WHERE kind = 'sku' AND ref = 'MAR-L';"
            "UPDATE pos_stock SET active = 0 WHERE kind = 'sku' AND ref = 'CALZ';")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})
    says(till, "Margherita Small", "24.*in stock.*sent")
    says(till, "Margherita Large", "\u22122.*none left")
    says(till, "Calzone", "INACTIF")
    says(till, "Coke", "not managed")
    says(till, "Dish of the day", "no code.*cannot be sent")


def tabs_kinds_and_categories_part_the_list(till):
    press_tab(till, "^Out of stock 2$")
    journey.until(lambda: row(till, "Calzone") and not row(till, "Coke"), "only what is out")
    press_tab(till, "^Available 3$")
    journey.until(lambda: row(till, "Coke") and not row(till, "Calzone"), "only what is there")
    press_tab(till, "^All 5$")
    press_tab(till, "^Options 1$")
    journey.until(lambda: row(till, "Egg") and not row(till, "Coke"), "only options")
    press_tab(till, "^Products 5$")
    journey.until(lambda: row(till, "Coke"), "products")


def a_search_finds_by_name_and_code(till):
    field = till.wait_for("^Search items$", "text|entry")
    for words, found, others in (("marg", "Margherita Large", "Coke"),
                                 ("COK", "Coke", "Calzone")):
        till.type(field, words)
        journey.until(lambda: row(till, found) and not row(till, others), f"{words} finds {found}")
    till.type(field, "")
    journey.until(lambda: row(till, "Calzone"), "all again")


# --- By the pointer ---

def the_switch_takes_off_sale_and_undo_brings_back(till):
    till.press(switch(till, "Coke"))
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0", "COKE": "0"})
    says(till, "Coke", "INACTIF")
    till.press_button("^Undo( Undo)?$", under=till.find_window(journey.MAIN))
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})
    says(till, "Coke", "not managed")


def a_touch_offers_the_number_and_plus_counts(till):
    click(row(till, "Margherita Small"))
    till.press_button("^One more$")
    comes_to(till, {"MAR-S": "25", "MAR-L": "0", "CALZ": "0"})
    till.press_button("^One more$")
    comes_to(till, {"MAR-S": "26", "MAR-L": "0", "CALZ": "0"})
    undo(till, "Margherita Small")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})


def undo_is_there_in_another_list(till):
    """Whoever goes on to the options still sees the button, and it does what it says."""
    till.press(switch(till, "Coke"))
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0", "COKE": "0"})
    press_tab(till, "^Options 1$")
    journey.until(lambda: row(till, "Egg"), "the options")
    till.press_button("^Undo( Undo)?$", under=till.find_window(journey.MAIN))
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})
    till.wait_for("^Undone: Coke is for sale again$", "label")
    press_tab(till, "^Products 5$")


def several_are_put_on_sale_at_once(till):
    till.press_button("^Select$")
    till.wait_for("^0 items chosen$", "label")
    for name in ("Margherita Small", "Calzone"):
        click(row(till, name))
    till.wait_for("^2 items chosen$", "label")
    till.press_button("^Put on sale$")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0"})
    undo(till, "Margherita Small")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})


def what_leaves_the_list_is_no_longer_chosen(till):
    till.press_button("^Select$")
    click(row(till, "Coke"))
    till.wait_for("^1 item chosen$", "label")
    press_tab(till, "^Out of stock 2$")
    till.wait_for("^0 items chosen$", "label")
    press_tab(till, "^All 5$")
    till.press_button("^Done$")


# --- By the keyboard alone ---

def go_to_number(till):
    """Tab from the row into its number."""
    click(row(till, "Margherita Small"))
    journey.until(lambda: till.find(QUANTITY), "the number can be edited")
    focus = journey.Focus()
    for _ in range(12):
        node = focus.after("Tab")
        if node and accessible.name(node) == "Quantity":
            return node
    raise AssertionError("Tab does not come to the number")


def a_number_is_typed_with_a_comma(till):
    """Control and the number to the view, Tab to the list and into the row."""
    till.focus_window()
    till.keys("ctrl+3")
    go_to_number(till)
    till.keys("ctrl+a")
    till.write("12,5")
    till.keys("Return")
    comes_to(till, {"MAR-S": "12.5", "MAR-L": "0", "CALZ": "0"})
    says(till, "Margherita Small", "12.5")
    till.keys("ctrl+a")
    till.write("many")
    till.keys("Return")
    till.keys("Escape")
    journey.until(lambda: accessible.text(till.find(QUANTITY)) == "12.5", "the number is back")
    undo(till, "Margherita Small")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})


def what_is_no_number_stays_until_it_is_taken_back(till):
    """Whoever goes on to another row sees what was not taken, and where."""
    go_to_number(till)
    till.write("1O")
    click(row(till, "Coke"))
    till.wait_for("^Not a number$", "label")
    journey.until(lambda: accessible.text(till.find(QUANTITY)) == "1O", "it still stands there")
    go_to_number(till)
    till.keys("Escape")
    journey.until(lambda: not till.find("^Not a number$", "label"), "the row says so no more")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})


def go(name, key="space"):
    """Tab until it has the keyboard, then the key."""
    FOCUS.go(name)
    journey.Till.keys(key)


def search(till, words):
    journey.Till.keys("ctrl+f")
    journey.until(lambda: (node := till.focused()) and accessible.name(node) == "Search items",
                  "Ctrl+F goes to the search of this view")
    till.write(words)


def tabs_search_and_switch_are_pressed_by_key(till):
    till.focus_window()
    journey.Till.keys("ctrl+3")
    go("^Out of stock 2$")
    journey.until(lambda: row(till, "Calzone") and not row(till, "Coke"), "only what is out")
    go("^All 5$")
    go("^Options 1$")
    journey.until(lambda: row(till, "Egg"), "options")
    go("^Products 5$")
    journey.until(lambda: row(till, "Calzone"), "products")
    search(till, "cok")
    journey.until(lambda: row(till, "Coke") and not row(till, "Calzone"), "cok finds Coke")
    FOCUS.go(QUANTITY)  # before the switch, as it stands there
    go("^On sale: Coke$")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0", "COKE": "0"})
    journey.Till.keys("space")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})


def an_empty_number_takes_select_all_for_itself(till):
    """Coke's stock is not managed: its field is empty until a number is typed. It stands before
    the switch, which has the keyboard."""
    FOCUS.go(QUANTITY, "shift+Tab")
    till.wait_for("^0 items chosen$", "label")
    journey.Till.keys("ctrl+a")
    till.write("7")
    journey.Till.keys("Return")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0", "COKE": "7"})
    assert till.find("^0 items chosen$", "label"), "it chose the row"
    journey.Till.keys("Tab", "ctrl+z")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})
    search(till, "")
    journey.Till.keys("Escape")
    journey.until(lambda: row(till, "Calzone"), "all again")


def the_keyboard_leaves_a_number_for_another_view(till):
    """What has the keyboard goes with it, and must not hold it up."""
    go_to_number(till)
    journey.Till.keys("ctrl+1")
    till.wait_for("^Search orders$", "text|entry")
    journey.Till.keys("ctrl+3")
    journey.until(lambda: till.find_button("^All 5$") and till.is_on(till.find_button("^All 5$")),
                  "the stock is there again")


def compare_and_synchronise_are_pressed_by_key(till):
    till.shop.control("PATCH", "/inventory", {"entries": [{"sku_ref": "MAR-S", "stock": "4"}]})
    till.check_now()
    says(till, "Margherita Small", "HubRise has 4")
    go(r"^Compare \(1\)$")
    till.window("^Compare$")
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "the comparison has the keyboard")
    go("^Send ours$")
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})
    journey.Till.keys("Escape")
    till.wait_closed("^Compare$")
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard again")
    go("^Synchronise stock$")
    till.wait_for("^Stock synchronised: read back, identical$")


# --- A file ---

def a_file_is_shown_taken_and_says_what_was_not(till):
    path = os.path.join(till.data, "stock.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("ref;quantity\nMAR-S;12,5\nNOBODY;3\nCALZ;many\n")
    till.open_menu("^Catalog and files$")
    till.press_button("^Take stock from a file$")
    till.focus_window("^Take stock from a file$")
    till.write(path)
    journey.Till.keys("Return")
    dialog = till.window("^Stock from a file$")
    till.wait_for("^1 line can be taken, 2 cannot$", "label", under=dialog)
    till.wait_for("^Line 3 is not taken: the catalog does not have this code$", under=dialog)
    till.wait_for("^Line 4 is not taken: ", under=dialog)
    assert there(till)["MAR-S"] == "24", "taken before anybody said so"
    till.press_button("^Take these lines$", under=dialog)
    till.wait_for("^1 line was taken, 2 were not$", "label", under=dialog)
    comes_to(till, {"MAR-S": "12.5", "MAR-L": "0", "CALZ": "0"})
    till.focus_window("^Stock from a file$")
    journey.Till.keys("Escape")
    till.wait_closed("^Stock from a file$")


# --- With HubRise ---

def a_difference_is_shown_and_answered(till):
    till.shop.control("PATCH", "/inventory", {"entries": [{"sku_ref": "MAR-S", "stock": "3"}]})
    till.check_now()
    says(till, "Margherita Small", "HubRise has 3")
    assert there(till)["MAR-S"] == "3", "not overwritten"
    till.press_button(r"^Compare \(1\)$")
    dialog = till.window("^Compare$")
    till.press_button("^Send ours$", under=dialog)
    comes_to(till, {"MAR-S": "24", "MAR-L": "0", "CALZ": "0"})
    till.keys("Escape")
    till.wait_closed("^Compare$")


def synchronise_sends_all_and_reads_back(till):
    till.focus_window()
    since = till.shop.control("GET", "/journal")["last"]
    till.press_button("^Synchronise stock$")
    till.wait_for("^Stock synchronised: read back, identical$")
    assert len(till.wait_sent(f"PUT {INVENTORY}", since=since)) == 1
    assert till.wait_sent(f"GET {INVENTORY}", since=since)


def the_hubrise_page_has_the_same_commands(till):
    till.press_button("^HubRise$", under=till.find_window(journey.MAIN))
    page = till.wait_for("^Connection information$", "^filler$|^panel$|^grouping$")
    since = till.shop.control("GET", "/journal")["last"]
    till.press_button("^Pull catalog$", under=page)
    till.wait_sent("GET /v1/catalogs/[^/]*", since=since)
    till.press_button("^Check refs$", under=page)
    till.window("^Check refs$")
    till.wait_for("^Every code of the orders")
    till.keys("Escape")
    till.wait_closed("^Check refs$")


def main():
    with sandbox.Sandbox() as shop:
        shop.control("PUT", "/catalog", CATALOG)
        with journey.Till(shop) as till:
            till.connect()
            till.focus_window()
            till.wait_sent(f"GET {INVENTORY}")
            till.press_button("^Stock$", under=till.find_window(journey.MAIN))
            journey.run(every_state_has_its_own_word, tabs_kinds_and_categories_part_the_list,
                        a_search_finds_by_name_and_code,
                        the_switch_takes_off_sale_and_undo_brings_back,
                        undo_is_there_in_another_list,
                        a_touch_offers_the_number_and_plus_counts, several_are_put_on_sale_at_once,
                        what_leaves_the_list_is_no_longer_chosen,
                        a_number_is_typed_with_a_comma,
                        what_is_no_number_stays_until_it_is_taken_back,
                        tabs_search_and_switch_are_pressed_by_key,
                        an_empty_number_takes_select_all_for_itself,
                        the_keyboard_leaves_a_number_for_another_view,
                        compare_and_synchronise_are_pressed_by_key,
                        a_difference_is_shown_and_answered,
                        synchronise_sends_all_and_reads_back,
                        a_file_is_shown_taken_and_says_what_was_not,
                        the_hubrise_page_has_the_same_commands, till=till)


main()
