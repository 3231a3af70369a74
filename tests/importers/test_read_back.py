"""Parsers that are not ours read the leaflet's own item back from its page and from the files beside it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from read_back import FIELDS, expected, readers, verdict

from running import SAMPLES, run_leaflet

HERE = Path(__file__).parent
READERS = readers()
PARSERS = {
    "html-metadata": "LEAFLET_IMPORTERS names no node_modules folder with the npm package html-metadata",
    "citation-js": "LEAFLET_IMPORTERS names no node_modules folder with the npm package citation-js",
    "pandoc": "LEAFLET_PANDOC names no pandoc",
    "extruct": "the package extruct is not installed",
    "rispy": "the package rispy is not installed",
}
KNOWN = {
    ("html-metadata", "coins"): {"isbn": "none", "keywords": "none"},  # keeps one of several values of a key
    ("pandoc", ".bib"): {"title": "differs"},  # begins the letter after a colon with a capital, even in "<i>"
    ("citation-js", ".bib"): {"language": "differs"},  # takes biblatex's "british" as it stands
    ("pandoc", ".ris"): {"date": "part", "keywords": "differs", "isbn": "none", "authors": "differs"},
    ("bibtexparser", ".bib"): {"url": "differs"},  # decodes LaTeX in a field that biblatex reads letter by letter
}
"""The losses and changes of a parser in a file that is right; docs/references.md explains each."""


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A leaflet with everything that is hard to carry: particles, bodies, brackets, quotation marks, markup."""
    folder = tmp_path_factory.mktemp("hard")
    (folder / "source").mkdir()
    shutil.copy(HERE / "hard.md", folder / "source")
    formats = [word for form in ("html", "bib", "ris", "csl-json") for word in ("--format", form)]
    run_leaflet("build", "source/hard.md", *formats, cwd=folder)
    return folder / "output"


def lost(folder: Path, name: str, reader: tuple[str, str]) -> dict[str, str]:
    suffix, read = READERS[reader]
    wanted, found = expected(folder, name), read(folder / f"{name}{suffix}")
    verdicts = {field: verdict(wanted, found, field) for field in FIELDS}
    return {field: word for field, word in verdicts.items() if word != "same"}


@pytest.mark.parametrize("reader", READERS, ids="".join)
def test_nothing_is_lost_but_what_the_parser_is_known_to_lose(reader: tuple[str, str], hard: Path, built: Path) -> None:
    assert lost(hard, "hard", reader) == KNOWN.get(reader, {})
    for sample in SAMPLES:
        found = lost(built, sample, reader)
        assert found.items() <= KNOWN.get(reader, {}).items()


@pytest.mark.parametrize("parser", PARSERS)
def test_the_parser_is_there(parser: str) -> None:
    if not any(name == parser for name, _ in READERS):
        pytest.skip(PARSERS[parser])
    assert parser not in ("html-metadata", "citation-js") or Path(os.environ["LEAFLET_IMPORTERS"]).is_dir()
