"""Reading of a source: one file becomes one document, or a list of all mistakes with their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files import (
    last_commit_day,
    read_settings,
    read_text,
    suggestion,
)
from leaflet.model.citation import Reference
from leaflet.model.document import Block, Document, EventBlock, FieldReference
from leaflet.model.metadata import Metadata, ShownChanges
from leaflet.model.walk import clusters, field_references, walk
from leaflet.model.workspace import Workspace
from leaflet.source.body_cache import Body
from leaflet.source.body_title import BodyTitle, body_title, first_heading, is_long_text, without_title
from leaflet.source.cache import SourceCache
from leaflet.source.critic_markup import without_critic_markup
from leaflet.source.field_use import pictures_with_fields, used_in_document
from leaflet.source.front_matter import FrontMatterResult, read_front_matter
from leaflet.source.halves import Halves, later_yaml, split
from leaflet.source.named_files import (
    art_problems,
    bibliographies_beside,
    named_bibliographies,
    path_from,
    picture_problems,
    retraction_file,
)
from leaflet.source.other_documents import refuse_other_documents
from leaflet.source.placeholders import placeholders_left
from leaflet.source.reference_section import with_reference_section
from leaflet.source.settle import names_in, other_names, settled
from leaflet.source.surroundings import Surroundings
from leaflet.source.tex_macros import Macro, defined_macros
from leaflet.source.tree.blocks import BlockReader
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.notes import notes_of
from leaflet.source.tree.references import check_references
from leaflet.source.tree.sections import Identifiers
from leaflet.source.typography import Typographer
from leaflet.source.variant import resolve

FOREIGN_TOKENS = frozenset({"directive_open", "shortcode_block"})
"""Blocks that only documents for other programs have."""


class SourceResult(Struct, frozen=True, kw_only=True):
    """A source, read: its document, its own references, the bibliographies it names, and warnings."""

    document: Document
    references: tuple[Reference, ...] = ()
    bibliography_paths: tuple[tuple[Path, Location], ...] = ()
    retractions_path: Path | None = None
    field_uses: tuple[FieldReference, ...] = ()
    """Places at which the text of the source names a field, before any condition is decided."""
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
        """Return whether nothing in the source is an error."""
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
    changes: ShownChanges | None = None,
) -> SourceResult:
    """Return everything that can be understood of the source at ``path``, with its mistakes, for later checks.

    The document of a source that is not sound still holds its fields and its conditions. ``today`` is the day that a
    front matter means with ``date: today``. ``text`` is read in place of the file's own, for an editor that has not saved.
    ``changes`` wins over the front matter's choice.

    Raises:
        SourceError: the file cannot be read as text at all.
        UnsafeError: ``path`` lies outside the workspace.
    """
    cache = cache or SourceCache()
    name = workspace.name_of(path)
    refuse_other_documents(path, name)
    file = workspace.resolve(path.absolute(), beside=workspace.root)
    written = read_text(file, name=name, inside=workspace.roots) if text is None else text
    halves = split(written, name=name)
    settings = read_settings(workspace)
    surroundings = _surroundings(path.absolute(), file, workspace, today, lambda: _tokens_of(written, halves, cache))
    front = read_front_matter(
        halves,
        name=name,
        config=settings.shared,
        given=fields,
        surroundings=surroundings,
        later=later_yaml(written, halves),
        cache=cache,
    )
    problems = [*settings.problems, *front.problems]
    metadata, folder = front.metadata or Metadata(title=""), path.absolute().parent
    printed, unchosen = _with_changes(written, halves, name, changes or metadata.changes)
    problems += unchosen
    blocks, found = _body(printed, halves, name, metadata, front, workspace, folder, cache)
    problems += found
    metadata, bibliographies, more = _bibliographies(metadata, front, blocks, name, folder, workspace)
    problems += more
    retractions, missing = retraction_file(metadata, folder, workspace)
    problems += (*missing, *placeholders_left(metadata), *_missing_event(blocks, metadata))
    problems += art_problems(metadata, folder, workspace)
    undecided = Document(metadata=metadata, blocks=blocks, source=name, fields=front.fields)
    document, undecidable = _decided(undecided, folder, workspace, problems)
    problems += undecidable
    return SourceResult(
        document=document,
        references=front.references,
        bibliography_paths=bibliographies,
        retractions_path=retractions,
        field_uses=field_references(undecided),
        declared_fields=front.declared,
        fields_in_front_matter=front.uses,
        undecided=undecided,
        undeclared=front.undeclared,
        cited=frozenset(cite.key for place in clusters(undecided) for cite in place.cluster.cites),
        problems=_in_order(problems, name),
    )


def _bibliographies(
    metadata: Metadata,
    front: FrontMatterResult,
    blocks: tuple[Block, ...],
    name: str,
    folder: Path,
    workspace: Workspace,
) -> tuple[Metadata, tuple[tuple[Path, Location], ...], list[Problem]]:
    """Return the bibliographies that a source names or has beside it, and its metadata with their names."""
    bibliographies, found = named_bibliographies(metadata, folder, workspace)
    problems = list(found)
    if not metadata.bibliography and not front.references:
        bibliographies, found = bibliographies_beside(blocks, name, folder, workspace)
        problems += found
        metadata = replace(metadata, bibliography=tuple(path_from(folder, file) for file, _ in bibliographies))
    return metadata, tuple(bibliographies), problems


def _with_changes(text: str, halves: Halves, name: str, shown: ShownChanges | None) -> tuple[str, tuple[Problem, ...]]:
    """Return a text with its CriticMarkup as it prints; without a choice it is accepted, and reported."""
    marked = without_critic_markup(text, shown or ShownChanges.ACCEPT, first_line=halves.body_line)
    if not marked.changes or shown is not None:
        return marked.text, ()
    plural = (
        "change or comment in CriticMarkup is" if marked.changes == 1 else "changes and comments in CriticMarkup are"
    )
    warning = Problem(
        message=f"{marked.changes} {plural} printed as accepted",
        location=Location(file=name, line=marked.first_line, column=1),
        hint="write changes: accept, reject or show in the front matter, or build with --changes",
        severity=Severity.WARNING,
    )
    return marked.text, (warning,)


def _decided(
    undecided: Document, folder: Path, workspace: Workspace, problems: Iterable[Problem]
) -> tuple[Document, Sequence[Problem]]:
    """Return the document with its fields and conditions decided, or as it is where there are errors."""
    # A variant can be decided only where every field and every condition is one.
    if any(problem.severity is Severity.ERROR for problem in problems):
        return undecided, ()
    try:
        document = resolve(undecided, undecided.fields)
    except SourceError as error:
        return undecided, error.problems
    return document, picture_problems(document, undecided, folder, workspace)


def _body(
    text: str,
    halves: Halves,
    name: str,
    metadata: Metadata,
    front: FrontMatterResult,
    workspace: Workspace,
    folder: Path,
    cache: SourceCache,
) -> Body:
    """Return the blocks of a source and what is wrong with them, as they were read before where nothing changed."""
    macros = {**front.macros, **defined_macros(text)}
    title = metadata.title, "title" in metadata.places, metadata.reference_section_title
    kind = front.is_foreign, front.declares_fields, front.shows_code
    places = name, folder, workspace.root, workspace.shipped
    key = (
        text,
        metadata.lang,
        title,
        kind,
        places,
        tuple(sorted(front.fields)),
        tuple(sorted(macros.items(), key=str)),
    )

    def read(watched: Workspace, words: Mapping[str, str]) -> Body:
        return _read_body(text, halves, name, metadata, front, watched, folder, cache, words=words, macros=macros)

    return cache.bodies.get_or_read(key, front.words, workspace, read)


def _read_body(
    text: str,
    halves: Halves,
    name: str,
    metadata: Metadata,
    front: FrontMatterResult,
    workspace: Workspace,
    folder: Path,
    cache: SourceCache,
    *,
    words: Mapping[str, str],
    macros: Mapping[str, Macro],
) -> Body:
    lines = text.split("\n")
    context = TreeContext(
        file=name,
        lines=tuple(lines),
        folder=folder,
        workspace=workspace,
        fields=front.fields,
        typographer=Typographer(metadata.lang),
        parse=partial(cache.parsed, language=metadata.lang),
        metadata_words=words,
        macros=macros,
        is_foreign=front.is_foreign,
        declares_fields=front.declares_fields,
        shows_code=front.shows_code,
    )
    try:
        parsed = cache.parsed(body_of(lines, halves), language=metadata.lang)
        for mistake in parsed.mistakes:
            place = Location(file=name, line=mistake.line + 1, column=1)
            (context.refuse if mistake.is_error else context.warn)(mistake.message, place, mistake.hint)
        context.notes, context.marks, context.examples = notes_of(parsed.tokens), parsed.marks, parsed.examples
        context.is_myst = any(token.type == "directive_open" for token in parsed.tokens)
        context.is_foreign |= any(token.type in FOREIGN_TOKENS for token in parsed.tokens)
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
    """Return the body, with empty lines for the front matter and later YAML, so that every line keeps its number."""
    body = [""] * halves.body_line + list(lines[halves.body_line :])
    for first, after in halves.later:
        body[first:after] = [""] * (after - first)
    return "\n".join(body)


def _surroundings(
    path: Path, file: Path, workspace: Workspace, today: date | None, tokens: Callable[[], Sequence[Token]]
) -> Surroundings:
    return Surroundings(
        workspace=workspace,
        folder=path.parent,
        stem=path.stem,
        today=today,
        last_commit=lambda: last_commit_day(file),
        body_title=lambda: _title_of(tokens()),
        is_long_text=lambda: is_long_text(tokens()),
    )


def _tokens_of(text: str, halves: Halves, cache: SourceCache) -> Sequence[Token]:
    return cache.parsed(body_of(text.split("\n"), halves), language="en").tokens


def _title_of(tokens: Sequence[Token]) -> BodyTitle | None:
    """Return the title in the body of a source."""
    title = first_heading(tokens)
    return title if title.at is not None and title.text else None


def _without_own_title(tokens: Sequence[Token], metadata: Metadata, context: TreeContext) -> Sequence[Token]:
    """Return ``tokens`` without a heading that is the title, all others a level down where there is another title."""
    title = body_title(tokens) if "title" in metadata.places else first_heading(tokens)
    if title.at is not None and plain_title(title.text) == plain_title(metadata.title):
        context.shift = title.shift
        return without_title(tokens, title)
    context.shift = 1 if title.at is not None else title.shift
    return tokens


def plain_title(text: str) -> str:
    """Return a title for comparing, whatever its typography."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def _check_links(context: TreeContext, places: Iterable[str]) -> None:
    known = set(places)
    for target, location in context.links:
        if target not in known:
            hint = suggestion(target, known) or "give the place its name with {#name}"
            context.warn(f'there is no place called "#{target}", so its words are no link', location, hint)


def _unused_notes(context: TreeContext) -> None:
    for label in context.notes:
        if label not in context.used_notes:
            line = next(
                (n for n, text in enumerate(context.lines, 1) if text.lstrip().startswith(f"[^{label}]:")), None
            )
            place = Location(file=context.file, line=line, column=1 if line else None)
            context.warn(f'the footnote "{label}" is never used', place, f"write [^{label}] where its mark belongs")


def _missing_event(blocks: tuple[Block, ...], metadata: Metadata) -> tuple[Problem, ...]:
    """Return one problem for each place of an event that the front matter does not describe."""
    if metadata.event is not None:
        return ()
    hint = "write event: in the front matter, and below it date:, time: and place:"
    places = (node.location for node in walk(blocks) if isinstance(node, EventBlock))
    return tuple(Problem(message="there is no event in the front matter", location=at, hint=hint) for at in places)


def _in_order(problems: Iterable[Problem], name: str) -> tuple[Problem, ...]:
    """Return each problem once: those of other files first, then those of the source from its top to its bottom."""

    def place(problem: Problem) -> tuple[bool, str, int, int]:
        location = problem.location or Location(file="")
        return location.file == name, location.file, location.line or 0, location.column or 0

    return tuple(sorted(dict.fromkeys(problems), key=place))
