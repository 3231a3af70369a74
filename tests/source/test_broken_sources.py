"""Every kind of mistake in a source, and the exact message it gives, as an error or as a warning."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leaflet.errors import SourceError
from leaflet.source import open_workspace, read_source

BROKEN = Path(__file__).parents[1] / "broken"
SOURCES = sorted(path.name for path in BROKEN.glob("*.md"))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(BROKEN, tmp_path / "source")
    return tmp_path


@pytest.mark.parametrize("name", SOURCES)
def test_a_broken_source_gives_its_exact_message(name: str, workspace: Path) -> None:
    source = workspace / "source" / name
    expected = (BROKEN / name).with_suffix(".txt").read_text(encoding="utf-8")
    try:
        told = read_source(source, open_workspace(source)).problems
    except SourceError as error:
        told = error.problems
    assert "".join(f"{problem}\n" for problem in told) == expected
    assert expected


def test_there_are_at_least_twenty_kinds_of_mistake() -> None:
    assert len(SOURCES) >= 20
    assert {path.stem for path in BROKEN.glob("*.md")} == {path.stem for path in BROKEN.glob("*.txt")}
