"""QR codes as SVG pictures."""

from __future__ import annotations

from markupsafe import Markup

from leaflet.html.page_parts import shown_address
from leaflet.html.ui_labels import Labels

QUIET_ZONE = 4
"""Light modules around a QR code (ISO/IEC 18004, 5.3.8)."""


def qr_code(address: str, path: tuple[float, str], labels: Labels) -> Markup:
    """Return a QR code as inline SVG with its quiet zone, dark on white whatever is behind it."""
    side, dark = path
    return Markup(
        '<svg class="qr-code" role="img" xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" '
        'viewBox="0 0 {0} {0}"><title>{1}</title><rect width="{0}" height="{0}" fill="#FFFFFF"/>'
        '<path fill="#000000" d="{2}"/></svg>'
    ).format(side, labels["qr"].format(address=shown_address(address)), dark)


def qr_path(address: str) -> tuple[float, str]:
    """Return the side of the QR code of ``address`` with its quiet zone, and its dark modules as an SVG path."""
    import segno

    code = segno.make(address, error="m", micro=False)
    width, _ = code.symbol_size(border=0)
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < width:
            length = 0
            while x + length < width and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z")
            x += max(length, 1)
    return width + 2 * QUIET_ZONE, "".join(runs)
