"""Styles as folders: ``style.toml`` names the colours, the motif and the CSS of a leaflet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leaflet.design.contrast import contrast_problems
from leaflet.design.css_nesting import nesting_problem
from leaflet.design.layout_reader import is_number
from leaflet.design.layouts import TYPE_SIZES
from leaflet.design.panel_dependence import spans_panels
from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_utf8
from leaflet.model.layout import FitBounds
from leaflet.model.motif import Motif

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
FETCHED = re.compile(r"@import\b[^;]*|(?:url|image|image-set|src)\(\s*(?![\"']?(?:data:|#))[^)]*", re.IGNORECASE)
COLOURS = (
    "paper", "ink", "muted", "brand", "brand-deep", "on-brand", "tint", "tint-2", "rule",
    "accent", "accent-tint", "on-accent", "cover", "on-cover", "on-cover-soft", "plate", "on-plate", "flap",
)  # fmt: skip
"""The colours every style gives, by the names that CSS knows them by."""
FACES = {"Source Sans 3": 0.41, "Source Serif 4": 0.44, "Atkinson Hyperlegible": 0.45}
"""The families that come with leaflet, and the mean width of a character of running English text in each, in ems."""
ROLES = ("text", "headings", "labels")
"""What a style sets in a face of its own: the text, headings, and what is small."""
ART_COLOURS = ("line", "one", "two", "three", "four", "signal")
MOTIFS = tuple(motif.value for motif in Motif)
ANY_FIT = {"smallest": 0.1, "largest": 10.0, "minimum_points": 0.0}
"""Bounds that leave everything to the layout."""
BADGES = ("disc", "ring", "square")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
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
    sizes: Mapping[str, float]
    """Type sizes in points that this style wants instead of the layout's."""
    css: str
    """The style's own CSS, for paper and screen."""
    spans_panels: bool
    """Whether that CSS makes one panel depend on another."""
    fit: FitBounds
    """How far the style lets itself be scaled; a layout may allow less."""


LARGEST = 5_000_000
"""In bytes, of the CSS of a style, which may hold a picture."""


def load_style(folder: Path, roots: Sequence[Path] = ()) -> Style:
    """Read ``folder/style.toml`` and the CSS beside it; if they are links, they may lead into ``folder`` or ``roots``.

    Raises:
        LayoutError: everything in it that is not as it should be.
    """
    name = f"{folder.parent.name}/{folder.name}/style.toml"
    inside = (folder, *roots)
    try:
        data = tomllib.loads(read_utf8(folder / "style.toml", inside=inside, largest=LARGEST))
        css = read_utf8(folder / "style.css", inside=inside, largest=LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise LayoutError(
            Problem(
                message=f'the style "{folder.name}" cannot be read',
                location=Location(file=name),
                hint="a style is a folder with style.toml and style.css, both UTF-8",
            )
        ) from error
    except (ValueError, RecursionError) as error:  # a plain ValueError is a number too long, or a day that is none
        words = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise LayoutError(Problem(message=f"this is not TOML: {words}", location=Location(file=name))) from error
    if too_deep := nesting_problem(css, f"{folder.parent.name}/{folder.name}/style.css"):
        raise LayoutError(too_deep)
    fit = data.get("fit", {})
    problems = [
        *_colour_problems(data.get("colours"), COLOURS, "colours", name),
        *_colour_problems(data.get("art"), ART_COLOURS, "art", name),
        *_word_problems(data, name),
        *_face_problems(data.get("faces", {}), name),
        *_size_problems(data.get("type", {}), name),
        *_fit_problems(fit, name),
        *_css_problems(css, name),
    ]
    if not problems:
        problems += contrast_problems(data["colours"], Location(file=name))
    if problems:
        raise LayoutError(problems)
    return Style(
        name=folder.name,
        description=str(data.get("description", "")),
        folder=folder,
        tokens={key: data["colours"][key] for key in COLOURS},
        art={key: data["art"][key] for key in ART_COLOURS},
        motif=data["motif"],
        badge=data["badge"],
        faces=_faces(data.get("faces", {})),
        sizes={key: float(value) for key, value in data.get("type", {}).items()},
        css=css,
        spans_panels=spans_panels(css),
        fit=FitBounds(**{**ANY_FIT, **{key.replace("-", "_"): float(value) for key, value in fit.items()}}),
    )


def _fit_problems(given: object, file: str) -> list[Problem]:
    bounds = given if isinstance(given, dict) else {"": given}
    return [
        Problem(
            message=f"[fit] {key} is not a bound",
            location=Location(file=file),
            hint="write smallest, largest or minimum-points, and a number: minimum-points = 14",
        )
        for key, value in bounds.items()
        if str(key).replace("-", "_") not in ANY_FIT or not is_number(value)
    ]


def _colour_problems(given: object, names: tuple[str, ...], table: str, file: str) -> list[Problem]:
    colours = given if isinstance(given, dict) else {}
    return [
        Problem(
            message=f"[{table}] {key} is not a colour",
            location=Location(file=file),
            hint=f'write it with six digits: {key} = "#0B4F6C"',
        )
        for key in names
        if not COLOUR.fullmatch(str(colours.get(key, "")))
    ]


def _faces(given: Mapping[str, str]) -> dict[str, str]:
    """Return the family of each role: what is not given is set like the text."""
    text = given.get("text", next(iter(FACES)))
    return {role: given.get(role, text) for role in ROLES}


def _face_problems(given: object, file: str) -> list[Problem]:
    faces = given if isinstance(given, dict) else {"": given}
    return [
        Problem(
            message=f'[faces] {role} = "{family}" is not a face of leaflet\'s own',
            location=Location(file=file),
            hint=f"{', '.join(ROLES)} can be {' or '.join(FACES)}",
        )
        for role, family in faces.items()
        if role not in ROLES or family not in FACES
    ]


def _size_problems(given: object, file: str) -> list[Problem]:
    sizes = given if isinstance(given, dict) else {"": given}
    return [
        Problem(
            message=f"[type] {key} is not a type size",
            location=Location(file=file),
            hint=f"write points, for example body = 15; known are {', '.join(TYPE_SIZES)}",
        )
        for key, value in sizes.items()
        if key not in TYPE_SIZES or not is_number(value)
    ]


def _css_problems(css: str, file: str) -> list[Problem]:
    """Return what a style's CSS asks for: it goes to the reader's browser too, which may ask nobody for anything."""
    return [
        Problem(
            message=f"style.css asks for {found.strip()!r}",
            location=Location(file=file.replace("style.toml", "style.css"), line=css[: match.start()].count("\n") + 1),
            hint="a style opens no files and no addresses: write pictures as data: addresses",
        )
        for match in FETCHED.finditer(css)
        for found in [match.group()[:60]]
    ]


def _word_problems(data: Mapping[str, object], file: str) -> list[Problem]:
    return [
        Problem(
            message=f"{key} is not one of the words known here",
            location=Location(file=file),
            hint=f"choose one of {', '.join(words)}",
        )
        for key, words in (("motif", MOTIFS), ("badge", BADGES))
        if data.get(key) not in words
    ]
