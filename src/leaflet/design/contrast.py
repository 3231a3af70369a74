"""Contrast of text colours with their grounds, as WCAG 2.2 measures it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leaflet.errors import Location, Problem

LEAST = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text with its ground."""
PAIRS = (
    ("ink", "paper"), ("ink", "tint"), ("ink", "flap"), ("ink", "accent-tint"), ("muted", "paper"), ("muted", "flap"),
    ("brand", "paper"), ("brand", "tint"), ("brand", "flap"), ("brand-deep", "paper"), ("on-brand", "brand"),
    ("accent", "paper"), ("accent", "accent-tint"), ("on-accent", "accent"),
    ("on-cover", "cover"), ("on-cover-soft", "cover"), ("on-plate", "plate"),
)  # fmt: skip
"""Pairs of a colour and its ground, by the names of a style's tokens."""
BLACK, WHITE = "#000000", "#FFFFFF"
STEPS = 40


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``: WCAG 2.2, "relative luminance"."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21: WCAG 2.2, "contrast ratio"."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with a ``share`` of ``other`` in it.

    >>> mixed("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{int((a * (1 - share) + b * share) * 255 + 0.5):02X}" for a, b in pairs)


def readable(colour: str, ground: str, least: float = LEAST) -> str:
    """Return ``colour``, made darker or lighter in small steps until it can be read on ``ground``.

    >>> readable("#000000", "#FFFFFF")
    '#000000'
    """
    end = max((BLACK, WHITE), key=lambda pole: contrast(pole, ground))
    tried = (mixed(colour, end, step / STEPS) for step in range(STEPS + 1))
    return next((shade for shade in tried if contrast(shade, ground) >= least), end)


def contrast_problems(tokens: Mapping[str, str], at: Location | None) -> Iterator[Problem]:
    """Yield one problem for each pair of ``tokens`` that cannot be read, with a colour that could."""
    for text, ground in PAIRS:
        ratio = contrast(tokens[text], tokens[ground])
        if ratio < LEAST:
            better = readable(tokens[text], tokens[ground])
            yield Problem(
                message=f"{text} {tokens[text]} on {ground} {tokens[ground]} has a contrast of {ratio:.1f} to 1",
                location=at,
                hint=f'text needs {LEAST:g} to 1: write {text} = "{better}", or change {ground}',
            )


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
