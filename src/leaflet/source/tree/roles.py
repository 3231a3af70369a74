"""MyST's roles as the inlines that they mean."""

from __future__ import annotations

import re
from collections.abc import Callable

from leaflet.errors import Location
from leaflet.model.citation import Cite, CiteMode, Cluster
from leaflet.model.document import (
    CitationReference,
    Code,
    Emphasis,
    Inline,
    Link,
    Math,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from leaflet.source.locators import split_locator, terms
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.references import one_reference

CITING = {
    "cite": CiteMode.NORMAL,
    "cite:p": CiteMode.NORMAL,
    "citep": CiteMode.NORMAL,
    "cite:ps": CiteMode.NORMAL,
    "cite:alp": CiteMode.NORMAL,
    "footcite": CiteMode.NORMAL,
    "footcite:p": CiteMode.NORMAL,
    "cite:t": CiteMode.NARRATIVE,
    "cite:ts": CiteMode.NARRATIVE,
    "citet": CiteMode.NARRATIVE,
    "footcite:t": CiteMode.NARRATIVE,
    "cite:year": CiteMode.SUPPRESS_AUTHOR,
    "cite:yearpar": CiteMode.SUPPRESS_AUTHOR,
}
CITED = re.compile(r"(?:\{(?P<before>[^{}]*)\}\s*)?(?P<key>[^\s,;{}]+)(?:\s*\{(?P<after>[^{}]*)\})?")
PLAIN_KEY = re.compile(r"(?P<key>[^\s,;]+)")
REFERRING = frozenset({"ref", "numref", "eq", "numeq", "prf:ref", "any"})
PLAIN = frozenset(
    {"abbr", "term", "guilabel", "menuselection", "dfn", "doc", "download", "span", "del", "u", "underline"}
)
CODE = frozenset("code file command program option envvar kbd samp func class meth py:func py:class".split())
MARKED: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "sub": lambda children: Subscript(children=children),
    "subscript": lambda children: Subscript(children=children),
    "sup": lambda children: Superscript(children=children),
    "superscript": lambda children: Superscript(children=children),
    "strong": lambda children: Strong(children=children),
    "emphasis": lambda children: Emphasis(children=children),
}


def role(name: str, content: str, place: Location, context: TreeContext) -> list[Inline]:
    """Return the print of a role; an unknown one prints its text, with a warning."""
    if name in CITING:
        return [_citation(CITING[name], content, place, context)]
    words, target = split_target(content)
    if name in REFERRING:
        return _reference(words, target, place, context, titled=name in {"ref", "any"}, bare=name == "eq")
    if name == "math":
        return [Math(tex=content, location=place)]
    if name in MARKED:
        return [MARKED[name]((Text(text=content),))]
    if name in CODE:
        return [Code(text=content)]
    if name not in PLAIN:
        context.tally(
            "MyST's role {} is not known here, so its text is printed as it is", "take it out", f"{{{name}}}", place
        )
    return [Text(text=words if words is not None else _last_part(name, content))]


def split_target(content: str) -> tuple[str | None, str]:
    """Return the words and the target of ``words <target>``; a target alone has no words.

    >>> split_target("the map <fig-map>")
    ('the map', 'fig-map')
    """
    found = re.fullmatch(r"(?P<words>.+?)\s*<(?P<target>[^<>]+)>", content, re.DOTALL)
    return (found["words"], found["target"]) if found else (None, content.strip())


def _citation(mode: CiteMode, content: str, place: Location, context: TreeContext) -> Inline:
    found = CITED.finditer(content) if "{" in content else PLAIN_KEY.finditer(content)
    cites = tuple(_cite(one, mode, place) for one in found)
    return CitationReference(cluster=Cluster(cites=cites, in_note=bool(context.open_notes)), location=place)


def _cite(found: re.Match[str], mode: CiteMode, place: Location) -> Cite:
    """Return a cite with the words before and behind it: ``{see}key{p. 3}``."""
    parts = found.groupdict(default="")
    after = parts.get("after", "").strip()
    locator, suffix = split_locator(f", {after}", terms("en")) if after else (None, "")
    return Cite(
        key=parts["key"],
        mode=mode,
        prefix=parts.get("before", "").strip(),
        locator=locator.value if locator else None,
        label=locator.label if locator else None,
        suffix=suffix,
        location=place,
    )


def _reference(
    words: str | None, target: str, place: Location, context: TreeContext, *, titled: bool, bare: bool
) -> list[Inline]:
    if words is None:
        return one_reference(target, place, context, titled=titled, bare=bare)
    label = re.sub(r"%s|\{number\}", "\0", words)
    if "\0" in label:
        before, _, after = label.partition("\0")
        found = one_reference(target, place, context, words=before.strip(), bare=not before.strip())
        return [*found, Text(text=after)] if after else found
    if target not in context.places:
        return one_reference(target, place, context, words=words)
    context.links.append((target, place))
    return [Link(target=f"#{target}", children=(Text(text=words),), location=place)]


def _last_part(name: str, content: str) -> str:
    """Return the words of a role without those for a program: ``{abbr}`CO2 (carbon dioxide)` `` keeps both."""
    return content.lstrip("~!") if name in {"doc", "download"} else content
