"""Colours of code, for documents that ask for them: the parts of a program that Pygments finds, in a small palette."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from markupsafe import Markup, escape

from leaflet.design import Style, readable
from leaflet.model.document import CodeBlock, Document
from leaflet.model.walk import all_nodes


class _Lexer(Protocol):
    """The part of a lexer of Pygments that is used here; a token is a tuple of the names of its types."""

    def get_tokens(self, text: str) -> Iterable[tuple[tuple[str, ...], str]]: ...


PALETTE: Mapping[str, str] = {
    "keyword": "#1F3F8F",
    "comment": "#4F5B62",
    "string": "#1E5A34",
    "number": "#8A3A0C",
    "name": "#6A2A78",
}
"""The colour of each kind of token, on a light ground."""
KINDS = {
    "Comment": "comment",
    "Keyword": "keyword",
    "Operator.Word": "keyword",
    "Literal.String": "string",
    "Literal.Number": "number",
    "Keyword.Constant": "number",
    "Name.Function": "name",
    "Name.Class": "name",
    "Name.Tag": "keyword",
    "Name.Attribute": "name",
    "Name.Decorator": "name",
    "Name.Namespace": "name",
    "Name.Variable": "name",
    "Generic.Heading": "keyword",
    "Generic.Subheading": "keyword",
    "Generic.Inserted": "string",
    "Generic.Deleted": "number",
    "Generic.Prompt": "comment",
    "Generic.Output": "comment",
}
"""The kind of each type of token that Pygments has; a type that is not here has the kind of the type above it."""
LINE = re.compile(r"[^\n]*\n|[^\n]+")
WITHOUT = frozenset({"", "text", "txt", "plain", "plaintext", "none"})
"""Names of languages that ask for no colours."""


def code_css(document: Document, style: Style) -> str:
    """Return the colours as CSS variables; nothing where no code is coloured."""
    if not document.metadata.code_colours or not any(isinstance(node, CodeBlock) for node in all_nodes(document)):
        return ""
    return palette_css(style)


def palette_css(style: Style) -> str:
    """Return the colours as CSS variables for the ground that code has in ``style``."""
    ground = style.tokens["tint"]
    values = (f"--code-{kind}: {readable(colour, ground)}" for kind, colour in PALETTE.items())
    return f":root {{ {'; '.join(values)} }}\n"


def unknown_languages(document: Document) -> tuple[str, ...]:
    """Return the languages of code in ``document`` that have no colours, in the order of the text."""
    nodes = [node for node in all_nodes(document) if isinstance(node, CodeBlock)]
    return tuple(dict.fromkeys(_name(node) for node in nodes if _name(node) not in WITHOUT and _lexer(node) is None))


def coloured_lines(node: CodeBlock) -> list[Markup] | None:
    """Return the lines of a code block with their tokens marked; None where its language is none or unknown."""
    lexer = _lexer(node)
    if lexer is None:
        return None
    lines: list[Markup] = []
    text = ""
    for token, words in lexer.get_tokens(node.text):
        kind = _kind(token)
        text += words
        for part in lines_of(words):
            if not lines or lines[-1].endswith("\n"):
                lines.append(Markup())
            lines[-1] += _marked(part, kind)
    return lines if text == node.text else None


def lines_of(text: str) -> list[str]:
    """Return the lines of ``text`` with their ends."""
    return LINE.findall(text)


def _marked(part: str, kind: str | None) -> Markup:
    words = part.rstrip("\n")
    marked = Markup('<span class="code-{}">{}</span>').format(kind, words) if kind and words.strip() else escape(words)
    return marked + part[len(words) :]


def _kind(token: tuple[str, ...]) -> str | None:
    """Return the kind of a token: that of its own type, or else of the nearest type above it."""
    return next((KINDS[name] for end in range(len(token), 0, -1) if (name := ".".join(token[:end])) in KINDS), None)


def _name(node: CodeBlock) -> str:
    return (node.language or "").strip("{}., ").lower()


def _lexer(node: CodeBlock) -> _Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    if _name(node) in WITHOUT:
        return None
    try:
        found: _Lexer = get_lexer_by_name(_name(node), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return found
