"""Keys that people can type, for references of programs that number them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from leaflet.model.citation import Item, Reference

IN_NOTE = re.compile(r"^(?:citation key|citekey):\s*(\S+)$", re.IGNORECASE | re.MULTILINE)
"""The line in Zotero's field "Extra" by which users set a key."""
TYPED = re.compile(r"[\w:.#$%&+?<>~/-]+")


def with_readable_keys(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return references by the keys that users gave them in Zotero, or else by first author and year."""
    taken: set[str] = set()
    keyed = []
    for reference in references:
        key = _unique(_given(reference.item) or _made(reference.item), taken)
        taken.add(key)
        item = {name: value for name, value in reference.item.items() if name not in ("id", "citation-key")}
        keyed.append(replace(reference, id=key, item={"id": key, **item}))
    return tuple(keyed)


def _given(item: Item) -> str:
    named = str(item.get("citation-key") or "")
    found = IN_NOTE.search(str(item.get("note") or ""))
    key = named or (found[1] if found else "")
    return key if TYPED.fullmatch(key) else ""


def _made(item: Item) -> str:
    name = ""
    for role in ("author", "editor", "director", "composer", "translator"):
        people = item.get(role)
        first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
        name = str(first.get("family") or first.get("literal") or "")
        if name:
            break
    name = name or str(item.get("publisher") or item.get("title") or "source")
    letters = re.sub(r"\W", "", name.split(",")[0].split(" ")[-1]).lower()
    return (letters or "source") + _year(item)


def _year(item: Item) -> str:
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return str(parts[0][0])
    found = re.search(r"\d{4}", str(issued.get("raw") or issued.get("literal") or ""))
    return str(found[0]) if found else ""


def _unique(key: str, taken: set[str]) -> str:
    marks: tuple[str, ...] = ("", *"bcdefghijklmnopqrstuvwxyz", *(f"-{number}" for number in range(2, len(taken) + 3)))
    return next(key + mark for mark in marks if key + mark not in taken)
