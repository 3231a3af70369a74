"""Addresses of links that a leaflet can print."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from leaflet.interchange.import_log import ImportLog

ALLOWED = re.compile(r"(?:https?://[^/\s]|mailto:[^@\s]+@[^@\s]+|tel:[+\d])", re.IGNORECASE)
WITHOUT_SCHEME = re.compile(r"(?:www\.)[\w-]+\.\w", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
GOOGLE = re.compile(r"https://www\.google\.com/url\?", re.IGNORECASE)


def printable_target(target: str, log: ImportLog) -> str:
    """Return the address of a link as a source may write it; nothing, with a notice, where it leads to no page.

    >>> printable_target("www.example.org", ImportLog())
    'https://www.example.org'
    """
    target = target.strip()
    if GOOGLE.match(target):  # the address in the export of Google Docs is within one of Google's
        target = next(iter(parse_qs(urlsplit(target).query).get("q", ())), target)
    if ALLOWED.match(target) or re.fullmatch(r"#\S+", target):
        return target
    if WITHOUT_SCHEME.match(target):
        return f"https://{target}"
    if MAIL.fullmatch(target):
        return f"mailto:{target}"
    if target:
        log.say(f"a link to “{target[:80]}” is its words alone: from paper it leads nowhere")
    return ""
