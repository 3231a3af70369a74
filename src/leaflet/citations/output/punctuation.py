"""The output tree as one line of marks and texts, with colliding punctuation settled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from leaflet.citations.csl.tree import Display, Formatting
from leaflet.citations.output.nodes import Node, OutputSpan, Role

# Results of two marks that meet (the suite's punctuation_FullMonty fixtures). Other pairs stay as they are.
COLLISIONS = {
    "::": ":", ".:": ".:", ";:": ";", "!:": "!", "?:": "?", ",:": ",:",
    ":.": ":", "..": ".", ";.": ";", "!.": "!", "?.": "?", ",.": ",.",
    ":;": ":;", ".;": ".;", ";;": ";", "!;": "!;", "?;": "?;", ",;": ",;",
    ":!": "!", ".!": ".!", ";!": "!", "!!": "!", "?!": "?!", ",!": ",!",
    ":?": "?", ".?": ".?", ";?": "?", "!?": "!?", "??": "?", ",?": ",?",
    ":,": ":,", ".,": ".,", ";,": ";,", "!,": "!,", "?,": "?,", ",,": ",",
}  # fmt: skip
MARKS = frozenset(":.;!?,")
SPACES = frozenset(" \u00a0")
_BEFORE_MARK = re.compile(r"(?<=\S) (?=[:;?!])| (?=»)")


class QuoteMarks(NamedTuple):
    """The quotation marks of a locale and whether commas and full stops go inside."""

    open: str = "“"
    close: str = "”"
    inner_open: str = "‘"
    inner_close: str = "’"
    inside: bool = False


class Open(NamedTuple):
    """Formatting, a display block or a link begins. What an item's own markup sets again (``flips``) is unset."""

    formatting: Formatting | None = None
    display: Display | None = None
    link: str = ""
    flips: bool = False


class Close(NamedTuple):
    """The last mark that began ends."""


class QuoteMark(NamedTuple):
    """A quotation mark; ``closing`` says which side, ``fixed`` that no mark may cross it."""

    text: str
    closing: bool
    fixed: bool = False


class LinkEdge(NamedTuple):
    """Beginning (``link`` is the address) or end of a link to an entry of the bibliography; punctuation ignores it."""

    link: str = ""


class MarkRepeated(NamedTuple):
    """Marker behind a mark with which a part and its parent both end: an equal mark that follows is dropped."""


Token: TypeAlias = str | Open | Close | QuoteMark | LinkEdge


def linearise(
    node: Node | None, marks: QuoteMarks, *, links: bool = False, entries: Mapping[str, str] | None = None
) -> list[Token]:
    """Return the tokens of ``node`` in reading order, with collisions settled.

    Addresses are links if ``links``, and so are cites whose item has its entry's address in ``entries``.
    """
    walker = _Walker(marks, links, entries or {})
    if node is not None:
        walker.walk(node, 0)
    tokens = _marks_into_blocks(walker.tokens) if walker.blocks else walker.tokens
    return settle(tokens, inside=marks.inside)


class _Walker:
    """Converter of the tree to tokens; nested quotation marks alternate."""

    def __init__(self, marks: QuoteMarks, links: bool, entries: Mapping[str, str]) -> None:
        self.marks = marks
        self.links = links
        self.entries = entries
        self.tokens: list[Token | MarkRepeated] = []
        self.blocks = False
        self.cites = False
        self.suffixed = -1  # how many tokens there were when the last suffix was added

    def walk(self, node: Node, depth: int, fixed: bool = False, level: int = 0) -> bool:
        """Add the tokens of ``node``; return False when it printed nothing.

        ``depth`` counts quotation marks, ``level`` the nodes around it: only the outermost parts of an entry are blocks
        (CSL 1.0.2, "Display").
        """
        tokens = self.tokens
        if isinstance(node, str):
            if node:
                tokens.append(_narrow(node) if not node.isascii() or " " in node else node)
            return bool(node)
        if node.role is Role.CITE:
            self.cites = True
            if isinstance(node.data, str) and node.data in self.entries:
                return self._cite(node, self.entries[node.data], depth, fixed)
        start = len(tokens)
        display = node.display if level <= 1 else None
        if display is not None:
            self.blocks = True
            tokens.append(Open(display=display))
        if node.prefix:
            tokens.append(node.prefix)
        link = node.data if self.links and node.role is Role.LINK and isinstance(node.data, str) else ""
        opening, closing, inside = self._quotes(node, depth)
        if node.quotes:
            tokens.append(QuoteMark(opening, False))
        if node.formatting is not None or link:
            tokens.append(Open(node.formatting, None, link, node.role is Role.MARKUP))
        fixed = fixed or node.role is Role.CITE_AFFIX
        printed = self._children(node, inside, fixed, level + 1)
        if not printed:
            del tokens[start:]
            return False
        if node.formatting is not None or link:
            tokens.append(Close())
        if node.quotes:
            tokens.append(QuoteMark(closing, True, fixed))
        if node.suffix:
            self._end(node.suffix)
        if display is not None:
            tokens.append(Close())
        return True

    def _end(self, suffix: str) -> None:
        """Add a suffix. In a cite, the text behind may be the author's or the next cite's, and keeps its mark."""
        tokens = self.tokens
        nested = self.suffixed == len(tokens) and not self.cites and suffix in MARKS and tokens[-1] == suffix
        inner = tokens[-2] if nested else ""
        tokens.append(suffix)
        self.suffixed = len(tokens)
        if nested and not isinstance(inner, QuoteMark) and not (isinstance(inner, str) and inner.endswith(suffix)):
            tokens.append(MarkRepeated())

    def _cite(self, node: OutputSpan, address: str, depth: int, fixed: bool) -> bool:
        """Return a cite as one link; a link cannot hold another, so that its addresses are plain text."""
        start, links = len(self.tokens), self.links
        self.tokens.append(LinkEdge(address))
        self.links = False
        printed = self._children(node, depth, fixed, 2)
        self.links = links
        self.tokens.append(LinkEdge())
        if not printed:
            del self.tokens[start:]
        return printed

    def _quotes(self, node: OutputSpan, depth: int) -> tuple[str, str, int]:
        """Return the marks around ``node`` and the depth of quotation inside it.

        Typed marks of another language stay what they are; those of the language alternate.
        """
        marks = self.marks
        if not node.quotes:
            return "", "", depth
        if isinstance(node.data, tuple) and len(node.data) == 2:
            opening, closing = str(node.data[0]), str(node.data[1])
            if opening not in (marks.open.strip(), marks.inner_open.strip()):
                return opening, closing, depth + 1
            if not depth and opening == marks.inner_open.strip():
                depth = 1
        if depth % 2:
            return marks.inner_open, marks.inner_close, depth + 1
        return marks.open, marks.close, depth + 1

    def _children(self, node: OutputSpan, depth: int, fixed: bool, level: int) -> bool:
        printed = False
        for index, child in enumerate(node.children):
            before = len(self.tokens)
            if printed and node.delimiter:
                self.tokens.append(node.delimiter)
            asked = type(child) is OutputSpan and child.quotes and _asks_about_quotation(node, index)
            if self.walk(child, depth, fixed or asked, level):
                printed = True
            else:
                del self.tokens[before:]
        return printed


def _narrow(text: str) -> str:
    """Return ``text`` with narrow no-break spaces inside guillemets and before marks, as French has them."""
    return _BEFORE_MARK.sub("\u202f", text).replace("« ", "«\u202f")


def _marks_into_blocks(tokens: list[Token | MarkRepeated]) -> list[Token | MarkRepeated]:
    """Return ``tokens`` with a mark at the edge of a display block moved to the text before: no line begins with a
    comma.
    """
    result: list[Token | MarkRepeated] = []
    blocks: list[bool] = []  # for each mark that is open whether it is a block
    end = 0  # where what was printed ends; behind it only blocks began and ended
    for token in tokens:
        if isinstance(token, str) and 0 < end < len(result) and token[0] in MARKS:
            result.insert(end, token[0])
            token = token[1:]
        edge = False
        if isinstance(token, Open):
            blocks.append(token.display is not None)
            edge = blocks[-1]
        elif isinstance(token, Close):
            edge = blocks.pop()
        if token != "":
            result.append(token)
        if not edge:
            end = len(result)
    return result


def _asks_about_quotation(node: OutputSpan, index: int) -> bool:
    """Return whether the quoted child at ``index`` precedes a question or exclamation mark of the text, which belongs to the whole.

    An example is “What is the plural of ‘mouse’?”.
    """
    after = node.children[index + 1 : index + 2]
    return not node.delimiter and bool(after) and isinstance(after[0], str) and after[0].startswith(("?", "!"))


def settle(tokens: list[Token | MarkRepeated], *, inside: bool) -> list[Token]:
    """Resolve colliding punctuation and double spaces where two texts meet."""
    return _cross_quotes(_merge(tokens), inside=inside)


def _merge(tokens: list[Token | MarkRepeated]) -> list[Token]:
    """Resolve punctuation between texts without a quotation mark between them."""
    result: list[Token] = []
    last = -1  # index in result of the text before, -1 for none
    sated = False
    for token in tokens:
        if isinstance(token, MarkRepeated):
            sated = True
            continue
        if isinstance(token, str):
            if sated and token[0] in MARKS:
                token = token[1:]
            sated = False
            if not token:
                continue
            adjacent = all(isinstance(between, LinkEdge) for between in result[last + 1 :])
            text = _meet(result, last, token, adjacent=adjacent) if last >= 0 else token
            if text:
                last = len(result)
                result.append(text)
            continue
        if isinstance(token, QuoteMark):
            last, sated = -1, False
        result.append(token)
    return result


def _meet(result: list[Token], last: int, text: str, *, adjacent: bool) -> str:
    """Resolve the text at ``last`` with ``text`` that follows; return the rest of ``text``.

    Spaces are only merged where no formatting begins or ends between them.
    """
    left = result[last]
    assert isinstance(left, str)
    end, start = left[-1], text[0]
    if adjacent and start == end and end in SPACES:
        return text[1:]
    if end in MARKS and start in MARKS:
        merged = COLLISIONS[end + start]
        if merged != end + start:
            result[last] = left[:-1] + merged
            return text[1:]
    return text


def _cross_quotes(tokens: list[Token], *, inside: bool) -> list[Token]:
    """Resolve the text behind a closing quotation mark with the text before it; some marks change sides."""
    result: list[Token] = []
    last = -1  # index in result of the text before
    quoted = -1  # index in result of the closing quotation marks directly before
    for token in tokens:
        if isinstance(token, str):
            text = token
            if quoted >= 0:
                text = _collide(result, last if last < quoted else -1, text)
                marks = _crossing(text) if inside else ""
                if marks:
                    last, quoted = _set_inside(result, quoted, marks)
                    text = text[len(marks) :]
            if text:
                last = len(result)
                quoted = -1
                result.append(text)
            continue
        if isinstance(token, QuoteMark) and token.closing:
            quoted = len(result) if quoted < 0 and not token.fixed else quoted
        elif isinstance(token, QuoteMark) or (isinstance(token, Open) and token.display is not None):
            quoted = last = -1
        result.append(token)
    return result


def _collide(result: list[Token], last: int, text: str) -> str:
    """Return the rest of ``text`` when its first mark is resolved with the one that ends the text at ``last``."""
    left = result[last] if last >= 0 else ""
    assert isinstance(left, str)
    if left[-1:] not in MARKS or text[0] not in MARKS:
        return text
    merged = COLLISIONS[left[-1] + text[0]]
    if merged.startswith(left[-1]):
        return merged[1:] + text[1:]
    result[last] = left[:-1]
    return merged + text[1:]


def _crossing(text: str) -> str:
    """Return the marks at the start of ``text`` that go inside quotation marks: up to a comma or a full stop."""
    marks = text[: len(text) - len(text.lstrip("".join(MARKS)))]
    return marks.rstrip(":;")


def _set_inside(result: list[Token], quoted: int, marks: str) -> tuple[int, int]:
    """Put ``marks`` before the closing quotation mark, outside any formatting that ends there.

    Return the places of the text that holds them and of the quotation mark.
    """
    left = result[quoted - 1] if quoted else None
    if isinstance(left, str):
        result[quoted - 1] = left + marks
        return quoted - 1, quoted
    result.insert(quoted, marks)
    return quoted, quoted + 1
