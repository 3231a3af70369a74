"""Word documents of many kinds, made by python-docx and by hand: what people write, and what their programs store."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
ALL = (
    f'{W} {M} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BELL = {
    "id": 1,
    "type": "article-journal",
    "title": "Soap and water: a review",
    "container-title": "Journal of Hygiene",
    "author": [{"family": "Bell", "given": "Rosa"}, {"family": "Okafor", "given": "Ada"}],
    "issued": {"date-parts": [["2019", 3]]},
    "volume": "12",
    "issue": "3",
    "page": "44-51",
    "DOI": "10.5555/soap.2019",
}
WARD = {
    "id": 2,
    "type": "book",
    "title": "The clean ward",
    "author": [{"family": "Ward", "given": "Ian"}],
    "publisher": "Riverside Press",
    "publisher-place": "Riverside",
    "issued": {"date-parts": [["2021"]]},
    "ISBN": "978-3-16-148410-0",
}


def picture(colour: str = "#4682b4", size: tuple[int, int] = (120, 80), kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def saved(document: Document) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def add(paragraph: Paragraph, xml: str) -> None:
    """Add elements to a paragraph, in the namespaces of Word."""
    for element in parse_xml(f"<w:p {ALL}>{xml}</w:p>"):
        paragraph._p.append(element)


def block(document: Document, xml: str) -> None:
    """Add blocks to a document."""
    body = document.element.body
    for element in parse_xml(f"<w:body {ALL}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(code: str, shown: str, data: str = "") -> str:
    """A complex field with its code cut into several runs, as Word cuts long ones."""
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(part)}</w:instrText></w:r>'
        for part in (code[:half], code[half:])
    )
    stored = f"<w:fldData>{data}</w:fldData>" if data else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{stored}</w:fldChar></w:r>{codes}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def zotero(shown: str, *items: dict[str, object]) -> str:
    """Zotero's field: its documented CSL citation data."""
    data = {
        "citationID": "a1B2c3",
        "properties": {"formattedCitation": shown, "plainCitation": shown, "noteIndex": 0},
        "citationItems": list(items),
        "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json",
    }
    return field(f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(data)} ", shown)


def cited(item: dict[str, object], **more: object) -> dict[str, object]:
    return {
        "id": item["id"],
        "uris": [f"http://zotero.org/users/1/items/{item['id']}"],
        "itemData": item,
        **more,
    }


def new(title: str = "", *, author: str = "Rosa Bell") -> Document:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    document.core_properties.comments = ""
    return document


def with_part(document: Document, name: str, kind: str, content_type: str, xml: str) -> None:
    part = Part(PackURI(f"/word/{name}"), content_type, xml.encode(), document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")


def with_notes(document: Document, kind: str, notes: dict[int, str]) -> None:
    """Add a part with footnotes or endnotes, whose texts are paragraphs in XML."""
    single = kind.removesuffix("s")
    texts = "".join(f'<w:{single} w:id="{number}">{xml}</w:{single}>' for number, xml in notes.items())
    separator = f'<w:{single} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{single}>'
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    with_part(document, f"{kind}.xml", kind, content_type, f"<w:{kind} {ALL}>{separator}{texts}</w:{kind}>")


def headings() -> bytes:
    document = new("A title in the properties")
    document.add_paragraph("Washing your hands", style="Title")
    document.add_paragraph("For visitors", style="Subtitle")
    document.add_heading("Why it matters", 1)
    document.add_paragraph("Clean hands stop germs.")
    document.add_heading("When", 2)
    document.add_paragraph("Before meals.")
    document.add_heading("How", 1)
    document.add_paragraph("With soap.")
    return saved(document)


def title_as_heading() -> bytes:
    document = new()
    document.add_heading("The only heading of its level", 1)
    for name in ("First", "Second"):
        document.add_heading(name, 2)
        document.add_paragraph(f"Text of the {name.lower()} part.")
    return saved(document)


def bold_headings() -> bytes:
    document = new("Parking")
    for name in ("Where to park", "What it costs"):
        document.add_paragraph().add_run(name).bold = True
        document.add_paragraph("There is a car park behind the house, and another one in Mill Lane.")
    return saved(document)


def emphasis() -> bytes:
    document = new("Marks")
    paragraph = document.add_paragraph("Plain, ")
    for text, name in (
        ("bold", "<w:b/>"), (" and ", ""), ("italic ", "<w:i/>"), ("both", "<w:b/><w:i/>"), (", ", ""),
        ("struck", "<w:strike/>"), (", ", ""), ("small capitals", "<w:smallCaps/>"), (", H", ""),
        ("2", '<w:vertAlign w:val="subscript"/>'), ("O, x", ""), ("2", '<w:vertAlign w:val="superscript"/>'), (", ", ""),
        ("underlined", '<w:u w:val="single"/>'), (", ", ""), ("marked", '<w:highlight w:val="yellow"/>'), (".", ""),
    ):  # fmt: skip
        add(paragraph, run(text, name))
    half = document.add_paragraph("Un")
    half.add_run("believ").bold = True
    half.add_run("able, and ")
    half.add_run("“quoted,”").bold = True
    half.add_run("next.")
    styled = document.add_paragraph("By a style: ")
    styled.add_run("strong", style="Strong")
    styled.add_run(" and ")
    styled.add_run("emphasis", style="Emphasis")
    return saved(document)


def signs() -> bytes:
    document = new("Signs & <tags>")
    for text in (
        "1. May is a date, and 3) is no item", "# no heading", "- no item", "+ no item", "> no quotation",
        "a * b * c, _one_, snake_case_name, **two**, ~three~, `code`, [four], ![five](x), <b>six</b>, &amp; &copy;",
        "$5 to $10, x^2^, @home and me@example.org, {{ name }}, {.class}, :tada:, --option, a---b, C:\\temp\\x | y",
        "Table: none", ": none", "::: none", "---", "| bars |", "(a) one", "(@) two", "[^1] three", "% four", "= five",
        "i. six", "A. Bell wrote it", "http://example.org/a_b*c", "\\newpage is a word here", "{++ six ++} and {-- seven --}",
    ):  # fmt: skip
        document.add_paragraph(text)
    return saved(document)


def lists() -> bytes:
    document = new("Lists")
    for text in ("soap", "water", "a towel"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("of cotton", style="List Bullet 2")
    document.add_paragraph("Now do this:")
    for text in ("Wet your hands.", "Take soap."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Wait a little.")
    for text in ("Rinse.", "Dry."):
        document.add_paragraph(text, style="List Number")
    return saved(document)


def numbered_lists() -> bytes:
    document = new("Numbers")
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%{level + 1}."/></w:lvl>'
        for level, (kind, start) in enumerate((("decimal", 4), ("lowerLetter", 1), ("lowerRoman", 1)))
    )
    first = numbering.find(f"{{{W.split(chr(34))[1]}}}num")
    first.addprevious(parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    numbering.append(
        parse_xml(
            f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for level, number, text in (
        (0, 90, "four"), (1, 90, "a of four"), (1, 90, "b of four"), (2, 90, "i of b"), (0, 90, "five"),
        (0, 91, "one again"), (0, 91, "two again"),
    ):  # fmt: skip
        block(
            document,
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>',
        )
    return saved(document)


def tables() -> bytes:
    document = new("Tables")
    document.add_heading("Plain", 1)
    plain = document.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            plain.cell(row, column).text = f"row {row} column {column}"
    document.add_heading("Spans", 1)
    spans = document.add_table(rows=4, cols=3)
    spans.cell(0, 0).merge(spans.cell(0, 1))
    spans.cell(1, 0).merge(spans.cell(2, 0))
    for number, cell in enumerate(
        (spans.cell(0, 0), spans.cell(0, 2), spans.cell(1, 0), spans.cell(1, 1), spans.cell(3, 2))
    ):
        cell.text = f"cell {number}"
    document.add_heading("Blocks", 1)
    blocks = document.add_table(rows=2, cols=2)
    blocks.cell(0, 0).text, blocks.cell(0, 1).text = "When", "What"
    blocks.cell(1, 0).text = "Before meals"
    cell = blocks.cell(1, 1)
    cell.text = "Do this:"
    for text in ("wash", "dry"):
        cell.add_paragraph(text, style="List Bullet")
    document.add_heading("One cell", 1)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Words in a box."
    document.add_paragraph("After the box.")
    return saved(document)


def rows_joined() -> bytes:
    document = new("Opening hours")
    document.add_paragraph("Table 1: When we are open", style="Caption")
    table = document.add_table(rows=3, cols=2)
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Saturday"
    table.cell(0, 0).text, table.cell(0, 1).text = "Day", "When"
    table.cell(1, 1).text, table.cell(2, 1).text = "morning", "afternoon | evening"
    return saved(document)


def pictures() -> bytes:
    document = new("Pictures")
    document.add_heading("A river", 1)
    document.add_picture(BytesIO(picture()), width=Mm(50))
    properties = document.inline_shapes[0]._inline.docPr
    properties.set("descr", "A river between hills")
    document.add_paragraph("Figure 1: The river in May", style="Caption")
    document.add_picture(BytesIO(picture("#ee8844")), width=Mm(120))
    document.add_picture(BytesIO(picture()), width=Mm(50))
    line = document.add_paragraph("A sign ")
    line.add_run().add_picture(BytesIO(picture("#000000", (20, 20))), width=Mm(4))
    line.add_run(" in the line.")
    document.add_picture(BytesIO(picture("#00aa00", kind="BMP")), width=Mm(30))
    return saved(document)


def links() -> bytes:
    document = new("Links")
    paragraph = document.add_paragraph("See ")
    identifier = document.part.relate_to("https://example.org/a_b?c=1", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    add(paragraph, f'<w:hyperlink r:id="{identifier}">{run("our ")}{run("site", "<w:b/>")}</w:hyperlink>{run(", ")}')
    add(paragraph, field(' HYPERLINK "https://example.org/field" ', "a field") + run(", "))
    add(paragraph, field(' HYPERLINK \\l "risks" ', "the risks") + run(" and "))
    add(paragraph, f'<w:hyperlink w:anchor="place">{run("a place")}</w:hyperlink>{run(" or ")}')
    bad = document.part.relate_to("file:///C:/secret.doc", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    add(paragraph, f'<w:hyperlink r:id="{bad}">{run("a file")}</w:hyperlink>{run(".")}')
    heading = document.add_heading("", 1)
    add(heading, f'<w:bookmarkStart w:id="1" w:name="risks"/>{run("Risks")}<w:bookmarkEnd w:id="1"/>')
    paragraph = document.add_paragraph()
    add(
        paragraph,
        f'{run("Here is the ")}<w:bookmarkStart w:id="2" w:name="place"/>{run("place")}<w:bookmarkEnd w:id="2"/>',
    )
    return saved(document)


def notes() -> bytes:
    document = new("Notes")
    paragraph = document.add_paragraph()
    add(
        paragraph,
        f'{run("A claim")}<w:r><w:footnoteReference w:id="1"/></w:r>{run(" and another")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}',
    )
    add(paragraph, f'{run(" At the end")}<w:r><w:endnoteReference w:id="1"/></w:r>{run(".")}')
    with_notes(document, "footnotes", {
        1: f"<w:p><w:r><w:footnoteRef/></w:r>{run(' The first note, ')}{run('in italics', '<w:i/>')}.</w:p>",
        2: f"<w:p>{run('The second note.')}</w:p><w:p>{run('It has two paragraphs.')}</w:p>",
    })  # fmt: skip
    with_notes(document, "endnotes", {1: f"<w:p>{run('The endnote.')}</w:p>"})
    return saved(document)


def changes() -> bytes:
    document = new("Changes")
    who = 'w:id="5" w:author="Ann" w:date="2026-01-01T00:00:00Z"'
    block(
        document,
        f"""<w:p>{run("Take ")}<w:del {who}><w:r><w:delText>two </w:delText></w:r></w:del><w:ins {who}>{run("three ")}</w:ins>{run("a day")}<w:ins {who}>{run(" with water")}</w:ins>{run(".")}</w:p>
        <w:p><w:pPr><w:rPr><w:del {who}/></w:rPr></w:pPr>{run("This line goes on ")}</w:p><w:p>{run("here.")}</w:p>
        <w:p><w:del {who}><w:r><w:delText>A whole paragraph that was deleted.</w:delText></w:r></w:del></w:p>
        <w:p><w:moveFrom {who}>{run("Moved away.")}</w:moveFrom></w:p><w:p><w:moveTo {who}>{run("Moved here.")}</w:moveTo></w:p>""",
    )
    return saved(document)


def comments() -> bytes:
    document = new("Comments")
    paragraph = document.add_paragraph("Take it ")
    remarked = paragraph.add_run("twice a day")
    paragraph.add_run(".")
    document.add_comment(remarked, text="Is this -- right? <b>", author="Ann", initials="A")
    return saved(document)


def text_boxes() -> bytes:
    document = new("Boxes")
    document.add_paragraph("Before the box.")
    inner = f"<w:txbxContent><w:p>{run('Words in the box.')}</w:p><w:p>{run('More of them.')}</w:p></w:txbxContent>"
    block(
        document,
        f"""<w:p>{run("The paragraph of the box.")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>
        <wp:docPr id="1" name="Text Box 1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
        <wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
        <mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
        <w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{run("An old box.")}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>""",
    )
    return saved(document)


def formulas() -> bytes:
    document = new("Formulas")
    r = lambda text: f"<m:r><m:t>{escape(text)}</m:t></m:r>"  # noqa: E731 - one short rule
    fraction = (
        f"<m:f><m:num>{r('m')}</m:num><m:den><m:sSup><m:e>{r('h')}</m:e><m:sup>{r('2')}</m:sup></m:sSup></m:den></m:f>"
    )
    root = f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{r("x+1")}</m:e></m:rad>'
    total = (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{r("i=1")}</m:sub><m:sup>{r("n")}</m:sup>'
        f"<m:e><m:sSub><m:e>{r('x')}</m:e><m:sub>{r('i')}</m:sub></m:sSub></m:e></m:nary>"
    )
    brackets = f"<m:d><m:e>{r('α≤β')}</m:e></m:d>"
    function = f'<m:func><m:fName><m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>sin</m:t></m:r></m:fName><m:e>{r("θ")}</m:e></m:func>'
    matrix = f"<m:d><m:e><m:m><m:mr><m:e>{r('a')}</m:e><m:e>{r('b')}</m:e></m:mr><m:mr><m:e>{r('c')}</m:e><m:e>{r('d')}</m:e></m:mr></m:m></m:e></m:d>"
    block(
        document,
        f"<w:p>{run('The index is ')}<m:oMath>{fraction}</m:oMath>{run(' and the root ')}<m:oMath>{root}</m:oMath>{run('.')}</w:p>",
    )
    block(document, f"<w:p><m:oMathPara><m:oMath>{total}</m:oMath></m:oMathPara></w:p>")
    block(
        document,
        f"<w:p><m:oMath>{brackets}</m:oMath>{run(', ')}<m:oMath>{function}</m:oMath>{run(', ')}<m:oMath>{matrix}</m:oMath></w:p>",
    )
    block(document, f"<w:p>{run('Unknown: ')}<m:oMath><m:sNever><m:e>{r('zz')}</m:e></m:sNever></m:oMath></w:p>")
    return saved(document)


def fields() -> bytes:
    document = new("Fields")
    contents = field(" TOC \\o ", "Contents 1")
    block(document, f"<w:p>{contents}</w:p>")
    document.add_heading("Dear reader", 1)
    paragraph = document.add_paragraph("Dear ")
    add(paragraph, field(" MERGEFIELD First_Name ", "«First_Name»") + run(" on page ") + field(" PAGE ", "7"))
    add(paragraph, run(", see ") + field(" DATE ", "1 May 2026") + run(". "))
    add(paragraph, f'<w:fldSimple w:instr=" SEQ Figure ">{run("3")}</w:fldSimple>')
    add(paragraph, run(" hidden", "<w:vanish/>") + run(" end."))
    add(
        paragraph,
        f"<w:r><w:br/></w:r>{run('A new line')}<w:r><w:tab/></w:r>{run('after a tab')}<w:r><w:noBreakHyphen/></w:r>{run('x')}",
    )
    add(paragraph, '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
    return saved(document)


def long_field() -> bytes:
    """A table of contents and a list of references over several paragraphs."""
    document = new("Long fields")
    begin, mid, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    inner = field(" PAGEREF _Toc1 \\h ", "2")
    block(
        document,
        f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{begin}{code}{mid}{run("First part ")}{inner}</w:p><w:p>{run("Second part 3")}</w:p><w:p>{end}</w:p>',
    )
    document.add_heading("First part", 1)
    paragraph = document.add_paragraph("Soap works ")
    add(paragraph, zotero("(Bell, 2019)", cited(BELL, locator="4", label="page")) + run("."))
    document.add_heading("References", 1)
    code = '<w:r><w:instrText> ADDIN ZOTERO_BIBL {"uncited":[]} CSL_BIBLIOGRAPHY </w:instrText></w:r>'
    block(
        document,
        f"<w:p>{begin}{code}{mid}{run('Bell, R. (2019). Soap and water: a review.')}</w:p><w:p>{run('Another entry.')}{end}</w:p>",
    )
    return saved(document)


def zotero_citations() -> bytes:
    document = new("Zotero")
    document.add_heading("Evidence", 1)
    for text, citation in (
        ("Soap helps", zotero("(Bell and Okafor, 2019)", cited(BELL))),
        ("With a page", zotero("(Bell and Okafor, 2019, p. 45)", cited(BELL, locator="45", label="page"))),
        ("Two", zotero("(see Bell, 2019; Ward, 2021, chap. 2, passim)", cited(BELL, prefix="see "), cited(WARD, locator="2", label="chapter", suffix=", passim"))),
        ("Ward says", zotero("(2021)", cited(WARD, **{"suppress-author": True}))),
    ):  # fmt: skip
        add(document.add_paragraph(), run(f"{text} ") + citation + run("."))
    add(document.add_paragraph(), run("Broken ") + field(" ADDIN ZOTERO_ITEM CSL_CITATION {broken ", "(Nobody, 1900)"))
    return saved(document)


def zotero_bookmarks() -> bytes:
    """Zotero's other form: bookmarks in the text, the data in properties of the document."""
    document = new("Bookmarks")
    paragraph = document.add_paragraph("Soap helps ")
    add(
        paragraph,
        f'<w:bookmarkStart w:id="9" w:name="ZOTERO_BREF_abc123"/>{run("(Bell, 2019)")}<w:bookmarkEnd w:id="9"/>{run(".")}',
    )
    data = "ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [cited(BELL)], "properties": {}})
    pieces = [data[at : at + 255] for at in range(0, len(data), 255)]
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number + 1}" name="ZOTERO_BREF_abc123_{number}"><vt:lpwstr>{escape(piece)}</vt:lpwstr></property>'
        for number, piece in enumerate(pieces, 1)
    )
    style = escape('<data><session id="x"/><style id="http://www.zotero.org/styles/vancouver" locale="en-GB"/></data>')
    properties += f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="90" name="ZOTERO_PREF_1"><vt:lpwstr>{style}</vt:lpwstr></property>'
    custom = f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{properties}</Properties>'
    return with_file(saved(document), "docProps/custom.xml", custom)


def mendeley_citations() -> bytes:
    document = new("Mendeley")
    item = {
        "id": "ITEM-1",
        "itemData": {**BELL, "id": "ITEM-1"},
        "uris": ["http://www.mendeley.com/documents/?uuid=1"],
        "locator": "12-14",
    }
    data = {"citationItems": [item], "mendeley": {"formattedCitation": "(Bell, 2019)"}, "properties": {"noteIndex": 0}}
    add(
        document.add_paragraph(),
        run("Desktop ") + field(f"ADDIN CSL_CITATION {json.dumps(data)}", "(Bell, 2019, pp. 12-14)") + run("."),
    )
    control = {
        "citationID": "MENDELEY_CITATION_1",
        "properties": {"noteIndex": 0},
        "citationItems": [{"id": "2", "itemData": {**WARD, "id": "2"}}],
    }
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(control).encode()).decode()
    add(
        document.add_paragraph(),
        f'{run("Cite ")}<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{run("(Ward, 2021)")}</w:sdtContent></w:sdt>',
    )
    add(document.add_paragraph(), field("ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY ", "Bell, R. (2019)."))
    return saved(document)


ENDNOTE = (
    '<EndNote><Cite{attributes}><Author>Bell</Author><Year>2019</Year><RecNum>7</RecNum><Pages>45</Pages><Prefix>see </Prefix>'
    "<DisplayText>(Bell, 2019)</DisplayText><record><rec-number>7</rec-number>"
    '<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Bell, Rosa</style></author>'
    "<author>World Health Organization,</author></authors></contributors><titles><title><style face=\"normal\">Soap and </style>"
    '<style face="italic">water</style></title><secondary-title>Journal of Hygiene</secondary-title></titles><pages>44-51</pages>'
    "<volume>12</volume><number>3</number><dates><year>2019</year></dates><electronic-resource-num>10.5555/soap.2019"
    "</electronic-resource-num><urls><related-urls><url>https://example.org/soap</url></related-urls></urls></record></Cite></EndNote>"
)  # fmt: skip


def endnote_citations() -> bytes:
    document = new("EndNote")
    add(
        document.add_paragraph(),
        run("Soap helps ")
        + field(f" ADDIN EN.CITE {ENDNOTE.format(attributes='')}", "(see Bell, 2019, p. 45)")
        + run("."),
    )
    stored = base64.b64encode(ENDNOTE.format(attributes=' AuthorYear="1"').encode()).decode()
    inner = f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{stored}</w:fldData></w:fldChar></w:r><w:r><w:instrText> ADDIN EN.CITE.DATA </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    add(
        document.add_paragraph(),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>'
        + inner
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("Bell (2019)")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + run(" says so."),
    )
    add(document.add_paragraph(), field(" ADDIN EN.REFLIST ", "Bell R. Soap and water."))
    return saved(document)


def word_citations() -> bytes:
    document = new("Word’s own")
    for code, shown in (
        (r" CITATION Bel19 \l 1033 \p 45 ", "(Bell, 2019, p. 45)"),
        (r" CITATION Bel19 \l 1033 \n \m War21 ", "(2019; Ward, 2021)"),
        (r" CITATION Gone \l 1033 ", "(Gone)"),
    ):
        add(
            document.add_paragraph(),
            f"{run('Claim ')}<w:sdt><w:sdtPr><w:citation/></w:sdtPr><w:sdtContent>{field(code, shown)}</w:sdtContent></w:sdt>{run('.')}",
        )
    block(
        document,
        f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Bibliographies"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p>{field(" BIBLIOGRAPHY ", "Bell, R. (2019). Soap.")}</w:p></w:sdtContent></w:sdt>',
    )
    sources = """<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" SelectedStyle="APA">
    <b:Source><b:Tag>Bel19</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Title>Soap and water</b:Title><b:Year>2019</b:Year>
    <b:JournalName>Journal of Hygiene</b:JournalName><b:Volume>12</b:Volume><b:Issue>3</b:Issue><b:Pages>44-51</b:Pages>
    <b:Author><b:Author><b:NameList><b:Person><b:Last>Bell</b:Last><b:First>Rosa</b:First><b:Middle>M.</b:Middle></b:Person></b:NameList></b:Author></b:Author></b:Source>
    <b:Source><b:Tag>War21</b:Tag><b:SourceType>Book</b:SourceType><b:Title>The clean ward</b:Title><b:Year>2021</b:Year><b:City>Riverside</b:City>
    <b:Publisher>Riverside Press</b:Publisher><b:Author><b:Author><b:Corporate>Ward Trust</b:Corporate></b:Author></b:Author></b:Source></b:Sources>"""
    part = Part(PackURI("/customXml/item7.xml"), "application/xml", sources.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml")
    return saved(document)


def note_citations() -> bytes:
    document = new("Notes that cite")
    add(
        document.add_paragraph(),
        f'{run("A claim")}<w:r><w:footnoteReference w:id="1"/></w:r>{run(" and more")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}',
    )
    with_notes(document, "footnotes", {
        1: f"<w:p>{zotero('Bell, Soap, 44.', cited(BELL, locator='44', label='page'))}</w:p>",
        2: f"<w:p>{run('But see ')}{zotero('Ward, Ward.', cited(WARD))}{run(' on beds.')}</w:p>",
    })  # fmt: skip
    return saved(document)


def typed_list() -> bytes:
    document = new("Typed")
    document.add_heading("Evidence", 1)
    document.add_paragraph("Soap helps (Bell, 2019).")
    document.add_heading("References", 1)
    document.add_paragraph(
        "Bell, R., & Okafor, A. (2019). Soap and water: a review. Journal of Hygiene, 12(3), 44–51. https://doi.org/10.5555/soap.2019"
    )
    document.add_paragraph("Ward I. The clean ward. Riverside: Riverside Press; 2021.")
    return saved(document)


def styles() -> bytes:
    document = new("Styles")
    document.styles.add_style("House Box", 1)
    document.styles.add_style("House Warning", 1).base_style = document.styles["Intense Quote"]
    document.styles.add_style("House Head", 1).base_style = document.styles["Heading 2"]
    document.add_paragraph("A head of the house", style="House Head")
    document.add_paragraph("In the box.", style="House Box")
    document.add_paragraph("Also in the box.", style="House Box")
    document.add_paragraph("A warning.", style="House Warning")
    document.add_paragraph("A quotation.", style="Quote")
    return saved(document)


def pages() -> bytes:
    document = new("Pages")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Riverside Trust"
    section.footer.paragraphs[0].text = "Page 1 of 2"
    document.add_paragraph("First page.")
    document.add_page_break()
    document.add_paragraph("Second page.")
    columns = section._sectPr.xpath("w:cols")[0]
    columns.set(f"{{{W.split(chr(34))[1]}}}num", "2")
    return saved(document)


def odd_parts() -> bytes:
    document = new("Odd parts")
    block(
        document,
        f"""<w:p><w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase>{run("漢")}</w:rubyBase></w:ruby></w:r></w:p>
        <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>{run("A paragraph in a control.")}</w:p></w:sdtContent></w:sdt>
        <w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("Click here to enter text.")}</w:sdtContent></w:sdt>{run("After the control.")}</w:p>
        <w:p><w:smartTag w:element="place">{run("Riverside")}</w:smartTag>{run(" town")}</w:p>
        <w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:p>
        <w:customXml><w:p>{run("In custom XML.")}</w:p></w:customXml>
        <w:tbl><w:tr><w:tc><w:p>{run("outer a")}</w:p></w:tc><w:tc><w:p>{run("outer b")}</w:p><w:tbl><w:tr><w:tc><w:p>{run("inner a")}</w:p></w:tc><w:tc><w:p>{run("inner b")}</w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>""",
    )
    return saved(document)


def languages() -> bytes:
    document = new("Grüße aus Łódź")
    document.styles.element.xpath("//w:lang")[0].set(f"{{{W.split(chr(34))[1]}}}val", "de-DE")
    for text in (
        "Straße und „Anführung“, 5 % – fertig.",
        "Το νερό",
        "العربية هنا",
        "日本語の文",
        "Emoji 🎉 and zero\u200bwidth",
    ):
        document.add_paragraph(text)
    return saved(document)


def empty() -> bytes:
    return saved(new())


def leaflet_like() -> bytes:
    """A whole leaflet as a ward would write it."""
    document = new("Going home after an operation")
    document.add_paragraph("Going home after an operation", style="Title")
    document.add_paragraph("What to expect in the first week", style="Subtitle")
    for heading, texts in (
        ("Your wound", ["Keep the wound dry for two days.", "After that you may shower, but do not take a bath."]),
        (
            "Pain",
            [
                "Some pain is normal. Take paracetamol up to four times a day.",
                "Do not drive while you take strong medicine.",
            ],
        ),
        ("When to call us", ["Call us if the wound is red, hot or smells, or if you have a fever."]),
    ):
        document.add_heading(heading, 1)
        for text in texts:
            document.add_paragraph(text)
    for text in ("a temperature over 38 °C", "pain that gets worse", "bleeding"):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(rows=4, cols=2)
    for row, (day, what) in enumerate((("Day", "What you may do"), ("1", "Rest"), ("3", "Walk"), ("7", "Light work"))):
        table.cell(row, 0).text, table.cell(row, 1).text = day, what
    paragraph = document.add_paragraph("This follows national advice ")
    add(paragraph, zotero("(Ward, 2021)", cited(WARD)) + run("."))
    document.add_picture(BytesIO(picture("#88aa66", (300, 200))), width=Mm(100))
    document.inline_shapes[0]._inline.docPr.set("descr", "A green field")
    document.add_paragraph("The hospital garden", style="Caption")
    return saved(document)


def with_file(data: bytes, name: str, content: str) -> bytes:
    """The document with a further file in its archive, not named by any relationship or type of content."""
    made = BytesIO(data)
    with ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        headings, title_as_heading, bold_headings, emphasis, signs, lists, numbered_lists, tables, rows_joined, pictures, links,
        notes, changes, comments, text_boxes, formulas, fields, long_field, zotero_citations, zotero_bookmarks,
        mendeley_citations, endnote_citations, word_citations, note_citations, typed_list, styles, pages, odd_parts, languages,
        empty, leaflet_like,
    )
}  # fmt: skip
