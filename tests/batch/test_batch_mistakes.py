"""Every kind of mistake in a plan or its data, with the exact message; nothing is written."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from batch_samples import workspace

from leaflet.batch.plan.expand import expand
from leaflet.batch.plan.plan_overrides import PlanOverrides, plan_for
from leaflet.errors import LeafletError

BAD = Path(__file__).with_name("bad")
CASES = sorted({path.with_suffix("") for path in BAD.iterdir() if path.suffix != ".txt"})
REWRITE = "LEAFLET_REWRITE_GOLDEN"
"""Set to 1 to write the messages as they now are; then read the difference."""


def messages(case: Path, folder: Path) -> str:
    """The messages of the case's plan, or of its data without a plan."""
    root = workspace(folder)
    path, overrides = root / "source" / "hands.md", PlanOverrides(data=root / "clinics.csv")
    for suffix in (".csv", ".json", ".yaml"):
        data = case.with_suffix(suffix)
        if data.is_file():
            target = root / f"clinics{suffix}"
            target.write_bytes(data.read_bytes())
            overrides = PlanOverrides(data=target)
    if case.with_suffix(".toml").is_file():
        path, overrides = root / "plan.toml", PlanOverrides()
        path.write_bytes(case.with_suffix(".toml").read_bytes())
    before = sorted(root.rglob("*"))
    try:
        problems = expand(plan_for(path, overrides)).problems
    except LeafletError as error:
        problems = error.problems
    assert sorted(root.rglob("*")) == before
    told = "".join(f"{problem}\n" for problem in problems)
    # These messages are not about the layouts and styles that come with leaflet.
    return re.sub(r"choose one of .*?(?=, or add|\n)", "choose one of …", told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_message_says_where_what_and_how_to_mend_it(case: Path, tmp_path: Path) -> None:
    golden = case.with_suffix(".txt")
    found = messages(case, tmp_path / "workspace")
    assert str(tmp_path) not in found
    if os.environ.get(REWRITE):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
    assert found
