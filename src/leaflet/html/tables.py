"""Parts of tables that only some have: columns with widths, and cells of more than one paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

from markupsafe import Markup

from leaflet.model.document import Block, Table
from leaflet.model.walk import plain_text


def columns(node: Table, widths: Sequence[float] = ()) -> Markup:
    """Return the columns of a table with the widths, in per cent, that its author or else ``widths`` give them."""
    if not (node.widths or widths):
        return Markup()
    cols = (Markup('<col style="width:{}%">').format(f"{width:g}") for width in node.widths or widths)
    return Markup("<colgroup>{}</colgroup>").format(Markup().join(cols))


def cell_content(inlines: Markup, blocks: tuple[Block, ...], write: Callable[[tuple[Block, ...]], Markup]) -> Markup:
    """Return what a cell holds: a line of text, or blocks."""
    return write(blocks) if blocks else inlines


def fitting_widths(table: Table, longest: Sequence[int], measure: float) -> tuple[float, ...]:
    """Return widths in per cent of a ``measure`` in characters that is hardly enough for the words of ``table``.

    Each column gets what its longest word needs; what is left goes by the root of the text that a column holds.
    """
    rows = (table.head, *table.rows)
    texts = [
        sqrt(sum(len(plain_text(row[place].children)) for row in rows if place < len(row)))
        for place in range(len(longest))
    ]
    spare = max(0.0, measure - sum(longest)) / max(sum(texts), 1.0)
    needs = [word + spare * text for word, text in zip(longest, texts, strict=True)]
    return tuple(round(need / sum(needs) * 100, 2) for need in needs)
