"""Layouts as folders: ``layout.toml`` read, checked and turned into panels whose widths follow from the fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from leaflet.design.design_file import DesignFile, read_design
from leaflet.design.layout_model import LayoutFile, PanelTable
from leaflet.design.layout_words import TYPE_SIZES, Family, LinkPlace, NotePlace, PanelPart
from leaflet.files import toml_schema
from leaflet.model.fold import (
    STRIPS,
    Fold,
    Millimetres,
    Panel,
    Side,
    fold_sides,
    panel_count,
    panel_sizes,
    strip_widths,
)
from leaflet.model.layout import Filling, Layout, PressSheet

FILE = "layout.toml"


class PanelPlan(Struct, frozen=True, kw_only=True):
    """The parts on each panel, by panel name, and the type that they are set in."""

    held: Mapping[str, tuple[PanelPart, ...]]
    guests: Mapping[str, tuple[PanelPart, ...]]
    """Parts that a panel takes in where the one that holds them is too full."""
    sizes: Mapping[str, float]
    """Type sizes in points at scale 1; "line" is the distance of lines."""
    character: float = 0.41
    """Mean width of a character of running text, in ems; it depends on the style's face."""
    notes: NotePlace = NotePlace.FOOT
    links: LinkPlace = LinkPlace.NONE
    family: Family | None = None
    columns: int = 1
    """The number of columns of the text on its pages."""
    column_gap: Millimetres = 10.0


def layout_schema() -> dict[str, object]:
    """Return the JSON Schema of ``layout.toml``."""
    return toml_schema(LayoutFile, title="Layout of a leaflet")


def load_layout(folder: Path, roots: Sequence[Path] = ()) -> Layout:
    """Read ``folder/layout.toml``; if it is a link, it may lead into ``folder`` or ``roots``.

    Raises:
        LayoutError: everything in it that is not as it should be.
    """
    design = read_design(folder, FILE, LayoutFile, roots)
    file = design.values
    fold = file.fold.kind
    measured = file.sheet.measured()
    assert measured is not None, "the model refuses a sheet without a size"
    width, height = measured
    sides = _sides(design, width, height)
    sizes = panel_sizes(sides) or [(width / 2 if fold is Fold.BOOKLET else width, height)] * len(file.panel)
    panels = tuple(
        _panel(table, size, design, index) for index, (table, size) in enumerate(zip(file.panel, sizes, strict=True))
    )
    _check_repeats(design)
    _check_press_sheet(design)
    design.stop_if_wrong()
    return Layout(
        name=folder.name,
        description=file.description,
        folder=folder,
        fold=fold,
        sheet_width=width,
        sheet_height=height,
        bleed=file.bleed,
        panels=panels,
        sides=sides,
        fit=file.fit.bounds(),
        press_sheet=PressSheet(
            size=file.press_sheet.measured(),
            columns=file.press_sheet.columns,
            rows=file.press_sheet.rows,
            gutter=file.press_sheet.gutter,
            filling=file.press_sheet.filling,
        ),
        thickness=file.fold.thickness,
        section_pages=file.fold.section_pages,
        duplex=file.duplex,
        ink_limit=file.ink_limit,
        bases=design.bases,
    )


AFTER_THE_TEXT = (PanelPart.AUTHOR, PanelPart.REFERENCES, PanelPart.CITE, PanelPart.END_PLATE)


def load_panel_plan(layout: Layout, roots: Sequence[Path] = ()) -> PanelPlan:
    """Return the parts that each panel of ``layout`` holds, in their order on it.

    Raises:
        LayoutError: a part is placed twice, or the body has no panel.
    """
    design = read_design(layout.folder, FILE, LayoutFile, roots)
    file = design.values
    held: dict[str, tuple[PanelPart, ...]] = {panel.name: () for panel in layout.panels}
    guests: dict[str, tuple[PanelPart, ...]] = dict(held)
    for index, panel in enumerate(file.panel):
        for number, part in enumerate(panel.holds):
            if any(part in parts for parts in held.values()):
                hint = "name each part in one panel only"
                design.refuse(f'"{part}" is placed twice', hint=hint, at=("panel", index, "holds", number))
            held[panel.name] += (part,)
        guests[panel.name] += panel.may_hold
    if not any(PanelPart.BODY in parts for parts in held.values()):
        design.refuse("no panel holds the body", hint='add "body" to the holds of one panel', at=())
    design.stop_if_wrong()
    sizes = {**TYPE_SIZES, **file.type.sizes()}
    return PanelPlan(
        held=_with_event(held),
        guests=guests,
        sizes=sizes,
        notes=file.notes,
        links=file.links,
        family=file.family,
        columns=file.text_columns,
        column_gap=file.column_gap,
    )


def _with_event(held: Mapping[str, tuple[PanelPart, ...]]) -> dict[str, tuple[PanelPart, ...]]:
    """Return the parts with a place for an event, which a layout may leave open: below the title, or after the text."""
    homes = {part: name for name, parts in held.items() for part in parts}
    part = next((part for part in AFTER_THE_TEXT if part in homes), None)
    if part is None or PanelPart.EVENT in homes:
        return dict(held)
    parts = held[homes[part]]
    at = 1 if parts[0] is PanelPart.COVER else parts.index(part)
    return {**held, homes[part]: (*parts[:at], PanelPart.EVENT, *parts[at:])}


def _sides(design: DesignFile[LayoutFile], width: Millimetres, height: Millimetres) -> tuple[Side, ...]:
    """Return the sides of the folded sheet; none where nothing is folded, or the number of pages decides."""
    given, count = design.values.fold, len(design.values.panel)
    if given.kind not in STRIPS:
        return ()
    counts = {panel_count(given.kind, strips): strips for strips in STRIPS[given.kind]}
    if count not in counts:
        allowed = " or ".join(map(str, counts))
        article = "an" if given.kind is Fold.ACCORDION else "a"
        message = f"{article} {given.kind} fold has {allowed} panels, not {count}"
        design.refuse(message, hint="write [[panel]] once for each", at=("panel",))
        _check_press_sheet(design)
        design.stop_if_wrong()
    strips = strip_widths(given.kind, width, counts[count], tuck=given.tuck, gap=given.gap)
    if min(strips) <= 0:
        message = f"the folds leave a panel no width on a sheet of {width:g} mm"
        design.refuse(message, hint="make the tuck or the gap smaller", at=("fold",))
        design.stop_if_wrong()
    return fold_sides(given.kind, strips, height)


def _panel(
    table: PanelTable, size: tuple[Millimetres, Millimetres], design: DesignFile[LayoutFile], index: int
) -> Panel:
    width, height = size
    margins = table.measured_margins()
    if margins.left + margins.right >= width or margins.top + margins.bottom >= height:
        message = f"the margins of panel {index + 1} leave no space for text on {width:g} × {height:g} mm"
        design.refuse(message, hint="make them smaller", at=("panel", index, "margins"))
    return Panel(
        name=table.name, width=width, height=height, margins=margins, repeats=table.repeats, mirrored=table.mirrored
    )


def _check_press_sheet(design: DesignFile[LayoutFile]) -> None:
    if design.values.press_sheet.filling is not Filling.REPEAT and design.values.fold.kind is not Fold.NONE:
        design.refuse(
            "only pages that are not folded can follow each other on a press sheet",
            hint=f'take filling = "{design.values.press_sheet.filling}" out, and each sheet is repeated',
            at=("press-sheet", "filling"),
        )


def _check_repeats(design: DesignFile[LayoutFile]) -> None:
    panels, fold = design.values.panel, design.values.fold.kind
    repeating = [index for index, panel in enumerate(panels) if panel.repeats]
    if fold is Fold.BOOKLET:
        if len(panels) != 3 or repeating != [1]:
            design.refuse(
                "a booklet has three panels: its cover, a page that repeats, and its back",
                hint="write [[panel]] three times, the second with repeats = true",
                at=("panel",),
            )
    elif repeating and (fold is not Fold.NONE or repeating != [len(panels) - 1]):
        design.refuse(
            "only the last panel of a layout without a fold may repeat",
            hint="take repeats = true out",
            at=("panel", repeating[0], "repeats"),
        )
