"""Texts of the front matter with their emphasis: plain words for everything that takes no markup, and HTML for the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it.token import Token
from msgspec import Struct

from leaflet.source.typography import Typographer, dashes

MARKED = re.compile(
    r"(?<![\w\\*])(?P<mark>\*\*\*|\*\*|__|\*|_)(?=\S)(?P<words>(?:(?!\n\s*\n).)+?)(?<=[^\s\\])(?P=mark)(?![\w*])"
    r"|(?<![\w`])`(?P<code>[^`\n]+)`"
    r"|(?<=[\w)])~(?P<sub>[^~\s]{1,20})~|(?<=[\w)])\^(?P<sup>[^^\s]{1,20})\^"
    r"|\\(?P<command>textbf|emph|textit|textsl|textsf|textrm|textsc|textup|texttt|mbox|textsubscript|textsuperscript)"
    r"\{(?P<argument>[^{}]*)\}|\\(?P<name>LaTeX|TeX)(?:\{\}|\b)"
    r"|<(?P<tag>sub|sup|em|strong|i|b)>(?P<inner>[^<]*)</(?P=tag)>"
    r"|(?<!!)\[(?P<link>[^\[\]\n]+)\](?:\((?:https?|mailto):[^\s()]*\)|\{[.#][^{}\n]*\})",
    re.DOTALL,
)
TAGS = {"***": ("strong", "em"), "**": ("strong",), "__": ("strong",), "*": ("em",), "_": ("em",)}
COMMANDS = {
    "textbf": ("strong",),
    "emph": ("em",),
    "textit": ("em",),
    "textsl": ("em",),
    "texttt": ("code",),
    "textsubscript": ("sub",),
    "textsuperscript": ("sup",),
}
"""The elements that commands of LaTeX mean; others leave their words."""
SAME = {"i": "em", "b": "strong"}


class RichText(Struct, frozen=True, kw_only=True):
    """A text of the front matter: its words alone, and its HTML, which is empty where nothing is marked."""

    plain: str
    html: str = ""


def rich_text(text: str, language: str, *, spaces: bool = False) -> RichText:
    """Return ``text`` with the typography of its language; marks that Markdown gives no meaning print as they are.

    With ``spaces`` it has those that no line may break at, which no title may have: catalogues and citations copy it.

    >>> rich_text("On *Bellis perennis*", "en").html
    'On <em>Bellis perennis</em>'
    """
    tokens = list(_tokens(text))
    typographer = Typographer(language)
    if any('"' in token.content or "'" in token.content for token in tokens if token.type == "text"):
        typographer.quotes(tokens)
    for token in tokens:
        if token.type == "text":
            token.content = typographer.spaces(dashes(token.content)) if spaces else dashes(token.content)
    plain = "".join(token.content for token in tokens)
    if all(token.type == "text" for token in tokens):
        return RichText(plain=plain)
    return RichText(plain=plain, html="".join(map(_html, tokens)))


def _tokens(text: str) -> Iterator[Token]:
    """Yield the text as inline tokens, those of Markdown's own names, so that typography sees what belongs together."""
    position = 0
    for found in MARKED.finditer(text):
        if found.start() > position:
            yield Token("text", "", 0, content=text[position : found.start()])
        position = found.end()
        if found["link"] is not None:
            yield from _tokens(found["link"])
        elif found["name"] is not None:
            yield Token("text", "", 0, content=found["name"])
        elif found["code"] is not None:
            yield Token("code_inline", "code", 0, content=found["code"])
        else:
            yield from _wrapped(found)
    if position < len(text):
        yield Token("text", "", 0, content=text[position:])


def _wrapped(found: re.Match[str]) -> Iterator[Token]:
    kind = next((name for name in ("sub", "sup") if found[name] is not None), None)
    tags: tuple[str, ...] = (kind,) if kind else (SAME.get(found["tag"], found["tag"]),)
    if found["mark"] or found["command"]:
        tags = TAGS[found["mark"]] if found["mark"] else COMMANDS.get(found["command"], ())
    parts = (found["sub"], found["sup"], found["words"], found["inner"], found["argument"])
    inner = next(part for part in parts if part is not None)
    for tag in tags:
        yield Token(f"{tag}_open", tag, 1)
    yield from _tokens(inner)
    for tag in reversed(tags):
        yield Token(f"{tag}_close", tag, -1)


def _html(token: Token) -> str:
    match token.nesting:
        case 1:
            return f"<{token.tag}>"
        case -1:
            return f"</{token.tag}>"
        case _:
            words = escape(token.content, quote=False)
            return f"<code>{words}</code>" if token.type == "code_inline" else words
