"""Inline tokens to the model's inlines: links judged, pictures checked, notes read at their marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from urllib.parse import unquote

from markdown_it.token import Token

from leaflet.errors import Location, Problem
from leaflet.files import FIELD_REFERENCE, Invalid, check_image, forbidden, without_forbidden
from leaflet.model.citation import Cite, Cluster
from leaflet.model.document import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    CitationReference,
    Code,
    Deleted,
    Emphasis,
    FieldReference,
    Figure,
    Footnote,
    HardBreak,
    Icon,
    Image,
    Inline,
    Link,
    Paragraph,
    SafeInlineHtml,
    SoftBreak,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from leaflet.model.walk import plain_text, walk
from leaflet.source.fields import unknown
from leaflet.source.links import check_link
from leaflet.source.raw_html import InlineHtml
from leaflet.source.syntax.attributes import merge
from leaflet.source.syntax.field import restore_spaces
from leaflet.source.tree.context import Context, LineText

DEEPEST = 60
ICON = "icon-"
WRAPPERS: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "em": lambda children: Emphasis(children=children),
    "strong": lambda children: Strong(children=children),
    "s": lambda children: Deleted(children=children),
    "sup": lambda children: Superscript(children=children),
    "sub": lambda children: Subscript(children=children),
}

BlocksOf: TypeAlias = Callable[[Sequence[Token]], tuple[Block, ...]]


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    token: Token | None
    children: list[Inline] = field(default_factory=list)
    html: InlineHtml = field(default_factory=InlineHtml)


class InlineReader:
    """Reads the children of inline tokens; ``blocks_of`` reads the blocks of a footnote."""

    def __init__(self, context: Context, blocks_of: BlocksOf) -> None:
        self.context = context
        self.blocks_of = blocks_of

    def read(self, token: Token, *, in_table: bool = False) -> tuple[Inline, ...]:
        """The inlines of one inline token."""
        text = self.context.line_text(token, in_table=in_table)
        return self.sequence(token.children or [], text, 0)

    def sequence(self, tokens: list[Token], text: LineText, base: int) -> tuple[Inline, ...]:
        """Inlines of ``tokens``, whose positions count from ``base`` in ``text``."""
        places = self.text_places(tokens, text, base)
        self.context.typographer.polish(tokens)
        stack = [_Open(None)]
        place = Location(file=self.context.file, line=text.line + 1)
        for token in tokens:
            self.warn_of_unread_link(token, place, stack[-1])
            if "position" in token.meta:
                place = self.context.within(text, base + token.meta["position"])
            if token.nesting == 1:
                stack.append(self.opened(token, place, depth=len(stack)))
            elif token.nesting == -1 and len(stack) > 1:
                closed = stack.pop()
                closed.children += self.leftover(closed, place)
                stack[-1].children += self.wrapped(closed)
            else:
                self.leaf(token, places.get(id(token), place), text, base, stack[-1])
        while len(stack) > 1:
            closed = stack.pop()
            stack[-1].children += self.wrapped(closed)
        stack[0].children += self.leftover(stack[0], place)
        return tuple(stack[0].children)

    def text_places(self, tokens: Sequence[Token], text: LineText, base: int) -> dict[int, Location]:
        """Return the place of each text token that is written in the source as it reads, by its identity."""
        found: dict[int, Location] = {}
        after = base
        for token in tokens:
            after = max(after, base + token.meta.get("position", 0)) if token.type != "text" else after
            at = text.content.find(token.content, after) if token.type == "text" and token.content else -1
            if at >= 0:
                found[id(token)] = self.context.within(text, at)
                after = at + len(token.content)
        return found

    def warn_of_unread_link(self, token: Token, before: Location, within: _Open) -> None:
        """A bracket closed before an address would print as it is written; ``before`` is the place of what it holds."""
        if token.type != "text" or not token.content.startswith("]("):
            return
        if any(isinstance(node, Text) and "[" in node.text for node in within.children):
            hint = "its words can hold no citation, note or other link, and its address no blanks"
            self.context.warn("this looks like a link but is not read as one", before, hint)

    def opened(self, token: Token, place: Location, *, depth: int) -> _Open:
        """The element that a token opens; one too deep within others is refused and leaves no level of its own."""
        if depth == DEEPEST:
            self.context.refuse("this is nested too deeply", place, f"leaflet reads {DEEPEST} levels; use fewer")
        if depth >= DEEPEST:
            return _Open(None)
        if token.type == "note_open":
            self.context.open_notes.append("^")
        token.meta["place"] = place
        return _Open(token)

    def leftover(self, closed: _Open, place: Location) -> list[Inline]:
        """The ends of HTML elements that were opened within an element and never closed."""
        for name in closed.html.open_names:
            self.context.warn(f"<{name}> is opened but never closed", place, f"write </{name}> after its text")
        return [SafeInlineHtml(html=end) for end in closed.html.close_all()]

    def wrapped(self, opened: _Open) -> list[Inline]:
        token, children = opened.token, tuple(opened.children)
        if token is None:
            return list(children)
        place: Location = token.meta["place"]
        name = token.type.removesuffix("_open")
        if name in WRAPPERS:
            return [WRAPPERS[name](children)]
        match name:
            case "link":
                return [self.link(token, children, place)]
            case "span":
                return [self.span(token, children, place)]
            case "note":
                self.context.open_notes.pop()
                return [Footnote(blocks=(Paragraph(children=children, location=place),), location=place)]
            case _:
                return list(children)

    def leaf(self, token: Token, place: Location, text: LineText, base: int, opened: _Open) -> None:
        add = opened.children.append
        match token.type:
            case "text" | "text_special":
                if token.content:
                    add(self.text(token.content, place))
            case "softbreak":
                add(SoftBreak())
            case "hardbreak":
                add(HardBreak())
            case "code_inline":
                add(Code(text=token.content))
            case "field":
                if token.content not in self.context.fields:
                    self.context.problems.append(unknown(token.content, self.context.fields, place))
                add(FieldReference(name=token.content, location=place))
            case "citation":
                add(self.citation(token, text, base, place))
            case "note_mark":
                opened.children += self.note(token.content, place)
            case "image":
                image, _ = self.picture(token, place, text, base)
                opened.children += [image] if image else []
            case "html_inline":
                html, removed = opened.html.clean(token.content)
                for what in removed:
                    self.context.warn(what, place, "take it out; leaflet prints only harmless HTML")
                if html:
                    add(SafeInlineHtml(html=html))
            case _:
                raise AssertionError(token.type)

    def text(self, content: str, place: Location) -> Text:
        """Plain text; characters that a source may not hold come here by their numbers, such as ``&#x202E;``."""
        for _, message, hint in forbidden(content):
            self.context.refuse(message, place, hint)
        return Text(text=without_forbidden(content), location=place)

    def link(self, token: Token, children: tuple[Inline, ...], place: Location) -> Inline:
        attributes: Attributes = token.meta.get("attributes", NO_ATTRIBUTES)
        self.context.check_condition(attributes, place)
        try:
            target = check_link(restore_spaces(str(token.attrs.get("href", ""))), self.context.fields)
        except Invalid as error:
            self.context.refuse(error.message, place, error.hint)
            return Span(children=children, attributes=attributes)
        if target.startswith("#"):
            self.context.links.append((target[1:], place))
        if any(isinstance(node, CitationReference | Footnote) for node in walk(children)):
            hint = "put it behind the link: [the link](https://example.org) [@key]"
            self.context.refuse("a citation or a note stands in the words of a link", place, hint)
        title = token.attrs.get("title")
        return Link(
            target=target,
            children=children,
            title=None if title is None else str(title),
            attributes=attributes,
            location=place,
        )

    def span(self, token: Token, children: tuple[Inline, ...], place: Location) -> Inline:
        attributes: Attributes = token.meta["attributes"]
        self.context.check_condition(attributes, place)
        icon = icon_of(attributes)
        if icon and not children:
            return Icon(name=icon, location=place)
        return Span(children=children, attributes=attributes)

    def citation(self, token: Token, text: LineText, base: int, place: Location) -> Inline:
        for stray in (position for raw in token.meta["cites"] for position in raw.stray):
            hint = "put a semicolon before it: [@one; @two]"
            self.context.refuse(
                "a second source stands here without a semicolon", self.context.within(text, base + stray), hint
            )
        cites = tuple(
            Cite(
                key=raw.key,
                mode=raw.mode,
                prefix=raw.prefix,
                locator=raw.locator,
                label=raw.label,
                suffix=raw.suffix,
                location=self.context.within(text, base + raw.position),
            )
            for raw in token.meta["cites"]
        )
        return CitationReference(cluster=Cluster(cites=cites, in_note=bool(self.context.open_notes)), location=place)

    def note(self, label: str, place: Location) -> list[Inline]:
        context = self.context
        tokens = context.notes.get(label)
        if tokens is None:
            context.refuse(f'there is no footnote "{label}"', place, f"write its text on a line: [^{label}]: …")
            return []
        if label in context.open_notes:
            context.refuse(f'the footnote "{label}" refers to itself', place, "take this mark out of the note")
            return []
        context.used_notes.add(label)
        context.open_notes.append(label)
        blocks = self.blocks_of(tokens)
        context.open_notes.pop()
        return [Footnote(blocks=blocks, location=place, label=label)]

    def picture(
        self, token: Token, place: Location, text: LineText, base: int
    ) -> tuple[Image | None, tuple[Inline, ...]]:
        """The picture of an image token, and its caption: the words in brackets where ``alt`` says what it shows."""
        attributes: Attributes = token.meta.get("attributes", NO_ATTRIBUTES)
        self.context.check_condition(attributes, place)
        label = self.sequence(token.children or [], text, base + token.meta.get("position", 0) + 2)
        alt = attributes.get("alt")
        words = plain_text(label) if alt is None else alt
        path = restore_spaces(unquote(str(token.attrs.get("src", ""))))
        problems = self.path_faults(path, place)
        self.context.problems += problems
        if not words.strip():
            hint = 'say what it shows: ![caption](picture.png){alt="what the picture shows"}'
            self.context.refuse("the image has no alternative text", place, hint)
        if alt is None and any(isinstance(node, CitationReference | Footnote) for node in walk(label)):
            hint = 'then they are its caption; say beside it what the picture shows: {alt="what the picture shows"}'
            self.context.refuse("the words of this image cite a source or hold a note", place, hint)
        if problems or not words.strip():
            return None, ()
        title = token.attrs.get("title")
        image = Image(
            path=path,
            alt=" ".join(words.split()),
            title=None if title is None else str(title),
            attributes=without(attributes, "alt"),
            location=place,
        )
        return image, () if alt is None else label

    def path_faults(self, path: str, place: Location) -> tuple[Problem, ...]:
        """What is wrong with a picture's path; one with fields is only known to the variant that fills them."""
        names = FIELD_REFERENCE.findall(path)
        if names:
            fields = self.context.fields
            return tuple(unknown(name, fields, place) for name in names if name not in fields)
        return check_image(path, folder=self.context.folder, workspace=self.context.workspace, asked_at=place)

    def figure(self, token: Token, attributes: Attributes, location: Location) -> Figure | None:
        """A figure where a paragraph's inline token holds one picture and nothing else."""
        if [child.type for child in token.children or []] != ["image"]:
            return None
        child = (token.children or [])[0]
        text = self.context.line_text(token)
        image, caption = self.picture(child, self.context.within(text, child.meta.get("position", 0)), text, 0)
        if image is None:
            return Figure(images=(), caption=caption, attributes=attributes, location=location)
        if not caption and image.title:
            caption, image = (Text(text=image.title),), replace(image, title=None)
        own = image.attributes
        when = tuple(pair for pair in own.pairs if pair[0] == "when")
        merged = merge(attributes, Attributes(id=own.id, classes=own.classes, pairs=when))
        image = replace(image, attributes=without(Attributes(pairs=own.pairs), "when"))
        return Figure(images=(image,), caption=caption, attributes=merged, location=location)


def icon_of(attributes: Attributes) -> str | None:
    """The icon that a class such as ``icon-phone`` names."""
    return next((name.removeprefix(ICON) for name in attributes.classes if name.startswith(ICON)), None)


def without(attributes: Attributes, key: str) -> Attributes:
    """``attributes`` without the pair ``key=…``."""
    return replace(attributes, pairs=tuple(pair for pair in attributes.pairs if pair[0] != key))
