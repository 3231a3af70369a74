"""The font configuration of a renderer: the bundled families and nothing of the system's."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any

from leaflet.weasy.engine import FONTCONFIG, load_library, weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.fonts import cache_folder, font_addresses, fontconfig_file, private_fontconfig
from leaflet.weasy.patch import Replacement, patched

from weasyprint.text import fonts  # isort: skip
from weasyprint.text.fonts import FontConfiguration  # isort: skip


class BundledFonts(FontConfiguration):  # type: ignore[misc]
    """The bundled families; ``has_own_families`` turns true when a document adds some.

    Each configuration keeps about 0.25 MB that is never given back, so a renderer makes one and uses it again.
    """

    def __init__(self, *, isolated: bool) -> None:
        if isolated:
            with patched(Replacement(owner=fonts, name="fontconfig", make=_BundledOnly)):
                super().__init__()
        else:
            with private_fontconfig():
                super().__init__()
        self.has_own_families = False
        self._bundled = frozenset(font_addresses())
        self.faces: dict[int, str] = {}
        """The digest of each face's file, by WeasyPrint's number for the face, which is valid in here only."""

    def add_font_face(self, rule_descriptors: Mapping[str, Any], url_fetcher: object) -> None:
        """Add a family that a document brings along; the bundled ones are loaded already."""
        if all(str(address) in self._bundled for _, address in rule_descriptors["src"]):
            return
        self.has_own_families = True
        super().add_font_face(rule_descriptors, url_fetcher)


class _BundledOnly:
    """Fontconfig whose initial configuration is that of the bundled fonts.

    The usual way, an environment variable, would change what other threads of the program see at that moment.
    """

    def __init__(self, library: Any) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def FcInitLoadConfigAndFonts(self) -> Any:  # noqa: N802 - fontconfig's name
        """Return a configuration that the caller owns."""
        library = _fontconfig()
        config = library.FcConfigCreate()
        path = str(fontconfig_file(cache_folder())).encode()
        if not (library.FcConfigParseAndLoad(config, path, 1) and library.FcConfigBuildFonts(config)):
            raise OSError("fontconfig cannot load the bundled fonts")
        return fonts.ffi.cast("FcConfig *", config)


def _fontconfig() -> ctypes.CDLL:
    """Return fontconfig's public interface: what makes a configuration of one file, whatever the environment says."""
    library = load_library(FONTCONFIG)
    library.FcConfigCreate.restype = ctypes.c_void_p
    library.FcConfigParseAndLoad.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
    library.FcConfigBuildFonts.argtypes = (ctypes.c_void_p,)
    return library
