"""No source is cited.

What it finds:
A leaflet of more than 150 words that cites nothing, and names no source in words: "Source: …".

Why:
PIF TICK asks for evidence, and that a record of the sources exists. The NHS service manual keeps one for each page.

Bad:
    A page of advice without any ``[@key]``.

Good:
    The advice with the guideline that it rests on: [@nice2018].

When to ignore it:
Where the record of sources is held elsewhere, and the leaflet says where.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.sentences import WORD
from leaflet.checks.source_subject import SourceSubject

ENOUGH_WORDS = 150


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a leaflet without sources."""
    count = sum(len(WORD.findall(block.text)) for block in subject.texts)
    has_sources = subject.citations.items or subject.metadata.nocite or any(map(subject.names_source, subject.texts))
    if count > ENOUGH_WORDS and not has_sources:
        hint = "name a bibliography, and cite with [@key]"
        yield Hit(message=f"{count} words rest on no source", at=subject.key("bibliography"), hint=hint)


RULE = Rule(
    code="L501", name="no-sources", area=Area.SOURCE, packs=packs(Pack.HEALTH, Pack.HANDOUT), check=find, page=__doc__
)
