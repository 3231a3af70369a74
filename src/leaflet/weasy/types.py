"""The parts of WeasyPrint, pydyf and xml.etree that leaflet uses, as types; none of these packages has types of its own.

A protocol lists what leaflet reads or writes, not everything that the class has. What a property of CSS is worth depends
on the property, so a style's values have no common type.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

Value: TypeAlias = Any
"""The value of a CSS property, or of an entry of a PDF dictionary."""
Element: TypeAlias = Any
"""An ``xml.etree`` element; the C class's stubs do not allow for comments and processing instructions as tags."""
SkipStack: TypeAlias = Mapping[int, Any] | None
"""The place in a box at which layout goes on after a break; None for its start."""
Anything: TypeAlias = Any
"""Passed through from one function of WeasyPrint to another, never looked at."""


class BoxStyle(Protocol):
    """The computed style of a box: each property by name, with underscores."""

    parent_style: BoxStyle
    anonymous_style: BoxStyle
    cascaded: Mapping[str, Value]
    specified: dict[str, Value]

    def __getitem__(self, name: str, /) -> Value: ...
    def __setitem__(self, name: str, value: Value, /) -> None: ...
    def copy(self) -> BoxStyle: ...
    def update(self, values: Mapping[str, Value], /) -> None: ...


class LoadedImage(Protocol):
    """A picture that WeasyPrint has loaded."""

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]: ...
    def draw(self, stream: DrawnStream, width: float, height: float, style: object, /) -> None: ...


class BackgroundLayer(Protocol):
    """One picture of a background."""

    image: LoadedImage | None
    size: tuple[float, float]
    clipped_boxes: Anything


class Background(Protocol):
    """The colour and the pictures behind a box."""

    layers: list[BackgroundLayer]

    def _replace(self, *, layers: list[BackgroundLayer]) -> Background: ...


class PageType(Protocol):
    """The CSS name and place of a page."""

    name: str | None


class Box(Protocol):
    """A box of the layout tree: page, block, line, text or picture. Only some of them have ``text`` and ``replacement``."""

    element: Element
    element_tag: str
    style: BoxStyle
    children: Sequence[Box]
    background: Background | None
    position_x: float
    position_y: float
    width: float
    height: float
    margin_bottom: float
    baseline: float
    text: str
    replacement: LoadedImage
    page_type: PageType
    bleed_area: tuple[float, float, float, float]
    remove_decoration_sides: set[str]
    link_annotation: PdfDictionary | None
    is_table_wrapper: bool
    is_flex_item: bool
    is_grid_item: bool
    is_column: bool
    is_outside_marker: bool
    bookmark_label: Value
    first_letter_style: BoxStyle | None
    first_line_style: BoxStyle | None
    footnote: Anything
    note: Anything
    string_set: Anything
    missing_link: Anything
    leading_collapsible_space: bool
    trailing_collapsible_space: bool
    cached_block: tuple[Anything, int]
    """Set by the block cache: the block that a box was copied from, and the box's place in it."""

    moved_down: float
    """Set on a part of a column with a footer: how far it was moved once it was laid out."""

    page: Box
    """Of an area for footnotes: the page that it is on."""

    def copy(self) -> Box: ...
    def deepcopy(self) -> Box: ...
    def copy_with_children(self, children: Sequence[Box]) -> Box: ...
    def all_children(self) -> Sequence[Box]: ...
    def descendants(self, placeholders: bool = False) -> Iterator[Box]: ...
    def translate(self, dx: float = 0, dy: float = 0) -> None: ...
    def content_box_x(self) -> float: ...
    def content_box_y(self) -> float: ...
    def border_box_x(self) -> float: ...
    def border_box_y(self) -> float: ...
    def border_width(self) -> float: ...
    def border_height(self) -> float: ...
    def margin_width(self) -> float: ...
    def margin_height(self) -> float: ...
    def is_in_normal_flow(self) -> bool: ...
    def is_floated(self) -> bool: ...
    def get_wrapped_table(self) -> Box: ...


class LayoutContext(Protocol):
    """WeasyPrint's state while it lays out a document."""

    excluded_shapes: list[Box]
    footnotes: list[Box]
    current_page_footnotes: list[Box]
    reported_footnotes: list[Box]
    current_footnote_area: Box
    broken_out_of_flow: Mapping[Anything, Anything]
    page_bottom: float
    current_page: int
    forced_break: bool
    in_column: bool
    running_elements: Mapping[str, Mapping[int, Sequence[Box]]]
    overflows_page: Callable[[float, float], bool]
    _excluded_shapes_root_boxes: Sequence[Box]


BlockLayout: TypeAlias = tuple[Box | None, SkipStack, dict[str, Any], list[float], bool, int | None]
"""The box, where to go on, the next page, the margins that still adjoin, whether they go through it, the lines left."""


class Page(Protocol):
    """A page that is laid out."""

    width: float
    height: float
    bleed: Mapping[str, float]
    links: list[tuple[str, str, tuple[float, float, float, float], Box]]
    anchors: Anything
    bookmarks: Anything
    forms: Anything
    _page_box: Box

    def paint(self, stream: Stream, scale: float = 1) -> None: ...


class DocumentMetadata(Protocol):
    """The metadata of a document."""

    created: str | None
    modified: str | None
    attachments: Sequence[Anything]


class WeasyDocument(Protocol):
    """Pages that can be written."""

    pages: list[Page]
    metadata: DocumentMetadata
    url_fetcher: object
    font_config: object

    def copy(self, pages: Sequence[Page]) -> WeasyDocument: ...
    def write_pdf(
        self,
        *,
        finisher: Callable[[WeasyDocument, Pdf], None],
        pdf_variant: str | None,
        pdf_tags: bool,
        pdf_identifier: bool,
    ) -> bytes: ...


class HtmlTree(Protocol):
    """A parsed HTML document of WeasyPrint's."""

    etree_element: Element
    url_fetcher: Anything

    def render(self, **options: Anything) -> WeasyDocument: ...
    def _ua_counter_style(self) -> Sequence[Mapping[str, Anything]]: ...


class PdfObject(Protocol):
    """An object of a PDF that pydyf writes."""

    number: int
    reference: bytes


class PdfDictionary(PdfObject, Protocol):
    """A dictionary of a PDF."""

    def __getitem__(self, name: str, /) -> Value: ...
    def __setitem__(self, name: str, value: Value, /) -> None: ...
    def __contains__(self, name: object, /) -> bool: ...
    def get(self, name: str, default: Value = None, /) -> Value: ...
    def update(self, values: Mapping[str, Value], /) -> None: ...
    def items(self) -> ItemsView[str, Value]: ...


class PdfStream(PdfObject, Protocol):
    """A stream of a PDF; ``stream`` holds its parts."""

    stream: list[Anything]
    extra: PdfDictionary
    compress: bool


class Pdf(Protocol):
    """A PDF before it is written."""

    objects: list[Value]
    pages: PdfDictionary
    catalog: PdfDictionary
    info: PdfDictionary

    def add_object(self, added: PdfObject) -> None: ...


class ContentTag(Protocol):
    """The tag and number of a marked content."""

    def __getitem__(self, name: str, /) -> Value: ...


Tags: TypeAlias = dict[Box, Mapping[str, Any]]
"""The tag and number of the marked content of each box that is drawn."""


class Font(Protocol):
    """A font of a PDF, with the glyphs in use."""

    file_content: bytes | None
    digest: str
    """Set by the recorder: of the file that the font was read from."""
    index: int
    hb_face: Anything
    weight: int
    style: int
    font_size: float
    variations: dict[str, float]
    tables: list[str]
    widths: dict[int, float]
    to_unicode: dict[int, str]
    missing: dict[int, int]


class Matrix(Protocol):
    """A transformation of coordinates."""

    values: tuple[float, ...]


class Stream(PdfStream, Protocol):
    """The drawing operators of a page, and what they refer to."""

    ctm: Matrix
    page_rectangle: tuple[float, float, float, float]
    _resources: PdfDictionary
    _images: dict[str, dict[str, Any]]
    _fonts: dict[int, Font]
    _tags: Tags
    _color_profiles: Anything
    _output_intent: Anything


class DrawnStream(Stream, Protocol):
    """A stream with the part of the graphics state that WeasyPrint does not write twice."""

    _current_color: object
    _current_color_stroke: object
    _current_alpha: object
    _current_alpha_stroke: object
    _current_font: object


class StackingContext(Protocol):
    """Boxes that are painted together."""

    box: Box
    negative_z_contexts: Sequence[StackingContext]
    float_contexts: Sequence[StackingContext]
    zero_z_contexts: Sequence[StackingContext]
    positive_z_contexts: Sequence[StackingContext]
