"""No summary, or not where readers begin.

What it finds:
A leaflet of more than 150 words without an at-a-glance block, or with one that comes after other text. A first section
called "Summary", "Overview", "In brief" or the like counts as one.

Why:
The CDC index (items 1 to 3) asks for the main message at the top, with a visual cue. In a study with PEMAT only 2 of 17
leaflets had a summary.

Bad:
    ## What is MS?

    Nerves carry messages …

Good:
    ::: {#at-a-glance}
    - **MS damages nerves.**
    :::

    ## What is MS?

When to ignore it:
For a short leaflet whose title is its message.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.sentences import WORD
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextKind
from leaflet.model.document import AtAGlance, Paragraph, WriteIn

ENOUGH_WORDS = 150
NAMES = frozenset(
    "summary;overview;at a glance;in brief;in short;key points;key facts;main points;the main points;key messages;"
    "zusammenfassung;überblick;auf einen blick;im überblick;kurz gesagt;das wichtigste;das wichtigste in kürze;kurz und knapp;"
    "résumé;aperçu;en bref;en résumé;l’essentiel;l'essentiel;à retenir;les points clés;points clés;"
    "resumen;en resumen;en breve;lo esencial;lo más importante;puntos clave;ideas clave".split(";")
)
"""Headings of a section that is a summary."""


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a missing or late summary."""
    count = sum(len(WORD.findall(block.text)) for block in subject.texts)
    blocks = subject.document.blocks
    if count <= ENOUGH_WORDS or _begins_with_summary(subject):
        return
    number = next((index for index, block in enumerate(blocks) if isinstance(block, AtAGlance)), None)
    if number is None and not any(isinstance(node, AtAGlance) for node in subject.nodes):
        hint = "put the main message into ::: {#at-a-glance} at the top"
        yield Hit(message=f"{count} words have no summary", at=subject.key("title"), hint=hint)
    elif number is None or any(not isinstance(block, Paragraph | WriteIn) for block in blocks[:number]):
        summary = next(node for node in subject.nodes if isinstance(node, AtAGlance))
        yield Hit(message="the summary does not come first", at=summary.location, hint="move it to the top")


def _begins_with_summary(subject: SourceSubject) -> bool:
    """Return whether the first section is a summary by its heading."""
    first = next((text for text in subject.texts if text.kind is TextKind.HEADING), None)
    return first is not None and first.text.strip(" :.").casefold() in NAMES and first is subject.texts[0]


RULE = Rule(code="L211", name="summary", area=Area.SOURCE, packs=packs(Pack.HEALTH, Pack.CDC), check=find, page=__doc__)
