"""The public door of the citation engine: what it prints, what it refuses, and that data stay data."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from leaflet.citations import CitationCaches, CitationProcessor, CiteData, ClusterData, list_styles, style_info
from leaflet.citations.output.html import write
from leaflet.errors import CitationError

REPOSITORY = Path(__file__).parents[2]
CACHES = CitationCaches()
LIBRARY = json.loads((Path(__file__).parent / "library.json").read_text(encoding="utf-8"))
ARTICLE: dict[str, Any] = {
    "id": "mandal",
    "type": "webpage",
    "title": "Multiple sclerosis and beta interferon",
    "author": [{"family": "Mandal", "given": "Ananya"}],
    "container-title": "News-Medical",
    "issued": {"date-parts": [[2019, 2, 27]]},
    "accessed": {"date-parts": [[2023, 12, 2]]},
}
URL = "https://www.example.org/ms"
OFFICIAL_LINES = {
    "apa": "Mandal, A. (2019, February 27). <i>Multiple sclerosis and beta interferon</i>. News-Medical. " + URL,
    "modern-language-association": "Mandal, Ananya. ‘Multiple Sclerosis and Beta Interferon’. <i>News-Medical</i>, "
    f"27 Feb. 2019, {URL}.",
    "chicago-author-date": "Mandal, Ananya. 2019. ‘Multiple Sclerosis and Beta Interferon’. News-Medical, "
    f"February 27. {URL}.",
    "harvard-cite-them-right": "Mandal, A. (2019) <i>Multiple sclerosis and beta interferon</i>, <i>News-Medical</i>. "
    f"Available at: {URL} (Accessed: 2 December 2023).",
}
HOUSE_LINES = {
    "news-medical-apa": "Mandal, Ananya. (2019, February 27). Multiple sclerosis and beta interferon. News-Medical. "
    "Retrieved on December 02, 2023 from",
    "news-medical-mla": 'Mandal, Ananya. "Multiple sclerosis and beta interferon". News-Medical. 02 December 2023. <>.',
    "news-medical-chicago": 'Mandal, Ananya. "Multiple sclerosis and beta interferon". News-Medical. '
    "(accessed December 02, 2023).",
    "news-medical-harvard": "Mandal, Ananya. 2019. Multiple sclerosis and beta interferon. News-Medical, "
    "viewed 02 December 2023,",
}


def style(layout: str, *, attributes: str = "", citation: str = "", extra: str = "") -> str:
    """A small style around a citation layout."""
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" {attributes}>'
        "<info><title>Test</title><id>test</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
        f"{extra}<citation {citation}>{layout}</citation></style>"
    )


def cite(*items: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"citationItems": list(items), "properties": properties}


def entry(name: str, item: dict[str, Any], **options: Any) -> Any:
    return CitationProcessor(name, [item], "en-GB", **options).process([], [item["id"]]).bibliography[0]


@pytest.mark.parametrize(("name", "line"), OFFICIAL_LINES.items())
def test_official_styles_print_the_known_lines(name: str, line: str) -> None:
    assert entry(name, {**ARTICLE, "URL": URL}).html == line


@pytest.mark.parametrize(("name", "line"), HOUSE_LINES.items())
def test_house_styles_print_the_lines_of_their_publisher(name: str, line: str) -> None:
    assert entry(name, ARTICLE).text == line


@pytest.mark.parametrize("name", HOUSE_LINES)
def test_house_styles_print_an_address_where_there_is_one(name: str) -> None:
    text = entry(name, {**ARTICLE, "URL": URL}).text
    assert URL in text
    assert "<>" not in text


@pytest.mark.parametrize(
    "file", sorted((REPOSITORY / "styles" / "citations").glob("*.csl")), ids=lambda file: file.stem
)
def test_house_styles_are_valid_csl(file: Path) -> None:
    from importlib.util import find_spec

    from lxml import etree

    package = Path(find_spec("citeproc").origin or "").parent  # type: ignore[union-attr]
    schema = etree.RelaxNG(etree.parse(package / "data" / "schema" / "schemas" / "styles" / "csl.rng"))
    assert schema.validate(etree.parse(file)), schema.error_log


def test_markup_in_data_prints_as_itself() -> None:
    hostile = {**ARTICLE, "title": '<script>alert(1)</script> "><img src=file:///etc/passwd> {{ 7*7 }} & <i>kept</i>'}
    html = entry("apa", hostile).html
    assert "<script" not in html
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert "&#60;script&#62;" in html
    assert "kept</span>" in html


def test_links_are_an_option_and_only_for_web_addresses() -> None:
    linked = entry("apa", {**ARTICLE, "URL": URL + '?a="b"&c=<d>'}, links=True).html
    assert '<a href="https://www.example.org/ms?a=&#34;b&#34;&#38;c=&#60;d&#62;">' in linked
    assert "<a " not in entry("apa", {**ARTICLE, "URL": "javascript:alert(1)"}, links=True).html
    assert "<a " not in entry("apa", {**ARTICLE, "URL": URL}).html


def test_doi_links_as_a_whole() -> None:
    html = entry("apa", {**ARTICLE, "DOI": "10.1234/x"}, links=True).html
    assert html.endswith('<a href="https://doi.org/10.1234/x">https://doi.org/10.1234/x</a>')


def test_modes_of_a_cite() -> None:
    processor = CitationProcessor("apa", [ARTICLE], "en-GB")
    key = {"id": "mandal", "locator": "4"}
    result = processor.process(
        [
            cite(key),
            cite({**key, "suppress-author": True}),
            cite({**key, "author-only": True}),
            cite(key, mode="composite"),
        ]
    )
    assert result.citations == ("(Mandal, 2019, p. 4)", "(2019, p. 4)", "Mandal", "Mandal (2019, p. 4)")


def test_uncited_references_enter_the_bibliography_and_year_suffixes() -> None:
    second = {**ARTICLE, "id": "second", "title": "Another page"}
    result = CitationProcessor("apa", [ARTICLE, second]).process([cite({"id": "mandal"})], nocite=["second"])
    assert result.citations == ("(Mandal, 2019b)",)
    assert [found.id for found in result.bibliography] == ["second", "mandal"]


def test_positions_follow_the_notes_and_can_be_forced() -> None:
    processor = CitationProcessor("chicago-notes-bibliography", [ARTICLE], "en-GB")
    assert processor.is_note_style
    first, again = processor.process(
        [cite({"id": "mandal"}, noteIndex=1), cite({"id": "mandal"}, noteIndex=2)]
    ).citations
    assert first.startswith("Ananya Mandal, ‘Multiple Sclerosis")
    assert again.startswith("Mandal, ‘Multiple")
    forced = processor.process([cite({"id": "mandal", "position": 1}, noteIndex=1)]).citations[0]
    assert forced.startswith("Mandal, ‘Multiple")


def test_where_the_sentence_goes_on_a_note_style_puts_no_full_stop() -> None:
    processor = CitationProcessor("chicago-notes-bibliography", [ARTICLE], "en-GB")
    ending = cite({"id": "mandal", "locator": "4"}, noteIndex=1)
    amid = {**ending, "properties": {"noteIndex": 1, "in-sentence": True}}
    closed, bare = processor.process([ending, amid]).citations
    assert closed.endswith(".")
    assert bare.endswith("4")


def test_ibid_has_no_capital_after_the_author_s_own_words() -> None:
    ibid = '<layout><choose><if position="ibid"><text term="ibid"/></if><else><text value="Full"/></else></choose></layout>'
    processor = CitationProcessor(style(ibid).replace('"in-text"', '"note"'), [ARTICLE])
    again = cite({"id": "mandal"}, noteIndex=2)
    amid = {**again, "properties": {"noteIndex": 3, "after-words": True}}
    assert processor.process([cite({"id": "mandal"}, noteIndex=1), again, amid]).citations == ("Full", "Ibid.", "ibid.")


def test_a_given_locale_says_nothing_about_the_title_of_another_work() -> None:
    titles = '<text variable="title" text-case="title"/><text variable="reviewed-title" text-case="title"/>'
    printed = style(f'<layout><group delimiter=": ">{titles}</group></layout>')
    review = {"id": "a", "type": "review", "title": "papier und seife", "reviewed-title": "the care of paper"}
    german = {**review, "reviewed-title": "die kunst des faltens", "language": "de"}
    assert CitationProcessor(printed, [review], "de").process([cite({"id": "a"})]).citations == (
        "papier und seife: The Care of Paper",
    )
    assert CitationProcessor(printed, [german], "de").process([cite({"id": "a"})]).citations == (
        "papier und seife: die kunst des faltens",
    )


def test_a_given_locale_wins_over_the_style() -> None:
    named = style('<layout><text term="edition"/></layout>', attributes='default-locale="fr-FR"')
    assert CitationProcessor(named, [ARTICLE]).process([cite({"id": "mandal"})]).citations == ("édition",)
    assert CitationProcessor(named, [ARTICLE], "de").process([cite({"id": "mandal"})]).citations == ("Auflage",)


def test_what_prints_nothing_is_said_and_never_empty() -> None:
    result = CitationProcessor(
        style('<layout><text variable="title"/></layout>'), [{"id": "x", "type": "book"}]
    ).process([cite({"id": "x"})])
    assert result.citations == ("[CSL STYLE ERROR: reference with no printed form.]",)
    assert 'reference "x"' in str(result.warnings[0])


def test_a_narrative_citation_keeps_the_italics_of_et_al() -> None:
    paper = {**ARTICLE, "author": [{"family": family, "given": "A."} for family in ("Ash", "Birch", "Cedar", "Elm")]}
    result = CitationProcessor("harvard-cite-them-right", [paper], "en-GB").process(
        [cite({"id": "mandal"}, mode="composite"), cite({"id": "mandal"})]
    )
    assert result.citations == ("Ash <i>et al.</i> (2019)", "(Ash <i>et al.</i>, 2019)")


def test_years_of_one_author_are_parted_by_semicolons_where_there_are_pages() -> None:
    wong = [{**ARTICLE, "id": str(year), "author": [{"family": "Wong"}], "issued": {"date-parts": [[year]]}}
            for year in (1999, 2000)]  # fmt: skip
    result = CitationProcessor("chicago-author-date", wong, "en-US").process(
        [
            cite({"id": "1999", "locator": "328"}, {"id": "2000", "locator": "475"}),
            cite({"id": "1999"}, {"id": "2000"}),
        ]
    )
    assert result.citations == ("(Wong 1999, 328; 2000, 475)", "(Wong 1999, 2000)")


def test_a_cite_without_its_author_is_never_left_empty() -> None:
    """In MLA a cite may be nothing but a name; taking the name out would leave the reader nothing."""
    result = CitationProcessor("modern-language-association", [ARTICLE], "en-GB").process(
        [
            cite({"id": "mandal", "suppress-author": True}),
            cite({"id": "mandal", "locator": "4", "suppress-author": True}),
        ]
    )
    assert result.citations == ("(Mandal)", "(4)")


def problems(*arguments: Any, clusters: list[dict[str, Any]] | None = None) -> str:
    with pytest.raises(CitationError) as caught:
        CitationProcessor(*arguments).process(clusters or [])
    return str(caught.value)


def test_unknown_style_names_the_nearest() -> None:
    message = problems("harvard-cite-them-rigth", [])
    assert message.startswith(
        'there is no citation style named "harvard-cite-them-rigth"\n  hint: did you mean harvard-'
    )
    assert "harvard-cite-them-right or" in message


def test_missing_style_file_is_said() -> None:
    assert problems("styles/nowhere.csl", []).startswith("there is no citation style file styles/nowhere.csl")


def test_broken_xml_is_located(tmp_path: Path) -> None:
    file = tmp_path / "broken.csl"
    file.write_text("<style>\n<info>\n</style>", encoding="utf-8")
    assert f"{file}:3:" in problems(str(file), [])


def test_mistakes_of_a_style_are_collected_with_their_lines() -> None:
    text = style(
        '<layout>\n<text macro="titel"/>\n<text variable="title" font-style="slanted"/>\n<wobble/></layout>',
        extra='<macro name="title"><text variable="title"/></macro>',
    )
    message = problems(text, [])
    assert 'citation style:2: the macro "titel" is not defined' in message
    assert "did you mean title?" in message
    assert 'citation style:3: font-style="slanted" on <text> is not a CSL value' in message
    assert "citation style:4: <wobble> is not allowed inside <layout>" in message


def test_macros_that_call_each_other_are_refused() -> None:
    text = style(
        '<layout><text macro="a"/></layout>',
        extra='<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>',
    )
    assert "calls itself: a → b → a" in problems(text, [])


def test_document_types_and_entities_are_refused() -> None:
    text = '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + style("<layout/>")
    assert "a document type is not allowed in CSL" in problems(text, [])


def test_mistakes_of_references_are_collected() -> None:
    message = problems(
        "apa",
        [
            {"id": "a", "type": "artcle-journal"},
            {"id": "b", "type": "book", "issued": {"date-parts": [["soon"]]}},
            {"id": "c", "type": "book", "author": "Ann Smith"},
            {"type": "book"},
        ],
    )
    assert 'reference "a": "artcle-journal" is not a CSL item type\n  hint: did you mean article-journal' in message
    assert 'reference "b": issued is not a date: "soon" is not a number' in message
    assert 'reference "c": author is not a list of names' in message
    assert "references[3]: the reference has no id" in message


def test_values_of_the_wrong_kind_in_clusters_are_refused() -> None:
    wrong = {"id": "mandal", "locator": {"page": 4}, "prefix": ["see"], "suppress-author": "false"}
    clusters = [{"citationItems": [{"id": "mandal"}], "properties": [1]}, cite(wrong, unsorted="no")]
    with pytest.raises(CitationError) as raised:
        CitationProcessor("apa", [ARTICLE]).process(clusters)
    message = str(raised.value)
    assert "clusters[0]: properties is not an object" in message
    for said in ("locator is not text", "prefix is not text", "suppress-author is neither true nor false"):
        assert f"clusters[1].citationItems[0]: {said}" in message
    assert "clusters[1].properties: unsorted is neither true nor false" in message


def test_mistakes_of_clusters_are_collected() -> None:
    message = problems(
        "apa",
        [ARTICLE],
        clusters=[cite({"id": "mandel"}), cite({"id": "mandal", "label": "pge", "locator": "3"}), {"nothing": 1}],
    )
    assert 'clusters[0].citationItems[0]: there is no reference "mandel"\n  hint: did you mean mandal?' in message
    assert 'clusters[1].citationItems[0]: "pge" is not a kind of locator' in message
    assert "clusters[2]: a cluster has no citationItems" in message


def test_styles_can_be_listed_and_described() -> None:
    names = list_styles()
    assert names[0] == "apa-corrected"
    assert "news-medical-apa" in names
    assert len(names) > 10_000
    info = style_info("chicago-notes-bibliography")
    assert info.is_note_style
    assert info.has_bibliography
    assert "Chicago" in info.title


def test_directories_of_a_workspace_come_first(tmp_path: Path) -> None:
    (tmp_path / "apa.csl").write_text(style('<layout><text value="ours"/></layout>'), encoding="utf-8")
    processor = CitationProcessor("apa", [ARTICLE], style_directories=[tmp_path])
    assert processor.process([cite({"id": "mandal"})]).citations == ("ours",)


def test_each_cite_of_a_citation_leads_to_its_entry() -> None:
    items = [
        {"id": name, "type": "book", "title": name, "author": [{"family": name}], "issued": {"date-parts": [[1999]]}}
        for name in ("Doe", "Roe", "Poe")
    ]
    cluster = cite({"id": "Doe", "locator": "3"}, {"id": "Roe", "prefix": "see "}, {"id": "Poe"})
    for style in ("apa", "ieee", "american-medical-association"):
        processor = CitationProcessor(style, items)
        (linked,) = processor.process([cluster], entry_address=lambda key: f'#"{key}').citations
        (plain,) = processor.process([cluster]).citations
        assert re.sub('<a class="cite-link" href="#&#34;(Doe|Roe|Poe)">(.*?)</a>', r"\2", linked) == plain
        assert linked.count("cite-link") >= 2


def test_a_narrative_citation_by_name_alone_does_not_repeat_the_name() -> None:
    items = [{"id": "doe", "type": "book", "title": "Soap", "author": [{"family": "Doe"}]}]
    processor = CitationProcessor("modern-language-association", items)
    found = processor.process(
        [cite({"id": "doe"}, mode="composite"), cite({"id": "doe", "locator": "3"}, mode="composite")]
    )
    assert found.citations == ("Doe", "Doe (3)")


STEP = 1 if os.environ.get("LEAFLET_ALL_STYLES") else 181


@pytest.mark.parametrize("name", list_styles()[::STEP])
def test_every_style_formats_a_mixed_library(name: str) -> None:
    clusters = [cite({"id": item["id"], "locator": "3"}, noteIndex=index) for index, item in enumerate(LIBRARY, 1)]
    result = CitationProcessor(name, LIBRARY, caches=CACHES).process(clusters)
    assert all(result.citations)
    assert "NO_PRINTED_FORM" not in "".join(result.citations)


def test_same_input_gives_same_output_whatever_the_hash_seed() -> None:
    script = (
        "import json,sys; from leaflet.citations import CitationProcessor\n"
        "items=json.load(open(sys.argv[1], encoding='utf-8'))\n"
        "r=CitationProcessor('apa', items).process([{'citationItems': [{'id': i['id']}]} for i in items])\n"
        "print(json.dumps([r.citations, [e.html for e in r.bibliography]]))"
    )
    library = str(Path(__file__).parent / "library.json")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, library],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_typed_clusters_print_as_dictionaries_do_and_come_with_their_tokens() -> None:
    processor = CitationProcessor("apa", [ARTICLE], "en-GB", links=True, caches=CACHES)
    typed = [
        ClusterData(cites=(CiteData(id="mandal", locator="3", prefix="see "),)),
        ClusterData(cites=(CiteData(id="mandal"),), mode="composite"),
    ]
    dictionaries = [
        cite({"id": "mandal", "locator": "3", "prefix": "see "}),
        {"citationItems": [{"id": "mandal"}], "properties": {"mode": "composite"}},
    ]
    result = processor.process(typed, entry_address=lambda key: f"#{key}")
    assert result == processor.process(dictionaries, entry_address=lambda key: f"#{key}")
    assert tuple(map(write, result.tokens)) == result.citations
    assert [write(entry.tokens) for entry in result.bibliography] == [entry.html for entry in result.bibliography]
    with pytest.raises(CitationError, match="there is no reference"):
        processor.process([ClusterData(cites=(CiteData(id="mandel"),))])
