"""Settings of MathJax and KaTeX in a web page: the commands that its formulas use, and the signs around them.

Scripts are read as text and never run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element
from msgspec import Struct, field

from leaflet.source import Macro, defined_macros, without_definitions, without_macros

PROGRAM = re.compile(r"mathjax|katex", re.IGNORECASE)
MACROS = re.compile(r"[\"']?\b[mM]acros[\"']?\s*:\s*\{")
MACRO = re.compile(
    r"[\"']?(?:\\\\)?(?P<name>[A-Za-z]+)[\"']?\s*:\s*\[?\s*"
    r"(?P<quote>[\"'`])(?P<body>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote)(?:\s*,\s*(?P<count>[1-9]))?",
    re.DOTALL,
)
"""An entry such as ``RR: "\\\\mathbb{R}"`` or ``bold: ["{\\\\bf #1}", 1]``, in JavaScript."""
SINGLE = re.compile(r"\[\s*([\"'])\$\1\s*,\s*([\"'])\$\2\s*\]|left\s*:\s*([\"'])\$\3")
"""A dollar sign named as the sign around formulas within a line."""
LONGEST = 200_000
"""Characters of a script that is still looked at: settings are short."""
DOLLARS = re.compile(r"(?<![\\$])\$(?P<tex>[^\s$](?:[^$]*[^\s$\\])?)\$(?![\d$])")
DOUBLE = re.compile(r"(?<!\\)\$\$(?P<tex>[^$]+)\$\$")


class PageMathematics(Struct, frozen=True, kw_only=True):
    """The commands that a page defines for its formulas, and whether dollar signs are around them."""

    macros: Mapping[str, Macro] = field(default_factory=dict)
    has_program: bool = False
    """True where MathJax or KaTeX sets the page: then ``$$`` is around formulas of their own."""
    has_dollars: bool = False
    """True where the settings name ``$`` for formulas within a line."""

    def plain(self, tex: str) -> str:
        """Return a formula in plain LaTeX: without definitions, and with the page's own commands replaced."""
        return " ".join(without_macros(without_definitions(tex), self.macros).split())

    def words(self, text: str) -> str:
        """Return the words between formulas, in which a dollar sign for money has a backslash before it."""
        return text.replace("\\$", "$") if self.has_dollars else text

    def in_dollars(self, text: str) -> Iterator[tuple[int, int, str, bool]]:
        """Yield start, end and TeX of each formula between dollar signs, and whether it is a line of its own."""
        at = 0
        for found in DOUBLE.finditer(text) if self.has_program else ():
            yield from self._single(text, at, found.start())
            yield found.start(), found.end(), found["tex"], True
            at = found.end()
        yield from self._single(text, at, len(text))

    def _single(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str, bool]]:
        for found in DOLLARS.finditer(text, start, end) if self.has_dollars else ():
            yield found.start(), found.end(), found["tex"], False


def page_mathematics(root: _Element) -> PageMathematics:
    """Return the settings that the scripts of a page hold, and the definitions in its formulas."""
    scripts = [script for script in root.iter("script") if script.get("type", "").partition(";")[0] != "math/tex"]
    texts = [(script.text or "")[:LONGEST] for script in scripts]
    has_program = any(PROGRAM.search(script.get("src", "") + text) for script, text in zip(scripts, texts, strict=True))
    macros: dict[str, Macro] = {}
    for text in texts:
        for found in MACROS.finditer(text):
            macros |= _listed(text[found.end() : _closing(text, found.end())])
    for formula in _written(root):
        macros |= defined_macros(formula)
    has_dollars = has_program and any(SINGLE.search(text) for text in texts)
    return PageMathematics(macros=macros, has_program=has_program, has_dollars=has_dollars)


def _written(root: _Element) -> Iterator[str]:
    """Yield the texts of a page that may define commands."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in {"style", "code", "pre"}:
            is_script = element.tag == "script" and not element.get("type", "").startswith("math/tex")
            yield from (part for part in ("" if is_script else element.text, element.tail) if part and "\\" in part)


def _listed(text: str) -> dict[str, Macro]:
    macros: dict[str, Macro] = {}
    for found in MACRO.finditer(text):
        body = re.sub(r"\\(.)", r"\1", found["body"], flags=re.DOTALL)
        named = [int(number) for number in re.findall(r"#([1-9])", body)]
        macros[found["name"]] = Macro(count=int(found["count"] or max(named, default=0)), body=body)
    return macros


def _closing(text: str, start: int) -> int:
    """Return the place of the brace that closes the one before ``start``; braces in strings do not count."""
    depth = 1
    for found in re.finditer(r"[\"'](?:\\.|[^\"'\\])*[\"']|[{}]", text[start:]):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return start + found.start()
    return len(text)
