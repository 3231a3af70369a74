"""Markdown between the tags of a block of HTML, which pandoc and kramdown read: emphasis, code and links."""

from __future__ import annotations

import re
from html import escape, unescape

PART = re.compile(r"(<(?P<name>pre|code|script|style)\b.*?</(?P=name)\s*>|<[^>]*>)", re.DOTALL | re.IGNORECASE)
MARKED = re.compile(
    r"(?<!!)\[(?P<words>(?:[^\[\]\\]|\\.)+)\]\((?P<address>(?:https?://|mailto:|\#)[^\s()<>\"]+)(?:\s+(?:\"[^\"]*\"|&quot;.*?&quot;))?\)"
    r"|(?<![\\\w*])(?P<mark>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=mark)(?![\w*])"
    r"|(?<![\\\w*])(?P<sign>[*_])(?=[^\s*_])(?P<slanted>[^*_]+?)(?<=\S)(?P=sign)(?![\w*])"
    r"|(?<![\w`])`(?P<code>[^`]+)`",
    re.DOTALL,
)


def with_markdown(html: str) -> str:
    """Return safe HTML with the Markdown in its text as elements; what is code already stays as it is.

    >>> with_markdown("<p>See **this**</p>")
    '<p>See <strong>this</strong></p>'
    """
    parts = PART.split(html)
    # Every third part is the name of an element that holds code, the one before it a tag or such an element.
    return "".join(
        _read(part) if at % 3 == 0 else part for at, part in enumerate(parts) if at % 3 != 2 and part is not None
    )


def _read(text: str) -> str:
    return MARKED.sub(_element, text)


def _element(found: re.Match[str]) -> str:
    if found["words"] is not None:
        address = escape(unescape(found["address"]))
        return f'<a href="{address}">{_read(found["words"])}</a>'
    if found["bold"] is not None:
        return f"<strong>{_read(found['bold'])}</strong>"
    if found["slanted"] is not None:
        return f"<em>{_read(found['slanted'])}</em>"
    return f"<code>{found['code']}</code>"
