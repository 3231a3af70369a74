"""A leaflet composed of runs of panels: each is laid out on its own, and again only when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from hashlib import sha256
from logging import LogRecord
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from leaflet.errors import LayoutError, Problem
from leaflet.model.cover_art import CoverArt
from leaflet.weasy.engine import BundledFonts, bundled_fonts, captured_log, weasyprint
from leaflet.weasy.fetch import WorkspaceFetcher
from leaflet.weasy.layout.baseline_grid import stepped_blocks
from leaflet.weasy.layout.block_cache import KeptBlocks, kept_blocks
from leaflet.weasy.layout.cascade_cache import Cascades, known_cascades, looks_at_addresses
from leaflet.weasy.layout.column_footer import footed_panels
from leaflet.weasy.layout.cover_art import art_on_covers
from leaflet.weasy.layout.line_fill import filled_lines
from leaflet.weasy.layout.style_cache import Kinds, remembered_styles
from leaflet.weasy.layout.text_wrap import wrapped_text
from leaflet.weasy.lru import Recent
from leaflet.weasy.measure import PageMeasure, measure_pages
from leaflet.weasy.paint.path_cache import forget_paths
from leaflet.weasy.paint.reading_order import paint_in_reading_order
from leaflet.weasy.paint.recorder import PanelPage
from leaflet.weasy.runs import PrintPage

from weasyprint.css.counters import CounterStyle  # isort: skip
from weasyprint.document import Document, DocumentMetadata  # isort: skip
from weasyprint.html import get_html_metadata  # isort: skip

VARIANT = "pdf/ua-1"
FOOTNOTE = "::footnote-call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Parsed CSS, with the fonts and counters that it defines."""

    digest: str
    """Of the CSS and of the files that it brought along."""
    rules: tuple[Any, ...]
    counters: Any
    fonts: BundledFonts
    fetcher: WorkspaceFetcher
    log: list[LogRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLayout:
    """A run of panels, laid out."""

    pages: tuple[PanelPage, ...]
    measures: tuple[PageMeasure, ...]
    root: Any
    """Its HTML tree."""
    footnotes: int
    fetcher: WorkspaceFetcher
    """What it asked for, and does again when it is painted."""
    log: list[LogRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """All runs of a leaflet at one scale."""

    sheets: Sheets
    runs: tuple[RunLayout, ...]

    @property
    def pages(self) -> list[PanelPage]:
        """The panels in reading order."""
        return [page for run in self.runs for page in run.pages]

    @property
    def log(self) -> list[LogRecord]:
        """What WeasyPrint said of the CSS, the layout and, when it was painted, the pages."""
        return [*self.sheets.log, *(record for run in self.runs for record in run.log)]

    @property
    def fetchers(self) -> list[WorkspaceFetcher]:
        """What was asked for."""
        return [self.sheets.fetcher, *(run.fetcher for run in self.runs)]

    @property
    def root(self) -> Element:
        """An element that holds the HTML trees of all runs."""
        root = Element("leaflet")
        root.extend(run.root for run in self.runs)
        return root


@dataclass(frozen=True, slots=True, kw_only=True)
class Likes:
    """What is known of runs that stand in the same place under the same CSS."""

    kinds: Kinds = field(default_factory=Kinds)
    cascades: Cascades = field(default_factory=Cascades)
    blocks: KeptBlocks = field(default_factory=KeptBlocks)

    def forget(self) -> None:
        """Start afresh."""
        self.kinds.forget()
        self.cascades.forget()
        self.blocks.forget()


_sheets: Recent[Sheets] = Recent(8)
_runs: Recent[RunLayout] = Recent(24)
_likes: Recent[Likes] = Recent(16)
_titles: Recent[dict[str, Any]] = Recent(8)


def forget() -> None:
    """Forget all that was laid out, so that the next build is a fresh one."""
    _sheets.clear()
    _runs.clear()
    _likes.clear()
    _titles.clear()
    forget_paths()


@dataclass(slots=True, kw_only=True)
class Composer:
    """Lays a page out at a scale, run by run."""

    page: PrintPage
    page_rules: str
    fetcher: WorkspaceFetcher
    base: str
    """The address that relative addresses start from."""
    art: CoverArt | None = None
    """For the room that the cover's words leave."""
    _opened: dict[int, tuple[Any, dict[str, Any]]] = field(default_factory=dict)
    """The parsed HTML of a run and its images, for all scales."""

    def __call__(self, scale: float) -> tuple[Composition, tuple[PageMeasure, ...]]:
        """The page at ``scale``."""
        sheets = self._parsed_css()
        runs: list[RunLayout] = []
        for place in range(len(self.page.runs)):
            runs.append(self._run(sheets, place, scale, sum(run.footnotes for run in runs)))
        composition = Composition(sheets=sheets, runs=tuple(runs))
        return composition, tuple(measure for run in runs for measure in run.measures)

    def document(self, composition: Composition) -> Any:
        """``composition`` as a document that can be written."""
        pages = composition.pages
        for page in pages:
            page.forget_links()
        metadata = DocumentMetadata(**self._title())
        return Document(pages, metadata, self.fetcher, composition.sheets.fonts, {}, None)

    def _title(self) -> dict[str, Any]:
        """What the page's head says of the document."""
        html = self.page.title_page
        known = _titles.get(html)
        if known is None:
            page = weasyprint.HTML(string=html, base_url=self.base, url_fetcher=self.fetcher)
            known = get_html_metadata(page)
            if not known["attachments"]:
                _titles.keep(html, known)
        return {name: copy(value) for name, value in known.items()}

    def _parsed_css(self) -> Sheets:
        css = (*self.page.css, self.page_rules) if self.page.css else ()
        key = sha256("\0".join((self.base, *css)).encode()).hexdigest()
        known = _sheets.get(key)
        return known if known and self._still(known.fetcher) else _sheets.keep(key, self._parse(css, key))

    def _parse(self, css: Iterable[str], key: str) -> Sheets:
        fonts, counters, fetcher = bundled_fonts(), CounterStyle(), self.fetcher.again()
        page_rules: list[Any] = []
        layers: list[Any] = []
        with captured_log() as log:
            rules = tuple(
                weasyprint.CSS(
                    string=text,
                    base_url=self.base,
                    url_fetcher=fetcher,
                    font_config=fonts,
                    counter_style=counters,
                    page_rules=page_rules,
                    layers=layers,
                )
                for text in css
            )
        read = sha256(repr((key, sorted(fetcher.opened.items()))).encode()).hexdigest()
        return Sheets(digest=read, rules=rules, counters=counters, fonts=fonts, fetcher=fetcher, log=log)

    def _run(self, sheets: Sheets, place: int, scale: float, footnotes: int) -> RunLayout:
        page = self.page
        parts = (
            sheets.digest,
            page.root,
            page.body,
            page.runs[place],
            str(place),
            f"{scale:g}",
            str(footnotes),
            self._art_key(place),
        )
        key = sha256("\0".join(parts).encode()).hexdigest()
        known = _runs.get(key)
        if known and self._still(known.fetcher):
            return known
        return _runs.keep(key, self._lay_out(sheets, place, scale, footnotes))

    def _art_key(self, place: int) -> str:
        """The cover opens the page: the other runs are the same whatever it shows."""
        return self.art.key if self.art and place == 0 else ""

    def _lay_out(self, sheets: Sheets, place: int, scale: float, footnotes: int) -> RunLayout:
        tree, images = self._open(place)
        root = tree.etree_element
        _set_style(root, **{"--fit": f"{scale:g}", "counter-reset": f"footnote {footnotes}"})
        likes = self._likes_of(sheets, place, scale, footnotes)
        cascades = known_cascades(likes.cascades, addresses=looks_at_addresses(self.page.css))
        with (
            captured_log() as log,
            footed_panels(),
            stepped_blocks(),
            filled_lines(),
            wrapped_text(),
            remembered_styles(likes.kinds),
            cascades,
            kept_blocks(likes.blocks),
            art_on_covers(self.art if place == 0 else None, self.base),
        ):
            try:
                document = tree.render(
                    font_config=sheets.fonts,
                    counter_style=sheets.counters.copy(),
                    stylesheets=sheets.rules,
                    pdf_variant=VARIANT,
                    cache=images,
                )
            except Exception as error:
                raise not_laid_out(error) from error
        if log:
            likes.forget()  # so that it is said again
        paint_in_reading_order(document.pages)
        names = [f"p{place}n{number}" for number in range(len(document.pages))]
        return RunLayout(
            pages=tuple(
                PanelPage(page, name, sheets.fonts, log) for page, name in zip(document.pages, names, strict=True)
            ),
            measures=measure_pages(document.pages),
            root=root,
            footnotes=sum(map(_footnotes, document.pages)),
            fetcher=tree.url_fetcher,
            log=log,
        )

    def _likes_of(self, sheets: Sheets, place: int, scale: float, footnotes: int) -> Likes:
        """What is known of runs like the one at ``place``; of a page that is not taken apart, nothing."""
        page = self.page
        if page.whole:
            return Likes()
        key = (sheets.digest, page.root, page.body, place, scale, footnotes)
        return _likes.get(key) or _likes.keep(key, Likes())

    def _open(self, place: int) -> tuple[Any, dict[str, Any]]:
        if place not in self._opened:
            html = self.page.document(self.page.runs[place])
            tree = weasyprint.HTML(string=html, base_url=self.base, url_fetcher=self.fetcher.again())
            if not self.page.css:
                SubElement(tree.etree_element.find("head"), "style").text = self.page_rules
            self._opened[place] = tree, {}
        return self._opened[place]

    def _still(self, before: WorkspaceFetcher) -> bool:
        """Whether what was asked for ``before`` would be the same now."""
        return not before.missing and not before.refused and self.fetcher.still_serves(before.opened)


def _set_style(root: Any, **values: str) -> None:
    """Set ``values`` in the style of ``root``, and leave what else is in it."""
    before = [part for part in root.get("style", "").split(";") if part.strip() and _name(part) not in values]
    root.set("style", ";".join((*before, *(f"{name}: {value}" for name, value in values.items()))))


def _name(declaration: str) -> str:
    return declaration.partition(":")[0].strip()


def _footnotes(page: Any) -> int:
    boxes = page._page_box.descendants(placeholders=True)
    return len({id(box.element) for box in boxes if str(box.element_tag).endswith(FOOTNOTE)})


def not_laid_out(error: Exception) -> LayoutError:
    """WeasyPrint fails on some CSS with whatever exception comes; a build says so in words."""
    return LayoutError(
        Problem(
            message=f"the pages cannot be made: WeasyPrint failed with {type(error).__name__}: {error}",
            hint="look at the CSS that was changed last: counters in markers, grids inside columns and gradients in lab are known to fail",
        )
    )
