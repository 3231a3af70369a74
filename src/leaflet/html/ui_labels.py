"""The words a leaflet adds by itself, and dates, in the document's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from msgspec import Struct

from leaflet.files import read_packaged
from leaflet.model.language import is_right_to_left
from leaflet.model.metadata import PartialDate

ORDINARY = "en"
"""The language whose words stand in where a document's own are not known."""

_COMMAS = dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), "، ") | dict.fromkeys(("ja", "zh"), "、")
"""Commas between the parts of a list, by language, where it is not the Latin one (CLDR, listPatterns)."""


class Labels(Struct, frozen=True, kw_only=True):
    """The labels of one language. ``language`` says in which the words are: the document's own, or English."""

    language: str
    words: Mapping[str, str]
    locale: str
    direction: str
    """The direction of writing, ``ltr`` or ``rtl``, as HTML has it."""
    comma: str = ", "
    """The comma between the parts of a list, with its space."""

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def date(self, day: PartialDate) -> str:
        """Return ``day`` as exactly as it is known: "12 May 2026", "May 2029" or "2029"."""
        from babel.dates import format_date, format_skeleton

        whole = date(day.year, day.month or 1, day.day or 1)
        if day.day is not None:
            return str(format_date(whole, format="long", locale=self.locale))
        if day.month is not None:
            return str(format_skeleton("yMMMM", whole, locale=self.locale))
        return f"{day.year}"


def load_labels(lang: str) -> Labels:
    """Read the labels for a BCP 47 tag."""
    primary = lang.split("-")[0].lower()
    folder = files("leaflet.html").joinpath("labels")
    file = folder.joinpath(f"{primary}.toml")
    language = primary if primary.isalpha() and file.is_file() else ORDINARY
    words = tomllib.loads(read_packaged("leaflet.html", "labels", f"{language}.toml").decode())
    return Labels(
        language=language,
        words=words,
        locale=_locale(lang if language == primary else ORDINARY),
        direction="rtl" if is_right_to_left(lang) else "ltr",
        comma=_COMMAS.get(primary, ", "),
    )


def _locale(lang: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(lang, sep="-"))
    except (UnknownLocaleError, ValueError):
        return lang.split("-")[0].lower()
