"""Rows of tables in which a cell over several rows is the first of them, and the others are joined with it."""

from __future__ import annotations

from collections.abc import Sequence

from leaflet.interchange.imported_content import ImportedCell

MOST_COLUMNS = 60


def spanned_rows(rows: Sequence[Sequence[ImportedCell]]) -> tuple[tuple[ImportedCell, ...], ...]:
    """Return rows of equal width from rows that leave out cells which others cover, as HTML writes them."""
    covered: dict[int, tuple[int, int]] = {}
    made: list[list[ImportedCell]] = []
    for number, row in enumerate(rows):
        cells: list[ImportedCell] = []
        following: dict[int, tuple[int, int]] = {}
        column = 0
        pending = list(row)
        while (pending or any(at >= column for at in covered)) and column < MOST_COLUMNS:
            if column in covered:
                left, columns = covered.pop(column)
                cells.append(ImportedCell(blocks=(), columns=columns, rows=0))
                if left > 1:
                    following[column] = left - 1, columns
                column += columns
                continue
            if not pending:
                cells.append(ImportedCell(blocks=()))
                column += 1
                continue
            cell = pending.pop(0)
            rows_left = min(cell.rows, len(rows) - number)
            cells.append(ImportedCell(blocks=cell.blocks, columns=cell.columns, rows=rows_left))
            if rows_left > 1:
                following[column] = rows_left - 1, cell.columns
            column += cell.columns
        covered = following
        made.append(cells)
    width = max((sum(cell.columns for cell in row) for row in made), default=0)
    return tuple((*row, *[ImportedCell(blocks=())] * (width - sum(cell.columns for cell in row))) for row in made)
