"""Latin abbreviation.

What it finds:
"e.g.", "i.e.", "eg", "ie", "etc", "nb" and "viz" in English texts. ``--fix`` writes out the first four.

Why:
The NHS content guide and GOV.UK write the words: some readers do not know the abbreviations, and screen readers say
"egg" for eg.

Bad:
    Take a painkiller, e.g. paracetamol.

Good:
    Take a painkiller, for example paracetamol.

When to ignore it:
In a handout for readers who are used to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from leaflet.checks.finding import Fix, Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

BETTER = {"eg": "for example", "ie": "that is", "etc": "and so on", "nb": "note", "viz": "namely"}
FIXED = frozenset({"eg", "ie"})
LATIN = re.compile(r"(?<![\w.@/-])(?:e\.\s?g\.|i\.\s?e\.|eg\.?|ie\.?|etc\b\.?|viz\.)(?![\w@/-])")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield Latin abbreviations, with a fix where one is safe."""
    for block in subject.own_texts if subject.language == "en" else ():
        for found in LATIN.finditer(block.text):
            word = found[0].replace(".", "").replace(" ", "")
            hit = subject.hit(block, found.start(), len(found[0]), f'"{found[0]}" is Latin', f"write {BETTER[word]}")
            place = hit.at
            is_there = (
                place is not None
                and place.line is not None
                and place.column is not None
                and subject.lines[place.line - 1].startswith(found[0], place.column - 1)
            )
            if place is not None and word in FIXED and is_there:
                hit = replace(hit, fix=Fix(at=place, length=len(found[0]), text=BETTER[word]))
            yield hit


RULE = Rule(
    code="L210",
    name="latin",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.EASY_READ, Pack.CDC),
    check=find,
    page=__doc__,
)
