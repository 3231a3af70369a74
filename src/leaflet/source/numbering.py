"""Numbers for figures, tables, formulas, sections and statements that the text refers to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.formulas import own_number
from leaflet.model.citation import Cluster
from leaflet.model.document import (
    Attributes,
    Block,
    CodeBlock,
    CrossReference,
    Division,
    Document,
    Figure,
    Inline,
    Link,
    Math,
    Paragraph,
    Section,
    Span,
    Strong,
    Table,
    Text,
)
from leaflet.model.metadata import Metadata
from leaflet.model.rebuild import each, with_parts
from leaflet.model.walk import all_nodes, plain_text
from leaflet.source.reference_words import STATEMENT_LABEL, STATEMENTS, reference_word
from leaflet.source.statements import with_statement_label
from leaflet.source.tree.references import kind_by_name

FIXED = "\u00a0"
LABEL = "number-label"
"""The class of the word and the number before a caption."""
EQUATION_NUMBER = "equation-number"
UNNUMBERED = frozenset({"unnumbered", "unlisted"})
SECTION_NUMBER = "section-number"


class Numbers(Struct, frozen=True, kw_only=True):
    """The numbers of a document's places: the kind and the number of each by its name, and of sections by identity."""

    places: Mapping[str, tuple[str, str]]
    sections: Mapping[int, str]


def with_numbers(document: Document) -> Document:
    """Return ``document`` with its references resolved and the numbers that they name before captions and headings."""
    found = [node for node in all_nodes(document) if isinstance(node, CrossReference)]
    if not found and not document.metadata.number_sections:
        return document
    titles = {
        node.attributes.id: plain_text(node.heading)
        for node in all_nodes(document)
        if isinstance(node, Section) and node.attributes.id
    }
    asked = {node.target for node in found if not (node.titled and node.target in titles)}
    numbers = _counted(document, asked)
    language = document.metadata.lang
    blocks = cast("tuple[Block, ...]", _Writer(numbers, language, titles).value(document.blocks))
    return replace(document, blocks=blocks)


def _counted(document: Document, asked: set[str]) -> Numbers:
    """Count the places of every kind that something refers to; only those that have a name get a number."""
    found: list[tuple[str, str]] = []
    own: dict[str, str] = {}
    for node in all_nodes(document):
        kind = _kind(node)
        name = node.attributes.id if isinstance(node, Figure | Table | Paragraph | CodeBlock | Division) else None
        if kind is not None and name:
            found.append((name, kind))
            if isinstance(node, Paragraph) and (number := _own_number(node)) is not None:
                own[name] = number
    kinds = {kind for name, kind in found if name in asked}
    counts: dict[str, int] = {}
    places: dict[str, tuple[str, str]] = {}
    for name, kind in found:
        if kind in kinds and name not in places:
            counts[kind] = counts.get(kind, 0) + (name not in own)
            places[name] = (kind, own.get(name) or str(counts[kind]))
    named_sections = {node.attributes.id for node in all_nodes(document) if isinstance(node, Section)}
    sections: dict[int, str] = {}
    if document.metadata.number_sections or asked & named_sections:
        _count_sections(document.blocks, "", sections, places)
    return Numbers(places=places, sections=sections)


def _own_number(node: Paragraph) -> str | None:
    """Return the number that an author gave the formula of a paragraph."""
    formula = node.children[0] if node.children else None
    return own_number(formula.tex) if isinstance(formula, Math) else None


def _count_sections(
    blocks: tuple[Block, ...], before: str, sections: dict[int, str], places: dict[str, tuple[str, str]]
) -> None:
    count = 0
    for node in blocks:
        if isinstance(node, Section):
            if UNNUMBERED & set(node.attributes.classes):
                number = before
            else:
                count += 1
                number = f"{before}.{count}" if before else str(count)
                sections[id(node)] = number
                if node.attributes.id:
                    places[node.attributes.id] = ("section", number)
            _count_sections(node.blocks, number, sections, places)


def _kind(node: object) -> str | None:
    match node:
        case Figure():
            return "figure"
        case Table():
            return "table"
        case Paragraph(children=(Math(display=True),)):
            return "equation"
        case CodeBlock():
            return "listing"
        case Division(attributes=Attributes(id=str(name))):
            kind = _stated(node.attributes) or kind_by_name(name)
            return kind if kind is not None and kind != "section" else None
        case _:
            return None


class _Writer:
    """Writer of numbers into a tree."""

    def __init__(self, numbers: Numbers, language: str, titles: Mapping[str, str]) -> None:
        self.titles = titles
        self.numbers = numbers
        self.language = language

    def value(self, value: object) -> object:
        match value:
            case CrossReference():
                return self.reference(value)
            case Section():
                return self.section(value)
            case Figure() | Table():
                return self.captioned(value)
            case Paragraph(children=(Math(display=True),)):
                return self.equation(value)
            case Division(attributes=Attributes(id=str(name))) if name in self.numbers.places:
                return self.statement(value, name)
            case tuple():
                return each(value, self.value)
            case Location() | Attributes() | Cluster() | Metadata() | str() | int() | None:
                return value
            case _:
                return with_parts(value, self.value)

    def reference(self, node: CrossReference) -> Inline:
        if node.titled and node.target in self.titles:
            words = (Text(text=self.titles[node.target]),)
            return Link(target=f"#{node.target}", children=words, location=node.location)
        kind, number = self.numbers.places.get(node.target, ("section", ""))
        word = plain_text(node.words) if node.words else ("" if node.bare else reference_word(kind, self.language))
        shown = f"({number})" if kind == "equation" and node.bare and not node.in_brackets else number
        text = f"{word}{FIXED}{shown}" if word and shown else word or shown
        return Link(target=f"#{node.target}", children=(Text(text=text or node.target),), location=node.location)

    def section(self, node: Section) -> Section:
        number = self.numbers.sections.get(id(node))
        changed = with_parts(node, self.value)
        if number is None:
            return changed
        label = Span(children=(Text(text=number),), attributes=Attributes(classes=(SECTION_NUMBER,)))
        return replace(changed, heading=(label, Text(text=" "), *changed.heading))

    def captioned(self, node: Figure | Table) -> Figure | Table:
        changed = with_parts(node, self.value)
        found = self.numbers.places.get(node.attributes.id or "")
        if found is None:
            return changed
        label = self.label(*found)
        caption = (label, Text(text=": "), *changed.caption) if changed.caption else (label,)
        return replace(changed, caption=caption)

    def label(self, kind: str, number: str) -> Span:
        word = f"{reference_word(kind, self.language)}{FIXED}{number}"
        return Span(children=(Text(text=word),), attributes=Attributes(classes=(LABEL,)))

    def equation(self, node: Paragraph) -> Paragraph:
        found = self.numbers.places.get(node.attributes.id or "")
        formula = node.children[0]
        if found is None or not isinstance(formula, Math) or own_number(formula.tex) is not None:
            return node
        number = Span(children=(Text(text=f"({found[1]})"),), attributes=Attributes(classes=(EQUATION_NUMBER,)))
        return replace(node, children=(replace(formula, numbered=True), Text(text=" "), number))

    def statement(self, node: Division, name: str) -> Division:
        """Return a theorem or the like, with its word, its number and its title before its text."""
        kind, number = self.numbers.places[name]
        changed = with_parts(node, self.value)
        if kind not in STATEMENTS:
            return changed
        title, blocks = _titled(changed)
        words = Text(text=f"{reference_word(kind, self.language)}{FIXED}{number}")
        return replace(changed, blocks=with_statement_label((words, *title), blocks))


def _stated(attributes: Attributes) -> str | None:
    """Return the kind of statement that MyST's directive names."""
    kinds = (name.removeprefix("prf-") for name in attributes.classes if name.startswith("prf-"))
    return next((kind for kind in kinds if kind in STATEMENTS), None)


def _titled(node: Division) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    """Return the title of a statement in its brackets, from its name or a heading or as MyST gave it, and its text."""
    match node.blocks:
        case (Section() as section, *others):
            return (Text(text=" ("), *section.heading, Text(text=")")), (*section.blocks, *others)
        case (Paragraph(children=(Span(children=(Strong() as label,)) as span, *words)) as first, *others) if (
            STATEMENT_LABEL in span.attributes.classes
        ):
            return label.children[1:], (replace(first, children=tuple(words[1:])), *others)
    name = node.attributes.get("name")
    return ((Text(text=f" ({name})"),) if name else ()), node.blocks
