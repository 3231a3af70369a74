"""Titles that documents of other programs have elsewhere: under a format, in the settings of a site, in a file's name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leaflet.errors import LeafletError
from leaflet.files import load_yaml, read_text
from leaflet.source.foreign_keys import programs_of
from leaflet.source.surroundings import Surroundings

SETTINGS: Mapping[str, tuple[str, ...]] = {
    "_quarto.yml": ("website", "book", "project", "manuscript", ""),
    "_quarto.yaml": ("website", "book", "project", "manuscript", ""),
    "_bookdown.yml": ("",),
    "_config.yml": ("",),
    "_config.yaml": ("",),
    "config.yaml": ("",),
    "myst.yml": ("project", "site"),
}
"""The settings of a site or a book, with the groups of keys that can hold its title; an empty name is for the top."""

GENERAL = frozenset({"index", "readme", "main", "paper", "manuscript", "document", "content"})
"""Names of files that say nothing of their text; the folder's is taken."""


def title_of_formats(front: Mapping[str, object]) -> str | None:
    """Return the title that a front matter gives under one of its output formats, as Quarto allows."""
    for key in ("format", "output"):
        outputs = front.get(key)
        for options in outputs.values() if isinstance(outputs, Mapping) else ():
            title = options.get("title") if isinstance(options, Mapping) else None
            if isinstance(title, str) and title.strip():
                return title
    return None


def title_of_project(surroundings: Surroundings) -> tuple[str, str] | None:
    """Return the title of the site or the book whose first page the source is, and the file that gives it."""
    if surroundings.stem != "index":
        return None
    for name, groups in SETTINGS.items():
        if not surroundings.has_file(name):
            continue
        try:
            path = surroundings.workspace.resolve(name, beside=surroundings.folder)
            data = load_yaml(read_text(path, name=name, inside=surroundings.workspace.roots), name=name).data
        except LeafletError:
            continue  # these are the settings of another program, which explains their mistakes
        for group in groups if isinstance(data, Mapping) else ():
            found = data.get(group) if group else data
            title = found.get("title") if isinstance(found, Mapping) else None
            if isinstance(title, str) and title.strip():
                return title, name
    return None


def title_of_file(front: Mapping[str, object], surroundings: Surroundings) -> str | None:
    """Return the words of the file's name, or of its folder's, for a text that another program would take untitled.

    It is one with headings, with many words, or with keys for such a program. A few words alone are more likely a title
    forgotten.
    """
    foreign = any(programs_of(key) for key in front)
    if not foreign and not surroundings.is_long_text():
        return None
    named = surroundings.stem if surroundings.stem.lower() not in GENERAL else surroundings.folder.name
    words = " ".join(re.sub(r"^[\d._-]+(?=\D)|[._\-]+", " ", named).split())
    return words[:1].upper() + words[1:] or None
