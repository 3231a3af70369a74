"""Long text without a heading.

What it finds:
More than 250 words of text between one heading and the next, or before the first.

Why:
The CDC index (item 9) and PEMAT ask for chunks with headings, by which readers find what they look for.

Bad:
    One heading, and half a sheet of text below it.

Good:
    A heading for each question that readers have.

When to ignore it:
In a story that is read from its beginning to its end.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.sentences import WORD
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextBlock, TextKind

MOST = 250


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield the beginning of each run of text that is too long."""
    start: TextBlock | None = None
    words = 0
    for block in (*subject.texts, None):
        if block is None or block.kind is TextKind.HEADING:
            if start is not None and words > MOST:
                hint = "divide it by headings that say what follows"
                message = f"{words} words follow without a heading"
                yield Hit(message=message, at=start.location, hint=hint)
            start, words = block, 0
            continue
        start = start or block
        words += len(WORD.findall(block.text))


RULE = Rule(
    code="L402",
    name="text-without-heading",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.CDC),
    check=find,
    page=__doc__,
)
