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


@pytest.mark.parametrize("name", ["trifold-a4", "handout-a4", "booklet-a5", "flyer-a5"])
def test_every_part_has_one_place(name: str) -> None:
    plan = load_panel_plan(load_layout(LAYOUTS / name))
    parts = [part for held in plan.held.values() for part in held]
    assert len(parts) == len(set(parts))
    expected = {
        PanelPart.COVER,
        PanelPart.BODY,
        PanelPart.EVENT,
        PanelPart.REFERENCES,
        PanelPart.CITE,
        PanelPart.END_PLATE,
    }
    assert expected <= set(parts)


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
        '1:1: "colour" is not a key of a layout\n  hint: it can be description, based-on, family, duplex',
    ),
    "misspelt key": (
        GOOD.replace("width", "widht"),
        '2:1: "sheet.widht" is not a key of a layout\n  hint: did you mean "width"?',
    ),
    "no width": (GOOD.replace("width = 210\n", ""), "1:2: width is missing"),
    "no sheet": (GOOD[GOOD.index("[[") :], "1:1: sheet is missing"),
    "not a number": (GOOD.replace("210", '"wide"'), "2:9: sheet.width is not a number from 1 to 5000"),
    "margins too wide": (
        GOOD.replace("[10, 10, 10, 10]", "[10, 110, 10, 110]"),
        "6:11: the margins of panel 1 leave no space for text on 210 × 297 mm",
    ),
    "margins short": (
        GOOD.replace("[10, 10, 10, 10]", "[10]"),
        "6:11: the margins of this panel are not four numbers",
    ),
    "fold": (
        GOOD + '[fold]\nkind = "leter"\n',
        '9:8: fold.kind: "leter" is not known here\n  hint: did you mean "letter"?',
    ),
    "too few panels": (GOOD + '[fold]\nkind = "letter"\n', "4:3: a letter fold has 6 panels, not 1"),
    "unknown paper": (
        GOOD.replace("width = 210\nheight = 297", 'size = "A44"'),
        '2:8: sheet.size: "A44" is not a size of paper\n  hint: did you mean "A4"?',
    ),
    "paper twice": (
        GOOD.replace("width = 210", 'size = "A4"'),
        "1:2: there is a size, and a width or height as well",
    ),
    "half a column": (
        GOOD + "[press-sheet]\ncolumns = 1.5\n",
        "9:11: press-sheet.columns is not a whole number from 1 to 100",
    ),
    "folded sheets in sequence": (
        GOOD + '[fold]\nkind = "half"\n[press-sheet]\nfilling = "sequence"\n',
        "4:3: a half fold has 4 panels, not 1\n"
        "  hint: write [[panel]] once for each\n"
        "layouts/mine/layout.toml:11:11: only pages that are not folded can follow each other on a press sheet",
    ),
    "a booklet without covers": (
        GOOD + '[fold]\nkind = "booklet"\n',
        "4:3: a booklet has three panels: its cover, a page that repeats, and its back",
    ),
    "a French fold of six": (GOOD + '[fold]\nkind = "french"\n', "4:3: a french fold has 4 panels, not 1"),
    "no panels": ("[sheet]\nwidth = 1\nheight = 1\n", "1:1: there are no panels"),
    "fit the wrong way round": (
        GOOD + "[fit]\nsmallest = 1.2\nlargest = 0.9\n",
        "8:2: smallest (1.2) is more than largest (0.9)",
    ),
    "a part that is none": (
        GOOD.replace('["body"]', '["body", "bdy"]'),
        '7:18: panel.holds: "bdy" is not known here\n  hint: did you mean "body"?',
    ),
    "no TOML": ("[sheet\n", "1:7: this TOML cannot be read"),
}


@pytest.mark.parametrize(("toml", "message"), BROKEN.values(), ids=list(BROKEN))
def test_a_broken_layout_says_where_and_how(toml: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        load_layout(folder)
    assert str(caught.value).startswith(f"layouts/mine/layout.toml:{message}")


def test_all_that_is_wrong_with_single_values_comes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    wrong = GOOD.replace("210", "nan").replace('"page"', '"a page"').replace('["body"]', '["body", "bdy"]')
    (folder / "layout.toml").write_text("bleed = -1\n" + wrong, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        load_layout(folder)
    assert [(problem.location.line, problem.message) for problem in caught.value.problems if problem.location] == [
        (1, "bleed is not a number from 0 to 5000"),
        (3, "sheet.width is not a number from 1 to 5000"),
        (6, 'panel.name: "a page" is not one word'),
        (8, 'panel.holds: "bdy" is not known here'),
    ]


def test_a_part_in_two_places_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(GOOD.replace('["body"]', '["body", "body"]'), encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        load_panel_plan(load_layout(folder))
    assert str(caught.value).startswith('layouts/mine/layout.toml:7:18: "body" is placed twice')


def test_a_family_that_is_none_is_refused_and_each_has_its_look(tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(f'family = "folder"\n{GOOD}', encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        load_panel_plan(load_layout(folder))
    assert str(caught.value).startswith(
        'layouts/mine/layout.toml:1:10: family: "folder" is not known here\n  hint: did you mean "folded"?'
    )
    assert all((LAYOUTS / "shared" / f"{family}.css").is_file() for family in Family)
