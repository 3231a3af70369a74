"""An organisation's own look: ten values and a logo in ``leaflet.toml``, from which all tokens of a style follow."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from leaflet.design.contrast import BLACK, WHITE, contrast, contrast_problems, luminance, mixed, readable
from leaflet.design.styles import COLOUR, FACES, MOTIFS, Style
from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_file, read_text
from leaflet.model.workspace import Workspace

FILE = "leaflet.toml"
TABLE = "organisation"
COLOURS = ("brand", "accent", "signal", "paper", "ink", "tint")
KEYS = ("name", "logo", *COLOURS, "text", "headings", "motif")
DARK = 0.18
"""Relative luminance of the middle between black and white: darker grounds carry light text."""


def dressed(style: Style, workspace: Workspace) -> Style:
    """``style`` in the colours, faces and with the logo that ``leaflet.toml`` gives under ``[organisation]``.

    Raises:
        LayoutError: a value is not what it should be, or text in these colours could not be read.
    """
    given = _given(workspace)
    problems = [problem for key, value in given.items() for problem in _problems(key, value)]
    if problems:
        raise LayoutError(problems)
    chosen = {key: given[key].upper() for key in COLOURS if key in given}
    tokens = _tokens(style, chosen) if chosen else style.tokens
    unreadable = [*contrast_problems(tokens, _place(next(iter(chosen), "")))] if chosen else []
    if unreadable:
        raise LayoutError(unreadable)
    return replace(
        style,
        tokens=tokens,
        art=_art(style, tokens, chosen) if chosen else style.art,
        motif=given.get("motif", style.motif),
        faces=_faces(style, given),
        css=style.css + _logo(given, workspace),
    )


def _given(workspace: Workspace) -> Mapping[str, Any]:
    path = workspace.root / FILE
    if not path.is_file():
        return {}
    table = tomllib.loads(read_text(path, name=FILE, inside=workspace.roots)).get(TABLE, {})
    if isinstance(table, dict):
        return table
    raise LayoutError(
        Problem(message=f'"{TABLE}" is not a table', location=_place(""), hint=f"write [{TABLE}] on a line of its own")
    )


def _place(key: str) -> Location:
    return Location(file=f"{FILE} [{TABLE}] {key}".strip())


def _problems(key: str, value: object) -> list[Problem]:
    """What is wrong with one value."""
    words = {"text": tuple(FACES), "headings": tuple(FACES), "motif": MOTIFS}.get(key)
    if key not in KEYS:
        near = get_close_matches(key, KEYS, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"known here are {', '.join(KEYS)}"
        return [Problem(message=f'"{key}" is not known here', location=_place(key), hint=hint)]
    if not isinstance(value, str):
        return [Problem(message=f"{value!r} is not a text", location=_place(key), hint="write it in quotes")]
    if key in COLOURS and not COLOUR.fullmatch(value):
        hint = f'write it with six digits: {key} = "#0B4F6C"'
        return [Problem(message=f'"{value}" is not a colour', location=_place(key), hint=hint)]
    if words and value not in words:
        hint = f"choose one of {', '.join(words)}"
        return [Problem(message=f'"{value}" is not known', location=_place(key), hint=hint)]
    return []


def _tokens(style: Style, chosen: Mapping[str, str]) -> dict[str, str]:
    """All colours of the style, those that were not chosen derived from those that were."""
    base = style.tokens
    roots = {key: chosen.get(key, base[key]) for key in ("paper", "ink", "brand", "accent", "tint")}
    paper, ink, brand, tint = roots["paper"], roots["ink"], roots["brand"], roots["tint"]
    grounds = {"brand": brand, "tint": tint, "brand-deep": mixed(brand, BLACK, 0.25)}
    cover = grounds["brand" if luminance(base["cover"]) < DARK else "tint"]
    plate = grounds["brand" if luminance(base["plate"]) < DARK else "tint"]
    accent_tint = mixed(roots["accent"], paper, 0.92)
    on_cover = _on(cover, paper, brand)
    return {
        **base,
        **roots,
        "muted": readable(mixed(ink, paper, 0.2), tint),
        "brand-deep": grounds["brand-deep"],
        "on-brand": _on(brand, paper, ink),
        "tint-2": mixed(tint, brand, 0.12),
        "rule": mixed(tint, brand, 0.25),
        "accent-tint": accent_tint,
        "on-accent": _on(roots["accent"], paper, ink),
        "cover": cover,
        "on-cover": on_cover,
        "on-cover-soft": readable(mixed(on_cover, cover, 0.1), cover),
        "plate": plate,
        "on-plate": _on(plate, paper, ink),
        "flap": tint,
    }


def _on(ground: str, light: str, dark: str) -> str:
    """Whichever of two colours is easier to read on ``ground``, or white or black where neither is."""
    best = max((light, dark), key=lambda colour: contrast(colour, ground))
    return readable(best, ground)


def _art(style: Style, tokens: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Colours for the motif: shades of the brand that stand off the cover."""
    cover = tokens["cover"]
    towards = WHITE if luminance(cover) < DARK else tokens["brand"]
    shades = {name: mixed(cover, towards, share) for name, share in ART_SHARES.items()}
    return {**shades, "signal": chosen.get("signal", style.art["signal"])}


ART_SHARES = {"line": 0.35, "one": 0.25, "two": 0.5, "three": 0.38, "four": 0.75}


def _faces(style: Style, given: Mapping[str, str]) -> dict[str, str]:
    """The style's faces; a face chosen for the text is that of labels as well."""
    text, headings = given.get("text"), given.get("headings")
    chosen = {"text": text, "labels": text, "headings": headings or text}
    return {role: chosen[role] or face for role, face in style.faces.items()}


def _logo(given: Mapping[str, str], workspace: Workspace) -> str:
    """The logo above the publisher's name, which says in words what it shows."""
    if "logo" not in given:
        return ""
    file = workspace.resolve(given["logo"], beside=workspace.root, asked_at=_place("logo"))
    kind = PICTURES.get(file.suffix.lower())
    if kind is None or not file.is_file():
        said = "there is no such file" if kind else "this is no SVG, PNG or JPEG picture"
        hint = f"write its path from the folder of {FILE}"
        raise LayoutError(Problem(message=f'the logo "{given["logo"]}": {said}', location=_place("logo"), hint=hint))
    return LOGO.format(
        address=f"data:{kind};base64,{base64.b64encode(read_file(file, inside=workspace.roots)).decode()}"
    )


PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
LOGO = """
.cover .brand {{ padding-left: 0; background: none }}
.cover .brand::before {{
  content: ""; display: block; height: 12mm; margin-bottom: calc(var(--b) * .5);
  background: url("{address}") no-repeat left center / contain;
}}
"""
