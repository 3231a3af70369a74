"""CSS made from data: page rules from a layout, tokens from a style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from leaflet.design.art import STRIP_HEIGHT, strip_art
from leaflet.design.contrast import contrast, readable
from leaflet.design.css_strings import css_string
from leaflet.design.icons import data_address
from leaflet.design.running_lines import RunningLines, running_css
from leaflet.design.styles import Style
from leaflet.model.fold import Millimetres, Panel
from leaflet.model.layout import Layout

SLACK = 0.3
"""The height in millimetres that a panel leaves unused, so that rounding never makes a page too many."""
MARGIN_NAMES = ("top", "right", "bottom", "left")


def within_style(css: str) -> str:
    """Return ``css`` for a ``<style>`` element, which the first ``</`` would end."""
    return css.replace("</", "<\\/").replace("<!--", "<\\!--")


def token_css(style: Style) -> str:
    """Return the style's colours and faces as custom properties."""
    colours = "".join(f"--{name}:{value};" for name, value in style.tokens.items())
    faces = "".join(f"{FACE_TOKENS[role]}:{_stack(family)};" for role, family in style.faces.items())
    signal = style.art["signal"]
    best = max((style.tokens["ink"], style.tokens["paper"]), key=lambda colour: contrast(colour, signal))
    pair = f"--signal:{signal};--on-signal:{readable(best, signal)};"
    return f":root{{{colours}{pair}{faces}}}"


FACE_TOKENS = {"text": "--text", "headings": "--display", "labels": "--label"}
OTHER_SCRIPTS = ("IBM Plex Sans Arabic", "Rubik", "Noto Sans SC")
"""The families of the extras for Arabic, Hebrew and Chinese, for letters that the style's own family has not."""


def _stack(family: str) -> str:
    rest = "Georgia, serif" if "Serif" in family else '"Segoe UI", system-ui, sans-serif'
    return ", ".join((*(css_string(name) for name in (family, *OTHER_SCRIPTS)), rest))


TYPE_TOKENS = {
    "line": "--b",
    "body": "--fs",
    "small": "--fs-small",
    "lead": "--fs-lead",
    "title": "--fs-h1",
    "heading": "--fs-h2",
    "phone": "--fs-tel",
    "subtitle": "--fs-sub",
}


def type_css(sizes: Mapping[str, float], least: float) -> str:
    """Return type sizes as custom properties that follow the fit; nothing is set smaller than ``least``, in points.

    Fine print does not shrink, it is small enough.
    """
    scaled = (f"{token}:{_scaled(key, sizes[key], least)};" for key, token in TYPE_TOKENS.items())
    fine = max(sizes["fine"], least)
    return f":root{{--fit:1;--least:{least:g}pt;{''.join(scaled)}--fs-fine:{fine:g}pt}}"


def _scaled(key: str, size: float, least: float) -> str:
    scaled = f"calc({size:g}pt*var(--fit))"
    return f"max({scaled},{least:g}pt)" if key == "small" else scaled


def page_css(layout: Layout, style: Style, lines: RunningLines) -> str:
    """Return size, bleed, margins and ground of every page, and the measures that the panels' CSS builds on.

    Panels of one name may differ in width and margins: the n-th page of that name is the n-th such panel.
    """
    total = Counter(panel.name for panel in layout.panels)
    rules = [f"@page{{bleed:{layout.bleed:g}mm;background:{style.tokens['paper']}}}"]
    for name, members in groupby(layout.panels, key=lambda panel: panel.name):
        run = tuple(members)
        left = sum(panel.width for panel in run[1:]) if layout.right_to_left else 0.0
        for place, panel in enumerate(run, start=1):
            which = name if place == 1 else f":nth({place} of {name})"
            margins = [getattr(panel.margins, side) for side in MARGIN_NAMES]
            box = " ".join(f"{value:g}mm" for value in margins)
            rules.append(f"@page {which}{{size:{panel.width:g}mm {panel.height:g}mm;margin:{box}}}")
            if total[name] > 1 and panel.margins.top >= STRIP + 6:
                rules.append(_strip(which, panel, left, layout.bleed, style))
            left += -run[min(place, len(run) - 1)].width if layout.right_to_left else panel.width
            if place == 1:
                rules.append(_panel_measures(panel, layout.bleed))
            if panel.repeats:
                rules += running_css(layout, which, panel, lines, style.tokens["muted"])
    return "\n".join(rules)


STRIP: Millimetres = 7.0
"""The depth of the running ornament below the trim."""


def _strip(which: str, panel: Panel, left: Millimetres, bleed: Millimetres, style: Style) -> str:
    """Return the ornament that runs over the heads of neighbouring panels without a seam."""
    art = strip_art(style, left - bleed, panel.width + 2 * bleed)
    if not art:
        return ""
    x, y = -(panel.margins.left + bleed), STRIP - STRIP_HEIGHT / 2 - panel.margins.top
    size = f"{panel.width + 2 * bleed:g}mm {STRIP_HEIGHT:g}mm"
    return (
        f'@page {which}{{background:{style.tokens["paper"]} url("{data_address(art)}") no-repeat '
        f"{x:g}mm {y:g}mm/{size}}}"
    )


def _panel_measures(panel: Panel, bleed: Millimetres) -> str:
    """Return the measures of a panel; what reaches the edges of mirrored pages does so on left and on right ones."""
    margins = {side: getattr(panel.margins, side) for side in MARGIN_NAMES}
    if panel.mirrored:
        margins |= dict.fromkeys(("left", "right"), max(panel.margins.left, panel.margins.right))
    edges = "".join(f"--edge-{side}:{-(value + bleed):g}mm;" for side, value in margins.items())
    room = panel.text_height - SLACK
    return f".panel-{panel.name}{{page:{panel.name};--room:{room:g}mm;{edges}}}"
