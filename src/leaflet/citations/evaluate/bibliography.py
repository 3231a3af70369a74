"""The entries of a bibliography: layout, second-field alignment, substitutes for repeated authors."""

from __future__ import annotations

from collections.abc import Sequence

from leaflet.citations.csl.tree import Bibliography, Display
from leaflet.citations.data.person import PersonName
from leaflet.citations.evaluate.elements import evaluate
from leaflet.citations.evaluate.item_context import Context
from leaflet.citations.evaluate.render_cite import capitalise_term
from leaflet.citations.output.nodes import Node, OutputSpan, Role, find, find_all, is_empty, plain, replace_first


def render_entry(context: Context, bibliography: Bibliography) -> Node:
    """Return one entry."""
    children = list(capitalise_term(tuple(evaluate(context, bibliography.layout.children))))
    if all(map(is_empty, children)):
        return ""
    if not is_empty(children[0]):
        children[0] = _without_first_space(children[0])
    look = bibliography.layout.look
    if bibliography.second_field_align and len(children) > 1:
        head = OutputSpan((children[0],), prefix=look.prefix, display=Display.LEFT_MARGIN)
        rest = OutputSpan(tuple(children[1:]), suffix=look.suffix, display=Display.RIGHT_INLINE)
        return OutputSpan((head, rest), formatting=look.formatting)
    last = children[-1] if children else ""
    if look.suffix and isinstance(last, OutputSpan) and last.display is not None:
        children[-1] = last._replace(suffix=last.suffix + look.suffix)
        return OutputSpan(tuple(part for part in (look.prefix, *children) if part), formatting=look.formatting)
    return OutputSpan(tuple(part for part in (look.prefix, *children, look.suffix) if part), formatting=look.formatting)


def _without_first_space(node: Node) -> Node:
    """Return ``node`` without the space before its first text: in the midst of an entry it would part something."""
    if isinstance(node, str) or (node.prefix and not node.prefix.isspace()):
        return node
    index = next((index for index, child in enumerate(node.children) if not is_empty(child)), None)
    if index is None:
        return node._replace(prefix="")
    first = _without_first_space(node.children[index])
    return node._replace(prefix="", children=(*node.children[:index], first, *node.children[index + 1 :]))


def substitute_authors(entries: Sequence[Node], bibliography: Bibliography) -> list[Node]:
    """Return entries in which repeated names give way to the style's substitute (CSL 1.0.2, "Reference Grouping")."""
    substitute = bibliography.subsequent_author_substitute
    if substitute is None:
        return list(entries)
    result: list[Node] = []
    previous: OutputSpan | None = None
    for entry in entries:
        names = find(entry, Role.NAMES)
        if names is not None and not names.data and find(names, Role.NAME_LIST) is None:
            names = None  # a term such as “anonymous” is nobody's name
        result.append(
            _substitute(entry, names, previous, substitute, bibliography.subsequent_author_substitute_rule)
            if names is not None and previous is not None
            else entry
        )
        previous = names
    return result


def _substitute(entry: Node, names: OutputSpan, previous: OutputSpan, substitute: str, rule: str) -> Node:
    if find(names, Role.NAME) is None:
        rule = "complete-all"
    match rule:
        case "complete-all":
            if _listed(names) == _listed(previous):
                return replace_first(entry, Role.NAMES, lambda found: _replaced_list(found, substitute))[0]
            return entry
        case "complete-each":
            if _texts(names) == _texts(previous):
                return replace_first(entry, Role.NAMES, lambda found: _replace_names(found, substitute, 10**6))[0]
            return entry
        case "partial-each":
            same = _common(_texts(names), _texts(previous))
            return replace_first(entry, Role.NAMES, lambda found: _replace_names(found, substitute, same))[0]
        case _:
            same = min(1, _common(_texts(names), _texts(previous)))
            return replace_first(entry, Role.NAMES, lambda found: _replace_names(found, substitute, same))[0]


def _listed(names: OutputSpan) -> list[object]:
    """Return the name lists as text, without labels, and their variables; or a substitute's.

    Namesakes may print alike, so that the variables count too.
    """
    lists = [plain(name_list) for name_list in find_all(names, Role.NAME_LIST)] or [plain(names)]
    people = (name.data for name in find_all(names, Role.NAME))
    return [*lists, *(_identity(person) for person in people if isinstance(person, PersonName))]


def _identity(person: PersonName) -> tuple[str, str]:
    return person.family or person.literal, person.given


def _texts(names: OutputSpan) -> list[str]:
    return [plain(name) for name in find_all(names, Role.NAME)]


def _common(left: list[str], right: list[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _replaced_list(names: OutputSpan, substitute: str) -> Node:
    """Return the names replaced as a whole; labels behind them stay."""
    replaced, found = replace_first(
        names, Role.NAME_LIST, lambda _: OutputSpan((substitute,) if substitute else (), role=Role.NAME_LIST)
    )
    if found:
        return replaced
    return names._replace(children=(substitute,))


def _replace_names(names: OutputSpan, substitute: str, count: int) -> Node:
    left = [count]

    def walk(node: Node) -> Node:
        if isinstance(node, str):
            return node
        if node.role is Role.NAME:
            if left[0] <= 0:
                return node
            left[0] -= 1
            return OutputSpan((substitute,), role=Role.NAME)
        return node._replace(children=tuple(walk(child) for child in node.children))

    return walk(names)
