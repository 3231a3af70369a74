"""Checks of single values: dates, languages, identifiers, addresses and words, as pure functions.

Each takes the text that was typed and returns it in its one normal form, or raises ``Invalid`` with the cure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from leaflet.files import edtf_dates, identifiers
from leaflet.files.suggest import suggestion
from leaflet.model.cover_art import Focus
from leaflet.model.layout import Fit
from leaflet.model.metadata import PartialDate, ShownChanges
from leaflet.model.motif import Motif
from leaflet.model.typefaces import FACES

# ISO 639-1, the two-letter language codes.
TWO_LETTER_LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)

LANGUAGE_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-(?:[0-9][A-Za-z0-9]{3}|[A-Za-z0-9]{5,8}))*(?:-[a-wy-z](?:-[A-Za-z0-9]{2,8})+)*)"
)
"""RFC 5646 without extended languages and private use."""

DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@.<>()\[\],;:\"\\]+(?:\.[^\s@.<>()\[\],;:\"\\]+)+")


class Invalid(ValueError):  # noqa: N818 (a value is judged, not an operation failed)
    """A value is not what its key takes."""

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


def shown(text: str) -> str:
    """Return ``text`` as a message quotes it: on one line and not too long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= 60 else f'"{line[:57]}…"'


def fit(text: str) -> Fit:
    """Return the way in which type may fill the panels.

    >>> fit("shrink")
    <Fit.SHRINK: 'shrink'>
    """
    try:
        return Fit(text.strip())
    except ValueError:
        raise Invalid(f"{shown(text)} is not a kind of fit", f"choose one of {', '.join(Fit)}") from None


def changes(text: str) -> ShownChanges:
    """Return the print of changes that a source marks.

    >>> changes("show")
    <ShownChanges.SHOW: 'show'>
    """
    try:
        return ShownChanges(text.strip())
    except ValueError:
        raise Invalid(f"{shown(text)} is no print of changes", f"choose one of {', '.join(ShownChanges)}") from None


def motif(text: str) -> Motif:
    """Return the motif of a cover.

    >>> motif("waves")
    <Motif.WAVES: 'waves'>
    """
    try:
        return Motif(text.strip())
    except ValueError:
        hint = suggestion(text, Motif) or f"choose one of {', '.join(Motif)}"
        raise Invalid(f"{shown(text)} is not a motif", hint) from None


def checked_face(text: str, own: Iterable[str] = ()) -> str:
    """Return the name of a typeface that comes with leaflet or is among a workspace's ``own``."""
    known = (*FACES, *own)
    if text not in known:
        hint = suggestion(text, known) or f"choose one of {', '.join(known)}, or put its files into the folder fonts"
        raise Invalid(f"{shown(text)} is not a typeface that comes with leaflet or is in the folder fonts", hint)
    return text


def date(text: str) -> PartialDate:
    """Return a year, a month or a day in ISO 8601.

    >>> date("2026-05").iso
    '2026-05'
    """
    hint = "write the year first: 2026, 2026-05 or 2026-05-12"
    typed = text.strip()
    if not DATE.fullmatch(typed):
        raise Invalid(f"{shown(text)} is not a date", hint)
    if typed.startswith("0000"):
        raise Invalid(f"{shown(text)} is not a date: there is no year 0", hint)
    try:
        read = edtf_dates.read_edtf(typed)
    except edtf_dates.DateError as error:
        raise Invalid(f"{shown(text)} is not a date: {error.reason}", hint) from None
    if "season" in read:
        raise Invalid(f"{shown(text)} is not a date: there is no month {int(typed[5:7])}", hint)
    ((year, *rest),) = read["date-parts"]
    month, day = (*rest, None, None)[:2]
    return PartialDate(year=year, month=month, day=day)


def language(text: str) -> str:
    """Return a BCP 47 tag in its usual spelling.

    >>> language("EN-gb")
    'en-GB'
    """
    hint = "use BCP 47, for example en or en-GB"
    found = LANGUAGE_TAG.fullmatch(text.strip())
    if not found:
        raise Invalid(f"{shown(text)} is not a language tag", hint)
    name = found["language"].lower()
    if len(name) == 2 and name not in TWO_LETTER_LANGUAGES:
        raise Invalid(f'{shown(text)} is not a language tag: no language has the code "{name}"', hint)
    region = (found["region"] or "").upper()
    if region == "UK":
        raise Invalid(f"{shown(text)} is not a language tag: the United Kingdom is GB there", "write en-GB")
    parts = [name, (found["script"] or "").title(), region]
    return "-".join(part for part in parts if part) + found["rest"].lower()


LONGEST_ADDRESS = 2_000
"""In letters. QR codes hold 2,331 bytes at the correction that is used (ISO/IEC 18004)."""


def url(text: str) -> str:
    """Return a web address with a scheme and a host."""
    address = text.strip()
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)", address)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise Invalid(f"{shown(text)} is not a web address", f"use http or https, not {scheme[1][:20]}")
    if not scheme:
        raise Invalid(
            f"{shown(text)} is not a web address", f"begin with https://, for example https://{_host(address)}"
        )
    if len(address) > LONGEST_ADDRESS:
        raise Invalid(f"the web address has {len(address):,} letters", f"{LONGEST_ADDRESS:,} are the most")
    if re.search(r"[\s<>\"{}|\\^`\x00-\x1f]", address) or not _has_host(address):
        raise Invalid(f"{shown(text)} is not a web address", "write it as in https://example.org/page, without spaces")
    return address


def _host(address: str) -> str:
    return address if re.fullmatch(r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}(/\S*)?", address) else "example.org/page"


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def email(text: str) -> str:
    """Return an e-mail address."""
    address = text.strip().removeprefix("mailto:")
    if not EMAIL.fullmatch(address):
        raise Invalid(f"{shown(text)} is not an e-mail address", "write it as in name@example.org")
    return address


def doi(text: str) -> str:
    """Return a DOI without ``https://doi.org/``.

    >>> doi("https://doi.org/10.1212/WNL.43.4.655")
    '10.1212/WNL.43.4.655'
    """
    return _identifier(identifiers.read_doi, text)


def isbn(text: str) -> str:
    """Return an ISBN of 10 or 13 digits whose check digit is right, as it was typed."""
    return _identifier(identifiers.read_isbn, text)


def orcid(text: str) -> str:
    """Return an ORCID iD in its bare form, its checksum verified.

    >>> orcid("https://orcid.org/0000-0002-1825-0097")
    '0000-0002-1825-0097'
    """
    return _identifier(identifiers.read_orcid, text)


def _identifier(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text)
    except identifiers.IdentifierError as error:
        raise Invalid(f"{shown(text)} {error.problem}", error.hint) from None


FOCUS = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?[\s,]+(\d{1,3}(?:\.\d+)?)\s*%?")


def focus(text: str) -> Focus:
    """Return the point of a picture that must be seen, in shares of its width and height.

    >>> focus("30% 20%")
    (0.3, 0.2)
    """
    found = FOCUS.fullmatch(text.strip())
    shares = tuple(float(number) / 100 for number in found.groups()) if found else ()
    if len(shares) != 2 or max(shares) > 1:
        hint = "write how far from the left and from the top it is: focus: 30% 20%"
        raise Invalid(f"{shown(text)} is not a point of a picture", hint)
    return shares[0], shares[1]


HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
"""A host by its full name (RFC 1123): no port, no number and no name of this computer."""


def host_name(text: str) -> str:
    """Return the name of a host.

    >>> host_name("DOI.org")
    'doi.org'
    """
    name = text.strip().lower()
    if not HOST.fullmatch(name):
        raise Invalid(
            f"{shown(text)} is not the name of a host", 'write it without https:// and without a path: "doi.org"'
        )
    return name


def web_folder(text: str) -> str:
    """Return the address of a folder on a web server, with a slash at its end.

    >>> web_folder("https://example.org/pictures")
    'https://example.org/pictures/'
    """
    parts = urlsplit(text.strip())
    if parts.scheme.lower() != "https" or not parts.netloc or parts.query or parts.fragment or not text.isprintable():
        raise Invalid(f"{shown(text)} is not the address of a folder", 'write "https://example.org/pictures/"')
    return text.strip().rstrip("/") + "/"


def braille_table(text: str) -> str:
    """Return the name of a table of liblouis, which is never a path.

    >>> braille_table("en-ueb-g2.ctb")
    'en-ueb-g2.ctb'
    """
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}\.(?:ctb|utb|tbl)", text):
        raise Invalid(f"{shown(text)} is not the name of a braille table", 'write a name such as "en-ueb-g1.ctb"')
    return text
