"""Escaping of plain words for Markdown, so that each of them prints as itself."""

from __future__ import annotations

import re

ALWAYS = re.compile(r"[\\`*\[\]$^~|]")
"""Signs that may begin markup wherever they are."""
UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
"""Underscores that are not within a word."""
AT = re.compile(r"(?<![\w.+-])@(?=[\w{(])|(?<=-)@|\(@")
BRACE = re.compile(r"[{}]")
TAG = re.compile(r"<(?=[A-Za-z/!?])")
ENTITY = re.compile(r"&(?=#?\w{1,31};)")
EMOJI = re.compile(r":(?=[+\w-]+:)")
BRACKETED = re.compile(r"\\\[(?P<inner>.*?)\\\]")
"""Words in escaped brackets. Where they look like TeX, leaflet reads them as a formula."""
PLAIN_WORDS = re.compile(r"(?!\s*[A-Za-z]\s*\Z)(?:[^\W_]|[ ,.;:'’()/&-])*")
DASHES = re.compile(r"-(?=-)|(?<=-)-")
AT_START = re.compile(
    r"(?P<space>\s*)(?:(?P<sign>[#>+:=%]|-(?=[\s-]|$))|(?P<number>\w{1,9}|\(\w{1,9})(?P<stop>[.)])(?=\s|$))"
)
LIST_NUMBER = re.compile(r"\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)")
CAPTION = re.compile(r"(?P<word>Table):")
WHITESPACE = re.compile(r"[ \t\n\r\f\v]+")


def escaped(text: str) -> str:
    r"""Return words within a line as Markdown that prints them.

    >>> escaped("2 * 3 = [six] for a_b and _c")
    '2 \\* 3 = \\[six\\] for a_b and \\_c'
    """
    text = WHITESPACE.sub(" ", text)
    text = ALWAYS.sub(r"\\\g<0>", text)
    text = UNDERSCORE.sub(r"\\_", text)
    text = AT.sub(lambda found: found[0].replace("@", "\\@"), text)
    text = BRACE.sub(r"\\\g<0>", text)
    text = TAG.sub(r"\\<", text)
    text = ENTITY.sub(r"\\&", text)
    text = EMOJI.sub(r"\\:", text)
    return BRACKETED.sub(_without_formula, DASHES.sub(r"\\-", text))


def _without_formula(found: re.Match[str]) -> str:
    return found[0] if PLAIN_WORDS.fullmatch(found["inner"]) else f"&#91;{found['inner']}\\]"


def line_start(text: str) -> str:
    r"""Return the Markdown of a line with its beginning escaped where it would begin a block.

    >>> line_start("1. May"), line_start("# one"), line_start("- no")
    ('1\\. May', '\\# one', '\\- no')
    """
    found = AT_START.match(text)
    if found and found["sign"]:
        at = found.end("space")
        return f"{text[:at]}\\{text[at:]}"
    if found and found["number"] and LIST_NUMBER.fullmatch(found["number"]):
        at = found.start("stop")
        return f"{text[:at]}\\{text[at:]}"
    if CAPTION.match(text):
        return text.replace(":", "\\:", 1)
    return text


def attribute_value(text: str) -> str:
    """Return a value in quotes for an attribute in braces."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def link_target(address: str) -> str:
    """Return the address of a link as Markdown writes it."""
    address = address.strip()
    return (
        f"<{address}>"
        if re.search(r"[\s()<>]", address) and not re.search(r"[<>\n]", address)
        else re.sub(r"[\s<>()]", lambda found: f"%{ord(found[0]):02X}", address)
    )
