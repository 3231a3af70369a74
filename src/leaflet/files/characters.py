"""Characters that no source may hold: those that no page can print, and those that change the direction of text unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
TURNING = re.compile("[\u202a-\u202e]")
ISOLATES = "\u2066\u2067\u2068"
POP_ISOLATE = "\u2069"
ISOLATE = re.compile(f"[{ISOLATES}{POP_ISOLATE}]")

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a character (a surrogate), which no file in UTF-8 can hold."""
MOST_ACCENTS = 30
"""Accents on one letter, as in the stream-safe form of Unicode (UAX #15); shaping takes the square of their number."""
ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    f"{{{MOST_ACCENTS + 1},}}"
)

NAMES = {
    0x00: "NUL",
    0x0B: "a vertical tab",
    0x0C: "a form feed",
    0x2028: "a line separator",
    0x2029: "a paragraph separator",
}


def forbidden(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the index of each forbidden character of ``text``, with what is wrong with it and the cure."""
    if text.isascii() and text.isprintable():
        return
    for found in CONTROL.finditer(text):
        code = ord(found[0])
        what = f"{NAMES[code]} (U+{code:04X})" if code in NAMES else f"the control character U+{code:04X}"
        yield found.start(), f"{what} is in the text", "delete it; pasted text often brings it"
    for found in TURNING.finditer(text):
        message = f"the character U+{ord(found[0]):04X} turns the direction of the text unseen"
        yield found.start(), message, "delete it, and mark the words by [words]{dir=rtl} or {dir=ltr}"
    for found in ACCENTS.finditer(text):
        message = f"{len(found[0]):,} accents are on one letter, and {MOST_ACCENTS} are the most"
        yield found.start(), message, "delete the others"
    for line in re.finditer("[^\n]+", text):
        yield from _unpaired(line[0], line.start())


def _unpaired(line: str, start: int) -> Iterator[tuple[int, str, str]]:
    """Yield isolates without a partner in their line; those that are closed in it are harmless."""
    open_at: list[int] = []
    for found in ISOLATE.finditer(line):
        if found[0] in ISOLATES:
            open_at.append(found.start())
        elif open_at:
            open_at.pop()
        else:
            open_at.append(found.start())
    for place in open_at:
        message = (
            f"the character U+{ord(line[place]):04X} turns the direction of the text and has no partner in its line"
        )
        yield start + place, message, "close it with U+2069 in the same line, or delete it"


def without_forbidden(text: str) -> str:
    """Return ``text`` without its forbidden characters."""
    text = ACCENTS.sub(lambda found: found[0][:MOST_ACCENTS], text)
    places = {place for place, _, _ in forbidden(text)}
    return "".join(character for place, character in enumerate(text) if place not in places) if places else text
