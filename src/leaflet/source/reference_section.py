"""The place that a source gives to its references: an empty last section called so."""

from __future__ import annotations

from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.model.document import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    CitationReference,
    ReferenceList,
    Section,
    Text,
)
from leaflet.model.walk import plain_text, walk

TITLES = frozenset(
    """references|reference|bibliography|literature|literature cited|works cited|sources|cited literature|further references
    literatur|literaturverzeichnis|quellen|quellenverzeichnis|bibliographie|références|références bibliographiques
    referencias|bibliografía|referencias bibliográficas|riferimenti|bibliografia|riferimenti bibliografici|referências
    referências bibliográficas|literatuur|literatuurlijst|referenties|bronnen|literatura|referencje|piśmiennictwo
    cyfeiriadau|llyfryddiaeth|المراجع|מקורות|רשימת מקורות|参考文献|referenser|källor|referencer|litteratur|referanser|lähteet
    reference list|list of references|references cited""".replace("\n", "|").split("|")
)


def with_reference_section(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """Return ``blocks`` with the list of references in the empty last section for it.

    ``title`` is the front matter's heading of a list at the end.
    """
    if any(isinstance(node, ReferenceList) for node in walk(blocks)):
        return blocks
    if blocks and isinstance(blocks[-1], Section):
        found = _with_list(blocks[-1])
        if found is not None:
            return (*blocks[:-1], found)
    place = next((node.location for node in walk(blocks) if isinstance(node, CitationReference)), None)
    if not title or place is None:
        return blocks
    section = Section(
        level=2,
        heading=(Text(text=title),),
        blocks=(_list_at(place),),
        attributes=Attributes(id=_free_name(blocks)),
        location=place,
    )
    return (*blocks, section)


def _list_at(place: Location) -> ReferenceList:
    return ReferenceList(heading=(), blocks=(), attributes=NO_ATTRIBUTES, location=place)


def _free_name(blocks: tuple[Block, ...]) -> str:
    """Return a name for the section of the references that no other section has."""
    taken = {node.attributes.id for node in walk(blocks) if isinstance(node, Section)}
    return next(name for name in ("references", "list-of-references", "references-of-the-text") if name not in taken)


def _with_list(section: Section) -> Section | None:
    """Return the section with its list, where it or its last part is an empty section with such a name."""
    if not section.blocks:
        name = plain_text(section.heading).strip().rstrip(":").casefold()
        return replace(section, blocks=(_list_at(section.location),)) if name in TITLES else None
    last = section.blocks[-1]
    found = _with_list(last) if isinstance(last, Section) else None
    return None if found is None else replace(section, blocks=(*section.blocks[:-1], found))
