"""Citation processor: from a style and references to formatted citations and a bibliography."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from leaflet.citations.caches import CitationCaches, StyleInLocale
from leaflet.citations.clusters import read_clusters
from leaflet.citations.csl.manual_rules import GroupAbbreviation
from leaflet.citations.csl.style_library import DEFAULT_LANG
from leaflet.citations.csl.tree import CslStyle, SortKey
from leaflet.citations.data.item import Item, read_items
from leaflet.citations.data.vocabulary import DATES, NAMES
from leaflet.citations.evaluate import bibliography as entries
from leaflet.citations.evaluate.abbreviation import introduce, with_clear_abbreviations
from leaflet.citations.evaluate.cluster import render_cluster
from leaflet.citations.evaluate.collapse import RenderedCite, groups_names, printed_names
from leaflet.citations.evaluate.disambiguate import CiteTrial, disambiguate, print_trial
from leaflet.citations.evaluate.item_context import (
    UNDISTURBED,
    CiteData,
    Context,
    Disambiguation,
    OutputArea,
    Position,
    StyleFacts,
    StyleMemory,
)
from leaflet.citations.evaluate.position import CiteRun, ClusterData, fixed_runs, place
from leaflet.citations.evaluate.render_cite import cite_context, render_layout
from leaflet.citations.evaluate.repetition import without_repetitions
from leaflet.citations.evaluate.sort import Key, names_key, ordered, sort_keys
from leaflet.citations.output.html import to_html, write
from leaflet.citations.output.nodes import Node, OutputSpan, Role, is_empty, replace_all
from leaflet.citations.output.plain import to_text
from leaflet.citations.output.punctuation import Token, linearise
from leaflet.citations.output.richtext import parse_rich
from leaflet.citations.processed import BibliographyEntry, ProcessedCitations
from leaflet.errors import Location, Problem, Severity


class CitationProcessor:
    """Formatter of citations in one style with one set of references.

    ``style`` is a name, a path of a .csl file, or XML text; ``references`` are CSL-JSON objects; ``locale`` wins over
    the style's own default. ``style_directories`` are searched for house styles before leaflet's own; a link in
    them may lead to another file in them or in ``roots``. With ``links`` DOIs and web addresses become links.
    """

    def __init__(
        self,
        style: str | Path,
        references: Iterable[Mapping[str, object]],
        locale: str | None = None,
        *,
        style_directories: Iterable[Path | str] = (),
        roots: Iterable[Path] = (),
        links: bool = False,
        caches: CitationCaches | None = None,
    ) -> None:
        self._caches = caches or CitationCaches()
        self.style: CslStyle = self._caches.library.load_style(style, style_directories, roots)
        lang = locale or self.style.default_locale or DEFAULT_LANG
        in_locale = StyleInLocale(identity=id(self.style), lang=lang, style=self.style)
        self._facts = replace(self._caches.facts_of(in_locale), memory=StyleMemory())
        self.locale = self._facts.locale
        self.links = links
        given = tuple(references)
        items = without_repetitions(read_items(given), self.style.rules, lang)
        self._items = with_clear_abbreviations(items)
        self._cache_key = (in_locale, links, repr(given))

    @property
    def is_note_style(self) -> bool:
        """Return whether citations belong in notes."""
        return self.style.note

    def rich(self, text: str) -> str:
        """Return CSL's rich text, such as the note of an item, as HTML."""
        return to_html(OutputSpan(parse_rich(text)), self._facts.marks)

    def process(
        self,
        clusters: Sequence[Mapping[str, object] | ClusterData],
        nocite: Iterable[str] = (),
        *,
        entry_address: Callable[[str], str] | None = None,
    ) -> ProcessedCitations:
        """Return the formatted ``clusters``, in their order, and the bibliography of all works cited or in
        ``nocite``.
        """
        read = read_clusters(clusters, nocite, self._items)
        targets = {key: entry_address(key) for key in self._items} if entry_address else {}
        key = (*self._cache_key, repr(read.clusters), tuple(read.cited), tuple(targets.items()))

        def run() -> ProcessedCitations:
            return _Run(self._facts, self._items, read.clusters, read.cited, links=self.links).result(targets)

        return self._caches.processed(key, run)


# In place of a cite of which the style prints nothing, as the suite has it: never an empty string.
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
        placed = place([self._in_order(cluster) for cluster in clusters], near)
        rule = facts.style.rules.group_abbreviation
        self.clusters = introduce(placed, items) if rule is GroupAbbreviation.INTRODUCED else placed

    def result(self, targets: Mapping[str, str]) -> ProcessedCitations:
        """Return the citations and the bibliography; a cite of a listed entry links to its address in ``targets``."""
        nodes = [self._citation(cluster) for cluster in self.clusters]
        bibliography = self.facts.style.bibliography
        printed = self._bibliography()
        addresses = {entry.id: targets[entry.id] for entry in printed if entry.id in targets}
        tokens = [self._tokens(node, addresses) for node in nodes]
        return ProcessedCitations(
            citations=tuple(write(found).rstrip(" ") for found in tokens),
            tokens=tuple(tokens),
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

    def _tokens(self, node: Node, entries: Mapping[str, str] | None = None) -> tuple[Token, ...]:
        return tuple(linearise(node, self.facts.marks, links=self.links, entries=entries))

    def _entry(self, identifier: str, node: Node) -> BibliographyEntry:
        tokens = self._tokens(node)
        return BibliographyEntry(id=identifier, html=write(tokens), text=to_text(node, self.facts.marks), tokens=tokens)

    def _context(self, identifier: str, area: OutputArea, sort_key: SortKey | None = None) -> Context:
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
        return ordered(
            cited, keys, lambda one: sort_keys(keys, lambda key: self._context(one, OutputArea.BIBLIOGRAPHY, key))
        )

    def _disambiguate(self) -> dict[str, Disambiguation]:
        citation = self.facts.style.citation
        items = [self.items[identifier] for identifier in self.order]
        return disambiguate(items, citation, self._trial)

    def _trial(self, item: Item, disambiguation: Disambiguation) -> CiteTrial:
        """Return the short form of a cite, in which most print alike."""
        names = self.facts.citation_names
        short = self.facts.style.note or names.et_al_subsequent_min or names.et_al_subsequent_use_first
        position = Position.SUBSEQUENT if short else Position.FIRST
        cite = CiteData(id=item.id, position=position, first_note=self.first_notes.get(item.id))
        context = cite_context(self.facts, item, cite, disambiguation, self.numbers.get(item.id, 0))
        context.hidden = _NOT_TELLING
        return print_trial(context, render_layout(context))

    def _citation(self, cluster: ClusterData) -> Node:
        return render_cluster(self.facts, cluster, cluster.cites, self._cite)

    def _in_order(self, cluster: ClusterData) -> ClusterData:
        """Return the citation with its cites in the order in which they are printed.

        A prefix that an author wrote, such as “as cited in”, belongs to its place: a cite that has one begins a run,
        of which it stays the first, and only the others of a run are sorted.
        """
        citation, cites, forced = self.facts.style.citation, cluster.cites, cluster.forced
        if not citation.sort or cluster.unsorted or len(cites) < 2:
            return cluster
        runs = fixed_runs(cites) if cluster.as_written else [CiteRun((), tuple(range(len(cites))))]
        order = [index for run in runs for index in (*run.head, *self._sorted(cites, run.rest))]
        return replace(
            cluster,
            cites=tuple(cites[index] for index in order),
            forced=tuple(forced[index] for index in order) if forced else (),
        )

    def _sorted(self, all_cites: Sequence[CiteData], places: Sequence[int]) -> list[int]:
        """Return ``places`` in the style's order of the cites that are there."""
        citation, keys = self.facts.style.citation, self.facts.style.citation.sort
        if len(places) < 2:
            return list(places)
        cites = [all_cites[index] for index in places]
        keys_of = [self._cite_keys(cite.id) for cite in cites]
        if groups_names(citation) and len({found[0] for found in keys_of}) < len(cites):
            # The names in print come next to the first key, so that groups stay together.
            keys = (keys[0], SortKey(), *keys[1:])
            keys_of = [
                (found[0], self._names_key(cite), *found[1:]) for found, cite in zip(keys_of, cites, strict=True)
            ]
        return [places[index] for index in ordered(range(len(cites)), keys, keys_of.__getitem__)]

    def _cite_keys(self, identifier: str) -> tuple[Key, ...]:
        return sort_keys(
            self.facts.style.citation.sort, lambda key: self._context(identifier, OutputArea.CITATION, key)
        )

    def _names_key(self, cite: CiteData) -> Key:
        names, shortened = printed_names(self._cite(cite).node)
        return names_key(names, self.facts, shortened=shortened)

    def _cite(self, cite: CiteData) -> RenderedCite:
        found = self.disambiguation.get(cite.id, UNDISTURBED)
        number = self.numbers[cite.id]
        context = cite_context(self.facts, self.items[cite.id], cite, found, number)
        node: Node = render_layout(context)
        if is_empty(node):
            self.unprinted.append(cite.id)
            node = OutputSpan((NO_PRINTED_FORM,), role=Role.UNPRINTED)
        titled = not _UNTITLED.issuperset(context.printed)
        return RenderedCite(cite=cite, node=node, number=number, year_suffix=found.year_suffix, titled=titled)

    def _bibliography(self) -> tuple[BibliographyEntry, ...]:
        bibliography = self.facts.style.bibliography
        if bibliography is None:
            return ()
        printed: dict[str, Node] = {}
        for identifier in self.order:
            node = entries.render_entry(self._context(identifier, OutputArea.BIBLIOGRAPHY), bibliography)
            if is_empty(node):
                self.unprinted.append(identifier)
                if self.facts.numbered:
                    printed[identifier] = OutputSpan((f"{self.numbers[identifier]}. {NO_PRINTED_FORM}",))
            elif is_empty(replace_all(node, Role.CITATION_NUMBER, lambda _: "")):
                self.unprinted.append(identifier)
                printed[identifier] = OutputSpan((node, NO_PRINTED_FORM), delimiter=" ")
            else:
                printed[identifier] = node
        substituted = entries.substitute_authors(tuple(printed.values()), bibliography)
        return tuple(self._entry(identifier, node) for identifier, node in zip(printed, substituted, strict=True))
