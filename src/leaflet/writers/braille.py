"""Braille: a BRF file of pages, whose cells liblouis makes of the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from leaflet.model.format_settings import BrailleSettings
from leaflet.model.reading_text import ReadingText
from leaflet.writers.reading_blocks import BlockKind, ReadingBlock, reading_blocks

TABLES = {
    "ar": "ar-ar-g1.utb",
    "cy": "cy-cy-g2.ctb",
    "de": "de-g2.ctb",
    "en": "en-ueb-g2.ctb",
    "es": "es-g1.ctb",
    "fr": "fr-bfu-g2.ctb",
    "he": "he-IL.utb",
    "it": "it-it-comp6.utb",
    "nl": "nl-NL-g0.utb",
    "pl": "Pl-Pl-g1.utb",
    "pt": "pt-pt-g2.ctb",
    "zh": "zhcn-g1.ctb",
}
"""The table of liblouis for each language: contracted braille where readers of the language expect it."""
INDENTS: Mapping[BlockKind, tuple[int, int]] = {
    BlockKind.TITLE: (0, 0),
    BlockKind.HEADING: (4, 4),
    BlockKind.TEXT: (2, 0),
    BlockKind.ITEM: (0, 2),
    BlockKind.ROW: (0, 2),
    BlockKind.CODE: (0, 2),
}
"""The cells before the first line of a block, and before the others (BANA, Braille Formats 2016, sections 1, 4 and 8)."""
FORM_FEED = "\f"
SIGNS = {"•": "", "✗": "no", "✓": "yes", "☐": "[ ]", "☑": "[x]"}
"""Signs of items in braille: labels that say them in words, or plain signs; the indent is enough for a dot."""
RAISED = re.compile(r"(?<=[\w)])([⁰¹²³⁴-⁹⁺⁻]+)")

Translate = Callable[[Sequence[str], str], tuple[str, ...]]
"""Returns texts in braille by the table of a name, in the letters of North American ASCII braille."""


class Brf(Struct, frozen=True, kw_only=True):
    """A file of braille, and the characters that its table has no signs for."""

    content: str
    unknown: tuple[str, ...]


def table_for(lang: str, settings: BrailleSettings) -> str | None:
    """Return the table for a language, as the settings have it; None where leaflet knows none."""
    return settings.table or TABLES.get(lang.split("-")[0].lower())


def braille_file(text: ReadingText, settings: BrailleSettings, table: str, translate: Translate) -> Brf:
    """Return ``text`` on braille pages: the title centred, headings in cell 5, paragraphs indented, items hanging."""
    blocks = [_spoken(block, text.labels) for block in reading_blocks(text)]
    unknown = _unknown(blocks, table, translate)
    clean = [_known(block, unknown) for block in blocks]
    lines = [line for block in clean for line in block.text.split("\n")]
    cells = iter(translate(lines, table))
    pages = _Pages(settings=settings)
    for block in clean:
        pages.add(block, [next(cells) for _ in block.text.split("\n")])
    return Brf(content=pages.content(), unknown=unknown)


def _spoken(block: ReadingBlock, labels: Mapping[str, str]) -> ReadingBlock:
    """Return a block with its sign and raised digits as braille writes them."""
    text = RAISED.sub(lambda found: f"^{found[1]}", block.text)
    text = unicodedata.normalize("NFKC", text)
    sign = SIGNS.get(block.marker, block.marker)
    mark = f"{labels[sign]}: " if sign in labels else f"{sign} " if sign else ""
    return ReadingBlock(kind=block.kind, text=mark + text, level=block.level, new=block.new)


def _unknown(blocks: Sequence[ReadingBlock], table: str, translate: Translate) -> tuple[str, ...]:
    """Return the characters for which the table has no sign: liblouis writes the numbers of those.

    A number begins with a backslash and an x; where a table has no backslash, with a cell that is not ASCII.
    Some tables write a blank.
    """
    rare = sorted({char for block in blocks for char in block.text if not char.isascii()})
    return tuple(
        char
        for char, cells in zip(rare, translate(rare, table) if rare else (), strict=True)
        if "\\X" in cells.upper() or not cells.isascii() or not (cells.strip() or char.isspace())
    )


def _known(block: ReadingBlock, unknown: Sequence[str]) -> ReadingBlock:
    text = "".join(" " if char in unknown else char for char in block.text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return ReadingBlock(kind=block.kind, text="\n".join(lines), level=block.level, new=block.new)


@dataclass(slots=True)
class _Pages:
    """The lines of all pages so far."""

    settings: BrailleSettings
    lines: list[str]

    def __init__(self, *, settings: BrailleSettings) -> None:
        self.settings = settings
        self.lines = []

    def add(self, block: ReadingBlock, cells: Sequence[str]) -> None:
        """Add a block, with an empty line before it where its kind has one; a heading stays with two more lines."""
        height = self.settings.lines
        apart = block.kind in (BlockKind.TITLE, BlockKind.HEADING) or block.new
        if apart and len(self.lines) % height:
            self.lines.append("")
        if block.kind is BlockKind.HEADING and height - len(self.lines) % height < 3:
            self.lines += [""] * (-len(self.lines) % height)
        first, rest = INDENTS[block.kind]
        deeper = 2 * block.level if block.kind is BlockKind.ITEM else 0
        for line in cells:
            for written in wrapped(line, self.settings.cells, first + deeper, rest + deeper):
                self.lines.append(self._centred(written) if block.kind is BlockKind.TITLE else written)
        if block.kind is BlockKind.TITLE and len(self.lines) % height:
            self.lines.append("")

    def _centred(self, line: str) -> str:
        return " " * ((self.settings.cells - len(line)) // 2) + line

    def content(self) -> str:
        """Return the pages, each followed by a form feed."""
        height = self.settings.lines
        pages = (self.lines[at : at + height] for at in range(0, len(self.lines), height))
        return "".join("\r\n".join(page) + f"\r\n{FORM_FEED}" for page in pages)


def wrapped(cells: str, width: int, first: int, rest: int) -> Iterator[str]:
    """Yield lines of at most ``width`` cells; a word that is longer than a line goes on in the next."""
    line, is_empty = " " * first, True
    for word in cells.split():
        while word:
            space = 0 if is_empty else 1
            if len(line) + space + len(word) <= width:
                line, word, is_empty = line + " " * space + word, "", False
            elif is_empty:
                cut = width - len(line)
                yield line + word[:cut]
                line, word = " " * rest, word[cut:]
            else:
                yield line
                line, is_empty = " " * rest, True
    if not is_empty:
        yield line
