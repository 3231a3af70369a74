"""References from Zotero, from servers and from what sources cite; and who may open connections at all."""

from __future__ import annotations

import ast
import json
import re
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from leaflet.errors import LeafletError, UnsafeError
from leaflet.network import Fetcher, Identifier, fetch_retractions, resolve, zotero, zotero_items
from running import REPOSITORY, run_leaflet

PACKAGE = REPOSITORY / "src" / "leaflet"
OPENERS = {"socket", "ssl", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib.request", "http.client"}
MAY_OPEN = ("network/", "preview/", "batch/run/fork_server.py", "batch/run/serve_forks.py")
"""The preview listens on this computer and asks nobody; the processes of a batch have a pair of sockets without an address."""

Answer = tuple[int, dict[str, str], bytes]
BODY = "(body)"
"""The name under which the body of a POST is among its headers."""


@contextmanager
def serving(answer: Callable[[str, dict[str, str]], Answer], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run a server on this computer that answers with ``answer``, and give its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.give(answer(self.path, dict(self.headers)))

        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            self.give(answer(self.path, {**self.headers, BODY: asked.decode()}))

        def give(self, found: Answer) -> None:
            status, headers, body = found
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


ITEMS = {
    "AAAA1111": {
        "id": "http://zotero.org/users/local/x/items/AAAA1111",
        "type": "book",
        "title": "Hands",
        "author": [{"family": "Moss", "given": "Ada"}],
        "issued": {"date-parts": [["2019", 5, 1]]},
        "publisher": "Quay",
        "publisher-place": "Leeds",
    },
    "BBBB2222": {
        "id": "http://zotero.org/users/local/x/items/BBBB2222",
        "type": "book",
        "title": "Feet",
        "author": [{"family": "Moss", "given": "Ada"}],
        "issued": {"date-parts": [["2019"]]},
        "publisher": "Quay",
        "publisher-place": "Leeds",
    },
    "CCCC3333": {
        "id": "http://zotero.org/users/local/x/items/CCCC3333",
        "type": "book",
        "title": "Ears",
        "citation-key": "mossEars",
        "author": [{"family": "Moss", "given": "Ada"}],
        "issued": {"date-parts": [["2020"]]},
        "publisher": "Quay",
        "publisher-place": "Leeds",
    },
}
COLLECTIONS = {"COLL0001": ("Clinic", False, ["AAAA1111"]), "COLL0002": ("Feet", "COLL0001", ["BBBB2222"])}


def zotero_server(path: str, headers: dict[str, str]) -> Answer:
    """Answer as Zotero 7 does: version 3 of its interface, nothing limited, exports as plain text; 404 without add-on."""
    parts, asked = urlsplit(path), parse_qs(urlsplit(path).query)
    own = {"Zotero-API-Version": "3", "Zotero-Schema-Version": "32"}
    if headers.get("User-Agent", "").startswith("Mozilla/"):
        return 400, own, b"Request not allowed"
    if parts.path == "/api/users/0/collections":
        listed = [
            {"key": key, "version": 1, "data": {"key": key, "version": 1, "name": name, "parentCollection": parent}}
            for key, (name, parent, _) in COLLECTIONS.items()
        ]
        return 200, own | {"Content-Type": "application/json", "Total-Results": "2"}, json.dumps(listed).encode()
    found = re.fullmatch(r"/api/users/0/(?:collections/(\w+)/)?items/top", parts.path)
    if not found or asked.get("format") != ["csljson"] or (found[1] and found[1] not in COLLECTIONS):
        return 404, own, b"Not found"
    keys = COLLECTIONS[found[1]][2] if found[1] else list(ITEMS)
    body = json.dumps([ITEMS[key] for key in keys], indent="\t").encode()
    return 200, own | {"Content-Type": "text/plain", "Total-Results": str(len(keys))}, body


@pytest.fixture
def zotero_there(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(zotero_server) as port:
        monkeypatch.setattr(zotero.zotero_items, "__kwdefaults__", {"port": port})
        yield


@pytest.mark.usefixtures("zotero_there")
def test_zotero_gives_its_items_by_keys_that_people_can_type(tmp_path: Path) -> None:
    made = run_leaflet("refs", "--from", "zotero", "-o", "library.bib", cwd=tmp_path)
    assert made.stdout == "3 references, 0 errors, 0 warnings\n"
    text = (tmp_path / "library.bib").read_text(encoding="utf-8")
    assert re.findall(r"@book\{(\w+),", text) == ["moss2019", "moss2019b", "mossEars"]
    assert run_leaflet("refs", "--from", "zotero", "-o", "library.bib", cwd=tmp_path).stderr == ""


def better_bibtex_server(path: str, headers: dict[str, str]) -> Answer:
    """Answer as Zotero with Better BibTeX does: JSON-RPC 2.0; item keys without a library are of the own one."""
    if path != "/better-bibtex/json-rpc":
        return zotero_server(path, headers)
    asked = json.loads(headers[BODY])
    assert (headers["Content-Type"], asked["jsonrpc"], asked["method"]) == (
        "application/json",
        "2.0",
        "item.citationkey",
    )
    (keys,) = asked["params"]
    known = {"AAAA1111": "mossHands2019", "BBBB2222": "mossFeet2019"}
    answer = {"jsonrpc": "2.0", "id": asked["id"], "result": {key: known[key] for key in keys}}
    return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()


def test_keys_are_those_that_better_bibtex_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(better_bibtex_server) as port:
        monkeypatch.setattr(zotero.zotero_items, "__kwdefaults__", {"port": port})
        made = run_leaflet("refs", "--from", "zotero", "--json", cwd=tmp_path)
    assert [one["id"] for one in json.loads(made.stdout)["references"]] == ["mossHands2019", "mossFeet2019", "mossEars"]


def test_better_bibtex_without_an_answer_stops_before_other_keys_are_made() -> None:
    def not_ready(path: str, headers: dict[str, str]) -> Answer:
        if path.startswith("/better-bibtex"):
            return 200, {}, b'{"jsonrpc": "2.0", "id": 1, "error": {"code": -32603, "message": "not ready"}}'
        return zotero_server(path, headers)

    with serving(not_ready) as port, pytest.raises(LeafletError, match="did not answer with its citation keys"):
        zotero_items(port=port)


@pytest.mark.usefixtures("zotero_there")
@pytest.mark.parametrize("collection", ["Clinic/Feet", "Feet", "COLL0002"])
def test_a_collection_is_named_by_its_name_path_or_key(tmp_path: Path, collection: str) -> None:
    made = run_leaflet("refs", "--from", f"zotero:{collection}", "--json", cwd=tmp_path)
    assert [one["title"] for one in json.loads(made.stdout)["references"]] == ["Feet"]


@pytest.mark.usefixtures("zotero_there")
def test_a_collection_that_is_not_there_is_suggested(tmp_path: Path) -> None:
    made = run_leaflet("refs", "--from", "zotero:Clinc", cwd=tmp_path, check=False)
    assert made.returncode == 1
    assert 'Zotero has no collection "Clinc"' in made.stderr
    assert "Clinic" in made.stderr.partition("hint")[2]


def test_zotero_that_is_closed_or_lets_nobody_in_says_what_to_do() -> None:
    with serving(lambda path, headers: (403, {}, b"Local API is not enabled")) as port:
        with pytest.raises(LeafletError, match="lets no other program ask it") as refused:
            zotero_items(port=port)
        assert "Allow other applications" in str(refused.value)
    with pytest.raises(LeafletError, match="start Zotero"):
        zotero_items(port=port)


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the contexts of a server called doi.test and others, and of a client that trusts it."""
    names = "subjectAltName=DNS:doi.test,DNS:library.test,DNS:other.test"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout k.pem -out c.pem "
        f"-subj /CN=doi.test -addext {names}".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "c.pem", folder / "k.pem")
    return server, ssl.create_default_context(cafile=str(folder / "c.pem"))


def public_server(path: str, headers: dict[str, str]) -> Answer:
    """Answer as doi.org, Crossref, Open Library, PubMed and others do."""
    host = headers["Host"].partition(":")[0]
    if host == "doi.test" and path.startswith("/10.1000/away"):
        return 302, {"Location": "https://other.test/x"}, b""
    if host == "doi.test" and path.startswith("/10.1000/open"):
        return 302, {"Location": "http://library.test/x"}, b""
    if host == "doi.test" and path.startswith("/10.1000/round"):
        return 302, {"Location": path}, b""
    if host == "doi.test" and path.startswith("/10.1000/huge"):
        return 200, {}, b" " * 6_000_000
    if host == "doi.test" and path.startswith("/10.1000/"):
        assert headers["Accept"] == "application/vnd.citationstyles.csl+json"
        return 302, {"Location": f"https://library.test{path}"}, b""
    if path.startswith("/10.1000/182"):
        item = {**ITEMS["AAAA1111"], "id": "x", "DOI": "10.1000/182", "indexed": {"date-time": "2026"}}
        return 200, {"Content-Type": "application/vnd.citationstyles.csl+json"}, json.dumps(item).encode()
    if path.startswith("/api/books"):
        book = {
            "title": "Hands",
            "subtitle": "A history",
            "authors": [{"name": "Ada Moss"}, {"name": "Vries, Jan de"}],
            "publishers": [{"name": "Quay"}],
            "publish_places": [{"name": "Leeds"}],
            "publish_date": "2019",
            "number_of_pages": 120,
        }
        return 200, {}, json.dumps({"ISBN:9780306406157": book}).encode()
    return 404, {}, b"no"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Fetcher]]:
    """Return a fetcher for hosts whose names lead to a server in this test."""
    server, client = certificate(tmp_path_factory.mktemp("certificate"))
    with serving(public_server, server) as port, pytest.MonkeyPatch.context() as patch:
        import socket

        find = socket.getaddrinfo

        def here(host: str, *arguments: object, **named: object) -> object:
            return find("127.0.0.1" if str(host).endswith(".test") else host, *arguments, **named)  # type: ignore[arg-type]

        patch.setattr(socket, "getaddrinfo", here)
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            patch.delenv(name, raising=False)
        yield lambda *hosts: Fetcher(hosts, context=client, port=port)


@pytest.fixture
def resolvers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the resolvers' addresses lead to the names of this test."""
    from msgspec.structs import replace

    from leaflet.network import IDENTIFIERS

    for kind, host in (
        (Identifier.DOI, "doi.test"),
        (Identifier.ISBN, "library.test"),
        (Identifier.PMID, "library.test"),
    ):
        address = IDENTIFIERS[kind].address
        moved = lambda number, address=address, host=host: urlsplit(address(number))._replace(netloc=host).geturl()  # noqa: E731
        monkeypatch.setitem(IDENTIFIERS, kind, replace(IDENTIFIERS[kind], address=moved))  # type: ignore[arg-type]


@pytest.mark.usefixtures("resolvers")
def test_numbers_become_references_where_each_host_is_allowed(asked: Callable[..., Fetcher]) -> None:
    both = asked("doi.test", "library.test")
    assert resolve(Identifier.DOI, "https://doi.org/10.1000/182", both)["title"] == "Hands"
    book = resolve(Identifier.ISBN, "978-0-306-40615-7", both)
    assert book["title"] == "Hands: A history"
    assert book["author"] == [{"family": "Moss", "given": "Ada"}, {"family": "Vries", "given": "Jan de"}]
    assert (book["publisher"], book["issued"]) == ("Quay", {"raw": "2019"})


@pytest.mark.usefixtures("resolvers")
@pytest.mark.parametrize(
    ("number", "hosts", "message"),
    [
        ("10.1000/182", (), 'the host "doi.test" is not allowed by this workspace'),
        (
            "10.1000/182",
            ("doi.test",),
            'the host "library.test", where https://doi.test/10.1000/182 leads, is not allowed',
        ),
        ("10.1000/away", ("doi.test", "library.test"), 'the host "other.test", where'),
        ("10.1000/open", ("doi.test", "library.test"), "http://library.test/x is not an encrypted address"),
        ("10.1000/round", ("doi.test",), "leads from address to address without an end"),
        ("10.1000/huge", ("doi.test",), "sends more than 5 MB"),
        ("10.1000/none", ("doi.test", "library.test"), "answered with the error 404"),
        ("nonsense", ("doi.test",), "this is not a DOI"),
    ],
)
def test_what_is_not_allowed_or_too_large_or_unknown_is_refused(
    asked: Callable[..., Fetcher], number: str, hosts: tuple[str, ...], message: str
) -> None:
    with pytest.raises(LeafletError) as refused:
        resolve(Identifier.DOI, number, asked(*hosts))
    assert message in str(refused.value)


def test_the_message_of_a_host_that_is_not_allowed_is_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "leaflet.toml").write_text('[network]\nallow = ["openlibrary.org"]\n', encoding="utf-8")
    made = run_leaflet("refs", "--get", "doi:10.1000/182", "--get", "isbn:12", cwd=tmp_path, check=False)
    assert made.returncode == 1
    assert 'write [network] with allow = ["doi.org", "openlibrary.org"] in leaflet.toml' in made.stderr
    made = run_leaflet("refs", "--get", "10.1000/182", cwd=tmp_path, check=False)
    assert "write doi:10.1000/182" in made.stderr


def test_a_certificate_that_nobody_vouches_for_is_refused(asked: Callable[..., Fetcher]) -> None:
    port = asked("doi.test")._port
    with pytest.raises(LeafletError, match="certificate"):
        Fetcher(["doi.test"], port=port).fetch("https://doi.test/10.1000/182", accept="*/*")
    with pytest.raises(UnsafeError):
        asked("doi.test").fetch("https://user@doi.test/", accept="*/*")


def test_a_page_that_is_no_list_of_retractions_is_not_taken_for_one(asked: Callable[..., Fetcher]) -> None:
    with pytest.raises(LeafletError, match="is no list of retractions: it lacks OriginalPaperDOI"):
        fetch_retractions(asked("doi.test", "library.test"), "https://library.test/10.1000/182")


def test_what_sources_cite_is_gathered_by_key(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    entry = "@book{%s, title = {%s}, author = {Moss, Ada}, date = {2019}, publisher = {Quay}, location = {Leeds}}\n"
    (source / "all.bib").write_text(
        "".join(entry % pair for pair in (("a", "A"), ("b", "B"), ("c", "C"))), encoding="utf-8"
    )
    (source / "other.bib").write_text(entry % ("a", "Another"), encoding="utf-8")
    head = "---\ntitle: T\nbibliography: {}.bib\n---\n\n{}\n"
    (source / "one.md").write_text(head.format("all", "As [@c] says."), encoding="utf-8")
    (source / "two.md").write_text(head.format("all", "As [@a; @c] say, and [@nobody]."), encoding="utf-8")
    made = run_leaflet("refs", "--cited-in", "source", "-o", "cited.bib", cwd=tmp_path)
    assert re.search(r'source/two.md:6:2\d: warning: no bibliography has the source "nobody"', made.stderr)
    text = (tmp_path / "cited.bib").read_text(encoding="utf-8")
    assert re.findall(r"@book\{(\w),", text) == ["a", "c"]
    (source / "three.md").write_text(head.format("other", "As [@a] says."), encoding="utf-8")
    made = run_leaflet("refs", "--cited-in", "source", "--json", cwd=tmp_path, check=False)
    problems = json.loads(made.stdout)["problems"]
    assert made.returncode == 1
    assert any('the key "a" means one reference in' in problem["message"] for problem in problems)


def test_a_file_that_a_person_wrote_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text("TY  - BOOK\nTI  - A\nPY  - 2019\nER  - \n", encoding="utf-8")
    (tmp_path / "mine.bib").write_text("% notes of mine\n@book{a, title = {A}}\n", encoding="utf-8")
    made = run_leaflet("refs", "in.ris", "-o", "mine.bib", cwd=tmp_path, check=False)
    assert made.returncode == 1
    assert "notes of mine" in (tmp_path / "mine.bib").read_text(encoding="utf-8")


def test_only_one_package_opens_connections() -> None:
    """Names of addresses, such as ``urllib.parse``, and statuses, such as ``http.HTTPStatus``, open nothing."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if OPENERS & set(modules) and not name.startswith(MAY_OPEN):
                found.append(f"{name}:{node.lineno}")
    assert found == []
