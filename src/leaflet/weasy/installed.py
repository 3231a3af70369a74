"""Comparison of the installed WeasyPrint with the one that leaflet was tested with."""

from __future__ import annotations

from leaflet.errors import Problem
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.features import supported_features
from leaflet.weasy.internals import INTERNALS


def tested_warning() -> Problem | None:
    """Return the warning that names the features which the installed version does not support; None where it does all.

    Raises:
        LeafletError: nothing can be built with the installed version.
    """
    return next(iter(supported_features(weasyprint.VERSION, INTERNALS).problems), None)
