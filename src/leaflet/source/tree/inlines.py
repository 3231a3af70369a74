"""Conversion of inline tokens to the model's inlines, with links judged, pictures checked and notes read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.files import Invalid, forbidden, without_forbidden
from leaflet.model.citation import Cite, Cluster, nested_mark
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
from leaflet.source.citation_syntax import INNER, RawCite
from leaflet.source.fields import unknown
from leaflet.source.links import SITE_VARIABLES, LeadsNowhere, check_link
from leaflet.source.raw_html import InlineHtml
from leaflet.source.syntax.attributes import icon_of, merge, without
from leaflet.source.syntax.field import restore_spaces
from leaflet.source.tree.context import LineText, TreeContext
from leaflet.source.tree.emoji import with_emoji
from leaflet.source.tree.foreign import (
    INLINE_CELL,
    NOT_RUN,
    RUN_HINT,
    anchored,
    foreign_inline,
    html_picture,
    lifted_label,
    unfilled_field,
)
from leaflet.source.tree.images import picture_at
from leaflet.source.tree.paragraph_parts import bounded_elements, is_blank
from leaflet.source.tree.references import is_reference, one_reference, references

DEEPEST = 60
WRAPPERS: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "em": lambda children: Emphasis(children=children),
    "strong": lambda children: Strong(children=children),
    "s": lambda children: Deleted(children=children),
    "sup": lambda children: Superscript(children=children),
    "sub": lambda children: Subscript(children=children),
}

BlocksOf: TypeAlias = Callable[[Sequence[Token]], tuple[Block, ...]]


class _Open(Struct):
    """An element whose end has not come yet."""

    token: Token | None
    children: list[Inline] = field(default_factory=list)
    html: InlineHtml = field(default_factory=InlineHtml)


class InlineReader:
    """Reader of the children of inline tokens; ``blocks_of`` reads the blocks of a footnote."""

    def __init__(self, context: TreeContext, blocks_of: BlocksOf) -> None:
        self.context = context
        self.blocks_of = blocks_of

    def read(self, token: Token, *, in_table: bool = False) -> tuple[Inline, ...]:
        """Return the inlines of one inline token."""
        text = self.context.line_text(token, in_table=in_table)
        return self.sequence(bounded_elements(token, self.context, in_table=in_table), text, 0)

    def sequence(self, tokens: list[Token], text: LineText, base: int) -> tuple[Inline, ...]:
        """Return the inlines of ``tokens``, whose positions count from ``base`` in ``text``."""
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
        """Warn of a bracket that closes before an address; ``before`` is the place of its content."""
        if token.type != "text" or not token.content.startswith("]("):
            return
        if any(isinstance(node, Text) and "[" in node.text for node in within.children):
            hint = "its words can hold no citation, note or other link, and its address no blanks"
            self.context.warn("this looks like a link but is not read as one", before, hint)

    def opened(self, token: Token, place: Location, *, depth: int) -> _Open:
        """Return the element that a token opens; refuse one too deep within others, and add no level for it."""
        if depth == DEEPEST:
            self.context.refuse("this is nested too deeply", place, f"leaflet reads {DEEPEST} levels; use fewer")
        if depth >= DEEPEST:
            return _Open(None)
        if token.type == "note_open":
            self.context.open_notes.append("^")
        token.meta["place"] = place
        return _Open(token)

    def leftover(self, closed: _Open, place: Location) -> list[Inline]:
        """Return the ends of HTML elements that were opened within an element and never closed."""
        for name in closed.html.open_names:
            self.context.warn(f"<{name}> is opened but never closed", place, f"write </{name}> after its text")
        return [SafeInlineHtml(html=end) for end in closed.html.close_all()]

    def wrapped(self, opened: _Open) -> list[Inline]:
        """Return the inlines of an element whose end was reached."""
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
        """Add the inlines of a token without children to the element around it."""
        add = opened.children.append
        match token.type:
            case "text":
                if token.content:
                    opened.children += with_emoji(self.text(token.content, place), place)
            case "text_special":
                if token.content:
                    add(Text(text=self.text(token.content, place), location=place))
            case "softbreak":
                add(SoftBreak())
            case "hardbreak":
                add(HardBreak())
            case "code_inline":
                self.code(token, place)
                add(Code(text=token.content))
            case "field":
                opened.children += self.field(token.content, place)
            case "citation":
                opened.children += self.citation(token, text, base, place)
            case "note_mark":
                opened.children += self.note(token.content, place)
            case "image":
                image, _ = self.picture(token, place, text, base)
                opened.children += [image] if image else []
            case "html_inline":
                opened.children += self.html(token.content, opened, place)
            case _:
                opened.children += foreign_inline(token, place, self.context)

    def text(self, content: str, place: Location) -> str:
        """Return plain text; characters that a source may not hold come here by their numbers, such as ``&#x202E;``."""
        for _, message, hint in forbidden(content):
            self.context.refuse(message, place, hint)
        return without_forbidden(content)

    def code(self, token: Token, place: Location) -> None:
        """Report code within a line that another program would run and print the result of."""
        if INLINE_CELL.match(token.content):
            self.context.tally(NOT_RUN, RUN_HINT, "", place)

    def field(self, name: str, place: Location) -> list[Inline]:
        """Return a field; a variable of another program's site prints as written."""
        if name not in self.context.fields and name.split(".")[0] in SITE_VARIABLES:
            value = self.context.metadata_words.get(name.partition(".")[2])
            if name.startswith("page.") and value is not None:
                return [Text(text=value)]
            hint = "write the words here"
            self.context.tally("variables of Jekyll or Hugo are left out: {}", hint, name, place)
            return []
        if name not in self.context.fields and self.context.is_foreign and not self.context.declares_fields:
            return unfilled_field(name, place, self.context)
        if name not in self.context.fields:
            self.context.problems.append(unknown(name, self.context.fields, place))
        return [FieldReference(name=name, location=place)]

    def html(self, tag: str, opened: _Open, place: Location) -> list[Inline]:
        """Return the harmless part of an HTML tag; ``<img>`` is a picture like any other."""
        if tag[:4].lower() == "<img" and tag[4:5] in {" ", "\t", "\n", "/", ">"}:
            return [image] if (image := html_picture(tag, place, self.context)) else []
        anchor, rest = anchored(tag)
        html, removed = opened.html.clean(rest)
        for what in removed:
            self.context.tally(what, "take it out; leaflet prints only harmless HTML", "", place)
        return [*anchor, SafeInlineHtml(html=html)] if html else [*anchor]

    def link(self, token: Token, children: tuple[Inline, ...], place: Location) -> Inline:
        """Return a link, or its words where it leads nowhere."""
        attributes: Attributes = token.meta.get("attributes", NO_ATTRIBUTES)
        self.context.check_condition(attributes, place)
        address = str(token.attrs.get("href", ""))
        if not children and address.startswith("#") and len(address) > 1:
            return one_reference(address[1:], place, self.context, titled=True)[0]
        try:
            target = check_link(restore_spaces(str(token.attrs.get("href", ""))), self.context.fields)
        except LeadsNowhere as error:
            self.context.tally(error.message, error.hint, error.address, place)
            return Span(children=children, attributes=attributes)
        except Invalid as error:
            self.context.refuse(error.message, place, error.hint)
            return Span(children=children, attributes=attributes)
        if any(isinstance(node, CitationReference | Footnote) for node in walk(children)):
            hint = "put it behind the link: [the link](https://example.org) [@key]"
            self.context.warn("a citation or a note is in the words of a link, so they are no link", place, hint)
            return Span(children=children, attributes=attributes)
        if target.startswith("#"):
            self.context.links.append((target[1:], place))
        title = token.attrs.get("title")
        return Link(
            target=target,
            children=children,
            title=None if title is None else str(title),
            attributes=attributes,
            location=place,
        )

    def span(self, token: Token, children: tuple[Inline, ...], place: Location) -> Inline:
        """Return a span, an icon, or a small print of its class."""
        attributes: Attributes = token.meta["attributes"]
        self.context.check_condition(attributes, place)
        icon = icon_of(attributes)
        if icon and not children:
            return Icon(name=icon, location=place)
        return Span(children=children, attributes=attributes)

    def citation(self, token: Token, text: LineText, base: int, place: Location) -> list[Inline]:
        """Return a citation; what names a figure, an example or a person of a leaflet without sources is none."""
        raw_cites: tuple[RawCite, ...] = token.meta["cites"]
        if all(raw.key in self.context.examples for raw in raw_cites):
            return [Text(text=", ".join(str(self.context.examples[raw.key]) for raw in raw_cites))]
        if is_reference(raw_cites, self.context):
            return references(raw_cites, place, self.context)
        nested: list[CitationReference] = []
        cites = tuple(self.cite(raw, text, base, nested) for raw in raw_cites)
        cluster = Cluster(cites=cites, in_note=bool(self.context.open_notes))
        return [CitationReference(cluster=cluster, location=place, nested=tuple(nested))]

    def cite(self, raw: RawCite, text: LineText, base: int, nested: list[CitationReference]) -> Cite:
        """Return one source of a citation; sources that its own words name become citations in its suffix."""
        suffix = raw.suffix
        for inner in raw.inner:
            at = self.context.within(text, base + inner.position)
            one = Cite(key=inner.key, mode=inner.mode, location=at)
            if suffix.partition(INNER)[0].strip(" ,&\u00a0") in {"", "and", "or", "amp;"}:
                hint = "put a semicolon before it: [@one; @two]"
                self.context.warn("a second source follows here without a semicolon", at, hint)
            nested.append(CitationReference(cluster=Cluster(cites=(one,), in_note=True), location=at))
            suffix = suffix.replace(INNER, nested_mark(len(nested) - 1), 1)
        return Cite(
            key=raw.key,
            mode=raw.mode,
            prefix=raw.prefix,
            locator=raw.locator,
            label=raw.label,
            suffix=suffix,
            location=self.context.within(text, base + raw.position),
        )

    def note(self, label: str, place: Location) -> list[Inline]:
        """Return the footnote of a label, or its mark as text where there is none."""
        context = self.context
        tokens = context.notes.get(label)
        if tokens is None:
            context.warn(f'there is no footnote "{label}"', place, f"write its text on a line: [^{label}]: …")
            return [Text(text=f"[^{label}]")]
        if label in context.open_notes:
            context.warn(f'the footnote "{label}" refers to itself', place, "take this mark out of the note")
            return []
        context.used_notes.add(label)
        context.open_notes.append(label)
        blocks = self.blocks_of(tokens)
        context.open_notes.pop()
        return [Footnote(blocks=blocks, location=place, label=label)]

    def picture(
        self, token: Token, place: Location, text: LineText, base: int, *, alone: bool = False
    ) -> tuple[Image | None, tuple[Inline, ...]]:
        """Return the picture of an image token, and its caption: the words in brackets of one on its own."""
        given: Attributes = token.meta.get("attributes", NO_ATTRIBUTES)
        self.context.check_condition(given, place)
        label = self.sequence(token.children or [], text, base + token.meta.get("position", 0) + 2)
        caption = given.get("fig-cap")
        alt = next((words for key in ("alt", "fig-alt") if (words := given.get(key)) is not None), None)
        words = plain_text(label) if alt is None else alt
        if alt is None and not words.strip():
            hint = 'say what it shows: ![caption](picture.png){alt="what the picture shows"}'
            message = "{} has no words for those who cannot see it, so it is treated as decoration"
            self.context.tally(message, hint, f'"{str(token.attrs.get("src", ""))[:60]}"', place)
        elif alt is None and not alone and any(isinstance(node, CitationReference | Footnote) for node in walk(label)):
            hint = "cite beside the picture; its own words are heard and not printed"
            self.context.warn("the words of this picture cite a source or hold a note, which is left out", place, hint)
        title = token.attrs.get("title")
        image = picture_at(
            str(token.attrs.get("src", "")),
            words,
            place,
            self.context,
            attributes=without(without(without(given, "alt"), "fig-alt"), "fig-cap"),
            title=None if title is None else str(title),
        )
        own = (Text(text=caption),) if caption is not None else label
        return image, own if alone or alt is not None else ()

    def figure(self, token: Token, attributes: Attributes, location: Location) -> Figure | None:
        """Return a figure where a paragraph's inline token holds nothing but pictures; None elsewhere."""
        if len(token.children or []) > 1:
            return self.row(token, attributes, location)
        if [child.type for child in token.children or []] != ["image"]:
            return None
        child = (token.children or [])[0]
        text = self.context.line_text(token)
        place = self.context.within(text, child.meta.get("position", 0))
        image, caption = self.picture(child, place, text, 0, alone=True)
        if image is None:
            return Figure(images=(), caption=caption, attributes=attributes, location=location)
        title = (image.title or "").removeprefix("fig:") or None
        if not caption and title:
            caption, title = (Text(text=title),), None
        elif title:
            hint = "write what should be read into the brackets"
            self.context.tally("titles of pictures are for a mouse and are not printed: {}", hint, title[:60], place)
        image = replace(image, title=title)
        own = image.attributes
        when = tuple(pair for pair in own.pairs if pair[0] == "when")
        merged = merge(attributes, Attributes(id=own.id, classes=own.classes, pairs=when))
        caption, merged = lifted_label(caption, merged)
        image = replace(image, attributes=without(Attributes(pairs=own.pairs), "when"))
        return Figure(images=(image,), caption=caption, attributes=merged, location=location)

    def row(self, token: Token, attributes: Attributes, location: Location) -> Figure | None:
        """Return pictures beside each other, where a paragraph holds nothing else; the first caption is that of all."""
        children = token.children or []
        drawn = [child for child in children if child.type == "image"]
        others = [child for child in children if child not in drawn]
        if len(drawn) < 2 or not all(map(is_blank, others)):
            return None
        text = self.context.line_text(token)
        found = [
            self.picture(child, self.context.within(text, child.meta.get("position", 0)), text, 0, alone=True)
            for child in drawn
        ]
        caption = next((words for _, words in found if words), ())
        images = tuple(image for image, _ in found if image is not None)
        return Figure(images=images, caption=caption, attributes=attributes, location=location)
