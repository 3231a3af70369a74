"""Line below a title that says who wrote a text, where they work, and when: for handouts, booklets and the web page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from leaflet.design import Family
from leaflet.html.ui_labels import Labels
from leaflet.html.unbroken_words import unbroken
from leaflet.html.url_breaks import with_breaks
from leaflet.model.metadata import Metadata, Person

WITH_BYLINE = frozenset({Family.HANDOUT, Family.BOOKLET})
"""The layouts that print it."""
EQUAL = "*"
"""The mark of authors who contributed equally."""
CORRESPONDING = "†"
"""The mark of those to write to, where there are several authors."""


class _Affiliations(Struct, frozen=True, kw_only=True):
    """Employers of all authors, each once; numbered where authors have different ones."""

    names: tuple[str, ...]
    numbered: bool

    def numbers(self, person: Person) -> list[str]:
        return [str(self.names.index(name) + 1) for name in _of(person)] if self.numbered else []


def byline(metadata: Metadata, labels: Labels) -> Markup:
    """Return the authors with their affiliations, and the date; nothing where there are no authors."""
    if not metadata.byline or not metadata.authors:
        return Markup()
    places = _affiliations(metadata)
    several = len(metadata.authors) > 1
    people = escape(labels.comma).join(_author(person, places, several=several) for person in metadata.authors)
    is_publisher = [person.name for person in metadata.authors] == [metadata.publisher]  # whose name is above the title
    lines = [] if is_publisher else [Markup('<p class="authors">{}</p>').format(people)]
    if places.names:
        lines.append(Markup('<p class="affiliations">{}</p>').format(_listed(places)))
    if notes := _notes(metadata.authors, labels, several=several):
        lines.append(Markup('<p class="contributions">{}</p>').format(Markup(" ").join(notes)))
    if metadata.date and metadata.show_dates:
        day = Markup('<p class="published"><time datetime="{}">{}</time></p>')
        lines.append(day.format(metadata.date.iso, labels.date(metadata.date)))
    return Markup('<div class="byline">\n{}\n</div>').format(Markup("\n").join(lines)) if lines else Markup()


def abstract_block(metadata: Metadata, labels: Labels) -> Markup:
    """Return the abstract as a block of its own, each of its paragraphs as one."""
    if not metadata.byline or not metadata.authors or not metadata.abstract:
        return Markup()
    html = marked(metadata, "abstract", metadata.abstract)
    paragraphs = [part.strip() for part in html.replace("\r", "").split("\n\n") if part.strip()]
    first, *rest = (Markup(part) for part in paragraphs)  # noqa: S704 - safe HTML, or escaped by "marked"
    heading = Markup("<strong>{}</strong> ").format(labels["abstract"])
    lines = Markup("\n").join(Markup("<p>{}</p>").format(part) for part in (heading + first, *rest))
    return Markup('<div class="abstract">\n{}\n</div>').format(lines)


def says_all(metadata: Metadata) -> bool:
    """Return whether there is nothing more to say of the authors than their byline does."""
    more = any(p.bio or p.role or p.orcid or (p.email and not p.corresponding) for p in metadata.authors)
    return not more and not metadata.reviewers


def marked(metadata: Metadata, path: str, text: str) -> Markup:
    """Return ``text``, the value at a dotted ``path`` perhaps with its last words tied, with its author's emphasis."""
    html = metadata.rich.get(path)
    if html is None:
        return unbroken(escape(text))
    if text.rfind("\u00a0") > text.rfind(" "):
        html = html[::-1].replace(" ", "\u00a0", 1)[::-1]
    return unbroken(Markup(html))  # noqa: S704 - the source stage escaped all words and made the tags itself


def _of(person: Person) -> list[str]:
    return [name.strip() for name in person.affiliation.split(";") if name.strip()]


def _affiliations(metadata: Metadata) -> _Affiliations:
    own = [_of(person) for person in metadata.authors]
    names = tuple(dict.fromkeys(name for several in own for name in several))
    same = all(several == own[0] for several in own)
    return _Affiliations(names=names, numbered=len(own) > 1 and not same)


def _author(person: Person, places: _Affiliations, *, several: bool) -> Markup:
    marks = places.numbers(person)
    marks += [EQUAL] if person.equal_contribution and several else []
    marks += [CORRESPONDING] if person.corresponding and several else []
    raised = Markup("<sup>{}</sup>").format(",".join(marks)) if marks else Markup()
    return Markup('<span class="name">{}</span>').format(person.name) + raised


def _listed(places: _Affiliations) -> Markup:
    if not places.numbered:
        return Markup("; ").join(places.names)
    lines = (Markup("<sup>{}</sup>\u00a0{}").format(at, name) for at, name in enumerate(places.names, start=1))
    return Markup("<br>").join(lines)


def _notes(authors: Sequence[Person], labels: Labels, *, several: bool) -> list[Markup]:
    notes = []
    if several and any(person.equal_contribution for person in authors):
        notes.append(Markup("<sup>{}</sup>\u00a0{}.").format(EQUAL, labels["equal-contribution"]))
    writers = [person for person in authors if person.corresponding]
    for person in writers:
        mark = Markup("<sup>{}</sup>\u00a0").format(CORRESPONDING) if several else Markup()
        address = Markup('<a href="mailto:{}">{}</a>').format(person.email, with_breaks(person.email))
        words = address if person.email else escape(person.name)
        notes.append(mark + Markup("{}: {}.").format(labels["corresponding-author"], words))
    return notes
