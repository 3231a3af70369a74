"""A picture that has been checked: its file, kind, size and content hash."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct


class PictureKind(StrEnum):
    """The kinds of pictures that leaflet prints, by the name that messages use."""

    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    WEBP = "WebP"
    AVIF = "AVIF"
    SVG = "SVG"
    PDF = "PDF"
    """Its first page."""

    @property
    def media_type(self) -> str:
        """Return the type that web addresses and HTTP use."""
        special = {PictureKind.SVG: "image/svg+xml", PictureKind.PDF: "application/pdf"}
        return special.get(self, f"image/{self.value.lower()}")

    @classmethod
    def of_suffix(cls, suffix: str) -> PictureKind | None:
        """Return the kind that a file name's suffix such as ``.jpg`` says, or None.

        >>> PictureKind.of_suffix(".JPG")
        <PictureKind.JPEG: 'JPEG'>
        """
        name = suffix.lower().removeprefix(".")
        return cls.JPEG if name == "jpg" else next((kind for kind in cls if kind.value.lower() == name), None)


class Picture(Struct, frozen=True, kw_only=True):
    """A picture of the workspace that can be used as it is."""

    path: Path
    kind: PictureKind
    size: tuple[float, float] | None
    """Width and height: pixels, the units of a drawing, or points; None for a drawing that names no size."""
    digest: str
    """SHA-256 of its content, as hexadecimal digits."""
