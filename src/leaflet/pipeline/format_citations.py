"""Citations of a document, formatted by the citation engine: clusters and references in, HTML out."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from msgspec.structs import replace

from leaflet.citations import (
    BibliographyEntry,
    CitationCaches,
    CitationProcessor,
    CiteData,
    ClusterData,
)
from leaflet.errors import Problem, Severity
from leaflet.model.citation import (
    Citations,
    Cite,
    CiteMode,
    Cluster,
    FormattedCluster,
    FormattedReference,
    Item,
    OwnCitation,
    Reference,
    entry_id,
)
from leaflet.model.document import CitationReference, Document, Footnote, Inline, Paragraph, Text
from leaflet.model.reference_lists import listed_in, reference_lists
from leaflet.model.walk import all_nodes, clusters, walk
from leaflet.model.workspace import Workspace
from leaflet.pipeline.citation_styles import label, style_folders


def cite_document(
    document: Document,
    references: Sequence[Reference],
    own: Item,
    *,
    style: str,
    own_styles: Iterable[str],
    workspace: Workspace,
    cited: Collection[str] = (),
    caches: CitationCaches | None = None,
) -> tuple[Citations, tuple[Problem, ...]]:
    """Format every cluster of ``document``, its reference list and its own citation.

    ``cited`` are the keys that any variant of it cites: an entry that only another one needs is no mistake.

    Raises:
        CitationError: the style or an item is not what CSL allows.
    """
    metadata = document.metadata
    caches = caches or CitationCaches()
    places = clusters(document)
    by_id = {reference.id: reference for reference in references}
    wanted = _wanted(places, metadata.nocite, by_id)
    processor = CitationProcessor(
        style,
        [by_id[key].item for key in wanted],
        locale=metadata.lang,
        style_directories=style_folders(workspace),
        roots=workspace.roots,
        links=True,
        caches=caches,
    )
    uncited = by_id if "@*" in metadata.nocite else [key for key in metadata.nocite if key in by_id]
    numbers = _note_numbers(document) if processor.is_note_style else [0] * len(places)
    linked = metadata.link_citations and not processor.is_note_style
    result = processor.process(
        _cluster_data(places, numbers, _opening(document), _closing(document)),
        nocite=tuple(uncited),
        entry_address=(lambda key: f"#{entry_id(key)}") if linked else None,
    )
    authors = _authors_in_the_sentence(places, processor) if processor.is_note_style else {}
    formatted = tuple(
        FormattedCluster(
            html=html, note=processor.is_note_style and not place.cluster.in_note, narrative=authors.get(index, "")
        )
        for index, (place, html) in enumerate(zip(places, result.citations, strict=True))
    )
    entries = tuple(_formatted_reference(entry, by_id[entry.id].item, processor) for entry in result.bibliography)
    citations = Citations(
        clusters=formatted,
        references=entries,
        own=cite_own(own, own_styles, lang=metadata.lang, workspace=workspace, caches=caches),
        hanging_indent=result.hanging_indent,
        entry_spacing=result.entry_spacing,
        second_field_align=result.second_field_align,
        items=tuple(by_id[entry.id] for entry in result.bibliography) or tuple(by_id[key] for key in wanted),
        own_item=own,
    )
    silent = [_placed_at_reference(problem, by_id) for problem in result.warnings]
    return citations, (
        *silent,
        *_never_cited(references, {*wanted, *cited}, document.source),
        *_never_listed(document, entries),
    )


def _formatted_reference(entry: BibliographyEntry, item: Item, processor: CitationProcessor) -> FormattedReference:
    return FormattedReference(
        id=entry.id,
        html=entry.html,
        text=entry.text,
        keywords=_keywords(item),
        type=str(item.get("type", "")),
        annotation=processor.rich(_annotation(item)),
    )


def cite_own(
    own: Item, styles: Iterable[str], *, lang: str, workspace: Workspace, caches: CitationCaches | None = None
) -> tuple[OwnCitation, ...]:
    """Return the leaflet cited in each of ``styles``.

    Raises:
        CitationError: a style is unknown or has no bibliography.
    """
    from leaflet.html import without_number

    lines = []
    caches = caches or CitationCaches()
    for style in styles:
        processor = CitationProcessor(
            style,
            [own],
            locale=lang,
            style_directories=style_folders(workspace),
            roots=workspace.roots,
            links=True,
            caches=caches,
        )
        entry = processor.process([], nocite=(str(own["id"]),)).bibliography[0]
        html, text = without_number(entry.html, entry.text)
        lines.append(OwnCitation(label=label(style, workspace, caches.library), style=style, html=html, text=text))
    return tuple(lines)


def _wanted(places: Iterable[CitationReference], nocite: Iterable[str], by_id: dict[str, Reference]) -> tuple[str, ...]:
    """Return the ids of all items that are cited or listed, in the order in which the document names them."""
    cited = [cite.key for place in places for cite in place.cluster.cites]
    listed = list(by_id) if "@*" in nocite else [key for key in nocite if key in by_id]
    return tuple(dict.fromkeys([*cited, *listed]))


def _opening(document: Document) -> frozenset[int | None]:
    """Return the numbers of the citations in footnotes with which a paragraph or a sentence begins."""
    pairs = (pair for block in _note_paragraphs(document) for pair in pairwise((None, *block.children)))
    return frozenset(node.number for before, node in pairs if isinstance(node, CitationReference) and _ends(before))


def _ends(before: Inline | None) -> bool:
    """Return whether a sentence begins behind ``before``."""
    return before is None or (isinstance(before, Text) and before.text.rstrip().endswith((".", "!", "?")))


def _closing(document: Document) -> frozenset[int | None]:
    """Return the numbers of the citations with which a paragraph of a footnote ends: behind any other, words go on."""
    last = (block.children[-1] for block in _note_paragraphs(document) if block.children)
    return frozenset(node.number for node in last if isinstance(node, CitationReference))


def _note_paragraphs(document: Document) -> Iterator[Paragraph]:
    blocks = (block for note in all_nodes(document) if isinstance(note, Footnote) for block in walk(note.blocks))
    return (block for block in blocks if isinstance(block, Paragraph))


def _cluster_data(
    places: Sequence[CitationReference],
    note_numbers: Sequence[int],
    opening: Container[int | None],
    closing: Container[int | None],
) -> list[ClusterData]:
    """Return the clusters as the citation engine takes them. Without notes every number is 0."""
    return [
        ClusterData(
            cites=tuple(_cite(cite) for cite in place.cluster.cites),
            note=number,
            mode=_mode(place.cluster, notes=number > 0),
            in_sentence=place.cluster.in_note and place.number not in closing,
            after_words=place.cluster.in_note and place.number not in opening,
            as_written=True,
        )
        for place, number in zip(places, note_numbers, strict=True)
    ]


def _note_numbers(document: Document) -> list[int]:
    """Return the number of each cluster's note, when every cluster outside a footnote makes its own."""
    numbers: list[int] = []
    count = own_note = 0
    for node in all_nodes(document):
        match node:
            case Footnote() if not node.repeats:
                count += 1
                own_note = count
            case CitationReference() if node.cluster.in_note:
                numbers.append(own_note)
            case CitationReference():
                count += 1
                numbers.append(count)
            case _:
                pass
    return numbers


def _mode(cluster: Cluster, *, notes: bool) -> str:
    narrative = cluster.cites[0].mode is CiteMode.NARRATIVE
    return "composite" if narrative and not notes else ""


def _cite(cite: Cite) -> CiteData:
    prefix = cite.prefix if not cite.prefix or cite.prefix.endswith(" ") else f"{cite.prefix} "
    return CiteData(
        id=cite.key,
        locator=(cite.locator or "").strip(),
        label=cite.label or "page",
        prefix=prefix,
        suffix=cite.suffix,
        suppress_author=cite.mode is CiteMode.SUPPRESS_AUTHOR,
    )


def _authors_in_the_sentence(places: Sequence[CitationReference], processor: CitationProcessor) -> dict[int, str]:
    """Return the authors' names that stay in the sentence when a note style cites ``@key``, by the cluster's index."""
    narrative = [
        (index, place.cluster.cites[0].key)
        for index, place in enumerate(places)
        if place.cluster.cites[0].mode is CiteMode.NARRATIVE
    ]
    names = [ClusterData(cites=(CiteData(id=key, author_only=True),)) for _, key in narrative]
    return {index: html for (index, _), html in zip(narrative, processor.process(names).citations, strict=True)}


def _placed_at_reference(problem: Problem, by_id: Mapping[str, Reference]) -> Problem:
    """Return a warning of the engine, which knows references by name only, with the place of the reference."""
    name = re.fullmatch(r'reference "(.*)"', problem.location.file) if problem.location else None
    reference = by_id.get(name[1]) if name else None
    return replace(problem, location=reference.location) if reference and reference.location else problem


def _keywords(item: Item) -> tuple[str, ...]:
    return tuple(word.strip() for word in str(item.get("keyword", "")).split(",") if word.strip())


def _annotation(item: Item) -> str:
    """Return the bibliography's note on the source, beyond its description."""
    return str(item.get("annote") or item.get("note") or "")


def _never_listed(document: Document, entries: Iterable[FormattedReference]) -> tuple[Problem, ...]:
    """Return a warning for each list that holds nothing, and for sources that none of the text's own lists holds."""
    lists = reference_lists(document)
    found = {node: {entry.id for entry in listed_in(node, document, entries)} for node in lists}
    empty = [
        Problem(
            message="no reference belongs into this list, so that it is left out",
            location=node.location,
            hint="compare what it asks for with the keywords, types and sections that there are",
            severity=Severity.WARNING,
        )
        for node in lists
        if not found[node]
    ]
    missing = [entry.id for entry in entries if lists and not any(entry.id in held for held in found.values())]
    if missing:
        names = ", ".join(f'"{key}"' for key in missing)
        hint = "add a list that takes them, such as ::: {#refs}"
        place = lists[-1].location
        message = f"{names}: cited, but in none of the lists of references"
        empty.append(Problem(message=message, location=place, hint=hint, severity=Severity.WARNING))
    return tuple(empty)


def _never_cited(references: Iterable[Reference], cited: Collection[str], source: str) -> tuple[Problem, ...]:
    """Return a warning for each entry of the leaflet's own bibliography that nothing cites; shared libraries are let be."""
    stem = PurePosixPath(source).stem
    return tuple(
        Problem(
            message=f'"{reference.id}" is in the bibliography but never cited',
            location=reference.location,
            hint=f"cite it with [@{reference.id}], list it under nocite, or take it out",
            severity=Severity.WARNING,
        )
        for reference in references
        if not any(key in cited for key in (reference.id, *reference.aliases))
        and reference.location
        and PurePosixPath(reference.location.file).stem == stem
    )
