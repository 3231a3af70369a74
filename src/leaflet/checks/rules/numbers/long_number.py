"""Long number without a comma.

What it finds:
Numbers of five digits or more in running English text without a comma in them. Phone numbers, codes and years are not
looked for. ``--fix`` puts the comma in.

Why:
The NHS content guide and GOV.UK write commas in numbers over 999: 10000 and 100000 look alike.

Bad:
    About 15000 people a year have a stroke.

Good:
    About 15,000 people a year have a stroke.

When to ignore it:
Where the number is a name, such as a postcode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from leaflet.checks.finding import Fix, Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

LONG = re.compile(r"(?<![\w.,/:+#-])(?<!\d[\s\u00a0])[1-9]\d{4,8}(?=\s(?:[a-z]{4,}))(?!\s(?:or|and)\s\d)")
NAMES = re.compile(
    r"(?:text|call|phone|dial|code|number|no|ref|reference|extension|charity|company)\W*(?:\w+\W+)?$", re.I
)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield long numbers, with a fix."""
    for block in subject.own_texts if subject.language == "en" else ():
        for found in LONG.finditer(block.text):
            if NAMES.search(block.text[: found.start()]):
                continue
            better = f"{int(found[0]):,}"
            hit = subject.hit(block, found.start(), len(found[0]), f"{found[0]} is hard to read", f"write {better}")
            fix = Fix(at=hit.at, length=len(found[0]), text=better) if hit.at and hit.at.column else None
            yield replace(hit, fix=fix)


RULE = Rule(
    code="L305", name="long-number", area=Area.SOURCE, packs=packs(Pack.HEALTH, Pack.CDC), check=find, page=__doc__
)
