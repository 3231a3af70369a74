"""Sentence that is too long for easy read.

What it finds:
Sentences of more than 15 words.

Why:
"Information for all", the European standards for easy read, ask for short sentences with one idea each; guides name 10
to 15 words.

Bad:
    Wash your hands with soap and water for twenty seconds and dry them on a clean towel afterwards.

Good:
    Wash your hands with soap. Wash for 20 seconds. Dry them on a clean towel.

When to ignore it:
Where a test with readers showed that they understand it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

MOST = 15


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield sentences with more words than easy read has."""
    for passage in subject.passages:
        count = len(passage.sentence.words)
        if count > MOST:
            message = f"this sentence has {count} words; easy read has at most {MOST}"
            yield subject.on(passage, message, "one idea, one sentence")


RULE = Rule(
    code="L204", name="easy-read-sentence", area=Area.SOURCE, packs=packs(Pack.EASY_READ), check=find, page=__doc__
)
