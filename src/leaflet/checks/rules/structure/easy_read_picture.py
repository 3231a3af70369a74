"""Idea without a picture in easy read.

What it finds:
Blocks ``::: idea`` without a picture, in an easy-read leaflet.

Why:
Easy read puts a picture to the left of each idea, which carries it for people who read little.

Bad:
    ::: idea
    Dry your hands.
    :::

Good:
    ::: idea
    ![](images/towel.svg){alt="A towel on a rail"}

    Dry your hands.
    :::

When to ignore it:
For the lines that only say whom to ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import Division, Figure, Image
from leaflet.model.walk import walk


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield ideas without a picture."""
    for node in subject.nodes:
        is_idea = isinstance(node, Division) and "idea" in node.attributes.classes
        if is_idea and not any(isinstance(child, Image | Figure) for child in walk([node])):
            hint = "add a picture that shows the idea, before the words"
            yield Hit(message="this idea has no picture", at=getattr(node, "location", None), hint=hint)


RULE = Rule(
    code="L410", name="easy-read-picture", area=Area.SOURCE, packs=packs(Pack.EASY_READ), check=find, page=__doc__
)
