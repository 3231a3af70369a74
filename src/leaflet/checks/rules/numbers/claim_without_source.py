"""Number that claims something, without a source.

What it finds:
Paragraphs, list items, table captions and statistics with a percentage, a share such as "1 in 10", or a big count of people,
in a leaflet or paragraph that cites nothing for it, and does not say "Source: …".

Why:
PIF TICK and the CDC index (item 11) ask for the evidence behind a claim. A number without a source cannot be checked at
the next review.

Bad:
    About 1 in 10 people feel sick.

Good:
    About 1 in 10 people feel sick [@trial2019].

When to ignore it:
Where the number is your own, such as the opening hours of a clinic or what a service did last year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextKind

S = r"[\s\u00a0\u202f]"
PEOPLE = (
    r"(?:people|patients|children|adults|women|men|babies|cases|deaths|Menschen|Personen|Kinder|Frauen|Männer|Patienten|"
    r"Patientinnen|personnes|enfants|femmes|hommes|patients|personas|niños|mujeres|hombres|pacientes)"
)
CLAIM = re.compile(
    rf"\b\d+(?:[.,]\d+)?{S}?(?:%|‰|per{S}cent\b|percent\b|Prozent\b|pour{S}cent\b|por{S}ciento\b)"
    rf"|\b\d[\d,.]*{S}(?:in|out{S}of|von|sur|de{S}cada|in{S}every){S}(?:every{S})?\d[\d,.]*(?!\d|:|{S}(?:hours|days|weeks|months|years|Uhr))\b"
    rf"|\b(?:\d{{1,3}}(?:[,.\u00a0\u202f]\d{{3}})+|\d{{3,}}){S}(?:\w+{S})?{PEOPLE}\b"
)
KINDS = frozenset(
    {TextKind.PARAGRAPH, TextKind.ITEM, TextKind.FACT, TextKind.CAPTION, TextKind.STATISTIC, TextKind.CELL}
)
STRENGTHS = re.compile(r"alcohol|Alkohol|alcool|SPF|strength|solution|fat|Fett|discount|Rabatt|humidity", re.IGNORECASE)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield numbers that need a source."""
    cited = {block.group for block in subject.texts if block.cited or subject.names_source(block)}
    for block in subject.own_texts:
        if block.kind not in KINDS or block.group in cited:
            continue
        found = CLAIM.search(block.text)
        if found and not STRENGTHS.search(block.text):
            message = f'"{" ".join(found[0].split())}" has no source'
            yield subject.hit(block, found.start(), len(found[0]), message, "cite where the number is from: [@key]")


RULE = Rule(
    code="L301",
    name="claim-without-source",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.CDC, Pack.HANDOUT),
    check=find,
    page=__doc__,
)
