"""Names in one line: people with their parts, and organisations whole."""

from __future__ import annotations

import pytest

from leaflet.source.person_names import read_name


@pytest.mark.parametrize(
    "name",
    [
        "Hollis Lane Dental Practice", "TSV Altenried e. V.", "Stadtbibliothek Köln", "DRK Kreisverband Ulm", "UNICEF",
        "Volkshochschule Süd", "Bibliothèque du Val", "Mairie de Lyon", "Ayuntamiento de Soria", "St. Mary's Hospice",
    ],
)  # fmt: skip
def test_a_word_of_organisations_makes_an_organisation(name: str) -> None:
    assert read_name(name) == {"literal": name}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Rosa Bell", ("Rosa", "Bell")),
        ("JD Smith", ("JD", "Smith")),
        ("NGUYEN Van An", ("NGUYEN Van", "An")),
        ("Anna Maria Schmidt-Klinik", ("Anna Maria", "Schmidt-Klinik")),
        ("Rosa Bell, RN, PhD", ("Rosa", "Bell", "RN, PhD")),
        ("Bell, Rosa, RN", ("Rosa", "Bell", "RN")),
        ("Joan Smith Jr.", ("Joan", "Smith", "Jr.")),
        ("Smith, John, Jr.", ("John", "Smith", "Jr.")),
    ],
)
def test_people_keep_their_parts_degrees_and_suffixes(name: str, parts: tuple[str, ...]) -> None:
    found = read_name(name)
    assert (found["given"], found["family"], *(found[key] for key in ("role", "suffix") if key in found)) == parts
