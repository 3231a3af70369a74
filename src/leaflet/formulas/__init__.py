"""Formulas in TeX as MathML for screens, as vector drawings for paper, and in words."""

from leaflet.formulas.typeset import FormulaDrawing, Unset, alternative_text, drawing, mathml, unset_reason

__all__ = ["FormulaDrawing", "Unset", "alternative_text", "drawing", "mathml", "unset_reason"]
