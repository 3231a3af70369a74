"""Pictures with sizes, and the framed places of those that are not there."""

from __future__ import annotations

import re

from markupsafe import Markup

from leaflet.model.document import Image

LENGTH = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:cm|mm|in|px|pt|pc|em|%)")


def size_style(node: Image) -> Markup:
    """Return the style attribute for the sizes that a picture was given."""
    sizes = {key: (node.attributes.get(key) or "").strip() for key in ("width", "height")}
    kept = {
        key: size
        for key, size in sizes.items()
        if LENGTH.fullmatch(size) and not (key == "height" and size.endswith("%"))
    }
    if not kept:
        return Markup()
    return Markup(' style="{}"').format(";".join(f"{key}:{size}" for key, size in kept.items()))


def absent_picture(node: Image) -> Markup:
    """Return the place of a picture that is not there: its words in a frame."""
    if not node.alt:
        return Markup()
    return Markup('<span class="absent-picture">{}</span>').format(node.alt)
