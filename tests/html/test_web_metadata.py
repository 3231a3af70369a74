"""Metadata of the web page: its tags, COinS and JSON-LD give the item that the files beside the page give."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from documents import citations, document, on_web, parsed, printed
from msgspec.structs import replace

from leaflet.html.coins import context_object
from leaflet.html.formatted_citation import with_breaks_in_links
from leaflet.html.page_parts import online_address
from leaflet.html.url_breaks import with_breaks
from leaflet.model.citation import Citations, OwnCitation, Reference
from leaflet.model.document import Document
from leaflet.model.metadata import CiteBox, Metadata, PartialDate, Person

ARTICLE = {
    "id": "reed2024",
    "type": "article-journal",
    "title": 'Feet of <i>Homo sapiens</i> in <span class="nocase">London</span>',
    "container-title": "Walking & Health",
    "author": [{"family": "Reed", "given": "Ann", "non-dropping-particle": "van"}, {"literal": "Foot Group"}],
    "issued": {"date-parts": [[2024, 3]]},
    "volume": "12",
    "issue": "2",
    "page": "3-14",
    "DOI": "10.1000/feet",
}


def leaflet(**given: Any) -> Document:
    known = {
        "subtitle": "a guide",
        "publisher": "Rivermouth Clinic",
        "authors": (Person(given="Ana", family="Cruz", particle="de la", suffix="Jr.", orcid="0000-0002-1825-0097"),),
        "reviewers": (Person(literal="Foot Group"),),
        "date_modified": PartialDate(year=2026, month=6),
        "last_reviewed": PartialDate(year=2026, month=7),
        "doi": "10.1000/walking",
        "keywords": ("walking", "feet"),
        "abstract": "How to\nwalk.",
    }
    return document(**{**known, **given})


def with_items(*items: dict[str, Any]) -> Citations:
    return replace(citations(), items=tuple(Reference(id=item["id"], item=item) for item in items))


def tags(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in parsed(page).xpath("//meta[@name]"):
        found.setdefault(tag.get("name"), []).append(tag.get("content"))
    return found


def data(page: str) -> dict[str, Any]:
    return dict(json.loads(parsed(page).xpath("//script[@type='application/ld+json']")[0].text))


def test_the_tags_tell_the_whole_item() -> None:
    found = tags(on_web(leaflet()))
    assert found["citation_title"] == found["DC.title"] == ["Walking well: a guide"]
    assert found["citation_author"] == found["DC.creator"] == ["de la Cruz, Ana Jr."]
    assert found["citation_author_orcid"] == ["https://orcid.org/0000-0002-1825-0097"]
    assert found["citation_publication_date"] == ["2026/06"]
    assert found["DC.date"] == found["DCTERMS.modified"] == ["2026-06"]
    assert found["DCTERMS.issued"] == ["2026-05-12"]
    assert found["citation_publisher"] == ["Rivermouth Clinic"]
    assert found["citation_doi"] == ["10.1000/walking"]
    assert found["DC.identifier"] == ["https://example.org/walking", "doi:10.1000/walking"]
    assert found["citation_keywords"] == ["walking; feet"]
    assert found["DC.subject"] == ["walking", "feet"]
    assert found["DC.contributor"] == ["Foot Group"]
    assert found["citation_abstract"] == found["DC.description"] == ["How to walk."]


@pytest.mark.parametrize(
    ("kind", "tag", "imported"),
    [
        ("pamphlet", None, "document"),
        ("webpage", None, "webpage"),
        ("article-journal", "citation_journal_title", "journalArticle"),
        ("chapter", "citation_book_title", "bookSection"),
        ("report", None, "report"),
    ],
)
def test_a_container_is_named_only_where_it_tells_the_right_type(kind: str, tag: str | None, imported: str) -> None:
    found = tags(on_web(leaflet(container_title="Walking Papers", cite=CiteBox(type=kind))))
    shown = {name for name, contents in found.items() if name.startswith("citation") and "Walking Papers" in contents}
    assert shown == ({tag} if tag else set())
    assert found["DC.type"] == [imported]
    assert ("citation_technical_report_institution" in found) == (kind == "report")


def test_coins_begin_with_the_leaflet_and_go_on_with_its_sources() -> None:
    titles = parsed(on_web(leaflet(), with_items(ARTICLE))).xpath("//div[@hidden]/span[@class='Z3988']/@title")
    own, source = (parse_qs(title, strict_parsing=True) for title in titles)
    assert own["rft.title"] == ["Walking well: a guide"]
    assert own["rft.type"] == ["document"]
    assert own["rft_id"] == ["https://example.org/walking", "info:doi/10.1000/walking"]
    assert own["rft.au"] == ["de la Cruz, Ana Jr."]
    assert own["rft.subject"] == ["walking", "feet"]
    assert source["rft.atitle"] == ["Feet of Homo sapiens in London"]
    assert source["rft.jtitle"] == ["Walking & Health"]
    assert source["rft.au"] == ["van Reed, Ann"]
    assert source["rft.aucorp"] == ["Foot Group"]
    assert source["rft.date"] == ["2024-03"]
    assert source["rft.pages"] == ["3-14"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"type": "book", "title": "On feet", "edition": 2}, {"rft.genre": ["book"], "rft.btitle": ["On feet"]}),
        (
            {"type": "chapter", "title": "Toes", "container-title": "On feet"},
            {"rft.genre": ["bookitem"], "rft.atitle": ["Toes"], "rft.btitle": ["On feet"]},
        ),
        ({"type": "thesis", "title": "Heels", "publisher": "Uni"}, {"rft.title": ["Heels"], "rft.inst": ["Uni"]}),
        ({"type": "patent", "title": "Sole", "number": "GB1"}, {"rft.number": ["GB1"]}),
        ({"type": "map", "title": "Paths"}, {"rft.type": ["map"], "rft.title": ["Paths"]}),
        ({"type": "webpage", "title": "x", "URL": "javascript:alert(1)"}, {"rft.title": ["x"]}),
    ],
)
def test_every_kind_of_source_has_its_own_keys(item: dict[str, Any], expected: dict[str, list[str]]) -> None:
    found = parse_qs(context_object(item), strict_parsing=True)
    assert {key: found[key] for key in expected} == expected
    assert "rft_id" not in found


def test_json_ld_tells_the_review_and_the_sources() -> None:
    found = data(on_web(leaflet(), with_items(ARTICLE)))
    assert found["@type"] == ["Article", "WebPage"]
    assert found["lastReviewed"] == "2026-07"
    assert found["reviewedBy"] == [{"@type": "Organization", "name": "Foot Group"}]
    assert (found["datePublished"], found["dateModified"]) == ("2026-05-12", "2026-06")
    (source,) = found["citation"]
    assert source["name"] == "Feet of Homo sapiens in London"
    assert source["isPartOf"] == {"@type": "Periodical", "name": "Walking & Health"}
    assert source["identifier"] == "https://doi.org/10.1000/feet"


def test_only_words_about_health_make_a_medical_page() -> None:
    assert data(on_web(leaflet(keywords=("Disease-modifying drugs",))))["@type"] == "MedicalWebPage"
    assert data(on_web(leaflet(reviewers=(), last_reviewed=None)))["@type"] == "Article"


def test_the_code_opens_the_address_that_styles_cite() -> None:
    both = Metadata(title="x", url="https://example.org/x", doi="10.1000/x")
    assert online_address(both) == "https://doi.org/10.1000/x"
    assert online_address(replace(both, doi="")) == "https://example.org/x"


def test_the_policy_allows_the_pages_own_script_and_nothing_else() -> None:
    page = parsed(on_web(leaflet()))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    script = page.xpath("//script[not(@type)]")[0].text
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")


def test_copy_buttons_wait_for_the_script_and_say_what_they_copy() -> None:
    page = parsed(on_web(leaflet()))
    (button,) = page.xpath("//section[@id='cite']//button[@type='button'][@hidden]")
    assert button.text_content() == "Copy APA"
    assert page.xpath(f"//*[@id='{button.get('data-line')}']")[0].text_content().startswith("Cole")
    assert page.xpath("//*[@id='copied'][@role='status']")


def test_a_page_without_a_box_has_no_script() -> None:
    page = parsed(on_web(leaflet(cite=CiteBox(show=False))))
    assert not page.xpath("//script[not(@type)] | //button")


def test_long_addresses_may_be_divided_where_manuals_allow_it() -> None:
    assert with_breaks("https://a-long-name.org/x?y=one") == "https://<wbr>a-long-name.org/<wbr>x<wbr>?y=one"
    assert with_breaks("https://doi.org/10.1212/WNL.43.4.655") == "https://doi.org/<wbr>10.1212/<wbr>WNL.43.4.655"
    assert with_breaks("https://example.org/rhl-014") == "https://<wbr>example.org/<wbr>rhl-014"
    assert with_breaks("www.a-very-long-name.org/x").count("<wbr>") == 5
    assert with_breaks("nurse.team@example.org") == "nurse<wbr>.team@example.org"
    assert with_breaks("x" * 40) == "<wbr>".join(("x" * 18, "x" * 18, "xxxx"))
    link = '<a href="https://a.org/b&amp;c">https://a.org/why-it&amp;helps</a>'
    assert with_breaks_in_links(f"See {link}.") == (
        'See <a href="https://a.org/b&amp;c">https://a.org/<wbr>why<wbr>-it<wbr>&amp;helps</a>.'
    )
    assert with_breaks_in_links('<a href="#x">either/or</a>') == '<a href="#x">either/or</a>'


@pytest.mark.parametrize(
    ("label", "shape"), [("Harvard", ""), ("Vancouver", "wide"), ("AMA Manual of Style", "stacked")]
)
def test_long_names_of_styles_have_room_in_the_box(label: str, shape: str) -> None:
    answers = replace(citations(), own=(OwnCitation(label=label, style="x", html="Cole.", text="Cole."),))
    for page in (printed(document(), answers), on_web(document(), answers)):
        assert parsed(page).xpath("//section[@id='cite']/dl")[0].get("class", "") == shape


def test_the_box_may_divide_its_addresses_on_paper_and_on_the_web() -> None:
    html = 'Cole. <a href="https://doi.org/10.1000/washing">https://doi.org/10.1000/washing</a>'
    answers = replace(citations(), own=(OwnCitation(label="APA", style="apa", html=html, text="Cole."),))
    for page in (printed(document(), answers), on_web(document(), answers)):
        assert ">https://doi.org/<wbr>10.1000/<wbr>washing</a>" in page
