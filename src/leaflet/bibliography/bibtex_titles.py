"""Titles of a BibLaTeX entry (title, main title, book title, journal title and their parts) as variables of CSL."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leaflet.bibliography.bibtex_types import PROPER_TITLES
from leaflet.bibliography.latex_text import rich, runs, to_rich
from leaflet.bibliography.sentence_case import sentence_case

Fields = Mapping[str, str]

_WHOLE = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference thesis phdthesis "
    "mastersthesis booklet manual report techreport".split()
)
"""Types of whole works: the manual lists no ``booktitle`` for them."""
_JOURNALS = frozenset({"article", "suppperiodical", "review", "newspaper", "magazine"})


def titles(fields: Fields, kind: str, language: str) -> dict[str, str]:
    """Return every title variable of the item.

    A volume with a title of its own in a work of several volumes has the work's title as ``title`` and its own as
    ``volume-title``; a chapter in such a volume, the work's as ``container-title`` and the volume's as
    ``volume-title``. Those are CSL's definitions of the variables.
    """
    lower = kind not in PROPER_TITLES and (not language or language.lower().startswith("en"))

    def cased(prefix: str) -> str:
        return _full(fields, prefix, lower)

    found: dict[str, str] = {}
    main, book = cased("main"), "" if kind in _WHOLE else cased("book")
    found["title"] = cased("")
    if kind in _JOURNALS:
        found["container-title"] = _journal(fields)
        found["volume-title"] = cased("issue")
    elif book:
        found |= {"container-title": main, "volume-title": book} if main else {"container-title": book}
    elif main and kind.startswith(("in", "supp")):
        found["container-title"] = main
    elif main:
        found |= {"title": main, "volume-title": found["title"]}
    else:
        found |= {"container-title": _journal(fields), "volume-title": cased("issue")}
    found["container-title-short"] = to_rich(fields.get("shortjournal", ""))
    found["title-short"] = _short(fields, lower)
    found["original-title"] = _text(fields.get("origtitle", ""), lower=False)
    found["reviewed-title"] = _text(fields.get("reviewedtitle", ""), lower=lower)
    return {variable: text for variable, text in found.items() if text}


def _text(text: str, *, lower: bool) -> str:
    whole = _WHOLLY_BRACED.fullmatch(text.strip())
    if whole and lower:
        # Mendeley puts every title into a second pair of braces: it is as somebody typed it, and no name throughout.
        return rich(runs(whole[1]), protect=True)
    read = runs(text)
    return rich(sentence_case(read) if lower else read, protect=True)


_WHOLLY_BRACED = re.compile(r"\{([^{}\\]*\s[^{}\\]*)\}")


def _full(fields: Fields, prefix: str, lower: bool) -> str:
    """Return title, subtitle and addition in one, with the signs between them that catalogues use."""
    title, subtitle, addition = (
        _text(fields.get(f"{prefix}{part}", ""), lower=lower) for part in ("title", "subtitle", "titleaddon")
    )
    whole = join_titles(title, subtitle)
    return f"{whole}. {addition}" if whole and addition else whole or addition


def join_titles(title: str, subtitle: str) -> str:
    """Return ``Title: subtitle``, or ``Title? Subtitle`` where the title has a stop of its own."""
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in "?!:.…" else f"{title}: {subtitle}"


def _journal(fields: Fields) -> str:
    title, subtitle = (to_rich(fields.get(name, "")) for name in ("journaltitle", "journalsubtitle"))
    return join_titles(title, subtitle)


def _short(fields: Fields, lower: bool) -> str:
    if "shorttitle" in fields:
        return _text(fields["shorttitle"], lower=lower)
    if "subtitle" in fields and "maintitle" not in fields:
        return _text(fields.get("title", ""), lower=lower)
    return ""
