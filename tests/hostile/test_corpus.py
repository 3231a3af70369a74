"""A selection of the hostile inputs, tried at every change: each is refused or harmless within its bounds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus import Runner
from hostile_inputs import Input, all_inputs
from watch import Listener

INPUTS = all_inputs()
QUICK = [hostile for hostile in INPUTS if hostile.is_quick]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    running = Runner()
    yield running
    running.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the runner forks")
@pytest.mark.parametrize("hostile", QUICK, ids=lambda hostile: f"{hostile.kind}: {hostile.name!a}")
def test_a_hostile_input_is_refused_or_harmless(hostile: Input, listener: Listener, runner: Runner) -> None:
    ended = runner.run(hostile, listener.port)
    assert ended.faults == (), ended.message
    assert listener.heard == 0


def test_there_are_many_kinds_and_no_two_inputs_have_one_name() -> None:
    names = [(hostile.kind, hostile.name) for hostile in INPUTS]
    assert len(names) == len(set(names))
    assert len(names) >= 250
    assert len({kind for kind, _ in names}) >= 20
