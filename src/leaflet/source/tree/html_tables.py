"""Tables of HTML as tables of the leaflet, which know how wide their page is."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html as lxml_html
from lxml.etree import ParserError, _Element

from leaflet.errors import Location
from leaflet.model.document import Alignment, Attributes, Cell, Inline, Table

TABLE = re.compile(r"(?:<div[^>]*>\s*)?<table[\s>].*</table>\s*(?:</div>)?", re.DOTALL | re.IGNORECASE)
BLOCKS = frozenset("ul ol dl pre table blockquote h1 h2 h3 h4 h5 h6 figure".split())
"""Elements within a cell that are more than lines of text."""
ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
ALIGNMENTS = {"left": Alignment.LEFT, "right": Alignment.RIGHT, "center": Alignment.CENTRE}
MOST_CELLS = 20_000


def html_table(text: str, place: Location, read: Callable[[_Element], list[Inline]]) -> Table | None:
    """Return the table that a block of HTML is, or None where it is none or has cells over several columns.

    ``read`` gives the content of a cell as one line.
    """
    if not TABLE.fullmatch(text.strip()) or len(re.findall(r"<table[\s>]", text, re.IGNORECASE)) > 1:
        return None
    try:
        root = lxml_html.fragment_fromstring(text, create_parent="div")
    except (ParserError, ValueError, RecursionError):
        return None
    found = [row for row in root.iter("tr") if len(row)]
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in found]
    every = [cell for row in cells for cell in row]
    if not every or len(every) > MOST_CELLS or any(_span(cell, "colspan") != 1 or _is_more(cell) for cell in every):
        return None
    heads = [at for at, row in enumerate(found) if _is_head(row, cells[at])]
    rows = _grid(cells, read)
    if rows is None or heads not in ([], [0]):
        return None
    columns = len(rows[0])
    body = rows[1:] if heads else rows
    below = cells[1:] if heads else cells
    caption = next((read(one) for one in root.iter("caption")), [])
    table = next(root.iter("table"))
    return Table(
        alignments=_alignments(below[0] if below else [], columns),
        head=rows[0] if heads else (Cell(children=()),) * columns,
        rows=tuple(body),
        caption=tuple(caption),
        row_heads=bool(below) and all(row and row[0].tag == "th" for row in below),
        attributes=Attributes(id=table.get("id") or None),
        location=place,
    )


def _grid(cells: list[list[_Element]], read: Callable[[_Element], list[Inline]]) -> list[tuple[Cell, ...]] | None:
    """Return rows with the same number of cells, or None where they have not; a cell over rows leaves places below."""
    taken: dict[int, int] = {}
    rows: list[tuple[Cell, ...]] = []
    for elements in cells:
        row: list[Cell] = []
        waiting = iter(elements)
        while True:
            if taken.get(len(row), 0):
                taken[len(row)] -= 1
                row.append(Cell(children=(), rows=0))
                continue
            element = next(waiting, None)
            if element is None:
                break
            spanned = min(_span(element, "rowspan"), len(cells) - len(rows))
            taken[len(row)] = spanned - 1
            row.append(Cell(children=tuple(read(element)), rows=spanned))
        rows.append(tuple(row))
    return rows if len({len(row) for row in rows}) == 1 else None


def _span(cell: _Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if re.fullmatch(r"[1-9]\d{0,2}", value) else 1


def _is_more(cell: _Element) -> bool:
    return any(isinstance(child.tag, str) and child.tag.lower() in BLOCKS for child in cell.iterdescendants())


def _is_head(row: _Element, cells: list[_Element]) -> bool:
    parent = row.getparent()
    return (parent is not None and parent.tag == "thead") or (
        len(cells) > 1 and all(cell.tag == "th" for cell in cells)
    )


def _alignments(cells: list[_Element], columns: int) -> tuple[Alignment, ...]:
    found = []
    for cell in cells[:columns]:
        styled = ALIGNED.search(cell.get("style") or "")
        name = styled[1] if styled else (cell.get("align") or "").lower()
        found.append(ALIGNMENTS.get(name, Alignment.NONE))
    return (*found, *(Alignment.NONE,) * (columns - len(found)))
