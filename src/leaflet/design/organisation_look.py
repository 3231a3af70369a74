"""An organisation's own look: ten values and a logo, from which all tokens of a style follow."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from leaflet.design.contrast import BLACK, WHITE, contrast, contrast_problems, luminance, mixed, readable
from leaflet.design.styles import Style
from leaflet.errors import LayoutError, Problem
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
    logo = _logo_on(organisation, tokens["cover"])
    return replace(
        style,
        tokens=tokens,
        art=_art(style, tokens, chosen) if chosen else style.art,
        motif=organisation.motif or style.motif,
        faces=_faces(style, organisation),
        css=style.css + (_logo_css(organisation, logo) if logo else ""),
        wordmark=logo if organisation.logo_has_name else None,
    )


SEEN = 3.0
"""WCAG 2.2, 1.4.11: the least contrast of what is no text and must be seen."""


def _logo_on(organisation: Organisation, cover: str) -> str | None:
    """Return the logo for a cover of that colour.

    Raises:
        LayoutError: it could not be made out on the cover's colour.
    """
    on_dark = organisation.logo_on_dark is not None and luminance(cover) < DARK
    key = "logo-on-dark" if on_dark else "logo"
    logo = organisation.logo_on_dark if on_dark else organisation.logo
    colours = organisation.dark_logo_colours if on_dark else organisation.logo_colours
    if logo is None:
        return None
    best = max((contrast(colour, cover) for colour in colours), default=SEEN)
    if best < SEEN:
        other = "logo-on-dark" if luminance(cover) < DARK else "logo"
        raise LayoutError(
            Problem(
                message=f"the logo has a contrast of {best:.1f} to 1 with the cover {cover}, so that nobody sees it",
                location=organisation.place(key),
                hint=f'name one with other colours for such grounds: {other} = "images/logo.svg"',
            )
        )
    return logo


def _logo_css(organisation: Organisation, logo: str) -> str:
    rules = WORDMARK if organisation.logo_has_name else LOGO
    return rules.format(address=logo, height=f"{organisation.logo_height:g}")


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
    text = organisation.text
    chosen = {"text": text, "labels": organisation.labels or text, "headings": organisation.headings or text}
    return {role: chosen[role] or face for role, face in style.faces.items()}


LOGO = """
.cover .brand {{ padding-left: 0; background: none }}
.cover .brand::before {{
  content: ""; display: block; height: {height}mm; margin-bottom: calc(var(--b) * .5);
  background: url("{address}") no-repeat left center / contain;
}}
"""

WORDMARK = """
.cover .brand {{ padding-left: 0; background: none }}
.cover .brand img {{ display: block; height: {height}mm; width: auto; max-width: 100%; object-fit: contain }}
"""
