"""Sentences and words of a text in a given language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

ABBREVIATIONS = {
    "en": "dr mr mrs ms mx prof st no nos vs etc e.g i.e eg ie approx dept fig figs vol ed eds p pp jr sr inc ltd a.m p.m "
    "jan feb mar apr jun jul aug sept sep oct nov dec mt tel ext u.s u.k",
    "de": "dr prof hr fr st nr abb bzw ca d.h z.b u.a usw evtl ggf inkl vgl s bd hrsg u i.d.r o.ä sog mind max min mio mrd "
    "tel str bspw etc v.a z d a b",
    "fr": "dr pr m mm mme mlle st ste n p pp vol fig ex etc cf env av apr j.-c art éd tél max min",
    "es": "dr dra sr sra srta d núm n pág págs p pp vol fig ej p.ej etc ud uds ed art tel aprox máx mín",
}
"""Words that end in a full stop within a sentence, by language."""
END = re.compile(r"[.!?…]+[\"”’»“)\]]*(?=\s|$)|\n")
WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*|\d+(?:[.,:/ \u00a0\u202f\-]\d+)*", re.UNICODE)
"""A word or a number; the groups of a phone number count once."""
LETTER_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*", re.UNICODE)


class Sentence(Struct, frozen=True, kw_only=True):
    """One sentence, and where it begins in its text."""

    text: str
    start: int

    @property
    def words(self) -> list[str]:
        """The words and numbers of the sentence; a word with a hyphen counts once, and so does a phone number."""
        return WORD.findall(self.text)


def sentences(text: str, language: str) -> Iterator[Sentence]:
    """Yield the sentences of ``text``."""
    known = frozenset(ABBREVIATIONS.get(language, ABBREVIATIONS["en"]).split())
    start = 0
    for end in END.finditer(text):
        if _ends(text, end, known):
            yield from _sentence(text, start, end.end())
            start = end.end()
    yield from _sentence(text, start, len(text))


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    part = text[start:end]
    if part.strip():
        yield Sentence(text=part.strip(), start=start + len(part) - len(part.lstrip()))


def _ends(text: str, end: re.Match[str], known: frozenset[str]) -> bool:
    if not end[0].startswith("."):
        return True
    before = re.search(r"[\w.]+$", text[: end.start()])
    word = before[0].casefold() if before else ""
    after = text[end.end() :].lstrip()
    if after and (after[0].islower() or after[0] in ",;:"):
        return False
    if word in known or (word.rpartition(".")[2] in known and "." in word):
        return not after
    is_initial = len(word) == 1 and word.isalpha() and before is not None and before[0].isupper()
    is_ordinal = word.isdigit() and len(word) <= 2 and bool(after) and len(text[: end.start()].split()) > 1
    return not (is_initial or (is_ordinal and _is_ordinal(after)))


def _is_ordinal(after: str) -> bool:
    """Return whether a number with a full stop goes on as a German date: ``3. Oktober``."""
    months = (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Woche Tag Monat".split()
    )
    return any(after.startswith(month) for month in months)
