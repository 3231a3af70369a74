"""Pandoc's tables drawn in plain text: simple, multiline and grid tables, and tables of bars with an uneven head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from msgspec import Struct, field

from leaflet.source.syntax.lines import container_end
from leaflet.source.syntax.mistakes import report

GROUPS = re.compile(r" {0,3}-+(?: +-+)+ *")
RUN = re.compile(r" {0,3}-{5,} *")
UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
GRID_LINE = re.compile(r"\+(?::?[-=]+:?\+)+")
BLOCK = re.compile(r"\s*(?:[-*+]|\d+[.)]|#{1,6}|>|`{3,}|~{3,})(?:\s|$)")
"""The beginning of a cell of one line that is no running text."""
RULE_OF_BARS = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *")
MOST_COLUMNS = 60
ALIGN_STYLE = {"left": "text-align:left", "center": "text-align:center", "right": "text-align:right"}


class _Row(Struct, kw_only=True):
    """The lines of each cell of a row, and the line of the source at which it begins."""

    line: int
    cells: list[list[str]]


class _Drawn(Struct, kw_only=True):
    """A table as it is drawn: rows of cells, the first of them a head where ``has_head``."""

    rows: list[_Row]
    has_head: bool
    alignments: list[str]
    after: int
    """The line behind it."""
    widths: list[float] = field(default_factory=list)


def plain_tables_plugin(md: MarkdownIt) -> None:
    """Read drawn tables before the rules that see headings, rules and lists in their lines."""
    md.block.ruler.before("table", "plain_table", _table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("table", "caption_line", _caption_line, {"alt": ["blockquote"]})


def _caption_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """End a table of bars before a caption that follows it without an empty line."""
    return silent and state.parentType == "table" and _line(state, start).startswith((": ", "Table: "))


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    if line.startswith("+"):
        if not GRID_LINE.fullmatch(line.rstrip()) or (start and _line(state, start - 1)[:1] in {"+", "|"}):
            return False  # within a drawing that was no table
        drawn = _grid(state, start, container_end(state, start, end))
    elif silent or not _may_begin(state, start, end):
        return False  # pandoc wants an empty line before these
    else:
        drawn = _drawn(state, start, container_end(state, start, end))
    if drawn is None or len(drawn.alignments) > MOST_COLUMNS:
        return False
    if not silent:
        _push(state, start, drawn)
        state.line = drawn.after
    return True


def _may_begin(state: StateBlock, start: int, end: int) -> bool:
    """Return whether one of the first two lines holds nothing but dashes and blanks."""
    first, second = _line(state, start), _line(state, start + 1) if start + 1 < end else ""
    if "|" in first and RULE_OF_BARS.fullmatch(second):
        return start == 0 or state.isEmpty(start - 1)
    return any(len(line) > 4 and not line.strip("- ") and "--" in line for line in (first, second))


def _drawn(state: StateBlock, start: int, end: int) -> _Drawn | None:
    """Return the simple or multiline table that begins at a line, or None."""
    line = _line(state, start)
    if "|" in line and start + 1 < end and RULE_OF_BARS.fullmatch(_line(state, start + 1)):
        return _uneven(state, start, end)
    if GROUPS.fullmatch(line) and _is_table_line(line):
        return _headless(state, start, end)
    if RUN.fullmatch(line):
        return _multiline(state, start, end)
    if start + 1 < end and GROUPS.fullmatch(_line(state, start + 1)) and _is_table_line(_line(state, start + 1)):
        return _simple(state, start, end)
    return None


def _is_table_line(line: str) -> bool:
    """Return whether groups of dashes are columns; ``- - -`` is a rule."""
    return max(map(len, line.split())) >= 3


# ---------------------------------------------------------------- tables of bars


def _uneven(state: StateBlock, start: int, end: int) -> _Drawn | None:
    """Return a table of bars whose head has more or fewer cells than its rule, as pandoc reads it and GitHub does not."""
    marks = _cells_of_bars(_line(state, start + 1))
    lines = [start]
    lines += takewhile(lambda number: "|" in _line(state, number) and not state.isEmpty(number), range(start + 2, end))
    cells = [_cells_of_bars(_line(state, number)) for number in lines]
    if len(cells[0]) == len(marks):
        return None  # an even one, which the ordinary rule reads
    columns = max(len(marks), *map(len, cells))
    rows = [
        _Row(line=number, cells=[[cell] for cell in (*row, *[""] * (columns - len(row)))])
        for number, row in zip(lines, cells, strict=True)
    ]
    alignments = [_grid_alignment(mark.strip()) for mark in marks] + [""] * (columns - len(marks))
    return _Drawn(rows=rows, has_head=True, alignments=alignments, after=lines[-1] + 1 if lines[1:] else start + 2)


def _cells_of_bars(line: str) -> list[str]:
    """Return the cells between the bars of a line, without the bars at its ends."""
    cells = escapedSplit(line.strip())
    first, last = cells[:1] == [""], len(cells) > 1 and cells[-1] == ""
    return cells[first : len(cells) - last]


# ---------------------------------------------------------------- simple and multiline tables


def _simple(state: StateBlock, start: int, end: int) -> _Drawn | None:
    groups = _line(state, start + 1)
    columns = _columns(groups)
    head = _line(state, start)
    if not head.strip() or "|" in head:
        return None
    rows = [_Row(line=start, cells=_cells([head], columns))]
    number = start + 2
    while number < end and not state.isEmpty(number):
        line = _line(state, number)
        if GROUPS.fullmatch(line) or RUN.fullmatch(line):
            number += 1
            break
        rows.append(_Row(line=number, cells=_cells([line], columns)))
        number += 1
    if len(rows) < 2:
        return None
    return _Drawn(rows=rows, has_head=True, alignments=_alignments(head, groups), after=number)


def _headless(state: StateBlock, start: int, end: int) -> _Drawn | None:
    """Return a table that begins with its columns' dashes and ends with a line of dashes."""
    groups = _line(state, start)
    close = _close(state, start + 1, end)
    if close is None or close == start + 1:
        return None
    columns = _columns(groups)
    rows = _rows(state, start + 1, close, columns)
    if not rows:
        return None
    first = _line(state, rows[0].line)
    widths = _shares(groups) if _has_gap(state, start + 1, close) else []
    return _Drawn(rows=rows, has_head=False, alignments=_alignments(first, groups), after=close + 1, widths=widths)


def _multiline(state: StateBlock, start: int, end: int) -> _Drawn | None:
    """Return a table between two whole lines of dashes, whose rows may have several lines."""
    number = start + 1
    while number < end and not state.isEmpty(number) and not GROUPS.fullmatch(_line(state, number)):
        number += 1
    if number == start + 1 or number >= end or not GROUPS.fullmatch(_line(state, number)):
        return None
    groups = _line(state, number)
    close = _close(state, number + 1, end)
    if close is None:
        return None
    columns = _columns(groups)
    head_lines = [_line(state, line) for line in range(start + 1, number)]
    head = _Row(line=start + 1, cells=_cells(head_lines, columns))
    return _Drawn(
        rows=[head, *_rows(state, number + 1, close, columns)],
        has_head=True,
        alignments=_alignments(head_lines[0], groups),
        after=close + 1,
        widths=_shares(groups),
    )


def _close(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line of dashes that ends a table: an empty line, or nothing, follows it."""
    for number in range(start, end):
        line = _line(state, number)
        if (RUN.fullmatch(line) or GROUPS.fullmatch(line)) and (number + 1 >= end or state.isEmpty(number + 1)):
            return number
        if state.isEmpty(number) and number + 1 < end and state.isEmpty(number + 1):
            return None
    return None


def _has_gap(state: StateBlock, start: int, close: int) -> bool:
    return any(state.isEmpty(number) for number in range(start, close))


def _rows(state: StateBlock, start: int, close: int, columns: Sequence[tuple[int, int]]) -> list[_Row]:
    """Return rows of one line each, or, where there are empty lines, of all lines between two of them."""
    if not _has_gap(state, start, close):
        return [_Row(line=number, cells=_cells([_line(state, number)], columns)) for number in range(start, close)]
    rows: list[_Row] = []
    lines: list[str] = []
    first = start
    for number in range(start, close + 1):
        if number == close or state.isEmpty(number):
            if lines:
                rows.append(_Row(line=first, cells=_cells(lines, columns)))
            lines, first = [], number + 1
        else:
            lines.append(_line(state, number))
    return rows


def _columns(groups: str) -> list[tuple[int, int]]:
    """Return the beginning and end of each column's text: from its dashes to those of the next."""
    starts = [found.start() for found in re.finditer(r"-+", groups)]
    return [
        (0 if at == 0 else begin, after)
        for at, (begin, after) in enumerate(zip(starts, [*starts[1:], 10_000], strict=True))
    ]


def _shares(groups: str) -> list[float]:
    lengths = [len(found[0]) for found in re.finditer(r"-+", groups)]
    return [round(100 * length / sum(lengths), 1) for length in lengths]


def _cells(lines: Sequence[str], columns: Sequence[tuple[int, int]]) -> list[list[str]]:
    return [[line[begin:after].strip() for line in lines] for begin, after in columns]


def _alignments(text: str, groups: str) -> list[str]:
    """Return each column's alignment: the side on which its dashes go beyond the text of the head."""
    alignments = []
    dashes = list(re.finditer(r"-+", groups))
    for at, found in enumerate(dashes):
        after = dashes[at + 1].start() if at + 1 < len(dashes) else len(text)
        words = text[: found.end()][found.start() :] if at + 1 < len(dashes) else text[found.start() :]
        flush_left = bool(words[:1].strip())
        flush_right = bool(text[found.end() - 1 : found.end()].strip()) or len(text[:after].rstrip()) > found.end()
        alignments.append(
            "" if flush_left and flush_right else "left" if flush_left else "right" if flush_right else "center"
        )
    return alignments


# ---------------------------------------------------------------- grid tables


def _grid(state: StateBlock, start: int, end: int) -> _Drawn | None:
    top = _line(state, start).rstrip()
    if not GRID_LINE.fullmatch(top):
        return None
    bars = [at for at, sign in enumerate(top) if sign == "+"]
    columns = list(pairwise(bars))
    rows: list[_Row] = []
    current: list[list[str]] = []
    first, number, head_rows = start + 1, start + 1, 0
    aligned = top
    while number < end and _line(state, number)[:1] in {"|", "+"}:
        line = _line(state, number).rstrip()
        if GRID_LINE.fullmatch(line):
            if current:
                rows.append(_Row(line=first, cells=_grid_cells(current, len(columns))))
            if "=" in line and not head_rows and rows:
                head_rows, aligned = len(rows), line
            current, first = [], number + 1
        elif (cells := _cells_of_line(line, bars)) is not None:
            current.append(cells)
        else:
            hint = "write each cell in columns and rows of its own; for cells that span, use an HTML table"
            report(state.env, number, "this table is drawn with cells that span, which is not read", hint)
            return None
        number += 1
    if current or not rows:
        return None
    widths = [round(100 * (after - before - 1) / (bars[-1] - len(columns)), 1) for before, after in columns]
    if head_rows > 1:
        rows[0:head_rows] = [_joined(rows[0:head_rows])]
    marks = [aligned[before + 1 : after] for before, after in columns]
    return _Drawn(
        rows=rows,
        has_head=bool(head_rows),
        alignments=[_grid_alignment(mark) for mark in marks],
        after=number,
        widths=widths,
    )


def _cells_of_line(line: str, bars: Sequence[int]) -> list[str] | None:
    """Return the cells of a line of a grid table; where bars are out of line, they count, and not the columns."""
    if "+-" not in line and line[bars[-1] : bars[-1] + 1] == "|" and len(line) == bars[-1] + 1:
        return [line[before + 1 : after].rstrip() for before, after in pairwise(bars)]
    cells = [cell.rstrip() for cell in UNESCAPED_BAR.split(line)[1:-1]]
    return cells if line.endswith("|") and "+-" not in line and len(cells) == len(bars) - 1 else None


def _grid_cells(lines: Sequence[Sequence[str]], columns: int) -> list[list[str]]:
    return [_dedented([line[at] for line in lines]) for at in range(columns)]


def _dedented(lines: list[str]) -> list[str]:
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    least = min(indents, default=0)
    return [line[least:] for line in lines]


def _joined(rows: Sequence[_Row]) -> _Row:
    """Return several rows of a head as one."""
    cells = [[line for row in rows for line in row.cells[at]] for at in range(len(rows[0].cells))]
    return _Row(line=rows[0].line, cells=cells)


def _grid_alignment(mark: str) -> str:
    left, right = mark.startswith(":"), mark.endswith(":")
    return "center" if left and right else "left" if left else "right" if right else ""


# ---------------------------------------------------------------- tokens


def _push(state: StateBlock, start: int, drawn: _Drawn) -> None:
    """Add a table's tokens, in the form of those that CommonMark's own tables have."""
    table = state.push("table_open", "table", 1)
    table.map = [start, drawn.after]
    table.meta["widths"] = tuple(drawn.widths)
    rows = drawn.rows
    head = rows[0] if drawn.has_head else _Row(line=start, cells=[[] for _ in drawn.alignments])
    state.push("thead_open", "thead", 1)
    _push_row(state, head, drawn, "th")
    state.push("thead_close", "thead", -1)
    state.push("tbody_open", "tbody", 1)
    for row in rows[1:] if drawn.has_head else rows:
        _push_row(state, row, drawn, "td")
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)


def _push_row(state: StateBlock, row: _Row, drawn: _Drawn, tag: str) -> None:
    opening = state.push("tr_open", "tr", 1)
    opening.map = [row.line, row.line + 1]
    opening.meta["drawn"] = True
    for lines, alignment in zip(row.cells, drawn.alignments, strict=True):
        cell = state.push(f"{tag}_open", tag, 1)
        if alignment:
            cell.attrs["style"] = ALIGN_STYLE[alignment]
        state.tokens.extend(_content(state, lines, row.line, may_hold_blocks=bool(drawn.widths)))
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _content(state: StateBlock, lines: list[str], line: int, *, may_hold_blocks: bool) -> list[Token]:
    """Return a cell's tokens: one run of text, or blocks, whose lines are those of the source."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if len(lines) > 1 or (may_hold_blocks and lines and BLOCK.match(lines[0])):
        tokens: list[Token] = []
        state.md.block.parse("\n" * line + "\n".join(lines), state.md, state.env, tokens)
        if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
            return tokens
        return [tokens[1]]
    inline = Token("inline", "", 0, content=lines[0].strip() if lines else "", map=[line, line + 1], children=[])
    inline.level = state.level
    return [inline]


def _line(state: StateBlock, number: int) -> str:
    """Return the text of a line from the indent of the block on, with its own blanks."""
    return state.src[state.bMarks[number] : state.eMarks[number]][state.blkIndent :].rstrip("\n")
