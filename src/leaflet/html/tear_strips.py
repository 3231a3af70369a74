"""Strips to tear off along the foot of a poster or flyer: each has the same few words, turned, between cut lines."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from leaflet.model.document import Division, Document
from leaflet.model.fold import POINT, Millimetres, Panel
from leaflet.model.layout import Layout
from leaflet.model.walk import all_nodes, plain_text

CLASS = "tear-strips"
STRIP: Millimetres = 21.0
"""The width of a strip, about: they share the width of the paper."""
LONG: Millimetres = 63.0
SHARE = 0.21
"""The length of a strip, and its greatest share of the panel's height."""
ABOVE: Millimetres = 6.0
"""The free space between the text and the cut."""
CLEAR: Millimetres = 4.5
"""The distance of the words from each cut."""
LARGEST, SMALLEST = 20.0, 9.0
"""The sizes in points of the last line, which is the number or the address."""
LEADING, SMALLER = 1.25, 0.7
"""The leading of the words, and the size of the lines before the last, as shares of its size."""
WIDE = 0.6
"""In ems: a digit of bold type with the space beside it."""


class TearStrips(Struct, frozen=True, kw_only=True):
    """The strips of one panel; the cut across begins ``below`` the top of its text, ``left`` of it."""

    count: int
    width: Millimetres
    length: Millimetres
    below: Millimetres
    left: Millimetres


def strips_of(node: object) -> bool:
    """Return whether ``node`` is a block of strips to tear off."""
    return isinstance(node, Division) and CLASS in node.attributes.classes


def with_strips(layout: Layout, document: Document, panel: str) -> tuple[Layout, TearStrips | None]:
    """Return ``layout`` with space for strips at the foot of ``panel``, and the strips; none where pages repeat."""
    place = next((number for number, one in enumerate(layout.panels) if one.name == panel), 0)
    held = layout.panels[place]
    if held.repeats or not any(map(strips_of, all_nodes(document))):
        return layout, None
    length = min(LONG, held.height * SHARE)
    lifted = _lifted(held, length + ABOVE)
    count = max(2, round(held.width / STRIP))
    strips = TearStrips(
        count=count,
        width=held.width / count,
        length=length,
        below=lifted.text_height + ABOVE,
        left=held.margins.left,
    )
    return replace(layout, panels=(*layout.panels[:place], lifted, *layout.panels[place + 1 :])), strips


def _lifted(panel: Panel, bottom: Millimetres) -> Panel:
    return replace(panel, margins=replace(panel.margins, bottom=bottom))


def strips_html(node: Division, strips: TearStrips, inner: Markup, opening: Markup) -> Markup:
    """Return the strips with ``inner`` on each; for those who hear the page only the first is there."""
    last = max((plain_text((block,)).strip() for block in node.blocks[-1:]), default="")
    fitting = (strips.length - 2 * CLEAR) / POINT / WIDE / max(len(last), 1)
    size = max(SMALLEST, min(LARGEST, fitting))
    place = f"left:{-strips.left:.2f}mm;top:{strips.below:.2f}mm;width:{strips.width * strips.count:.2f}mm"
    high = size * POINT * (LEADING + (len(node.blocks) - 1) * LEADING * SMALLER)
    parts = [
        _strip(inner, number, strips, Markup(' aria-hidden="true"') if number else Markup())
        for number in range(strips.count)
    ]
    sizes = f"--strip-size:{size:.1f}pt;--strip-above:{max(0.0, (strips.width - high) / 2):.2f}mm"
    style = Markup(' style="{};height:{}mm;{}"').format(place, f"{strips.length:.2f}", sizes)
    return Markup("<div{}{}>{}</div>").format(opening, style, Markup().join(parts))


def _strip(inner: Markup, number: int, strips: TearStrips, hidden: Markup) -> Markup:
    """Return one strip; it is laid out lying and turned to stand, so that its words are read upwards."""
    cut = Markup(' class="strip cut"') if number else Markup(' class="strip"')
    turned = f"translate({number * strips.width:.2f}mm,{strips.length:.2f}mm) rotate(-90deg)"
    return Markup('<div{}{} style="width:{}mm;height:{}mm;transform:{}"><div class="words">{}</div></div>').format(
        cut, hidden, f"{strips.length:.2f}", f"{strips.width:.2f}", turned, inner
    )
