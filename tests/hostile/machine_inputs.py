"""Hostile inputs around a workspace: variables of the environment, the user's cache, and odd parts of a git repository."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from command_inputs import SOURCE, _object, repository
from hostile_inputs import BUILD, FIFO, SVG, Content, Input, packed, with_source

CHANGES = ("changes", "--pictures", "pictures")
OLD = SOURCE.replace("Words", "Other words").encode()
PLAIN = repository(("100644", "x.md", OLD))


def machine_inputs() -> Iterator[Input]:
    """Yield every input of this file."""
    for make in (environments, programs_by_name, caches, git_files, git_objects, git_names):
        yield from make()


def environments() -> Iterator[Input]:
    fonts = "<fontconfig><dir>..</dir><include>../secret.txt</include><cachedir>{root}/../made</cachedir></fontconfig>"
    catalogue = (
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><nextCatalog catalog="../secret.txt"/></catalog>'
    )
    files: dict[str, Content] = {
        "fonts.conf": fonts,
        "catalog.xml": catalogue,
        "source/a.svg": f'<!DOCTYPE svg PUBLIC "-//A//B" "a.dtd">{SVG.format("", "<text>a</text>")}',
        "pipe": FIFO,
        "link": Path(".."),
        "git.conf": "[core]\nfsmonitor = sh -c 'echo > ../evil'\n[include]\npath = ../secret.txt\n",
    }
    found: dict[str, dict[str, str]] = {
        "a cache that is a device": {"LEAFLET_CACHE": "/dev/null"},
        "a cache that is a pipe": {"LEAFLET_CACHE": "{root}/pipe"},
        "a cache in the source": {"LEAFLET_CACHE": "{root}/source/x.md"},
        "a cache of 5,000 letters": {"LEAFLET_CACHE": "/" + "a" * 5_000},
        "a cache that climbs": {"LEAFLET_CACHE": "../../made"},
        "a cache of escape codes": {"LEAFLET_CACHE": "{root}/\x1b[31m"},
        "a day of words": {"SOURCE_DATE_EPOCH": "tomorrow"},
        "a day of 10^30": {"SOURCE_DATE_EPOCH": "1" + "0" * 30},
        "a day before all days": {"SOURCE_DATE_EPOCH": "-99999999999"},
        "a day of 10,000 digits": {"SOURCE_DATE_EPOCH": "9" * 10_000},
        "a day of escape codes": {"SOURCE_DATE_EPOCH": "\x1b[31m"},
        "a day of Arabic digits": {"SOURCE_DATE_EPOCH": "\u0661\u0662"},
        "a temporary folder that is not there": {"TMPDIR": "{root}/nowhere"},
        "a temporary folder that is a device": {"TMPDIR": "/dev/null"},
        "no home": {"HOME": "", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": ""},
        "a home that is a pipe": {"HOME": "{root}/pipe"},
        "a locale of noise": {"LC_ALL": "xx_YY.\x1b", "LANG": "../../secret.txt", "LANGUAGE": "a" * 9_000},
        "a time zone that is a file": {"TZ": ":{root}/../secret.txt"},
        "a terminal of -5 columns": {"COLUMNS": "-5", "LINES": "99999999999999999999", "TERM": "\x1b[31m"},
        "fonts of others": {"FONTCONFIG_FILE": "{root}/fonts.conf", "FONTCONFIG_PATH": "{root}/.."},
        "a catalogue of XML outside": {"XML_CATALOG_FILES": "{root}/catalog.xml http://127.0.0.1:{port}/catalog"},
        "a proxy": {"http_proxy": "http://127.0.0.1:{port}", "HTTPS_PROXY": "http://127.0.0.1:{port}"},
        "a folder of scratch outside": {"LEAFLET_SCRATCH": "/dev"},
        "a library before all others": {"LD_PRELOAD": "{root}/../secret.txt", "PYTHONPATH": "{root}", "PYTHONSTARTUP": "{root}/source/x.md"},
    }  # fmt: skip
    for name, environment in found.items():
        yield with_source(
            "environment",
            name,
            body="![a](a.svg)\n\nWords.",
            files=files,
            environment=environment,
            quick=name == "a day of 10^30",
        )
    command = ("build", "source/x.md", "--format", "braille")
    table = {"LOUIS_TABLEPATH": "{root}/../", "LOUIS_TABLE": "secret.txt"}
    yield with_source("environment", "tables of Braille outside", command=command, environment=table)
    yield with_source("environment", "a width for tables of fonts", command=("layouts",), environment={"COLUMNS": "0"})
    asked = ("refs", "--get", "10.1000/1")
    yield with_source(
        "environment", "a proxy for references", command=asked, environment={"https_proxy": "http://127.0.0.1:{port}"}
    )


def programs_by_name() -> Iterator[Input]:
    """Yield variables by which git starts programs and reads files."""
    evil = "sh -c 'echo > ../evil'"
    found = {
        "programs of git": {
            "GIT_EXTERNAL_DIFF": evil,
            "GIT_PAGER": evil,
            "GIT_SSH_COMMAND": evil,
            "GIT_ASKPASS": evil,
            "GIT_EDITOR": evil,
        },
        "settings of git": {"GIT_CONFIG_GLOBAL": "{root}/git.conf", "GIT_CONFIG_SYSTEM": "{root}/../secret.txt"},
        "settings of git by number": {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "core.fsmonitor",
            "GIT_CONFIG_VALUE_0": evil,
        },
        "a folder of git elsewhere": {"GIT_DIR": "{root}/../", "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "/dev/zero"},
        "objects of git elsewhere": {
            "GIT_OBJECT_DIRECTORY": "/etc",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": "{root}/..:/etc",
        },
        "programs of git elsewhere": {"GIT_EXEC_PATH": "{root}", "GIT_TEMPLATE_DIR": "/etc"},
        "a record of git": {"GIT_TRACE": "{root}/../made", "GIT_TRACE2_EVENT": "{root}/../made"},
    }
    conf: dict[str, Content] = {"git.conf": f"[core]\nfsmonitor = {evil}\n[include]\npath = ../secret.txt\n"}
    for name, environment in found.items():
        yield with_source(
            "environment",
            f"{name}, for a date",
            front="date: last-modified\n",
            files=PLAIN | conf,
            environment=environment,
        )
        yield with_source(
            "environment", f"{name}, for changes", files=PLAIN | conf, environment=environment, command=CHANGES
        )


def caches() -> Iterator[Input]:
    def entries(content: Content, suffix: str, count: int = 300) -> dict[str, Content]:
        names = (sha256(str(number).encode()).hexdigest() for number in range(count))
        return {f"cache/{folder}{name}{suffix}": content for name in names for folder in ("", "builds/", "fonts/")}

    places: dict[str, dict[str, Content]] = {
        "a file": {"cache": "mine"},
        "a link of itself": {"cache": Path("cache")},
        "a link to a device": {"cache": Path("/dev/null")},
        "folders that are files": {f"cache/{name}": "mine" for name in ("builds", "fonts", "subsets", "csl", "citations")},
        "files that are links outside": entries(Path("../../secret.txt"), ".json"),
        "files that are pipes": entries(FIFO, ".json", 50) | entries(FIFO, ".woff2", 50) | entries(FIFO, ".font", 50),
        "3,000 files of noise": entries(b"\0" * 100, ".json", 1_000),
        "an index of noise": {"cache/index.json": b"\xff" * 1_000, "cache/builds/index.json": "[" * 100_000},
    }  # fmt: skip
    for name, files in places.items():
        yield with_source(
            "caches",
            name,
            front="bibliography: a.bib\n",
            body="Words [@a].",
            files=files | {"source/a.bib": "@book{a, title={T}, year=2001}"},
            environment={"LEAFLET_CACHE": "{root}/cache"},
            quick=name == "files that are links outside",
        )


def git_files() -> Iterator[Input]:
    config = "[core]\nrepositoryformatversion = {}\nbare = false\n{}"
    found: dict[str, Mapping[str, Content]] = {
        "a work tree elsewhere": {**PLAIN, ".git/config": config.format(0, "worktree = /etc\n")},
        "a work tree above": {**PLAIN, ".git/config": config.format(0, "worktree = ../..\n")},
        "a common folder elsewhere": {**PLAIN, ".git/commondir": "../../../../etc\n"},
        "a form of 10^9": {**PLAIN, ".git/config": config.format(10**9, "")},
        "extensions that nobody knows": {
            **PLAIN,
            ".git/config": config.format(1, "[extensions]\nobjectFormat = sha256\nrefStorage = a\nworktreeConfig = true\n"),
        },
        "settings of the work tree": {
            **PLAIN,
            ".git/config": config.format(1, "[extensions]\nworktreeConfig = true\n"),
            ".git/config.worktree": "[core]\nfsmonitor = sh -c 'echo > ../evil'\n",
        },
        "settings that include each other": {
            **PLAIN,
            ".git/config": config.format(0, "[include]\npath = config\n[includeIf \"onbranch:*\"]\npath = ../../secret.txt\n"),
        },
        "a branch outside": {**PLAIN, ".git/HEAD": "ref: ../../secret.txt\n"},
        "a branch that is a link outside": {**PLAIN, ".git/refs/heads/main": Path("../../../../secret.txt")},
        "a head of a megabyte": {**PLAIN, ".git/HEAD": "a" * 1_000_000},
        "a head that is a device": {**PLAIN, ".git/HEAD": Path("/dev/zero")},
        "packed branches of noise": {**PLAIN, ".git/packed-refs": b"# pack-refs with: peeled\n" + b"\xff" * 100_000},
        "100,000 branches": {**PLAIN, ".git/packed-refs": "".join(f"{i:040x} refs/heads/b{i}\n" for i in range(100_000))},
        "a table of files of noise": {**PLAIN, ".git/index": b"DIRC\0\0\0\2\xff\xff\xff\xff" + bytes(range(256))},
        "a table of files that is a pipe": {**PLAIN, ".git/index": FIFO},
        "grafts": {**PLAIN, ".git/info/grafts": f"{PLAIN['.git/refs/heads/main']}{'a' * 40}\n", ".git/shallow": "a\n"},
        "a graph of commits of noise": {**PLAIN, ".git/objects/info/commit-graph": b"CGPH\1\1\xff\0" + b"\xff" * 1_000},
        "a pack of noise": {
            **PLAIN,
            f".git/objects/pack/pack-{'a' * 40}.idx": b"\xfftOc\0\0\0\2" + b"\xff" * 2_000,
            f".git/objects/pack/pack-{'a' * 40}.pack": b"PACK\0\0\0\2\xff\xff\xff\xff",
        },
        "packs that promise": {**PLAIN, f".git/objects/pack/pack-{'a' * 40}.promisor": ""},
        "an exclusion that is a pipe": {**PLAIN, ".git/info/exclude": FIFO, ".gitignore": Path("/dev/zero")},
        "attributes of a megabyte": {**PLAIN, ".gitattributes": "*.md filter=a\n" * 70_000, ".git/info/attributes": FIFO},
        "a map of names": {**PLAIN, ".mailmap": Path("../secret.txt")},
        "hooks of every kind": {
            **PLAIN,
            **{
                f".git/hooks/{name}": "#!/bin/sh\necho > ../evil\n"
                for name in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc")
            },
        },
        "a lock": {**PLAIN, ".git/index.lock": "", ".git/HEAD.lock": "", ".git/config.lock": ""},
    }  # fmt: skip
    for name, files in found.items():
        yield with_source("git files", name, files=files, command=CHANGES)
        yield with_source("git files", f"{name}, for a date", front="date: last-modified\n", files=files)


def _commit(text: str, *, tree: bytes = b"") -> dict[str, Content]:
    """Return a repository whose only commit has an unusual text; "{tree}" in it is its root."""
    root, files = _object("tree", tree)
    commit, stored = _object("commit", text.replace("{tree}", root).encode("utf-8", "surrogateescape"))
    return {
        ".git/config": "[core]\nrepositoryformatversion = 0\nbare = false\n",
        **files,
        **stored,
        ".git/HEAD": "ref: refs/heads/main\n",
        ".git/refs/heads/main": f"{commit}\n",
    }


def git_objects() -> Iterator[Input]:
    usual = "tree {tree}\nauthor A <a@b> 1700000000 +0000\ncommitter A <a@b> 1700000000 +0000\n\nwords\n"
    blob, stored = _object("blob", OLD)
    tree = b"100644 x.md\0" + bytes.fromhex(blob)
    place = f".git/objects/{blob[:2]}/{blob[2:]}"
    sources, below = _object("tree", tree)
    root = b"40000 source\0" + bytes.fromhex(sources)
    good = _commit(usual, tree=root) | below | stored
    found: dict[str, Mapping[str, Content]] = {
        "a commit of the year 10^12": _commit(usual.replace("1700000000", "9" * 20), tree=root) | below | stored,
        "a commit before all days": _commit(usual.replace("1700000000", "-9999999"), tree=root) | below | stored,
        "a zone of 9999 hours": _commit(usual.replace("+0000", "+999999"), tree=root) | below | stored,
        "a commit of escape codes": _commit(usual.replace("A <a@b>", "\x1b[31m <\x1b]0;a\x07>").replace("words", "\x1b[2J"), tree=root) | below | stored,
        "a commit without a tree": _commit(usual.replace("tree {tree}\n", "")),
        "a commit of nothing": _commit(""),
        "100,000 parents": _commit(usual.replace("author", f"parent {'a' * 40}\n" * 100_000 + "author", 1), tree=root),
        "a text that grows to a gigabyte": {**good, place: lambda _: zlib.compress(b"blob 1000000000\0") + packed(b"\0" * 8, 200_000_000)},
        "a text whose size is a lie": {**good, place: zlib.compress(b"blob 99999999999999999999\0words")},
        "a text that is a tree": {**good, place: zlib.compress(b"tree 5\0words")},
        "a text that is a pipe": {**good, place: FIFO},
        "a text that is a device": {**good, place: Path("/dev/zero")},
        "a tree within itself": {**good, f".git/objects/{sources[:2]}/{sources[2:]}": zlib.compress(b"tree 33\x0040000 source\0" + bytes.fromhex(sources))},
        "a tree of 100,000 entries": _commit(usual, tree=b"".join(b"100644 %06d.md\0" % i + bytes.fromhex(blob) for i in range(100_000))) | stored,
        "a replaced commit": {**good, f".git/refs/replace/{blob}": f"{sources}\n"},
    }  # fmt: skip
    for name, files in found.items():
        yield with_source("git objects", name, files=files, command=CHANGES, quick=name == "a zone of 9999 hours")
        yield with_source("git objects", f"{name}, for a date", front="date: last-modified\n", files=files)


def git_names() -> Iterator[Input]:
    """Yield sources and committed files whose names are options, patterns and paths to git."""
    for name, stem in {
        "an option": "--output=evil",
        "a pattern of git": ":(exclude)*",
        "a place from the top": ":(top)x",
        "a revision": "HEAD~1",
        "a command of a shell": "$(echo > evil)",
        "a line end": "a\nb",
        "a tabulator and quotes": 'a\t"b',
        "escape codes": "\x1b[31m",
        "backslashes": "..\\..\\evil",
        "4,000 letters": "a" * 240,
    }.items():
        committed = repository(("100644", f"{stem}.md", OLD))
        files: dict[str, Content] = {
            **committed,
            f"source/{stem}.md": SOURCE.replace("lang", "date: last-modified\nlang", 1),
        }
        yield Input(kind="git names", name=name, files=files, command=("build", f"source/{stem}.md", *BUILD[2:]))
        yield Input(kind="git names", name=f"{name}, for changes", files=files, command=CHANGES)
