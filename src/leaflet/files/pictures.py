"""Pictures: files inside the workspace that are of a known kind, whole, and fetch and run nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from io import BytesIO
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.errors import LeafletError, Location, Problem, SourceError
from leaflet.files.field_syntax import FIELD_REFERENCE
from leaflet.files.opening import read_file
from leaflet.files.suggest import closest
from leaflet.files.svg import read_svg
from leaflet.files.value_checks import Invalid, shown
from leaflet.model.picture import Picture, PictureKind
from leaflet.model.workspace import Workspace

if TYPE_CHECKING:
    from pikepdf import Object

LARGEST = 50_000_000
"""In bytes."""
MOST_PIXELS = 100_000_000
"""An A3 sheet at 600 dpi has 70 million."""
PLAIN_NAME = re.compile(r"[^./\\:\x00-\x1f\x7f][^/\\:\x00-\x1f\x7f]*")
ORIENTATION = 0x0112
"""The tag of a camera's data that says how a picture is turned."""
SMALLEST_TILE = 0.1
SIDEWAYS = (5, 6, 7, 8)
KINDS_HINT = "use PNG, JPEG, GIF, WebP, AVIF, SVG or PDF"
WEB_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
PIXELS = frozenset({PictureKind.PNG, PictureKind.JPEG, PictureKind.GIF, PictureKind.WEBP, PictureKind.AVIF})
"""Kinds of which one may have the suffix of another, as browsers and pandoc allow."""
SAVE_DRAWING = "save it as plain SVG, with everything it needs inside it"


def read_picture(
    path: str, *, folder: Path, workspace: Workspace, asked_at: Location | None, noun: str = "image"
) -> Picture:
    """Return the picture that ``path`` names from ``folder``, after all checks; ``noun`` is what messages call it.

    Raises:
        UnsafeError: the file lies outside the workspace.
        SourceError: everything for which it cannot be used.
    """
    named = f'the {noun} "{path if len(path) <= 60 else f"{path[:57]}…"}"'

    def refused(message: str, hint: str) -> SourceError:
        return SourceError(Problem(message=message, location=asked_at, hint=hint))

    if not path:
        raise refused(f"the {noun} names no file", "write its path: ![what it shows](images/picture.png)")
    if WEB_ADDRESS.match(path):
        hint = "copy it into the workspace and name it by its path"
        raise refused(f"{named} is not a file of the workspace, so it is not opened", hint)
    if PictureKind.of_suffix(Path(path).suffix) is None:
        raise refused(f"{named} is of no kind that leaflet prints", KINDS_HINT)
    try:
        file = workspace.resolve(path, beside=folder, asked_at=asked_at)
        if not file.is_file():
            message = f"there is no {named.removeprefix('the ')}"
            raise refused(message, _near(path, file, workspace))
        return read_picture_file(file, workspace)
    except Invalid as fault:
        raise refused(f"{named} {fault.message}", fault.hint) from None
    except DrawingError as error:
        raise SourceError(
            Problem(
                message=f"the drawing {named.removeprefix(f'the {noun} ')} {fault}",
                location=asked_at,
                hint=SAVE_DRAWING,
            )
            for fault in error.faults
        ) from None
    except (OSError, ValueError, RuntimeError):
        raise refused(f"{named} cannot be opened", "check its name and that you may read it") from None


def check_image(path: str, *, folder: Path, workspace: Workspace, asked_at: Location | None) -> tuple[Problem, ...]:
    """Return what is wrong with the picture that ``path`` names from ``folder``; empty where it can be used."""
    try:
        read_picture(path, folder=folder, workspace=workspace, asked_at=asked_at)
    except LeafletError as error:
        return error.problems
    return ()


class TooLargePictureError(Invalid):
    """A picture is too large to be opened."""


class DrawingError(ValueError):
    """An SVG file holds what no drawing may hold."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        """Each as the end of a sentence."""
        super().__init__("; ".join(faults))


def read_picture_file(file: Path, workspace: Workspace) -> Picture:
    """Return the picture in ``file``, whose name and place have been checked.

    A file is decoded once as long as its time and size do not change.

    Raises:
        UnsafeError: the file lies outside the workspace.
        OSError: it cannot be read.
        TooLargePictureError: it is too large.
        Invalid: it is no picture of the kind that its suffix says, or is damaged.
        DrawingError: it is a drawing that holds what none may hold.
    """
    known = file.stat()
    mark = (file, known.st_mtime_ns, known.st_size)
    if mark not in workspace.pictures:
        if known.st_size > LARGEST:
            raise TooLargePictureError(f"is larger than {LARGEST // 1_000_000} MB", "make it smaller")
        data = read_file(file, inside=workspace.roots, largest=LARGEST)
        workspace.pictures[mark] = _picture(file, data)
    return workspace.pictures[mark]


def picture_ratio(path: str, *, folder: Path, workspace: Workspace) -> float | None:
    """Return the width of a picture over its height, or None where it is unknown."""
    try:
        size = read_picture(path, folder=folder, workspace=workspace, asked_at=None).size
    except LeafletError:
        return None
    return size[0] / size[1] if size and min(size) > 0 else None


def picture_data(picture: Picture, workspace: Workspace) -> bytes:
    """Return the content of a picture.

    Raises:
        SourceError: the file has changed since it was checked.
        OSError: it cannot be read any more.
    """
    data = read_file(picture.path, inside=workspace.roots, largest=LARGEST)
    if hashlib.sha256(data).hexdigest() != picture.digest:
        name = workspace.name_of(picture.path)
        raise SourceError(Problem(message=f'the picture "{name}" was changed during the build', hint="build once more"))
    return data


def picture_address(picture: Picture, workspace: Workspace) -> str:
    """Return a picture as a ``data:`` address; see ``picture_data``."""
    content = base64.b64encode(picture_data(picture, workspace)).decode("ascii")
    return f"data:{picture.kind.media_type};base64,{content}"


def check_pixels(data: bytes) -> None:
    """Refuse data of too many pixels; data of no kind that leaflet prints is let pass.

    Raises:
        TooLargePictureError: it has too many.
    """
    kind = kind_of(data)
    if kind is None or kind in {PictureKind.SVG, PictureKind.PDF}:
        return
    from leaflet.files.raster_images import open_head

    try:
        width, height = open_head(data, kind).size
    except Exception:
        return
    _refuse_too_many(width, height)


def check_picture_data(data: bytes) -> PictureKind:
    """Return the kind of a picture that can be printed as it is.

    Raises:
        TooLargePictureError: it is too large to be opened.
        Invalid: it is no picture, or is damaged.
        DrawingError: it is a drawing that holds what none may hold.
    """
    kind = kind_of(data)
    if kind is None:
        raise Invalid("is of no kind that leaflet prints", KINDS_HINT)
    if len(data) > LARGEST:
        raise TooLargePictureError(f"is larger than {LARGEST // 1_000_000} MB", "make it smaller")
    _size_of(data, kind)
    return kind


def kind_of(data: bytes) -> PictureKind | None:
    """Return the kind of a picture by its first bytes."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return PictureKind.JPEG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return PictureKind.GIF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return PictureKind.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis"}:
        return PictureKind.AVIF
    if data.startswith(b"%PDF-"):
        return PictureKind.PDF
    return PictureKind.SVG if re.search(rb"<(?:[A-Za-z]+:)?svg[\s>]", data[:200_000]) else None


def _picture(file: Path, data: bytes) -> Picture:
    kind, found = PictureKind.of_suffix(file.suffix), kind_of(data)
    if kind is None:
        raise Invalid("is of no kind that leaflet prints", KINDS_HINT)
    if found is None or (found is not kind and not {found, kind} <= PIXELS):
        what = f"{found} data" if found else f"no {kind} data"
        raise Invalid(f"holds {what}", f"save it as {kind} again, or give it the suffix that fits")
    return Picture(path=file, kind=found, size=_size_of(data, found), digest=hashlib.sha256(data).hexdigest())


def _size_of(data: bytes, kind: PictureKind) -> tuple[float, float] | None:
    """Return the size of a picture that is whole and holds nothing that none may hold."""
    if kind is PictureKind.SVG:
        faults, size = read_svg(data)
        if faults:
            raise DrawingError(faults)
        return size
    return _first_page(data) if kind is PictureKind.PDF else _pixels(data, kind)


def _first_page(data: bytes) -> tuple[float, float]:
    """Return the width and height of the first page of a PDF file in points."""
    from pikepdf import PasswordError, Pdf, PdfError

    try:
        with Pdf.open(BytesIO(data)) as pdf:
            left, bottom, right, top = map(float, pdf.pages[0].mediabox)
            has_tiny_tiles = any(map(_is_tiny_tile, pdf.objects))
    except PasswordError:
        raise Invalid("is encrypted", "save it without a password") from None
    except (PdfError, IndexError, ValueError):
        raise Invalid("is no PDF file with a page", "save it again as PDF, SVG or PNG") from None
    if has_tiny_tiles:
        raise Invalid(f"repeats a tile that is less than {SMALLEST_TILE} points wide", "draw the area in one colour")
    return abs(right - left), abs(top - bottom)


def _is_tiny_tile(found: Object) -> bool:
    """Return whether an object of a PDF file is a pattern that would be drawn millions of times on a page."""
    from pikepdf import Stream

    if not isinstance(found, Stream) or found.get("/PatternType") != 1:
        return False
    try:
        a, b, c, d = (float(number) for number in list(found.get("/Matrix", (1, 0, 0, 1, 0, 0)))[:4])  # type: ignore[arg-type]
        steps = float(found.get("/XStep", 0)) * hypot(a, b), float(found.get("/YStep", 0)) * hypot(c, d)
    except (TypeError, ValueError):
        return True
    return min(map(abs, steps)) < SMALLEST_TILE


def _pixels(data: bytes, kind: PictureKind) -> tuple[float, float]:
    """Return the width and height of a picture of pixels that can be decoded to its end."""
    from leaflet.files.raster_images import decode_whole, open_head

    hint = f"save it as {kind} again, or copy it from where it came from once more"
    try:
        image = open_head(data, kind)
        turned = kind is PictureKind.JPEG and image.getexif().get(ORIENTATION) in SIDEWAYS
        size = image.size[::-1] if turned else image.size
    except Exception:
        raise Invalid(f"is no {kind} picture that can be read", hint) from None  # each decoder fails in its own ways
    _refuse_too_many(*size)
    try:
        decode_whole(data, kind)
    except Exception:
        raise Invalid(f"is damaged: its {kind} data ends early or cannot be decoded", hint) from None
    return size


def _refuse_too_many(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        message = f"has {width} × {height} pixels; an image may have at most {MOST_PIXELS // 10**6} million pixels"
        raise TooLargePictureError(message, "make it smaller")


def fill_path(path: str, values: Mapping[str, str]) -> str:
    """Return ``path`` with its fields filled in. A value is one plain name, so it never leads to another folder.

    Raises:
        Invalid: a value is no plain name.
    """

    def value(found: re.Match[str]) -> str:
        text = values.get(found[1], "")
        if not PLAIN_NAME.fullmatch(text):
            message = f'the field "{found[1]}" holds {shown(text)}, which cannot stand in the path of an image'
            raise Invalid(message, "a value there is the plain name of a file, without its folder: images/{{ logo }}")
        return text

    return FIELD_REFERENCE.sub(value, path)


def with_slashes(path: str) -> str | None:
    """Return the cure for a path as Windows writes it, or None."""
    if re.match(r"[A-Za-z]:[\\/]", path):
        return "copy the file into the workspace, and write its path from the folder of the file that names it"
    return f"write the path with slashes: {path.replace(chr(92), '/')}" if "\\" in path else None


def _near(path: str, file: Path, workspace: Workspace) -> str:
    if (cure := with_slashes(path)) is not None:
        return cure
    names = [other.name for other in file.parent.iterdir() if other.is_file()] if file.parent.is_dir() else []
    near = closest(file.name, names)
    if near:
        return f'did you mean "{Path(path).with_name(near[0]).as_posix()}"?'
    return f"put the file at {workspace.name_of(file)}"
