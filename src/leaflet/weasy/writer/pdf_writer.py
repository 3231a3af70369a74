"""Writing of laid-out pages as a PDF: tags repaired, fonts subset, labels and metadata set."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pydyf
from msgspec import Struct

from leaflet.weasy.features import Feature
from leaflet.weasy.patch import Replacement, patched
from leaflet.weasy.types import Pdf, WeasyDocument
from leaflet.weasy.writer.cid_fonts import CidFonts
from leaflet.weasy.writer.finished_objects import finish_objects
from leaflet.weasy.writer.font_dates import font_dates, font_dates_by_environment
from leaflet.weasy.writer.page_labels import label_pages, mark_overfull
from leaflet.weasy.writer.subset_store import SubsetStore

VARIANT = "pdf/ua-1"


class PdfDetails(Struct, frozen=True, kw_only=True):
    """Additions to a PDF's pages."""

    labels: tuple[str, ...] = ()
    """The name of each page; none where the pages have only numbers."""
    overfull: tuple[int, ...] = ()
    """The numbers, from 0, of the pages that get a red bar."""
    created: str | None = None
    """The date of the file (W3C form); None for the date that the page names, if any."""
    creator: str = ""
    """The program that the file names as its maker."""
    for_ua_2: bool = False
    """True if the tags are to have what a conversion to PDF/UA-2 needs."""
    packet: bytes = b""
    """The XMP packet; without one, the file has what the page's head says."""


class PdfWriter:
    """Writer of PDF files, with the caches of fonts and streams that files share."""

    def __init__(self, features: Collection[Feature], subset_folder: Path | None) -> None:
        self._features = features
        store = SubsetStore(subset_folder)
        self._cid_fonts = CidFonts(store)
        self._lasting = list(self._lasting_replacements(store))

    @property
    def variant(self) -> str | None:
        """The standard that WeasyPrint writes for: without the repair of tags, a file must not claim PDF/UA."""
        return VARIANT if Feature.TAG_REPAIR in self._features else None

    def write(self, document: WeasyDocument, details: PdfDetails) -> bytes:
        """Return ``document`` as a tagged PDF.

        Raises:
            Exception: any that WeasyPrint raises.
        """
        metadata = document.metadata
        metadata.created = details.created or metadata.created
        metadata.modified = metadata.modified or metadata.created
        replacements = [*self._lasting, *self._replacements_for_one_file()]
        if Feature.TAG_REPAIR in self._features:
            from leaflet.weasy.writer.tags import TagRepair

            repair = TagRepair(document, for_ua_2=details.for_ua_2)
            replacements += repair.replacements()
            finish_tags = repair.finish
        else:
            finish_tags = _no_repair

        def finish(_: WeasyDocument, pdf: Pdf) -> None:
            self._cid_fonts.renumber(pdf)
            finish_tags(pdf)
            _add_details(pdf, details)
            finish_objects(pdf)

        with self.fixed_font_dates(), patched(*replacements):
            return bytes(
                document.write_pdf(finisher=finish, pdf_variant=self.variant, pdf_tags=True, pdf_identifier=True)
            )

    @contextmanager
    def fixed_font_dates(self) -> Iterator[None]:
        """Date fonts that are saved inside with a fixed day."""
        with patched(font_dates()) if Feature.FONT_DATES in self._features else font_dates_by_environment():
            yield

    def _lasting_replacements(self, store: SubsetStore) -> Iterator[Replacement]:
        if Feature.FONT_SUBSET in self._features:
            from leaflet.weasy.writer.font_subset import FontSubsetCache, font_subset

            yield font_subset(FontSubsetCache(store))
        if Feature.COMPRESSION in self._features:
            from leaflet.weasy.writer.compression import CompressionCache, compression

            yield compression(CompressionCache())

    def _replacements_for_one_file(self) -> Iterator[Replacement]:
        if Feature.OPERATOR_CACHE in self._features:
            from leaflet.weasy.paint.operator_cache import operator_cache

            yield operator_cache()


def _no_repair(pdf: Pdf) -> None:
    """Leave the tags as WeasyPrint makes them."""


def _add_details(pdf: Pdf, details: PdfDetails) -> None:
    if details.labels:
        label_pages(pdf, details.labels)
    mark_overfull(pdf, details.overfull)
    if details.creator:
        pdf.info["Creator"] = pydyf.String(details.creator)
    if not details.packet:
        return
    if "Metadata" in pdf.catalog:
        pdf.objects[int(pdf.catalog["Metadata"].split()[0])].stream = [details.packet]
    else:
        stream = pydyf.Stream([details.packet], pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"}))
        pdf.add_object(stream)
        pdf.catalog["Metadata"] = stream.reference
