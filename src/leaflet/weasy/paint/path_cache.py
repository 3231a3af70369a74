"""Paths of vector pictures that are read once, however often they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.lru import Recent

import weasyprint.svg as svg  # isort: skip

_paths: Recent[tuple[tuple[Any, ...], tuple[Any, ...]]] = Recent(256)


def forget_paths() -> None:
    """Forget all paths that were drawn."""
    _paths.clear()


@contextmanager
def known_paths() -> Iterator[None]:
    """While inside, WeasyPrint draws a path that it drew before without reading it again."""
    draw = svg.TAGS["path"]
    svg.TAGS["path"] = _once(draw)
    try:
        yield
    finally:
        svg.TAGS["path"] = draw


def _once(draw: Callable[..., None]) -> Callable[..., None]:
    def path(picture: Any, node: Any, font_size: float) -> None:
        key = (node.get("d", ""), font_size, picture.inner_width, picture.inner_height)
        drawn = picture.stream.stream
        known = _paths.get(key)
        if known is None:
            operators, vertices = len(drawn), len(node.vertices)
            draw(picture, node, font_size)
            _paths.keep(key, (tuple(drawn[operators:]), tuple(node.vertices)[vertices:]))
        else:
            drawn.extend(known[0])
            node.vertices.extend(known[1])

    return path
