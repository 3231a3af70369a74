"""The outline that leaflet reads in each piece of Markdown: title, input and expected outline, in tests/source/golden.

Run with ``LEAFLET_REGENERATE=1`` to write the outlines anew, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from document_outline import outline

from leaflet.errors import SourceError
from leaflet.source import open_workspace, read_source

GOLDEN = Path(__file__).parent / "golden"
FRONT = "---\ntitle: T\n---\n"


def cases(path: Path) -> list[tuple[str, str, str]]:
    """The title, input and expected outline of each case of a file."""
    parts = path.read_text(encoding="utf-8").split("\n.\n")
    titles, inputs, outlines = parts[0:-1:3], parts[1:-1:3], parts[2:-1:3]
    return [(a.strip(), b, c) for a, b, c in zip(titles, inputs, outlines, strict=True)]


def understood(text: str, folder: Path) -> str:
    """The outline of a source, after its warnings; or its errors."""
    (folder / "source" / "images").mkdir(parents=True, exist_ok=True)
    picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    (folder / "source" / "images" / "a.svg").write_text(picture, encoding="utf-8")
    source = folder / "source" / "x.md"
    source.write_text(text if text.startswith("---\n") else FRONT + text, encoding="utf-8")
    try:
        result = read_source(source, open_workspace(source))
    except SourceError as error:
        return str(error)
    warnings = "".join(f"{problem}\n" for problem in result.problems)
    return (warnings + outline(result.document.blocks)).rstrip("\n")


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_sources_are_understood_as_written_down(path: Path, tmp_path: Path) -> None:
    found = [(title, text, understood(text, tmp_path)) for title, text, _ in cases(path)]
    if os.environ.get("LEAFLET_REGENERATE"):
        path.write_text("".join(f"{a}\n.\n{b}\n.\n{c}\n.\n" for a, b, c in found), encoding="utf-8")
    for title, text, actual in found:
        expected = next(c for a, b, c in cases(path) if (a, b) == (title, text))
        assert actual == expected, title
