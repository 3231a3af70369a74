"""The places where WeasyPrint 70 is changed, here and only here, and only while a file is being written.

WeasyPrint has no public door between its boxes and their tags, to the cutting down of fonts, nor to compression.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import Any

from leaflet.errors import LeafletError, Problem
from leaflet.weasy.engine import still_clock, weasyprint
from leaflet.weasy.writer.font_subset import cut_down
from leaflet.weasy.writer.tags import Repairs, one_per_link

import pydyf  # isort: skip
import weasyprint.pdf as writer  # isort: skip
import weasyprint.pdf.fonts as fonts  # isort: skip
import weasyprint.pdf.tags as tree  # isort: skip

TESTED_MAJOR = "70"
LEVEL = 6
"""Of compression: 9 takes three times as long for 3 % less."""


@contextmanager
def mended_writer(document: Any) -> Iterator[Repairs]:
    """While inside, ``document.write_pdf`` gives complete tags (once its finisher has called ``finish``), and soon.

    Raises:
        LeafletError: this is a WeasyPrint whose inner functions were never tried.
    """
    if weasyprint.VERSION.split(".")[0] != TESTED_MAJOR:
        raise LeafletError(
            Problem(
                message=f"WeasyPrint {weasyprint.VERSION} is not known to this version of leaflet",
                hint=f"install WeasyPrint {TESTED_MAJOR}",
            )
        )
    build, links, clean, data = tree._build_box_tree, writer.add_links, fonts.Font.clean, pydyf.Stream.data
    pages = pydyf.PDF.page_references
    repairs = Repairs(document, build)
    tree._build_box_tree = repairs.build
    writer.add_links = lambda found, *rest: links((one_per_link(found[0]), found[1]), *rest)
    fonts.Font.clean = lambda font, to_unicode, hinting: cut_down(font, to_unicode, hinting, clean)
    pydyf.Stream.data = property(_stream_data)
    pydyf.PDF.page_references = property(_references_once(pages.fget))
    try:
        with still_clock():
            yield repairs
    finally:
        tree._build_box_tree, writer.add_links, fonts.Font.clean, pydyf.Stream.data = build, links, clean, data
        pydyf.PDF.page_references = pages


class Settled(pydyf.Dictionary):  # type: ignore[misc]
    """A dictionary that nobody changes any more, written out once however often it is asked for."""

    @cached_property
    def data(self) -> bytes:
        """The dictionary as a PDF has it."""
        return _dictionary(self)


def _dictionary(items: Any) -> bytes:
    return b"<<%b>>" % b"".join(b"/%b %b" % (_value(key), _value(value)) for key, value in items.items())


def _value(value: Any) -> bytes:
    """What pydyf writes for ``value``; most are references, names and arrays of both."""
    kind = type(value)
    if kind is bytes:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return str(value).encode("ascii")
    if kind is pydyf.Array:
        return b"[%b]" % b" ".join(map(_value, value))
    return bytes(pydyf._to_bytes(value))


def _references_once(put_together: Callable[[Any], tuple[bytes, ...]]) -> Callable[[Any], tuple[bytes, ...]]:
    """The references to a file's pages, which pydyf puts together anew for each tag."""
    known: dict[int, tuple[bytes, ...]] = {}

    def references(pdf: Any) -> tuple[bytes, ...]:
        count = len(pdf.pages["Kids"])
        if count not in known:
            known[count] = put_together(pdf)
        return known[count]

    return references


def settle(pdf: Any) -> None:
    """Say that ``pdf`` is complete: pydyf writes every object out for the identifier, and again for the file."""
    for thing in pdf.objects:
        if type(thing) is pydyf.Dictionary:
            thing.__class__ = Settled


def _stream_data(stream: Any) -> bytes:
    """What pydyf writes for ``stream``, which it asks for twice: for the file's identifier, and for the file."""
    content = stream.stream[0] if len(stream.stream) == 1 and isinstance(stream.stream[0], bytes) else None
    if content is None:
        content = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
    extra = pydyf.Dictionary(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = _deflated(content)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


@lru_cache(maxsize=256)
def _deflated(content: bytes) -> bytes:
    return zlib.compress(content, LEVEL)
