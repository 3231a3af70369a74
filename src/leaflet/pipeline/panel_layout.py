"""Panels of a cited document: laid out in the best arrangement, or at once in one that was found before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import FitError, LeafletError, Location, Problem
from leaflet.files import Tones, own_typefaces, picture_tones
from leaflet.model.fold import Fold
from leaflet.model.print_page import PlannedPage, PrintPage
from leaflet.pipeline.choices import AUTO, Choices
from leaflet.pipeline.cite_source import CitedDocument
from leaflet.pipeline.session import Session
from leaflet.pipeline.suitable_layouts import Suitable, suitable_layouts
from leaflet.pipeline.unprintable import without_unprintable

if TYPE_CHECKING:
    from leaflet.html import PageArrangement, PrintPages
    from leaflet.panels import PanelPdf

ALTERNATIVES = 3
"""The number of further arrangements that may be laid out, where the one expected to be best is not."""

CLOSER = 0.95
"""From this expected scale downwards space and pictures give way before type does."""
HOPELESS = 1.3
"""The expected fill at the smallest size above which less space and smaller pictures are no help."""
SMALLEST = 0.85
"""A scale below which no text is set in print for readers."""


class FoundArrangement(Struct, frozen=True, kw_only=True):
    """The result of a search: which arrangement of a text won, from which measured heights, and at which scale."""

    layout: str
    rank: int
    measured: Mapping[str, float] | None
    inside: int
    """The pages between the covers that a booklet's text is to fill; 0 where that is open."""
    scale: float
    compact: bool = False
    """True where space and pictures were made smaller."""


class _Made(Struct, kw_only=True):
    """A page that was made, and what it was made from."""

    page: PrintPage
    rank: int
    measured: Mapping[str, float] | None
    inside: int
    compact: bool


class _Pages(Struct, kw_only=True, dict=True):
    """The print pages of one document, made when they are wanted."""

    cited: CitedDocument
    pages: PrintPages
    left_out: tuple[Problem, ...]
    """Warnings of the symbols that were left out, which no font has."""
    made: list[_Made] = field(default_factory=list)

    @classmethod
    def of(cls, cited: CitedDocument, session: Session) -> _Pages:
        """Return the pages of a document in its own fonts."""
        from leaflet.html import PrintPages
        from leaflet.weasy import own_font_css

        own = own_typefaces(cited.workspace)
        faces = sorted(set(cited.style.faces.values()))
        document, citations, left_out = without_unprintable(cited.document, cited.citations, session.renderer.covers)
        pages = PrintPages.of(
            document,
            citations,
            cited.layout,
            cited.style,
            font_css=session.font_css + own_font_css(own[name] for name in faces if name in own),
            workspace=cited.workspace,
            folder=cited.folder,
            resources=session.page_resources,
        )
        return cls(cited=cited, pages=pages, left_out=left_out)

    @cached_property
    def compact_pages(self) -> PrintPages:
        """The pages with less space and smaller pictures."""
        return self.pages.compact()

    def arranged(
        self, ranks: Sequence[int], measured: Mapping[str, float] | None, inside: int, *, compact: bool
    ) -> Iterator[PageArrangement]:
        """Yield the arrangements of some ranks."""
        return (self.compact_pages if compact else self.pages).all_arranged(ranks, measured, inside)

    def make(
        self, rank: int, measured: Mapping[str, float] | None = None, inside: int = 0, *, compact: bool = False
    ) -> PrintPage:
        """Return the arrangement of a rank, the best first."""
        (arranged,) = self.arranged((rank,), measured, inside, compact=compact)
        return self.make_arranged(arranged, rank, measured, inside)

    def make_arranged(
        self, arranged: PageArrangement, rank: int, measured: Mapping[str, float] | None = None, inside: int = 0
    ) -> PrintPage:
        """Return the page of an arrangement, which has that rank by heights that were ``measured``."""
        page = (self.compact_pages if arranged.compact else self.pages).page(arranged)
        self.made.append(_Made(page=page, rank=rank, measured=measured, inside=inside, compact=arranged.compact))
        return page

    def arrangement(self, panels: PanelPdf) -> FoundArrangement:
        """Return how ``panels`` were arranged."""
        made = next(made for made in self.made if made.page is panels.page)
        return FoundArrangement(
            layout=self.cited.layout.name,
            rank=made.rank,
            measured=made.measured,
            inside=made.inside,
            scale=panels.fit.scale,
            compact=made.compact,
        )

    def others(self, measured: Mapping[str, float], pages: int, *, compact: bool = False) -> Iterator[PlannedPage]:
        """Yield other arrangements, from the heights of a first layout and the number of its pages."""
        from leaflet.sheet import pages_inside

        inside = pages_inside(pages) if self.cited.layout.fold is Fold.BOOKLET else 0
        ranks = range(ALTERNATIVES)
        for rank, arranged in zip(ranks, self.arranged(ranks, measured, inside, compact=compact), strict=True):
            yield PlannedPage(
                make=partial(self.make_arranged, arranged, rank, measured, inside),
                key=arranged.key,
                scale=arranged.scale,
                expected=arranged.arrangement.cost,
                fullest=arranged.arrangement.fullest,
            )


def lay_out(cited: CitedDocument, choices: Choices, session: Session) -> tuple[Suitable, PanelPdf, FoundArrangement]:
    """Return the panels in the chosen layout; where leaflet is to choose, in the first that holds the text.

    Raises:
        FitError: the text fits none.
        LeafletError: all else that is wrong.
    """
    if cited.document.metadata.layout != AUTO:
        return Suitable(cited=cited, reason=""), *_searched(cited, choices, session)
    refused: FitError | None = None
    for suitable in suitable_layouts(cited):
        try:
            return suitable, *_searched(suitable.cited, choices, session)
        except FitError as error:
            refused = error
    if refused is None:
        return Suitable(cited=cited, reason=""), *_searched(cited, choices, session)
    raise refused


def lay_out_as_before(
    cited: CitedDocument, choices: Choices, session: Session, before: FoundArrangement | None
) -> tuple[PanelPdf, FoundArrangement]:
    """Return panels after one layout, as ``before`` was arranged; without it, as the text is expected to fit.

    Content may stick out: whether it fits is for a search to say.

    Raises:
        LeafletError: what is wrong, but for the fit.
    """
    pages = _Pages.of(cited, session)
    same = before if before is not None and before.layout == cited.layout.name else None
    page = pages.make(same.rank, same.measured, same.inside, compact=same.compact) if same else pages.make(0)
    panels = _rendered(pages, page, choices, session, scale=same.scale if same else page.scale)
    return panels, pages.arrangement(panels)


def _searched(cited: CitedDocument, choices: Choices, session: Session) -> tuple[PanelPdf, FoundArrangement]:
    """Lay out the panels, in the arrangement that is expected to be best and, where it is not good, in others.

    Where none holds the text, space and pictures are made smaller before it is refused; at once where type would be much
    smaller otherwise.
    """
    from leaflet.pipeline.layout_hints import needs_space

    pages = _Pages.of(cited, session)
    refused: FitError | None = None
    draft: PanelPdf | None = None
    (first,) = pages.arranged((0,), None, 0, compact=False)
    is_tried = first.scale <= CLOSER and not cited.layout.repeats_pages
    if is_tried and (compact := _compact(pages, choices, session)) is not None:
        return compact, pages.arrangement(compact)
    try:
        draft = _rendered(pages, pages.make_arranged(first, 0), choices, session)
        problems = draft.fit.problems
    except FitError as error:
        refused, problems = error, error.problems
    if any(map(needs_space, problems)):
        compact = None if is_tried else _compact(pages, choices, session)
        if compact is not None:
            return compact, pages.arrangement(compact)
        if refused is not None:
            raise FitError([*refused.problems, *_larger(cited, choices, session)])
    if draft is not None and not is_tried and draft.fit.scale <= CLOSER and not cited.layout.repeats_pages:
        compact = _compact(pages, choices, session)
        if compact is not None and compact.fit.scale > draft.fit.scale:
            return compact, pages.arrangement(compact)
    if draft is None:
        raise refused or AssertionError("neither laid out nor refused")
    return draft, pages.arrangement(draft)


def _compact(pages: _Pages, choices: Choices, session: Session) -> PanelPdf | None:
    """Return the panels with less space and smaller pictures, or None where that is not enough."""
    (arranged,), fit = pages.arranged((0,), None, 0, compact=True), pages.cited.layout.fit
    if arranged.arrangement.fullest * max(fit.smallest, SMALLEST) ** 2 > HOPELESS:
        return None
    try:
        page = pages.make_arranged(arranged, 0)
        return _rendered(pages, page, replace(choices, allow_overflow=False), session, compact=True)
    except FitError:
        return None


def _larger(cited: CitedDocument, choices: Choices, session: Session) -> tuple[Problem, ...]:
    """Return a problem that names the smallest larger layout which holds the text."""
    from leaflet.pipeline.layout_hints import larger_layout

    def points(other: CitedDocument) -> float | None:
        try:
            pages = _Pages.of(other, session)
            fit = _rendered(pages, pages.make(0), replace(choices, allow_overflow=False), session).fit
        except LeafletError:
            return None
        return fit.body_points

    asked_at = Location(file="--style") if choices.style else cited.document.metadata.places.get("style")
    return larger_layout(cited, asked_at, points)


def _rendered(
    pages: _Pages,
    page: PrintPage,
    choices: Choices,
    session: Session,
    *,
    scale: float | None = None,
    compact: bool = False,
) -> PanelPdf:
    from leaflet.design import art_for_cover
    from leaflet.panels import render_panels
    from leaflet.sheet import section_warning

    cited = pages.cited
    metadata = cited.document.metadata
    panels = render_panels(
        page,
        alternatives=partial(pages.others, compact=compact),
        denser=partial(pages.make, 0, compact=True),
        dense_alternatives=partial(pages.others, compact=True),
        layout=cited.layout,
        workspace=cited.workspace,
        base=cited.folder,
        source=cited.document.source,
        metadata=metadata,
        art=art_for_cover(metadata, cited.layout, cited.style, _cover_tones(cited)),
        allow_overflow=choices.allow_overflow or scale is not None,
        for_press=choices.finish.press is not None,
        for_ua_2=choices.finish.ua_2,
        renderer=session.renderer,
        scale=scale,
    )
    sections: tuple[Problem, ...] = ()
    if cited.layout.fold is Fold.BOOKLET:
        sections = section_warning(len(panels.panels), cited.layout, cited.document.source)
    return replace(panels, problems=(*pages.left_out, *panels.problems, *sections))


def _cover_tones(cited: CitedDocument) -> Tones | None:
    """Return the colours of a picture that is over the whole cover."""
    metadata = cited.document.metadata
    if not (metadata.cover and metadata.cover_whole):
        return None
    return picture_tones(metadata.cover, folder=cited.folder, workspace=cited.workspace)
