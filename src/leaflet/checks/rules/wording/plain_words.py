"""Word that has a plainer one.

What it finds:
Words and phrases of a list, each once in a leaflet, with what to write instead. There are lists for English, German,
French and Spanish. Words in quotations are not looked at, nor words in brackets behind the plainer one.

Why:
Everyday words are read faster and understood by more people. The lists are leaflet's own, after the Federal Plain
Language Guidelines (plainlanguage.gov), the GOV.UK style guide, the German BBB-Merkblatt M 19, the French COEPIA's
advice for writing to the public, and the Mexican Lenguaje ciudadano.

Bad:
    Utilise soap prior to meals.

Good:
    Use soap before meals.

When to ignore it:
Where the word is a name or a term that the reader must learn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

QUOTED = re.compile(r"[“„«]\s?[^“”„«»]{1,300}?[”“»]")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield each word of the list at its first place."""
    words = subject.words.get("plain", subject.language)
    seen: set[str] = set()
    for block in subject.own_texts:
        quoted = [found.span() for found in QUOTED.finditer(block.text)]
        for found in words.pattern.finditer(block.text) if words.pattern else ():
            word = found[0].casefold()
            if word in seen or any(start <= found.start() < end for start, end in quoted):
                continue
            seen.add(word)
            advice = words.advice(found[0])
            if _is_explained(block.text, found, advice):
                continue
            yield subject.hit(
                block, found.start(), len(found[0]), f'"{found[0]}" has a plainer word', f"write {advice}"
            )


def _is_explained(text: str, found: re.Match[str], advice: str) -> bool:
    """Return whether a word is in brackets behind the plainer one, for readers who will hear it."""
    before = re.search(r"(\w+)\s?\($", text[: found.start()])
    if before is None or not text.startswith(")", found.end()):
        return False
    return before[1].casefold() in advice.casefold().split(", ")


RULE = Rule(code="L201", name="plain-words", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
