"""The door of the source stage: one file in, one document out, or every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from markdown_it.token import Token

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
from leaflet.model.document import Block, CitationReference, Document, FieldReference, Image
from leaflet.model.metadata import Metadata
from leaflet.model.walk import clusters, field_references, walk
from leaflet.model.workspace import Workspace
from leaflet.source.body_title import body_title, without_title
from leaflet.source.cache import SourceCache
from leaflet.source.field_use import pictures_with_fields, used_in_document
from leaflet.source.front_matter import FrontMatterResult, read_front_matter
from leaflet.source.halves import Halves, later_yaml, split
from leaflet.source.placeholders import placeholders_left
from leaflet.source.reference_section import with_reference_section
from leaflet.source.settle import names_in, other_names, settled
from leaflet.source.surroundings import Surroundings
from leaflet.source.tree.blocks import BlockReader
from leaflet.source.tree.context import Context
from leaflet.source.tree.notes import notes_of
from leaflet.source.tree.references import check_references
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


def understand(
    path: Path,
    workspace: Workspace,
    *,
    fields: Mapping[str, str] | None = None,
    today: date | None = None,
    cache: SourceCache | None = None,
    text: str | None = None,
) -> SourceResult:
    """What can be understood of the source at ``path``, mistakes and all, so that later checks can add theirs.

    The document of a source that is not sound still holds its fields and its conditions. ``today`` is the day that a
    front matter means with ``date: today``. ``text`` is read in place of the file's own, for an editor that has not saved.

    Raises:
        SourceError: the file cannot be read as text at all.
        UnsafeError: ``path`` lies outside the workspace.
    """
    cache = cache or SourceCache()
    name = workspace.name_of(path)
    file = workspace.resolve(path.absolute(), beside=workspace.root)
    if text is None:
        text = read_text(file, name=name, inside=workspace.roots)
    halves = split(text, name=name)
    settings = read_settings(workspace)
    surroundings = Surroundings(
        workspace=workspace,
        folder=path.absolute().parent,
        today=today,
        body_title=lambda: _title_of(text, halves, cache),
    )
    front = read_front_matter(
        halves,
        name=name,
        config=settings.shared,
        given=fields,
        surroundings=surroundings,
        later=later_yaml(text, halves),
        cache=cache,
    )
    problems = [*settings.problems, *front.problems]
    metadata = front.metadata or Metadata(title="")
    blocks, found = _body(text, halves, name, metadata, front, workspace, path.absolute().parent, cache)
    problems += found
    bibliographies, found = _bibliographies(metadata, path.absolute().parent, workspace)
    problems += found
    if not metadata.bibliography and not front.references:
        bibliographies, found = _beside(blocks, name, path.absolute().parent, workspace)
        problems += found
        metadata = replace(metadata, bibliography=tuple(file.name for file, _ in bibliographies))
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
    cache: SourceCache,
) -> tuple[tuple[Block, ...], list[Problem]]:
    lines = text.split("\n")
    context = Context(
        file=name,
        lines=tuple(lines),
        folder=folder,
        workspace=workspace,
        fields=front.fields,
        typographer=Typographer(metadata.lang),
        parse=partial(cache.parsed, language=metadata.lang),
        metadata_words=front.words,
        shows_code=front.shows_code,
    )
    try:
        parsed = cache.parsed(body_of(lines, halves), language=metadata.lang)
        for mistake in parsed.mistakes:
            place = Location(file=name, line=mistake.line + 1, column=1)
            (context.refuse if mistake.is_error else context.warn)(mistake.message, place, mistake.hint)
        context.notes, context.marks, context.examples = notes_of(parsed.tokens), parsed.marks, parsed.examples
        tokens = _without_own_title(parsed.tokens, metadata, context)
        identifiers = Identifiers(taken=context.places)
        identifiers.gather(tokens, context)
        blocks = BlockReader(context, identifiers).read(tokens)
    except RecursionError:
        hint = "use fewer levels of brackets, lists and quotations within each other"
        context.refuse("the text is nested too deeply to be read", Location(file=name), hint)
        return (), context.problems
    blocks = with_reference_section(blocks, metadata.reference_section_title)
    places = names_in(blocks)
    others = other_names(blocks, places)
    _check_links(context, {*places, *others})
    context.places = set(places)
    check_references(context)
    _unused_notes(context)
    context.report_tallies()
    lost = [name for name, _ in (*context.links, *context.references) if name not in places]
    return settled(blocks, places, others) if lost else blocks, context.problems


def body_of(lines: Sequence[str], halves: Halves) -> str:
    """The body, with empty lines for the front matter and later YAML, so that every line keeps its number."""
    body = [""] * halves.body_line + list(lines[halves.body_line :])
    for first, after in halves.later:
        body[first:after] = [""] * (after - first)
    return "\n".join(body)


def _title_of(text: str, halves: Halves, cache: SourceCache) -> tuple[str, int] | None:
    """The title in the body of a source and its line (from 1)."""
    title = body_title(cache.parsed(body_of(text.split("\n"), halves), language="en").tokens)
    return (title.text, title.line + 1) if title.at is not None and title.text else None


def _without_own_title(tokens: Sequence[Token], metadata: Metadata, context: Context) -> Sequence[Token]:
    """``tokens`` without a heading that is the title, and with all headings a level down where there is another."""
    title = body_title(tokens)
    if title.at is not None and plain_title(title.text) == plain_title(metadata.title):
        return without_title(tokens, title)
    context.shift = 1 if title.at is not None else title.shift
    return tokens


def plain_title(text: str) -> str:
    """A title for comparing, whatever its typography."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def _check_links(context: Context, places: Iterable[str]) -> None:
    known = set(places)
    for target, location in context.links:
        if target not in known:
            hint = suggestion(target, known) or "give the place its name with {#name}"
            context.warn(f'there is no place called "#{target}", so its words are no link', location, hint)


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


def _beside(
    blocks: tuple[Block, ...], name: str, folder: Path, workspace: Workspace
) -> tuple[tuple[tuple[Path, Location], ...], list[Problem]]:
    """The bibliographies beside a source that names none but cites what they hold, as MyST reads them."""
    places = [node for node in walk(blocks) if isinstance(node, CitationReference)]
    keys = {cite.key for node in places for cite in node.cluster.cites}
    found = [file for file in sorted(folder.glob("*.bib")) if keys and _holds(file, keys, workspace.roots)]
    if not found:
        return (), []
    names = ", ".join(file.name for file in found)
    warning = Problem(
        message=f"no bibliography is named, so {names} beside it is taken",
        location=places[0].location,
        hint=f"name it in the front matter: bibliography: {found[0].name}",
        severity=Severity.WARNING,
    )
    return tuple((file, Location(file=name)) for file in found), [warning]


def _holds(file: Path, keys: Collection[str], inside: tuple[Path, ...]) -> bool:
    """Whether a bibliography has an entry under one of ``keys``."""
    try:
        text = read_text(file, name=file.name, inside=inside)
    except SourceError:
        return False
    return any(re.search(rf"@\w+\s*\{{\s*{re.escape(key)}\s*,", text) for key in keys)


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
