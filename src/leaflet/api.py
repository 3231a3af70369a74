"""The public functions of leaflet, which the command line uses too: build, check, cite, compose, and the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from os import PathLike, fspath
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeAlias, TypedDict, TypeVar

from msgspec import Struct

from leaflet.budget import Budget
from leaflet.clock import build_day
from leaflet.errors import LeafletError, Location, Problem, Severity, SourceError
from leaflet.faults import guarded
from leaflet.files import open_workspace, read_budget, shipped_folder, suggestion
from leaflet.model.citation import OwnCitation as CitationLine
from leaflet.model.layout import Fit
from leaflet.model.metadata import ShownChanges
from leaflet.model.output_format import ORDINARY_FORMATS, OutputFormat
from leaflet.model.workspace import Workspace as Folder
from leaflet.pipeline import (
    BuildResult,
    Choices,
    Composition,
    OutputIntent,
    Session,
    build_released,
    cite_leaflet,
    release_leaflet,
)
from leaflet.pipeline import build as build_source
from leaflet.pipeline import compose as compose_source

if TYPE_CHECKING:
    from typing import Unpack

    from leaflet.batch import CheckJob
    from leaflet.checks import CheckedFile, Finding
    from leaflet.panels import FitReport

__all__ = [
    "BuildResult",
    "CheckResult",
    "CitationLine",
    "CiteResult",
    "Composition",
    "Workspace",
    "build",
    "check",
    "cite",
    "compose",
]

StrPath: TypeAlias = str | PathLike[str]
E = TypeVar("E", bound=StrEnum)


class VariantOptions(TypedDict, total=False):
    """Options that choose a variant of a leaflet. Without one, the front matter decides."""

    layout: str | None
    style: str | None
    citation_style: StrPath | None
    """The name of an official style, or the path of a ``.csl`` file."""
    changes: str | None
    """``accept``, ``reject`` or ``show``: the print of changes that the source marks in CriticMarkup."""
    fields: Mapping[str, str]
    """Values of fields by their names, as in ``{"clinic.phone": "01632 960 123"}``."""
    today: date | None
    """The day of the build; without it today in UTC, or the day of ``SOURCE_DATE_EPOCH``."""
    strict: bool
    """Treat each warning as an error."""
    max_seconds: float | None
    """The most computing time that it may take; without it ``[limits]`` of ``leaflet.toml``, or 120 and more by size."""
    max_memory: int | None
    """The most megabytes by which the process may grow meanwhile; without it ``[limits]``, or 2000."""


class BuildOptions(VariantOptions, total=False):
    """Options of a build beside those that choose a variant."""

    formats: Iterable[str]
    """Names of formats; without it ``sheet``, ``pdf``, ``html``, ``bib``, ``ris`` and ``csl-json``."""
    fit: str | None
    """``both``, ``shrink``, ``grow`` or ``none``: the changes of type size that may fill the panels."""
    allow_overflow: bool
    """Build a draft although content does not fit its panels."""
    report: bool
    """Write ``NAME.report.json`` beside the files: hashes, fit, findings of the check, and the standards they claim."""
    companions: bool
    """Make a large-print and an easy-read version too, each checked: ``NAME-large-print.pdf``, ``NAME-easy-read.pdf``."""
    released: bool
    """Build what was signed off, on the day of its release; refuse a leaflet that has changed since."""
    ua: int
    """The part of PDF/UA that the PDF files keep, 1 or 2; 1 without it."""
    archive: bool
    """Make the PDF files PDF/A-2a."""
    attach_source: bool
    """With ``archive``: make them PDF/A-3a, with the source inside."""
    press: StrPath | None
    """The ICC profile of the press for which the sheet is made PDF/X-4."""
    ink_limit: float | None
    """With ``press``: the most ink on one spot, in per cent."""


class CheckOptions(VariantOptions, total=False):
    """Options of a check beside those that choose a variant."""

    select: Iterable[str]
    """Packs, codes, beginnings of codes or names of rules; those of ``leaflet.toml`` without it."""
    ignore: Iterable[str]
    """Rules that are left out."""


class CheckResult(Struct, frozen=True, kw_only=True):
    """Problems and findings of a check, and the fill of the panels where they could be laid out."""

    problems: tuple[Problem, ...]
    """Reports of a build, errors and warnings."""
    fit: FitReport | None
    findings: tuple[Finding, ...] = ()
    """Findings of the rules that were chosen, in the order of their places."""

    @property
    def ok(self) -> bool:
        """True if a build would succeed: there may be warnings, but no errors."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


class CiteResult(Struct, frozen=True, kw_only=True):
    """The citation of a leaflet in one or more citation styles, and warnings about its source."""

    lines: tuple[CitationLine, ...]
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(line.text for line in self.lines)


class Workspace:
    """A folder of leaflets, for many builds in one process.

    Nothing outside the folder is read, except the layouts and styles that leaflet ships, and files that options name.
    Several threads may use one workspace.
    """

    def __init__(self, folder: StrPath, *, paths_from: StrPath | None = None) -> None:
        """Open ``folder`` as a workspace. Relative paths start at ``paths_from``, by default at the folder.

        Raises:
            LeafletError: it is not a folder.
        """
        root = Path(folder).resolve()
        if not root.is_dir():
            raise LeafletError(Problem(message=f'"{folder}" is not a folder', hint="name the folder of your sources"))
        self._folder = Folder(root=root, shipped=shipped_folder())
        self._session = Session(workspace=self._folder)
        self._start = Path(paths_from).absolute() if paths_from is not None else root

    @classmethod
    def around(cls, source: StrPath) -> Workspace:
        """Open the workspace of a source: the nearest folder above it with ``leaflet.toml`` or ``source/``.

        Relative paths then start at the working directory, as ``source`` does.
        """
        return cls(open_workspace(Path(source)).root, paths_from=Path.cwd())

    @property
    def folder(self) -> Path:
        """The folder, absolute and with symbolic links resolved."""
        return self._folder.root

    def __repr__(self) -> str:
        return f"Workspace({str(self.folder)!r})"

    def build(self, source: StrPath, *, output: StrPath | None = None, **options: Unpack[BuildOptions]) -> BuildResult:
        """Build ``source`` and write its files to ``output``, the workspace's ``output/`` by default.

        Raises:
            LeafletError: all that is wrong, each with its place; then nothing is written.
        """
        file, choices = self._source(source), self._choices(options)
        folder = self._start / output if output is not None else None
        with guarded(self._budget(file, options), fspath(source)):
            if options.get("released"):
                return build_released(file, choices, output=folder, session=self._session, workspace=self._folder)
            day = options.get("today") or build_day()
            return build_source(file, choices, today=day, output=folder, session=self._session)

    def release(self, source: StrPath, *, by: str, role: str, today: date | None = None) -> Path:
        """Check ``source``, write its sign-off beside it, and return the sign-off's path.

        Raises:
            LeafletError: the check found errors; then nothing is written.
        """
        signed = release_leaflet(
            self._source(source),
            Choices(),
            by=by,
            role=role,
            today=today or build_day(),
            session=self._session,
            workspace=self._folder,
        )
        return signed.path

    def compose(self, source: StrPath, **options: Unpack[BuildOptions]) -> Composition:
        """Make all files of ``source`` in memory and write none.

        Raises:
            LeafletError: all that is wrong, each with its place.
        """
        file, choices, day = self._source(source), self._choices(options), options.get("today") or build_day()
        with guarded(self._budget(file, options), fspath(source)):
            return compose_source(file, choices, today=day, session=self._session)

    def check(self, source: StrPath, **options: Unpack[CheckOptions]) -> CheckResult:
        """Return all problems that a build of ``source`` would report, and what the rules of ``select`` find.

        Raises:
            LeafletError: an option is wrong; mistakes in the source are returned.
        """
        made = self.examine(source, **options)
        return CheckResult(problems=made.problems, fit=made.fit, findings=made.findings)

    def examine(self, source: StrPath, **options: Unpack[CheckOptions]) -> CheckedFile:
        """Return what :meth:`check` does, with the lines of the source and the files that were made, for reports.

        Raises:
            LeafletError: an option is wrong; mistakes in the source are returned.
        """
        from leaflet.batch import run_check

        return run_check(self.check_job(source, **options), self._session)

    def check_job(self, source: StrPath, *, keeps_files: bool = True, **options: Unpack[CheckOptions]) -> CheckJob:
        """Return the check of ``source`` as a value that another process can do."""
        from leaflet.batch import CheckJob

        given: CheckOptions = {**options}
        select, ignore, file = tuple(given.pop("select", ())), tuple(given.pop("ignore", ())), self._source(source)
        return CheckJob(
            source=file,
            name=fspath(source),
            today=given.get("today") or build_day(),
            budget=self._budget(file, given),
            workspace=self._folder,
            choices=self._choices(given),
            select=select,
            ignore=ignore,
            keeps_files=keeps_files,
        )

    def cite(
        self, source: StrPath, *, citation_style: StrPath | Iterable[StrPath] = (), today: date | None = None
    ) -> CiteResult:
        """Return the citation of the leaflet ``source`` in each of the styles, by default in those of its own box.

        Raises:
            LeafletError: the source cannot be read, or a style is unknown.
        """
        named = (citation_style,) if isinstance(citation_style, str | PathLike) else citation_style
        styles = tuple(self._citation_style(style) for style in named)
        file, day = self._source(source), today or build_day()
        with guarded(self._budget(file, {}), fspath(source)):
            lines, problems = cite_leaflet(file, styles, today=day, workspace=self._folder)
        return CiteResult(lines=lines, problems=problems)

    def _source(self, source: StrPath) -> Path:
        path = self._start / source
        if not path.is_file():
            raise SourceError(Problem(message=f'there is no source "{source}"', hint=f"paths start at {self._start}"))
        if not path.name.isprintable():
            message = "the name of this source holds characters that cannot be printed"
            raise SourceError(Problem(message=message, location=Location(file=fspath(source)), hint="rename the file"))
        return path

    def _budget(self, source: Path, options: VariantOptions) -> Budget:
        known = read_budget(self._folder).for_size(source.stat().st_size)
        return Budget(
            seconds=options.get("max_seconds") or known.seconds, megabytes=options.get("max_memory") or known.megabytes
        )

    def _citation_style(self, style: StrPath) -> str:
        """Return the name of an official style as it is, and the path of a ``.csl`` file from the working directory."""
        name = fspath(style)
        is_path = isinstance(style, PathLike) or name.endswith(".csl") or len(PurePath(name).parts) > 1
        return fspath(self._start / name) if is_path and self._start != Path.cwd() else name

    def _choices(self, options: BuildOptions | VariantOptions) -> Choices:
        """Return ``options`` as the pipeline takes them.

        Raises:
            TypeError: there is no option of that name, or the value of a field is not text.
            LeafletError: a format or a fit is unknown.
        """
        unknown = sorted(set(options) - set(BuildOptions.__annotations__) - set(VariantOptions.__annotations__))
        if unknown:
            raise TypeError(f"there is no option {unknown[0]!r}")
        given: BuildOptions = {**options}
        style = given.get("citation_style")
        press, ua = given.get("press"), given.get("ua") or 1
        _refuse_unknown("ua", str(ua), ("1", "2"))
        return Choices(
            layout=given.get("layout"),
            style=given.get("style"),
            csl=self._citation_style(style) if style is not None else None,
            fit=_one_of("fit", given.get("fit"), Fit),
            changes=_one_of("changes", given.get("changes"), ShownChanges),
            fields=_texts(given.get("fields")),
            formats=_formats(given.get("formats")),
            allow_overflow=given.get("allow_overflow", False),
            report=given.get("report", False),
            companions=given.get("companions", False),
            strict=given.get("strict", False),
            finish=OutputIntent(
                ua_2=ua == 2,
                archive=given.get("archive", False),
                attach_source=given.get("attach_source", False),
                press=self._start / press if press is not None else None,
                ink_limit=given.get("ink_limit"),
            ),
        )


def build(source: StrPath, *, output: StrPath | None = None, **options: Unpack[BuildOptions]) -> BuildResult:
    """Build ``source`` and write its files to ``output``, by default to ``output/`` in the workspace of the source.

    The options are those of ``BuildOptions``; relative paths start at the working directory.

    Raises:
        LeafletError: all that is wrong, each with its place; then nothing is written.
    """
    return Workspace.around(source).build(source, output=output, **options)


def compose(source: StrPath, **options: Unpack[BuildOptions]) -> Composition:
    """Make all files of ``source`` in memory and write none. The options are those of :func:`build`.

    Raises:
        LeafletError: all that is wrong, each with its place.
    """
    return Workspace.around(source).compose(source, **options)


def check(source: StrPath, **options: Unpack[CheckOptions]) -> CheckResult:
    """Return all problems that a build of ``source`` would report, and what the rules find.

    The options are those of ``CheckOptions``; relative paths start at the working directory.

    Raises:
        LeafletError: an option is wrong; mistakes in the source are returned.
    """
    return Workspace.around(source).check(source, **options)


def cite(source: StrPath, *, citation_style: StrPath | Iterable[StrPath] = (), today: date | None = None) -> CiteResult:
    """Return the citation of the leaflet ``source`` in each of the styles, by default in those of its own box.

    Raises:
        LeafletError: the source cannot be read, or a style is unknown.
    """
    return Workspace.around(source).cite(source, citation_style=citation_style, today=today)


def _day(given: date | None) -> date:
    return build_day() if given is None else given


def _one_of(option: str, given: str | None, known: type[E]) -> E | None:
    if given is not None:
        _refuse_unknown(option, given, tuple(known))
    return None if given is None else known(given)


def _formats(given: Iterable[str] | None) -> tuple[str, ...]:
    formats = ORDINARY_FORMATS if given is None else (given,) if isinstance(given, str) else tuple(given)
    for name in formats:
        _refuse_unknown("formats", name, tuple(OutputFormat))
    return formats


def _texts(fields: Mapping[str, str] | None) -> dict[str, str]:
    wrong = next((name for name, value in (fields or {}).items() if not isinstance(value, str)), None)
    if wrong is not None:
        raise TypeError(f"the value of the field {wrong!r} is not text")
    return dict(fields or {})


def _refuse_unknown(option: str, given: str, choices: Sequence[str]) -> None:
    if given not in choices:
        hint = suggestion(given, choices) or f"choose among {', '.join(choices)}"
        raise LeafletError(Problem(message=f'"{given}" is not known here', location=Location(file=option), hint=hint))
