"""References to places of the leaflet itself, written as citations of a figure, a table or a section."""

from __future__ import annotations

import re
from html import unescape

from leaflet.errors import Location
from leaflet.files import suggestion
from leaflet.model.citation import CiteMode
from leaflet.model.document import CrossReference, Inline, Text
from leaflet.source.citation_syntax import RawCite
from leaflet.source.tree.context import TreeContext

KINDS = {
    "fig": "figure",
    "tbl": "table",
    "tab": "table",
    "table": "table",
    "figure": "figure",
    "sec": "section",
    "eq": "equation",
    "eqn": "equation",
    "lst": "listing",
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
}
"""Kinds of places by the part of a name before its hyphen or colon, in Quarto and pandoc-crossref."""
NAMED = re.compile(rf"(?P<kind>{'|'.join(KINDS)})[-:.](?=\w)", re.IGNORECASE)


PART = re.compile(r"(?P<whole>.+)-(?P<letter>[a-z])")
"""A picture of a figure with several, as MyST names it: ``fig-map-b``."""


def kind_by_name(name: str) -> str | None:
    """Return the kind of place that a name such as ``fig-map`` belongs to."""
    found = NAMED.match(name)
    return KINDS[found["kind"].lower()] if found else None


def is_reference(cites: tuple[RawCite, ...], context: TreeContext) -> bool:
    """Return whether all that is cited are places of the leaflet, or are named like such."""
    return all(_is_place(cite.key, context) or kind_by_name(cite.key) is not None for cite in cites)


def _is_place(name: str, context: TreeContext) -> bool:
    part = PART.fullmatch(name)
    return _target(name, context) is not None or (part is not None and _target(part["whole"], context) is not None)


def references(cites: tuple[RawCite, ...], place: Location, context: TreeContext) -> list[Inline]:
    """Return the references of one citation's brackets, with commas between them."""
    parts: list[Inline] = []
    for cite in cites:
        parts += [Text(text=", ")] if parts else []
        parts += one_reference(
            cite.key, place, context, words=_plain(cite.prefix), bare=cite.mode is CiteMode.SUPPRESS_AUTHOR
        )
        parts += [Text(text=_plain(cite.suffix))] if cite.suffix.strip() else []
        if cite.locator is not None:
            parts.append(Text(text=f", {cite.locator}"))
    return parts


def one_reference(
    name: str, place: Location, context: TreeContext, *, words: str = "", bare: bool = False, titled: bool = False
) -> list[Inline]:
    """Return the reference to a place, which is looked for when the whole source has been read."""
    target, letter = _target(name, context) or name, ""
    if target not in context.places and (part := PART.fullmatch(name)) and _target(part["whole"], context):
        target, letter = _target(part["whole"], context) or name, part["letter"]
    context.references.append((target, place))
    before = (Text(text=words),) if words else ()
    found: list[Inline] = [CrossReference(target=target, location=place, words=before, bare=bare, titled=titled)]
    return [*found, Text(text=letter)] if letter else found


def check_references(context: TreeContext) -> None:
    """Report each reference to a place that is not there."""
    for target, place in context.references:
        if target not in context.places:
            hint = suggestion(target, context.places) or "give the place this name: {#" + target + "}"
            context.warn(f'there is no place called "{target}" to refer to', place, hint)


def _target(name: str, context: TreeContext) -> str | None:
    """Return the name of the place, which a reference may write with a capital."""
    if name in context.places:
        return name
    lowered = name[:1].lower() + name[1:]
    return lowered if lowered in context.places else None


def _plain(rich: str) -> str:
    return unescape(re.sub(r"</?[a-z]+>", "", rich))
