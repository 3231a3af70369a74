"""A style of large print that finds no room names the layouts that have it."""

from __future__ import annotations

from pathlib import Path

from running import copy_workspace, run_leaflet


def test_large_print_on_small_panels_names_larger_layouts(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    shown = run_leaflet("build", "source/ms-beta-interferon.md", "--style", "clear", cwd=workspace, check=False)
    assert shown.returncode == 1
    assert (
        '--style: the style "clear" is set in 15 points, which the panels of "trifold-a4" are small for' in shown.stderr
    )
    assert 'choose the layout "trifold-a3"' in shown.stderr
    assert not list(tmp_path.glob("output/*"))
