"""Short cells of tables, such as dates and amounts, which are kept on one line where there is space for them."""

from __future__ import annotations

from documents import NOWHERE, at, text

from leaflet.html.tables import whole_columns
from leaflet.model.document import Alignment, Cell, Table


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(tuple(Cell(children=text(words)) for words in row) for row in rows)
    alignments = (Alignment.LEFT,) * len(rows[0])
    return Table(head=cells[0], rows=cells[1:], alignments=alignments, caption=(), attributes=NOWHERE, location=at(1))


PROGRAMME = table(("Date", "Talk"), ("12 January", "Snowdrops"), ("14 September", "What the drought taught us"))


def test_dates_are_kept_on_one_line() -> None:
    assert whole_columns(PROGRAMME, 40) == {0}


def test_nothing_is_kept_where_the_table_is_narrow() -> None:
    assert whole_columns(PROGRAMME, 20) == frozenset()


def test_words_without_numbers_may_be_divided() -> None:
    assert (
        whole_columns(table(("Who", "What"), ("Bea Sallow", "12 pots of a kind that nobody knows")), 60) == frozenset()
    )
