"""The print page: every panel with the parts it holds, dressed by layout and style, for WeasyPrint to lay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from leaflet.design import (
    FACES,
    NotePlace,
    Part,
    Plan,
    Style,
    band_css,
    cover_css,
    icon_css,
    load_plan,
    page_css,
    refuse_unknown_icons,
    set_title,
    tie_short_last_word,
    token_css,
    type_css,
    within_style,
)
from leaflet.errors import LayoutError, Location, Problem
from leaflet.html.additions import additional_css
from leaflet.html.blocks import at_a_glance, blocks, write_in
from leaflet.html.endnotes import endnotes, with_repeated_marks
from leaflet.html.height_estimate import Column, room_for
from leaflet.html.inlines import Medium, Scribe
from leaflet.html.page_parts import (
    breakable,
    contact_lines,
    dates,
    imprint,
    online_address,
    qr_code,
    safe_address,
    shown_address,
)
from leaflet.html.panel_allocation import estimated_scale, fresh_starts, part_room, relieve, spare_panels
from leaflet.html.picture_formats import as_png
from leaflet.html.pinned_sections import refuse_unknown_panels
from leaflet.html.reference_list import reference_entries
from leaflet.html.ui_labels import labels_for
from leaflet.html.url_breaks import with_breaks_in_links
from leaflet.model.citation import Citations, OwnCitation
from leaflet.model.document import AtAGlance, Block, Document, Image, Section, WriteIn
from leaflet.model.fold import POINT, Fold, Millimetres, Panel
from leaflet.model.layout import Layout
from leaflet.model.reference_lists import listed_in, reference_lists
from leaflet.model.workspace import Workspace

SHARED = "shared"
"""The folder beside the layouts that holds what they have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelContent:
    """What one panel, or the run of panels of one name, holds."""

    name: str
    parts: tuple[str, ...]
    pinned: Markup
    foot: str
    """The part that stands at the foot of the panel, or nothing."""
    bare: bool
    """Nothing was found for it: the reader gets lines to write on."""
    narrow: bool
    """It is a narrow column, where little fits beside something else."""
    lines: int
    """How many lines to write on a panel of its kind has room for."""


def render_print(
    document: Document,
    citations: Citations,
    layout: Layout,
    style: Style,
    *,
    font_css: str,
    workspace: Workspace,
    evenly: bool = True,
) -> str:
    """The page that the pdf stage lays out; ``evenly`` lets sections begin new panels where that fills them evenly.

    Relative addresses in it start from the source's folder. Every size in it is a multiple of ``var(--fit)``, so that
    ``style="--fit: 0.93"`` on the root shrinks type and space together.

    Raises:
        LayoutError: the layout's parts or templates are wrong, or a section is pinned to a panel that is not there.
    """
    plan = _set_in(style, load_plan(layout))
    refuse_unknown_panels(document, layout)
    refuse_unknown_icons(document)
    held = relieve(plan, layout, document, citations)
    labels = labels_for(document.metadata.lang)
    scribe = Scribe(
        document=document,
        citations=citations,
        labels=labels,
        medium=Medium.PRINT,
        notes_at_end=plan.notes is NotePlace.END,
        image_address=lambda image: _address(image, document, workspace),
        listed=listed_keys(document, citations, has_place=any(Part.REFERENCES in parts for parts in held.values())),
    )
    split = _split(document, held)
    facts = part_facts(scribe)
    panels = _panels(layout, plan, held, split, scribe, facts)
    flow = _flow(split, held, plan, scribe, layout, evenly=evenly)
    texts = {
        "glance": Markup().join(at_a_glance(node, scribe) for node in split.glances),
        "write_in": Markup().join(write_in(node, scribe) for node in split.write_ins),
        "body": flow.html + endnotes(scribe),
        "spare": flow.spare,
    }
    environment = _environment(layout, workspace)
    css = (
        _css(document, layout, style, plan, font_css, environment)
        + additional_css(document, Medium.PRINT)
        + icon_css(scribe.icons, style)
    )
    context = {
        "lang": document.metadata.lang,
        "fit": estimated_scale(plan, layout, document, citations, held),
        "layout": layout.name,
        "style": style.name,
        "motif": style.motif,
        "folded": layout.fold is not Fold.NONE,
        "evenly": flow.evenly,
        "css": Markup(within_style(css)),  # noqa: S704 - from files and numbers; css_string guards the rest
        "panels": panels,
        "title": set_title(document.metadata.title, layout, plan.sizes),
        **facts,
        **texts,
    }
    return with_repeated_marks(_fill(environment, "page.html.j2", context, layout.folder.name))


def _address(image: Image, document: Document, workspace: Workspace) -> str:
    """The address of a picture on paper: its path, or the picture itself where its format cannot be set."""
    if not image.path.lower().endswith((".pdf", ".avif")):
        return image.path
    folder = (workspace.root / document.source).parent
    return as_png(workspace.resolve(image.path, beside=folder, asked_at=image.location), asked_at=image.location)


def listed_keys(document: Document, citations: Citations, *, has_place: bool) -> frozenset[str]:
    """The keys of all references that the page will list: in the lists of its text, or else at the layout's place."""
    own = reference_lists(document)
    entries = (entry for node in own for entry in listed_in(node, document, citations.references))
    return frozenset(entry.id for entry in (entries if own else citations.references if has_place else ()))


def part_facts(scribe: Scribe) -> dict[str, Any]:
    """What the parts made of metadata show, ready for a template."""
    metadata, citations, labels = scribe.document.metadata, scribe.citations, scribe.labels
    has_own_list = bool(reference_lists(scribe.document))
    online = online_address(metadata)
    return {
        "m": metadata,
        "labels": labels,
        "dates": dates(metadata, labels),
        "imprint": imprint(metadata, labels),
        "contact": contact_lines(metadata.contact),
        "references": Markup() if has_own_list else reference_entries(citations.references, scribe),
        "own": tuple(map(_with_breaks, citations.own)) if metadata.cite.show else (),
        "online": online,
        "online_shown": breakable(online),
        "qr": qr_code(online, labels) if online else Markup(),
        "breakable": breakable,
        "tied": tie_short_last_word,
        "safe_address": safe_address,
        "shown_address": shown_address,
        "Markup": Markup,
    }


def _with_breaks(own: OwnCitation) -> OwnCitation:
    return replace(own, html=with_breaks_in_links(own.html))


def _set_in(style: Style, plan: Plan) -> Plan:
    """``plan`` in the type of ``style``, which may ask for larger sizes than the layout does, never for smaller."""
    sizes = {key: max(size, style.sizes.get(key, 0)) for key, size in plan.sizes.items()}
    return replace(plan, sizes=sizes, character=FACES[style.faces["text"]])


# ---------------------------------------------------------------- content to panels


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A document's blocks by where they go."""

    glances: tuple[AtAGlance, ...]
    write_ins: tuple[WriteIn, ...]
    pinned: Mapping[str, tuple[Section, ...]]
    body: tuple[Block, ...]


def _split(document: Document, held: Mapping[str, Sequence[Part]]) -> Split:
    """Take out of the body what the layout puts elsewhere; only whole blocks of the outermost level move."""
    places = {part: name for name, parts in held.items() for part in parts}
    home = places[Part.BODY]
    glances: list[AtAGlance] = []
    write_ins: list[WriteIn] = []
    pinned: dict[str, tuple[Section, ...]] = {}
    body: list[Block] = []
    for node in document.blocks:
        if isinstance(node, AtAGlance) and Part.AT_A_GLANCE in places:
            glances.append(node)
        elif isinstance(node, WriteIn) and Part.WRITE_IN in places:
            write_ins.append(node)
        elif isinstance(node, Section) and node.panel not in (None, home):
            pinned[str(node.panel)] = (*pinned.get(str(node.panel), ()), node)
        else:
            body.append(node)
    return Split(
        glances=tuple(glances),
        write_ins=tuple(write_ins),
        pinned=pinned,
        body=tuple(body),
    )


def _panels(
    layout: Layout,
    plan: Plan,
    held: Mapping[str, Sequence[Part]],
    split: Split,
    scribe: Scribe,
    facts: Mapping[str, Any],
) -> tuple[PanelContent, ...]:
    metadata = scribe.document.metadata
    present = {
        Part.COVER: True,
        Part.AT_A_GLANCE: bool(split.glances),
        Part.WRITE_IN: bool(split.write_ins),
        Part.BODY: bool(split.body),
        Part.AUTHOR: bool(metadata.authors),
        Part.REFERENCES: bool(facts["references"]),
        Part.FURTHER_READING: bool(metadata.further_reading),
        Part.RELATED: bool(metadata.related),
        Part.CITE: bool(facts["own"]),
        Part.END_PLATE: any(facts[key] for key in ("contact", "qr", "dates", "imprint")) or bool(metadata.disclaimer),
    }
    repeating = {panel.name for panel in layout.panels if panel.repeats}
    shown = {name: [part for part in parts if present[part]] for name, parts in held.items()}
    feet = {name: _foot(parts, name in repeating) for name, parts in shown.items()}
    for name, parts in held.items():
        if Part.WRITE_IN in parts and shown[name] and not feet[name] and name not in split.pinned:
            feet[name] = _notes_below(shown[name], name, plan, layout, scribe)
    return tuple(
        PanelContent(
            name=name,
            parts=tuple(part.value for part in parts if part != feet[name]),
            foot=feet[name],
            pinned=blocks(split.pinned.get(name, ()), scribe),
            bare=name not in repeating and not split.pinned.get(name) and not parts,
            narrow=min(panel.text_width for panel in layout.panels if panel.name == name) < NARROW,
            lines=_lines_to_write(next(panel for panel in layout.panels if panel.name == name), plan),
        )
        for name, parts in shown.items()
    )


BLANK_NOTES = "blank-notes"


def _foot(parts: Sequence[Part], repeats: bool) -> str:
    """What stands at the foot of a panel: the end plate, or the lines to write on below something else."""
    if repeats or not parts:
        return ""
    last = parts[-1]
    return last.value if last is Part.END_PLATE or (last is Part.WRITE_IN and len(parts) > 1) else ""


NARROW: Millimetres = 62
"""Narrower text has room for about 35 characters on a line of 10 points."""
MOST_LINES = 12
HEADING_LINES = 3
"""How many lines of text the heading of the lines to write on takes, with the space around it."""


def _lines_to_write(panel: Panel, plan: Plan) -> int:
    """As many as a panel of nothing else holds; each is as high as two lines of text."""
    lines = panel.text_height / POINT / plan.sizes["line"]
    return min(MOST_LINES, max(1, int((lines - HEADING_LINES) / 2)))


def _notes_below(parts: Sequence[Part], name: str, plan: Plan, layout: Layout, scribe: Scribe) -> str:
    """Empty lines to write on, where a panel made for them would stay half bare."""
    panel = next(panel for panel in layout.panels if panel.name == name)
    column = _column(panel, plan)
    used = sum(part_room(part, scribe.document, scribe.citations, column) for part in parts)
    return BLANK_NOTES if not panel.repeats and used < panel.text_height * 0.55 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The text over its run of panels, and how many of them it leaves to the reader for notes."""

    html: Markup
    spare: int = 0
    evenly: bool = False
    """Whether it was divided among panels, so that lists may be kept whole too."""


def _flow(
    split: Split,
    held: Mapping[str, Sequence[Part]],
    plan: Plan,
    scribe: Scribe,
    layout: Layout,
    *,
    evenly: bool,
) -> Flow:
    """The text; on a run of panels, sections begin on fresh panels where that fills all of them evenly."""
    name = next(name for name, parts in held.items() if Part.BODY in parts)
    run = [panel for panel in layout.panels if panel.name == name]
    if len(run) < 2 or not evenly:
        return Flow(html=blocks(split.body, scribe))
    column = _column(run[0], plan)
    # A wider panel holds as much more of what was measured in the first one's width.
    rooms = [panel.text_height * panel.text_width / column.width for panel in run]
    parts = held[name]
    before, after = parts[: parts.index(Part.BODY)], parts[parts.index(Part.BODY) + 1 :]
    heights = [
        *(part_room(part, scribe.document, scribe.citations, column) for part in before),
        *(room_for([node], column, scribe.citations) for node in split.body),
        *(part_room(part, scribe.document, scribe.citations, column) for part in after),
    ]
    may_start = [*(False for _ in before), *(isinstance(node, Section) for node in split.body), *(False for _ in after)]
    starts = fresh_starts(heights, may_start, rooms)
    written = ((place, blocks((node,), scribe)) for place, node in enumerate(split.body, start=len(before)))
    fresh = Markup('<div class="fresh">{}</div>')
    return Flow(
        html=Markup("\n").join(fresh.format(html) if place in starts else html for place, html in written),
        spare=spare_panels(heights, starts, rooms),
        evenly=True,
    )


def _column(panel: Panel, plan: Plan) -> Column:
    """The text of ``panel`` as what it holds is measured in."""
    return Column(width=panel.text_width, sizes=plan.sizes, character=plan.character)


# ---------------------------------------------------------------- templates and CSS


def _environment(layout: Layout, workspace: Workspace) -> ImmutableSandboxedEnvironment:
    """Templates come from the layout's own folder and the shared ones, and see nothing but their context."""
    return _environment_of((layout.folder, *(folder / SHARED for folder in workspace.folders("layouts"))))


@lru_cache(maxsize=16)
def _environment_of(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """One for each set of folders, because it keeps what it compiled, and looks whether the files are still the same."""
    loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders if folder.is_dir()])
    return ImmutableSandboxedEnvironment(
        loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def _fill(environment: ImmutableSandboxedEnvironment, name: str, context: Mapping[str, Any], layout: str) -> str:
    try:
        return environment.get_template(name).render(context)
    except TemplateError as error:
        place = getattr(error, "name", None) or name
        raise LayoutError(
            Problem(
                message=f"the template cannot be filled: {error.message or type(error).__name__}",
                location=Location(file=f"layouts/{layout}/{place}", line=getattr(error, "lineno", None)),
                hint="compare it with the templates in layouts/shared",
            )
        ) from error


def _css(
    document: Document,
    layout: Layout,
    style: Style,
    plan: Plan,
    font_css: str,
    environment: ImmutableSandboxedEnvironment,
) -> str:
    metadata = document.metadata
    files = ["components.css", "print.css", *([f"{plan.family}.css"] if plan.family else []), "layout.css"]
    footer = " · ".join(part for part in (metadata.title, metadata.code) if part)
    parts = [
        font_css,
        token_css(style),
        type_css(plan.sizes),
        page_css(layout, style, footer=footer),
        *(_text(environment, name) for name in files),
        style.css,
        cover_css(layout, style),
        band_css(layout, style, metadata.title),
    ]
    return "\n".join(parts)


def _text(environment: ImmutableSandboxedEnvironment, name: str) -> str:
    """A CSS file of the layout or the shared folder; a layout need not have one of its own."""
    assert environment.loader is not None
    try:
        return environment.loader.get_source(environment, name)[0]
    except TemplateNotFound:
        return ""
