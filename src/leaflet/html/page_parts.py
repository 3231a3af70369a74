"""Pieces that come from the front matter and the citation stage: contact lines, references, dates, the QR code."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from msgspec import Struct

from leaflet.design import tie_short_last_word
from leaflet.html.ui_labels import Labels
from leaflet.html.unbroken_words import unbroken_name
from leaflet.html.url_breaks import with_breaks
from leaflet.model.metadata import Contact, Metadata, PartialDate

JOINT = "\u00a0· "
"""Between short facts on one line, whose dot begins no line."""
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class ImprintFact(Struct, frozen=True, kw_only=True):
    """One line of the imprint: a label and what it says. ``iso`` is the machine-readable form of a date."""

    label: str
    value: str
    iso: str = ""


def safe_address(address: str) -> str:
    """Return ``address`` if a page may link to it, and nothing otherwise: front matter is data, not script."""
    return address if urlsplit(address).scheme.lower() in LINK_SCHEMES else ""


def shown_address(address: str) -> str:
    """Return an address as people read it: without the scheme and a last slash."""
    shown = address.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return shown.rstrip("/") if shown.count("/") == 1 else shown


def breakable(address: str) -> Markup:
    """Return ``address`` as people read it, with places where a line may end."""
    return with_breaks(shown_address(address))


def online_address(metadata: Metadata) -> str:
    """Return the web address of the leaflet, as it is cited: citation styles print a DOI before any other address."""
    return f"https://doi.org/{metadata.doi}" if metadata.doi else safe_address(metadata.url)


def phone_address(phone: str) -> str:
    """Return ``phone`` as a ``tel:`` address, or nothing where it has no digits."""
    digits = "".join(char for char in phone if char.isdigit() or (char == "+" and phone.strip().startswith("+")))
    return f"tel:{digits}" if digits else ""


def contact_lines(contact: Contact | None, rich: Mapping[str, str]) -> Markup:
    """Return the contact: the phone number largest, all addresses as links; ``rich`` has its texts with emphasis."""
    if contact is None:
        return Markup()

    def words(kind: str, key: str) -> Markup:
        html = rich.get(f"contact.{key}")
        line = Markup('<p class="{}">{}</p>')
        return line.format(kind, Markup(html)) if html else _line(kind, getattr(contact, key))  # noqa: S704 - made safe

    lines = [words("who", "name"), words("why", "text"), words("hours", "hours")]
    if contact.phone:
        lines.append(_link_line("tel", phone_address(contact.phone), escape(contact.phone)))
    if contact.email:
        lines.append(_link_line("email", f"mailto:{contact.email}", breakable(contact.email)))
    if contact.url:
        lines.append(_link_line("web", safe_address(contact.url), breakable(contact.url)))
    lines.append(words("address", "address"))
    return Markup("\n").join(line for line in lines if line)


def _line(kind: str, text: str) -> Markup:
    rows = Markup("<br>").join(unbroken_name(tie_short_last_word(row)) for row in text.splitlines())
    return Markup('<p class="{}">{}</p>').format(kind, rows) if text else Markup()


def _link_line(kind: str, target: str, shown: Markup) -> Markup:
    if not target:
        return Markup('<p class="{}">{}</p>').format(kind, shown)
    return Markup('<p class="{}"><a href="{}">{}</a></p>').format(kind, target, shown)


def dates(metadata: Metadata, labels: Labels) -> tuple[ImprintFact, ...]:
    """Return when the leaflet was made, checked and will be checked again; nothing where it shows no dates."""
    if not metadata.show_dates:
        return ()
    updated = metadata.date_modified or metadata.date
    reviewed = metadata.last_reviewed if metadata.last_reviewed != updated else None
    rows: tuple[tuple[str, PartialDate | None], ...] = (
        ("last-updated", updated),
        ("last-reviewed", reviewed),
        ("next-review", metadata.next_review),
    )
    return tuple(ImprintFact(label=labels[key], value=labels.date(day), iso=day.iso) for key, day in rows if day)


def imprint(metadata: Metadata, labels: Labels) -> tuple[str, ...]:
    """Return code, version and ISBN, licence and copyright, as short lines."""
    word = labels["version"] if metadata.lang.startswith("de") else labels["version"].lower()
    version = f"{word} {metadata.version}" if metadata.version else ""
    isbn = f"ISBN\u00a0{metadata.isbn}" if metadata.isbn else ""
    first = JOINT.join(part for part in (metadata.code, version, isbn) if part)
    rights = JOINT.join(part for part in (metadata.copyright, metadata.license) if part)
    return tuple(line for line in (first[:1].upper() + first[1:], rights) if line)
