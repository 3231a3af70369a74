"""CSS parsed once for the runs of a leaflet, and for later leaflets with the same CSS."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from logging import LogRecord

from msgspec import Struct

from leaflet.errors import LayoutError, Problem
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.fetch import WorkspaceFetcher
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.log import captured_log
from leaflet.weasy.types import Anything

from weasyprint.css.counters import CounterStyle  # isort: skip


class ParsedCss(Struct, frozen=True, kw_only=True):
    """Parsed CSS, with the fonts and counters that it defines."""

    digest: str
    """Of the CSS and of the files that it imports."""
    rules: tuple[Anything, ...]
    counters: Anything
    fonts: BundledFonts
    fetcher: WorkspaceFetcher
    log: list[LogRecord]


def parse_css(css: Sequence[str], base: str, fonts: BundledFonts, fetcher: WorkspaceFetcher) -> ParsedCss:
    """Parse ``css``; relative addresses in it start from ``base``."""
    counters = CounterStyle()
    page_rules: list[Anything] = []
    layers: list[Anything] = []
    with captured_log() as log:
        try:
            rules = tuple(
                weasyprint.CSS(
                    string=text,
                    base_url=base,
                    url_fetcher=fetcher,
                    font_config=fonts,
                    counter_style=counters,
                    page_rules=page_rules,
                    layers=layers,
                )
                for text in css
            )
        except (RecursionError, SyntaxError) as error:  # selectors become Python code, which has bounds of its own
            hint = "look for a selector with hundreds of parts, in the style's and the layout's CSS"
            raise LayoutError(Problem(message="the CSS is nested too deeply", hint=hint)) from error
    digest = sha256(repr((css_key(css, base), sorted(fetcher.opened.items()))).encode()).hexdigest()
    return ParsedCss(digest=digest, rules=rules, counters=counters, fonts=fonts, fetcher=fetcher, log=log)


def css_key(css: Sequence[str], base: str) -> str:
    """Return the digest of ``css`` and of the address that it starts from, without the files that it imports."""
    return sha256("\0".join((base, *css)).encode()).hexdigest()
