"""Division of a formula that is wider than its column into lines, before relations and operators, as books do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leaflet.formulas.rewrite import ALIGNED
from leaflet.formulas.typeset import FormulaDrawing, Unset, drawing

TOKEN = re.compile(
    r"\\(?:begin|end)\{[A-Za-z]+\*?\}|\\\\\*?(?:\[[^\]]*\])?|\\[A-Za-z]+|\\.|:=|[<>=!]=|=>|[^\\]", re.DOTALL
)
RELATIONS = frozenset(
    r"= := == != <= >= => < > \le \leq \leqslant \ge \geq \geqslant \ne \neq \ll \gg \approx \sim \simeq \cong \equiv \propto "
    r"\coloneqq \triangleq \doteq \to \rightarrow \longrightarrow \Rightarrow \Longrightarrow \implies \iff \Leftrightarrow "
    r"\leftrightarrow \leftarrow \mapsto \subset \subseteq \in".split()
)
OPERATORS = frozenset(r"+ - \pm \mp \times \cdot \cup \cap \oplus \otimes \wedge \vee \land \lor".split())
UNDIVIDED_AFTER = frozenset(
    r"^ _ ( [ , ; : / \{ \not \left \right \middle \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl "
    r"\Biggr \mathbin \mathrel \mathop".split()
)
"""Signs whose next sign belongs to them, or is the sign of a number."""
BRACKETS = {"(": 1, "[": 1, r"\{": 1, r"\langle": 1, ")": -1, "]": -1, r"\}": -1, r"\rangle": -1}
GROWING = re.compile(r"\\(?:left|right)(?![A-Za-z])\.?")
"""Brackets that grow with their content must be closed in their line; those of one size may be closed in the next."""
HARDLY = 1.25
"""A formula that is aligned and wider than its column by no more than this is made smaller."""
MOST_PIECES = 80
INDENT = 1.0
"""The ems by which lines after the first are set in."""


def drawing_in_lines(tex: str, most: float) -> FormulaDrawing:
    """Return the drawing of a formula that is set apart, over several lines where it is wider than ``most`` ems.

    One that cannot be divided is drawn as it is, and so is one whose author aligned it and that is hardly too wide.

    Raises:
        Unset: the formula cannot be set.
    """
    whole = drawing(tex, display=True)
    if whole.width <= most:
        return whole
    aligned = ALIGNED.fullmatch(tex.strip())
    body = aligned["body"] if aligned else tex
    columns = _most_columns(body)
    if columns > 2 or (columns == 2 and whole.width <= most * HARDLY):
        return whole
    rows = [row for part in _parts(body) for row in _rows(part, most)]
    if len(rows) < 2:
        return whole
    try:
        divided = drawing(r"\begin{array}{l}" + r" \\ ".join(rows) + r"\end{array}", display=True)
    except Unset:
        return whole
    return divided if divided.width < whole.width else whole


def _signs(tex: str) -> Iterator[tuple[str, int]]:
    """Yield the signs of a formula, each with the number of groups, environments and growing brackets around it."""
    level = 0
    for sign in TOKEN.findall(tex):
        if sign in {"}", r"\right"} or sign.startswith(r"\end{"):
            level -= 1
        yield sign, level
        if sign in {"{", r"\left"} or sign.startswith(r"\begin{"):
            level += 1


def _most_columns(tex: str) -> int:
    """Return the number of columns in which its author aligned a formula."""
    most = columns = 1
    for sign, level in _signs(tex):
        if level == 0 and (sign == "&" or _ends_line(sign)):
            columns = columns + 1 if sign == "&" else 1
            most = max(most, columns)
    return most


def _ends_line(sign: str) -> bool:
    return sign.startswith("\\\\")


def _parts(tex: str) -> list[str]:
    r"""Return the lines that the author divided a formula into by ``\\``, without the places of alignment."""
    parts = [""]
    for sign, level in _signs(tex):
        if level == 0 and _ends_line(sign):
            parts.append("")
        elif level != 0 or sign != "&":
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _rows(part: str, most: float) -> Iterator[str]:
    """Yield the lines of a part; all are set in but a first one that has a left side."""
    for at, line in enumerate(_filled(part, most)):
        first = next(iter(TOKEN.findall(line)), "")
        yield rf"\quad {line}" if at or first in RELATIONS | OPERATORS else line


def _filled(part: str, most: float) -> Iterator[str]:
    """Yield lines of a part, each as long as it can be; those still too long are divided within their brackets too."""
    for line in _packed(_pieces(part, within=False), most):
        if _width(line) <= most:
            yield line
        else:
            yield from _packed(_pieces(GROWING.sub("", line), within=True), most)


def _packed(pieces: Sequence[str], most: float) -> Iterator[str]:
    line, taken = "", 0.0
    for piece in pieces:
        width = _width(rf"{{}} {piece}")  # an operator that opens a formula is set without its spaces
        if line and taken + width > most - INDENT:
            yield line
            line, taken = "", 0.0
        line, taken = line + piece, taken + width
    if line:
        yield line


def _pieces(tex: str, *, within: bool) -> list[str]:
    """Return a formula in pieces that begin with a relation or an operator; ``within`` also divides what is in brackets."""
    pieces, depth, before = [""], 0, ""
    for sign, level in _signs(tex):
        divides = (sign in RELATIONS | OPERATORS) and before not in RELATIONS | OPERATORS | UNDIVIDED_AFTER
        if divides and level == 0 and (within or depth == 0) and len(pieces) < MOST_PIECES and pieces[-1].strip():
            pieces.append("")
        depth = max(0, depth + BRACKETS.get(sign, 0))
        pieces[-1] += sign
        before = before if sign.isspace() else sign
    return pieces


def _width(tex: str) -> float:
    """Return the width of a piece in ems; nothing where it cannot be set alone."""
    try:
        return drawing(tex, display=True).width
    except Unset:
        return 0.0
