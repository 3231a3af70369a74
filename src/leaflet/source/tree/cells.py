"""Cells: code that Quarto, R Markdown and Jupyter run, and that nobody has run here."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from leaflet.errors import Location
from leaflet.model.document import Attributes, Block, CodeBlock, Figure, Image, Inline
from leaflet.model.walk import plain_text
from leaflet.source.syntax.directives import CELLS
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.foreign import NOT_RUN, RUN_HINT

HEAD = re.compile(r"\{(?P<engine>[A-Za-z][\w-]*)(?P<rest>[\s,].*)?\}")
OPTION = re.compile(r"(?:#|//|--|%%)\|\s*(?P<key>[\w.-]+):\s*(?P<value>.*)")
KNITR = re.compile(r"(?P<key>[\w.-]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^,]+)")
KABLE = re.compile(r"\bkable\([^)]*\bcaption\s*=\s*[\"'](?P<caption>[^\"']+)[\"']", re.DOTALL)
HIDES_CODE = re.compile(r"opts_chunk\$set\([^)]*\becho\s*=\s*F(?:ALSE)?\b", re.DOTALL)
"""R's way to say for all cells that their code is hidden."""
LATEX_LABEL = re.compile(r"\\{1,2}label\{[^{}]*\}")
LineReader = Callable[[str, Location], tuple[Inline, ...]]
"""The reading of a text of its own as one line of Markdown."""
NO = frozenset({"false", "f", "no", "n"})
DRAWN = frozenset({"mermaid", "dot"})


class CodeCell(Struct, frozen=True, kw_only=True):
    """A cell: its engine, its code without options, and the options by their names with hyphens."""

    engine: str
    code: str
    options: tuple[tuple[str, str], ...]

    def get(self, key: str) -> str | None:
        """Return the value of an option, or None."""
        return next((value for name, value in self.options if name == key), None)

    def is_shown(self, by_default: bool) -> bool:
        """Return whether the code itself is for the reader; the document says it for cells that do not."""
        if (self.get("include") or "").lower() in NO:
            return False
        own = (self.get("echo") or "").lower()
        return own not in NO if own else by_default


def cell_of(info: str, content: str) -> CodeCell | None:
    """Return the cell that a fenced block is, or None.

    >>> cell_of("{r map, echo=FALSE}", "plot(1)").get("label")
    'map'
    """
    head = HEAD.fullmatch(info.strip())
    if not head or head["engine"].lower() not in CELLS:
        return None
    rest = (head["rest"] or "").strip(" ,")
    options: dict[str, str] = {}
    if rest.startswith((".", "#")):
        return None
    label = re.match(r"[\w.:-]+(?=\s*(?:,|$))", rest)
    if label:
        options["label"] = label[0]
        rest = rest[label.end() :]
    options |= {found["key"].replace(".", "-"): _plain(found["value"]) for found in KNITR.finditer(rest)}
    lines = content.split("\n")
    while lines and (found := OPTION.fullmatch(lines[0].strip())):
        options[found["key"].replace(".", "-")] = _plain(found["value"])
        lines = lines[1:]
    return CodeCell(engine=head["engine"].lower(), code="\n".join(lines), options=tuple(options.items()))


def name_of(cell: CodeCell) -> str | None:
    """Return the name under which the text refers to what a cell makes."""
    label = cell.get("label") or ""
    if re.match(r"(?:fig|tbl|lst)-", label):
        return label
    if label and table_caption(cell):
        return f"tab:{label}"
    return f"fig:{label}" if label and cell.get("fig-cap") else None


def table_caption(cell: CodeCell) -> str | None:
    """Return the caption of the table that R's ``kable`` would print."""
    found = KABLE.search(cell.code)
    return found["caption"] if found else None


def cell_blocks(cell: CodeCell, place: Location, context: TreeContext, line: LineReader) -> list[Block]:
    """Return the print of a cell that nobody has run: its code, if that is shown, and a frame for its figure.

    ``line`` reads the Markdown of its caption.
    """
    made: list[Block] = []
    if cell.engine in DRAWN:
        context.tally(
            "drawings in {} are not drawn, so their source is printed", "export them as SVG", cell.engine, place
        )
    else:
        context.tally(NOT_RUN, RUN_HINT, "", place)
    if HIDES_CODE.search(cell.code):
        context.shows_code = False
    if cell.is_shown(context.shows_code) and cell.code.strip():
        made.append(CodeBlock(text=cell.code, language=cell.engine))
    caption = cell.get("fig-cap") or cell.get("tbl-cap") or table_caption(cell)
    if caption or name_of(cell):
        words = line(caption, place) if caption else ()
        alt = cell.get("fig-alt") or name_of(cell) or cell.get("label") or plain_text(words)
        made.append(
            Figure(
                images=(Image(path="", alt=alt, absent=True, location=place),),
                caption=words,
                attributes=Attributes(id=name_of(cell)),
                location=place,
            )
        )
    return made


def _plain(value: str) -> str:
    """Return the words of an option, with YAML's quotes resolved and without a label for LaTeX, which says nothing here."""
    value = value.strip()
    words = re.sub(r"\\([\\\"])", r"\1", value) if value.startswith('"') else value
    return LATEX_LABEL.sub("", words.strip("\"'")).strip()
