"""Writer of tables: with bars where every cell is a line, as a grid where cells hold blocks, as HTML where they span columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

from msgspec.structs import replace

from leaflet.interchange.import_log import ImportLog, ImportPlace
from leaflet.interchange.imported_content import (
    ChangedWords,
    ChangeKind,
    ClassedWords,
    DataField,
    ImportedBlock,
    ImportedCell,
    ImportedInline,
    ImportedList,
    ImportedTable,
    LineEnd,
    LinkedWords,
    MarkedWords,
    NoteMark,
    PlacedPicture,
    PlaceName,
    Remark,
    SourceCitation,
    TexFormula,
    TextMark,
    TextParagraph,
    Words,
)
from leaflet.interchange.text_pieces import plain_words
from leaflet.interchange.write_inlines import InlineWriter, remark

JOINED = "^^"
"""The text of a cell that is joined with the one above it, in leaflet's Markdown."""
ELEMENTS = {
    TextMark.STRONG: "strong",
    TextMark.EMPHASIS: "em",
    TextMark.STRIKEOUT: "del",
    TextMark.HIGHLIGHT: "mark",
    TextMark.SUPERSCRIPT: "sup",
    TextMark.SUBSCRIPT: "sub",
    TextMark.CODE: "code",
    TextMark.UNDERLINE: "u",
}
ELEMENTS_OF_CHANGES = {ChangeKind.INSERTED: "ins", ChangeKind.DELETED: "del"}
NARROWEST = 3


class TableWriter(Protocol):
    """The writer of the blocks around a table."""

    inlines: InlineWriter
    log: ImportLog

    def blocks(self, blocks: Sequence[ImportedBlock], *, shift: int | None = None) -> str:
        """Return blocks as Markdown."""
        ...


def is_plain(table: ImportedTable) -> bool:
    """Return whether every cell is one line, below a head of one row."""
    cells = [cell for row in table.rows for cell in row]
    return table.heads == 1 and all(
        len(cell.blocks) <= 1 and all(isinstance(block, TextParagraph) for block in cell.blocks) for cell in cells
    )


def needs_html(table: ImportedTable) -> bool:
    """Return whether cells span columns and hold nothing that HTML in a source cannot."""
    cells = [cell for row in table.rows for cell in row]
    if all(cell.columns == 1 for cell in cells):
        return False
    return all(_is_html(block) for cell in cells for block in cell.blocks)


def _is_html(block: ImportedBlock) -> bool:
    match block:
        case TextParagraph():
            return all(_is_html_inline(node) for node in block.children)
        case ImportedList():
            return all(_is_html(part) for item in block.items for part in item)
        case _:
            return False


def _is_html_inline(node: ImportedInline) -> bool:
    match node:
        case Words() | LineEnd() | Remark():
            return True
        case MarkedWords() | ClassedWords() | ChangedWords():
            return all(map(_is_html_inline, node.children))
        case LinkedWords():
            return not node.target.startswith("#") and all(map(_is_html_inline, node.children))
        case PlacedPicture() | NoteMark() | PlaceName() | SourceCitation() | TexFormula() | DataField():
            return False


def _without_spans(table: ImportedTable, log: ImportLog) -> ImportedTable:
    """Return a table in which a cell over several columns is the first of them, with a notice."""
    if all(cell.columns == 1 for row in table.rows for cell in row):
        return table
    place = ImportPlace(paragraph=table.number, words="table")
    message = "cells over several columns are in the first of them, because they hold notes, citations or pictures"
    log.say(message, place=place)
    rows = []
    for row in table.rows:
        cells: list[ImportedCell] = []
        for cell in row:
            cells += [replace(cell, columns=1), *[ImportedCell(blocks=())] * (cell.columns - 1)]
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows))


def pipe_table(table: ImportedTable, writer: TableWriter) -> str:
    """Return a table with bars."""
    table = _without_spans(table, writer.log)
    rows = [[_line(cell, writer) for cell in row] for row in table.rows]
    widths = [max(NARROWEST, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    if sum(widths) > 200:  # long cells would make every row as long
        widths = [NARROWEST] * len(widths)
    lines = [_barred(row, widths) for row in rows]
    lines.insert(1, "|" + "|".join(f"{'-' * (width + 2)}" for width in widths) + "|")
    return "\n".join(lines)


def _line(cell: ImportedCell, writer: TableWriter) -> str:
    if cell.rows == 0:
        return JOINED
    (block,) = cell.blocks or (TextParagraph(children=()),)
    return writer.inlines.line(block.children, in_cell=True) if isinstance(block, TextParagraph) else ""


def _barred(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(text.ljust(width) for text, width in zip(cells, widths, strict=True)) + " |"


def grid_table(table: ImportedTable, writer: TableWriter) -> str:
    """Return a table drawn as a grid, whose cells may hold blocks."""
    table = _without_spans(table, writer.log)
    table = replace(table, rows=tuple(tuple(_without_tables(cell, writer.log) for cell in row) for row in table.rows))
    rows = [
        [(JOINED if cell.rows == 0 else writer.blocks(cell.blocks, shift=0)).split("\n") for cell in row]
        for row in table.rows
    ]
    columns = len(rows[0])
    widths = [max([NARROWEST, *(len(line) for row in rows for line in row[column])]) for column in range(columns)]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = [rule]
    for number, row in enumerate(rows, 1):
        height = max(map(len, row))
        for line in range(height):
            lines.append(_barred([cell[line] if line < len(cell) else "" for cell in row], widths))
        lines.append(rule.replace("-", "=") if number == table.heads else rule)
    return "\n".join(lines)


def _without_tables(cell: ImportedCell, log: ImportLog) -> ImportedCell:
    """Return a cell in which the rows of a table are paragraphs, because a grid holds no other grid."""
    if not any(isinstance(block, ImportedTable) for block in cell.blocks):
        return cell
    log.say("a table within a table is written as lines, one for each row")
    blocks: list[ImportedBlock] = []
    for block in cell.blocks:
        if not isinstance(block, ImportedTable):
            blocks.append(block)
            continue
        for row in block.rows:
            inner = [part for each in row for part in _without_tables(each, log).blocks]
            texts = [part for part in inner if isinstance(part, TextParagraph)]
            nodes = [node for text in texts for node in (*text.children, Words(text=" – "))][:-1]
            blocks += [TextParagraph(children=tuple(nodes))] if nodes else []
            blocks += [part for part in inner if not isinstance(part, TextParagraph)]
    return replace(cell, blocks=tuple(blocks))


def html_table(table: ImportedTable, caption: str, log: ImportLog) -> str:
    """Return a table in HTML, for cells over several columns."""
    log.say(
        "a table with cells over several columns is written in HTML, which leaflet prints as it is",
        place=ImportPlace(paragraph=table.number, words="table"),
    )
    lines = ["<table>"]
    lines += [f"<caption>{escape(caption, quote=False)}</caption>"] if caption else []
    for part, rows in (("thead", table.rows[: table.heads]), ("tbody", table.rows[table.heads :])):
        if rows:
            lines += [f"<{part}>", *(_html_row(row, "th" if part == "thead" else "td") for row in rows), f"</{part}>"]
    return "\n".join([*lines, "</table>"])


def _html_row(row: Sequence[ImportedCell], name: str) -> str:
    return "<tr>" + "".join(_html_cells(row, name)) + "</tr>"


def _html_cells(row: Sequence[ImportedCell], name: str) -> Iterator[str]:
    for cell in row:
        if cell.rows == 0:
            continue
        spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        yield f"<{name}{spans}>{_html_blocks(cell.blocks)}</{name}>"


def _html_blocks(blocks: Sequence[ImportedBlock]) -> str:
    texts = [block for block in blocks if isinstance(block, TextParagraph)]
    if len(texts) == len(blocks):
        return "<br>".join(_html(block.children) for block in texts)
    return "".join(_html_block(block) for block in blocks)


def _html_block(block: ImportedBlock) -> str:
    if isinstance(block, ImportedList):
        name = "ol" if block.ordered else "ul"
        return f"<{name}>" + "".join(f"<li>{_html_blocks(item)}</li>" for item in block.items) + f"</{name}>"
    return f"<p>{_html(block.children)}</p>" if isinstance(block, TextParagraph) else ""


def _html(nodes: Sequence[ImportedInline]) -> str:
    parts = []
    for node in nodes:
        match node:
            case Words():
                parts.append(escape(" ".join(f"x{node.text}x".split())[1:-1], quote=False))
            case LineEnd():
                parts.append("<br>")
            case MarkedWords():
                name = ELEMENTS.get(node.mark)
                inner = _html(node.children)
                parts.append(f"<{name}>{inner}</{name}>" if name else inner)
            case ChangedWords():
                name = ELEMENTS_OF_CHANGES[node.kind]
                parts.append(f"<{name}>{_html(node.children)}</{name}>")
            case LinkedWords():
                parts.append(f'<a href="{escape(node.target)}">{_html(node.children)}</a>')
            case ClassedWords():
                parts.append(f'<span class="{escape(node.name)}">{_html(node.children)}</span>')
            case Remark():
                parts.append(remark(node))
            case _:
                parts.append(escape(plain_words((node,)), quote=False))
    return "".join(parts)
