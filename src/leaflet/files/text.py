"""Decoder of text files: encodings, line ends and bytes that no text may hold."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from leaflet.errors import Location, Problem, SourceError
from leaflet.files.characters import forbidden
from leaflet.files.opening import read_file

LARGEST = 20_000_000
"""A leaflet's source beyond this many bytes is a mistake, not a text."""
MOST_FAULTS = 20
"""Forbidden characters of one file that are reported; a file full of them is no text."""


def read_text(path: Path, *, name: str, inside: Iterable[Path]) -> str:
    """Return the text of ``path`` with line feeds at line ends and without a byte order mark; messages call the file ``name``.

    Raises:
        UnsafeError: the file lies in none of the folders ``inside``.
        SourceError: the file cannot be read, is not UTF-8 or holds characters that no text may hold.
    """
    try:
        data = read_file(path, inside=inside, largest=LARGEST)
    except OSError as error:
        if error.errno == errno.EFBIG:
            message = f"the file is larger than {LARGEST // 1_000_000} MB"
            raise SourceError(_problem(name, message, "split it")) from None
        raise SourceError(_problem(name, f"cannot be read: {error.strerror}", "check the file's name")) from None
    return decode(data, name=name)


def decode(data: bytes, *, name: str) -> str:
    """Return ``data`` as text; see ``read_text``."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = 'save the file as UTF-8 (in most editors: "Save with encoding")'
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise SourceError(_at(data, error.start, name, message, hint)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = [_within(text, index, name, message, hint) for index, message, hint in forbidden(text)]
    if faults:
        raise SourceError(faults[:MOST_FAULTS])
    return text


def _within(text: str, index: int, name: str, message: str, hint: str) -> Problem:
    line, column = text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
    return Problem(message=message, hint=hint, location=Location(file=name, line=line, column=column))


def _at(data: bytes, index: int, name: str, message: str, hint: str) -> Problem:
    before = data[:index].decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Problem(message=message, hint=hint, location=Location(file=name, line=line, column=column))


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(message=message, hint=hint, location=Location(file=name))
