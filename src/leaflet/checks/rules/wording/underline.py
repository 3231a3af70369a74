"""Underlined words.

What it finds:
``<u>`` and ``<ins>`` in the text, and spans of the class ``underline``.

Why:
Readers take underlined words for links, and the line cuts through letters. The NHS service manual and RNIB's Clear
Print advise against it.

Bad:
    Do <u>not</u> drive.

Good:
    Do **not** drive.

When to ignore it:
Where underlining is what the leaflet is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.errors import Location
from leaflet.model.document import SafeHtml, SafeInlineHtml, Span

TAG = re.compile(r"<(?:u|ins)[\s>]", re.IGNORECASE)
SPAN = re.compile(r"\{[^}]*\.(?:underline|ul)\b")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield underlined words at the lines on which they are written."""
    html = [node.html for node in subject.nodes if isinstance(node, SafeHtml | SafeInlineHtml)]
    spans = [
        node for node in subject.nodes if isinstance(node, Span) and {"underline", "ul"} & set(node.attributes.classes)
    ]
    wanted = sum(len(TAG.findall(text)) for text in html) + len(spans)
    for number, line in enumerate(subject.lines, start=1):
        for found in (*TAG.finditer(line), *SPAN.finditer(line)):
            if wanted:
                wanted -= 1
                at = Location(file=subject.file, line=number, column=found.start() + 1)
                hint = "write **bold** for words that matter"
                yield Hit(message="underlined words look like a link", at=at, length=len(found[0]), hint=hint)


RULE = Rule(code="L208", name="underline", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
