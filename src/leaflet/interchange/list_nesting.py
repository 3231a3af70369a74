"""Nesting of list items that come one after another, each with its level, as word processors store them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from leaflet.interchange.imported_content import ImportedBlock, ImportedList
from leaflet.model.document import Numbering


class FlatItem(Struct, frozen=True, kw_only=True):
    """An item of a list, by its level, the list it belongs to, and its number."""

    level: int
    list_id: str
    blocks: tuple[ImportedBlock, ...]
    ordered: bool = False
    numbering: Numbering = Numbering.DECIMAL
    number: int = 1


def nested_lists(items: Sequence[FlatItem]) -> list[ImportedBlock]:
    """Return lists in which deeper items are within the item before them."""
    made: list[ImportedBlock] = []
    position = 0
    while position < len(items):
        made_list, position = _one_list(items, position)
        made.append(made_list)
    return made


def _one_list(items: Sequence[FlatItem], position: int) -> tuple[ImportedList, int]:
    first = items[position]
    entries: list[tuple[ImportedBlock, ...]] = []
    expected = first.number
    while position < len(items):
        item = items[position]
        same = (item.list_id, item.ordered, item.numbering) == (first.list_id, first.ordered, first.numbering)
        if entries and (item.level < first.level or not same or (item.ordered and item.number != expected)):
            break
        position += 1
        expected = item.number + 1
        blocks = list(item.blocks)
        while position < len(items) and items[position].level > first.level:
            inner, position = _one_list(items, position)
            blocks.append(inner)
        entries.append(tuple(blocks))
    made = ImportedList(items=tuple(entries), ordered=first.ordered, start=first.number, numbering=first.numbering)
    return made, position
