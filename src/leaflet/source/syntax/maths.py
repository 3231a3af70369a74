r"""Formulas: ``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]`` and LaTeX's environments; Markdown never reads inside."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from leaflet.source.syntax.attributes import parse_attributes
from leaflet.source.syntax.lines import line_text

BRACKETED = re.compile(
    r"(?P<slashes>\\{1,2})(?:\((?P<inline>.+?)(?P=slashes)\)|\[(?P<display>.+?)(?P=slashes)\])", re.DOTALL
)
LOOKS_LIKE_TEX = re.compile(r"\\[A-Za-z]|(?<!\\)[\^_=<>+]|\A\s*[A-Za-z]\s*\Z")
ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>(?:equation|align|alignat|flalign|gather|multline|eqnarray|math|displaymath)\*?)\}"
    r".+?\\end\{(?P=name)\}",
    re.DOTALL,
)
KRAMDOWN = re.compile(r"\$\$([^$\n]+)\$\$")
GITHUB = re.compile(r"\$`([^`\n]+)`\$")


def maths_plugin(md: MarkdownIt) -> None:
    """Read formulas before anything else looks at their characters."""
    dollarmath_plugin(
        md,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    amsmath_plugin(md)
    md.inline.ruler.before("math_inline", "math_bracketed", _bracketed)
    md.inline.ruler.before("math_inline", "math_github", _github)
    md.inline.ruler.before("latex", "math_environment", _environment)
    md.inline.ruler.before("math_inline", "math_kramdown", _kramdown)
    md.block.ruler.before("math_block", "math_named", _named, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _bracketed(state: StateInline, silent: bool) -> bool:
    r"""Read ``\(x^2\)``; brackets around words are brackets that an author escaped."""
    if not state.src.startswith(("\\(", "\\[", "\\\\(", "\\\\["), state.pos):
        return False
    found = BRACKETED.match(state.src, state.pos, state.posMax)
    tex = (found["inline"] or found["display"]) if found else None
    if found is None or tex is None or not LOOKS_LIKE_TEX.search(tex):
        return False
    return _read(state, "math_inline" if found["inline"] else "math_inline_double", tex, found.end(), silent)


def _github(state: StateInline, silent: bool) -> bool:
    """Read GitHub's ``$`x`$``."""
    found = GITHUB.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "$" else None
    if not found:
        return False
    return _read(state, "math_inline", found[1], found.end(), silent)


def _environment(state: StateInline, silent: bool) -> bool:
    r"""Read ``\begin{align}`` to ``\end{align}`` where it follows words without an empty line."""
    if not state.src.startswith("\\begin{", state.pos):
        return False
    found = ENVIRONMENT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    return _read(state, "math_inline_double", found[0], found.end(), silent)


def _kramdown(state: StateInline, silent: bool) -> bool:
    """Read ``($$x$$)`` as a formula within the line, as Jekyll does; without the bracket it is set apart."""
    found = KRAMDOWN.match(state.src, state.pos, state.posMax)
    if not found or not (
        state.src[state.pos - 1 : state.pos] == "(" or state.src[found.end() : found.end() + 1] == ")"
    ):
        return False
    return _read(state, "math_inline", found[1], found.end(), silent)


def _read(state: StateInline, kind: str, tex: str, end: int, silent: bool) -> bool:
    """Add a formula that ends at ``end`` as a token, unless ``silent``, and say that it was read."""
    if not silent:
        state.push(kind, "math", 0).content = tex
    state.pos = end
    return True


def _named(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a formula set apart that has a name: ``$$ … $$ {#eq-name}`` or MyST's ``$$ … $$ (name)``."""
    if state.is_code_block(start):
        return False
    first = line_text(state, start)
    if not first.startswith("$$"):
        return False
    lines = [first[2:]]
    number = start
    while (closed := _closing(lines[-1])) is None:
        number += 1
        if number >= end or state.isEmpty(number) or state.sCount[number] < state.blkIndent:
            return False
        lines.append(line_text(state, number))
    tex, name = closed
    if not name or (number == start and not tex.strip()):
        return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.content = "\n".join([*lines[:-1], tex]).strip("\n")
    token.map = [start, number + 1]
    token.block = True
    token.meta["name"] = name
    state.line = number + 1
    return True


def _closing(line: str) -> tuple[str, str] | None:
    """Return the formula's part of a line that ends it, and its name."""
    at = line.find("$$")
    if at < 0:
        return None
    rest = line[at + 2 :].strip()
    if myst := re.fullmatch(r"\(([\w:.-]+)\)", rest):
        return line[:at], myst[1]
    parsed = parse_attributes(rest)
    if parsed is not None and parsed[1] == len(rest):
        return line[:at], parsed[0].id or ""
    return line[:at], ""
