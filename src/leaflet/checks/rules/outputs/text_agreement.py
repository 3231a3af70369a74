"""Words that only one of the files has.

What it finds:
Words of the reading PDF that are not on the sheet, and words of the source's text that the web page or the reading PDF
does not have.

Why:
All files come from one source and must say the same. The rule finds a layout or template that loses text.

Bad:
    A template that prints the audience on the sheet alone.

Good:
    Each word in all of them.

When to ignore it:
Where a layout leaves out parts on paper on purpose, such as a list of links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.output_subject import OutputSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.text_blocks import STRANGE, text_blocks
from leaflet.errors import Severity

WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}")
SHOWN = 5


def find(subject: OutputSubject) -> Iterator[Hit]:
    """Yield words that are lost in one of the files."""
    reading, sheet = subject.reading_text, subject.sheet_text
    missing = sorted({word for word in WORD.findall(reading.text.casefold()) if not sheet.holds(word)})
    if missing:
        yield Hit(message=_message("the sheet lacks words of the reading PDF", missing), hint=HINT)
    places = {"web page": subject.page_text, "reading PDF": reading}
    for block in text_blocks(subject.document):
        words = WORD.findall(block.text.replace(STRANGE, " ").replace("\u00ad", "").casefold())
        for name, there in places.items():
            lost = [word for word in words if not there.holds(word)]
            if lost:
                yield Hit(message=_message(f"the {name} lacks words of the source", lost), at=block.location, hint=HINT)


HINT = "look at the templates of the layout"


def _message(what: str, lost: list[str]) -> str:
    return f"{what}: {', '.join(lost[:SHOWN])}{' …' if len(lost) > SHOWN else ''}"


RULE = Rule(
    code="L901",
    name="text-agreement",
    area=Area.OUTPUTS,
    packs=packs(Pack.BASE),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)
