"""MyST's directives, ```` ```{name} argument ```` and ``:::{name} argument``, with their options."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from msgspec import Struct

from leaflet.source.syntax.lines import line_text

OPEN = re.compile(r"(?P<fence>`{3,}(?=[^`\n]*\Z)|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:+-]*)\}(?P<argument>[^\n]*)")
OPTION = re.compile(r":(?P<key>[\w-]+):[ \t]*(?P<value>.*)")
YAML_OPTION = re.compile(r"(?P<key>[\w-]+):[ \t]*(?P<value>.*)")
CELLS = frozenset("r python julia sql bash sh ojs mermaid dot js css stan rcpp cpp sas perl ruby node".split())
"""Languages whose blocks Quarto and R Markdown run."""
LITERAL = frozenset(
    "code code-block sourcecode code-cell literalinclude math csv-table raw mermaid toctree eval-rst jupyter-execute "
    "bibliography include image embed contents tableofcontents footbibliography parsed-literal prompt raw-html "
    "only-latex doctest".split()
)
"""Directives whose text is not Markdown, or that have none."""


class Directive(Struct, frozen=True, kw_only=True):
    """A directive's first line and options. ``body`` is the text of one that is not Markdown."""

    name: str
    argument: str
    options: tuple[tuple[str, str], ...]
    body: str = ""

    def get(self, key: str) -> str | None:
        """Return the value of an option, or None."""
        return next((value for name, value in self.options if name == key), None)


def directives_plugin(md: MarkdownIt) -> None:
    """Read directives before code blocks and divs."""
    md.block.ruler.before("div", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    found = OPEN.fullmatch(line_text(state, start).rstrip())
    if not found or (found["name"].lower() in CELLS and found["fence"][0] != ":"):
        return False
    if found["fence"][0] == "~" or "}" in found["argument"]:
        return False
    close = _closing(state, start, end, found["fence"])
    if close is None:
        return False
    if silent:
        return True
    options, first = _options(state, start + 1, close)
    name = found["name"].lower()
    literal = name in LITERAL
    body = state.getLines(first, close, state.blkIndent, keepLastLF=False) if literal else ""
    directive = Directive(name=name, argument=found["argument"].strip(), options=options, body=body)
    _push(state, start, first, close, directive, literal=literal)
    return True


def _push(state: StateBlock, start: int, first: int, close: int, directive: Directive, *, literal: bool) -> None:
    token = state.push("directive_open", "div", 1)
    token.map = [start, close + 1]
    token.meta["directive"] = directive
    if directive.argument and not literal and name_is_title(directive.name):
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = directive.argument, [start, start + 1], []
    if not literal:
        parent, last = state.parentType, state.lineMax
        state.parentType, state.lineMax = "div", close
        state.md.block.tokenize(state, first, close)
        state.parentType, state.lineMax = parent, last
    state.push("directive_close", "div", -1)
    state.line = min(close + 1, state.lineMax)


def name_is_title(name: str) -> bool:
    """Return whether the text behind a directive's name is Markdown, and not the name of a file or a place."""
    return name not in {"figure", "figure-md", "div", "grid"}


def _options(state: StateBlock, start: int, close: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """Return the options at the head of a directive, and the line after them."""
    options: list[tuple[str, str]] = []
    number = start
    if number < close and line_text(state, number).strip() == "---":
        number += 1
        while number < close and line_text(state, number).strip() != "---":
            if found := YAML_OPTION.match(line_text(state, number)):
                options.append((found["key"], found["value"].strip().strip("\"'")))
            number += 1
        return tuple(options), min(number + 1, close)
    while number < close and (found := OPTION.fullmatch(line_text(state, number).rstrip())):
        options.append((found["key"], found["value"].strip().strip("\"'")))
        number += 1
    return tuple(options), number


def _closing(state: StateBlock, start: int, end: int, fence: str) -> int | None:
    """Return the line that closes a directive: a fence at least as long, or as many fences of colons as were opened.

    A fence of colons that is as long as one that opened also closes what was left open within it, and so does the end
    of the directive around it.
    """
    lengths = [len(fence)]
    for number in range(start + 1, end):
        line = line_text(state, number).strip()
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            return None
        if fence[0] == ":" and line.startswith(":::"):
            length = len(line) - len(line.lstrip(":"))
            if line.strip(":"):
                lengths.append(length)
                continue
            while lengths[-1] != length and length in lengths:
                lengths.pop()
            lengths.pop()
            if not lengths:
                return number
        elif fence[0] != ":" and line.startswith(fence) and not line.strip(fence[0]):
            return number
    return end if fence[0] == ":" and state.parentType == "div" else None
