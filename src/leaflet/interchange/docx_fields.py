"""Fields of Word: links, merge fields, citations, and what Word makes by itself, such as tables of contents."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.files import FIELD_NAME
from leaflet.interchange.citation_fields import csl_citation, endnote_citation, word_citation
from leaflet.interchange.docx_context import DocxContext
from leaflet.interchange.field_words import field_words
from leaflet.interchange.import_log import ImportLog
from leaflet.interchange.imported_content import DataField, SourceCitation
from leaflet.interchange.link_targets import printable_target
from leaflet.interchange.text_pieces import TextPiece, words_of

REFERENCE_LISTS = (
    "ADDIN ZOTERO_BIBL",
    "ADDIN CSL_BIBLIOGRAPHY",
    "ADDIN MENDELEY BIBLIOGRAPHY",
    "ADDIN EN.REFLIST",
    "BIBLIOGRAPHY",
)
CONTENTS = ("TOC", "TOA", "INDEX")
SILENT = frozenset({"XE", "TC", "RD", "TA", "ADVANCE", "PRIVATE", "ASK", "SET"})
PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
CITATIONS = ("ADDIN ZOTERO_ITEM", "ADDIN CSL_CITATION", "ADDIN EN.CITE", "CITATION", "ADDIN MENDELEY CITATION")


class OpenField(Struct):
    """A field whose end has not come yet."""

    code: list[str] = field(default_factory=list)
    pieces: list[TextPiece] = field(default_factory=list)
    """The result that Word shows."""
    in_result: bool = False
    data: list[str] = field(default_factory=list)
    """Data that a program has stored beside the field."""
    swallowed: list[str] = field(default_factory=list)
    """Words of a result that is left out, of the paragraphs before this one."""

    @property
    def name(self) -> str:
        """The code in capital letters, with single spaces."""
        return " ".join("".join(self.code).split()).upper()

    @property
    def is_list_of_references(self) -> bool:
        """Return whether a program for references makes its list here."""
        return self.name.startswith(REFERENCE_LISTS)

    @property
    def is_left_out(self) -> bool:
        """Return whether the result is made by leaflet or by nobody, over however many paragraphs."""
        return self.is_list_of_references or self.name.split(" ")[0] in CONTENTS


def linked(opened: OpenField, log: ImportLog) -> list[TextPiece]:
    """Return the result of a field, as a link where the field is one."""
    words = field_words("".join(opened.code))
    name = words[0].upper()
    if name == "HYPERLINK":
        target = next((word for word in words[1:] if not word.startswith("\\")), "")
        anchor = next((after for word, after in pairwise(words) if word.lower() == "\\l"), "")
        if anchor and target in {"", anchor}:
            target = f"#{anchor}"
        elif anchor and "#" not in target:
            target = f"{target}#{anchor}"
        target = printable_target(target, log)
        return [replace(piece, link=piece.link or target) for piece in opened.pieces]
    if name == "REF" and "\\h" in (word.lower() for word in words) and len(words) > 1:
        return [replace(piece, link=piece.link or f"#{words[1]}") for piece in opened.pieces]
    return opened.pieces


def resolved(opened: OpenField, context: DocxContext) -> list[TextPiece]:
    """Return what a field becomes in the source."""
    name = opened.name
    first = name.split(" ")[0]
    words = " ".join([*opened.swallowed, words_of(opened.pieces)])
    if opened.is_list_of_references:
        message = "the list of references is left out: leaflet makes it from the sources"
        context.log.say(message, left_out=words)
        return []
    if first in CONTENTS:
        context.log.say(
            f"{_made_list(first)} is left out: leaflet makes its own where a layout has one", left_out=words
        )
        return []
    if name.startswith(CITATIONS):
        return _cited(opened, context, words)
    if first in SILENT:
        return []
    if first in PAGES:
        if words.strip():
            context.log.say("a page number is left out: pages differ from those of the document", left_out=words)
        return []
    if first == "MERGEFIELD":
        return _merge_field(opened, context, words)
    if first == "EQ" and not words.strip():
        context.log.say("a formula in an old form is left out", left_out="".join(opened.code))
        return []
    return linked(opened, context.log)


def _made_list(name: str) -> str:
    return "the index" if name == "INDEX" else "the table of contents"


def _cited(opened: OpenField, context: DocxContext, words: str) -> list[TextPiece]:
    """Return a citation, or its words where the program's data cannot be read."""
    code, name = "".join(opened.code), opened.name
    found: SourceCitation | None
    if name.startswith("ADDIN EN.CITE"):
        found = endnote_citation(code, context.items, context.package.name)
        for data in opened.data:
            found = found or endnote_citation(data, context.items, context.package.name)
    elif name.startswith("CITATION"):
        found = word_citation(code, context.sources, context.items)
    else:
        found = csl_citation(code, context.items)
    if found is None:
        context.log.say("a citation cannot be read, so its words are plain text")
        return opened.pieces
    context.log.count("citation")
    context.log.replaced.append(words)
    change = opened.pieces[0].change if opened.pieces else None
    return [TextPiece(node=found, change=change)]


def _merge_field(opened: OpenField, context: DocxContext, words: str) -> list[TextPiece]:
    written = field_words("".join(opened.code))
    name = field_name(written[1] if len(written) > 1 else "")
    if not name:
        return opened.pieces
    shown = " ".join(words.split())
    context.fields.setdefault(name, shown.strip("«»<> "))
    context.log.replaced.append(shown)
    context.log.count("merge field")
    marks = opened.pieces[0].marks if opened.pieces else frozenset()
    return [TextPiece(node=DataField(name=name), marks=marks)]


def field_name(text: str) -> str:
    """Return the name of a merge field as a source writes it; nothing where no letter is left of it.

    >>> field_name("First Name")
    'first-name'
    """
    name = re.sub(r"[^\w]+", "-", text.strip().lower()).strip("-_")
    return name if re.fullmatch(FIELD_NAME, name) else ""
