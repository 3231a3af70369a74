"""Check of CSS for constructs by which the look of one panel depends on another."""

from __future__ import annotations

import re

DATA = re.compile(r'url\("data:[^"]*"\)')
ACROSS = re.compile(
    r"""
    counters?\( \s* (?! footnote\b | list-item\b )     # numbers that run through the document
    | target-(?:counter|text) | string-set | \bstring\( | running\( | position: \s* fixed
    | @page [^{]* : (?: first | left | right | recto | verso | blank | nth\( (?! [^)]* \b of \b ) )
    | break-(?:before|after): \s* (?: left | right | recto | verso )
    | \d (?: vw | vh | vi | vb | vmin | vmax ) \b      # of the document's first page
    | \.panel (?! -top | -foot ) [\w-]* (?: \s* [+~] | : [\w-]* (?: child | of-type ) )
    """,
    re.VERBOSE,
)


def spans_panels(css: str) -> bool:
    """Return whether ``css`` can make one panel depend on another, so that they must be laid out together."""
    return bool(ACROSS.search(DATA.sub("", css)))
