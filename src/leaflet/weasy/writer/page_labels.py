"""Labels of pages, and in a draft a red bar on each page that is too full."""

from __future__ import annotations

from collections.abc import Sequence

import pydyf

from leaflet.weasy.types import Pdf

BAR_WIDTH = 9.0
"""In points; wide enough to be seen on a thumbnail."""


def mark_overfull(pdf: Pdf, pages: Sequence[int]) -> None:
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


def label_pages(pdf: Pdf, labels: Sequence[str]) -> None:
    """Name each page after its panel (ISO 32000-1, 12.4.2); the sheet stage finds the panels by these names."""
    numbers = pydyf.Array()
    for page, label in enumerate(labels):
        numbers.extend((page, pydyf.Dictionary({"P": pydyf.String(label)})))
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})
