"""Reader of the starters that come with leaflet: a folder each, with one source for each language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources

from msgspec import Struct

from leaflet.files import read_packaged

LANGUAGES = ("en", "de", "fr", "es")
DESCRIPTION = "starter.toml"
IMAGES = "images"


class SampleOrganisation(Struct, frozen=True, kw_only=True):
    """The invented organisation that publishes a starter until its user says who they are."""

    organisation: str
    author: str = ""
    """The person who wrote it; empty where nobody is named."""
    role: str = ""
    heading: str = ""
    """The heading of the contact."""
    contact: str = ""
    """The person or team to ask."""
    phone: str = ""
    email: str = ""
    hours: str = ""
    address: str = ""
    web: str = ""


class Starter(Struct, frozen=True, kw_only=True):
    """A finished leaflet in one language, with marks for the facts that its user knows."""

    name: str
    language: str
    source: str
    """Markdown with marks such as ``@TODAY@``."""
    sample: SampleOrganisation
    bibliography: str | None
    """BibLaTeX; None where it cites nothing."""
    pictures: Mapping[str, bytes]
    """Drawings in ``images/``, by their names."""


def starter_names() -> tuple[str, ...]:
    """Return the names of all starters in alphabetical order."""
    folder = resources.files("leaflet") / "starter"
    entries = (entry for entry in folder.iterdir() if entry.is_dir())
    return tuple(sorted(entry.name for entry in entries if (entry / DESCRIPTION).is_file()))


def starter_summaries() -> Mapping[str, str]:
    """Return one line for each starter, by its name."""
    return {name: str(_description(name)["about"]) for name in starter_names()}


def read_starter(name: str, language: str) -> Starter:
    """Return the starter ``name`` in one of the ``LANGUAGES``."""
    folder = resources.files("leaflet") / "starter" / name
    has_bibliography = (folder / f"{name}.bib").is_file()
    drawings = sorted(entry.name for entry in (folder / IMAGES).iterdir()) if (folder / IMAGES).is_dir() else []
    sample = _description(name)[language]
    assert isinstance(sample, dict)
    known = set(SampleOrganisation.__struct_fields__)
    return Starter(
        name=name,
        language=language,
        source=read_packaged("leaflet", "starter", name, f"{language}.md").decode(),
        sample=SampleOrganisation(**{key: value for key, value in sample.items() if key in known}),
        bibliography=read_packaged("leaflet", "starter", name, f"{name}.bib").decode() if has_bibliography else None,
        pictures={drawing: read_packaged("leaflet", "starter", name, IMAGES, drawing) for drawing in drawings},
    )


def _description(name: str) -> dict[str, object]:
    return tomllib.loads(read_packaged("leaflet", "starter", name, DESCRIPTION).decode())
