"""Decimal number.

What it finds:
Numbers with decimals that are not a dose, a measure, a price, a time, a date, a version or part of an address.

Why:
The NHS content guide rounds: 2.3% is harder to grasp than "about 2 in 100". Doses and measures must stay exact.

Bad:
    2.3% of people have a rash.

Good:
    About 2 in 100 people have a rash.

When to ignore it:
Where the exact number is the point, as in a result that readers compare with their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextKind

UNITS = (
    r"mg|µg|μg|mcg|ng|kg|g|ml|mL|µl|l|L|cl|dl|cm|mm|km|m|nm|mmol|mol|IU|IE|UI|kcal|kJ|mmHg|kPa|°C|°F|pm|am|Uhr|"
    r"litres?|liters?|grams?|kilograms?|metres?|meters?|kilometres?|miles?|pints?|stone|pounds?|inch(?:es)?|units?|points?|"
    r"Grad|degrees?|degrés?|grados?|million|billion|Millionen|Mio|millions|millones|euros?|h\b"
)
DECIMAL = re.compile(
    rf"(?<![\w.,/:£€$§-])\d+[.,]\d{{1,2}}(?![\d]|[.,:/]\d|\w)(?![\s\u00a0\u202f-]?(?:{UNITS})(?!\w))(?![\s\u00a0]?[£€$])"
)
BEFORE = re.compile(
    r"(?:version|v\.?|section|chapter|figure|table|phone|tel\.?|pp?\.|at|from|until|till|to|morning|afternoon|evening|um|ab|bis|à|£|€|\$|Abschnitt|Kapitel)\W*$",
    re.I,
)
KINDS = frozenset({TextKind.PARAGRAPH, TextKind.ITEM, TextKind.FACT, TextKind.STATISTIC})


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield decimals that could be rounded."""
    comma = subject.language != "en"
    for block in subject.own_texts:
        for found in DECIMAL.finditer(block.text) if block.kind in KINDS else ():
            if ("," in found[0]) is comma and not BEFORE.search(block.text[: found.start()]):
                message = f'"{found[0]}" is more exact than readers need'
                yield subject.hit(block, found.start(), len(found[0]), message, "round it, or say it as 1 in 10")


RULE = Rule(
    code="L303",
    name="decimals",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.CDC, Pack.EASY_READ),
    check=find,
    page=__doc__,
)
