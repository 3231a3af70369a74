"""The print page taken apart: its CSS, and the runs of panels whose text flows among themselves only.

A run is laid out on its own, always: what a leaflet looks like then never depends on what was built before it, and a
run that the next variant does not change need not be laid out again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MARK = "<!--panels-->"
"""Stands before each run of panels in the page's template."""

PAGE = re.compile(
    r"(?P<root>.*?<html\b[^>]*>)\s*<head>(?P<head>.*?)</head>\s*(?P<body><body[^>]*>)(?P<content>.*)</body>\s*</html>\s*",
    re.DOTALL,
)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
OTHER_HEAD = re.compile(r"<(?!/?(?:meta|title)\b)")
OF_THE_WHOLE = re.compile(r"<(?:link|base|style|meta)\b")
"""In a body: elements that say something of the whole document."""
DATA = re.compile(r'url\("data:[^"]*"\)')
SCALE = re.compile(r"--fit:\s*([\d.]+);?\s*")
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
"""CSS by which one panel depends on another: such a page is laid out as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """A print page in parts. ``css`` is empty where the page is none of ours, and one run holds all of it."""

    root: str
    """What opens the document, without a scale."""
    head: str
    """Title and metadata."""
    css: tuple[str, ...]
    body: str
    """What opens the body."""
    runs: tuple[str, ...]
    whole: bool
    """Whether one panel may depend on another."""
    scale: float
    """Where the page expects to fit."""

    def document(self, run: str) -> str:
        """The HTML of one run."""
        return f"{self.root}<head></head>{self.body}{run}</body></html>" if self.css else run

    @property
    def title_page(self) -> str:
        """The HTML that says what the document is, without content."""
        return f"{self.root}<head>{self.head}</head>{self.body}</body></html>" if self.css else self.runs[0]


def take_apart(html: str) -> PrintPage:
    """``html`` in runs, if nothing in its CSS goes from one to another; otherwise in one."""
    found = PAGE.fullmatch(html)
    css = tuple(STYLE.findall(found["head"])) if found else ()
    head = STYLE.sub("", found["head"]) if found else ""
    if not found or not css or OTHER_HEAD.search(head) or OF_THE_WHOLE.search(found["content"]):
        return PrintPage(root="", head="", css=(), body="", runs=(html,), whole=True, scale=_scale(html))
    runs = [run for run in found["content"].split(MARK) if run.strip()]
    whole = any(map(_goes_across, css))
    if whole:
        runs = ["".join(runs)]
    return PrintPage(
        root=SCALE.sub("", found["root"]),
        head=head,
        css=css,
        body=found["body"],
        runs=tuple(runs),
        whole=whole,
        scale=_scale(found["root"]),
    )


@lru_cache(maxsize=16)
def _goes_across(css: str) -> bool:
    return bool(ACROSS.search(DATA.sub("", css)))


def _scale(text: str) -> float:
    """The scale that the root asks for: ``--fit`` in its style, or 1."""
    root = re.search(r"<html\b[^>]*>", text)
    found = SCALE.search(root[0]) if root else None
    return min(1.0, float(found[1])) if found else 1.0
