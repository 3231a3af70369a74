"""Citations are read as pandoc reads them, but for the differences that docs/references.md gives a reason for."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_citations import Case, our_reading, read_cases

CASES = read_cases()
PAGE = Path(__file__).parents[2] / "docs" / "references.md"


@pytest.mark.parametrize("case", CASES, ids=[f"{number:03d}" for number in range(1, len(CASES) + 1)])
def test_citations_are_read_as_the_cases_say(case: Case) -> None:
    assert our_reading(case) == case.leaflet, case.source


def test_there_are_enough_cases_of_many_kinds() -> None:
    assert len(CASES) >= 150
    assert len({case.language for case in CASES}) >= 10


def test_every_difference_from_pandoc_has_a_reason_in_the_documentation() -> None:
    explained = PAGE.read_text(encoding="utf-8")
    reasons = {case.reason for case in CASES if case.leaflet != case.pandoc}
    assert {reason for reason in reasons if f"`{reason}`" not in explained} == set()
