"""Citations on their way through the stages: what the source asks for and what the citation stage answers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

from leaflet.errors import Location

Item: TypeAlias = Mapping[str, Any]
"""One reference as CSL-JSON says it."""


class CiteMode(StrEnum):
    """The form of a cite in the sentence: ``[@key]``, ``[-@key]`` or ``@key``."""

    NORMAL = "normal"
    SUPPRESS_AUTHOR = "suppress-author"
    NARRATIVE = "narrative"


class Cite(Struct, frozen=True, kw_only=True):
    """One source within a cluster. ``prefix`` and ``suffix`` may hold CSL's own rich text (``<i>``, ``<b>``)."""

    key: str
    mode: CiteMode = CiteMode.NORMAL
    prefix: str = ""
    locator: str | None = None
    label: str | None = None
    """The locator's kind in CSL's words: page, chapter, section, …"""
    suffix: str = ""
    location: Location | None = None


def nested_mark(index: int) -> str:
    """Return the character that marks the place of the citation of that index within a suffix."""
    return chr(0xE100 + index)


class Cluster(Struct, frozen=True, kw_only=True):
    """All sources cited at one place."""

    cites: tuple[Cite, ...]
    in_note: bool = False
    """True where the cluster is in a footnote of the author's already."""


class Reference(Struct, frozen=True, kw_only=True):
    """A source that can be cited: its CSL item and where it is written down."""

    id: str
    item: Item
    location: Location | None = None
    aliases: tuple[str, ...] = ()
    """Other keys under which it may be cited."""


class FormattedCluster(Struct, frozen=True, kw_only=True):
    """A cluster as the style prints it, as safe HTML.

    ``narrative`` is the part that stays in the sentence of a note style's narrative citation; ``note`` says that
    ``html`` belongs in a footnote.
    """

    html: str
    note: bool = False
    narrative: str = ""


def entry_id(key: str) -> str:
    """Return the HTML id of a reference; any key gives a safe and different one."""
    return "ref-" + "".join(char if char.isascii() and char.isalnum() else f"_{ord(char):x}_" for char in key)


class FormattedReference(Struct, frozen=True, kw_only=True):
    """One entry of a reference list, as safe HTML and as plain text."""

    id: str
    html: str
    text: str
    keywords: tuple[str, ...] = ()
    type: str = ""
    annotation: str = ""
    """The bibliography's note about the source, as safe HTML; printed on request."""


class OwnCitation(Struct, frozen=True, kw_only=True):
    """The leaflet itself, cited in one format, for the "Cite this leaflet" box."""

    label: str
    style: str
    html: str
    text: str


class Citations(Struct, frozen=True, kw_only=True):
    """All that the citation stage says of one document.

    ``clusters`` are in document order: the n-th CitationReference met when the document is walked gets the n-th.
    """

    clusters: tuple[FormattedCluster, ...] = ()
    references: tuple[FormattedReference, ...] = ()
    own: tuple[OwnCitation, ...] = ()
    hanging_indent: bool = False
    entry_spacing: int = 1
    second_field_align: str | None = None
    items: tuple[Reference, ...] = ()
    """The cited references themselves, in the order of the list, for machine-readable exports."""
    own_item: Item | None = None
    """The leaflet itself as a CSL item."""
