"""The CSS of a layout: that of all layouts, that of its family, and its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from leaflet.design.css_nesting import nesting_problem
from leaflet.design.css_variables import growth_problem
from leaflet.design.layout_words import Family
from leaflet.design.panel_dependence import spans_panels
from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_utf8
from leaflet.lru_cache import LruCache

SHARED = "shared"
"""The folder beside the layouts that holds their common CSS."""

LARGEST = 5_000_000
"""In bytes, of one file."""


class LayoutCss(Struct, frozen=True, kw_only=True):
    """The CSS of a layout, in the order in which it applies."""

    files: tuple[str, ...]
    spans_panels: bool
    """True where it makes one panel depend on another."""


class CssChecks:
    """The texts of CSS that were checked last: those of the layouts do not change from page to page."""

    def __init__(self) -> None:
        self._spanning: LruCache[str, bool] = LruCache(64)

    def spans_panels(self, text: str, name: str) -> bool:
        """Return whether the text of the file ``name`` makes one panel depend on another.

        Raises:
            LayoutError: it is nested too deeply, or its variables grow too large.
        """

        def check() -> bool:
            if problem := nesting_problem(text, name) or growth_problem(text, name):
                raise LayoutError(problem)
            return spans_panels(text)

        return self._spanning.get_or_make(text, check)


def load_layout_css(
    folders: Sequence[Path],
    family: Family | None,
    roots: Sequence[Path] = (),
    *,
    bases: int = 0,
    checks: CssChecks | None = None,
) -> LayoutCss:
    """Read the CSS of a layout; of two files of one name the one in the earlier of ``folders`` counts.

    The folders after the first are those of ``bases`` that the layout is based on; their ``layout.css`` applies before its own.

    Links may lead into the first folder and into ``roots``. ``checks`` know the texts of earlier pages.

    Raises:
        LayoutError: a file cannot be read, or is nested too deeply.
        UnsafeError: a link leads elsewhere.
    """
    names = ("components.css", "print.css", *([f"{family}.css"] if family else []))
    inside = (folders[0], *roots)
    found = list(_read(folders, names, inside))
    own = [one for folder in reversed(folders[: bases + 1]) for one in _read((folder,), ("layout.css",), inside)]
    checks = checks or CssChecks()
    spanning = [checks.spans_panels(text, name) for text, name in (*found, *own) if text]
    files = (*(text for text, _ in found), "\n".join(text for text, _ in own))
    return LayoutCss(files=files, spans_panels=any(spanning))


def _read(folders: Sequence[Path], names: Sequence[str], inside: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield the text of each file and its name for messages; one that is in none of the folders is empty."""
    for name in names:
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        try:
            text = read_utf8(path, inside=inside, largest=LARGEST) if path else ""
        except (OSError, UnicodeDecodeError) as error:
            place = Location(file=f"layouts/{path.parent.name}/{name}" if path else name)
            raise LayoutError(
                Problem(message="the file cannot be read", location=place, hint="save it as UTF-8")
            ) from error
        shown = f"{path.parent.parent.name}/{path.parent.name}/{name}" if path else name
        yield text, shown
