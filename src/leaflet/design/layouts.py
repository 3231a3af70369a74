"""Layouts as folders: ``layout.toml`` read, checked and turned into panels whose widths follow from the fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from leaflet.design.layout_reader import LayoutReader, is_number
from leaflet.model.fold import (
    STRIPS,
    Fold,
    Margins,
    Millimetres,
    Panel,
    Side,
    fold_sides,
    panel_count,
    panel_sizes,
    strip_widths,
)
from leaflet.model.layout import Filling, FitBounds, Layout, PressSheet
from leaflet.model.paper import Duplex


class PanelPart(StrEnum):
    """A part of a leaflet that a panel can hold."""

    COVER = "cover"
    AT_A_GLANCE = "at-a-glance"
    BODY = "body"
    WRITE_IN = "write-in"
    AUTHOR = "author"
    REFERENCES = "references"
    FURTHER_READING = "further-reading"
    RELATED = "related"
    CITE = "cite"
    END_PLATE = "end-plate"


class NotePlace(StrEnum):
    """The place of notes: at the foot of the panel of their mark, or at the end of the text."""

    FOOT = "foot"
    END = "end"


class Family(StrEnum):
    """Layouts that look alike; each family has a CSS file of its name in ``layouts/shared``."""

    FOLDED = "folded"
    LEAF = "leaf"
    BOOKLET = "booklet"
    HANDOUT = "handout"


TYPE_SIZES: Mapping[str, float] = {
    "body": 10.5,
    "line": 14.0,
    "small": 9.25,
    "fine": 8.25,
    "lead": 12.0,
    "title": 34.0,
    "heading": 16.0,
    "phone": 17.0,
    "subtitle": 14.5,
}
"""Sizes in points that a layout has unless its file says otherwise."""

KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset(
        {"description", "family", "duplex", "notes", "columns", "column-gap", "bleed", "ink-limit"}
        | {"sheet", "fold", "press-sheet", "fit", "type", "panel"}
    ),
    "sheet": frozenset({"size", "orientation", "width", "height"}),
    "fold": frozenset({"kind", "tuck", "gap", "thickness"}),
    "press-sheet": frozenset({"size", "orientation", "width", "height", "columns", "rows", "gutter", "filling"}),
    "fit": frozenset({"smallest", "largest", "minimum-points"}),
    "type": frozenset(TYPE_SIZES),
    "panel": frozenset({"name", "margins", "repeats", "holds", "may-hold"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPlan:
    """The parts of each panel, by panel name, and the type that they are set in."""

    held: Mapping[str, tuple[PanelPart, ...]]
    guests: Mapping[str, tuple[PanelPart, ...]]
    """Parts that a panel takes in where the one that holds them is too full."""
    sizes: Mapping[str, float]
    """Type sizes in points at scale 1; "line" is the distance of lines."""
    character: float = 0.41
    """Mean width of a character of running text, in ems; it depends on the style's face."""
    notes: NotePlace = NotePlace.FOOT
    family: Family | None = None
    columns: int = 1
    """How many columns the text of its pages has."""
    column_gap: Millimetres = 10.0


def load_layout(folder: Path, roots: Sequence[Path] = ()) -> Layout:
    """Read ``folder/layout.toml``; if it is a link, it may lead into ``folder`` or ``roots``.

    Raises:
        LayoutError: everything in it that is not as it should be.
    """
    reader = LayoutReader.of(folder, roots)
    data = reader.data
    reader.known_keys(data, KEYS)
    width, height = reader.size(data, "sheet")
    fold = reader.choice(data, "fold", "kind", Fold, default=Fold.NONE)
    tuck = reader.number(data, "fold", "tuck", default=3.0)
    gap = reader.number(data, "fold", "gap", default=2.0)
    thickness = reader.number(data, "fold", "thickness", default=0.1)
    bleed = reader.number({"": data}, "", "bleed", default=3.0)
    ink_limit = reader.number({"": data}, "", "ink-limit", default=300.0, at_least=100)
    duplex = reader.choice({"": data}, "", "duplex", Duplex, default=None) if "duplex" in data else None
    fit = FitBounds(
        smallest=reader.number(data, "fit", "smallest", default=0.85, at_least=0.1),
        largest=reader.number(data, "fit", "largest", default=1.15, at_least=0.1),
        minimum_points=reader.number(data, "fit", "minimum-points", default=9.0),
    )
    press_sheet = _press_sheet(reader, fold)
    tables = reader.panels()
    reader.stop_if_wrong()
    sides = _sides(fold, width, height, len(tables), reader, tuck=tuck, gap=gap)
    sizes = panel_sizes(sides) or [(width / 2 if fold is Fold.BOOKLET else width, height)] * len(tables)
    panels = tuple(
        _panel(table, panel_width, panel_height, reader, place)
        for place, (table, (panel_width, panel_height)) in enumerate(zip(tables, sizes, strict=True), start=1)
    )
    _check_repeats(panels, fold, reader)
    reader.stop_if_wrong()
    return Layout(
        name=folder.name,
        description=str(data.get("description", "")),
        folder=folder,
        fold=fold,
        sheet_width=width,
        sheet_height=height,
        bleed=bleed,
        panels=panels,
        sides=sides,
        fit=fit,
        press_sheet=press_sheet,
        thickness=thickness,
        duplex=duplex,
        ink_limit=ink_limit,
    )


def _press_sheet(reader: LayoutReader, fold: Fold) -> PressSheet:
    """Return the paper that is printed on, where the layout names one."""
    table = "press-sheet"
    given = reader.table(reader.data, table)
    sized = any(key in given for key in ("size", "width", "height"))
    found = PressSheet(
        size=reader.size(reader.data, table) if sized else None,
        columns=reader.whole(reader.data, table, "columns", default=1),
        rows=reader.whole(reader.data, table, "rows", default=1),
        gutter=reader.number(reader.data, table, "gutter", default=0.0),
        filling=reader.choice(reader.data, table, "filling", Filling, default=Filling.REPEAT),
    )
    if found.filling is Filling.SEQUENCE and fold is not Fold.NONE:
        reader.wrong(
            "only pages that are not folded can follow each other on a press sheet",
            hint='take filling = "sequence" out, and each sheet is repeated',
            find="filling",
        )
    return found


def load_panel_plan(layout: Layout, roots: Sequence[Path] = ()) -> PanelPlan:
    """Read what each panel of ``layout`` holds, in order.

    Raises:
        LayoutError: a part is unknown or placed twice, or the body has no panel.
    """
    reader = LayoutReader.of(layout.folder, roots)
    held: dict[str, tuple[PanelPart, ...]] = {panel.name: () for panel in layout.panels}
    guests: dict[str, tuple[PanelPart, ...]] = dict(held)
    for place, table in enumerate(reader.panels(), start=1):
        name = str(table["name"])
        for part in reader.parts(table, "holds", place, PanelPart):
            if any(part in parts for parts in held.values()):
                reader.wrong(f'"{part}" is placed twice', hint="name each part in one panel only", find=part)
            held[name] += (part,)
        guests[name] += reader.parts(table, "may-hold", place, PanelPart)
    if not any(PanelPart.BODY in parts for parts in held.values()):
        reader.wrong("no panel holds the body", hint='add "body" to the holds of one panel')
    sizes = {key: reader.number(reader.data, "type", key, default=size) for key, size in TYPE_SIZES.items()}
    notes = reader.choice({"": reader.data}, "", "notes", NotePlace, default=NotePlace.FOOT)
    family = reader.choice({"": reader.data}, "", "family", Family, default=None) if "family" in reader.data else None
    columns = reader.whole({"": reader.data}, "", "columns", default=1)
    gap = reader.number({"": reader.data}, "", "column-gap", default=10.0)
    reader.stop_if_wrong()
    return PanelPlan(held=held, guests=guests, sizes=sizes, notes=notes, family=family, columns=columns, column_gap=gap)


def _sides(
    fold: Fold,
    width: Millimetres,
    height: Millimetres,
    count: int,
    reader: LayoutReader,
    *,
    tuck: Millimetres,
    gap: Millimetres,
) -> tuple[Side, ...]:
    """Return the sides of the folded sheet with ``count`` panels; none where nothing is folded, or pages decide."""
    if fold not in STRIPS:
        return ()
    counts = {panel_count(fold, strips): strips for strips in STRIPS[fold]}
    if count not in counts:
        allowed = " or ".join(map(str, counts))
        article = "an" if fold is Fold.ACCORDION else "a"
        reader.wrong(
            f"{article} {fold} fold has {allowed} panels, not {count}",
            hint="write [[panel]] once for each",
            find="panel",
        )
        reader.stop_if_wrong()
    strips = strip_widths(fold, width, counts[count], tuck=tuck, gap=gap)
    if min(strips) <= 0:
        reader.wrong(
            f"the folds leave a panel no width on a sheet of {width:g} mm",
            hint="make the tuck or the gap smaller",
            find="[fold]",
        )
        reader.stop_if_wrong()
    return fold_sides(fold, strips, height)


def _panel(
    table: Mapping[str, Any], width: Millimetres, height: Millimetres, reader: LayoutReader, place: int
) -> Panel:
    given = table.get("margins")
    margins = [float(value) for value in given if is_number(value)] if isinstance(given, list) else []
    if len(margins) != 4:
        reader.wrong(
            f"the margins of panel {place} are not four numbers",
            hint="write top, right, bottom and left in millimetres: margins = [14, 9, 12, 11]",
            find="margins",
        )
        margins = [0.0] * 4
    top, right, bottom, left = margins
    if min(margins) < 0 or left + right >= width or top + bottom >= height:
        reader.wrong(
            f"the margins of panel {place} leave no room for text on {width:g} × {height:g} mm",
            hint="make them smaller",
            find="margins",
        )
    return Panel(
        name=str(table["name"]),
        width=width,
        height=height,
        margins=Margins(top=top, right=right, bottom=bottom, left=left),
        repeats=table.get("repeats") is True,
    )


def _check_repeats(panels: Sequence[Panel], fold: Fold, reader: LayoutReader) -> None:
    repeating = [index for index, panel in enumerate(panels) if panel.repeats]
    if fold is Fold.BOOKLET:
        if len(panels) != 3 or repeating != [1]:
            reader.wrong(
                "a booklet has three panels: its cover, a page that repeats, and its back",
                hint="write [[panel]] three times, the second with repeats = true",
                find="panel",
            )
    elif repeating and (fold is not Fold.NONE or repeating != [len(panels) - 1]):
        reader.wrong(
            "only the last panel of a layout without a fold may repeat", hint="take repeats = true out", find="repeats"
        )
