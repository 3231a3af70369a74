"""Division of a formula that is wider than its column into lines, before relations and operators, as books do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leaflet.formulas.typeset import Unset, drawing

TOKEN = re.compile(r"\\(?:begin|end)\{[A-Za-z]+\*?\}|\\[A-Za-z]+|\\.|[^\\]", re.DOTALL)
RELATIONS = frozenset(
    r"= < > \le \leq \ge \geq \ne \neq \approx \sim \simeq \equiv \propto \to \rightarrow \Rightarrow \implies \iff "
    r"\Leftrightarrow \leftarrow \mapsto \subset \subseteq \in".split()
)
OPERATORS = frozenset(r"+ - \pm \mp \times \cdot \cup \cap \oplus \wedge \vee \land \lor".split())
OPENING, CLOSING = frozenset("{"), frozenset("}")
BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
MOST_PIECES = 80
INDENT = 1.0
"""The ems by which lines after the first are set in."""


def in_lines(tex: str, most: float) -> str:
    """Return a formula over several lines where it is wider than ``most`` ems and can be divided."""
    if "&" in tex or r"\tag" in tex or _width(tex) <= most:
        return tex
    lines = [line for part in _parts(tex) for line in _filled(part, most)]
    if len(lines) < 2:
        return tex
    rows = r" \\ ".join(line if at == 0 else rf"\quad {line}" for at, line in enumerate(lines))
    made = rf"\begin{{array}}{{l}} {rows} \end{{array}}"
    return made if _width(made) < _width(tex) else tex


def _parts(tex: str) -> list[str]:
    r"""Return the lines that the author divided a formula into by ``\\``."""
    parts, level = [""], 0
    for sign in TOKEN.findall(tex):
        level += _step(sign)
        if sign == "\\\\" and level == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _filled(part: str, most: float) -> Iterator[str]:
    """Yield lines of a part, each as long as it can be; one that cannot be divided outside its brackets is within them."""
    for line in _packed(_pieces(part, within=False), most):
        if _width(line) <= most:
            yield line
        else:
            yield from _packed(_pieces(line, within=True), most)


def _packed(pieces: Sequence[str], most: float) -> Iterator[str]:
    line, taken = "", 0.0
    for piece in pieces:
        width = _width(piece)
        if line and taken + width > most - INDENT:
            yield line
            line, taken = "", 0.0
        line, taken = line + piece, taken + width
    if line:
        yield line


def _pieces(tex: str, *, within: bool) -> list[str]:
    """Return a formula in pieces that begin with a relation or an operator; ``within`` also divides what is in brackets."""
    pieces, level, depth, before = [""], 0, 0, ""
    for sign in TOKEN.findall(tex):
        divides = sign in RELATIONS or (sign in OPERATORS and before not in RELATIONS | OPERATORS | {"", "(", "[", ","})
        if divides and level == 0 and (within or depth == 0) and len(pieces) < MOST_PIECES and pieces[-1].strip():
            pieces.append("")
        level += _step(sign)
        depth = max(0, depth + BRACKETS.get(sign, 0))
        pieces[-1] += sign
        before = sign if sign.strip() and not sign.isspace() else before
    return pieces


def _step(sign: str) -> int:
    """Return by how much a sign changes the level: groups, environments and brackets that grow stay whole."""
    if sign in OPENING or sign == r"\left" or sign.startswith(r"\begin{"):
        return 1
    return -1 if sign in CLOSING or sign == r"\right" or sign.startswith(r"\end{") else 0


def _width(tex: str) -> float:
    """Return the width of a formula in ems; nothing where a piece alone cannot be set."""
    try:
        return drawing(tex, display=True).width
    except Unset:
        return 0.0
