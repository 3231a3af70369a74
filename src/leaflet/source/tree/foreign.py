"""Inline tokens of other dialects: formulas, roles, LaTeX, shortcodes and raw pieces of one format."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it.token import Token
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.formulas import unset_reason
from leaflet.model.citation import Cite, CiteMode, Cluster
from leaflet.model.document import Attributes, CitationReference, CrossReference, Image, Inline, Math, Span, Text
from leaflet.source.locators import split_locator, terms
from leaflet.source.raw_html import without_name
from leaflet.source.tex_macros import without_macros
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.images import picture_at
from leaflet.source.tree.references import kind_by_name, one_reference
from leaflet.source.tree.roles import role
from leaflet.source.tree.shortcodes import shortcode

INLINE_CELL = re.compile(r"(?:r|\{(?:r|python|julia|ojs)\}|python|julia) +\S")
NOT_RUN = "nobody has run the code of this document, so its results are missing"
RUN_HINT = "run it first and build what comes out: quarto render FILE --to md (or knitr::knit)"
MOST_FORMULAS = 2_000
"""Each takes some milliseconds to set and to draw."""
LABEL = re.compile(r"\\label\{(?P<latex>[^{}]+)\}|\(\\#(?P<bookdown>[\w:.-]+)\)")
BOOKDOWN_LABEL = re.compile(r"\(\\#[\w:.-]+\)")
MODES = {"normal": CiteMode.NORMAL, "narrative": CiteMode.NARRATIVE, "suppress": CiteMode.SUPPRESS_AUTHOR}


def foreign_inline(token: Token, place: Location, context: TreeContext) -> list[Inline]:
    """Return the print of a token that CommonMark does not know."""
    match token.type:
        case "math_inline":
            return formula(token.content, place, context, display=False)
        case "math_inline_double":
            return formula(token.content, place, context, display=True)
        case "role":
            return role(token.meta["name"].lower(), token.content, place, context)
        case "shortcode":
            return shortcode(token.meta["kind"], token.meta["body"], place, context)
        case "latex_label":
            return [Span(children=(), attributes=token.meta["attributes"])]
        case "latex_reference":
            found = one_reference(token.meta["target"], place, context, bare=token.meta["bare"])
            is_inside = bool(token.meta.get("in_brackets"))
            return [
                replace(node, in_brackets=is_inside) if isinstance(node, CrossReference) else node for node in found
            ]
        case "latex_citation":
            return _latex_citation(token, place, context)
        case "raw":
            report_raw(token.meta["kind"], token.meta["text"], place, context)
            return []
        case "page_break":
            hint = r"put \newpage on a line of its own"
            context.tally("a page break within a paragraph is left out", hint, "", place)
            return []
        case _:
            raise AssertionError(token.type)


def formula(tex: str, place: Location, context: TreeContext, *, display: bool) -> list[Inline]:
    """Return a formula; one that cannot be set prints as its source."""
    context.formulas += 1
    if context.formulas == MOST_FORMULAS + 1:
        context.refuse(
            f"this source has more than {MOST_FORMULAS:,} formulas", place, "divide it among several leaflets"
        )
    tex = without_macros(BOOKDOWN_LABEL.sub("", tex).strip(), context.macros)
    reason = unset_reason(tex)
    if reason is not None:
        hint = "write it with the commands of plain LaTeX mathematics, or define the command; until then its source is printed"
        context.warn(f"this formula cannot be set: {reason}", place, hint)
    return [Math(tex=tex, display=display, set=reason is None, location=place)]


def unfilled_field(name: str, place: Location, context: TreeContext) -> list[Inline]:
    """Return ``{{ name }}`` as it is written, in a document of another program that gives it no value here."""
    hint = "write the words here, or declare them under fields: in the front matter"
    context.tally("nothing gives {} a value here, so it prints as it is written", hint, f"{{{{{name}}}}}", place)
    return [Text(text=f"{{{{ {name} }}}}", location=place)]


def formula_label(tex: str) -> str | None:
    r"""Return the name that LaTeX's ``\label`` or bookdown's ``(\#eq:name)`` gives to a formula."""
    found = LABEL.search(tex)
    return (found["latex"] or found["bookdown"]) if found else None


def report_raw(kind: str, text: str, place: Location, context: TreeContext) -> None:
    """Report a piece that is written for one format of another program."""
    shown = " ".join(text.split())[:60]
    message = (
        "LaTeX that leaflet does not know is left out: {}"
        if kind in {"latex", "tex"}
        else "what is written for other formats is left out: {}"
    )
    context.tally(message, "write it in Markdown", shown, place)


def _latex_citation(token: Token, place: Location, context: TreeContext) -> list[Inline]:
    r"""Return the citation of ``\citep[see][p. 3]{key}``."""
    optional: tuple[str, ...] = token.meta["optional"]
    before, after = (optional if len(optional) > 1 else ("", *optional, ""))[:2]
    keys: list[str] = token.meta["keys"]
    if keys and all(kind_by_name(key) and key in context.places for key in keys):
        return [part for key in keys for part in one_reference(key, place, context)]
    locator, suffix = split_locator(f", {after.replace('~', ' ')}", terms("en")) if after.strip() else (None, "")
    cites = tuple(
        Cite(
            key=key,
            mode=MODES[token.meta["mode"]],
            prefix=before.replace("~", " ").strip() if at == 0 else "",
            locator=locator.value if locator and at == len(keys) - 1 else None,
            label=locator.label if locator and at == len(keys) - 1 else None,
            suffix=suffix if at == len(keys) - 1 else "",
            location=place,
        )
        for at, key in enumerate(keys)
    )
    if not cites:
        return [Text(text="")]
    return [CitationReference(cluster=Cluster(cites=cites, in_note=bool(context.open_notes)), location=place)]


def lifted_label(children: tuple[Inline, ...], attributes: Attributes) -> tuple[tuple[Inline, ...], Attributes]:
    """Return a caption or heading without the label within it, which becomes the name of the whole."""
    at = next((place for place, node in enumerate(children) if _is_label(node)), None)
    if at is None or attributes.id is not None:
        return children, attributes
    label = children[at]
    assert isinstance(label, Span)
    before, after = children[:at], children[at + 1 :]
    if not after and before and isinstance(before[-1], Text):
        before = (*before[:-1], Text(text=before[-1].text.rstrip()))
    return (*before, *after), replace(attributes, id=label.attributes.id)


def _is_label(node: Inline) -> bool:
    return isinstance(node, Span) and not node.children and node.attributes.id is not None


class _Tag(HTMLParser):
    """Reader of the attributes of one tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.values = {name: value or "" for name, value in attrs}


def html_picture(tag: str, place: Location, context: TreeContext) -> Image | None:
    """Return the picture of an ``<img>``."""
    reader = _Tag()
    reader.feed(tag)
    values = reader.values
    style = dict(part.split(":", 1) for part in values.get("style", "").split(";") if ":" in part)
    sizes = {key.strip(): value.strip() for key, value in style.items() if key.strip() in {"width", "height"}}
    for key in ("width", "height"):
        if key in values:
            sizes.setdefault(key, values[key])
    if "alt" not in values:
        hint = 'say what it shows: <img src="…" alt="what the picture shows">'
        message = "{} has no words for those who cannot see it, so it is treated as decoration"
        context.tally(message, hint, f'"{values.get("src", "")[:60]}"', place)
    attributes = Attributes(
        id=values.get("id") or None, classes=tuple(values.get("class", "").split()), pairs=tuple(sizes.items())
    )
    if not values.get("src"):
        context.warn("this <img> names no picture", place, 'write <img src="images/picture.png" alt="…">')
        return None
    return picture_at(values["src"], values.get("alt", ""), place, context, attributes=attributes)


def anchored(tag: str) -> tuple[tuple[Span, ...], str]:
    """Return the place that ``<a name="x">`` or ``<span id="x">`` makes for links, and the tag without its name."""
    name, rest = without_name(tag)
    return ((Span(children=(), attributes=Attributes(id=name)),) if name else ()), rest
