"""HTML of the citation engine, changed for a page: links to entries, line breaks in addresses, numbers in margins."""

from __future__ import annotations

import re
from collections.abc import Container
from html import unescape

from markupsafe import Markup

from leaflet.html.unbroken_words import unbroken_citation
from leaflet.html.url_breaks import with_breaks_between

_CITE_LINK = re.compile(r'<a class="cite-link" href="([^"]*)">(.*?)</a>', re.DOTALL)
_LINK_TEXT = re.compile(r"(<a\b[^>]*>)([^<]*)(</a>)")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org/|10\.\d{4,}/)")
_CHARACTER = re.compile(r"&(?:#\w+|\w+);|.", re.DOTALL)
_NUMBERED = re.compile(
    r'\s*<div class="csl-left-margin">(?P<number>.*?)</div>\s*<div class="csl-right-inline">(?P<entry>.*?)</div>\s*',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def with_links(html: str, entries: Container[str]) -> Markup:
    """Return a citation with only those of its links that lead to one of ``entries``, addresses such as ``#ref-a``."""
    linked = _CITE_LINK.sub(lambda link: link[0] if link[1] in entries else link[2], html)
    return unbroken_citation(linked)


def is_raised(html: str) -> bool:
    """Return whether a citation prints as a raised mark alone."""
    return html.startswith("<sup>")


def with_breaks_in_links(html: str) -> Markup:
    """Return safe ``html`` in which the addresses that are the text of links may be divided."""
    return unbroken_citation(_LINK_TEXT.sub(_link, html))


def without_number(html: str, text: str) -> tuple[str, str]:
    """Return an entry's HTML and plain text without the number that only its place in a list gives it."""
    found = _NUMBERED.fullmatch(html)
    if found is None:
        return html, text
    number = unescape(_TAG.sub("", found["number"])).strip()
    return found["entry"].strip(), text.removeprefix(number).lstrip()


def _link(match: re.Match[str]) -> str:
    opening, text, closing = match.groups()
    if not _ADDRESS.search(text):
        return match[0]
    characters = _CHARACTER.findall(text)
    written = [(Markup(one).unescape(), Markup(one)) for one in characters]  # noqa: S704 - as it was
    return f"{opening}{with_breaks_between(written)}{closing}"
