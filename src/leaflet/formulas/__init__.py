"""Formulas in TeX as MathML for screens and as vector drawings for paper."""

from leaflet.formulas.typeset import FormulaDrawing, Unset, drawing, mathml, unset_reason

__all__ = ["FormulaDrawing", "Unset", "drawing", "mathml", "unset_reason"]
