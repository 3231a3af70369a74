"""Reference that one of the files lacks.

What it finds:
Entries of the list of references of which the reading PDF or the web page does not have all words.

Why:
A citation without its entry cannot be followed.

Bad:
    A template without the list of references.

Good:
    The list in each file.

When to ignore it:
Where a layout prints the list on the web alone, and says so on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.output_subject import OutputSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.errors import Severity

WORD = re.compile(r"[^\W\d_]{4,}")


def find(subject: OutputSubject) -> Iterator[Hit]:
    """Yield entries that are not printed whole."""
    places = {
        "reading PDF": subject.reading_text,
        "web page": subject.page_text,
    }
    located = {reference.id: reference.location for reference in subject.citations.items}
    for entry in subject.citations.references:
        for name, there in places.items():
            words = WORD.findall(re.sub(r"https?://\S+", " ", entry.text).casefold())
            lost = [word for word in words if not there.holds(word)]
            if lost:
                message = f'the {name} lacks words of the reference "{entry.id}": {", ".join(lost[:5])}'
                yield Hit(message=message, at=located.get(entry.id), hint="look at the templates of the layout")


RULE = Rule(
    code="L902",
    name="reference-agreement",
    area=Area.OUTPUTS,
    packs=packs(Pack.BASE),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)
