"""Published examples print as their manual has them; those that do not have a reason, which still holds."""

from __future__ import annotations

import pytest
from manuals import PAGE, Example, box, examples, forms, table

EXAMPLES = list(examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example) -> None:
    printed = example.printed()
    if example.differs:
        assert printed != example.prints, "it is equal now: take its reason out"
    else:
        assert printed == example.prints


def test_the_page_shows_the_present_state() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert table([(example, example.printed()) for example in EXAMPLES]) in page
    assert box() in page
    assert forms() in page
