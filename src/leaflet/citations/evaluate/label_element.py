"""``cs:label``: the term for a number, which the style may have meant for the number beside it."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.citations.csl.tree import Choose, Element, Group, Label, Number, Plural, Term, TextMacro, TextVariable
from leaflet.citations.data.vocabulary import LOCATORS
from leaflet.citations.evaluate import numbers
from leaflet.citations.evaluate.conditions import chosen
from leaflet.citations.evaluate.formatting import apply_formatting
from leaflet.citations.evaluate.item_context import Context
from leaflet.citations.output.nodes import Node

_OTHER_PAGES = {"locator": "page", "page": "locator"}


def render_label(context: Context, element: Label) -> Node | None:
    """Return a label, where its variable is printed, or the number for which the style uses it."""
    variable = element.variable
    text = context.text(variable) or _printed_just_now(context, variable)
    if not text.strip():
        return _label_of_another(context, element)
    if variable == "version" and context.facts.style.rules.library_habits and text.casefold().endswith(" version"):
        return None  # “Mar 14 version” says so itself
    term = _locator_term(context.cite.label) if variable == "locator" else variable
    if not term:
        return None
    found = context.locale.term(term, element.form) or (
        context.locale.term("sub verbo", element.form) if term == "sub-verbo" else None
    )
    contextual = element.plural is Plural.CONTEXTUAL
    plural = numbers.is_plural(variable, text) if contextual else element.plural is Plural.ALWAYS
    return _printed(context, element, found, plural=plural)


def _printed_just_now(context: Context, variable: str) -> str:
    """Return the number that the substitute around the label has printed.

    Elsewhere it is not printed again.
    """
    inside = context.parent is not None and variable in context.printed
    return context.item.text.get(variable, "") if inside else ""


def _locator_term(label: str) -> str:
    known = label if label in LOCATORS or not label else "page"
    return {"sub verbo": "sub-verbo"}.get(known, known)


def _printed(context: Context, element: Label, term: Term | None, *, plural: bool) -> Node | None:
    text = "" if term is None else term.multiple if plural else term.single
    return apply_formatting(context, (text,), element.look, term=True) if text else None


def _label_of_another(context: Context, element: Label) -> Node | None:
    """Return the label of an empty variable, by a number without a label of its own.

    That is the number next to it, or pages for a locator and the other way round, anywhere in the group. The label is
    in the singular, as its own variable is.
    """
    variable = element.variable
    if not context.text(element.beside).strip() and not _stands_by_pages(context, _OTHER_PAGES.get(variable, "")):
        return None
    found = context.locale.term("page" if variable == "locator" else variable, element.form)
    return _printed(context, element, found, plural=element.plural is Plural.ALWAYS)


def _stands_by_pages(context: Context, other: str) -> bool:
    """Return whether the group prints ``other`` without a label; the label of a chapter is no page's."""
    if not context.text(other).strip() or (other == "locator" and context.cite.label not in ("", "page")):
        return False
    asked = context.conditions_asked
    parts = tuple(_evaluated(context, context.group))
    context.conditions_asked = asked
    printed = any(isinstance(part, TextVariable | Number) and part.variable == other for part in parts)
    return printed and not any(isinstance(part, Label) and part.variable == other for part in parts)


def _evaluated(context: Context, elements: tuple[Element, ...]) -> Iterator[Element]:
    """Yield the elements of which something may be printed for this item: of a choice those of its branch."""
    for element in elements:
        match element:
            case Group():
                yield from _evaluated(context, element.children)
            case TextMacro():
                yield from _evaluated(context, context.facts.style.macros[element.name])
            case Choose():
                yield from _evaluated(context, chosen(context, element))
            case _:
                yield element
