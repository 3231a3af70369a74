"""Formulas in TeX as MathML for screens, as vector drawings for paper, and in words."""

from leaflet.formulas.break_lines import in_lines
from leaflet.formulas.typeset import FormulaDrawing, Unset, alternative_text, drawing, mathml, unset_reason

__all__ = ["FormulaDrawing", "Unset", "alternative_text", "drawing", "in_lines", "mathml", "unset_reason"]
