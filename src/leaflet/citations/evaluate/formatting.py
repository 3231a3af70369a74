"""Formatting of an element: case, periods, quotation marks, fonts and affixes."""

from __future__ import annotations

import re

from leaflet.citations.csl.style_library import DEFAULT_LANG
from leaflet.citations.csl.tree import Look, TextCase
from leaflet.citations.evaluate.item_context import Context
from leaflet.citations.output.nodes import Node, OutputSpan, Role
from leaflet.citations.output.textcase import apply_case

_STOP = re.compile(r"(?<!\w\w)\.|\.(?![^\W\d_A-Z])")


def apply_formatting(
    context: Context,
    nodes: tuple[Node, ...],
    look: Look,
    role: Role | None = None,
    *,
    term: bool = False,
    lang: str | None = None,
) -> Node | None:
    """Return ``nodes`` with their formatting; None without nodes.

    The style's own words (``term``) take any case in any language; words of an item are title-cased only in English.
    ``lang`` is the language of ``nodes`` where it is not the item's.
    """
    if not nodes:
        return None
    if look.strip_periods:
        nodes = tuple(strip_periods(node) for node in nodes)
    if look.quotes is False:
        inner = (context.locale.text("open-inner-quote"), context.locale.text("close-inner-quote"))
        nodes = tuple(_in_outer_quotes(node, inner) for node in nodes)
    if look.text_case is not None:
        lang = lang or _case_language(context, look.text_case, term=term)
        length = context.facts.style.rules.capital_length
        nodes = apply_case(nodes, look.text_case, lang, term=term, capital_length=length)
    if (
        role is None
        and len(nodes) == 1
        and not (look.prefix or look.suffix or look.formatting or look.quotes or look.display)
    ):
        return nodes[0]
    return OutputSpan(nodes, "", look.prefix, look.suffix, look.formatting, bool(look.quotes), look.display, role)


def _case_language(context: Context, case: TextCase, *, term: bool) -> str:
    """Return the language whose rules of case hold; for the style's own words title case does as in English."""
    if not term:
        return text_language(context)
    return "en" if case is TextCase.TITLE else context.locale.lang


def strip_periods(node: Node) -> Node:
    """Return ``node`` without full stops in its own text; one inside a word, as in “NHS.uk”, abbreviates nothing."""
    if isinstance(node, str):
        return _STOP.sub("", node)
    return node._replace(children=tuple(strip_periods(child) for child in node.children))


def _in_outer_quotes(node: Node, inner: tuple[str, str]) -> Node:
    """Return ``node`` with quotation marks that are the language's ``inner`` ones as its outer ones.

    A style that says ``quotes="false"`` allows for marks in a title, and none are around them.
    """
    if isinstance(node, str):
        return node
    data = None if node.quotes and node.data == inner else node.data
    return node._replace(children=tuple(_in_outer_quotes(child, inner) for child in node.children), data=data)


def text_language(context: Context) -> str:
    """Return the language whose rules of case hold: the item's, else that of the citation."""
    return context.item.text.get("language", "").lower() or context.locale.lang


def other_work_language(context: Context) -> str:
    """Return the language of a title that is another work's, reviewed or translated.

    Neither the style nor the reader says anything about it, so that a style that asks for title case gets it, as in
    English.
    """
    return context.item.text.get("language", "").lower() or DEFAULT_LANG
