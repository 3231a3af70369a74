"""Typed schema of the front matter: for checking here and, as JSON Schema, for editors."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from leaflet.files import value_checks
from leaflet.model.cover_art import MIDDLE
from leaflet.model.layout import Fit
from leaflet.model.metadata import ShownChanges
from leaflet.model.motif import Motif
from leaflet.source.key_names import (
    ALIASES,
    CITE_ALIASES,
    CONTACT_ALIASES,
    ITEM_TYPES,
    PERSON_ALIASES,
    TIP_ALIASES,
)
from leaflet.source.schema_types import (
    CONTENTS_SCHEMA,
    SEVERAL_TEXTS,
    TEXT_SCHEMA,
    Access,
    Date,
    Days,
    Email,
    Joined,
    Keys,
    Text,
    Texts,
    Title,
    Url,
    Words,
    as_list,
    checked,
    cite_value,
    contact_value,
    contents_value,
    copyright_line,
    person_value,
    running_head_value,
    tip_value,
    words,
)

JsonSchema: TypeAlias = dict[str, Any]


class KeyGroup(BaseModel):
    """A group of keys; keys that are not named here are reported apart, as warnings."""

    model_config = ConfigDict(
        defer_build=True,  # a model inside another is built with it
        extra="ignore",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=False,
        strict=True,
        arbitrary_types_allowed=True,
        json_schema_extra={"additionalProperties": True},
    )


class PersonPart(KeyGroup):
    """A person or, with ``literal`` alone, an organisation."""

    family: Text = Field("", title="Family name")
    given: Text = Field("", title="Given names")
    literal: Text = Field("", title="An organisation's name", description="For authors that are not persons.")
    suffix: Text = Field("", title="Suffix", description="Such as Jr or III.")
    particle: Text = Field("", title="Particle", description="Such as van or de.")
    role: Joined = Field("", title="Role", description="What this person is: MS specialist nurse.")
    affiliation: Joined = Field("", title="Affiliation", description="Where this person works.")
    orcid: Annotated[str, checked(value_checks.orcid), WithJsonSchema({"type": "string"})] = Field("", title="ORCID iD")
    email: Email = Field("", title="E-mail address")
    bio: Text = Field("", title="A sentence about this person")
    equal_contribution: bool = Field(False, title="Equal contribution", description="Marked below the title.")
    corresponding: bool = Field(False, title="Corresponding author", description="Readers write to this person.")

    @model_validator(mode="after")
    def has_a_name(self) -> Self:
        """Refuse a person of whom everything but the name is known."""
        if not (self.family or self.given or self.literal):
            hint = "write the name in one line, or the keys given: and family:, or literal: for an organisation"
            raise PydanticCustomError("value", "{what}", {"what": "this person has no name", "hint": hint})
        return self


class ContactPart(KeyGroup):
    """Persons or places that a reader can ask."""

    heading: Text = Field("", title="Heading over the contact")
    name: Text = Field("", title="Who to ask for")
    text: Text = Field("", title="A sentence")
    phone: Text = Field("", title="Phone number, as people read it")
    email: Email = Field("", title="E-mail address")
    url: Url = Field("", title="Web address", description="Also printed as a QR code.")
    address: Text = Field("", title="Postal address")
    hours: Text = Field("", title="When somebody answers")


class EventPart(KeyGroup):
    """When and where something takes place."""

    date: Days = Field(
        None, title="First day", description="A day, a month or a year: 2027-03-14; or words, such as every Tuesday."
    )
    until: Date = Field(None, title="Last day", description="For what takes more than one day.")
    time: Text = Field("", title="Time, as people read it", description="Such as 10am to 4pm.")
    place: Text = Field("", title="Place", description="The name of the building or ground.")
    address: Text = Field("", title="Address of the place")
    price: Text = Field("", title="Price", description="Such as Free, or £5 on the day.")
    tickets: Text = Field("", title="Tickets", description="How to get them.")
    url: Url = Field("", title="Web address", description="Of the tickets; also printed as a QR code.")

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Refuse an event of which nothing is known, and one that ends before it begins."""
        if not any((self.date, self.time, self.place)):
            hint = "write date:, time: or place: below event:"
            raise PydanticCustomError("value", "{what}", {"what": "this event has no time and no place", "hint": hint})
        if isinstance(self.date, str) and self.until is not None:
            hint = "write the first day as a date: 2027-03-14"
            raise PydanticCustomError(
                "value", "{what}", {"what": "this event has a last day, but no first", "hint": hint}
            )
        if self.until is not None and self.date is not None and self.until.parts < self.date.parts:
            hint = "exchange the two dates"
            raise PydanticCustomError("value", "{what}", {"what": "this event ends before it begins", "hint": hint})
        return self


class TipPart(KeyGroup):
    """One line of further reading."""

    text: Text = Field(title="What it is")
    url: Url = Field("", title="Web address")


class CitePart(KeyGroup):
    """The leaflet's citation of itself."""

    styles: Annotated[list[Text], BeforeValidator(words), WithJsonSchema(SEVERAL_TEXTS)] = Field(
        ["apa", "mla", "chicago", "harvard"],
        title="Formats of the box, in order",
    )
    type: Literal[tuple(ITEM_TYPES)] = Field("pamphlet", title="What kind of item the leaflet is")  # type: ignore[valid-type]
    access: Access = Field(
        "build", title="The day it was read", description="build: the day of the build; none: no day; or a fixed date."
    )
    show: bool = Field(True, title="Whether the box is shown")


def _several(part: type[KeyGroup], single: JsonSchema) -> JsonSchema:
    reference = {"$ref": f"#/$defs/{part.__name__}"}
    return {"anyOf": [single, reference, {"type": "array", "items": {"anyOf": [single, reference]}}]}


Person = Annotated[PersonPart, BeforeValidator(person_value)]
People = Annotated[list[Person], BeforeValidator(as_list)]
Tips = Annotated[list[Annotated[TipPart, BeforeValidator(tip_value)]], BeforeValidator(as_list)]


class FrontMatter(KeyGroup):
    """The metadata of a leaflet, in the YAML block at the top of its source."""

    title: Title = Field(title="Title", description="What the leaflet is called.")
    subtitle: Title = Field("", title="Subtitle", description="One line under the title.")
    audience: Text = Field("", title="Audience", description="Who the leaflet is for, as the cover says it.")
    author: People = Field([], title="Author", description="One person or several: a name, or family and given.")
    reviewers: People = Field([], title="Reviewers", description="Who checked the leaflet.")
    affiliation: Joined = Field("", title="Affiliation", description="For authors who name none of their own.")
    date: Date = Field(None, title="First published", description="A year, a month or a day: 2026-05-12.")
    date_modified: Date = Field(None, title="Last updated")
    last_reviewed: Date = Field(None, title="Last reviewed")
    next_review: Date = Field(None, title="Next review due")
    version: Text = Field("", title="Version")
    edition: Text = Field("", title="Edition", description="A number, such as 2, or words.")
    code: Text = Field("", title="Leaflet number", description="The publisher's own number, such as RHL-014.")
    publisher: Text = Field("", title="Publisher")
    publisher_place: Text = Field("", title="Where the publisher is")
    container_title: Text = Field("", title="Series or site", description="The larger work this leaflet is part of.")
    series: Text = Field("", title="Series", description="The series of leaflets that this one belongs to.")
    series_number: Text = Field("", title="Number in the series")
    url: Url = Field("", title="Web address of this leaflet")
    doi: Annotated[str, checked(value_checks.doi), WithJsonSchema({"type": "string"})] = Field("", title="DOI")
    isbn: Annotated[str, checked(value_checks.isbn), WithJsonSchema(TEXT_SCHEMA)] = Field("", title="ISBN")
    lang: Annotated[str, checked(value_checks.language), WithJsonSchema({"type": "string"})] = Field(
        "en-GB", title="Language", description="A BCP 47 tag: en-GB, de, fr-CA."
    )
    keywords: Words = Field([], title="Keywords")
    abstract: Text = Field("", title="Abstract", description="What the leaflet says, in a sentence or two.")
    license: Text = Field("", title="Licence", description="Such as CC BY 4.0.")
    copyright: Annotated[str, BeforeValidator(copyright_line), WithJsonSchema({"type": ["string", "object"]})] = Field(
        "", title="Copyright line"
    )
    bibliography: Texts = Field([], title="Bibliography", description="Files with references, beside the source.")
    references: list[dict[str, Any]] = Field([], title="References", description="References as CSL-JSON, right here.")
    csl: Text = Field("apa", title="Citation style", description="The name of a CSL style, or a .csl file.")
    nocite: Keys = Field([], title="Listed though not cited", description='Citation keys; "@*" lists everything.')
    retractions: Text = Field(
        "", title="Retraction list", description="A CSV file in the form of the Retraction Watch data set."
    )
    link_citations: bool = Field(
        True, title="Linked citations", description="Whether a citation leads to its entry in the list."
    )
    number_sections: bool = Field(False, title="Numbered sections")
    code_colours: bool = Field(
        False, title="Colours of code", description="Whether the parts of programs in code blocks have colours."
    )
    reference_section_title: Text = Field(
        "", title="Heading of the references", description="Puts the list of references at the end of the text."
    )
    layout: Text = Field("trifold-a4", title="Layout")
    style: Text = Field("clinic", title="Style")
    css: Texts = Field([], title="CSS", description="CSS files that are applied after the style's own.")
    fit: Annotated[Fit, checked(value_checks.fit), WithJsonSchema({"enum": [word.value for word in Fit]})] = Field(
        Fit.BOTH, title="Fit", description="Whether type may grow or shrink to fill the panels."
    )
    changes: (
        Annotated[
            ShownChanges, checked(value_checks.changes), WithJsonSchema({"enum": [word.value for word in ShownChanges]})
        ]
        | None
    ) = Field(
        None,
        title="Changes",
        description="Whether CriticMarkup prints as accepted, as refused (reject), or marked (show).",
    )
    links: Literal["", "notes", "inline", "none"] = Field(
        "", title="Addresses of links", description="On paper: as notes, behind the words (inline), or none."
    )
    notes: bool = Field(
        False, title="Lines for notes", description="Whether a panel with space to spare gets lines to write on."
    )
    contents: Annotated[bool | int | None, BeforeValidator(contents_value), WithJsonSchema(CONTENTS_SCHEMA)] = Field(
        None, title="Contents", description="Whether there is a contents page, or how many levels it lists."
    )
    running_head: Annotated[
        bool | str | None, BeforeValidator(running_head_value), WithJsonSchema({"type": ["boolean", "string"]})
    ] = Field(None, title="Running heads", description="Whether pages have them, or a shorter title for them.")
    page_numbers: bool = Field(True, title="Page numbers", description="Whether pages of long texts have numbers.")
    about_author: bool = Field(True, title="About the author", description="Whether the authors are described.")
    byline: bool = Field(
        True, title="Byline", description="Whether handouts and booklets name authors and date below the title."
    )
    show_dates: bool = Field(True, title="Dates shown", description="Whether the dates are printed.")
    disclaimer: Text = Field("", title="Disclaimer")
    further_reading: Tips = Field([], title="Further reading")
    related: Tips = Field([], title="Related leaflets")
    contact: Annotated[ContactPart | None, BeforeValidator(contact_value)] = Field(None, title="Contact")
    event: EventPart | None = Field(None, title="Event", description="When and where it is, for posters and flyers.")
    cite: Annotated[CitePart, BeforeValidator(cite_value)] = Field(
        default_factory=lambda: CitePart.model_validate({}), title='The "Cite this leaflet" box'
    )
    cover: Text = Field("", title="Cover picture", description="An image file beside the source.")
    focus: Annotated[tuple[float, float], checked(value_checks.focus), WithJsonSchema({"type": "string"})] = Field(
        MIDDLE, title="Focus", description="The point of the cover picture that must be seen: 30% 20%."
    )
    cover_whole: bool = Field(
        False, title="Whole cover", description="Whether the picture is over the whole cover, with the title on it."
    )
    motif: Annotated[
        Motif | None, checked(value_checks.motif), WithJsonSchema({"enum": [word.value for word in Motif]})
    ] = Field(None, title="Motif", description="What the cover shows instead of the style's own motif.")
    art_outside: Text = Field("", title="Art outside", description="A motif or an image over all outer panels.")
    art_inside: Text = Field("", title="Art inside", description="A motif or an image over all inner panels.")
    strict: bool = Field(False, title="Strict", description="Whether each warning is an error.")
    fields: dict[str, Any] = Field(
        {}, title="Fields", description="Values for {{ name }} in the text; groups make dotted names."
    )


GROUPS: dict[str, tuple[type[KeyGroup], dict[str, str]]] = {
    "author": (PersonPart, PERSON_ALIASES),
    "reviewers": (PersonPart, PERSON_ALIASES),
    "contact": (ContactPart, CONTACT_ALIASES),
    "event": (EventPart, {}),
    "cite": (CitePart, CITE_ALIASES),
    "further-reading": (TipPart, TIP_ALIASES),
    "related": (TipPart, TIP_ALIASES),
}
"""The keys that hold groups of keys, with the other names of these keys."""


def keys_of(part: type[KeyGroup]) -> set[str]:
    """Return the keys that a group may hold, by the schema's own names."""
    return {info.alias or name for name, info in part.model_fields.items()}


def json_schema() -> JsonSchema:
    """Return the front matter's JSON Schema, for editors: titles and descriptions for people, other habits accepted."""
    schema = FrontMatter.model_json_schema(by_alias=True)
    properties = schema["properties"]
    name = {"type": "string"}
    for key in ("author", "reviewers"):
        properties[key] |= _several(PersonPart, name)
    for key in ("further-reading", "related"):
        properties[key] |= _several(TipPart, name)
    for key in ("author", "reviewers", "further-reading", "related"):
        for unused in ("type", "items"):
            properties[key].pop(unused, None)
    reference = {"$ref": "#/$defs/ContactPart"}
    properties["contact"] = {"title": "Contact", "anyOf": [reference, name]}
    styles = {"type": "array", "items": name}
    properties["cite"] = {
        "title": properties["cite"].get("title", ""),
        "anyOf": [{"$ref": "#/$defs/CitePart"}, {"type": "boolean"}, styles],
    }
    for part, names in dict(GROUPS.values()).items():
        _accept_other_names(schema["$defs"][part.__name__], names)
    whole = {"title": "Name", "type": ["string", "object"], "description": "The whole name."}
    schema["$defs"]["PersonPart"]["properties"]["name"] = whole
    _accept_other_names(schema, ALIASES)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Front matter of a leaflet"
    schema["required"] = ["title"]
    return schema


def _accept_other_names(schema: JsonSchema, names: dict[str, str]) -> None:
    properties = schema["properties"]
    for other, key in names.items():
        if other not in properties:
            properties[other] = {**properties[key], "description": f'Another name for "{key}".'}
