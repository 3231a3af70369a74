"""Components on paper and on the web: what is drawn, what is heard, and that every one of them passes the validators."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

from leaflet.html.bar_drawing import hatching
from leaflet.html.event_facts import days
from leaflet.html.line_drawing import scale_of, shown_places, spread
from leaflet.html.people_drawing import people
from leaflet.html.ui_labels import load_labels
from leaflet.model.metadata import Event, PartialDate
from panel_samples import failed_rules, needs_verapdf
from running import REPOSITORY, outloud, run_leaflet

STYLES = ("clear", "clinic", "editorial")
SAMPLE = REPOSITORY / "source" / "components"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample of all components in each style, built by the command that a user types."""
    folder = tmp_path_factory.mktemp("components")
    shutil.copytree(SAMPLE, folder / "source")
    (folder / "leaflet.toml").touch()
    for style in STYLES:
        run_leaflet("build", "source/components.md", "--style", style, "--output", style, "--strict", cwd=folder)
    return folder


@needs_verapdf
@pytest.mark.parametrize("name", ["components.pdf", "components-sheet.pdf"])
def test_every_component_is_accessible_on_paper_in_each_style(made: Path, name: str) -> None:
    files = [made / style / name for style in STYLES]
    assert failed_rules(*files) == ""


@pytest.mark.parametrize("style", STYLES)
def test_outloud_has_nothing_to_say_of_the_components(made: Path, style: str) -> None:
    assert "0 error(s), 0 warning(s)" in outloud(made / style / "components.pdf")


def _page(made: Path, style: str = "clinic") -> Any:
    return parser.fromstring((made / style / "components.html").read_text(encoding="utf-8"))


def test_a_chart_of_bars_is_heard_with_all_its_values(made: Path) -> None:
    (chart,) = _page(made).xpath("//figure[contains(@class, 'bar-chart')]")
    (title,) = chart.xpath(".//*[local-name()='title']")
    assert title.text == (
        "More visitors come on Sundays than on any other day. "
        "Visitors: Sunday 412, Saturday 367, Friday 190, Thursday 121."
    )


def test_a_chart_of_lines_is_heard_from_its_beginning_to_its_end(made: Path) -> None:
    (title,) = _page(made).xpath("//figure[contains(@class, 'line-chart')]//*[local-name()='title']")
    assert "Schools begins with 210 in 2021 and ends with 424 in 2025" in title.text


def test_only_the_bar_that_makes_the_point_is_solid(made: Path) -> None:
    (chart,) = _page(made).xpath("//figure[contains(@class, 'bar-chart')]")
    brand = chart.xpath(".//*[local-name()='path'][@fill='#0B4F6C']")
    hatched = chart.xpath(".//*[local-name()='path'][@stroke='#0B4F6C' and contains(@d, 'L')]")
    assert (len(brand), len(hatched)) == (1, 3)


def test_counted_people_differ_in_shape_as_well_as_in_colour() -> None:
    drawn = people(3, 100, "3 of 100", counted="#A8321F", others="#0B4F6C")
    assert drawn.count("<rect") == 3
    assert drawn.count('fill="none"') == 2 * 97
    assert "<title>3 of 100</title>" in drawn


@pytest.mark.parametrize(("width", "height"), [(40.0, 5.6), (0.5, 5.6), (3.0, 3.0)])
def test_hatching_never_leaves_its_bar(width: float, height: float) -> None:
    for x1, y1, x2, y2 in hatching(width, height, 1.6):
        assert 0 <= x1 <= x2 <= width + 1e-9
        assert 0 <= y2 <= y1 <= height + 1e-9
        assert abs((x2 - x1) - (y1 - y2)) < 1e-9


@pytest.mark.parametrize("values", [[0], [5, 5], [-2, -9], [0.001, 0.004], [1e6, 3.2e6]])
def test_a_scale_holds_its_values_in_few_steps(values: list[float]) -> None:
    low, high, step = scale_of(values)
    assert low <= min(values) <= max(values) <= high
    assert 1 <= round((high - low) / step) <= 7


def test_names_at_the_ends_of_lines_never_touch() -> None:
    moved = spread([10.0, 10.0, 11.0], 4.0)
    ordered = sorted(moved)
    assert all(after - before >= 4.0 - 1e-9 for before, after in pairwise(ordered))


def test_words_below_an_axis_never_touch_and_the_ends_are_named() -> None:
    shown = list(shown_places([8.0] * 13, 3.0))
    assert (shown[0], shown[-1]) == (0, 12)
    assert all((after - before) * 3.0 >= 9.0 for before, after in pairwise(shown))


@pytest.mark.parametrize(
    ("lang", "day"),
    [
        ("en-GB", "Saturday 13 March"),
        ("en-US", "Saturday, March 13"),
        ("de", "Samstag, 13. März"),
        ("fr", "samedi 13 mars"),
    ],
)
def test_the_day_of_an_event_has_its_day_of_the_week(lang: str, day: str) -> None:
    assert days(Event(date=PartialDate(year=2027, month=3, day=13)), load_labels(lang)) == day


@pytest.mark.parametrize(
    ("last", "shown"), [((3, 14), "Saturday 13 March – Sunday 14 March"), ((4, 24), "13\u00a0March – 24\u00a0April")]
)
def test_only_the_ends_of_a_short_event_have_their_days_of_the_week(last: tuple[int, int], shown: str) -> None:
    until = PartialDate(year=2027, month=last[0], day=last[1])
    event = Event(date=PartialDate(year=2027, month=3, day=13), until=until)
    assert days(event, load_labels("en-GB")) == shown


def test_an_event_that_returns_has_its_days_in_words() -> None:
    assert days(Event(date="every Tuesday"), load_labels("en-GB")) == "every Tuesday"


def _tables(folder: Path, text: str, lang: str = "en-GB") -> Any:
    (folder / "it.md").write_text(f"---\ntitle: It\nlang: {lang}\n---\n\n## A\n\n{text}\n", encoding="utf-8")
    run_leaflet("build", "it.md", "--format", "html", cwd=folder)
    (page,) = folder.rglob("it.html")
    return parser.fromstring(page.read_text(encoding="utf-8"))


def test_yes_and_no_differ_by_signs_in_the_language_of_the_leaflet(tmp_path: Path) -> None:
    page = _tables(tmp_path, "| A | B |\n|---|---|\n| x | Ja |\n| y | Nein |\n| z | Jain |\n\nTable: {.yes-no}", "de")
    assert page.xpath("//td/@class") == ["yes", "no"]
    css = page.xpath("//style")[0].text
    assert '.grid td.yes::before { content: "✓' in css
    assert '.grid td.no::before { content: "×' in css


def test_a_joined_cell_takes_the_place_of_those_below(tmp_path: Path) -> None:
    page = _tables(tmp_path, "| A | B |\n|---|---|\n| x | 1 |\n| ^^ | 2 |\n| ^^ | 3 |\n\nTable: {.row-heads}")
    assert page.xpath("//tbody//th/@rowspan") == ["3"]
    assert page.xpath("//tbody//th/@scope") == ["rowgroup"]
    assert [len(row) for row in page.xpath("//tbody/tr")] == [2, 1, 1]


def test_tables_with_the_same_heads_have_the_same_columns(tmp_path: Path) -> None:
    one, other = "| A | B |\n|---|---|\n| x | 1 |", "| A | B |\n|---|---|\n| a long name of it | 2 |"
    page = _tables(tmp_path, f"{one}\n\nand\n\n{other}\n\nand\n\n| C | B |\n|---|---|\n| x | 1 |")
    first, second, third = page.xpath("//table")
    assert [col.get("style") for col in first.iter("col")] == [col.get("style") for col in second.iter("col")] != []
    assert list(third.iter("col")) == []


def test_turned_heads_are_as_high_as_their_longest_word(tmp_path: Path) -> None:
    page = _tables(tmp_path, "| A | Monday | Wednesday |\n|---|---|---|\n| x | 1 | 2 |\n\nTable: {.turned}")
    heads = page.xpath("//thead//th[span]")
    assert [head.text_content() for head in heads] == ["Monday", "Wednesday"]
    assert {head.get("style") for head in heads} == {"height:6.06em"}


def test_a_leaflet_without_components_gets_none_of_their_css(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("---\ntitle: Plain\n---\n\n## A\n\nText.\n", encoding="utf-8")
    run_leaflet("build", "plain.md", "--format", "html", cwd=tmp_path)
    (page,) = tmp_path.rglob("plain.html")
    assert "break-inside: avoid; border-top: .4mm dashed" not in page.read_text(encoding="utf-8")
