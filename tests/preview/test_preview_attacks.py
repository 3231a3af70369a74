"""Attacks on the preview: what a page from elsewhere, another user or a hostile source may try."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from previews import SHORT, Running, preview, workspace

HOSTILE = SHORT.replace("title: Tea", 'title: "</title><script>alert(1)</script>"').replace(
    "Tea is warm", '<script>alert(2)</script> <b onmouseover="alert(3)">b</b> [x](javascript:alert(4)) Tea is warm'
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = workspace(tmp_path_factory.mktemp("attacks") / "ws", tea=SHORT, hostile=HOSTILE)
    with preview(folder, "source/tea.md") as started:
        yield started


def events(running: Running, query: str, depth: str) -> dict[str, object]:
    """Follow a tab's events until there is one of ``depth``."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=120) as connection:
        lines = f"GET /{running.token}/events?{query} HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n"
        connection.sendall(lines.encode())
        stream = connection.makefile("rb")
        for line in stream:
            if line.startswith(b"data: "):
                state: dict[str, object] = json.loads(line[6:])
                if state["depth"] == depth or state["problems"]:
                    return state
    raise AssertionError("the stream ended")


def test_without_the_token_there_is_nothing(running: Running) -> None:
    for token in ("", "x", running.token[:-1], running.token + "x"):
        assert running.ask("/leaflet?source=source/tea.md", token=token)[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1", "[::1]", ""])
def test_another_name_of_the_machine_is_refused(running: Running, host: str) -> None:
    assert running.ask("/values", headers={"Host": host})[0] == 421


def test_localhost_is_served(running: Running) -> None:
    assert running.ask("/source?source=source/tea.md", headers={"Host": f"localhost:{running.port}"})[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
@pytest.mark.parametrize("path", ["/values", "/events?source=source/tea.md", "/source?source=source/tea.md"])
def test_pages_from_elsewhere_get_nothing(running: Running, headers: dict[str, str], path: str) -> None:
    assert running.ask(path, headers=headers)[0] == 403


def test_writing_needs_an_origin_of_ours(running: Running) -> None:
    body = json.dumps({"source": "source/tea.md", "text": "gone", "digest": ""}).encode()
    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": f"http://127.0.0.1:{running.port + 1}"}):
        assert running.ask("/save", method="POST", headers=headers, body=body)[0] == 403
    assert (running.folder / "source" / "tea.md").read_text(encoding="utf-8") == SHORT


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"])
def test_other_methods_are_not_served(running: Running, method: str) -> None:
    assert running.ask("/values", method=method)[0] in (400, 405)


def test_a_get_writes_nothing(running: Running) -> None:
    for path in ("/save", "/keep", "/new", "/picture-in", "/typed/x"):
        assert running.ask(path)[0] == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2f..%2ferrors.py",
        "/static/%2e%2e/access.py",
        "/static/../server.py",
        "/static/server.py",
        "/source?source=../outside.md",
        "/source?source=/etc/passwd",
        "/source?source=leaflet.toml",
        "/source?source=source/%2e%2e/%2e%2e/etc/passwd.md",
        "/web/..%2f..%2fsource",
        "/file/x/../../leaflet.toml",
        "/small-picture?source=../../etc/passwd.md",
        "/changes?source=../x.md",
    ],
)
def test_paths_out_of_the_workspace_are_refused(running: Running, path: str) -> None:
    status, body, _ = running.ask(path)
    assert status in (400, 403, 404)
    assert b"root:" not in body
    assert b"import " not in body


def test_links_out_of_the_workspace_are_refused(running: Running, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("a secret", encoding="utf-8")
    link = running.folder / "source" / "link.md"
    link.symlink_to(secret)
    try:
        assert running.ask("/source?source=source/link.md")[0] == 400
        body = json.dumps({"source": "source/link.md", "text": "changed", "digest": ""}).encode()
        assert running.post("/save", body)[0] == 400
        assert secret.read_text(encoding="utf-8") == "a secret"
    finally:
        link.unlink()


def test_only_choices_are_written_into_the_front_matter(running: Running) -> None:
    for values in ({"bibliography": "/etc/passwd"}, {"layout": ["x"]}, {"layout": 1}, "x"):
        body = json.dumps({"source": "source/tea.md", "values": values}).encode()
        assert running.post("/keep", body)[0] == 400


@pytest.mark.parametrize("query", ["csl=../../x.csl", "csl=/etc/passwd", "layout=../x", "style=../../x", "fit=%00"])
def test_choices_are_names(running: Running, query: str) -> None:
    status, *_ = running.ask(f"/events?source=source/tea.md&{query}") if "csl" in query or "fit" in query else (400,)
    assert status == 400
    if "layout" in query or "style" in query:
        state = events(running, f"source=source/tea.md&{query}", "full")
        assert state["ok"] is False


def test_a_source_cannot_run_script(running: Running) -> None:
    state = events(running, "source=source/hostile.md", "full")
    page = running.ask("/leaflet?source=source/hostile.md")
    policy = page[2]["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert b"alert(" not in page[1]
    assert state["ok"]


def test_web_pages_are_served_without_script(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=120) as connection:
        query = "source=source/hostile.md"
        connection.sendall(
            f"GET /{running.token}/events?{query} HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode()
        )
        for line in connection.makefile("rb"):
            if line.startswith(b"data: "):
                state = json.loads(line[6:])
                if state["depth"] == "full":
                    break
                assert state["ok"] or not state["depth"], state["problems"]
        status, body, headers = running.ask(f"/web/{state['tab']}")
    assert status == 200
    assert "script" not in headers["content-security-policy"].replace("script-src 'none'", "")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert b"<script>alert" not in body
    assert b"onmouseover" not in body
    assert b'href="javascript:' not in body.lower()


def test_every_answer_says_what_it_is(running: Running) -> None:
    for path in ("/", "/values", "/static/leaflet.js", "/nothing"):
        headers = running.ask(path)[2]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in headers


def test_a_web_socket_is_refused(running: Running) -> None:
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": "x", "Sec-WebSocket-Version": "13"}
    assert running.ask("/events", headers={**headers, "Origin": "https://evil.example"})[0] == 403
    assert running.ask("/events", headers=headers)[0] in (400, 404)


def test_a_body_that_is_too_large_is_refused(running: Running) -> None:
    headers = {"Origin": f"http://127.0.0.1:{running.port}", "Content-Length": "99999999999"}
    assert running.ask("/save", method="POST", headers=headers)[0] == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000, b'{"source": 1}', b"\xff"])
def test_bodies_that_make_no_sense_are_refused(running: Running, body: bytes) -> None:
    for path in ("/save", "/keep", "/new", "/details", "/with-details"):
        assert running.post(path, body)[0] == 400


HALF = "\\ud800"
STRANGE = (
    "?",
    "?source",
    "?source=%ff.md",
    "?source=%ED%A0%80.md",
    "?source=.md",
    f"?source={'a/' * 2_000}x.md",
    "?a=%",
)
ANSWERS = {200, 303, 400, 403, 404, 405, 409, 413, 422, 431}
"""None of them is a fault of the server."""


def test_strange_addresses_are_answered_in_words(running: Running) -> None:
    with_source = ("/leaflet", "/rows", "/source", "/references", "/printed", "/changes", "/small-picture", "/compare")
    others = (
        *("/", "//", "/leaflet/", "/%2e%2e/", "/nothing", "/static/", "/static/%00.js", f"/static/{'x' * 5_000}.js"),
        *("/picture/x?scale=nan", "/picture/x?scale=-1e999", "/picture/%00", "/web/%00", "/file/x/y", "/reading/x"),
        *("/citation-styles?words=%00", "/printed?source=source/tea.md&key=x&csl=../x", "/values?a=%"),
    )
    for path in (*others, *(f"{path}{query}" for path in with_source for query in STRANGE)):
        status, body, _ = running.ask(path)
        assert status in ANSWERS, path
        assert b"Traceback" not in body, path
    for path in ("/", "/source?source=source/tea.md", "/events?source=../x"):
        assert running.ask(path, method="HEAD")[0] in ANSWERS


VALUES = (
    *("null", "1", "-1e999", "true", "[]", "{}", f'"{HALF}"', '"\\u0000"', "[[[]]]", '"---\\n---"', '"---\\ntitle: ["'),
    *('"---\\na: &a [*a]\\n---"', '"---\\n!!python/object:os.system x\\n---"', '"---\\n1: .nan\\nnull: .inf\\n---"'),
    f'"{"a" * 200_000}"',
    "[" * 900 + "]" * 900,
    '{"a":' * 300 + "1" + "}" * 300,
)


@pytest.mark.parametrize("path", ["/save", "/keep", "/new", "/details", "/with-details", "/typed/x", "/typed/%00"])
def test_values_of_any_kind_are_answered_in_words(running: Running, path: str) -> None:
    before = (running.folder / "source" / "tea.md").read_text(encoding="utf-8")
    for value in VALUES:
        for body in (
            f'{{"source": {value}, "text": "x", "digest": "", "values": {{}}, "title": ""}}',
            f'{{"source": "source/tea.md", "text": {value}, "digest": {value}, "values": {{"x": "y"}}}}',
            f'{{"source": "source/tea.md", "text": "---\\n---\\n", "values": {value}}}',
            f'{{"source": "source/tea.md", "text": "---\\n---\\n", "values": {{"a\\nb{HALF}": {value}, "": 1}}}}',
        ):
            status, answer = running.post(path, body.encode())
            assert status in ANSWERS, body[:100]
            assert b"Traceback" not in answer
    assert (running.folder / "source" / "tea.md").read_text(encoding="utf-8") == before


def test_pictures_of_any_kind_are_answered_in_words(running: Running) -> None:
    bodies = (
        *(b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b"GIF89a\xff\xff\xff\xff\0\0\0", b"<svg" + b"<g>" * 20_000),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
    )
    for name in ("x.png", "x.gif", "x.svg", "..%2f..%2fx.svg", "%00.png", "%ED%A0%80.png", "", f"{'a' * 3_000}.png"):
        for body in bodies:
            assert running.post(f"/picture-in?source=source/tea.md&name={name}", body)[0] in ANSWERS, name
    assert not (running.folder / "source" / "images").exists() or not list(
        (running.folder / "source" / "images").iterdir()
    )
    assert {path.name for path in running.folder.iterdir()} <= {"source", "leaflet.toml", "output"}


def test_headers_that_make_no_sense_hang_nothing(running: Running) -> None:
    host = f"Host: 127.0.0.1:{running.port}\r\n"
    for request in (
        b"\x00\xff\r\n\r\n",
        b"GET\r\n\r\n",
        f"GET /{running.token}/values HTTP/9.9\r\n{host}\r\n".encode(),
        f"GET /{running.token}/ HTTP/1.1\r\n{host}{host}\r\n".encode(),
        f"GET /{running.token}/ HTTP/1.1\r\n{host}X: {'x' * 200_000}\r\n\r\n".encode(),
        f"POST /{running.token}/save HTTP/1.1\r\n{host}Content-Length: x\r\n\r\n".encode(),
        f"POST /{running.token}/save HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n".encode(),
    ):
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
            connection.sendall(request)
            answer = connection.recv(100)
            assert answer.startswith(b"HTTP/1.1 4") or b"HTTP/1.1 200" in answer or not answer, request[:80]
    assert running.ask("/source?source=source/tea.md")[0] == 200


def test_a_name_of_a_file_cannot_become_markup(running: Running) -> None:
    name = "<img src=x onerror=alert(1)>&\"'.md"
    path = running.folder / "source" / name
    path.write_text(SHORT, encoding="utf-8")
    try:
        status, body, headers = running.ask(f"/leaflet?source=source/{quote(name)}")
        assert status == 200
        assert b"<img src=x" not in body
        assert "unsafe" not in headers["content-security-policy"]
        assert f"source/{name}" in {entry["source"] for entry in json.loads(running.ask("/leaflets")[1])}
    finally:
        path.unlink()


def test_a_thousand_connections_block_nobody(running: Running) -> None:
    silent: list[socket.socket] = []
    try:
        for _ in range(1_000):
            connection = socket.socket()
            connection.settimeout(5)
            connection.connect(("127.0.0.1", running.port))
            silent.append(connection)
        started = time.monotonic()
        assert running.ask("/source?source=source/tea.md")[0] == 200
        assert time.monotonic() - started < 10
        descriptors = list(Path(f"/proc/{max(running.family())}/fd").iterdir())
        assert len(descriptors) < 500
    finally:
        for connection in silent:
            connection.close()
    assert running.ask("/source?source=source/tea.md")[0] == 200
