"""Our own fixtures, in the form of the CSL suite: one feature each, for a clone that has no suite beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from csl_fixtures import Fixture

FILES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_fixture(file: Path) -> None:
    fixture = Fixture.read(file)
    assert fixture.run() == fixture.expected


def test_there_are_fixtures() -> None:
    assert len(FILES) >= 40
