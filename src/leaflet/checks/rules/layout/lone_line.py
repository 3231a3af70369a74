"""Single line of a paragraph on another panel.

What it finds:
Paragraphs and list items of three lines or more of which one line alone is at the foot of a panel or at the head of the
next.

Why:
A line alone is overlooked, and the reader has lost the thread when the panel is turned.

Bad:
    "… and call us." alone at the head of a panel.

Good:
    Two lines or more on each side.

When to ignore it:
Where the line is a sentence of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import LINE, PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.weasy import PagePiece


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield lines that are parted from their paragraph."""
    runs: dict[str, dict[int, list[PagePiece]]] = defaultdict(lambda: defaultdict(list))
    for number, page in enumerate(subject.pages):
        for piece in page.pieces:
            is_note = subject.source_map.is_within(piece.element, "footnote")
            flows = piece.text and not piece.positioned and not is_note
            paragraph = subject.source_map.paragraph(piece.element) if flows else None
            if paragraph is not None:
                runs[paragraph][number].append(piece)
    for parts in runs.values():
        counts = {number: _lines(pieces) for number, pieces in parts.items()}
        if len(counts) > 1 and sum(counts.values()) >= 3:
            for number, count in counts.items():
                if count == 1:
                    piece = parts[number][0]
                    message = f'the line "{(piece.text or "").strip()[:40]}" is parted from its paragraph'
                    hint = "shorten or lengthen the text before it by a few words"
                    yield Hit(message=message, at=subject.at(piece), hint=hint, panel=subject.labels[number])


def _lines(pieces: list[PagePiece]) -> int:
    """Return the number of lines that pieces of text make."""
    count, last = 0, float("-inf")
    for bottom in sorted(piece.area.bottom for piece in pieces):
        if bottom - last > LINE:
            count, last = count + 1, bottom
    return count


RULE = Rule(code="L602", name="lone-line", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
