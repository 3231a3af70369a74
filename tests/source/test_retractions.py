"""A cited source that a list of retractions names stops the build, with what the notice says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leaflet.bibliography.retractions import check_retractions
from leaflet.errors import LeafletError, Location, Severity, SourceError
from leaflet.model.citation import Reference
from leaflet.pipeline import Choices
from leaflet.pipeline.cite_source import cite_source

HEAD = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,"
    "Paywalled,Notes"
)
ROWS = """1,Soap cures,,,Soap,,,A,,,8/6/2024 0:00,10.5555/notice.1,0,1/2/2001 0:00,10.5555/SOAP.1,0,Retraction,+Error in Data;+Error in Text;,No,"A ""note""
over two lines"
2,Soap again,,,Soap,,,B,,,1/2/2023 0:00,,0,1/2/2001 0:00,unavailable,0012345,Expression of concern,,No,
3,Soap mended,,,Soap,,,C,,,3/4/2022 0:00,10.5555/notice.3,0,1/2/2001 0:00,10.5555/soap.3,0,Correction,,No,
4,Unknown,,,Soap,,,D,,,3/4/2022 0:00,unavailable,0,1/2/2001 0:00,unavailable,0,Retraction,,No,
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "retractions.csv"
    path.write_text(f"\ufeff{HEAD}\r\n{ROWS}", encoding="utf-8")
    return path


def said(path: Path, **item: str) -> list[str]:
    place = Location(file="source/soap.bib", line=7, column=1)
    found = check_retractions(
        path, [Reference(id="soap", item=item, location=place)], name="retractions.csv", inside=(path.parent,)
    )
    return [str(problem) for problem in found]


def test_a_retracted_source_is_an_error_with_the_details_of_the_notice(listed: Path) -> None:
    assert said(listed, DOI="https://doi.org/10.5555/soap.1") == [
        'source/soap.bib:7:1: "soap" is named by retractions.csv: retraction of 2024-08-06; '
        "notice https://doi.org/10.5555/notice.1; reason: Error in Data, Error in Text\n"
        "  hint: cite another source; if it is cited because of this, give it the status retracted (BibLaTeX: pubstate)"
    ]


def test_a_source_is_known_by_its_pubmed_number_as_well(listed: Path) -> None:
    assert said(listed, PMID="12345")[0].startswith(
        'source/soap.bib:7:1: "soap" is named by retractions.csv: expression of concern of 2023-01-02\n'
    )


def test_a_correction_and_a_known_retraction_are_warnings(listed: Path) -> None:
    assert said(listed, DOI="10.5555/soap.3")[0].startswith("source/soap.bib:7:1: warning: ")
    assert said(listed, DOI="10.5555/soap.1", status="Retracted")[0].startswith("source/soap.bib:7:1: warning: ")


def test_sources_without_an_identifier_and_other_sources_are_left_alone(listed: Path) -> None:
    assert (
        said(listed, title="Soap cures") == said(listed, DOI="10.5555/other", PMID="0") == said(listed, DOI="x") == []
    )


def test_a_list_of_another_form_is_refused_by_its_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("DOI,Date\n10.5555/soap.1,2024\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"list\.csv:1: this list of retractions has no column OriginalPaperDOI, "):
        check_retractions(
            path, [Reference(id="a", item={"DOI": "10.5555/soap.1"})], name="list.csv", inside=(path.parent,)
        )


SOURCE = """---
title: Soap
layout: handout-a4
references:
  - {id: soap, type: book, title: Soap, issued: 2001, author: [{family: Abel}], publisher: P, DOI: 10.5555/soap.1}
  - {id: other, type: book, title: Other, issued: 2001, author: [{family: Bell}], publisher: P, DOI: 10.5555/other}
---
"""


@pytest.mark.parametrize(("body", "stops"), [("Soap [@soap].", True), ("Other [@other].", False)])
def test_only_what_is_cited_stops_a_build(listed: Path, body: str, stops: bool) -> None:
    root = listed.parent
    (root / "leaflet.toml").write_text('retractions = "retractions.csv"\n', encoding="utf-8")
    source = root / "source" / "soap.md"
    source.parent.mkdir()
    source.write_text(SOURCE + body, encoding="utf-8")
    if stops:
        with pytest.raises(LeafletError) as caught:
            cite_source(source, Choices(), today=date(2026, 1, 1))
        errors = [problem for problem in caught.value.problems if problem.severity is Severity.ERROR]
        assert [str(problem.location) for problem in errors] == ["source/soap.md:5:5"]
    else:
        cited, _ = cite_source(source, Choices(), today=date(2026, 1, 1))
        assert [item.id for item in cited.citations.items] == ["other"]


def test_a_list_that_is_not_there_is_reported_where_it_is_named(listed: Path) -> None:
    root = listed.parent
    (root / "leaflet.toml").write_text('retractions = "retraction.csv"\n', encoding="utf-8")
    source = root / "source" / "soap.md"
    source.parent.mkdir()
    source.write_text(SOURCE, encoding="utf-8")
    with pytest.raises(LeafletError) as caught:
        cite_source(source, Choices(), today=date(2026, 1, 1))
    assert 'leaflet.toml:1:15: there is no list of retractions "retraction.csv"' in str(caught.value)
    assert 'did you mean "retractions.csv"?' in str(caught.value)
