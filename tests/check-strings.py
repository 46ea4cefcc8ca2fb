#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the translations complete.

    check-strings.py potfiles        po/POTFILES.in names every file with strings, and no other
    check-strings.py french          every string has a French one, none of them doubtful
    check-strings.py update          rewrites po/POTFILES.in and merges new strings into po/*.po
    check-strings.py pseudo FOLDER   writes FOLDER/en_XA/LC_MESSAGES/comptoir.mo, in which every
                                     string stands between ⟦ and ⟧: what shows without them on a
                                     screen in that language was never marked for translation
"""

import os
import re
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PO = os.path.join(ROOT, "po")
DOMAIN = "comptoir"
IN_C = re.compile(r"(?<![\w>])(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?|g_dgettext) ?\(")
IN_UI = re.compile(r"translatable=\"(yes|true|1)\"")
# What meson's preset "glib" passes, so that both see the same strings.
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dcgettext:2", "g_dngettext:2,3",
            "g_dpgettext2:2c,3")


def run(*argv, **options):
    return subprocess.run(argv, check=True, cwd=ROOT, text=True, capture_output=True, **options)


def has_strings(path):
    if path.endswith((".desktop.in", ".metainfo.xml.in")):
        return True
    pattern = IN_C if path.endswith((".c", ".h")) else IN_UI if path.endswith(".ui") else None
    if not pattern:
        return False
    with open(os.path.join(ROOT, path), encoding="utf-8") as text:
        source = re.sub(r"/\*.*?\*/", "", text.read(), flags=re.S)
        return bool(pattern.search(source))


def files_with_strings():
    found = []
    for top in ("data", "src"):
        for folder, _, files in os.walk(os.path.join(ROOT, top)):
            paths = (os.path.relpath(os.path.join(folder, name), ROOT) for name in files)
            found.extend(path for path in paths if has_strings(path))
    return sorted(found)


def listed_files():
    with open(os.path.join(PO, "POTFILES.in"), encoding="utf-8") as listed:
        return [line.strip() for line in listed if line.strip() and not line.startswith("#")]


def languages():
    with open(os.path.join(PO, "LINGUAS"), encoding="utf-8") as listed:
        return [line.strip() for line in listed if line.strip() and not line.startswith("#")]


def check_potfiles():
    wanted, listed = files_with_strings(), listed_files()
    for path in sorted(set(wanted) - set(listed)):
        print(f"po/POTFILES.in: {path} has strings and is not named")
    for path in sorted(set(listed) - set(wanted)):
        print(f"po/POTFILES.in: {path} has no strings")
    if len(set(listed)) != len(listed):
        print("po/POTFILES.in: a file is named twice")
    return 0 if sorted(listed) == wanted else 1


def extract(pot):
    """Every string of the files with strings, as a template."""
    run("xgettext", "--from-code=UTF-8", "--add-comments=TRANSLATORS", "--add-location=file",
        f"--package-name={DOMAIN}", *(f"--keyword={k}" for k in KEYWORDS), "--flag=N_:1:pass-c-format",
        "--flag=C_:2:pass-c-format", "--flag=g_dngettext:2:pass-c-format", "-o", pot,
        *files_with_strings())
    # a charset, in case a source has none but plain letters
    with open(pot, encoding="utf-8") as source:
        text = source.read().replace("charset=CHARSET", "charset=UTF-8")
    with open(pot, "w", encoding="utf-8") as out:
        out.write(text)


def statistics(po):
    """msgfmt's own words, e.g. "12 translated messages, 1 untranslated message."""
    env = dict(os.environ, LC_ALL="C", LANGUAGE="C")
    done = subprocess.run(["msgfmt", "-c", "--statistics", "-o", os.devnull, po], check=False, env=env,
                          text=True, capture_output=True)
    return done.returncode, done.stderr.strip()


def check_french():
    with tempfile.TemporaryDirectory() as folder:
        pot, merged = os.path.join(folder, "new.pot"), os.path.join(folder, "fr.po")
        extract(pot)
        run("msgmerge", "-q", "--no-fuzzy-matching", "-o", merged, os.path.join(PO, "fr.po"), pot)
        failed, said = statistics(merged)
        print(f"po/fr.po: {said}")
        with open(pot, encoding="utf-8") as source:
            cut = re.findall(r'^(?:msgid )?"(.*[^%]%)"$', source.read(), flags=re.M)
        if cut:
            print("cut by a macro such as G_GINT64_FORMAT, give it %s and a text instead:", *cut)
            return 1
        if failed or "untranslated" in said or "fuzzy" in said:
            print(run("msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", merged).stdout)
            return 1
    return 0


def update():
    with open(os.path.join(PO, "POTFILES.in"), "w", encoding="utf-8") as out:
        out.write("".join(f"{path}\n" for path in files_with_strings()))
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "new.pot")
        extract(pot)
        for language in languages():
            po = os.path.join(PO, f"{language}.po")
            run("msgmerge", "-q", "--update", "--backup=none", "--no-fuzzy-matching",
                "--add-location=file", po, pot)
            # the time of the template says nothing and is in every merge's way
            run("sed", "-i", "/^\"POT-Creation-Date/d", po)
            run("msgattrib", "--no-obsolete", "--add-location=file", "-o", po, po)
            print(f"po/{language}.po: {statistics(po)[1]}")
    return 0


def between_marks(text):
    """Strings without a word, such as a decimal separator, stay as they are."""
    words = re.sub(r"%[\d$ .*+-]*l*[a-zA-Z]", "", text)
    return f"⟦{text}⟧" if re.search(r"[^\W\d_]", words) else text


def read_catalogue(path):
    """The pairs of a .mo file as bytes, plural forms still joined by NUL."""
    with open(path, "rb") as source:
        data = source.read()
    count, originals, translations = struct.unpack_from("<3I", data, 8)
    for number in range(count):
        pair = []
        for table in (originals, translations):
            length, offset = struct.unpack_from("<2I", data, table + 8 * number)
            pair.append(data[offset:offset + length])
        yield pair


def write_catalogue(path, pairs):
    """A .mo file without a hash table, which is optional."""
    start = 28 + 16 * len(pairs)
    tables, texts = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<2I", len(pair[column]), start + len(texts))
            texts += pair[column] + b"\0"
    with open(path, "wb") as out:
        out.write(struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0))
        out.write(tables[0] + tables[1] + texts)


def pseudo(folder):
    target = os.path.join(folder, "en_XA", "LC_MESSAGES")
    os.makedirs(target, exist_ok=True)
    env = dict(os.environ, LC_ALL="C.UTF-8")
    with tempfile.TemporaryDirectory() as scratch:
        pot, po, mo = (os.path.join(scratch, f"a.{end}") for end in ("pot", "po", "mo"))
        extract(pot)
        run("msgen", "-o", po, pot, env=env)
        with open(po, encoding="utf-8") as source:
            text = source.read()
        with open(po, "w", encoding="utf-8") as out:
            out.write(text.replace("INTEGER", "2").replace("EXPRESSION", "(n != 1)"))
        run("msgfmt", "--endianness=little", "-o", mo, po, env=env)
        pairs = list(read_catalogue(mo))
    marked = [(key, text if not key else "\0".join(
        between_marks(form) for form in text.decode().split("\0")).encode()) for key, text in pairs]
    path = os.path.join(target, f"{DOMAIN}.mo")
    write_catalogue(path, marked)
    print(path)
    return 0


def main():
    modes = {"potfiles": check_potfiles, "french": check_french, "update": update, "pseudo": pseudo}
    if len(sys.argv) < 2 or sys.argv[1] not in modes:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return modes[sys.argv[1]](*sys.argv[2:])
    except subprocess.CalledProcessError as failure:
        print(failure.stderr, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
