"""Making of a leaflet's files from its cited document: PDFs, the web page and the files of citation managers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from leaflet.model.citation import Reference
from leaflet.model.reading_text import ReadingText
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.cite_source import CitedDocument
from leaflet.pipeline.panel_layout import lay_out
from leaflet.pipeline.pdf_outputs import finished_panels, finished_sheet, opened_press
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.panels import PanelPdf

WITHOUT_PAGES = frozenset({"text", "epub", "fragment"})


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
    from leaflet.html import render_web

    return render_web(
        cited.document,
        cited.citations,
        cited.style,
        workspace=cited.workspace,
        resources=session.page_resources,
        has_places=has_places,
        layout=cited.layout,
    )


def make_readings(cited: CitedDocument, formats: Iterable[str], *, today: date, session: Session) -> dict[str, bytes]:
    """Return the chosen formats without pages, which are made from the text of the leaflet alone.

    Raises:
        LeafletError: a picture cannot be read.
    """
    wanted = {*formats} & WITHOUT_PAGES
    if not wanted:
        return {}
    from leaflet.writers import epub_file, fragment_file, plain_text_file

    plain = partial(_reading, cited, session, has_links=False)
    linked = partial(_reading, cited, session, has_links=True)
    makers: dict[str, Callable[[], bytes]] = {
        "text": lambda: plain_text_file(plain()).encode(),
        "fragment": lambda: fragment_file(linked()).encode(),
        "epub": lambda: epub_file(linked(), day=today),
    }
    return {kind: make() for kind, make in makers.items() if kind in wanted}


def _reading(cited: CitedDocument, session: Session, *, has_links: bool) -> ReadingText:
    from leaflet.html import render_reading

    return render_reading(
        cited.document,
        cited.citations,
        cited.layout,
        cited.style,
        has_links=has_links,
        workspace=cited.workspace,
        resources=session.page_resources,
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
