"""Log of an import: the parts that were read, and everything that the source does not hold, each with its place."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

MOST_WORDS = 6
"""Words of a paragraph by which a message names it."""
MOST_LEFT = 12
"""Words of a part that is left out which its message shows."""


class ImportPlace(Struct, frozen=True, kw_only=True):
    """A place in the document: the number of its paragraph, from 1, and the paragraph's first words."""

    paragraph: int = 0
    words: str = ""

    def __str__(self) -> str:
        if not self.paragraph:
            return self.words or "the document"
        return f"paragraph {self.paragraph}" + (f" (“{self.words}”)" if self.words else "")


class ImportNotice(Struct, frozen=True, kw_only=True):
    """One thing that was left out or changed, or that an author should look at."""

    place: ImportPlace
    message: str
    left_out: str = ""
    """The words of the document that are not in the source."""

    def __str__(self) -> str:
        words = self.left_out.split()
        shown = " ".join(words[:MOST_LEFT]) + (" …" if len(words) > MOST_LEFT else "")
        return f"{self.place}: {self.message}" + (f": “{shown}”" if shown else "")


class ImportLog(Struct):
    """Findings of a reader while it reads a document."""

    counts: Counter[str] = field(default_factory=Counter)
    notices: list[ImportNotice] = field(default_factory=list)
    place: ImportPlace = ImportPlace()
    replaced: list[str] = field(default_factory=list)
    """Words that the source does not hold because leaflet makes them: citations, marks of notes, merge fields."""

    def count(self, noun: str, number: int = 1) -> None:
        """Count something that was imported, by its noun in the singular."""
        self.counts[noun] += number

    def say(self, message: str, *, left_out: str = "", place: ImportPlace | None = None) -> None:
        """Add a notice at ``place``, or at the paragraph that is being read."""
        self.notices.append(
            ImportNotice(place=place or self.place, message=message, left_out=" ".join(left_out.split()))
        )

    def say_once(self, message: str, *, left_out: str = "", place: ImportPlace | None = None) -> None:
        """Add a notice whose message has not been given yet."""
        if all(notice.message != message for notice in self.notices):
            self.say(message, left_out=left_out, place=place)


def first_words(text: str) -> str:
    """Return the words by which a message names a paragraph."""
    words = text.split()
    return " ".join(words[:MOST_WORDS])[:60] + ("…" if len(words) > MOST_WORDS else "")
