"""The last page of a handout: lists count from where they begin, and footnotes are above the ground of the end plate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2

from leaflet.pipeline import Choices, compose

TEXT = """---
title: Lists
layout: handout-a4
author: {given: A., family: Test}
contact: {phone: "01632 960 123"}
---

# One

Text with a note.^[Words at the foot.]

3. three
4. four
"""


def test_lists_go_on_and_notes_are_readable(tmp_path: Path) -> None:
    source = tmp_path / "source" / "a.md"
    source.parent.mkdir()
    source.write_text(TEXT, encoding="utf-8")
    made = compose(source, Choices(formats=("pdf",)), today=date(2026, 11, 1))
    page = pypdfium2.PdfDocument(made.files["a.pdf"])[0]
    words = page.get_textpage()
    assert "3. three" in words.get_text_range()
    left, bottom, _, top = words.get_charbox(words.search("Words at the foot").get_next()[0])
    picture = page.render(scale=2).to_pil().convert("RGB")
    beside = (round(left * 2) - 2, picture.height - round(bottom + top))
    assert picture.getpixel(beside) == (255, 255, 255)
    assert picture.getpixel((beside[0], picture.height - 20)) != (255, 255, 255)
