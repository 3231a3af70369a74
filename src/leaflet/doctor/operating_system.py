"""Operating systems, and the commands that install packages on each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class OperatingSystem(StrEnum):
    """A family of systems that name their packages alike."""

    DEBIAN = "debian"
    FEDORA = "fedora"
    ALPINE = "alpine"
    ARCH = "arch"
    MACOS = "macos"
    WINDOWS = "windows"
    OTHER = "other"


_FAMILIES = {
    "debian": OperatingSystem.DEBIAN,
    "ubuntu": OperatingSystem.DEBIAN,
    "fedora": OperatingSystem.FEDORA,
    "rhel": OperatingSystem.FEDORA,
    "centos": OperatingSystem.FEDORA,
    "alpine": OperatingSystem.ALPINE,
    "arch": OperatingSystem.ARCH,
}
"""The words by which ``os-release`` names a system, or the one that it is like."""

_INSTALL = {
    OperatingSystem.DEBIAN: "sudo apt install {}",
    OperatingSystem.FEDORA: "sudo dnf install {}",
    OperatingSystem.ALPINE: "doas apk add {}",
    OperatingSystem.ARCH: "sudo pacman -S {}",
    OperatingSystem.MACOS: "brew install {}",
    OperatingSystem.WINDOWS: "winget install {}",
}
_MSYS2 = (
    "winget install MSYS2.MSYS2",
    "then, in the window of MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango mingw-w64-ucrt-x86_64-harfbuzz",
)
"""The way to Pango on Windows that WeasyPrint documents; it looks into the folders of MSYS2 by itself."""

_PACKAGES: Mapping[str, Mapping[OperatingSystem, str]] = {
    "pango": {
        OperatingSystem.DEBIAN: "libpango-1.0-0 libpangoft2-1.0-0",
        OperatingSystem.FEDORA: "pango",
        OperatingSystem.ALPINE: "pango",
        OperatingSystem.ARCH: "pango",
        OperatingSystem.MACOS: "pango",
    },
    "harfbuzz-subset": {
        OperatingSystem.DEBIAN: "libharfbuzz-subset0",
        OperatingSystem.FEDORA: "harfbuzz",
        OperatingSystem.ALPINE: "harfbuzz-subset",
        OperatingSystem.ARCH: "harfbuzz",
        OperatingSystem.MACOS: "harfbuzz",
    },
    "ghostscript": {
        OperatingSystem.DEBIAN: "ghostscript",
        OperatingSystem.FEDORA: "ghostscript",
        OperatingSystem.ALPINE: "ghostscript",
        OperatingSystem.ARCH: "ghostscript",
        OperatingSystem.MACOS: "ghostscript",
        OperatingSystem.WINDOWS: "ArtifexSoftware.GhostScript",
    },
    "chromium": {
        OperatingSystem.DEBIAN: "chromium",
        OperatingSystem.FEDORA: "chromium",
        OperatingSystem.ALPINE: "chromium",
        OperatingSystem.ARCH: "chromium",
        OperatingSystem.MACOS: "--cask google-chrome",
        OperatingSystem.WINDOWS: "Google.Chrome",
    },
    "libreoffice": {
        OperatingSystem.DEBIAN: "libreoffice-writer",
        OperatingSystem.FEDORA: "libreoffice-writer",
        OperatingSystem.ALPINE: "libreoffice",
        OperatingSystem.ARCH: "libreoffice-fresh",
        OperatingSystem.MACOS: "--cask libreoffice",
        OperatingSystem.WINDOWS: "TheDocumentFoundation.LibreOffice",
    },
    "pandoc": {
        OperatingSystem.DEBIAN: "pandoc",
        OperatingSystem.FEDORA: "pandoc",
        OperatingSystem.ALPINE: "pandoc",
        OperatingSystem.ARCH: "pandoc-cli",
        OperatingSystem.MACOS: "pandoc",
        OperatingSystem.WINDOWS: "JohnMacFarlane.Pandoc",
    },
}
"""The names of packages. Those of Debian and Ubuntu are installed by the tests' machines, the others are as documented."""


def system_of(platform: str, os_release: Mapping[str, str]) -> OperatingSystem:
    """Return the family of the system that ``sys.platform`` and the fields of ``os-release`` describe."""
    if platform == "darwin":
        return OperatingSystem.MACOS
    if platform in ("win32", "cygwin"):
        return OperatingSystem.WINDOWS
    words = (os_release.get("ID", ""), *os_release.get("ID_LIKE", "").split())
    return next((_FAMILIES[word] for word in words if word in _FAMILIES), OperatingSystem.OTHER)


def install_commands(thing: str, system: OperatingSystem) -> tuple[str, ...]:
    """Return the commands that install ``thing``; a sentence where the system is not known."""
    if system is OperatingSystem.WINDOWS and thing in ("pango", "harfbuzz-subset"):
        return _MSYS2
    name = _PACKAGES[thing].get(system)
    if name is None:
        return (f"install {thing} with the package manager of this system",)
    return (_INSTALL[system].format(name),)
