"""Pages that are laid out, with their measures and messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from logging import ERROR, LogRecord
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from leaflet.model.fold import Millimetres
from leaflet.weasy.fetch import WorkspaceFetcher
from leaflet.weasy.measure import PIXELS_PER_MM, PageMeasure
from leaflet.weasy.parse_css import ParsedCss
from leaflet.weasy.types import Anything, Box, Page, WeasyDocument
from leaflet.weasy.types import Element as TreeElement

NO_GLYPH = ".notdef glyph"
ABOUT_THE_MACHINE = "Using fontTools instead of HarfBuzz-Subset"
"""The beginning of WeasyPrint's message that a library is not installed; the page is the same without it."""


class Message(Struct, frozen=True, kw_only=True):
    """Something that WeasyPrint said of a page."""

    text: str
    is_error: bool
    character: str = ""
    """The character that no font has, where the message is about one."""


class Unserved(Struct, frozen=True, kw_only=True):
    """An address that a page asks for and did not get."""

    address: str
    reason: str
    is_allowed: bool
    """It is only missing; otherwise a build must not open it."""


class PlacedImage(Struct, frozen=True, kw_only=True):
    """A picture of pixels, in the text or behind it, with its printed size."""

    pixels: tuple[int, int]
    width: Millimetres
    height: Millimetres
    element: TreeElement
    in_text: bool = True
    """False for a picture behind an element."""


class RunLayout(Struct, frozen=True, kw_only=True):
    """A run of panels, laid out."""

    document: WeasyDocument
    pages: tuple[Page, ...]
    measures: tuple[PageMeasure, ...]
    root: TreeElement
    """Its HTML tree."""
    footnotes: int
    fetcher: WorkspaceFetcher
    """All addresses that were requested; the same are requested again when the run is painted."""
    log: list[LogRecord]
    art: str = ""
    """The key of the art that was added to its cover; empty for none."""


class LaidOut(Struct, frozen=True, kw_only=True):
    """All runs of a leaflet at one scale."""

    css: ParsedCss
    runs: tuple[RunLayout, ...]

    @property
    def pages(self) -> list[Page]:
        """The panels in reading order."""
        return [page for run in self.runs for page in run.pages]

    @property
    def measures(self) -> tuple[PageMeasure, ...]:
        """The fill of each panel."""
        return tuple(measure for run in self.runs for measure in run.measures)

    @property
    def root(self) -> Element:
        """An element that holds the HTML trees of all runs."""
        root = Element("leaflet")
        root.extend(run.root for run in self.runs)
        return root

    @property
    def messages(self) -> list[Message]:
        """The messages about the CSS, the layout and, once they were written, the pages."""
        records = [*self.css.log, *(record for run in self.runs for record in run.log)]
        return messages_from(records)

    @property
    def unserved(self) -> list[Unserved]:
        """The addresses that the CSS and the pages ask for and did not get."""
        return [*unserved_by(self.css.fetcher), *(one for run in self.runs for one in unserved_by(run.fetcher))]

    def images(self) -> Iterator[PlacedImage]:
        """Yield the pictures of pixels."""
        for page in self.pages:
            yield from _images(page._page_box)


class Written(Struct, frozen=True, kw_only=True):
    """A PDF, and what showed while it was written."""

    data: bytes
    messages: tuple[Message, ...]
    unserved: tuple[Unserved, ...]


def messages_from(records: Iterable[LogRecord]) -> list[Message]:
    """Return what ``records`` of WeasyPrint's log say of the document; what they say of the machine is `leaflet doctor`'s."""
    return [_message(record) for record in records if not str(record.msg).startswith(ABOUT_THE_MACHINE)]


def _message(record: LogRecord) -> Message:
    missing = str(record.msg).startswith(NO_GLYPH) and isinstance(record.args, tuple)
    character = str(record.args[0]) if missing and isinstance(record.args, tuple) else ""
    return Message(text=record.getMessage(), is_error=record.levelno >= ERROR, character=character)


def unserved_by(fetcher: WorkspaceFetcher) -> list[Unserved]:
    """Return the addresses that ``fetcher`` did not serve."""
    found: Sequence[tuple[dict[str, str], bool]] = ((fetcher.missing, True), (fetcher.refused, False))
    return [
        Unserved(address=url, reason=reason, is_allowed=allowed)
        for reasons, allowed in found
        for url, reason in reasons.items()
    ]


def _images(box: Box) -> Iterator[PlacedImage]:
    box = getattr(box, "_box", box)
    background = getattr(box, "background", None)
    for layer in background.layers if background else ():
        if _has_pixels(layer.image) and all(layer.size):
            width, height = layer.size
            yield replace(_placed(layer.image, width, height, box.element), in_text=False)
    if _has_pixels(getattr(box, "replacement", None)) and box.width and box.height:
        yield _placed(box.replacement, box.width, box.height, box.element)
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from _images(child)


def _placed(image: Anything, width: float, height: float, element: TreeElement) -> PlacedImage:
    return PlacedImage(
        pixels=(image.width, image.height), width=width / PIXELS_PER_MM, height=height / PIXELS_PER_MM, element=element
    )


def _has_pixels(image: Anything) -> bool:
    """Return whether an image is made of pixels; WeasyPrint's vectors and gradients have no mode."""
    return hasattr(image, "mode") and hasattr(image, "width")
