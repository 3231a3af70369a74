"""Sources that want more than they may: each is refused with its message, or does no harm; nothing goes out."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pypdf
import pytest

from running import REPOSITORY, run_leaflet

SECRET = "the-secret-that-must-not-leak"


class Listener:
    """A socket that must hear nothing."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.port = self._socket.getsockname()[1]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._socket.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(1)
                self.heard.append(connection.recv(1000))

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace with a secret beside it."""
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "secret.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>')
    root = tmp_path / "workspace"
    for name in ("source/images", "layouts", "styles", "output"):
        (root / name).mkdir(parents=True)
    return root


def write(workspace: Path, body: str, front: str = "") -> None:
    text = f"---\ntitle: Harmless\nlayout: handout-a4\n{front}---\n\n## Words\n\nSome words.\n\n{body}\n"
    (workspace / "source" / "x.md").write_text(text, encoding="utf-8")


def leaked(workspace: Path) -> bool:
    """True if the secret is in anything that was written."""
    for path in (workspace / "output").iterdir():
        data = path.read_bytes()
        if SECRET.encode() in data:
            return True
        if path.suffix == ".pdf" and any(SECRET in page.extract_text() for page in pypdf.PdfReader(path).pages):
            return True
    return False


YAML_BOMB = "".join(
    [
        "a0: &a0 [x,x,x,x,x,x,x,x,x]\n",
        *(f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 9)),
    ]
)

REFUSED = {
    "an image above the workspace": ("![a](../../secret.svg)", "", "outside the workspace"),
    "an image by its absolute path": ("![a](/etc/passwd.png)", "", "outside the workspace"),
    "an image by a file address": ("![a](file:///etc/passwd)", "", "file:"),
    "a raw image by a file address": ("<img src=file:///etc/passwd alt=a>", "", "is not a file of the workspace"),
    "a symlink that leads outside": ("![a](images/link.svg)", "", "outside the workspace"),
    "an SVG that loads from the network": ("![a](images/net.svg)", "", "net.svg"),
    "an SVG with a script": ("![a](images/script.svg)", "", "script"),
    "an SVG with an entity": ("![a](images/entity.svg)", "", "entity.svg"),
    "a link that runs a script": ("[a](javascript:alert(1))", "", "javascript"),
    "a link made of a field": ("[a]({{ where }})", "fields:\n  where: 'javascript:alert(1)'\n", "link"),
    "a bibliography above the workspace": ("", "bibliography: ../../secret.txt\n", "outside the workspace"),
    "a citation style above the workspace": ("", "csl: ../../secret.csl\n", "outside the workspace"),
    "a cover above the workspace": ("", "cover: ../../secret.svg\n", "outside the workspace"),
    "a layout that climbs": ("", "layout: ../shared\n", "layout"),
    "a YAML tag that runs code": ("", "author: !!python/object/apply:os.system ['true']\n", "x.md"),
    "a YAML bomb": ("", YAML_BOMB, "too large"),
}


LEFT_OUT = {
    "an image from the network": ("![a](http://127.0.0.1:PORT/a.png)", "on the web are not opened"),
    "an image from the network in HTML": (
        '<img src="http://127.0.0.1:PORT/a.png" alt="a">',
        "on the web are not opened",
    ),
    "a figure from the network": (
        '<figure><img src="//127.0.0.1:PORT/a.png" alt="a"></figure>',
        "on the web are not opened",
    ),
    "a shortcode's picture from the network": (
        '{{< figure src="http://127.0.0.1:PORT/a.png" alt="a" >}}',
        "on the web",
    ),
    "a link to a file": ("[a](file:///etc/passwd)", "lead nowhere from paper"),
    "a formula that reads a file": (r"$\input{/etc/passwd}$", "cannot be set"),
    "LaTeX that reads a file": (r"\input{../../secret.txt}", "is left out"),
    "a directive that reads a file": ("```{literalinclude} ../../secret.txt\n```", "left out"),
}


def test_all_of_them_are_left_out_with_a_warning_each(workspace: Path, listener: Listener) -> None:
    bodies = "\n\n".join(body for body, _ in LEFT_OUT.values())
    write(workspace, bodies.replace("PORT", str(listener.port)))
    result = run_leaflet("build", "source/x.md", "--format", "pdf", "--format", "html", cwd=workspace)
    assert [expected for _, expected in LEFT_OUT.values() if expected not in result.stderr] == []
    assert listener.heard == []
    assert not leaked(workspace)


@pytest.mark.parametrize("body", ["{{< include ../../secret.txt >}}", "```{include} ../../secret.txt\n```"])
def test_only_files_of_the_workspace_are_included(body: str, workspace: Path) -> None:
    write(workspace, body)
    result = run_leaflet("build", "source/x.md", cwd=workspace, check=False)
    assert result.returncode == 1
    assert "outside the workspace" in result.stderr


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_message(name: str, workspace: Path, listener: Listener) -> None:
    body, front, expected = REFUSED[name]
    address = f"http://127.0.0.1:{listener.port}/a.png"
    images = workspace / "source" / "images"
    (images / "link.svg").symlink_to(workspace.parent / "secret.svg")
    opening = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    (images / "net.svg").write_text(f'{opening}><image width="9" height="9" xlink:href="{address}"/></svg>')
    (images / "script.svg").write_text(f'{opening}><script href="{address}">alert(1)</script></svg>')
    (images / "entity.svg").write_text(
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{workspace.parent}/secret.txt">]>{opening}><text>&x;</text></svg>'
    )
    if "layout:" in front:
        (workspace / "source" / "x.md").write_text(f"---\ntitle: Harmless\n{front}---\n\n## Words\n\nSome.\n")
    else:
        write(workspace, body.replace("PORT", str(listener.port)), front)
    result = run_leaflet("build", "source/x.md", cwd=workspace, check=False)
    assert result.returncode == 1, result.stdout
    assert "Traceback" not in result.stderr
    assert "source/x.md" in result.stderr
    assert expected in result.stderr
    assert list((workspace / "output").iterdir()) == []
    assert listener.heard == []


HARMLESS = {
    "a script": "<script>fetch('http://127.0.0.1:PORT/')</script>",
    "an event handler": "<p onclick=\"fetch('http://127.0.0.1:PORT/')\">words</p>",
    "a style that imports": "<style>@import url(http://127.0.0.1:PORT/a.css);</style>",
    "a style attribute that loads": '<p style="background:url(http://127.0.0.1:PORT/a.png)">words</p>',
    "a frame": "<iframe src=http://127.0.0.1:PORT/></iframe>",
    "a linked style sheet": "<link rel=stylesheet href=http://127.0.0.1:PORT/a.css>",
    "an object": "<object data=file:///etc/passwd></object><embed src=file:///etc/passwd>",
    "a refresh": '<meta http-equiv=refresh content="0;url=http://127.0.0.1:PORT/">',
    "a base": "<base href=http://127.0.0.1:PORT/>",
    "a template in the text": "{{ 7*7 }} {% include '/etc/passwd' %} {{ ''.__class__.__mro__ }}",
}


def test_they_do_no_harm(workspace: Path, listener: Listener) -> None:
    write(workspace, "\n\n".join(HARMLESS.values()).replace("PORT", str(listener.port)))
    result = run_leaflet("build", "source/x.md", "--format", "pdf", "--format", "html", cwd=workspace)
    assert "Traceback" not in result.stderr
    assert listener.heard == []
    assert not leaked(workspace)
    text = (workspace / "output" / "x.html").read_text(encoding="utf-8")
    body = text.partition("<body")[2]
    assert f"127.0.0.1:{listener.port}" not in re.sub(r">[^<]*<", "><", body)
    assert "root:" not in text


HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=file:///etc/passwd>',
    "{{ 7*7 }}",
    "</title></style></script>",
)


def straight(text: str) -> str:
    """A text with the quotation marks that were typed."""
    return text.replace("’", "'").replace("”", '"').replace("“", '"')


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_metadata_prints_as_itself(text: str, workspace: Path, listener: Listener) -> None:
    quoted = json.dumps(text)
    keys = ["subtitle", "audience", "publisher", "copyright", "abstract", "disclaimer", "version", "code", "license"]
    front = "".join(f"{key}: {quoted}\n" for key in keys)
    front += f"author:\n  - name: {quoted}\n    bio: {quoted}\n    role: {quoted}\nkeywords: [{quoted}]\n"
    front += f"contact:\n  name: {quoted}\n  phone: {quoted}\n  hours: {quoted}\nfurther-reading: [{quoted}]\n"
    source = f"---\ntitle: {quoted}\nlayout: handout-a4\n{front}---\n\n## Words\n\nSome words.\n"
    (workspace / "source" / "x.md").write_text(source, encoding="utf-8")
    result = run_leaflet("build", "source/x.md", "--format", "pdf", "--format", "html", cwd=workspace)
    assert "Traceback" not in result.stderr
    output = workspace / "output"
    page = (output / "x.html").read_text(encoding="utf-8")
    markup = re.sub(r"<script[^>]*type=\"?application/ld\+json.*?</script>", "", page, flags=re.DOTALL)
    assert "<script>alert" not in page
    assert "<img src=file" not in page
    assert ">49<" not in page
    assert text in straight(unescape(markup))
    for data in re.findall(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", page, re.DOTALL):
        assert text in straight(str(json.loads(data)))
    pdf = pypdf.PdfReader(output / "x.pdf")
    assert pdf.metadata is not None
    assert pdf.metadata.title is not None
    assert text in straight(pdf.metadata.title)
    shown = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in pdf.pages))
    assert re.sub(r"\s+", "", text) in straight(shown)
    assert listener.heard == []


def test_no_layout_runs_code(workspace: Path) -> None:
    """A workspace's own layout runs in the sandbox: what reaches for Python's insides is an error."""
    mine = workspace / "layouts" / "mine"
    mine.mkdir()
    (mine / "layout.toml").write_text((REPOSITORY / "layouts/handout-a4/layout.toml").read_text())
    (mine / "layout.css").write_text("")
    (mine / "page.html.j2").write_text("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    (workspace / "source" / "x.md").write_text("---\ntitle: Harmless\nlayout: mine\n---\n\n## Words\n\nSome.\n")
    result = run_leaflet("build", "source/x.md", cwd=workspace, check=False)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "page.html.j2" in result.stderr
