"""Components made of ordinary blocks: quotes that are set apart, steps, questions, figures in large type, and what is mailed."""

from __future__ import annotations

from msgspec.structs import replace

from leaflet.model.document import (
    Attributes,
    Block,
    DefinitionList,
    Division,
    EventBlock,
    Figure,
    List,
    ListKind,
    MailingPanel,
    Paragraph,
    Quote,
    Section,
    Strong,
    Text,
)
from leaflet.model.walk import plain_text
from leaflet.source.syntax.attributes import merge
from leaflet.source.tree.parts import Parts, from_first_word
from leaflet.source.tree.sections import nest

DASHES = "—–-"
"""The beginning of the line below a quotation that says whose words they are."""
ATTRIBUTION = Attributes(classes=("attribution",))
OPENING_QUOTES = "\"'“‘„‚«‹"
HANGING = Attributes(classes=("hanging",))
"""The first line of a quotation, whose quotation mark is before the edge of the text."""


def pull_quote(parts: Parts) -> Block:
    """Return words that are set apart in large type; a last paragraph after a dash says whose they are."""
    blocks = [block for block in parts.body if isinstance(block, Paragraph)]
    if not blocks or len(blocks) != len(parts.body):
        hint = "write the words as a paragraph, and below it, after two hyphens, whose they are"
        parts.refuse("a pull quote holds paragraphs and nothing else", hint)
    if len(blocks) > 1 and (source := _after_dash(blocks[-1])) is not None:
        blocks[-1] = replace(source, attributes=merge(source.attributes, ATTRIBUTION))
    if blocks and plain_text(blocks[0].children)[:1] in OPENING_QUOTES:
        blocks[0] = replace(blocks[0], attributes=merge(blocks[0].attributes, HANGING))
    return Quote(blocks=tuple(blocks), attributes=parts.attributes)


def _after_dash(paragraph: Paragraph) -> Paragraph | None:
    """Return a paragraph that begins with a dash without it."""
    first = paragraph.children[0] if paragraph.children else None
    if not isinstance(first, Text) or first.text[:1] not in DASHES:
        return None
    words = from_first_word(replace(first, text=first.text.lstrip(DASHES)))
    return replace(paragraph, children=(words, *paragraph.children[1:]))


def steps(parts: Parts) -> Block:
    """Return steps with large numbers; what is written as a list of points is numbered."""
    found = _only_list(
        parts, "steps hold one list and nothing else", "write each step as a list item: 1. Wash your hands"
    )
    return replace(found, kind=ListKind.ORDERED)


def key_figures(parts: Parts) -> Block:
    """Return figures in large type, each with what it counts."""
    hint = "write each figure in bold at the start of a list item: - **1 in 4** of us …"
    found = _only_list(parts, "key figures hold one list and nothing else", hint)
    for item in found.items:
        first = item.blocks[0] if item.blocks else None
        if not (isinstance(first, Paragraph) and first.children and isinstance(first.children[0], Strong)):
            parts.context.refuse("this key figure has no number", item.location, hint)
    return found


def _only_list(parts: Parts, message: str, hint: str) -> List:
    body = parts.body
    only = body[0] if len(body) == 1 else None
    if isinstance(only, List):
        return replace(only, attributes=merge(parts.attributes, only.attributes))
    parts.refuse(message, hint)
    return List(kind=ListKind.BULLET, items=(), attributes=parts.attributes, location=parts.location)


def questions(parts: Parts) -> Block:
    """Return questions with their answers: a list of definitions, or headings with text below them."""
    body = parts.body
    only = body[0] if len(body) == 1 else None
    if isinstance(only, DefinitionList):
        return replace(only, attributes=merge(parts.attributes, only.attributes))
    if not any(isinstance(block, Section) for block in parts.body) and not parts.heading:
        hint = "write each question on a line of its own, and below it a colon, three blanks and the answer"
        parts.refuse("there are no questions here", hint)
    return Division(blocks=nest(parts.nodes), attributes=parts.attributes, location=parts.location)


def event(parts: Parts) -> Block:
    """Return the event of the front matter, here in the text."""
    if parts.nodes:
        hint = 'say when and where under "event:" in the front matter, and leave the div empty'
        parts.refuse("the event block takes no text of its own", hint)
    return EventBlock(attributes=parts.attributes, location=parts.location)


def mailing(parts: Parts) -> Block:
    """Return the side of a mailed leaflet that carries an address."""
    blocks = [block for block in parts.body if isinstance(block, Paragraph)]
    if len(blocks) != len(parts.body):
        parts.refuse(
            "a mailing panel holds an address and nothing else", "write the lines of the address as a paragraph"
        )
    return MailingPanel(blocks=tuple(blocks), attributes=parts.attributes, location=parts.location)


def sponsors(parts: Parts) -> Block:
    """Return a row of logos, after the words that thank for them."""
    if not any(isinstance(block, Figure) for block in parts.body):
        hint = "write their logos as pictures in a paragraph of their own: ![Fern Bank](images/fern.svg)"
        parts.refuse("there is no logo in this row of sponsors", hint)
    blocks = tuple(_without_caption(block) for block in parts.body)
    return Division(blocks=blocks, attributes=parts.attributes, location=parts.location)


def _without_caption(block: Block) -> Block:
    """Return a picture without a caption: a logo says its name itself, and its words are its alternative text."""
    return replace(block, caption=()) if isinstance(block, Figure) else block
