"""Quarto's divs and spans for some formats only: for the web page, for paper, or for neither."""

from __future__ import annotations

from msgspec.structs import replace

from leaflet.model.document import Attributes

WEB = frozenset({"html", "html5", "html4", "html:js", "revealjs", "epub"})
PRINT = frozenset({"pdf", "latex", "typst", "beamer", "context"})
VISIBLE, HIDDEN = "content-visible", "content-hidden"
ONLY_WEB, ONLY_PRINT = "only-web", "only-print"


def for_formats(attributes: Attributes) -> Attributes | None:
    """Return the attributes of a part that Quarto shows in some formats; None where no output of leaflet shows it."""
    classes = set(attributes.classes)
    if not classes & {VISIBLE, HIDDEN}:
        return attributes
    asked = attributes.get("when-format") or attributes.get("unless-format")
    if asked is None:
        return None if HIDDEN in classes else attributes
    inverted = (HIDDEN in classes) != (attributes.get("when-format") is None)
    web, paper = (asked in WEB) != inverted, (asked in PRINT) != inverted
    if web and paper:
        return attributes
    if not web and not paper:
        return None
    return replace(attributes, classes=(*attributes.classes, ONLY_WEB if web else ONLY_PRINT))
