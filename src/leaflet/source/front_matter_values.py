"""Conversion of checked front matter to metadata, in which every key arrives under its own name."""

from __future__ import annotations

from collections.abc import Mapping

from leaflet.errors import Location
from leaflet.model.metadata import AccessDate, CiteBox, Contact, Event, Metadata, PartialDate, Person, ReadingTip
from leaflet.source.schema import CitePart, ContactPart, EventPart, FrontMatter, PersonPart, TipPart

READ_APART = frozenset({"references", "affiliation"})
"""Keys that are no metadata of their own: references are read elsewhere, an affiliation is that of the authors."""
NAMES = {"author": "authors"}
"""Keys that have another name in the metadata."""
TRIMMED = frozenset({"title", "subtitle", "audience", "abstract", "disclaimer"})
"""Keys whose text loses the space around it."""


def to_metadata(model: FrontMatter, places: Mapping[str, Location], rich: Mapping[str, str]) -> Metadata:
    """Return the checked front matter as metadata; ``places`` are the locations of its keys.

    ``rich`` is the safe HTML of those of its texts that hold emphasis.
    """
    names = (name for name in FrontMatter.model_fields if name not in READ_APART)
    values = {NAMES.get(name, name): _value(name, getattr(model, name), model) for name in names}
    if model.event is not None and "cite" not in model.model_fields_set:
        # An announcement is not cited: it has the box where its front matter asks for one.
        values["cite"] = CiteBox(show=False)
    return Metadata(**values, places=places, rich=rich)  # type: ignore[arg-type]  # a test compares the names of both classes


def _value(name: str, value: object, model: FrontMatter) -> object:
    """Return a value of the front matter as the model has it."""
    match value:
        case str() if name in TRIMMED:
            return value.strip()
        case list():
            return tuple(_value(name, part, model) for part in value)
        case PersonPart():
            return _person(value, model.affiliation if name == "author" else "")
        case TipPart():
            return ReadingTip(text=value.text, url=value.url)
        case ContactPart():
            return Contact(**value.model_dump())
        case EventPart():
            return Event(**dict(value))
        case CitePart():
            return _cite_box(value)
        case _:
            return value


def _person(part: PersonPart, affiliation: str) -> Person:
    values = part.model_dump()
    if not values["affiliation"] and not values["literal"]:
        values["affiliation"] = affiliation
    return Person(**values)


def _cite_box(part: CitePart) -> CiteBox:
    fixed = isinstance(part.access, PartialDate)
    access = AccessDate.FIXED if fixed else AccessDate(part.access)
    accessed = part.access if fixed else None
    return CiteBox(styles=tuple(part.styles), type=part.type, access=access, accessed=accessed, show=part.show)
