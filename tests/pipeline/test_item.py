"""The leaflet as a CSL item."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.bibliography import write
from leaflet.html.page_parts import online_address
from leaflet.model.citation import Reference
from leaflet.model.metadata import AccessDate, CiteBox, Metadata, PartialDate, Person
from leaflet.model.workspace import Workspace
from leaflet.pipeline.format_citations import cite_own
from leaflet.pipeline.self_item import full_title, own_item

TODAY = date(2026, 11, 22)


def leaflet(**given: object) -> Metadata:
    return Metadata(title="Beta interferon", **given)  # type: ignore[arg-type]


def test_the_day_of_the_text_as_it_stands_is_cited() -> None:
    metadata = leaflet(date=PartialDate(year=2024), date_modified=PartialDate(year=2026, month=5))
    assert own_item(metadata, id="x", today=TODAY)["issued"] == {"date-parts": [[2026, 5]]}


def test_the_build_day_is_the_access_date() -> None:
    assert own_item(leaflet(), id="x", today=TODAY)["accessed"] == {"date-parts": [[2026, 11, 22]]}


def test_a_fixed_access_date_wins_over_the_build_day() -> None:
    box = CiteBox(access=AccessDate.FIXED, accessed=PartialDate(year=2023, month=12, day=2))
    assert own_item(leaflet(cite=box), id="x", today=TODAY)["accessed"] == {"date-parts": [[2023, 12, 2]]}


def test_access_none_leaves_the_date_out() -> None:
    assert "accessed" not in own_item(leaflet(cite=CiteBox(access=AccessDate.NONE)), id="x", today=TODAY)


def test_an_organisation_keeps_its_name_whole() -> None:
    metadata = leaflet(authors=(Person(literal="National Institute for Health"), Person(family="Cole", given="Amara")))
    names = own_item(metadata, id="x", today=TODAY)["author"]
    assert names == [{"literal": "National Institute for Health"}, {"family": "Cole", "given": "Amara"}]


def test_the_subtitle_stands_behind_a_colon_unless_the_title_ends_its_own_way() -> None:
    assert full_title(leaflet(subtitle="what to expect")) == "Beta interferon: what to expect"
    assert full_title(Metadata(title="Who is it for?", subtitle="A guide")) == "Who is it for? A guide"
    assert full_title(leaflet()) == "Beta interferon"


STRAIGHT = str.maketrans(dict.fromkeys("‘’“”'\"", ""))
MARKUP = (
    "Big <b>bold</b>",
    "1 </i> < 2 <i>",
    '<span class="nocase">x</span>',
    "<span style='color:red'>",
    "<sc>a</sc>",
)


@pytest.mark.parametrize("words", MARKUP)
def test_what_looks_like_markup_prints_as_itself_in_every_style(words: str, tmp_path: Path) -> None:
    metadata = Metadata(title=words, publisher=words, authors=(Person(family=words), Person(literal=words)))
    own = own_item(metadata, id="x", today=TODAY)
    lines = cite_own(own, metadata.cite.styles, lang="en-GB", workspace=Workspace(root=tmp_path, shipped=tmp_path))
    for line in lines:
        shown = unescape(line.html).translate(STRAIGHT).lower()
        assert words.translate(STRAIGHT).lower() in shown
        assert not re.search(r"<(?!/?[ia][ >])", line.html)
        assert line.html.count("<i>") <= 1


@pytest.mark.parametrize("form", ["biblatex", "bibtex", "ris"])
@pytest.mark.parametrize("words", MARKUP)
def test_what_looks_like_markup_stays_text_in_the_files_beside(words: str, form: str) -> None:
    own = own_item(Metadata(title=words), id="x", today=TODAY)
    written = write([Reference(id="x", item=own)], form)
    assert words in written.replace("{<}", "<")
    assert "\\textbf" not in written


BOTH = Metadata(
    title="Feet",
    authors=(Person(family="Cole", given="Amara"),),
    publisher="Clinic",
    url="https://example.org/feet",
    doi="10.1000/feet",
    date=PartialDate(year=2026),
)
STYLES = (
    "ieee",
    "apa",
    "nlm-citation-sequence",
    "modern-language-association",
    "harvard-cite-them-right",
    "chicago-author-date",
)


def test_any_styles_in_any_order_each_with_its_label(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path, shipped=tmp_path)
    lines = cite_own(own_item(BOTH, id="x", today=TODAY), (*STYLES, "apa", "nature"), lang="de-DE", workspace=workspace)
    labels = ["IEEE", "APA", "Vancouver", "MLA", "Harvard", "Chicago", "APA", "Nature"]
    assert [line.label for line in lines] == labels


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("metadata", [BOTH, replace(BOTH, doi=""), replace(BOTH, url="")], ids=["both", "url", "doi"])
def test_the_code_opens_the_address_that_is_cited(style: str, metadata: Metadata, tmp_path: Path) -> None:
    own = own_item(metadata, id="x", today=TODAY)
    (line,) = cite_own(own, [style], lang="en-GB", workspace=Workspace(root=tmp_path, shipped=tmp_path))
    cited = re.findall(r'href="([^"]+)"', line.html)
    assert online_address(metadata) in cited  # Vancouver prints the address beside the DOI
    assert len(cited) == 1 or style == "nlm-citation-sequence"
