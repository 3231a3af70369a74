"""Blocks of leaflet's own as lines and blocks that a word processor knows."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from leaflet.model.document import (
    AtAGlance,
    Block,
    Callout,
    Chart,
    Division,
    IconArray,
    Inline,
    MailingPanel,
    Statistic,
    Strong,
    Text,
    Timeline,
    WriteIn,
)


class BoxPart(Struct, frozen=True, kw_only=True):
    """A part of a block: one line, or blocks."""

    line: tuple[Inline, ...] = ()
    blocks: tuple[Block, ...] = ()


def box_parts(block: Block) -> Iterator[BoxPart]:
    """Yield the parts of a block in their order; a block that shows the front matter has none."""
    match block:
        case Division() | MailingPanel():
            yield BoxPart(blocks=block.blocks)
        case Callout():
            yield _heading(block.heading)
            yield BoxPart(blocks=block.blocks)
        case AtAGlance():
            yield _heading(block.heading)
            yield from (BoxPart(line=fact.children) for fact in block.facts)
            yield BoxPart(blocks=block.blocks)
        case Statistic():
            yield _heading((Text(text=block.number),))
            yield BoxPart(line=block.children)
        case Timeline():
            space = Text(text=" ")
            yield from (BoxPart(line=(Strong(children=step.when), space, *step.children)) for step in block.steps)
        case WriteIn():
            yield _heading(block.heading)
            yield from (BoxPart(line=line) for line in block.lines)
        case IconArray():
            yield _heading((Text(text=f"{block.count} / {block.total}"),))
            yield BoxPart(blocks=block.blocks)
            yield from (BoxPart(line=half) for half in block.halves)
        case Chart():
            yield _heading(block.heading)
            yield BoxPart(line=block.caption)
        case _:
            return


def _heading(words: tuple[Inline, ...]) -> BoxPart:
    return BoxPart(line=(Strong(children=words),) if words else ())
