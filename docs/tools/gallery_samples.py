"""The text that suits a layout in a style: a sample, shortened by rule until it fits."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leaflet.design import load_layout
from leaflet.errors import FitError
from leaflet.pipeline import Choices, Composition, compose

SOURCES = Path(__file__).parents[2] / "source"
LAYOUTS = SOURCES.parent / "layouts"
SAMPLES = ("ms-beta-interferon", "ms-in-brief", "washing-hands")
"""The longest first."""
EASY = ("washing-hands-easy-read",)
SHORT = ("washing-hands",)
CARD = ("open-day-card",)
"""A few words, for what is handed over or put up."""
MADE_FOR = {
    "easy-read-a4": EASY,
    "flyer-a5": SHORT,
    "flyer-dl": SHORT,
    "flyer-square": SHORT,
    "poster-a3": SHORT,
    "zine-a4": SHORT,
    **dict.fromkeys(("bookmark", "business-cards", "door-hanger", "labels", "place-cards", "tent-a4"), CARD),
}
"""Layouts for texts of one kind, with the samples of that kind."""
DAY = date(2026, 11, 1)
FENCE = re.compile(r":{3,}\s*\S")
CITE_BOX = re.compile(r"^cite:\n(?: .*\n)+", re.MULTILINE)
WRITE_IN = re.compile(r"^::: write-in\n.*?^:::\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A sample, or what is left of it."""

    sample: str
    without: tuple[str, ...] = ()
    """The headings of the sections that were taken out."""
    bare: bool = False
    """Without the box "Cite this leaflet" and the lines to write on."""

    def __str__(self) -> str:
        if not self.bare:
            return self.sample
        count = len(self.without)
        sections = f", {count} section{'s' if count > 1 else ''}" if count else ""
        return f"{self.sample}, without its boxes{sections}"

    def markdown(self) -> str:
        """The source."""
        whole = (SOURCES / f"{self.sample}.md").read_text(encoding="utf-8")
        if not self.bare:
            return whole
        head, *sections = sections_of(WRITE_IN.sub("", CITE_BOX.sub("cite: false\n", whole)))
        return head + "".join(section for section in sections if heading_of(section) not in self.without)


def texts(layout: str) -> tuple[Text, ...]:
    """The texts to try in ``layout``, the longest first."""
    return tuple(text for sample in MADE_FOR.get(layout, SAMPLES) for text in _shortened(sample))


def _shortened(sample: str) -> Iterator[Text]:
    """The sample, then without its boxes, then shorter by one section each time.

    The first section stays, because it says what the leaflet is about, and the last, which says what to do.
    """
    yield Text(sample=sample)
    _, *sections = sections_of((SOURCES / f"{sample}.md").read_text(encoding="utf-8"))
    spare = [heading_of(section) for section in sections[1:-1]]
    for count in range(len(spare) + 1):
        yield Text(sample=sample, bare=True, without=tuple(spare[len(spare) - count :]))


def sections_of(markdown: str) -> list[str]:
    """The text before the first section, then each section; a heading in a fenced block begins none."""
    parts, depth = [""], 0
    for line in markdown.splitlines(keepends=True):
        if line.startswith(":::"):
            depth += 1 if FENCE.match(line) else -1
        if line.startswith("## ") and not depth:
            parts.append("")
        parts[-1] += line
    return parts


def heading_of(section: str) -> str:
    """The words of the section's heading."""
    return section.partition("\n")[0].removeprefix("## ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suited:
    """A text that fits, and what became of it."""

    text: Text
    made: Composition


def workspace_in(folder: Path) -> Path:
    """A workspace in ``folder`` with the sources; what is shortened is written there."""
    shutil.copytree(SOURCES, folder / "source")
    return folder


LEAST_SCALE = 0.93
"""The scale below which a shorter text makes the better leaflet."""


def longest_that_fits(layout: str, style: str, workspace: Path, formats: Sequence[str] = ("pdf",)) -> Suited | None:
    """The longest of the layout's texts that fits and leaves no panel without a page."""
    for text in texts(layout):
        made = _fitting(text, layout, style, workspace, formats)
        if made is not None:
            return Suited(text=text, made=made)
    return None


def _fitting(text: Text, layout: str, style: str, workspace: Path, formats: Sequence[str]) -> Composition | None:
    source = workspace / "source" / f"{text.sample}.md"
    source.write_text(text.markdown(), encoding="utf-8")
    try:
        made = compose(source, Choices(layout=layout, style=style, formats=tuple(formats)), today=DAY)
    except FitError:
        return None
    assert made.fit is not None
    shown = {page.panel for page in made.fit.pages}
    panels = range(len(load_layout(LAYOUTS / layout).panels))
    return made if made.fit.scale >= LEAST_SCALE and shown.issuperset(panels) else None
