"""Reader of the QR codes on the pages of a PDF, as a camera would see them."""

from __future__ import annotations

from collections.abc import Collection

DPI = 200


def read_qr_codes(pdf: bytes, pages: Collection[int]) -> tuple[tuple[int, str], ...] | None:
    """Return the texts of the QR codes on the pages of these indices, each with its page; None where zxing-cpp is not installed."""
    try:
        import zxingcpp
    except ImportError:
        return None
    import pypdfium2

    found: list[tuple[int, str]] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in sorted(pages):
            image = document[number].render(scale=DPI / 72, grayscale=True).to_pil()
            codes = zxingcpp.read_barcodes(image)
            found += [(number, code.text) for code in codes if code.format == zxingcpp.BarcodeFormat.QRCode]
    return tuple(found)
