"""Writer of inlines as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import assert_never

from msgspec import Struct, field

from leaflet.interchange.imported_content import (
    ChangedWords,
    ChangeKind,
    CitedSource,
    ClassedWords,
    DataField,
    ImportedBlock,
    ImportedInline,
    LineEnd,
    LinkedWords,
    MarkedWords,
    NoteMark,
    PlacedPicture,
    PlaceName,
    Remark,
    SourceCitation,
    TexFormula,
    TextMark,
    Words,
)
from leaflet.interchange.markdown_escapes import attribute_value, escaped, link_target
from leaflet.interchange.place_names import PlaceNames

SIGNS = {
    TextMark.STRONG: ("**", "**", "strong"),
    TextMark.EMPHASIS: ("*", "*", "em"),
    TextMark.STRIKEOUT: ("~~", "~~", "del"),
    TextMark.SUPERSCRIPT: ("^", "^", "sup"),
    TextMark.SUBSCRIPT: ("~", "~", "sub"),
    TextMark.HIGHLIGHT: ("<mark>", "</mark>", "mark"),
    TextMark.SMALL_CAPS: ("[", "]{.smallcaps}", ""),
    TextMark.UNDERLINE: ("[", "]{.underline}", ""),
}
FLANKED = frozenset({TextMark.STRONG, TextMark.EMPHASIS, TextMark.STRIKEOUT})
OUTER_BREAKS = re.compile(r"\A(?:\\\n|\s)+|(?:\\\n|\s)+\Z")
"""Line breaks and blanks at the ends of a line, where Markdown would read the backslash as a character."""
CHANGES = {ChangeKind.INSERTED: ("{++", "++}"), ChangeKind.DELETED: ("{--", "--}")}


class InlineWriter(Struct, kw_only=True):
    """Writer of the inlines of one source, which gathers its notes."""

    places: PlaceNames
    notes: list[tuple[ImportedBlock, ...]] = field(default_factory=list)
    """The notes of which the marks were written, in their order."""

    def line(self, nodes: Sequence[ImportedInline], *, in_cell: bool = False) -> str:
        """Return inlines as Markdown; line breaks are two lines, or one blank in a cell."""
        text = OUTER_BREAKS.sub("", self.sequence(nodes))
        return text.replace("\\\n", " " if in_cell else "\\\n")

    def sequence(self, nodes: Sequence[ImportedInline]) -> str:
        """Return inlines in a row; a deletion before an insertion is one substitution."""
        made = ""
        for index, node in enumerate(nodes):
            text = self.node(node)
            if isinstance(node, MarkedWords) and node.mark in FLANKED:
                after = (
                    self.node(nodes[index + 1]) if index + 1 < len(nodes) and not _has_note(nodes[index + 1]) else " "
                )
                text = self.flanked(node, text, made[-1:] or " ", after[:1] or " ")
            is_substitution = (
                isinstance(node, ChangedWords)
                and node.kind is ChangeKind.INSERTED
                and index
                and isinstance(nodes[index - 1], ChangedWords)
                and made.endswith("--}")
            )
            if is_substitution:
                at = made.rindex("{--")
                made = f"{made[:at]}{{~~{made[at + 3 : -3]}~>{text[3:-3]}~~}}"
            else:
                made += text
        return made

    def flanked(self, node: MarkedWords, text: str, before: str, after: str) -> str:
        """Return marked words in Markdown's signs, or as HTML where CommonMark would not read the signs there."""
        inner = text[len(SIGNS[node.mark][0]) : -len(SIGNS[node.mark][1])]
        if not inner:
            return ""
        sign = SIGNS[node.mark][0][0]
        core = inner.strip(sign) or inner
        opens = core[0].isalnum() or not before.isalnum()
        closes = core[-1].isalnum() or not after.isalnum()
        # Two marks of the same sign beside each other would be read as one of more signs.
        is_double = len(node.children) == 1 and inner[0] == sign == inner[-1]
        collides = (
            before == sign or after == sign or (inner[0] == sign != inner[-1]) or (inner[0] == sign and not is_double)
        )
        if opens and closes and not collides:
            return text
        name = SIGNS[node.mark][2]
        return f"<{name}>{inner}</{name}>"

    def node(self, node: ImportedInline) -> str:
        """Return one inline as Markdown."""
        match node:
            case Words():
                return escaped(node.text)
            case MarkedWords():
                return self.marked(node)
            case ClassedWords():
                return f"[{self.sequence(node.children)}]{{.{node.name}}}"
            case LinkedWords():
                return self.link(node)
            case PlacedPicture():
                return self.picture(node)
            case NoteMark():
                self.notes.append(node.blocks)
                return f"[^{len(self.notes)}]"
            case LineEnd():
                return "\\\n"
            case PlaceName():
                return f"[]{{#{self.places.name(node.name)}}}"
            case SourceCitation():
                return self.citation(node)
            case TexFormula():
                return f"$${node.tex}$$" if node.display else f"${node.tex}$"
            case ChangedWords():
                opening, closing = CHANGES[node.kind]
                return f"{opening}{self.sequence(node.children)}{closing}"
            case Remark():
                return remark(node)
            case DataField():
                return f"{{{{ {node.name} }}}}"
            case _:
                assert_never(node)

    def marked(self, node: MarkedWords) -> str:
        """Return words with a mark."""
        if node.mark is TextMark.CODE:
            return code("".join(_plain(child) for child in node.children))
        opening, closing, name = SIGNS[node.mark]
        inner = self.sequence(node.children)
        if node.mark in {TextMark.SUPERSCRIPT, TextMark.SUBSCRIPT} and (" " in inner or "\\" in inner or "*" in inner):
            return f"<{name}>{inner}</{name}>"
        return f"{opening}{inner}{closing}" if inner else ""

    def link(self, node: LinkedWords) -> str:
        """Return a link; one to a place that the source does not have is its words."""
        words = self.sequence(node.children)
        if not node.target.startswith("#"):
            return f"[{words}]({link_target(node.target)})" if words else ""
        name = self.places.target(node.target[1:])
        return f"[{words}](#{name})" if name and words else words

    def picture(self, node: PlacedPicture, caption: str | None = None) -> str:
        """Return a picture; the words in the brackets are its caption, or what it shows."""
        alt = " ".join(node.alt.split())
        parts = [f"alt={attribute_value(alt)}"] if (caption is not None and alt) else []
        parts += ['alt=""'] if node.is_decoration and not alt else []
        parts += [f"width={node.width}"] if node.width else []
        shown = escaped(alt) if caption is None else caption
        return f"![{shown}]({link_target(node.path)})" + (f"{{{' '.join(parts)}}}" if parts else "")

    def citation(self, node: SourceCitation) -> str:
        """Return a citation in pandoc's form."""
        cites = [*node.cites]
        if cites[0].in_text and not cites[0].prefix:
            first, *others = cites
            rest = [_tail(first), *(_cite(cite) for cite in others)]
            inner = "; ".join(part.lstrip(", ") for part in rest if part)
            return f"@{_key(first.key)}" + (f" [{inner}]" if inner else "")
        return f"[{'; '.join(_cite(cite) for cite in cites)}]"


def _cite(cite: CitedSource) -> str:
    prefix = f"{escaped(cite.prefix.strip()).replace(';', ',')} " if cite.prefix.strip() else ""
    return f"{prefix}{'-' if cite.hides_author else ''}@{_key(cite.key)}{_tail(cite)}"


def _tail(cite: CitedSource) -> str:
    locator = f", {escaped(cite.locator)}" if cite.locator else ""
    suffix = escaped(cite.suffix.strip()).replace(";", ",")
    return locator + (suffix if suffix[:1] in {",", "."} else f", {suffix}" if suffix else "")


def _key(key: str) -> str:
    plain = key.replace("-", "").replace("_", "").replace(":", "").replace(".", "").isalnum()
    return key if plain and key[-1:].isalnum() else f"{{{key}}}"


def remark(node: Remark) -> str:
    """Return a comment as a comment of HTML, or as CriticMarkup."""
    text = " ".join(node.text.split())
    words = f"{node.author}: {text}" if node.author else text
    if node.visible:
        return f"{{>>{words.replace('<<}', '<< }')}<<}}"
    return f"<!-- {words.replace('--', '- -').replace('>', '›')} -->"


def code(text: str) -> str:
    """Return words as code within a line, between as many backticks as they need."""
    text = " ".join(text.split("\n"))
    longest = max((len(run) for run in _backticks(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else text


def _backticks(text: str) -> list[str]:
    runs, run = [], ""
    for char in f"{text} ":
        if char == "`":
            run += char
        elif run:
            runs.append(run)
            run = ""
    return runs


def _plain(node: ImportedInline) -> str:
    match node:
        case Words():
            return node.text
        case LineEnd():
            return " "
        case MarkedWords() | ClassedWords() | LinkedWords() | ChangedWords():
            return "".join(_plain(child) for child in node.children)
        case _:
            return ""


def _has_note(node: ImportedInline) -> bool:
    match node:
        case NoteMark():
            return True
        case MarkedWords() | ClassedWords() | LinkedWords() | ChangedWords():
            return any(_has_note(child) for child in node.children)
        case _:
            return False
