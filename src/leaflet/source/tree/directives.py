"""MyST's directives as the blocks that they mean."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.model.document import (
    Alignment,
    Attributes,
    Block,
    Callout,
    CalloutKind,
    Cell,
    CodeBlock,
    Division,
    Figure,
    Image,
    Inline,
    List,
    Paragraph,
    ReferenceList,
    Strong,
    Table,
    Text,
)
from leaflet.source.reference_words import STATEMENTS
from leaflet.source.statements import with_statement_label
from leaflet.source.syntax.directives import Directive
from leaflet.source.tree.cells import CodeCell, LineReader, cell_blocks
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.foreign import formula, report_raw
from leaflet.source.tree.images import picture_at

ADMONITIONS = {
    "note": CalloutKind.NOTE,
    "seealso": CalloutKind.NOTE,
    "admonition": CalloutKind.NOTE,
    "topic": CalloutKind.NOTE,
    "sidebar": CalloutKind.NOTE,
    "dropdown": CalloutKind.NOTE,
    "card": CalloutKind.NOTE,
    "exercise": CalloutKind.NOTE,
    "solution": CalloutKind.NOTE,
    "hint": CalloutKind.TIP,
    "tip": CalloutKind.TIP,
    "important": CalloutKind.IMPORTANT,
    "warning": CalloutKind.WARNING,
    "attention": CalloutKind.WARNING,
    "caution": CalloutKind.CAUTION,
    "danger": CalloutKind.WARNING,
    "error": CalloutKind.WARNING,
}
TITLED = {"seealso": "See also", "danger": "Danger", "error": "Error", "attention": "Attention", "hint": "Hint"}
NOT_PRINTED = frozenset({"toctree", "contents", "tableofcontents", "raw", "eval-rst", "raw-html", "only-latex"})
CODE = frozenset({"code", "code-block", "sourcecode", "parsed-literal", "prompt", "doctest", "literalinclude"})


class DirectiveReader:
    """Reader of directives; ``blocks`` are those of the text within, already read."""

    def __init__(self, context: TreeContext, inlines: LineReader) -> None:
        self.context = context
        self.inlines = inlines

    def read(
        self,
        directive: Directive,
        title: tuple[Inline, ...],
        blocks: tuple[Block, ...],
        attributes: Attributes,
        place: Location,
    ) -> list[Block]:
        """Return the blocks that a directive prints; one that is not known prints its text, with a warning."""
        name = directive.name
        attributes = named(attributes, directive)
        if name in ADMONITIONS:
            return [_admonition(directive, title, blocks, attributes, place)]
        if name in CODE:
            return [self.code(directive, attributes, place)]
        if name in {"code-cell", "jupyter-execute"}:
            return cell_blocks(_cell(directive), place, self.context, self.inlines)
        if name in NOT_PRINTED:
            self.left_out(directive, place)
            return []
        match name:
            case "figure" | "figure-md":
                return self.figure(directive, blocks, attributes, place)
            case "image":
                return self.image(directive, attributes, place)
            case "table" | "list-table" | "csv-table":
                return self.table(directive, title, blocks, attributes, place)
            case "math":
                children = tuple(formula(directive.body or directive.argument, place, self.context, display=True))
                return [Paragraph(children=children, attributes=attributes, location=place)]
            case "bibliography" | "footbibliography":
                return [ReferenceList(heading=(), blocks=(), attributes=attributes, location=place)]
            case _:
                return self.other(directive, title, blocks, attributes, place)

    def left_out(self, directive: Directive, place: Location) -> None:
        """Report a directive that prints nothing here."""
        if directive.name == "raw":
            report_raw(directive.argument or "raw", directive.body, place, self.context)
            return
        hint = "write here what it would show"
        self.context.tally("MyST's directives {} are left out", hint, f"{{{directive.name}}}", place)

    def other(
        self,
        directive: Directive,
        title: tuple[Inline, ...],
        blocks: tuple[Block, ...],
        attributes: Attributes,
        place: Location,
    ) -> list[Block]:
        """Return the text of a directive that is printed as a div."""
        if directive.name == "iframe":
            self.left_out(directive, place)
            return list(blocks)
        kind = directive.name.removeprefix("prf:")
        if kind in STATEMENTS:
            brackets = (Text(text=" ("), *title, Text(text=")")) if title else ()
            labelled = with_statement_label((Text(text=STATEMENTS[kind]), *brackets), blocks)
            classes = (*attributes.classes, f"prf-{kind}")
            return [Division(blocks=labelled, attributes=Attributes(id=attributes.id, classes=classes), location=place)]
        plain = {
            "div",
            "margin",
            "aside",
            "epigraph",
            "pull-quote",
            "highlights",
            "glossary",
            "grid",
            "tab-set",
            "grid-item",
        }
        if directive.name not in plain | {"tab-item", "grid-item-card", "tab", "block", "container"}:
            hint = "take the directive out, or use one of leaflet's blocks"
            message = "MyST's directives {} are not known here, so their text is printed as it is"
            self.context.tally(message, hint, f"{{{directive.name}}}", place)
        body = directive.body.strip()
        inner = (*blocks, CodeBlock(text=directive.body)) if body else blocks
        heading = (Paragraph(children=(Strong(children=title),), location=place),) if title else ()
        classes = (*attributes.classes, directive.name.replace(":", "-"))
        return [
            Division(
                blocks=(*heading, *inner), attributes=Attributes(id=attributes.id, classes=classes), location=place
            )
        ]

    def code(self, directive: Directive, attributes: Attributes, place: Location) -> Block:
        """Return a code block with its caption."""
        if directive.name == "literalinclude":
            self.left_out(directive, place)
        caption = directive.get("caption")
        block = CodeBlock(text=directive.body + "\n", language=directive.argument or None, attributes=attributes)
        if not caption:
            return block
        lines = Paragraph(children=self.inlines(caption, place), attributes=Attributes(classes=("code-caption",)))
        return Division(blocks=(block, lines), attributes=Attributes(), location=place)

    def figure(
        self,
        directive: Directive,
        blocks: tuple[Block, ...],
        attributes: Attributes,
        place: Location,
    ) -> list[Block]:
        """Return a figure: its first paragraph is the caption, what follows stays below it."""
        caption = blocks[0].children if blocks and isinstance(blocks[0], Paragraph) else ()
        rest = blocks[1:] if caption else blocks
        own = [block for block in rest if isinstance(block, Figure)]
        has_file = bool(directive.argument) and directive.name == "figure"
        image = self.picture(directive, place) if has_file else None
        if not has_file and blocks and isinstance(blocks[0], Figure):
            texts = [block for block in blocks if isinstance(block, Paragraph)]
            images = tuple(picture for block in blocks if isinstance(block, Figure) for picture in block.images)
            caption = texts[-1].children if texts else blocks[0].caption
            return [Figure(images=images, caption=caption, attributes=attributes, location=place)]
        images = (*((image,) if image else ()), *(picture for block in own for picture in block.images))
        figure = Figure(images=images, caption=caption, attributes=attributes, location=place)
        return [figure, *(block for block in rest if not isinstance(block, Figure))]

    def picture(self, directive: Directive, place: Location) -> Image | None:
        """Return the picture that a directive names, with a warning where it has no alternative text."""
        sizes = tuple((key, value) for key in ("width", "height") if (value := directive.get(key)))
        alt = directive.get("alt") or ""
        if not alt:
            message = "{} has no words for those who cannot see it, so it is treated as decoration"
            self.context.tally(message, "say what it shows: :alt: …", f'"{directive.argument[:60]}"', place)
        return picture_at(directive.argument, alt, place, self.context, attributes=Attributes(pairs=sizes))

    def image(self, directive: Directive, attributes: Attributes, place: Location) -> list[Block]:
        """Return a figure without a caption."""
        image = self.picture(directive, place)
        return [Figure(images=(image,), caption=(), attributes=attributes, location=place)] if image else []

    def table(
        self,
        directive: Directive,
        title: tuple[Inline, ...],
        blocks: tuple[Block, ...],
        attributes: Attributes,
        place: Location,
    ) -> list[Block]:
        """Return a table from Markdown's, from a list of lists, or from values with commas."""
        if directive.name == "csv-table":
            rows = [
                [self.inlines(cell.strip(), place) for cell in row] for row in csv.reader(io.StringIO(directive.body))
            ]
            heads = [
                self.inlines(cell.strip(), place) for cell in next(csv.reader([directive.get("header") or ""]), [])
            ]
            cells = [[Cell(children=cell) for cell in row] for row in ([heads] if heads else []) + rows if row]
            return [
                _table(
                    cells,
                    bool(heads) or _heads(directive) > 0,
                    self.inlines(directive.argument, place),
                    attributes,
                    place,
                )
            ]
        if directive.name == "list-table" and blocks and isinstance(blocks[0], List):
            rows_of = [_list_row(item.blocks) for item in blocks[0].items]
            return [_table(rows_of, _heads(directive) > 0, title, attributes, place), *blocks[1:]]
        made: list[Block] = []
        for block in blocks:
            if isinstance(block, Table):
                caption = title or block.caption
                made.append(_with(block, caption, attributes))
            else:
                made.append(block)
        return made


def named(attributes: Attributes, directive: Directive) -> Attributes:
    """Return attributes with the name and the classes that a directive's options give."""
    name = name_of(directive) or attributes.id
    classes = tuple((directive.get("class") or "").split())
    return Attributes(id=name, classes=(*attributes.classes, *classes), pairs=attributes.pairs)


def name_of(directive: Directive) -> str | None:
    """Return the name that a directive gives to its place."""
    own = directive.argument if directive.name == "figure-md" else None
    return directive.get("name") or directive.get("label") or own or None


def _admonition(
    directive: Directive, title: tuple[Inline, ...], blocks: tuple[Block, ...], attributes: Attributes, place: Location
) -> Block:
    """Return a callout; the words behind the name of a note are its text, those of an admonition its heading."""
    has_title = directive.name in {"admonition", "topic", "sidebar", "dropdown", "card", "exercise", "solution"}
    kind = ADMONITIONS[directive.name]
    own = "".join(re.findall(r"tip|warning|important|caution|note", " ".join(attributes.classes))[:1])
    if directive.name == "admonition" and own:
        kind = CalloutKind(own)
    heading: tuple[Inline, ...] = title
    if not has_title and title and not blocks:
        heading, blocks = (), (Paragraph(children=title, location=place),)
    if not heading and directive.name in TITLED:
        heading = (Text(text=TITLED[directive.name]),)
    return Callout(kind=kind, heading=heading, blocks=blocks, attributes=Attributes(id=attributes.id), location=place)


def _cell(directive: Directive) -> CodeCell:
    tags = directive.get("tags") or ""
    hidden = "remove-input" in tags or "hide-input" in tags or "remove-cell" in tags
    options = (*directive.options, ("echo", "false")) if hidden else directive.options
    lines = [line for line in directive.body.split("\n") if not re.match(r"#\|", line)]
    own = tuple(
        (found[1], found[2].strip().strip("\"'"))
        for line in directive.body.split("\n")
        if (found := re.match(r"#\|\s*([\w-]+):\s*(.*)", line))
    )
    return CodeCell(engine=directive.argument or "code", code="\n".join(lines), options=(*own, *options))


def _heads(directive: Directive) -> int:
    rows = directive.get("header-rows") or "0"
    return int(rows) if rows.isdigit() else 0


def _list_row(blocks: tuple[Block, ...]) -> list[Cell]:
    inner = next((block for block in blocks if isinstance(block, List)), None)
    return [_cell_of(item.blocks) for item in inner.items] if inner else [_cell_of(blocks)]


def _cell_of(blocks: tuple[Block, ...]) -> Cell:
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return Cell(children=blocks[0].children)
    return Cell(children=(), blocks=blocks)


def _table(
    rows: Sequence[Sequence[Cell]], has_head: bool, caption: tuple[Inline, ...], attributes: Attributes, place: Location
) -> Table:
    columns = max((len(row) for row in rows), default=1)
    empty = Cell(children=())
    even = [(*row, *[empty] * (columns - len(row))) for row in rows]
    head = even[0] if has_head and even else (empty,) * columns
    return Table(
        alignments=(Alignment.NONE,) * columns,
        head=head,
        rows=tuple(even[1:] if has_head else even),
        caption=caption,
        attributes=attributes,
        location=place,
    )


def _with(table: Table, caption: tuple[Inline, ...], attributes: Attributes) -> Table:
    name = attributes.id or table.attributes.id
    classes = (*table.attributes.classes, *attributes.classes)
    return replace(
        table, caption=caption, attributes=Attributes(id=name, classes=classes, pairs=table.attributes.pairs)
    )
