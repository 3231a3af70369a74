"""Formulas on a page: drawings with alternative text for paper, MathML for screens, their source where neither is."""

from __future__ import annotations

import base64

from markupsafe import Markup

from leaflet.formulas import alternative_text, drawing, mathml
from leaflet.model.document import Math


def formula(node: Math, language: str, *, on_paper: bool) -> Markup:
    """Return a formula in a text of ``language``."""
    return formula_of(node.tex, language, display=node.display, is_set=node.set, on_paper=on_paper)


def formula_of(tex: str, language: str, *, display: bool, is_set: bool, on_paper: bool) -> Markup:
    """Return a formula, or its source where it cannot be set; the alternative text of the drawing is its words in ``language``, its title the TeX."""
    kind = "math-display" if display else "math-inline"
    if not is_set:
        return Markup('<code class="{}">{}</code>').format(kind, tex)
    if not on_paper:
        markup = Markup(mathml(tex, display=display))  # noqa: S704 - made by the converter from a tree
        spoken = Markup('<math alttext="{}"').format(" ".join(tex.split()))
        return Markup('<span class="{}">{}</span>').format(kind, spoken + markup.removeprefix("<math"))
    drawn = drawing(tex, display=display)
    address = f"data:image/svg+xml;base64,{base64.b64encode(drawn.svg.encode()).decode()}"
    style = f"width:{drawn.width:.3f}em;height:{drawn.height:.3f}em"
    if not display:
        style += f";vertical-align:{-drawn.below:.3f}em"
    return Markup('<img class="{}" src="{}" alt="{}" title="{}" style="{}">').format(
        kind, address, alternative_text(tex, language), " ".join(tex.split()), style
    )
