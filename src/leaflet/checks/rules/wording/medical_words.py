"""Medical word without an everyday one beside it.

What it finds:
Medical words of a list whose everyday word is nowhere in the leaflet.

Why:
The NHS content guide uses the words of patients, and puts the medical word beside them where people will hear it from
doctors. The list is leaflet's own, after the NHS "A to Z of NHS health writing" and the CDC's plain language thesaurus.

Bad:
    You may have hypertension.

Good:
    You may have high blood pressure (hypertension).

When to ignore it:
Where the leaflet explains the word in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield each medical word at its first place, unless the everyday word is in the leaflet."""
    words = subject.words.get("medical", subject.language)
    everything = " ".join(block.text for block in subject.texts).casefold()
    seen: set[str] = set()
    for block in subject.own_texts:
        for found in words.pattern.finditer(block.text) if words.pattern else ():
            advice = words.advice(found[0])
            plainer = [word.strip() for word in re.split(r",| or | oder | ou | o ", advice)]
            if advice in seen or any(word.casefold() in everything for word in plainer):
                continue
            seen.add(advice)
            hint = f"write {advice}, with the medical word in brackets if people will hear it"
            yield subject.hit(block, found.start(), len(found[0]), f'"{found[0]}" is a medical word', hint)


RULE = Rule(
    code="L202",
    name="medical-words",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.EASY_READ, Pack.QRD, Pack.CDC),
    check=find,
    page=__doc__,
)
