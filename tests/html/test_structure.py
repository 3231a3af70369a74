"""Content of the pages: panels, headings, lines of the source, notes and references in their places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from documents import at, citations, cited, document, glance, on_web, parsed, printed, section, text
from msgspec.structs import replace

from leaflet.errors import LayoutError
from leaflet.model.citation import FormattedCluster
from leaflet.model.document import Attributes, Footnote, Icon, Paragraph, ReferenceList
from leaflet.model.metadata import Person


def test_each_panel_holds_its_parts_in_reading_order() -> None:
    page = parsed(printed(document()))
    panels = page.xpath("//div[starts-with(@class, 'panel panel-')]/@class")
    assert panels == ["panel panel-cover", "panel panel-flap", "panel panel-inside", "panel panel-back"]
    assert page.xpath("//div[@class='panel panel-flap']//section[@id='at-a-glance']")
    assert page.xpath("//div[@class='panel panel-inside']//main//h2")[0].text == "Why walk"
    assert page.xpath("//div[@class='panel panel-back']//footer//p[@class='tel']/a/@href") == ["tel:01632960123"]


def test_a_pinned_section_goes_to_its_panel() -> None:
    pinned = section("Side effects", Paragraph(children=text("Few.")), panel="flap")
    page = parsed(printed(document(glance(), pinned, section("Why", Paragraph(children=text("So."))))))
    assert page.xpath("//div[@class='panel panel-flap']//section[@id='side-effects']")
    assert not page.xpath("//main//section[@id='side-effects']")


def test_a_section_pinned_to_no_panel_names_the_panels() -> None:
    pinned = section("Side effects", Paragraph(children=text("Few.")), line=31, panel="flop")
    with pytest.raises(LayoutError) as caught:
        printed(document(pinned))
    assert str(caught.value) == (
        'source/test.md:31:1: there is no panel called "flop" in this layout\n'
        "  hint: choose one of cover, flap, inside, back"
    )


@pytest.mark.parametrize("render", [printed, on_web])
def test_heading_levels_never_skip_and_there_is_one_title(render) -> None:  # type: ignore[no-untyped-def]
    deep = section("Three", section("Five", Paragraph(children=text("x")), level=5), level=3)
    levels = [
        int(tag.tag[1])
        for tag in parsed(render(document(glance(), deep))).xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_sections_carry_their_line_and_id() -> None:
    found = parsed(printed(document(section("Why walk", line=42)))).xpath("//section[@id='why-walk']")
    assert found[0].get("data-source") == "42:1"


def test_a_panel_with_nothing_to_say_offers_lines_to_write_on_where_they_are_wanted() -> None:
    told = section("Why walk", Paragraph(children=text("So.")))
    assert not parsed(printed(document(told))).xpath("//section[contains(@class, 'blank')]")
    page = parsed(printed(document(told, notes=True)))
    assert page.xpath("//div[contains(@class, 'panel-flap')]//section[contains(@class, 'blank')]/h2")[0].text == "Notes"


def test_a_leaflet_of_one_sentence_leaves_no_panel_empty() -> None:
    page = parsed(printed(document(section("Why walk", Paragraph(children=text("So."))))))
    inside = page.xpath("//div[@class='panel panel-inside']")[0]
    assert len(inside.xpath(".//div[@class='fresh']")) == 2


def test_nothing_is_shown_for_metadata_that_is_not_there() -> None:
    from leaflet.model.citation import Citations

    page = printed(document(authors=(), contact=None, url="", next_review=None, date=None), Citations())
    found = parsed(page)
    assert not found.xpath(
        "//section[contains(@class, 'author') or contains(@class, 'cite') or contains(@class, 'refs')]"
    )
    assert not found.xpath("//svg")
    assert not found.xpath("//footer")


def test_clusters_are_taken_in_the_order_of_the_source_wherever_they_are_set() -> None:
    first = section("First", Paragraph(children=(*text("One "), cited("a"))))
    second = section("Second", Paragraph(children=(*text("Two "), cited("b"))), panel="flap")
    answers = citations(FormattedCluster(html="(A, 2001)"), FormattedCluster(html="(B, 2002)"))
    page = parsed(printed(document(first, second), answers))
    assert "(A, 2001)" in page.xpath("//section[@id='first']")[0].text_content()
    assert "(B, 2002)" in page.xpath("//section[@id='second']")[0].text_content()


def test_notes_stand_at_the_foot_on_paper_and_at_the_end_with_links_on_a_screen() -> None:
    noted = section("First", Paragraph(children=(*text("One"), cited("cole2026"))))
    answers = citations(FormattedCluster(html="Cole, <i>On walking</i>, 3.", note=True))
    paper, screen = parsed(printed(document(noted), answers)), parsed(on_web(document(noted), answers))
    assert paper.xpath("//span[@class='footnote']")[0].text_content() == "Cole, On walking, 3."
    assert screen.xpath("//sup/a[@id='mark-1']/@href") == ["#note-1"]
    assert screen.xpath("//li[@id='note-1']/a/@href") == ["#mark-1"]


def test_a_citation_within_a_footnote_stays_in_it() -> None:
    note = Footnote(blocks=(Paragraph(children=(*text("See "), cited("cole2026", in_note=True))),), location=at(9))
    answers = citations(FormattedCluster(html="Cole 2026", note=True))
    page = parsed(printed(document(section("First", Paragraph(children=(*text("One"), note)))), answers))
    assert [found.text_content() for found in page.xpath("//span[@class='footnote']")] == ["See Cole 2026"]


CITE_LINK = '(<a class="cite-link" href="#ref-cole2026">Cole, 2026</a>)'


def test_a_citation_links_to_its_entry() -> None:
    where = section("First", Paragraph(children=(cited("cole2026"),)))
    page = parsed(on_web(document(where), citations(FormattedCluster(html=CITE_LINK))))
    (target,) = page.xpath("//a[@class='cite-link']/@href")
    assert page.xpath(f"//li[@id='{target[1:]}']")


def test_a_citation_does_not_lead_where_no_list_holds_its_entry() -> None:
    none = ReferenceList(heading=(), blocks=(), attributes=Attributes(pairs=(("type", "book"),)), location=at(20))
    where = section("First", Paragraph(children=(cited("cole2026"),)), none)
    page = parsed(on_web(document(where), citations(FormattedCluster(html=CITE_LINK))))
    assert not page.xpath("//a[@class='cite-link'] | //ol[contains(@class, 'references')]")
    assert "(Cole, 2026)" in page.xpath("//section[@id='first']")[0].text_content()


def test_an_entry_leads_back_to_each_place_that_cites_it() -> None:
    where = section("First", *(Paragraph(children=(cited("cole2026", line=line),)) for line in (12, 14)))
    answers = citations(FormattedCluster(html=CITE_LINK), FormattedCluster(html=CITE_LINK))
    page = parsed(on_web(document(where), answers))
    back = page.xpath("//li[@id='ref-cole2026']//a[@role='doc-backlink']")
    assert [link.get("href") for link in back] == ["#cited-1", "#cited-2"]
    assert [link.get("aria-label") for link in back] == ["Back to the text 1", "Back to the text 2"]
    assert all(page.xpath(f"//*[@id='{link.get('href')[1:]}']") for link in back)
    assert not parsed(printed(document(where), answers)).xpath("//a[@role='doc-backlink']")


def test_a_source_in_two_lists_is_led_to_in_the_first() -> None:
    lists = [
        ReferenceList(heading=(), blocks=(), attributes=Attributes(classes=("annotated",)), location=at(line))
        for line in (20, 25)
    ]
    answers = citations(FormattedCluster(html=CITE_LINK))
    (entry,) = answers.references
    answers = replace(answers, references=(replace(entry, annotation="Clear and <i>short</i>."),))
    where = section("First", Paragraph(children=(cited("cole2026"),)), *lists)
    page = parsed(on_web(document(where), answers))
    assert len(page.xpath("//ol[contains(@class, 'references')]/li")) == 2
    assert len(page.xpath("//*[@id='ref-cole2026']")) == 1
    assert [note.text_content() for note in page.xpath("//div[@class='annotation']")] == ["Clear and short."] * 2


def test_the_web_page_asks_nobody_for_anything() -> None:
    page = on_web(document())
    found = parsed(page)
    assert not found.xpath("//script[@src] | //link[@rel='stylesheet'] | //img[not(starts-with(@src, 'data:'))]")
    assert "@import" not in page
    assert all(part.startswith(('"data:', "data:")) for part in page.split("url(")[1:])


def test_an_icon_is_decoration_without_text() -> None:
    page = parsed(printed(document(section("First", Paragraph(children=(Icon(name="phone"), *text("Call us")))))))
    (icon,) = page.xpath("//span[@class='icon icon-phone']")
    assert icon.text_content() == ""


@pytest.mark.parametrize("style", ["clinic", "editorial", "clear"])
@pytest.mark.parametrize("layout", ["trifold-a4", "handout-a4"])
def test_no_style_clips_text(layout: str, style: str) -> None:
    page = printed(document(), layout=layout, style=style)
    assert "overflow:hidden" not in page.replace(" ", "")


def test_the_same_document_gives_the_same_page() -> None:
    assert printed(document()) == printed(document())
    assert on_web(document()) == on_web(document())


def test_authors_can_be_reached_and_the_isbn_is_printed() -> None:
    author = Person(given="Amara", family="Cole", email="amara@example.org", orcid="0000-0002-1825-0097")
    own = document(authors=(author,), isbn="978-3-16-148410-0", code="RHL-014")
    for page in (parsed(printed(own)), parsed(on_web(own))):
        (section_,) = page.xpath("//section[contains(@class, 'author')]")
        assert section_.xpath(".//a/@href") == ["mailto:amara@example.org", "https://orcid.org/0000-0002-1825-0097"]
        assert "RHL-014\u00a0· ISBN\u00a0978-3-16-148410-0" in page.text_content()
