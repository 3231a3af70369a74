"""Resolution of one variant of a document: fields become text, and parts that a condition excludes go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from msgspec.structs import replace

from leaflet.errors import Location, Problem, SourceError
from leaflet.files import Invalid, fill_path
from leaflet.model.document import (
    Attributes,
    Block,
    CrossReference,
    Document,
    FieldReference,
    Footnote,
    Image,
    Link,
    Statistic,
    Text,
)
from leaflet.model.metadata import Metadata
from leaflet.model.rebuild import with_parts
from leaflet.source import condition
from leaflet.source.fields import fill, unknown
from leaflet.source.links import fill_link
from leaflet.source.numbering import with_numbers


def resolve(document: Document, fields: Mapping[str, str]) -> Document:
    """Return ``document``, checked when it was read, with every field as text and every ``when`` decided.

    Raises:
        SourceError: fields without a value and links to what a condition leaves out, all of them with their places.
    """
    resolver = _Resolver(fields)
    blocks = cast("tuple[Block, ...]", resolver.sequence(document.blocks))
    problems = [*resolver.problems, *resolver.lost_links()]
    if problems:
        raise SourceError(problems)
    return with_numbers(replace(document, blocks=blocks, fields=dict(fields)))


class _Resolver:
    """Rebuilder that leaves unchanged nodes as they are."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.problems: list[Problem] = []
        self.places: set[str] = set()
        self.links: list[tuple[str, Location | None]] = []
        self.notes: set[str] = set()
        """The labels of the notes that have been met: of those that stay, the first mark holds the text."""

    def sequence(self, nodes: tuple[object, ...]) -> tuple[object, ...]:
        changed = tuple(self.value(node) for node in nodes if self.stays(node))
        same = len(changed) == len(nodes) and all(new is old for new, old in zip(changed, nodes, strict=True))
        return nodes if same else changed

    def stays(self, node: object) -> bool:
        attributes = getattr(node, "attributes", None)
        when = attributes.get("when") if isinstance(attributes, Attributes) else None
        return when is None or condition.holds(when, self.fields)

    def value(self, value: object) -> object:
        match value:
            case FieldReference():
                return Text(text=self.field(value))
            case Attributes():
                return self.attributes(value)
            case Link():
                self.links.append((value.target, value.location))
                return replace(with_parts(value, self.value), target=fill_link(value.target, self.fields))
            case CrossReference():
                self.links.append((f"#{value.target}", value.location))
                return with_parts(value, self.value)
            case Statistic():
                return replace(with_parts(value, self.value), number=fill(value.number, self.fields))
            case Image(absent=True):
                return value
            case Image():
                return replace(with_parts(value, self.value), path=self.path(value), alt=fill(value.alt, self.fields))
            case Footnote(label=str(label)) if label in self.notes:
                return replace(value, blocks=(), repeats=True)
            case Footnote(label=str(label)):
                self.notes.add(label)
                return with_parts(value, self.value)
            case tuple():
                return self.sequence(value)
            case Location() | Metadata():
                return value
            case _:
                return with_parts(value, self.value)

    def path(self, image: Image) -> str:
        try:
            return fill_path(image.path, self.fields)
        except Invalid as error:
            self.problems.append(Problem(message=error.message, location=image.location, hint=error.hint))
            return image.path

    def attributes(self, attributes: Attributes) -> Attributes:
        """Return attributes with their fields filled in, and without the condition, which is decided."""
        if attributes.id is not None:
            self.places.add(attributes.id)
        if not attributes.pairs:
            return attributes
        pairs = tuple((key, fill(text, self.fields)) for key, text in attributes.pairs if key != "when")
        return attributes if pairs == attributes.pairs else replace(attributes, pairs=pairs)

    def lost_links(self) -> list[Problem]:
        """Yield links to places that this variant does not have."""
        hint = "put the link under the same condition as the place"
        return [
            Problem(message=f'"{target}" is left out here, but a link leads to it', location=location, hint=hint)
            for target, location in self.links
            if target.startswith("#") and target[1:] not in self.places
        ]

    def field(self, reference: FieldReference) -> str:
        if reference.name in self.fields:
            return self.fields[reference.name]
        self.problems.append(unknown(reference.name, self.fields, reference.location))
        return ""
