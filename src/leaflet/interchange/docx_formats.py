"""Styles and numbered lists of a .docx file: ``styles.xml`` and ``numbering.xml``."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element
from msgspec import Struct, field

from leaflet.interchange.imported_content import TextMark
from leaflet.model.document import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = frozenset({"0", "false", "off", "none"})
TOGGLES = {
    "b": TextMark.STRONG,
    "i": TextMark.EMPHASIS,
    "strike": TextMark.STRIKEOUT,
    "dstrike": TextMark.STRIKEOUT,
    "smallCaps": TextMark.SMALL_CAPS,
    "u": TextMark.UNDERLINE,
    "highlight": TextMark.HIGHLIGHT,
}
NUMERALS = {
    "lowerLetter": Numbering.LOWER_LETTERS,
    "upperLetter": Numbering.UPPER_LETTERS,
    "lowerRoman": Numbering.LOWER_ROMAN,
    "upperRoman": Numbering.UPPER_ROMAN,
}


def value(parent: _Element | None, path: str) -> str | None:
    """Return the ``w:val`` of an element below ``parent``, or None where there is no such element."""
    found = None if parent is None else parent.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(f"{W}val", "")


def is_on(parent: _Element | None, name: str) -> bool | None:
    """Return whether a property of two states is on; None where it is not given."""
    found = value(parent, name)
    return None if found is None else found not in OFF


class DocxStyle(Struct, frozen=True, kw_only=True):
    """A style of paragraphs or characters."""

    name: str
    kind: str
    based_on: str = ""
    outline_level: int | None = None
    number_id: str | None = None
    number_level: int | None = None
    marks: dict[TextMark, bool] = field(default_factory=dict)
    is_hidden: bool = False


def marks_of(properties: _Element | None) -> dict[TextMark, bool]:
    """Return the marks that properties of a run switch on or off."""
    found: dict[TextMark, bool] = {}
    for name, mark in TOGGLES.items():
        on = is_on(properties, name)
        if on is not None:
            found[mark] = on or found.get(mark, False)
    raised = value(properties, "vertAlign")
    if raised is not None:
        found[TextMark.SUPERSCRIPT] = raised == "superscript"
        found[TextMark.SUBSCRIPT] = raised == "subscript"
    return found


class DocxStyles(Struct, frozen=True, kw_only=True):
    """All styles of a document, by their identifiers."""

    styles: dict[str, DocxStyle]
    language: str = ""

    def chain(self, identifier: str | None) -> Iterator[DocxStyle]:
        """Yield a style and those that it is based on, the nearest first."""
        seen: set[str] = set()
        while identifier and identifier not in seen and identifier in self.styles:
            seen.add(identifier)
            yield self.styles[identifier]
            identifier = self.styles[identifier].based_on

    def marks(self, identifier: str | None) -> dict[TextMark, bool]:
        """Return the marks of a character style, with those that it is based on."""
        found: dict[TextMark, bool] = {}
        for style in self.chain(identifier):
            found = {**style.marks, **found}
        return found

    def is_hidden(self, identifier: str | None) -> bool:
        """Return whether a character style hides its words."""
        return any(style.is_hidden for style in self.chain(identifier))


def read_styles(root: _Element | None) -> DocxStyles:
    """Return the styles of ``styles.xml``."""
    styles: dict[str, DocxStyle] = {}
    if root is None:
        return DocxStyles(styles=styles)
    for element in root.findall(f"{W}style"):
        outline, level = value(element, "pPr/outlineLvl"), value(element, "pPr/numPr/ilvl")
        styles[element.get(f"{W}styleId", "")] = DocxStyle(
            name=(value(element, "name") or "").strip(),
            kind=element.get(f"{W}type", ""),
            based_on=value(element, "basedOn") or "",
            outline_level=int(outline) if outline and outline.isdigit() else None,
            number_id=value(element, "pPr/numPr/numId"),
            number_level=int(level) if level and level.isdigit() else None,
            marks=marks_of(element.find(f"{W}rPr")),
            is_hidden=bool(is_on(element.find(f"{W}rPr"), "vanish")),
        )
    language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return DocxStyles(styles=styles, language="" if language is None else language.get(f"{W}val", ""))


class ListLevel(Struct, frozen=True, kw_only=True):
    """One level of a list's numbering."""

    ordered: bool
    numbering: Numbering = Numbering.DECIMAL
    start: int = 1
    style: str = ""
    """The paragraph style that this level belongs to."""


class ListNumbers(Struct, frozen=True, kw_only=True):
    """A list as paragraphs name it: its levels, the definition that counts for it, and numbers to begin with again."""

    definition: str
    levels: dict[int, ListLevel]
    restarts: dict[int, int] = field(default_factory=dict)


def read_numbering(root: _Element | None) -> dict[str, ListNumbers]:
    """Return the lists of ``numbering.xml`` by their identifiers."""
    if root is None:
        return {}
    definitions = {
        element.get(f"{W}abstractNumId", ""): {
            number: level for each in element.findall(f"{W}lvl") for number, level in [_level(each)]
        }
        for element in root.findall(f"{W}abstractNum")
    }
    found: dict[str, ListNumbers] = {}
    for element in root.findall(f"{W}num"):
        definition = value(element, "abstractNumId") or ""
        levels, restarts = dict(definitions.get(definition, {})), {}
        for override in element.findall(f"{W}lvlOverride"):
            number = int(override.get(f"{W}ilvl", "0") or 0)
            again = value(override, "startOverride")
            if again and again.isdigit():
                restarts[number] = int(again)
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[number] = _level(own)[1]
        found[element.get(f"{W}numId", "")] = ListNumbers(definition=definition, levels=levels, restarts=restarts)
    return found


def _level(element: _Element) -> tuple[int, ListLevel]:
    kind, start = value(element, "numFmt") or "decimal", value(element, "start") or "1"
    number = element.get(f"{W}ilvl", "0")
    return int(number) if number.isdigit() else 0, ListLevel(
        ordered=kind not in {"bullet", "none"},
        numbering=NUMERALS.get(kind, Numbering.DECIMAL),
        start=int(start) if start.isdigit() else 1,
        style=value(element, "pStyle") or "",
    )


class ListCounter(Struct):
    """Counter of list items, as Word counts them: lists of one definition go on with each other's numbers."""

    lists: dict[str, ListNumbers]
    _numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level(self, identifier: str, level: int) -> ListLevel:
        """Return how a level of a list is numbered; a bullet where the list is unknown."""
        known = self.lists.get(identifier)
        return (known.levels.get(level) if known else None) or ListLevel(ordered=False)

    def next(self, identifier: str, level: int) -> int:
        """Return the number of the next item of a level of a list."""
        known = self.lists.get(identifier)
        if known is None:
            return 1
        key, kind = (known.definition, level), self.level(identifier, level)
        number = self._numbers.get(key, kind.start - 1) + 1
        if level in known.restarts and (identifier, level) not in self._begun:
            number = known.restarts[level]
        self._begun.add((identifier, level))
        self._numbers[key] = number
        for deeper in [other for other in self._numbers if other[0] == known.definition and other[1] > level]:
            del self._numbers[deeper]
        return number
