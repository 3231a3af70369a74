"""The print run: one file or several, with separator sheets and job marks, each leaflet's pages untouched."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdf
import pytest
from batch_samples import batch, workspace

from leaflet.batch.output.print_run import PrintRunLabels, PrintRunPart, combine
from leaflet.batch.output.separators import STRIP
from leaflet.batch.output.split import Split, parse_split
from leaflet.errors import LeafletError
from leaflet.files import OverwritePolicy
from leaflet.model.metadata import Metadata
from leaflet.output.colour import open_press
from leaflet.output.pdfx import pressed
from press_icc import press_profile

OWN = OverwritePolicy(is_own=lambda _, data: data == b"of an earlier run")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[PrintRunPart, ...]:
    """Three folded leaflets with marks."""
    root = workspace(tmp_path_factory.mktemp("run") / "workspace")
    arguments = ("source/hands.md", "--data", "clinics.csv", "--layout", "trifold-a4", "--format", "sheet")
    batch(root, *arguments, "-j", "1", "--no-thumbnails")
    return tuple(
        PrintRunPart(title=name, path=root / "output" / f"{name}-sheet.pdf", facts=(("clinic.name", "Hill & <Lake>"),))
        for name in ("hands-hill", "hands-lake", "hands-sea")
    )


def text_of(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().split())


def test_separators_come_before_each_variant_and_keep_front_and_back_together(
    parts: tuple[PrintRunPart, ...], tmp_path: Path
) -> None:
    (path,) = combine(parts, tmp_path, "run", OWN, labels=PrintRunLabels(separators=True))
    run = pypdf.PdfReader(path)
    assert len(run.pages) == 3 * (2 + 2)
    assert text_of(run.pages[4]) == "hands-lake 2 of 3 clinic.name Hill & <Lake>"
    assert text_of(run.pages[5]) == ""
    sheet = pypdf.PdfReader(parts[1].path)
    assert [run.pages[number].extract_text() for number in (6, 7)] == [page.extract_text() for page in sheet.pages]
    assert {page.mediabox.width for page in run.pages} == {sheet.pages[0].mediabox.width}
    assert [run.get_destination_page_number(entry) for entry in run.outline] == [0, 4, 8]


def test_job_marks_stand_below_the_sheet_and_leave_its_boxes_alone(
    parts: tuple[PrintRunPart, ...], tmp_path: Path
) -> None:
    (path,) = combine(parts, tmp_path, "run", OWN, labels=PrintRunLabels(marks=True))
    sheets = [page for part in parts for page in pypdf.PdfReader(part.path).pages]
    for number, (page, sheet) in enumerate(zip(pypdf.PdfReader(path).pages, sheets, strict=True)):
        assert page.trimbox == sheet.trimbox
        assert page.bleedbox == sheet.bleedbox
        assert page.mediabox.bottom == sheet.mediabox.bottom - STRIP
        assert page.mediabox.top == sheet.mediabox.top
        assert f"{parts[number // 2].title} · {number // 2 + 1} of 3" in text_of(page)


def test_a_print_run_is_the_same_every_time(parts: tuple[PrintRunPart, ...], tmp_path: Path) -> None:
    labels = PrintRunLabels(separators=True, marks=True)
    (first,) = combine(parts, tmp_path, "first", OWN, labels=labels)
    (second,) = combine(parts, tmp_path, "second", OWN, labels=labels)
    assert first.read_bytes() == second.read_bytes()


def test_a_print_run_for_one_press_names_it_and_holds_no_other_colours(
    parts: tuple[PrintRunPart, ...], tmp_path: Path
) -> None:
    made = [_for_press(part, tmp_path) for part in parts]
    (path,) = combine(made, tmp_path, "run", OWN, labels=PrintRunLabels(separators=True, marks=True))
    run = pypdf.PdfReader(path)
    (intent,) = run.root_object["/OutputIntents"]  # type: ignore[misc]
    assert intent.get_object()["/S"] == "/GTS_PDFX"
    assert len(intent.get_object()["/DestOutputProfile"].get_data()) > 1000
    drawn = b" ".join(page.get_contents().get_data() for page in run.pages if page.get_contents())  # type: ignore[union-attr]
    assert b"/DeviceRGB" not in path.read_bytes()
    assert not re.search(rb"\b(?:rg|RG)\b", drawn)


def test_a_print_run_of_which_some_is_for_no_press_names_none(parts: tuple[PrintRunPart, ...], tmp_path: Path) -> None:
    (path,) = combine((_for_press(parts[0], tmp_path), parts[1]), tmp_path, "run", OWN)
    assert "/OutputIntents" not in pypdf.PdfReader(path).root_object


def _for_press(part: PrintRunPart, folder: Path) -> PrintRunPart:
    press = open_press(press_profile(), name="press.icc", limit=300)
    path = folder / f"pressed-{part.path.name}"
    path.write_bytes(pressed(part.path.read_bytes(), Metadata(title=part.title), press, day=date(2026, 1, 1)))
    return PrintRunPart(title=part.title, path=path)


@pytest.mark.parametrize(
    ("split", "sizes"), [(Split(variants=2), [4, 2]), (Split(size=1), [2, 2, 2]), (Split(size=10**9), [6])]
)
def test_a_print_run_is_split_between_variants(
    parts: tuple[PrintRunPart, ...], split: Split, sizes: list[int], tmp_path: Path
) -> None:
    (tmp_path / "run.pdf").write_bytes(b"of an earlier run")
    (tmp_path / "run-9.pdf").write_bytes(b"of an earlier run")
    (tmp_path / "run-10.pdf").write_bytes(b"not ours")
    (tmp_path / "run-of-others.pdf").write_bytes(b"not ours")
    paths = combine(parts, tmp_path, "run", OWN, split=split)
    assert [len(pypdf.PdfReader(path).pages) for path in paths] == sizes
    assert [path.name for path in paths] == [f"run-{number}.pdf" for number in range(1, len(sizes) + 1)]
    assert {path.name for path in tmp_path.iterdir()} == {
        *(path.name for path in paths),
        "run-10.pdf",
        "run-of-others.pdf",
    }


def test_what_is_equal_is_stored_once(parts: tuple[PrintRunPart, ...], tmp_path: Path) -> None:
    same = [PrintRunPart(title=f"copy {number}", path=parts[0].path) for number in range(30)]
    (path,) = combine(same, tmp_path, "run", OWN)
    assert path.stat().st_size < 2 * parts[0].path.stat().st_size


@pytest.mark.parametrize(
    ("text", "split"),
    [("100", Split(variants=100)), ("50MB", Split(size=50_000_000)), (" 8 kb ", Split(size=8_000))],
)
def test_a_split_is_a_number_or_a_size(text: str, split: Split) -> None:
    assert parse_split(text) == split


@pytest.mark.parametrize("text", ["0", "-1", "many", "50TB", "1.5MB", ""])
def test_any_other_split_is_refused(text: str) -> None:
    with pytest.raises(LeafletError, match="is no way to split"):
        parse_split(text)


def test_archives_are_split_as_well(tmp_path: Path) -> None:
    root = workspace(tmp_path / "archives")
    arguments = ("source/hands.md", "--data", "clinics.csv", "--format", "bib", "--zip", "--split", "2")
    told = batch(root, *arguments).stdout.split()
    assert told[-2:] == ["output/hands-1.zip", "output/hands-2.zip"]
    refused = batch(root, *arguments[:-1], "few", check=False)
    assert '"few" is no way to split' in refused.stderr
