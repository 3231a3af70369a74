"""Titles on narrow covers: every word of them stays whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from leaflet.design.cover import set_title
from leaflet.design.layouts import load_layout, load_panel_plan
from running import REPOSITORY, run_leaflet

GATE = load_layout(REPOSITORY / "layouts" / "gate-a4")
SIZES = load_panel_plan(GATE).sizes
FLYER = load_layout(REPOSITORY / "layouts" / "flyer-a5")
FLYER_SIZES = load_panel_plan(FLYER).sizes
POSTER = load_layout(REPOSITORY / "layouts" / "poster-a3")
POSTER_SIZES = load_panel_plan(POSTER).sizes


@pytest.mark.parametrize("style", ["clinic", "editorial", "clear"])
@pytest.mark.parametrize("title", ["Immunomodulatory drugs", "Washing your hands"])
def test_no_word_of_a_title_is_divided(tmp_path: Path, style: str, title: str) -> None:
    for name in ("layouts", "styles"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "title.md").write_text(
        f"---\ntitle: {title}\nlang: en-GB\n---\n\n## Why\n\nA word stays whole.\n"
    )
    run_leaflet("build", "source/title.md", "--layout", "gate-a4", "--style", style, "--format", "pdf", cwd=tmp_path)
    cover = PdfReader(tmp_path / "output" / "title.pdf").pages[0].extract_text()
    assert cover.split() == title.split()


def test_a_short_title_is_set_no_larger_than_its_layout_says() -> None:
    assert set_title("Sleep", GATE, SIZES).most > SIZES["title"] * GATE.fit.largest


def test_a_short_last_word_is_tied_only_where_that_costs_no_size() -> None:
    assert set_title("Care of a cut", GATE, SIZES).text == "Care of a\u00a0cut"
    assert set_title("All about immunomodulation now", GATE, SIZES).text == "All about immunomodulation now"


def test_a_word_too_long_for_any_title_is_divided_as_its_language_does() -> None:
    found = set_title("Krankenversicherungsbeitragsbemessungsgrenze", GATE, SIZES)
    assert found.divided
    assert found.most == SIZES["lead"]


def test_a_chinese_title_may_end_a_line_after_every_sign() -> None:
    assert set_title("多发性硬化症患者指南与常见问题解答手册", GATE, SIZES).most > SIZES["title"]


def test_a_short_title_grows_with_the_space_that_its_cover_has() -> None:
    grown = [set_title("Food bank", FLYER, FLYER_SIZES, space).grown for space in (0, 30, 45, 300)]
    assert grown[0] == 0
    assert grown == sorted(grown)
    assert grown[3] == FLYER_SIZES["title"] * FLYER.fit.largest_title


def test_a_title_grows_only_where_its_layout_says_so_and_no_farther_than_its_lines_fit() -> None:
    assert set_title("Food bank", GATE, SIZES, 100).grown == 0
    long_word = set_title("Willkommen in der Stadtbibliothek", FLYER, FLYER_SIZES, 100)
    assert long_word.grown <= long_word.most


def test_a_long_word_on_a_poster_has_the_whole_width_and_the_art_is_below() -> None:
    beside, wide = (set_title("Kein Trinkwasser", POSTER, POSTER_SIZES, space) for space in (0, 250))
    assert not beside.is_wide
    assert wide.is_wide
    assert wide.strip > 0
    assert wide.most > beside.most * 1.5
    assert not set_title("Dawn chorus walk", POSTER, POSTER_SIZES, 250).is_wide


def test_a_title_that_shares_a_full_poster_is_no_higher_than_its_share() -> None:
    full, free = (set_title("Route 14 changes on 3 January", POSTER, POSTER_SIZES, space) for space in (0, 250))
    assert full.most < free.most <= POSTER_SIZES["title"]
