"""The tests of ``cs:choose``."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from leaflet.citations.csl.tree import Branch, Choose, Element, Match
from leaflet.citations.evaluate import numbers
from leaflet.citations.evaluate.item_context import Context, OutputArea, Position


def chosen(context: Context, element: Choose) -> tuple[Element, ...]:
    """Return the elements of the first branch whose tests hold."""
    memory = context.facts.memory.branches
    key = (id(element), context.item.type)
    branches = memory.get(key)
    if branches is None:
        branches = memory[key] = _of_type(element.branches, context.item.type)
    for branch in branches:
        if not branch.tests or _holds(context, branch):
            return branch.children
    return ()


def _of_type(branches: tuple[Branch, ...], item_type: str) -> tuple[Branch, ...]:
    """Return the branches that an item of a type can take, without the tests of its type.

    An item has one type, so that of several types in one attribute one is enough.
    """
    possible: list[Branch] = []
    for branch in branches:
        told = [item_type in test.values for test in branch.tests if test.kind == "type"]
        others = tuple(test for test in branch.tests if test.kind != "type")
        match branch.match:
            case Match.ALL:
                taken, excluded = not others, not all(told)
            case Match.ANY:
                taken, excluded = any(told) or not branch.tests, not any(told) and not others and bool(branch.tests)
            case Match.NONE:
                taken, excluded = not others, any(told)
        if excluded:
            continue
        possible.append(replace(branch, tests=() if taken else others))
        if taken:
            break
    return tuple(possible)


def _holds(context: Context, branch: Branch) -> bool:
    """Return whether the tests of ``branch`` hold as its ``match`` wants."""
    match = branch.match
    for test in branch.tests:
        check = _TESTS[test.kind]
        if test.kind == "locator":  # a cite has one: of several values one is enough
            found = any(check(context, value) for value in test.values)
            if found is not (match is Match.ALL):
                return match is Match.ANY
            continue
        for value in test.values:
            if check(context, value) is not (match is Match.ALL):
                return match is Match.ANY
    return match is not Match.ANY


def _variable(context: Context, value: str) -> bool:
    return context.has(value)


def _is_numeric(context: Context, value: str) -> bool:
    return numbers.is_numeric(context.text(value))


def _is_uncertain(context: Context, value: str) -> bool:
    found = context.item.dates.get(value)
    return found is not None and found.circa


def _locator(context: Context, value: str) -> bool:
    cite = context.cite
    return bool(cite.locator) and cite.label.replace(" ", "-") == value.replace(" ", "-")


def _position(context: Context, value: str) -> bool:
    if context.area is OutputArea.BIBLIOGRAPHY:
        return False
    position = context.cite.position
    match value:
        case "first":
            return position is Position.FIRST
        case "subsequent":
            return position >= Position.SUBSEQUENT
        case "ibid":
            return position >= Position.IBID
        case "ibid-with-locator":
            return position is Position.IBID_WITH_LOCATOR
        case "near-note":
            return context.cite.near_note
        case _:
            return False


def _disambiguate(context: Context, value: str) -> bool:
    context.conditions_asked += 1
    return (context.conditions_asked <= context.disambiguation.conditions) == (value == "true")


_TESTS: dict[str, Callable[[Context, str], bool]] = {
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
