"""CSL's small rich text in item data (i, b, sup, sub, nocase, small caps, quotation marks) to output nodes."""

from __future__ import annotations

import re

from leaflet.citations.csl.tree import Formatting
from leaflet.citations.output.nodes import Node, OutputSpan, Role
from leaflet.model.rich_text import TAG, closing_tag, tag_kind

_TAGS: dict[str, tuple[Formatting | None, Role]] = {
    "i": (Formatting(font_style="italic"), Role.MARKUP),
    "b": (Formatting(font_weight="bold"), Role.MARKUP),
    "sup": (Formatting(vertical_align="sup"), Role.MARKUP),
    "sub": (Formatting(vertical_align="sub"), Role.MARKUP),
    "sc": (Formatting(font_variant="small-caps"), Role.MARKUP),
    "nocase": (None, Role.PROTECTED),
    "nodecor": (Formatting(font_style="normal", font_variant="normal", font_weight="normal"), Role.MARKUP),
}
_TOKEN = re.compile(rf"""{TAG}|["“”„«»‹›‘’']""")
_SPECIAL = re.compile(r"""[<"'“”„«»‹›‘’]""")
_OPENING = {"“": "”", "„": "“", "«": "»", "‹": "›", "‘": "’"}
APOSTROPHE = "’"
DEEPEST = 50
"""Marks within each other; those further inside stay as they were written."""


def parse_rich(text: str) -> tuple[Node, ...]:
    """Return the nodes of a field. Tags and quotation marks that are not closed in order stay as they were written."""
    if not _SPECIAL.search(text):
        return (text,) if text else ()
    return _Reader(text).read()


class _Open:
    """A mark that waits for its end."""

    __slots__ = ("children", "close", "formatting", "quote", "role", "text")

    def __init__(self, text: str, close: str, formatting: Formatting | None = None, role: Role | None = None) -> None:
        self.text = text
        self.close = close
        self.formatting = formatting
        self.role = role
        self.quote = False
        self.children: list[Node] = []


class _Reader:
    """One pass over a field with a stack of open marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [_Open("", "")]

    def read(self) -> tuple[Node, ...]:
        position = 0
        for match in _TOKEN.finditer(self.text):
            self._add(self.text[position : match.start()])
            self._token(match.group(), match.start(), match.end())
            position = match.end()
        self._add(self.text[position:])
        while len(self.stack) > 1:
            self._give_up()
        return tuple(self.stack[0].children)

    def _add(self, text: str) -> None:
        if not text:
            return
        children = self.stack[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def _token(self, token: str, start: int, end: int) -> None:
        if token[0] != "<":
            self._quote(token, start, end)
        elif token.startswith("</"):
            self._close_tag(token)
        elif len(self.stack) > DEEPEST:
            self._add(token)
        else:
            formatting, role = _TAGS[tag_kind(token)]
            self.stack.append(_Open(token, closing_tag(token), formatting, role))

    def _close_tag(self, token: str) -> None:
        depth = next((i for i in range(len(self.stack) - 1, 0, -1) if self.stack[i].close == token), 0)
        if not depth:
            self._add(token)
            return
        while len(self.stack) - 1 > depth:
            self._give_up()
        opened = self.stack.pop()
        self.stack[-1].children.append(
            OutputSpan(tuple(opened.children), formatting=opened.formatting, role=opened.role)
        )

    def _give_up(self) -> None:
        """Turn the innermost mark, which was never closed, back into text."""
        opened = self.stack.pop()
        self._add(APOSTROPHE if opened.text == "'" else opened.text)
        for child in opened.children:
            if isinstance(child, str):
                self._add(child)
            else:
                self.stack[-1].children.append(child)

    def _quote(self, mark: str, start: int, end: int) -> None:
        before = self.text[start - 1] if start else " "
        after = self.text[end] if end < len(self.text) else " "
        depth = len(self.stack) - 1
        innermost = self.stack[depth]
        closes = innermost.quote and innermost.close == mark
        if mark in "'’" and after.isalnum() and (before.isalnum() or (innermost.quote and not innermost.children)):
            self._add(APOSTROPHE)  # inside a word, or at the start of a quoted one: “‘’Tis”
        elif closes and not (mark in "\"'" and before.isspace()):
            self._close_quote()
        elif mark in "\"'" and self._may_open(before, after):
            self._open_quote(mark, mark)
        elif mark in _OPENING and self._may_open(before, after):
            self._open_quote(mark, _OPENING[mark])
        else:
            self._add(APOSTROPHE if mark == "'" else mark)

    def _open_quote(self, mark: str, close: str) -> None:
        if len(self.stack) > DEEPEST:
            self._add(mark)
            return
        opened = _Open(mark, close)
        opened.quote = True
        self.stack.append(opened)

    def _close_quote(self) -> None:
        opened = self.stack.pop()
        # Typed marks are recorded: outside of others they may stay what they are.
        typed = (opened.text, opened.close) if opened.text in _OPENING else None
        self.stack[-1].children.append(OutputSpan(tuple(opened.children), quotes=True, data=typed))

    def _may_open(self, before: str, after: str) -> bool:
        if self.stack[-1].quote and not self.stack[-1].children:
            return not after.isspace()
        return not after.isspace() and not before.isalnum() and before not in ".,;:!?)]'’"
