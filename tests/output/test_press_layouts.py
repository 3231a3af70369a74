"""Every layout for the press: its sheets are PDF/X-4, and colour at an edge of the paper runs into the bleed."""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from leaflet.design.layouts import load_layout
from leaflet.pipeline import Choices, OutputIntent, compose
from leaflet.pipeline.session import Session
from press_icc import press_profile
from running import REPOSITORY
from x4_checks import x4_faults

LAYOUTS = REPOSITORY / "layouts"
NAMES = sorted(path.parent.name for path in LAYOUTS.glob("*/layout.toml"))
CARD = REPOSITORY / "source" / "open-day-card.md"
"""A few words, which every layout has a place for."""
INSIDE = 1.0
"""Millimetres on either side of the trim at which colours are compared."""
NEARLY = 6
"""The difference of two shades that anti-aliasing makes."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("press-layouts")
    for folder in ("layouts", "styles"):
        shutil.copytree(REPOSITORY / folder, workspace / folder)
    (workspace / "leaflet.toml").touch()
    (workspace / "press.icc").write_bytes(press_profile())
    return Path(shutil.copy(CARD, workspace))


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


def along_the_trim(page: Image.Image, box: tuple[float, float, float, float], shift: float, scale: float) -> list[int]:
    """Shades of grey along the four edges of ``box``, ``shift`` points inside it."""
    left, bottom, right, top = box
    left, right, low, high = left + shift, right - shift, bottom + shift, top - shift
    count = 60
    points = [(left + (right - left) * step / count, y) for step in range(4, count - 3) for y in (low, high)]
    points += [(x, low + (high - low) * step / count) for step in range(4, count - 3) for x in (left, right)]
    return [page.getpixel((int(x * scale), page.height - 1 - int(y * scale))) for x, y in points]


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_for_the_press_keeps_every_clause_and_colour_fills_the_bleed(
    name: str, source: Path, session: Session
) -> None:
    layout, finish = load_layout(LAYOUTS / name), OutputIntent(press=source.parent / "press.icc")
    choices = Choices(layout=name, style="clinic", formats=("sheet",), finish=finish)
    made = compose(source, choices, today=date(2026, 11, 1), session=session)
    sheet = made.files[f"{source.stem}-sheet.pdf"]
    assert x4_faults(sheet) == []
    for number, page in enumerate(PdfReader(BytesIO(sheet)).pages):
        trim, bleed = ([float(value) for value in page[key]] for key in ("/TrimBox", "/BleedBox"))
        assert [abs(one - other) / 72 * 25.4 for one, other in zip(trim, bleed, strict=True)] == pytest.approx(
            [layout.bleed] * 4, abs=0.01
        )
        drawn = pypdfium2.PdfDocument(sheet)[number].render(scale=2, grayscale=True).to_pil()
        offset = [float(value) for value in page["/MediaBox"]][:2] * 2
        box = tuple(value - shift for value, shift in zip(trim, offset, strict=True))
        inner = along_the_trim(drawn, box, INSIDE / 25.4 * 72, 2)
        outer = along_the_trim(drawn, box, -INSIDE / 25.4 * 72, 2)
        bare = [one for one, other in zip(inner, outer, strict=True) if one < 250 - NEARLY and other > 250]
        at_folds = len(inner) // 50  # a panel may end between two of the points
        assert len(bare) <= at_folds or not layout.bleed, (
            f"{len(bare)} of {len(inner)} points of the edge are white in the bleed"
        )
