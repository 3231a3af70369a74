"""Check that the variables of CSS do not grow without end where they are put into each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from leaflet.errors import Location, Problem

MOST = 200
"""Variables that one variable may be made of, all levels together. WeasyPrint, like a browser, writes all of them out."""
DEEPEST = 50
MOST_LETTERS = 10_000
CONTENT = re.compile(r"(?<![\w-])content[ \t\n]*:", re.IGNORECASE)
MOST_LINES = 1_000
REPEAT = re.compile(r"\brepeat\([ \t\n]*(?P<count>\d{4,})", re.IGNORECASE)
MOST_IMPORTS = 100
IMPORT = re.compile(r"@import\b", re.IGNORECASE)
WHOLE = re.compile(r"(?<![\w.#])\d{4,}(?![\w.%])")
"""A number without a unit above 999."""
TINY = re.compile(r"(?<![\w.])(?:0*\.00[0-9]*|[0-9.]+e-[0-9]+)(?:px|pt|mm|cm|q|in|pc)\b", re.IGNORECASE)
"""A length of less than a hundredth."""


class Bound(Struct, frozen=True, kw_only=True):
    """A bound of the values of a property, for which WeasyPrint counts up or draws one by one."""

    of: re.Pattern[str]
    number: re.Pattern[str]
    """The numbers that go beyond it."""
    message: str
    hint: str


BOUNDS = (
    Bound(
        of=re.compile(r"(?<![\w-])\d{100,}"),
        number=re.compile(r"\d+"),
        message="the number {} has more than 100 digits",
        hint="no length needs so many",
    ),
    Bound(
        of=re.compile(r"(?<![\w-])grid-(?:row|column|area)(?:-start|-end)?[ \t\n]*:[^;{}]*", re.IGNORECASE),
        number=WHOLE,
        message="a grid has a line {}, and 999 is the last",
        hint="no sheet of paper shows so many",
    ),
    Bound(
        of=re.compile(r"(?<![\w-])pad[ \t\n]*:[^;{}]*", re.IGNORECASE),
        number=WHOLE,
        message="a counter is padded to {} signs, and 999 are the most",
        hint="no line is so long",
    ),
    Bound(
        of=re.compile(r"(?<![\w-])(?:border|outline)[\w-]*[ \t\n]*:[^;{}]*\b(?:dotted|dashed)\b[^;{}]*", re.IGNORECASE),
        number=TINY,
        message="a line of dots or dashes is {} thick, which would be drawn of very many",
        hint="make it solid, or at least a hundredth of a millimetre thick",
    ),
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ESCAPE = re.compile(r"\\(?:(?P<code>[0-9a-fA-F]{1,6})[ \t\n]?|(?P<sign>[^\n]))")
DEFINITION = re.compile(r"--(?P<name>[\w-]+)[ \t\n]*:(?P<value>[^;{}]*)")
USE = re.compile(r"var\([ \t\n]*--(?P<name>[\w-]+)", re.IGNORECASE)


def growth_problem(css: str, file: str) -> Problem | None:
    """Return a message for CSS with a variable of too many others, too many lines, dots or imports, or huge values, or None."""
    plain = ESCAPE.sub(_plain, COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), css))
    return _huge_value(plain, file) or _growing_variable(plain, file)


def _huge_value(plain: str, file: str) -> Problem | None:
    for found in REPEAT.finditer(plain):
        if len(found["count"]) > 9 or int(found["count"]) > MOST_LINES:
            return Problem(
                message=f"a grid repeats its lines {found['count'][:12]} times, and {MOST_LINES} are the most",
                location=Location(file=file, line=plain.count("\n", 0, found.start()) + 1),
                hint="no sheet of paper shows so many",
            )
    if (imports := len(IMPORT.findall(plain))) > MOST_IMPORTS:
        message = f"the CSS has {imports:,} imports, and {MOST_IMPORTS} are the most"
        return Problem(message=message, location=Location(file=file), hint="put the CSS into one file")
    for bound in BOUNDS:
        if problem := _beyond(bound, plain, file):
            return problem
    for found in CONTENT.finditer(plain):
        end = min((at for sign in ";}" if (at := plain.find(sign, found.end())) >= 0), default=len(plain))
        if end - found.end() > MOST_LETTERS and "url(" not in plain[found.end() : end]:
            return Problem(
                message=f"a content has {end - found.end():,} letters, and {MOST_LETTERS:,} are the most",
                location=Location(file=file, line=plain.count("\n", 0, found.start()) + 1),
                hint="write text into the source, not into CSS",
            )
    return None


def _beyond(bound: Bound, plain: str, file: str) -> Problem | None:
    """Return a message for the first value beyond a bound, or None."""
    for found in bound.of.finditer(plain):
        for number in (match[0] for match in bound.number.finditer(found[0])):
            return Problem(
                message=bound.message.format(f"{number[:12]}…" if len(number) > 12 else number),
                location=Location(file=file, line=plain.count("\n", 0, found.start()) + 1),
                hint=bound.hint,
            )
    return None


def _growing_variable(plain: str, file: str) -> Problem | None:
    lines: dict[str, int] = {}
    uses: defaultdict[str, list[str]] = defaultdict(list)
    for found in DEFINITION.finditer(plain):
        name = _name(found)
        uses[name].extend(map(_name, USE.finditer(found["value"])))
        lines.setdefault(name, plain.count("\n", 0, found.start()) + 1)
    for name in _too_large(uses):
        return Problem(
            message=f"the variable --{name} is made of more than {MOST} other variables, or of {DEEPEST} levels of them",
            location=Location(file=file, line=lines[name]),
            hint="write its value without var(), or use fewer variables in each other",
        )
    return None


def _plain(escape: re.Match[str]) -> str:
    if not escape["code"]:
        return escape["sign"]
    number = int(escape["code"], 16)
    return chr(number) if 0 < number < 0x110000 else "?"


def _name(found: re.Match[str]) -> str:
    """Return a variable's name; WeasyPrint takes hyphens and underscores for the same."""
    return found["name"].replace("_", "-")


def _too_large(uses: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the variables that grow beyond the bounds. One that is made of itself has no value, and does not grow."""
    sizes: dict[str, int] = {}

    def size(name: str, above: tuple[str, ...]) -> int:
        if name in above or name not in uses:
            return 1
        if len(above) >= DEEPEST:
            return MOST + 1
        if name not in sizes:
            sizes[name] = min(MOST + 1, sum(size(used, (*above, name)) for used in uses[name]) + 1)
        return sizes[name]

    yield from (name for name in uses if size(name, ()) > MOST)
