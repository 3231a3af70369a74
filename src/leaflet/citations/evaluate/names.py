"""``cs:names``: whose names to print, with labels, substitutes and the rules of “et al.”."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from leaflet.citations.csl.tree import (
    PLAIN,
    Choose,
    Element,
    EtAl,
    Form,
    Formatting,
    Label,
    Name,
    NameOptions,
    Names,
    Plural,
    TextTerm,
)
from leaflet.citations.data.person import PersonName
from leaflet.citations.evaluate.conditions import chosen
from leaflet.citations.evaluate.formatting import apply_formatting
from leaflet.citations.evaluate.item_context import Context, GivenName, OutputArea, Position, merge_options
from leaflet.citations.evaluate.person_name import render_person
from leaflet.citations.output.nodes import Node, OutputSpan, Role, is_empty

Evaluate = Callable[[Context, tuple[Element, ...]], list[Node]]
_DEFAULT_NAME = Name()
_DEFAULT_ET_AL = EtAl()
_UNFORMATTED = Formatting()
_EDITOR_TRANSLATOR = frozenset(("editor", "translator"))


def render_names(context: Context, element: Names, evaluate: Evaluate) -> Node | None:
    """Return the nodes of ``cs:names``: its variables, or the first substitute that prints something."""
    if context.parent is not None and element.name is None:
        element = _inherited(context, element, context.parent)
    lists = _lists(context, element.variables)
    context.called += 1
    if lists:
        context.present += 1
        context.printed.extend(variable for variable, _ in lists)
        return _render(context, element, lists)
    if element.substitute:
        return _substitute(context, element, evaluate)
    return None


def _inherited(context: Context, element: Names, parent: Names) -> Names:
    memory, key = context.facts.memory.substitutes, (id(element), id(parent))
    found = memory.get(key)
    if found is None:
        # The result holds both, so that their identities stay theirs.
        found = memory[key] = (_inherit(element, parent), element, parent)
    return found[0]


def _inherit(element: Names, parent: Names) -> Names:
    """Return names of a substitute, completed from ``parent``.

    “The attribute values and child elements” of the parent apply (CSL 1.0.2, "Substitute").
    """
    if element.et_al is not None or element.label is not None or element.substitute:
        return replace(element, name=parent.name, et_al=element.et_al or parent.et_al)
    return replace(parent, variables=element.variables, substitute=())


def _lists(context: Context, variables: tuple[str, ...]) -> list[tuple[str, tuple[PersonName, ...]]]:
    names = context.item.names
    return [
        (variable, names[variable])
        for variable in variables
        if variable in names and variable not in context.suppressed
    ]


def _substitute(context: Context, parent: Names, evaluate: Evaluate) -> Node | None:
    outer, context.parent = context.parent, parent
    for child in _candidates(context, parent.substitute):
        before = len(context.printed)
        if isinstance(child, TextTerm) and context.locale.term(child.term, child.form) is not None:
            # A term that is defined ends the search, even when the style defines it as nothing.
            context.parent = outer
            found = evaluate(context, (child,))
            return OutputSpan((found[0],), role=Role.NAMES) if found else None
        found = evaluate(context, (child,))
        if found and not all(map(is_empty, found)):
            context.suppressed = context.suppressed.union(context.printed[before:])
            context.parent = outer
            node = found[0] if len(found) == 1 else OutputSpan(tuple(found))
            stands_in = tuple(context.printed[before:])
            return node if find_names(node) else OutputSpan((node,), role=Role.NAMES, data=stands_in)
        del context.printed[before:]
    context.parent = outer
    return None


def _candidates(context: Context, elements: tuple[Element, ...]) -> Iterator[Element]:
    """Yield the elements that may stand in, one at a time: those of a choice too."""
    for element in elements:
        if isinstance(element, Choose):
            yield from _candidates(context, chosen(context, element))
        else:
            yield element


def find_names(node: Node | None) -> bool:
    """Return whether there are names in ``node``."""
    if node is None or isinstance(node, str):
        return False
    return node.role is Role.NAMES or any(find_names(child) for child in node.children)


def _options(context: Context, element: Names) -> NameOptions:
    if element.name is None:
        return context.options
    own, memory = element.name.options, context.facts.memory.options
    key = (id(context.options), id(own))
    found = memory.get(key)
    if found is None:
        found = memory[key] = (merge_options(context.options, own), context.options, own)
    return found[0]


def _render(context: Context, element: Names, lists: list[tuple[str, tuple[PersonName, ...]]]) -> Node | None:
    options = _options(context, element)
    if options.form is Form.COUNT:
        return _count(context, element, lists, options)
    combined = _combine(context, element, lists)
    rendered: list[Node] = []
    for variable, people in combined:
        name_list = _render_list(context, element, options, people)
        node = _with_label(context, element, variable, people, name_list)
        rendered.append(node)
    delimiter = element.delimiter if element.delimiter is not None else options.names_delimiter or ""
    if context.parent is not None:
        context.suppressed = context.suppressed.union(variable for variable, _ in lists)
    look = element.look
    role = Role.NAMES
    node = OutputSpan(tuple(rendered), delimiter, role=role, data=tuple(variable for variable, _ in combined))
    return node if look is PLAIN else apply_formatting(context, (node,), look)


def _count(
    context: Context, element: Names, lists: list[tuple[str, tuple[PersonName, ...]]], options: NameOptions
) -> Node | None:
    total = sum(_shown(context, options, people)[0] for _, people in _combine(context, element, lists))
    return apply_formatting(context, (str(total),), element.look, Role.NAMES) if total else None


def _combine(
    context: Context, element: Names, lists: list[tuple[str, tuple[PersonName, ...]]]
) -> list[tuple[str, tuple[PersonName, ...]]]:
    """Return the lists, with editors who are the translators too named once (CSL 1.0.2, "editortranslator")."""
    if len(lists) == 2 and {variable for variable, _ in lists} == _EDITOR_TRANSLATOR and lists[0][1] == lists[1][1]:
        form = element.label.form if element.label else Form.LONG
        terms = ((name, context.locale.term(name, form)) for name in ("editortranslator", "editor-translator"))
        name, term = next(((name, term) for name, term in terms if term is not None), ("", None))
        if term is not None and (term.single or term.multiple):
            return [(name, lists[0][1])]
    return lists


def _with_label(
    context: Context, element: Names, variable: str, people: tuple[PersonName, ...], name_list: Node
) -> Node:
    label = element.label
    if label is None or context.sort_key is not None:
        return name_list
    node = _label(context, label, variable, people)
    if node is None:
        return name_list
    return OutputSpan((node, name_list) if element.label_first else (name_list, node))


def _label(context: Context, label: Label, variable: str, people: tuple[PersonName, ...]) -> Node | None:
    term = context.locale.term(variable, label.form)
    if term is None:
        return None
    plural = len(people) > 1 if label.plural is Plural.CONTEXTUAL else label.plural is Plural.ALWAYS
    text = term.multiple if plural else term.single
    return apply_formatting(context, (text,), label.look, term=True) if text else None


OTHERS = "others"


def _shown(context: Context, options: NameOptions, people: tuple[PersonName, ...]) -> tuple[int, bool]:
    """Return how many names to show, and whether the last one follows an ellipsis.

    A last name “others”, as BibTeX's “and others” gives it, means names that are not known.
    """
    total = len(people)
    if total > 1 and people[-1].literal == OTHERS:
        shown, _ = _by_number(context, options, total)
        return min(shown, total - 1), False
    return _by_number(context, options, total)


def _by_number(context: Context, options: NameOptions, total: int) -> tuple[int, bool]:
    """Return what ``_shown`` returns, by the number of the names alone."""
    least, first, last = options.et_al_min, options.et_al_use_first, bool(options.et_al_use_last)
    key = context.sort_key
    if key is not None:
        least = key.names_min if key.names_min is not None else least
        first = key.names_use_first if key.names_use_first is not None else first
        last = key.names_use_last if key.names_use_last is not None else last
    elif context.cite.position is not Position.FIRST and context.area is OutputArea.CITATION:
        least = options.et_al_subsequent_min or least
        first = options.et_al_subsequent_use_first or first
    if not least or first is None or total < least or first >= total:
        return total, False
    if context.sort_key is None:
        added = context.disambiguation.names.get(len(context.name_lists), 0)
        if added > first and total - added < context.facts.style.rules.et_al_least:
            return total, False
        first = max(first, added)
    if first >= total:
        return total, False
    return first, last and total >= first + 2


def _render_list(context: Context, element: Names, options: NameOptions, people: tuple[PersonName, ...]) -> Node:
    shown, ellipsis = _shown(context, options, people)
    index = len(context.name_lists)
    context.name_lists.append((len(people), shown))
    name = _within_names(context, element)
    nodes: list[Node] = []
    for position in range(shown):
        inverted = _is_inverted(context, options, position, people)
        level = context.disambiguation.givens.get((index, position), GivenName.AS_STYLED)
        nodes.append(render_person(context, people[position], options, name, inverted=inverted, level=level))
    delimiter = ", " if options.delimiter is None else options.delimiter
    if context.sort_key is not None and not ellipsis:
        parts = _interleave(nodes, delimiter)
    elif ellipsis:
        last = len(people) - 1
        inverted = _is_inverted(context, options, last, people)
        tail = render_person(context, people[last], options, name, inverted=inverted, level=GivenName.AS_STYLED)
        parts = [*_interleave(nodes, delimiter), delimiter, "… ", tail]
    elif shown < len(people):
        parts = _with_et_al(context, element, options, nodes, delimiter, people)
    else:
        parts = _with_and(context, options, nodes, delimiter, people)
    # A style's demand on a name also applies to an “et al.” in place of names.
    look = name.look if shown < len(people) and not ellipsis else PLAIN
    return OutputSpan(tuple(parts), "", look.prefix, look.suffix, look.formatting, role=Role.NAME_LIST, data=options)


def _within_names(context: Context, element: Names) -> Name:
    """Return the style's ``cs:name``.

    Where ``cs:names`` sets the look of the list, “normal” in it is the default and says nothing: upright names between
    italic marks would look broken.
    """
    name, look = element.name or _DEFAULT_NAME, element.look.formatting
    if look is None or name is _DEFAULT_NAME:
        return name
    memory, key = context.facts.memory.names, (id(element), id(name))
    found = memory.get(key)
    if found is None:
        parts = {
            part: replace(own, formatting=_without_normal(own.formatting, look))
            for part in ("look", "given", "family")
            if (own := getattr(name, part)) is not None
        }
        found = memory[key] = (replace(name, **parts), element, name)
    return found[0]


def _without_normal(formatting: Formatting | None, outer: Formatting) -> Formatting | None:
    if formatting is None:
        return None
    set_around = {name for name in Formatting.__struct_fields__ if getattr(outer, name) is not None}
    kept = replace(formatting, **{name: None for name in set_around if getattr(formatting, name) == "normal"})
    return None if kept == _UNFORMATTED else kept


def _is_inverted(context: Context, options: NameOptions, position: int, people: tuple[PersonName, ...]) -> bool:
    """Return whether a name is printed family name first; organisations never are."""
    if people[position].literal:
        return False
    if context.sort_key is not None or options.name_as_sort_order == "all":
        return True
    return options.name_as_sort_order == "first" and position == 0


def _are_two_organisations(options: NameOptions, people: tuple[PersonName, ...]) -> bool:
    """Return whether the list is two organisations, in a style whose comma before “and” follows inverted names.

    That comma sets initials apart from the next name; organisations have none (APA 7, 9.8; Chicago 18, 13.77).
    """
    inverts = options.name_as_sort_order is not None
    return inverts and len(people) == 2 and all(person.literal for person in people)


def _interleave(nodes: list[Node], delimiter: str) -> list[Node]:
    parts: list[Node] = []
    for node in nodes:
        if parts:
            parts.append(delimiter)
        parts.append(node)
    return parts


def _with_et_al(
    context: Context,
    element: Names,
    options: NameOptions,
    nodes: list[Node],
    delimiter: str,
    people: tuple[PersonName, ...],
) -> list[Node]:
    et_al = element.et_al or _DEFAULT_ET_AL
    text = context.locale.text(et_al.term)
    if not nodes or not text:
        return _interleave(nodes, delimiter)
    # For names that are not known a style says no more than how it parts its names.
    unknown = options.delimiter_precedes_last if people[-1].literal == OTHERS else None
    precedes = options.delimiter_precedes_et_al or unknown or "contextual"
    with_delimiter = _precedes(precedes, len(nodes) > 1, _is_inverted(context, options, len(nodes) - 1, people))
    phrase = apply_formatting(context, (text,), et_al.look)
    joint = delimiter if with_delimiter else _space_before(text)
    return [*_interleave(nodes, delimiter), joint, phrase or ""]


def _space_before(text: str) -> str:
    """Return the space before “et al.”, which scripts without spaces do not need."""
    return "" if _is_unspaced(text) else " "


def _is_unspaced(text: str) -> bool:
    return bool(text) and "\u2e80" <= text[0] <= "\u9fff"


def _precedes(setting: str, contextual: bool, inverted: bool) -> bool:
    match setting:
        case "always":
            return True
        case "never":
            return False
        case "after-inverted-name":
            return inverted
        case _:
            return contextual


def _with_and(
    context: Context, options: NameOptions, nodes: list[Node], delimiter: str, people: tuple[PersonName, ...]
) -> list[Node]:
    if options.and_ is None or len(nodes) < 2:
        return _interleave(nodes, delimiter)
    symbol = context.locale.exact("and", "symbol")
    rules = context.facts.style.rules
    symbolic = options.and_ == "symbol" and not (context.cite.narrative and rules.narrative_and)
    word = (symbol.single if symbol else "&") if symbolic else context.locale.text("and")
    word = word or "&"
    if not any(char.isalnum() or char == "&" for char in word):
        # A dash takes the place of the delimiter and of the spaces.
        return [*_interleave(nodes[:-1], delimiter), word, nodes[-1]]
    precedes = options.delimiter_precedes_last or "contextual"
    with_delimiter = _precedes(precedes, len(nodes) > 2, _is_inverted(context, options, len(nodes) - 2, people))
    if rules.joined_organisations and _are_two_organisations(options, people):
        with_delimiter = False
    if rules.english_commas and not symbolic and context.locale.language != "en":
        with_delimiter = False
    joint = delimiter if with_delimiter else " "
    if with_delimiter and not symbolic and not joint.endswith((" ", "\u00a0")):
        joint += " "
    if _is_unspaced(word) or word.endswith("־"):
        return [
            *_interleave(nodes[:-1], delimiter),
            joint.rstrip(" ") if _is_unspaced(word) else joint,
            word,
            nodes[-1],
        ]
    if word[-1:].isspace():
        return [*_interleave(nodes[:-1], delimiter), word, nodes[-1]]
    after = "" if word.endswith("-") else " "
    return [*_interleave(nodes[:-1], delimiter), joint, word + after, nodes[-1]]
