"""The frozen, typed tree of a parsed CSL style: what the evaluator walks instead of XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Form(StrEnum):
    """The forms of terms, variables, names and labels."""

    LONG = "long"
    SHORT = "short"
    VERB = "verb"
    VERB_SHORT = "verb-short"
    SYMBOL = "symbol"
    COUNT = "count"


class TextCase(StrEnum):
    """Values of ``text-case``."""

    LOWERCASE = "lowercase"
    UPPERCASE = "uppercase"
    CAPITALIZE_FIRST = "capitalize-first"
    CAPITALIZE_ALL = "capitalize-all"
    SENTENCE = "sentence"
    TITLE = "title"


class Display(StrEnum):
    """Values of ``display``: blocks of an entry on the page."""

    BLOCK = "block"
    LEFT_MARGIN = "left-margin"
    RIGHT_INLINE = "right-inline"
    INDENT = "indent"


class Match(StrEnum):
    """Values of ``match``: the tests of a branch that must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class NumberForm(StrEnum):
    """The forms of ``cs:number``."""

    NUMERIC = "numeric"
    ORDINAL = "ordinal"
    LONG_ORDINAL = "long-ordinal"
    ROMAN = "roman"


class Plural(StrEnum):
    """Values of ``plural`` of a label."""

    CONTEXTUAL = "contextual"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatting:
    """The font attributes of one element; None leaves the surroundings as they are."""

    font_style: str | None = None
    font_variant: str | None = None
    font_weight: str | None = None
    text_decoration: str | None = None
    vertical_align: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Formatting and affixes of a rendering element."""

    formatting: Formatting | None = None
    prefix: str = ""
    suffix: str = ""
    text_case: TextCase | None = None
    quotes: bool | None = None
    strip_periods: bool = False
    display: Display | None = None


PLAIN = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVariable:
    """``<text variable="…">``."""

    variable: str
    short: bool = False
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMacro:
    """``<text macro="…">``."""

    name: str
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTerm:
    """``<text term="…">``."""

    term: str
    form: Form = Form.LONG
    plural: bool = False
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class TextValue:
    """``<text value="…">``."""

    value: str
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """``<number>``."""

    variable: str
    form: NumberForm = NumberForm.NUMERIC
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """``<label>``; inside ``cs:names`` the variable is empty.

    ``beside`` is the number that the style prints next to it in place of its own variable.
    """

    variable: str = ""
    beside: str = ""
    form: Form = Form.LONG
    plural: Plural = Plural.CONTEXTUAL
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePart:
    """``<date-part>``; ``form`` None means the default of the locale or of the part."""

    name: str
    form: str | None = None
    range_delimiter: str | None = None
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """``<date>``; ``form`` empty means that ``parts`` say it all."""

    variable: str
    form: str = ""
    precision: str = "year-month-day"
    parts: tuple[DatePart, ...] = ()
    delimiter: str = ""
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class NameOptions:
    """The inheritable options of names; None means not set here."""

    and_: str | None = None
    delimiter_precedes_et_al: str | None = None
    delimiter_precedes_last: str | None = None
    et_al_min: int | None = None
    et_al_use_first: int | None = None
    et_al_subsequent_min: int | None = None
    et_al_subsequent_use_first: int | None = None
    et_al_use_last: bool | None = None
    initialize: bool | None = None
    initialize_with: str | None = None
    name_as_sort_order: str | None = None
    sort_separator: str | None = None
    form: Form | None = None
    delimiter: str | None = None
    names_delimiter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """``<name>`` with the looks of its parts."""

    options: NameOptions = field(default_factory=NameOptions)
    look: Look = PLAIN
    given: Look | None = None
    family: Look | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EtAl:
    """``<et-al>``."""

    term: str = "et-al"
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """``<names>``. In a substitute, ``name``, ``et_al`` and ``label`` may be None: then the parent's hold."""

    variables: tuple[str, ...]
    name: Name | None = None
    et_al: EtAl | None = None
    label: Label | None = None
    label_first: bool = False
    substitute: tuple[Element, ...] = ()
    delimiter: str | None = None
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """``<group>``."""

    children: tuple[Element, ...]
    delimiter: str = ""
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One condition: ``kind`` is the attribute, ``values`` its words."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """``if``, ``else-if`` or, without tests, ``else``."""

    tests: tuple[Test, ...]
    match: Match
    children: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """``<choose>``."""

    branches: tuple[Branch, ...]


Element: TypeAlias = TextVariable | TextMacro | TextTerm | TextValue | Number | Label | Date | Names | Group | Choose


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKey:
    """``<key>``: a macro or a variable, with the options that override those of names."""

    variable: str = ""
    macro: str = ""
    descending: bool = False
    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CslLayout:
    """``<layout>``."""

    children: tuple[Element, ...]
    delimiter: str = ""
    look: Look = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """``<citation>`` with its options."""

    layout: CslLayout
    sort: tuple[SortKey, ...] = ()
    names: NameOptions = field(default_factory=NameOptions)
    add_names: bool = False
    add_givenname: bool = False
    add_year_suffix: bool = False
    givenname_rule: str = "by-cite"
    cite_group_delimiter: str | None = None
    collapse: str | None = None
    year_suffix_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    near_note_distance: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """``<bibliography>`` with its options."""

    layout: CslLayout
    sort: tuple[SortKey, ...] = ()
    names: NameOptions = field(default_factory=NameOptions)
    hanging_indent: bool = False
    second_field_align: str | None = None
    line_spacing: int = 1
    entry_spacing: int = 1
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: str = "complete-all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One form of a term: what it prints, and for ordinals which numbers it is for."""

    single: str
    multiple: str
    gender: str | None = None
    match: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleData:
    """Data of one ``cs:locale``, in a style or in a file of its own.

    ``terms`` is keyed by (name, form, gender form).
    """

    lang: str | None = None
    terms: Mapping[tuple[str, str, str], Term] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    limit_day_ordinals: bool | None = None
    punctuation_in_quote: bool | None = None


class Repetition(StrEnum):
    """Variable that is left out where one organisation would be named twice."""

    NOTHING = "nothing"
    PUBLISHER = "publisher"
    AUTHOR = "author"
    CONTAINER = "container"


class GroupAbbreviation(StrEnum):
    """Treatment of organisations that have an abbreviation."""

    NEVER = "never"
    INTRODUCED = "introduced"
    """“World Health Organization [WHO]” in the first citation, “WHO” in those that follow."""
    LISTED = "listed"
    """“WHO” in every citation, “WHO (World Health Organization)” in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualRules:
    """Rules of a style's manual for which CSL has no words; a style has them as ``<?leaflet-rules …?>``."""

    capital_length: int | None = None
    """The number of letters from which every word of a title has a capital."""
    et_al_least: int = 1
    """The fewest names that “et al.” may stand for, where names were added to tell cites apart."""
    author_is_publisher: Repetition = Repetition.NOTHING
    author_is_container: Repetition = Repetition.NOTHING
    publisher_is_container: Repetition = Repetition.NOTHING
    group_abbreviation: GroupAbbreviation = GroupAbbreviation.NEVER
    localised_days: bool = False
    """True where a day and its month, without a year, come in the order of the language, English excepted."""
    english_commas: bool = False
    """True where a comma before “and” is English: other languages have none, nor behind an inverted name."""
    skipped_articles: bool = False
    """True where the article that begins a title has no place in the alphabet."""
    dated_acts: bool = False
    """True where a law has its year behind its title, as in the title of a British Act."""
    undated_acts: bool = False
    """True where a law whose title ends with its year is cited without it: its date follows."""
    doctoral_thesis: str = ""
    """The manual's words for what BibTeX calls a phdthesis, such as “PhD diss.”."""
    article_numbers: bool = False
    """True where one page such as “e1024” or “CD012424” is the number of an article."""
    proceedings_are_books: bool = False
    """True where a paper in proceedings that have a publisher is a chapter of a book."""
    capital_after_colon: bool = False
    """True where a subtitle in English begins large in sentence case too."""
    shortened_years: bool = False
    """True where the end of a range of years is shortened as the end of a range of pages is."""
    upright_translations: bool = False
    """True where a translation in brackets at the end of a title has no part in the title's italics."""
    library_habits: bool = False
    """True where editions, titles and parts of books are put right that libraries hold in their own ways."""
    later_editions_only: bool = False
    """True where the first edition is not named."""
    revised_edition: str = ""
    """The manual's two words for a revised edition, such as “Rev. ed.”; other named editions have the second."""
    blogs_are_named: bool = False
    """True where “(blog)” follows the name of a blog that does not say so."""
    film: str = ""
    """The manual's description of a film that has none."""
    video: str = ""
    """The manual's description of a video on a platform that has none."""
    podcast: str = ""
    """The manual's description of an episode of a podcast, whose author is its host."""
    plain_media: bool = False
    """True where the platform of a video is upright, and a podcast a medium."""
    british_law: bool = False
    """True where British Acts and cases follow British custom; a case has “UK” as ``jurisdiction`` then."""
    short_titles: bool = False
    """True where a short title is made of the title of a work that has none: without subtitle and first article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CslStyle:
    """An independent style."""

    name: str
    title: str
    note: bool
    citation: Citation
    bibliography: Bibliography | None = None
    macros: Mapping[str, tuple[Element, ...]] = field(default_factory=dict)
    locales: tuple[LocaleData, ...] = ()
    names: NameOptions = field(default_factory=NameOptions)
    default_locale: str | None = None
    page_range_format: str | None = None
    demote_particle: str = "display-and-sort"
    initialize_with_hyphen: bool = True
    rules: ManualRules = field(default_factory=ManualRules)
