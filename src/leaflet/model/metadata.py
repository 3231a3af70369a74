"""Metadata of a leaflet: its front matter, after it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from leaflet.errors import Location
from leaflet.model.cover_art import MIDDLE, Focus
from leaflet.model.layout import Fit
from leaflet.model.motif import Motif


class PartialDate(Struct, frozen=True, kw_only=True):
    """A date as exact as its author knows it: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """Return ``2026``, ``2026-05`` or ``2026-05-12``."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def parts(self) -> tuple[int, ...]:
        """Return the parts that are known, year first, as CSL's ``date-parts`` wants them."""
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)


class Person(Struct, frozen=True, kw_only=True):
    """An author or another person: ``literal`` for an organisation, or family and given names."""

    family: str = ""
    given: str = ""
    literal: str = ""
    suffix: str = ""
    particle: str = ""
    role: str = ""
    affiliation: str = ""
    orcid: str = ""
    email: str = ""
    bio: str = ""
    equal_contribution: bool = False
    """True for authors who contributed as much as each other."""
    corresponding: bool = False
    """True for an author whom readers should write to."""

    @property
    def name(self) -> str:
        """Return the name as it is spoken."""
        if self.literal:
            return self.literal
        return " ".join(part for part in (self.given, self.particle, self.family, self.suffix) if part)


class Contact(Struct, frozen=True, kw_only=True):
    """Persons or places that a reader can ask, as plain text."""

    heading: str = ""
    name: str = ""
    text: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    address: str = ""
    hours: str = ""


class Event(Struct, frozen=True, kw_only=True):
    """When and where something takes place. All but the dates is plain text."""

    date: PartialDate | None = None
    until: PartialDate | None = None
    """Its last day, where it has several."""
    time: str = ""
    place: str = ""
    address: str = ""
    price: str = ""
    tickets: str = ""
    url: str = ""
    """The address of tickets or more information; also printed as a QR code."""


class ReadingTip(Struct, frozen=True, kw_only=True):
    """One line of "Further reading" or "Related": a text and perhaps an address."""

    text: str
    url: str = ""


class AccessDate(StrEnum):
    """The day printed as "accessed" in the leaflet's own citation: the build's, none, or a fixed one."""

    BUILD = "build"
    NONE = "none"
    FIXED = "fixed"


class CiteBox(Struct, frozen=True, kw_only=True):
    """The leaflet's citation of itself. ``styles`` are citation style names in the order of the box."""

    styles: tuple[str, ...] = (
        "apa-corrected",
        "modern-language-association-corrected",
        "chicago-author-date-corrected",
        "harvard-cite-them-right-corrected",
    )
    type: str = "pamphlet"
    """The leaflet's CSL item type."""
    access: AccessDate = AccessDate.BUILD
    accessed: PartialDate | None = None
    show: bool = True


class ShownChanges(StrEnum):
    """The print of changes that a source marks: as accepted, as refused, or marked."""

    ACCEPT = "accept"
    REJECT = "reject"
    SHOW = "show"


class Metadata(Struct, frozen=True, kw_only=True):
    """Front matter, typed. Texts are plain text: whatever they hold prints as itself."""

    title: str
    lang: str = "en-GB"
    subtitle: str = ""
    audience: str = ""
    authors: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    date: PartialDate | None = None
    date_modified: PartialDate | None = None
    last_reviewed: PartialDate | None = None
    next_review: PartialDate | None = None
    version: str = ""
    edition: str = ""
    code: str = ""
    """The publisher's own number for this leaflet, such as RHL-014."""
    publisher: str = ""
    publisher_place: str = ""
    container_title: str = ""
    series: str = ""
    series_number: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    keywords: tuple[str, ...] = ()
    abstract: str = ""
    license: str = ""
    copyright: str = ""
    bibliography: tuple[str, ...] = ()
    csl: str = "apa"
    nocite: tuple[str, ...] = ()
    retractions: str = ""
    """A list of retracted sources, to be compared with those that are cited."""
    link_citations: bool = True
    """True where a citation leads to its entry in the list of references."""
    number_sections: bool = False
    code_colours: bool = False
    """True where code blocks have colours."""
    reference_section_title: str = ""
    """The heading of the list of references at the end of the text."""
    layout: str = "trifold-a4"
    style: str = "clinic"
    css: tuple[str, ...] = ()
    """CSS files that are applied after the style's own."""
    links: str = ""
    """The place of addresses of links on paper: notes, inline or none; empty where the layout decides."""
    fit: Fit = Fit.BOTH
    changes: ShownChanges | None = None
    """The print of CriticMarkup; None where nobody chose."""
    notes: bool = False
    """True where a panel with space to spare gets lines to write on."""
    contents: bool | int | None = None
    """True for a contents page, or how many levels of headings it lists; None: where the text is long."""
    running_head: bool | str | None = None
    """True for running heads, or the words of those on left pages; None: where the text is long."""
    page_numbers: bool = True
    about_author: bool = True
    byline: bool = True
    """True where handouts, booklets and their web pages name the authors and the date, and print the abstract, below the title."""
    show_dates: bool = True
    disclaimer: str = ""
    further_reading: tuple[ReadingTip, ...] = ()
    related: tuple[ReadingTip, ...] = ()
    contact: Contact | None = None
    event: Event | None = None
    cite: CiteBox = CiteBox()
    cover: str = ""
    """A picture for the cover, relative to the source's folder; empty for the style's own motif."""
    focus: Focus = MIDDLE
    """The point of that picture that stays in sight where it is cut."""
    cover_whole: bool = False
    """True where that picture is over the whole cover, with the title on it."""
    motif: Motif | None = None
    """The subject of the cover's picture instead of the style's own motif."""
    art_outside: str = ""
    """A motif or a picture over all panels of the outside, at their head."""
    art_inside: str = ""
    """A motif or a picture over all panels of the inside, at their foot."""
    strict: bool = False
    """True where each warning is an error."""
    fields: Mapping[str, object] = field(default_factory=dict)
    rich: Mapping[str, str] = field(default_factory=dict)
    """Safe HTML of the title, the subtitle and the abstract, as far as words in them are emphasised."""
    usual_title: str = ""
    """The title with the values that the source gives its fields, where a row gives other ones."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """The place of each key of the front matter, by dotted name."""

    @property
    def art_seed(self) -> str:
        """The words that drawn art follows from: all rows of a leaflet have the same art."""
        return self.usual_title or self.title
