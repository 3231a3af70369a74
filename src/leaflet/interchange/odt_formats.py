"""Styles and lists of an OpenDocument text (OASIS OpenDocument 1.3)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element
from msgspec import Struct, field

from leaflet.interchange.imported_content import TextMark
from leaflet.model.document import Numbering

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
NUMBERINGS = {
    "a": Numbering.LOWER_LETTERS,
    "A": Numbering.UPPER_LETTERS,
    "i": Numbering.LOWER_ROMAN,
    "I": Numbering.UPPER_ROMAN,
}


class OdtStyle(Struct, frozen=True, kw_only=True):
    """A style; automatic ones have the look that an author gave without a style."""

    name: str
    parent: str = ""
    list_style: str = ""
    outline_level: str = ""
    marks: dict[TextMark, bool] = field(default_factory=dict)
    is_hidden: bool = False
    breaks_page: bool = False
    is_automatic: bool = False


class OdtListLevel(Struct, frozen=True, kw_only=True):
    """One level of a list style."""

    ordered: bool = False
    numbering: Numbering = Numbering.DECIMAL
    start: int = 1


class OdtStyles(Struct, frozen=True, kw_only=True):
    """All styles of a document, by kind and identifier, and its list styles."""

    styles: dict[tuple[str, str], OdtStyle]
    lists: dict[str, dict[int, OdtListLevel]]

    def chain(self, family: str, identifier: str) -> Iterator[OdtStyle]:
        """Yield a style and its parents, the nearest first."""
        seen: set[str] = set()
        while identifier and identifier not in seen and (family, identifier) in self.styles:
            seen.add(identifier)
            found = self.styles[family, identifier]
            yield found
            identifier = found.parent

    def names(self, family: str, identifier: str) -> list[str]:
        """Return the names by which people know a style and its parents; automatic ones have none."""
        return [style.name for style in self.chain(family, identifier) if not style.is_automatic]

    def marks(self, identifier: str) -> dict[TextMark, bool]:
        """Return the marks of words of a style."""
        found: dict[TextMark, bool] = {}
        for style in self.chain("text", identifier):
            found = {**style.marks, **found}
        return found


def read_odt_styles(*roots: _Element | None) -> OdtStyles:
    """Return the styles of ``styles.xml`` and ``content.xml``."""
    styles: dict[tuple[str, str], OdtStyle] = {}
    lists: dict[str, dict[int, OdtListLevel]] = {}
    for root in roots:
        for element in root.iter(f"{STYLE}style") if root is not None else ():
            style = _style(element)
            styles[element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", "")] = style
        for element in root.iter(f"{TEXT}list-style") if root is not None else ():
            lists[element.get(f"{STYLE}name", "")] = dict(map(_level, element))
    return OdtStyles(styles=styles, lists=lists)


def _style(element: _Element) -> OdtStyle:
    parent = element.getparent()
    is_automatic = parent is not None and str(parent.tag).endswith("automatic-styles")
    look, paragraph = element.find(f"{STYLE}text-properties"), element.find(f"{STYLE}paragraph-properties")
    shown = element.get(f"{STYLE}display-name") or element.get(f"{STYLE}name", "").replace("_20_", " ")
    return OdtStyle(
        name=shown,
        parent=element.get(f"{STYLE}parent-style-name", ""),
        list_style=element.get(f"{STYLE}list-style-name", ""),
        outline_level=element.get(f"{STYLE}default-outline-level", ""),
        marks=_marks(look) if look is not None else {},
        is_hidden=look is not None and look.get(f"{TEXT}display") == "none",
        breaks_page=paragraph is not None and paragraph.get(f"{FO}break-before") == "page",
        is_automatic=is_automatic,
    )


def _marks(look: _Element) -> dict[TextMark, bool]:
    found: dict[TextMark, bool] = {}
    weight, posture = look.get(f"{FO}font-weight"), look.get(f"{FO}font-style")
    if weight is not None:
        found[TextMark.STRONG] = weight == "bold" or (weight.isdigit() and int(weight) >= 600)
    if posture is not None:
        found[TextMark.EMPHASIS] = posture in {"italic", "oblique"}
    for name, mark in (("text-line-through-style", TextMark.STRIKEOUT), ("text-underline-style", TextMark.UNDERLINE)):
        line = look.get(STYLE + name)
        if line is not None:
            found[mark] = line != "none"
    position = (look.get(f"{STYLE}text-position") or "").split(" ")[0]
    if position:
        raised = position == "super" or (position.endswith("%") and not position.startswith(("-", "0")))
        found[TextMark.SUPERSCRIPT], found[TextMark.SUBSCRIPT] = raised, position == "sub" or position.startswith("-")
    if look.get(f"{FO}font-variant") is not None:
        found[TextMark.SMALL_CAPS] = look.get(f"{FO}font-variant") == "small-caps"
    ground = look.get(f"{FO}background-color")
    if ground is not None:
        found[TextMark.HIGHLIGHT] = ground not in {"transparent", "#ffffff"}
    return found


def _level(element: _Element) -> tuple[int, OdtListLevel]:
    number, start = element.get(f"{TEXT}level", "1"), element.get(f"{TEXT}start-value", "1")
    kind = element.get(f"{STYLE}num-format")
    return int(number) if number.isdigit() else 1, OdtListLevel(
        ordered=str(element.tag).endswith("list-level-style-number") and bool(kind),
        numbering=NUMBERINGS.get(kind or "", Numbering.DECIMAL),
        start=int(start) if start.isdigit() else 1,
    )
