"""Fields of BibTeX and RIS that programs and people fill in their own ways say what they say."""

from __future__ import annotations

from typing import Any

import pytest

from leaflet.bibliography import read_text


def read(text: str, kind: str = "bibtex") -> dict[str, Any]:
    (reference, *_), problems = read_text(text, kind, f"library.{kind}")
    assert problems == ()
    return dict(reference.item)


def test_the_day_of_access_in_a_note_is_one() -> None:
    item = read("@misc{a, title={Hands}, howpublished={\\url{https://who.int}}, note={Accessed: 2023-05-12}}")
    assert item["accessed"] == {"date-parts": [[2023, 5, 12]]}
    assert "note" not in item
    kept = read("@misc{a, title={Hands}, note={Accessed by many}}")
    assert kept["note"] == "Accessed by many"


def test_an_article_of_the_journal_arxiv_is_a_preprint() -> None:
    item = read("@article{a, title={Sparks}, journal={arXiv preprint arXiv:2303.12712}, year={2023}}")
    assert (item["type"], item["number"], item["publisher"]) == ("article", "arXiv:2303.12712", "arXiv")
    assert item["URL"] == "https://arxiv.org/abs/2303.12712"
    assert "container-title" not in item


@pytest.mark.parametrize(("written", "genre"), [("Leaflet", "Leaflet"), ("[data collection]", "Data collection")])
def test_a_kind_of_work_published_nothing(written: str, genre: str) -> None:
    item = read(f"@booklet{{a, title={{Insulin}}, howpublished={{{written}}}, year={{2018}}}}")
    assert item["genre"] == genre
    assert "publisher" not in item
    assert read("@misc{a, title={T}, howpublished={Bell and Sons}}")["publisher"] == "Bell and Sons"


def test_a_note_about_a_talk_is_its_meeting() -> None:
    item = read("@unpublished{a, title={Soap}, note={Paper presented at the Ward Conference, Leeds}, year={2019}}")
    assert item["type"] == "speech"
    assert (item["event-title"], item["event-place"], item["genre"]) == (
        "Ward Conference",
        "Leeds",
        "Paper presentation",
    )


def test_a_publisher_has_capitals() -> None:
    assert read("@book{a, title={T}, publisher={sage publications}}")["publisher"] == "Sage Publications"
    assert read("@book{a, title={T}, publisher={eLife}}")["publisher"] == "eLife"


def test_a_suffix_needs_no_comma() -> None:
    people = read("@book{a, title={T}, author={William Strunk Jr. and Jan van der Berg and Rex IV}}")["author"]
    assert people[0] == {"family": "Strunk", "given": "William", "suffix": "Jr."}
    assert people[1]["family"] == "Berg"
    assert people[2] == {"family": "IV", "given": "Rex"}


def test_months_keep_their_capital_beside_a_day() -> None:
    title = read("@article{a, title={Severe Outcomes Among Patients, February 12--March 16, 2020}}")["title"]
    assert title == "Severe outcomes among patients, February 12–March 16, 2020"
    assert read("@article{a, title={The Long March Into Old Age}}")["title"] == "The long march into old age"


def test_the_serial_number_of_a_standard_is_its_number() -> None:
    item = read("TY  - STAND\nTI  - Gloves\nSN  - BS EN 455-1:2020\nER  - \n", "ris")
    assert item["number"] == "BS EN 455-1:2020"
    assert "ISBN" not in item


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("There's no such thing as 'just a nurse'", "There’s no such thing as ‘just a nurse’"),
        ("The nurses' 'soap' and the doctors'", "The nurses’ ‘soap’ and the doctors’"),
        ("'Tis the nurses' soap", "’Tis the nurses’ soap"),
        ("Rock 'n' soap", "Rock ’n’ soap"),
        ("Of `soap' and nurses'", "Of ‘soap’ and nurses’"),
    ],
)
def test_a_straight_sign_opens_where_a_closing_one_follows(title: str, shown: str) -> None:
    assert read(f"@article{{a, title={{{title}}}}}")["title"] == shown


def test_the_library_of_a_thesis_is_its_archive_if_it_is_no_shelf() -> None:
    thesis = "@thesis{{a, title={{Hands}}, institution={{Leeds}}, library={{{}}}}}"
    assert read(thesis.format("Leeds Repository"), "biblatex")["archive"] == "Leeds Repository"
    assert "archive" not in read(thesis.format("QZ 12.3"), "biblatex")


def test_one_editor_under_two_tags_is_one() -> None:
    record = "TY  - BOOK\nTI  - Hands\nA3  - Edel, Leon\nED  - Edel, Leon\nED  - Ash, Ann\nER  - \n"
    assert [one["family"] for one in read(record, "ris")["editor"]] == ["Edel", "Ash"]
