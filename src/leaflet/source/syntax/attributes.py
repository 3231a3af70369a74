"""Attributes in braces, ``{#id .class key=value}``: after spans, links, images and headings, or on a line of their own."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from msgspec.structs import replace

from leaflet.model.document import NO_ATTRIBUTES, Attributes

NAME = r"[^\W\d][\w:.-]*"
PART = re.compile(
    rf"\s*(?:\#(?P<id>[\w:.-]+)|\.(?P<class>-?{NAME})|(?P<dash>-)(?=[\s}}])"
    rf"|(?P<key>{NAME})=(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<bare>[^\s\"'{{}}=<>`]+)))",
    re.DOTALL,
)
ICON = "icon-"
END = re.compile(r"\s*\}")
TRAILING = re.compile(r"(\{(?:[^{}\"\n]|\"[^\"\n]*\")*\})[ \t]*$")
TAKES_ATTRIBUTES = frozenset({"link_close", "image", "code_inline"})


def parse_attributes(text: str, start: int = 0) -> tuple[Attributes, int] | None:
    """Return the attributes that begin with the brace at ``start`` and the position after them, or None.

    >>> parse_attributes("{.lead lang=fr}")[0].classes
    ('lead',)
    """
    if not text.startswith("{", start) or text.startswith("{{", start):
        return None
    position = start + 1
    id_: str | None = None
    classes: list[str] = []
    pairs: dict[str, str] = {}
    while not (end := END.match(text, position)):
        found = PART.match(text, position)
        if not found:
            return None
        if found["id"]:
            id_ = found["id"]
        elif found["class"]:
            classes.append(found["class"])
        elif found["dash"]:
            classes.append("unnumbered")
        else:
            pairs[found["key"]] = _value(found)
        position = found.end()
    if id_ is None and "id" in pairs:
        id_ = pairs.pop("id")
    classes += pairs.pop("class", "").split()
    return Attributes(id=id_, classes=tuple(dict.fromkeys(classes)), pairs=tuple(pairs.items())), end.end()


def _value(found: re.Match[str]) -> str:
    if found["bare"] is not None:
        return found["bare"]
    quoted = found["double"] if found["double"] is not None else found["single"]
    return re.sub(r"\\(.)", r"\1", " ".join(quoted.split("\n")))


def split_trailing(text: str) -> tuple[str, Attributes]:
    """Return ``text`` without the attributes at its end, and these."""
    found = TRAILING.search(text)
    parsed = parse_attributes(found[1]) if found else None
    if not found or not parsed or parsed[1] != len(found[1]):
        return text, NO_ATTRIBUTES
    return text[: found.start()].rstrip(" \t"), parsed[0]


def merge(first: Attributes, second: Attributes) -> Attributes:
    """Merge two sets of attributes; where they disagree, ``second`` wins."""
    return Attributes(
        id=second.id or first.id,
        classes=tuple(dict.fromkeys((*first.classes, *second.classes))),
        pairs=tuple({**dict(first.pairs), **dict(second.pairs)}.items()),
    )


def icon_of(attributes: Attributes) -> str | None:
    """Return the icon that a class such as ``icon-phone`` names."""
    return next((name.removeprefix(ICON) for name in attributes.classes if name.startswith(ICON)), None)


def without(attributes: Attributes, *keys: str) -> Attributes:
    """Return ``attributes`` without the pairs of ``keys``."""
    return replace(attributes, pairs=tuple(pair for pair in attributes.pairs if pair[0] not in keys))


def attributes_plugin(md: MarkdownIt) -> None:
    """Read attributes after inline elements and on lines of their own."""
    md.inline.ruler.push("attributes", _after_inline)
    md.block.ruler.before("fence", "attributes", _own_line)


def _after_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or state.pending or not state.tokens or silent:
        return False
    token = state.tokens[-1]
    parsed = parse_attributes(state.src, state.pos) if token.type in TAKES_ATTRIBUTES else None
    if parsed is None:
        return False
    attributes, state.pos = parsed
    if token.type == "link_close":
        token = next(other for other in reversed(state.tokens) if _opens(other.type, other.level, token.level))
    token.meta["attributes"] = attributes
    return True


def _opens(kind: str, level: int, closing_level: int) -> bool:
    return kind == "link_open" and level == closing_level


def _own_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    parsed = parse_attributes(line)
    if parsed is None or parsed[1] != len(line):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [start, start + 1]
        token.meta["attributes"] = parsed[0]
        state.line = start + 1
    return True
