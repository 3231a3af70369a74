"""The check of one leaflet, or of any PDF: what a build reports, and what the rules find in everything that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import LeafletError, Location, Problem
from leaflet.model.output_format import ORDINARY_FORMATS
from leaflet.model.workspace import Workspace
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.make_files import make_print_files, make_sidecars, make_web_page
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.checks import AnySubject, Area, CheckedFile, Selection
    from leaflet.panels import PanelPdf

LARGEST_PDF = 500_000_000
"""In bytes."""


def check_leaflet(
    source: Path,
    choices: Choices,
    *,
    today: date,
    session: Session,
    workspace: Workspace,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    draws: bool = False,
) -> CheckedFile:
    """Return what is to be said of the leaflet ``source``; nothing is written.

    With ``draws``, the places of the findings on the panels are part of it.

    Raises:
        LeafletError: a word of ``select``, ``ignore`` or ``[check]`` names no rule, or the source cannot be read.
    """
    from leaflet.checks import CheckedFile, select_rules
    from leaflet.files import read_text

    name = workspace.name_of(source)
    selection = select_rules(session.rules, workspace, name, select=select, ignore=ignore)
    file = workspace.resolve(source.absolute(), beside=workspace.root)
    lines = tuple(read_text(file, name=name, inside=workspace.roots).split("\n"))
    try:
        cited, problems = cite_source(source, choices, today=today, workspace=workspace, session=session)
    except LeafletError as error:
        return CheckedFile(source=name, problems=tuple(dict.fromkeys(error.problems)), lines=lines)
    made, more = _made(cited, choices, today=today, session=session)
    checked = _examined(
        cited, made, choices, (*problems, *more), lines, selection, today=today, session=session, draws=draws
    )
    return checked.as_errors() if choices.strict or cited.document.metadata.strict else checked


def examine_made(
    cited: CitedDocument,
    files: Mapping[str, bytes],
    panels: PanelPdf,
    source: Path,
    choices: Choices,
    *,
    today: date,
    session: Session,
    text: str | None = None,
) -> CheckedFile:
    """Return what the rules find in a leaflet that was made; ``text`` is its source where it is not saved.

    Raises:
        LeafletError: a word of ``[check]`` names no rule, or the source cannot be read.
    """
    from leaflet.checks import select_rules
    from leaflet.files import read_text

    workspace = cited.workspace
    name = workspace.name_of(source)
    selection = select_rules(session.rules, workspace, name, select=(), ignore=())
    if text is None:
        text = read_text(workspace.resolve(source.absolute(), beside=workspace.root), name=name, inside=workspace.roots)
    made = _Made(files=files, panels=panels)
    return _examined(cited, made, choices, (), tuple(text.split("\n")), selection, today=today, session=session)


def _examined(
    cited: CitedDocument,
    made: _Made | None,
    choices: Choices,
    problems: Iterable[Problem],
    lines: tuple[str, ...],
    selection: Selection,
    *,
    today: date,
    session: Session,
    draws: bool = False,
) -> CheckedFile:
    from leaflet.checks import (
        CheckedFile,
        Examination,
        PanelSubject,
        SourceSubject,
        drawn_places,
        examine,
        from_problem,
        hard_sections,
    )

    name = cited.document.source
    about = SourceSubject(
        document=cited.document,
        lines=lines,
        today=today,
        citations=cited.citations,
        own_references=tuple(one for one in cited.references if _is_own(one.location, name)),
        old_after=selection.old_after,
    )
    subjects = _subjects(cited, made, choices) if made else ()
    findings = examine(Examination(source=about, subjects=subjects), selection, session.rules)
    problems = tuple(dict.fromkeys(problems))
    shown = next((subject for _, subject in subjects if isinstance(subject, PanelSubject)), None) if draws else None
    found = (*map(from_problem, problems), *findings)
    return CheckedFile(
        source=name,
        problems=problems,
        drawn=drawn_places(found, shown, name, lines) if shown else {},
        findings=findings,
        fit=made.panels.fit if made else None,
        lines=lines,
        files=made.files if made else {},
        pointers=hard_sections(about),
    )


def check_pdf(
    path: Path, *, session: Session, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()
) -> CheckedFile:
    """Return what the rules find in a PDF file that any program made.

    Raises:
        LeafletError: a word names no rule, or the file cannot be read as a PDF.
    """
    from leaflet.checks import Area, CheckedFile, Examination, PdfRole, PdfSubject, examine, open_pdf, select_rules
    from leaflet.files import read_file

    selection = select_rules(session.rules, None, path.name, select=select, ignore=ignore)
    data = read_file(path, inside=None, largest=LARGEST_PDF)
    with open_pdf(data, name=str(path)) as pdf:
        subject = PdfSubject(name=str(path), pdf=pdf, role=PdfRole.OTHER)
        findings = examine(Examination(name=str(path), subjects=[(Area.PDF, subject)]), selection, session.rules)
    return CheckedFile(source=str(path), findings=findings)


class _Made(Struct, frozen=True, kw_only=True):
    """The files of a leaflet, and the panels that they were made from."""

    files: Mapping[str, bytes]
    panels: PanelPdf


def _made(
    cited: CitedDocument, choices: Choices, *, today: date, session: Session
) -> tuple[_Made | None, tuple[Problem, ...]]:
    """Return everything that a build would make, or nothing and the reasons."""
    everything = replace(choices, formats=ORDINARY_FORMATS)
    try:
        files, panels = make_print_files(cited, everything, today=today, session=session)
        files["html"] = make_web_page(cited, session).encode()
        files |= make_sidecars(cited, everything.formats)
    except LeafletError as error:
        return None, error.problems
    return _Made(files=files, panels=panels), panels.problems


def _subjects(cited: CitedDocument, made: _Made, choices: Choices) -> tuple[tuple[Area, AnySubject], ...]:
    """Return panels, PDF files and outputs as rules see them."""
    from leaflet.checks import Area, OutputSubject, PanelSubject, PdfRole, PdfSubject, open_pdf

    labels = tuple(page.label for page in made.panels.fit.pages)
    assert made.panels.source_map is not None
    panels = PanelSubject(
        layout=cited.layout,
        pages=made.panels.measures,
        labels=labels,
        source_map=made.panels.source_map,
        images=made.panels.images,
        pdf=made.files["pdf"],
        addresses={address: cited.document.metadata.places.get("url") for address in _printed_addresses(cited)},
    )
    stem = PurePosixPath(cited.document.source).stem
    reading = PdfSubject(
        name=f"{stem}.pdf", pdf=open_pdf(made.files["pdf"], name=f"{stem}.pdf"), role=PdfRole.READING, labels=labels
    )
    name = f"{stem}-sheet.pdf"
    sheet = PdfSubject(
        name=name,
        pdf=open_pdf(made.files["sheet"], name=name),
        role=PdfRole.SHEET,
        for_press=choices.finish.press is not None,
    )
    outputs = OutputSubject(document=cited.document, citations=cited.citations, files=made.files)
    return (Area.PANELS, panels), (Area.PDF, reading), (Area.PDF, sheet), (Area.OUTPUTS, outputs)


def _printed_addresses(cited: CitedDocument) -> tuple[str, ...]:
    metadata = cited.document.metadata
    addresses = [metadata.url, f"https://doi.org/{metadata.doi}" if metadata.doi else ""]
    return tuple(address for address in addresses if address)


def _is_own(place: Location | None, source: str) -> bool:
    """Return whether a reference is the leaflet's own: in its front matter, or in the bibliography of its name."""
    return place is not None and PurePosixPath(place.file).with_suffix("") == PurePosixPath(source).with_suffix("")
