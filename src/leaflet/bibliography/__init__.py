"""Files of reference managers, read and written: BibLaTeX, BibTeX, CSL-JSON, CSL-YAML and RIS."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from leaflet.bibliography import formats
from leaflet.bibliography.formats import SUFFIXES as SUFFIX_FORMATS
from leaflet.bibliography.formats import Format, Particles
from leaflet.bibliography.invalid_characters import clean
from leaflet.bibliography.item_keys import with_readable_keys
from leaflet.bibliography.retractions import COLUMNS as RETRACTION_COLUMNS
from leaflet.bibliography.retractions import RetractionList, check_retractions
from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files import read_file
from leaflet.lru_cache import LruCache
from leaflet.model.citation import Reference

__all__ = [
    "RETRACTION_COLUMNS",
    "SUFFIX_FORMATS",
    "BibliographyReader",
    "Format",
    "Particles",
    "Read",
    "RetractionList",
    "check",
    "check_retractions",
    "merge",
    "read_bibliography",
    "read_text",
    "with_readable_keys",
    "write",
]

Read = tuple[tuple[Reference, ...], tuple[Problem, ...]]


def read_bibliography(
    path: Path,
    *,
    name: str,
    wanted: Collection[str] | None = None,
    format: Format | str | None = None,  # noqa: A002
    particles: Particles | str = Particles.KEEP,
    inside: Iterable[Path] | None = None,
) -> Read:
    """Return the references of a file and what is wrong with it; ``name`` is how messages call the file.

    ``format`` overrules what the file's suffix says; without either, its text tells. With ``wanted``, only the
    references of these keys are converted; the rest are split off and left alone. ``inside`` are the folders that the
    file must lie in; None for a file that the user named on the command line.

    Raises:
        UnsafeError: the file lies outside.
        SourceError: the file cannot be opened or is of no known kind.
    """
    text, problems = _opened(path, name, inside)
    kind = format or formats.of_name(name) or formats.of_name(path.name)
    references, found = read_text(text, kind, name, wanted=wanted, particles=particles)
    return references, problems + found


class BibliographyReader:
    """Reader of bibliography files for several builds: it converts a text again only when text or question differ.

    The rows of a batch cite from the same few files. Threads may share a reader; it changes no result.
    """

    def __init__(self, *, most: int = 4) -> None:
        self._read: LruCache[tuple[str, Format | str | None, str, frozenset[str] | None, Particles], Read] = LruCache(
            most
        )

    def read(
        self,
        path: Path,
        *,
        name: str,
        wanted: Collection[str] | None = None,
        particles: Particles | str = Particles.KEEP,
        inside: Iterable[Path] | None = None,
    ) -> Read:
        """Return what :func:`read_bibliography` returns.

        Raises:
            UnsafeError: the file lies outside.
            SourceError: the file cannot be opened or is of no known kind.
        """
        text, problems = _opened(path, name, inside)
        kind = formats.of_name(name) or formats.of_name(path.name)
        question = (text, kind, name, None if wanted is None else frozenset(wanted), Particles(particles))
        known = self._read.get_or_make(
            question, lambda: read_text(text, kind, name, wanted=question[3], particles=question[4])
        )
        return known[0], problems + known[1]


def _opened(path: Path, name: str, inside: Iterable[Path] | None) -> tuple[str, tuple[Problem, ...]]:
    try:
        data = read_file(path, inside=inside)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(
            Problem(message=f"the bibliography cannot be read: {reason}", location=Location(file=name))
        ) from None
    return _decoded(data, name)


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        place = Location(file=name, line=data.count(b"\n", 0, error.start) + 1)
        warning = Problem(
            message="this file is not in UTF-8; it is read as Western European (Windows-1252)",
            location=place,
            hint="save the file as UTF-8",
            severity=Severity.WARNING,
        )
        return data.decode("cp1252", errors="replace"), (warning,)


def read_text(
    text: str,
    format: Format | str | None,  # noqa: A002
    name: str,
    *,
    wanted: Collection[str] | None = None,
    particles: Particles | str = Particles.KEEP,
) -> Read:
    """Return the references of a text. Without a format, the text itself tells.

    Raises:
        SourceError: it is of no known kind.
    """
    text = clean(text)
    kind = Format(format) if format else formats.of_text(text)
    if kind is Format.BIBLATEX or kind is Format.BIBTEX:
        from leaflet.bibliography.bibtex_read import read_bibtex

        return read_bibtex(text, name, wanted, particles=Particles(particles))
    if kind is Format.RIS:
        from leaflet.bibliography.ris import read_ris

        return read_ris(text, name, wanted)
    if kind is None:
        if not text.strip():
            return (), ()
        raise SourceError(
            Problem(
                message="this is not a bibliography of a known kind",
                location=Location(file=name),
                hint=f"use one of {', '.join(Format)}, with the suffix .bib, .json, .yaml or .ris",
            )
        )
    from leaflet.bibliography import csl_data

    return (csl_data.read_csl_json if kind is Format.CSL_JSON else csl_data.read_csl_yaml)(text, name, wanted)


def merge(lists: Iterable[tuple[Reference, ...]]) -> Read:
    """Return all references of several files. Where a key comes twice, the later one wins, with a note."""
    merged: dict[str, Reference] = {}
    problems: list[Problem] = []
    for reference in (reference for references in lists for reference in references):
        earlier = merged.get(reference.id)
        if earlier is not None and earlier.item != reference.item:
            problems.append(
                Problem(
                    message=f"{reference.id}: this reference replaces the one in {earlier.location or 'another list'}",
                    location=reference.location,
                    hint="give one of the two another key, or remove it",
                    severity=Severity.WARNING,
                )
            )
        merged[reference.id] = reference
    return tuple(merged.values()), tuple(problems)


def check(references: Iterable[Reference], *, today: date | None = None) -> tuple[Problem, ...]:
    """Return warnings about what looks wrong in references. ``today`` says which years are to come."""
    from leaflet.bibliography.item_checks import check_references

    return check_references(references, today=today)


def write(references: Iterable[Reference], format: Format | str) -> str:  # noqa: A002
    """Return the references as the text of a file of that format, always the same for the same references."""
    kind = Format(format)
    listed = tuple(references)
    if kind is Format.RIS:
        from leaflet.bibliography.write_ris import to_ris

        return to_ris(listed)
    if kind is Format.BIBLATEX or kind is Format.BIBTEX:
        from leaflet.bibliography.write_bibtex import to_bibtex

        return to_bibtex(listed, classic=kind is Format.BIBTEX)
    from leaflet.bibliography import write_csl

    return write_csl.to_csl_json(listed) if kind is Format.CSL_JSON else write_csl.to_csl_yaml(listed)
