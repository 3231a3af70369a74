"""Pages that are painted once and written many times, each into a document of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import islice
from logging import LogRecord
from typing import Any, TypeAlias

import pydyf
from weasyprint.document import Page
from weasyprint.pdf.stream import Stream

from leaflet.weasy.engine import BundledFonts, captured_log
from leaflet.weasy.paint.operator_cache import KeptMarks, Marks, kept_marks
from leaflet.weasy.paint.path_cache import known_paths
from leaflet.weasy.writer.font_subset import digest
from leaflet.weasy.writer.tags import artifacts

Box: TypeAlias = Any
NAMED = ("ExtGState", "XObject", "Pattern", "Shading")


class PanelPage(Page):  # type: ignore[misc]
    """A page of WeasyPrint's that remembers what it looks like.

    ``name`` is unlike that of every other page in a document: what the page brings along is called by it.
    """

    def __init__(self, page: Page, name: str, fonts: BundledFonts, log: list[LogRecord]) -> None:
        self.__dict__.update(page.__dict__)
        self._name = name
        self._faces = fonts.faces
        self._log = log
        self._painted: Painted | None = None

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Put the page into ``stream``, which is new."""
        if self._painted is None:
            recorder = Recorder(stream, self._name, self._faces)
            with captured_log() as log, known_paths(), kept_marks():
                super().paint(recorder, scale)
            self._log += log
            self._painted = recorder.painted(self._page_box)
        self._painted.write_to(stream)

    def forget_links(self) -> None:
        """Forget the annotations of the document that this page was last written into."""
        for *_, box in self.links:
            box.link_annotation = None


class Recorder(Stream):  # type: ignore[misc]
    """A page's stream that keeps to itself what it needs, under names that no other page has."""

    stream: list[Any]
    _resources: Any
    _images: dict[str, Any]
    _fonts: dict[int, Any]

    def __init__(self, stream: Stream, name: str, faces: dict[int, str]) -> None:
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
        self._made = 0

    @property
    def state(self) -> tuple[Any, ...]:
        """What decides how the next thing is drawn."""
        colors = self._current_color, self._current_color_stroke, self._current_alpha, self._current_alpha_stroke
        return self.ctm.values, self._current_font, *colors

    def recorded(self, draw: Callable[[], None]) -> Marks:
        """What ``draw`` puts into the stream, and all that this needs; it stays in the stream."""
        before = (self.stream, self._resources, self._images, self._fonts)
        first = len(self._tags)
        self.stream, self._images, self._fonts = [], {}, {}
        self._resources = _no_resources(self._resources["ColorSpace"])
        draw()
        marks = Marks(
            items=tuple(self.stream),
            first=first,
            tags=dict(islice(self._tags.items(), first, None)),
            resources=self._resources,
            images=self._images,
            fonts=self._fonts,
        )
        self.stream, self._resources, self._images, self._fonts = before
        self.stream += marks.items
        for kind in NAMED:
            self._resources[kind].update(marks.resources[kind])
        _add_images(self._images, marks.images)
        self._use(marks.fonts)
        return marks

    def put(self, marks: KeptMarks, boxes: Sequence[Box]) -> None:
        """Put ``marks`` down again for ``boxes``, which are like those that were drawn."""
        first = len(self._tags)
        self.stream += marks.from_number(first)
        self._tags.update((boxes[place], {"tag": tag, "mcid": first + number}) for place, tag, number in marks.tags)
        self._resources["ExtGState"].update(marks.states)
        self._use(marks.fonts)
        self._current_color = self._current_color_stroke = None
        self._current_alpha = self._current_alpha_stroke = None
        self._current_font = None

    def _use(self, fonts: dict[int, Any]) -> None:
        for key, font in fonts.items():
            self._know(key, font)
        _add_fonts(self._fonts, fonts)

    def _know(self, key: int, font: Any) -> None:
        """Know ``font`` by its digest, and let go of its file."""
        if font.file_content is not None:
            font.digest = self._faces.get(key) or self._faces.setdefault(key, digest(font.file_content))
            font.file_content = None

    def set_state(self, state: Any) -> None:
        """Use a graphics state."""
        key = self._next_name()
        self._resources["ExtGState"][key] = state
        pydyf.Stream.set_state(self, key)

    def add_group(self, *area: float) -> Any:
        """A new group."""
        return self._renamed("XObject", super().add_group(*area))

    def add_pattern(self, *arguments: Any) -> Any:
        """A new pattern."""
        return self._renamed("Pattern", super().add_pattern(*arguments))

    def add_shading(self, *arguments: Any, **named: Any) -> Any:
        """A new shading."""
        return self._renamed("Shading", super().add_shading(*arguments, **named))

    def _renamed(self, kind: str, thing: Any) -> Any:
        del self._resources[kind][thing.id]
        thing.id = self._next_name()
        self._resources[kind][thing.id] = thing
        return thing

    def _next_name(self) -> str:
        self._made += 1
        return f"{self._name}x{self._made}"

    def painted(self, page: Box) -> Painted:
        """All that was recorded of ``page``."""
        _make_artifacts(self.stream, {self._tags[box]["mcid"] for box in artifacts(page) if box in self._tags})
        _settle(self._resources)
        for key, font in self._fonts.items():
            self._know(key, font)
        return Painted(
            content=_joined(self.stream),
            tags=self._tags,
            resources=self._resources,
            images=self._images,
            fonts=self._fonts,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """A painted page, from which nothing is ever taken away: documents get copies."""

    content: bytes
    tags: dict[Box, dict[str, Any]]
    resources: Any
    images: dict[str, dict[str, Any]]
    fonts: dict[int, Any]

    def write_to(self, stream: Stream) -> None:
        """Put the page into ``stream``, and what it needs into the stream's document."""
        stream.stream = [*stream.stream, self.content]
        stream._tags.update(self.tags)
        target = stream._resources
        fresh = _resources(self.resources, target["ColorSpace"])
        for kind in NAMED:
            target[kind].update(fresh[kind])
        _add_images(stream._images, self.images)
        _add_fonts(stream._fonts, self.fonts)


def _no_resources(color_space: bytes) -> Any:
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in NAMED})
    resources["ColorSpace"] = color_space
    return resources


def _add_images(known: dict[str, dict[str, Any]], images: dict[str, dict[str, Any]]) -> None:
    for name, image in images.items():
        same = known.setdefault(name, {**image, "dpi_ratios": set()})
        same["dpi_ratios"] |= image["dpi_ratios"]


def _add_fonts(known: dict[int, Any], fonts: dict[int, Any]) -> None:
    for key, font in fonts.items():
        _merge(known.setdefault(key, _unused(font)), font)


def _unused(font: Any) -> Any:
    """``font`` before its first glyph."""
    fresh = copy(font)
    fresh.widths, fresh.to_unicode, fresh.missing = {}, {}, {}
    return fresh


def _merge(font: Any, other: Any) -> None:
    """Add the glyphs of ``other``; what came first stays."""
    for name in ("widths", "to_unicode", "missing"):
        known = getattr(font, name)
        known.update((key, value) for key, value in getattr(other, name).items() if key not in known)


def _resources(recorded: Any, color_space: bytes) -> Any:
    """A copy of ``recorded`` for one document, which will number its parts and point at its own fonts."""
    fresh = pydyf.Dictionary(recorded)
    fresh["ColorSpace"] = color_space
    for kind in NAMED:
        fresh[kind] = pydyf.Dictionary({key: _thing(thing, color_space) for key, thing in recorded[kind].items()})
    groups = {id(thing): fresh["XObject"][key] for key, thing in recorded["XObject"].items()}
    for state in fresh["ExtGState"].values():
        if "G" in state.get("SMask", ()):
            mask = state["SMask"]
            state["SMask"] = pydyf.Dictionary({**mask, "G": groups[id(mask["G"])]})
    return fresh


def _thing(thing: Any, color_space: bytes) -> Any:
    """One thing that a stream refers to by name; None stands for an image, which the document fills in."""
    if thing is None:
        return None
    if not isinstance(thing, pydyf.Stream):
        return pydyf.Dictionary(thing)
    fresh = pydyf.Stream(thing.stream, pydyf.Dictionary(thing.extra), thing.compress)
    if "Resources" in fresh.extra:
        fresh.extra["Resources"] = _resources(fresh.extra["Resources"], color_space)
    return fresh


def _settle(resources: Any) -> None:
    """Write out the streams in ``resources``, once for all documents."""
    for kind in NAMED:
        for thing in resources[kind].values():
            if isinstance(thing, pydyf.Stream):
                thing.stream = [_joined(thing.stream)]
                if "Resources" in thing.extra:
                    _settle(thing.extra["Resources"])


def _joined(items: list[Any]) -> bytes:
    """What a stream writes for ``items``."""
    return b"\n".join(pydyf._to_bytes(item) for item in items)


def _make_artifacts(stream: list[Any], numbers: set[int]) -> None:
    """Turn the start of marked content with ``numbers`` (tag, properties, operator) into that of an artifact."""
    marks = [place for place, item in enumerate(stream) if isinstance(item, dict) and item.get("MCID") in numbers]
    for place in reversed(marks):
        stream[place - 1 : place + 2] = ["/Artifact", b"BMC"]
