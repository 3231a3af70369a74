"""Sources as the editor reads and writes them: whole, as they were, and never over somebody's change."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from previews import SHORT, workspace

from leaflet.errors import LeafletError, UnsafeError
from leaflet.files import open_workspace
from leaflet.model.workspace import Workspace
from leaflet.preview.front_matter_edit import with_keys
from leaflet.preview.pictures_in import add_picture
from leaflet.preview.sources import Conflict, find_source, list_sources, read_source_text, save_source


@pytest.fixture
def folder(tmp_path: Path) -> Workspace:
    return open_workspace(workspace(tmp_path / "ws"))


@pytest.mark.parametrize(
    "name",
    [
        "../outside.md",
        "/etc/passwd.md",
        "source/../../outside.md",
        "source/.hidden.md",
        "source\\tea.md",
        "leaflet.toml",
        "",
        "source/a\n.md",
        "source/\x00.md",
        "output/../../x.md",
    ],
)
def test_names_that_are_no_sources_are_refused(folder: Workspace, name: str) -> None:
    with pytest.raises(UnsafeError):
        find_source(folder, name)


def test_a_link_to_a_file_outside_is_refused(folder: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (folder.root / "source" / "link.md").symlink_to(secret)
    with pytest.raises(UnsafeError):
        find_source(folder, "source/link.md")
    assert "source/link.md" not in list_sources(folder)


def test_a_folder_that_is_a_link_outside_is_refused(folder: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_text("secret", encoding="utf-8")
    (folder.root / "source" / "door").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafeError):
        find_source(folder, "source/door/a.md")


def test_saving_keeps_line_ends_and_mark_and_mode(folder: Workspace) -> None:
    path = folder.root / "source" / "tea.md"
    path.write_bytes(b"\xef\xbb\xbf---\r\ntitle: Tea\r\n---\r\n")
    path.chmod(0o640)
    read = read_source_text(folder, path)
    saved = save_source(folder, path, read.text + "More.\n", read.digest)
    assert not isinstance(saved, Conflict)
    assert path.read_bytes() == b"\xef\xbb\xbf---\r\ntitle: Tea\r\n---\r\nMore.\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in path.parent.iterdir()] == ["tea.md"]


def test_a_change_of_somebody_else_is_not_overwritten(folder: Workspace) -> None:
    path = folder.root / "source" / "tea.md"
    read = read_source_text(folder, path)
    path.write_text(SHORT + "Theirs.\n", encoding="utf-8")
    conflict = save_source(folder, path, read.text + "Mine.\n", read.digest)
    assert isinstance(conflict, Conflict)
    assert conflict.theirs.text.endswith("Theirs.\n")
    assert path.read_text(encoding="utf-8").endswith("Theirs.\n")


def test_a_source_that_is_gone_is_a_conflict(folder: Workspace) -> None:
    path = folder.root / "source" / "tea.md"
    read = read_source_text(folder, path)
    path.unlink()
    assert isinstance(save_source(folder, path, read.text, read.digest), Conflict)
    assert not path.exists()


def test_a_key_changes_and_nothing_else() -> None:
    text = "---\n# who\ntitle: Tea  # short\nauthor:\n  - given: Rosa\n    family: Bell\n\n# how\nlayout: half-fold-a4\n---\n\nlayout: no key\n"
    assert with_keys(text, {"layout": "trifold-a4"}) == text.replace("layout: half-fold-a4", "layout: trifold-a4")
    assert with_keys(text, {"author": "Ada Byron"}) == text.replace(
        "author:\n  - given: Rosa\n    family: Bell\n", "author: Ada Byron\n"
    )
    assert with_keys(text, {"style": "clear"}) == text.replace("---\n\nlayout", "style: clear\n---\n\nlayout")
    assert with_keys(text, {"layout": None}) == text.replace("layout: half-fold-a4\n", "")


def test_a_value_can_never_become_another_key() -> None:
    changed = with_keys("---\ntitle: Tea\n---\n", {"title": 'a: b\n---\nlayout: x # "'})
    from leaflet.preview.completion_words import front_matter

    assert front_matter(changed, "x") == {"title": 'a: b\n---\nlayout: x # "'}


def test_a_text_without_front_matter_gets_one() -> None:
    assert with_keys("# Tea\n", {"lang": "de"}) == "---\nlang: de\n---\n\n# Tea\n"


def pixel() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (2, 2), "red").save(stream, "PNG")
    return stream.getvalue()


PIXEL = pixel()


def test_a_picture_is_added_beside_its_source_and_replaces_none(folder: Workspace) -> None:
    source = folder.root / "source" / "tea.md"
    assert add_picture(folder, source, "../../My cup.PNG", PIXEL) == "images/My-cup.png"
    assert add_picture(folder, source, "My cup.png", PIXEL) == "images/My-cup.png"
    other = folder.root / "source" / "images" / "other.png"
    other.write_bytes(b"something else")
    assert add_picture(folder, source, "other.png", PIXEL) == "images/other-2.png"
    assert other.read_bytes() == b"something else"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("x.png", b"not a picture"),
        ("x.html", b"<p>"),
        ("x.md", b"# no"),
    ],
)
def test_what_is_no_picture_is_not_added(folder: Workspace, name: str, data: bytes) -> None:
    with pytest.raises(LeafletError):
        add_picture(folder, folder.root / "source" / "tea.md", name, data)
    images = folder.root / "source" / "images"
    assert not images.exists() or not list(images.iterdir())
