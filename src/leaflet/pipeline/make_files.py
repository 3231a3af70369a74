"""Making of a leaflet's files from its cited document: PDFs, the web page and the files of citation managers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from leaflet.model.citation import Reference
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.cite_source import CitedDocument
from leaflet.pipeline.panel_layout import lay_out
from leaflet.pipeline.pdf_outputs import finished_panels, finished_sheet, opened_press
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.panels import PanelPdf


def make_print_files(
    cited: CitedDocument, choices: Choices, *, today: date, session: Session
) -> tuple[dict[str, bytes], PanelPdf]:
    """Return the chosen PDF files, and the panels that they were made from."""
    chosen, panels, _ = lay_out(cited, choices, session)
    return print_files(chosen.cited, panels, choices, today=today, session=session), panels


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


def make_web_page(cited: CitedDocument, session: Session, *, has_places: bool = False) -> str:
    """Return the web page of a leaflet; with ``has_places`` its elements name their places in the source."""
    from leaflet.files import own_typefaces, read_settings
    from leaflet.html import render_web

    workspace, families = cited.workspace, cited.style.faces.values()
    font_css = None
    if read_settings(workspace).formats.web_fonts:
        own = own_typefaces(workspace)
        font_css = partial(session.web_fonts.css, families, own=own, workspace=workspace)
    return render_web(
        cited.document,
        cited.citations,
        cited.style,
        workspace=workspace,
        resources=session.page_resources,
        has_places=has_places,
        layout=cited.layout,
        font_css=font_css,
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
