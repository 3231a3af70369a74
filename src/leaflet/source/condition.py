"""The small language of ``when="audience == 'carer'"``: comparisons of field values, joined by and, or and not."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator, Mapping

from leaflet.files import Invalid, shown, suggestion

HINT = "write it as in when=\"audience == 'carer'\"; use ==, !=, in, and, or, not and parentheses"
LONGEST = 500


def check(text: str, known: Iterable[str]) -> None:
    """Refuse what is no condition, or asks for a field that is not known.

    Raises:
        Invalid: with the cure.
    """
    names = set(known)
    for node in ast.walk(_parse(text)):
        name = _dotted(node) if isinstance(node, ast.Name | ast.Attribute) else None
        if name is not None and name not in names and not any(other.startswith(f"{name}.") for other in names):
            hint = suggestion(name, names) or 'declare it under "fields:" in the front matter'
            raise Invalid(f'the condition asks for the field "{name}", which is not declared', hint)


def holds(text: str, values: Mapping[str, str]) -> bool:
    """Return whether a condition is true for these field values.

    Raises:
        Invalid: the text is no condition.
    """
    return _truth(_evaluate(_parse(text), values))


def names(text: str) -> frozenset[str]:
    """Return the fields that a condition asks for; none if the text is no condition."""
    try:
        return frozenset(_names(_parse(text)))
    except Invalid:
        return frozenset()


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name | ast.Attribute):
        yield _dotted(node) or ""
        return
    for child in ast.iter_child_nodes(node):
        yield from _names(child)


def _parse(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise Invalid("the condition is too long", HINT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Invalid(f"{shown(text)} is not a condition", HINT) from None
    _admit(tree, text)
    return tree


def _admit(node: ast.expr, text: str) -> None:
    match node:
        case ast.BoolOp(values=operands):
            inner = operands
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = [operand]
        case ast.Compare(left=left, ops=operators, comparators=others) if all(
            isinstance(operator, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for operator in operators
        ):
            inner = [left, *others]
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            inner = elements
        case ast.Constant(value=value) if isinstance(value, str | int | float | bool):
            inner = []
        case ast.Name():
            inner = []
        case ast.Attribute() if _dotted(node) is not None:
            inner = []
        case _:
            raise Invalid(f"{shown(text)} is not a condition", HINT)
    for child in inner:
        _admit(child, text)


def _evaluate(node: ast.expr, values: Mapping[str, str]) -> str | tuple[str, ...] | bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=operands):
            return all(_truth(_evaluate(operand, values)) for operand in operands)
        case ast.BoolOp(values=operands):
            return any(_truth(_evaluate(operand, values)) for operand in operands)
        case ast.UnaryOp(operand=operand):
            return not _truth(_evaluate(operand, values))
        case ast.Compare(left=left, ops=operators, comparators=others):
            return _compare(left, operators, others, values)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return tuple(_text(_evaluate(element, values)) for element in elements)
        case ast.Constant(value=value):
            return _text(value)
        case _:
            return values.get(_dotted(node) or "", "")


def _compare(left: ast.expr, operators: list[ast.cmpop], others: list[ast.expr], values: Mapping[str, str]) -> bool:
    first = _evaluate(left, values)
    for operator, other in zip(operators, others, strict=True):
        second = _evaluate(other, values)
        match operator:
            case ast.Eq():
                true = _text(first) == _text(second)
            case ast.NotEq():
                true = _text(first) != _text(second)
            case ast.In():
                true = _contains(second, _text(first))
            case _:
                true = not _contains(second, _text(first))
        if not true:
            return False
        first = second
    return True


def _contains(whole: object, part: str) -> bool:
    """Return whether a list, or the words of a field parted by commas or spaces, holds a value."""
    if isinstance(whole, tuple):
        return part in whole
    return part in _text(whole).replace(",", " ").split()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _truth(value: object) -> bool:
    return value if isinstance(value, bool) else _text(value).strip().lower() not in {"", "false", "no"}


def _dotted(node: ast.AST) -> str | None:
    """Return a field's name: words joined by dots."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            head = _dotted(value)
            return None if head is None else f"{head}.{name}"
        case _:
            return None
