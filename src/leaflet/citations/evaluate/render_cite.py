"""One cite of a citation: the layout for its item, its affixes, and the author-less and author-only forms."""

from __future__ import annotations

from leaflet.citations.csl.tree import NameOptions
from leaflet.citations.data.item import Item
from leaflet.citations.evaluate.elements import evaluate
from leaflet.citations.evaluate.item_context import CiteData, Context, Disambiguation, OutputArea, StyleFacts
from leaflet.citations.output.nodes import Node, OutputSpan, Role, find, find_all, is_empty, replace_first
from leaflet.citations.output.richtext import parse_rich


def cite_context(facts: StyleFacts, item: Item, cite: CiteData, disambiguation: Disambiguation, number: int) -> Context:
    """Return the context for printing ``cite``."""
    return Context(facts, item, cite, OutputArea.CITATION, disambiguation, number)


def render_layout(context: Context) -> OutputSpan:
    """Return the citation layout for one item, without the cite's affixes."""
    return OutputSpan(tuple(evaluate(context, context.facts.style.citation.layout.children)))


def without_names(node: Node) -> Node:
    """Return ``node`` without its first names or the variable printed in their place; a term in their place stays.

    Laws, cases and treaties have their title in place of names.
    """
    changed, found = replace_first(
        node, Role.NAMES, lambda names: "" if names.data or find(names, Role.NAME_LIST) else names
    )
    return changed if found else replace_first(node, Role.TITLE, lambda _: "")[0]


def only_names(node: Node) -> Node | None:
    """Return the first names of ``node``, or the title of a law, case or treaty that has none; else None."""
    return find(node, Role.NAMES) or find(node, Role.TITLE)


def has_symbol(node: Node) -> bool:
    """Return whether names in ``node`` are joined by a symbol such as “&”."""
    options = (names.data for names in find_all(node, Role.NAME_LIST))
    return any(isinstance(found, NameOptions) and found.and_ == "symbol" for found in options)


def capitalise_term(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return “ibid.” as “Ibid.” where a term is the first thing that ``nodes`` print.

    An entry's number and the style's affixes may come before it.
    """
    return _capitalise_first(nodes, False)[0]


def _capitalise_first(nodes: tuple[Node, ...], term: bool) -> tuple[tuple[Node, ...], bool]:
    """Return ``nodes`` and whether the first text was found."""
    for index, node in enumerate(nodes):
        changed, found = _capitalise(node, term)
        if found:
            return (nodes if changed is node else (*nodes[:index], changed, *nodes[index + 1 :])), True
    return nodes, False


def _capitalise(node: Node, term: bool) -> tuple[Node, bool]:
    if isinstance(node, str):
        return (node[:1].upper() + node[1:] if term else node), bool(node.strip())
    if node.role is Role.CITATION_NUMBER:
        return node, False
    children, found = _capitalise_first(node.children, term or node.role is Role.TERM)
    return (node if children is node.children else node._replace(children=children)), found


def begins_sentence(prefix: str) -> bool:
    """Return whether what follows ``prefix`` is the start of a sentence."""
    bare = prefix.strip(" \u00a0”’\"'»)")
    # One word with a full stop is an abbreviation, such as “Cf.”
    return not prefix.strip() or (" " in bare and bare.endswith((".", "!", "?")))


def as_cite(node: Node, cite: CiteData) -> Node:
    """Return ``node`` with the cite's affixes, known as what may lead to the cite's entry in the bibliography."""
    return with_affixes(OutputSpan((node,), role=Role.CITE, data=cite.id), cite)


def with_affixes(node: Node, cite: CiteData) -> Node:
    """Return ``node`` between the cite's prefix and suffix, with the spaces that authors leave out."""
    prefix, suffix = cite.prefix, cite.suffix
    if not (prefix.strip() or suffix.strip()) or is_empty(node):
        return node
    children: list[Node] = []
    if prefix.strip():
        if prefix[-1:].isalnum() or prefix[-1:] in ".,:;)?!":
            prefix += " "
        children.append(OutputSpan(parse_rich(prefix), role=Role.CITE_AFFIX))
    children.append(node)
    if suffix.strip():
        if suffix[0].isalnum() or suffix[0] in '([“‘"&':
            suffix = " " + suffix
        children.append(OutputSpan(parse_rich(suffix), role=Role.CITE_AFFIX))
    return OutputSpan(tuple(children))
