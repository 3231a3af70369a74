"""Making of the formats without pages: text, EPUB, fragment, e-mail and braille, from the text of a leaflet alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from leaflet.errors import LeafletError, Location, Problem, Severity
from leaflet.model.format_settings import FormatSettings
from leaflet.pipeline.cite_source import CitedDocument
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.model.reading_text import ReadingText

Made = tuple[bytes, tuple[Problem, ...]]
MOST_SHOWN = 5


def make_readings(
    cited: CitedDocument, formats: Iterable[str], *, today: date, session: Session
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the chosen formats without pages, and what they could not show.

    Raises:
        LeafletError: a picture cannot be read, or a program that a format needs is not installed.
    """
    makers: dict[str, Callable[[FormatSettings], Made]] = {
        "text": partial(_text, cited, session),
        "epub": partial(_epub, cited, session, today),
        "fragment": partial(_fragment, cited, session),
        "email": partial(_email, cited, session),
        "braille": partial(_braille, cited, session),
    }
    wanted = {kind: make for kind, make in makers.items() if kind in formats}
    if not wanted:
        return {}, ()
    from leaflet.files import read_settings

    settings = read_settings(cited.workspace).formats
    made = {kind: make(settings) for kind, make in wanted.items()}
    return {kind: data for kind, (data, _) in made.items()}, tuple(
        problem for _, problems in made.values() for problem in problems
    )


def _text(cited: CitedDocument, session: Session, _: FormatSettings) -> Made:
    from leaflet.writers import plain_text_file

    return plain_text_file(_reading(cited, session, has_links=False)).encode(), ()


def _epub(cited: CitedDocument, session: Session, today: date, settings: FormatSettings) -> Made:
    from leaflet.files import own_typefaces
    from leaflet.writers import epub_file

    workspace = cited.workspace
    own = own_typefaces(workspace) if settings.epub_fonts else {}
    families = [family for family in cited.style.faces.values() if family in own]
    fonts = partial(session.web_fonts.embedded, families, own=own, workspace=workspace) if families else None
    return epub_file(_reading(cited, session, has_links=True), day=today, fonts=fonts), ()


def _fragment(cited: CitedDocument, session: Session, _: FormatSettings) -> Made:
    from leaflet.writers import fragment_file

    return fragment_file(_reading(cited, session, has_links=True)).encode(), ()


def _email(cited: CitedDocument, session: Session, settings: FormatSettings) -> Made:
    from leaflet.writers import email_page

    page = email_page(_reading(cited, session, has_links=True, pictures_at=settings.email_pictures or ""))
    problems = []
    if page.left_out:
        shown = "; ".join(f'"{alt[:60]}"' for alt in page.left_out[:MOST_SHOWN])
        more = f" and {len(page.left_out) - MOST_SHOWN} more" if len(page.left_out) > MOST_SHOWN else ""
        hint = (
            "mail programs show no drawings, and no pictures inside of a message: put PNG, JPEG or GIF files on a web server, "
            'and write [email] with pictures = "https://…/" in leaflet.toml'
        )
        problems.append(_warning(cited, f"the e-mail says in words what these pictures show: {shown}{more}", hint))
    if page.is_cut_off:
        message = f"the e-mail has {len(page.html.encode()) // 1000} KB, and Gmail cuts messages off at 102 KB"
        problems.append(_warning(cited, message, "send a shorter text, and link to the web page"))
    return page.html.encode(), tuple(problems)


def _braille(cited: CitedDocument, session: Session, settings: FormatSettings) -> Made:
    from leaflet.pipeline.liblouis import to_braille
    from leaflet.writers import BRAILLE_TABLES, braille_file, table_for

    lang = cited.document.metadata.lang
    table = table_for(lang, settings.braille)
    if table is None:
        message = f"leaflet knows no braille for the language {lang}"
        hint = f'it knows that of {", ".join(sorted(BRAILLE_TABLES))}; write [braille] with table = "…" in leaflet.toml'
        raise LeafletError(Problem(message=message, location=_place(cited, "lang"), hint=hint))
    made = braille_file(_reading(cited, session, has_links=False), settings.braille, table, to_braille)
    problems = []
    if made.unknown:
        message = f'the braille table "{table}" has no signs for {" ".join(made.unknown)}, which are left out'
        problems.append(_warning(cited, message, "write them in words, or choose another table in leaflet.toml"))
    return made.content.encode("ascii", "replace"), tuple(problems)


def _reading(cited: CitedDocument, session: Session, *, has_links: bool, pictures_at: str | None = None) -> ReadingText:
    from leaflet.html import render_reading

    return render_reading(
        cited.document,
        cited.citations,
        cited.layout,
        cited.style,
        has_links=has_links,
        pictures_at=pictures_at,
        workspace=cited.workspace,
        resources=session.page_resources,
    )


def _place(cited: CitedDocument, key: str) -> Location:
    return cited.document.metadata.places.get(key) or Location(file=cited.document.source)


def _warning(cited: CitedDocument, message: str, hint: str) -> Problem:
    place = Location(file=cited.document.source)
    return Problem(message=message, location=place, hint=hint, severity=Severity.WARNING)
