"""Formulas in TeX as MathML for screens, as vector drawings for paper, and in words."""

from leaflet.formulas.break_lines import drawing_in_lines
from leaflet.formulas.rewrite import own_number
from leaflet.formulas.typeset import FormulaDrawing, Unset, alternative_text, drawing, mathml, unset_reason

__all__ = [
    "FormulaDrawing",
    "Unset",
    "alternative_text",
    "drawing",
    "drawing_in_lines",
    "mathml",
    "own_number",
    "unset_reason",
]
