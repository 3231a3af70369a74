"""Inlines of a leaflet as runs of Word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.model.citation import FormattedCluster
from leaflet.model.document import (
    Block,
    CitationReference,
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    FieldReference,
    Footnote,
    HardBreak,
    Icon,
    Image,
    Inline,
    Link,
    Math,
    SafeInlineHtml,
    SoftBreak,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from leaflet.model.walk import walk

HTML_MARKS = {
    "b": "<w:b/>", "strong": "<w:b/>", "i": "<w:i/>", "em": "<w:i/>", "s": "<w:strike/>", "del": "<w:strike/>",
    "sub": '<w:vertAlign w:val="subscript"/>', "sup": '<w:vertAlign w:val="superscript"/>', "u": '<w:u w:val="single"/>',
    "ins": '<w:u w:val="single"/>', "mark": '<w:highlight w:val="yellow"/>',
}  # fmt: skip
SPAN_MARKS = {"smallcaps": "<w:smallCaps/>", "underline": '<w:u w:val="single"/>'}
CODE_MARK = '<w:rStyle w:val="LeafletCode"/>'
CITATION_MARK = '<w:rStyle w:val="LeafletCitation"/>'
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b[^>]*>|(?P<text>[^<]+)", re.IGNORECASE)
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold."""


class _Look(Struct, frozen=True):
    """The properties of a run, in the order in which Word's schema wants them."""

    marks: tuple[str, ...] = ()

    def with_mark(self, mark: str) -> _Look:
        return self if mark in self.marks else replace(self, marks=(*self.marks, mark))

    @property
    def xml(self) -> str:
        order = ("<w:rStyle", "<w:b/", "<w:i/", "<w:smallCaps", "<w:strike", "<w:highlight", "<w:u ", "<w:vertAlign")
        ordered = sorted(self.marks, key=lambda mark: next(at for at, tag in enumerate(order) if mark.startswith(tag)))
        return f"<w:rPr>{''.join(ordered)}</w:rPr>" if ordered else ""


class RunWriter(Struct, kw_only=True):
    """Writer of runs; it gathers the notes, and asks for the XML of pictures."""

    clusters: Sequence[FormattedCluster]
    picture: Callable[[Image], str]
    """Returns the run of a picture, or the words in its place."""
    notes: list[tuple[Block, ...] | str] = field(default_factory=list)
    """The blocks of notes, or the words of a citation's own note."""

    def runs(self, nodes: Sequence[Inline], look: _Look = _Look()) -> str:
        """Return inlines as the XML of runs."""
        made = []
        opened: list[str] = []
        for node in nodes:
            around = look
            for name in opened:
                around = around.with_mark(HTML_MARKS[name])
            if isinstance(node, SafeInlineHtml):
                for tag in TAG.finditer(node.html):
                    name = (tag["name"] or "").lower()
                    if name == "br":
                        made.append("<w:r><w:br/></w:r>")
                    elif name in HTML_MARKS and not tag["end"]:
                        opened.append(name)
                    elif name in opened and tag["end"]:
                        opened.remove(name)
                continue
            made.append(self.run(node, around))
        return "".join(made)

    def run(self, node: Inline, look: _Look) -> str:  # noqa: C901 - one case for each node
        """Return one inline as runs."""
        match node:
            case Text():
                return text_run(node.text, look.xml)
            case SoftBreak():
                return text_run(" ", look.xml)
            case HardBreak():
                return "<w:r><w:br/></w:r>"
            case Code():
                return text_run(node.text, look.with_mark(CODE_MARK).xml)
            case Math():
                return text_run(f"${node.tex}$", look.with_mark(CODE_MARK).xml)
            case Emphasis():
                return self.runs(node.children, look.with_mark("<w:i/>"))
            case Strong():
                return self.runs(node.children, look.with_mark("<w:b/>"))
            case Deleted():
                return self.runs(node.children, look.with_mark("<w:strike/>"))
            case Superscript():
                return self.runs(node.children, look.with_mark('<w:vertAlign w:val="superscript"/>'))
            case Subscript():
                return self.runs(node.children, look.with_mark('<w:vertAlign w:val="subscript"/>'))
            case Span():
                for name in node.attributes.classes:
                    look = look.with_mark(SPAN_MARKS[name]) if name in SPAN_MARKS else look
                return self.runs(node.children, look)
            case Link():
                return self.link(node, look)
            case Image():
                return self.picture(node)
            case Footnote():
                return "" if node.repeats else self.note(node.blocks)
            case CitationReference():
                return self.citation(node, look)
            case CrossReference():
                return self.runs(node.words, look)
            case FieldReference():
                return text_run(f"{{{{ {node.name} }}}}", look.xml)
            case Icon() | SafeInlineHtml():
                return ""

    def link(self, node: Link, look: _Look) -> str:
        """Return a link as a field, which needs no relationship of its part."""
        if node.target.startswith("#"):
            return self.runs(node.children, look)
        code = f' HYPERLINK "{node.target.replace(chr(34), "%22")}" '
        inner = self.runs(node.children, look.with_mark('<w:rStyle w:val="Hyperlink"/>'))
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText>'
            f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{inner}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def note(self, content: tuple[Block, ...] | str) -> str:
        """Return the mark of a note."""
        self.notes.append(content)
        return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'

    def citation(self, node: CitationReference, look: _Look) -> str:
        """Return a citation as its style prints it; a citation in a note gets a note."""
        if node.number is None or node.number >= len(self.clusters):
            return ""
        found = self.clusters[node.number]
        if not found.note:
            return html_runs(found.html, look.with_mark(CITATION_MARK))
        narrative = html_runs(found.narrative, look.with_mark(CITATION_MARK)) if found.narrative else ""
        return narrative + self.note(found.html)


def text_run(text: str, properties: str = "") -> str:
    """Return words as one run."""
    plain = escape(FORBIDDEN.sub("", text))
    return f'<w:r>{properties}<w:t xml:space="preserve">{plain}</w:t></w:r>' if plain else ""


def html_runs(html: str, look: _Look = _Look()) -> str:
    """Return safe HTML of the citation stage as runs."""
    made: list[str] = []
    opened: list[str] = []
    for found in TAG.finditer(html):
        if found["text"]:
            around = look
            for name in opened:
                around = around.with_mark(HTML_MARKS[name])
            made.append(text_run(unescape(found["text"]), around.xml))
        elif found["name"].lower() in HTML_MARKS:
            name = found["name"].lower()
            if not found["end"]:
                opened.append(name)
            elif name in opened:
                opened.remove(name)
    return "".join(made)


def line_span(nodes: Sequence[Inline]) -> tuple[int, int] | None:
    """Return the first and the last line of the source that words are in; None where they are in none."""
    lines = [
        node.location.line for node in walk(nodes) if isinstance(node, Text) and node.location and node.location.line
    ]
    return (min(lines), max(lines)) if lines else None


def attribute(text: str) -> str:
    """Return a value of an attribute of XML, in quotes."""
    return quoteattr(FORBIDDEN.sub("", text))
