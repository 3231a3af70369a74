"""Parts of a .docx file for review beside its text: styles, lists, notes, properties, and the archive itself."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from leaflet.interchange.export_inlines import attribute

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<w:style {ns} w:type="paragraph" w:customStyle="1" w:styleId="LeafletBox"><w:name w:val="Leaflet Box"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="5B7C99"/></w:pBdr><w:ind w:left="284"/></w:pPr></w:style>',
    '<w:style {ns} w:type="paragraph" w:customStyle="1" w:styleId="LeafletCodeBlock"><w:name w:val="Leaflet Code Block"/>'
    '<w:basedOn w:val="Normal"/><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/></w:rPr></w:style>',
    '<w:style {ns} w:type="paragraph" w:styleId="Bibliography"><w:name w:val="Bibliography"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:style>',
    '<w:style {ns} w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:sz w:val="18"/></w:rPr></w:style>',
    '<w:style {ns} w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    '<w:style {ns} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>',
    '<w:style {ns} w:type="character" w:customStyle="1" w:styleId="LeafletCode"><w:name w:val="Leaflet Code"/>'
    '<w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/></w:rPr></w:style>',
    '<w:style {ns} w:type="character" w:customStyle="1" w:styleId="LeafletCitation"><w:name w:val="Leaflet Citation"/></w:style>',
)
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
FIRST_LIST = 500
"""The number of the first list, beyond those of the template."""
LEVELS = 9
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The day that all parts of the archive have, so that the same leaflet gives the same bytes."""


def add_styles(document: WordDocument) -> None:
    """Add the styles that Word's template lacks."""
    known = {style.get(_w("styleId")) for style in document.styles.element}
    for xml in STYLES:
        element = parse_xml(xml.format(ns=NAMESPACES))
        if element.get(_w("styleId")) not in known:
            document.styles.element.append(element)


def add_list(document: WordDocument, number: int, *, level: int, numbering: str | None, start: int) -> int:
    """Add a list and return its identifier; ``numbering`` is None for bullets."""
    identifier = FIRST_LIST + number
    levels = "".join(_level(at, numbering if at == level else None, start) for at in range(LEVELS))
    root = document.part.numbering_part.element
    definition = parse_xml(
        f'<w:abstractNum {NAMESPACES} w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    root.insert(0, definition)
    root.append(
        parse_xml(f'<w:num {NAMESPACES} w:numId="{identifier}"><w:abstractNumId w:val="{identifier}"/></w:num>')
    )
    return identifier


def _level(level: int, numbering: str | None, start: int) -> str:
    kind, text = (FORMATS[numbering], f"%{level + 1}.") if numbering else ("bullet", "•")
    left = 360 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start if numbering else 1}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def add_notes(document: WordDocument, notes: list[str]) -> None:
    """Add the footnotes, each the XML of its paragraphs, numbered from 1."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    texts = "".join(f'<w:footnote w:id="{number}">{xml}</w:footnote>' for number, xml in enumerate(notes, 1))
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {NAMESPACES}>{separators}{texts}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), content_type, xml.encode(), document.part.package)
    document.part.relate_to(part, f"{RELATIONSHIPS}/footnotes")


def add_properties(document: WordDocument, properties: Mapping[str, str]) -> None:
    """Add properties of leaflet's own."""
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={attribute(name)}>'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(properties.items(), 2)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>'
    )
    content_type = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), content_type, xml.encode(), document.part.package)
    document.part.package.relate_to(part, f"{RELATIONSHIPS}/custom-properties")


def packed(document: WordDocument) -> bytes:
    """Return the file, with the same bytes for the same content."""
    saved, made = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(BytesIO(saved.getvalue())) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in sorted(names, key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, OLDEST)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return made.getvalue()


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
