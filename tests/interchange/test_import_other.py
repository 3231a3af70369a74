"""OpenDocument texts, RTF and web pages become sources as Word documents do."""

from __future__ import annotations

import base64
import json
import re
import shutil
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

import pytest
from word_documents import BELL, cited, picture

from leaflet.errors import LeafletError
from leaflet.interchange import ImportOptions, ImportResult, import_document, office_conversion

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
ALL = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
STYLES = """<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" text:start-value="4"/>
<text:list-level-style-bullet text:level="2"/></text:list-style></office:automatic-styles>"""


def odt(body: str, **parts: bytes) -> bytes:
    made = BytesIO()
    content = f"<office:document-content {ALL}>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    meta = f"<office:document-meta {ALL}><office:meta><dc:title>Ward guide</dc:title><meta:initial-creator>Rosa Bell</meta:initial-creator></office:meta></office:document-meta>"
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return made.getvalue()


def imported(data: bytes, folder: Path, name: str, **options: object) -> tuple[str, ImportResult]:
    (folder / name).write_bytes(data)
    result = import_document(folder / name, ImportOptions(folder=folder / "source", **{"styles": {}, **options}))
    return result.files[result.source].decode(), result


BODY = """<text:h text:outline-level="1">First</text:h>
<text:p>Plain <text:span text:style-name="B">bold</text:span><text:s/>and<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>The note.</text:p></text:note-body></text:note> <text:a xlink:href="https://example.org">a link</text:a>.
<office:annotation><dc:creator>Ann</dc:creator><text:p>Right?</text:p></office:annotation></text:p>
<text:list text:style-name="L"><text:list-item><text:p>four</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>five</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Day</text:p></table:table-cell><table:table-cell><text:p>When</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Monday</text:p></table:table-cell><table:table-cell><text:p>noon</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell><text:p>night</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame svg:width="50mm" svg:height="30mm"><draw:image xlink:href="Pictures/a.png"/><svg:desc>A river</svg:desc></draw:frame></text:p>
<text:p><draw:frame><draw:image xlink:href="https://example.org/a.png"/></draw:frame></text:p>
<text:p><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame></text:p>"""


def test_an_opendocument_text_becomes_a_source(tmp_path: Path) -> None:
    text, result = imported(odt(BODY, Pictures__a_png=picture()), tmp_path, "a.odt")
    assert "title: Ward guide\nauthor: Rosa Bell\n" in text
    assert "## First\n\nPlain **bold** and[^1] [a link](https://example.org). <!-- Ann: Right? -->" in text
    assert "4. four\n   - inner\n5. five" in text
    assert "| Day    | When  |\n|--------|-------|\n| Monday | noon  |\n| ^^     | night |" in text
    assert "![A river](images/a-1.png){width=50mm}\n\n::: sidebar\nIn a box.\n:::\n\n[^1]: The note." in text
    assert any("only linked" in notice.message for notice in result.notices)


def test_tracked_changes_of_an_opendocument_text(tmp_path: Path) -> None:
    body = """<text:tracked-changes><text:changed-region text:id="d"><text:deletion><text:p>old</text:p></text:deletion></text:changed-region>
    <text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes>
    <text:p>An <text:change text:change-id="d"/><text:change-start text:change-id="i"/>new<text:change-end text:change-id="i"/> word.</text:p>"""
    assert "\nAn new word.\n" in imported(odt(body), tmp_path, "a.odt")[0]
    assert "An {~~old~>new~~} word." in imported(odt(body), tmp_path, "a.odt", shows_changes=True)[0]


def test_zotero_in_libreoffice_and_its_own_bibliography(tmp_path: Path) -> None:
    name = quoteattr(
        "ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [cited(BELL, locator="4")]}) + " RNDabc"
    )
    body = f"""<text:p>Soap <text:reference-mark-start text:name={name}/>(Bell, 2019)<text:reference-mark-end text:name={name}/>.</text:p>
    <text:p>Also <text:bibliography-mark text:identifier="War21" text:bibliography-type="book" text:author="Ward, Ian" text:title="The clean ward" text:year="2021">[War21]</text:bibliography-mark>.</text:p>
    <text:section text:name="ZOTERO_BIBL x"><text:p>Bell. Soap.</text:p></text:section>"""
    text, result = imported(odt(body), tmp_path, "a.odt")
    assert "Soap [@bell2019, p. 4].\n\nAlso [@War21].\n\n::: {#refs}\n:::" in text
    assert b"@book{War21,\n  author = {Ward, Ian}," in result.files["a.bib"]


def test_an_encrypted_or_foreign_file_is_refused(tmp_path: Path) -> None:
    manifest = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(LeafletError, match="encrypted with a password"):
        imported(odt("", **{"META-INF__manifest_xml": manifest}), tmp_path, "a.odt")
    with pytest.raises(LeafletError, match="damaged"):
        imported(b"words", tmp_path, "b.odt")
    with pytest.raises(LeafletError, match="cannot import this kind of file"):
        imported(b"words", tmp_path, "b.xyz")


def test_rtf_needs_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_conversion.shutil, "which", lambda name: None)
    with pytest.raises(LeafletError, match="read by LibreOffice, which is not installed"):
        imported(rb"{\rtf1 Words.}", tmp_path, "a.rtf")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_rtf_is_read_by_libreoffice(tmp_path: Path) -> None:
    text, _ = imported(rb"{\rtf1\ansi Plain {\b bold} words.\par Second.\par}", tmp_path, "a.rtf")
    assert "Plain **bold** words.\n\nSecond." in text


PAGE = """<html lang="de"><head><title>Seite | Amt</title><meta name="author" content="Rosa Bell"><meta name="keywords" content="soap, water">
<style>.c1{{font-weight:700}}.c2{{font-style:italic}}</style></head><body>
<nav><a href="/">Start</a></nav><main><h1>Only title</h1><h2 id="h">Part</h2>
<p><span class="c1">Bold</span> and <span class="c2">italic</span>, <a href="https://www.google.com/url?q=https://example.org/x&amp;sa=D">link</a>,
<a href="#h">up</a>, <a href="javascript:x()">no</a>.<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p>
<ul class="lst-kix_a-0"><li>one</li></ul><ul class="lst-kix_a-1"><li>inner</li></ul><ul class="lst-kix_a-0"><li>two</li></ul>
<ol start="3"><li><p>three</p><p>more</p></li></ol>
<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>
<p><img src="data:image/png;base64,{data}" alt="A river" width="100" height="80"> <img src="side.png" alt="Beside" height="60"><img src="http://example.org/x.png"><img src="../secret.png"></p>
<dl><dt>Myelin</dt><dd>The coat.</dd></dl><pre>code * here</pre><script>evil()</script><form>Search</form>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> The note.</p></div></main><footer>Imprint</footer></body></html>"""


def test_a_web_page_becomes_a_source(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "side.png").write_bytes(picture("#123456"))
    (tmp_path / "secret.png").write_bytes(picture("#654321"))
    data = base64.b64encode(picture()).decode()
    text, result = imported(PAGE.format(data=data).encode(), folder, "a.html")
    assert text.startswith(
        "---\ntitle: Only title\nauthor: Rosa Bell\nlang: de\nkeywords: [soap, water]\n---\n\n## Part {#h}\n\n"
    )
    assert "**Bold** and *italic*, [link](https://example.org/x), [up](#h), no.[^1]" in text
    assert "- one\n  - inner\n- two\n\n3. three\n\n   more\n\n| A   | B   |\n|-----|-----|\n| 1   | 2   |" in text
    assert "![A river](images/a-1.png){width=26mm} ![Beside](images/a-2.png)" in text
    assert "Myelin\n:   The coat.\n\n```\ncode * here\n```\n\n[^1]: The note." in text
    told = " ".join(str(notice) for notice in result.notices)
    assert re.search("menu|outside", told)
    assert all(word in told for word in ("Imprint", "Search", "javascript", "http://example.org/x.png", "secret.png"))
    assert len([path for path in result.files if path.endswith(".png")]) == 2


def test_a_page_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    text, _ = imported("<p>Größe – “quoted”</p>".encode("cp1252"), tmp_path, "a.htm")
    assert "Größe – “quoted”" in text


def test_line_breaks_at_the_ends_of_a_paragraph_leave_nothing(tmp_path: Path) -> None:
    page = "<p><br>One<br>two<br></p><p>C:\\<br> </p><ul><li>three<br><br></li></ul><table><tr><td>four<br></td></tr></table>"
    text, _ = imported(page.encode(), tmp_path, "a.html")
    assert "\n\nOne\\\ntwo\n\nC:\\\\\n\n- three\n" in text
    assert "four\\" not in text


def test_commands_and_signs_that_mathjax_is_set_to_are_known(tmp_path: Path) -> None:
    settings = r"""<script>MathJax = {tex: {inlineMath: [['$', '$'], ['\\(', '\\)']], macros: {
        RR: "\\mathbb{R}", "\\bold": ["{\\bf #1}", 1], half: '\\frac{1}{2}'}}};</script>"""
    page = (
        settings + r"<p>\(\newcommand{\N}{\mathbb{N}}\)Let $x \in \RR$ cost \$3, $\bold{v}$ and \(\half \N\).</p>"
        r"<p>$$\RR^2$$</p><pre>$\RR$</pre>"
    )
    text, _ = imported(page.encode(), tmp_path, "a.html")
    line = r"Let $x \in {\mathbb{R}}$ cost \$3, ${{\bf v}}$ and ${\frac{1}{2}} {\mathbb{N}}$."
    assert text.endswith(f"{line}\n\n$${{\\mathbb{{R}}}}^2$$\n\n```\n$\\RR$\n```\n")


def test_dollars_of_pages_without_mathjax_are_money(tmp_path: Path) -> None:
    text, _ = imported(b"<p>From $3 to 5$ or $$.</p>", tmp_path, "a.html")
    assert text.replace("\\", "").endswith("From $3 to 5$ or $$.\n")


def test_formulas_of_web_pages_arrive_as_tex(tmp_path: Path) -> None:
    page = (
        r'<h2 id="a">Area<a href="#a">¶</a></h2><p>So <span class="math inline">\(a^2\)</span>, '
        r'<script type="math/tex">b \le 3</script>, <math-renderer>$c$</math-renderer> and '
        r'<span class="katex"><math><annotation encoding="application/x-tex">d</annotation></math>'
        r'<span class="katex-html">d drawn</span></span>.</p><div class="math">\[\sum x\]</div><p><code>\(code\)</code></p>'
    )
    text, _ = imported(page.encode(), tmp_path, "a.html")
    assert text.endswith("## Area\n\nSo $a^2$, $b \\le 3$, $c$ and $d$.\n\n$$\\sum x$$\n\n`\\(code\\)`\n")
