"""Notes at the end of the text, and the numbers of marks that repeat a note at the foot of a page."""

from __future__ import annotations

import re

from markupsafe import Markup

from leaflet.html.render_inlines import HtmlContext, Medium, mark_id

FOOTNOTE = re.compile(r'<span class="footnote" id="(note-\d+)"')
AGAIN = re.compile(r'(<a class="note-again" href="#(note-\d+)"[^>]*>)\d+(?=</a>)')


def endnotes(context: HtmlContext) -> Markup:
    """Return the notes of the end of the text, in reading order, each with links back to its marks."""
    if not context.notes:
        return Markup()
    items = Markup("\n").join(
        Markup('<li id="note-{}" value="{}">{}{}</li>').format(number, number, html, _ways_back(number, context))
        for number, html in sorted(context.notes.items())
    )
    return Markup(
        '<section class="endnotes sec" role="doc-endnotes" aria-labelledby="endnotes-title">\n'
        '<h2 id="endnotes-title">{}</h2>\n<ol>\n{}\n</ol>\n</section>'
    ).format(context.labels["footnotes"], items)


def _ways_back(number: int, context: HtmlContext) -> Markup:
    """Return a link to each mark of the note, on a screen only."""
    if context.medium is Medium.PRINT:
        return Markup()
    said = context.labels["back-to-text"]
    link = Markup(' <a href="#{}" role="doc-backlink" aria-label="{} {}">↩</a>')
    marks = range(1, context.marks[number] + 1)
    return Markup().join(
        link.format(mark_id(number, mark), said, number if mark == 1 else f"{number}.{mark}") for mark in marks
    )


def with_repeated_marks(runs: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``runs`` with the numbers that paper gives: notes at the foot are counted as they come, panel after panel."""
    if not any(map(AGAIN.search, runs)):
        return runs
    notes = (found[1] for run in runs for found in FOOTNOTE.finditer(run))
    numbers = {note: str(number) for number, note in enumerate(notes, start=1)}

    def again(mark: re.Match[str]) -> str:
        return f"{mark[1]}{numbers[mark[2]]}"

    return tuple(AGAIN.sub(again, run) for run in runs)
