"""Emoji in a text: characters that screens draw in colour, each in a span of its own."""

from __future__ import annotations

import re

from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.model.document import Attributes, Inline, Span, Text

PICTURE = (
    "\U0001f000-\U0001faff\u231a\u231b\u23e9-\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab"
    "\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e"
    "\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
)
"""Unicode's Emoji_Presentation, and the planes of pictures."""
EMOJI = re.compile(
    rf"(?:[{PICTURE}]|[\u00a9\u00ae\u203c-\u3299]\ufe0f|[0-9#*]\ufe0f?\u20e3)"
    rf"(?:[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d[{PICTURE}\u2190-\u2bff]\ufe0f?)*"
)
CLASS = "emoji"
"""The class of the span around an emoji."""


def with_emoji(content: str, place: Location) -> list[Inline]:
    """Return a text as it is, or divided so that each emoji has a span of its own."""
    if not EMOJI.search(content):
        return [Text(text=content, location=place)]
    parts: list[Inline] = []
    position = 0
    for found in EMOJI.finditer(content):
        if found.start() > position:
            parts.append(Text(text=content[position : found.start()], location=_moved(place, position)))
        parts.append(Span(children=(Text(text=found[0]),), attributes=Attributes(classes=(CLASS,))))
        position = found.end()
    if position < len(content):
        parts.append(Text(text=content[position:], location=_moved(place, position)))
    return parts


def _moved(place: Location, characters: int) -> Location:
    return place if place.column is None else replace(place, column=place.column + characters)
