"""Sanitising of raw HTML: everything that is harmless on paper passes, everything else is reported and left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3
from msgspec import Struct, field

INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var "
    "wbr".split()
)
BLOCK = frozenset(
    "blockquote caption col colgroup dd div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot "
    "th thead tr ul".split()
)
PARTS = frozenset(
    "address article aside center details dialog fieldset footer form header hgroup legend main nav section "
    "summary".split()
)
"""Elements that are not allowed, but whose words are separate from others."""
QUIET = frozenset({"details", "summary", "center", "section", "article", "main"})
"""Elements whose words are all printed, as their author meant; no message names them."""
VOID = frozenset({"br", "wbr", "hr", "col"})
ATTRIBUTES = {
    "*": {"class", "lang", "dir", "title"},
    "a": {"href"},
    "data": {"value"},
    "time": {"datetime"},
    "ol": {"start", "type", "reversed"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
}
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#)\S", re.IGNORECASE)
NAMED = re.compile(r"<(?:a|span)\s", re.IGNORECASE)
NAME = re.compile(r"""\s(?:name|id)\s*=\s*(?:"([\w:.-]+)"|'([\w:.-]+)'|([\w:.-]+)(?=[\s/>]))""", re.IGNORECASE)
SPANS = frozenset({"colspan", "rowspan", "span"})
DEEPEST = 100
"""Elements within each other; pages of the web have 30."""
MOST_SPANNED = 200
"""Columns or rows of one cell. HTML allows a thousand, of which no sheet of paper shows anything."""
GONE_WITH_CONTENT = {"script", "style", "iframe", "object", "noscript", "template", "title", "textarea", "svg", "math"}


def clean_block(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the harmless part of a block of HTML, and the names of the parts taken out of it."""
    return _clean(html, INLINE | BLOCK), _removed(html, INLINE | BLOCK)


class InlineHtml(Struct):
    """The HTML elements that are open in one run of text, so that every start tag gets its end."""

    open_names: list[str] = field(default_factory=list)

    def clean(self, tag: str) -> tuple[str, tuple[str, ...]]:
        """Return the harmless part of a tag (or nothing), and the names of the parts taken out."""
        end = re.fullmatch(r"</([A-Za-z][A-Za-z0-9-]*)\s*>", tag)
        if end:
            return self._end(end[1].lower())
        start = re.match(r"<([A-Za-z][A-Za-z0-9-]*)", tag)
        if not start:
            return "", ()
        name = start[1].lower()
        removed = _removed(tag, INLINE)
        if name not in INLINE:
            return (" " if name in PARTS | BLOCK else ""), removed
        if len(self.open_names) >= DEEPEST:
            return "", (f"<{name}> is within {DEEPEST} other elements, so it is left out",)
        cleaned = _clean(tag if name in VOID else f"{tag}x</{name}>", INLINE)
        if name in VOID:
            return cleaned, removed
        self.open_names.append(name)
        return cleaned.removesuffix(f"x</{name}>"), removed

    def _end(self, name: str) -> tuple[str, tuple[str, ...]]:
        if name in PARTS | BLOCK:
            return " ", ()
        if name not in INLINE or name in VOID:
            return "", ()
        if not self.open_names or self.open_names[-1] != name:
            return "", (f"</{name}> closes nothing that is open here, so it is left out",)
        self.open_names.pop()
        return f"</{name}>", ()

    def close_all(self) -> list[str]:
        """Return end tags for all elements that are still open."""
        ends = [f"</{name}>" for name in reversed(self.open_names)]
        self.open_names.clear()
        return ends


def without_name(tag: str) -> tuple[str | None, str]:
    """Return the name that ``<a name="x">`` or ``<span id="x">`` gives to its place, and the tag without it."""
    named = NAME.search(tag) if NAMED.match(tag) else None
    if named is None:
        return None, tag
    return next(filter(None, named.groups())), NAME.sub("", tag)


def depth(html: str) -> int:
    """Return how many elements of cleaned HTML are within each other at its deepest place."""
    deepest = now = 0
    for end, name in TAG.findall(html):
        if name.lower() not in VOID:
            now += -1 if end else 1
            deepest = max(deepest, now)
    return deepest


TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)\b[^>]*>")


def _clean(html: str, tags: frozenset[str]) -> str:
    if tags >= BLOCK:
        html = TAG.sub(_parted, html)
    return nh3.clean(
        html,
        tags=set(tags),
        clean_content_tags=GONE_WITH_CONTENT,
        attributes=ATTRIBUTES,
        set_tag_attribute_values={"table": {"class": "grid"}},  # the rules of all tables are those of this class
        attribute_filter=lambda _, name, value: value if _is_sound(name, value) else None,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def _is_sound(name: str, value: str) -> bool:
    """Return whether an attribute of an allowed name may have that value."""
    if name in SPANS:
        return not value.strip().isdigit() or (len(value.strip()) < 6 and int(value) <= MOST_SPANNED)
    return name != "href" or bool(ADDRESS.match(value))


def _parted(tag: re.Match[str]) -> str:
    """Return a tag as it is, or as a plain part if it will be taken out and would join words."""
    return f"<{tag[1]}div>" if tag[2].lower() in PARTS else tag[0]


class _Removed(HTMLParser):
    """Sanitiser that names everything that the allow-list takes out."""

    def __init__(self, tags: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.tags = tags
        self.names: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in QUIET:
            return
        if tag not in self.tags:
            self.names[f"<{tag[:40]}> is not allowed in a source, so it was taken out"] = None
            return
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            if name not in allowed:
                self.names[
                    f'the attribute "{name[:40]}" of <{tag}> is not allowed in a source, so it was taken out'
                ] = None
            elif name in SPANS and not _is_sound(name, value or ""):
                self.names[
                    f"<{tag}> spans {(value or '')[:12]} columns or rows, and {MOST_SPANNED} are the most, so it spans one"
                ] = None
            elif name == "href" and not ADDRESS.match(value or ""):
                self.names[f"the address of <{tag}> is not allowed in a source, so it was taken out"] = None


def _removed(html: str, tags: frozenset[str]) -> tuple[str, ...]:
    parser = _Removed(tags)
    parser.feed(html)
    return tuple(parser.names)
