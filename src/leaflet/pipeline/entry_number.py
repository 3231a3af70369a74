"""An entry of a numbered list as it stands alone: without the number that only a list gives it."""

from __future__ import annotations

import re
from html import unescape

_NUMBERED = re.compile(
    r'\s*<div class="csl-left-margin">(?P<number>.*?)</div>\s*<div class="csl-right-inline">(?P<entry>.*?)</div>\s*',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def unnumbered(html: str, text: str) -> tuple[str, str]:
    """An entry's HTML and plain text without the number in the margin; all others as they are."""
    found = _NUMBERED.fullmatch(html)
    if found is None:
        return html, text
    number = unescape(_TAG.sub("", found["number"])).strip()
    return found["entry"].strip(), text.removeprefix(number).lstrip()
