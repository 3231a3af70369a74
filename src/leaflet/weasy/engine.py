"""WeasyPrint, loaded with the bundled fonts only.

Every module of this package that imports a part of WeasyPrint imports this one first: it says in plain words when
WeasyPrint cannot be loaded or is too old, before an import further inside fails.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress
from io import StringIO

from leaflet.errors import LeafletError, Problem
from leaflet.weasy.fonts import private_fontconfig
from leaflet.weasy.late_imports import late_imports

__all__ = ["FONTCONFIG", "OLDEST", "load_library", "weasyprint"]

FONTCONFIG = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
OLDEST = 70
"""The oldest major version that is safe: earlier ones can be made to open files and addresses past a URL fetcher
(CVE-2025-68616, CVE-2026-49452, CVE-2026-55073)."""


@contextmanager
def _whole_library_names() -> Iterator[None]:
    """Make Linux find a library by its whole name or not at all: each guess would start a compiler."""
    guess = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = guess


def _quiet() -> redirect_stdout[StringIO]:
    """Hide what WeasyPrint prints where a library is missing: leaflet says it in a message of its own."""
    return redirect_stdout(StringIO())


def _load() -> None:
    """Import WeasyPrint for the first time in this process.

    Fontconfig's configuration of the process, where Pango looks generic families up, becomes that of the bundled fonts,
    which saves reading all fonts of the system. A program that makes other PDFs with WeasyPrint imports it first.

    Raises:
        LeafletError: it is not installed, or a library that it needs is not.
    """
    if "weasyprint" in sys.modules:
        return
    with private_fontconfig(), late_imports():
        try:
            with _whole_library_names() if sys.platform.startswith("linux") else nullcontext(), _quiet():
                import weasyprint  # noqa: F401
        except ImportError as error:
            raise _not_loaded(error, "install leaflet again, or WeasyPrint: pip install 'weasyprint>=70'") from error
        except OSError:
            _load_by_guessed_names()
        with suppress(OSError):
            load_library(FONTCONFIG).FcInit()


def _load_by_guessed_names() -> None:
    try:
        with _quiet():
            import weasyprint  # noqa: F401
    except OSError as error:
        reason = str(error).partition(":")[0]
        message = f"Pango, which sets the text of the PDF files, is missing or not whole: {reason}"
        hint = "`leaflet doctor` says how to install it on this machine"
        raise LeafletError(Problem(message=message, hint=hint)) from error


def load_library(names: Sequence[str]) -> ctypes.CDLL:
    """Return the shared library that has one of ``names``, which WeasyPrint has loaded as well.

    Raises:
        OSError: none of them is found.
    """
    *others, last = names
    for name in others:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return ctypes.CDLL(last)


def _not_loaded(error: Exception, hint: str) -> LeafletError:
    return LeafletError(Problem(message=f"WeasyPrint, which makes the PDF files, cannot be loaded: {error}", hint=hint))


_load()
import weasyprint  # noqa: E402


def _refuse_old(version: str) -> None:
    """Raise a LeafletError where ``version`` is older than the oldest that is safe."""
    if int(version.partition(".")[0]) < OLDEST:
        raise LeafletError(
            Problem(
                message=f"WeasyPrint {version} is installed, which is too old: "
                "it can be made to open files outside the workspace",
                hint=f"install a newer one: pip install 'weasyprint>={OLDEST}'",
            )
        )


_refuse_old(weasyprint.VERSION)
