"""The place that a source gives to its references: an empty last section called so."""

from __future__ import annotations

from dataclasses import replace

from leaflet.model.document import NO_ATTRIBUTES, Block, CitationReference, ReferenceList, Section, Text
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
    """Return ``blocks`` with the list of references in the empty last section that asks for it.

    ``title`` is the front matter's heading of a list that stands at the end.
    """
    if any(isinstance(node, ReferenceList) for node in walk(blocks)):
        return blocks
    if blocks and isinstance(blocks[-1], Section):
        found = _in_last(blocks[-1])
        if found is not None:
            return (*blocks[:-1], *found)
    cites = any(isinstance(node, CitationReference) for node in walk(blocks))
    if not title or not cites or not blocks:
        return blocks
    place = next((node.location for node in walk(blocks) if isinstance(node, CitationReference)), None)
    assert place is not None
    return (
        *blocks,
        ReferenceList(heading=(Text(text=title),), blocks=(), attributes=NO_ATTRIBUTES, location=place),
    )


def _in_last(section: Section) -> tuple[Block, ...] | None:
    """The section with its list, where it or its last part is an empty section with such a name."""
    if not section.blocks:
        name = plain_text(section.heading).strip().rstrip(":").casefold()
        if name not in TITLES:
            return None
        return (
            ReferenceList(heading=section.heading, blocks=(), attributes=section.attributes, location=section.location),
        )
    last = section.blocks[-1]
    found = _in_last(last) if isinstance(last, Section) else None
    return None if found is None else (replace(section, blocks=section.blocks[:-1]), *found)
