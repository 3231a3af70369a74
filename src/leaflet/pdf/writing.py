"""The three places where WeasyPrint 70 is changed, here and only here, and only while a file is being written.

WeasyPrint has no public door between its boxes and their tags, nor to the cutting down of fonts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from leaflet.errors import LeafletError, Problem
from leaflet.pdf.engine import still_clock, weasyprint
from leaflet.pdf.instances import pin_axes
from leaflet.pdf.tags import Repairs, one_per_link

import weasyprint.pdf as writer  # isort: skip
import weasyprint.pdf.fonts as fonts  # isort: skip
import weasyprint.pdf.tags as tree  # isort: skip

TESTED_MAJOR = "70"


@contextmanager
def mended_writer(document: Any) -> Iterator[Repairs]:
    """While inside, ``document.write_pdf`` gives complete tags (once its finisher has called ``finish``), and soon.

    Raises:
        LeafletError: this is a WeasyPrint whose inner functions were never tried.
    """
    if weasyprint.VERSION.split(".")[0] != TESTED_MAJOR:
        raise LeafletError(
            Problem(
                message=f"WeasyPrint {weasyprint.VERSION} is not known to this version of leaflet",
                hint=f"install WeasyPrint {TESTED_MAJOR}",
            )
        )
    build, links, clean = tree._build_box_tree, writer.add_links, fonts.Font.clean
    repairs = Repairs(document, build)

    def pinned_and_clean(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        pin_axes(font, to_unicode)
        clean(font, to_unicode, hinting)

    tree._build_box_tree = repairs.build
    writer.add_links = lambda found, *rest: links((one_per_link(found[0]), found[1]), *rest)
    fonts.Font.clean = pinned_and_clean
    try:
        with still_clock():
            yield repairs
    finally:
        tree._build_box_tree, writer.add_links, fonts.Font.clean = build, links, clean
