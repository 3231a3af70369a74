"""The packages that carry the fonts: those that every leaflet needs, and those for one script each."""

from __future__ import annotations

from msgspec import Struct

FONT_PACKAGES = {
    "fontpkg_source_sans_3": "Source Sans 3",
    "fontpkg_source_serif_4": "Source Serif 4",
    "fontpkg_atkinson_hyperlegible": "Atkinson Hyperlegible",
    "fontpkg_source_code_pro": "Source Code Pro",
}
"""The package that carries each family; CSS names the families as written here."""


class Extra(Struct, frozen=True, kw_only=True):
    """A family for a script that the bundled ones do not have, in a package that is installed on request."""

    name: str
    """The name of the extra, as in ``pip install "leaflet-press[arabic]"``."""
    package: str
    files: str
    """The pattern of its font files in the package."""
    family: str
    letters: str
    """The name of the script, as messages have it."""
    hides_others: bool = False
    """True where the package holds other families as well, which nothing is to be set in."""
    first: int = 0
    last: int = -1
    """The range of Unicode in which most of its letters lie; empty for symbols, which lie in many."""


EXTRAS = (
    Extra(
        name="arabic",
        package="fontpkg_ibm_plex_sans_arabic",
        files="files/*-[RSB]*.ttf",
        family="IBM Plex Sans Arabic",
        letters="Arabic",
        first=0x0600,
        last=0x08FF,
    ),
    Extra(
        name="hebrew",
        package="fontpkg_rubik",
        files="files/*.ttf",
        family="Rubik",
        letters="Hebrew",
        first=0x0590,
        last=0x05FF,
    ),
    Extra(
        name="chinese",
        package="pylopdf_fonts_zh_cn",
        files="NotoSansSC-*.otf",
        family="Noto Sans SC",
        letters="Chinese",
        first=0x2E80,
        last=0x9FFF,
    ),
    Extra(
        name="symbols",
        package="manimgx_fonts",
        files="NotoSansSymbols*.ttf",
        family="Noto Sans Symbols",
        hides_others=True,
        letters="symbols",
    ),
    Extra(
        name="symbols",
        package="manimgx_fonts",
        files="NotoEmoji*.ttf",
        family="Noto Emoji",
        hides_others=True,
        letters="emoji",
    ),
)
