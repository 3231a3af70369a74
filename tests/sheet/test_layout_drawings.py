"""``leaflet layouts`` draws each sheet as it is printed, and says how the paper is turned."""

from __future__ import annotations

from leaflet.cli.layouts import described
from leaflet.design.layouts import load_layout
from running import REPOSITORY


def lines(name: str) -> list[str]:
    return list(described(load_layout(REPOSITORY / "layouts" / name)))


def test_a_cross_fold_shows_its_upper_panels_upside_down() -> None:
    drawing = lines("cross-fold-a4")
    assert drawing[0] == "sheet A4 (210 × 297 mm), fold: cross"
    assert [line.split() for line in drawing if "page" in line and "┆" in line] == [
        ["│", "page", "3", "↧", "┆", "page", "2", "↧", "│"],
        ["│", "page", "8", "┆", "page", "1", "│"],
        ["│", "page", "4", "┆", "page", "5", "│"],
        ["│", "page", "6", "┆", "page", "7", "│"],
    ]
    assert drawing[-1].endswith("turn on the long edge")


def test_a_booklet_shows_its_outermost_sheet() -> None:
    assert [line.split() for line in lines("booklet-a5") if "cover" in line] == [["│", "back", "┆", "cover", "│"]]


def test_copies_on_a_sheet_are_counted() -> None:
    assert lines("flyer-dl")[-1] == (
        "sheet: 2 sides of A4 (297 × 210 mm) on paper of 317 × 230 mm; 3 copies on each side, to be cut; "
        "turn on the short edge"
    )
