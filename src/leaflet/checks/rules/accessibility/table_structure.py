"""Table whose heads and cells are not marked as such.

What it finds:
Tables without ``TH``, ``TH`` without a scope in a table without ids of heads, rows of different lengths, and rows or cells
in a wrong place.

Why:
Matterhorn 09-004 and 15-003, PDF/UA-1 7.5, PAC's quality check "table completeness"; WCAG 1.3.1.

Bad:
    <Table><TR><TD>Type</TD></TR></Table>

Good:
    <Table><TR><TH Scope="Column">Type</TH></TR></Table>

When to ignore it:
Never; a table that only places things should not be tagged as one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject, StructureTag, attribute
from leaflet.checks.rule import Area, Pack, Rule, packs

GROUPS = frozenset({"THead", "TBody", "TFoot"})


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield faults of tables."""
    for table in subject.all_tags():
        if table.kind == "Table":
            where = subject.where(table) or subject.whole
            for message, hint in _faults(table):
                yield Hit(message=message, hint=hint, panel=where)


def _faults(table: StructureTag) -> Iterator[tuple[str, str]]:
    stray = {tag.kind for tag in table.kids} - GROUPS - {"TR", "Caption"}
    stray |= {row.kind for tag in table.kids if tag.kind in GROUPS for row in tag.kids} - {"TR"}
    if stray:
        yield f"a table holds {', '.join(sorted(stray))}", "a table holds rows, groups of rows and a caption"
    rows = [row for tag in table.kids for row in ((tag,) if tag.kind == "TR" else tag.kids) if row.kind == "TR"]
    cells = [cell for row in rows for cell in row.kids]
    if any(cell.kind not in ("TH", "TD") for cell in cells):
        yield "a row of a table holds something that is no cell", "a row holds TH and TD"
    heads = [cell for cell in cells if cell.kind == "TH"]
    if rows and not heads:
        yield "a table has no heads", "tag the cells of its first row or column as TH"
    by_id = any(attribute(cell, "/Headers") is not None for cell in cells)
    if not by_id and any(attribute(head, "/Scope") is None for head in heads):
        yield "a head of a table has no scope", "say whether it heads its row or its column"
    if len(set(_widths(rows))) > 1:
        yield "the rows of a table have different numbers of cells", "fill the gaps with empty cells, or with spans"


def _widths(rows: list[StructureTag]) -> Iterator[int]:
    """Yield the width of each row in cells, with those that reach into it from above."""
    below: list[int] = []
    for row in rows:
        width = sum(1 for rest in below if rest > 0)
        below = [rest - 1 for rest in below if rest > 1]
        for cell in row.kids:
            columns, height = _span(cell, "/ColSpan"), _span(cell, "/RowSpan")
            width += columns
            below += [height - 1] * columns if height > 1 else []
        yield width


def _span(cell: StructureTag, name: str) -> int:
    value = attribute(cell, name)
    return max(1, int(value)) if value is not None and not isinstance(value, pikepdf.Array) else 1


RULE = Rule(code="L707", name="table-structure", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
