"""The typefaces that come with leaflet."""

from __future__ import annotations

from collections.abc import Mapping

FACES: Mapping[str, float] = {"Source Sans 3": 0.41, "Source Serif 4": 0.44, "Atkinson Hyperlegible": 0.45}
"""The families, and the mean width of a character of running English text in each, in ems."""
