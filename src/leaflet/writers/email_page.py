"""E-mail: one HTML page with all styles on its elements, as mail programs read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from msgspec import Struct

from leaflet.model.html_tree import HtmlElement, HtmlNode, rewritten
from leaflet.model.reading_text import ReadingText
from leaflet.writers.list_markers import UNMARKED, marker_of
from leaflet.writers.serialise import as_html

WIDTH = 600
"""In pixels: the width that mail programs show beside a list of messages."""
SHOWN = (
    "width",
    "height",
    "src",
    "alt",
    "href",
    "title",
    "lang",
    "dir",
    "scope",
    "colspan",
    "rowspan",
    "start",
    "type",
    "value",
)
"""The attributes that mean something in a mail."""
BOXES = frozenset({"article", "section", "header", "footer", "aside", "figure", "figcaption", "main", "nav"})
"""Elements that some mail programs take out with all they hold; they become plain divisions."""
CUT_OFF = 102_000
"""In bytes: the length at which Gmail cuts a message off."""
FRAMED = ("callout", "sidebar", "event")
"""The classes of what is set in a frame; its padding needs a table, because Outlook gives divisions none."""
Look = Callable[[Mapping[str, str]], str]
"""Returns the style of an element from the colours, and from ``start``, the side at which lines begin."""

LOOKS: Mapping[str, Look] = {
    "h1": lambda c: f"margin:0 0 8px;font-size:28px;line-height:34px;color:{c['brand']}",
    "h2": lambda c: f"margin:28px 0 8px;font-size:21px;line-height:28px;color:{c['brand']}",
    "h3": lambda c: f"margin:20px 0 6px;font-size:18px;line-height:26px;color:{c['brand']}",
    "h4": lambda c: f"margin:16px 0 4px;font-size:16px;line-height:24px;color:{c['brand']}",
    "p": lambda _: "margin:0 0 12px",
    "ul": lambda _: "margin:0 0 12px;padding:0 24px",
    "ol": lambda _: "margin:0 0 12px;padding:0 24px",
    "li": lambda _: "margin:0 0 6px",
    "dt": lambda _: "margin:8px 0 0;font-weight:bold",
    "dd": lambda _: "margin:0 0 8px",
    "a": lambda c: f"color:{c['brand']};text-decoration:underline",
    "table": lambda _: "border-collapse:collapse;width:100%;margin:0 0 16px",
    "caption": lambda c: f"text-align:{c['start']};font-weight:bold;padding:0 0 6px",
    "th": lambda c: (
        f"border:1px solid {c['rule']};padding:6px 8px;text-align:{c['start']};vertical-align:top;"
        f"background-color:{c['tint']}"
    ),
    "td": lambda c: f"border:1px solid {c['rule']};padding:6px 8px;text-align:{c['start']};vertical-align:top",
    "img": lambda _: "display:block;max-width:100%;height:auto;margin:0 0 8px;border:0",
    "blockquote": lambda c: f"margin:0 0 12px;padding:0 16px;border-{c['start']}:3px solid {c['rule']}",
    "pre": lambda _: "margin:0 0 12px;white-space:pre-wrap;font-family:monospace",
}
CLASS_LOOKS: Mapping[str, Look] = {
    "brand": lambda c: f"margin:0 0 16px;font-weight:bold;color:{c['muted']}",
    "subtitle": lambda _: "margin:0 0 8px;font-size:19px;line-height:27px",
    "callout-kind": lambda _: "margin:0 0 6px;font-weight:bold",
    "stat-n": lambda c: f"font-size:28px;font-weight:bold;color:{c['brand']}",
    "legal": lambda c: f"margin:24px 0 0;font-size:14px;line-height:20px;color:{c['muted']}",
    "write": lambda c: f"margin:0 0 12px;padding:0 0 12px;border-bottom:1px solid {c['ink']}",
}


class Email(Struct, frozen=True, kw_only=True):
    """A page for mail programs, and the pictures that it shows in words."""

    html: str
    left_out: tuple[str, ...]
    """The descriptions of pictures whose place their words take."""

    @property
    def is_cut_off(self) -> bool:
        """True where Gmail does not show the whole."""
        return len(self.html.encode()) > CUT_OFF


def email_page(text: ReadingText) -> Email:
    """Return ``text`` as a page for mail programs, 600 pixels wide and in the colours of the style."""
    left_out: list[str] = []
    colours = {**text.colours, "start": "right" if text.direction == "rtl" else "left"}
    content = rewritten(text.content, lambda element: _changed(element, colours, left_out))
    body = "".join(map(as_html, content))
    lang, title = escape(text.metadata.lang), escape(text.metadata.title)
    face = "Georgia,serif" if text.serif else "Arial,Helvetica,sans-serif"
    look = f"font-family:{face};font-size:16px;line-height:24px;color:{colours['ink']}"
    html = (
        f'<!DOCTYPE html>\n<html lang="{lang}" dir="{text.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="leaflet">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n</head>\n<body style="margin:0;padding:0;background-color:{colours["paper"]}">\n'
        f'<!--[if mso]><table role="presentation" align="center" width="{WIDTH}"><tr><td style="{look}"><![endif]-->\n'
        f'<div role="article" aria-label="{title}" lang="{lang}" dir="{text.direction}" '
        f'style="max-width:{WIDTH}px;margin:0 auto;padding:16px;{look}">{body}</div>\n'
        "<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n"
    )
    return Email(html=html, left_out=tuple(dict.fromkeys(left_out)))


def _changed(element: HtmlElement, colours: Mapping[str, str], left_out: list[str]) -> tuple[HtmlNode, ...]:
    """Return an element as mail programs show it."""
    address = element.get("href") or ""
    match element.name:
        case "wbr":
            return ()
        case "a" if element.get("role") == "doc-backlink":
            return ()
        case "a" if not address or address.startswith("#"):
            return element.children
        case "math":
            return (element.get("alttext") or element.text,)
        case "svg":
            titles = (inner.text for inner in element.elements() if inner.name == "title")
            return _in_words(next(titles, ""), left_out)
        case "img" if not (element.get("src") or "").startswith("https://"):
            return _in_words(element.get("alt") or "", left_out)
        case "ul" | "ol" if UNMARKED & set(element.classes) or {"cross", "tick"} & set(element.classes):
            return tuple(_styled("div", item, colours) for item in _items(element))
        case "li" if "task" in element.classes:
            return (_styled("li", _marked(element, f"{marker_of(element, element, 1)} "), colours),)
        case _ if any(name in element.classes for name in FRAMED):
            return (_frame(element, colours),)
        case _:
            return (_styled("div" if element.name in BOXES else element.name, element, colours),)


def _in_words(alt: str, left_out: list[str]) -> tuple[HtmlNode, ...]:
    if not alt.strip():
        return ()
    left_out.append(" ".join(alt.split()))
    return (HtmlElement(name="em", children=(f"[{left_out[-1]}]",)),)


def _items(element: HtmlElement) -> list[HtmlElement]:
    """Return the items of a list whose signs are not those of mail programs, each with its sign in words."""
    items = [item for item in element.children if isinstance(item, HtmlElement)]
    marks = [marker_of(element, item, number) for number, item in enumerate(items, start=1)]
    return [_marked(item, f"{mark} " if mark else "") for item, mark in zip(items, marks, strict=True)]


def _marked(item: HtmlElement, mark: str) -> HtmlElement:
    return HtmlElement(name=item.name, attributes=item.attributes, children=(mark, *item.children))


def _styled(name: str, element: HtmlElement, colours: Mapping[str, str]) -> HtmlElement:
    looks = [LOOKS[element.name]] if element.name in LOOKS else []
    looks = [CLASS_LOOKS[word] for word in element.classes if word in CLASS_LOOKS][:1] or looks
    given = {key: value for key, value in element.attributes if key in SHOWN}
    if element.name == "table":
        given |= {"cellpadding": "0", "cellspacing": "0"}
    if looks:
        given["style"] = looks[0](colours)
    return HtmlElement(name=name, attributes=tuple(given.items()), children=element.children)


def _frame(element: HtmlElement, colours: Mapping[str, str]) -> HtmlElement:
    """Return what is set in a frame as a table of one cell, which Outlook gives its padding."""
    look = f"border:2px solid {colours['brand']};background-color:{colours['tint']};padding:12px 16px"
    cell = HtmlElement(name="td", attributes=(("style", look),), children=element.children)
    return HtmlElement(
        name="table",
        attributes=(
            ("role", "presentation"),
            ("width", "100%"),
            ("cellpadding", "0"),
            ("cellspacing", "0"),
            ("style", "margin:0 0 16px"),
        ),
        children=(HtmlElement(name="tr", children=(cell,)),),
    )
