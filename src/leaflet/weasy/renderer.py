"""Layout and writing of print pages by WeasyPrint, run by run; a run is laid out again only when it changes."""

from __future__ import annotations

import os
from collections.abc import Hashable, Mapping
from copy import copy
from hashlib import sha256
from logging import LogRecord
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import LayoutError, Problem
from leaflet.files import cache_folder
from leaflet.lru_cache import LruCache
from leaflet.model.cover_art import CoverArt
from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.features import Feature, is_tested, supported_features
from leaflet.weasy.fetch import WorkspaceFetcher
from leaflet.weasy.font_characters import covered_characters
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.internals import INTERNALS
from leaflet.weasy.laid_out import LaidOut, RunLayout, Written, messages_from, unserved_by
from leaflet.weasy.layout.replacements import LayoutCaches, layout_replacements, selector_replacements
from leaflet.weasy.log import captured_log
from leaflet.weasy.measure import PageMeasure, measure_page, measure_pages
from leaflet.weasy.open_page import OpenPage, is_current, open_tree, set_style
from leaflet.weasy.parse_css import ParsedCss, css_key, parse_css
from leaflet.weasy.patch import patched, weasyprint_lock
from leaflet.weasy.types import Anything, DocumentMetadata, HtmlTree, Page, WeasyDocument
from leaflet.weasy.writer.pdf_writer import PdfDetails, PdfWriter

if TYPE_CHECKING:
    from leaflet.weasy.layout.changed_text import ChangedRun
    from leaflet.weasy.paint.drawn_art import ArtCache
    from leaflet.weasy.paint.recorder import RecordedPage

FOOTNOTE = "::footnote-call"


class Title(Struct, frozen=True, kw_only=True):
    """The document's metadata in the head of a page."""

    metadata: DocumentMetadata
    log: list[LogRecord]


class Renderer:
    """WeasyPrint with leaflet's fonts, features and caches.

    A renderer owns everything that outlives a build: the font configuration, parsed CSS, runs of panels that were laid out
    and painted, font subsets and compressed streams. Nothing in it changes a byte of a later build. Renderers may be used
    in any thread, and one renderer by several threads: each method holds WeasyPrint's lock while it runs, so that only one
    of all threads lays out or writes at a time.

    Raises:
        LeafletError: this WeasyPrint cannot be used.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.support = supported_features(weasyprint.VERSION, INTERNALS)
        self._features = self.support.features
        self._writer = PdfWriter(self._features, cache_folder(environment))
        self._fonts: BundledFonts | None = None
        self._covered: frozenset[int] | None = None
        self._css: LruCache[Hashable, ParsedCss] = LruCache(8)
        self._runs: LruCache[Hashable, RunLayout] = LruCache(48)
        self._caches: LruCache[Hashable, LayoutCaches] = LruCache(16)
        self._titles: LruCache[Hashable, Title] = LruCache(8)
        self._art: ArtCache | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A warning that names the features of quality that this WeasyPrint does not support."""
        return self.support.problems

    @property
    def claims_pdf_ua(self) -> bool:
        """Return whether the tags that it writes are complete enough for PDF/UA-1."""
        return self._writer.variant is not None

    def covers(self, character: str) -> bool:
        """Return whether any installed font has ``character``."""
        if self._covered is None:
            self._covered = covered_characters()
        return ord(character) in self._covered

    def open(
        self, page: PrintPage, *, workspace: Workspace, base: Path, page_rules: str, art: CoverArt | None = None
    ) -> OpenPage:
        """Return ``page``, ready to be laid out; relative addresses in it start from the folder ``base``."""
        fetcher = WorkspaceFetcher(workspace)
        return OpenPage(page=page, page_rules=page_rules, fetcher=fetcher, base=fetcher.address(base), art=art)

    def render(self, opened: OpenPage, scale: float) -> LaidOut:
        """Lay ``opened`` out at ``scale``.

        Raises:
            LayoutError: WeasyPrint fails on the page.
        """
        with weasyprint_lock:
            css = self._parsed_css(opened)
            runs: list[RunLayout] = []
            for place in range(len(opened.page.runs)):
                runs.append(self._run(opened, css, place, scale, sum(run.footnotes for run in runs)))
            return LaidOut(css=css, runs=tuple(runs))

    def render_run(self, opened: OpenPage, place: int, scale: float) -> tuple[PageMeasure, ...]:
        """Lay out the run at ``place`` alone, before which there are no footnotes, and return its measures.

        Raises:
            LayoutError: WeasyPrint fails on the page.
        """
        with weasyprint_lock:
            return self._run(opened, self._parsed_css(opened), place, scale, 0).measures

    def write(self, opened: OpenPage, laid_out: LaidOut, details: PdfDetails) -> Written:
        """Write ``laid_out`` as a tagged PDF.

        Raises:
            LayoutError: WeasyPrint fails on the page.
        """
        with weasyprint_lock, captured_log() as log:
            title = self._title(opened, laid_out)
            document = self._document(opened, laid_out, title)
            try:
                data = self._writer.write(document, details)
            except Exception as error:
                raise not_laid_out(error) from error
        return Written(
            data=data,
            messages=tuple(messages_from([*title.log, *log])),
            unserved=tuple(unserved_by(opened.fetcher)),
        )

    def render_simple(self, html: str) -> bytes:
        """Return the PDF of a page that refers to no file, as WeasyPrint alone makes it, in the bundled fonts."""
        with weasyprint_lock, self._writer.fixed_font_dates():
            return bytes(weasyprint.HTML(string=html).write_pdf(font_config=self._bundled_fonts()))

    def _bundled_fonts(self) -> BundledFonts:
        """Return the font configuration for the next document; one that has families of a document is not used again."""
        if self._fonts is None or self._fonts.has_own_families:
            self._fonts = BundledFonts(isolated=Feature.ISOLATED_FONTS in self._features)
        return self._fonts

    def _parsed_css(self, opened: OpenPage) -> ParsedCss:
        key = css_key(opened.css, opened.base)
        known = self._css.get(key)
        if known and is_current(known.fetcher, opened):
            return known
        with patched(*selector_replacements(self._features)):
            made = parse_css(opened.css, opened.base, self._bundled_fonts(), opened.fetcher.again())
        return self._css.put(key, made)

    def _run(self, opened: OpenPage, css: ParsedCss, place: int, scale: float, footnotes: int) -> RunLayout:
        if Feature.PAGE_RECORDING not in self._features:
            caches = self._caches_for(opened, css, place, scale, footnotes)
            return self._lay_out(opened, css, place, scale, footnotes, caches)
        page = opened.page
        art = opened.art_of(place)
        parts = (
            css.digest,
            page.root,
            page.body,
            page.runs[place],
            str(place),
            f"{scale:g}",
            str(footnotes),
            art.key if art else "",
        )
        key = sha256("\0".join(parts).encode()).hexdigest()
        known = self._runs.get(key)
        if known and is_current(known.fetcher, opened):
            return known
        caches = self._caches_for(opened, css, place, scale, footnotes)
        run = self._with_other_words(opened, css, place, caches)
        return self._runs.put(key, run or self._lay_out(opened, css, place, scale, footnotes, caches))

    def _with_other_words(self, opened: OpenPage, css: ParsedCss, place: int, caches: LayoutCaches) -> RunLayout | None:
        """Return the run at ``place`` made from one with other words; None where more than words is different."""
        if not caches.changeable:
            return None
        from leaflet.weasy.layout.changed_text import tokens_of

        tokens, art = tokens_of(opened.page.runs[place]), opened.art_of(place)
        for changeable, run in caches.changeable:
            if not is_current(run.fetcher, opened) or run.art != (art.key if art else ""):
                continue
            replacements = [*layout_replacements(self._features), *caches.of_blocks()]
            with captured_log() as log, patched(*replacements):
                try:
                    changed = changeable.changed(tokens)
                except Exception:
                    changed = None  # the layout of the whole run says what is wrong
            if changed is None or log or (art and not _has_same_art(run, changed, art)):
                continue
            caches.changeable.served(run)
            return self._changed(run, changed, place, css)
        return None

    def _changed(self, run: RunLayout, changed: ChangedRun, place: int, css: ParsedCss) -> RunLayout:
        """Return ``run`` with the pages of ``changed``."""
        from leaflet.weasy.paint.recorder import RecordedPage

        log: list[LogRecord] = []
        pages, measures = list[Page](), list[PageMeasure]()
        for number, (page, measure) in enumerate(zip(run.pages, run.measures, strict=True)):
            other = changed.pages.get(number)
            if other is None:
                assert isinstance(page, RecordedPage)
                pages.append(page.with_log(log))
                measures.append(measure)
            else:
                pages.append(self._recorded_page(other, place, number, css.fonts, log))
                measures.append(replace(measure_page(other), kind=measure.kind))
        return replace(run, pages=tuple(pages), measures=tuple(measures), root=changed.root, log=log)

    def _lay_out(
        self, opened: OpenPage, css: ParsedCss, place: int, scale: float, footnotes: int, caches: LayoutCaches
    ) -> RunLayout:
        tree, images = open_tree(opened, place)
        root = tree.etree_element
        set_style(root, **{"--fit": f"{scale:g}", "counter-reset": f"footnote {footnotes}"})
        counters = css.counters.copy()
        replacements = [*layout_replacements(self._features), *caches.replacements(opened.page.css)]
        changeable = caches.changeable
        calls = changeable.calls(opened.base) if changeable and opened.page.css and not opened.page.whole else None
        if calls:
            replacements.append(calls.replacement())
        with captured_log() as log, patched(*replacements):
            try:
                document = tree.render(
                    font_config=css.fonts,
                    counter_style=counters,
                    stylesheets=css.rules,
                    pdf_variant=self._writer.variant,
                    cache=images,
                )
                art = opened.art_of(place)
                if art:
                    self._add_art(art, document, tree, images, counters, opened.base)
            except Exception as error:
                raise not_laid_out(error) from error
        if log:
            caches.clear()  # so that it is logged again
        run = replace(self._measured(document, tree, place, css, log), art=art.key if art else "")
        if calls and changeable:
            changeable.put(opened.page.runs[place], opened.css, run, calls)
        return run

    def _add_art(
        self,
        art: CoverArt,
        document: WeasyDocument,
        tree: HtmlTree,
        images: dict[str, Anything],
        counters: Anything,
        base: str,
    ) -> None:
        if Feature.COVER_ART not in self._features:
            return
        from leaflet.weasy.layout.place_cover_art import add_art, image_loader

        load = image_loader(
            images,
            base,
            fetcher=tree.url_fetcher,
            fonts=document.font_config,
            counters=counters,
            variant=self._writer.variant,
        )
        if Feature.OPERATOR_CACHE not in self._features:
            add_art(document.pages, art, load, lambda art, area: art.picture(area))
            return
        if self._art is None:
            from leaflet.weasy.paint.drawn_art import ArtCache

            self._art = ArtCache()
        known = self._art
        add_art(document.pages, art, lambda address: known.image(address, lambda: load(address)), known.address)

    def _measured(
        self, document: WeasyDocument, tree: HtmlTree, place: int, css: ParsedCss, log: list[LogRecord]
    ) -> RunLayout:
        if Feature.READING_ORDER in self._features:
            from leaflet.weasy.paint.reading_order import paint_in_reading_order

            paint_in_reading_order(document.pages)
        return RunLayout(
            document=document,
            pages=self._recorded(document.pages, place, css.fonts, log),
            measures=measure_pages(document.pages),
            root=tree.etree_element,
            footnotes=sum(map(_footnotes, document.pages)),
            fetcher=tree.url_fetcher,
            log=log,
        )

    def _recorded(self, pages: list[Page], place: int, fonts: BundledFonts, log: list[LogRecord]) -> tuple[Page, ...]:
        if Feature.PAGE_RECORDING not in self._features:
            return tuple(pages)
        return tuple(self._recorded_page(page, place, number, fonts, log) for number, page in enumerate(pages))

    def _recorded_page(
        self, page: Page, place: int, number: int, fonts: BundledFonts, log: list[LogRecord]
    ) -> RecordedPage:
        from leaflet.weasy.paint.recorder import RecordedPage

        drops = Feature.FONT_SUBSET in self._features
        return RecordedPage(page, f"p{place}n{number}", fonts, log, drops_font_files=drops)

    def _caches_for(self, opened: OpenPage, css: ParsedCss, place: int, scale: float, footnotes: int) -> LayoutCaches:
        """Return the caches of runs like the one at ``place``; empty ones for a page that is laid out as a whole."""
        page = opened.page
        if page.whole:
            return LayoutCaches(self._features)
        key = (css.digest, page.root, place, scale, footnotes)
        return self._caches.get(key) or self._caches.put(key, LayoutCaches(self._features))

    def _document(self, opened: OpenPage, laid_out: LaidOut, title: Title) -> WeasyDocument:
        """Return the pages of all runs as one document that can be written."""
        pages = laid_out.pages
        for page in pages:
            for *_, box in page.links:
                box.link_annotation = None  # of the document that the page was last written into
        document = laid_out.runs[0].document.copy(pages)
        document.url_fetcher = opened.fetcher
        document.metadata = copy(title.metadata)
        for name, value in vars(title.metadata).items():
            setattr(document.metadata, name, copy(value))
        return document

    def _title(self, opened: OpenPage, laid_out: LaidOut) -> Title:
        if not opened.page.css:
            return Title(metadata=laid_out.runs[0].document.metadata, log=[])
        html = opened.page.title_page
        known = self._titles.get(html)
        if known is not None:
            return known
        with captured_log() as log:
            tree = weasyprint.HTML(string=html, base_url=opened.base, url_fetcher=opened.fetcher)
            metadata = tree.render(font_config=self._bundled_fonts()).metadata
        title = Title(metadata=metadata, log=log)
        return title if metadata.attachments else self._titles.put(html, title)


def _has_same_art(run: RunLayout, changed: ChangedRun, art: CoverArt) -> bool:
    """Return whether all pages of ``changed``, made from ``run``, show ``art`` as those of ``run`` do."""
    from leaflet.weasy.layout.place_cover_art import has_same_art

    return all(has_same_art(run.pages[number], page, art) for number, page in changed.pages.items())


def _footnotes(page: Page) -> int:
    boxes = page._page_box.descendants(placeholders=True)
    return len({id(box.element) for box in boxes if str(box.element_tag).endswith(FOOTNOTE)})


def not_laid_out(error: Exception) -> Exception:
    """Return the error to raise for any exception of WeasyPrint's, which fails on some CSS."""
    if isinstance(error, LayoutError | MemoryError):
        return error
    known = "counters in markers, grids inside columns and gradients in lab are known to fail"
    newer = "" if is_tested(weasyprint.VERSION) else f"; or WeasyPrint {weasyprint.VERSION} is too new for this leaflet"
    return LayoutError(
        Problem(
            message=f"the pages cannot be made: WeasyPrint failed with {type(error).__name__}: {error}",
            hint=f"look at the CSS that was changed last: {known}{newer}",
        )
    )
