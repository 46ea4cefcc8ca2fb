#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every colour and every opacity that a style sheet gives to a text can be read on each ground the
text may stand on, light and dark: 4.5 to 1 and more. TAP on stdout."""

import os
import re
import sys

UI = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "ui")
SHEETS = ("style.css", "orders/orders.css", "stock/stock.css")
LEAST = 4.5
GROUNDS = ("window_bg_color", "view_bg_color", "card_bg_color", "headerbar_bg_color")

# libadwaita's own, of the oldest version that is supported.
LIBADWAITA = {
    "light": {"window_bg_color": "#fafafa", "window_fg_color": "rgba(0,0,0,0.8)",
              "view_bg_color": "#ffffff", "view_fg_color": "#000000",
              "headerbar_bg_color": "#ebebeb", "card_bg_color": "#ffffff",
              "card_fg_color": "rgba(0,0,0,0.8)", "accent_bg_color": "#3584e4",
              "accent_fg_color": "#ffffff", "accent_color": "#1c71d8",
              "error_color": "#c01c28", "warning_color": "#905400", "success_color": "#1b8553",
              "error_bg_color": "#e01b24", "error_fg_color": "#ffffff"},
    "dark": {"window_bg_color": "#242424", "window_fg_color": "#ffffff",
             "view_bg_color": "#1e1e1e", "view_fg_color": "#ffffff",
             "headerbar_bg_color": "#303030", "card_bg_color": "rgba(255,255,255,0.08)",
             "card_fg_color": "#ffffff", "accent_bg_color": "#3584e4",
             "accent_fg_color": "#ffffff", "accent_color": "#78aeed",
             "error_color": "#ff7b63", "warning_color": "#f8e45c", "success_color": "#8ff0a4",
             "error_bg_color": "#c01c28", "error_fg_color": "#ffffff"},
}


def read(name):
    with open(os.path.join(UI, name), encoding="utf-8") as sheet:
        return re.sub(r"/\*.*?\*/", "", sheet.read(), flags=re.S)


def defined(text):
    return dict(re.findall(r"@define-color\s+(\w+)\s+([^;]+);", text))


def rules(text):
    """(selector, {property: value}) of every rule."""
    for selector, body in re.findall(r"([^{};]+)\{([^}]*)\}", text):
        pairs = (one.split(":", 1) for one in body.split(";") if ":" in one)
        yield " ".join(selector.split()), {key.strip(): value.strip() for key, value in pairs}


class Palette:
    """The named colours of one scheme."""

    def __init__(self, scheme):
        self.named = dict(LIBADWAITA[scheme])
        for sheet in SHEETS + (("style-dark.css",) if scheme == "dark" else ()):
            self.named.update(defined(read(sheet)))

    def colour(self, value):
        """(red, green, blue, alpha) from 0 to 1."""
        value = value.strip()
        if value.startswith("@"):
            return self.colour(self.named[value[1:]])
        if value.startswith("#"):
            return (*(int(value[at:at + 2], 16) / 255 for at in (1, 3, 5)), 1.0)
        if value in ("white", "black"):
            return (1.0, 1.0, 1.0, 1.0) if value == "white" else (0.0, 0.0, 0.0, 1.0)
        name, inside = re.fullmatch(r"(\w+)\s*\((.*)\)", value).groups()
        parts = [one.strip() for one in inside.split(",")]
        if name == "rgba":
            return (*(int(one) / 255 for one in parts[:3]), float(parts[3]))
        if name == "alpha":
            red, green, blue, alpha = self.colour(parts[0])
            return (red, green, blue, alpha * float(parts[1]))
        if name == "mix":
            one, other, share = self.colour(parts[0]), self.colour(parts[1]), float(parts[2])
            return tuple(a + (b - a) * share for a, b in zip(one, other))
        raise ValueError(f"a colour this test does not know: {value}")

    def ground(self, name):
        """Cards are half transparent on a dark window."""
        return over(self.colour("@" + name), self.colour("@window_bg_color"))


def over(top, bottom):
    return (*(a * top[3] + b * (1 - top[3]) for a, b in zip(top[:3], bottom[:3])), 1.0)


def luminance(colour):
    parts = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
             for one in colour[:3])
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts))


def contrast(text, ground):
    text = luminance(over(text, ground))
    ground = luminance(ground)
    return (max(text, ground) + 0.05) / (min(text, ground) + 0.05)


def text_colour(palette, properties):
    """None where the rule says nothing of its text."""
    value = properties.get("color")
    if value in (None, "currentColor", "inherit"):
        if "opacity" not in properties:
            return None
        value = "@window_fg_color"
    red, green, blue, alpha = palette.colour(value)
    return (red, green, blue, alpha * float(properties.get("opacity", 1)))


def grounds(palette, properties):
    under = [(name, palette.ground(name)) for name in GROUNDS]
    own = properties.get("background-color", "none")
    if own == "none" or "currentColor" in own:
        return under
    return [(f"{own} on {name}", over(palette.colour(own), ground)) for name, ground in under]


def check(scheme):
    palette, count, least, unreadable = Palette(scheme), 0, 99, []
    for sheet in SHEETS:
        for selector, properties in rules(read(sheet)):
            text = text_colour(palette, properties)
            for name, ground in grounds(palette, properties) if text else ():
                ratio = contrast(text, ground)
                count, least = count + 1, min(least, ratio)
                if ratio < LEAST:
                    unreadable.append(f"{sheet}: {selector} on {name}: {ratio:.2f}")
    print(f"# {scheme}: {count} pairs, the least {least:.2f} to 1")
    for line in unreadable:
        print(f"# {line}")
    return count > 30 and not unreadable


def main():
    print("1..2")
    failed = 0
    for number, scheme in enumerate(LIBADWAITA, 1):
        passed = check(scheme)
        failed += not passed
        print(f"{'ok' if passed else 'not ok'} {number} - the texts can be read, {scheme}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
