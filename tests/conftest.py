"""Settings and fixtures that all tests share: the samples, built once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from running import SAMPLES, copy_workspace, run_leaflet

settings.register_profile("repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("LEAFLET_HYPOTHESIS", "repeatable"))


SHARES = {
    "layouts/test_cover_art.py": 3,
    "layouts/test_shipped_layouts.py": 2,
    "starter/test_starters.py": 3,
    "hostile/test_corpus.py": 2,
    "hostile/test_hostile_builds.py": 2,
    "existing/test_existing.py": 2,
    "weasy/test_column_trials.py": 3,
    "weasy/test_layout_caches.py": 3,
    "weasy/test_contract.py": 2,
    "weasy/test_baseline_grid.py": 2,
    "checks/test_conformance.py": 2,
    "pipeline/test_languages.py": 2,
    "output/test_archive.py": 2,
    "output/test_press_layouts.py": 4,
    "output/test_pdfua2.py": 3,
}
"""Files with many costly cases of one kind, of which an ordinary run takes each second or third."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out cases of the files above, unless LEAFLET_LONG is set, as by ``make long``."""
    if os.environ.get("LEAFLET_LONG"):
        return
    folder = Path(__file__).parent
    cases: dict[str, list[str]] = {}
    left_out, taken = [], []
    for item in items:
        name = item.path.relative_to(folder).as_posix()
        case = getattr(item, "callspec", None)
        if name in SHARES and case is not None:
            known = cases.setdefault(name, [])
            if case.id not in known:
                known.append(case.id)
            if known.index(case.id) % SHARES[name]:
                left_out.append(item)
                continue
        taken.append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = taken


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep parsed citation styles in a folder of their own, never in the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAFLET_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file of both samples, built once by the command a user types."""
    folder = tmp_path_factory.mktemp("built")
    workspace = copy_workspace(folder / "workspace")
    for sample in SAMPLES:
        run_leaflet("build", f"source/{sample}.md", cwd=workspace)
    return workspace / "output"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each reason for skipped tests in one line, with the number of its tests."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    if reasons:
        terminalreporter.section("skipped", sep="-")
    for reason, count in sorted(reasons.items()):
        terminalreporter.line(f"{count:4} {reason}")
