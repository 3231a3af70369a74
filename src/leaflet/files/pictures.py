"""Pictures: files inside the workspace that are what their names say, and drawings that fetch and run nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

from lxml import etree

from leaflet.errors import Location, Problem, UnsafeError
from leaflet.files.field_syntax import FIELD_REFERENCE
from leaflet.files.opening import read_file
from leaflet.files.svg import svg_faults
from leaflet.files.values import Invalid, shown
from leaflet.model.workspace import Workspace

SUFFIXES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WebP", ".svg": "SVG"} | {
    ".avif": "AVIF",
    ".pdf": "PDF",
}
MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
}
LARGEST = 50_000_000
PLAIN_NAME = re.compile(r"[^./\\:\x00-\x1f\x7f][^/\\:\x00-\x1f\x7f]*")


def check_image(
    path: str, *, folder: Path, workspace: Workspace, asked_at: Location | None, word: str = "image"
) -> tuple[Problem, ...]:
    """What is wrong with the picture that ``path`` names from ``folder``; empty where it can be used.

    Messages call it ``word``.
    """

    def problem(message: str, hint: str) -> tuple[Problem, ...]:
        return (Problem(message=message, location=asked_at, hint=hint),)

    named = path if len(path) <= 60 else f"{path[:57]}…"
    if not path:
        return problem(f"the {word} names no file", "write its path: ![what it shows](images/picture.png)")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", path):
        hint = "copy it into the workspace and name it by its path"
        return problem(f'the {word} "{named}" is not a file of the workspace, so it is not opened', hint)
    kind = SUFFIXES.get(Path(path).suffix.lower())
    if kind is None:
        return problem(
            f'the {word} "{named}" is of no kind that leaflet prints', "use PNG, JPEG, GIF, WebP, AVIF, SVG or PDF"
        )
    try:
        file = workspace.resolve(path, beside=folder, asked_at=asked_at)
        if not file.is_file():
            return problem(f'there is no {word} "{named}"', _near(path, file, workspace))
        if file.stat().st_size > LARGEST:
            return problem(f'the {word} "{named}" is larger than {LARGEST // 1_000_000} MB', "make it smaller")
        data = read_file(file, inside=workspace.roots, largest=LARGEST)
    except UnsafeError as error:
        return error.problems
    except (OSError, ValueError, RuntimeError):
        return problem(f'the {word} "{named}" cannot be opened', "check its name and that you may read it")
    found = kind_of(data)
    if found != kind:
        what = f"{found} data" if found else f"no {kind} data"
        return problem(
            f'the {word} "{named}" holds {what}', f"save it as {kind} again, or give it the suffix that fits"
        )
    if kind == "SVG":
        faults = svg_faults(data)
        hint = "save it as plain SVG, with everything it needs inside it"
        return tuple(
            Problem(message=f'the drawing "{named}" {fault}', location=asked_at, hint=hint) for fault in faults
        )
    return ()


def picture_ratio(path: str, *, folder: Path, workspace: Workspace) -> float | None:
    """Return the width of a picture over its height, or None where that cannot be told."""
    try:
        data = read_file(workspace.resolve(path, beside=folder), inside=workspace.roots, largest=LARGEST)
        width, height = _svg_size(data) if kind_of(data) == "SVG" else _pixel_size(data)
    except (UnsafeError, OSError, ValueError, RuntimeError):
        return None
    return width / height if width > 0 and height > 0 else None


def _pixel_size(data: bytes) -> tuple[float, float]:
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        turned = picture.getexif().get(ORIENTATION, 1) in SIDEWAYS
        width, height = picture.size
    return (height, width) if turned else (width, height)


def _svg_size(data: bytes) -> tuple[float, float]:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    box = [float(number) for number in re.findall(r"[-+.\de]+", root.get("viewBox", ""))]
    if len(box) == 4:
        return box[2], box[3]
    width, height = (re.match(r"[\d.]+", root.get(key, "")) for key in ("width", "height"))
    return (float(width[0]), float(height[0])) if width and height else (0.0, 0.0)


ORIENTATION = 0x0112
"""The tag of a camera's data that says how a picture is turned."""
SIDEWAYS = (5, 6, 7, 8)


def embedded(file: Path, workspace: Workspace) -> str:
    """Return a picture, which was checked before, as a ``data:`` address.

    Raises:
        UnsafeError: the file lies outside the workspace.
        OSError: it cannot be read.
    """
    kind = MEDIA_TYPES[file.suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(read_file(file, inside=workspace.roots, largest=LARGEST)).decode()}"


def fill_path(path: str, values: Mapping[str, str]) -> str:
    """``path`` with its fields filled in. A value is one plain name in it, so it never leads to another folder.

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


def kind_of(data: bytes) -> str | None:
    """The kind of a picture by its first bytes."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    return "SVG" if re.search(rb"<(?:[A-Za-z]+:)?svg[\s>]", data[:200_000]) else None


def with_slashes(path: str) -> str | None:
    """The cure for a path as Windows writes it."""
    if re.match(r"[A-Za-z]:[\\/]", path):
        return "copy the file into the workspace, and write its path from the folder of the file that names it"
    return f"write the path with slashes: {path.replace(chr(92), '/')}" if "\\" in path else None


def _near(path: str, file: Path, workspace: Workspace) -> str:
    if (cure := with_slashes(path)) is not None:
        return cure
    names = sorted(other.name for other in file.parent.iterdir() if other.is_file()) if file.parent.is_dir() else []
    close = get_close_matches(file.name, names, n=1)
    return (
        f'did you mean "{Path(path).with_name(close[0]).as_posix()}"?'
        if close
        else f"put the file at {workspace.name_of(file)}"
    )
