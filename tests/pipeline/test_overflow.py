"""Content that does not fit is named with its panel, section, line and column, for each way in which something may not fit."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from leaflet.errors import FitError, Severity
from leaflet.model.layout import Fit
from leaflet.panels import FitReport
from leaflet.pipeline import Choices, compose
from running import REPOSITORY

DAY = date(2026, 5, 12)
HEAD = """---
title: What does not fit
author: Rosa Bell
cite: false
---

::: {#at-a-glance}
- One fact
:::

## First

A short beginning.

"""
FIRST = HEAD.count("\n") + 1
"""The line on which what a test adds begins."""
SENTENCE = "Wash your hands with soap and warm water, and take your time over it. "
LONG = "0123456789" * 9
CELLS = " | ".join(f"Columnheading{letter}" for letter in "ABCDEF")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a layout of its own, whose notices stand where nothing makes room for them."""
    root = tmp_path_factory.mktemp("overflow")
    shutil.copytree(REPOSITORY / "layouts" / "trifold-a4", root / "layouts" / "notices")
    css = root / "layouts" / "notices" / "layout.css"
    css.write_text(".notice { position: absolute; top: 10mm; left: 0 }\n", "utf-8")
    (root / "source").mkdir()
    Image.new("RGB", (300, 1200), "#0b4f6c").save(root / "source" / "tower.png")
    return root


def told(workspace: Path, body: str, layout: str = "trifold-a4") -> list[str]:
    """The problems of a leaflet with ``body``, each with its place."""
    source = workspace / "source" / "it.md"
    source.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(FitError) as caught:
        compose(source, Choices(layout=layout, formats=("pdf",), fit=Fit.NONE), today=DAY)
    return [str(problem) for problem in caught.value.problems if "too small for this text" not in problem.message]


def fitting(workspace: Path, body: str) -> FitReport:
    """Return the fit of a leaflet with ``body``."""
    source = workspace / "source" / "it.md"
    source.write_text(HEAD + body, encoding="utf-8")
    done = compose(source, Choices(layout="trifold-a4", formats=("pdf",)), today=DAY).fit
    assert done is not None
    return done


def test_a_long_word(workspace: Path) -> None:
    (said,) = told(workspace, f"| Number | What |\n|---|---|\n| {LONG} | One |\n")
    assert said.startswith(f'source/it.md:{FIRST + 2}:3: panel "inside 1": "0123456789')
    assert 'mm too wide in the section "First"' in said


def test_a_tall_image_is_made_as_small_as_its_panel(workspace: Path) -> None:
    done = fitting(workspace, '## Tower\n\n![A tower](tower.png){alt="A blue tower" width=100%}\n')
    assert max(page.fill for page in done.pages) > 0.5
    assert done.scale >= 1


def test_a_wide_table_becomes_records(workspace: Path) -> None:
    done = fitting(workspace, f"## Doses\n\n| {CELLS} |\n{'|---' * 6}|\n| 1 | 2 | 3 | 4 | 5 | 6 |\n")
    assert done.scale >= 1


def test_a_wide_table_without_heads_is_too_wide(workspace: Path) -> None:
    table = f"| {' | '.join(' ' * 6)} |\n{'|---' * 6}|\n| {CELLS} |\n"
    said = told(workspace, f"## Doses\n\nSome words.\n\n{table}")
    assert len(said) == 1
    assert f"source/it.md:{FIRST + 6}:" in said[0]
    assert "mm too wide" in said[0]
    assert 'in the section "Doses"' in said[0]


def test_a_pinned_section(workspace: Path) -> None:
    (said,) = told(workspace, f"## Clinic {{panel=flap}}\n\n{SENTENCE * 40}\n")
    assert said.startswith(f'source/it.md:{FIRST}:4: panel "flap" is ')
    assert 'mm too full in the section "Clinic", which is pinned to it' in said
    assert 'or take the pin {panel=flap} off "Clinic"' in said


def test_a_panel_full_of_footnotes(workspace: Path) -> None:
    notes = " ".join(f"Word{number}.^[Note {number}: {SENTENCE * 2}]" for number in range(24))
    (said,) = told(workspace, f"## Notes {{panel=back}}\n\n{notes}\n")
    assert 'panel "back" is ' in said
    assert said.startswith(f"source/it.md:{FIRST + 2}:")
    assert 'in the section "Notes"' in said


def test_a_box_that_nothing_makes_room_for(workspace: Path) -> None:
    body = f"{SENTENCE * 6}\n\n::: notice\nMind the step\n:::\n"
    (said,) = told(workspace, body, layout="notices")
    assert said.startswith(f"source/it.md:{FIRST + 3}:1: ")
    assert 'panel "inside 1": "Mind the step" lies on other text' in said


def test_too_much_text_names_the_words_where_it_runs_over(workspace: Path) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number}. {SENTENCE * 4}" for number in range(60))
    (said,) = told(workspace, f"## Long\n\n{paragraphs}\n")
    place, _, message = said.partition(": ")
    _, line, column = place.split(":")
    assert int(line) > FIRST
    assert int(column) >= 1
    assert message.startswith('the 3 panels "inside" together are ')


def test_a_draft_is_built_all_the_same_and_says_where_it_is_too_full(workspace: Path) -> None:
    source = workspace / "source" / "draft.md"
    source.write_text(f"{HEAD}## Clinic {{panel=flap}}\n\n{SENTENCE * 40}\n", encoding="utf-8")
    draft = compose(source, Choices(layout="trifold-a4", formats=("pdf",), allow_overflow=True), today=DAY)
    assert draft.files["draft.pdf"].startswith(b"%PDF")
    assert draft.fit is not None
    assert not draft.fit.fits
    (said,) = [problem for problem in draft.problems if "too full" in problem.message]
    assert said.severity is Severity.WARNING


@pytest.mark.parametrize(("fit", "fits"), [(Fit.NONE, False), (Fit.GROW, False), (Fit.SHRINK, True), (Fit.BOTH, True)])
def test_type_shrinks_only_where_that_is_allowed(workspace: Path, fit: Fit, fits: bool) -> None:
    source = workspace / "source" / "fit.md"
    sections = "\n\n".join(f"## Part {number}\n\n{SENTENCE * 6}" for number in range(16))
    source.write_text(f"{HEAD}{sections}\n", encoding="utf-8")
    choices = Choices(layout="trifold-a4", formats=("pdf",), fit=fit)
    if fits:
        done = compose(source, choices, today=DAY).fit
        assert done is not None
        assert done.scale < 1
        assert max(page.fill for page in done.pages) > 0.9
    else:
        with pytest.raises(FitError, match="too full"):
            compose(source, choices, today=DAY)


def test_a_style_keeps_type_above_its_smallest_size(workspace: Path) -> None:
    source = workspace / "source" / "clear.md"
    source.write_text(f"{HEAD}{SENTENCE * 8}\n", encoding="utf-8")
    done = compose(source, Choices(layout="trifold-a4", style="clear", formats=("pdf",)), today=DAY).fit
    assert done is not None
    assert done.body_points is not None
    assert done.body_points >= 14


def test_text_flows_from_panel_to_panel_where_sections_that_begin_new_panels_do_not_fit(workspace: Path) -> None:
    body = "## Second\n\nShort.\n\n## Third\n\n" + f"{SENTENCE * 6}\n\n" * 11
    done = fitting(workspace, body)
    assert done.fits
    assert done.scale >= 1
    inner = [page for page in done.pages if page.label.startswith("inside")]
    assert min(page.fill for page in inner) > 0.7
