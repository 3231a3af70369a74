"""TeX that papers use, rewritten into the part of it that the converter knows."""

from __future__ import annotations

import re

ALIGNED = re.compile(
    r"\\begin\{(?P<name>aligned|alignedat|align|alignat|split|gathered|gather|multline|eqnarray|equation)\*?\}"
    r"(?:\{\d+\})?(?P<body>.*?)\\end\{(?P=name)\*?\}",
    re.DOTALL,
)
NUMBERING = re.compile(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
TAG = re.compile(r"\\tag(?P<star>\*?)\{(?P<number>[^{}]*)\}")
"""A number of the author's own, which has brackets unless it has a star."""
COMMENT = re.compile(r"(?<!\\)%[^\n]*")
RENAMED = {
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\cfrac": r"\frac",
    r"\dbinom": r"\binom",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\lVert": r"\|",
    r"\rVert": r"\|",
    r"\vert": "|",
    r"\Vert": r"\|",
    r"\mathds": r"\mathbb",
    r"\bm": r"\boldsymbol",
    r"\mbox": r"\text",
    r"\textnormal": r"\text",
    r"\textup": r"\text",
    r"\hdots": r"\ldots",
    r"\dotsc": r"\ldots",
    r"\dotsb": r"\cdots",
    r"\dots": r"\ldots",
    r"\colon": ":",
    r"\iff": r"\Longleftrightarrow",
    r"\implies": r"\Longrightarrow",
    r"\displaystyle": "",
    r"\textstyle": "",
    r"\limits": "",
    r"\nolimits": "",
    r"\allowbreak": "",
    r"\coloneqq": "≔",
    r"\nobreak": "",
    r"\middle": "",
}
NAMED = re.compile(r"\\[A-Za-z]+")
ONE_LETTER = re.compile(r"\\mathrm(?:\{([A-Za-z])\}|\s*([A-Za-z])(?![A-Za-z]))")
"""The converter keeps one upright letter upright only as text."""
BRACKET_SIZES = re.compile(r"\\[bB]igg?[lrm]?(?=[\s\\()\[\]|/.<>])")
NOT_EQUAL = re.compile(r"\\not\s*=")
ANGLES = re.compile(r"\\(?P<side>left|right)\s*(?P<sign>[<>])")
ANGLE = {"<": "langle", ">": "rangle"}
OPERATOR = re.compile(r"\\(?:operatorname|DeclareMathOperator)\*?\s*\{([A-Za-z\s\-~,\\]*)\}")


def rewritten(tex: str) -> str:
    r"""Return ``tex`` without what only numbers it, and with alignments as arrays.

    >>> print(rewritten(r"\begin{aligned}a&=b\end{aligned}"))
    \begin{array}{rl}a&=b\end{array}
    """
    plain = NUMBERING.sub("", COMMENT.sub("", tex))
    plain = TAG.sub(lambda found: rf"\qquad \text{{{_in_brackets(found)}}}", plain)
    plain = NOT_EQUAL.sub(r"\\neq ", plain.replace(":=", "≔"))
    plain = ANGLES.sub(lambda found: rf"\{found['side']}\{ANGLE[found['sign']]} ", plain)
    plain = BRACKET_SIZES.sub("", plain)
    plain = ONE_LETTER.sub(lambda found: rf"\text{{{found[1] or found[2]}}}", plain)
    plain = OPERATOR.sub(lambda found: rf"\mathrm{{{found[1]}}}", plain)
    plain = NAMED.sub(lambda found: _renamed(found[0]), plain)
    return ALIGNED.sub(_array, plain).strip()


def own_number(tex: str) -> str | None:
    """Return the number that an author gave a formula, without brackets; None where there is none."""
    found = TAG.search(COMMENT.sub("", tex))
    return found["number"] if found else None


def _in_brackets(found: re.Match[str]) -> str:
    return found["number"] if found["star"] else f"({found['number']})"


def _renamed(name: str) -> str:
    new = RENAMED.get(name, name)
    return f"{new} " if new != name and new[-1:].isalpha() else new


def _array(found: re.Match[str]) -> str:
    body = found["body"].strip()
    if found["name"] == "equation":
        return body
    rows = re.split(r"\\\\(?:\[[^\]]*\])?", body)
    if not rows[-1].strip():
        rows = rows[:-1]
    columns = max(row.count("&") - row.count(r"\&") for row in rows) + 1 if rows else 1
    if len(rows) == 1 and columns == 1:
        return body
    if found["name"] in {"gather", "gathered", "multline"}:
        kinds = "c" * columns
    else:
        kinds = "rcl"[:columns] if found["name"] == "eqnarray" else ("rl" * columns)[:columns]
    return rf"\begin{{array}}{{{kinds}}}" + r"\\".join(rows) + r"\end{array}"
