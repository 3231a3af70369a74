"""Tracked changes of a review as changes of the source's lines, where each of them can be placed without a doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher, unified_diff

from msgspec import Struct

from leaflet.interchange.markdown_escapes import escaped, line_start
from leaflet.interchange.review_document import ReviewedDocument, ReviewedParagraph, TextEdit

TOKEN = re.compile(r"\\(?P<escaped>[^\w\s])|(?P<em>---)|(?P<en>--)|(?P<dots>\.\.\.)|(?P<any>.)", re.DOTALL)
ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\u2011": "-"})  # fmt: skip
UNPRINTED = re.compile(
    r"\[[^\[\]]*?@[^\[\]]*\]|(?<![\w.])-?@[\w{][\w:.#$%&+?<>~/{}-]*|(?<=\])\((?:[^()]|\([^()]*\))*\)|\[\^[^\]]*\]|<!--.*?-->"
    r"|(?<!\{)\{(?!\{)[^{}]*\}|`[^`]*`",
    re.DOTALL,
)
"""Parts of a source that print as something else, or not at all: citations, addresses, marks of notes, attributes, code."""
NO_SIGN = "\ue000"
"""In place of a character that no character of a document comes from."""
MARKS = "*_~^="
MARKER = re.compile(r"\s*(?:[-*+]|\(?\w{1,9}[.)])\s+")
LONGEST = 6_000
"""Characters of a paragraph that are compared one by one."""


class ReviewNote(Struct, frozen=True, kw_only=True):
    """A comment or a change of a review, with its line in the source."""

    line: int | None
    author: str
    message: str
    is_change: bool = False
    applies: bool = False
    """True for a change that is in the patch."""


class Review(Struct, frozen=True, kw_only=True):
    """Everything that came back, and a patch of what applies cleanly."""

    source: str
    notes: tuple[ReviewNote, ...]
    patch: str
    """A unified diff; empty where no change applies."""


class _SourceEdit(Struct, frozen=True, kw_only=True):
    """A change of the source: its characters ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


def review_of(reviewed: ReviewedDocument, text: str) -> Review:
    """Return what a review says of a source, whose text is ``text``."""
    starts = _line_starts(text)
    notes: list[ReviewNote] = []
    edits: list[_SourceEdit] = []
    before: tuple[int, int] | None = None
    for paragraph in reviewed.paragraphs:
        line = paragraph.lines[0] if paragraph.lines else before[1] if before else None
        for comment in paragraph.comments:
            about = f"“{comment.about}”: " if comment.about else ""
            notes.append(ReviewNote(line=line, author=comment.author, message=f"comment: {about}{comment.text}"))
        found, made = _changes(paragraph, before, text, starts)
        notes += found
        edits += made
        before = paragraph.lines or before
    sound = _apart(edits)
    changed = text
    for edit in sorted(sound, key=lambda each: each.start, reverse=True):
        changed = changed[: edit.start] + edit.text + changed[edit.end :]
    lines = unified_diff(
        text.splitlines(keepends=True),
        changed.splitlines(keepends=True),
        fromfile=f"a/{reviewed.source}",
        tofile=f"b/{reviewed.source}",
    )
    patch = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return Review(source=reviewed.source, notes=tuple(notes), patch=patch)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _changes(
    paragraph: ReviewedParagraph, before: tuple[int, int] | None, text: str, starts: Sequence[int]
) -> tuple[list[ReviewNote], list[_SourceEdit]]:
    """Return the changes of a paragraph as notes, and as edits of the source where they are clear."""
    author = next((edit.author for edit in paragraph.edits), "")
    notes: list[ReviewNote] = []
    if paragraph.is_new and paragraph.new.strip():
        return _new_paragraph(paragraph, before, author, starts, text)
    if paragraph.is_gone and paragraph.lines is not None:
        return _gone_paragraph(paragraph, author, starts, text)
    edits: list[_SourceEdit] = []
    for edit in paragraph.edits:
        place = _source_edit(paragraph, edit, text, starts)
        line = paragraph.lines[0] if paragraph.lines else before[1] if before else None
        if place is not None:
            edits.append(place)
            line = text.count("\n", 0, place.start) + 1
        notes.append(
            ReviewNote(
                line=line,
                author=edit.author,
                message=_message(paragraph, edit),
                is_change=True,
                applies=place is not None,
            )
        )
    line = paragraph.lines[0] if paragraph.lines else before[1] if before else None
    if paragraph.is_joined:
        message = "a paragraph was cut in two here, or joined with the next"
        notes.append(ReviewNote(line=line, author=author, message=message, is_change=True))
    if paragraph.format_changes:
        message = f"formats were changed in “{_short(paragraph.old)}”"
        notes.append(ReviewNote(line=line, author=author, message=message, is_change=True))
    return notes, edits


def _message(paragraph: ReviewedParagraph, edit: TextEdit) -> str:
    old = paragraph.old[edit.start : edit.end]
    if not old:
        return f"insert “{_short(edit.text)}” after “{_short(paragraph.old[: edit.start][-30:])}”"
    return f"delete “{_short(old)}”" if not edit.text else f"replace “{_short(old)}” by “{_short(edit.text)}”"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else f"{plain[:77]}…"


def _new_paragraph(
    paragraph: ReviewedParagraph, before: tuple[int, int] | None, author: str, starts: Sequence[int], text: str
) -> tuple[list[ReviewNote], list[_SourceEdit]]:
    """Return a paragraph that was inserted; after an item of a list it is an item."""
    message = f"insert the paragraph “{_short(paragraph.new)}”"
    if before is None or before[1] >= len(starts):
        return [ReviewNote(line=None, author=author, message=message, is_change=True)], []
    at = starts[before[1]] - 1
    first = text[starts[before[0] - 1] : starts[before[0]]]
    marker = MARKER.match(first)
    is_table = first.lstrip().startswith(("|", "+"))
    if is_table:
        return [ReviewNote(line=before[1], author=author, message=message, is_change=True)], []
    words = line_start(escaped(paragraph.new.strip()))
    bullet = marker is not None and not marker[0].strip()[0].isalnum() and not marker[0].strip().startswith("(")
    made = f"\n{marker[0]}{words}" if marker is not None and bullet else f"\n\n{words}"
    note = ReviewNote(line=before[1], author=author, message=message, is_change=True, applies=True)
    return [note], [_SourceEdit(start=min(at, len(text)), end=min(at, len(text)), text=made)]


def _gone_paragraph(
    paragraph: ReviewedParagraph, author: str, starts: Sequence[int], text: str
) -> tuple[list[ReviewNote], list[_SourceEdit]]:
    """Return a paragraph that was deleted, with the blank line after it."""
    message = f"delete the paragraph “{_short(paragraph.old)}”"
    first, last = paragraph.lines or (1, 1)
    applies = last < len(starts) and not text[starts[first - 1] :].lstrip().startswith(("|", "+"))
    note = ReviewNote(line=first, author=author, message=message, is_change=True, applies=applies)
    if not applies:
        return [note], []
    end = min(starts[last], len(text))
    while text.startswith("\n", end) and (first == 1 or text[: starts[first - 1]].endswith("\n\n")):
        end += 1
    return [note], [_SourceEdit(start=starts[first - 1], end=end, text="")]


def _source_edit(paragraph: ReviewedParagraph, edit: TextEdit, text: str, starts: Sequence[int]) -> _SourceEdit | None:
    """Return the place of an edit in the source; None where it is not clear."""
    if paragraph.lines is None or paragraph.lines[1] >= len(starts) or len(paragraph.old) > LONGEST:
        return None
    first, last = starts[paragraph.lines[0] - 1], min(starts[paragraph.lines[1]] - 1, len(text))
    source = text[first:last]
    tokens = list(_tokens(source))
    places = _matches(paragraph.own_text, [sign for sign, _, _ in tokens])
    start, end = edit.start, edit.end
    new = escaped(edit.text) if edit.text.strip() else edit.text
    new = new if edit.text[:1].strip() or not new or new[:1] == " " else f" {new}"
    if start == end:
        at = _insertion(places, tokens, start, len(paragraph.old))
        return None if at is None else _SourceEdit(start=first + at, end=first + at, text=new)
    matched = [places.get(index) for index in range(start, end)]
    if None in matched:
        return None
    indices = [index for index in matched if index is not None]
    if indices != list(range(indices[0], indices[0] + len(indices))):
        return None
    begin, after = tokens[indices[0]][1], tokens[indices[-1]][2]
    while (
        not edit.text
        and begin
        and after < len(source)
        and source[begin - 1] == source[after]
        and source[after] in MARKS
    ):
        begin, after = begin - 1, after + 1
    return _SourceEdit(start=first + begin, end=first + after, text=new)


def _tokens(source: str) -> list[tuple[str, int, int]]:
    """Return the characters of a source as they print, each with its place."""
    hidden = {at for found in UNPRINTED.finditer(source) for at in range(found.start(), found.end())}
    made = []
    for found in TOKEN.finditer(source):
        if found.start() in hidden:
            made.append((NO_SIGN, found.start(), found.end()))
            continue
        sign = (
            found["escaped"]
            or (found["em"] and "—")
            or (found["en"] and "–")
            or (found["dots"] and "…")
            or found["any"]
        )
        made.append((sign.translate(ALIKE), found.start(), found.end()))
    return made


def _matches(old: str, signs: Sequence[str]) -> dict[int, int]:
    """Return for each character of a paragraph the character of the source that it came from."""
    plain = [char.translate(ALIKE) if char != NO_SIGN else "\ue001" for char in old]
    matcher = SequenceMatcher(None, plain, signs, autojunk=False)
    return {block.a + at: block.b + at for block in matcher.get_matching_blocks() for at in range(block.size)}


def _insertion(places: dict[int, int], tokens: Sequence[tuple[str, int, int]], at: int, length: int) -> int | None:
    """Return where an insertion belongs: directly after the character before it, or before the one after it."""
    if at and at - 1 in places:
        return tokens[places[at - 1]][2]
    if at < length and at in places:
        return tokens[places[at]][1]
    return None


def _apart(edits: Sequence[_SourceEdit]) -> list[_SourceEdit]:
    """Return edits that do not overlap."""
    made: list[_SourceEdit] = []
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if not made or edit.start >= made[-1].end:
            made.append(edit)
    return made
