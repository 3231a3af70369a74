"""The icon set: line drawings in a style's colours, as ``data:`` addresses for CSS backgrounds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from msgspec import Struct

from leaflet.design.styles import Style
from leaflet.errors import LayoutError, Problem
from leaflet.files import closest, read_packaged
from leaflet.model.document import AtAGlance, Document, Icon
from leaflet.model.walk import all_nodes

STROKES = {"disc": 1.7, "ring": 1.2, "square": 2.2}
ORDINARY = "check"
"""The icon of a fact that names none."""


class IconSet(Struct, frozen=True, kw_only=True):
    """All icons by name, as SVG fragments on a field of 24 by 24."""

    shapes: Mapping[str, str]

    def known(self, name: str | None) -> str:
        """Return ``name`` if the set has it, and the ordinary icon otherwise."""
        return name if name is not None and name in self.shapes else ORDINARY

    def css(self, names: Iterable[str], style: Style) -> str:
        """Return one CSS rule for each badge (``.i-phone``) and each plain icon (``.icon-phone``) among ``names``."""
        rules = []
        for name in sorted({self.known(name) for name in names}):
            badge = data_address(_badge(self.shapes[name], style))
            plain = data_address(_plain(self.shapes[name], style.tokens["brand"]))
            rules.append(f'.i-{name}{{background-image:url("{badge}")}}.icon-{name}{{background-image:url("{plain}")}}')
        return "".join(rules)

    def refuse_unknown(self, document: Document) -> None:
        """Raise for every icon of ``document`` that is not in the set.

        Raises:
            LayoutError: icons that are not there, each with its place and the nearest that is.
        """
        asked = [(node.name, node.location) for node in all_nodes(document) if isinstance(node, Icon)]
        glances = [node for node in all_nodes(document) if isinstance(node, AtAGlance)]
        asked += [
            (fact.icon, fact.location or glance.location) for glance in glances for fact in glance.facts if fact.icon
        ]
        problems = []
        for name, place in asked:
            if name not in self.shapes:
                near = closest(name, self.shapes)
                hint = f"did you mean icon-{near[0]}?" if near else f"choose one of {', '.join(sorted(self.shapes))}"
                problems.append(Problem(message=f'there is no icon "{name}"', location=place, hint=hint))
        if problems:
            raise LayoutError(problems)


def load_icons() -> IconSet:
    """Read the icons that come with leaflet."""
    return IconSet(shapes=tomllib.loads(read_packaged("leaflet.design", "icons.toml").decode()))


def data_address(svg: str) -> str:
    """Return ``svg`` as an address that CSS can hold in double quotes."""
    return "data:image/svg+xml," + quote(svg, safe="/:=;,+*'!()")


def _badge(shapes: str, style: Style) -> str:
    brand, deep = style.tokens["brand"], style.tokens["brand-deep"]
    field, colour = {
        "disc": (f'<circle cx="20" cy="20" r="20" fill="{brand}"/>', style.tokens["on-brand"]),
        "ring": (f'<circle cx="20" cy="20" r="19.4" fill="none" stroke="{brand}" stroke-width="1"/>', brand),
        "square": (f'<rect width="40" height="40" rx="6" fill="{deep}"/>', style.art["signal"]),
    }[style.badge]
    drawing = _lines(shapes, colour, STROKES[style.badge])
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">{field}<g transform="translate(8 8)">{drawing}</g></svg>'


def _plain(shapes: str, colour: str) -> str:
    drawing = _lines(shapes, colour, 1.8)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">{drawing}</svg>'


def _lines(shapes: str, colour: str, width: float) -> str:
    coloured = shapes.replace("currentColor", colour)
    return (
        f'<g fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" '
        f'stroke-linejoin="round">{coloured}</g>'
    )
