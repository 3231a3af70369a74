"""Labels and dates in every language that leaflet speaks."""

from __future__ import annotations

from importlib.resources import files

import pytest
from documents import document, parsed, printed

from leaflet.html.byline import byline
from leaflet.html.ui_labels import load_labels
from leaflet.model.metadata import PartialDate, Person

LANGUAGES = ("ar", "cy", "de", "en", "es", "fr", "he", "it", "nl", "pl", "pt", "zh")


def test_these_languages_are_there() -> None:
    folder = files("leaflet.html").joinpath("labels")
    assert sorted(file.name.removesuffix(".toml") for file in folder.iterdir()) == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_there_in_every_language(language: str) -> None:
    words = load_labels(language).words
    assert words.keys() == load_labels("en").words.keys()
    assert all(word.strip() == word != "" for word in words.values())
    assert "{address}" in words["qr"]


@pytest.mark.parametrize(
    ("lang", "day", "month"),
    [
        ("en-GB", "12 May 2026", "May 2029"),
        ("en-US", "May 12, 2026", "May 2029"),
        ("de-DE", "12. Mai 2026", "Mai 2029"),
        ("fr", "12 mai 2026", "mai 2029"),
        ("cy", "12 Mai 2026", "Mai 2029"),
        ("tlh", "May 12, 2026", "May 2029"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(lang: str, day: str, month: str) -> None:
    labels = load_labels(lang)
    assert labels.date(PartialDate(year=2026, month=5, day=12)) == day
    assert labels.date(PartialDate(year=2029, month=5)) == month
    assert labels.date(PartialDate(year=2029)) == "2029"


def test_a_german_leaflet_speaks_german() -> None:
    page = parsed(printed(document(lang="de-DE")))
    assert page.get("lang") == "de-DE"
    assert page.xpath("//h2[@class='glance-title']")[0].text == "Auf einen Blick"
    assert "Nächste Prüfung Mai 2029" in page.xpath("//p[@class='dates']")[0].text_content()


@pytest.mark.parametrize(("lang", "comma"), [("ar", "، "), ("zh", "、"), ("de", ", ")])
def test_names_are_parted_by_the_comma_of_the_language(lang: str, comma: str) -> None:
    authors = (Person(given="Amara", family="Cole"), Person(given="Theo", family="Marsh"))
    metadata = document(authors=authors, byline=True).metadata
    assert f"Amara Cole{comma}Theo Marsh" in byline(metadata, load_labels(lang)).striptags()
