"""Facts about citation styles: names, titles and kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from msgspec import Struct

from leaflet.citations.csl.style_library import StyleLibrary, style_names, style_text

TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")


class StyleInfo(Struct, frozen=True, kw_only=True):
    """A style in short."""

    name: str
    title: str
    is_note_style: bool
    has_bibliography: bool
    default_locale: str | None


def list_styles(directories: Iterable[Path | str] = ()) -> tuple[str, ...]:
    """Return the names of all styles, house styles first."""
    return style_names(directories)


def style_info(
    style: str | Path,
    directories: Iterable[Path | str] = (),
    roots: Iterable[Path] = (),
    *,
    library: StyleLibrary | None = None,
) -> StyleInfo:
    """Return a style's title and nature; ``library`` holds what is parsed.

    Raises:
        CitationError: there is no such style, or it is not what CSL allows.
    """
    found = (library or StyleLibrary()).load_style(style, directories, roots)
    return StyleInfo(
        name=found.name,
        title=found.title,
        is_note_style=found.note,
        has_bibliography=found.bibliography is not None,
        default_locale=found.default_locale,
    )


def listed_title(name: str, directories: Iterable[Path | str] = (), roots: Iterable[Path] = ()) -> str:
    """Return the title of a style for a list of styles, read from its first lines and without parsing it.

    Raises:
        CitationError: there is no such style, or it cannot be read.
    """
    found = TITLE.search(style_text(name, directories, roots))
    return " ".join(unescape(found[1]).split()) if found else ""


def style_title(
    style: str | Path,
    directories: Iterable[Path | str] = (),
    roots: Iterable[Path] = (),
    *,
    library: StyleLibrary | None = None,
) -> str:
    """Return a style's title."""
    return style_info(style, directories, roots, library=library).title
