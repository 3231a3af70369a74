"""Fonts of a workspace: the families in its folder ``fonts``, their licence bits, their characters and their width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from leaflet.errors import LeafletError, Location, Problem
from leaflet.files.opening import read_file
from leaflet.model.typefaces import FontFile, OwnTypeface
from leaflet.model.workspace import Workspace

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FOLDER = "fonts"
SUFFIXES = (".ttf", ".otf", ".woff2")
LARGEST = 30_000_000
"""In bytes, of one file."""
RESTRICTED, NO_SUBSETTING, BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
"""Bits of ``fsType`` (OpenType, table OS/2): what a licence forbids."""
MORE_ALLOWED = 0x000C
"""Preview and print, and editable embedding: of several bits the least restrictive counts."""
SAMPLE = "The quick walk through the old mill takes about forty minutes, and all of it is on the level."
FAMILY, TYPOGRAPHIC_FAMILY = 1, 16
"""Names in a font (OpenType, table name): the second groups all weights."""
CALIBRATION = 1.08
"""The ratio of estimated widths to the mean width of the characters, so that they are rather too wide than too narrow."""
LIGHT = 1.08
"""The ratio of the widths of the regular weight to those of the lightest, which variable fonts often declare."""
REGULAR = 400


class _Read(Struct, frozen=True, kw_only=True):
    family: str
    file: FontFile
    character: float
    characters: frozenset[int]


def own_typefaces(workspace: Workspace) -> Mapping[str, OwnTypeface]:
    """Return the families in the workspace's folder ``fonts``, by name.

    Raises:
        LeafletError: everything for which a file cannot be used.
    """
    folder = workspace.root / FOLDER
    if not folder.is_dir():
        return {}
    read: list[_Read] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES:
            try:
                read.append(_font(path, workspace))
            except LeafletError as error:
                problems += error.problems
    if problems:
        raise LeafletError(problems)
    families: dict[str, list[_Read]] = {}
    for one in read:
        families.setdefault(one.family, []).append(one)
    return {family: _typeface(family, parts) for family, parts in families.items()}


def _typeface(family: str, parts: Iterable[_Read]) -> OwnTypeface:
    listed = sorted(parts, key=lambda part: (part.file.italic, abs(part.file.weight - 400), part.file.path))
    return OwnTypeface(
        family=family,
        files=tuple(part.file for part in listed),
        character=listed[0].character,
        characters=frozenset.intersection(*(part.characters for part in listed)),
    )


def _font(path: Path, workspace: Workspace) -> _Read:
    from fontTools.ttLib import TTFont

    name = f"{FOLDER}/{path.name}"

    def refused(message: str, hint: str) -> LeafletError:
        return LeafletError(Problem(message=f"the font {message}", location=Location(file=name), hint=hint))

    try:
        data = read_file(path, inside=(workspace.root,), largest=LARGEST)
        font = TTFont(BytesIO(data), lazy=True)
        names, os2 = font["name"], font["OS/2"]
        family = names.getDebugName(TYPOGRAPHIC_FAMILY) or names.getDebugName(FAMILY) or ""
        licence, weight, selection = int(os2.fsType), int(os2.usWeightClass), int(os2.fsSelection)
        characters = frozenset(font.getBestCmap() or {})
        width = _mean_width(font)
    except ImportError as error:
        hint = "save it as .ttf or .otf, or install the package brotli"
        raise refused("is compressed in a way that cannot be read here", hint) from error
    except LeafletError:
        raise
    except (
        Exception
    ) as error:  # fontTools raises whatever a damaged table leads it to: struct.error, ZeroDivisionError…
        hint = "take it from where it came from once more: .ttf, .otf and .woff2 are read"
        raise refused("is damaged or no font at all", hint) from error
    if not family.strip():
        raise refused("has no name of a family", "ask its maker for one that has")
    _check_licence(licence, refused)
    file = FontFile(
        path=name,
        italic=bool(selection & 1),
        weight=min(900, max(100, weight)),
        variable="fvar" in font,
    )
    return _Read(family=family.strip(), file=file, character=width, characters=characters)


def forbids_embedding(licence: int) -> bool:
    """Return whether the bits ``fsType`` of a font forbid to embed it."""
    return bool(licence & RESTRICTED) and not licence & MORE_ALLOWED


def allows_pictures_only(licence: int) -> bool:
    """Return whether the bits ``fsType`` of a font allow to embed no more than pictures of its letters."""
    return bool(licence & BITMAPS_ONLY)


def _check_licence(licence: int, refused: Callable[[str, str], LeafletError]) -> None:
    hint = "ask its maker for a licence to embed it, and for a file that says so, or choose another font"
    if forbids_embedding(licence):
        raise refused("may not be embedded in a PDF: its licence bits (fsType) say so", hint)
    if allows_pictures_only(licence):
        raise refused("may only be embedded as a picture: its licence bits (fsType) say so", hint)
    if licence & NO_SUBSETTING:
        raise refused("may only be embedded whole: its licence bits (fsType) say so", hint)


def _mean_width(font: TTFont) -> float:
    """Return the mean width of a character of running text, in ems."""
    glyphs, advances = font.getBestCmap() or {}, font["hmtx"]
    known = [advances[glyphs[ord(char)]][0] for char in SAMPLE if ord(char) in glyphs]
    mean = sum(known) / len(known) if known else font["head"].unitsPerEm * 0.5
    light = LIGHT if "fvar" in font and font["OS/2"].usWeightClass < REGULAR else 1.0
    return round(float(mean / font["head"].unitsPerEm) * CALIBRATION * light, 3)
