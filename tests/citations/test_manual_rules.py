"""Rules of the manuals that CSL has no words for, and the corrected styles that use them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leaflet.citations import CitationCaches, CitationProcessor
from leaflet.errors import CitationError

APA, MLA, CHICAGO = "apa-corrected", "modern-language-association-corrected", "chicago-author-date-corrected"
CACHES = CitationCaches()
HARVARD = "harvard-cite-them-right-corrected"


def person(family: str, given: str = "A.") -> dict[str, str]:
    return {"family": family, "given": given}


def work(key: str, *authors: dict[str, str], year: int = 2019, **fields: Any) -> dict[str, Any]:
    made = {"id": key, "type": "book", "title": "Wards", "author": list(authors), "issued": {"date-parts": [[year]]}}
    return {**made, **fields}


def cited(style: str, items: list[dict[str, Any]], *clusters: Any, lang: str = "en-US") -> list[str]:
    """The clusters as text; each is a list of cites, or such a list with the mode behind it."""
    made = []
    for cluster in clusters:
        cites, mode = cluster if isinstance(cluster, tuple) else (cluster, "")
        items_cited = [cite if isinstance(cite, dict) else {"id": cite} for cite in cites]
        made.append({"citationItems": items_cited, "properties": {"mode": mode}})
    return list(CitationProcessor(style, items, lang, caches=CACHES).process(made).texts)


def listed(style: str, item: dict[str, Any], lang: str = "en-US") -> str:
    processor = CitationProcessor(style, [item], lang, caches=CACHES)
    return processor.process([], nocite=[item["id"]]).bibliography[0].html


TWO = work("two", person("Eifert"), person("Yildiz"))


@pytest.mark.parametrize(("lang", "word"), [("en-US", "and"), ("de-DE", "und"), ("fr-FR", "et"), ("es-ES", "y")])
@pytest.mark.parametrize("mode", ["composite", "author-only"])
def test_narrative_names_have_a_word_for_and(lang: str, word: str, mode: str) -> None:
    shown = cited("apa", [TWO], (["two"], mode), ["two"], lang=lang)
    assert shown[0].startswith(f"Eifert {word} Yildiz")
    assert shown[1] == "(Eifert & Yildiz, 2019)"


def test_a_cite_with_a_prefix_keeps_its_place() -> None:
    items = [work("r", person("Rabbitt"), year=1982), work("l", person("Lyon"), year=2014), work("b", person("Bell"))]
    assert cited("apa", items, ["r", {"id": "l", "prefix": "as cited in "}]) == [
        "(Rabbitt, 1982, as cited in Lyon, 2014)"
    ]
    assert cited("apa", items, ["r", "l", {"id": "b", "prefix": "see also "}]) == [
        "(Lyon, 2014; Rabbitt, 1982; see also Bell, 2019)"
    ]
    assert cited("apa", items, [{"id": "r", "prefix": "see also "}, "l", "b"]) == [
        "(see also Rabbitt, 1982; Bell, 2019; Lyon, 2014)"
    ]


def test_works_of_one_author_do_not_move_across_a_prefix() -> None:
    items = [work("a", person("Ash"), year=2001), work("b", person("Bell")), work("c", person("Ash"), year=2003)]
    shown = cited("apa", items, ["a", {"id": "b", "prefix": "see also "}, "c"])
    assert shown == ["(Ash, 2001; see also Bell, 2019; Ash, 2003)"]


def test_two_organisations_have_no_comma_between_them() -> None:
    both = work("o", {"literal": "Productivity Commission"}, {"literal": "Trade Board"})
    assert listed("apa", both).startswith("Productivity Commission &#38; Trade Board. (2019)")
    mixed = work("o", {"literal": "Productivity Commission"}, person("Ash"))
    assert listed("apa", mixed).startswith("Productivity Commission, &#38; Ash, A. (2019)")


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("9,367,592", "U.S. Patent No. 9,367,592"),
        ("18-2424", "U.S. Patent No. 18-2424"),
        ("12 & 13", "U.S. Patent Nos. 12 &#38; 13"),
    ],
)
def test_the_number_of_a_patent_is_one_number(number: str, printed: str) -> None:
    patent = work("p", person("Ash"), type="patent", authority="U.S.", number=number)
    assert printed in listed("apa", patent)


def test_the_end_of_a_numbered_passage_follows_a_dash() -> None:
    shown = cited("apa", [TWO], [{"id": "two", "locator": "1.3.36-37", "label": "section"}])
    assert "1.3.36–37" in shown[0]


@pytest.mark.parametrize("kind", ["legal_case", "legislation", "treaty"])
def test_laws_and_cases_are_narrative_by_their_title(kind: str) -> None:
    law = {"id": "x", "type": kind, "title": "Brown v. Board", "issued": {"date-parts": [[1954]]}}
    assert cited("apa", [law], (["x"], "composite"), [{"id": "x", "suppress-author": True}]) == [
        "Brown v. Board (1954)",
        "(1954)",
    ]


def test_et_al_does_not_stand_for_one_name() -> None:
    names = [person("Hasan"), person("Liang"), person("Kahn"), person("Jones-Miller")]
    items = [work("a", *names, year=2015), work("b", *names[:3], person("Weintraub"), year=2015)]
    assert cited(APA, items, ["a"], ["b"]) == [
        "(Hasan, Liang, Kahn, & Jones-Miller, 2015)",
        "(Hasan, Liang, Kahn, & Weintraub, 2015)",
    ]
    assert "Kahn, Jones-Miller" not in cited(MLA, items, ["a"])[0]


@pytest.mark.parametrize(
    ("style", "title"),
    [(CHICAGO, "Walks Between Wards and from Beds"), ("chicago-author-date", "Walks between Wards and from Beds")],
)
def test_chicago_18_capitalises_long_prepositions(style: str, title: str) -> None:
    assert title in listed(style, work("x", person("Ash"), title="Walks between wards and from beds"))


def test_a_manual_names_an_organisation_once() -> None:
    who = {"literal": "World Health Organization"}
    leaflet = work("x", who, type="pamphlet", genre="leaflet", publisher="World Health Organization")
    assert listed(APA, leaflet) == "World Health Organization. (2019). <i>Wards</i> [Leaflet]."
    assert listed(MLA, leaflet) == "<i>Wards</i>. Leaflet. World Health Organization, 2019."
    assert listed(CHICAGO, leaflet).count("World Health Organization") == 2
    page = work("x", person("Ash"), **{"type": "webpage", "container-title": "News", "publisher": "News"})
    for style in (APA, MLA, CHICAGO, HARVARD):
        assert listed(style, page).count("News") == 1


def test_abbreviations_of_organisations_are_introduced_once() -> None:
    who = {"literal": "World Health Organization", "short": "WHO"}
    items = [work("a", who, year=2009), work("b", who, year=2011)]
    assert cited(APA, items, ["a"], ["b"], (["a"], "composite")) == [
        "(World Health Organization [WHO], 2009)",
        "(WHO, 2011)",
        "WHO (2009)",
    ]
    assert cited(APA, items, (["a"], "composite"), ["a", "b"]) == [
        "World Health Organization (WHO, 2009)",
        "(WHO, 2009, 2011)",
    ]
    assert cited(APA, items, ["a", "b"]) == ["(World Health Organization [WHO], 2009, 2011)"]
    assert listed(APA, items[0]).startswith("World Health Organization. (2009)")
    assert listed(CHICAGO, items[0]).startswith("WHO (World Health Organization). 2009.")
    assert cited("apa", items, ["a"]) == ["(World Health Organization, 2009)"]


def test_an_abbreviation_that_two_share_is_written_out() -> None:
    items = [
        work("a", {"literal": "American Medical Association", "short": "AMA"}),
        work("b", {"literal": "Australian Medical Association", "short": "AMA"}),
    ]
    assert cited(APA, items, ["a"], ["b"]) == [
        "(American Medical Association, 2019)",
        "(Australian Medical Association, 2019)",
    ]


@pytest.mark.parametrize("given", ["NICE", [{"literal": "NICE"}]])
def test_an_item_may_hold_the_abbreviation_of_its_author(given: object) -> None:
    item = work("a", {"literal": "National Institute for Health and Care Excellence"}, shortauthor=given)
    assert cited(APA, [item], ["a"], ["a"])[1] == "(NICE, 2019)"


@pytest.mark.parametrize(
    ("kind", "locator", "shown"),
    [("book", "1:30:40", "1:30:40"), ("motion_picture", "12:10", "12:10"), ("book", "12:10", "p. 12:10")],
)
def test_a_time_is_no_page(kind: str, locator: str, shown: str) -> None:
    item = work("a", person("Ash"), type=kind)
    assert cited("apa", [item], [{"id": "a", "locator": locator, "label": "page"}]) == [f"(Ash, 2019, {shown})"]


def test_nothing_is_retrieved_without_a_date() -> None:
    page = {"id": "x", "type": "webpage", "title": "Hands", "author": [person("Ash")], "URL": "https://example.org"}
    assert "Retrieved" not in listed(APA, page)
    assert "Retrieved May 2, 2020, from" in listed(APA, {**page, "accessed": {"date-parts": [[2020, 5, 2]]}})


@pytest.mark.parametrize(
    ("lang", "date"), [("de-DE", "2026, 12. Mai"), ("fr-FR", "2026, 12 mai"), ("en-GB", "2026, May 12")]
)
def test_days_come_in_the_order_of_the_language(lang: str, date: str) -> None:
    page = work("x", person("Ash"), type="webpage", issued={"date-parts": [[2026, 5, 12]]})
    assert f"({date})" in listed(APA, page, lang)


def test_a_letter_names_who_received_it_and_a_database_is_a_container() -> None:
    letter = work("x", person("Ash", "Ann"), type="personal_communication", recipient=[person("Bell", "Rosa")])
    assert "Received by Rosa Bell" in listed(MLA, letter)
    article = work("x", person("Ash", "Ann"), type="article-journal", archive="JSTOR", URL="https://example.org/1")
    assert "<i>JSTOR</i>, https://example.org/1" in listed(MLA, article)


@pytest.mark.parametrize("lang", ["en-US", "de-DE", "fr-FR"])
def test_harvard_has_british_marks_in_every_language(lang: str) -> None:
    article = work("x", person("Ash"), type="article-journal", **{"container-title": "Journal"})
    assert "‘Wards’, <i>Journal</i>" in listed(HARVARD, article, lang)


def test_a_wrong_rule_is_named(tmp_path: Path) -> None:
    style = tmp_path / "x.csl"
    style.write_text(
        '<?xml version="1.0"?>\n<?leaflet-rules capital-lenght="5" author-is-publisher="neither"?>\n'
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title></info>'
        "<citation><layout><text variable='title'/></layout></citation></style>",
        encoding="utf-8",
    )
    with pytest.raises(CitationError) as raised:
        CitationProcessor(style, [])
    assert 'x.csl:2: "capital-lenght" is not a rule' in str(raised.value)
    assert "capital-length" in str(raised.value)
    assert 'author-is-publisher="neither"' in str(raised.value)
