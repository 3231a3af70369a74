"""A style of large print stays large in every layout, however little room there is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leaflet.errors import FitError
from leaflet.pipeline import Choices, compose
from running import REPOSITORY

DAY = date(2026, 5, 12)
LEAST = 14
SAMPLE = REPOSITORY / "source" / "washing-hands.md"
MORE = "\n## At school\n\n" + "Ask the teacher for soap at every basin, and for time to use it. " * 6 + "\n"


@pytest.mark.parametrize("layout", ["flyer-a5", "flyer-dl", "flyer-square"])
def test_type_that_is_estimated_too_large_does_not_start_below_the_least_size(layout: str, tmp_path: Path) -> None:
    longer = tmp_path / "longer.md"
    longer.write_text(SAMPLE.read_text("utf-8") + MORE, "utf-8")
    with pytest.raises(FitError, match=r'panel "back" is .* too full'):
        compose(longer, Choices(layout=layout, style="clear", formats=("pdf",)), today=DAY)
    shorter = tmp_path / "shorter.md"
    shorter.write_text(SAMPLE.read_text("utf-8").partition("## Teach it early")[0], "utf-8")
    fit = compose(shorter, Choices(layout=layout, style="clear", formats=("pdf",)), today=DAY).fit
    assert fit is not None
    assert fit.body_points is not None
    assert fit.body_points >= LEAST
