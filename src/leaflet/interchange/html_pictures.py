"""Pictures of web pages: within the page or beside it, and never from the web."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from lxml.etree import _Element

from leaflet.errors import LeafletError
from leaflet.files import DrawingError, Invalid, read_file
from leaflet.interchange.import_log import ImportLog
from leaflet.interchange.imported_content import PlacedPicture
from leaflet.interchange.imported_pictures import fault_of, shown_width
from leaflet.interchange.manuscript import ReadingOptions
from leaflet.interchange.text_pieces import TextPiece

DATA = re.compile(r"data:(?P<type>[\w/+.-]*)(?:;[\w=-]+)*?(?P<base64>;base64)?,(?P<data>.*)", re.DOTALL | re.IGNORECASE)
LINE_PX = 680
"""The width of a line of text on a page, to which pictures of a given width are compared."""
LARGEST = 50_000_000
IN_LINE_PX = 48


def picture_pieces(element: _Element, link: str, options: ReadingOptions, log: ImportLog) -> list[TextPiece]:
    """Return a picture that is within the page or beside it."""
    alt = " ".join((element.get("alt") or "").split())
    data = _content(element.get("src", ""), options, log)
    if data is None:
        return []
    try:
        path = options.pictures.add(data)
    except (Invalid, DrawingError) as error:
        log.say(f"{f'the picture “{alt}”' if alt else 'a picture'} is left out: it {fault_of(error)}")
        return []
    log.count("picture")
    sizes = [_pixels(element, side) for side in ("width", "height")]
    return [
        TextPiece(
            node=PlacedPicture(
                path=path,
                alt=alt,
                width=shown_width(sizes[0] * 25.4 / 96, LINE_PX * 25.4 / 96),
                floats=not 0 < sizes[1] <= IN_LINE_PX,
                is_decoration=element.get("alt") == "" and element.get("role") in {"presentation", "none"},
            ),
            link=link,
        )
    ]


def _pixels(element: _Element, side: str) -> float:
    """Return the width or the height that a page gives to a picture, or 0."""
    styled = re.search(rf"(?<![\w-]){side}:\s*([\d.]+)px", element.get("style", ""))
    text = styled[1] if styled else element.get(side, "")
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else 0.0


def _content(address: str, options: ReadingOptions, log: ImportLog) -> bytes | None:
    """Return the content of a picture; one on the web is reported and not fetched."""
    found = DATA.fullmatch(address.strip())
    if found:
        try:
            return base64.b64decode(found["data"]) if found["base64"] else unquote_to_bytes(found["data"])
        except (ValueError, binascii.Error):
            log.say("a picture within the page is damaged, so it is left out")
            return None
    if re.match(r"[A-Za-z][\w+.-]*:|//", address) or options.folder is None or not address:
        log.say(f"a picture is on the web, which is not opened: {address[:100]}")
        return None
    path = Path(unquote(address.partition("?")[0]))
    try:
        return read_file(options.folder / path, inside=(options.folder,), largest=LARGEST)
    except (OSError, LeafletError):
        log.say(f"the picture “{address[:80]}” is not beside the page, so it is left out")
        return None
