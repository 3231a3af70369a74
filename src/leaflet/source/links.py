"""Targets of links: the web, an e-mail address, a phone number, or a place within the leaflet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from markdown_it.common.normalize_url import normalizeLink

from leaflet.files import EMAIL, FIELD_REFERENCE, Invalid, shown, suggestion
from leaflet.source.syntax.field import ELSEWHERE

SCHEMES = ("http", "https", "mailto", "tel")
SITE_VARIABLES = frozenset({"site", "page", "layout", "content", "include", "paginator", "jekyll", "post"})
"""Beginnings of the variables of a site made by Jekyll."""
OTHER_FILES = "links to other files, such as {}, print their words alone"
OTHER_FILES_HINT = "a leaflet on paper has no other files beside it: give the full https:// address, or #id"
HARMFUL = frozenset({"javascript", "vbscript", "data", "blob"})
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


BARE_HOST = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|uk|eu|de|fr|gov|edu|info)(?:[/?#]|$)", re.IGNORECASE
)
"""The beginning of a web address whose scheme was left out."""


class LeadsNowhere(Invalid):
    """A link to another file of a site or a folder, which is not beside a leaflet; ``address`` is its target."""

    def __init__(self, message: str, hint: str, address: str) -> None:
        super().__init__(message, hint)
        self.address = address


def check_link(target: str, fields: Mapping[str, str]) -> str:
    """Return ``target`` in its normal form; fields in it stay as ``{{ name }}`` until they are filled.

    Raises:
        Invalid: the link leads nowhere that a reader of the leaflet could go, or might do harm.
    """
    address = re.sub(r"[\x00-\x20]+", " ", target).strip()
    if address.startswith("#") and len(address) > 1:
        return address
    found = SCHEME.match(address)
    site = FIELD_REFERENCE.match(address)
    if address == ELSEWHERE or (site and site[1] not in fields and site[1].split(".")[0] in SITE_VARIABLES):
        raise LeadsNowhere(OTHER_FILES, OTHER_FILES_HINT, "pages of the site")
    if not found and BARE_HOST.match(address):
        return check_link(f"https://{address}", fields)
    if not found:
        raise _no_scheme(address)
    scheme = found[1].lower()
    if scheme not in SCHEMES and scheme not in HARMFUL:
        hint = f"use {', '.join(SCHEMES)} or #id"
        raise LeadsNowhere(
            "links such as {} lead nowhere from paper, so their words are printed alone", hint, shown(address)
        )
    if scheme not in SCHEMES:
        raise Invalid(f"a link may not lead to {shown(address)}", f"use {', '.join(SCHEMES)} or #id")
    for name in (field[1] for field in FIELD_REFERENCE.finditer(address)):
        if name not in fields:
            hint = suggestion(name, fields) or 'declare it under "fields:" in the front matter'
            raise Invalid(f'there is no field "{name}"', hint)
    plain = FIELD_REFERENCE.sub("0", address)
    rest = plain[found.end() :]
    if scheme in {"http", "https"}:
        _check_host(address, plain)
    elif scheme == "mailto" and not EMAIL.fullmatch(rest.split("?")[0]) and plain == address:
        raise Invalid(f"{shown(address)} is not an e-mail address", "write it as in mailto:name@example.org")
    elif scheme == "tel" and not re.fullmatch(r"\+?[0-9 ().\-;=a-z]*[0-9][0-9 ().\-;=a-z]*", rest):
        raise Invalid(f"{shown(address)} is not a phone number", "write it as in tel:+441632960123")
    parts = FIELD_REFERENCE.split(address)
    if len(parts) == 1:
        return normalizeLink(address.replace(" ", "") if scheme == "tel" else address)
    return "".join(f"{{{{ {part} }}}}" if index % 2 else normalizeLink(part) for index, part in enumerate(parts))


def fill_link(target: str, values: Mapping[str, str]) -> str:
    """Return ``target`` with its fields percent-encoded, so that a value cannot change where the link leads.

    >>> fill_link("tel:{{ phone }}", {"phone": "01632 960 123"})
    'tel:01632960123'
    """
    phone = target.lower().startswith("tel:")

    def value(found: re.Match[str]) -> str:
        text = values.get(found[1], "")
        return re.sub(r"[^0-9+*#-]", "", text) if phone else quote(text, safe="")

    return FIELD_REFERENCE.sub(value, target)


def _check_host(address: str, plain: str) -> None:
    try:
        host = urlsplit(plain).hostname
    except ValueError:
        host = None
    if not host:
        raise Invalid(f"{shown(address)} is not a web address", "write it as in https://example.org/page")
    authority = re.match(r"https?:/*([^/?#]*)", address, re.IGNORECASE)
    if authority and "{{" in authority[1]:
        raise Invalid("a field may not name the site a link leads to", "write the site in the source, a field after it")


def _no_scheme(address: str) -> Invalid:
    if address.startswith("{{"):
        return Invalid(
            "a link's address may not begin with a field", "write https://, mailto: or tel: before the field"
        )
    if EMAIL.fullmatch(address):
        return Invalid(f"{shown(address)} is not a full address", f"write mailto:{address}")
    return LeadsNowhere(OTHER_FILES, OTHER_FILES_HINT, shown(address))
