"""Imposition of a PDF made by any program, and the checks that it must pass first."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace
from pikepdf import PageCopyWarning, PasswordError, Pdf, PdfError

from leaflet.errors import LayoutError, LeafletError, Location, Problem, Severity, SourceError
from leaflet.model.fold import Fold, Millimetres
from leaflet.model.layout import Layout
from leaflet.model.paper import shown_size
from leaflet.sheet.booklet import section_warning
from leaflet.sheet.form_xobjects import shown_page_size
from leaflet.sheet.impose import drawn
from leaflet.sheet.placement import SIZE_TOLERANCE, PlacedPage, SheetSide, place
from leaflet.sheet.summary import describe_sheets

HEAD = b"%PDF-"
HEAD_WITHIN = 1024
"""Readers look for the head in so many bytes (ISO 32000-1, Annex H.3, note 13)."""


class ImposedFile(Struct, frozen=True, kw_only=True):
    """A finished sheet PDF, with warnings for its maker."""

    data: bytes
    summary: str
    problems: tuple[Problem, ...]
    """Warnings."""


def impose_file(
    file: bytes, layout: Layout, *, name: str, job: str = "", scale: bool = False, back_cover: bool = True
) -> ImposedFile:
    """Impose the pages of any PDF, in their order, on the sheets of ``layout``.

    Args:
        name: the file's name in messages.
        scale: make pages larger or smaller so that they fit their panels.
        back_cover: the last page of a booklet is its back cover, so that blank pages come before it.

    Raises:
        SourceError: the file is no PDF, is damaged (pages could be lost in a repair), or is protected.
        LayoutError: it has too many pages, or pages of another size than the panels.
    """
    with _opened(file, name) as pdf:
        sizes = [shown_page_size(page.obj) for page in pdf.pages]
        panels = _panels(layout, len(sizes), name)
        wanted = [(layout.panels[panel].width, layout.panels[panel].height) for panel in panels]
        if not scale:
            _refuse_sizes(sizes, wanted, name)
        sides = place(layout, panels, wanted, back_cover=back_cover)
        scales = [min(w / width, h / height) for (w, h), (width, height) in zip(wanted, sizes, strict=True)]
        problems = tuple(_warnings(pdf, layout, len(sizes), name))
        if layout.fold is Fold.BOOKLET:
            problems += section_warning(len(sizes), layout, name)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", PageCopyWarning)  # fields that no form lists stay as they were
                data = drawn(pdf, [_scaled(side, scales) for side in sides] if scale else sides, layout, job=job)
        except (PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
            raise _broken(name, str(error)) from error
    summary = describe_sheets(layout, len(sizes), back_cover=back_cover)
    return ImposedFile(data=data, summary=summary, problems=problems)


def _opened(file: bytes, name: str) -> Pdf:
    if HEAD not in file[:HEAD_WITHIN]:
        raise _broken(name, "it does not begin as a PDF does" if file else "it is empty")
    try:
        pdf = Pdf.open(BytesIO(file), attempt_recovery=False, suppress_warnings=True)
        if not len(pdf.pages):
            raise _broken(name, "it has no pages")
        for page in pdf.pages:
            shown_page_size(page.obj)
    except PasswordError as error:
        raise _protected(name) from error
    except LeafletError:
        raise
    except PdfError as error:
        raise _broken(name, "it is damaged, or a part of it is missing") from error
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration) as error:
        raise _broken(name, str(error)) from error
    if pdf.is_encrypted:
        raise _protected(name)
    return pdf


def _broken(name: str, why: str) -> SourceError:
    return SourceError(
        Problem(
            message=f"this PDF cannot be read: {why.splitlines()[0] if why else 'its pages are damaged'}",
            location=Location(file=name),
            hint="open it in the program that made it, and export it again",
        )
    )


def _protected(name: str) -> SourceError:
    return SourceError(
        Problem(
            message="this PDF is encrypted",
            location=Location(file=name),
            hint="save a copy without a password and without protection against changes",
        )
    )


def _panels(layout: Layout, pages: int, name: str) -> list[int]:
    """Return the panel that each page is."""
    if layout.fold is Fold.BOOKLET:
        return [1] * pages
    last = len(layout.panels) - 1
    if pages > len(layout.panels) and not layout.panels[last].repeats:
        raise LayoutError(
            Problem(
                message=f'{pages} pages are too many for the layout "{layout.name}", which has {len(layout.panels)}',
                location=Location(file=name),
                hint="choose a layout with more panels, or take pages out",
            )
        )
    return [min(page, last) for page in range(pages)]


def _refuse_sizes(
    sizes: Sequence[tuple[Millimetres, Millimetres]], wanted: Sequence[tuple[Millimetres, Millimetres]], name: str
) -> None:
    """Raise an error where pages have not their panels' sizes; neighbours with one mistake share a message."""
    wrong = [
        (number, size, panel)
        for number, (size, panel) in enumerate(zip(sizes, wanted, strict=True), start=1)
        if max(abs(size[0] - panel[0]), abs(size[1] - panel[1])) > FOREIGN_TOLERANCE
    ]
    problems = []
    for (size, panel), run in groupby(wrong, key=lambda one: (_rounded(one[1]), _rounded(one[2]))):
        numbers = [number for number, _, _ in run]
        pages = f"page {numbers[0]} measures" if len(numbers) == 1 else f"pages {numbers[0]} to {numbers[-1]} measure"
        problems.append(
            Problem(
                message=f"{pages} {shown_size(*size)}, but the panel is {shown_size(*panel)}",
                location=Location(file=name),
                hint="make the pages of that size, or let --scale fit them into their panels",
            )
        )
    if problems:
        raise LayoutError(problems)


FOREIGN_TOLERANCE: Millimetres = 5 * SIZE_TOLERANCE
"""Other programs round the sizes of paper to whole points, or A5 to half of A4."""


def _rounded(size: tuple[Millimetres, Millimetres]) -> tuple[Millimetres, Millimetres]:
    return round(size[0], 1), round(size[1], 1)


def _scaled(side: SheetSide, scales: Sequence[float]) -> SheetSide:
    def scaled(page: PlacedPage) -> PlacedPage:
        return replace(page, scale=scales[page.page])

    return replace(side, pages=tuple(scaled(page) for page in side.pages))


def _warnings(pdf: Pdf, layout: Layout, pages: int, name: str) -> Iterator[Problem]:
    empty = [layout.label(panel) for panel in range(pages, len(layout.panels))] if layout.sides else []
    found = [
        (bool(empty), f"there is no page for {', '.join(empty)}", "add pages, or choose a layout with fewer panels"),
        (
            "/AcroForm" in pdf.Root and bool(int(pdf.Root.AcroForm.get("/SigFlags", 0)) & 1),
            "its signatures are no longer valid: the pages were moved",
            "sign the imposed file again",
        ),
        (
            bool(pdf.get_warnings()),
            "this PDF was damaged and has been repaired as far as possible",
            "compare the sheets with the pages of the file",
        ),
    ]
    for applies, message, hint in found:
        if applies:
            yield Problem(message=message, location=Location(file=name), hint=hint, severity=Severity.WARNING)
