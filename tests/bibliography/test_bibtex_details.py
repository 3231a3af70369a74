"""LaTeX, names and dates of .bib files, one rule at a time."""

from __future__ import annotations

from typing import Any

import pytest

from leaflet.bibliography import read_text, write
from leaflet.bibliography.bibtex_names import names
from leaflet.bibliography.latex_text import rich, runs, to_rich
from leaflet.bibliography.sentence_case import sentence_case
from leaflet.errors import Severity
from leaflet.files.edtf_dates import DateError, read_edtf, to_edtf, year_and_month
from leaflet.files.identifiers import bare_doi, is_doi, is_isbn, is_issn

LATEX = {
    r"na{\"\i}ve caf\'e \'{E}cole \v{S}koda \c cedilla": "naïve café École Škoda çedilla",
    r"{\ss} \ae{} \O stby \L{}\'od\'z": "ß æ Østby Łódź",
    r"A \emph{B \textbf{c}} d": "A <i>B <b>c</b></i> d",
    r"{\em a} b {\bfseries c}": "<i>a</i> b <b>c</b>",
    r"\textsc{Abc}": '<span style="font-variant:small-caps;">Abc</span>',
    r"H$_2$O, 10\textsuperscript{3} and $x^{12}$": "H<sub>2</sub>O, 10<sup>3</sup> and x<sup>12</sup>",
    r"``a'' and `b' and it's": "“a” and ‘b’ and it’s",
    r"1--2 --- 3": "1–2 — 3",
    r"a~b \& c\% \$d \#e \_f": "a\u00a0b & c% $d #e _f",
    r"$\alpha$-interferon \href{https://example.org}{here}": "α-interferon here",
    r"\unknown{kept} text": "kept text",
    "  too \n many   blanks ": "too many blanks",
}


@pytest.mark.parametrize("text", sorted(LATEX))
def test_latex_becomes_rich_text(text: str) -> None:
    assert to_rich(text) == LATEX[text]


TITLES = {
    "The Art of the Fold": "The art of the fold",
    "The {DNA} of {W}ales": 'The <span class="nocase">DNA</span> of <span class="nocase">W</span>ales',
    "Pain: A Guide. What Now? Ask Us": "Pain: A guide. What now? Ask us",
    "NHS and iPhone and McDonald": "NHS and iPhone and McDonald",
    "Vitamin D and X-Ray": "Vitamin D and X-ray",
    r"On \emph{Escherichia} in {\"U}bung": 'On <i><span class="nocase">Escherichia</span></i> in übung',
    r"Reading {\emph{Hamlet}} Aloud": 'Reading <span class="nocase"><i>Hamlet</i></span> aloud',
}


@pytest.mark.parametrize("text", sorted(TITLES))
def test_english_titles_become_sentence_case(text: str) -> None:
    assert rich(sentence_case(runs(text)), protect=True) == TITLES[text]


@pytest.mark.parametrize("title", ["Die Besteuerung von Alterseinkünften", "Handbuch für Pflege und Therapie"])
def test_titles_that_read_as_german_keep_their_capitals(title: str) -> None:
    assert rich(sentence_case(runs(title)), protect=True) == title


def test_titles_in_other_languages_keep_their_capitals() -> None:
    text = "@book{a, title = {Das Haus am Hafen}, langid = {ngerman}}"
    assert read_text(text, "biblatex", "x")[0][0].item["title"] == "Das Haus am Hafen"


NAMES: dict[str, list[dict[str, str]]] = {
    "Ann Lee Smith": [{"family": "Smith", "given": "Ann Lee"}],
    "Smith, Ann and Lind, Per": [{"family": "Smith", "given": "Ann"}, {"family": "Lind", "given": "Per"}],
    "{World Health Organization}": [{"literal": "World Health Organization"}],
    "{Salt and Sons} and others": [{"literal": "Salt and Sons"}, {"literal": "others"}],
    "Ludwig van der Holt": [{"family": "Holt", "given": "Ludwig", "dropping-particle": "van der"}],
    "de la Tour, III, Marie": [{"family": "Tour", "given": "Marie", "dropping-particle": "de la", "suffix": "III"}],
    "d'Ormont, Jean": [{"family": "Ormont", "given": "Jean", "non-dropping-particle": "d’"}],
    r"{\'E}mile Zola": [{"family": "Zola", "given": "Émile"}],
    "Plato": [{"family": "Plato"}],
    "family=Berg, given=Jan, prefix=van, useprefix=true": [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van"}
    ],
    "Lind, Per and and ,": [{"family": "Lind", "given": "Per"}],
}


@pytest.mark.parametrize("text", sorted(NAMES))
def test_names_are_taken_apart(text: str) -> None:
    assert names(text) == NAMES[text]


DATES: dict[str, dict[str, Any]] = {
    "2001": {"date-parts": [[2001]]},
    "2001-05-06": {"date-parts": [[2001, 5, 6]]},
    "2001-05-06T10:00:00Z": {"date-parts": [[2001, 5, 6]]},
    "2001-05/2001-07": {"date-parts": [[2001, 5], [2001, 7]]},
    "2001/": {"date-parts": [[2001], [0]]},
    "/2001": {"date-parts": [[0], [2001]]},
    "2001/..": {"date-parts": [[2001], [0]]},
    "2001-23": {"date-parts": [[2001]], "season": 3},
    "1723~": {"date-parts": [[1723]], "circa": True},
    "1723?": {"date-parts": [[1723]], "circa": True},
    "-0043": {"date-parts": [[-44]]},
    "0000": {"date-parts": [[-1]]},
    "199X": {"date-parts": [[1990], [1999]]},
    "2001-XX": {"date-parts": [[2001]]},
}


@pytest.mark.parametrize("text", sorted(DATES))
def test_edtf_dates_are_read(text: str) -> None:
    assert read_edtf(text) == DATES[text]


@pytest.mark.parametrize("text", ["", "soon", "2001-13", "2001-02-30", "1/2/3", "20010506"])
def test_what_is_no_date_is_refused(text: str) -> None:
    if text == "20010506":
        assert read_edtf(text) == {"date-parts": [[20010506]]}
        return
    with pytest.raises(DateError):
        read_edtf(text)


@pytest.mark.parametrize(
    ("year", "month", "day", "parts"),
    [
        ("2001", "may", "", [[2001, 5]]),
        ("2001", "5", "3", [[2001, 5, 3]]),
        ("2001", "10 jan", "", [[2001, 1, 10]]),
        ("2001", "mar/apr", "", [[2001, 3], [2001, 4]]),
        ("2001--2003", "", "", [[2001], [2003]]),
        ("c. 1850", "", "", [[1850]]),
        ("2001b", "", "", [[2001]]),
    ],
)
def test_years_and_months_of_bibtex_are_read(year: str, month: str, day: str, parts: list[list[int]]) -> None:
    assert year_and_month(year, month, day)["date-parts"] == parts


@pytest.mark.parametrize("text", ["2001-05", "2001-22", "1723~", "-0043", "2001/2002", "2001/", "0044-03-15"])
def test_dates_are_written_as_they_were_read(text: str) -> None:
    assert to_edtf(read_edtf(text)) == text


def test_identifiers() -> None:
    assert bare_doi("https://dx.doi.org/10.1000/182") == bare_doi("doi:10.1000/182") == "10.1000/182"
    assert is_doi("10.1000/182")
    assert not is_doi("10.1000")
    assert is_isbn("978-0-306-40615-7")
    assert is_isbn("0 306 40615 2")
    assert not is_isbn("978-0-306-40615-6")
    assert is_issn("2049-3630")
    assert not is_issn("2049-3631")


def test_braces_quotes_macros_and_brackets_are_all_values() -> None:
    text = '@string(h = {Har}) @book(a, title = "A {"}b{"} c", publisher = h # "bour" # { Press}, year = 2001)'
    item = read_text(text, "biblatex", "x")[0][0].item
    assert (item["title"], item["publisher"], item["issued"]) == ('A "b" c', "Harbour Press", {"date-parts": [[2001]]})


def test_months_in_full_are_months_and_other_macros_print_their_name() -> None:
    references, problems = read_text(
        "@article(a, title = {A}, year = 2001, month = March, journal = nature)", "bibtex", "x"
    )
    assert references[0].item["issued"] == {"date-parts": [[2001, 3]]}
    assert references[0].item["container-title"] == "nature"
    assert [problem.severity for problem in problems] == [Severity.WARNING]


def test_crossref_finds_a_parent_that_comes_first_or_last_and_in_any_case() -> None:
    child = "@incollection{c, title = {Part}, crossref = {WHOLE}}"
    parent = "@collection{whole, title = {All}, editor = {Moss, Ada}, date = 2001}"
    for text in (child + "\n" + parent, parent + "\n" + child):
        item = {reference.id: reference.item for reference in read_text(text, "biblatex", "x")[0]}["c"]
        assert item["container-title"] == "All"
        assert item["editor"] == [{"family": "Moss", "given": "Ada"}]
        assert item["issued"] == {"date-parts": [[2001]]}


def test_an_entry_is_wanted_by_any_of_its_keys() -> None:
    text = '@book{a, title = {A}, ids = {old, older}}\n@book{b, title = {B}, IDS = "c"}\n@book{d, title = {D}}'
    found = read_text(text, "biblatex", "x", wanted={"older", "c"})[0]
    assert [(reference.id, reference.aliases) for reference in found] == [("a", ("old", "older")), ("b", ("c",))]


def test_the_holder_of_a_patent_stands_for_its_missing_author() -> None:
    alone = "@patent{a, title = {Sole}, number = {GB1}, holder = {{Shoe Works}}}"
    beside = alone.replace("@patent{a,", "@patent{a, author = {Moss, Ada},")
    assert read_text(alone, "biblatex", "x")[0][0].item["author"] == [{"literal": "Shoe Works"}]
    item = read_text(beside, "biblatex", "x")[0][0].item
    assert item["author"] == [{"family": "Moss", "given": "Ada"}]
    assert item["contributor"] == [{"literal": "Shoe Works"}]


def test_a_shorthand_is_the_label_of_its_citation() -> None:
    reference = read_text("@book{a, title = {A}, shorthand = {KpV}}", "biblatex", "x")[0][0]
    assert reference.item["citation-label"] == "KpV"
    assert "shorthand = {KpV}" in write([reference], "biblatex")
