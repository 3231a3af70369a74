"""Placement of art in the area that a cover's words leave free.

How large that area is shows only after layout. So the cover is laid out and measured, the picture is drawn for the area,
and then added as a background: it is decoration, fills its area and nothing outside, and a background moves no box, so
that nothing need be laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import TypeAlias
from urllib.parse import urljoin

from msgspec import Struct

from leaflet.model.cover_art import MIDDLE, ArtPlace, CoverArt, Focus, FreeArea
from leaflet.model.fold import Millimetres
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.measure import PIXELS_PER_MM
from leaflet.weasy.types import Anything, Box, LoadedImage, Page

from weasyprint.images import get_image_from_uri  # isort: skip
from weasyprint.layout import LayoutContext  # isort: skip
from weasyprint.layout.background import BackgroundLayer  # isort: skip
from weasyprint.layout.replaced import cover_constraint_image_sizing  # isort: skip

COVER = "cover"
"""The class of the element that holds a cover's words."""
WIDE = "wide"
"""Its class where art beside its words is below them instead."""
CLEAR: Millimetres = 4.0
"""The distance between the words and the art."""

ImageLoader: TypeAlias = Callable[[str], LoadedImage | None]
"""Returns the picture behind an address that is relative to the source."""
Addresses: TypeAlias = Callable[[CoverArt, FreeArea], str]
"""Returns the address of the picture of art for an area."""


class CoverFrame(Struct, frozen=True, kw_only=True):
    """A rectangle in CSS pixels from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def free_area(self, place: ArtPlace, *, mirrored: bool) -> FreeArea:
        """Return the rectangle in millimetres, rounded to tenths, for the function that draws the picture."""
        width, height = (
            round((end - start) / PIXELS_PER_MM, 1) for start, end in ((self.left, self.right), (self.top, self.bottom))
        )
        return FreeArea(place=place, width=width, height=height, mirrored=mirrored)


class CoverArea(Struct, frozen=True, kw_only=True):
    """The area of a page that a cover's words leave free."""

    owner: Box
    """The box whose background the art becomes: the page, or the band beside the words."""
    frame: CoverFrame
    free: FreeArea
    words: float = 0.0
    """The share of the area's height at which the words on it begin."""


def image_loader(
    images: dict[str, Anything], base: str, *, fetcher: object, fonts: object, counters: object, variant: str | None
) -> ImageLoader:
    """Return a function that loads pictures as WeasyPrint loads those of a page; ``images`` are the page's."""
    options: Mapping[str, Anything] = {**weasyprint.DEFAULT_OPTIONS, "pdf_variant": variant}
    load = partial(get_image_from_uri, images, fetcher, options)
    context = LayoutContext(None, load, fonts, counters, None)  # for text in vector pictures

    def image_at(address: str) -> LoadedImage | None:
        image: LoadedImage | None = context.get_image_from_uri(url=urljoin(base, address))
        return image

    return image_at


def add_art(pages: Iterable[Page], art: CoverArt, load: ImageLoader, address_of: Addresses) -> None:
    """Add ``art`` to the pages with a cover on them; they are laid out and not yet painted."""
    for page in pages:
        area = free_area(page._page_box, art)
        address = address_of(art, area.free) if area else ""
        image = load(address) if address else None
        if area and image is not None:
            _add(area.owner, image, area.frame, art.focus)
            scrim = load(art.scrim(area.free, area.words)) if art.scrim else None
            if scrim is not None:
                _add(area.owner, scrim, area.frame, MIDDLE)


def has_same_art(before: Page, after: Page, art: CoverArt) -> bool:
    """Return whether ``after``, made from ``before`` with other words, shows the ``art`` that was added to ``before``.

    It does where the free area is the same, and its owner is still the box whose background the art became, or its copy.
    """
    old, new = free_area(before._page_box, art), free_area(after._page_box, art)
    if old is None or new is None:
        return old is new
    is_same = (old.frame, old.free, old.words) == (new.frame, new.free, new.words)
    return is_same and old.owner.background is new.owner.background


def free_area(page: Box, art: CoverArt) -> CoverArea | None:
    """Return the area for ``art`` on ``page``; None where no cover, or no ground for the art, is on it."""
    path = _path_to_cover(page)
    if not path:
        return None
    cover = path[-1]
    ground = next((part for part in _parts(cover) if str(part.element_tag).endswith("::before")), None)
    mirrored = cover.style["direction"] == "rtl"
    if art.place is ArtPlace.WHOLE:
        owner = page if ground is None else ground
        if owner.background is None:
            return None
        frame = _bleed(page) if ground is None else _border(ground)
        first = min((word.border_box_y() for word in _words(cover)), default=frame.bottom)
        begin = (first - frame.top) / (frame.bottom - frame.top)
        return CoverArea(owner=owner, frame=frame, free=frame.free_area(art.place, mirrored=mirrored), words=begin)
    if art.place is not ArtPlace.BESIDE:
        owner, frame = page, _apart(art, path)
    elif ground is not None:
        owner, frame = ground, _beside(cover, ground, page, mirrored=mirrored)
    else:
        return None
    if owner.background is None:
        return None
    place = ArtPlace.BELOW if art.place is ArtPlace.BESIDE and _is_wide(cover) else art.place
    return CoverArea(owner=owner, frame=frame, free=frame.free_area(place, mirrored=mirrored))


def _path_to_cover(page: Box) -> tuple[Box, ...]:
    """Return the boxes from ``page`` down to the one of the cover's words; none where it is not on this page."""
    for child in _parts(page):
        if child.element is not None and COVER in child.element.get("class", "").split():
            return page, child
        below = _path_to_cover(child)
        if below:
            return page, *below
    return ()


def _parts(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        yield getattr(child, "_box", child)


def _words(cover: Box) -> Iterator[Box]:
    """Yield the blocks of the cover's words; positioned blocks are not among them."""
    return (part for part in _parts(cover) if part.style["position"] != "absolute" and hasattr(part, "border_height"))


def _bleed(page: Box) -> CoverFrame:
    """Return the whole panel with its bleed."""
    x, y, width, height = page.bleed_area
    return CoverFrame(left=x, top=y, right=x + width, bottom=y + height)


def _border(box: Box) -> CoverFrame:
    """Return the area of a box to the outer edge of its border."""
    x, y = box.border_box_x(), box.border_box_y()
    return CoverFrame(left=x, top=y, right=x + box.border_width(), bottom=y + box.border_height())


def _apart(art: CoverArt, path: tuple[Box, ...]) -> CoverFrame:
    """Return the area over the words or under them, as wide as the panel and its bleed."""
    page, words = path[0], tuple(_words(path[-1]))
    x, y, width, height = page.bleed_area
    most, clear = page.margin_height() * art.most, CLEAR * PIXELS_PER_MM
    if art.place is ArtPlace.ABOVE:
        bottom = min((word.border_box_y() for word in words), default=y + height) - clear
        return CoverFrame(left=x, top=y, right=x + width, bottom=min(bottom, y + most))
    top = max((word.border_box_y() + word.border_height() for word in words), default=y) + clear
    bottom = min((after.border_box_y() for after in _after(path)), default=y + height)
    return CoverFrame(left=x, top=max(top, bottom - most), right=x + width, bottom=bottom)


def _after(path: tuple[Box, ...]) -> Iterator[Box]:
    """Yield the boxes that follow the cover's words on their page, without those in the margins."""
    for around, inner in pairwise(path):
        parts = list(_parts(around))
        place = next(number for number, part in enumerate(parts) if part is inner)
        for part in parts[place + 1 :]:
            if type(part).__name__ != "MarginBox" and part.style["position"] != "absolute" and part.border_height():
                yield part


def _beside(cover: Box, ground: Box, page: Box, *, mirrored: bool) -> CoverFrame:
    """Return the area between the end of the lines and the edge of the panel, as high as the ground of the words.

    Below words that take the whole width it is what they leave of their ground.
    """
    x, _, width, _ = page.bleed_area
    start, end = cover.content_box_x(), cover.content_box_x() + cover.width
    top, bottom = ground.border_box_y(), ground.border_box_y() + ground.border_height()
    clear = CLEAR * PIXELS_PER_MM
    if _is_wide(cover):
        below = max((word.border_box_y() + word.border_height() for word in _words(cover)), default=top)
        return CoverFrame(left=x, top=below + clear, right=x + width, bottom=bottom)
    if mirrored:
        return CoverFrame(left=x, top=top, right=start - clear, bottom=bottom)
    return CoverFrame(left=end + clear, top=top, right=x + width, bottom=bottom)


def _is_wide(cover: Box) -> bool:
    """Return whether the words of a cover have the whole width of their ground."""
    return cover.element is not None and WIDE in cover.element.get("class", "").split()


def _add(owner: Box, image: LoadedImage, frame: CoverFrame, focus: Focus) -> None:
    """Add ``image`` to the background of ``owner``, so large that it fills ``frame``, and cut off there."""
    background = owner.background
    assert background is not None
    width, height = frame.right - frame.left, frame.bottom - frame.top
    _, _, ratio = image.get_intrinsic_size(1, owner.style["font_size"])
    size = cover_constraint_image_sizing(width, height, ratio)
    position = _shift(width, size[0], focus[0]), _shift(height, size[1], focus[1])
    area = frame.left, frame.top, width, height
    layer = BackgroundLayer(
        image=image,
        size=size,
        position=position,
        repeat=("no-repeat", "no-repeat"),
        unbounded=False,
        painting_area=area,
        positioning_area=area,
        clipped_boxes=background.layers[-1].clipped_boxes,
    )
    owner.background = background._replace(layers=[layer, *background.layers])


def _shift(space: float, length: float, focus: float) -> float:
    """Return where a picture of ``length`` begins in ``space``, its focus as near to the middle as it can be.

    >>> _shift(100, 160, 0.5), _shift(100, 160, 0.2), _shift(100, 160, 0.9)
    (-30.0, 0.0, -60.0)
    """
    return max(space - length, min(0.0, space / 2 - focus * length))
