"""The door of the source stage: one file in, one document out, or every mistake with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leaflet.errors import LeafletError, Location, Problem, Severity, SourceError
from leaflet.files import (
    CONFIGURATION,
    Invalid,
    check_image,
    motif,
    read_settings,
    read_text,
    shown,
    suggestion,
    with_slashes,
)
from leaflet.model.citation import Reference
from leaflet.model.document import Block, Document, FieldReference, Image
from leaflet.model.metadata import Metadata
from leaflet.model.walk import clusters, field_references, walk
from leaflet.model.workspace import Workspace
from leaflet.source.field_use import pictures_with_fields, used_in_document
from leaflet.source.front_matter import FrontMatterResult, Halves, read_front_matter, split
from leaflet.source.markdown import parse
from leaflet.source.placeholders import placeholders_left
from leaflet.source.tree.blocks import BlockReader, notes_of
from leaflet.source.tree.context import Context
from leaflet.source.tree.sections import Identifiers
from leaflet.source.typography import Typographer
from leaflet.source.variant import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """A source, read: its document, its own references, the bibliographies it names, and warnings."""

    document: Document
    references: tuple[Reference, ...] = ()
    bibliography_paths: tuple[tuple[Path, Location], ...] = ()
    retractions_path: Path | None = None
    field_uses: tuple[FieldReference, ...] = ()
    """Where the text of the source names a field, before any condition is decided."""
    declared_fields: Mapping[str, str] = field(default_factory=dict)
    """The source's own values of its fields."""
    fields_in_front_matter: frozenset[str] = frozenset()
    """The fields that its front matter and the workspace's settings name."""
    undecided: Document | None = None
    """Its document before any field is filled in and any condition is decided."""
    undeclared: tuple[Problem, ...] = ()
    """Those of the problems that only say that a given field is not declared."""
    cited: frozenset[str] = frozenset()
    """The keys that its text cites, before any condition is decided."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing in the source is an error."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def used_fields(self) -> frozenset[str]:
        """The fields that its front matter, text and conditions name."""
        return self.fields_in_front_matter | used_in_document(self.undecided or self.document)

    @property
    def pictures_with_fields(self) -> tuple[str, ...]:
        """The paths of pictures that name a field, relative to the source's folder."""
        return pictures_with_fields(self.undecided or self.document)


def read_source(path: Path, workspace: Workspace, *, fields: Mapping[str, str] | None = None) -> SourceResult:
    """Read the source at ``path``; ``fields`` are values that win over the front matter's own.

    Raises:
        SourceError: the source has errors; all of them, and all warnings, in the order of the file.
        UnsafeError: ``path`` lies outside the workspace.
    """
    result = understand(path, workspace, fields=fields)
    if not result.is_sound:
        raise SourceError(result.problems)
    return result


def understand(path: Path, workspace: Workspace, *, fields: Mapping[str, str] | None = None) -> SourceResult:
    """What can be understood of the source at ``path``, mistakes and all, so that later checks can add theirs.

    The document of a source that is not sound still holds its fields and its conditions.

    Raises:
        SourceError: the file cannot be read as text at all.
        UnsafeError: ``path`` lies outside the workspace.
    """
    name = workspace.name_of(path)
    file = workspace.resolve(path.absolute(), beside=workspace.root)
    text = read_text(file, name=name, inside=workspace.roots)
    halves = split(text, name=name)
    settings = read_settings(workspace)
    front = read_front_matter(halves, name=name, config=settings.shared, given=fields)
    problems = [*settings.problems, *front.problems]
    metadata = front.metadata or Metadata(title="")
    blocks, found = _body(text, halves, name, metadata, front, workspace, path.absolute().parent)
    problems += found
    bibliographies, found = _bibliographies(metadata, path.absolute().parent, workspace)
    problems += found
    retractions, missing = _retractions(metadata, path.absolute().parent, workspace)
    problems += missing
    problems += placeholders_left(metadata)
    problems += _art(metadata, path.absolute().parent, workspace)
    document = Document(metadata=metadata, blocks=blocks, source=name, fields=front.fields)
    uses = field_references(document)
    undecided = document
    cited = frozenset(cite.key for place in clusters(document) for cite in place.cluster.cites)
    # A variant can be decided only where every field and every condition is one.
    if not any(problem.severity is Severity.ERROR for problem in problems):
        try:
            decided = resolve(document, front.fields)
        except SourceError as error:
            problems += error.problems
        else:
            problems += _pictures(decided, document, path.absolute().parent, workspace)
            document = decided
    return SourceResult(
        document=document,
        references=front.references,
        bibliography_paths=bibliographies,
        retractions_path=retractions,
        field_uses=uses,
        declared_fields=front.declared,
        fields_in_front_matter=front.uses,
        undecided=undecided,
        undeclared=front.undeclared,
        cited=cited,
        problems=_in_order(problems, name),
    )


def _body(
    text: str,
    halves: Halves,
    name: str,
    metadata: Metadata,
    front: FrontMatterResult,
    workspace: Workspace,
    folder: Path,
) -> tuple[tuple[Block, ...], list[Problem]]:
    lines = text.split("\n")
    # Empty lines stand for the front matter, so that every line keeps its number.
    body = "\n" * halves.body_line + "\n".join(lines[halves.body_line :])
    context = Context(
        file=name,
        lines=tuple(lines),
        folder=folder,
        workspace=workspace,
        fields=front.fields,
        typographer=Typographer(metadata.lang),
    )
    try:
        parsed = parse(body, language=metadata.lang)
        for mistake in parsed.mistakes:
            context.refuse(mistake.message, Location(file=name, line=mistake.line + 1, column=1), mistake.hint)
        context.notes = notes_of(parsed.tokens)
        identifiers = Identifiers()
        identifiers.gather(parsed.tokens, context)
        blocks = BlockReader(context, identifiers).read(parsed.tokens)
    except RecursionError:
        hint = "use fewer levels of brackets, lists and quotations within each other"
        context.refuse("the text is nested too deeply to be read", Location(file=name), hint)
        return (), context.problems
    _check_links(context, identifiers.taken)
    _unused_notes(context)
    return blocks, context.problems


def _check_links(context: Context, places: Iterable[str]) -> None:
    known = set(places)
    for target, location in context.links:
        if target not in known:
            hint = suggestion(target, known) or "give the place its name with {#name}"
            context.refuse(f'there is no place called "#{target}"', location, hint)


def _unused_notes(context: Context) -> None:
    for label in context.notes:
        if label not in context.used_notes:
            line = next(
                (n for n, text in enumerate(context.lines, 1) if text.lstrip().startswith(f"[^{label}]:")), None
            )
            place = Location(file=context.file, line=line, column=1 if line else None)
            context.warn(f'the footnote "{label}" is never used', place, f"write [^{label}] where its mark belongs")


def _bibliographies(
    metadata: Metadata, folder: Path, workspace: Workspace
) -> tuple[tuple[tuple[Path, Location], ...], list[Problem]]:
    found: list[tuple[Path, Location]] = []
    problems: list[Problem] = []
    for index, name in enumerate(metadata.bibliography):
        place = metadata.places.get(f"bibliography.{index}") or metadata.places.get("bibliography")
        try:
            path = _named(name, "bibliography", {".bib", ".json", ".yaml", ".ris"}, place, folder, workspace)
        except LeafletError as error:
            problems += error.problems
        else:
            found.append((path, place or Location(file=name)))
    return tuple(found), problems


def _retractions(metadata: Metadata, folder: Path, workspace: Workspace) -> tuple[Path | None, tuple[Problem, ...]]:
    if not metadata.retractions:
        return None, ()
    place = metadata.places.get("retractions")
    try:
        return _named(metadata.retractions, "list of retractions", {".csv"}, place, folder, workspace), ()
    except LeafletError as error:
        return None, error.problems


def _named(
    name: str, kind: str, suffixes: Collection[str], place: Location | None, folder: Path, workspace: Workspace
) -> Path:
    """The file that the front matter, or else the configuration, names for one of its keys.

    Raises:
        UnsafeError: it lies outside the workspace.
        SourceError: there is no such file.
    """
    beside = workspace.root if place and place.file == CONFIGURATION else folder
    try:
        path = workspace.resolve(name, beside=beside, asked_at=place)
        is_there = path.is_file()
    except (OSError, ValueError, RuntimeError):
        is_there = False
    if not is_there:
        names = [other.name for other in beside.iterdir() if other.suffix in suffixes]
        hint = suggestion(name, names) or "write its path from the folder of the file that names it"
        hint = with_slashes(name) or hint
        raise SourceError(Problem(message=f"there is no {kind} {shown(name)}", location=place, hint=hint))
    return path


def _art(metadata: Metadata, folder: Path, workspace: Workspace) -> list[Problem]:
    """What is wrong with the pictures that the front matter names; a motif is drawn and needs no file."""
    problems: list[Problem] = []
    for key, name in (("art-outside", metadata.art_outside), ("art-inside", metadata.art_inside)):
        if name and not Path(name).suffix:
            problems += _motif(name, metadata.places.get(key))
        elif name:
            problems += check_image(name, folder=folder, workspace=workspace, asked_at=metadata.places.get(key))
    if metadata.cover:
        asked_at = metadata.places.get("cover")
        problems += check_image(metadata.cover, folder=folder, workspace=workspace, asked_at=asked_at)
    return problems


def _motif(name: str, asked_at: Location | None) -> list[Problem]:
    """What is wrong with a name that is no file's."""
    try:
        motif(name)
    except Invalid as wrong:
        return [
            Problem(message=wrong.message, hint=f"{wrong.hint} (a picture is named by its file)", location=asked_at)
        ]
    return []


def _pictures(document: Document, undecided: Document, folder: Path, workspace: Workspace) -> list[Problem]:
    """What is wrong with pictures that fields name; all others were looked at when they were read."""
    checked = {node.path for node in walk(undecided.blocks) if isinstance(node, Image)}
    return [
        problem
        for node in walk(document.blocks)
        if isinstance(node, Image) and node.path not in checked
        for problem in check_image(node.path, folder=folder, workspace=workspace, asked_at=node.location)
    ]


def _in_order(problems: Iterable[Problem], name: str) -> tuple[Problem, ...]:
    """Each problem once: those of other files first, then those of the source from its top to its bottom."""

    def place(problem: Problem) -> tuple[bool, str, int, int]:
        location = problem.location or Location(file="")
        return location.file == name, location.file, location.line or 0, location.column or 0

    return tuple(sorted(dict.fromkeys(problems), key=place))
