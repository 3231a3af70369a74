"""Leaflet's additions to CommonMark, one rule per module."""
