"""The words of layout files: parts, places of notes and families; and the type sizes that they may set."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PanelPart(StrEnum):
    """The parts of a leaflet that a panel can hold."""

    COVER = "cover"
    AT_A_GLANCE = "at-a-glance"
    BODY = "body"
    WRITE_IN = "write-in"
    EVENT = "event"
    AUTHOR = "author"
    REFERENCES = "references"
    FURTHER_READING = "further-reading"
    RELATED = "related"
    CITE = "cite"
    END_PLATE = "end-plate"


class NotePlace(StrEnum):
    """The place of notes: the foot of the panel of their mark, or the end of the text."""

    FOOT = "foot"
    END = "end"


class LinkPlace(StrEnum):
    """The place of the addresses of links on paper: notes, behind the words, or nowhere."""

    NOTES = "notes"
    INLINE = "inline"
    NONE = "none"


class Family(StrEnum):
    """Layouts that look alike; each family has a CSS file of its name in ``layouts/shared``."""

    FOLDED = "folded"
    LEAF = "leaf"
    BOOKLET = "booklet"
    HANDOUT = "handout"


TYPE_SIZES: Mapping[str, float] = {
    "body": 10.5,
    "line": 14.0,
    "small": 9.25,
    "fine": 8.25,
    "lead": 12.0,
    "title": 34.0,
    "heading": 16.0,
    "phone": 17.0,
    "subtitle": 14.5,
}
"""Sizes in points that a layout has unless its file says otherwise."""
