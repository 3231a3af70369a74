"""Warnings of classes that nothing sets apart: what is written between their lines would print as other text does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from leaflet.design import SHARED, Style
from leaflet.errors import Location, Problem, Severity
from leaflet.files import closest, read_packaged, read_text
from leaflet.html.component_css import BY_CLASS
from leaflet.html.framed_blocks import FRAMES
from leaflet.model.document import Division, Document
from leaflet.model.layout import Layout
from leaflet.model.walk import all_nodes
from leaflet.model.workspace import Workspace

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
"""A class in a selector, or what looks like one."""
OFFERED = (*BY_CLASS, *FRAMES, "two", "wide", "callout-note", "callout-tip", "callout-warning", "callout-important")
"""Classes of divs that the documentation explains."""
PLAIN = re.compile(
    r"prf-.*|tab-.*|panel-tabset|glossary|epigraph|version(added|changed|removed)|deprecated|fullwidth|content-.*"
)
"""Classes of other programs whose words say enough by themselves on paper."""
LIKE = {
    "box": "sidebar",
    "aside": "sidebar",
    "margin": "sidebar",
    "note": "callout-note",
    "columns": "two",
    "quote": "pull-quote",
}
"""Names that other programs have for the same."""


def unstyled_classes(document: Document, layout: Layout, style: Style, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each class of a div that neither leaflet nor the CSS of layout, style or document knows."""
    places: dict[str, Location] = {}
    for node in all_nodes(document):
        if isinstance(node, Division) and node.attributes.classes and not node.attributes.pairs:
            places.setdefault(node.attributes.classes[0], node.location)
    unknown = {name for name in places if name not in OFFERED and not PLAIN.fullmatch(name)}
    if not unknown:
        return
    known = {name for css in _stylesheets(layout, style, workspace) for name in CLASS.findall(css)}
    for name in sorted(unknown - known):
        near = LIKE.get(name) or next(iter(closest(name, OFFERED)), "sidebar")
        yield Problem(
            message=f'nothing sets apart what has the class "{name}", so it prints as other text does',
            location=places[name],
            hint=f'write "{near}" for a component of leaflet (docs/components.md), or a rule for .{name} in the CSS of the style',
            severity=Severity.WARNING,
        )


def _stylesheets(layout: Layout, style: Style, workspace: Workspace) -> Iterator[str]:
    for part in ("additions", "components"):
        for file in files("leaflet.html").joinpath("templates", part).iterdir():
            yield read_packaged("leaflet.html", "templates", part, file.name).decode()
    yield read_packaged("leaflet.html", "templates", "web.css").decode()
    yield style.css
    for folder in (layout.folder, *layout.bases, *(found / SHARED for found in workspace.folders("layouts"))):
        for path in sorted(folder.glob("*.css")):
            yield read_text(path, name=workspace.name_of(path), inside=(folder, *workspace.roots))
