"""The words that name a kind of locator, in the official locales of CSL and as people also write them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from leaflet.files import read_file

KINDS = frozenset(
    "act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus page "
    "paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse version volume".split()
)
"""CSL 1.0.2, appendix IV, "Locators"."""

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
FORMS = ("long", "short", "symbol")

ALSO_WRITTEN = {
    "en": {
        "appendix": "app apps",
        "article-locator": "art arts",
        "book": "bk bks",
        "chapter": "chap chaps ch chs",
        "column": "col cols",
        "elocation": "location locations loc locs",
        "equation": "eq eqs",
        "figure": "fig figs",
        "folio": "fol fols f ff",
        "issue": "issue issues iss no nos number numbers num nums",
        "line": "l ll",
        "note": "n nn footnote footnotes",
        "opus": "opus opera op opp",
        "paragraph": "para paras ¶ ¶¶",
        "part": "pt pts",
        "rule": "r rr",
        "scene": "sc scs",
        "section": "sec secs § §§",
        "sub-verbo": "s.v s.vv",
        "supplement": "supp supps suppl suppls",
        "table": "tbl tbls",
        "timestamp": "timestamp timestamps",
        "title-locator": "tit tits",
        "verse": "v vv",
        "volume": "vol vols",
    },
    "de": {
        "section": "Abschn",
        "figure": "Abbildung Abbildungen Abb",
        "table": "Tab",
        "note": "Anmerkung Anm Fußnote Fn",
        "column": "Sp",
        "line": "Z",
    },
    "fr": {"section": "sect", "paragraph": "paragr", "book": "liv", "table": "tabl", "volume": "t"},
    "es": {"page": "pág págs", "chapter": "cap caps", "section": "secc", "paragraph": "párr"},
    "he": {"page": "עמ' עמ׳"},
}
"""Habits that the locales do not list, without their full stops."""


def locator_terms(language: str) -> dict[str, str]:
    """Return the kind of locator that each word means, in small letters and without its last stop.

    The words of ``language`` come first; English ones are understood in every text.
    """
    found: dict[str, str] = {}
    own = language.split("-")[0].lower()
    for spoken in dict.fromkeys((own, "en")):
        for kind, word in (*_official(spoken), *_habits(spoken)):
            found.setdefault(word.lower().rstrip("."), kind)
    return found


def _habits(language: str) -> Iterator[tuple[str, str]]:
    for kind, words in ALSO_WRITTEN.get(language, {}).items():
        yield from ((kind, word) for word in words.split(" "))


def _official(language: str) -> Iterator[tuple[str, str]]:
    """Yield the locator terms of all the dialects of a language, with the kind of each."""
    spec = find_spec("citeproc")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent / "data" / "locales"
    for file in sorted((*folder.glob(f"locales-{language}.xml"), *folder.glob(f"locales-{language}-*.xml"))):
        terms = ElementTree.fromstring(read_file(file, inside=(folder,))).iter(f"{NAMESPACE}term")  # noqa: S314 - an installed file
        for term in sorted(
            (term for term in terms if term.get("name") in KINDS and term.get("form", "long") in FORMS),
            key=lambda term: FORMS.index(term.get("form", "long")),
        ):
            parts = [term.text, *(part.text for part in term)]
            yield from ((str(term.get("name")), text.strip()) for text in parts if text and text.strip())
