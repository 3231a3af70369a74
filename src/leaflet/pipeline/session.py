"""Session: the owner of everything that outlives a build."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.model.workspace import Workspace

if TYPE_CHECKING:
    from leaflet.bibliography import BibliographyReader, RetractionList
    from leaflet.checks import Registry
    from leaflet.citations import CitationCaches
    from leaflet.html import PageResources
    from leaflet.sheet import OutlineFont
    from leaflet.source import SourceCache
    from leaflet.weasy import Renderer, WebFonts


@dataclass(frozen=True, kw_only=True, eq=False)
class Session:
    """Caches that the builds of one process share. They change how long a build takes, never its bytes.

    Threads may share a session. Without one, each build makes its own.
    """

    workspace: Workspace | None = None
    """The workspace of all its builds, or None to find it around each source."""
    _retraction_lists: dict[tuple[Path, str, tuple[Path, ...]], RetractionList] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def citation_caches(self) -> CitationCaches:
        """Parsed citation styles and locales, and formatted citations."""
        from leaflet.citations import CitationCaches

        return CitationCaches()

    @cached_property
    def page_resources(self) -> PageResources:
        """Templates, labels and icons, loaded when the first page is made."""
        from leaflet.html import PageResources

        return PageResources()

    @cached_property
    def renderer(self) -> Renderer:
        """WeasyPrint with its fonts and caches, loaded when the first page is laid out."""
        from leaflet.weasy import Renderer

        return Renderer()

    @cached_property
    def font_css(self) -> str:
        """The rules for leaflet's own fonts, made when the first page is."""
        from leaflet.weasy import font_css

        return font_css()

    @cached_property
    def web_fonts(self) -> WebFonts:
        """Subsets of fonts for web pages, loaded when the first page is made."""
        from leaflet.weasy import WebFonts

        return WebFonts()

    @cached_property
    def sources(self) -> SourceCache:
        """Sources that were read last, with a parser for each language."""
        from leaflet.source import SourceCache

        return SourceCache()

    @cached_property
    def bibliographies(self) -> BibliographyReader:
        """Reader of bibliography files, with those that were read last."""
        from leaflet.bibliography import BibliographyReader

        return BibliographyReader()

    def retraction_list(self, path: Path, *, name: str, inside: tuple[Path, ...]) -> RetractionList:
        """Return the list of retractions at ``path``, which messages call ``name``; it may lie in ``inside`` only."""
        from leaflet.bibliography import RetractionList

        found = RetractionList(path, name=name, inside=inside)
        return self._retraction_lists.setdefault((path, name, inside), found)

    @cached_property
    def mark_font(self) -> OutlineFont:
        """The letters of the job line beside a sheet, read when the first sheet is imposed."""
        from leaflet.sheet import OutlineFont

        return OutlineFont()

    @cached_property
    def rules(self) -> Registry:
        """The rules of ``leaflet check``, loaded when the first is run."""
        from leaflet.checks import Registry

        return Registry()
