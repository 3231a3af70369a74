"""Nothing is opened for a build but files of the workspace and ``data:``."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from leaflet.errors import SourceError, UnsafeError
from leaflet.weasy.fetch import LARGEST_DATA, WorkspaceFetcher
from panel_samples import page, rendered, section, workspace_at

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'


def png(width: int = 2, height: int = 2) -> bytes:
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file next to the workspace, which no build may read."""
    file = tmp_path / "secret.png"
    file.write_bytes(png())
    return file


@pytest.fixture
def root(tmp_path: Path, outside: Path) -> Path:
    """A workspace with files that try to lead outside."""
    workspace_at(tmp_path / "work")
    source = tmp_path / "work" / "source"
    (source / "link.png").symlink_to(outside)
    (source / "folder").symlink_to(tmp_path)
    (source / "good.png").write_bytes(png())
    (source / "image.svg").write_text(SVG.format(f'<image xlink:href="{outside.as_uri()}" width="5" height="5"/>'))
    (source / "import.svg").write_text(SVG.format("<style>@import url(http://127.0.0.1:9/a.css);</style>"))
    (source / "bomb.svg").write_text('<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format("<text>&a;</text>"))
    (source / "style.css").write_text("p { background: url(../../secret.png) }")
    return tmp_path / "work"


HOSTILE = {
    "network": ('<img src="http://127.0.0.1:9/a.png" alt="x">', ""),
    "secure network": ('<img src="https://127.0.0.1:9/a.png" alt="x">', ""),
    "no scheme": ('<img src="//127.0.0.1:9/a.png" alt="x">', ""),
    "ftp": ('<img src="ftp://127.0.0.1:9/a.png" alt="x">', ""),
    "system file": ('<img src="file:///etc/passwd" alt="x">', ""),
    "shouted scheme": ('<img src="FILE:///etc/passwd" alt="x">', ""),
    "dots": ('<img src="../../secret.png" alt="x">', ""),
    "escaped dots": ('<img src="%2e%2e/%2e%2e/secret.png" alt="x">', ""),
    "dots behind the root": ('<img src="file:///leaflet-workspace/../secret.png" alt="x">', ""),
    "symlink": ('<img src="link.png" alt="x">', ""),
    "symlinked folder": ('<img src="folder/secret.png" alt="x">', ""),
    "image in svg": ('<img src="image.svg" alt="x">', ""),
    "entities": ('<img src="bomb.svg" alt="x">', ""),
    "object": ('<object data="file:///etc/passwd"></object>', ""),
    "embed": ('<embed src="file:///etc/passwd">', ""),
    "stylesheet": ('<link rel="stylesheet" href="http://127.0.0.1:9/a.css">', ""),
    "stylesheet's image": ('<link rel="stylesheet" href="style.css"><p>x</p>', ""),
    "import": ("", "@import url(http://127.0.0.1:9/a.css);"),
    "css url": ("", "p { background: url(file:///etc/passwd) }"),
    "list image": ("<ul><li>x</li></ul>", "li { list-style-image: url(http://127.0.0.1:9/a.png) }"),
    "generated image": ("", "p::before { content: url(http://127.0.0.1:9/a.png) }"),
    "font": ("", '@font-face { font-family: Mine; src: url("http://127.0.0.1:9/a.ttf") } p { font-family: Mine }'),
    "attachment": ('<link rel="attachment" href="file:///etc/passwd">', ""),
    "attached link": ('<p><a rel="attachment" href="file:///etc/passwd">x</a></p>', ""),
    "inline svg": (SVG.format('<title>x</title><image href="file:///etc/passwd" width="5" height="5"/>'), ""),
    "other scheme": ('<img src="gopher://127.0.0.1/x" alt="x">', ""),
    "unknown font": (
        "",
        '@font-face { font-family: Mine; src: url("leaflet-font:../secret") } p { font-family: Mine }',
    ),
    "base": ('<base href="file:///etc/"><img src="passwd" alt="x">', ""),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_leads_outside_is_refused(name: str, root: Path) -> None:
    body, css = HOSTILE[name]
    html = page(section(1) + body)
    html = html.replace("<style>", f"<style>{css}", 1)
    with pytest.raises(UnsafeError) as caught:
        rendered(html, root)
    assert all("is not opened" in problem.message and problem.hint for problem in caught.value.problems)
    assert "secret-bytes" not in str(caught.value)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """A socket on this machine and what it heard."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(5)
    heard: list[object] = []

    def listen() -> None:
        try:
            while True:
                connection, peer = server.accept()
                heard.append(peer)
                connection.close()
        except OSError:
            return

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}", heard
    server.close()
    thread.join(timeout=1)


def test_a_listening_socket_hears_nothing(root: Path, listener: tuple[str, list[object]]) -> None:
    address, heard = listener
    bodies = "".join(body for body, _ in HOSTILE.values()).replace("127.0.0.1:9", address)
    css = "".join(css for _, css in HOSTILE.values()).replace("127.0.0.1:9", address)
    html = page(section(1) + bodies).replace("<style>", f"<style>{css}", 1)
    with pytest.raises(UnsafeError) as caught:
        rendered(html, root)
    assert len(caught.value.problems) > 10
    assert heard == []


def test_files_of_the_workspace_and_data_are_served(root: Path) -> None:
    data = base64.b64encode(png()).decode()
    body = f'<p><img src="good.png" alt="one"> <img src="data:image/png;base64,{data}" alt="two"></p>'
    assert rendered(page(section(1) + body), root).problems[0].message == 'panel "inside 2" is empty'


def test_a_missing_file_is_an_error_with_its_place(root: Path) -> None:
    with pytest.raises(SourceError) as caught:
        rendered(page('<section data-source="5"><img src="none.png" alt="x"></section>'), root)
    (problem,) = caught.value.problems
    assert str(problem).startswith('source/it.md:5: "none.png" cannot be read: there is no such file')


def test_all_refusals_come_at_once(root: Path) -> None:
    body = '<img src="link.png" alt="x"><img src="none.png" alt="y"><img src="http://127.0.0.1:9/" alt="z">'
    with pytest.raises(UnsafeError) as caught:
        rendered(page(body), root)
    assert len(caught.value.problems) == 3


def test_images_that_grow_without_end_are_refused(root: Path) -> None:
    (root / "source" / "huge.png").write_bytes(png(11_000, 10_000))
    with pytest.raises(UnsafeError, match="at most 100 million pixels"):
        rendered(page('<img src="huge.png" alt="x">'), root)


def test_endless_data_is_refused(root: Path) -> None:
    fetcher = WorkspaceFetcher(workspace_at(root))
    with pytest.raises(ValueError, match="at most 16 MiB"):
        fetcher.fetch("data:," + "a" * LARGEST_DATA)
    assert len(fetcher.refused) == 1


def test_a_folder_outside_has_no_address(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UnsafeError, match="lies outside the workspace"):
        WorkspaceFetcher(workspace_at(root)).address(tmp_path)


def test_a_broken_image_is_an_error(root: Path) -> None:
    (root / "source" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    with pytest.raises(SourceError, match="it is no PNG picture that can be read"):
        rendered(page('<img src="broken.png" alt="x">'), root)


def test_an_import_in_svg_opens_nothing(root: Path) -> None:
    with pytest.raises(UnsafeError, match="it fetches something in its style"):
        rendered(page('<img src="import.svg" alt="x">'), root)
