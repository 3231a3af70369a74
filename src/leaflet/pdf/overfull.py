"""The red bar that shows, in a draft, which pages are too full."""

from __future__ import annotations

from typing import Any

import pydyf

BAR_WIDTH = 9.0
"""In points; wide enough to be seen on a thumbnail."""


def mark_overfull(pdf: Any, pages: list[int]) -> None:
    """Draw a red bar down the left edge of each page in ``pages``, as an artifact."""
    for number in pages:
        page = pdf.objects[pdf.pages["Kids"][3 * number]]
        left, bottom, _, top = (float(value) for value in page["TrimBox"])
        bar = pydyf.Stream()
        bar.begin_marked_content("Artifact")
        bar.push_state()
        bar.set_color_rgb(0.85, 0, 0)
        bar.rectangle(left, bottom, BAR_WIDTH, top - bottom)
        bar.fill()
        bar.pop_state()
        bar.end_marked_content()
        content = pdf.objects[int(page["Contents"].split()[0])]
        content.stream = [b"q", *content.stream, b"Q", *bar.stream]
