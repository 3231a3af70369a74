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
