"""Symbols and emoji that no installed font has: left out on paper, and reported once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import cast

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import Location, Problem, Severity
from leaflet.model.citation import Citations
from leaflet.model.document import (
    Block,
    Code,
    CodeBlock,
    Document,
    Image,
    Math,
    SafeHtml,
    SafeInlineHtml,
    Text,
)
from leaflet.model.metadata import Metadata
from leaflet.model.rebuild import each, with_parts

CANDIDATE = re.compile(
    "[\u20d0-\u214f\u2190-\u2bff\u3000-\u303f\ue000-\uf8ff\ufe0e\ufe0f\U0001d400-\U0001faff\U000e0020-\U000e007f]"
)
"""Arrows and all that Unicode has behind them as symbols; every bundled font has the signs before."""
SYMBOLS = frozenset({"So", "Sm", "Sk", "Co", "Cn", "Me"})
INVISIBLE = frozenset("\u200d\ufe0e\ufe0f")
"""Joiners and selectors of the form of the sign before them."""
MOST_NAMED = 8

HINT = 'install one: pip install "leaflet-press[symbols]"; or write a word, or an icon such as []{.icon-check}'
Covers = Callable[[str], bool]


def without_unprintable(
    document: Document, citations: Citations, covers: Covers
) -> tuple[Document, Citations, tuple[Problem, ...]]:
    """Return both without the symbols for which ``covers`` is false, and a warning that names them.

    Letters that no font has stay, since a word without one of its letters would be wrong.
    """
    stripper = _Stripper(covers=covers)
    blocks = cast("tuple[Block, ...]", each(document.blocks, stripper.change))
    metadata = _without(document.metadata, stripper)
    changed = stripper.change(citations)
    if not stripper.found and not stripper.plainer:
        return document, citations, ()
    return replace(document, blocks=blocks, metadata=metadata), cast("Citations", changed), stripper.problems()


def _without(metadata: Metadata, stripper: _Stripper) -> Metadata:
    """Return the texts of the front matter that are printed, without the symbols that cannot be."""

    def text(name: str, words: str) -> str:
        return stripper.text(words, metadata.places.get(name) or metadata.places.get("title"))

    return replace(
        metadata,
        title=text("title", metadata.title),
        subtitle=text("subtitle", metadata.subtitle),
        audience=text("audience", metadata.audience),
        abstract=text("abstract", metadata.abstract),
        disclaimer=text("disclaimer", metadata.disclaimer),
        rich={name: text(name, html) for name, html in metadata.rich.items()},
    )


class _Stripper(Struct, kw_only=True):
    """One pass over a document; what it left out, with the place of each."""

    covers: Covers
    found: dict[str, Location | None] = field(default_factory=dict)
    plainer: dict[str, Location | None] = field(default_factory=dict)
    """Signs that became plain letters."""
    count: int = 0
    place: Location | None = None
    """The last place that is known."""

    def change(self, value: object) -> object:
        """Return a part of a document without the symbols that cannot be printed."""
        place = getattr(value, "location", None)
        if isinstance(place, Location):
            self.place = place
        match value:
            case str():
                return self.text(value, self.place)
            case Text() | Code() | CodeBlock():
                text = self.text(value.text, self.place)
                return value if text == value.text else replace(value, text=text)
            case SafeHtml() | SafeInlineHtml():
                html = self.text(value.html, self.place)
                return value if html == value.html else replace(value, html=html)
            case Image() | Math() | Location() | Mapping() | int() | float() | None:
                return value
            case tuple():
                return each(value, self.change)
            case _:
                return with_parts(value, self.change)

    def text(self, text: str, place: Location | None) -> str:
        """Return a text without them; a blank beside one goes with it. Letters in a form of their own become plain."""
        if not CANDIDATE.search(text):
            return text
        signs = {sign for sign in set(CANDIDATE.findall(text)) if sign not in INVISIBLE and not self.covers(sign)}
        plain = {sign: found for sign in signs if (found := self.plain(sign))}
        left = "".join(re.escape(sign) for sign in sorted(signs) if sign not in plain and self.is_left_out(sign))
        for sign in plain:
            self.plainer.setdefault(sign, place)
        text = "".join(plain.get(sign, sign) for sign in text) if plain else text
        if not left:
            return text
        for one in re.finditer(f"[{left}]", text):
            self.found.setdefault(one[0], place)
            self.count += 1
        return re.sub(
            rf"(?:(?<=\s)|^)[{left}][{left}\u200d\ufe0e\ufe0f]*[ \u00a0]?|[{left}][\u200d\ufe0e\ufe0f]*", "", text
        )

    def plain(self, sign: str) -> str:
        """Return the letters that a sign is a form of, such as R of a double-struck one; nothing for any other."""
        letters = unicodedata.normalize("NFKC", sign)
        return letters if letters != sign and all(map(self.covers, letters)) else ""

    def is_left_out(self, sign: str) -> bool:
        """Return whether a sign is a symbol, and no letter."""
        return unicodedata.category(sign) in SYMBOLS

    def problems(self) -> tuple[Problem, ...]:
        """Return the warnings about them: one for those that are left out, one for those that became plain letters."""
        return tuple(found for found in (self.left_out(), self.made_plain()) if found is not None)

    def made_plain(self) -> Problem | None:
        if not self.plainer:
            return None
        return Problem(
            message=f"no font for paper has {_named(self.plainer)}, so plain letters are printed",
            location=next(iter(self.plainer.values())),
            hint=HINT,
            severity=Severity.WARNING,
        )

    def left_out(self) -> Problem | None:
        if not self.found:
            return None
        times = f", {self.count} times in all" if self.count > len(self.found) else ""
        return Problem(
            message=f"no font for paper has {_named(self.found)}, so they are left out{times}",
            location=next(iter(self.found.values())),
            hint=HINT,
            severity=Severity.WARNING,
        )


def _named(signs: Mapping[str, object]) -> str:
    names = [f"{sign} (U+{ord(sign):04X})" for sign in list(signs)[:MOST_NAMED]]
    more = f" and {len(signs) - MOST_NAMED} more" if len(signs) > MOST_NAMED else ""
    return ", ".join(names) + more
