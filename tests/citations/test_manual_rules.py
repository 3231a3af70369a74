"""Rules of the manuals that CSL has no words for, and the corrected styles that use them."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from manual_works import APA, CACHES, CHICAGO, HARVARD, MLA, cited, listed, person, work

from leaflet.citations import CitationProcessor
from leaflet.errors import CitationError

NOTES = "chicago-notes-bibliography-corrected"
TWO = work("two", person("Eifert"), person("Yildiz"))


@pytest.mark.parametrize(("lang", "word"), [("en-US", "and"), ("de-DE", "und"), ("fr-FR", "et"), ("es-ES", "y")])
@pytest.mark.parametrize("mode", ["composite", "author-only"])
def test_narrative_names_have_a_word_for_and(lang: str, word: str, mode: str) -> None:
    shown = cited("apa", [TWO], (["two"], mode), ["two"], lang=lang)
    assert shown[0].startswith(f"Eifert {word} Yildiz")
    assert shown[1] == "(Eifert & Yildiz, 2019)"


def test_rules_of_manuals_hold_in_no_other_style() -> None:
    plain = (
        '<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>'
        "<title>x</title><id>http://www.zotero.org/styles/apart</id></info><citation><sort><key variable='title'/></sort>"
        "<layout delimiter='; '><names variable='author'><name and='symbol' name-as-sort-order='all' "
        "delimiter-precedes-last='always'/></names><text variable='number' prefix=', '/></layout></citation></style>"
    )
    both = work("o", {"literal": "Commission"}, {"literal": "Board"}, title="B", number="US Patent 12", type="patent")
    first = work("a", person("Ash"), title="A")
    assert cited(plain, [both], (["o"], "author-only"), ["o"]) == [
        "Commission, & Board",
        "Commission, & Board, US Patent 12",
    ]
    cites = {"citationItems": [{"id": "o"}, {"id": "a", "prefix": "see "}]}
    assert CitationProcessor(plain, [both, first], caches=CACHES).process([cites]).texts == (
        "see Ash, A.; Commission, & Board, US Patent 12",
    )


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
    assert listed(MLA, leaflet) == "<i>Wards</i>. World Health Organization, 2019. Leaflet."
    assert listed(CHICAGO, leaflet).count("World Health Organization") == 2
    page = work("x", person("Ash"), **{"type": "webpage", "container-title": "News", "publisher": "News"})
    for style in (APA, MLA, CHICAGO):
        assert listed(style, page).count("News") == 1
    assert "News" not in listed(HARVARD, page), "beside an author the site is not named"


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
    assert "<i>JSTOR</i>, example.org/1" in listed(MLA, article)


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


def issued(year: int, *rest: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [[year, *rest]]}


ARTICLE = {"id": "a", "type": "article-journal", "container-title": "Ward", "issued": issued(2019)}


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (APA, "Bell, A. [@bell]. (2019, May 4). <i>Soap</i> [Tweet]. Twitter."),
        (MLA, "Bell, Ann [@bell]. “Soap.” <i>Twitter</i>, 4 May 2019. Tweet."),
    ],
)
def test_a_username_stands_in_the_list_only(style: str, printed: str) -> None:
    item = {"id": "t", "type": "post", "title": "Soap", "container-title": "Twitter", "genre": "Tweet"}
    item |= {"author": [{"family": "Bell", "given": "Ann [@bell]"}], "issued": issued(2019, 5, 4)}
    assert listed(style, item) == printed
    assert "@" not in cited(style, [item], ["t"])[0]


@pytest.mark.parametrize("style", [APA, MLA, CHICAGO])
def test_a_translation_of_a_title_is_upright(style: str) -> None:
    upright = '<i>Seife <span style="font-style:normal;">[Soap]</span></i>'
    assert upright in listed(style, work("s", person("Bell"), title="Seife [Soap]"))


def test_an_act_is_cited_without_the_year_that_ends_its_title() -> None:
    act = {"id": "l", "type": "legislation", "title": "Clean Hands Act of 1990", "issued": issued(1990)}
    assert cited(APA, [act], ["l"]) == ["(Clean Hands Act, 1990)"]
    assert cited(APA, [{**act, "title": "Clean Hands Act 1990"}], ["l"]) == ["(Clean Hands Act, 1990)"]
    other = {**act, "title": "Clean Hands Act of 1990", "issued": issued(1995)}
    assert cited(APA, [other], ["l"]) == ["(Clean Hands Act of 1990, 1995)"]


def test_the_article_of_a_title_has_no_place_in_the_alphabet() -> None:
    items = [work("b", title="The bowl"), work("a", title="An apron"), work("c", title="Cups")]
    for style in (APA, MLA, CHICAGO):
        made = CitationProcessor(style, items, "en-US", caches=CACHES).process([], nocite=["c", "b", "a"])
        assert [entry.id for entry in made.bibliography] == ["a", "b", "c"]


@pytest.mark.parametrize("style", [MLA, CHICAGO])
@pytest.mark.parametrize(
    ("lang", "names"), [("en-GB", "Ash, A., and A. Bell"), ("de", "Ash, A. und A. Bell"), ("es", "Ash, A. y A. Bell")]
)
def test_only_english_has_a_comma_before_and(style: str, lang: str, names: str) -> None:
    assert listed(style, work("two", person("Ash"), person("Bell")), lang).startswith(names)


def test_others_are_et_al() -> None:
    item = work("o", person("Ash"), {"literal": "others"})
    assert cited(APA, [item], ["o"]) == ["(Ash et al., 2019)"]
    assert listed(MLA, item).startswith("Ash, A., et al.")
    alone = work("o", {"literal": "others"})
    assert cited(APA, [alone], ["o"]) == ["(others, 2019)"]


@pytest.mark.parametrize(("locator", "shown"), [("1.3.36-37", "1.3.36–37"), ("36-37", "pp. 36–37")])
def test_a_numbered_passage_has_no_word_for_page(locator: str, shown: str) -> None:
    items = [work("s", person("Shakespeare"))]
    assert cited(APA, items, [{"id": "s", "locator": locator}])[0].endswith(f", {shown})")


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Who said “soap”?", "“Who Said ‘Soap’?”"),
        ("“’Tis pity”: A play", "“‘’Tis Pity’: A Play.”"),
        ("Soap in the 1970’s", "“Soap in the 1970’s.”"),
    ],
)
def test_marks_in_titles(title: str, printed: str) -> None:
    assert printed in listed(CHICAGO, {**ARTICLE, "title": title})


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (APA, "(2019). Soap. <i>Ward</i>, <i>4</i>, Article e12."),
        (MLA, "“Soap.” <i>Ward</i>, vol. 4, 2019, e12."),
        (CHICAGO, "2019. “Soap.” <i>Ward</i> 4:e12."),
        (HARVARD, "(2019) ‘Soap’, <i>Ward</i>, 4, e12."),
    ],
)
def test_the_number_of_an_article_stands_where_its_pages_would(style: str, printed: str) -> None:
    item = {**ARTICLE, "title": "Soap", "volume": "4", "number": "e12", "author": [person("Ash")]}
    assert listed(style, item).endswith(printed)


def test_an_article_without_an_author_begins_with_its_title() -> None:
    item = {**ARTICLE, "title": "Soap", "volume": "4", "issue": "2"}
    assert listed(HARVARD, item) == "‘Soap’ (2019) <i>Ward</i>, 4(2)."
    assert cited(HARVARD, [item], ["a"]) == ["(‘Soap’, 2019)"]


@pytest.mark.parametrize(
    ("style", "word"),
    [(APA, "Doctoral dissertation"), (MLA, "PhD dissertation"), (CHICAGO, "PhD diss."), (HARVARD, "PhD thesis")],
)
@pytest.mark.parametrize("genre", ["phdthesis", "PhD thesis"])
def test_a_thesis_has_the_manual_s_word(style: str, word: str, genre: str) -> None:
    item = work("t", person("Ash"), type="thesis", genre=genre, publisher="Leeds")
    assert word in listed(style, item)
    assert "Licentiate thesis" in listed(style, {**item, "genre": "Licentiate thesis"})


def test_a_note_begins_with_a_capital() -> None:
    items = [work("w", person("Ash"))]
    shown = cited("chicago-notes", items, [{"id": "w", "prefix": "see "}, {"id": "w", "prefix": "but see "}])
    assert shown[0].startswith("See A. Ash")
    assert "; but see" in shown[0]
    assert cited("chicago-notes", items, [{"id": "w", "prefix": "eBay in "}])[0].startswith("eBay in ")


HARVARD_13 = "harvard-cite-them-right-13-corrected"


def differing(first: str, second: str) -> list[str]:
    """The lines in which two styles differ, without their heads."""
    texts = [
        (Path(__file__).parents[2] / "styles" / "citations" / f"{name}.csl").read_text(encoding="utf-8")
        for name in (first, second)
    ]
    bodies = [text[text.index("<locale") :].splitlines() for text in texts]
    return [
        line for line in difflib.unified_diff(*bodies, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))
    ]


def test_the_editions_of_cite_them_right_differ_in_three_places_only() -> None:
    found = [line for line in differing(HARVARD, HARVARD_13) if line.startswith("+")]
    assert [line[1:].strip() for line in found] == [
        '<names variable="container-author" suffix=",">',
        '<names variable="editor" suffix=",">',
        '<text prefix="article " variable="number"/>',
        '<text variable="publisher"/>',
    ]


CHAPTER = {"id": "c", "type": "chapter", "title": "Soap", "container-title": "Wards", "author": [person("Ash")]}


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (HARVARD, "(2019) ‘Soap’, in B. Bell (ed.) <i>Wards</i>. Leeds: Lantern, pp. 3–4."),
        (HARVARD_13, "(2019) ‘Soap’, in B. Bell (ed.), <i>Wards</i>. Lantern, pp. 3–4."),
    ],
)
def test_the_13th_edition_has_no_place(style: str, printed: str) -> None:
    book = {"editor": [person("Bell", "B.")], "publisher": "Lantern", "publisher-place": "Leeds", "page": "3-4"}
    assert listed(style, {**CHAPTER, **book, "issued": issued(2019)}).endswith(printed)


@pytest.mark.parametrize(
    ("style", "years"),
    [(CHICAGO, "1951–63"), (MLA, "1951–63"), (APA, "1951–1963"), (HARVARD, "1951–1963")],
)
def test_the_end_of_a_range_of_years(style: str, years: str) -> None:
    volumes = {**work("v", person("Ash")), "issued": {"date-parts": [[1951], [1963]]}}
    assert years in listed(style, volumes)
    other = {**volumes, "issued": {"date-parts": [[1898], [1903]]}}
    assert "1898–1903" in listed(style, other)
    assert "1900–1909" in listed(style, {**volumes, "issued": {"date-parts": [[1900], [1909]]}})


def test_a_guessed_author_is_in_brackets_in_short_too() -> None:
    guessed = work("g", person("[Horsley", "Samuel]"))
    assert cited(CHICAGO, [guessed], ["g"]) == ["([Horsley] 2019)"]
    assert listed(CHICAGO, guessed).startswith("[Horsley, Samuel]. 2019.")


def test_a_british_act_has_its_year_in_its_title() -> None:
    act = {"id": "l", "type": "legislation", "title": "Care Act", "chapter-number": "23", "issued": issued(2014)}
    assert listed(HARVARD, act) == "<i>Care Act 2014, c. 23</i>."
    assert cited(HARVARD, [act], ["l"]) == ["(Care Act 2014)"]
    assert listed(HARVARD, {**act, "title": "Care Act 2014"}) == "<i>Care Act 2014, c. 23</i>."


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (MLA, "“Soap.” <i>Wards</i>, edited by B. Bell, 2019."),
        (HARVARD, "‘Soap’ (2019) in B. Bell (ed.) <i>Wards</i>."),
    ],
)
def test_the_editors_of_a_book_are_not_the_authors_of_its_parts(style: str, printed: str) -> None:
    part = {name: value for name, value in CHAPTER.items() if name != "author"}
    assert listed(style, {**part, "editor": [person("Bell", "B.")], "issued": issued(2019)}) == printed


def test_a_recording_is_dated_by_its_first_release() -> None:
    film = {"id": "f", "type": "motion_picture", "title": "Wards", "director": [person("Ash", "Ann")], "medium": "DVD"}
    film |= {"original-date": issued(1982), "issued": issued(2006), "publisher": "Lantern"}
    assert listed(CHICAGO, film) == "Ash, Ann, dir. 1982. <i>Wards</i>. Lantern, 2006. DVD."
    assert cited(CHICAGO, [film], ["f"]) == ["(Ash 1982)"]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Soc. and hist. of Latin Amer. lit.", "Soc. and Hist. of Latin Amer. Lit."),
        ("Dept. of health", "Dept. of Health"),
    ],
)
def test_a_title_goes_on_behind_an_abbreviation(title: str, printed: str) -> None:
    assert printed in listed(CHICAGO, work("a", person("Ash"), title=title))


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        (
            {"type": "motion_picture", "title": "Wards", "director": [person("Bell")], "publisher": "Lantern Films"},
            "<i>Wards</i> (2019) Directed by A. Bell. [Feature film]. Lantern Films.",
        ),
        (
            {"type": "broadcast", "title": "Soap", "container-title": "Wards", "volume": "2", "number": "3"}
            | {"publisher": "BBC One", "issued": issued(2019, 1, 1)},
            "‘Soap’ (2019) <i>Wards</i>, Series 2, episode 3. BBC One, 1 January.",
        ),
        (
            {"type": "post", "title": "Soap works", "author": [person("Bell")], "container-title": "X"}
            | {"issued": issued(2019, 1, 13), "URL": "https://x.com/b/1", "accessed": issued(2020, 2, 1)},
            "Bell, A. (2019) ‘Soap works’ [X]. 13 January. Available at: https://x.com/b/1 (Accessed: 1 February 2020).",
        ),
        (
            {"type": "standard", "title": "soap", "number": "BS 1:2019", "author": [{"literal": "BSI"}]},
            "BSI (2019) <i>BS 1:2019: soap</i>.",
        ),
        (
            {"type": "patent", "title": "Soap", "number": "GB2463069", "authority": "UK", "author": [person("Bell")]},
            "Bell, A. (2019) <i>Soap</i>. UK Patent no. GB2463069.",
        ),
        (
            {"type": "personal_communication", "genre": "Email", "author": [person("Bell")]}
            | {"recipient": [person("Ash", "Ann")], "issued": issued(2019, 8, 13)},
            "Bell, A. (2019) Email to Ann Ash, 13 August.",
        ),
        (
            {"type": "graphic", "title": "Wards", "medium": "oil on canvas", "author": [person("Bell")]}
            | {"archive": "City Museum", "archive-place": "Leeds"},
            "Bell, A. (2019) <i>Wards</i> [Oil on canvas]. City Museum, Leeds.",
        ),
        (
            {"type": "software", "title": "Wards", "version": "2.4", "author": [{"literal": "Lantern"}]},
            "Lantern (2019) <i>Wards</i> (Version 2.4) [Computer program].",
        ),
        (
            {"type": "paper-conference", "title": "Soap", "container-title": "Ward days", "author": [person("Bell")]}
            | {"event-place": "Leeds", "event-date": issued(2019, 12, 18), "publisher": "Lantern", "page": "40-49"},
            "Bell, A. (2019) ‘Soap’, <i>Ward days</i>. Leeds, 18 December. Lantern, pp. 40–49.",
        ),
        (
            {
                "type": "map",
                "title": "Leeds",
                "number": "Sheet 104",
                "scale": "1:50,000",
                "author": [{"literal": "OS"}],
            },
            "OS (2019) <i>Leeds</i>, Sheet 104, 1:50,000.",
        ),
    ],
)
def test_kinds_of_work_in_cite_them_right(item: dict[str, Any], printed: str) -> None:
    assert listed(HARVARD, {"id": "k", "issued": issued(2019), **item}, "en-GB") == printed


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (APA, "<i>BMJ</i>, <i>371</i>, Article m4567."),
        (MLA, "<i>BMJ</i>, vol. 371, 2019, m4567."),
        (HARVARD, "<i>BMJ</i>, 371, m4567."),
        (HARVARD_13, "<i>BMJ</i>, 371, article m4567."),
    ],
)
def test_one_page_with_letters_is_the_number_of_an_article(style: str, printed: str) -> None:
    item = {**ARTICLE, "title": "Soap", "container-title": "BMJ", "volume": "371", "author": [person("Ash")]}
    assert listed(style, {**item, "page": "m4567"}).endswith(printed)
    assert listed(style, {**item, "page": "100452"}).endswith(printed.replace("m4567", "100452"))
    assert "S123" in listed(style, {**item, "page": "S123"})
    assert "article" not in listed(style, {**item, "page": "S123"}).lower()


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (APA, "(2019). Soap. In <i>Ward days</i> (pp. 3–4). Lantern."),
        (MLA, "“Soap.” <i>Ward Days</i>, Lantern, 2019, pp. 3–4."),
        (CHICAGO, "2019. “Soap.” In <i>Ward Days</i>. Lantern."),
    ],
)
def test_proceedings_with_a_publisher_are_a_book(style: str, printed: str) -> None:
    paper = {
        "id": "p",
        "type": "paper-conference",
        "title": "Soap",
        "container-title": "Ward days",
        "publisher": "Lantern",
    }
    paper |= {"page": "3-4", "issued": issued(2019, 4), "author": [person("Ash")]}
    paper |= {"event-title": "Days of the ward", "event-place": "Leeds"}
    assert listed(style, paper).endswith(printed)


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Soap: a review", "Soap: A review"),
        ("Soap: “wards” and hands", "Soap: “Wards” and hands"),
        ("Soap: mRNA in wards", "Soap: mRNA in wards"),
        ("Soap: Ann’s guide", "Soap: Ann’s guide"),
    ],
)
def test_a_subtitle_begins_large_in_apa(title: str, printed: str) -> None:
    assert f"<i>{printed}</i>" in listed(APA, work("a", person("Ash"), title=title))
    assert "Seife: ein Buch" in listed(APA, work("a", person("Ash"), title="Seife: ein Buch", language="de"))


def test_a_username_may_be_all_the_given_name() -> None:
    post = {"id": "t", "type": "post", "title": "Soap", "author": [person("NHS England", "[@NHSEngland]")]}
    post |= {"issued": issued(2022, 9, 14), "genre": "Tweet"}
    assert listed(APA, post).startswith("NHS England [@NHSEngland]. (2022, September 14).")
    assert cited(APA, [post], ["t"]) == ["(NHS England, 2022)"]


def test_a_medium_that_repeats_the_genre_is_printed_once() -> None:
    film = {"id": "f", "type": "motion_picture", "title": "Soap", "genre": "Video", "medium": "video"}
    assert listed(APA, {**film, "author": [person("Ash")], "issued": issued(2020)}).count("ideo") == 1


@pytest.mark.parametrize("language", ["English", "eng", "EN"])
def test_a_language_may_have_its_name(language: str) -> None:
    assert "Hands and Soap" in listed(MLA, work("a", person("Ash"), title="Hands and soap", language=language))


def test_an_address_in_a_title_keeps_its_letters() -> None:
    assert "Pages of https://soap.example.org/a Compared" in listed(
        MLA, work("a", person("Ash"), title="Pages of https://soap.example.org/a compared")
    )


def test_the_university_of_a_thesis_comes_before_its_archive_in_mla() -> None:
    thesis = work("t", person("Ash", "Ann"), type="thesis", genre="PhD thesis", publisher="Leeds", archive="ProQuest")
    assert listed(MLA, {**thesis, "number": "123", "URL": "https://example.org/1"}) == (
        "Ash, Ann. <i>Wards</i>. 2019. Leeds, PhD dissertation. <i>ProQuest</i>, example.org/1."
    )


def test_seasons_and_episodes_in_mla_and_chicago() -> None:
    show = {"id": "s", "type": "broadcast", "title": "Soap", "container-title": "Wards", "volume": "3", "number": "5"}
    show |= {"genre": "TV series episode", "publisher": "BBC", "issued": issued(2018, 2, 11)}
    assert "season 3, episode 5" in listed(MLA, show)
    assert "Season 3, episode 5" in listed(CHICAGO, show)


def test_a_talk_has_its_day_in_mla() -> None:
    talk = {"id": "t", "type": "speech", "title": "Soap", "author": [person("Ash", "Ann")], "event-title": "Ward Days"}
    talk |= {"genre": "Lecture", "event-place": "Leeds", "issued": issued(2023, 5, 15)}
    assert listed(MLA, talk) == "Ash, Ann. “Soap.” Ward Days, 15 May 2023, Leeds. Lecture."


def test_a_patent_names_its_office_in_mla() -> None:
    patent = {"id": "p", "type": "patent", "title": "Soap", "number": "GB1234567", "authority": "UK Patent Office"}
    patent |= {"author": [person("Ash", "Ann")], "issued": issued(2021, 4, 7)}
    assert listed(MLA, patent) == "Ash, Ann. <i>Soap</i>. UK Patent Office, patent no. GB1234567, 7 Apr. 2021."


@pytest.mark.parametrize("field", ["number", "archive_location"])
def test_the_number_of_a_published_thesis(field: str) -> None:
    thesis = work("t", person("Ash"), type="thesis", genre="PhD thesis", publisher="Leeds", archive="ProQuest")
    assert listed(APA, {**thesis, field: "28412345"}) == (
        "Ash, A. (2019). <i>Wards</i> (Publication No. 28412345) [Doctoral dissertation, Leeds]. ProQuest."
    )


def test_mla_prints_addresses_without_their_scheme_and_links_to_them_whole() -> None:
    page = work("x", type="webpage", URL="https://example.org/1") | {"container-title": "Ward"}
    assert listed(MLA, page) == "“Wards.” <i>Ward</i>, 2019, example.org/1."
    linked = CitationProcessor(MLA, [page], "en-US", links=True, caches=CACHES).process([], nocite=["x"])
    assert '<a href="https://example.org/1">example.org/1</a>' in linked.bibliography[0].html
    assert "https://doi.org/10.1/2" in listed(MLA, {**page, "URL": "https://doi.org/10.1/2"})
    assert "https://example.org/1" in listed(APA, page)


def test_mla_says_who_uploaded_a_video() -> None:
    video = work("v", person("Ash", "Ann"), type="motion_picture", URL="https://www.youtube.com/watch?v=b")
    video |= {"container-title": "YouTube", "publisher": "Big Ward", "issued": {"date-parts": [[2012, 7, 3]]}}
    shown = "Ash, Ann. “Wards.” <i>YouTube</i>, uploaded by Big Ward, 3 July 2012, www.youtube.com/watch?v=b."
    assert listed(MLA, video) == shown


@pytest.mark.parametrize(("lang", "years"), [("en-US", "2022–present"), ("de-DE", "2022–")])
def test_a_series_that_goes_on_is_dated_to_the_present_in_apa(lang: str, years: str) -> None:
    series = work("s", person("Ash"), issued={"date-parts": [[2022], [0]]})
    assert f"({years})" in listed(APA, series, lang)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Clean hands: The case of wards", "Clean hands: the case of wards"),
        ("Clean hands: Understanding how wards work", "Clean hands: understanding how wards work"),
        ("Clean hands: London in the nineties", "Clean hands: London in the nineties"),
        ("Clean Hands: The Case of Wards", "Clean Hands: The Case of Wards"),
    ],
)
def test_a_subtitle_begins_small_in_cite_them_right(title: str, shown: str) -> None:
    assert f"<i>{shown}</i>" in listed(HARVARD, work("x", person("Ash"), title=title), "en-GB")


def test_a_number_that_names_a_guideline_needs_no_other_word() -> None:
    guideline = work("x", type="report", author=[{"literal": "NICE"}], number="NG189")
    assert listed(HARVARD, guideline, "en-GB") == "NICE (2019) <i>Wards</i>. NG189."
    assert "No. 189." in listed(HARVARD, {**guideline, "number": "189"}, "en-GB")


def test_an_application_for_a_patent_is_printed_in_its_own_words_in_chicago() -> None:
    patent = work("p", person("Ash", "Ann"), type="patent", number="Australian application number 2016")
    assert "Wards. Australian application number 2016, issued 2019." in listed(CHICAGO, patent)
    assert "Australian Application 2016" not in listed(CHICAGO, patent)


MEETING = {"event-title": "the Ward Meeting", "event-place": "Leeds", "issued": {"date-parts": [[2003, 11, 20]]}}
HELD = {**MEETING, "event-date": {"date-parts": [[2003, 5, 6], [2003, 5, 9]]}, "issued": {"date-parts": [[2003]]}}


@pytest.mark.parametrize(
    ("style", "fields", "shown"),
    [
        (CHICAGO, MEETING, "Ash, Ann. 2003. “Wards.” Paper presented at the Ward Meeting, Leeds, November 20."),
        (NOTES, MEETING, "Ash, Ann. “Wards.” Paper presented at the Ward Meeting, Leeds, November 20, 2003."),
        (NOTES, HELD, "Ash, Ann. “Wards.” Paper presented at the Ward Meeting, Leeds, May 6–9, 2003."),
        (CHICAGO, HELD, "Ash, Ann. 2003. “Wards.” Paper presented at the Ward Meeting, Leeds, May 6–9, 2003."),
    ],
)
def test_a_talk_has_the_place_of_its_meeting_before_the_day(style: str, fields: dict[str, Any], shown: str) -> None:
    talk = work("c", person("Ash", "Ann"), type="paper-conference", URL="https://example.org", **fields)
    assert listed(style, talk) == f"{shown} https://example.org."


def test_the_number_of_an_interview_is_printed_once() -> None:
    talk = work("i", person("Ash", "Ann"), type="interview", number="67A", archive="NLM", archive_collection="Wards")
    talk |= {"interviewer": [person("Box", "Bo")], "issued": {"date-parts": [[1974, 11, 20]]}}
    assert listed(CHICAGO, talk).count("67A") == 1


def test_a_day_without_its_year_has_no_comma_behind_it() -> None:
    programme = work("b", type="broadcast", publisher="Channel 4", issued={"date-parts": [[2017, 10, 18]]})
    assert "Aired October 18 on Channel 4." in listed(CHICAGO, programme | {"container-title": "Designs"})


def test_only_what_is_somewhere_was_accessed_in_mla() -> None:
    leaflet = {"id": "x", "type": "pamphlet", "title": "Wards", "genre": "leaflet", "accessed": issued(2026, 1, 2)}
    assert listed(MLA, leaflet) == "<i>Wards</i>. Leaflet."
    assert "Accessed 2 Jan. 2026" in listed(MLA, {**leaflet, "URL": "https://example.org"})


def test_apa_does_not_name_the_databases_of_research() -> None:
    article = work("x", person("Ash"), type="article-journal", archive="EBSCOhost") | {"container-title": "Ward"}
    assert "EBSCO" not in listed(APA, article)
    assert "<i>EBSCOhost</i>" in listed(MLA, article)
    assert "ERIC" in listed(APA, {**article, "archive": "ERIC"})
    assert "ProQuest" in listed(APA, {**article, "type": "thesis", "archive": "ProQuest", "publisher": "Leeds"})


@pytest.mark.parametrize(
    ("fields", "style", "shown"),
    [
        ({"type": "software", "version": "Mar 14 version"}, APA, "<i>Wards</i> (Mar 14 version) [Computer software]."),
        ({"type": "software", "version": "v2.1"}, APA, "<i>Wards</i> (Version 2.1) [Computer software]."),
        (
            {"type": "paper-conference", "container-title": "Ward days", "volume": "3", "issue": "2", "page": "3-4"},
            HARVARD,
            "‘Wards’, <i>Ward days</i>, 3(2), pp. 3–4.",
        ),
        (
            {"type": "legal_case", "container-title": "U.S. Reports", "authority": "Supreme Court", "volume": "347"}
            | {"page": "483", "title": "Brown v. Board"},
            APA,
            "Brown v. Board, 347 U.S. 483 (2019).",
        ),
        (
            {"type": "patent", "number": "9,367,592", "authority": "U.S. Patent and Trademark Office"},
            APA,
            "<i>Wards</i> (U.S. Patent No. 9,367,592). U.S. Patent and Trademark Office.",
        ),
        ({"type": "song", "container-title": "Sheets"}, APA, "Wards [Song]. On <i>Sheets</i>."),
        (
            {"type": "legislation", "author": [], "title": "Regulation (EU) 2016/679", "number": "2016/679"},
            APA,
            "Regulation (EU) 2016/679 (2019).",
        ),
        ({"type": "legislation", "number": "Pub. L. No. 111-2", "container-title": "Stat."}, APA, "Pub. L. No. 111-2,"),
        ({"title": "U.S. and world clocks"}, MLA, "<i>U.S. and World Clocks</i>."),
        ({"publisher": "Rivington", "publisher-place": "London", "issued": issued(1796)}, MLA, "London, 1796."),
        ({"publisher": "Rivington", "publisher-place": "London", "issued": issued(1796)}, APA, "Rivington."),
    ],
)
def test_what_libraries_hold_in_other_ways(fields: dict[str, Any], style: str, shown: str) -> None:
    assert shown in listed(style, work("x", person("Ash"), **fields))


def test_an_episode_has_its_season_in_a_note() -> None:
    show = {"title": "Soap", "container-title": "Wards", "volume": "3", "number": "7", "genre": "TV series episode"}
    assert "Wards, season 3, episode 7, “Soap,”" in cited(NOTES, [work("x", type="broadcast", **show)], ["x"])[0]


def test_a_kind_of_work_begins_small_in_the_midst_of_a_note() -> None:
    for genre, shown in (("Leaflet", "leaflet"), ("PhD thesis", "PhD thesis"), ("Facebook post", "Facebook post")):
        assert f"Wards, {shown}" in cited(NOTES, [work("x", person("Ash"), type="pamphlet", genre=genre)], ["x"])[0]


def test_the_title_of_a_work_just_cited_is_left_out_in_chicago_s_notes() -> None:
    items = [work("a", person("Ash", "Ann"), publisher="Lantern"), work("b", person("Bell", "Bo"), title="Soap")]
    cites = [
        [{"id": key, "locator": page} if page else key] for key, page in (("a", "3"), ("a", "5"), ("a", ""), ("b", "1"))
    ]
    made = [
        {"citationItems": [{"id": c} if isinstance(c, str) else c for c in cs], "properties": {"noteIndex": n}}
        for n, cs in enumerate(cites, 1)
    ]
    shown = CitationProcessor(NOTES, items, "en-US", caches=CACHES).process(made).texts
    assert shown[1:3] == ("Ash, 5.", "Ash, Wards.")
