"""Word documents become sources: nothing is lost without a word, and what programs for references store becomes citations."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from examine import docx_text, imported, lost_words
from word_documents import DOCUMENTS

from leaflet.errors import LeafletError, Severity
from leaflet.files import open_workspace
from leaflet.interchange import ImportOptions, ImportResult, import_document
from leaflet.source import read_source
from running import run_leaflet

NOT_WORDS = re.compile(r"^(?:\d+|[a-z]{2}|[A-Z]{2})$")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("imports")
    (root / "source").mkdir()
    return root


def document(name: str, folder: Path) -> Path:
    file = folder / f"{name}.docx"
    if not file.exists():
        file.write_bytes(DOCUMENTS[name]())
    return file


def source_of(name: str, folder: Path, **options: object) -> tuple[str, ImportResult]:
    fresh = folder / f"fresh-{name}-{len(options)}"
    result = import_document(document(name, folder), ImportOptions(folder=fresh, **{"styles": {}, **options}))
    return result.files[result.source].decode().partition("\n---\n")[2].strip(), result


@pytest.mark.parametrize("name", DOCUMENTS)
def test_words_in_are_words_out_or_reported(name: str, folder: Path) -> None:
    file = document(name, folder)
    result, read, _ = imported(file, folder / "source")
    lost, invented = lost_words(docx_text(file.read_bytes()), result, read)
    assert lost == {}
    front = result.files[result.source].decode().partition("\n---\n")[0]
    allowed = {
        *re.findall(r"\w+", front),
        *re.findall(r"\w+", " ".join(str(notice) for notice in result.notices)),
        "Ann",
    }
    assert {word for word in invented if not NOT_WORDS.match(word)} <= allowed
    problems = read_source(
        folder / "source" / result.source, open_workspace(folder / "source" / result.source)
    ).problems
    assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []


EXPECTED = {
    "numbered-lists": "4. four\n   a. a of four\n   b. b of four\n      i. i of b\n5. five\n\n1) one again\n2) two again",
    "lists": "- a towel\n  - of cotton\n\nNow do this:\n\n1. Wet your hands.\n2. Take soap.\n\nWait a little.\n\n3. Rinse.\n4. Dry.",
    "rows-joined": "| ^^       | afternoon \\| evening |\n\nTable: Table 1: When we are open",
    "tables": '<tr><td rowspan="2">cell 2</td><td>cell 3</td><td></td></tr>',
    "pictures": '![Figure 1: The river in May](images/pictures-1.png){alt="A river between hills" width=50mm}',
    "links": "[the risks](#risks) and [a place](#place) or a file.\n\n## Risks {#risks}\n\nHere is the []{#place}place",
    "notes": "[^2]: The second note.\n\n    It has two paragraphs.\n\n[^3]: The endnote.",
    "changes": "Take three a day with water.\n\nThis line goes on here.\n\nMoved here.",
    "text-boxes": "The paragraph of the box.\n\n::: sidebar\nWords in the box.\n\nMore of them.\n:::",
    "formulas": r"The index is $\frac{m}{{h}^{2}}$ and the root $\sqrt{x+1}$." "\n\n" r"$$\sum_{i=1}^{n} {x}_{i}$$",
    "fields": "Dear {{ first_name }} on page , see 1 May 2026.",
    "long-field": "Soap works [@bell2019, p. 4].\n\n## References",
    "zotero-citations": "Two [see @bell2019; @ward2021, chap. 2, passim].\n\nWard says [-@ward2021].\n\nBroken (Nobody, 1900)",
    "zotero-bookmarks": "Soap helps [@bell2019].",
    "mendeley-citations": "Desktop [@bell2019, pp. 12-14].\n\nCite [@ward2021]",
    "endnote-citations": "Soap helps [see @bell2019, p. 45].",
    "word-citations": "Claim [@Bel19, p. 45].\n\nClaim [-@Bel19; @War21].\n\nClaim (Gone).\n\n::: {#refs}\n:::",
    "note-citations": "[^2]: But see [@ward2021] on beds.",
    "bold-headings": "## Where to park\n\nThere is a car park",
    "emphasis": "*italic **both***, ~~struck~~, [small capitals]{.smallcaps}, H~2~O, x^2^",
    "pages": "First page.\n\n\\newpage\n\nSecond page.",
    "comments": "twice a day<!-- Ann: Is this - - right? <b› -->.",
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_is_written_as_a_person_would_write_it(name: str, folder: Path) -> None:
    if name == "numbered-lists":
        text, _ = source_of(name, folder)
        assert re.sub(r"\n\n(?= )", "\n", text) == EXPECTED[name]
    else:
        assert EXPECTED[name] in source_of(name, folder)[0]


def test_changes_can_stay_visible(folder: Path) -> None:
    text, result = source_of("changes", folder, shows_changes=True)
    assert "Take {~~two ~>three ~~}a day{++ with water++}." in text
    assert "{--A whole paragraph that was deleted.--}" in text
    assert any("CriticMarkup" in notice.message for notice in result.notices)


def test_styles_become_the_blocks_that_the_workspace_names(folder: Path) -> None:
    text, result = source_of("styles", folder, styles={"House Box": "callout-tip", "Quote": "left-out"})
    assert "::: callout-tip\nIn the box.\n\nAlso in the box.\n:::" in text
    assert "quotation" not in text
    assert any(notice.left_out == "A quotation." for notice in result.notices)
    _, result = source_of("styles", folder)
    assert any("“House Box” is not known" in notice.message for notice in result.notices)


def test_a_style_that_becomes_no_block_is_an_error_of_the_settings(folder: Path) -> None:
    with pytest.raises(LeafletError, match=r'leaflet.toml: import.styles: "a b!" is no block'):
        source_of("styles", folder, styles={"House Box": "a b!"})


def test_sources_are_written_as_a_bibliography(folder: Path) -> None:
    _, result = source_of("zotero-bookmarks", folder, is_citation_style=lambda name: name == "vancouver")
    assert b"doi = {10.5555/soap.2019}" in result.files["zotero-bookmarks.bib"]
    assert b"bibliography: zotero-bookmarks.bib\ncsl: vancouver\n" in result.files["zotero-bookmarks.md"]
    _, result = source_of("typed-list", folder)
    assert (
        b"% misc{bell2019,\n%   author = {Bell, R. and Okafor, A},\n%   date = {2019},"
        in result.files["typed-list.bib"]
    )
    assert b"bibliography" not in result.files["typed-list.md"]


def test_a_notice_names_its_place(folder: Path) -> None:
    _, result = source_of("fields", folder)
    shown = [str(notice) for notice in result.notices]
    assert (
        "paragraph 3 (“Dear «First_Name» on page 7, see…”): a page number is left out: pages differ from those of the "
        "document: “7”" in shown
    )


def test_the_command_writes_a_leaflet_and_replaces_nothing(tmp_path: Path, folder: Path) -> None:
    shutil.copy(document("leaflet-like", folder), tmp_path / "Going home.docx")
    (tmp_path / "leaflet.toml").write_text('layout = "handout-a4"\n', encoding="utf-8")
    (tmp_path / "source").mkdir()
    done = run_leaflet("import", "Going home.docx", cwd=tmp_path)
    assert "source/going-home.md made from Going home.docx" in done.stdout
    assert "1 table" in done.stdout
    assert (tmp_path / "source/images/going-home-1.png").is_file()
    run_leaflet("build", "source/going-home.md", "--format", "html", "--strict", cwd=tmp_path)
    again = run_leaflet("import", "Going home.docx", cwd=tmp_path, check=False)
    assert again.returncode == 1
    assert "is there already, and is not replaced" in again.stderr
    assert "--as going-home-2" in again.stderr
    run_leaflet("import", "Going home.docx", "--as", "going-home-2", "--into", "source", cwd=tmp_path)
    assert (tmp_path / "source/going-home-2.bib").is_file()


def test_a_build_of_a_document_says_how_to_import_it(tmp_path: Path, folder: Path) -> None:
    shutil.copy(document("headings", folder), tmp_path / "a.docx")
    done = run_leaflet("build", "a.docx", cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "a.docx: this is a Word document, not a source" in done.stderr
    assert "leaflet import a.docx" in done.stderr
