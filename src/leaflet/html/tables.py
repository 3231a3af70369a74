"""Measures of tables: the widths that their columns need, and the cells that say yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import cast

from markupsafe import Markup
from msgspec.structs import replace

from leaflet.html.ui_labels import Labels
from leaflet.model.document import Block, Cell, Document, ListItem, Table
from leaflet.model.rebuild import each, with_parts
from leaflet.model.walk import Node, all_nodes, plain_text, walk

MOST_ROWS = 6
"""Tables of no more rows are not divided."""


def columns(widths: Sequence[float]) -> Markup:
    """Return the columns of a table with these widths, in per cent."""
    if not widths:
        return Markup()
    cols = (Markup('<col style="width:{}%">').format(f"{width:g}") for width in widths)
    return Markup("<colgroup>{}</colgroup>").format(Markup().join(cols))


ANSWERING = frozenset({"compare", "yes-no"})
"""The classes of tables whose cells say yes or no."""
DIVIDED = 15
"""Longer words are divided in tables."""
CELL_PADDING = 3
"""In characters: the space between two columns of a table."""
WIDE = 1.05
"""The width that a word may have over one of average letters, as a share."""


def answer(cell: Cell, table: Table, labels: Labels) -> str | None:
    """Return the class of a cell that says yes or no in the language of the leaflet, and nothing else."""
    if not ANSWERING & set(table.attributes.classes):
        return None
    word = plain_text(cell.children).strip()
    return next((kind for kind in ("yes", "no") if word == labels[kind]), None)


def turned_height(table: Table) -> float:
    """Return the height of heads that are read upwards, in ems."""
    longest = max((len(plain_text(cell.children)) for cell in table.head[1:]), default=0)
    return round(longest * 0.54 + 1.2, 2)


def longest_words(table: Table) -> list[int]:
    """Return how many characters the longest word of each column has; words that are divided count as what they leave."""
    rows = table.rows if TURNED in table.attributes.classes else (table.head, *table.rows)
    words = [
        [word for row in rows if place < len(row) for word in plain_text(row[place].children).split()]
        for place in range(len(table.alignments))
    ]
    return [max((min(len(word), DIVIDED) for word in column), default=0) for column in words]


def least_width(table: Table) -> int:
    """Return the number of characters of the longest words of all columns, with the space between them."""
    longest = longest_words(table)
    return sum(longest) + CELL_PADDING * (len(longest) - 1)


SHORT = 16
"""Characters of a cell that is not divided, at most."""
UNDIVIDED = 0.85
"""The share of the page's width that a table may take with its short cells undivided."""


def whole_columns(table: Table, measure: float) -> frozenset[int]:
    """Return the columns whose cells are short, such as dates and amounts, and have space for one line each."""
    cells = [
        [plain_text(row[place].children).strip() for row in table.rows if place < len(row)]
        for place in range(len(table.alignments))
    ]
    needs = longest_words(table)
    short = {
        place: max(map(len, column))
        for place, column in enumerate(cells)
        if any(" " in cell and any(map(str.isdigit, cell)) for cell in column) and max(map(len, column)) <= SHORT
    }
    whole = [max(need, short.get(place, 0)) for place, need in enumerate(needs)]
    fits = (sum(whole) + CELL_PADDING * (len(whole) - 1)) * WIDE <= measure * UNDIVIDED
    return frozenset(short) if fits else frozenset()


def widest_words(table: Table) -> list[float]:
    """Return the widths of the longest words with a little to spare, for letters are of many widths."""
    return [word * WIDE + 1 for word in longest_words(table)]


TURNED = "turned"
LEAST_TURNED = 5
"""A table of fewer columns does not become a matrix."""
LONGEST_TURNED = 9
"""Letters of a head, at most: a longer one would be higher than several rows."""
SHORT_CELL = 6
"""Characters of a cell of a matrix, at most."""
SPARE = 0.75
"""Heads are turned where their words take more of the page's width than this."""


def with_turned_heads(document: Document, measure: float) -> Document:
    """Return ``document`` with heads that are read upwards over matrices whose heads are too wide for the page."""

    def change(value: object) -> object:
        match value:
            case Table() if _turns(value, measure):
                classes = (*value.attributes.classes, TURNED)
                return replace(value, attributes=replace(value.attributes, classes=classes))
            case Table() | str():
                return value
            case tuple():
                return each(value, change)
            case _:
                return with_parts(value, change) if isinstance(value, Block | ListItem) else value

    if not any(isinstance(node, Table) and _turns(node, measure) for node in all_nodes(document)):
        return document
    return replace(document, blocks=cast("tuple[Block, ...]", each(document.blocks, change)))


def _turns(table: Table, measure: float) -> bool:
    """Return whether ``table`` is a matrix: short marks under heads of one word, too wide beside each other."""
    if TURNED in table.attributes.classes or table.widths or len(table.alignments) < LEAST_TURNED:
        return False
    heads = [plain_text(cell.children).strip() for cell in table.head[1:]]
    cells = (plain_text(cell.children).strip() for row in table.rows for cell in row[1:])
    is_matrix = all(0 < len(head) <= LONGEST_TURNED and " " not in head for head in heads) and all(
        len(cell) <= SHORT_CELL for cell in cells
    )
    return is_matrix and least_width(table) > measure * SPARE


def common_widths(nodes: Iterable[Node]) -> Mapping[int, tuple[float, ...]]:
    """Return, by the identity of the table, the widths of columns of tables that have the same heads.

    A column gets what its longest word needs and a share for all of its words, as in all of these tables together.
    """
    groups: dict[tuple[str, ...], list[Table]] = {}
    for node in walk(nodes):
        if isinstance(node, Table) and not node.widths and any(cell.children for cell in node.head):
            groups.setdefault(tuple(plain_text(cell.children).strip() for cell in node.head), []).append(node)
    found: dict[int, tuple[float, ...]] = {}
    for tables in groups.values():
        if len(tables) < 2:
            continue
        needs = []
        for place in range(len(tables[0].alignments)):
            word = max(longest_words(table)[place] for table in tables) + CELL_PADDING
            letters = max(len(plain_text(row[place].children)) for table in tables for row in (table.head, *table.rows))
            needs.append(max(float(word), sqrt(letters) * 4))
        widths = tuple(round(need / sum(needs) * 100, 2) for need in needs)
        found.update({id(table): widths for table in tables})
    return found


def fitting_widths(table: Table, longest: Sequence[float], measure: float) -> tuple[float, ...]:
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
