"""Different numbers in the same words.

What it finds:
The same two words around a number, with another number at another place: "wash for 20 seconds" and "wash for 30
seconds".

Why:
After a change one of two places is easily missed. Readers then do not know which holds.

Bad:
    Wash for 20 seconds. … Wash for 30 seconds.

Good:
    Wash for 20 seconds. … Wash for 20 seconds.

When to ignore it:
Where both are right, for example for adults and for children.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextBlock

S = r"[\s\u00a0\u202f]+"
PHRASE = re.compile(rf"([^\W\d_]{{2,}}{S}[^\W\d_]{{2,}}){S}(\d+(?:[.,]\d+)?){S}([^\W\d_]{{3,}})")
FREE = frozenset("step page day week part table figure question chapter woche tag seite page jour semana día".split())
"""Words after which numbers count up."""


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a number that another place contradicts."""
    known: dict[tuple[str, str], tuple[str, TextBlock, int]] = {}
    for block in subject.own_texts:
        for found in PHRASE.finditer(block.text):
            before, number, unit = " ".join(found[1].casefold().split()), found[2], found[3].casefold()
            if before.split()[-1] in FREE:
                continue
            other = known.setdefault((before, unit), (number, block, found.start(2)))
            if other[0] != number and other[1].group != block.group:
                place = other[1].place(other[2], subject.lines)
                line = f" in line {place.line}" if place and place.line else ""
                message = f'"{" ".join(found[0].split())}" here, but {other[0]}{line}'
                yield subject.hit(
                    block, found.start(2), len(number), message, "make both the same, or say why they differ"
                )


RULE = Rule(code="L304", name="numbers-disagree", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
