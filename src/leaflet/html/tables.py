"""Parts of tables that only some have: columns with widths, and cells of more than one paragraph."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from leaflet.model.document import Block, Table


def columns(node: Table) -> Markup:
    """Return the columns of a table whose author gave them widths."""
    if not node.widths:
        return Markup()
    cols = (Markup('<col style="width:{}%">').format(f"{width:g}") for width in node.widths)
    return Markup("<colgroup>{}</colgroup>").format(Markup().join(cols))


def cell_content(inlines: Markup, blocks: tuple[Block, ...], write: Callable[[tuple[Block, ...]], Markup]) -> Markup:
    """Return what a cell holds: a line of text, or blocks."""
    return write(blocks) if blocks else inlines
