"""What can be known of a citation style without formatting anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leaflet.citations.csl.library import load_style, style_names


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleInfo:
    """A style in short."""

    name: str
    title: str
    is_note_style: bool
    has_bibliography: bool
    default_locale: str | None


def list_styles(directories: Iterable[Path | str] = ()) -> tuple[str, ...]:
    """The names of all styles that can be asked for, house styles first."""
    return style_names(directories)


def style_info(style: str | Path, directories: Iterable[Path | str] = (), roots: Iterable[Path] = ()) -> StyleInfo:
    """A style's title and nature; CitationError when there is no such style."""
    found = load_style(style, directories, roots)
    return StyleInfo(
        name=found.name,
        title=found.title,
        is_note_style=found.note,
        has_bibliography=found.bibliography is not None,
        default_locale=found.default_locale,
    )


def style_title(style: str | Path, directories: Iterable[Path | str] = (), roots: Iterable[Path] = ()) -> str:
    """A style's title."""
    return style_info(style, directories, roots).title
