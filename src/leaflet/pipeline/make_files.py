"""Making of a leaflet's files from its cited document: PDFs, the web page and the files of citation managers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from leaflet.errors import FitError, Location
from leaflet.model.citation import Reference
from leaflet.pipeline.choices import AUTO, Choices
from leaflet.pipeline.cite_source import CitedDocument
from leaflet.pipeline.pdf_outputs import finished_panels, finished_sheet, opened_press
from leaflet.pipeline.session import Session
from leaflet.pipeline.suitable_layouts import Suitable, suitable_layouts

if TYPE_CHECKING:
    from leaflet.model.print_page import PrintPage
    from leaflet.panels import PanelPdf

ALTERNATIVES = 3
"""The number of further arrangements that may be laid out, where the one expected to be best is not."""


def make_print_files(
    cited: CitedDocument, choices: Choices, *, today: date, session: Session
) -> tuple[dict[str, bytes], PanelPdf]:
    """Return the chosen PDF files, and the panels that they were made from."""
    chosen, panels = laid_out(cited, choices, session)
    return print_files(chosen.cited, panels, choices, today=today, session=session), panels


def laid_out(cited: CitedDocument, choices: Choices, session: Session) -> tuple[Suitable, PanelPdf]:
    """Return the panels in the chosen layout; where leaflet is to choose, in the first that holds the text.

    Raises:
        LeafletError: the text fits none.
    """
    if cited.document.metadata.layout != AUTO:
        return Suitable(cited=cited, reason=""), _panels(cited, choices, session)
    refused: FitError | None = None
    for suitable in suitable_layouts(cited):
        try:
            return suitable, _panels(suitable.cited, choices, session)
        except FitError as error:
            refused = error
    if refused is None:
        return Suitable(cited=cited, reason=""), _panels(cited, choices, session)
    raise refused


def print_files(
    cited: CitedDocument, panels: PanelPdf, choices: Choices, *, today: date, session: Session
) -> dict[str, bytes]:
    """Return the chosen PDF files."""
    document, workspace, finish = cited.document, cited.workspace, choices.finish
    press = opened_press(finish, cited.layout.ink_limit, workspace)
    files: dict[str, bytes] = {}
    if "pdf" in choices.formats:
        files["pdf"] = finished_panels(panels.data, document, workspace, finish)
    if "sheet" in choices.formats:
        files["sheet"] = finished_sheet(
            panels.data, document, cited.layout, workspace, finish, press=press, day=today, font=session.mark_font
        )
    return files


def _panels(cited: CitedDocument, choices: Choices, session: Session) -> PanelPdf:
    """Lay out the panels, in the arrangement that is expected to be best and, where it is not good, in others."""
    from leaflet.design import art_for_cover
    from leaflet.html import render_print
    from leaflet.panels import render_panels
    from leaflet.pipeline.layout_hints import larger_layouts, needs_space
    from leaflet.weasy import font_css

    def page(rank: int, measured: Mapping[str, float] | None = None) -> PrintPage:
        return render_print(
            cited.document,
            cited.citations,
            cited.layout,
            cited.style,
            font_css=font_css(),
            workspace=cited.workspace,
            rank=rank,
            measured=measured,
            folder=cited.folder,
            resources=session.page_resources,
        )

    metadata = cited.document.metadata
    try:
        return render_panels(
            page(0),
            alternatives=lambda measured: (page(rank, measured) for rank in range(ALTERNATIVES)),
            layout=cited.layout,
            workspace=cited.workspace,
            base=cited.folder,
            source=cited.document.source,
            metadata=metadata,
            art=art_for_cover(metadata, cited.layout, cited.style),
            allow_overflow=choices.allow_overflow,
            for_press=choices.finish.press is not None,
            renderer=session.renderer,
        )
    except FitError as error:
        asked_at = Location(file="--style") if choices.style else metadata.places.get("style")
        larger = larger_layouts(cited, asked_at) if any(map(needs_space, error.problems)) else ()
        raise FitError([*error.problems, *larger]) from None


def make_web_page(cited: CitedDocument, session: Session) -> str:
    """Return the web page of a leaflet."""
    from leaflet.html import render_web

    return render_web(
        cited.document, cited.citations, cited.style, workspace=cited.workspace, resources=session.page_resources
    )


def make_sidecars(cited: CitedDocument, formats: Iterable[str]) -> dict[str, bytes]:
    """Return the leaflet as a citable item, in the files that citation managers read."""
    from leaflet.bibliography import write

    own = cited.citations.own_item
    wanted = {"bib": "biblatex", "ris": "ris", "csl-json": "csl-json"}
    if own is None:
        return {}
    item = Reference(id=str(own["id"]), item=own)
    return {kind: write([item], form).encode() for kind, form in wanted.items() if kind in formats}
