"""Gathering of paragraphs that belong together: items to lists, lines to code, captions to their figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from leaflet.interchange.imported_content import (
    BoxedBlocks,
    CodeLines,
    FigureBlock,
    HeadingLine,
    ImportedBlock,
    ImportedTable,
    NewPage,
    PlaceName,
    QuotedBlocks,
    ReferencePlace,
    TextParagraph,
)
from leaflet.interchange.list_nesting import FlatItem, nested_lists
from leaflet.interchange.style_rules import StyleRole


class FrontMatterLine(Struct, frozen=True, kw_only=True):
    """A paragraph that says something of the document: its title, its author."""

    role: StyleRole
    text: str


class BlockDraft(Struct, frozen=True, kw_only=True):
    """One paragraph or other block before it is gathered with its neighbours."""

    block: ImportedBlock | None = None
    item: FlatItem | None = None
    role: StyleRole = StyleRole.PARAGRAPH
    name: str = ""
    """The class of a box."""
    words: str = ""
    """The plain words of a line of code."""


def gathered(drafts: Sequence[BlockDraft]) -> list[ImportedBlock]:
    """Return the blocks that drafts make together."""
    made: list[ImportedBlock] = []
    for kind, group in groupby(_with_continuations(drafts), key=_kind):
        together = list(group)
        blocks = [draft.block for draft in together if draft.block is not None]
        match kind:
            case ("list", _):
                made += nested_lists([draft.item for draft in together if draft.item is not None])
            case ("box", name):
                made.append(BoxedBlocks(name=name, blocks=tuple(blocks)))
            case ("quote", _):
                made.append(QuotedBlocks(blocks=tuple(blocks)))
            case ("code", _):
                made.append(CodeLines(text="\n".join(draft.words for draft in together)))
            case _:
                made += blocks
    return _without_idle_breaks(_with_captions(made))


def _kind(draft: BlockDraft) -> tuple[str, str]:
    if draft.item is not None:
        return "list", ""
    named = {StyleRole.QUOTE: "quote", StyleRole.CODE: "code", StyleRole.BOX: "box"}
    if isinstance(draft.block, TextParagraph) and draft.role in named:
        return named[draft.role], draft.name
    return "", ""


def _with_continuations(drafts: Sequence[BlockDraft]) -> list[BlockDraft]:
    """Return drafts in which paragraphs that continue an item, and pictures between items, are in that item."""
    made: list[BlockDraft] = []
    for number, draft in enumerate(drafts):
        last = made[-1].item if made else None
        after = drafts[number + 1] if number + 1 < len(drafts) else None
        continues = draft.role is StyleRole.CONTINUATION or (
            isinstance(draft.block, FigureBlock | BoxedBlocks)
            and after is not None
            and after.item is not None
            and last is not None
            and after.item.list_id == last.list_id
            and after.item.ordered
        )
        if last is not None and draft.block is not None and continues:
            made[-1] = replace(made[-1], item=replace(last, blocks=(*last.blocks, draft.block)))
        else:
            made.append(draft)
    return made


def _with_captions(blocks: Sequence[ImportedBlock]) -> list[ImportedBlock]:
    """Return blocks in which figures and tables have the captions beside them."""
    made: list[ImportedBlock] = []
    pending = list(blocks)
    while pending:
        block = pending.pop(0)
        before = made[-1] if made else None
        after = pending[0] if pending else None
        if isinstance(block, FigureBlock) and not block.caption:
            if isinstance(after, TextParagraph) and after.is_caption:
                block = replace(block, caption=after.children)
                pending.pop(0)
            elif isinstance(before, TextParagraph) and before.is_caption:
                block = replace(block, caption=before.children)
                made.pop()
        elif isinstance(block, ImportedTable) and not block.caption:
            if isinstance(before, TextParagraph) and before.is_caption:
                block = replace(block, caption=before.children)
                made.pop()
            elif isinstance(after, TextParagraph) and after.is_caption and not _captions_what_follows(pending):
                block = replace(block, caption=after.children)
                pending.pop(0)
        made.append(block)
    return made


def _captions_what_follows(pending: Sequence[ImportedBlock]) -> bool:
    """Return whether the caption at the head is between two tables whose captions are above them."""
    return (
        len(pending) > 1
        and isinstance(pending[1], ImportedTable)
        and len(pending) > 2
        and not (isinstance(pending[2], TextParagraph) and pending[2].is_caption)
    )


def _without_idle_breaks(blocks: Sequence[ImportedBlock]) -> list[ImportedBlock]:
    """Return blocks without page breaks at their beginning and end, and with one where several follow each other."""
    made: list[ImportedBlock] = []
    for block in blocks:
        is_idle = isinstance(block, NewPage) and (not made or isinstance(made[-1], NewPage))
        is_again = isinstance(block, ReferencePlace) and any(isinstance(other, ReferencePlace) for other in made)
        if not is_idle and not is_again:
            made.append(block)
    while made and isinstance(made[-1], NewPage):
        made.pop()
    return made


def with_headings(blocks: Sequence[ImportedBlock]) -> list[ImportedBlock]:
    """Return blocks in which headings have consecutive levels, the highest 1."""
    levels = sorted({block.level for block in blocks if isinstance(block, HeadingLine)})
    last = 0
    made: list[ImportedBlock] = []
    for block in blocks:
        if isinstance(block, HeadingLine):
            last = min(levels.index(block.level) + 1, last + 1)
            block = replace(block, level=last)
        made.append(block)
    return made


def with_place(draft: BlockDraft, name: str) -> BlockDraft:
    """Return the first block of an element with the element's own name."""
    match draft.block:
        case HeadingLine() as heading:
            return replace(draft, block=replace(heading, names=(name, *heading.names)))
        case TextParagraph() as text:
            return replace(draft, block=replace(text, children=(PlaceName(name=name), *text.children)))
        case _:
            return draft
