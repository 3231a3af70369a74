"""The rendering elements: one function for each, from a style's element and a context to output nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from leaflet.citations.csl.tree import (
    PLAIN,
    Choose,
    Date,
    Element,
    Formatting,
    Group,
    Label,
    Names,
    Number,
    TextCase,
    TextMacro,
    TextTerm,
    TextValue,
    TextVariable,
)
from leaflet.citations.data.vocabulary import LEGAL_TYPES
from leaflet.citations.evaluate import numbers
from leaflet.citations.evaluate.collation import without_article
from leaflet.citations.evaluate.conditions import chosen
from leaflet.citations.evaluate.dates import render_date
from leaflet.citations.evaluate.formatting import apply_formatting, other_work_language, text_language
from leaflet.citations.evaluate.item_context import Context, OutputArea
from leaflet.citations.evaluate.label_element import render_label
from leaflet.citations.evaluate.names import render_names
from leaflet.citations.output.nodes import Node, OutputSpan, Role, is_empty

LINKED = {"DOI": "https://doi.org/", "URL": "", "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
          "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/"}  # fmt: skip


UPRIGHT = Formatting(font_style="normal")
_SCHEME = re.compile(r"^https?://(?!(?:dx\.)?doi\.org/)", re.IGNORECASE)
_TRANSLATION = re.compile(r"(.*\S) (\[[^\[\]]+\])$", re.DOTALL)


def evaluate(context: Context, elements: tuple[Element, ...]) -> list[Node]:
    """Return the nodes of ``elements``, without empty ones."""
    found: list[Node] = []
    for element in elements:
        if type(element) is Choose:
            found.extend(evaluate(context, chosen(context, element)))
            continue
        node = _EVALUATORS[type(element)](context, element)
        if node is not None:
            found.append(node)
    return found


def _text_variable(context: Context, element: TextVariable) -> Node | None:
    variable = element.variable
    text = ""
    if element.short and variable not in context.suppressed:
        text = context.text(f"{variable}-short")
        if text:
            context.printed.append(f"{variable}-short")
    if not text:
        text = context.text(variable)
    if variable == "year-suffix":
        # An unused suffix does not empty its group: “no date” needs no other variable there.
        if not text:
            context.called += 1
            context.present += 1
            return None
        context.note_variable(variable, True)
        context.suffix_printed = True
        return apply_formatting(context, (OutputSpan((text,), role=Role.YEAR_SUFFIX),), element.look)
    if not text.strip() or _is_printed_locator(context, variable):
        context.note_variable(variable, False)
        return None
    context.note_variable(variable, True)
    return _VARIABLES.get(variable, _plain_variable)(context, element, text)


def _is_printed_locator(context: Context, variable: str) -> bool:
    """Return whether ``variable`` is a locator that the cite has printed already."""
    return variable == "locator" and variable in context.printed


def _plain_variable(context: Context, element: TextVariable, text: str) -> Node | None:
    return apply_formatting(context, context.rich(text), element.look)


def _title(context: Context, element: TextVariable, text: str) -> Node | None:
    """Return the title; in cites of laws, cases and treaties, which have it in place of names, marked as such."""
    if context.sort_key is not None and context.facts.style.rules.skipped_articles:
        text = without_article(text, text_language(context))
    title = apply_formatting(context, _title_nodes(context, text), element.look)
    leads = context.item.type in LEGAL_TYPES and context.area is OutputArea.CITATION and not context.name_lists
    if title is None or not leads or (context.facts.style.note and not context.cite.narrative):
        return title
    return OutputSpan((title,), role=Role.TITLE)


def _title_nodes(context: Context, text: str) -> tuple[Node, ...]:
    """Return a title; where the manual has it so, a translation behind it in brackets is upright in italics."""
    match = _TRANSLATION.match(text) if context.facts.style.rules.upright_translations else None
    if match is None:
        return context.rich(text)
    return (*context.rich(match[1]), " ", OutputSpan(context.rich(match[2]), formatting=UPRIGHT, role=Role.MARKUP))


def _container_title(context: Context, element: TextVariable, text: str) -> Node | None:
    return apply_formatting(context, _title_nodes(context, text), element.look)


def _other_works_title(context: Context, element: TextVariable, text: str) -> Node | None:
    return apply_formatting(context, context.rich(text), element.look, lang=other_work_language(context))


def _number_like(context: Context, element: TextVariable, text: str) -> Node | None:
    return apply_formatting(context, context.rich(numbers.ranges(context, text)), element.look)


def _identifier(context: Context, element: TextVariable, text: str) -> Node | None:
    """Return the number of a work, in which a hyphen is no sign of a range."""
    return apply_formatting(context, context.rich(numbers.identifier(context, text)), element.look)


def _page(context: Context, element: TextVariable, text: str) -> Node | None:
    return apply_formatting(context, context.rich(numbers.pages(context, text)), element.look)


def _locator(context: Context, element: TextVariable, text: str) -> Node | None:
    text = numbers.locator(context, text)
    return apply_formatting(context, (OutputSpan(context.rich(text), role=Role.LOCATOR),), element.look)


def _citation_label(context: Context, element: TextVariable, text: str) -> Node | None:
    content: tuple[Node, ...] = (text,)
    if context.disambiguation.year_suffix and not context.suffix_printed and not context.suffix_explicit:
        context.suffix_printed = True
        content = (text, OutputSpan((context.disambiguation.year_suffix,), role=Role.YEAR_SUFFIX))
    return apply_formatting(context, content, element.look)


def _citation_number(context: Context, element: TextVariable, text: str) -> Node | None:
    return apply_formatting(context, (OutputSpan((text,), role=Role.CITATION_NUMBER),), element.look)


def _linked(context: Context, element: TextVariable, text: str) -> Node | None:
    look = element.look
    link = _link_of(element.variable, text)
    if element.variable == "URL" and context.facts.style.rules.bare_addresses:
        text = _SCHEME.sub("", text.strip())
    if look.prefix.startswith("http") and not look.formatting:
        printed = OutputSpan((OutputSpan((text,), prefix=look.prefix),), role=Role.LINK, data=link)
        return apply_formatting(context, (printed,), replace(look, prefix=""))
    return apply_formatting(context, (OutputSpan((text,), role=Role.LINK, data=link),), look)


def _link_of(variable: str, text: str) -> str:
    """Return the address of a printed identifier; empty where it is not a safe one."""
    text = text.strip()
    if text.lower().startswith(("http://", "https://")):
        return text
    base = LINKED[variable]
    return base + text if base else ""


_VARIABLES: dict[str, Callable[[Context, TextVariable, str], Node | None]] = {
    "title": _title,
    "container-title": _container_title,
    "original-title": _other_works_title,
    "reviewed-title": _other_works_title,
    "page": _page,
    "locator": _locator,
    "citation-number": _citation_number,
    "citation-label": _citation_label,
    "volume": _number_like,
    "issue": _number_like,
    "number": _identifier,
    "collection-number": _number_like,
    "edition": _number_like,
    "chapter-number": _number_like,
    "number-of-volumes": _number_like,
    "number-of-pages": _number_like,
    "DOI": _linked,
    "URL": _linked,
    "PMID": _linked,
    "PMCID": _linked,
}


def _text_macro(context: Context, element: TextMacro) -> Node | None:
    found = _grouped(context, context.facts.style.macros[element.name])
    if not found:
        return None
    return _within(found) if element.look is PLAIN else apply_formatting(context, tuple(found), element.look)


def _text_term(context: Context, element: TextTerm) -> Node | None:
    term = context.locale.term(element.term, element.form)
    if term is None:
        return None
    text = (term.multiple if element.plural else term.single).replace("'", "’")
    if not text:
        return None
    sentences = context.area is OutputArea.BIBLIOGRAPHY or context.facts.style.note
    if sentences and element.look.text_case is not TextCase.LOWERCASE:
        return apply_formatting(context, (OutputSpan((text,), role=Role.TERM),), element.look, term=True)
    return apply_formatting(context, (text,), element.look, term=True)


def _text_value(context: Context, element: TextValue) -> Node | None:
    return apply_formatting(context, context.rich(element.value), element.look, term=True) if element.value else None


def _number(context: Context, element: Number) -> Node | None:
    text = context.text(element.variable)
    if not text.strip() or _is_printed_locator(context, element.variable):
        context.note_variable(element.variable, False)
        return None
    context.note_variable(element.variable, True)
    if element.variable == "locator":
        text = numbers.locator(context, text) if element.form == "numeric" else text
    if element.variable == "page" and element.form == "numeric":
        return apply_formatting(context, context.rich(numbers.pages(context, text)), element.look)
    printed: tuple[Node, ...] = (numbers.number(context, element.variable, text, element.form),)
    if element.variable == "citation-number":
        printed = (OutputSpan(printed, role=Role.CITATION_NUMBER),)
    return apply_formatting(context, printed, element.look)


def _grouped(context: Context, elements: tuple[Element, ...]) -> list[Node]:
    """Return the nodes of a group or a macro: none when all variables that it calls are empty (CSL 1.0.2, "Group").

    One that prints without variables counts as a non-empty variable for the group around it.
    """
    called, present = context.called, context.present
    context.called = context.present = 0
    around, context.group = context.group, elements
    found = evaluate(context, elements)
    context.group = around
    group_called, group_present = context.called, context.present
    context.called, context.present = called + group_called, present + group_present
    if (group_called and not group_present) or not found or all(map(is_empty, found)):
        return []
    if not group_called:
        context.called += 1
        context.present += 1
    last = found[-1]
    if isinstance(last, OutputSpan) and last.suffix.endswith("\u00a0 "):
        # Two spaces of a style are wide between parts of a group, not behind its last.
        found[-1] = last._replace(suffix=f"{last.suffix[:-2]} ")
    return found


def _within(found: list[Node], delimiter: str = "") -> Node:
    """Return the content of a group without formatting.

    A display block stays in a span: only the outermost parts of an entry are blocks.
    """
    first = found[0]
    if len(found) == 1 and (isinstance(first, str) or first.display is None):
        return first
    return OutputSpan(tuple(found), delimiter)


def _group(context: Context, element: Group) -> Node | None:
    found = _grouped(context, element.children)
    if not found:
        return None
    look = element.look
    if look is PLAIN:
        return _within(found, element.delimiter)
    if look.text_case is None and not look.strip_periods:
        return OutputSpan(
            tuple(found), element.delimiter, look.prefix, look.suffix, look.formatting, bool(look.quotes), look.display
        )
    return apply_formatting(context, (OutputSpan(tuple(found), element.delimiter),), look)


def _names(context: Context, element: Names) -> Node | None:
    return render_names(context, element, evaluate)


# A table is faster here than a match: a style of today walks through a thousand elements for one entry.
_EVALUATORS: Mapping[type[Element], Callable[[Context, Any], Node | None]] = {
    TextVariable: _text_variable,
    TextMacro: _text_macro,
    TextTerm: _text_term,
    TextValue: _text_value,
    Number: _number,
    Label: render_label,
    Group: _group,
    Date: render_date,
    Names: _names,
}
