"""Formulas on a page: drawings with alternative text for paper, MathML for screens, their source where neither is."""

from __future__ import annotations

import base64
from collections.abc import Callable

from markupsafe import Markup

from leaflet.formulas import alternative_text, drawing, drawing_in_lines, mathml
from leaflet.model.document import Math

BESIDE_NUMBER = 6.0
"""The ems that a formula leaves free for its number, as maths of ``numbers.css``: half of it on each side."""


def formula_of(tex: str, language: str, most: float | None, *, display: bool, is_set: bool) -> Markup:
    """Return a formula, or its source where it cannot be set; the alternative text of the drawing is its words in ``language``, its title the TeX.

    One that is set apart and wider than ``most`` ems is divided into lines. Without ``most`` it is for a screen.
    """
    kind = "math-display" if display else "math-inline"
    if not is_set:
        return Markup('<code class="{}">{}</code>').format(kind, tex)
    if most is None:
        markup = Markup(mathml(tex, display=display))  # noqa: S704 - made by the converter from a tree
        spoken = Markup('<math alttext="{}"').format(" ".join(tex.split()))
        return Markup('<span class="{}">{}</span>').format(kind, spoken + markup.removeprefix("<math"))
    drawn = drawing_in_lines(tex, most) if display else drawing(tex, display=False)
    address = f"data:image/svg+xml;base64,{base64.b64encode(drawn.svg.encode()).decode()}"
    style = f"width:{drawn.width:.3f}em;height:{drawn.height:.3f}em"
    if not display:
        style += f";vertical-align:{-drawn.below:.3f}em"
    return Markup('<img class="{}" src="{}" alt="{}" title="{}" style="{}">').format(
        kind, address, alternative_text(tex, language), " ".join(tex.split()), style
    )


def formula(node: Math, language: str, most: float | None, make: Callable[..., Markup] = formula_of) -> Markup:
    """Return a formula in a text of ``language`` with ``most`` ems in a line; ``make`` may be ``formula_of`` with a cache."""
    free = None if most is None else most - BESIDE_NUMBER * node.numbered
    return make(node.tex, language, free, display=node.display, is_set=node.set)
