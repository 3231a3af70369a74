"""State of printing one item: style, locale, item, cite, and the variables printed so far."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import TypeAlias, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.citations.csl.element_walk import walk_through
from leaflet.citations.csl.locale import Locale
from leaflet.citations.csl.tree import (
    Branch,
    CslStyle,
    DatePart,
    Element,
    Name,
    NameOptions,
    Names,
    Number,
    SortKey,
    TextVariable,
)
from leaflet.citations.data.item import Item
from leaflet.citations.evaluate.collation import CollationKey, Weight, collation_key
from leaflet.citations.output.nodes import Node
from leaflet.citations.output.punctuation import QuoteMarks
from leaflet.citations.output.richtext import parse_rich


class OutputArea(StrEnum):
    """Part of the output in which an item is printed."""

    CITATION = "citation"
    BIBLIOGRAPHY = "bibliography"


class Position(IntEnum):
    """Position of a cite among the cites of the same item."""

    FIRST = 0
    SUBSEQUENT = 1
    IBID = 2
    IBID_WITH_LOCATOR = 3


class GivenName(IntEnum):
    """Amount of a given name that disambiguation needs."""

    AS_STYLED = 0
    INITIALS = 1
    FULL = 2


class Disambiguation(Struct, frozen=True, kw_only=True):
    """Details that set one item apart from others that would print alike.

    ``names`` gives for the n-th name list of the cite how many names to show, ``givens`` for the m-th name of it how
    much of the given name. ``conditions`` is how many of the cite's tests for disambiguation hold.
    """

    names: Mapping[int, int] = field(default_factory=dict)
    givens: Mapping[tuple[int, int], GivenName] = field(default_factory=dict)
    conditions: int = 0
    year_suffix: str = ""


UNDISTURBED = Disambiguation()


class CiteData(Struct, frozen=True, kw_only=True):
    """One cite as the evaluator sees it: what the author wrote and what its place in the document makes of it."""

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    narrative: bool = False
    """True where the names are part of the author's own sentence, in which a symbol for “and” becomes the word."""
    introduced: frozenset[str] = frozenset()
    """Organisations whose abbreviation the cite introduces."""
    spelled_out: bool = False
    """True where organisations are named in full, without their abbreviation."""
    position: Position = Position.FIRST
    near_note: bool = False
    first_note: int | None = None
    note: int | None = None


Value = TypeVar("Value")
Remembered: TypeAlias = dict[tuple[int, int], tuple[Value, object, object]]
"""Values by the identities of two parts of a style; both are in the value, so that no other part gets their identity."""


class StyleMemory(Struct, frozen=True):
    """Values that depend on two parts of a style only, computed once."""

    substitutes: Remembered[Names] = field(default_factory=dict)
    options: Remembered[NameOptions] = field(default_factory=dict)
    names: Remembered[Name] = field(default_factory=dict)
    dates: Remembered[tuple[DatePart, ...]] = field(default_factory=dict)
    texts: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    """Fields of items as parsed rich text."""
    keys: dict[str, CollationKey] = field(default_factory=dict)
    """Texts as keys of the language's alphabet."""
    weights: dict[str, Weight] = field(default_factory=dict)
    """Letters as parts of such keys."""
    branches: dict[tuple[int, str], tuple[Branch, ...]] = field(default_factory=dict)
    """Branches of a ``cs:choose``, by its identity and the type of an item that can take them."""
    dated: dict[str, bool] = field(default_factory=dict)
    """Macros that are keys, by name, with whether they hold a date."""


class StyleFacts(Struct, frozen=True):
    """Facts of a style in a language, computed once."""

    style: CslStyle
    locale: Locale
    marks: QuoteMarks
    citation_names: NameOptions
    bibliography_names: NameOptions
    citation_suffix_explicit: bool
    bibliography_suffix_explicit: bool
    numbered: bool
    memory: StyleMemory = field(default_factory=lambda: StyleMemory())


def collated(facts: StyleFacts, text: str) -> CollationKey:
    """Return the key by which ``text`` sorts in the language of ``facts``."""
    keys = facts.memory.keys
    found = keys.get(text)
    if found is None:
        found = keys[text] = collation_key(text, facts.locale.lang, facts.memory.weights)
    return found


def merge_options(outer: NameOptions, inner: NameOptions) -> NameOptions:
    """Return ``inner``, and ``outer`` where ``inner`` says nothing."""
    changes = {name: value for name in NameOptions.__struct_fields__ if (value := getattr(inner, name)) is not None}
    return replace(outer, **changes) if changes else outer


def analyse(style: CslStyle, locale: Locale) -> StyleFacts:
    """Return the facts of a style."""
    bibliography = style.bibliography
    return StyleFacts(
        style=style,
        locale=locale,
        marks=QuoteMarks(
            locale.text("open-quote") or "“",
            locale.text("close-quote") or "”",
            locale.text("open-inner-quote") or "‘",
            locale.text("close-inner-quote") or "’",
            locale.punctuation_in_quote,
        ),
        citation_names=merge_options(style.names, style.citation.names),
        bibliography_names=merge_options(style.names, bibliography.names) if bibliography else style.names,
        citation_suffix_explicit=_prints(style, style.citation.layout.children, "year-suffix"),
        bibliography_suffix_explicit=bool(bibliography and _prints(style, bibliography.layout.children, "year-suffix")),
        numbered=bool(bibliography and _prints(style, bibliography.layout.children, "citation-number")),
    )


def _prints(style: CslStyle, elements: tuple[Element, ...], variable: str) -> bool:
    return any(
        isinstance(element, TextVariable | Number) and element.variable == variable
        for element in walk_through(elements, style.macros)
    )


class Context:
    """State of printing one item once; each printing has its own."""

    __slots__ = (
        "area",
        "called",
        "citation_number",
        "cite",
        "conditions_asked",
        "disambiguation",
        "facts",
        "group",
        "hidden",
        "item",
        "locale",
        "name_lists",
        "options",
        "parent",
        "present",
        "printed",
        "sort_key",
        "suffix_explicit",
        "suffix_printed",
        "suppressed",
    )

    def __init__(
        self,
        facts: StyleFacts,
        item: Item,
        cite: CiteData,
        area: OutputArea = OutputArea.CITATION,
        disambiguation: Disambiguation = UNDISTURBED,
        citation_number: int = 0,
        sort_key: SortKey | None = None,
    ) -> None:
        self.facts = facts
        self.locale = facts.locale
        self.item = item
        self.cite = cite
        self.area = area
        self.disambiguation = disambiguation
        self.citation_number = citation_number
        self.sort_key = sort_key
        citation = area is OutputArea.CITATION
        self.options = facts.citation_names if citation else facts.bibliography_names
        self.suffix_explicit = facts.citation_suffix_explicit if citation else facts.bibliography_suffix_explicit
        self.suffix_printed = False
        self.called = 0  # variables asked for so far
        self.present = 0  # variables that were not empty so far
        self.printed: list[str] = []  # names of variables printed, in order
        self.suppressed: frozenset[str] = frozenset()  # variables already printed by way of a substitute
        self.hidden: frozenset[str] = frozenset()  # dates that are there, but are not printed
        self.name_lists: list[tuple[int, int]] = []  # (names in all, names shown) of each name list
        self.group: tuple[Element, ...] = ()  # what the innermost group or macro holds
        self.parent: Names | None = None  # the names for which a substitute is being looked for
        self.conditions_asked = 0  # how often the style asked whether it has to disambiguate

    def text(self, variable: str) -> str:
        """Return an ordinary variable as text, without counting it."""
        if variable in self.suppressed:
            return ""
        special = _SPECIAL.get(variable)
        if special is not None:
            return special(self)
        return self.item.text.get(variable, "")

    def has(self, variable: str) -> bool:
        """Return whether a variable of any kind holds something."""
        item = self.item
        if variable in item.names or variable in item.dates:
            return True
        # A label that is only made up, from names and year, is not there for a condition to find.
        special = None if variable == "citation-label" else _SPECIAL.get(variable)
        return bool((special(self) if special else item.text.get(variable, "")).strip())

    def rich(self, text: str) -> tuple[Node, ...]:
        """Return the nodes of a field of an item."""
        texts = self.facts.memory.texts
        found = texts.get(text)
        if found is None:
            found = texts[text] = parse_rich(text)
        return found

    def note_variable(self, variable: str, found: bool) -> None:
        """Count a variable for the suppression of groups."""
        self.called += 1
        if found:
            self.present += 1
            self.printed.append(variable)
            if self.parent is not None:
                self.suppressed = self.suppressed.union((variable,))


def _citation_number(context: Context) -> str:
    return str(context.citation_number) if context.citation_number else ""


def _year_suffix(context: Context) -> str:
    return context.disambiguation.year_suffix


def _first_note(context: Context) -> str:
    return "" if context.cite.first_note is None else str(context.cite.first_note)


def _locator(context: Context) -> str:
    return context.cite.locator


def _citation_label(context: Context) -> str:
    given = context.item.text.get("citation-label")
    return given or make_label(context.item)


_SPECIAL = {
    "citation-number": _citation_number,
    "year-suffix": _year_suffix,
    "first-reference-note-number": _first_note,
    "locator": _locator,
    "citation-label": _citation_label,
}


# Numbers of letters that a label takes of each name, by the number of names: “Rose78”, “RoNo95”, “RoNS03”, “RNSV11”.
_LABEL_LETTERS = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_LABEL_OF_MORE = (1, 1, 1, 1)


def make_label(item: Item) -> str:
    """Return a label like “Rose78” or “RoNo95” of an item: letters of the names, and two digits of the year."""
    people = next(
        (item.names[variable] for variable in ("author", "editor", "translator") if variable in item.names), ()
    )
    letters = _LABEL_LETTERS.get(len(people), _LABEL_OF_MORE)
    stem = "".join((person.family or person.literal)[:count] for person, count in zip(people, letters, strict=False))
    if not stem:
        stem = "".join(item.text.get("title", "").split())[:4]
    issued = item.dates.get("issued")
    year = f"{issued.start.year % 100:02d}" if issued and issued.start else ""
    return stem + year
