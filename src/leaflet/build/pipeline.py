"""The stages joined: source, citations, HTML, panels, sheet. Everything is made before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from leaflet.build.aliases import by_primary_keys
from leaflet.build.finish import Finish, finished_panels, finished_sheet, opened_press
from leaflet.build.item import own_item
from leaflet.build.write import write_together
from leaflet.errors import FitError, LayoutError, LeafletError, Location, Problem, Severity, SourceError, UnsafeError
from leaflet.model.citation import Citations, Reference
from leaflet.model.document import Document
from leaflet.model.language import is_right_to_left
from leaflet.model.layout import Fit
from leaflet.model.project import Workspace
from leaflet.model.walk import clusters

if TYPE_CHECKING:
    from leaflet.html.styles import Style
    from leaflet.model.layout import Layout
    from leaflet.pdf import FitReport, PanelPdf

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a user may choose beside the source. None leaves the choice to the front matter."""

    layout: str | None = None
    style: str | None = None
    csl: str | None = None
    fit: Fit | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ("sheet", "pdf", "html", "bib", "ris", "csl-json")
    allow_overflow: bool = False
    finish: Finish = field(default_factory=Finish)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document with its citations formatted, and the choices that shaped them."""

    document: Document
    citations: Citations
    layout: Layout
    style: Style
    workspace: Workspace
    folder: Path
    """The folder of the source; paths in it are relative to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """All files of a leaflet by name, made but not written."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    fit: FitReport | None
    workspace: Workspace
    sheets: str | None
    """What a printer must know of the sheets, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What was written, what to look at, and how full the panels are."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    fit: FitReport | None
    sheets: str | None
    """What a printer must know of the sheets, in one line."""


SUFFIXES = {
    "sheet": "-sheet.pdf",
    "pdf": ".pdf",
    "html": ".html",
    "bib": ".bib",
    "ris": ".ris",
    "csl-json": ".csl.json",
}


def build(source: Path, choices: Choices, *, today: date, output: Path | None = None) -> BuildResult:
    """Build ``source`` and write its files to ``output``, the workspace's ``output/`` without it.

    Raises:
        LeafletError: all that is wrong, each with its place; then nothing is written.
    """
    composed = compose(source, choices, today=today)
    folder = output or composed.workspace.root / "output"
    _refuse_inputs(folder, composed)
    files = write_together(folder, composed.files)
    return BuildResult(
        files=tuple(_shown(path) for path in files),
        problems=composed.problems,
        fit=composed.fit,
        sheets=composed.sheets,
    )


def _refuse_inputs(folder: Path, composed: Composition) -> None:
    """An output must never take the place of something that leaflets are made from.

    Raises:
        UnsafeError: ``folder`` is one of the workspace's folders of sources, layouts or styles.
    """
    inputs = [composed.workspace.root / name for name in ("source", "layouts", "styles")]
    inside = next((path for path in inputs if folder.resolve().is_relative_to(path)), None)
    if inside is not None:
        raise UnsafeError(
            Problem(
                message=f'results are not written into "{inside.name}/": they could replace what they are made from',
                hint="choose another folder with --output, or leave it out for output/",
            )
        )


def compose(source: Path, choices: Choices, *, today: date, workspace: Workspace | None = None) -> Composition:
    """Make all files of ``source`` in memory. Without ``workspace`` it is the one around the source.

    Raises:
        LeafletError: all that is wrong, each with its place.
    """
    cited, problems = cite_source(source, choices, today=today, workspace=workspace)
    return compose_cited(cited, problems, source, choices, today=today)


def compose_cited(
    cited: CitedDocument, problems: tuple[Problem, ...], source: Path, choices: Choices, *, today: date
) -> Composition:
    """Make all files of a document whose citations are formatted; ``problems`` are what was found on the way there.

    Raises:
        LeafletError: all that is wrong, each with its place.
    """
    files: dict[str, bytes] = {}
    fit = None
    if {"sheet", "pdf"} & set(choices.formats):
        made, panels = _print_files(cited, choices, today=today)
        files |= made
        problems += panels.problems
        fit = panels.fit
    if "html" in choices.formats:
        files["html"] = _web(cited).encode()
    files |= _sidecars(cited, choices.formats)
    named = {f"{source.stem}{SUFFIXES[kind]}": files[kind] for kind in choices.formats}
    sheets = _sheets(cited.layout, fit) if fit and "sheet" in choices.formats else None
    return Composition(files=named, problems=problems, fit=fit, workspace=cited.workspace, sheets=sheets)


def _sheets(layout: Layout, fit: FitReport) -> str:
    from leaflet.sheet.report import describe_sheets

    return describe_sheets(layout, len(fit.pages))


def cite_source(
    source: Path, choices: Choices, *, today: date, workspace: Workspace | None = None
) -> tuple[CitedDocument, tuple[Problem, ...]]:
    """Read ``source`` with its references and format its citations.

    Raises:
        LeafletError: all mistakes of the source, its references and the choices, together.
    """
    from leaflet.source import check_keys, open_workspace, understand

    workspace = workspace or open_workspace(source)
    result = understand(source, workspace, fields=choices.fields)
    document = _chosen(result.document, choices)
    references, found = gather_references(document, result.references, result.bibliography_paths, workspace)
    document = by_primary_keys(document, references)
    problems = [*result.problems, *found]
    if len(result.bibliography_paths) == len(document.metadata.bibliography):
        problems += check_keys(document, [reference.id for reference in references])
    layout = _gathered(problems, partial(_layout, document, workspace, choices))
    if layout is not None:
        _gathered(problems, partial(_pins, document, layout))
    style = _gathered(problems, partial(_style, document, workspace, choices))
    cited_by = _gathered(problems, partial(_citation_style, document, workspace, source, choices))
    box = [
        _gathered(problems, partial(_box_style, name, document, workspace, source))
        for name in document.metadata.cite.styles
    ]
    if layout is None or style is None or cited_by is None or _any_error(problems):
        raise SourceError(problems)
    own_styles = [name for name in box if name is not None]
    citations, more = _cite(document, references, workspace, source, style=cited_by, own_styles=own_styles, today=today)
    problems += more
    if result.retractions_path:
        problems += _retracted(result.retractions_path, citations.items, workspace)
    if _any_error(problems):
        raise SourceError(problems)
    cited = CitedDocument(
        document=document,
        citations=citations,
        layout=replace(layout, fit=layout.fit.within(style.fit).only(document.metadata.fit)),
        style=style,
        workspace=workspace,
        folder=source.parent,
    )
    return cited, tuple(problems)


def gather_references(
    document: Document, own: Sequence[Reference], files: Sequence[tuple[Path, Location]], workspace: Workspace
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """All references that ``document`` can cite: those of its bibliography files, then its own, which win.

    Of a large shared library only what is cited is converted; the leaflet's own bibliography, the one of the
    source's name, is read whole.
    """
    nocite = document.metadata.nocite
    wanted = {cite.key for place in clusters(document) for cite in place.cluster.cites} | set(nocite)
    everything = "@*" in nocite
    found = _read_lists(document, own, files, workspace, wanted=None if everything else wanted)
    missing = wanted - {key for reference in found[0] for key in (reference.id, *reference.aliases)} - {"@*"}
    if missing and not everything:
        return _read_lists(document, own, files, workspace, wanted=None)  # so that a message can say what was meant
    return found


def _read_lists(
    document: Document,
    own: Sequence[Reference],
    files: Iterable[tuple[Path, Location]],
    workspace: Workspace,
    *,
    wanted: Collection[str] | None,
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    from leaflet.source.bibliography import merge, read_bibliography

    stem = PurePosixPath(document.source).stem
    lists: list[tuple[Reference, ...]] = []
    problems: list[Problem] = []
    for path, _ in files:
        asked = None if path.stem == stem else wanted
        try:
            references, found = read_bibliography(path, name=workspace.name_of(path), wanted=asked)
        except LeafletError as error:
            problems += error.problems
        else:
            lists.append(references)
            problems += found
    merged, notes = merge([*lists, tuple(own)])
    return merged, (*problems, *notes)


def _chosen(document: Document, choices: Choices) -> Document:
    metadata = document.metadata
    chosen = replace(
        metadata,
        layout=choices.layout or metadata.layout,
        style=choices.style or metadata.style,
        csl=choices.csl or metadata.csl,
        fit=choices.fit or metadata.fit,
    )
    return replace(document, metadata=chosen)


def _gathered(problems: list[Problem], step: Callable[[], T]) -> T | None:
    """What ``step`` gives; where it cannot, its problems join ``problems``, so that all are told at once."""
    try:
        return step()
    except LeafletError as error:
        problems += error.problems
        return None


def _citation_style(document: Document, workspace: Workspace, source: Path, choices: Choices) -> str:
    from leaflet.build.citing import resolve_style

    metadata = document.metadata
    place = Location(file="--csl") if choices.csl else metadata.places.get("csl")
    beside = Path.cwd() if choices.csl else source.parent
    return resolve_style(metadata.csl, workspace, beside=beside, trusted=choices.csl is not None, asked_at=place)


def _box_style(name: str, document: Document, workspace: Workspace, source: Path) -> str:
    from leaflet.build.citing import resolve_box_style

    return resolve_box_style(name, document.metadata, workspace, beside=source.parent)


def _cite(
    document: Document,
    references: tuple[Reference, ...],
    workspace: Workspace,
    source: Path,
    *,
    style: str,
    own_styles: Sequence[str],
    today: date,
) -> tuple[Citations, tuple[Problem, ...]]:
    from leaflet.build.citing import cite_document
    from leaflet.source.bibliography import check

    own = own_item(document.metadata, id=source.stem, today=today)
    citations, problems = cite_document(
        document, references, own, style=style, own_styles=own_styles, workspace=workspace
    )
    return citations, (*problems, *check(citations.items, today=today))


def _retracted(path: Path, items: Sequence[Reference], workspace: Workspace) -> tuple[Problem, ...]:
    from leaflet.source.retractions import check_retractions

    return check_retractions(path, items, name=workspace.name_of(path))


def _layout(document: Document, workspace: Workspace, choices: Choices) -> Layout:
    from leaflet.html.layouts import load_layout

    metadata = document.metadata
    place = Location(file="--layout") if choices.layout else metadata.places.get("layout")
    layout = load_layout(find_folder(workspace, "layouts", metadata.layout, asked_at=place))
    return layout.mirrored() if is_right_to_left(metadata.lang) else layout


def _pins(document: Document, layout: Layout) -> None:
    from leaflet.html.pins import refuse_unknown_panels

    refuse_unknown_panels(document, layout)


def _style(document: Document, workspace: Workspace, choices: Choices) -> Style:
    from leaflet.html.organisation import dressed
    from leaflet.html.styles import load_style

    metadata = document.metadata
    place = Location(file="--style") if choices.style else metadata.places.get("style")
    return dressed(load_style(find_folder(workspace, "styles", metadata.style, asked_at=place)), workspace)


MARKERS = {"layouts": "layout.toml", "styles": "style.toml"}
"""The file that makes a folder a layout or a style."""


def find_folder(workspace: Workspace, kind: str, name: str, *, asked_at: Location | None) -> Path:
    """The folder of the layout or style ``name``; ``kind`` is ``layouts`` or ``styles``.

    Raises:
        LayoutError: there is none of that name; the message lists the names there are.
    """
    marker = MARKERS[kind]
    folder = workspace.find(kind, name)
    if folder is not None and (folder / marker).is_file():
        return folder
    word = kind.removesuffix("s")
    hint = f"choose one of {', '.join(workspace.names(kind, marker))}"
    if name == Path(name).name:
        hint += f", or add {kind}/{name}/{marker}"
    raise LayoutError(Problem(message=f'there is no {word} called "{name}"', location=asked_at, hint=hint))


def _print_files(cited: CitedDocument, choices: Choices, *, today: date) -> tuple[dict[str, bytes], PanelPdf]:
    """The PDF files that are asked for, and the panels that they were made from."""
    document, workspace, finish = cited.document, cited.workspace, choices.finish
    press = opened_press(finish, cited.layout.ink_limit, workspace)
    panels = _panels(cited, choices)
    files: dict[str, bytes] = {}
    if "pdf" in choices.formats:
        files["pdf"] = finished_panels(panels.data, document, workspace, finish)
    if "sheet" in choices.formats:
        files["sheet"] = finished_sheet(panels.data, document, cited.layout, workspace, finish, press=press, day=today)
    return files, panels


def _panels(cited: CitedDocument, choices: Choices) -> PanelPdf:
    from leaflet.build.roomier import larger_layouts
    from leaflet.html import render_print
    from leaflet.pdf import font_css, render_panels

    html = render_print(
        cited.document,
        cited.citations,
        cited.layout,
        cited.style,
        font_css=font_css(),
        workspace=cited.workspace,
    )
    try:
        return render_panels(
            html,
            layout=cited.layout,
            workspace=cited.workspace,
            base=cited.folder,
            source=cited.document.source,
            metadata=cited.document.metadata,
            allow_overflow=choices.allow_overflow,
            for_press=choices.finish.press is not None,
        )
    except FitError as error:
        asked_at = Location(file="--style") if choices.style else cited.document.metadata.places.get("style")
        raise FitError(
            [*error.problems, *larger_layouts(cited.layout, cited.style, cited.workspace, asked_at)]
        ) from None


def _web(cited: CitedDocument) -> str:
    from leaflet.html import render_web

    return render_web(cited.document, cited.citations, cited.style, workspace=cited.workspace)


def _sidecars(cited: CitedDocument, formats: Iterable[str]) -> dict[str, bytes]:
    """The leaflet as a citable item, in the files that citation managers read."""
    from leaflet.source.bibliography import write

    own = cited.citations.own_item
    wanted = {"bib": "biblatex", "ris": "ris", "csl-json": "csl-json"}
    if own is None:
        return {}
    item = Reference(id=str(own["id"]), item=own)
    return {kind: write([item], form).encode() for kind, form in wanted.items() if kind in formats}


def _any_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _shown(path: Path) -> Path:
    """``path`` as a user reads it: relative to where the command was given, if it lies there."""
    real = path.resolve()
    here = Path.cwd()
    return real.relative_to(here) if real.is_relative_to(here) else real
