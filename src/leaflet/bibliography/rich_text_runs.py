"""CSL's rich text (``<i>``, ``<b>``, ``<sup>``, ``<sub>``, small capitals, nocase) as runs of text."""

from __future__ import annotations

import re

from leaflet.bibliography.latex_text import FormattedRun
from leaflet.model.rich_text import TAG, closing_tag, tag_kind

_TAG = re.compile(TAG)


def parse(text: str) -> tuple[FormattedRun, ...]:
    """Return the runs of a rich text. A tag without its partner is text like any other."""
    pieces = _matched(text)
    runs: list[FormattedRun] = []
    marks: list[str] = []
    for piece, mark in pieces:
        if mark == "":
            runs.append(FormattedRun(text=piece, marks=tuple(dict.fromkeys(marks))))
        elif mark == "/":
            marks.pop()
        else:
            marks.append(mark)
    return tuple(run for run in runs if run.text)


def _matched(text: str) -> list[tuple[str, str]]:
    """Return texts, opening tags (with their mark) and closing tags (with a slash), every tag with its partner."""
    pieces: list[tuple[str, str]] = []
    opened: list[int] = []
    at = 0
    for match in _TAG.finditer(text):
        pieces.append((text[at : match.start()], ""))
        at = match.end()
        tag = match[0]
        if not tag.startswith("</"):
            opened.append(len(pieces))
            pieces.append((tag, ""))
        elif opened and closing_tag(pieces[opened[-1]][0]) == tag:
            start = opened.pop()
            pieces[start] = (pieces[start][0], tag_kind(pieces[start][0]))
            pieces.append((tag, "/"))
        else:
            pieces.append((tag, ""))
    pieces.append((text[at:], ""))
    return pieces


def bare(text: str) -> str:
    """Return a rich text without its tags."""
    return "".join(run.text for run in parse(text))
