"""Files that a source includes: read beside it, from the same workspace only."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import Location, Problem, SourceError
from leaflet.files import read_text
from leaflet.source.halves import split
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.images import from_root
from leaflet.source.tree.notes import notes_of

DEEPEST = 5
"""Files that may include each other, from the outermost in."""


class Included(Struct, frozen=True, kw_only=True):
    """The tokens of a file, and the context in which they are read."""

    tokens: Sequence[Token]
    context: TreeContext


def included_context(name: str, context: TreeContext, place: Location) -> Included:
    """Return the file that ``name`` names, seen from the source's folder.

    Raises:
        SourceError: there is no such file, or files include each other in a circle.
        UnsafeError: it lies outside the workspace.
    """
    path = context.workspace.resolve(from_root(name, context), beside=context.folder, asked_at=place)
    if not path.is_file():
        hint = "write its path from the folder of this file"
        raise SourceError(Problem(message=f'there is no file "{name[:60]}" to include', location=place, hint=hint))
    own = context.workspace.name_of(path)
    if own in context.open_files or len(context.open_files) >= DEEPEST or own == context.file:
        message = f'"{own}" is included within itself'
        raise SourceError(Problem(message=message, location=place, hint="include each file once"))
    text = read_text(path, name=own, inside=context.workspace.roots)
    halves = split(text, name=own)
    lines = text.split("\n")
    body = "\n" * halves.body_line + "\n".join(lines[halves.body_line :])
    parsed = context.parse(body)
    inner = replace(
        context,
        file=own,
        lines=tuple(lines),
        marks=parsed.marks,
        examples={**context.examples, **parsed.examples},
        notes={**context.notes, **notes_of(parsed.tokens)},
        open_files=(*context.open_files, context.file),
        cell_end=(-1, 0),
    )
    return Included(tokens=parsed.tokens, context=inner)
