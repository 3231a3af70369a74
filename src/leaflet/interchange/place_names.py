"""Names of the places of a source to which something leads."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct, field


class PlaceNames(Struct):
    """The names of bookmarks, as a source writes them."""

    known: set[str] = field(default_factory=set)
    """Bookmarks that the source has."""
    _names: dict[str, str] = field(default_factory=dict)

    def name(self, bookmark: str) -> str:
        """Return the name of a bookmark's place, which is no other place's."""
        if bookmark not in self._names:
            plain = slug(bookmark.lstrip("_")) or "place"
            taken = set(self._names.values())
            number = 1
            made = plain if plain[0].isalpha() else f"place-{plain}"
            while made in taken:
                number += 1
                made = f"{plain}-{number}"
            self._names[bookmark] = made
        return self._names[bookmark]

    def target(self, bookmark: str) -> str:
        """Return the name that a link leads to; nothing where the source has no such place."""
        return self.name(bookmark) if bookmark in self.known else ""


def slug(text: str) -> str:
    """Return a text as the name of a file or place: small letters, digits and hyphens.

    >>> slug("Ward guide (final)")
    'ward-guide-final'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_").replace("_", "-")
