"""Fonts for web pages and books: each face with the characters of the text only, as WOFF2.

Measured on ``ms-beta-interferon`` (two faces of Source Sans 3): 33 KB of fonts; 0.22 s of processor the first time, and less
than 2 ms later. A session holds its subsets, and the user's cache folder holds them for later processes.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from os import environ
from pathlib import Path

from fontTools import version as fonttools_version
from fontTools.ttLib import TTFont
from msgspec import Struct

from leaflet.files import UserCache, cache_folder, read_file
from leaflet.lru_cache import LruCache
from leaflet.model.typefaces import EmbeddedFont, OwnTypeface
from leaflet.model.workspace import Workspace
from leaflet.weasy.fonts import bundled_files, extra_characters
from leaflet.weasy.harfbuzz_subset import Subsetter, load_subsetter

ENGINE = 1
"""To be raised when this module makes other bytes of the same font."""
TEXT_SIZE = 12
"""In points: the place on the axis of optical sizes, which a page for screens does without."""
PRINTABLE = frozenset(range(0x20, 0x7F)) | {0xA0, 0xAD}
SLANTED = re.compile(r"<(?:em|i|cite|dfn|var|address)\b|font-style:\s*italic")
FOLDER, MOST_FILES, LARGEST = "web-fonts", 200, 4_000_000


class _Face(Struct, frozen=True, kw_only=True):
    family: str
    path: Path
    inside: tuple[Path, ...] | None
    """The folders that the file may lie in; None for one of a package."""
    italic: bool
    weight: str
    """The value of ``font-weight``."""


class WebFonts:
    """Subsets of fonts for web pages, cached by file and characters. Threads may share one object."""

    def __init__(self) -> None:
        folder = cache_folder(environ)
        self._files = UserCache(
            folder / FOLDER if folder else None, suffix=".woff2", most_files=MOST_FILES, largest=LARGEST
        )
        self._made: LruCache[str, bytes] = LruCache(64)
        self._digests: LruCache[tuple[Path, int, int], str] = LruCache(64)
        self._subsetter = load_subsetter()

    def css(self, families: Iterable[str], page: str, *, own: Mapping[str, OwnTypeface], workspace: Workspace) -> str:
        """Return ``@font-face`` rules for those of ``families`` that there are, and for the scripts of ``page``."""
        scripts = extra_characters(PRINTABLE | set(map(ord, page)))
        fonts = self.embedded((*families, *scripts), page, own=own, workspace=workspace)
        addresses = (f"data:font/woff2;base64,{base64.b64encode(font.data).decode()}" for font in fonts)
        return "\n".join(font.rule(address) for font, address in zip(fonts, addresses, strict=True))

    def embedded(
        self, families: Iterable[str], page: str, *, own: Mapping[str, OwnTypeface], workspace: Workspace
    ) -> tuple[EmbeddedFont, ...]:
        """Return the faces of those of ``families`` that there are, with the characters of ``page``, which is HTML.

        Typefaces of the workspace are those whose licence bits allow it: no others are read.
        """
        characters = PRINTABLE | set(map(ord, page))
        slanted = bool(SLANTED.search(page))
        faces = (face for family in dict.fromkeys(families) for face in _faces(family, own, workspace))
        return tuple(
            EmbeddedFont(
                family=face.family, italic=face.italic, weight=face.weight, data=self._subset(face, characters)
            )
            for face in faces
            if slanted or not face.italic
        )

    def _subset(self, face: _Face, characters: frozenset[int]) -> bytes:
        engine = (ENGINE, fonttools_version, self._subsetter.version if self._subsetter else "")
        name = repr((engine, self._digest(face), sorted(characters)))
        key = sha256(name.encode()).hexdigest()
        known = self._made.get(key)
        if known is not None:
            return known
        stored = self._files.get(name)
        if stored is None:
            stored = _woff2(read_file(face.path, inside=face.inside), characters, self._subsetter)
            self._files.put(name, stored)
        return self._made.put(key, stored)

    def _digest(self, face: _Face) -> str:
        """Return the digest of a font file, which is read once as long as it is the same."""
        now = face.path.stat()
        return self._digests.get_or_make(
            (face.path, now.st_mtime_ns, now.st_size),
            lambda: sha256(read_file(face.path, inside=face.inside)).hexdigest(),
        )


def _faces(family: str, own: Mapping[str, OwnTypeface], workspace: Workspace) -> Iterator[_Face]:
    """Yield the faces of a family, the workspace's own before those of packages."""
    if family in own:
        for file in own[family].files:
            weight = "1 1000" if file.variable else str(file.weight)
            path = workspace.root / file.path
            yield _Face(family=family, path=path, inside=workspace.roots, italic=file.italic, weight=weight)
        return
    for path, name in bundled_files().items():
        if name == family:
            weight = "1 1000" if "[" in path.name else _weight(path.name)
            yield _Face(family=family, path=path, inside=None, italic="Italic" in path.name, weight=weight)


def _weight(name: str) -> str:
    return "600" if "SemiBold" in name else "700" if "Bold" in name else "400"


def _woff2(data: bytes, characters: frozenset[int], subsetter: Subsetter | None) -> bytes:
    """Return a font with ``characters`` only, compressed; without HarfBuzz fontTools makes it, more slowly."""
    with TTFont(BytesIO(data), lazy=True) as whole:
        wanted = sorted(characters & set(whole.getBestCmap() or ()))
        is_compressed = whole.flavor is not None
    if is_compressed:  # HarfBuzz reads fonts as they are installed only
        data = _saved(TTFont(BytesIO(data), recalcTimestamp=False), flavour=None)
    small = subsetter.reduced(data, wanted) if subsetter else None
    font = TTFont(BytesIO(small if small is not None else _slowly(data, wanted)), recalcTimestamp=False)
    if "fvar" in font and any(axis.axisTag == "opsz" for axis in font["fvar"].axes):
        from fontTools.varLib.instancer import instantiateVariableFont

        font = instantiateVariableFont(font, {"opsz": TEXT_SIZE})
    return _saved(font, flavour="woff2")


def _slowly(data: bytes, characters: list[int]) -> bytes:
    from fontTools.subset import Options
    from fontTools.subset import Subsetter as PythonSubsetter

    font = TTFont(BytesIO(data), recalcTimestamp=False)
    made = PythonSubsetter(Options(hinting=False, notdef_outline=True, recalc_timestamp=False))
    made.populate(unicodes=characters)
    made.subset(font)
    return _saved(font, flavour=None)


def _saved(font: TTFont, *, flavour: str | None) -> bytes:
    written = BytesIO()
    font.flavor = flavour
    font.save(written)
    return written.getvalue()
