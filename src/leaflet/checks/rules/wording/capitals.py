"""Words in capitals.

What it finds:
Three or more words in a row in capitals, and a heading all in capitals.

Why:
Words in capitals lose their shape and are read more slowly; some screen readers spell them. The NHS service manual,
RNIB and the EU guideline on package leaflets advise against them.

Bad:
    NEVER SHARE YOUR TOWELS with others.

Good:
    **Never share your towels** with others.

When to ignore it:
Where a sign or a form is quoted as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextKind

WORD = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’'-]*"
RUN = re.compile(rf"(?<!\w){WORD}(?:[ \u00a0,:;–-]+{WORD}){{2,}}(?![\w])")
LONG = re.compile(r"[A-ZÀ-ÖØ-Þ]{4,}")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield runs of capitals."""
    for block in subject.own_texts:
        for found in RUN.finditer(block.text):
            if len(LONG.findall(found[0])) >= 2 or (block.kind is TextKind.HEADING and LONG.search(found[0])):
                yield subject.hit(block, found.start(), len(found[0]), f'"{_short(found[0])}" is all in capitals', HINT)
        words = re.findall(r"[^\W\d_]+", block.text)
        is_heading = block.kind is TextKind.HEADING and 0 < len(words) < 3
        if is_heading and all(word.isupper() for word in words) and max(map(len, words)) > 6:
            yield subject.hit(block, 0, len(block.text), "this heading is all in capitals", HINT)


HINT = "write it in small letters; make it bold if it matters"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


RULE = Rule(code="L207", name="capitals", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
