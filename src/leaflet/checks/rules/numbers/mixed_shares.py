"""Shares that are given in different ways.

What it finds:
A leaflet in which some shares are "1 in 10", others per cent, and others "out of 100"; and shares "in" different
numbers, such as 1 in 10 beside 3 in 100.

Why:
People compare 1 in 10 with 3 in 100 wrongly: they look at the first number. The NHS content guide and the CDC index
(items 15 to 17) ask for one form with one denominator.

Bad:
    1 in 10 people feel sick, and 3 in 100 have a rash.

Good:
    10 in 100 people feel sick, and 3 in 100 have a rash.

When to ignore it:
Where the leaflet explains one share in two ways on purpose: "5% (5 in 100)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextBlock

S = r"[\s\u00a0\u202f]"
NUMBER = r"\d[\d,.\u00a0\u202f]*(?<=\d)"
SHARE = re.compile(rf"\b(?:{NUMBER}|one|two|three){S}(?:in|out{S}of|von|sur|de{S}cada){S}(?:every{S})?({NUMBER})\b")
PERCENT = re.compile(rf"\b\d+(?:[.,]\d+)?{S}?(?:%|per{S}cent\b|Prozent\b|pour{S}cent\b|por{S}ciento\b)")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
STRENGTHS = re.compile(r"alcohol|Alkohol|alcool|SPF|strength|solution|fat|Fett|discount|Rabatt|humidity", re.IGNORECASE)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield the second way in which shares are given."""
    first: tuple[str, str] | None = None
    seen: set[str] = set()
    for block in subject.own_texts:
        for form, start, shown in _shares(block):
            if first is None:
                first = form, shown
            elif form != first[0] and form not in seen:
                seen.add(form)
                message = f'"{shown}" is another way to give a share than "{first[1]}"'
                yield subject.hit(block, start, len(shown), message, "use one form and one denominator for all")


def _shares(block: TextBlock) -> list[tuple[str, int, str]]:
    """Return the shares in a text with their forms; a share right behind another one explains it."""
    if STRENGTHS.search(block.text):
        return []
    found = [(f"in {_digits(one[1])}", one.start(), one[0]) for one in SHARE.finditer(block.text)]
    found = [one for one in found if not YEAR.fullmatch(one[0].removeprefix("in "))]
    found += [("per cent", one.start(), one[0]) for one in PERCENT.finditer(block.text)]
    found.sort(key=lambda one: one[1])
    end, kept = -10, []
    for form, start, shown in found:
        explains = 0 <= start - end <= 3 and "(" in block.text[end:start]
        if not explains:
            kept.append((form, start, shown))
        end = start + len(shown)
    return kept


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


RULE = Rule(
    code="L302",
    name="mixed-shares",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.CDC, Pack.EASY_READ),
    check=find,
    page=__doc__,
)
