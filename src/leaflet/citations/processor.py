"""The public door: a style and references in, formatted citations and a bibliography out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaflet.citations.clusters import read_clusters
from leaflet.citations.csl.library import DEFAULT_LANG, load_style
from leaflet.citations.csl.locale import Locale
from leaflet.citations.csl.tree import SortKey, Style
from leaflet.citations.data.item import Item, read_items
from leaflet.citations.data.vocabulary import DATES, NAMES
from leaflet.citations.evaluate import bibliography as entries
from leaflet.citations.evaluate.cite import cite_context, render_layout
from leaflet.citations.evaluate.cluster import render_cluster
from leaflet.citations.evaluate.collapse import RenderedCite, groups_names, printed_names
from leaflet.citations.evaluate.context import (
    UNDISTURBED,
    Area,
    CiteData,
    Context,
    Disambiguation,
    Position,
    StyleFacts,
    learn,
)
from leaflet.citations.evaluate.disambiguate import Trial, disambiguate, print_trial
from leaflet.citations.evaluate.position import ClusterData, place
from leaflet.citations.evaluate.sort import Key, names_key, ordered, sort_keys
from leaflet.citations.output.html import to_html
from leaflet.citations.output.nodes import Node, Role, Span, is_empty, replace_all
from leaflet.citations.output.plain import to_text
from leaflet.citations.output.richtext import parse_rich
from leaflet.errors import Location, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyEntry:
    """One entry of the bibliography. ``html`` is the inner HTML, ``text`` the same without formatting."""

    id: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessedCitations:
    """All that a style prints for one document."""

    citations: tuple[str, ...]
    texts: tuple[str, ...]
    bibliography: tuple[BibliographyEntry, ...]
    hanging_indent: bool
    entry_spacing: int
    line_spacing: int
    second_field_align: str | None
    warnings: tuple[Problem, ...] = ()
    """References of which the style prints nothing."""


class CitationProcessor:
    """Formats citations in one style with one set of references.

    ``style`` is a name, a path of a .csl file, or XML text; ``references`` are CSL-JSON objects; ``locale`` wins over
    the style's own default. ``style_directories`` are searched for house styles before leaflet's own; a link in
    them may lead to another file in them or in ``roots``. With ``links`` DOIs and web addresses become links."""

    def __init__(
        self,
        style: str | Path,
        references: Iterable[Mapping[str, Any]],
        locale: str | None = None,
        *,
        style_directories: Iterable[Path | str] = (),
        roots: Iterable[Path] = (),
        links: bool = False,
    ) -> None:
        self.style: Style = load_style(style, style_directories, roots)
        lang = locale or self.style.default_locale or DEFAULT_LANG
        spoken = Spoken(identity=id(self.style), lang=lang, style=self.style)
        self._facts = replace(_learned(spoken), memory={})
        self.locale = self._facts.locale
        self.links = links
        given = tuple(references)
        self._items = read_items(given)
        self._told = (spoken, links, repr(given))

    @property
    def is_note_style(self) -> bool:
        """Whether citations belong in notes."""
        return self.style.note

    @property
    def has_bibliography(self) -> bool:
        """Whether the style prints a bibliography at all."""
        return self.style.bibliography is not None

    def rich(self, text: str) -> str:
        """CSL's rich text, such as the note of an item, as HTML."""
        return to_html(Span(parse_rich(text)), self._facts.marks)

    def process(
        self,
        clusters: Sequence[Mapping[str, Any]],
        nocite: Iterable[str] = (),
        *,
        entry_address: Callable[[str], str] | None = None,
    ) -> ProcessedCitations:
        """The formatted ``clusters``, in their order, and the bibliography of all that is cited or in ``nocite``.

        With ``entry_address`` each cite whose item the bibliography lists is a link to the address it gives the id.
        """
        read = read_clusters(clusters, nocite, self._items)
        targets = {key: entry_address(key) for key in self._items} if entry_address else {}
        told = (*self._told, repr(read.clusters), tuple(read.cited), tuple(targets.items()))
        asked = Asked(
            told=told,
            facts=self._facts,
            items=self._items,
            clusters=read.clusters,
            cited=read.cited,
            links=self.links,
            targets=targets,
        )
        return _processed(asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A style in a language. It is known by its identity, which no other style has while this one is remembered."""

    identity: int
    lang: str
    style: Style = field(compare=False)


@lru_cache(maxsize=16)
def _learned(spoken: Spoken) -> StyleFacts:
    return learn(spoken.style, Locale(spoken.style, spoken.lang))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that a document asks of a style; ``told`` says the same in short."""

    told: tuple[object, ...]
    facts: StyleFacts = field(compare=False)
    items: Mapping[str, Item] = field(compare=False)
    clusters: Sequence[ClusterData] = field(compare=False)
    cited: Sequence[str] = field(compare=False)
    links: bool = field(compare=False)
    targets: Mapping[str, str] = field(compare=False)


@lru_cache(maxsize=32)
def _processed(asked: Asked) -> ProcessedCitations:
    """What is printed. The rows of a batch ask the same again and again."""
    run = _Run(asked.facts, asked.items, asked.clusters, asked.cited, links=asked.links)
    return run.result(asked.targets)


# What stands for a cite of which the style prints nothing, as the suite has it: never an empty string.
NO_PRINTED_FORM = "[CSL STYLE ERROR: reference with no printed form.]"
# When a source was looked at does not tell it from others; that it was, as “[accessed …]” says, does.
_NOT_TELLING = frozenset(("accessed",))
# A cite that prints nothing else says only when and where, not what.
_UNTITLED = NAMES | DATES | {"locator", "year-suffix"}


class _Run:
    """One document on its way through the processor."""

    def __init__(
        self,
        facts: StyleFacts,
        items: Mapping[str, Item],
        clusters: Sequence[ClusterData],
        cited: Sequence[str],
        *,
        links: bool,
    ) -> None:
        self.facts = facts
        self.items = items
        self.links = links
        self.unprinted: list[str] = []
        self.first_notes: dict[str, int] = {}
        for cluster in clusters:
            for cite in cluster.cites:
                if cluster.note:
                    self.first_notes.setdefault(cite.id, cluster.note)
        self.disambiguation: dict[str, Disambiguation] = {}
        self.numbers = {identifier: index for index, identifier in enumerate(cited, start=1)}
        self.order = self._sorted_items(cited)
        self.numbers = {identifier: index for index, identifier in enumerate(self.order, start=1)}
        self.disambiguation = self._disambiguate()
        # “Ibid.” points to what is printed before it, not to what was written before it.
        near = facts.style.citation.near_note_distance
        self.clusters = place([self._in_order(cluster) for cluster in clusters], near)

    def result(self, targets: Mapping[str, str]) -> ProcessedCitations:
        """What is printed; each cite whose entry is listed links to its address in ``targets``."""
        nodes = [self._citation(cluster) for cluster in self.clusters]
        bibliography = self.facts.style.bibliography
        printed = self._bibliography()
        addresses = {entry.id: targets[entry.id] for entry in printed if entry.id in targets}
        return ProcessedCitations(
            citations=tuple(self._html(node, addresses).rstrip(" ") for node in nodes),
            texts=tuple(to_text(node, self.facts.marks) for node in nodes),
            bibliography=printed,
            hanging_indent=bool(bibliography and bibliography.hanging_indent),
            entry_spacing=bibliography.entry_spacing if bibliography else 1,
            line_spacing=bibliography.line_spacing if bibliography else 1,
            second_field_align=bibliography.second_field_align if bibliography else None,
            warnings=tuple(map(self._warning, dict.fromkeys(self.unprinted))),
        )

    def _warning(self, identifier: str) -> Problem:
        return Problem(
            location=Location(file=f'reference "{identifier}"'),
            message=f'the style "{self.facts.style.title}" prints nothing for it',
            hint="add what the style prints for this type (a title, an author, a date), or change the type",
            severity=Severity.WARNING,
        )

    def _html(self, node: Node, entries: Mapping[str, str] | None = None) -> str:
        return to_html(node, self.facts.marks, links=self.links, entries=entries)

    def _context(self, identifier: str, area: Area, sort_key: SortKey | None = None) -> Context:
        return Context(
            self.facts,
            self.items[identifier],
            CiteData(id=identifier),
            area,
            UNDISTURBED if sort_key else self.disambiguation.get(identifier, UNDISTURBED),
            self.numbers.get(identifier, 0),
            sort_key,
        )

    def _sorted_items(self, cited: Sequence[str]) -> list[str]:
        bibliography = self.facts.style.bibliography
        if bibliography is None or not bibliography.sort:
            return list(cited)
        keys = bibliography.sort
        return ordered(cited, keys, lambda one: sort_keys(keys, lambda key: self._context(one, Area.BIBLIOGRAPHY, key)))

    def _disambiguate(self) -> dict[str, Disambiguation]:
        citation = self.facts.style.citation
        items = [self.items[identifier] for identifier in self.order]
        return disambiguate(items, citation, self._trial)

    def _trial(self, item: Item, disambiguation: Disambiguation) -> Trial:
        """The short form of a cite, in which most print alike."""
        names = self.facts.citation_names
        short = self.facts.style.note or names.et_al_subsequent_min or names.et_al_subsequent_use_first
        position = Position.SUBSEQUENT if short else Position.FIRST
        cite = CiteData(id=item.id, position=position, first_note=self.first_notes.get(item.id))
        context = cite_context(self.facts, item, cite, disambiguation, self.numbers.get(item.id, 0))
        context.muted = _NOT_TELLING
        return print_trial(context, render_layout(context))

    def _citation(self, cluster: ClusterData) -> Node:
        return render_cluster(self.facts, cluster, cluster.cites, self._cite)

    def _in_order(self, cluster: ClusterData) -> ClusterData:
        """The citation with its cites in the order in which they are printed."""
        citation, cites, forced = self.facts.style.citation, cluster.cites, cluster.forced
        keys = citation.sort
        if not keys or cluster.unsorted or len(cites) < 2:
            return cluster
        keys_of = [self._cite_keys(cite.id) for cite in cites]
        if groups_names(citation) and len({found[0] for found in keys_of}) < len(cites):
            # The names in print come next to the first key, so that groups stay together.
            keys = (keys[0], SortKey(), *keys[1:])
            keys_of = [
                (found[0], self._names_key(cite), *found[1:]) for found, cite in zip(keys_of, cites, strict=True)
            ]
        order = ordered(range(len(cites)), keys, keys_of.__getitem__)
        return replace(
            cluster,
            cites=tuple(cites[index] for index in order),
            forced=tuple(forced[index] for index in order) if forced else (),
        )

    def _cite_keys(self, identifier: str) -> tuple[Key, ...]:
        return sort_keys(self.facts.style.citation.sort, lambda key: self._context(identifier, Area.CITATION, key))

    def _names_key(self, cite: CiteData) -> Key:
        names, shortened = printed_names(self._cite(cite).node)
        return names_key(names, self.facts.locale.lang, shortened=shortened)

    def _cite(self, cite: CiteData) -> RenderedCite:
        found = self.disambiguation.get(cite.id, UNDISTURBED)
        number = self.numbers[cite.id]
        context = cite_context(self.facts, self.items[cite.id], cite, found, number)
        node: Node = render_layout(context)
        if is_empty(node):
            self.unprinted.append(cite.id)
            node = Span((NO_PRINTED_FORM,), role=Role.UNPRINTED)
        titled = not _UNTITLED.issuperset(context.printed)
        return RenderedCite(cite=cite, node=node, number=number, year_suffix=found.year_suffix, titled=titled)

    def _bibliography(self) -> tuple[BibliographyEntry, ...]:
        bibliography = self.facts.style.bibliography
        if bibliography is None:
            return ()
        printed: dict[str, Node] = {}
        for identifier in self.order:
            node = entries.render_entry(self._context(identifier, Area.BIBLIOGRAPHY), bibliography)
            if is_empty(node):
                self.unprinted.append(identifier)
                if self.facts.numbered:
                    printed[identifier] = Span((f"{self.numbers[identifier]}. {NO_PRINTED_FORM}",))
            elif is_empty(replace_all(node, Role.CITATION_NUMBER, lambda _: "")):
                self.unprinted.append(identifier)
                printed[identifier] = Span((node, NO_PRINTED_FORM), delimiter=" ")
            else:
                printed[identifier] = node
        substituted = entries.substitute_authors(tuple(printed.values()), bibliography)
        return tuple(
            BibliographyEntry(id=identifier, html=self._html(node), text=to_text(node, self.facts.marks))
            for identifier, node in zip(printed, substituted, strict=True)
        )
