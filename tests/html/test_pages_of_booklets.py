"""Pages of booklets: pictures leave no page half empty."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from leaflet.pipeline import Choices, compose


def test_a_tall_picture_takes_less_than_half_a_page(tmp_path: Path) -> None:
    Image.new("RGB", (600, 1400), "navy").save(tmp_path / "tall.png")
    source = tmp_path / "source.md"
    source.write_text("---\ntitle: Tall\n---\n\n## One\n\nWords.\n\n![Tall](tall.png)\n", encoding="utf-8")
    made = compose(source, Choices(formats=("pdf",), layout="booklet-a5"), today=date(2026, 1, 1))
    heights: list[float] = []

    def note_height(operator: bytes, operands: object, matrix: list[float], text_matrix: object) -> None:
        if operator == b"Do":
            heights.append(abs(matrix[3]))

    page = PdfReader(BytesIO(made.files["source.pdf"])).pages[1]
    page.extract_text(visitor_operand_before=note_height)
    assert 0.3 < max(heights) / float(page.mediabox.height) < 0.4
