"""Styles as folders: ``style.toml`` with colours, typefaces and the motif, and the CSS beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.design.contrast import contrast_problems
from leaflet.design.css_nesting import nesting_problem
from leaflet.design.css_variables import growth_problem
from leaflet.design.design_file import as_layout_error, read_design
from leaflet.design.panel_dependence import spans_panels
from leaflet.design.style_model import StyleFile
from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_text, toml_schema
from leaflet.model.layout import FitBounds
from leaflet.model.typefaces import FACES

MOST_REPORTED = 100
FETCHED = re.compile(r"@import\b[^;]*|(?:url|image|image-set|src)\(\s*(?![\"']?(?:data:|#))[^)]*", re.IGNORECASE)


class Style(Struct, frozen=True, kw_only=True):
    """The look of a leaflet. ``tokens`` are colours by name; ``art`` are the colours of the cover motif."""

    name: str
    description: str
    folder: Path
    tokens: Mapping[str, str]
    art: Mapping[str, str]
    motif: str
    badge: str
    faces: Mapping[str, str]
    """The family of the text, of headings and of labels."""
    characters: Mapping[str, float]
    """Mean width of a character of running text in each family, in ems."""
    sizes: Mapping[str, float]
    """Type sizes in points that this style wants instead of the layout's."""
    css: str
    """The style's own CSS, for paper and screen."""
    spans_panels: bool
    """True where that CSS makes one panel depend on another."""
    wordmark: str | None
    """A logo that spells the publisher's name, as an address; it is printed instead of the name."""
    fit: FitBounds
    """The bounds within which the style may be scaled; a layout may allow less."""


def style_schema() -> dict[str, object]:
    """Return the JSON Schema of ``style.toml``."""
    return toml_schema(StyleFile, title="Style of a leaflet")


def load_style(folder: Path, roots: Sequence[Path] = ()) -> Style:
    """Read ``folder/style.toml`` and the CSS beside it; if they are links, they may lead into ``folder`` or ``roots``.

    Raises:
        LayoutError: everything in it that is not as it should be.
    """
    design = read_design(folder, "style.toml", StyleFile, roots)
    file = design.values
    css = "\n".join(_style_css(place, roots, needed=not design.bases) for place in (*reversed(design.bases), folder))
    tokens = file.colours.model_dump(by_alias=True)
    problems = [*contrast_problems(tokens, design.place(("colours",)))]
    if problems:
        raise LayoutError(problems)
    return Style(
        name=folder.name,
        description=file.description,
        folder=folder,
        tokens=tokens,
        art=file.art.model_dump(by_alias=True),
        motif=file.motif.value,
        badge=file.badge,
        faces=file.faces.by_role(),
        characters=FACES,
        sizes=file.type.sizes(),
        css=css,
        spans_panels=spans_panels(css),
        wordmark=None,
        fit=file.fit.bounds(),
    )


def _style_css(folder: Path, roots: Sequence[Path], *, needed: bool) -> str:
    """Return the CSS of a style; one that is based on another may have none."""
    path = folder / "style.css"
    if not needed and not path.is_file():
        return ""
    return checked_css(path, f"{folder.parent.name}/{folder.name}/style.css", (folder, *roots))


def checked_css(path: Path, name: str, inside: Sequence[Path]) -> str:
    """Return the CSS in a file, which messages call ``name``; it must lie ``inside`` these folders.

    Raises:
        LayoutError: it cannot be read, is nested too deeply, grows too large, or asks for files or addresses.
        UnsafeError: it lies elsewhere.
    """
    with as_layout_error():
        css = read_text(path, name=name, inside=inside)
    if unreadable := nesting_problem(css, name) or growth_problem(css, name):
        raise LayoutError(unreadable)
    if problems := _css_problems(css, name):
        raise LayoutError(problems)
    return css


def with_css(style: Style, css: Sequence[str]) -> Style:
    """Return ``style`` with more CSS after its own."""
    whole = "\n".join((style.css, *css))
    return replace(style, css=whole, spans_panels=spans_panels(whole)) if css else style


def _css_problems(css: str, file: str) -> list[Problem]:
    """Return what a style's CSS asks for: it goes to the reader's browser too, which may ask nobody for anything."""
    return [
        Problem(
            message=f"{file.rpartition('/')[2]} asks for {found.strip()!r}",
            location=Location(file=file, line=css[: match.start()].count("\n") + 1),
            hint="a style opens no files and no addresses: write pictures as data: addresses",
        )
        for match in islice(FETCHED.finditer(css), MOST_REPORTED)
        for found in [match.group()[:60]]
    ]
