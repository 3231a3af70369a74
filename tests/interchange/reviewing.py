"""A reviewer's work on a .docx file, written into its XML as Word and LibreOffice write it."""

from __future__ import annotations

import re
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

import docx

WHO = 'w:id="900" w:author="Ann" w:date="2026-05-01T10:00:00Z"'


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The document with tracked changes: each old text becomes a new one; ``("+after", words)`` adds a paragraph."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode()
                for before, after in changes:
                    text = _added(text, before[1:], after) if before.startswith("+") else _changed(text, before, after)
                content = text.encode()
            new.writestr(name, content)
    return made.getvalue()


def _changed(xml: str, before: str, after: str) -> str:
    pattern = re.compile(
        rf'<w:r>(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">(?P<a>[^<]*?){re.escape(escape(before))}(?P<b>[^<]*)</w:t></w:r>'
    )
    found = pattern.search(xml)
    assert found, before
    look = found["look"] or ""

    def run(text: str, tag: str = "t") -> str:
        return f'<w:r>{look}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>' if text else ""

    kept = 0
    while kept < min(len(before), len(after)) and before[kept] == after[kept]:
        kept += 1
    deleted, inserted = escape(before[kept:]), escape(after[kept:])
    middle = f"<w:del {WHO}>{run(deleted, 'delText')}</w:del>" if deleted else ""
    middle += f"<w:ins {WHO}>{run(inserted)}</w:ins>" if inserted else ""
    whole = run(found["a"] + escape(before[:kept])) + middle + run(found["b"])
    return xml[: found.start()] + whole + xml[found.end() :]


def _added(xml: str, after: str, words: str) -> str:
    at = xml.index("</w:p>", xml.index(escape(after))) + len("</w:p>")
    run = f'<w:ins {WHO}><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:ins>'
    return f"{xml[:at]}<w:p><w:pPr><w:rPr><w:ins {WHO}/></w:rPr></w:pPr>{run}</w:p>{xml[at:]}"


def without_paragraph(data: bytes, words: str) -> bytes:
    """The document with a paragraph deleted as a whole, as a tracked change."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode()
                at = text.index(escape(words))
                start, end = text.rindex("<w:p>", 0, at), text.index("</w:p>", at)
                paragraph = text[start:end].replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
                paragraph = paragraph.replace("<w:r>", f"<w:del {WHO}><w:r>").replace("</w:r>", "</w:r></w:del>")
                mark = f"<w:rPr><w:del {WHO}/></w:rPr>"
                has = "</w:pPr>" in paragraph
                paragraph = (
                    paragraph.replace("</w:pPr>", f"{mark}</w:pPr>", 1)
                    if has
                    else paragraph.replace("<w:p>", f"<w:p><w:pPr>{mark}</w:pPr>", 1)
                )
                content = (text[:start] + paragraph + text[end:]).encode()
            new.writestr(name, content)
    return made.getvalue()


def commented(data: bytes, words: str, comment: str) -> bytes:
    """The document with a comment on the run that holds some words."""
    document = docx.Document(BytesIO(data))
    cells = [paragraph for table in document.tables for cell in table._cells for paragraph in cell.paragraphs]
    runs = [run for paragraph in [*document.paragraphs, *cells] for run in paragraph.runs if words in run.text]
    document.add_comment(runs[0], text=comment, author="Ann", initials="A")
    made = BytesIO()
    document.save(made)
    return made.getvalue()
