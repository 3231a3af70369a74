"""Sources that the citations of a document name, gathered under keys of their own."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct, field

from leaflet.bibliography import read_text, write
from leaflet.errors import Problem

LOCATOR_WORDS = {
    "page": ("p.", "pp."),
    "book": ("book",),
    "chapter": ("chap.", "chaps."),
    "column": ("col.", "cols."),
    "figure": ("fig.", "figs."),
    "folio": ("fol.", "fols."),
    "issue": ("no.", "nos."),
    "line": ("l.", "ll."),
    "note": ("n.", "nn."),
    "opus": ("op.",),
    "paragraph": ("para.", "paras."),
    "part": ("pt.", "pts."),
    "section": ("sec.", "secs."),
    "sub-verbo": ("s.v.", "s.vv."),
    "verse": ("v.", "vv."),
    "volume": ("vol.", "vols."),
}
"""The words before a locator, for one and for several."""
SMALL = frozenset("a an the on of in der die das ein eine le la les un une el los de".split())

OWN_NAMES = frozenset({"id", "citation-key", "citekey"})

ItemData = dict[str, object]


def locator_text(label: str, locator: str) -> str:
    """Return a locator with its word, such as ``pp. 4-6``."""
    text = " ".join(locator.split())
    if not text:
        return ""
    words = LOCATOR_WORDS.get(label or "page", (label,))
    several = bool(re.search(r"\d\s*[-–,&]\s*\d", text))
    return f"{words[-1] if several else words[0]} {text.replace('–', '-')}"


class CitedItems(Struct):
    """The cited items of a document as CSL data; the same item has one key, however often it is cited."""

    items: dict[str, ItemData] = field(default_factory=dict)
    """By key, in the order of their first citation."""
    _keys: dict[str, str] = field(default_factory=dict)

    def key(self, item: Mapping[str, object], identity: str) -> str:
        """Return the key of an item; ``identity`` is what its citations have in common."""
        known = self._keys.get(identity)
        if known is not None:
            return known
        content = {name: value for name, value in item.items() if name not in OWN_NAMES}
        for key, other in self.items.items():
            if {name: value for name, value in other.items() if name != "id"} == content and content:
                self._keys[identity] = key
                return key
        made = self._free(_wanted_key(item))
        self._keys[identity] = made
        self.items[made] = {"id": made, **content}
        return made

    def _free(self, wanted: str) -> str:
        taken = {key.casefold() for key in self.items}
        made, number = wanted, 0
        while made.casefold() in taken:
            made, number = wanted + _letters(number), number + 1
        return made

    def bibliography(self, name: str) -> tuple[str, tuple[Problem, ...]]:
        """Return all items as a BibLaTeX file, and what is wrong with them; ``name`` is how messages call the file."""
        if not self.items:
            return "", ()
        references, problems = read_text(json.dumps(list(self.items.values())), "csl-json", name)
        return write(references, "biblatex"), problems


def _letters(number: int) -> str:
    return chr(ord("b") + number) if number < 25 else f"-{number}"


def _wanted_key(item: Mapping[str, object]) -> str:
    own = item.get("citation-key") or item.get("citekey")
    if isinstance(own, str) and re.fullmatch(r"[A-Za-z][\w:.-]*\w", own):
        return own
    return _plain(_first_author(item) + _year(item) + ("" if _first_author(item) else _first_word(item))) or "source"


def _first_author(item: Mapping[str, object]) -> str:
    for role in ("author", "editor", "translator"):
        people = item.get(role)
        if isinstance(people, list) and people and isinstance(people[0], Mapping):
            name = str(people[0].get("family") or people[0].get("literal") or people[0].get("name") or "")
            words: list[str] = [word for word in re.findall(r"\w+", name) if word.casefold() not in SMALL]
            if words:
                return words[0]
    return ""


def _year(item: Mapping[str, object]) -> str:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return str(parts[0][0])
    found = re.search(r"\d{4}", str(issued or ""))
    return found[0] if found else ""


def _first_word(item: Mapping[str, object]) -> str:
    words = [word for word in re.findall(r"\w+", str(item.get("title") or "")) if word.casefold() not in SMALL]
    return words[0] if words else ""


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "", folded)
