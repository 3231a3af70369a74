"""Pictures: checked whole where they enter, decoded once, and the same value everywhere."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from pikepdf import Pdf
from PIL import Image, ImageFile

from leaflet.errors import LeafletError, SourceError
from leaflet.files import picture_address, picture_data, read_picture
from leaflet.model.picture import Picture, PictureKind
from leaflet.model.workspace import Workspace
from leaflet.source import open_workspace, understand

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="3" height="2"/></svg>'
HOSTILE = SVG.replace(b"<rect", b"<script>alert(1)</script><rect")


def pixels(kind: str, size: tuple[int, int] = (160, 120)) -> bytes:
    """Return a picture that does not compress to nothing, so that half of it lacks rows."""
    image = Image.effect_noise(size, 80).convert("RGB")
    stream = BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "source").mkdir()
    return open_workspace(tmp_path)


def read(workspace: Workspace, name: str, data: bytes) -> Picture:
    folder = workspace.root / "source"
    (folder / name).write_bytes(data)
    return read_picture(name, folder=folder, workspace=workspace, asked_at=None)


KINDS = [
    ("a.png", "PNG"),
    ("a.jpg", "JPEG"),
    ("a.JPEG", "JPEG"),
    ("a.gif", "GIF"),
    ("a.webp", "WebP"),
    ("a.avif", "AVIF"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_picture_has_its_kind_size_and_content(name: str, kind: str, workspace: Workspace) -> None:
    data = pixels(kind)
    picture = read(workspace, name, data)
    assert (picture.kind, picture.size) == (PictureKind(kind), (160, 120))
    assert picture_data(picture, workspace) == data
    assert picture_address(picture, workspace).startswith(f"data:image/{kind.lower()};base64,")


@pytest.mark.parametrize("lenient", [True, False])
@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_half_a_picture_is_refused(
    name: str, kind: str, lenient: bool, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # as WeasyPrint sets it
    data = pixels(kind)
    with pytest.raises(SourceError) as caught:
        read(workspace, name, data[: len(data) // 2])
    (problem,) = caught.value.problems
    assert problem.message.startswith(f'the image "{name}" is')
    assert problem.hint is not None
    assert problem.hint.startswith(f"save it as {kind} again")


def test_a_png_with_a_changed_byte_is_refused(workspace: Workspace) -> None:
    data = bytearray(pixels("PNG"))
    data[len(data) // 2] ^= 1
    with pytest.raises(SourceError, match=r'the image "a\.png" is damaged'):
        read(workspace, "a.png", bytes(data))


@pytest.mark.parametrize("damage", [b"", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, b"GIF89a", b"RIFF\xff\xff\xff\xffWEBP"])  # fmt: skip
@pytest.mark.parametrize("suffix", ["png", "gif", "webp", "jpg", "svg"])
def test_what_begins_like_a_picture_is_none_yet(damage: bytes, suffix: str, workspace: Workspace) -> None:
    with pytest.raises(SourceError):
        read(workspace, f"a.{suffix}", damage)


def test_pixels_may_have_the_suffix_of_another_kind_of_pixels(workspace: Workspace) -> None:
    assert read(workspace, "a.png", pixels("JPEG")).kind is PictureKind.JPEG
    with pytest.raises(SourceError, match=r'the image "a\.svg" holds JPEG data'):
        read(workspace, "a.svg", pixels("JPEG"))
    with pytest.raises(SourceError, match=r'the image "b\.png" holds SVG data'):
        read(workspace, "b.png", b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')


def test_a_pdf_file_has_the_size_of_its_first_page(workspace: Workspace) -> None:
    stream = BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 200))
        pdf.save(stream)
    assert read(workspace, "a.pdf", stream.getvalue()).size == (300, 200)
    with pytest.raises(SourceError, match=r'the image "b\.pdf" is no PDF file with a page'):
        read(workspace, "b.pdf", b"%PDF-1.7\n" + bytes(200))


def test_a_drawing_has_the_size_of_its_box_or_none(workspace: Workspace) -> None:
    assert read(workspace, "a.svg", SVG).size == (30, 20)
    assert read(workspace, "b.svg", SVG.replace(b' viewBox="0 0 30 20"', b"")).size is None


def test_colours_and_names_in_a_style_are_no_numbers(workspace: Workspace) -> None:
    def styled(words: bytes) -> bytes:
        return SVG.replace(b"<rect", b'<rect style="' + words + b'"')

    assert read(workspace, "a.svg", styled(b"fill:#2e2121;clip-path:url(#a12e91);stroke:#12345678")).size == (30, 20)
    for huge in (b"stroke-width:2e21", b"stroke-width:-12345678.5px"):
        with pytest.raises(SourceError, match="which is larger than any sheet"):
            read(workspace, "a.svg", styled(huge))


LEAFLETS = {
    "image": "---\ntitle: T\n---\n![Words](bad.svg)\n",
    "cover": "---\ntitle: T\ncover: bad.svg\n---\n",
    "art outside": "---\ntitle: T\nart-outside: bad.svg\n---\n",
    "art inside": "---\ntitle: T\nart-inside: bad.svg\n---\n",
    "field": "---\ntitle: T\nfields: {name: bad}\n---\n![Words]({{ name }}.svg)\n",
}


@pytest.mark.parametrize("text", LEAFLETS.values(), ids=list(LEAFLETS))
@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("bad.svg", HOSTILE, 'the drawing "bad.svg" holds <script>'),
        ("bad.png", pixels("PNG")[:2000], 'the image "bad.png" is damaged'),
    ],
)
def test_every_way_in_checks_pictures_alike(
    text: str, name: str, data: bytes, message: str, workspace: Workspace
) -> None:
    source = workspace.root / "source" / "x.md"
    source.write_text(text.replace(".svg", Path(name).suffix), encoding="utf-8")
    source.with_name(name).write_bytes(data)
    problems = understand(source, workspace).problems
    assert [problem.message for problem in problems if problem.message.startswith(message)]
    assert all(problem.location and problem.location.line for problem in problems)


def test_a_picture_is_decoded_once_until_its_file_changes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[object] = []
    load: Callable[[ImageFile.ImageFile], object] = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: (decoded.append(image), load(image))[1])
    first = read(workspace, "a.webp", pixels("WebP", (16, 12)))
    count = len(decoded)
    again = read_picture("a.webp", folder=workspace.root / "source", workspace=workspace, asked_at=None)
    assert again is first
    assert len(decoded) == count
    changed = read(workspace, "a.webp", pixels("WebP", (32, 24)))
    assert changed.size == (32, 24)
    assert len(decoded) > count


def test_a_picture_that_changed_since_it_was_checked_is_not_used(workspace: Workspace) -> None:
    picture = read(workspace, "a.png", pixels("PNG"))
    picture.path.write_bytes(HOSTILE)
    with pytest.raises(LeafletError, match=r'the picture "source/a\.png" was changed during the build'):
        picture_data(picture, workspace)
    assert replace(picture, size=None) != picture
