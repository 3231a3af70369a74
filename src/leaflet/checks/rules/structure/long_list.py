"""List of more than seven items.

What it finds:
Lists with more than seven items at one level. Lists of references, of links and of lines to write on do not count.

Why:
The CDC index (item 8) asks for lists of at most seven items: longer ones are not read to their end.

Bad:
    - nine
    - items
    - …

Good:
    Two lists, each under its own heading.

When to ignore it:
In a list to look something up in, such as addresses.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import AtAGlance, List
from leaflet.model.walk import Node

MOST = 7


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield long lists."""
    for node in subject.nodes:
        count = _count(node)
        if count > MOST:
            place = getattr(node, "location", None)
            hint = "group the items under headings, or leave out what matters least"
            yield Hit(
                message=f"this list has {count} items; readers do not remember more than {MOST}", at=place, hint=hint
            )


def _count(node: Node) -> int:
    match node:
        case List():
            return len(node.items)
        case AtAGlance():
            return len(node.facts)
        case _:
            return 0


RULE = Rule(
    code="L401",
    name="long-list",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.CDC, Pack.EASY_READ),
    check=find,
    page=__doc__,
)
