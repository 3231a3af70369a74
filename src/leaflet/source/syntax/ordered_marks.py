"""Marks of ordered lists beyond CommonMark's: ``a.``, ``(iv)``, ``#.`` and numbered examples ``(@name)``.

A mark is rewritten, in the parser's copy of the text, as a number of the same width; CommonMark's own rule then reads
the list, and the tree looks up what the mark was.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from msgspec import Struct
from msgspec.structs import replace

from leaflet.model.document import Numbering

KEY = "ordered_marks"
EXAMPLES = "examples"
MARK = re.compile(
    r"(?P<open>\()?(?:(?P<sharp>\#)|@(?P<example>[\w-]*)|(?P<letters>[A-Za-z]{1,7})|(?P<digits>\d{1,7}))"
    r"(?P<close>[.)])(?=(?P<gap> +)\S)"
)
ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
FARTHEST = 30
"""Lines after an item in which the next one is looked for."""
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class OrderedMark(Struct, frozen=True, kw_only=True):
    """The mark of a list item: its number, its numerals, the signs around it, and its indent."""

    number: int
    numbering: Numbering
    signs: str
    indent: int = 0


def ordered_marks_plugin(md: MarkdownIt) -> None:
    """Recognise the marks just before CommonMark's rule for lists looks at the line."""
    md.block.ruler.before("list", "ordered_mark", _mark, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def marks_of(env: MutableMapping[str, object]) -> dict[int, OrderedMark]:
    """Return the marks of a source by line (from 0)."""
    return cast("dict[int, OrderedMark]", env.setdefault(KEY, {}))


def examples_of(env: MutableMapping[str, object]) -> dict[str, int]:
    """Return the numbers of the examples by name."""
    return cast("dict[str, int]", env.setdefault(EXAMPLES, {}))


def _mark(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    known = marks_of(state.env)
    if start in known or state.is_code_block(start):
        return False
    # A list asks its next item in silence, after an empty line, where no paragraph would.
    after_gap = silent and start > 0 and state.isEmpty(start - 1)
    sibling = state.sCount[start] < state.blkIndent or state.parentType == "list" or after_gap
    if silent and not sibling:
        return False
    at = state.bMarks[start] + state.tShift[start]
    found = MARK.match(state.src, at, state.eMarks[start])
    mark = _read(found, state, start, sibling) if found else None
    if found is None or mark is None:
        return False
    mark = replace(mark, indent=state.sCount[start])
    known[start] = mark
    width = len(found[0])
    # All items of a list need the same sign for CommonMark, whatever the source had.
    number = f"{mark.number if width > 2 else mark.number % 10}".zfill(width - 1)[-9:]
    replacement = f"{number}{'.' if width <= 10 else ''}"[:width].ljust(width)
    state.src = state.src[:at] + replacement + state.src[at + width :]
    return False


def _read(found: re.Match[str], state: StateBlock, line: int, sibling: bool) -> OrderedMark | None:
    signs = f"{found['open'] or ''}{found['close']}"
    if signs == "(.":
        return None
    before = _list_before(state, line) if sibling else None
    if found["example"] is not None:
        return _example(found["example"], state) if signs == "()" else None
    if found["sharp"]:
        number = before.number + 1 if before else 1
        return OrderedMark(number=number, numbering=Numbering.DECIMAL, signs=signs)
    if found["digits"]:
        number = int(found["digits"])
        plain = signs != "()"
        return None if plain or not (before or number == 1) else _decimal(number, signs)
    return _letters(found["letters"], signs, before, found["gap"]) or _continued(found, signs, state, line)


def _decimal(number: int, signs: str) -> OrderedMark:
    return OrderedMark(number=number, numbering=Numbering.DECIMAL, signs=signs)


def _letters(letters: str, signs: str, before: OrderedMark | None, gap: str) -> OrderedMark | None:
    """Read letters as the next item of the list before them, or as the first of a list: ``a``, ``i``."""
    upper = letters.isupper()
    if not upper and not letters.islower():
        return None
    roman = ROMAN.fullmatch(letters) is not None
    as_roman = Numbering.UPPER_ROMAN if upper else Numbering.LOWER_ROMAN
    as_letters = Numbering.UPPER_LETTERS if upper else Numbering.LOWER_LETTERS
    if before and before.numbering is as_roman and roman:
        return OrderedMark(number=_roman(letters), numbering=as_roman, signs=signs)
    if before and before.numbering is as_letters and len(letters) == 1:
        return OrderedMark(number=ord(letters.lower()) - 96, numbering=as_letters, signs=signs)
    if upper and signs == "." and len(gap) < 2:
        return None  # an initial: "A. Smith"
    if letters.lower() == "i":
        return OrderedMark(number=1, numbering=as_roman, signs=signs)
    if letters.lower() == "a":
        return OrderedMark(number=1, numbering=as_letters, signs=signs)
    return None


def _continued(mark: re.Match[str], signs: str, state: StateBlock, line: int) -> OrderedMark | None:
    """Read letters as the first of a list that begins elsewhere, as in ``c.`` and ``d.``, by the item that follows."""
    letters, upper = mark["letters"], mark["letters"].isupper()
    if not (upper or letters.islower()) or (upper and signs == "." and len(mark["gap"]) < 2):
        return None
    roman = ROMAN.fullmatch(letters) is not None
    lines = (state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]] for at in _some_after(state, line))
    marks = [found["letters"] for text in lines if (found := MARK.match(text)) and found["letters"]]
    if roman and any(ROMAN.fullmatch(later) and _roman(later) == _roman(letters) + 1 for later in marks):
        numbering = Numbering.UPPER_ROMAN if upper else Numbering.LOWER_ROMAN
        return OrderedMark(number=_roman(letters), numbering=numbering, signs=signs)
    if len(letters) == 1 and chr(ord(letters) + 1) in marks:
        numbering = Numbering.UPPER_LETTERS if upper else Numbering.LOWER_LETTERS
        return OrderedMark(number=ord(letters.lower()) - 96, numbering=numbering, signs=signs)
    return None


def _some_after(state: StateBlock, line: int) -> range:
    return range(line + 1, min(line + 1 + FARTHEST, state.lineMax))


def _example(name: str, state: StateBlock) -> OrderedMark:
    examples = examples_of(state.env)
    count = examples.get("", 0)
    if name and name in examples:
        return _decimal(examples[name], "()")
    examples[""] = count + 1
    if name:
        examples[name] = count + 1
    return _decimal(count + 1, "()")


def _list_before(state: StateBlock, line: int) -> OrderedMark | None:
    """Return the mark of the nearest item above ``line`` that is no further in."""
    known = marks_of(state.env)
    above = (number for number in range(line - 1, -1, -1) if number in known)
    return next((known[number] for number in above if known[number].indent <= state.sCount[line]), None)


def _roman(letters: str) -> int:
    values = [ROMAN_DIGITS[letter] for letter in letters.lower()]
    return sum(
        -value if any(later > value for later in values[at + 1 : at + 2]) else value for at, value in enumerate(values)
    )
