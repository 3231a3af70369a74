"""Pages with pictures of all layouts, and of all styles, for a browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.errors import LeafletError, Location, Problem

if TYPE_CHECKING:
    from leaflet.design import Style
    from leaflet.model.fold import Panel, Side
    from leaflet.model.layout import Layout

PIXELS = 0.8
"""Of a picture for each millimetre of paper."""
LARGER = 2.0
PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b2b34}}"
    "article{{margin:0 0 2.5rem}}h2{{margin:0}}p{{margin:.25rem 0 .75rem}}svg{{margin:0 1rem .5rem 0;vertical-align:top}}"
    "code{{background:#eef3f5;padding:.1em .3em}}</style></head><body>\n<h1>{title}</h1>\n{articles}\n</body></html>\n"
)


def write_page(file: Path, title: str, articles: Iterable[str]) -> None:
    """Write a page to a new ``file``.

    Raises:
        LeafletError: there is such a file, or none can be written there.
    """
    text = PAGE.format(title=escape(title), articles="\n".join(articles))
    try:
        with file.open("x", encoding="utf-8") as page:
            page.write(text)
    except FileExistsError as error:
        raise _refused(file, "there is a file of this name already", "name another, or move that one away") from error
    except OSError as error:
        raise _refused(file, f"the page cannot be written: {error.strerror}", "name another place") from error


def _refused(file: Path, message: str, hint: str) -> LeafletError:
    return LeafletError(Problem(message=message, location=Location(file=str(file)), hint=hint))


def layout_article(layout: Layout) -> str:
    """Return a layout with a picture of each side of its sheet; folds are dashed, and panels have their names."""
    from leaflet.model.paper import shown_size

    drawn = "".join(_side(side, layout) for side in layout.sides) or "".join(map(_page, _kinds(layout)))
    size = shown_size(layout.sheet_width, layout.sheet_height)
    use = f"<p>{escape(layout.description)}. Sheet {escape(size)}. <code>--layout {escape(layout.name)}</code></p>"
    return f"<article><h2>{escape(layout.name)}</h2>{use}{drawn}</article>"


def _kinds(layout: Layout) -> Iterator[Panel]:
    """Yield one panel of each name."""
    yield from {panel.name: panel for panel in layout.panels}.values()


def _side(side: Side, layout: Layout) -> str:
    parts = []
    for slot in side.placements:
        y = layout.sheet_height - slot.y - slot.height
        turn = f' transform="rotate(180 {slot.x + slot.width / 2:g} {y + slot.height / 2:g})"' if slot.turned else ""
        parts.append(f"<g{turn}>{_panel(layout.panels[slot.panel], slot.x, y)}</g>")
    return _picture("".join(parts), layout.sheet_width, layout.sheet_height, side.name)


def _page(panel: Panel) -> str:
    return _picture(_panel(panel, 0, 0), panel.width, panel.height, panel.name)


def _panel(panel: Panel, x: float, y: float) -> str:
    """Return a panel with lines in place of its text, and its name."""
    left, top, margins = x + panel.margins.left, y + panel.margins.top, panel.margins
    lines = "".join(
        f'<path d="M{left:g} {top + at:g}h{panel.text_width * (0.6 if at % 48 > 38 else 1):g}"/>'
        for at in range(18, max(19, int(panel.text_height)), 8)
    )
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{panel.width:g}" height="{panel.height:g}" fill="#fff" stroke="#4a5b64" '
        f'stroke-width=".6" stroke-dasharray="3 2"/><g stroke="#bbd5df" stroke-width="2">{lines}</g>'
        f'<text x="{x + margins.left:g}" y="{top + 8:g}" font-size="8" font-family="sans-serif">{escape(panel.name)}</text>'
    )


def _picture(drawn: str, width: float, height: float, title: str, pixels: float = PIXELS) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width * pixels:g}" height="{height * pixels:g}" '
        f'viewBox="0 0 {width:g} {height:g}"><title>{escape(title)}</title>{drawn}</svg>'
    )


SWATCHES = ("paper", "ink", "brand", "tint", "accent", "cover", "plate")
"""The colours that the picture of a style shows."""


def style_article(name: str, style: Style) -> str:
    """Return a style with a cover, its colours and its faces."""
    from leaflet.design import Canvas, cover_art, data_address

    art = data_address(cover_art(style, name, Canvas(width=106, height=100)))
    tokens = style.tokens
    cover = (
        f'<rect width="100" height="150" fill="{tokens["cover"]}"/><image href="{art}" x="-3" y="70" width="106" height="100"/>'
        f'<text x="10" y="34" font-size="17" font-weight="700" font-family="sans-serif" fill="{tokens["on-cover"]}">'
        f"{escape(name)}</text>"
    )
    chips = "".join(
        f'<g transform="translate({place * 26} 0)"><rect width="24" height="24" fill="{tokens[colour]}" stroke="#999" '
        f'stroke-width=".3"/><text y="31" font-size="5" font-family="sans-serif">{colour}</text></g>'
        for place, colour in enumerate(SWATCHES)
    )
    faces = ", ".join(f"{role}: {face}" for role, face in sorted(style.faces.items()))
    use = f"<p>{escape(style.description)} <code>--style {escape(name)}</code><br>{escape(faces)}</p>"
    pictures = _picture(cover, 100, 150, f"A cover in {name}", LARGER) + _picture(chips, 184, 34, "Its colours", LARGER)
    return f"<article><h2>{escape(name)}</h2>{use}{pictures}</article>"
