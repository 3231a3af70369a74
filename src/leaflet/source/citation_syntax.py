"""Pandoc's citation syntax: ``[see @key, pp. 3-4; -@other]``, ``@key [chap. 2]``, ``-@key`` and ``@{odd key}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from leaflet.model.citation import CiteMode
from leaflet.source.locators import Terms, split_locator, terms
from leaflet.source.syntax.brackets import after_code, closing_bracket

KEY = re.compile(
    r"@(?:\{(?P<braced>[^{}\n]+)\}|(?P<address>(?:[a-z]+:)?https?://[^\s\[\]{};,<>\"]*[^\s\[\]{};,<>\".?!:)])"
    r"|(?P<plain>[^\W](?:[\w]|[:.#$%&\-+?<>~/](?=[\w]))*))"
)
SPACE = re.compile(r"[ \t]*\n?[ \t]*")
DEEPEST = 3
"""Brackets within a citation's own text that are still looked into."""

RICH = {"em_open": "<i>", "em_close": "</i>", "strong_open": "<b>", "strong_close": "</b>"} | {
    f"{name}_{side}": f"<{slash}{name}>" for name in ("sup", "sub") for side, slash in (("open", ""), ("close", "/"))
}
"""CSL's own rich text for what emphasis there is in a prefix or a suffix."""

TAG = re.compile(r"</?(?:i|b|sup|sub)>")
Polish = Callable[[list[Token]], None]


INNER = "\ue010"
"""The character in a suffix that replaces a source named there: ``[@a, as @b said]``."""


class Inner(Struct, frozen=True, kw_only=True):
    """A source that the words behind another one name."""

    key: str
    mode: CiteMode
    position: int


class RawCite(Struct, frozen=True, kw_only=True):
    """A cite as written in the line; ``position`` counts from the start of the line's text."""

    key: str
    mode: CiteMode
    prefix: str
    locator: str | None
    label: str | None
    suffix: str
    position: int
    inner: tuple[Inner, ...] = ()
    """The further sources that its own words name, each marked by ``INNER`` in the suffix."""


def citation_plugin(md: MarkdownIt, *, language: str, polish: Polish) -> None:
    """Read citations; ``language`` adds its own locator words, ``polish`` finishes the text of affixes."""
    rule = _Rule(terms=terms(language), polish=polish)
    md.inline.ruler.before("link", "citation_group", rule.group)
    md.inline.ruler.before("emphasis", "citation_narrative", rule.narrative)


class _Rule(Struct, frozen=True, kw_only=True):
    """The two inline rules; what a locator may look like depends on the language."""

    terms: Terms
    polish: Polish

    def group(self, state: StateInline, silent: bool) -> bool:
        """Read ``[see @one, p. 3; @two]``, in which every part between semicolons cites something."""
        if state.src[state.pos] != "[" or state.env.get("cite_depth", 0) >= DEEPEST:
            return False
        end = closing_bracket(state, state.pos)
        if end is None or "@" not in state.src[state.pos : end] or _is_more(state, end + 1):
            return False
        cites = self.cites(state, state.pos + 1, end)
        if cites is None:
            return False
        if not silent:
            self.push(state, cites)
        state.pos = end + 1
        return True

    def narrative(self, state: StateInline, silent: bool) -> bool:
        """Read ``@key``, ``@key [p. 3]`` and ``-@key`` in the running text."""
        start = state.pos
        suppressed = state.src.startswith("-@", start)
        at = start + 1 if suppressed else start
        found = _key_at(state.src, at, state.posMax)
        if found is None or (start and (state.src[start - 1].isalnum() or state.src[start - 1] in "_@/")):
            return False
        mode = CiteMode.SUPPRESS_AUTHOR if suppressed else CiteMode.NARRATIVE
        first = RawCite(key=_name(found), mode=mode, prefix="", locator=None, label=None, suffix="", position=at)
        end = found.end()
        cites: tuple[RawCite, ...] = (first,)
        more = self.bracket_after(state, end, first)
        if more is not None:
            end, cites = more
        if not silent:
            self.push(state, cites)
        state.pos = end
        return True

    def bracket_after(self, state: StateInline, after: int, first: RawCite) -> tuple[int, tuple[RawCite, ...]] | None:
        """Return the end of the bracket after a narrative cite, and the cites with its locator and suffix."""
        gap = SPACE.match(state.src, after, state.posMax)
        start = gap.end() if gap else after
        if not state.src.startswith("[", start) or state.src.startswith("[^", start):
            return None
        end = closing_bracket(state, start)
        if end is None or _is_more(state, end + 1):
            return None
        parts = list(_parts(state.src, start + 1, end))
        if not state.src[slice(*parts[0])].strip():
            return None
        own = _first_key(state.src, *parts[0]) is None
        mine = self.with_suffix(state, first, *parts[0]) if own else first
        others: tuple[RawCite, ...] | None = ()
        if not own or len(parts) > 1:
            others = self.cites(state, parts[own][0], end)
        return None if others is None else (end + 1, (mine, *others))

    def with_suffix(self, state: StateInline, first: RawCite, start: int, end: int) -> RawCite:
        """Return a narrative cite with the content of its bracket; words that are no locator are set off by a comma."""
        label, locator, suffix = self.split(state, state.src[start:end])
        if suffix and locator is None and suffix.lstrip()[0] not in ",.;:":
            suffix = f", {suffix.lstrip()}"
        return replace(first, label=label, locator=locator, suffix=suffix)

    def cites(self, state: StateInline, start: int, end: int) -> tuple[RawCite, ...] | None:
        cites = [self.cite(state, *part) for part in _parts(state.src, start, end)]
        return None if None in cites else tuple(cite for cite in cites if cite is not None)

    def cite(self, state: StateInline, start: int, end: int) -> RawCite | None:
        found = _first_key(state.src, start, end)
        if found is None:
            return None
        at = found.start()
        suppressed = at > start and state.src[at - 1] == "-" and (at - 1 == start or state.src[at - 2].isspace())
        prefix = state.src[start : at - 1 if suppressed else at]
        words, inner = _without_keys(state.src, found.end(), end)
        label, locator, suffix = self.split(state, words)
        return RawCite(
            key=_name(found),
            mode=CiteMode.SUPPRESS_AUTHOR if suppressed else CiteMode.NORMAL,
            prefix=self.affix(state, prefix).strip(),
            locator=locator,
            label=label,
            suffix=suffix.rstrip(),
            position=at,
            inner=inner,
        )

    def split(self, state: StateInline, suffix: str) -> tuple[str | None, str | None, str]:
        """Return the label, the locator and the rest of a suffix."""
        if not suffix.strip():
            return None, None, ""
        locator, rest = split_locator(suffix, self.terms)
        if locator is None:
            return None, None, self.affix(state, rest)
        return locator.label, unescape(TAG.sub("", self.affix(state, locator.value))), self.affix(state, rest)

    def affix(self, state: StateInline, text: str) -> str:
        """Return a prefix or a suffix as CSL's rich text, with emphasis and everything else escaped."""
        if not text.strip():
            return ""
        tokens: list[Token] = []
        depth = state.env.get("cite_depth", 0)
        state.env["cite_depth"] = depth + 1
        state.md.inline.parse(" ".join(text.split()), state.md, state.env, tokens)
        state.env["cite_depth"] = depth
        self.polish(tokens)
        rich = "".join(_rich(token) for token in tokens).strip()
        return f" {rich}" if text[0].isspace() else rich

    def push(self, state: StateInline, cites: tuple[RawCite, ...]) -> None:
        state.push("citation", "", 0).meta["cites"] = cites


def _is_more(state: StateInline, after: int) -> bool:
    """Return whether the text ``after`` a bracket makes the bracket the words of a link or span."""
    if state.src[after : after + 1] == "[":
        end = closing_bracket(state, after)
        return end is not None and normalizeReference(state.src[after + 1 : end]) in state.env.get("references", {})
    return state.src[after : after + 1] in {"(", "{"}


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between semicolons that are in no bracket, brace or code."""
    begin = position = start
    never_closed: set[str] = set()
    depth = 0
    while position < end:
        character = text[position]
        if character == "\\":
            position += 1
        elif character == "`":
            position = after_code(text, position, end, never_closed) - 1
        elif character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
        elif character == ";" and depth == 0:
            yield begin, position
            begin = position + 1
        position += 1
    yield begin, end


def _first_key(text: str, start: int, end: int) -> re.Match[str] | None:
    return next(_keys(text, start, end), None)


def _without_keys(text: str, start: int, end: int) -> tuple[str, tuple[Inner, ...]]:
    """Return the words behind a source, with ``INNER`` in the place of each further source, and these sources."""
    words: list[str] = []
    inner: list[Inner] = []
    position = start
    for found in _keys(text, start, end):
        suppressed = text[found.start() - 1] == "-" and text[found.start() - 2].isspace()
        words += [text[position : found.start() - suppressed], INNER]
        mode = CiteMode.SUPPRESS_AUTHOR if suppressed else CiteMode.NARRATIVE
        inner.append(Inner(key=_name(found), mode=mode, position=found.start()))
        position = found.end()
    return "".join(words) + text[position:end], tuple(inner)


def _keys(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the keys between ``start`` and ``end`` that are in no further bracket, brace or code."""
    position = start
    never_closed: set[str] = set()
    depth = 0
    while position < end:
        character = text[position]
        found = _key_at(text, position, end) if depth == 0 else None
        if found and not (position > start and (text[position - 1].isalnum() or text[position - 1] == "_")):
            yield found
            position = found.end()
        elif character == "`":
            position = after_code(text, position, end, never_closed)
        else:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(character, 0)
            position += 2 if character == "\\" else 1


def _key_at(text: str, position: int, end: int) -> re.Match[str] | None:
    return KEY.match(text, position, end)


def _name(found: re.Match[str]) -> str:
    return found["braced"] or found["address"] or found["plain"]


def _rich(token: Token) -> str:
    match token.type:
        case "text" | "text_special" | "code_inline":
            return escape(token.content, quote=False)
        case "softbreak" | "hardbreak":
            return " "
        case _:
            return RICH.get(token.type, "")
