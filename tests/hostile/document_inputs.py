"""Hostile inputs for ``leaflet import``, ``export`` and review: Word, OpenDocument, RTF and web documents."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from hostile_inputs import FIFO, SVG, Content, Input, Made, png, with_source

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"
OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
PLAIN = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
PICTURE = (
    "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData>"
    '<a:blip r:embed="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def document_inputs() -> Iterator[Input]:
    """Yield every input of this file."""
    for make in (word_archives, word_contents, word_pictures, reviews, open_documents, web_documents, targets, exports):
        yield from make()


def archive(parts: Mapping[str, str | bytes]) -> Made:
    """Return the maker of a ZIP archive."""

    def make(port: int) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as stream:
            for name, content in parts.items():
                stream.writestr(name, content.replace("{port}", str(port)) if isinstance(content, str) else content)
        return made.getvalue()

    return make


def word_parts(body: str = PLAIN, *, related: str = "", before: str = "") -> dict[str, str]:
    """Return the parts of a Word document; ``related`` are relationships of its body."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGES}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGES}/relationships"><Relationship Id="d" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGES}/relationships">{related}</Relationships>',
        "word/document.xml": f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>",
    }


def word(body: str = PLAIN, *, related: str = "", more: Mapping[str, str | bytes] | None = None) -> Made:
    """Return the maker of a Word document with further parts."""
    return archive({**word_parts(body, related=related), **(more or {})})


def relation(kind: str, target: str, *, external: bool = False) -> str:
    """Return a relationship named x."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="x" Type="{OFFICE}/relationships/{kind}" Target="{target}"{mode}/>'


def imported(kind: str, name: str, file: str, content: Content, *options: str, quick: bool = False) -> Input:
    """Return an input that is imported."""
    return Input(kind=kind, name=name, files={file: content}, command=("import", file, *options), is_quick=quick)


def _bomb(name: str, size: int, *, of: bytes = b" ") -> Made:
    """Return the maker of a Word document with a part that grows."""

    def make(port: int) -> bytes:
        parts: dict[str, str | bytes] = {key: text for key, text in word_parts().items() if key != name}
        made = io.BytesIO(archive(parts)(port))
        with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as stream, stream.open(name, "w") as part:
            for _ in range(size // 1_000_000):
                part.write(of * 1_000_000)
        return made.getvalue()

    return make


def _overlapping(port: int) -> bytes:
    """Return an archive whose directory names one compressed part 5,000 times."""
    part = zlib.compress(b"a" * 1_000_000, 9)[2:-4]
    local = b"PK\3\4\24\0\0\0\10\0\0\0\0\0" + zlib.crc32(b"a" * 1_000_000).to_bytes(4, "little")
    sizes = len(part).to_bytes(4, "little") + (1_000_000).to_bytes(4, "little")
    body = local + sizes + b"\1\0\0\0a" + part
    crc = local[-4:]
    entries = b"".join(
        b"PK\1\2\24\0\24\0\0\0\10\0\0\0\0\0" + crc + sizes + b"\5\0" + b"\0" * 16 + f"a{i:04d}".encode()
        for i in range(5_000)
    )
    count = (5_000).to_bytes(2, "little")
    end = b"PK\5\6\0\0\0\0" + count + count + len(entries).to_bytes(4, "little") + len(body).to_bytes(4, "little")
    return body + entries + end + b"\0\0"


def _lying(port: int) -> bytes:
    """Return an archive whose directory says that each part has one byte."""
    changed, at = bytearray(word("<w:p/>" * 50_000)(port)), 0
    while (at := changed.find(b"PK\1\2", at)) >= 0:
        changed[at + 24 : at + 28] = (1).to_bytes(4, "little")
        at += 4
    return bytes(changed)


def word_archives() -> Iterator[Input]:
    doctype = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE w:document [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    entity = "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    found: dict[str, Content] = {
        "a body that grows to 90 MB": _bomb("word/document.xml", 90_000_000),
        "notes that grow to 90 MB": _bomb("word/footnotes.xml", 90_000_000),
        "a part that nobody reads and that grows to 450 MB": _bomb("word/other.bin", 450_000_000, of=b"\0"),
        "one part under 5,000 names": _overlapping,
        "sizes that are lies": _lying,
        "20,000 parts": archive({**word_parts(), **{f"a/{i}": b"" for i in range(20_000)}}),
        "entities that multiply": archive(word_parts(entity, before=doctype)),
        "an entity outside": archive(word_parts(entity, before=outside)),
        "an entity of the web": archive(
            word_parts(entity, before='<!DOCTYPE w:document SYSTEM "http://127.0.0.1:{port}/a.dtd">')
        ),
        "entities in the relationships": word(
            more={"word/_rels/document.xml.rels": f"{doctype}<Relationships>&b;</Relationships>"}
        ),
        "names that climb": word(more={"../../evil.md": "a", "/etc/evil": "b", "word/..\\evil": "c"}),
        "a name of 60,000 letters": word(more={"a" * 60_000: "b"}),
        "names with escape codes": word(more={"word/\x1b[31m.xml": "a"}),
        "a document part outside": archive(
            {**word_parts(), "_rels/.rels": word_parts()["_rels/.rels"].replace("word/", "../../../etc/")}
        ),
        "a body that is a drawing": archive({**word_parts(), "word/document.xml": SVG.format("", "")}),
        "no body": archive({"[Content_Types].xml": "<Types/>"}),
        "half of it": lambda port: word()(port)[:-40],
        "nothing": b"",
        "UTF-16 that ends early": archive({**word_parts(), "word/document.xml": "<w:document>".encode("utf-16")[:-1]}),
        "a template on the web": word(
            more={
                "word/settings.xml": f'<w:settings {WORD}><w:attachedTemplate r:id="x"/></w:settings>',
                "word/_rels/settings.xml.rels": f'<Relationships xmlns="{PACKAGES}/relationships">{relation("attachedTemplate", "http://127.0.0.1:{port}/a.dotm", external=True)}</Relationships>',
            }
        ),
    }
    quick = {"a body that grows to 90 MB", "entities that multiply", "one part under 5,000 names"}
    for name, content in found.items():
        yield imported("Word archives", name, "a.docx", content, quick=name in quick)
    yield imported("Word archives", "a pipe", "a.docx", FIFO)
    yield imported("Word archives", "a device", "a.docx", Path("/dev/zero"))
    yield imported("Word archives", "an older document of noise", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100)
    yield imported("Word archives", "RTF of 100,000 groups", "a.rtf", "{\\rtf1 " + "{" * 100_000)


def _text(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _field(code: str) -> str:
    return f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>a</w:t></w:r></w:fldSimple></w:p>'


def word_contents() -> Iterator[Input]:
    cell = "<w:tc>{0}<w:p/></w:tc>"
    deep_table = PLAIN
    for _ in range(60):
        deep_table = f"<w:tbl><w:tr>{cell.format(deep_table)}</w:tr></w:tbl>"
    style = f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="{{0}}"/><w:basedOn w:val="a"/></w:style></w:styles>'
    core = '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{0}</dc:title><dc:creator>{0}</dc:creator></cp:coreProperties>'
    note = f'<w:footnotes {WORD}><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>'
    related = relation("footnotes", "footnotes.xml")
    styled = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>b</w:t></w:r></w:p>'
    listed = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{0}"/><w:numId w:val="{1}"/></w:numPr></w:pPr><w:r><w:t>b</w:t></w:r></w:p>'
    bodies = {
        "100,000 paragraphs": "<w:p/>" * 100_000,
        "a paragraph of 300,000 letters": _text("a" * 300_000),
        "20,000 runs": "<w:p>" + "<w:r><w:rPr><w:b/></w:rPr><w:t>a </w:t></w:r><w:r><w:t>b </w:t></w:r>" * 10_000 + "</w:p>",
        "60 tables in each other": deep_table,
        "3,000 content controls in each other": "<w:sdt><w:sdtContent>" * 3_000 + PLAIN + "</w:sdtContent></w:sdt>" * 3_000,
        "100 content controls in each other": "<w:sdt><w:sdtContent>" * 100 + PLAIN + "</w:sdtContent></w:sdt>" * 100,
        "a cell over 10^9 columns": f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{PLAIN}</w:tc></w:tr></w:tbl>',
        "a cell over words": f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="many"/></w:tcPr>{PLAIN}</w:tc></w:tr></w:tbl>',
        "10^9 cells before the first": f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr><w:tc>{PLAIN}</w:tc></w:tr></w:tbl>',
        "a list at level 10^9": listed.format(10**9, 1),
        "a list at level -5": listed.format(-5, 1),
        "a list at a level of words": listed.format("a", "b"),
        "a field that includes a file": _field("INCLUDETEXT &quot;/etc/passwd&quot;"),
        "a field that includes a picture of the web": _field("INCLUDEPICTURE &quot;http://127.0.0.1:{port}/a.png&quot;"),
        "a field that starts a program": _field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe /k"),
        "a field that links to a script": _field("HYPERLINK &quot;javascript:alert(1)&quot;"),
        "a field of 100,000 letters": _field("REF " + "a" * 100_000),
        "a field of a damaged citation": _field("ADDIN ZOTERO_ITEM CSL_CITATION {&quot;citationItems&quot;: " + "[" * 5_000),
        "fields that never end": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 5_000,
        "a symbol that is none": '<w:p><w:r><w:sym w:font="Wingdings" w:char="FFFFFFFFFF"/><w:sym w:font="a" w:char="zz"/></w:r></w:p>',
        "half a character as a symbol": '<w:p><w:r><w:sym w:font="Symbol" w:char="D800"/></w:r></w:p>',
        "60 formulas in each other": "<w:p><m:oMath>" + "<m:f><m:num>" * 60 + "<m:r><m:t>a</m:t></m:r>" + "</m:num><m:den/></m:f>" * 60 + "</m:oMath></w:p>",
        "a formula that reads a file": "<w:p><m:oMath><m:r><m:t>\\input{/etc/passwd}</m:t></m:r></m:oMath></w:p>",
        "markup, fields and front matter": _text("---") + _text("layout: ../../x") + _text("---") + _text("{{ a }} &lt;script&gt;alert(1)&lt;/script&gt; ::: {.note} ```{include} ../../secret.txt"),
        "direction marks": _text("a\u202eb\u2066c"),
        "a bookmark with escape codes": f'<w:p><w:bookmarkStart w:id="1" w:name="&#x9b;31m"/></w:p>{PLAIN}',
        "a chunk of another document": f'<w:altChunk r:id="x"/>{PLAIN}',
        "10,000 tracked changes": '<w:p>' + '<w:ins w:author="a"><w:r><w:t>a</w:t></w:r></w:ins><w:del w:author="b"><w:r><w:delText>b</w:delText></w:r></w:del>' * 5_000 + "</w:p>",
    }  # fmt: skip
    quick = {"60 tables in each other", "a cell over 10^9 columns", "a field of a damaged citation"}
    for name, body in bodies.items():
        yield imported("Word documents", name, "a.docx", word(body), quick=name in quick)
    chunk = relation("aFChunk", "http://127.0.0.1:{port}/a.html", external=True)
    yield imported(
        "Word documents", "a chunk of the web", "a.docx", word(f'<w:altChunk r:id="x"/>{PLAIN}', related=chunk)
    )
    for name, words in {
        "a style of itself": "a",
        "a style of 100,000 letters": "a" * 100_000,
        "a style with escape codes": "a&#x9b;31mb",
    }.items():
        data = word(
            styled, related=relation("styles", "styles.xml"), more={"word/styles.xml": style.replace("{0}", words)}
        )
        yield imported("Word documents", name, "a.docx", data)
    yield imported(
        "Word documents",
        "a footnote within itself",
        "a.docx",
        word(
            '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', related=related, more={"word/footnotes.xml": note}
        ),
        quick=True,
    )
    for name, words in {
        "a title that is front matter": "T&#10;---&#10;layout: ../../x&#10;css: ../../secret.txt",
        "a title of 100,000 letters": "t" * 100_000,
        "a title with escape codes": "a&#x9b;31mb\u202e",
    }.items():
        data = word(
            more={
                "docProps/core.xml": core.format(words),
                "_rels/.rels": word_parts()["_rels/.rels"].replace(
                    "</Relationships>",
                    f'<Relationship Id="c" Type="{PACKAGES}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
                ),
            }
        )
        yield imported("Word documents", name, "a.docx", data)
    yield imported("Word documents", "a name that climbs", "a.docx", word(), "--as", "../../evil")
    yield imported("Word documents", "a name with escape codes", "a.docx", word(), "--as", "\x1b[31m")


def word_pictures() -> Iterator[Input]:
    whole = png(8, 8, zlib.compress(b"\0" * 72))
    found: dict[str, tuple[str, Mapping[str, str | bytes], bool]] = {
        "outside by its path": ("../../../secret.svg", {}, False),
        "of a file address": ("file:///etc/passwd", {}, True),
        "on the web": ("http://127.0.0.1:{port}/a.png", {}, True),
        "of 60,000 by 60,000": ("media/a.png", {"word/media/a.png": png(60_000, 60_000, b"")}, False),
        "of noise": ("media/a.png", {"word/media/a.png": bytes(range(256)) * 20}, False),
        "with a script": ("media/a.svg", {"word/media/a.svg": SVG.format("", "<script>alert(1)</script>")}, False),
        "with an entity": (
            "media/a.svg",
            {
                "word/media/a.svg": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                + SVG.format("", "<text>&a;</text>")
            },
            False,
        ),
        "with a name that climbs": ("media/..%2f..%2fevil.png", {"word/media/../../evil.png": whole}, False),
        "with a name of escape codes": ("media/%1b[31m.png", {"word/media/\x1b[31m.png": whole}, False),
        "with the name of a source": ("media/x.md", {"word/media/x.md": whole}, False),
        "that is the document": ("document.xml", {}, False),
        "an EMF of noise": ("media/a.emf", {"word/media/a.emf": b"\1\0\0\0" + bytes(range(256))}, False),
    }
    for name, (target, more, external) in found.items():
        data = word(PICTURE, related=relation("image", target, external=external), more=more)
        yield imported("Word pictures", name, "a.docx", data, quick=name == "with a name that climbs")


def reviews() -> Iterator[Input]:
    names = {
        "a source outside": "../secret.txt",
        "a source by its whole path": "/etc/passwd",
        "a source that is a device": "/dev/zero",
        "a source that is a folder": "source",
        "a source that is not there": "source/nobody.md",
        "a source with escape codes": "&#x9b;31m",
        "a source of 100,000 letters": "a" * 100_000,
    }
    space = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
    for name, source in names.items():
        custom = (
            f'<Properties {space}><property name="leaflet-source" pid="2"><vt:lpwstr>{source}</vt:lpwstr></property>'
            '<property name="leaflet-sha256" pid="3"><vt:lpwstr>a</vt:lpwstr></property></Properties>'
        )
        yield with_source(
            "reviews",
            name,
            files={"a.docx": word(more={"docProps/custom.xml": custom})},
            command=("import", "--review", "a.docx"),
            quick=name == "a source outside",
        )
    yield with_source(
        "reviews", "a document of others", files={"a.docx": word()}, command=("import", "--review", "a.docx")
    )


def open_document(body: str, *, before: str = "", more: Mapping[str, str | bytes] | None = None) -> Made:
    """Return the maker of an OpenDocument text."""
    content = f"{before}<office:document-content {OPEN}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": content, **(more or {})})


def open_documents() -> Iterator[Input]:
    picture = '<text:p><draw:frame><draw:image xlink:href="{0}"/></draw:frame></text:p>'
    bodies = {
        "10^9 spaces": '<text:p>a<text:s text:c="1000000000"/>b</text:p>',
        "spaces of words": '<text:p>a<text:s text:c="many"/>b</text:p>',
        "a cell repeated 10^9 times": '<table:table><table:table-row><table:table-cell table:number-columns-repeated="1000000000"><text:p>a</text:p></table:table-cell></table:table-row></table:table>',
        "a row repeated 10^9 times": '<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>',
        "a cell over 10^9 rows": '<table:table><table:table-row><table:table-cell table:number-rows-spanned="1000000000" table:number-columns-spanned="1000000000"><text:p>a</text:p></table:table-cell></table:table-row></table:table>',
        "100 lists in each other": "<text:list><text:list-item>" * 100
        + "<text:p>a</text:p>"
        + "</text:list-item></text:list>" * 100,
        "3,000 sections in each other": "<text:section>" * 3_000 + "</text:section>" * 3_000,
        "a section of a file": '<text:section><text:section-source xlink:href="../secret.txt"/></text:section><text:p>a</text:p>',
        "a picture outside": picture.format("../../secret.svg"),
        "a picture of a file address": picture.format("file:///etc/passwd"),
        "a picture on the web": picture.format("http://127.0.0.1:{port}/a.png"),
        "a heading at level 10^9": '<text:h text:outline-level="1000000000">a</text:h>',
        "a link to a script": '<text:p><text:a xlink:href="javascript:alert(1)">a</text:a></text:p>',
    }
    for name, body in bodies.items():
        yield imported("OpenDocument", name, "a.odt", open_document(body), quick=name == "10^9 spaces")
    entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    yield imported(
        "OpenDocument", "an entity outside", "a.odt", open_document("<text:p>&b;</text:p>", before=entity), quick=True
    )
    yield imported(
        "OpenDocument",
        "a formula that is a file",
        "a.odt",
        open_document(
            '<text:p><draw:frame><draw:object xlink:href="./a"/></draw:frame></text:p>',
            more={"a/content.xml": f"{entity}<math>&b;</math>"},
        ),
    )
    yield imported("OpenDocument", "a Word document of its name", "a.odt", word())
    yield imported("OpenDocument", "noise", "a.odt", b"PK\3\4" + bytes(range(256)) * 20)


def web_documents() -> Iterator[Input]:
    bodies: dict[str, str | bytes] = {
        "a picture outside": '<img src="../secret.svg" alt="a">',
        "a picture by a file address": '<img src="file:///etc/passwd" alt="a">',
        "a picture on the web": '<img src="http://127.0.0.1:{port}/a.png" alt="a">',
        "a picture that is a device": '<img src="/dev/zero" alt="a">',
        "a base outside": '<base href="file:///etc/"><img src="passwd" alt="a">',
        "a picture in itself": f'<img alt="a" src="data:image/png;base64,{"A" * 2_000_000}">',
        "a style on the web": '<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css"><style>@import url(http://127.0.0.1:{port}/b.css)</style>a',
        "a frame of a file": '<iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd"></object>a',
        "100,000 elements in each other": "<div>" * 100_000 + "a",
        "5,000 lists in each other": "<ul><li>" * 5_000 + "a",
        "300 tables in each other": "<table><tr><td>" * 300 + "a",
        "a cell over 10^8 columns": "<table><tr><td colspan=100000000 rowspan=100000000>a</table>",
        "a list that begins at 10^30": f"<ol start={10**30}><li>a</ol>",
        "1,000 formulas in each other": "<math>" + "<mrow>" * 1_000 + "<mi>a</mi>",
        "a million references to signs": "&amp;" * 300_000,
        "signs that are none": "&#xD800;&#x110000;&#0;&#x1b;[31m",
        "a title with escape codes": "<title>a\x1b[31mb\u202e</title>a",
        "5,000 styles": "<style>" + "p{color:red}" * 5_000 + "</style><p style='mso-list:l0 level999 lfo1'>a",
        "UTF-16 in name only": b"<meta charset=utf-16><p>a",
        "UTF-7": b"<meta charset=utf-7><p>+ADw-script+AD4-",
        "a charset of 10,000 letters": f"<meta charset={'a' * 10_000}><p>a",
        "noise": bytes(range(256)) * 2_000,
        "nothing": b"",
        "a script in a link": '<a href="java&#10;script:alert(1)">a</a><svg><a xlink:href="javascript:alert(1)">b</a></svg>',
    }
    quick = {"100,000 elements in each other", "a picture that is a device"}
    for name, body in bodies.items():
        yield imported("web documents", name, "a.html", body, quick=name in quick)


def targets() -> Iterator[Input]:
    whole = png(8, 8, zlib.compress(b"\0" * 72))
    data = word(PICTURE, related=relation("image", "media/a.png"), more={"word/media/a.png": whole})
    places: dict[str, Mapping[str, Content]] = {
        "the source is there": {"source/a.md": "mine"},
        "the source is a link outside": {"source/a.md": Path("../../secret.txt")},
        "the source is a link to nothing outside": {"source/a.md": Path("../../new.md")},
        "the folder of pictures is a link outside": {"source/images": Path("../.."), "source/a": Path("../..")},
        "the source is a pipe": {"source/a.md": FIFO},
        "the settings are a device": {"leaflet.toml": Path("/dev/zero")},
    }
    for name, files in places.items():
        yield Input(
            kind="import into",
            name=name,
            files={**files, "a.docx": data},
            command=("import", "a.docx"),
            is_quick="link outside" in name,
        )


def exports() -> Iterator[Input]:
    command = ("export", "source/x.md", "--to", "docx")
    drawing = {"source/a.svg": SVG.format('viewBox="0 0 9 9"', "<script>alert(1)</script>")}
    bodies = {
        "5,000 levels of quotes": "> " * 5_000 + "a",
        "90 levels of lists": "".join(f"{'  ' * i}- a\n" for i in range(90)),
        "control characters": "a\x1b[31mb\x07c\0d",
        "signs that XML forbids": "a\ufffe\uffff&#x1b;&#xD800;b",
        "a picture outside": "![a](../../secret.svg)",
        "a picture with a script": "![a](a.svg)",
        "a formula that defines itself": r"$\def\a{\a\a}\a$",
        "300 footnotes": "word^[note] " * 300,
        "a table of 100 columns": "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n|" + "b|" * 100,
        "a field of dunder names": "{{ ''.__class__ }}",
        "a link of 100,000 letters": f"[a](https://example.org/{'a' * 100_000})",
    }
    for name, body in bodies.items():
        yield with_source("export", name, body=body, files=drawing, command=command)
    yield with_source(
        "export", "a document that is the source", command=(*command, "--output", "source/x.md"), quick=True
    )
    yield with_source("export", "a document that is a device", command=(*command, "--output", "/dev/null"))
    yield with_source(
        "export",
        "a document that is a link outside",
        files={"output/x-review.docx": Path("../../new")},
        command=command,
    )
    yield with_source("export", "an output that is a link outside", files={"output": Path("..")}, command=command)
    yield with_source("export", "a document that is a pipe", files={"output/x-review.docx": FIFO}, command=command)
