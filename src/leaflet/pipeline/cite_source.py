"""The first half of a build: the source is read, its references are gathered and its citations formatted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import LeafletError, Location, Problem, Severity, SourceError
from leaflet.files import own_typefaces
from leaflet.model.citation import Citations, Reference
from leaflet.model.citation_places import number_citations
from leaflet.model.document import Document
from leaflet.model.walk import clusters
from leaflet.model.workspace import Workspace
from leaflet.pipeline.choices import Choices, chosen_layout, chosen_style
from leaflet.pipeline.font_coverage import missing_characters
from leaflet.pipeline.key_aliases import by_primary_keys
from leaflet.pipeline.picture_sizes import impossible_widths
from leaflet.pipeline.self_item import own_item
from leaflet.pipeline.session import Session
from leaflet.pipeline.uncoloured_code import uncoloured_code
from leaflet.pipeline.unused_contents import unused_contents

if TYPE_CHECKING:
    from leaflet.bibliography import BibliographyReader
    from leaflet.citations import CitationCaches
    from leaflet.design import Style
    from leaflet.model.layout import Layout

T = TypeVar("T")


class CitedDocument(Struct, frozen=True, kw_only=True):
    """A document with its citations formatted, and the choices that shaped them."""

    document: Document
    citations: Citations
    layout: Layout
    style: Style
    workspace: Workspace
    folder: Path
    """The folder of the source; paths in it are relative to it."""
    references: tuple[Reference, ...] = ()
    """The references that were read for it: those that it cites, and all of its own bibliography."""


def cite_source(
    source: Path,
    choices: Choices,
    *,
    today: date,
    workspace: Workspace | None = None,
    session: Session | None = None,
    text: str | None = None,
) -> tuple[CitedDocument, tuple[Problem, ...]]:
    """Read ``source``, or ``text`` in its place, and format its citations; the others are those of ``compose``.

    Raises:
        LeafletError: all mistakes of the source, its references and the choices, together.
    """
    from leaflet.source import check_keys, open_workspace, understand

    session = session or Session()
    workspace = workspace or session.workspace or open_workspace(source)
    result = understand(
        source, workspace, fields=choices.fields, today=today, cache=session.sources, text=text, changes=choices.changes
    )
    document = _chosen(result.document, choices)
    references, found = gather_references(
        document, result.references, result.bibliography_paths, workspace, session.bibliographies
    )
    document, named = _with_known_sources(by_primary_keys(document, references), references)
    problems = [*result.problems, *found, *named]
    if len(result.bibliography_paths) == len(document.metadata.bibliography):
        problems += check_keys(document, [reference.id for reference in references])
    layout = _gathered(problems, partial(chosen_layout, document, workspace, choices))
    if layout is not None:
        _gathered(problems, partial(_pins, document, layout))
    style = _gathered(problems, partial(chosen_style, document, workspace, choices))
    problems += _unlikely(document, layout, style, workspace)
    caches = session.citation_caches
    cited_by = _gathered(problems, partial(_citation_style, document, workspace, source, choices, caches))
    own_styles = _box_styles(problems, document, workspace, source, caches)
    if layout is None or style is None or cited_by is None or _any_error(problems):
        raise SourceError(dict.fromkeys(problems))  # leaflet.toml is read for the text and for the style
    citations, more = _cite(
        document,
        references,
        workspace,
        source,
        style=cited_by,
        own_styles=own_styles,
        today=today,
        cited=result.cited,
        caches=caches,
    )
    problems += (*more, *_retracted(result.retractions_path, citations, workspace, session))
    if _any_error(problems):
        raise SourceError(problems)
    layout = _with_art(layout, document, workspace, source)
    cited = CitedDocument(
        document=document,
        citations=citations,
        layout=replace(layout, fit=layout.fit.within(style.fit).only(document.metadata.fit)),
        style=style,
        workspace=workspace,
        folder=source.parent,
        references=references,
    )
    return cited, tuple(problems)


def _retracted(path: Path | None, citations: Citations, workspace: Workspace, session: Session) -> tuple[Problem, ...]:
    """Return a problem for each source of the citations that the list at ``path`` calls retracted."""
    if path is None:
        return ()
    listed = session.retraction_list(path, name=workspace.name_of(path), inside=workspace.roots)
    return listed.check(citations.items)


def _with_known_sources(document: Document, references: Sequence[Reference]) -> tuple[Document, tuple[Problem, ...]]:
    """Return a document whose citations are numbered, and nothing else is written as one; and the warnings about that."""
    from leaflet.source import with_addresses, without_mentions

    document, problems = with_addresses(document, {reference.id for reference in references})
    if not references and not document.metadata.bibliography:
        document, found = without_mentions(document)
        problems += found
    return number_citations(document), problems


def _with_art(layout: Layout, document: Document, workspace: Workspace, source: Path) -> Layout:
    from leaflet.design import with_bands

    return with_bands(layout, document.metadata, source.parent, workspace)


def gather_references(
    document: Document,
    own: Sequence[Reference],
    files: Sequence[tuple[Path, Location]],
    workspace: Workspace,
    reader: BibliographyReader,
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Return all references that ``document`` can cite: those of its bibliography files, then its own, which win.

    Of a large shared library only what is cited is converted; the leaflet's own bibliography, the one of the
    source's name, is read whole.
    """
    nocite = document.metadata.nocite
    wanted = {cite.key for place in clusters(document) for cite in place.cluster.cites} | set(nocite)
    everything = "@*" in nocite
    found = _read_lists(document, own, files, workspace, reader, wanted=None if everything else wanted)
    missing = wanted - {key for reference in found[0] for key in (reference.id, *reference.aliases)} - {"@*"}
    if missing and not everything:
        return _read_lists(
            document, own, files, workspace, reader, wanted=None
        )  # so that a message can say what was meant
    return found


def _read_lists(
    document: Document,
    own: Sequence[Reference],
    files: Iterable[tuple[Path, Location]],
    workspace: Workspace,
    reader: BibliographyReader,
    *,
    wanted: Collection[str] | None,
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    from leaflet.bibliography import merge

    stem = PurePosixPath(document.source).stem
    lists: list[tuple[Reference, ...]] = []
    problems: list[Problem] = []
    for path, _ in files:
        asked = None if path.stem == stem else wanted
        try:
            references, found = reader.read(path, name=workspace.name_of(path), wanted=asked, inside=workspace.roots)
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
    """Return the result of ``step``; where it fails, add its problems to ``problems`` and return None."""
    try:
        return step()
    except LeafletError as error:
        problems += error.problems
        return None


def _citation_style(
    document: Document, workspace: Workspace, source: Path, choices: Choices, caches: CitationCaches
) -> str:
    from leaflet.pipeline.citation_styles import resolve_style

    metadata = document.metadata
    place = Location(file="--csl") if choices.csl else metadata.places.get("csl")
    beside = Path.cwd() if choices.csl else source.parent
    return resolve_style(
        metadata.csl,
        workspace,
        beside=beside,
        trusted=choices.csl is not None,
        asked_at=place,
        library=caches.library,
    )


def _box_styles(
    problems: list[Problem], document: Document, workspace: Workspace, source: Path, caches: CitationCaches
) -> list[str]:
    """Return the citation styles of the box; what is wrong with one is added to ``problems``."""
    from leaflet.pipeline.citation_styles import resolve_box_style

    asked = (
        partial(resolve_box_style, name, document.metadata, workspace, beside=source.parent, library=caches.library)
        for name in document.metadata.cite.styles
    )
    return [style for step in asked if (style := _gathered(problems, step)) is not None]


def _cite(
    document: Document,
    references: tuple[Reference, ...],
    workspace: Workspace,
    source: Path,
    *,
    style: str,
    own_styles: Sequence[str],
    today: date,
    cited: Collection[str],
    caches: CitationCaches,
) -> tuple[Citations, tuple[Problem, ...]]:
    from leaflet.bibliography import check
    from leaflet.pipeline.format_citations import cite_document

    own = own_item(document.metadata, id=source.stem, today=today)
    citations, problems = cite_document(
        document, references, own, style=style, own_styles=own_styles, workspace=workspace, cited=cited, caches=caches
    )
    return citations, (*problems, *check(citations.items, today=today))


def _unlikely(
    document: Document, layout: Layout | None, style: Style | None, workspace: Workspace
) -> Iterator[Problem]:
    """Yield warnings of sizes that no panel has, of contents that are not printed, of code without colours, and of characters that the workspace's own typeface has not."""
    yield from uncoloured_code(document)
    if layout is not None:
        yield from impossible_widths(document, layout)
        yield from unused_contents(document.metadata, layout)
    if layout is not None and style is not None:
        from leaflet.html import unstyled_classes

        yield from unstyled_classes(document, layout, style, workspace)
    if style is not None:
        yield from missing_characters(document, own_typefaces(workspace), style.faces["text"])


def _pins(document: Document, layout: Layout) -> None:
    from leaflet.html import refuse_unknown_panels

    refuse_unknown_panels(document, layout)


def _any_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
