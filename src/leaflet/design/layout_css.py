"""The CSS of a layout: that of all layouts, that of its family, and its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leaflet.design.css_nesting import nesting_problem
from leaflet.design.css_variables import growth_problem
from leaflet.design.layout_words import Family
from leaflet.design.panel_dependence import spans_panels
from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_utf8

SHARED = "shared"
"""The folder beside the layouts that holds their common CSS."""

LARGEST = 5_000_000
"""In bytes, of one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutCss:
    """The CSS of a layout, in the order in which it applies."""

    files: tuple[str, ...]
    spans_panels: bool
    """True where it makes one panel depend on another."""


def load_layout_css(
    folders: Sequence[Path], family: Family | None, roots: Sequence[Path] = (), *, bases: int = 0
) -> LayoutCss:
    """Read the CSS of a layout; of two files of one name the one in the earlier of ``folders`` counts.

    The folders after the first are those of ``bases`` that the layout is based on; their ``layout.css`` applies before its own.

    Links may lead into the first folder and into ``roots``.

    Raises:
        LayoutError: a file cannot be read.
        UnsafeError: a link leads elsewhere.
    """
    names = ("components.css", "print.css", *([f"{family}.css"] if family else []))
    inside = (folders[0], *roots)
    own = (text for folder in reversed(folders[: bases + 1]) for text in _read((folder,), ("layout.css",), inside))
    files = (*_read(folders, names, inside), "\n".join(own))
    return LayoutCss(files=files, spans_panels=any(map(spans_panels, files)))


def _read(folders: Sequence[Path], names: Sequence[str], inside: Sequence[Path]) -> Iterator[str]:
    """Yield the text of each file; one that is in none of the folders is empty."""
    for name in names:
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        try:
            text = read_utf8(path, inside=inside, largest=LARGEST) if path else ""
        except (OSError, UnicodeDecodeError) as error:
            place = Location(file=f"layouts/{path.parent.name}/{name}" if path else name)
            raise LayoutError(
                Problem(message="the file cannot be read", location=place, hint="save it as UTF-8")
            ) from error
        if path:
            shown = f"{path.parent.parent.name}/{path.parent.name}/{name}"
            if problem := nesting_problem(text, shown) or growth_problem(text, shown):
                raise LayoutError(problem)
        yield text
