"""Joining the cites of one citation: grouping by author, collapsing years and numbers, delimiters."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from leaflet.citations.csl.tree import Citation, CslStyle
from leaflet.citations.evaluate.item_context import CiteData
from leaflet.citations.evaluate.render_cite import as_cite
from leaflet.citations.output.nodes import (
    Node,
    OutputSpan,
    Role,
    find,
    find_all,
    is_empty,
    plain,
    replace_all,
    replace_first,
)

RANGE_DASH = "–"
_BY_NAMES = ("year", "year-suffix", "year-suffix-ranged")
SECONDARY = (
    "as cited in", "as quoted in", "cited in", "quoted in", "qtd. in",
    "zitiert nach", "zit. nach", "zitiert in", "zit. in", "cité dans", "cité par", "cité in", "citado en", "citado por",
)  # fmt: skip
"""Beginnings of prefixes that name the source in which the cite before was found, in the languages of the labels."""
UNNAMED = ""
STOOD_IN = "\n"


class RenderedCite(Struct, frozen=True, kw_only=True):
    """One cite, printed."""

    cite: CiteData
    node: Node
    number: int = 0
    year_suffix: str = ""
    titled: bool = False
    """True where a variable such as the title is printed."""
    left_out: str | None = None
    """The names that the author left out."""

    @property
    def names(self) -> str:
        """Return the names as text; STOOD_IN where the cite has a title or other text in their place."""
        if self.left_out is not None:
            return self.left_out
        return listed_names(self.node) or (STOOD_IN if self.titled else UNNAMED)

    @property
    def bare(self) -> bool:
        """Return whether the cite has neither prefix nor suffix."""
        return not (self.cite.prefix.strip() or self.cite.suffix.strip())


def listed_names(node: Node) -> str:
    """Return the first names of a cite as text; empty where there are none, whatever is printed in their place."""
    found = find(node, Role.NAMES)
    return "" if found is None or find(found, Role.NAME_LIST) is None else plain(found)


def printed_names(node: Node) -> tuple[tuple[str, ...], bool]:
    """Return the first names of a cite, one by one, and whether more stand behind “et al.”."""
    found = find(node, Role.NAMES)
    listed = None if found is None else find(found, Role.NAME_LIST)
    if listed is None:
        return (), False
    names = tuple(map(plain, find_all(listed, Role.NAME)))
    return names, bool(names) and not plain(listed).endswith(names[-1])


def groups_names(citation: Citation) -> bool:
    """Return whether the style brings cites of the same names together."""
    return citation.collapse in _BY_NAMES or citation.cite_group_delimiter is not None


def join_cites(cites: Sequence[RenderedCite], style: CslStyle, *, as_written: bool) -> tuple[Node, ...]:
    """Return the cites with their delimiters; none moves before an author's words in cites ``as_written``."""
    citation = style.citation
    if citation.collapse == "citation-number":
        return _by_number(cites, citation)
    if groups_names(citation):
        within = _within(style)
        if citation.sort:
            return _by_author(_gathered(cites, as_written=as_written), citation, within)
        return _by_author(_neighbours(cites, joined=citation.collapse is not None), citation, within)
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
    """Return the delimiter, unless the author wrote one at the end of a suffix or the start of a prefix.

    A comma precedes the source in which another was found: “Rabbitt, 1982, as cited in Lyon et al., 2014” (APA 7, 8.6).
    """
    if right.prefix.lstrip()[:1] in (",", ";", ".") and right.prefix.strip():
        return ""
    if left is not None and right.prefix.lstrip().lower().startswith(SECONDARY):
        return ", "
    if left is not None and left.suffix.rstrip()[-1:] in (",", ";") and left.suffix.strip():
        return " "
    return delimiter


def _after_collapse(citation: Citation) -> str:
    """Return the delimiter behind a collapsed group: the layout's delimiter where the style does not say."""
    given = citation.after_collapse_delimiter
    return citation.layout.delimiter if given is None else given


def _by_number(cites: Sequence[RenderedCite], citation: Citation) -> tuple[Node, ...]:
    """Join cites by number: three or more consecutive numbers become a range, “[1–3, 5]”."""
    delimiter = citation.layout.delimiter
    runs: list[list[RenderedCite]] = []
    for rendered in cites:
        run = runs[-1] if runs else None
        if run and _follows(run[-1], rendered):
            run.append(rendered)
        else:
            runs.append([rendered])
    parts: list[Node] = []
    last: RenderedCite | None = None
    for run in runs:
        if last is not None:
            parts.append(_after_collapse(citation) if _parts_numbers(last, run[0], delimiter.strip()) else delimiter)
        last = run[-1]
        if len(run) >= 3:
            head, tail = (as_cite(one.node, one.cite) for one in (run[0], run[-1]))
            parts.extend((head, RANGE_DASH, tail))
        else:
            parts.extend(_plain(run, delimiter))
    return tuple(parts)


def _parts_numbers(left: RenderedCite, right: RenderedCite, mark: str) -> bool:
    """Return whether the stronger mark separates two numbers, the first of which has a locator.

    It does where the other has one too, or the locator is no mere number or reads like another one.
    """
    located = find(left.node, Role.LOCATOR)
    if located is None:
        return False
    return find(right.node, Role.LOCATOR) is not None or _runs_on(left, mark) or any(map(str.isalpha, plain(located)))


def _follows(left: RenderedCite, right: RenderedCite) -> bool:
    apart = left.cite.suffix.strip() or not right.bare
    both = not apart and not any(find(one.node, Role.LOCATOR) for one in (left, right))
    has = find(left.node, Role.CITATION_NUMBER) is not None and find(right.node, Role.CITATION_NUMBER) is not None
    return both and has and right.number == left.number + 1


def _gathered(cites: Sequence[RenderedCite], *, as_written: bool) -> list[list[RenderedCite]]:
    """Return cites of the same names as groups, each at the place of its first; no author's prefix is passed."""
    groups: dict[tuple[int, str], list[RenderedCite]] = {}
    run = 0
    for rendered in cites:
        run += as_written and bool(rendered.cite.prefix.strip())
        groups.setdefault((run, rendered.names), []).append(rendered)
    return list(groups.values())


def _neighbours(cites: Sequence[RenderedCite], *, joined: bool) -> list[list[RenderedCite]]:
    """Return neighbours of the same names as groups.

    Where a style does not sort its cites, their order is the author's. Where years are collapsed (``joined``), a cite
    without names continues the group before it.
    """
    groups: list[list[RenderedCite]] = []
    for rendered in cites:
        if groups and (rendered.names == groups[-1][0].names or (joined and rendered.names == UNNAMED)):
            groups[-1].append(rendered)
        else:
            groups.append([rendered])
    return groups


def _by_author(groups: Sequence[Sequence[RenderedCite]], citation: Citation, within: str) -> tuple[Node, ...]:
    """Join cites by author: “Smith 1999, 2001a, b; Jones 2000”."""
    collapses = citation.collapse is not None
    parts: list[Node] = []
    # With collapsed years every group counts as collapsed, as the suite has it (collapse_ChicagoAfterCollapse).
    collapsed = always = citation.collapse in ("year", "year-suffix-ranged")
    last: CiteData | None = None
    for group in groups:
        apart = group[0].names in (STOOD_IN, UNNAMED)
        if parts:
            joint = _after_collapse(citation) if collapsed else citation.layout.delimiter
            joint = within if collapses and group[0].names == UNNAMED else joint
            parts.append(_between(last, group[0].cite, joint))
        last = group[-1].cite
        collapsed = always or (len(group) > 1 and not apart) or bool(last.locator)
        if group[0].names == STOOD_IN or (apart and not collapses):
            parts.extend(_plain(group, citation.layout.delimiter))
        else:
            parts.extend(_group(group, citation, within))
    return tuple(parts)


def _within(style: CslStyle) -> str:
    """Return the delimiter between years of one author.

    Where the style does not say it is “, ”; but the layout's delimiter in notes
    (disambiguate_YearCollapseWithInstitution), and where the style has a stronger one for after them.
    """
    citation = style.citation
    if citation.cite_group_delimiter is not None:
        return citation.cite_group_delimiter
    if style.note or citation.after_collapse_delimiter is not None:
        return citation.layout.delimiter
    return ", "


def _group(group: Sequence[RenderedCite], citation: Citation, within: str) -> list[Node]:
    """Return the cites of one author."""
    if citation.collapse is None:
        return list(_plain(group, within))
    parts: list[Node] = []
    suffixes = citation.collapse != "year"
    ranged = citation.collapse == "year-suffix-ranged"
    suffix_delimiter = _suffix_delimiter(citation)
    index = 0
    while index < len(group):
        rendered = group[index]
        node = rendered.node
        if index and rendered.left_out is None and rendered.names != UNNAMED:
            node = _behind_names(node)
        if is_empty(node):
            index += 1
            continue
        if index:
            before = group[index - 1]
            parts.append(_between(before.cite, rendered.cite, _joint(before, rendered, citation, within)))
        parts.append(as_cite(node, rendered.cite))
        index += 1
        if not suffixes or not rendered.year_suffix:
            continue
        run = _same_year(group, index - 1)
        if len(run) > 1:
            parts.extend(_suffixes(run, suffix_delimiter, ranged=ranged))
            index += len(run) - 1
    return parts


def _joint(left: RenderedCite, right: RenderedCite, citation: Citation, within: str) -> str:
    """Return the delimiter between two cites of a group.

    Behind a locator the style may ask for another mark; where it does not, years need the stronger one beside a page
    that reads like a year: “Wong 1999, 328; 2000, 475” (Chicago Manual of Style 17, 15.30).
    """
    after = citation.after_collapse_delimiter
    if after is not None:
        return after if find(left.node, Role.LOCATOR) is not None else within
    mark = within.strip()
    unclear = _runs_on(left, mark) or _is_bare(right, mark)
    return citation.layout.delimiter if unclear and right.names != UNNAMED else within


def _runs_on(rendered: RenderedCite, mark: str) -> bool:
    """Return whether what follows ``rendered`` and ``mark`` reads like one more of its pages."""
    located = find(rendered.node, Role.LOCATOR)
    return located is not None and (mark in plain(located) or _is_bare(rendered, mark))


def _is_bare(rendered: RenderedCite, mark: str) -> bool:
    """Return whether the locator of ``rendered`` follows ``mark`` without a label, like another year or number."""
    located = find(rendered.node, Role.LOCATOR)
    return located is not None and f"{mark} {plain(located)}" in plain(_behind_names(rendered.node))


def _suffix_delimiter(citation: Citation) -> str:
    """Return the delimiter between year suffixes."""
    given = (citation.year_suffix_delimiter, citation.cite_group_delimiter, citation.layout.delimiter)
    return next(delimiter for delimiter in given if delimiter is not None)


def _same_year(group: Sequence[RenderedCite], start: int) -> list[RenderedCite]:
    """Return the cites from ``start`` on that differ only in their year suffix."""
    run = [group[start]]
    wanted = _year(group[start])
    for rendered in group[start + 1 :]:
        last = run[-1]
        if rendered.names != run[0].names or not rendered.year_suffix or _year(rendered) != wanted:
            break
        if not rendered.bare or last.cite.suffix.strip():
            break
        if last.cite.locator or rendered.cite.locator:
            break
        run.append(rendered)
    return run


def _behind_names(node: Node) -> Node:
    """Return a cite without its first names, or the text in their place."""
    return replace_first(node, Role.NAMES, lambda _: "")[0]


def _year(rendered: RenderedCite) -> str:
    return plain(replace_all(_behind_names(rendered.node), Role.YEAR_SUFFIX, lambda _: ""))


def _suffixes(run: Sequence[RenderedCite], delimiter: str, *, ranged: bool) -> list[Node]:
    """Return the suffixes behind the first cite of a run: “, b, c” or “–c”."""
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
    return as_cite(node, rendered.cite) if isinstance(node, OutputSpan) else node
