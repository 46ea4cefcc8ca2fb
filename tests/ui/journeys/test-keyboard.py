#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole window by keyboard alone: every control has a name, Tab comes to it, and a key on it
does what it says."""

import os
import re
import tempfile

import journey
from journey import accessible, sandbox

CONTROL = re.compile(r"^((push |toggle )?button|check box|radio button|switch|entry|text|link|"
                     r"spin button|combo box|page tab|slider)$")
# What the window manager does by its own keys, and the outer half of the menu's button.
NOT_BY_TAB = {"Minimize", "Maximize", "Close", "Main menu"}
DETAIL = "^The whole order$"
TYPED = "qzx"
ALERT = "^Orders are waiting$"
EXCHANGES = "^Exchanges with HubRise$"


def place(node):
    inside = accessible.ask(node.get_component_iface)
    at = accessible.ask(inside.get_extents, accessible.Atspi.CoordType.WINDOW) if inside else None
    return (at.width, at.x, at.y) if at else (0, 0, 0)


def label(node):
    """GTK says the name twice where a label is also the control's mnemonic."""
    name = accessible.name(node)
    half = name[:len(name) // 2]
    return half if name == f"{half} {half}" else name


def timeless(name):
    """"Accept 10:41" is "Accept 10:42" a minute later."""
    return name and re.sub(r"\d\d:\d\d", "00:00", name)


def controls(*scopes):
    """The controls in these parts of a window that have been on the screen and can be used."""
    for scope in scopes:
        accessible.ask(scope.clear_cache)
        if not accessible.has_state(scope, accessible.Atspi.StateType.SENSITIVE):
            continue  # nor can what is in it
        if CONTROL.match(accessible.role(scope)) and journey.width(scope) > 0:
            yield scope
        yield from controls(*accessible.children(scope))


def tab_round(scopes, most=80):
    """The names of all that Tab comes to, until it begins again."""
    visited, first = [], None
    for _ in range(most):
        node = FOCUS.after("Tab")
        here = (label(node), place(node)) if node else (typed_into(scopes), None)
        if here == first:
            break
        first = first or here
        visited.append(here[0])
    return set(visited)


def typed_into(scopes):
    """libadwaita's entry rows do not tell the bus that they have the keyboard: they take letters."""
    journey.Till.write(TYPED)
    entry = accessible.wait_until(lambda: next(
        (node for node in controls(*scopes) if TYPED in accessible.text(node)), None), 3)
    for _ in TYPED:
        journey.Till.keys("BackSpace")
    return label(entry) if entry else None


def check_reached(*scopes):
    """Every control of the scopes has a name and is one that Tab comes to."""
    wanted = {(accessible.role(node), timeless(label(node))) for node in controls(*scopes)}
    for role, name in wanted:
        assert name and not accessible.NO_NAME.match(name), f"a {role} without a name: {name!r}"
    names = {timeless(name) for name in tab_round(scopes)}
    missing = {name for _, name in wanted} - names - NOT_BY_TAB
    assert not missing, f"Tab does not come to {missing}; it came to {names}"
    print(f"# {len(wanted)} controls named and reached")


def go(name, card="", most=200):
    """Tab until the control of that name, on that order's row, has the keyboard."""
    seen = []
    for _ in range(most):
        node = FOCUS.after("Tab")
        if node and re.search(name, label(node)) and (not card or inside(node, card)):
            return node
        seen.append(label(node) if node else None)
    raise accessible.NotThere(f"Tab does not come to {name}, only to {seen}")


def press_key(name, key="Return", **how):
    go(name, **how)
    journey.Till.keys(key)


def in_card(till, number, name):
    """To the list, which stands after the search, to its first row, and on to a button of that
    order's row."""
    journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard")
    till.keys("ctrl+f")
    journey.until(lambda: focus_is(till, "^Search orders$"), "the keyboard is in the search")
    FOCUS.after("Tab")
    FOCUS.after("Home")
    return go(name, card=rf"^Order {number}\b")


def order_view(till):
    main = till.find_window(journey.MAIN)
    return [till.find("^Connection to HubRise$", under=main), till.find("^Search orders$"),
            till.find(journey.ORDERS, "^list$", under=main), *head(till)]


def head(till):
    main = till.find_window(journey.MAIN)
    return [till.find("^Web orders", journey.BUTTON, under=main),
            till.find("^HubRise$", journey.BUTTON, under=main)] + [
        till.find(f"^{tab} ", journey.BUTTON, under=main) for tab in ("Today", "Later", "All")]


# --- What is there ---

def every_control_of_web_orders_is_named_and_reached(till):
    come_in(till, "K1", "K2")
    check_reached(*order_view(till))


def every_control_of_the_detail_is_named_and_reached(till):
    till.press_in_row("K1", "^Show the whole order$")
    till.wait_for("^K1$", "label", within=DETAIL)
    check_reached(till.find(DETAIL))
    till.keys("Escape")
    closed(till)


def every_control_of_the_hubrise_page_is_named_and_reached(till):
    till.press_button("^HubRise$", under=till.find_window(journey.MAIN))
    journey.until(lambda: shown(till, "^Check now$"), "the HubRise page")
    main = till.find_window(journey.MAIN)
    page = till.find("^Connection information$", "^filler$", under=main)
    log = till.find("^Search the exchanges$", under=main)
    check_reached(page, log, till.find("^Failures only$", under=main))


def every_control_of_the_preferences_is_named_and_reached(till):
    till.keys("ctrl+comma")
    window = till.window("^Preferences$")
    lost_keyboard(till)
    for page in ("Orders", "Alerts", "HubRise"):
        press_key(f"^{page}$", key="space")
        check_preferences(till, window, page)
    till.keys("Escape")
    till.wait_closed("^Preferences$")


def check_preferences(till, window, page):
    """A page that was shown keeps its place when another one comes: its own controls only."""
    first = {"Orders": "^Send to HubRise$", "Alerts": "^Warning window$",
             "HubRise": "^E-mail address of your support$"}[page]
    journey.until(lambda: shown_in(till, first, window), f"the page {page}")
    part = till.find(first, under=window)
    while accessible.role(part) != "scroll pane":
        part = part.get_parent()
    check_reached(part)


# --- What it does ---

def come_in(till, *numbers):
    orders = [journey.new_order(till.shop, number) for number in numbers]
    till.check_now()
    for number in numbers:
        till.row(number)
    for order in orders:
        till.wait_sent(f"PATCH /v1/location/orders/{order}")
    return orders


def shown(till, name):
    return shown_in(till, name, till.find_window(journey.MAIN))


def shown_in(till, name, window):
    node = till.find(name, under=window)
    return node if node and journey.width(node) > 0 else None


def closed(till):
    def gone():
        node = till.focused()
        return node and not inside(node, DETAIL)

    journey.until(gone, "the keyboard is out of the detail")


def inside(node, name):
    while node:
        if re.search(name, accessible.name(node)):
            return True
        node = accessible.ask(node.get_parent)
    return False


def shortcuts_do_what_the_help_says(till):
    till.keys("ctrl+1")
    till.keys("ctrl+f")
    journey.until(lambda: focus_is(till, "^Search orders$"), "Ctrl+F goes to the search")
    till.write("K2")
    journey.until(lambda: not till.find_row("K1") and till.find_row("K2"), "K2 alone is found")
    till.keys("Escape")
    journey.until(lambda: till.find_row("K1"), "all orders again")
    views = view_buttons(till)
    assert len(views) >= 2, views
    for number, name in enumerate(views, 1):
        till.keys(f"ctrl+{number}")
        journey.until(lambda wanted=name: is_pressed(till, wanted), f"Ctrl+{number} shows {name}")
    till.keys("ctrl+1")
    journey.until(lambda: is_pressed(till, "^Web orders"), "Ctrl+1 shows the orders")
    for key, words in (("ctrl+question", "^Reject|^Search orders"), ("ctrl+comma", "^Sending$")):
        before = len(accessible.children(till.root()))
        till.keys(key)
        lost_keyboard(till)
        till.wait_for(words, "label")
        till.keys("Escape")
        journey.until(lambda: till.has_keyboard(journey.MAIN), "the window has the keyboard again")
        assert len(accessible.children(till.root())) <= before, f"{key} left its window open"
    till.check_now()  # F5


def view_buttons(till):
    """Patterns for the names of the views' buttons, which may count what waits there."""
    first = till.find("^Web orders", journey.BUTTON, under=till.find_window(journey.MAIN))
    return [f"^{accessible.name(one).split(',')[0]}(, |$)"
            for one in accessible.children(first.get_parent())]


def lost_keyboard(till):
    """Not every dialog has a title for the window manager: the main window must have lost it."""
    journey.until(lambda: not till.has_keyboard(journey.MAIN), "another window has the keyboard")


def f11_fills_the_screen(till):
    screen = journey.xdotool("getdisplaygeometry")
    till.keys("F11")
    journey.until(lambda: size(till) == screen, f"the window is {screen}")
    till.keys("F11")
    journey.until(lambda: size(till) != screen, "the window has its own size again")


def size(till):
    lines = journey.xdotool("getwindowgeometry", "--shell", till.on_screen(journey.MAIN) or "0")
    found = dict(line.split("=") for line in lines.splitlines() if "=" in line)
    return f"{found.get('WIDTH')} {found.get('HEIGHT')}"


def focus_is(till, name):
    node = till.focused()
    return node and re.search(name, label(node))


def is_pressed(till, name):
    button = till.find(name, journey.BUTTON, under=till.find_window(journey.MAIN))
    return accessible.has_state(button, accessible.Atspi.StateType.PRESSED) or \
        accessible.has_state(button, accessible.Atspi.StateType.CHECKED)


def an_order_is_accepted_by_keyboard(till):
    order, = come_in(till, "K3")
    in_card(till, "K3", "^Accept ")
    till.keys("Return")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent["status"] == "accepted", sent


def another_time_is_chosen_by_keyboard(till):
    order, = come_in(till, "K4")
    in_card(till, "K4", "^Other times$")
    till.keys("Return")
    go(r"^\+20 min")
    till.keys("Return")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent["status"] == "accepted", sent


def an_order_is_rejected_by_keyboard(till):
    order, = come_in(till, "K5")
    reject_by_keyboard(till, "K5")
    sent = till.wait_sent(f"PATCH /v1/location/orders/{order}", count=2)[1]["body"]
    assert sent["status"] == "rejected" and "closed" in sent["seller_notes"], sent


def reject_by_keyboard(till, number):
    in_card(till, number, "^Reject$")
    till.keys("Return")
    till.window("^Reject ")
    lost_keyboard(till)
    press_key("^Closed$", key="space")
    press_key("^Reject$")
    till.wait_closed("^Reject ")


def a_rejection_is_undone_by_keyboard(till):
    order, = come_in(till, "K6")
    reject_by_keyboard(till, "K6")
    in_card(till, "K6", "^Undo")
    till.keys("Return")
    till.in_row("K6", "^Accept ")
    assert journey.patches(till, order) == [{"status": "received"}]


def the_magnifier_is_opened_and_left_by_keyboard(till):
    in_card(till, "K1", "^Show the whole order$")
    till.keys("Return")
    till.wait_for("^K1$", "label", within=DETAIL)
    till.keys("Escape")
    closed(till)
    till.keys("Down", "Up", "Return")
    till.wait_for(r"^K\d$", "label", within=DETAIL)
    press_key("^Back to the list$")
    closed(till)


def tabs_views_and_menu_are_pressed_by_keyboard(till):
    for tab in ("^Later ", "^All ", "^Today "):
        press_key(tab, key="space")
        journey.until(lambda wanted=tab: is_pressed(till, wanted), f"{tab} is chosen")
    press_key("^Main menu$")
    till.wait_for("^About Comptoir$", "menu item|button")
    till.keys("Escape")
    press_key("^Disconnect$")
    till.window("^Disconnect this till")
    lost_keyboard(till)
    till.keys("Escape")
    till.wait_closed("^Disconnect this till")
    press_key("^HubRise$", key="space")
    journey.until(lambda: is_pressed(till, "^HubRise$"), "the HubRise view")


def the_hubrise_page_is_pressed_by_keyboard(till):
    since = till.shop.control("GET", "/journal")["last"]
    press_key("^Check now$")
    till.wait_sent("GET /v1/callback/events", since=since)
    copies = {accessible.name(one) for one in controls(till.find("^Connection information$",
                                                                 "^filler$"))
              if accessible.name(one).startswith("Copy: ")}
    assert len(copies) >= 4, copies
    for name in sorted(copies):
        press_key(f"^{re.escape(name)}$")
    assert pasted(till) in till.texts(till.find("^Connection information$", "^filler$"))
    press_key("^Copy for support$")
    assert "Comptoir" in pasted(till)
    press_key("^Save a report for support$")
    report = read(journey.until(reports, "the report is in Documents")[0])
    assert till.shop.line["client_secret"] not in report and "/callback/events" in report, report
    press_key("^No HubRise account")
    journey.until(lambda: os.path.exists(BROWSER) and "hubrise.com" in read(BROWSER),
                  "the browser is opened")
    press_key("^Failures only$", key="space")
    till.wait_for("^No exchanges|^No failures|^Nothing", "label")
    till.keys("space")
    till.wait_for("^Look for news", journey.ROW, within=EXCHANGES)
    press_key("^Search the exchanges$", key="a")
    till.keys("BackSpace")
    row = FOCUS.after("Tab")
    assert row and re.search(journey.ROW, accessible.role(row)), row and label(row)
    till.keys("Return")
    journey.until(lambda: len(accessible.children(till.root())) > 1 and opened_exchange(till),
                  "the exchange opens")
    till.keys("Escape")


def pasted(till):
    """What is on the clipboard: the words "Copied" are gone before a slow program is read."""
    press_key("^Search the exchanges$", key="ctrl+v")
    entry = till.find("^Search the exchanges$")
    journey.until(lambda: typed(entry), "something was copied")
    words = typed(entry)
    till.keys("ctrl+a", "BackSpace")
    journey.until(lambda: not typed(entry), "the search is empty again")
    return words


def typed(entry):
    return next((accessible.text(one) for one in controls(entry) if accessible.text(one)), "")


def reports():
    return [one.path for one in os.scandir(DOCUMENTS) if one.name.startswith("comptoir-")]


def opened_exchange(till):
    return any("equest" in text for window in accessible.children(till.root())
               if not re.search(f"{journey.MAIN}|{ALERT}", accessible.name(window))
               for text in till.texts(window))


def the_warning_window_never_takes_the_keyboard_but_has_keys(till):
    till.keys("ctrl+1")
    come_in(till, "K7")
    till.window(ALERT)
    journey.until(lambda: till.on_screen(ALERT), "the warning window is up")
    assert till.has_keyboard(journey.MAIN), "it took the keyboard"
    till.focus_window(ALERT)
    check_reached(till.find_window(ALERT))
    press_key("^Quiet for 60 s$")
    press_key("^Hide this window$")
    journey.until(lambda: not till.on_screen(ALERT), "it is hidden")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def stand_in_for_the_browser(folder):
    """What opens web addresses on this desktop writes them to a file."""
    opened, program = os.path.join(folder, "opened"), os.path.join(folder, "browser")
    applications = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
    os.makedirs(applications, exist_ok=True)
    write(program, f'#!/bin/sh\necho "$1" >> {opened}\n')
    os.chmod(program, 0o700)
    write(os.path.join(applications, "browser.desktop"),
          f"[Desktop Entry]\nType=Application\nName=Browser\nExec={program} %u\n"
          "MimeType=x-scheme-handler/https;x-scheme-handler/http;\n")
    write(os.path.join(applications, "mimeapps.list"),
          "[Default Applications]\nx-scheme-handler/https=browser.desktop\n"
          "x-scheme-handler/http=browser.desktop\n")
    return opened


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    with tempfile.TemporaryDirectory() as data, sandbox.Sandbox() as shop:
        with journey.Till(shop, data=data) as till:
            till.connect()
        # once more: what was on the screen before the connection has never been in this one
        with journey.Till(shop, data=data) as till:
            till.wait_for("^Connected$", "label")
            till.focus_window()
            journey.run(every_control_of_web_orders_is_named_and_reached,
                        every_control_of_the_detail_is_named_and_reached,
                        shortcuts_do_what_the_help_says, f11_fills_the_screen,
                        an_order_is_accepted_by_keyboard, another_time_is_chosen_by_keyboard,
                        an_order_is_rejected_by_keyboard, a_rejection_is_undone_by_keyboard,
                        the_magnifier_is_opened_and_left_by_keyboard,
                        the_warning_window_never_takes_the_keyboard_but_has_keys,
                        tabs_views_and_menu_are_pressed_by_keyboard,
                        every_control_of_the_hubrise_page_is_named_and_reached,
                        the_hubrise_page_is_pressed_by_keyboard,
                        every_control_of_the_preferences_is_named_and_reached, till=till)


with tempfile.TemporaryDirectory() as desktop:
    FOCUS = journey.Focus()
    BROWSER = stand_in_for_the_browser(desktop)
    DOCUMENTS = os.path.join(desktop, "Documents")
    os.mkdir(DOCUMENTS)
    write(os.path.join(os.environ["XDG_CONFIG_HOME"], "user-dirs.dirs"),
          f'XDG_DOCUMENTS_DIR="{DOCUMENTS}"\n')
    main()
