"""Documents that are damaged, encrypted, huge or made to do harm are refused, or read without what would do harm."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from word_documents import DOCUMENTS, W, block, new, run, saved, with_file

from leaflet.errors import LeafletError
from leaflet.interchange import ImportOptions, ImportResult, import_document, office_package


def imported(data: bytes, folder: Path, name: str = "a.docx") -> ImportResult:
    (folder / name).write_bytes(data)
    return import_document(folder / name, ImportOptions(folder=folder / "source", styles={}))


def with_document(xml: str) -> bytes:
    made = BytesIO(DOCUMENTS["empty"]())
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, "word/document.xml": xml.encode()}.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """An archive whose directory says that its part has 4 GB."""
    data = bytearray(DOCUMENTS["empty"]())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (4_000_000_000).to_bytes(4, "little")
    return bytes(data)


def test_a_part_that_is_larger_than_its_archive_says_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_package, "LARGEST_TEXT", 500)
    with pytest.raises(LeafletError, match="larger than 0 MB when it is unpacked"):
        imported(DOCUMENTS["empty"](), tmp_path)


ENTITIES = f'<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
REFUSED = {
    "empty": (lambda: b"", "damaged, or is not what its suffix says"),
    "text": (lambda: b"words", "damaged, or is not what its suffix says"),
    "cut": (lambda: DOCUMENTS["headings"]()[:9000], "damaged, or is not what its suffix says"),
    "encrypted": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a document of an older Word"),
    "bomb": (bomb, "larger than 400 MB when it is unpacked"),
    "entities": (lambda: with_document(ENTITIES), "declares entities"),
    "no XML": (lambda: with_document("<w:document"), "a part of it is no XML"),
    "no document": (lambda: with_document("<a/>"), "no document of Word"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_cannot_be_read_is_refused_in_plain_words(name: str, tmp_path: Path) -> None:
    make, message = REFUSED[name]
    with pytest.raises(LeafletError, match=message):
        imported(make(), tmp_path)
    assert not (tmp_path / "source").exists()


def test_macros_are_reported_and_names_in_the_archive_are_no_paths(tmp_path: Path) -> None:
    data = with_file(with_file(DOCUMENTS["headings"](), "word/vbaProject.bin", "x"), "../../evil.md", "x")
    result = imported(data, tmp_path, "a.docm")
    assert any("macros" in notice.message for notice in result.notices)
    assert list(result.files) == ["a.md"]


def test_linked_pictures_are_reported_and_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    document = new("Linked")
    identifier = document.part.relate_to(
        secret.as_uri(), "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", is_external=True
    )
    block(
        document,
        f'<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:link="{identifier}"/></a:graphicData></a:graphic>'
        f'</wp:inline></w:drawing></w:r></w:p><w:p><w:r><w:pict><v:imagedata r:id="{identifier}"/></w:pict></w:r></w:p>',
    )
    result = imported(saved(document), tmp_path)
    assert sum("only linked" in notice.message for notice in result.notices) == 2
    assert list(result.files) == ["a.md"]


def test_deep_nesting_is_no_fault(tmp_path: Path) -> None:
    deep = "<w:ins>" * 120 + run("deep") + "</w:ins>" * 120
    result = imported(with_document(f"<w:document {W}><w:body><w:p>{deep}</w:p></w:body></w:document>"), tmp_path)
    assert b"deep" in result.files["a.md"]
    deeper = "<w:ins>" * 5000 + "</w:ins>" * 5000
    with pytest.raises(LeafletError):
        imported(with_document(f"<w:document {W}><w:body><w:p>{deeper}</w:p></w:body></w:document>"), tmp_path)


def test_bytes_that_were_changed_at_random_never_break_the_reader(tmp_path: Path) -> None:
    chance = random.Random(7)
    for name in ("zotero-citations", "tables", "changes"):
        with zipfile.ZipFile(BytesIO(DOCUMENTS[name]())) as archive:
            text = archive.read("word/document.xml").decode()
        for _ in range(12):
            tags = text.split("<")
            for _ in range(chance.randint(1, 6)):
                at = chance.randrange(1, len(tags))
                other = chance.randrange(1, len(tags))
                tags[at], tags[other] = tags[other], tags[at]
            with suppress(LeafletError):
                imported(with_document("<".join(tags)), tmp_path)
