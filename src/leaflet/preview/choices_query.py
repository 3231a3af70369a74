"""Choices of a tab, as its address has them, and the values that may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leaflet.errors import LeafletError, Location, Problem
from leaflet.model.layout import Fit
from leaflet.preview.build_request import TabChoices

if TYPE_CHECKING:
    from leaflet.model.workspace import Workspace

FIELD = "field."
"""The beginning of a parameter that gives a field its value."""
LONGEST = 2_000
MOST_FOUND = 40


def choices_from(query: Mapping[str, str]) -> TabChoices:
    """Return the choices that an address names.

    Raises:
        LeafletError: one of them is none that can be made.
    """
    if any(len(value) > LONGEST for value in query.values()):
        raise LeafletError(Problem(message="a value in the address is too long"))
    fit = query.get("fit") or None
    if fit is not None and fit not in tuple(Fit):
        raise LeafletError(Problem(message=f'"{fit}" is not known here', location=Location(file="fit")))
    csl = query.get("csl") or None
    if csl is not None and ("/" in csl or "\\" in csl or csl.endswith(".csl")):
        message = "only citation styles that have a name can be chosen here"
        raise LeafletError(Problem(message=message, hint="name the .csl file as csl: in the front matter"))
    return TabChoices(
        layout=query.get("layout") or None,
        style=query.get("style") or None,
        csl=csl,
        fit=Fit(fit) if fit else None,
        fields={name.removeprefix(FIELD): value for name, value in query.items() if name.startswith(FIELD)},
    )


def values_of(workspace: Workspace) -> Mapping[str, object]:
    """Return the layouts, styles, citation styles and fits that can be chosen, each with what it is."""
    from leaflet.design import load_layout
    from leaflet.pipeline import SHORT_NAMES

    layouts = []
    for name in workspace.names("layouts", "layout.toml"):
        folder = workspace.find("layouts", name)
        try:
            words = load_layout(folder, workspace.roots).description if folder else ""
        except LeafletError:  # a layout that is being written; building with it says what is wrong
            words = ""
        layouts.append({"name": name, "words": words})
    styles = [{"name": name, "words": ""} for name in workspace.names("styles", "style.toml")]
    return {
        "layout": layouts,
        "style": styles,
        "csl": [{"name": name, "words": ""} for name in sorted(SHORT_NAMES)],
        "fit": [{"name": fit.value, "words": ""} for fit in Fit],
    }


def citation_styles(workspace: Workspace, words: str) -> list[Mapping[str, str]]:
    """Return the citation styles whose name has all of ``words``."""
    from leaflet.pipeline import find_styles

    found = find_styles(words[:100], workspace, MOST_FOUND)
    return [{"name": name, "words": title} for name, title in found]
