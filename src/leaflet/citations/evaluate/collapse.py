"""Joining the cites of one citation: grouping by author, collapsing years and numbers, delimiters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from leaflet.citations.csl.tree import Citation, Names
from leaflet.citations.csl.walk import walk
from leaflet.citations.evaluate.cite import as_cite
from leaflet.citations.evaluate.context import CiteData
from leaflet.citations.output.nodes import Node, Role, Span, find, find_all, is_empty, plain, replace_all, replace_first

RANGE_DASH = "–"
STOOD_IN = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedCite:
    """One cite, printed."""

    cite: CiteData
    node: Node
    number: int = 0
    year_suffix: str = ""

    @property
    def names(self) -> str:
        """The names as text. Cites without names come together where something else stands in for them."""
        found = find(self.node, Role.NAMES)
        if found is not None and find(found, Role.NAME_LIST) is None:
            return STOOD_IN if found.data else f"{STOOD_IN}{plain(found)}"
        if found is None and not self.year_suffix:
            return self.cite.id
        return plain(found)

    @property
    def bare(self) -> bool:
        return not (self.cite.prefix.strip() or self.cite.suffix.strip())


def join_cites(cites: Sequence[RenderedCite], citation: Citation) -> tuple[Node, ...]:
    """The cites with what stands between them."""
    if citation.collapse == "citation-number":
        return _by_number(cites, citation)
    if citation.collapse or citation.cite_group_delimiter is not None:
        return _by_author(cites, citation)
    return _plain(cites, citation.layout.delimiter)


def _plain(cites: Sequence[RenderedCite], delimiter: str) -> tuple[Node, ...]:
    parts: list[Node] = []
    before = cites[0].cite if cites else None
    for rendered in cites:
        node = as_cite(rendered.node, rendered.cite)
        if parts:
            parts.append(_between(before, rendered.cite, delimiter))
        parts.append(node)
        before = rendered.cite
    return tuple(parts)


def _between(left: CiteData | None, right: CiteData, delimiter: str) -> str:
    """The delimiter, unless the author wrote one at the end of a suffix or the start of a prefix."""
    if right.prefix.lstrip()[:1] in (",", ";", ".") and right.prefix.strip():
        return ""
    if left is not None and left.suffix.rstrip()[-1:] in (",", ";") and left.suffix.strip():
        return " "
    return delimiter


def _after_collapse(citation: Citation) -> str:
    """What follows a collapsed group: the layout's delimiter where the style does not say."""
    given = citation.after_collapse_delimiter
    return citation.layout.delimiter if given is None else given


def _by_number(cites: Sequence[RenderedCite], citation: Citation) -> tuple[Node, ...]:
    """[1–3, 5]: three or more consecutive numbers become a range."""
    delimiter = citation.layout.delimiter
    after = _after_collapse(citation)
    runs: list[list[RenderedCite]] = []
    for rendered in cites:
        run = runs[-1] if runs else None
        if run and _follows(run[-1], rendered):
            run.append(rendered)
        else:
            runs.append([rendered])
    parts: list[Node] = []
    closed = False  # whether a range or a locator asks for the stronger mark
    for run in runs:
        if parts:
            parts.append(after if closed else delimiter)
        closed = len(run) >= 3 or bool(run[-1].cite.locator)
        if len(run) >= 3:
            head, tail = (as_cite(one.node, one.cite) for one in (run[0], run[-1]))
            parts.extend((head, RANGE_DASH, tail))
        else:
            parts.extend(_plain(run, delimiter))
    return tuple(parts)


def _follows(left: RenderedCite, right: RenderedCite) -> bool:
    apart = left.cite.suffix.strip() or not right.bare
    both = not apart and not any(find(one.node, Role.LOCATOR) for one in (left, right))
    has = find(left.node, Role.CITATION_NUMBER) is not None and find(right.node, Role.CITATION_NUMBER) is not None
    return both and has and right.number == left.number + 1


def _grouped(cites: Sequence[RenderedCite], *, regroup: bool) -> list[list[RenderedCite]]:
    """Cites of the same names as groups. With ``regroup`` they come together where the first of them stands; without,
    only neighbours do: where a style does not sort its cites, their order is the author's."""
    if not regroup:
        return [list(group) for _, group in groupby(cites, key=lambda rendered: rendered.names)]
    groups: dict[str, list[RenderedCite]] = {}
    for rendered in cites:
        groups.setdefault(rendered.names, []).append(rendered)
    return list(groups.values())


def _by_author(cites: Sequence[RenderedCite], citation: Citation) -> tuple[Node, ...]:
    """Smith 1999, 2001a, b; Jones 2000."""
    delimiter = citation.layout.delimiter
    within = citation.cite_group_delimiter
    if within is None:
        within = _default_within(citation)
    after = _after_collapse(citation)
    parts: list[Node] = []
    # The first boundary counts as following a collapsed group, as the suite has it (collapse_ChicagoAfterCollapse).
    first, collapsed = True, False
    last: CiteData | None = None
    for group in _grouped(cites, regroup=bool(citation.sort)):
        if parts:
            parts.append(_between(last, group[0].cite, after if first or collapsed else delimiter))
            first = False
        last = group[-1].cite
        collapsed = len(group) > 1 and group[0].names != STOOD_IN
        if group[0].names == STOOD_IN:
            parts.extend(_plain(group, delimiter))
        elif group[0].names.startswith(STOOD_IN):
            parts.extend(_plain(group, within))
        else:
            parts.extend(_group(group, citation, within))
    return tuple(parts)


def _default_within(citation: Citation) -> str:
    """What stands between years of one author when the style does not say: “, ”; but as in the suite (for example
    disambiguate_YearCollapseWithInstitution) the layout's delimiter, when its names do not come from a macro."""
    if any(isinstance(element, Names) for element in walk(citation.layout.children)):
        return citation.layout.delimiter
    return ", "


def _group(group: Sequence[RenderedCite], citation: Citation, within: str) -> list[Node]:
    """The cites of one author."""
    if citation.collapse is None:
        return list(_plain(group, within))
    parts: list[Node] = []
    suffixes = citation.collapse != "year"
    ranged = citation.collapse == "year-suffix-ranged"
    suffix_delimiter = citation.year_suffix_delimiter
    if suffix_delimiter is None:
        suffix_delimiter = citation.cite_group_delimiter
    if suffix_delimiter is None:
        suffix_delimiter = citation.layout.delimiter
    index = 0
    while index < len(group):
        rendered = group[index]
        node = rendered.node if index == 0 else replace_first(rendered.node, Role.NAMES, lambda _: "")[0]
        if is_empty(node):
            index += 1
            continue
        if index:
            before = group[index - 1].cite
            # Where a locator has a comma of its own, years need the stronger mark: “Wong 1999, 328; 2000, 475”
            # (Chicago Manual of Style 17, 15.30).
            located = bool(before.locator or rendered.cite.locator)
            parts.append(_between(before, rendered.cite, _after_collapse(citation) if located else within))
        parts.append(as_cite(node, rendered.cite))
        index += 1
        if not suffixes or not rendered.year_suffix:
            continue
        run = _same_year(group, index - 1)
        if len(run) > 1:
            parts.extend(_suffixes(run, suffix_delimiter, ranged=ranged))
            index += len(run) - 1
    return parts


def _same_year(group: Sequence[RenderedCite], start: int) -> list[RenderedCite]:
    """The cites from ``start`` on that differ only in their year suffix."""
    run = [group[start]]
    wanted = _year(group[start])
    for rendered in group[start + 1 :]:
        last = run[-1]
        if not rendered.year_suffix or _year(rendered) != wanted or not rendered.bare or last.cite.suffix.strip():
            break
        if last.cite.locator or rendered.cite.locator:
            break
        run.append(rendered)
    return run


def _year(rendered: RenderedCite) -> str:
    node = replace_first(rendered.node, Role.NAMES, lambda _: "")[0]
    return plain(replace_all(node, Role.YEAR_SUFFIX, lambda _: ""))


def _suffixes(run: Sequence[RenderedCite], delimiter: str, *, ranged: bool) -> list[Node]:
    """What follows the first cite of a run: “, b, c” or “–c”."""
    parts: list[Node] = []
    index = 1
    while index < len(run):
        end = index
        if ranged:
            while end < len(run) and _next_letter(run[end - 1].year_suffix, run[end].year_suffix):
                end += 1
        if ranged and end - index >= 2:
            parts.extend((RANGE_DASH, _suffix_node(run[end - 1])))
            index = end
            continue
        parts.extend((delimiter, _suffix_node(run[index])))
        index += 1
    return parts


def _next_letter(left: str, right: str) -> bool:
    return len(left) == len(right) == 1 and ord(right) == ord(left) + 1


def _suffix_node(rendered: RenderedCite) -> Node:
    found = next(find_all(rendered.node, Role.YEAR_SUFFIX), None)
    node: Node = found if found is not None else rendered.year_suffix
    return as_cite(node, rendered.cite) if isinstance(node, Span) else node
