"""Formulas on a page: drawings with alternative text for paper, MathML for screens, their source where neither is."""

from __future__ import annotations

import base64

from markupsafe import Markup

from leaflet.formulas import alternative_text, drawing, drawing_in_lines, mathml
from leaflet.model.document import Math

BESIDE_NUMBER = 6.0
"""The ems that a formula leaves free for its number, as maths of ``numbers.css``: half of it on each side."""


def formula(node: Math, language: str, most: float | None) -> Markup:
    """Return a formula; the alternative text of the drawing is its words in ``language``, its title the TeX.

    One that is set apart and wider than ``most`` ems is divided into lines. Without ``most`` it is for a screen.
    """
    kind = "math-display" if node.display else "math-inline"
    if not node.set:
        return Markup('<code class="{}">{}</code>').format(kind, node.tex)
    if most is None:
        markup = Markup(mathml(node.tex, display=node.display))  # noqa: S704 - made by the converter from a tree
        spoken = Markup('<math alttext="{}"').format(" ".join(node.tex.split()))
        return Markup('<span class="{}">{}</span>').format(kind, spoken + markup.removeprefix("<math"))
    drawn = (
        drawing_in_lines(node.tex, most - BESIDE_NUMBER * node.numbered)
        if node.display
        else drawing(node.tex, display=False)
    )
    address = f"data:image/svg+xml;base64,{base64.b64encode(drawn.svg.encode()).decode()}"
    style = f"width:{drawn.width:.3f}em;height:{drawn.height:.3f}em"
    if not node.display:
        style += f";vertical-align:{-drawn.below:.3f}em"
    return Markup('<img class="{}" src="{}" alt="{}" title="{}" style="{}">').format(
        kind, address, alternative_text(node.tex, language), " ".join(node.tex.split()), style
    )
