"""``cs:sort``: the keys of an item, and items in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import Any, TypeVar

from leaflet.citations.csl.element_walk import walk
from leaflet.citations.csl.tree import Date, Form, Name, NameOptions, Names, SortKey, TextMacro
from leaflet.citations.data.vocabulary import DATES, NAMES, NUMBERS
from leaflet.citations.evaluate.collation import sortable, without_article
from leaflet.citations.evaluate.dates import date_key
from leaflet.citations.evaluate.elements import evaluate
from leaflet.citations.evaluate.formatting import text_language
from leaflet.citations.evaluate.item_context import Context, StyleFacts, collated
from leaflet.citations.evaluate.numbers import MOST_DIGITS
from leaflet.citations.output.nodes import Role, find_all, plain

Value = TypeVar("Value")
Key = Any
_LAST = (chr(0x10FFFF), "", "")
_NAME_KEY = Name(options=NameOptions(form=Form.LONG, name_as_sort_order="all", delimiter=" ", sort_separator=" "))


def sort_keys(keys: Sequence[SortKey], context_for: Callable[[SortKey], Context]) -> tuple[Key, ...]:
    """Return the value of every key for one item; None for what is empty."""
    return tuple(_key(key, context_for(key)) for key in keys)


def _key(key: SortKey, context: Context) -> Key:
    if key.macro:
        return _macro_key(key.macro, context)
    variable = key.variable
    if variable in DATES:
        return date_key(context.item.dates.get(variable)) or None
    if variable in NAMES:
        return _names_key(variable, context)
    text = context.text(variable)
    if variable == "title" and context.facts.style.rules.skipped_articles:
        text = without_article(text, text_language(context))
    if variable in NUMBERS and text.strip().isdecimal() and len(text) < MOST_DIGITS:
        return (0, int(text))
    return text_key(text, context.facts)


def _macro_key(name: str, context: Context) -> Key:
    found = evaluate(context, (TextMacro(name=name),))
    dated = context.facts.memory.dated
    if name not in dated:
        dated[name] = any(isinstance(element, Date) for element in walk(context.facts.style.macros[name]))
    if dated[name]:
        # Other text of a macro for dates, such as “n.d.”, has no place in the order of time.
        found = [date for node in found for date in find_all(node, Role.DATE)]
    return text_key("".join(map(plain, found)), context.facts)


def _names_key(variable: str, context: Context) -> Key:
    found = evaluate(context, (Names(variables=(variable,), name=_NAME_KEY),))
    return text_key("".join(map(plain, found)), context.facts)


def text_key(text: str, facts: StyleFacts) -> Key:
    """Return the key by which ``text`` sorts; None for text without letters and digits."""
    text = sortable(text)
    return (1, collated(facts, text)) if text else None


def names_key(names: Sequence[str], facts: StyleFacts, *, shortened: bool) -> Key:
    """Return the key by which printed names sort, one after another, “et al.” last; None without names."""
    keys = [collated(facts, sortable(name)) for name in names]
    return tuple([*keys, _LAST] if shortened else keys) or None


def ordered(
    values: Sequence[Value], keys: Sequence[SortKey], keys_of: Callable[[Value], tuple[Key, ...]]
) -> list[Value]:
    """Return ``values`` in the order of ``keys``; equal ones stay as they were, empty keys go last either way."""
    if not keys:
        return list(values)
    decorated = [(keys_of(value), value) for value in values]

    def compare(left: tuple[tuple[Key, ...], Value], right: tuple[tuple[Key, ...], Value]) -> int:
        for key, one, other in zip(keys, left[0], right[0], strict=True):
            if one == other:
                continue
            if one is None or other is None:
                return 1 if one is None else -1
            return -1 if (one < other) != key.descending else 1
        return 0

    return [value for _, value in sorted(decorated, key=cmp_to_key(compare))]
