"""The text of all panels of one side stands on common lines, across the folds."""

from __future__ import annotations

from itertools import chain

import pytest

from line_grid import lines_of, sides_of
from running import REPOSITORY

SAMPLES = ("ms-beta-interferon", "washing-hands")


@pytest.mark.parametrize("style", ["clinic", "editorial"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_lines_of_a_side_are_common(sample: str, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _assert_common(sample, "trifold-a4", style, monkeypatch)


def test_large_print_has_common_lines_on_a3(monkeypatch: pytest.MonkeyPatch) -> None:
    _assert_common("washing-hands", "trifold-a3", "clear", monkeypatch)


def _assert_common(sample: str, layout: str, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    panels = lines_of(REPOSITORY / "source" / f"{sample}.md", layout, style, monkeypatch)
    sides = sides_of(REPOSITORY / "layouts" / layout)
    assert len(panels) == 6
    assert sum(len(panel.baselines) for panel in panels) > 10
    assert len([panel for panel in panels if panel.baselines]) >= 3
    for side in sides:
        beside = [panels[place.panel] for place in side.placements if panels[place.panel].baselines]
        if not beside:  # facts in short and a plate, which have measures of their own
            continue
        start = next(chain.from_iterable(panel.baselines for panel in beside))
        assert [panel.share_on(start) for panel in beside] == [1.0] * len(beside)
