"""Rules for the styles of a document: the block or the piece of front matter that each becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from leaflet.files import Invalid


class StyleRole(StrEnum):
    """The role of a paragraph in the source; the words are those of ``[import.styles]``."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    DATE = "date"
    ABSTRACT = "abstract"
    AUDIENCE = "audience"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CODE = "code"
    CAPTION = "caption"
    CONTINUATION = "continuation"
    LEFT_OUT = "left-out"
    REFERENCES = "references"
    BOX = "box"


IN_FRONT_MATTER = frozenset(
    {StyleRole.TITLE, StyleRole.SUBTITLE, StyleRole.AUTHOR, StyleRole.DATE, StyleRole.ABSTRACT, StyleRole.AUDIENCE}
)
HEADING = re.compile(r"heading[ -]([1-9])", re.IGNORECASE)
CLASS_NAME = re.compile(r"[^\W\d][\w-]*")


class StyleRule(Struct, frozen=True, kw_only=True):
    """The role of a style; ``level`` of a heading, ``name`` of a box's or a span's class."""

    role: StyleRole
    level: int = 0
    name: str = ""


PLAIN = StyleRule(role=StyleRole.PARAGRAPH)
PLAIN_STYLES = (
    "normal|body text|body text indent|body text 2|body text 3|no spacing|first paragraph|compact|default|standard|"
    "text body|table contents|table heading|footnote text|endnote text|footnote|endnote|normal (web)|table text|"
    "default paragraph font|frame contents|list|normal indent|text body indent|first line indent|salutation|signature|"
    "closing|header|footer|annotation text|comment text|table paragraph|plain text|definition|definition term|"
    "list bullet|list bullet 2|list bullet 3|list number|list number 2|list number 3|list 1|figure|captioned figure|"
    "index heading|heading|drawing|text|illustration"
)
DEFAULTS = {
    **dict.fromkeys(PLAIN_STYLES.split("|"), "paragraph"),
    "title": "title",
    "main title": "title",
    "document title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "authors": "author",
    "date": "date",
    "abstract": "abstract",
    "quote": "quote",
    "quotations": "quote",
    "block text": "quote",
    "intense quote": "pull-quote",
    "caption": "caption",
    "image caption": "caption",
    "table caption": "caption",
    "illustration": "caption",
    "drawing": "caption",
    "source code": "code",
    "html preformatted": "code",
    "preformatted text": "code",
    "verbatim char": "code",
    "html code": "code",
    "source text": "code",
    "code": "code",
    "list paragraph": "continuation",
    "list continue": "continuation",
    "list continue 2": "continuation",
    "list continue 3": "continuation",
    "toc heading": "left-out",
    "contents heading": "left-out",
    "table of figures": "left-out",
    "bibliography": "references",
    "endnote bibliography": "references",
    "lead": "lead",
}
"""The styles of Word, LibreOffice and pandoc, by their names in small letters."""
TABLES_OF_CONTENTS = re.compile(r"(?:toc|contents|index) [1-9]")


def read_rule(text: str) -> StyleRule:
    """Return the rule that a text of ``[import.styles]`` names: a role, ``heading-2``, or the class of a block.

    Raises:
        Invalid: it names neither.
    """
    word = text.strip().removeprefix(".")
    heading = HEADING.fullmatch(word)
    if heading:
        return StyleRule(role=StyleRole.HEADING, level=int(heading[1]))
    named = {role.value: role for role in StyleRole if role not in {StyleRole.HEADING, StyleRole.BOX}}
    if word in named:
        return StyleRule(role=named[word])
    if not CLASS_NAME.fullmatch(word):
        roles = ", ".join(sorted(named))
        raise Invalid(
            f'"{text}" is no block', f'write one of {roles}, heading-1 to heading-9, or a class such as "pull-quote"'
        )
    return StyleRule(role=StyleRole.BOX, name=word)


class StyleRules(Struct, frozen=True):
    """The rules of a workspace over leaflet's own."""

    own: Mapping[str, StyleRule]

    @classmethod
    def of(cls, styles: Mapping[str, str]) -> StyleRules:
        """Return the rules with those that ``[import.styles]`` gives.

        Raises:
            Invalid: a style is given what is no block.
        """
        return cls({name.casefold(): read_rule(text) for name, text in styles.items()})

    def find(self, names: Iterable[str]) -> StyleRule | None:
        """Return the rule for the first of ``names``, a style and those that it is based on; None where none has one."""
        for name in names:
            key = " ".join(name.casefold().split())
            if key in self.own:
                return self.own[key]
            heading = HEADING.fullmatch(key)
            if heading:
                return StyleRule(role=StyleRole.HEADING, level=int(heading[1]))
            if TABLES_OF_CONTENTS.fullmatch(key):
                return StyleRule(role=StyleRole.LEFT_OUT)
            if key in DEFAULTS:
                return read_rule(DEFAULTS[key])
        return None
