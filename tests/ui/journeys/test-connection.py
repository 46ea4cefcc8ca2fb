#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From not connected to connected and back, as a manager does it."""

import os
import urllib.parse

import journey
from journey import accessible, sandbox

CODE = "^Code, or the whole address"
DIALOG = "^Connect to HubRise$"


def open_dialog(till):
    till.press_button("^Connect$")
    return till.window(DIALOG)


def send(till, dialog, text):
    till.type(till.wait_for(CODE, "text|entry", under=dialog), text)
    till.press_button("^Connect$", under=dialog)


def fresh_code(shop):
    return shop.control("POST", "/code", {})["code"]


def redirected(till, dialog, code):
    """The address a browser on another computer ends on, from the one the dialog shows."""
    shown = till.wait_for("/oauth2/v1/authorize", "label", under=dialog)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(accessible.name(shown)).query)
    return query["redirect_uri"][0] + "?" + urllib.parse.urlencode(
        {"code": code, "state": query["state"][0]})


def wait_connected(till):
    till.wait_for("^Connected$", "label")
    till.wait_closed(DIALOG)
    location = till.shop.state()["locations"][0]
    catalog = till.shop.state()["catalogs"][0]
    assert any(one["live"] for one in till.shop.state()["connections"]), "the shop knows of none"
    for words in (location["name"], location["id"], catalog["name"], catalog["id"]):
        till.wait_for(f"^{words}$", "label", within="^Connection to HubRise$")
        till.wait_for(f"^{words}$", "label", within="^Connection information$")


def token_of(till):
    with open(os.path.join(till.data, "shop", "token"), encoding="utf-8") as file:
        return file.read().strip()


def a_code_that_is_wrong_says_why(till):
    dialog = open_dialog(till)
    send(till, dialog, "0000000000")
    till.wait_for("^HubRise did not take the code", "label", under=dialog)
    send(till, dialog, redirected(till, dialog, fresh_code(till.shop)).replace("state=", "state=0"))
    till.wait_for("belongs to another attempt", "label", under=dialog)
    assert till.find("^Not connected$", "label"), "it must stay unconnected"
    assert not till.shop.state()["connections"], "the shop must know of no connection"
    till.press_button("^Cancel$", under=dialog)
    till.wait_closed(DIALOG)


def a_pasted_code_connects(till):
    dialog = open_dialog(till)
    send(till, dialog, till.shop.line["code"])
    wait_connected(till)


def disconnecting_gives_the_token_back(till):
    token = token_of(till)
    assert till.shop.status_for(token) == 200
    till.press_button("^Disconnect$")
    till.answer("^Disconnect this till", "Disconnect")
    till.wait_for("^Not connected$", "label")
    journey.until(lambda: till.shop.status_for(token) == 401, "401 for the old token")
    assert not os.path.exists(os.path.join(till.data, "shop", "token"))


def a_whole_redirected_address_connects(till):
    dialog = open_dialog(till)
    send(till, dialog, redirected(till, dialog, fresh_code(till.shop)))
    wait_connected(till)


def main():
    with sandbox.Sandbox() as shop, journey.Till(shop) as till:
        till.wait_for("^Connect$", "button")
        journey.run(a_code_that_is_wrong_says_why, a_pasted_code_connects,
                    disconnecting_gives_the_token_back, a_whole_redirected_address_connects,
                    till=till)


main()
