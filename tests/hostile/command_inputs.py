"""Hostile inputs for the commands beside ``build``, for git repositories, and for files that leaflet itself writes."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from hostile_inputs import (
    BUILD_ROWS,
    FIFO,
    FRONT,
    ITEM,
    LAYOUT,
    SVG,
    Content,
    Input,
    Made,
    _database,
    pdf,
    pdfs,
    with_rows,
    with_source,
)

SOURCE = f"{FRONT}---\n\n## Part\n\nWords.\n"


def command_inputs() -> Iterator[Input]:
    """Yield every input of this file."""
    for make in (
        *(repositories, releases, registers, locks, journals, new_workspaces, checked_files, formats, companions),
        *(inspections, citations, settings, plan_types, outputs, row_pictures),
    ):
        yield from make()


def _object(kind: str, content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the name of a git object, and its file."""
    data = f"{kind} {len(content)}\0".encode() + content
    name = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    return name, {f".git/objects/{name[:2]}/{name[2:]}": zlib.compress(data)}


def repository(*entries: tuple[str, str, bytes], config: str = "") -> dict[str, Content]:
    """Return a repository with one commit; an entry of its root has a mode, a name and a content."""
    files: dict[str, Content] = {".git/config": f"[core]\nrepositoryformatversion = 0\nbare = false\n{config}"}
    tree = b""
    for mode, name, content in entries:
        blob, stored = _object("blob", content)
        files.update(stored)
        tree += f"{mode} {name}\0".encode() + bytes.fromhex(blob)
    root, stored = _object("tree", tree)
    files.update(stored)
    when = "A <a@example.org> 1700000000 +0000"
    commit, stored = _object("commit", f"tree {root}\nauthor {when}\ncommitter {when}\n\nwords\n".encode())
    return {**files, **stored, ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": f"{commit}\n"}


def repositories() -> Iterator[Input]:
    evil = "sh -c 'echo > ../evil'"
    programs = (
        f"fsmonitor = {evil}\npager = {evil}\nsshCommand = {evil}\nhooksPath = hooks\neditor = {evil}\naskPass = {evil}\n"
        f'[diff]\nexternal = {evil}\n[filter "a"]\nsmudge = {evil}\nclean = {evil}\nprocess = {evil}\nrequired = true\n'
        f'[diff "a"]\ntextconv = {evil}\ncommand = {evil}\n[log]\nshowSignature = true\n[gpg]\nprogram = {evil}\n'
        f'[alias]\narchive = !{evil}\nlog = !{evil}\n[tar "tar.gz"]\ncommand = {evil}\n'
        f"[credential]\nhelper = !{evil}\n[include]\npath = ../../secret.txt\n"
    )
    old = SOURCE.replace("Words", "Other words").encode()
    plain = repository(("100644", "x.md", old))
    found: dict[str, Mapping[str, Content]] = {
        "programs in the settings": repository(
            ("100644", ".gitattributes", b"* filter=a diff=a export-subst\n"),
            ("100644", "x.md", old),
            config=programs,
        )
        | {".gitattributes": "* filter=a diff=a\n", "hooks/post-checkout": f"#!/bin/sh\n{evil}\n"},
        "an entry that climbs": repository(("100644", "../evil", b"a"), ("100644", "x.md", old)),
        "an entry named .git": repository(("100644", ".git", b"gitdir: ../.."), ("100644", "x.md", old)),
        "an entry with escape codes": repository(("100644", "\x1b[31m.md", old)),
        "a link to a file outside": repository(("120000", "a.svg", b"../secret.svg"), ("100644", "x.md", old)),
        "a link to a device": repository(("120000", "x.md", b"/dev/zero")),
        "a folder that is a link outside": repository(("120000", "source", b"..")),
        "a submodule": repository(("160000", "source", b"a"), ("100644", "x.md", old)),
        "a file of 20 MB": repository(("100644", "source", b"a" * 20_000_000)),
        "objects of noise": {**plain, **{name: b"noise" for name in plain if "objects" in name}},
        "objects that are not there": {name: text for name, text in plain.items() if "objects" not in name},
        "a git folder elsewhere": {".git": "gitdir: ../../../../../../etc\n"},
        "a git folder that is a link": {".git": Path("..")},
        "a git folder of itself": {".git": Path(".git")},
        "a branch of itself": {**plain, ".git/refs/heads/main": "ref: refs/heads/main\n"},
        "a branch that is a pipe": {**plain, ".git/refs/heads/main": FIFO},
        "settings of noise": {**plain, ".git/config": bytes(range(256)) * 100},
        "alternates outside": {**plain, ".git/objects/info/alternates": "/etc\n../../../..\n"},
        "a shallow promise": repository(
            ("100644", "x.md", old),
            config='[extensions]\npartialClone = o\n[remote "o"]\nurl = http://127.0.0.1:{port}/\npromisor = true\n',
        ),
    }
    for name, files in found.items():
        yield with_source(
            "repositories",
            name,
            files=files,
            command=("changes", "--pictures", "pictures"),
            quick=name == "programs in the settings",
        )
        yield with_source("repositories", f"{name}, for a date", front="date: last-modified\n", files=files)
    for name, revision in {
        "a revision that is an option": "--output=../evil",
        "a revision of escape codes": "\x1b[31m",
        "a revision of 100,000 letters": "a" * 100_000,
        "a revision of nothing": "",
        "a revision of NUL and lines": "a\nb",
    }.items():
        yield with_source("repositories", name, files=plain, command=("changes", f"--since={revision}"))


NESTED = "[" * 100_000


def releases() -> Iterator[Input]:
    contents: dict[str, Content] = {
        "100,000 brackets": NESTED,
        "a list": "[1]",
        "values of wrong kinds": '{"leaflet-release": [], "by": {}, "role": 1, "date": 7, "version": [], "source": {}, "files": []}',
        "a number of 10,000 digits": f'{{"leaflet-release": {"9" * 10_000}}}',
        "escape codes": '{"leaflet-release": 1, "by": "\\u001b[31m", "role": "\\ud800", "date": "2001-01-01", "version": "a", "source": "a", "files": {"\\u001b[31m": "a"}}',
        "not UTF-8": b"\xff\xfe",
        "a link outside": Path("../../secret.txt"),
        "a pipe": FIFO,
        "a device": Path("/dev/zero"),
    }
    for name, content in contents.items():
        files = {"source/x.release.json": content}
        yield with_source(
            "releases", f"{name}, to be built", files=files, command=("build", "source/x.md", "--release")
        )
        sign = ("release", "source/x.md", "--by", "A", "--role", "B", "--confirm")
        yield with_source(
            "releases",
            f"{name}, to be signed",
            files=files,
            command=sign,
        )
        yield with_source("releases", f"{name}, in the register", files=files, command=("register",))
    signer = ("release", "source/x.md", "--by", "\x1b[31m\u202e", "--role", "a\nb", "--confirm")
    yield with_source("releases", "a person of escape codes", command=signer)


def registers() -> Iterator[Input]:
    for form in ("csv", "html", "json"):
        front = "title: \"=cmd|'/c calc'!A1 <script>alert(1)</script> \\e[31m\"\n"
        yield with_source("registers", f"a title for {form}", front=front, command=("register", "--format", form))
    many: dict[str, Content] = {f"source/a{i}.md": "---\ntitle: T\n---\n\nWords.\n" for i in range(1_000)}
    yield with_source("registers", "1,000 sources", files=many, command=("register",))
    folders: dict[str, dict[str, Content]] = {
        "a folder of itself": {"source/a": Path()},
        "a folder outside": {"source/a": Path("../..")},
        "folders that multiply": {f"source/{name}": Path() for name in "abcdef"},
        "a source that is a pipe": {"source/y.md": FIFO},
        "a source that is a device": {"source/y.md": Path("/dev/zero")},
        "300 folders in each other": {f"source/{'a/' * 300}y.md": "---\ntitle: T\n---\n"},
    }
    for name, files in folders.items():
        yield with_source("registers", name, files=files, command=("register",), quick="multiply" in name)
        yield with_source("registers", f"{name}, for references", files=files, command=("refs", "--cited-in", "source"))


def locks() -> Iterator[Input]:
    found: dict[str, Content] = {
        "10,000 brackets": f"a = {'[' * 10_000}",
        "tables that are texts": 'program = "a"\nfonts = 3\nstyles = [1]\n',
        "a value that is a table": "[fonts]\na = {b = 1}\n",
        "keys with escape codes": '[fonts]\n"\\u001b[31m" = "a"\n',
        "100,000 fonts": "[fonts]\n" + "".join(f'f{i} = "a"\n' for i in range(100_000)),
        "not UTF-8": b"\xff",
        "a link outside": Path("../secret.txt"),
        "a pipe": FIFO,
        "a device": Path("/dev/zero"),
    }
    for name, content in found.items():
        for option in ("--verify", "--lock"):
            yield with_source(
                "locks",
                f"{name}, {option}",
                files={"leaflet.lock": content, "leaflet.toml": ""},
                command=("build", "source/x.md", option),
                quick=name == "a link outside" and option == "--lock",
            )
    for folder in ("styles", "layouts", "fonts"):
        files: dict[str, Content] = {f"{folder}/a": Path("../.."), f"{folder}/b": Path(), f"{folder}/c": FIFO}
        yield with_source(
            "locks", f"links and pipes in {folder}", files=files, command=("build", "source/x.md", "--lock")
        )


def _journal(*statements: str, **values: str) -> Made:
    """Return the maker of a journal of the right form with one row, in which some values are others."""

    def make(port: int) -> bytes:
        from leaflet.batch.run.journal import FORM, RECORDS, TABLES

        row = {
            "name": "'x-1'",
            "shared": "1",
            "own": "''",
            "inputs": "1",
            "files": "'[]'",
            "facts": "'{}'",
            "seconds": "1",
            "content": "''",
            **values,
        }
        insert = f"INSERT INTO variants VALUES ({', '.join(row.values())})"
        begin = (
            *TABLES.strip().split(";\n"),
            RECORDS,
            f"PRAGMA user_version = {FORM}",
            "INSERT INTO texts VALUES (1, '{}')",
        )
        return _database(*(part for part in begin if part.strip()), insert, *statements)

    return make


def journals() -> Iterator[Input]:
    columns = "CREATE TABLE outcomes (a)", "CREATE TABLE texts (a)", "CREATE TABLE files (a)", "CREATE TABLE facts (a)"
    foreign = _database("CREATE TABLE users (name)", "INSERT INTO users VALUES ('mine')")
    found: dict[str, Content] = {
        "of other columns": _database(*columns),
        "of another program": foreign,
        "with a trigger": _database(
            "CREATE TABLE outcomes (a)", "CREATE TRIGGER t AFTER INSERT ON outcomes BEGIN DELETE FROM outcomes; END"
        ),
        "that is a view without end": _database(
            "CREATE VIEW outcomes AS WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a FROM n) SELECT * FROM n"
        ),
        "of a later version": _database("PRAGMA user_version = 2000000000", "CREATE TABLE a (b)"),
        "that is cut": foreign[:3_000],
        "that is a pipe": FIFO,
        "that is a device": Path("/dev/zero"),
        "that is a link outside": Path("../../secret.txt"),
        "of a log of noise": foreign,
        "with facts that are missing": _journal(),
        "with facts of 100,000 brackets": _journal(facts=f"'{NESTED}'"),
        "with files that are numbers": _journal(files="'[1, 2]'"),
        "with a text that is not there": _journal(inputs="9"),
        "with a time of words": _journal(
            seconds="'long'", facts='\'{"panels": [], "scale": {}, "fit": 1, "problems": [3]}\''
        ),
        "with a name that is a blob": _journal(name="x'ff00'"),
        "with a trigger of its own": _journal(
            "CREATE TRIGGER t AFTER INSERT ON variants BEGIN DELETE FROM variants; END"
        ),
        "with records of other columns": _journal("DROP TABLE records", "CREATE TABLE records (a)"),
    }
    for name, content in found.items():
        files: dict[str, Content] = {"output/.leaflet-journal.sqlite": content, "a.csv": "id,who\n1,a\n"}
        if "log" in name:
            files["output/.leaflet-journal.sqlite-wal"] = bytes(range(256)) * 20
        yield with_rows("journals", name, files, command=BUILD_ROWS, quick=name == "of another program")


def new_workspaces() -> Iterator[Input]:
    bomb = SVG.format(
        'viewBox="0 0 9 9"', "".join(f'<g id="a{i + 1}">' + f'<use href="#a{i}"/>' * 10 + "</g>" for i in range(9))
    )
    base = ("new", "made", "--organisation", "O", "--name", "N")
    lines = {
        "a logo that is a device": ("--logo", "/dev/zero"),
        "a logo of drawings that multiply": ("--logo", "bomb.svg"),
        "a logo with a script": ("--logo", "script.svg"),
        "a logo that is a pipe": ("--logo", "pipe.svg"),
        "a name that is front matter": ("--name", 'a"\n---\ncss: ../../secret.txt'),
        "a name of escape codes": ("--name", "\x1b[31m\u202e"),
        "a name of 100,000 letters": ("--name", "a" * 100_000),
        "half a character": ("--name", "a\udcff"),
        "an address of many lines": ("--address", "a\n[limits]\nseconds = 1\n" * 1_000),
        "a link that runs a script": ("--web", "javascript:alert(1)"),
        "a colour of words": ("--colour", "loud"),
        "a starter that is a path": ("--like", "../../../etc"),
    }
    files: dict[str, Content] = {
        "bomb.svg": bomb,
        "script.svg": SVG.format("", "<script>alert(1)</script>"),
        "pipe.svg": FIFO,
    }
    for name, options in lines.items():
        yield Input(kind="new", name=name, files=files, command=(*base, *options), is_quick="front matter" in name)
    places: dict[str, Content] = {"a link outside": Path(".."), "a file": "mine", "a pipe": FIFO}
    for name, content in places.items():
        yield Input(kind="new", name=f"a folder that is {name}", files={"made": content}, command=base)


def checked_files() -> Iterator[Input]:
    for hostile in pdfs():
        yield Input(kind="checked PDF", name=hostile.name, files=hostile.files, command=("check", "a.pdf"))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> {} >>"
    catalogue, tree = "<< /Type /Catalog /Pages 2 0 R {} >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    space = "/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R"
    call = "<< /Length 5 >>\nstream\n/A Do\nendstream"
    image = "<< /Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Length 1 >>\nstream\na\nendstream"
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream"
    found = {
        "a picture of 2*10^9 by 2*10^9": pdf(
            catalogue.format(""), tree, page.format("").replace("/Resources << >>", space), image, call
        ),
        "a form of itself": pdf(
            catalogue.format(""), tree, page.format("").replace("/Resources << >>", space), form, call
        ),
        "metadata of noise": pdf(
            catalogue.format("/Metadata 4 0 R"),
            tree,
            page.format(""),
            "<< /Length 9 >>\nstream\n<!DOCTYPE\nendstream",
        ),
        "metadata with an entity outside": pdf(
            catalogue.format("/Metadata 4 0 R"),
            tree,
            page.format(""),
            '<< /Length 60 >>\nstream\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>\nendstream',
        ),
        "a language that is a number": pdf(catalogue.format("/Lang 5 /MarkInfo 6"), tree, page.format("")),
        "a title of escape codes": pdf(
            catalogue.format(""), tree, page.format(""), "<< /Title (\x1b[31m) >>", trailer="/Info 4 0 R"
        ),
        "a font of noise": pdf(
            catalogue.format(""),
            tree,
            page.format("/Contents 5 0 R").replace(
                "/Resources << >>", "/Resources << /Font << /A << /Type /Font /Subtype /Type0 /A 5 >> >> >>"
            ),
            "<< >>",
            "<< /Length 20 >>\nstream\nBT /A 9 Tf (a) Tj ET\nendstream",
        ),
    }
    for name, content in found.items():
        yield Input(kind="checked PDF", name=name, files={"a.pdf": content}, command=("check", "a.pdf"))
        yield Input(
            kind="impose", name=name, files={"a.pdf": content}, command=("impose", "a.pdf", "--layout", "booklet-a5")
        )
    yield with_source(
        "fixes",
        "a source that is a link outside",
        files={"source/y.md": Path("../../secret.txt")},
        command=("check", "--fix", "source/y.md"),
        quick=True,
    )
    yield with_source("fixes", "a folder of links", files={"source/y": Path("..")}, command=("check", "source"))
    for name, text in {
        "rules of wrong kinds": 'select = 3\nignore = {a = 1}\nsources-older-than = "x"\nper-file = "a"',
        "10,000 exceptions": "\n".join('[[check.per-file]]\nfiles = "*"\nselect = ["base"]' for _ in range(10_000)),
        "a pattern that takes long": f'[[check.per-file]]\nfiles = "{"*a" * 30}b"\nselect = ["base"]',
        "a rule with escape codes": 'select = ["\\u001b[31m"]',
    }.items():
        yield with_source("fixes", name, files={"leaflet.toml": f"[check]\n{text}\n"}, command=("check", "source/x.md"))


def formats() -> Iterator[Input]:
    every = ("epub", "fragment", "email", "text", "braille")
    command = ("build", "source/x.md", *(part for name in every for part in ("--format", name)))
    bodies = {
        "a script": "<script>alert(1)</script> <b onclick=alert(1)>a</b>",
        "a picture outside": "![a](../../secret.svg)",
        "a picture on the web": "![a](http://127.0.0.1:{port}/a.png)",
        "a drawing with a script": "![a](a.svg)",
        "control characters": "a\x1b[31mb\x07c",
        "signs that XML forbids": "a\ufffe\uffff&#x1b;&#xD800;&#xFFFF;b",
        "90 levels of quotes": "> " * 90 + "a",
        "90 levels of lists": "".join(f"{'  ' * i}- a\n" for i in range(90)),
        "a table of 300 columns": "|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n|" + "b|" * 300,
        "a word of 10,000 letters": "a" * 10_000,
        "300 headings": "".join(f"## Heading {i}\n\na\n\n" for i in range(300)),
        "headings of one name": "## Same\n\na\n\n" * 100,
        "a heading that is a path": "## ../../evil {#../../evil}\n\na",
        "500 formulas": "$a^2$ " * 500,
        "10,000 emoji": "\U0001f469\u200d\U0001f680 " * 3_000,
    }
    files = {"source/a.svg": SVG.format('viewBox="0 0 9 9"', "<script>alert(1)</script>")}
    for name, body in bodies.items():
        yield with_source("formats", name, body=body, files=files, command=command)
    for name, text in {
        "a table of Braille that is a path": '[braille]\ntable = "../../../etc/passwd"',
        "a table of Braille that is an option": '[braille]\ntable = "--help"',
        "cells of 10^9": "[braille]\ncells = 1000000000",
        "a folder of pictures that runs a script": '[email]\npictures = "javascript:alert(1)"',
    }.items():
        yield with_source("formats", name, files={"leaflet.toml": text}, command=command)


def companions() -> Iterator[Input]:
    command = ("build", "source/x.md", "--companions")
    for name, body in {
        "2,000 paragraphs": "Words.\n\n" * 2_000,
        "a word of 10,000 letters": "a" * 10_000,
        "a picture outside": "![a](../../secret.svg)",
    }.items():
        yield with_source("companions", name, body=body, command=command)
    for name, content in {"a pipe": FIFO, "a link outside": Path("../../secret.txt")}.items():
        yield with_source(
            "companions", f"a result that is {name}", files={"output/x-easy-read.pdf": content}, command=command
        )


def inspections() -> Iterator[Input]:
    for name, body in {
        "5,000 levels of quotes": "> " * 5_000 + "a",
        "control characters": "a\x1b[31m",
        "2,000 fields": "".join(f"{{{{ f{i} }}}} " for i in range(2_000)),
        "3,000 citations": "".join(f"[@k{i}] " for i in range(3_000)),
    }.items():
        yield with_source("inspect", name, body=body, command=("inspect", "source/x.md"))
    yield with_source("inspect", "a link outside", files={"source/y.md": Path("../../secret.txt")}, command=("inspect", "source/y.md"))  # fmt: skip
    layouts: dict[str, Content] = {
        "10,000 brackets": f"a = {'[' * 10_000}",
        "a device": Path("/dev/zero"),
        "a pipe": FIFO,
        "a sheet of 10^9 mm": LAYOUT.replace("width = 210", "width = 1000000000"),
    }
    for name, content in layouts.items():
        files = {"layouts/mine/layout.toml": content, "leaflet.toml": ""}
        yield with_source("layout commands", f"{name}, dummy", files=files, command=("dummy", "mine"))
        yield with_source("layout commands", f"{name}, layouts", files=files, command=("layouts",))
        yield with_source(
            "layout commands",
            f"{name}, styles",
            files={"styles/mine/style.toml": content, "styles/mine/style.css": "", "leaflet.toml": ""},
            command=("styles",),
        )
    yield with_source("layout commands", "a dummy of a path", command=("dummy", "../../etc"))


def citations() -> Iterator[Input]:
    clusters: dict[str, Content] = {
        "100,000 brackets": NESTED,
        "an object": '{"citationItems": 3}',
        "items of wrong kinds": '[{"citationItems": [1, null, {"id": []}, {"id": "a", "locator": {}, "prefix": [1]}], "properties": {"noteIndex": "x"}}]',
        "a note of 10^30": f'[{{"citationItems": [{{"id": "a"}}], "properties": {{"noteIndex": {10**30}}}}}]',
        "lone surrogates": '[{"citationItems": [{"id": "a", "prefix": "\\ud800", "locator": "\\udfff"}]}]',
        "20,000 items": json.dumps([{"citationItems": [{"id": "a"}] * 20_000}]),
        "10,000 clusters": json.dumps([{"citationItems": [{"id": "a"}]}] * 10_000),
        "escape codes": '[{"citationItems": [{"id": "\\u001b[31m"}]}]',
        "a pipe": FIFO,
    }
    for name, content in clusters.items():
        yield Input(
            kind="clusters",
            name=name,
            files={"c.json": content, "a.bib": ITEM},
            command=("cite", "--library", "a.bib", "--clusters", "c.json"),
            is_quick=name in {"100,000 brackets", "items of wrong kinds"},
        )
    for name, line in {
        "a number of a path": ("--get", "doi:../../../etc/passwd"),
        "a number of escape codes": ("--get", "doi:10.1/\x1b[31m"),
        "a number of 100,000 letters": ("--get", f"isbn:{'9' * 100_000}"),
        "Zotero, which does not run": ("--from", "zotero"),
        "a collection that is a path": ("--from", "zotero:../../x?a=b#c"),
        "a result that is a library": ("a.bib", "-o", "a.bib"),
        "a result that is a link outside": ("a.bib", "-o", "away.bib"),
        "a result that is a device": ("a.bib", "--to", "ris", "-o", "/dev/full"),
    }.items():
        files: dict[str, Content] = {"a.bib": ITEM, "away.bib": Path("../secret.txt"), "leaflet.toml": ""}
        yield Input(kind="references", name=name, files=files, command=("refs", *line))
    for name, hosts in {
        "a host with a path": '["doi.org/../x"]',
        "a host of escape codes": '["\\u001b[31m"]',
        "hosts that are a number": "3",
        "a host that is this machine": '["127.0.0.1"]',
        "every host": '["*"]',
    }.items():
        files = {"leaflet.toml": f"[network]\nallow = {hosts}\n"}
        yield Input(kind="references", name=name, files=files, command=("refs", "--get", "doi:10.1000/1"))


def settings() -> Iterator[Input]:
    keys = (
        "layout", "style", "css", "fit", "csl", "lang", "publisher", "publisher-place", "container-title", "contact", "disclaimer",
        "license", "copyright", "cite", "bibliography", "fields", "retractions", "strict", "code-colours", "check", "organisation",
        "limits", "web", "email", "braille", "network", "import",
    )  # fmt: skip
    inner = {
        "organisation": ("name", "logo", "logo-on-dark", "logo-height", "logo-has-name", "brand", "text", "motif"),
        "limits": ("seconds", "memory"),
        "web": ("fonts",),
        "email": ("pictures",),
        "braille": ("table", "cells", "lines"),
        "network": ("allow",),
        "import": ("styles",),
        "contact": ("phone", "email", "url", "address"),
        "fields": ("a",),
    }
    values = {
        "numbers": "-17.5",
        "huge numbers": "9" * 400,
        "days": "2001-01-01T00:00:00Z",
        "lists of lists": "[[], [[1]], {a = []}]",
        "tables of tables": "{a = {b = {c = [1]}}}",
        "no numbers": "nan",
        "texts of escape codes": '"\\u001b[31m\\u202e"',
        "texts of nothing": '""',
        "texts of 100,000 letters": f'"{"a" * 100_000}"',
        "true": "true",
    }
    for name, value in values.items():
        flat = "\n".join(f"{key} = {value}" for key in keys)
        yield with_source("settings", f"{name} everywhere", files={"leaflet.toml": flat})
        nested = "\n".join(
            f"[{table}]\n" + "\n".join(f"{key} = {value}" for key in found) for table, found in inner.items()
        )
        yield with_source("settings", f"{name} in every table", files={"leaflet.toml": nested}, quick=name == "days")
    front = (
        "title", "subtitle", "author", "authors", "date", "lang", "keywords", "abstract", "cover", "css", "csl", "cite", "contact",
        "bibliography", "fields", "layout", "style", "fit", "version", "publisher", "license", "copyright", "related", "review", "edition",
    )  # fmt: skip
    kinds = {
        "numbers": "-17.5",
        "days": "2001-01-01T00:00:00Z",
        "lists of lists": "[[], [[1]], {a: []}]",
        "maps of maps": "{a: {b: {c: [1]}}}",
        "true": "true",
        "escape codes": '"\\e[31m\\u202e"',
        "huge numbers": "9" * 400,
        "hexadecimals": "0xFFFFFFFFFFFFFFFFFFFFFFFF",
    }
    for name, value in kinds.items():
        text = "---\n" + "".join(f"{key}: {value}\n" for key in front) + "---\n\nWords.\n"
        yield Input(kind="settings", name=f"{name} in the front matter", files={"source/x.md": text})


def plan_types() -> Iterator[Input]:
    keys = (
        "source", "sources", "data", "matrix", "include", "exclude", "override", "rules", "set", "output", "name", "formats", "where",
        "empty", "fit", "combine", "copies",
    )  # fmt: skip
    values = {
        "numbers": "-17",
        "days": "2001-01-01",
        "lists of lists": "[[], [[1]]]",
        "tables of tables": "{a = {b = {c = [1]}}}",
        "lists of tables": "[{a = [1]}]",
        "texts of escape codes": '"\\u001b[31m"',
        "no numbers": "nan",
    }
    for name, value in values.items():
        for key in ("everywhere", *keys):
            head = "" if key in {"everywhere", "source"} else 'source = "source/x.md"\n'
            text = "\n".join(f"{one} = {value}" for one in keys) if key == "everywhere" else f"{head}{key} = {value}"
            if key == "everywhere" or name == "tables of tables":
                command = ("batch", "plan.toml", "--dry-run")
                yield with_source("plans", f"{name} for {key}", files={"plan.toml": text}, command=command)


def outputs() -> Iterator[Input]:
    base: dict[str, dict[str, Content]] = {
        "a page that is a folder": {"output/x.html/a": "mine"},
        "a page of the user": {"output/x.html": "<p>mine</p>"},
        "an unfinished file that is a link": {"output/.x.pdf.00000000.leaflet-part": Path("../../secret.txt")},
        "an unfinished file that is a pipe": {"output/.x.pdf.00000000.leaflet-part": FIFO},
        "an output that is a file": {"output": "mine"},
        "an output that is a pipe": {"output": FIFO},
        "an output of itself": {"output": Path("output")},
        "a page that is a link to the source": {"output/x.html": Path("../source/x.md")},
        "a page that is a link to a device": {"output/x.html": Path("/dev/null")},
        "a page that is a link to nothing outside": {"output/x.html": Path("../../new")},
    }
    for name, files in base.items():
        yield with_source("outputs", name, files=files)
    yield with_source("outputs", "the folder of the sources", command=("build", "source/x.md", "--output", "source"))
    yield with_source("outputs", "a report outside", files={"output/x.report.json": Path("../../secret.txt")}, command=("build", "source/x.md", "--report"))  # fmt: skip


def row_pictures() -> Iterator[Input]:
    names = {
        "outside": "../../secret.svg",
        "a device": "/dev/zero",
        "on the web": "http://127.0.0.1:{port}/a.png",
        "with escape codes": "\x1b[31m.png",
        "a script": "javascript:alert(1)",
    }
    for name, picture in names.items():
        made = ("batch", "source/x.md", "--data", "a.csv", "--format", "html")
        rows = {"a.csv": f"id,who\n1,{picture}\n"}
        yield with_rows("row pictures", name, rows, body="![a]({{ who }})", command=made)
    joins = "CREATE VIEW rows AS SELECT * FROM " + ", ".join(f"(SELECT {i} AS c{i})" for i in range(60))
    yield with_rows("SQLite", "a view of 60 joins", {"a.sqlite": _database(joins)}, body="Words.")
