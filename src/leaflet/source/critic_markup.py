"""CriticMarkup: changes and comments in a source, which print as accepted, refused or marked."""

from __future__ import annotations

import re
from html import escape

from msgspec import Struct

from leaflet.model.metadata import ShownChanges

CODE = (
    r"(?P<fenced>^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|.*\Z))"
    r"|(?P<span>(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)(?P=ticks)(?!`))|(?P<escaped>\\\{)"
)
CHANGE = (
    r"|\{(?:\+\+(?P<inserted>.*?)\+\+|--(?P<deleted>.*?)--|~~(?P<old>.*?)~>(?P<new>.*?)~~|>>(?P<note>.*?)<<"
    r"|==(?P<marked>.*?)==)\}"
)
PATTERN = re.compile(CODE + CHANGE, re.DOTALL | re.MULTILINE)
OPENINGS = ("{++", "{--", "{~~", "{>>", "{==")
PARAGRAPHS = re.compile(r"(\n[ \t]*\n\s*)")
BLOCK_MARK = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+)?")


class MarkedText(Struct, frozen=True, kw_only=True):
    """A text without CriticMarkup; ``changes`` counts the changes and comments that were in it."""

    text: str
    changes: int = 0
    first_line: int | None = None
    """The line of the first of them, from 1."""


def without_critic_markup(text: str, shown: ShownChanges, *, first_line: int) -> MarkedText:
    """Return ``text`` as it prints; every line keeps its number, and lines before ``first_line`` (from 0) stay as they are.

    Nothing in code is changed, nor after a backslash.
    """
    if not any(opening in text for opening in OPENINGS):
        return MarkedText(text=text)
    lines = text.split("\n")
    before, body = "\n".join(lines[:first_line]), "\n".join(lines[first_line:])
    count, first = 0, None

    def replaced(found: re.Match[str]) -> str:
        nonlocal count, first
        if found["fenced"] or found["span"] or found["escaped"]:
            return found[0]
        count += 1
        if first is None:
            first = first_line + body.count("\n", 0, found.start()) + 1
        made = _printed(found, shown)
        return made + "\n" * (found[0].count("\n") - made.count("\n"))

    made = PATTERN.sub(replaced, body)
    return MarkedText(text=f"{before}\n{made}" if first_line else made, changes=count, first_line=first)


def _printed(found: re.Match[str], shown: ShownChanges) -> str:
    inserted, deleted = found["inserted"] or found["new"] or "", found["deleted"] or found["old"] or ""
    if found["marked"] is not None:
        return _marked("mark", found["marked"]) if shown is ShownChanges.SHOW else found["marked"]
    if found["note"] is not None:
        note = " ".join(found["note"].split())
        return f" <small>[{escape(note, quote=False)}]</small>" if shown is ShownChanges.SHOW and note else ""
    match shown:
        case ShownChanges.ACCEPT:
            return inserted
        case ShownChanges.REJECT:
            return deleted
        case ShownChanges.SHOW:
            return _marked("del", deleted) + _marked("ins", inserted)


def _marked(name: str, text: str) -> str:
    """Return words within an element of HTML; each of several paragraphs has its own."""
    parts = PARAGRAPHS.split(text)
    return "".join(part if number % 2 else _element(name, part) for number, part in enumerate(parts))


def _element(name: str, text: str) -> str:
    found = BLOCK_MARK.match(text)
    at = found.end() if found and "\n" not in found[0].strip(" \t") else 0
    rest = text[at:].rstrip()
    return f"{text[:at]}<{name}>{rest}</{name}>{text[at + len(rest) :]}" if rest else text
