"""Odd values for every key of layouts and styles: used, or refused with a place; never a traceback."""

from __future__ import annotations

import math
import sys
import tomllib
from pathlib import Path

import pytest
from documents import LAYOUTS, STYLES
from jsonschema import Draft202012Validator

from leaflet.design import layout_schema, load_layout, load_panel_plan, load_style, style_schema
from leaflet.errors import LayoutError

sys.path.append(str(Path(__file__).parents[1] / "files"))
from odd_toml import ODD, keys

LAYOUT = """\
sheet = {{width = 210, height = 297}}
panel = [{{name = "page", margins = [10, 10, 10, 10], holds = ["body"]}}]
{key} = {value}
"""
PANEL = """\
sheet = {{width = 210, height = 297}}
[[panel]]
name = "page"
margins = [10, 10, 10, 10]
holds = ["body"]
{key} = {value}
"""


def layout_text(key: str, value: str) -> str:
    """Return a layout that is right but for the value of one key."""
    if key in {"sheet", "panel"}:
        kept = [line for line in LAYOUT.splitlines() if not line.startswith(f"{key} =")]
        return "\n".join(kept).format(key=key, value=value)
    if key.startswith("sheet."):
        name = key.removeprefix("sheet.")
        others = {"width": "210", "height": "297", name: value}
        text = ", ".join(f"{other} = {given}" for other, given in others.items())
        return f'sheet = {{{text}}}\npanel = [{{name = "page", margins = [10, 10, 10, 10], holds = ["body"]}}]\n'
    if key.startswith("panel."):
        name = key.removeprefix("panel.")
        lines = [line for line in PANEL.splitlines() if not line.startswith(f"{name} =")]
        return "\n".join(lines).format(key=name, value=value)
    return LAYOUT.format(key=key, value=value)


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_an_odd_value_in_a_layout(odd: str, tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "odd"
    folder.mkdir(parents=True)
    for key in sorted(keys(layout_schema())):
        (folder / "layout.toml").write_text(layout_text(key, odd), encoding="utf-8")
        try:
            layout = load_layout(folder)
            load_panel_plan(layout)
        except LayoutError as error:
            for problem in error.problems:
                assert problem.location is not None, (key, problem)
                assert problem.location.line, (key, problem)
                assert problem.location.column, (key, problem)
        else:
            lengths = (layout.sheet_width, layout.sheet_height, layout.bleed, layout.thickness, layout.ink_limit)
            assert all(map(math.isfinite, lengths)), key


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_an_odd_value_in_a_style(odd: str, tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "odd"
    folder.mkdir(parents=True)
    (folder / "style.css").write_text("", encoding="utf-8")
    good = tomllib.loads((STYLES / "clear" / "style.toml").read_text(encoding="utf-8"))
    for key in sorted(keys(style_schema())):
        table, _, name = key.rpartition(".")
        lines = [f"{key} = {odd}"]
        for other, value in good.items():
            if isinstance(value, dict) and other != key:
                lines += [
                    f"{other}.{inner} = {_written(entry)}"
                    for inner, entry in value.items()
                    if (table, name) != (other, inner)
                ]
            elif other != key:
                lines.append(f"{other} = {_written(value)}")
        (folder / "style.toml").write_text("\n".join(lines), encoding="utf-8")
        try:
            style = load_style(folder)
        except LayoutError as error:
            for problem in error.problems:
                assert problem.location is not None, (key, problem)
                assert problem.location.line, (key, problem)
        else:
            assert all(map(math.isfinite, style.sizes.values())), key


def _written(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


@pytest.mark.parametrize("file", sorted(LAYOUTS.glob("*/layout.toml")), ids=lambda path: path.parent.name)
def test_layouts_that_come_with_leaflet_fulfil_the_schema(file: Path) -> None:
    check = Draft202012Validator(layout_schema())
    assert [error.message for error in check.iter_errors(tomllib.loads(file.read_text(encoding="utf-8")))] == []
    assert not check.is_valid({"panel": []})


@pytest.mark.parametrize("file", sorted(STYLES.glob("*/style.toml")), ids=lambda path: path.parent.name)
def test_styles_that_come_with_leaflet_fulfil_the_schema(file: Path) -> None:
    style = tomllib.loads(file.read_text(encoding="utf-8"))
    check = Draft202012Validator(style_schema())
    assert [error.message for error in check.iter_errors(style)] == []
    assert not check.is_valid({**style, "badge": "star"})
