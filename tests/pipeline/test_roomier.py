"""A text that finds no room names the layouts that have it."""

from __future__ import annotations

import re
from pathlib import Path

from running import copy_workspace, run_leaflet


def test_large_print_on_small_panels_names_larger_layouts(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    shown = run_leaflet("build", "source/ms-beta-interferon.md", "--style", "clear", cwd=workspace, check=False)
    assert shown.returncode == 1
    assert (
        '--style: the style "clear" is set in 15 points, which the panels of "trifold-a4" are small for' in shown.stderr
    )
    assert "build it with --layout handout-a4, which has as many pages as the text needs; layout: auto" in shown.stderr
    assert not list(tmp_path.glob("output/*"))


def test_a_long_text_names_larger_layouts(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    chosen = ("--layout", "flyer-a5")
    shown = run_leaflet("build", "source/ms-beta-interferon.md", *chosen, cwd=workspace, check=False)
    assert shown.returncode == 1
    assert 'the layout "flyer-a5" is too small for this text' in shown.stderr
    assert re.search(r"hint: build it with --layout trifold-a4, where it fits in (10|9)[.\d]* points", shown.stderr)
