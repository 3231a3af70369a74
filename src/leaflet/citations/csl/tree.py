"""The frozen, typed tree of a parsed CSL style: what the evaluator walks instead of XML."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct, field

from leaflet.citations.csl.manual_rules import ManualRules


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


class Formatting(Struct, frozen=True, kw_only=True):
    """The font attributes of one element; None leaves the surroundings as they are."""

    font_style: str | None = None
    font_variant: str | None = None
    font_weight: str | None = None
    text_decoration: str | None = None
    vertical_align: str | None = None


class Look(Struct, frozen=True, kw_only=True):
    """Formatting and affixes of a rendering element."""

    formatting: Formatting | None = None
    prefix: str = ""
    suffix: str = ""
    text_case: TextCase | None = None
    quotes: bool | None = None
    strip_periods: bool = False
    display: Display | None = None


PLAIN = Look()


class TextVariable(Struct, frozen=True, kw_only=True):
    """``<text variable="…">``."""

    variable: str
    short: bool = False
    look: Look = PLAIN


class TextMacro(Struct, frozen=True, kw_only=True):
    """``<text macro="…">``."""

    name: str
    look: Look = PLAIN


class TextTerm(Struct, frozen=True, kw_only=True):
    """``<text term="…">``."""

    term: str
    form: Form = Form.LONG
    plural: bool = False
    look: Look = PLAIN


class TextValue(Struct, frozen=True, kw_only=True):
    """``<text value="…">``."""

    value: str
    look: Look = PLAIN


class Number(Struct, frozen=True, kw_only=True):
    """``<number>``."""

    variable: str
    form: NumberForm = NumberForm.NUMERIC
    look: Look = PLAIN


class Label(Struct, frozen=True, kw_only=True):
    """``<label>``; inside ``cs:names`` the variable is empty.

    ``beside`` is the number that the style prints next to it in place of its own variable.
    """

    variable: str = ""
    beside: str = ""
    form: Form = Form.LONG
    plural: Plural = Plural.CONTEXTUAL
    look: Look = PLAIN


class DatePart(Struct, frozen=True, kw_only=True):
    """``<date-part>``; ``form`` None means the default of the locale or of the part."""

    name: str
    form: str | None = None
    range_delimiter: str | None = None
    look: Look = PLAIN


class Date(Struct, frozen=True, kw_only=True):
    """``<date>``; ``form`` empty means that ``parts`` say it all."""

    variable: str
    form: str = ""
    precision: str = "year-month-day"
    parts: tuple[DatePart, ...] = ()
    delimiter: str = ""
    look: Look = PLAIN


class NameOptions(Struct, frozen=True, kw_only=True):
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


class Name(Struct, frozen=True, kw_only=True):
    """``<name>`` with the looks of its parts."""

    options: NameOptions = field(default_factory=NameOptions)
    look: Look = PLAIN
    given: Look | None = None
    family: Look | None = None


class EtAl(Struct, frozen=True, kw_only=True):
    """``<et-al>``."""

    term: str = "et-al"
    look: Look = PLAIN


class Names(Struct, frozen=True, kw_only=True):
    """``<names>``. In a substitute, ``name``, ``et_al`` and ``label`` may be None: then the parent's hold."""

    variables: tuple[str, ...]
    name: Name | None = None
    et_al: EtAl | None = None
    label: Label | None = None
    label_first: bool = False
    substitute: tuple[Element, ...] = ()
    delimiter: str | None = None
    look: Look = PLAIN


class Group(Struct, frozen=True, kw_only=True):
    """``<group>``."""

    children: tuple[Element, ...]
    delimiter: str = ""
    look: Look = PLAIN


class Test(Struct, frozen=True, kw_only=True):
    """One condition: ``kind`` is the attribute, ``values`` its words."""

    kind: str
    values: tuple[str, ...]


class Branch(Struct, frozen=True, kw_only=True):
    """``if``, ``else-if`` or, without tests, ``else``."""

    tests: tuple[Test, ...]
    match: Match
    children: tuple[Element, ...]


class Choose(Struct, frozen=True, kw_only=True):
    """``<choose>``."""

    branches: tuple[Branch, ...]


Element: TypeAlias = TextVariable | TextMacro | TextTerm | TextValue | Number | Label | Date | Names | Group | Choose


class SortKey(Struct, frozen=True, kw_only=True):
    """``<key>``: a macro or a variable, with the options that override those of names."""

    variable: str = ""
    macro: str = ""
    descending: bool = False
    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: bool | None = None


class CslLayout(Struct, frozen=True, kw_only=True):
    """``<layout>``."""

    children: tuple[Element, ...]
    delimiter: str = ""
    look: Look = PLAIN


class Citation(Struct, frozen=True, kw_only=True):
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


class Bibliography(Struct, frozen=True, kw_only=True):
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


class Term(Struct, frozen=True, kw_only=True):
    """One form of a term: what it prints, and for ordinals which numbers it is for."""

    single: str
    multiple: str
    gender: str | None = None
    match: str | None = None


class LocaleData(Struct, frozen=True, kw_only=True):
    """Data of one ``cs:locale``, in a style or in a file of its own.

    ``terms`` is keyed by (name, form, gender form).
    """

    lang: str | None = None
    terms: Mapping[tuple[str, str, str], Term] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    limit_day_ordinals: bool | None = None
    punctuation_in_quote: bool | None = None


class CslStyle(Struct, frozen=True, kw_only=True):
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
