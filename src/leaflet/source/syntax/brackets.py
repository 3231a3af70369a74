"""Matching of brackets, once per text, so that many brackets do not make reading slow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link

DEEPEST = 40
"""Brackets deeper within each other than this are text."""

KEY = "brackets"
KEPT = 64
IMAGE_DEPTH = "image_depth"
DEEPEST_IMAGE = 3
STEP = re.compile(r"\\.|`+|[\[\]]", re.DOTALL)

Rule = Callable[[StateInline, bool], bool]


def brackets_plugin(md: MarkdownIt) -> None:
    """Let links and images be looked for only where brackets close and something can follow."""
    md.inline.ruler.at("link", _guarded(link, 0))
    md.inline.ruler.at("image", _guarded(image, 1))


def closing_bracket(state: StateInline, start: int) -> int | None:
    """Return where the bracket at ``start`` closes; brackets in code or after a backslash do not count."""
    end = _pairs(state.src, state.env).get(start)
    return end if end is not None and end < state.posMax else None


def _guarded(rule: Rule, offset: int) -> Rule:
    def guarded(state: StateInline, silent: bool) -> bool:
        start = state.pos + offset
        if not state.src.startswith("![" if offset else "[", state.pos):
            return False
        end = closing_bracket(state, start)
        if end is None or not (state.src[end + 1 : end + 2] in {"(", "["} or state.env.get("references")):
            return False
        depth = state.env.get(IMAGE_DEPTH, 0)
        if depth >= DEEPEST_IMAGE:
            return False
        # An image's words are read as a text of their own, so pictures within pictures have to be counted here.
        state.env[IMAGE_DEPTH] = depth + offset
        found = rule(state, silent)
        state.env[IMAGE_DEPTH] = depth
        return found

    return guarded


def _pairs(text: str, env: MutableMapping[str, Any]) -> Mapping[int, int]:
    known: dict[str, dict[int, int]] = env.setdefault(KEY, {})
    if text not in known:
        if len(known) >= KEPT:
            known.clear()
        known[text] = match_brackets(text)
    return known[text]


def match_brackets(text: str) -> dict[int, int]:
    """Return each opening bracket's closing one.

    >>> match_brackets("[a `]` [b]]")
    {7: 9, 0: 10}
    """
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    never_closed: set[str] = set()
    position = 0
    while found := STEP.search(text, position):
        position = found.end()
        mark = found[0]
        if mark[0] == "`":
            position = after_code(text, found.start(), len(text), never_closed)
        elif mark == "[":
            open_at.append(found.start())
        elif mark == "]" and open_at:
            start = open_at.pop()
            if len(open_at) < DEEPEST:
                pairs[start] = found.start()
    return pairs


def after_code(text: str, start: int, end: int, never_closed: set[str]) -> int:
    """Return the end of the code span at ``start``, or of its ticks where they never close, and record such ticks."""
    run = re.compile(r"`+").match(text, start, end)
    ticks = run[0] if run else "`"
    if ticks not in never_closed:
        close = re.compile(rf"(?<!`){ticks}(?!`)").search(text, start + len(ticks), end)
        if close:
            return close.end()
        never_closed.add(ticks)
    return start + len(ticks)
