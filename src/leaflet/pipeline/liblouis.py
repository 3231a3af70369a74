"""liblouis, the braille translator, by its program ``lou_translate`` where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from leaflet.errors import LeafletError, Location, Problem

PROGRAM = "lou_translate"
LETTERS = "en-us-brf.dis"
"""The display table of North American ASCII braille, in which BRF files are written."""
LONGEST = 1000
"""In characters, of a line for the program: it takes 2048 at once, and braille may be longer than print."""
SECONDS = 30
SET_UP = "install liblouis (Debian and Ubuntu: apt install liblouis-bin; macOS: brew install liblouis)"


def to_braille(texts: Sequence[str], table: str) -> tuple[str, ...]:
    """Return ``texts``, each of one line, in braille by the table of a name.

    Raises:
        LeafletError: liblouis is not installed, or has no such table.
    """
    pieces = [_pieces(text) for text in texts]
    lines = [piece.replace("\\", "\\\\") for own in pieces for piece in own]
    found = iter(_run(lines, table))
    return tuple(" ".join(next(found) for _ in own) for own in pieces)


def _pieces(text: str) -> list[str]:
    """Return ``text`` in pieces that end between words."""
    pieces = []
    while len(text) > LONGEST:
        cut = text.rfind(" ", 1, LONGEST)
        cut = LONGEST if cut < 0 else cut
        pieces.append(text[:cut])
        text = text[cut:].lstrip(" ")
    return [*pieces, text]


def _run(lines: Sequence[str], table: str) -> list[str]:
    program = shutil.which(PROGRAM)
    if program is None:
        raise _refused(f"braille is made by liblouis, and its program {PROGRAM} is not installed", SET_UP)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [program, "--forward", f"{LETTERS},{table}"],
            input="\n".join(lines) + "\n",
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeError) as error:
        raise _refused(f"{PROGRAM} cannot be run: {type(error).__name__}", SET_UP) from error
    found = done.stdout.split("\n")[:-1]
    if done.returncode or len(found) != len(lines):
        said = (done.stderr.strip().splitlines() or [f"{len(found)} lines of {len(lines)}"])[-1][:200]
        hint = "look for the name of the table in the folder of liblouis, or leave it out of leaflet.toml"
        raise _refused(f'liblouis cannot use the table "{table}": {said}', hint)
    return found


def _refused(message: str, hint: str) -> LeafletError:
    return LeafletError(Problem(message=message, location=Location(file="--format braille"), hint=hint))
