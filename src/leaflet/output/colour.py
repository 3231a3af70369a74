"""Conversion of screen colours to printing inks, through the press's own ICC profile and within its limit of ink.

Text and thin lines are a special case: four inks that do not meet exactly would blur them. Dark text without much
colour, and everything that is plain grey, is therefore printed in black alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from typing import Any, TypeAlias

from msgspec import Struct
from PIL import Image, ImageCms, ImageFilter, ImageMath

from leaflet.errors import Location, Problem, SourceError

Ink: TypeAlias = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""
Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

LIMIT = 300.0
"""Total ink in per cent for most sheet-fed printing (print-facts: coated up to 330, uncoated about 280)."""
NEUTRAL = 2 / 255
"""Channels that differ by no more than this make a grey."""
DARK_TEXT = 45.0
"""Lightness (L*) up to which text without much colour is printed in black alone."""
LITTLE_COLOUR = 15.0
"""Chroma (C*) up to which text counts as without much colour: blue-black and brown-black inks, not brand colours."""
FULL_BLACK = 0.9
"""From this share on, black text is printed solid: a screen of dots would only roughen it."""
ROUNDING = 0.8
"""The most ink that rounding four plates to 8 bits may add, in per cent."""
NODES = 33
"""Points along each side of the table by which images are converted; in between it interpolates."""
LAB_ZERO = 128
"""The value by which Pillow's 8 bits write zero of a* and b*."""
BLACK: Ink = (0.0, 0.0, 0.0, 1.0)
NONE: Ink = (0.0, 0.0, 0.0, 0.0)


class Press(Struct, frozen=True, dict=True):
    """A printing condition: its profile, what the profile calls itself, and the most ink, in per cent."""

    profile: bytes
    name: str
    limit: float = LIMIT

    def ink(self, colour: Colour) -> Ink:
        """Return the inks for an area of ``colour``."""
        known = self._inks.get(colour)
        if known is None:
            known = self._inks[colour] = _ink(self, colour)
        return known

    def text_ink(self, colour: Colour) -> Ink:
        """Return the inks for text and lines of ``colour``."""
        lightness, a, b = self._lab(colour)
        if lightness <= DARK_TEXT and (a * a + b * b) ** 0.5 <= LITTLE_COLOUR:
            black = self._black(lightness)
            return BLACK if black >= FULL_BLACK else (0.0, 0.0, 0.0, black)
        return self.ink(colour)

    def from_lab(self, lightness: float, a: float, b: float) -> Ink:
        """Return the inks for an area of a CIE Lab colour."""
        pixel = Image.new("LAB", (1, 1), (round(lightness * 2.55), round(a) + LAB_ZERO, round(b) + LAB_ZERO))
        red, green, blue = _pixel(_applied(self._lab_to_screen, pixel))
        return self.ink((red / 255, green / 255, blue / 255))

    def image(self, image: Image.Image) -> Image.Image:
        """Convert an RGB image to inks.

        Between the nodes of the table all inks are means, so none is over the limit.
        """
        return image.filter(self._table)

    def limited_image(self, image: Image.Image) -> Image.Image:
        """Return a CMYK image with less ink where it has too much."""
        most = int((self.limit - ROUNDING) * 2.55)
        total = ImageMath.lambda_eval(
            lambda plates: plates["c"] + plates["m"] + plates["y"] + plates["k"],
            **{name: plate.convert("I") for name, plate in zip("cmyk", image.split(), strict=True)},
        )
        return Image.merge("CMYK", [_scaled(plate, total, most) for plate in image.split()])

    def limited(self, ink: Ink) -> Ink:
        """Return ``ink`` within the limit: what is grey in it becomes black, which takes two parts of three off."""
        cyan, magenta, yellow, black = ink
        most = (self.limit - ROUNDING) / 100
        excess = sum(ink) - most
        if excess <= 0:
            return ink
        grey = min(excess / 2, cyan, magenta, yellow, 1 - black)
        cyan, magenta, yellow, black = cyan - grey, magenta - grey, yellow - grey, black + grey
        colours = cyan + magenta + yellow
        share = min(1.0, (most - black) / colours) if colours else 1.0
        return cyan * share, magenta * share, yellow * share, black

    def _lab(self, colour: Colour) -> tuple[float, float, float]:
        lightness, a, b = _pixel(_applied(self._screen_to_lab, _swatch(colour)))
        return lightness / 2.55, a - LAB_ZERO, b - LAB_ZERO

    def _black(self, lightness: float) -> float:
        """Return the share of black that looks as dark as ``lightness`` when printed alone."""
        ramp = self._black_ramp
        return 1.0 if lightness <= ramp[-1] else min(range(256), key=lambda step: abs(ramp[step] - lightness)) / 255

    def _convert(self, colour: Colour) -> Ink:
        return _share(_pixel(_applied(self._screen_to_press, _swatch(colour))))

    @cached_property
    def _inks(self) -> dict[Colour, Ink]:
        """Return the colours converted to inks."""
        return {}

    @cached_property
    def _black_ramp(self) -> tuple[float, ...]:
        ramp = Image.new("CMYK", (256, 1))
        for step in range(256):
            ramp.putpixel((step, 0), (0, 0, 0, step))
        shown = _applied(_transform(self._opened, _lab_profile(), "CMYK", "LAB"), ramp)
        return tuple(_pixel(shown, step)[0] / 2.55 for step in range(256))

    @cached_property
    def _table(self) -> ImageFilter.Color3DLUT:
        steps = [round(step * 255 / (NODES - 1)) for step in range(NODES)]
        grid = Image.new("RGB", (NODES**3, 1))
        grid.putdata([(red, green, blue) for blue in steps for green in steps for red in steps])
        plates = _applied(self._screen_to_press, grid).tobytes()
        inks = (self.limited(_share(plates[place : place + 4])) for place in range(0, len(plates), 4))
        table = [share for ink in inks for share in ink]
        return ImageFilter.Color3DLUT(NODES, table, channels=4, target_mode="CMYK")

    @cached_property
    def _opened(self) -> Any:
        return ImageCms.ImageCmsProfile(BytesIO(self.profile))

    @cached_property
    def _screen_to_press(self) -> ImageCms.ImageCmsTransform:
        return _transform(_screen(), self._opened, "RGB", "CMYK")

    @cached_property
    def _screen_to_lab(self) -> ImageCms.ImageCmsTransform:
        return _transform(_screen(), _lab_profile(), "RGB", "LAB")

    @cached_property
    def _lab_to_screen(self) -> ImageCms.ImageCmsTransform:
        return _transform(_lab_profile(), _screen(), "LAB", "RGB")


def open_press(profile: bytes, *, name: str, limit: float) -> Press:
    """Return the press that an ICC profile describes; ``name`` is the file's name in messages.

    Raises:
        SourceError: it is no profile of a printing press with four inks.
    """
    place = Location(file=name)
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        kind, space = opened.profile.device_class.strip(), opened.profile.xcolor_space.strip()
        description = ImageCms.getProfileDescription(opened).strip()
    except (OSError, ImageCms.PyCMSError) as error:
        raise SourceError(
            Problem(
                message="this is not an ICC profile",
                location=place,
                hint="ask the printer for the profile of the press and the paper",
            )
        ) from error
    if (kind, space) != ("prtr", "CMYK"):
        raise SourceError(
            Problem(
                message=f'this ICC profile is for {space} and devices of the class "{kind}", not for a press',
                location=place,
                hint="PDF/X needs an output profile for four inks (CMYK)",
            )
        )
    return Press(profile=profile, name=description or name, limit=limit)


def _ink(press: Press, colour: Colour) -> Ink:
    if min(colour) >= 1 - NEUTRAL:
        return NONE
    if max(colour) <= NEUTRAL:
        return BLACK
    if max(colour) - min(colour) <= NEUTRAL:
        return 0.0, 0.0, 0.0, press._black(press._lab(colour)[0])
    return press.limited(press._convert(colour))


def _transform(source: Any, target: Any, given: str, wanted: str) -> ImageCms.ImageCmsTransform:
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC
    return ImageCms.ImageCmsTransform(
        source, target, given, wanted, intent=ImageCms.Intent.RELATIVE_COLORIMETRIC, flags=flags
    )


def _applied(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    return transform.apply(image)


def _screen() -> Any:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _lab_profile() -> Any:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))


def _swatch(colour: Colour) -> Image.Image:
    return Image.new("RGB", (1, 1), (round(colour[0] * 255), round(colour[1] * 255), round(colour[2] * 255)))


def _pixel(image: Image.Image, x: int = 0) -> tuple[int, ...]:
    found = image.getpixel((x, 0))
    assert isinstance(found, tuple)
    return tuple(int(value) for value in found)


def _share(plates: Sequence[int]) -> Ink:
    cyan, magenta, yellow, black = plates
    return cyan / 255, magenta / 255, yellow / 255, black / 255


def _scaled(plate: Image.Image, total: Image.Image, most: int) -> Image.Image:
    scaled: Image.Image = ImageMath.lambda_eval(
        lambda given: given["plate"] * most / given["max"](given["total"], most), plate=plate.convert("I"), total=total
    )
    return scaled.convert("L")
