"""Table without words in its head.

What it finds:
Tables in which a cell of the head is empty, other than the first above the heads of rows.

Why:
WCAG 1.3.1: a screen reader says the head with each cell, and finds nothing to say.

Bad:
    |      |       |
    |------|-------|
    | Type | Share |

Good:
    | Type | Share |
    |------|-------|

When to ignore it:
Never; a table that only places things is better made as a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import Icon, Image, Table
from leaflet.model.walk import plain_text, walk


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield tables with empty heads."""
    for node in subject.nodes:
        if not isinstance(node, Table):
            continue
        empty = [
            index
            for index, cell in enumerate(node.head)
            if not plain_text(cell.children).strip()
            and not any(isinstance(child, Image | Icon) for child in walk(cell.children))
        ]
        if [index for index in empty if index > 0] or (empty and not node.row_heads):
            number = ", ".join(str(index + 1) for index in empty)
            hint = "name each column in the first row; {.row-heads} makes the first column heads of rows"
            yield Hit(message=f"the head of column {number} is empty", at=node.location, hint=hint)


RULE = Rule(code="L408", name="table-head", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
