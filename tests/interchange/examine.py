"""Comparison of an import with its document: words in and out, and the structure as pandoc reads it."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree, html

from leaflet.files import open_workspace
from leaflet.interchange import ImportOptions, ImportResult, import_document
from leaflet.model.document import (
    Code,
    CodeBlock,
    Deleted,
    Document,
    Emphasis,
    FieldReference,
    Footnote,
    HardBreak,
    Image,
    Link,
    List,
    ListKind,
    Math,
    SafeHtml,
    SafeInlineHtml,
    Section,
    SoftBreak,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from leaflet.model.walk import Node, children, plain_text, walk
from leaflet.source import read_source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TEXTS = {f"{W}t", f"{W}delText", f"{A}t", f"{M}t"}
BREAKS = {f"{W}p", f"{W}rubyBase", f"{W}br", f"{W}cr", f"{W}tab", f"{W}tc", f"{A}p", f"{M}oMath"}


def words(text: str) -> Counter[str]:
    """The words of a text, whatever its typography."""
    plain = text.replace("\u2011", "-").replace("\u200b", "").replace("\u00ad", "")
    return Counter(re.findall(r"\w+", plain))


def docx_text(data: bytes) -> str:
    """All words that a .docx file shows or has recorded as deleted, in the document, its notes, comments, and margins."""
    parts: list[str] = []
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name):
                root = etree.fromstring(archive.read(name))
                for fallback in list(root.iter(f"{MC}Fallback")):
                    choice = fallback.getparent().find(f"{MC}Choice")
                    if choice is not None and len(choice):
                        fallback.getparent().remove(fallback)
                parts.append("".join(_pieces(root)))
    return "\n".join(parts)


def _pieces(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag in TEXTS:
            yield element.text or ""
        elif element.tag in BREAKS:
            yield " "
        elif element.tag == f"{W}noBreakHyphen":
            yield "-"


T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
ODT_PARTS = ("content.xml", "styles.xml")


def odt_text(data: bytes) -> str:
    """All words of an .odt file's text and of its margins."""
    parts: list[str] = []
    with ZipFile(BytesIO(data)) as archive:
        for name in ODT_PARTS:
            root = etree.fromstring(archive.read(name))
            for note in list(root.iter(f"{T}note-citation")):
                note.text = ""
            for paragraph in root.iter(f"{T}p", f"{T}h"):
                if not any(above.tag in {f"{T}p", f"{T}h"} for above in paragraph.iterancestors()):
                    parts.append(" ".join(_odt_pieces(paragraph)))
    return "\n".join(parts)


def _odt_pieces(paragraph: etree._Element) -> Iterator[str]:
    made = ""
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "start":
            made += " " if element.tag in {f"{T}s", f"{T}tab", f"{T}line-break", f"{T}p", f"{T}note"} else ""
            made += (
                element.text or ""
                if not str(element.tag).startswith("{urn:oasis:names:tc:opendocument:xmlns:svg")
                else ""
            )
        else:
            made += " " if element.tag in {f"{T}p", f"{T}note"} else ""
            made += (element.tail or "") if element is not paragraph else ""
    yield made


INLINE = frozenset("b i em strong span a sup sub u s del code mark small font tt".split())


def html_text(data: bytes) -> str:
    """All words that a web page shows."""
    root = html.document_fromstring(data)
    for element in list(root.iter("script", "style", "title")):
        element.drop_tree()
    made = ""
    for event, element in etree.iterwalk(root.find("body"), events=("start", "end")):
        made += " " if element.tag not in INLINE else ""
        made += (element.text if event == "start" else element.tail) or ""
    return made


def source_text(document: Document, source: str) -> str:
    """All words that a source prints or holds as comments."""
    front, _, body = source.partition("\n---\n")
    parts = [re.sub(r"^[\w-]+:|^---", " ", front, flags=re.MULTILINE)]
    parts += re.findall(r"<!--(.*?)-->", body, re.DOTALL)
    parts.append(_text(document))
    return "\n".join(parts)


def _text(document: Document) -> str:
    return "".join(_printed(document.blocks))


def _printed(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case SafeHtml():
                spaced = re.sub(r"<(?=/?(?:td|th|tr|br|p|li|caption))", " <", node.html)
                yield html.fromstring(f"<div>{spaced}</div>").text_content()
            case FieldReference() | Math() | SafeInlineHtml():
                pass
            case Text() | Code() | CodeBlock():
                yield node.text
            case SoftBreak() | HardBreak():
                yield " "
            case Section():
                yield from _printed(node.heading)
                yield "\n"
                yield from _printed(node.blocks)
            case Table():
                for cell in (cell for row in (node.head, *node.rows) for cell in row):
                    yield from _printed(cell.blocks or cell.children)
                    yield "\n"
                yield from _printed(node.caption)
            case Emphasis() | Strong() | Deleted() | Superscript() | Subscript() | Span() | Link():
                yield from _printed(children(node))
            case _:
                yield "\n"
                yield from _printed(children(node))
                yield "\n"


def lost_words(data: str, result: ImportResult, document: Document) -> tuple[Counter[str], Counter[str]]:
    """The words that are neither in the source nor in the report, and those that are in the source alone."""
    source = result.files[result.source].decode()
    told = " ".join([*(notice.left_out for notice in result.notices), *result.replaced])
    before, after = words(data), words(source_text(document, source))
    return before - (after + words(told)), after - before


# ---------------------------------------------------------------- structure


def pandoc_outline(file: Path, kind: str) -> dict[str, list[str]]:
    """The structure that pandoc reads, with changes accepted as leaflet accepts them."""
    ran = subprocess.run(["pandoc", "-f", kind, "-t", "json", str(file)], capture_output=True, check=True)
    found: dict[str, list[str]] = {"headings": [], "items": [], "tables": [], "links": [], "notes": [], "pictures": []}
    _pandoc_walk(json.loads(ran.stdout)["blocks"], found)
    return found


def _pandoc_walk(node: object, found: dict[str, list[str]]) -> None:
    if isinstance(node, list):
        for each in node:
            _pandoc_walk(each, found)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        match kind:
            case "Header":
                found["headings"].append(" ".join(_pandoc_text(content[2]).split()))
            case "BulletList":
                found["items"] += ["bullet"] * len(content)
            case "OrderedList":
                found["items"] += [
                    f"ordered {number}" for number in range(content[0][0], content[0][0] + len(content[1]))
                ]
            case "Table":
                rows = [*content[3][1], *(row for body in content[4] for row in [*body[2], *body[3]])]
                found["tables"].append(f"{len(rows)} × {len(content[2])}")
            case "Link":
                found["links"].append(content[2][0])
            case "Note":
                found["notes"].append("note")
            case "Image":
                found["pictures"].append("picture")
        for value in node.values():
            _pandoc_walk(value, found)


def _pandoc_text(node: object) -> str:
    if isinstance(node, list):
        return "".join(map(_pandoc_text, node))
    if isinstance(node, dict):
        if node.get("t") == "Str":
            return str(node["c"])
        return " " if node.get("t") in {"Space", "SoftBreak", "LineBreak"} else _pandoc_text(node.get("c"))
    return ""


def outline(document: Document) -> dict[str, list[str]]:
    """The structure of a source in the same form."""
    found: dict[str, list[str]] = {"headings": [], "items": [], "tables": [], "links": [], "notes": [], "pictures": []}
    for node in walk(document.blocks):
        match node:
            case Section():
                found["headings"].append(" ".join(plain_text(node.heading).split()))
            case List():
                kind = node.kind is ListKind.ORDERED
                found["items"] += [f"ordered {node.start + at}" if kind else "bullet" for at in range(len(node.items))]
            case Table():
                found["tables"].append(
                    f"{len(node.rows) + any(cell.children for cell in node.head)} × {len(node.alignments)}"
                )
            case SafeHtml() if "<table" in node.html:
                for table in html.fromstring(f"<div>{node.html}</div>").iter("table"):
                    rows = list(table.iter("tr"))
                    columns = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
                    found["tables"].append(f"{len(rows)} × {columns}")
            case Link():
                found["links"].append(node.target)
            case Footnote() if not node.repeats:
                found["notes"].append("note")
            case Image():
                found["pictures"].append("picture")
    return found


def imported(file: Path, folder: Path) -> tuple[ImportResult, Document, list[str]]:
    """Import a document into ``folder``, and read the source back; the messages are those of reading."""
    result = import_document(file, ImportOptions(folder=folder, styles={}))
    for path, content in result.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    source = folder / result.source
    read = read_source(source, open_workspace(source))
    return result, read.document, [str(problem) for problem in read.problems]
