"""The official CSL test suite as a ratchet: the list of known failures can only shrink."""

from __future__ import annotations

from pathlib import Path

import pytest
from csl_fixtures import Fixture, official_suite

SUITE = official_suite()
KNOWN_FAILURES = frozenset((Path(__file__).parent / "known_failures.txt").read_text(encoding="utf-8").split())

pytestmark = pytest.mark.skipif(
    SUITE is None,
    reason="the official CSL fixtures: LEAFLET_CSL_SUITE does not name their folder, which `make csl-suite` fetches",
)
FILES = sorted(SUITE.glob("*_*.txt")) if SUITE is not None else []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_official_fixture(file: Path) -> None:
    fixture = Fixture.read(file)
    printed = fixture.run()
    if file.stem in KNOWN_FAILURES:
        assert printed != fixture.expected, f"{file.stem} passes now: take it off known_failures.txt"
    else:
        assert printed == fixture.expected


def test_suite_is_whole() -> None:
    assert len(FILES) >= 845
    assert {file.stem for file in FILES} >= KNOWN_FAILURES
