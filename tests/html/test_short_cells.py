"""Short cells of tables, such as dates and amounts, which are kept on one line where there is space for them."""

from __future__ import annotations

import re

from documents import NOWHERE, at, citations, document, text
from markupsafe import Markup

from leaflet.design.icons import load_icons
from leaflet.html.render_inlines import HtmlContext, Medium
from leaflet.html.render_tables import table as render_table
from leaflet.html.tables import whole_columns
from leaflet.html.ui_labels import load_labels
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


def rendered(rows: Table, measure: float) -> str:
    context = HtmlContext(
        document=document(),
        citations=citations(),
        labels=load_labels("en"),
        medium=Medium.PRINT,
        image_address=lambda picture: picture.path,
        icon_set=load_icons(),
        measure=measure,
    )
    return str(render_table(rows, context, lambda blocks, _: Markup()))


STOPS = table(("Stop", "", "", "then every", ""), ("Hospital", "0629", "0725", "20 min", "1903"))


def test_a_table_of_short_words_stays_one_where_they_hardly_have_space() -> None:
    assert 'class="grid wide tight"' in rendered(STOPS, 38)
    assert 'class="records"' in rendered(STOPS, 25)


def test_cells_below_empty_heads_are_read_with_those_before_them() -> None:
    found = re.sub(r"<span[^>]*>|</span>", "", rendered(STOPS, 25))
    assert '<p class="record-cells">0629\u20030725</p>' in found
    assert "<dt>then every</dt><dd>20 min\u20031903</dd>" in found
