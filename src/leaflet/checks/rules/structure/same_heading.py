"""Two headings with the same words.

What it finds:
Headings of one level and one section that read the same.

Why:
In a list of headings, by which many users of screen readers move, nobody can tell them apart (WCAG 2.4.6).

Bad:
    ## More
    …
    ## More

Good:
    ## More about side effects
    …
    ## More about diet

When to ignore it:
Where both are short parts of two sections that name the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import Section
from leaflet.model.walk import Node, children, plain_text


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield headings that read as one before them."""
    yield from _below(subject.document.blocks)


def _below(nodes: Iterable[Node]) -> Iterator[Hit]:
    seen: dict[str, Section] = {}
    for node in nodes:
        if isinstance(node, Section):
            words = " ".join(plain_text(node.heading).casefold().split())
            first = seen.setdefault(words, node)
            if first is not node and words:
                message = f'"{plain_text(node.heading)}" is already the heading in line {first.location.line}'
                yield Hit(message=message, at=node.location, hint="say in each what it is about")
        yield from _below(children(node))


RULE = Rule(code="L404", name="same-heading", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
