"""Per cent or share in easy read.

What it finds:
Per cent signs, and shares such as "1 in 10", in an easy-read leaflet.

Why:
"Information for all" asks for words such as "few" and "many" instead of per cent and big numbers.

Bad:
    10% of people feel ill.

Good:
    A few people feel ill.

When to ignore it:
Where a picture beside it shows the share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

SHARE = re.compile(
    r"\d+(?:[.,]\d+)?[\s\u00a0\u202f]?%|\b\d+[\s\u00a0](?:in|out[\s\u00a0]of|von|sur|de[\s\u00a0]cada)[\s\u00a0]\d+\b"
)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield shares."""
    for block in subject.own_texts:
        for found in SHARE.finditer(block.text):
            message = f'"{found[0]}" is hard to picture'
            yield subject.hit(block, found.start(), len(found[0]), message, "say few, some, many or most")


RULE = Rule(
    code="L306", name="easy-read-numbers", area=Area.SOURCE, packs=packs(Pack.EASY_READ), check=find, page=__doc__
)
