"""An organisation's own look: ten values and a logo, from which all tokens of a style follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leaflet.design.contrast import BLACK, WHITE, contrast, contrast_problems, luminance, mixed, readable
from leaflet.design.styles import Style
from leaflet.errors import LayoutError
from leaflet.model.organisation import Organisation

DARK = 0.18
"""Relative luminance of the middle between black and white: darker grounds carry light text."""


def apply_organisation(style: Style, organisation: Organisation) -> Style:
    """Return ``style`` in the colours and faces and with the logo of an organisation.

    Raises:
        LayoutError: text in these colours could not be read.
    """
    chosen = organisation.colours
    tokens = _tokens(style, chosen) if chosen else style.tokens
    unreadable = [*contrast_problems(tokens, organisation.place(next(iter(chosen))))] if chosen else []
    if unreadable:
        raise LayoutError(unreadable)
    return replace(
        style,
        tokens=tokens,
        art=_art(style, tokens, chosen) if chosen else style.art,
        motif=organisation.motif or style.motif,
        faces=_faces(style, organisation),
        css=style.css + (LOGO.format(address=organisation.logo) if organisation.logo else ""),
    )


def _tokens(style: Style, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return all colours of the style, those that were not chosen derived from those that were."""
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
    """Return the one of two colours that is easier to read on ``ground``, or white or black where neither is."""
    best = max((light, dark), key=lambda colour: contrast(colour, ground))
    return readable(best, ground)


def _art(style: Style, tokens: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return colours for the motif: shades of the brand that differ from the cover."""
    cover = tokens["cover"]
    towards = WHITE if luminance(cover) < DARK else tokens["brand"]
    shades = {name: mixed(cover, towards, share) for name, share in ART_SHARES.items()}
    return {**shades, "signal": chosen.get("signal", style.art["signal"])}


ART_SHARES = {"line": 0.35, "one": 0.25, "two": 0.5, "three": 0.38, "four": 0.75}


def _faces(style: Style, organisation: Organisation) -> dict[str, str]:
    """Return the style's faces; a face chosen for the text is that of labels as well."""
    text, headings = organisation.text, organisation.headings
    chosen = {"text": text, "labels": text, "headings": headings or text}
    return {role: chosen[role] or face for role, face in style.faces.items()}


LOGO = """
.cover .brand {{ padding-left: 0; background: none }}
.cover .brand::before {{
  content: ""; display: block; height: 12mm; margin-bottom: calc(var(--b) * .5);
  background: url("{address}") no-repeat left center / contain;
}}
"""
