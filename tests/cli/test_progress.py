"""A batch says how far it is and how long it will take."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from leaflet.batch.run.events import Ended, Planned
from leaflet.batch.run.job import Outcome, Status
from leaflet.cli import progress


def test_the_time_that_is_left_does_not_count_the_start_of_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(progress, "monotonic", lambda: clock.now)
    variant: Any = SimpleNamespace(place=None)
    ended = Ended(variant=variant, outcome=Outcome(name="hill", status=Status.BUILT))
    tally = progress.Tally()
    tally.count(Planned(total=101, unchanged=0, problems=()))
    clock.now += 10
    tally.count(ended)
    assert str(tally) == "1/101 done, 0.1 a second"
    for _ in range(10):
        clock.now += 1
        tally.count(ended)
    assert str(tally) == "11/101 done, 0.6 a second, 1 min 30 s left"
