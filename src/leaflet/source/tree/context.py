"""Context shared by the readers of a tree: places in the file, rules of the workspace, and problems."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from pathlib import Path

from markdown_it.token import Token
from msgspec import Struct, field

from leaflet.errors import Location, Problem, Severity
from leaflet.files import Invalid
from leaflet.model.document import Attributes
from leaflet.model.workspace import Workspace
from leaflet.source import condition
from leaflet.source.parsed import Parsed
from leaflet.source.syntax.field import restore_spaces
from leaflet.source.syntax.ordered_marks import OrderedMark
from leaflet.source.tex_macros import Macro
from leaflet.source.typography import Typographer

MOST_NAMED = 6
"""Things that one warning names; of more it gives the count."""


class LineText(Struct, frozen=True, kw_only=True):
    """The text of one inline token with its place: the first line (from 0), and the length of the text before it."""

    content: str
    line: int
    starts: tuple[int, ...]
    """The position at which each of its lines begins in ``content``."""
    columns: tuple[int | None, ...]
    """The column (from 0) in the file at which each of its lines begins; None where that is not known."""


class TreeContext(Struct, kw_only=True):
    """One source being read."""

    file: str
    lines: tuple[str, ...]
    folder: Path
    workspace: Workspace
    fields: Mapping[str, str]
    typographer: Typographer
    parse: Callable[[str], Parsed]
    """Reads a text of its own into tokens, in the language of the source."""
    macros: Mapping[str, Macro] = field(default_factory=dict)
    """Commands of LaTeX that the source defines for its formulas."""
    is_foreign: bool = False
    """True for a source for another program, whose ``{{ name }}`` may be its own."""
    declares_fields: bool = False
    """True for a source that declares fields of its own, or is given some."""
    is_myst: bool = False
    """True for a source with MyST's directives, so that a line with a per cent sign in front is a comment."""
    shows_code: bool = True
    """True where the code of cells is printed that say nothing of it themselves."""
    shift: int = 0
    """The number of levels by which all headings move down, because the source uses the title's level for sections."""
    notes: Mapping[str, tuple[Token, ...]] = field(default_factory=dict)
    marks: Mapping[int, OrderedMark] = field(default_factory=dict)
    """The marks of ordered lists that CommonMark does not know, by line (from 0)."""
    examples: Mapping[str, int] = field(default_factory=dict)
    """The numbers of numbered examples, by name."""
    places: set[str] = field(default_factory=set)
    """The names of places of the leaflet that are known so far."""
    metadata_words: Mapping[str, str] = field(default_factory=dict)
    """Values of the front matter that shortcodes may print."""
    tallies: dict[tuple[str, str], list[tuple[str, Location]]] = field(default_factory=dict)
    """Findings that are reported once for the whole source: their names and places, by message and hint."""
    problems: list[Problem] = field(default_factory=list)
    links: list[tuple[str, Location]] = field(default_factory=list)
    """Links to places within the leaflet, checked when all places are known."""
    references: list[tuple[str, Location]] = field(default_factory=list)
    """Places of the leaflet that are referred to by their numbers, checked when all places are known."""
    open_files: tuple[str, ...] = ()
    """The files that include each other, from the outermost in."""
    formulas: int = 0
    used_notes: set[str] = field(default_factory=set)
    denominators: list[int] = field(default_factory=list)
    """Of how many the icon arrays of the leaflet are, in their order."""
    open_notes: list[str] = field(default_factory=list)
    """The notes that are being read, from the outermost in."""
    cell_end: tuple[int, int] = (-1, 0)
    """The line and column where the last table cell ended, since cells of a row may hold the same text."""

    def refuse(self, message: str, place: Location | None, hint: str) -> None:
        """Add an error."""
        self.problems.append(Problem(message=message, location=place, hint=hint))

    def warn(self, message: str, place: Location | None, hint: str) -> None:
        """Add a warning."""
        self.problems.append(Problem(message=message, location=place, hint=hint, severity=Severity.WARNING))

    def tally(self, message: str, hint: str, what: str, place: Location) -> None:
        """Add a finding that is reported once for all its places; its names replace ``{}`` in ``message``."""
        self.tallies.setdefault((message, hint), []).append((what, place))

    def report_tallies(self) -> None:
        """Make one warning of each tally, at its first place."""
        for (message, hint), found in self.tallies.items():
            names = list(dict.fromkeys(what for what, _ in found if what))
            shown = ", ".join(names[:MOST_NAMED]) + (
                f" and {len(names) - MOST_NAMED} more" if names[MOST_NAMED:] else ""
            )
            lines = sorted({place.line for _, place in found if place.line})
            more = f" ({len(found)} places, the last in line {lines[-1]})" if len(found) > 1 and lines else ""
            self.warn(message.replace("{}", shown) + more, found[0][1], hint)
        self.tallies.clear()

    def at(self, token: Token) -> Location:
        """Return the place at which a block begins: the first character in its line that is no space."""
        line = token.map[0] if token.map else 0
        text = self.lines[line] if line < len(self.lines) else ""
        return Location(file=self.file, line=line + 1, column=len(text) - len(text.lstrip()) + 1)

    def line_text(self, token: Token, *, in_table: bool = False) -> LineText:
        """Return the text of an inline token, with the place of each of its lines in the file."""
        first = token.map[0] if token.map else 0
        starts, columns, position = [], [], 0
        for offset, part in enumerate(token.content.split("\n")):
            line = self.lines[first + offset] if first + offset < len(self.lines) else ""
            since = self.cell_end[1] if in_table and self.cell_end[0] == first else 0
            column = line.find(restore_spaces(part.rstrip()), since)
            starts.append(position)
            columns.append(column if column >= 0 else None)
            position += len(part) + 1
            if in_table and column >= 0:
                self.cell_end = (first, column + len(part))
        return LineText(content=token.content, line=first, starts=tuple(starts), columns=tuple(columns))

    def within(self, text: LineText, position: int) -> Location:
        """Return the place in the file of the character at ``position`` of a text."""
        index = max(bisect_right(text.starts, position) - 1, 0)
        column = text.columns[index]
        return Location(
            file=self.file,
            line=text.line + index + 1,
            column=None if column is None else column + position - text.starts[index] + 1,
        )

    def check_condition(self, attributes: Attributes, place: Location) -> None:
        """Refuse a ``when`` that is no condition or asks for an unknown field."""
        text = attributes.get("when")
        if text is None:
            return
        try:
            condition.check(text, self.fields)
        except Invalid as error:
            self.refuse(error.message, place, error.hint)
