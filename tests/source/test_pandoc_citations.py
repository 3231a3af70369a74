"""Citations are read as pandoc reads them, but for the differences that docs/references.md gives a reason for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from compare_citations import Case, our_reading, pandoc_readings, read_cases

CASES = read_cases()
PAGE = Path(__file__).parents[2] / "docs" / "references.md"


@pytest.mark.parametrize("case", CASES, ids=[f"{number:03d}" for number in range(1, len(CASES) + 1)])
def test_citations_are_read_as_the_cases_say(case: Case) -> None:
    assert our_reading(case) == case.leaflet, case.source


def test_there_are_enough_cases_of_many_kinds() -> None:
    assert len(CASES) >= 150
    assert len({case.language for case in CASES}) >= 10


def test_the_documentation_counts_them_right() -> None:
    same = sum(case.leaflet == case.pandoc for case in CASES)
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"holds {len(CASES)} pieces of text" in text
    assert f"{same} are read the same" in text
    assert f"These are the other {len(CASES) - same}" in text


def test_pandoc_reads_them_as_the_cases_say() -> None:
    if not os.environ.get("PANDOC"):
        pytest.skip("PANDOC is not set: it names a pandoc program to compare with")
    assert pandoc_readings(CASES) == [case.pandoc for case in CASES]


def test_every_difference_from_pandoc_has_a_reason_in_the_documentation() -> None:
    explained = PAGE.read_text(encoding="utf-8")
    reasons = {case.reason for case in CASES if case.leaflet != case.pandoc}
    assert {reason for reason in reasons if f"`{reason}`" not in explained} == set()
