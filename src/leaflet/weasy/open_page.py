"""Print pages with all that they need to be laid out, and their parsed HTML."""

from __future__ import annotations

from xml.etree.ElementTree import SubElement

from msgspec import Struct, field

from leaflet.model.cover_art import CoverArt
from leaflet.model.print_page import PrintPage
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.fetch import WorkspaceFetcher
from leaflet.weasy.types import Anything, Element, HtmlTree


class OpenPage(Struct, frozen=True, kw_only=True):
    """A print page with all that it needs to be laid out at any scale; made by ``Renderer.open``."""

    page: PrintPage
    page_rules: str
    """CSS for the size of the pages."""
    fetcher: WorkspaceFetcher
    base: str
    """The address that relative addresses start from."""
    art: CoverArt | None
    trees: dict[int, tuple[HtmlTree, dict[str, Anything]]] = field(default_factory=dict)
    """The parsed HTML of each run and its pictures, for all scales."""

    @property
    def css(self) -> tuple[str, ...]:
        """The page's CSS and that for the size of the pages; empty where the page is none of ours."""
        return (*self.page.css, self.page_rules) if self.page.css else ()

    def art_of(self, place: int) -> CoverArt | None:
        """Return the art of the run at ``place``: the cover opens the page, and the other runs are the same with any art."""
        return self.art if place == 0 else None


def open_tree(opened: OpenPage, place: int) -> tuple[HtmlTree, dict[str, Anything]]:
    """Return the parsed HTML of a run, and its pictures."""
    if place not in opened.trees:
        html = opened.page.document(opened.page.runs[place])
        tree = weasyprint.HTML(string=html, base_url=opened.base, url_fetcher=opened.fetcher.again())
        if not opened.page.css:
            SubElement(tree.etree_element.find("head"), "style").text = opened.page_rules
        opened.trees[place] = tree, {}
    return opened.trees[place]


def is_current(before: WorkspaceFetcher, opened: OpenPage) -> bool:
    """Return whether everything that ``before`` served would be the same now."""
    return not before.missing and not before.refused and opened.fetcher.still_serves(before.opened)


def set_style(root: Element, **values: str) -> None:
    """Set ``values`` in the style of ``root``, and leave the other declarations as they are."""
    before = [part for part in root.get("style", "").split(";") if part.strip() and _name(part) not in values]
    root.set("style", ";".join((*before, *(f"{name}: {value}" for name, value in values.items()))))


def _name(declaration: str) -> str:
    return declaration.partition(":")[0].strip()
