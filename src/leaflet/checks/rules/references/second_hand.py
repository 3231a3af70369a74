"""Source that was read in another source.

What it finds:
Citations with "cited in", "as cited in", "quoted in", "zit. nach", "cité dans" or "citado en".

Why:
APA, MLA and Chicago ask to find the original: the second author may have quoted it wrongly.

Bad:
    [@snow1855, as cited in Tufte, 1997]

Good:
    [@snow1855, p. 38]

When to ignore it:
Where the original is lost or cannot be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import CitationReference

SECOND_HAND = re.compile(
    r"\b(?:(?:as )?(?:cited|quoted) (?:in|by)|qtd\. in|zit(?:iert|\.)? nach|zit\. n\.|cité(?:e|s|es)? (?:dans|par)|citad[oa]s? (?:en|por))\b",
    re.IGNORECASE,
)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield citations of what was read elsewhere."""
    for node in subject.nodes:
        if isinstance(node, CitationReference):
            for cite in node.cluster.cites:
                if SECOND_HAND.search(f"{cite.prefix} {cite.suffix}"):
                    at = cite.location or node.location
                    yield Hit(
                        message=f'"{cite.key}" was read in another source',
                        at=at,
                        hint="find the original, and cite that",
                    )


RULE = Rule(code="L508", name="second-hand", area=Area.SOURCE, packs=packs(Pack.HANDOUT), check=find, page=__doc__)
