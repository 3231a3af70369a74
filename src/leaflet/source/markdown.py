"""Conversion of Markdown to tokens: CommonMark with leaflet's additions, every token with its place."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from leaflet.source.citation_syntax import citation_plugin
from leaflet.source.parsed import Parsed
from leaflet.source.syntax.attributes import attributes_plugin
from leaflet.source.syntax.brackets import brackets_plugin
from leaflet.source.syntax.directives import directives_plugin
from leaflet.source.syntax.div import div_plugin
from leaflet.source.syntax.emoji_names import emoji_plugin
from leaflet.source.syntax.field import field_plugin
from leaflet.source.syntax.fixed_space import fixed_space_plugin
from leaflet.source.syntax.heading import heading_plugin
from leaflet.source.syntax.html_fence import html_fence_plugin
from leaflet.source.syntax.latex import latex_plugin
from leaflet.source.syntax.line_block import line_block_plugin
from leaflet.source.syntax.maths import maths_plugin
from leaflet.source.syntax.mistakes import KEY, report
from leaflet.source.syntax.note import note_plugin
from leaflet.source.syntax.ordered_marks import examples_of, marks_of, ordered_marks_plugin
from leaflet.source.syntax.plain_tables import plain_tables_plugin
from leaflet.source.syntax.roles import roles_plugin
from leaflet.source.syntax.shortcodes import shortcodes_plugin
from leaflet.source.syntax.span import span_plugin
from leaflet.source.typography import Typographer

InlineRule: TypeAlias = Callable[[StateInline, bool], bool]
DEEPEST = 40
"""Levels of lists, quotations, divs and brackets within each other; no text for people needs as many."""
MOST_HEADINGS = 2_000
"""A book of 100,000 words has some hundreds."""


class _BoundedBlocks(ParserBlock):
    """A block parser that reports blocks nested too deeply instead of dropping them silently."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        if state.level >= DEEPEST and state.skipEmptyLines(startLine) < endLine:
            hint = f"leaflet reads {DEEPEST} levels of lists, quotations and divs; use fewer"
            report(state.env, startLine, "this is nested too deeply", hint, is_error=True)
        super().tokenize(state, startLine, endLine)


def parse(text: str, parser: MarkdownIt) -> Parsed:
    """Return the tokens of ``text``, whose lines are counted as written."""
    env: dict[str, Any] = {}
    tokens = _without_too_many_headings(parser.parse(text, env), env)
    return Parsed(
        tokens=tuple(tokens),
        mistakes=tuple(env.get(KEY, {}).values()),
        marks=marks_of(env),
        examples={name: number for name, number in examples_of(env).items() if name},
    )


def _without_too_many_headings(tokens: list[Token], env: MutableMapping[str, object]) -> list[Token]:
    """Return ``tokens`` as far as there are not too many headings; report those."""
    places = [place for place, token in enumerate(tokens) if token.type == "heading_open" and token.map]
    if len(places) <= MOST_HEADINGS:
        return tokens
    end = places[MOST_HEADINGS]
    message = f"the text has {len(places):,} headings, and {MOST_HEADINGS:,} are the most"
    report(env, (tokens[end].map or [0])[0], message, "make several leaflets of it", is_error=True)
    return tokens[:end]


def make_parser(language: str) -> MarkdownIt:
    """Return a parser of leaflet's Markdown, with the typography and the locator words of a language."""
    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    bounded = _BoundedBlocks()
    bounded.ruler = md.block.ruler
    md.block = bounded
    md.enable(["table", "strikethrough"])
    # A character escaped by its author stays apart, so that typography leaves it alone.
    md.core.ruler.disable("text_join")
    # Every address as written becomes a link first and is then judged, with its place.
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - the parser's own name
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    typographer = Typographer(language)
    for plugin in (deflist_plugin, sub_plugin, superscript_plugin, div_plugin, field_plugin, heading_plugin):
        plugin(md)
    brackets_plugin(md)
    span_plugin(md)
    citation_plugin(md, language=language, polish=typographer.polish)
    note_plugin(md)
    attributes_plugin(md)
    plain_tables_plugin(md)
    html_fence_plugin(md)
    line_block_plugin(md)
    ordered_marks_plugin(md)
    roles_plugin(md)
    directives_plugin(md)
    shortcodes_plugin(md)
    emoji_plugin(md)
    fixed_space_plugin(md)
    latex_plugin(md)
    maths_plugin(md)
    _keep_positions(md)
    return md


FIRST_SIGNS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "sub": "~",
    "sup": "^",
    "span": "[",
    "citation_group": "[",
    "citation_narrative": "@-",
    "note_inline": "^",
    "note_mark": "[",
    "field": "{",
    "attributes": "{",
    "role": "{",
    "shortcode": "{[",
    "emoji_name": ":",
    "fixed_space": "\\",
    "last_break": "\\",
    "latex": "\\",
    "bookdown_reference": "\\",
    "raw_code": "`",
    "math_inline": "$",
    "math_bracketed": "\\",
    "math_github": "$",
    "math_environment": "\\",
    "math_kramdown": "$",
}
"""The signs that each inline rule begins with; it is not called at others."""


def _keep_positions(md: MarkdownIt) -> None:
    """Let every token that an inline rule makes know at which character of its text it begins."""
    ruler = md.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name != "text":
            ruler.at(name, _with_position(rule, FIRST_SIGNS[name]))


def _with_position(rule: InlineRule, signs: str) -> InlineRule:
    def positioned(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in signs:
            return False
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("position", start)
        return found

    return positioned
