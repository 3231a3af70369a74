"""Hashes of the fonts that come with leaflet, and the version of the library that shapes text with them."""

from __future__ import annotations

from collections.abc import Mapping

from leaflet.files import read_file
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.fonts import bundled_files, font_digest

from weasyprint.text.ffi import pango  # isort: skip


def bundled_font_hashes() -> Mapping[str, str]:
    """Return the SHA-256 of each bundled font file, by family and file name."""
    return {
        f"{family}/{path.name}": font_digest(read_file(path, inside=None)) for path, family in bundled_files().items()
    }


def pango_version() -> str:
    """Return the version of Pango, as in ``1.50.12``."""
    number = int(pango.pango_version())
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
