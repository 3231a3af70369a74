"""Examination of a machine: each part that leaflet needs or can use, found or with the way to get it."""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.doctor.machine_part import MachinePart, PartState
from leaflet.doctor.operating_system import OperatingSystem, install_commands, system_of
from leaflet.errors import LeafletError, Severity
from leaflet.files import CONFIGURATION, OUTPUT, open_workspace, read_settings
from leaflet.model.font_packages import EXTRAS, FONT_PACKAGES

OLDEST_PYTHON = (3, 11)
PANGO = ("libpango-1.0.so.0", "libpango-1.0-0.dll", "libpango-1.0.dylib", "libpango-1.0.0.dylib")
PANGO_FT2 = ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0.dll", "libpangoft2-1.0.dylib", "libpangoft2-1.0.0.dylib")
HARFBUZZ_SUBSET = (
    *("libharfbuzz-subset.so.0", "libharfbuzz-subset-0.dll", "libharfbuzz-subset.dylib", "libharfbuzz-subset.0.dylib"),
)
"""The names of the libraries as WeasyPrint tries them on Linux, Windows and macOS."""
HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")
"""The folders of Homebrew's libraries, which macOS does not search by itself."""

PROGRAMS = (
    ("Ghostscript", "ghostscript", ("gs", "gswin64c"), "separates press files into their plates, to look at them"),
    ("Chromium", "chromium", ("chromium", "chromium-browser", "google-chrome"), "tests web pages and the preview"),
    ("LibreOffice", "libreoffice", ("soffice", "libreoffice"), "turns documents of word processors into others"),
    ("pandoc", "pandoc", ("pandoc",), "turns documents of other programs into Markdown"),
)
"""Each program with the name of its package, its commands, and its use. leaflet builds without any of them."""
MODULES = (
    ("QR reader", "zxingcpp", "qr", "reads QR codes back, for leaflet check"),
    ("spreadsheets", "openpyxl", "xlsx", "reads .xlsx files, for leaflet batch"),
)


class Machine(Struct, frozen=True, kw_only=True):
    """A machine as the examination sees it."""

    system: OperatingSystem
    name: str
    """The system's own name, such as ``Debian GNU/Linux 13``."""
    prefix: Path
    """The folder of the Python that runs leaflet."""
    environment: Mapping[str, str]
    find_program: Callable[[str], str | None]
    load_library: Callable[[str], ctypes.CDLL]
    has_module: Callable[[str], bool]


def this_machine() -> Machine:
    """Return the machine that this process runs on."""
    release: Mapping[str, str] = {}
    with suppress(OSError):
        release = platform.freedesktop_os_release()
    system = system_of(sys.platform, release)
    return Machine(
        system=system,
        name=release.get("PRETTY_NAME") or f"{platform.system()} {platform.release()}",
        prefix=Path(sys.prefix),
        environment=os.environ,
        find_program=shutil.which,
        load_library=_load_library,
        has_module=lambda name: find_spec(name) is not None,
    )


def examine_machine(machine: Machine, folder: Path) -> tuple[MachinePart, ...]:
    """Return all parts of ``machine``, and of the workspace around ``folder``, those that are needed first."""
    weasyprint = _weasyprint(machine)  # first: on Windows it names the folders of the libraries to the system
    pango = _pango(machine)
    if not pango.works and weasyprint.state is PartState.BROKEN:
        weasyprint = replace(weasyprint, detail="cannot be loaded without Pango", cure=())
    needed = [_python(), pango, weasyprint, *_fonts(machine), *_workspace(folder)]
    useful = [_harfbuzz_subset(machine), *_extras(machine), *_programs(machine)]
    return (*needed, *useful)


def can_build(parts: tuple[MachinePart, ...]) -> bool:
    """Return whether leaflet can build with ``parts``."""
    return all(part.works for part in parts if part.needed)


def _load_library(name: str) -> ctypes.CDLL:
    """Load a library by its name, on macOS also from the folders of Homebrew.

    Raises:
        OSError: it is nowhere.
    """
    for folder in HOMEBREW if sys.platform == "darwin" else ():
        with suppress(OSError):
            return ctypes.CDLL(f"{folder}/{name}")
    return ctypes.CDLL(name)


def _first_library(machine: Machine, names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        with suppress(OSError):
            return machine.load_library(name)
    return None


def _python() -> MachinePart:
    version = sys.version_info
    new_enough = version[:2] >= OLDEST_PYTHON
    return MachinePart(
        name="Python",
        state=PartState.FOUND if new_enough else PartState.BROKEN,
        needed=True,
        detail=f"{platform.python_version()} at {sys.executable}",
        purpose="runs leaflet",
        cure=() if new_enough else ("install Python 3.11 or newer: https://www.python.org/downloads/",),
    )


def _pango(machine: Machine) -> MachinePart:
    library = _first_library(machine, PANGO)
    whole = library is not None and _first_library(machine, PANGO_FT2) is not None
    detail = "not found" if library is None else _pango_version(library)
    return MachinePart(
        name="Pango",
        state=PartState.FOUND if whole else PartState.MISSING,
        needed=True,
        detail=detail if whole or library is None else f"{detail}, but its part PangoFT2 is not found",
        purpose="sets the text of the PDF files",
        cure=() if whole else install_commands("pango", machine.system),
    )


def _pango_version(library: ctypes.CDLL) -> str:
    version = library.pango_version_string
    version.restype = ctypes.c_char_p
    text = version()
    return text.decode() if isinstance(text, bytes) else "of unknown version"


def _weasyprint(machine: Machine) -> MachinePart:
    purpose = "lays out the pages"
    try:
        version = importlib.metadata.version("weasyprint")
    except importlib.metadata.PackageNotFoundError:
        cure = _pip(machine, "leaflet-press")
        return MachinePart(
            name="WeasyPrint", state=PartState.MISSING, needed=True, detail="not found", purpose=purpose, cure=cure
        )
    try:
        from leaflet.weasy import tested_warning

        untested = tested_warning()
    except LeafletError as error:
        return MachinePart(
            name="WeasyPrint",
            state=PartState.BROKEN,
            needed=True,
            detail=f"{version}: {error.problems[0].message}",
            purpose=purpose,
            cure=(error.problems[0].hint or "install leaflet again",),
        )
    return MachinePart(
        name="WeasyPrint",
        state=PartState.UNTESTED if untested else PartState.FOUND,
        needed=True,
        detail=untested.message if untested else f"{version}, a version that leaflet is tested with",
        purpose=purpose,
        cure=(untested.hint,) if untested and untested.hint else (),
    )


def _fonts(machine: Machine) -> Iterator[MachinePart]:
    for package, family in FONT_PACKAGES.items():
        is_there = machine.has_module(package)
        yield MachinePart(
            name=f"font {family}",
            state=PartState.FOUND if is_there else PartState.MISSING,
            needed=True,
            detail="comes with leaflet" if is_there else f"the package {package.replace('_', '-')} is not found",
            purpose="the letters of every leaflet",
            cure=() if is_there else _pip(machine, "leaflet-press"),
        )


def _workspace(folder: Path) -> Iterator[MachinePart]:
    workspace = open_workspace(folder)
    target = workspace.root / OUTPUT if (workspace.root / OUTPUT).is_dir() else workspace.root
    may_write = os.access(target, os.W_OK)
    yield MachinePart(
        name="workspace",
        state=PartState.FOUND if may_write else PartState.BROKEN,
        needed=True,
        detail=f"{target} can {'' if may_write else 'not '}be written".replace("can not", "cannot"),
        purpose="holds the leaflets and all that they use",
        cure=() if may_write else ("see who may write there, or work in another folder",),
    )
    if not os.path.lexists(workspace.root / CONFIGURATION):
        return
    wrong = [problem for problem in read_settings(workspace).problems if problem.severity is Severity.ERROR]
    yield MachinePart(
        name=CONFIGURATION,
        state=PartState.BROKEN if wrong else PartState.FOUND,
        needed=True,
        detail=f"{wrong[0].location}: {wrong[0].message}" if wrong else "can be read",
        purpose="the settings of the workspace",
        cure=tuple(problem.hint for problem in wrong[:1] if problem.hint),
    )


def _harfbuzz_subset(machine: Machine) -> MachinePart:
    is_there = _first_library(machine, HARFBUZZ_SUBSET) is not None
    return MachinePart(
        name="HarfBuzz subset",
        state=PartState.FOUND if is_there else PartState.MISSING,
        needed=False,
        detail="found" if is_there else "not found",
        purpose="makes the fonts in a PDF small, five times as fast",
        cure=() if is_there else install_commands("harfbuzz-subset", machine.system),
    )


def _extras(machine: Machine) -> Iterator[MachinePart]:
    """Yield the extras of leaflet: fonts of other scripts and packages for some commands."""
    fonts: dict[str, tuple[str, list[str]]] = {extra.name: (extra.package, []) for extra in EXTRAS}
    for extra in EXTRAS:
        fonts[extra.name][1].append(extra.letters)
    uses = [
        (f"fonts for {name}", package, name, f"prints {' and '.join(letters)}")
        for name, (package, letters) in fonts.items()
    ]
    for name, module, extra_name, purpose in (*uses, *MODULES):
        is_there = machine.has_module(module)
        yield MachinePart(
            name=name,
            state=PartState.FOUND if is_there else PartState.MISSING,
            needed=False,
            detail="found" if is_there else "not found",
            purpose=purpose,
            cure=() if is_there else _pip(machine, f"leaflet-press[{extra_name}]"),
        )


def _programs(machine: Machine) -> Iterator[MachinePart]:
    named = machine.environment.get("LEAFLET_VERAPDF") or machine.find_program("verapdf")
    yield MachinePart(
        name="veraPDF",
        state=PartState.FOUND if named else PartState.MISSING,
        needed=False,
        detail=named or "not found",
        purpose="proves that a PDF is accessible (PDF/UA) or fit for the archive (PDF/A)",
        cure=() if named else ("see https://verapdf.org; it needs Java",),
    )
    for name, package, commands, purpose in PROGRAMS:
        path = next(filter(None, map(machine.find_program, commands)), None)
        yield MachinePart(
            name=name,
            state=PartState.FOUND if path else PartState.MISSING,
            needed=False,
            detail=path or "not found",
            purpose=purpose,
            cure=() if path else install_commands(package, machine.system),
        )


def _pip(machine: Machine, requirement: str) -> tuple[str, ...]:
    """Return the command that installs a package beside leaflet, by the program that installed leaflet."""
    parts = {part.lower() for part in machine.prefix.parts}
    if "pipx" in parts:
        return (f'pipx install --force "{requirement}"',)
    if {"uv", "tools"} <= parts:
        return (f'uv tool install --force "{requirement}"',)
    return (f'{machine.prefix / ("Scripts" if os.name == "nt" else "bin") / "python"} -m pip install "{requirement}"',)
