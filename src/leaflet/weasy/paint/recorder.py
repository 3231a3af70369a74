"""Pages that are painted once and written many times, each time into another document.

Measured by ``benchmarks/patches.py`` (six panels, one heading changed): without it, and the features that need it, a
leaflet takes 7 times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from itertools import islice
from logging import LogRecord

import pydyf
from msgspec import Struct

from leaflet.weasy import types
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.fonts import font_digest
from leaflet.weasy.log import captured_log
from leaflet.weasy.paint.recording import CachedOperators, Recording
from leaflet.weasy.types import Anything, Box, Font, Page, PdfDictionary, PdfStream, Tags, Value
from leaflet.weasy.writer.artifacts import artifacts

from weasyprint.pdf.stream import Stream  # isort: skip

NAMED = ("ExtGState", "XObject", "Pattern", "Shading")


class RecordedPage:
    """A page of WeasyPrint's that holds its drawing operators once they were made.

    ``name`` is unlike that of every other page in a document: graphics states and pictures of the page are named by it.
    """

    def __init__(
        self, page: Page, name: str, fonts: BundledFonts, log: list[LogRecord], *, drops_font_files: bool
    ) -> None:
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.links, self.anchors, self.bookmarks, self.forms = page.links, page.anchors, page.bookmarks, page.forms
        self._page_box = page._page_box
        self._page = page
        self._name = name
        self._faces = fonts.faces
        self._drops_font_files = drops_font_files
        self._log = log
        self._painted: Painted | None = None

    def paint(self, stream: types.Stream, scale: float = 1) -> None:
        """Write the page to ``stream``, which is new."""
        if self._painted is None:
            recorder = Recorder(stream, self._name, self._faces, drops_font_files=self._drops_font_files)
            with captured_log() as log:
                self._page.paint(recorder, scale)
            self._log += log
            self._painted = recorder.painted(self._page_box)
        self._painted.write_to(stream)

    def with_log(self, log: list[LogRecord]) -> RecordedPage:
        """Return the page for another document, whose messages go to ``log``."""
        made = copy(self)
        made._log = log
        return made

    def forget_links(self) -> None:
        """Forget the annotations of the document that this page was last written into."""
        for *_, box in self.links:
            box.link_annotation = None


class Recorder(Stream):  # type: ignore[misc]
    """A page's stream with its own resources, under names that no other page has."""

    stream: list[Anything]
    _resources: PdfDictionary
    _images: dict[str, dict[str, Value]]
    _fonts: dict[int, Font]

    def __init__(self, stream: types.Stream, name: str, faces: dict[int, str], *, drops_font_files: bool) -> None:
        super().__init__(
            fonts={},
            page_rectangle=stream.page_rectangle,
            resources=_no_resources(stream._resources["ColorSpace"]),
            images={},
            tags={},
            color_profiles=stream._color_profiles,
            output_intent=stream._output_intent,
            compress=stream.compress,
        )
        self._ctm_stack = [stream.ctm]
        self._name = name
        self._faces = faces
        self._drops_font_files = drops_font_files
        self._made = 0

    @property
    def state(self) -> tuple[object, ...]:
        """All that the next operators depend on."""
        colors = self._current_color, self._current_color_stroke, self._current_alpha, self._current_alpha_stroke
        return self.ctm.values, self._current_font, *colors

    def record(self, draw: Callable[[], None]) -> Recording:
        """Return what ``draw`` adds to the stream, and what it refers to; it stays in the stream."""
        before = (self.stream, self._resources, self._images, self._fonts)
        first = len(self._tags)
        self.stream, self._images, self._fonts = [], {}, {}
        self._resources = _no_resources(self._resources["ColorSpace"])
        draw()
        recording = Recording(
            items=tuple(self.stream),
            first=first,
            tags=dict(islice(self._tags.items(), first, None)),
            resources=self._resources,
            images=self._images,
            fonts=self._fonts,
        )
        self.stream, self._resources, self._images, self._fonts = before
        self.stream += recording.items
        for kind in NAMED:
            self._resources[kind].update(recording.resources[kind])
        _add_images(self._images, recording.images)
        self._use(recording.fonts)
        return recording

    def replay(self, cached: CachedOperators, boxes: Sequence[Box]) -> None:
        """Add ``cached`` to the stream once more, for ``boxes``, which are equal to those that were drawn."""
        first = len(self._tags)
        self.stream += cached.from_number(first)
        self._tags.update((boxes[place], {"tag": tag, "mcid": first + number}) for place, tag, number in cached.tags)
        self._resources["ExtGState"].update(cached.states)
        self._use(cached.fonts)
        self._current_color = self._current_color_stroke = None
        self._current_alpha = self._current_alpha_stroke = None
        self._current_font = None

    def _use(self, fonts: dict[int, Font]) -> None:
        for key, font in fonts.items():
            self._identify(key, font)
        _add_fonts(self._fonts, fonts)

    def _identify(self, key: int, font: Font) -> None:
        """Give ``font`` the digest of its file, and drop the file where the subset cache reads it again."""
        if font.file_content is not None:
            font.digest = self._faces.get(key) or self._faces.setdefault(key, font_digest(font.file_content))
            if self._drops_font_files:
                font.file_content = None

    def set_state(self, state: PdfDictionary) -> None:
        """Use a graphics state."""
        key = self._next_name()
        self._resources["ExtGState"][key] = state
        pydyf.Stream.set_state(self, key)

    def add_group(self, *area: float) -> Anything:
        """Return a new group."""
        return self._renamed("XObject", super().add_group(*area))

    def add_pattern(self, *arguments: Anything) -> Anything:
        """Return a new pattern."""
        return self._renamed("Pattern", super().add_pattern(*arguments))

    def add_shading(self, *arguments: Anything, **named: Anything) -> Anything:
        """Return a new shading."""
        return self._renamed("Shading", super().add_shading(*arguments, **named))

    def _renamed(self, kind: str, resource: Anything) -> Anything:
        del self._resources[kind][resource.id]
        resource.id = self._next_name()
        self._resources[kind][resource.id] = resource
        return resource

    def _next_name(self) -> str:
        self._made += 1
        return f"{self._name}x{self._made}"

    def painted(self, page: Box) -> Painted:
        """Return all that was recorded of ``page``."""
        _make_artifacts(self.stream, {self._tags[box]["mcid"] for box in artifacts(page) if box in self._tags})
        _join_streams(self._resources)
        for key, font in self._fonts.items():
            self._identify(key, font)
        return Painted(
            content=joined_operators(self.stream),
            tags=self._tags,
            resources=self._resources,
            images=self._images,
            fonts=self._fonts,
        )


class Painted(Struct, frozen=True, kw_only=True):
    """A painted page, which never changes: documents get copies."""

    content: bytes
    tags: Tags
    resources: PdfDictionary
    images: dict[str, dict[str, Value]]
    fonts: dict[int, Font]

    def write_to(self, stream: types.Stream) -> None:
        """Add the page to ``stream``, and what it refers to to the stream's document."""
        stream.stream = [*stream.stream, self.content]
        stream._tags.update(self.tags)
        target = stream._resources
        fresh = _resources(self.resources, target["ColorSpace"])
        for kind in NAMED:
            target[kind].update(fresh[kind])
        _add_images(stream._images, self.images)
        _add_fonts(stream._fonts, self.fonts)


def _no_resources(color_space: bytes) -> PdfDictionary:
    resources: PdfDictionary = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in NAMED})
    resources["ColorSpace"] = color_space
    return resources


def _add_images(known: dict[str, dict[str, Value]], images: Mapping[str, dict[str, Value]]) -> None:
    for name, image in images.items():
        same = known.setdefault(name, {**image, "dpi_ratios": set()})
        same["dpi_ratios"] |= image["dpi_ratios"]


def _add_fonts(known: dict[int, Font], fonts: dict[int, Font]) -> None:
    for key, font in fonts.items():
        _merge(known.setdefault(key, _unused(font)), font)


def _unused(font: Font) -> Font:
    """Return ``font`` before its first glyph."""
    fresh = copy(font)
    fresh.widths, fresh.to_unicode, fresh.missing = {}, {}, {}
    return fresh


def _merge(font: Font, other: Font) -> None:
    """Add the glyphs of ``other`` that ``font`` does not have."""
    for name in ("widths", "to_unicode", "missing"):
        known = getattr(font, name)
        known.update((key, value) for key, value in getattr(other, name).items() if key not in known)


def _resources(recorded: PdfDictionary, color_space: bytes) -> PdfDictionary:
    """Return a copy of ``recorded`` for one document, which will number its parts and point at its own fonts."""
    fresh: PdfDictionary = pydyf.Dictionary(recorded)
    fresh["ColorSpace"] = color_space
    for kind in NAMED:
        fresh[kind] = pydyf.Dictionary({key: _resource(part, color_space) for key, part in recorded[kind].items()})
    groups = {id(group): fresh["XObject"][key] for key, group in recorded["XObject"].items()}
    for state in fresh["ExtGState"].values():
        if "G" in state.get("SMask", ()):
            mask = state["SMask"]
            state["SMask"] = pydyf.Dictionary({**mask, "G": groups[id(mask["G"])]})
    return fresh


def _resource(recorded: Anything, color_space: bytes) -> Anything:
    """Return a copy of one resource; None is an image, which the document fills in."""
    if recorded is None:
        return None
    if not isinstance(recorded, pydyf.Stream):
        return pydyf.Dictionary(recorded)
    fresh: PdfStream = pydyf.Stream(recorded.stream, pydyf.Dictionary(recorded.extra), recorded.compress)
    if "Resources" in fresh.extra:
        fresh.extra["Resources"] = _resources(fresh.extra["Resources"], color_space)
    return fresh


def _join_streams(resources: PdfDictionary) -> None:
    """Join the parts of all streams in ``resources``, once for all documents."""
    for kind in NAMED:
        for resource in resources[kind].values():
            if isinstance(resource, pydyf.Stream):
                resource.stream = [joined_operators(resource.stream)]
                if "Resources" in resource.extra:
                    _join_streams(resource.extra["Resources"])


def joined_operators(items: list[Anything]) -> bytes:
    """Return what a stream writes for ``items``."""
    return b"\n".join(pydyf._to_bytes(item) for item in items)


def _make_artifacts(stream: list[Anything], numbers: set[int]) -> None:
    """Turn the start of marked content with ``numbers`` (tag, properties, operator) into that of an artifact."""
    marks = [place for place, item in enumerate(stream) if isinstance(item, dict) and item.get("MCID") in numbers]
    for place in reversed(marks):
        stream[place - 1 : place + 2] = ["/Artifact", b"BMC"]
