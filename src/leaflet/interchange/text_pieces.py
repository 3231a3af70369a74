"""Runs of words with their formats, and the nesting of these formats into a tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from leaflet.interchange.imported_content import (
    ChangedWords,
    ChangeKind,
    ClassedWords,
    DataField,
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

EDGES = re.compile(r"(?P<before>\s*)(?P<core>.*?)(?P<after>\s*)", re.DOTALL)


class TextPiece(Struct, frozen=True, kw_only=True):
    """An inline without children, with everything that is around it."""

    node: ImportedInline
    marks: frozenset[TextMark] = frozenset()
    link: str = ""
    change: ChangeKind | None = None
    style: str = ""
    """The class of a character style."""

    @property
    def text(self) -> str:
        """The words of a piece that is text, or nothing."""
        return self.node.text if isinstance(self.node, Words) else ""


def words_of(pieces: Sequence[TextPiece]) -> str:
    """Return the plain words of pieces."""
    return plain_words(tuple(piece.node for piece in pieces))


def plain_words(nodes: Sequence[ImportedInline]) -> str:
    """Return the words of inlines without notes, pictures and comments."""
    parts = []
    for node in nodes:
        match node:
            case Words():
                parts.append(node.text)
            case LineEnd():
                parts.append("\n")
            case TexFormula():
                parts.append(node.tex)
            case MarkedWords() | ClassedWords() | LinkedWords() | ChangedWords():
                parts.append(plain_words(node.children))
            case PlacedPicture() | NoteMark() | PlaceName() | SourceCitation() | Remark() | DataField():
                pass
    return "".join(parts)


def nested(pieces: Sequence[TextPiece]) -> tuple[ImportedInline, ...]:
    """Return pieces as a tree: changes around links, links around styles, styles around marks, marks around words."""
    return _by_change(_with_free_spaces(_joined(pieces)))


def without_common_marks(pieces: Sequence[TextPiece], *marks: TextMark) -> list[TextPiece]:
    """Return pieces without those of ``marks`` that all of their words have, as a heading that is bold."""
    words = [piece for piece in pieces if piece.text.strip()]
    common = frozenset(mark for mark in marks if words and all(mark in piece.marks for piece in words))
    return [replace(piece, marks=piece.marks - common) for piece in pieces] if common else list(pieces)


def _frame(piece: TextPiece) -> tuple[frozenset[TextMark], str, ChangeKind | None, str]:
    return piece.marks, piece.link, piece.change, piece.style


def _joined(pieces: Sequence[TextPiece]) -> list[TextPiece]:
    """Return pieces with words joined that look the same."""
    made: list[TextPiece] = []
    for piece in pieces:
        if (
            made
            and isinstance(piece.node, Words)
            and isinstance(made[-1].node, Words)
            and _frame(piece) == _frame(made[-1])
        ):
            made[-1] = replace(made[-1], node=Words(text=made[-1].node.text + piece.node.text))
        else:
            made.append(piece)
    return [piece for piece in made if not isinstance(piece.node, Words) or piece.node.text]


def _with_free_spaces(pieces: Sequence[TextPiece]) -> list[TextPiece]:
    """Return pieces whose spaces at the edge of a format are outside of it, as Markdown wants them."""
    cut: list[TextPiece] = []
    for piece in pieces:
        found = EDGES.fullmatch(piece.text) if piece.text else None
        if found is None or not (piece.marks or piece.link or piece.style):
            cut.append(piece)
            continue
        cut += [replace(piece, node=Words(text=found[part])) for part in ("before", "core", "after") if found[part]]
    made: list[TextPiece] = []
    for index, piece in enumerate(cut):
        if isinstance(piece.node, LineEnd) or (piece.text and not piece.text.strip()):
            before = next((other for other in reversed(cut[:index]) if not _is_space(other)), None)
            after = next((other for other in cut[index + 1 :] if not _is_space(other)), None)
            both = before is not None and after is not None
            piece = replace(
                piece,
                marks=before.marks & after.marks if before and after else frozenset(),
                link=before.link if before and after and before.link == after.link else "",
                style=before.style if before and after and before.style == after.style else "",
                change=piece.change if both or piece.change else None,
            )
        made.append(piece)
    return _joined(made)


def _is_space(piece: TextPiece) -> bool:
    return isinstance(piece.node, LineEnd) or (isinstance(piece.node, Words) and not piece.node.text.strip())


def _by_change(pieces: Sequence[TextPiece]) -> tuple[ImportedInline, ...]:
    made: list[ImportedInline] = []
    for change, group in groupby(pieces, key=lambda piece: piece.change):
        inner = _by_link(list(group))
        made += inner if change is None else [ChangedWords(kind=change, children=inner)]
    return tuple(made)


def _by_link(pieces: Sequence[TextPiece]) -> tuple[ImportedInline, ...]:
    made: list[ImportedInline] = []
    for link, group in groupby(pieces, key=lambda piece: piece.link):
        inner = _by_style(list(group))
        # A note or a citation cannot be within the words of a link.
        parts = _apart(inner, _cannot_be_linked) if link else [(False, inner)]
        for is_other, nodes in parts:
            made += [LinkedWords(target=link, children=nodes)] if link and not is_other else nodes
    return tuple(made)


def _cannot_be_linked(node: ImportedInline) -> bool:
    return isinstance(node, NoteMark | SourceCitation | Remark)


def _apart(
    nodes: Sequence[ImportedInline], is_other: Callable[[ImportedInline], bool]
) -> list[tuple[bool, tuple[ImportedInline, ...]]]:
    return [(other, tuple(group)) for other, group in groupby(nodes, key=is_other)]


def _by_style(pieces: Sequence[TextPiece]) -> tuple[ImportedInline, ...]:
    made: list[ImportedInline] = []
    for style, group in groupby(pieces, key=lambda piece: piece.style):
        inner = _by_marks([(piece, piece.marks) for piece in group])
        made += [ClassedWords(name=style, children=inner)] if style else inner
    return tuple(made)


def _by_marks(pieces: Sequence[tuple[TextPiece, frozenset[TextMark]]]) -> tuple[ImportedInline, ...]:
    """Return pieces with their marks around them; the mark that goes on for longest is the outermost."""
    made: list[ImportedInline] = []
    position = 0
    while position < len(pieces):
        piece, marks = pieces[position]
        if not marks:
            made.append(piece.node)
            position += 1
            continue
        ends = {mark: _end_of(mark, pieces, position) for mark in TextMark if mark in marks}
        outer = max(ends, key=lambda mark: ends[mark])
        inner = _by_marks([(each, others - {outer}) for each, others in pieces[position : ends[outer]]])
        made.append(MarkedWords(mark=outer, children=inner))
        position = ends[outer]
    return tuple(made)


def _end_of(mark: TextMark, pieces: Sequence[tuple[TextPiece, frozenset[TextMark]]], start: int) -> int:
    return next((at for at in range(start, len(pieces)) if mark not in pieces[at][1]), len(pieces))
