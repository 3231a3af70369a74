"""Decoding of data files by whatever program wrote them; a guess is always reported."""

from __future__ import annotations

import codecs

from leaflet.errors import Location, Problem, Severity, SourceError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32's come first, since its little-endian one begins with UTF-16's."""


def decode(data: bytes, *, name: str, encoding: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of ``data`` with line ends as they are, and a warning if its encoding was guessed.

    Raises:
        SourceError: the bytes are no text in that encoding, or in any that is known here.
    """
    if encoding is not None:
        return _as_asked(data, name, encoding), ()
    for mark, found in MARKS:
        if data.startswith(mark):
            return _checked(_decoded(data[len(mark) :], found, name), name), ()
    wide = _wide(data)
    if wide:
        return _checked(_decoded(data, wide, name), name), ()
    try:
        return _checked(data.decode("utf-8"), name), ()
    except UnicodeDecodeError:
        return _windows(data, name)


def _as_asked(data: bytes, name: str, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        problem = Problem(message=f'there is no encoding called "{encoding}"', hint="for example utf-8 or cp1252")
        raise SourceError(problem) from None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(_undecodable(data, error, name, encoding)) from None
    except (LookupError, UnicodeError):  # Python has encodings of bytes, and one that fails always
        problem = Problem(message=f'"{encoding}" is no encoding of text', hint="for example utf-8 or cp1252")
        raise SourceError(problem) from None
    return _checked(text.removeprefix("\ufeff"), name)


def _windows(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text as older Windows programs write it."""
    text = _checked(_decoded(data, "cp1252", name), name)
    first = next((number for number, line in enumerate(data.split(b"\n"), start=1) if not line.isascii()), 1)
    warning = Problem(
        message="the file is not UTF-8, so it is read as Windows-1252",
        location=Location(file=name, line=first),
        hint='look at the accents and the pound signs; "CSV UTF-8" in your spreadsheet avoids the guess',
        severity=Severity.WARNING,
    )
    return text, (warning,)


def _wide(data: bytes) -> str | None:
    """Return the text of UTF-16 without a mark: in Western text every second byte is zero."""
    head = data[:2000]
    half = len(head) // 2
    if half < 2:
        return None
    if head[1::2].count(0) > half * 0.7 and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.7 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(_undecodable(data, error, name, encoding)) from None


def _undecodable(data: bytes, error: UnicodeDecodeError, name: str, encoding: str) -> Problem:
    return Problem(
        message=f"byte 0x{data[error.start]:02x} is no text in {encoding}",
        location=Location(file=name, line=data.count(b"\n", 0, error.start) + 1),
        hint='save the file as "CSV UTF-8", or name its encoding with --encoding',
    )


def _checked(text: str, name: str) -> str:
    place = text.find("\0")
    if place < 0:
        return text
    raise SourceError(
        Problem(
            message="the file holds a NUL character, so it is no text",
            location=Location(file=name, line=text.count("\n", 0, place) + 1),
            hint="export the data again as CSV",
        )
    )
