"""Table that goes on on another panel.

What it finds:
Tables with rows on two panels.

Why:
A comparison that has to be turned over cannot be compared.

Bad:
    Three of five rows overleaf.

Good:
    The table whole on one panel: ``## Types {panel=inside}``.

When to ignore it:
For a long list in columns, whose head is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield tables in two parts."""
    first: dict[int, int] = {}
    reported: set[int] = set()
    for number, page in enumerate(subject.pages):
        for piece in page.pieces:
            table = subject.source_map.table(piece.element)
            if table is None:
                continue
            begun = first.setdefault(id(table), number)
            if begun != number and id(table) not in reported:
                reported.add(id(table))
                message = f"this table goes on on {subject.labels[number]}"
                hint = "begin its section on a panel of its own, or make it shorter"
                at = subject.source_map.location(table)
                yield Hit(message=message, at=at, hint=hint, panel=subject.labels[begun])


RULE = Rule(code="L608", name="split-table", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
