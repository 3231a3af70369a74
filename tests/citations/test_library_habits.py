"""Works as libraries and their programs hold them, printed as the manuals have them."""

from __future__ import annotations

import pytest
from manual_works import APA, CHICAGO, HARVARD, MLA, cited, listed, person, work

EDITIONS = {
    "2nd edition": ("2nd ed.", "2nd edn"),
    "Second": ("2nd ed.", "2nd edn"),
    "3. Aufl.": ("3rd ed.", "3rd edn"),
    "Revised edition": ("Rev. ed.", "Rev. edn"),
    "International ed.": ("International ed.", "International edn"),
    "First edition": ("", ""),
    "1994": ("1994", "1994"),
}


@pytest.mark.parametrize(("written", "shown"), EDITIONS.items())
def test_editions_are_printed_alike_however_a_library_writes_them(written: str, shown: tuple[str, str]) -> None:
    item = work("x", person("Ash"), edition=written, publisher="Soap Press")
    assert listed(
        APA, item
    ) == f"Ash, A. (2019). <i>Wards</i>{f' ({shown[0]})' if shown[0] else ''}. Soap Press.".replace(
        "(1994)", "(1994th ed.)"
    )
    assert (f". {shown[1]}. " in listed(HARVARD, item, "en-GB")) is (shown[1] not in ("", "1994"))


ACT = work("act", type="legislation", title="Care Act 2014", number="c. 23", year=2014) | {"author": []}
CASE = work("case", type="legal_case", title="Montgomery v Lanarkshire Health Board", year=2015) | {"author": []}


def test_british_acts_have_their_year_and_chapter_in_their_title() -> None:
    assert listed(APA, ACT) == "Care Act 2014, c. 23."
    assert cited(APA, [ACT], ["act"]) == ["(Care Act, 2014)"]
    assert listed(CHICAGO, ACT) == "Care Act 2014, c. 23."
    assert cited(CHICAGO, [ACT], ["act"]) == ["(Care Act 2014)"]
    assert listed(HARVARD, ACT, "en-GB") == "<i>Care Act 2014, c. 23</i>."
    assert cited(HARVARD, [ACT], ["act"], lang="en-GB") == ["(Care Act 2014)"]
    assert listed(MLA, ACT) == "Care Act 2014, c. 23."


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "[2015] UKSC 11"},
        {"number": "11", "authority": "UKSC"},
        {"title": "Montgomery v Lanarkshire Health Board [2015] UKSC 11"},
    ],
)
def test_british_cases_have_their_citation_behind_their_names(fields: dict[str, str]) -> None:
    case = CASE | fields
    assert listed(APA, case) == "Montgomery v Lanarkshire Health Board [2015] UKSC 11."
    assert listed(HARVARD, case, "en-GB") == "<i>Montgomery v Lanarkshire Health Board</i> [2015] UKSC 11."
    assert cited(APA, [case], ["case"]) == ["(Montgomery v Lanarkshire Health Board, 2015)"]


def test_british_reports_have_the_year_in_brackets_where_it_finds_the_volume() -> None:
    report = {"container-title": "AC", "page": "562", "title": "Donoghue v Stevenson"}
    assert listed(APA, CASE | report).startswith("Donoghue v Stevenson [2015] AC 562")
    assert listed(APA, CASE | report | {"volume": "3"}).startswith("Donoghue v Stevenson (2015) 3 AC 562")
    american = report | {"title": "Brown v. Board of Education", "container-title": "U.S.", "volume": "347"}
    assert listed(APA, CASE | american) == "Brown v. Board of Education, 347 U.S. 562 (2015)."


VIDEO = {
    "type": "motion_picture",
    "title": "How to wash your hands | NHS",
    "author": [{"literal": "NHS"}],
    "source": "YouTube",
    "issued": {"date-parts": [[2020, 3, 10]]},
    "URL": "https://www.youtube.com/watch?v=b",
}


@pytest.mark.parametrize("channel", ["author", "director"])
def test_a_video_has_its_platform_and_its_day(channel: str) -> None:
    video = {**VIDEO, "id": "v", channel: VIDEO["author"]}
    if channel == "director":
        del video["author"]
    end = "https://www.youtube.com/watch?v=b"
    assert listed(APA, video) == f"NHS. (2020, March 10). <i>How to wash your hands</i> [Video]. YouTube. {end}"
    assert (
        listed(MLA, video) == "NHS. “How to Wash Your Hands.” <i>YouTube</i>, 10 Mar. 2020, www.youtube.com/watch?v=b."
    )
    assert "September" not in listed(CHICAGO, video)
    assert "“How to Wash Your Hands.”" in listed(CHICAGO, video)
    assert "March 10." in listed(CHICAGO, video)


def test_a_podcast_has_a_host_and_is_one() -> None:
    podcast = work("p", person("Koenig", "Sarah"), type="song", title="The alibi", medium="Podcast", number="1")
    podcast |= {"container-title": "Serial"}
    assert (
        listed(APA, podcast)
        == "Koenig, S. (Host). (2019). The alibi (No. 1) [Audio podcast episode]. In <i>Serial</i>."
    )
    assert listed(MLA, podcast) == "“The Alibi.” <i>Serial</i>, hosted by Sarah Koenig, episode 1, 2019. Podcast."
    assert listed(HARVARD, podcast, "en-GB") == "Koenig, S. (2019) ‘The alibi’, <i>Serial</i>, episode 1 [Podcast]."


PATENT = work("pat", person("Bell"), type="patent", title="Folding", number="US Patent 4,586,960")


def test_a_patent_number_that_says_so_is_not_called_a_patent_twice() -> None:
    assert "US Patent 4,586,960" in listed(CHICAGO, PATENT)
    assert "Patent US" not in listed(CHICAGO, PATENT)


def test_a_blog_is_called_one_unless_its_name_says_so() -> None:
    blog = work("b", person("Ash"), type="post-weblog", title="Soap", **{"container-title": "Bad Science"})
    assert "(blog)" in listed(CHICAGO, blog)
    assert "(blog)" not in listed(CHICAGO, blog | {"container-title": "The Soap Blog"})


def test_a_short_title_is_made_where_a_work_has_none() -> None:
    one = work("one", person("Hall"), title="The art of folding: A history")
    other = work("other", person("Hall"), title="Paper")
    assert cited(MLA, [one, other], ["one"], ["other"]) == ["(Hall, Art of Folding)", "(Hall, Paper)"]
    assert cited(MLA, [one | {"title-short": "Folding"}, other], ["one"], ["other"])[0] == "(Hall, Folding)"


TIDIED = {
    "A study of soap: a randomised trial.": "A study of soap: A randomised trial",
    "Soap : a history": "Soap: A history",
    "HAND HYGIENE IN UK HOSPITALS: A REVIEW": "Hand hygiene in UK hospitals: A review",
    "Soap etc.": "Soap etc.",
}


@pytest.mark.parametrize(("title", "shown"), TIDIED.items())
def test_titles_are_printed_as_a_publisher_writes_them(title: str, shown: str) -> None:
    item = work("x", person("SMITH", "JOHN B."), type="article-journal", title=title, **{"container-title": "Ward"})
    assert listed(APA, item) == f"Smith, J. B. (2019). {shown}. <i>Ward</i>.".replace("etc..", "etc.")


def test_the_site_in_the_title_of_a_page_is_its_site() -> None:
    page = work("x", type="webpage", title="Fever in adults - NHS", URL="https://www.nhs.uk/fever") | {"author": []}
    assert listed(APA, page) == "<i>Fever in adults</i>. (2019). NHS. https://www.nhs.uk/fever"
    other = page | {"title": "Fever - an introduction"}
    assert listed(APA, other) == "<i>Fever - an introduction</i>. (2019). https://www.nhs.uk/fever"


def test_the_author_of_a_chapter_is_not_named_again_for_its_book() -> None:
    book = {"container-title": "Ward", "container-author": [person("Hall")], "publisher": "Vellum"}
    entry = listed(CHICAGO, work("x", person("Hall"), type="chapter", title="Soap", **book))
    assert " by " not in entry
    assert " by " in listed(CHICAGO, work("x", person("Moss"), type="chapter", title="Soap", **book))


@pytest.mark.parametrize("number", ["S02E07", "2x07", "Season 2, Episode 7", "s2 ep. 7"])
def test_an_episode_has_its_season(number: str) -> None:
    item = work("x", type="broadcast", title="Soap", **{"container-title": "Ward"}, number=number) | {"author": []}
    assert listed(APA, item) == "Soap (Season 2, Episode 7). (2019). [Broadcast]. In <i>Ward</i>."


def test_a_review_without_a_title_is_called_by_what_it_reviews() -> None:
    review = work("r", person("Smith", "James"), type="article-magazine", title="Review of Soap, by Cy Free and Al Ash")
    review["container-title"] = "Ward"
    assert listed(MLA, review) == "Smith, James. Review of <i>Soap</i>, by Cy Free and Al Ash. <i>Ward</i>, 2019."
    kept = {**review, "title": "Review of soap, by the ward"}
    assert "“Review of Soap, by the Ward.”" in listed(MLA, kept)


def test_a_newspaper_has_its_edition_in_small_letters_in_mla() -> None:
    article = work("n", type="article-newspaper", edition="late ed.", page="A1") | {"container-title": "Ward Times"}
    assert listed(MLA, article) == "“Wards.” <i>Ward Times</i>, late ed., 2019, p. A1."
