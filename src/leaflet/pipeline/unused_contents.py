"""Contents that a layout has no pages for."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.errors import Problem, Severity
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata


def unused_contents(metadata: Metadata, layout: Layout) -> Iterator[Problem]:
    """Yield a warning where the front matter asks for contents, and the layout is folded from one sheet."""
    if metadata.contents and not layout.repeats_pages:
        yield Problem(
            message=f'the layout "{layout.name}" has no contents: all its panels are seen at once',
            location=metadata.places.get("contents"),
            hint="leave the key out, or choose a handout or a booklet",
            severity=Severity.WARNING,
        )
