"""One citation: its cites joined in the layout, or in a narrative mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from leaflet.citations.csl.tree import CslLayout, Look
from leaflet.citations.evaluate.collapse import RenderedCite, join_cites
from leaflet.citations.evaluate.item_context import CiteData, StyleFacts
from leaflet.citations.evaluate.position import ClusterData
from leaflet.citations.evaluate.render_cite import (
    begins_sentence,
    capitalise_term,
    has_symbol,
    only_names,
    with_affixes,
    without_names,
)
from leaflet.citations.output.nodes import Node, OutputSpan, Role, find, find_all, is_empty
from leaflet.citations.output.richtext import parse_rich

RenderCite = Callable[[CiteData], RenderedCite]


def render_cluster(facts: StyleFacts, cluster: ClusterData, cites: Sequence[CiteData], render: RenderCite) -> Node:
    """Return the whole citation. ``cites`` are in the order in which they are printed."""
    mode = cluster.mode
    if mode == "author-only":
        return _authors(cites[:1], render)
    if mode == "composite":
        return _composite(facts, cluster, cites, render)
    if mode == "suppress-author" and cites:
        cites = [replace(cites[0], suppress_author=True), *cites[1:]]
    if cites and all(cite.author_only for cite in cites):
        return _authors(cites, render)
    return _dressed(facts, cluster, _in_own_modes(list(map(render, cites))))


def _in_own_modes(cites: Sequence[RenderedCite]) -> list[RenderedCite]:
    """Return the cites, without authors where those are suppressed.

    A cite of which nothing is left is said already, and goes where other cites stay; alone, or with words of the
    author's, it keeps its names.
    """
    shown = [rendered for rendered in cites if not (rendered.bare and _is_said(rendered))]
    return [_without_author(one) if one.cite.suppress_author else one for one in shown or cites]


def _is_said(rendered: RenderedCite) -> bool:
    return rendered.cite.suppress_author and is_empty(without_names(rendered.node))


def _without_author(rendered: RenderedCite) -> RenderedCite:
    stripped = without_names(rendered.node)
    node = rendered.node if is_empty(stripped) else stripped
    return replace(rendered, node=node, left_out=rendered.names)


def _dressed(facts: StyleFacts, cluster: ClusterData, cites: Sequence[RenderedCite]) -> Node:
    layout: CslLayout = facts.style.citation.layout
    cites = [*cites[:1], *(rendered for rendered in cites[1:] if not _says_nothing(rendered))]
    if facts.style.note:
        opens = not cluster.after_words
        cites = [_as_sentence(rendered, opens=opens and not index) for index, rendered in enumerate(cites)]
        if cites and opens and cluster.as_written:
            cites = [_with_large_prefix(cites[0]), *cites[1:]]
    parts = join_cites(cites, facts.style, as_written=cluster.as_written)
    look: Look = layout.look
    # The mark that ends a note would stand in the midst of the author's own sentence.
    suffix = "" if facts.style.note and cluster.in_sentence else look.suffix
    inner: tuple[Node, ...] = tuple(part for part in (look.prefix, *parts, suffix) if part)
    if all(is_empty(part) for part in parts):
        return ""
    return OutputSpan(inner, formatting=look.formatting)


def _says_nothing(rendered: RenderedCite) -> bool:
    """Return whether the style prints nothing for a cite and the author wrote nothing around it.

    Behind other cites it is left out, with a warning; only the first shows that something is missing.
    """
    return rendered.bare and find(rendered.node, Role.UNPRINTED) is not None


def _as_sentence(rendered: RenderedCite, *, opens: bool) -> RenderedCite:
    """Return the cite with a capital where a term begins the note or a sentence."""
    prefix = rendered.cite.prefix
    if begins_sentence(prefix) if prefix.strip() else opens:
        return replace(rendered, node=capitalise_term((rendered.node,))[0])
    return rendered


def _with_large_prefix(rendered: RenderedCite) -> RenderedCite:
    """Return the cite with a capital for a word of the author's such as “see”, which opens the sentence of a note."""
    words = rendered.cite.prefix.lstrip()
    if not words.partition(" ")[0].islower():
        return rendered
    return replace(rendered, cite=replace(rendered.cite, prefix=words[0].upper() + words[1:]))


def _authors(cites: Sequence[CiteData], render: RenderCite) -> Node:
    """Return only the names, for the sentence of a narrative citation."""
    printed = [render(replace(cite, narrative=True)).node for cite in cites]
    found = [only_names(node) or node for node in printed]
    return OutputSpan(tuple(with_affixes(node, cite) for node, cite in zip(found, cites, strict=True)), delimiter="; ")


def _in_sentence(cite: CiteData, rendered: RenderedCite, render: RenderCite) -> Node | None:
    """Return the names of a cite as they are written in a sentence, with a word in place of a symbol for “and”."""
    names = only_names(rendered.node)
    if names is None or not (has_symbol(names) or cite.introduced):
        return names
    return only_names(render(replace(cite, narrative=True)).node)


def _is_one_name(names: Node) -> bool:
    return len(list(find_all(names, Role.NAME))) == 1


def _composite(facts: StyleFacts, cluster: ClusterData, cites: Sequence[CiteData], render: RenderCite) -> Node:
    """Return “Smith et al. (2000, p. 4)”: names in the sentence, the rest as a citation."""
    first = render(cites[0])
    names = _in_sentence(cites[0], first, render)
    rest = [_without_author(first), *map(render, cites[1:])]
    infix: Node = OutputSpan(parse_rich(cluster.infix), role=Role.CITE_AFFIX)
    if first.cite.introduced and names is not None and _is_one_name(names):
        # “World Health Organization (WHO, 2009)”: the abbreviation is introduced in the parentheses.
        names = only_names(render(replace(cites[0], narrative=True, spelled_out=True)).node)
        rest = [render(replace(cites[0], introduced=frozenset())), *rest[1:]]
    if names is None:
        return _dressed(facts, cluster, [first, *rest[1:]])
    if is_empty(without_names(first.node)) and not (first.cite.prefix.strip() or first.cite.suffix.strip()):
        rest = rest[1:]  # a style that cites by name alone, such as MLA's, has said all in the sentence
    return OutputSpan((names, infix, _dressed(facts, cluster, rest) if rest else ""), delimiter=" ")
