"""Instructions to other programs: those with a meaning are followed, the others are reported and left out."""

from __future__ import annotations

import re
import shlex

from msgspec import Struct

from leaflet.errors import Location
from leaflet.model.document import Attributes, Block, Code, Division, Figure, Inline, Link, Paragraph, Text
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.images import picture_at

PAGE_BREAK = "page-break"
LEFT_OUT = "take it out, or write here what it would show"


class Call(Struct, frozen=True, kw_only=True):
    """A shortcode taken apart: its name, its arguments, and those with names."""

    name: str
    arguments: tuple[str, ...]
    named: tuple[tuple[str, str], ...]

    def get(self, key: str) -> str | None:
        """Return the value of a named argument, or None."""
        return next((value for name, value in self.named if name == key), None)


def page_break(place: Location) -> Block:
    """Return the end of a page, which layouts without a fold observe."""
    return Division(blocks=(), attributes=Attributes(classes=(PAGE_BREAK,)), location=place)


def shortcode_block(kind: str, body: str, place: Location, context: TreeContext) -> Block | None:
    """Return the block of an instruction on a line of its own, or None."""
    call = _taken_apart(body)
    if kind == "shortcode" and call.name == "pagebreak":
        return page_break(place)
    if kind == "shortcode" and call.name == "figure":
        return _figure(call, place, context)
    inlines = shortcode(kind, body, place, context)
    return Paragraph(children=tuple(inlines), location=place) if inlines else None


def shortcode(kind: str, body: str, place: Location, context: TreeContext) -> list[Inline]:
    """Return the print of an instruction within a line."""
    if kind != "shortcode":
        return _of_other_programs(kind, body, place, context)
    call = _taken_apart(body)
    match call.name:
        case "meta":
            return _value(call, place, context)
        case "kbd":
            return [Code(text=" ".join(call.arguments))]
        case "video" if call.arguments and call.arguments[0].startswith("https://"):
            address = call.arguments[0]
            return [Link(target=address, children=(Text(text=address),), location=place)]
        case _:
            if not call.name.startswith("/"):
                context.tally(
                    "shortcodes for other programs are left out: {}",
                    LEFT_OUT,
                    " ".join(body.split())[:60],
                    place,
                )
            return []


def _of_other_programs(kind: str, body: str, place: Location, context: TreeContext) -> list[Inline]:
    if kind == "contents":
        context.tally(
            "a table of contents is requested here, which leaflet does not make", "take the line out", "", place
        )
    elif kind == "kramdown":
        context.tally("attributes for Jekyll are left out: {}", "write {.name} for a class", body.strip(), place)
    else:
        word = body.split()[0] if body.split() else "{% %}"
        if not word.startswith("end"):
            context.tally("tags for Jekyll are left out: {}", LEFT_OUT, word, place)
    return []


def _value(call: Call, place: Location, context: TreeContext) -> list[Inline]:
    key = call.arguments[0] if call.arguments else ""
    value = context.metadata_words.get(key)
    if value is None:
        hint = "write the words here"
        context.warn(f'the front matter has no text "{key}" to print here', place, hint)
        return []
    return [Text(text=value)]


def _figure(call: Call, place: Location, context: TreeContext) -> Block | None:
    """Return Hugo's figure."""
    caption = call.get("caption") or call.get("title") or ""
    image = picture_at(call.get("src") or "", call.get("alt") or caption, place, context)
    if image is None:
        return None
    return Figure(images=(image,), caption=(Text(text=caption),) if caption else (), location=place)


def _taken_apart(body: str) -> Call:
    try:
        words = shlex.split(body.strip("/ "), posix=True)
    except ValueError:
        words = body.split()
    name = "/" if body.strip().startswith("/") else words[0] if words else ""
    named = [tuple(word.split("=", 1)) for word in words[1:] if re.match(r"[\w-]+=", word)]
    plain = [word for word in words[1:] if not re.match(r"[\w-]+=", word)]
    return Call(name=name, arguments=tuple(plain), named=tuple((key, value) for key, value in named))
