"""What several tests share: the samples, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from running import SAMPLES, copy_workspace, run_leaflet


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file of both samples, built once by the command a user types."""
    folder = tmp_path_factory.mktemp("built")
    workspace = copy_workspace(folder / "workspace")
    for sample in SAMPLES:
        run_leaflet("build", f"source/{sample}.md", cwd=workspace)
    return workspace / "output"
