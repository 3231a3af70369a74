"""Alternative text that says nothing.

What it finds:
Alternative texts that are a file's name, "image", "photo" or the like, that repeat the caption, or that are longer than
300 characters.

Why:
WCAG 1.1.1 and PAC's quality checks: readers who do not see the picture hear only this text.

Bad:
    ![A healthy nerve](nerve.png){alt="nerve.png"}

Good:
    ![A healthy nerve](nerve.png){alt="A nerve fibre in a whole coat of myelin"}

When to ignore it:
Where a long text is the only way to give the content of a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import Figure, Image
from leaflet.model.walk import plain_text

FILE = re.compile(
    r"[^\s/]+\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|pdf|avif)|(?:IMG|DSC|image|picture|Bild|foto)[ _-]?\d+", re.I
)
EMPTY = re.compile(
    r"(?:an?\s|the\s|ein(?:e)?\s|une?\s|una?\s)?(?:image|picture|photo(?:graph)?|figure|graphic|icon|logo|drawing|diagram|chart|"
    r"Bild|Foto|Abbildung|Grafik|photo|imagen|foto|figura|dessin)\.?",
    re.IGNORECASE,
)
LONGEST = 300


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield alternative texts that help nobody."""
    captions = {
        id(image): plain_text(node.caption)
        for node in subject.nodes
        if isinstance(node, Figure)
        for image in node.images
    }
    images = (node.images for node in subject.nodes if isinstance(node, Figure))
    others = (node for node in subject.nodes if isinstance(node, Image))
    for image in {id(one): one for one in chain(*images, others)}.values():
        message = _fault(image.alt, captions.get(id(image), ""))
        if image.alt and message:
            hint = 'say what the picture shows: {alt="…"}'
            yield Hit(message=message, at=image.location, length=2, hint=hint)


def _fault(alt: str, caption: str) -> str:
    words = " ".join(alt.split())
    if FILE.fullmatch(words):
        return f'the alternative text "{words}" is the name of a file'
    if EMPTY.fullmatch(words):
        return f'the alternative text "{words}" does not say what the picture shows'
    if caption and words.casefold().strip(".") == " ".join(caption.split()).casefold().strip("."):
        return "the alternative text repeats the caption, which is read out twice"
    if len(words) > LONGEST:
        return f"the alternative text has {len(words)} characters; over {LONGEST} it is tiring to listen to"
    return ""


RULE = Rule(code="L406", name="alt-text", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
