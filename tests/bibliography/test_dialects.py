"""Habits of reference managers, by the documents of each, and the readings of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leaflet.bibliography import read_text, write


def ris(*lines: str) -> dict[str, Any]:
    """The item of one RIS record without id, read without a problem."""
    text = "".join(f"{line}\r\n" for line in (*lines, "ER  - ", ""))
    ((reference,), problems) = read_text(text, "ris", "x")
    assert problems == ()
    return {name: value for name, value in reference.item.items() if name != "id"}


def bib(text: str) -> dict[str, Any]:
    """The item of one BibLaTeX entry without id, read without a problem."""
    ((reference,), problems) = read_text(text, "biblatex", "x")
    assert problems == ()
    return {name: value for name, value in reference.item.items() if name != "id"}


MOSS = {"family": "Moss", "given": "Ada"}
LIND = {"family": "Lind", "given": "Per"}

ENDNOTE = {
    "journal article": (
        (
            "TY  - JOUR", "AU  - Moss, Ada", "AU  - Lind, Per", "DA  - May 3", "PY  - 2020", "DO  - 10.5555/1",
            "ET  - 2020/04/01", "IS  - 2", "KW  - folds", "paper", "M3  - Review", "SE  - 11", "SP  - 11-19",
            "ST  - Folds", "T2  - Sheets", "TI  - Folds at work", "UR  - https://a.example.org", "https://b.example.org",
            "VL  - 7", "ID  - 12",
        ),
        {
            "type": "article-journal", "author": [MOSS, LIND], "issued": {"date-parts": [[2020, 5, 3]]},
            "DOI": "10.5555/1", "issue": "2", "keyword": "folds, paper", "genre": "Review", "page": "11-19",
            "title-short": "Folds", "container-title": "Sheets", "title": "Folds at work",
            "URL": "https://a.example.org", "volume": "7",
        },
    ),
    "edited book": (
        ("TY  - EDBOOK", "AU  - Moss, Ada", "A2  - Lind, Per", "T2  - Handbooks", "TI  - Paper", "SP  - 320"),
        {
            "type": "book", "editor": [MOSS], "collection-editor": [LIND], "collection-title": "Handbooks",
            "title": "Paper", "number-of-pages": "320",
        },
    ),
    "book section": (
        ("TY  - CHAP", "AU  - Moss, Ada", "A2  - Lind, Per", "SE  - 4", "SP  - 5-9", "T2  - Paper", "T3  - Handbooks",
         "SV  - 8", "NV  - 2", "TI  - Folds"),
        {
            "type": "chapter", "author": [MOSS], "editor": [LIND], "chapter-number": "4", "page": "5-9",
            "container-title": "Paper", "collection-title": "Handbooks", "collection-number": "8",
            "number-of-volumes": "2", "title": "Folds",
        },
    ),
    "conference proceedings": (
        ("TY  - CONF", "AU  - Moss, Ada", "C1  - Oslo", "C3  - Papers", "CY  - Hull", "T2  - Fold Days", "TI  - Folds"),
        {
            "type": "paper-conference", "author": [MOSS], "publisher-place": "Oslo", "container-title": "Papers",
            "event-place": "Hull", "event-title": "Fold Days", "title": "Folds",
        },
    ),
    "report": (
        ("TY  - RPRT", "AU  - Moss, Ada", "A2  - Lind, Per", "M3  - Working paper", "PB  - Institute", "SN  - WP 7",
         "SP  - 40", "T2  - Papers", "TI  - Folds"),
        {
            "type": "report", "author": [MOSS], "collection-editor": [LIND], "genre": "Working paper",
            "publisher": "Institute", "number": "WP 7", "number-of-pages": "40", "collection-title": "Papers",
            "title": "Folds",
        },
    ),
    "thesis": (
        ("TY  - THES", "AU  - Moss, Ada", "A3  - Lind, Per", "T2  - Department of Print", "PB  - University of Hull",
         "VL  - Ph.D.", "AN  - 28412345", "DB  - ProQuest", "TI  - Folds"),
        {
            "type": "thesis", "author": [MOSS], "division": "Department of Print",
            "publisher": "University of Hull", "genre": "PhD thesis", "archive": "ProQuest", "number": "28412345",
            "title": "Folds",
        },
    ),
    "web page": (
        ("TY  - WEB", "AU  - Moss, Ada", "M1  - 3 May", "VL  - 2020", "TI  - Folds", "UR  - https://a.example.org"),
        {
            "type": "webpage", "author": [MOSS], "accessed": {"date-parts": [[2020, 5, 3]]}, "title": "Folds",
            "URL": "https://a.example.org",
        },
    ),
    "case": (
        ("TY  - CASE", "A2  - AC", "PB  - House of Lords", "SP  - 562", "SV  - No. 4", "TI  - Moss v Lind", "VL  - 3"),
        {
            "type": "legal_case", "container-title": "AC", "authority": "House of Lords", "page": "562",
            "number": "No. 4", "title": "Moss v Lind", "volume": "3",
        },
    ),
    "article number": (
        ("TY  - JOUR", "C7  - e12", "C2  - PMC123", "AN  - 456", "DB  - PubMed", "TI  - Folds"),
        {"type": "article-journal", "number": "e12", "PMCID": "PMC123", "PMID": "456", "title": "Folds"},
    ),
}  # fmt: skip

MENDELEY = {
    "journal article": (
        ("TY  - JOUR", "T1  - Folds", "A1  - Moss, Ada", "Y1  - 2020/05//", "JF  - Sheets", "JO  - Sh.", "VL  - 7",
         "IS  - 2", "SP  - 11", "EP  - 19", "N2  - About folds.", "M3  - 10.5555/1", "SN  - 1234-5679"),
        {
            "type": "article-journal", "title": "Folds", "author": [MOSS], "issued": {"date-parts": [[2020, 5]]},
            "container-title": "Sheets", "volume": "7", "issue": "2", "page": "11-19", "abstract": "About folds.",
            "DOI": "10.5555/1", "ISSN": "1234-5679",
        },
    ),
    "book": (
        ("TY  - BOOK", "T1  - Folds", "A1  - Moss, Ada", "ED  - Lind, Per", "Y1  - 2020", "PB  - Press", "CY  - Hull"),
        {
            "type": "book", "title": "Folds", "author": [MOSS], "editor": [LIND],
            "issued": {"date-parts": [[2020]]}, "publisher": "Press", "publisher-place": "Hull",
        },
    ),
}  # fmt: skip

REFWORKS = {
    "journal article": (
        ("TY  - JOUR", "ID  - 4", "A1  - Moss, Ada", "T1  - Folds", "Y1  - 2020///", "JF  - Sheets", "VL  - 7",
         "IS  - 2", "SP  - 11", "EP  - 19", "RP  - NOT IN FILE", "N1  - Read.", "PP  - Hull", "U1  - mine"),
        {
            "type": "article-journal", "title": "Folds", "author": [MOSS], "issued": {"date-parts": [[2020]]},
            "container-title": "Sheets", "volume": "7", "issue": "2", "page": "11-19", "note": "Read.",
            "publisher-place": "Hull",
        },
    ),
    "chapter": (
        ("TY  - CHAP", "A1  - Moss, Ada", "A2  - Lind, Per", "T1  - Folds", "BT  - Paper", "Y1  - 2020/05/03/"),
        {
            "type": "chapter", "title": "Folds", "author": [MOSS], "editor": [LIND], "container-title": "Paper",
            "issued": {"date-parts": [[2020, 5, 3]]},
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(ENDNOTE))
def test_records_of_endnote(case: str) -> None:
    lines, item = ENDNOTE[case]
    assert ris(*lines) == item


@pytest.mark.parametrize("case", sorted(MENDELEY))
def test_records_of_mendeley(case: str) -> None:
    lines, item = MENDELEY[case]
    assert ris(*lines) == item


@pytest.mark.parametrize("case", sorted(REFWORKS))
def test_records_of_refworks(case: str) -> None:
    lines, item = REFWORKS[case]
    assert ris(*lines) == item


@pytest.mark.parametrize(
    ("names", "kind", "variable"),
    [
        ("A2", "SLIDE", "author"), ("A2", "PCOMM", "recipient"), ("AU", "MPCT", "director"), ("A3", "VIDEO", "producer"),
        ("C1", "VIDEO", "performer"), ("A2", "SOUND", "performer"), ("AU", "COMP", "author"), ("C2", "CHAP", "container-author"),
        ("A3", "CHAP", "collection-editor"), ("A3", "BOOK", "editor"),
    ],
)  # fmt: skip
def test_a_tag_of_names_means_another_role_in_another_record(names: str, kind: str, variable: str) -> None:
    assert ris(f"TY  - {kind}", f"{names}  - Moss, Ada", "TI  - Folds")[variable] == [MOSS]


def test_a_report_keeps_an_isbn_and_a_patent_its_number() -> None:
    assert ris("TY  - RPRT", "TI  - Folds", "SN  - 978-0-306-40615-7")["ISBN"] == "978-0-306-40615-7"
    assert ris("TY  - PAT", "TI  - Folder", "SN  - US7123456")["number"] == "US7123456"


def test_the_pages_of_a_book_are_its_number_and_with_an_end_a_range() -> None:
    assert ris("TY  - BOOK", "TI  - Folds", "SP  - 320") == {"type": "book", "title": "Folds", "number-of-pages": "320"}
    assert ris("TY  - RPRT", "TI  - Folds", "SP  - 3", "EP  - 9")["page"] == "3-9"


def test_a_paper_that_was_printed_in_nothing_is_of_its_conference() -> None:
    lines = ("TY  - CONF", "TI  - Folds", "T2  - Fold Days")
    assert ris(*lines)["event-title"] == "Fold Days"
    assert ris(*lines, "SP  - 3", "EP  - 9")["container-title"] == "Fold Days"


def test_software_has_a_version_and_a_system() -> None:
    item = ris("TY  - COMP", "TI  - Foldcalc", "ET  - 2.4", "M1  - Linux", "PB  - Paper Tools")
    assert (item["version"], item["medium"], item["publisher"]) == ("2.4", "Linux", "Paper Tools")


@pytest.mark.parametrize(
    ("publisher", "shown"),
    [
        ("Taylor and Francis", "Taylor and Francis"),
        ("Simon and Schuster", "Simon and Schuster"),
        ("Department of Health and Social Care", "Department of Health and Social Care"),
        ("Harbour Press and University of Hull", "Harbour Press; University of Hull"),
        ("{Salt} and {Moss}", "Salt; Moss"),
    ],
)
def test_a_publisher_is_parted_only_between_names_of_houses(publisher: str, shown: str) -> None:
    assert bib(f"@book{{a, title = {{Folds}}, publisher = {{{publisher}}}}}")["publisher"] == shown


def test_the_site_of_a_page_is_its_addition_or_its_organization() -> None:
    page = "@online{a, title = {Folds}, titleaddon = {Paper Trail}, organization = {Paper Club}}"
    assert bib(page) == {
        "type": "webpage", "title": "Folds", "container-title": "Paper Trail", "publisher": "Paper Club",
    }  # fmt: skip
    alone = bib("@online{a, title = {Folds}, organization = {Paper Club}}")
    assert alone == {"type": "webpage", "title": "Folds", "container-title": "Paper Club"}


def test_an_eid_is_the_number_of_an_article() -> None:
    item = bib("@article{a, title = {Folds}, journaltitle = {Sheets}, number = 2, eid = {e12}}")
    assert (item["issue"], item["number"], item.get("page")) == ("2", "e12", None)


def test_the_day_of_an_event_dates_what_has_no_other_date() -> None:
    item = bib("@unpublished{a, title = {Folds}, eventtitle = {Fold Days}, eventdate = {2020-05-03}}")
    assert item["issued"] == item["event-date"] == {"date-parts": [[2020, 5, 3]]}
    dated = bib("@inproceedings{a, title = {Folds}, eventdate = {2020-05-03}, date = {2021}}")
    assert dated["issued"] == {"date-parts": [[2021]]}


@pytest.mark.parametrize(
    ("role", "variable"),
    [
        ("host", "host"), ("chair", "chair"), ("guest", "guest"), ("producer", "producer"), ("director", "director"),
        ("writer", "script-writer"), ("performer", "performer"),
    ],
)  # fmt: skip
def test_roles_come_from_a_type_or_a_field_of_their_own(role: str, variable: str) -> None:
    typed = f"@video{{a, title = {{Folds}}, author = {{Lind, Per}}, editora = {{Moss, Ada}}, editoratype = {{{role}}}}}"
    named = f"@video{{a, title = {{Folds}}, author = {{Lind, Per}}, {role} = {{Moss, Ada}}}}"
    for text in (typed, named):
        assert bib(text)[variable] == [MOSS]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("date = {2021-12-04}, pages = {B2}", "article-newspaper"),
        ("date = {2021-12-04}, pages = {22--25}", "article-magazine"),
        ("year = 2021, month = dec, day = 4", "article-newspaper"),
        ("date = {2021-12-04}, volume = 4", "article-journal"),
        ("date = {2021-12-04}, doi = {10.5555/1}", "article-journal"),
        ("date = {2021-12}", "article-journal"),
        ("date = {2021-12-04}, entrysubtype = {magazine}", "article-magazine"),
    ],
)
def test_an_article_of_a_day_without_a_volume_is_not_in_a_journal(fields: str, kind: str) -> None:
    assert bib(f"@article{{a, title = {{Folds}}, journaltitle = {{Sheets}}, {fields}}}")["type"] == kind


def test_howpublished_that_repeats_the_type_published_nothing() -> None:
    item = bib("@unpublished{a, title = {Folds}, type = {Notebook}, howpublished = {Notebook}}")
    assert (item["genre"], item.get("publisher")) == ("Notebook", None)


def test_a_thesis_from_a_database_names_both() -> None:
    item = bib("@phdthesis{a, title = {Folds}, school = {University of Hull}, publisher = {ProQuest Dissertations}}")
    assert (item["publisher"], item["archive"]) == ("University of Hull", "ProQuest Dissertations")


def test_archives_courts_media_and_reviewed_works_have_fields() -> None:
    letter = bib("@letter{a, title = {Folds}, archive = {Hull Archive}, archivelocation = {Box 7}}")
    assert (letter["archive"], letter["archive_location"]) == ("Hull Archive", "Box 7")
    case = bib("@jurisdiction{a, title = {Moss v Lind}, institution = {County Court}}")
    assert (case["authority"], case.get("publisher")) == ("County Court", None)
    picture = bib("@artwork{a, title = {Folds}, author = {Moss, Ada}, howpublished = {Oil on canvas}}")
    assert (picture["medium"], picture.get("publisher")) == ("Oil on canvas", None)
    review = bib("@review{a, title = {Folds}, reviewedtitle = {Paper}, reviewedauthor = {Moss, Ada}}")
    assert (review["reviewed-title"], review["reviewed-author"]) == ("Paper", [MOSS])


@pytest.mark.parametrize(
    ("options", "particles", "part"),
    [
        ("", "keep", "non-dropping-particle"), ("", "drop", "dropping-particle"),
        ("options = {useprefix=true},", "drop", "non-dropping-particle"),
        ("options = {useprefix=false},", "keep", "dropping-particle"),
    ],
)  # fmt: skip
def test_particles_stay_with_the_family_name_unless_told_otherwise(options: str, particles: str, part: str) -> None:
    text = f"@book{{a, {options} title = {{Folds}}, author = {{van den Berg, Jan}}}}"
    item = read_text(text, "biblatex", "x", particles=particles)[0][0].item
    assert item["author"] == [{"family": "Berg", "given": "Jan", part: "van den"}]


CASES = {
    "Walking in India before breakfast": "Walking in India before breakfast",
    "Salt and the Mediterranean diet": "Salt and the Mediterranean diet",
    "A Visit to Dr. Smith at St. Mary's Ward": "A visit to Dr. Smith at St. Mary’s ward",
    "Sleep in U.S. Adults": "Sleep in U.S. adults",
    "Sleep in U.S. adults": "Sleep in U.S. adults",
    "The Books of J. K. Rowling in Print": "The books of J. K. Rowling in print",
    "The Folding of Paper in Seven easy Steps and Ten Hard Ones": "The folding of paper in seven easy steps and ten hard ones",
}


@pytest.mark.parametrize("title", sorted(CASES))
def test_a_title_in_sentence_case_keeps_its_names(title: str) -> None:
    assert bib(f"@book{{a, title = {{{title}}}}}")["title"] == CASES[title]


def test_a_review_names_the_work_that_is_related_to_it() -> None:
    text = (
        "@article{a, title = {On folds}, related = {b}, relatedtype = {reviewof}, journaltitle = {Sheets}}\n"
        "@book{b, title = {Folds}, author = {Moss, Ada}}"
    )
    item = read_text(text, "biblatex", "x", wanted={"a"})[0][0].item
    assert (item["reviewed-title"], item["reviewed-author"]) == ("Folds", [MOSS])


def test_an_organisation_has_the_abbreviation_at_its_place() -> None:
    text = "@book{a, title = {Folds}, author = {Moss, Ada and {World Paper Union}}, shortauthor = {Moss and {WPU}}}"
    read = read_text(text, "biblatex", "x")[0]
    assert read[0].item["author"] == [MOSS, {"literal": "World Paper Union", "short": "WPU"}]
    for kind in ("biblatex", "bibtex", "csl-json", "csl-yaml"):
        assert read_text(write(read, kind), kind, "x")[0][0].item == read[0].item


@pytest.mark.parametrize("database", ["Web of Science", "Scopus", "MEDLINE", "Embase"])
def test_an_index_is_not_where_an_article_is_kept(database: str) -> None:
    item = ris(
        "TY  - JOUR", "AU  - Moss, Ada", "PY  - 2020", "TI  - Folds", "T2  - Sheets", f"DB  - {database}", "AN  - X:1"
    )
    assert "archive" not in item
    assert "archive_location" not in item


def test_the_number_of_a_published_thesis_is_its_own() -> None:
    item = ris(
        "TY  - THES", "AU  - Moss, Ada", "A3  - Lind, Per", "PY  - 2016", "TI  - Folds", "PB  - Leeds", "M3  - Ph.D.",
        "AN  - 10123456", "DB  - ProQuest Dissertations & Theses Global",
    )  # fmt: skip
    assert item["number"] == "10123456"
    assert item["archive"] == "ProQuest Dissertations & Theses Global"
    assert item["genre"] == "PhD thesis"
    assert "contributor" not in item


def test_a_year_may_come_before_its_month() -> None:
    item = ris("TY  - NEWS", "AU  - Moss, Ada", "TI  - Folds", "JF  - Mail", "PY  - 2018", "DA  - 2018 Jun 07")
    assert item["issued"] == {"date-parts": [[2018, 6, 7]]}


def test_what_a_catalogue_adds_to_titles_is_left_out() -> None:
    record = ("TY  - JOUR", "AU  - Moss, Ada", "Y1  - 2014", "T1  - Folds and paper.", "JF  - Lancet (London, England)")
    item = ris(*record, "AN  - 25242039", "DB  - PubMed")
    assert (item["title"], item["container-title"]) == ("Folds and paper", "Lancet")
    assert ris(*record)["container-title"] == "Lancet (London, England)"
    assert ris(*record[:3], "T1  - Folds in the U.S.", record[4])["title"] == "Folds in the U.S."


@pytest.mark.parametrize(
    ("given", "read"), [("JN", "J. N."), ("J", "J"), ("Jo", "Jo"), ("ABCD", "ABCD"), ("É.", "É."), ("太郎", "太郎")]
)
def test_initials_without_stops_are_apart(given: str, read: str) -> None:
    assert ris("TY  - BOOK", f"AU  - Morris, {given}", "PY  - 1980", "TI  - X", "PB  - Y")["author"][0]["given"] == read
    entry = f"@book{{a, author = {{Morris, {given}}}, title = {{X}}, publisher = {{Y}}, year = 1980}}"
    assert bib(entry)["author"][0]["given"] == read


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Malaria Bed-Net Use in Rural Ghana: A Mixed-Methods Study", "Malaria bed-net use in rural Ghana: A mixed-methods study"),
        ("Falls Among Older Adults in New Zealand", "Falls among older adults in New Zealand"),
        ("New Ways of Nursing in South Wales", "New ways of nursing in South Wales"),
        ("Care for Parkinson's Disease on Mondays", "Care for Parkinson’s disease on Mondays"),
        ("{Antibiotic use in UK care homes: cohort study}", "Antibiotic use in UK care homes: cohort study"),
        ("{Sepsis}", '<span class="nocase">Sepsis</span>'),
    ],
)  # fmt: skip
def test_names_keep_their_capitals_without_braces(title: str, read: str) -> None:
    entry = f"@article{{a, author = {{Moss, Ada}}, title = {{{title}}}, journal = {{Sheets}}, year = 2020}}"
    assert bib(entry)["title"] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1996-2004", [[1996], [2004]]),
        ("1996–2004", [[1996], [2004]]),
        ("1996/2004", [[1996], [2004]]),
        ("1996/05", [[1996, 5]]),
    ],
)
def test_the_years_of_a_work_in_volumes_in_ris(written: str, read: list[list[int]]) -> None:
    item = ris("TY  - BOOK", "AU  - Moss, Ada", "TI  - Folds", f"PY  - {written}")
    assert item["issued"]["date-parts"] == read


@pytest.mark.parametrize("written", ["https://doi.org/10.1234/a(1)2", "doi:10.1234/a(1)2", "10.1234/a(1)2"])
def test_a_doi_of_csl_json_may_be_an_address(written: str) -> None:
    text = json.dumps([{"id": "a", "type": "book", "title": "Folds", "DOI": written}])
    ((reference,), problems) = read_text(text, "csl-json", "x")
    assert (reference.item["DOI"], problems) == ("10.1234/a(1)2", ())
