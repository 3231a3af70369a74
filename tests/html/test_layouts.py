"""Layout folders: geometry that follows from the fold, and mistakes in layout.toml with their cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import LAYOUTS

from leaflet.design.layouts import Family, PanelPart, load_layout, load_panel_plan
from leaflet.errors import LayoutError


def test_the_letter_fold_has_its_widths() -> None:
    layout = load_layout(LAYOUTS / "trifold-a4")
    assert [(panel.name, panel.width) for panel in layout.panels] == [
        ("cover", 100.0),
        ("flap", 97.0),
        ("inside", 100.0),
        ("inside", 100.0),
        ("inside", 97.0),
        ("back", 100.0),
    ]
    outside, inside = layout.sides
    assert [(layout.panels[p.panel].name, p.x, p.width) for p in outside.placements] == [
        ("flap", 0.0, 97.0),
        ("back", 97.0, 100.0),
        ("cover", 197.0, 100.0),
    ]
    assert [(p.panel, p.width) for p in inside.placements] == [(2, 100.0), (3, 100.0), (4, 97.0)]


@pytest.mark.parametrize("name", ["trifold-a4", "handout-a4"])
def test_every_part_has_one_place(name: str) -> None:
    plan = load_panel_plan(load_layout(LAYOUTS / name))
    parts = [part for held in plan.held.values() for part in held]
    assert len(parts) == len(set(parts))
    assert {PanelPart.COVER, PanelPart.BODY, PanelPart.REFERENCES, PanelPart.CITE, PanelPart.END_PLATE} <= set(parts)


def test_a_handout_repeats_its_page() -> None:
    layout = load_layout(LAYOUTS / "handout-a4")
    assert layout.sides == ()
    assert [(panel.width, panel.height, panel.repeats) for panel in layout.panels] == [(210.0, 297.0, True)]


GOOD = """\
[sheet]
width = 210
height = 297
[[panel]]
name = "page"
margins = [10, 10, 10, 10]
holds = ["body"]
"""

BROKEN = {
    "unknown key": (
        "colour = 1\n" + GOOD,
        'layouts/mine/layout.toml:1: "colour" is not known here',
    ),
    "no width": (GOOD.replace("width = 210\n", ""), "layouts/mine/layout.toml: [sheet] width is missing"),
    "not a number": (
        GOOD.replace("210", '"wide"'),
        'layouts/mine/layout.toml:2: [sheet] width is "wide", which is not a number from 1 up',
    ),
    "margins too wide": (
        GOOD.replace("[10, 10, 10, 10]", "[10, 110, 10, 110]"),
        "layouts/mine/layout.toml:6: the margins of panel 1 leave no room for text on 210 × 297 mm",
    ),
    "margins short": (
        GOOD.replace("[10, 10, 10, 10]", "[10]"),
        "layouts/mine/layout.toml:6: the margins of panel 1 are not four numbers",
    ),
    "fold": (
        GOOD + '[fold]\nkind = "leter"\n',
        'layouts/mine/layout.toml:9: kind = "leter" is not known\n  hint: did you mean "letter"?',
    ),
    "too few panels": (
        GOOD + '[fold]\nkind = "letter"\n',
        "layouts/mine/layout.toml:4: a letter fold has 6 panels, not 1",
    ),
    "unknown paper": (
        GOOD.replace("width = 210\nheight = 297", 'size = "A44"'),
        'layouts/mine/layout.toml:2: size = "A44" is not known\n  hint: did you mean "A4"?',
    ),
    "paper twice": (
        GOOD.replace("width = 210", 'size = "A4"'),
        "layouts/mine/layout.toml:1: [sheet] has a size, and a width or height as well",
    ),
    "half a column": (
        GOOD + "[press-sheet]\ncolumns = 1.5\n",
        'layouts/mine/layout.toml:9: [press-sheet] columns is "1.5", which is not a whole number from 1 up',
    ),
    "folded sheets in sequence": (
        GOOD + '[fold]\nkind = "half"\n[press-sheet]\nfilling = "sequence"\n',
        "layouts/mine/layout.toml:11: only pages that are not folded can follow each other on a press sheet",
    ),
    "a booklet without covers": (
        GOOD + '[fold]\nkind = "booklet"\n',
        "layouts/mine/layout.toml:4: a booklet has three panels: its cover, a page that repeats, and its back",
    ),
    "a French fold of six": (
        GOOD + '[fold]\nkind = "french"\n',
        "layouts/mine/layout.toml:4: a french fold has 4 panels, not 1",
    ),
    "no panels": ("[sheet]\nwidth = 1\nheight = 1\n", "layouts/mine/layout.toml: there are no panels"),
    "no TOML": ("[sheet\n", "layouts/mine/layout.toml:1: this is not TOML"),
}


@pytest.mark.parametrize(("toml", "message"), BROKEN.values(), ids=list(BROKEN))
def test_a_broken_layout_says_where_and_how(toml: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        load_layout(folder)
    assert str(caught.value).startswith(message)


def test_a_part_in_two_places_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(GOOD.replace('["body"]', '["body", "body", "bdy"]'), encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        load_panel_plan(load_layout(folder))
    assert [problem.message for problem in caught.value.problems] == [
        'panel 1 names "bdy", which is no part',
        '"body" is placed twice',
    ]


def test_a_family_that_is_none_is_refused_and_each_has_its_look(tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(f'family = "folder"\n{GOOD}', encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        load_panel_plan(load_layout(folder))
    assert str(caught.value).startswith(
        'layouts/mine/layout.toml:1: family = "folder" is not known\n  hint: did you mean "folded"?'
    )
    assert all((LAYOUTS / "shared" / f"{family}.css").is_file() for family in Family)
