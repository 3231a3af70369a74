"""The index page of a batch in a real browser: no barriers, and a search that finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from browser import BROWSER, shown, with_script
from test_axe import AXE, violations

from leaflet.batch import BatchOptions, DeliveryOptions, PlanOverrides, deliver, plan_for, run_batch
from leaflet.model.output_format import OutputFormat
from running import copy_workspace

HOUR = 3600.0

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="the browser Chromium is not installed"),
    pytest.mark.skipif(AXE is None, reason="the package axe-core-python is not installed"),
]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of three rows, the last of which is refused."""
    root = copy_workspace(tmp_path_factory.mktemp("index") / "workspace")
    rows = ("c1,01632 960 001,Hill", "c2,01632 960 002,Lake", "c3,01632 960 003," + "Sea " * 1500)
    (root / "clinics.csv").write_text("id,clinic.phone,clinic.hours\n" + "\n".join(rows) + "\n")
    overrides = PlanOverrides(data=root / "clinics.csv", formats=(OutputFormat.PDF,))
    plan = plan_for(root / "source" / "ms-beta-interferon.md", overrides)
    result = run_batch(plan, BatchOptions(keep_going=True, seconds=HOUR), today=date(2025, 11, 21))
    assert [job.name for job in result.failed] == ["ms-beta-interferon-c3"]
    deliver(result, DeliveryOptions(title="ms-beta-interferon"))
    return root / "output"


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_the_index_page(output: Path, width: int, tmp_path: Path) -> None:
    assert violations(output / "index.html", tmp_path, width) == []


def test_its_own_script_runs_under_its_own_policy(output: Path, tmp_path: Path) -> None:
    answer = shown(output / "index.html", tmp_path)
    assert "3 of 3 shown" in answer


@pytest.mark.parametrize(("words", "failed", "found"), [("hill", False, 1), ("MS 002 lake", False, 1), ("", True, 1)])
def test_the_search_finds_what_holds_all_words(
    output: Path, tmp_path: Path, words: str, failed: bool, found: int
) -> None:
    typed = (
        f"const f=document.querySelector('form');f.elements.search.value='{words}';"
        f"f.elements.failed.checked={str(failed).lower()};f.dispatchEvent(new Event('input'))"
    )
    probe = with_script(output / "index.html", typed, tmp_path / "probe.html")
    assert f"{found} of 3 shown" in shown(probe, tmp_path)
