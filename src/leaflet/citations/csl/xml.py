"""XML text to plain elements with line numbers, with document types and entities refused."""

from __future__ import annotations

import re
from html import unescape
from xml.parsers import expat

from msgspec import Struct, field

from leaflet.errors import CitationError, Location, Problem

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"
MOST_LETTERS = 20_000
"""Of one value or text; those of the official styles have a few hundred."""
DEEPEST = 60
"""Elements within each other; official styles have a third of them."""
RULES = "leaflet-rules"
"""The target of the processing instruction that holds rules for which CSL has no words; other programs skip it."""
_PSEUDO_ATTRIBUTE = re.compile(r"""(?P<name>[\w-]+)\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""")
XML_LANG = "http://www.w3.org/XML/1998/namespace lang"


class XmlElement(Struct):
    """One element of the CSL namespace; children of other namespaces are left out."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[XmlElement] = field(default_factory=list)
    text: str = ""
    rules: list[XmlElement] = field(default_factory=list)
    """Of the root: the processing instructions for leaflet, as elements."""

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, or None."""
        return self.attributes.get(name)

    def find(self, tag: str) -> XmlElement | None:
        """Return the first child of a name, or None."""
        return next((child for child in self.children if child.tag == tag), None)


class _Builder:
    """Builder of a tree from the events of the XML reader."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: XmlElement | None = None
        self.open: list[XmlElement] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.ProcessingInstructionHandler = self._instruction
        self.rules: list[XmlElement] = []

    def _refuse(self, *_: object) -> None:
        raise CitationError(
            Problem(
                location=Location(file=self.file, line=self.parser.CurrentLineNumber),
                message="a document type is not allowed in CSL",
                hint="remove the <!DOCTYPE …> declaration; entities are never read",
            )
        )

    def _instruction(self, target: str, data: str) -> None:
        if target == RULES:
            attributes = {match["name"]: unescape(match["value"]) for match in _PSEUDO_ATTRIBUTE.finditer(data)}
            self.rules.append(XmlElement(tag=f"?{target}", attributes=attributes, line=self.parser.CurrentLineNumber))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if namespace not in ("", CSL_NAMESPACE):
            tag = ""
        attributes = {key: _without_references(value) for key, value in attributes.items()}
        element = XmlElement(tag=tag, attributes=attributes, line=self.parser.CurrentLineNumber)
        if len(self.open) > DEEPEST:
            raise self._refused(
                f"the style is nested more than {DEEPEST} levels deep", "use fewer elements within each other"
            )
        longest = max(map(len, attributes.values()), default=0)
        if longest > MOST_LETTERS:
            hint = "take a copy of the style from the official repository"
            raise self._refused(
                f"<{tag[:20]}> has a value of {longest:,} letters, and {MOST_LETTERS:,} are the most", hint
            )
        if self.open and tag:
            self.open[-1].children.append(element)
        elif not self.open:
            self.root = element
        self.open.append(element)

    def _end(self, _: str) -> None:
        ended = self.open.pop()
        ended.text = _without_references(ended.text)

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text
            if len(self.open[-1].text) > MOST_LETTERS:
                hint = "take a copy of the style from the official repository"
                raise self._refused(f"an element has more than {MOST_LETTERS:,} letters", hint)

    def _refused(self, message: str, hint: str) -> CitationError:
        place = Location(file=self.file, line=self.parser.CurrentLineNumber)
        return CitationError(Problem(location=place, message=message, hint=hint))


_REFERENCE = re.compile(r"&#(?:x[0-9A-Fa-f]+|[0-9]+);")


def _without_references(value: str) -> str:
    """Return ``value`` with character references resolved, as some styles escape a character twice (“&amp;#160;”)."""
    return _REFERENCE.sub(lambda match: unescape(match[0]), value) if "&#" in value else value


def read_xml(text: str, file: str) -> XmlElement:
    """Return the root element of ``text``; a CitationError with the line when it is not well-formed."""
    builder = _Builder(file)
    try:
        builder.parser.Parse(text.lstrip("\ufeff \t\r\n").encode(), True)
    except expat.ExpatError as error:
        raise CitationError(
            Problem(
                location=Location(file=file, line=error.lineno, column=error.offset + 1),
                message=f"not well-formed XML: {expat.ErrorString(error.code)}",
                hint="a CSL style is an XML file; check the tags and quotation marks around this place",
            )
        ) from None
    assert builder.root is not None
    builder.root.rules = builder.rules
    return builder.root
