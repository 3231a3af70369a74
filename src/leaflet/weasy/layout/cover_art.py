"""Art in the room that a cover's words leave: known only when they are laid out, so the picture is asked for then.

It is a background, and so decoration. It fills its room and nothing outside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

from leaflet.model.cover_art import ArtPlace, CoverArt, Room
from leaflet.model.fold import Millimetres
from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.measure import PIXELS_PER_MM, Box
from leaflet.weasy.patch import replaced

import weasyprint.layout as layout  # isort: skip
from weasyprint.layout.background import BackgroundLayer  # isort: skip
from weasyprint.layout.replaced import cover_constraint_image_sizing  # isort: skip

COVER = "cover"
"""The class of the element that holds a cover's words."""
CLEAR: Millimetres = 4.0
"""What stays free between the words and the art."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle in CSS pixels from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def room(self, place: ArtPlace, *, mirrored: bool) -> Room:
        """The rectangle in the terms of who draws into it; tenths of a millimetre are near enough."""
        width, height = (
            round((end - start) / PIXELS_PER_MM, 1) for start, end in ((self.left, self.right), (self.top, self.bottom))
        )
        return Room(place=place, width=width, height=height, mirrored=mirrored)


def art_on_covers(art: CoverArt | None, base: str) -> AbstractContextManager[None]:
    """While inside, pages with a cover on them get ``art``; addresses are relative to ``base``."""
    if art is None:
        return nullcontext()

    def with_art(backgrounds: Callable[..., None]) -> Callable[..., None]:
        def lay_out(page: Box, image_of: Callable[..., Any]) -> None:
            backgrounds(page, image_of)
            _put(art, page, lambda address: image_of(url=urljoin(base, address)))

        return lay_out

    return replaced(layout, "layout_backgrounds", with_art)


def _put(art: CoverArt, page: Box, image_of: Callable[[str], Any]) -> None:
    path = _path_to_cover(page)
    if not path:
        return
    cover = path[-1]
    ground = next((part for part in _parts(cover) if str(part.element_tag).endswith("::before")), None)
    beside = art.place is ArtPlace.BESIDE
    owner = ground if beside else page
    if owner is None or owner.background is None:
        return
    mirrored = cover.style["direction"] == "rtl"
    frame = _beside(cover, ground, page, mirrored=mirrored) if beside else _apart(art, path)
    address = art.picture(frame.room(art.place, mirrored=mirrored))
    image = image_of(address) if address else None
    if image is not None:
        _add(owner, image, frame)


def _path_to_cover(page: Box) -> tuple[Box, ...]:
    """The boxes from ``page`` down to the one of the cover's words; none where it is not on this page."""
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
    """The blocks that the cover's words stand in; what is positioned is none of them."""
    return (part for part in _parts(cover) if part.style["position"] != "absolute" and hasattr(part, "border_height"))


def _apart(art: CoverArt, path: tuple[Box, ...]) -> Frame:
    """The room over the words or under them, as wide as the panel and its bleed."""
    page, words = path[0], tuple(_words(path[-1]))
    x, y, width, height = page.bleed_area
    most, clear = page.margin_height() * art.most, CLEAR * PIXELS_PER_MM
    if art.place is ArtPlace.ABOVE:
        bottom = min((word.border_box_y() for word in words), default=y + height) - clear
        return Frame(left=x, top=y, right=x + width, bottom=min(bottom, y + most))
    top = max((word.border_box_y() + word.border_height() for word in words), default=y) + clear
    bottom = min((after.border_box_y() for after in _after(path)), default=y + height)
    return Frame(left=x, top=max(top, bottom - most), right=x + width, bottom=bottom)


def _after(path: tuple[Box, ...]) -> Iterator[Box]:
    """What follows the cover's words on their page, without the margins' boxes."""
    for around, inner in pairwise(path):
        parts = list(_parts(around))
        place = next(number for number, part in enumerate(parts) if part is inner)
        for part in parts[place + 1 :]:
            if type(part).__name__ != "MarginBox" and part.style["position"] != "absolute" and part.border_height():
                yield part


def _beside(cover: Box, ground: Box, page: Box, *, mirrored: bool) -> Frame:
    """The room between the end of the lines and the edge of the panel, as high as the ground that they stand on."""
    x, _, width, _ = page.bleed_area
    start, end = cover.content_box_x(), cover.content_box_x() + cover.width
    top, bottom = ground.border_box_y(), ground.border_box_y() + ground.border_height()
    clear = CLEAR * PIXELS_PER_MM
    if mirrored:
        return Frame(left=x, top=top, right=start - clear, bottom=bottom)
    return Frame(left=end + clear, top=top, right=x + width, bottom=bottom)


def _add(owner: Box, image: Any, frame: Frame) -> None:
    """``image`` on the ground of ``owner``, so large that it fills ``frame``, and cut off there."""
    width, height = frame.right - frame.left, frame.bottom - frame.top
    _, _, ratio = image.get_intrinsic_size(1, owner.style["font_size"])
    size = cover_constraint_image_sizing(width, height, ratio)
    position = (width - size[0]) / 2, (height - size[1]) / 2
    area = frame.left, frame.top, width, height
    layer = BackgroundLayer(
        image=image,
        size=size,
        position=position,
        repeat=("no-repeat", "no-repeat"),
        unbounded=False,
        painting_area=area,
        positioning_area=area,
        clipped_boxes=owner.background.layers[-1].clipped_boxes,
    )
    owner.background = owner.background._replace(layers=[layer, *owner.background.layers])
