"""Tokens to HTML: the last step, and the only one that escapes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from leaflet.citations.csl.tree import Display, Formatting
from leaflet.citations.output.nodes import Node
from leaflet.citations.output.punctuation import Close, LinkEdge, Open, QuoteMark, QuoteMarks, Token, linearise

_ESCAPES = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})
_TAGS = {
    ("font_style", "italic"): ("<i>", "</i>"),
    ("font_style", "oblique"): ("<em>", "</em>"),
    ("font_style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font_variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font_variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("font_weight", "bold"): ("<b>", "</b>"),
    ("font_weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("font_weight", "light"): ("", ""),
    ("text_decoration", "none"): ('<span style="text-decoration:none;">', "</span>"),
    ("text_decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("vertical_align", "baseline"): ('<span style="baseline">', "</span>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
}
# The default formatting; setting it again prints nothing.
_INITIAL = {
    "font_style": "normal",
    "font_variant": "normal",
    "font_weight": "normal",
    "text_decoration": "none",
    "vertical_align": "baseline",
}
# Texts inside the same emphasis stand out by losing it (CSL's flip-flopping).
_FLIPS = {"italic": "normal", "bold": "normal", "small-caps": "normal"}
# Properties of which an initial value that is set explicitly prints nothing.
_QUIET = frozenset(("font_style", "font_variant", "font_weight"))
_PROPERTIES = tuple(_INITIAL)
_DISPLAY = {
    Display.BLOCK: ('\n\n    <div class="csl-block">', "</div>\n"),
    Display.LEFT_MARGIN: ('\n    <div class="csl-left-margin">', "</div>"),
    Display.RIGHT_INLINE: ('<div class="csl-right-inline">', "</div>\n  "),
    Display.INDENT: ('<div class="csl-indent">', "</div>\n  "),
}


_LEADING = _DISPLAY[Display.LEFT_MARGIN][0] + " "
_TRAILING = " " + _DISPLAY[Display.RIGHT_INLINE][1]


def escape(text: str) -> str:
    """Return text as HTML."""
    return text.translate(_ESCAPES)


def _quoted(address: str) -> str:
    return escape(address).replace('"', "&#34;")


# Raised letters of which Unicode does not say so.
_RAISED = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}


def _raised(char: str) -> str:
    """Return markup for a superscript of Unicode, which many fonts lack."""
    if char.isascii():
        return char
    if char in _RAISED:
        return f"<sup>{_RAISED[char]}</sup>"
    kind, _, code = unicodedata.decomposition(char).partition(" ")
    if kind != "<super>":
        return char
    return f"<sup>{''.join(chr(int(part, 16)) for part in code.split())}</sup>"


def _text(text: str) -> str:
    text = text.translate(_ESCAPES)
    return text if text.isascii() else "".join(map(_raised, text))


def to_html(
    node: Node | None, marks: QuoteMarks, *, links: bool = False, entries: Mapping[str, str] | None = None
) -> str:
    """Return ``node`` as HTML; see ``linearise`` for what becomes a link."""
    return write(linearise(node, marks, links=links, entries=entries))


def write(tokens: Sequence[Token]) -> str:
    """Return tokens as HTML."""
    parts: list[str] = []
    closing: list[str] = []
    states = [_INITIAL]
    for token in tokens:
        if isinstance(token, str):
            parts.append(_text(token))
        elif isinstance(token, QuoteMark):
            parts.append(token.text.translate(_ESCAPES))
        elif isinstance(token, LinkEdge):
            parts.append(f'<a class="cite-link" href="{_quoted(token.link)}">' if token.link else "</a>")
        elif isinstance(token, Close):
            parts.append(closing.pop())
            states.pop()
        else:
            start, end, state = _open(token, states[-1])
            parts.append(start)
            closing.append(end)
            states.append(state)
    return _outer_spaces("".join(parts))


def _outer_spaces(html: str) -> str:
    """Return ``html`` with a space at the outer edge of an entry's display blocks moved outside of them."""
    if html.startswith(_LEADING):
        html = f" {_LEADING[:-1]}{html[len(_LEADING) :]}"
    if html.endswith(_TRAILING):
        html = f"{html[: -len(_TRAILING)]}{_TRAILING[1:]} "
    return html


def _open(token: Open, state: dict[str, str]) -> tuple[str, str, dict[str, str]]:
    """Return the opening markup, the closing markup, and the formatting in between."""
    if token.display is not None:
        return (*_DISPLAY[token.display], state)
    start = end = ""
    if token.link:
        start, end = f'<a href="{_quoted(token.link)}">', "</a>"
    if token.formatting is None:
        return start, end, state
    state = dict(state)
    for name, value in _changes(token.formatting, state, flips=token.flips):
        state[name] = value
        opening, ending = _TAGS[name, value]
        start, end = opening + start, end + ending
    return start, end, state


def _changes(formatting: Formatting, state: dict[str, str], *, flips: bool) -> list[tuple[str, str]]:
    changes = []
    for name in _PROPERTIES:
        value = getattr(formatting, name)
        if value is None:
            continue
        if state[name] == value:
            if flips and value in _FLIPS:
                value = _FLIPS[value]
            elif name in _QUIET and value == "normal":
                continue
        changes.append((name, value))
    return changes
