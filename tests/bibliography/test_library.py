"""The library of invented works: read as expected, written as expected, and the same after every round."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from leaflet.bibliography import Read, read_bibliography, read_text, write
from leaflet.errors import Severity

HERE = Path(__file__).parent
WRITTEN = {
    "csl-json": "library.csl.json",
    "csl-yaml": "library.yaml",
    "biblatex": "library-biblatex.bib",
    "bibtex": "library-bibtex.bib",
    "ris": "library.ris",
}


@pytest.fixture(scope="module")
def library() -> Read:
    return read_bibliography(HERE / "library.bib", name="library.bib")


def unprotected(item: Any) -> Any:
    """An item without the marks of protected capitals, which a .bib file cannot tell from plain capitals."""
    return json.loads(re.sub(r'<span class=\\"nocase\\">(.*?)</span>', r"\1", json.dumps(item)))


def test_the_library_is_large_and_reads_without_a_problem(library: Read) -> None:
    references, problems = library
    assert len(references) >= 150
    assert problems == ()


def test_every_entry_becomes_the_expected_item(library: Read) -> None:
    expected = {item["id"]: item for item in json.loads((HERE / "library.csl.json").read_text(encoding="utf-8"))}
    assert {reference.id: reference.item for reference in library[0]} == expected


@pytest.mark.parametrize(("kind", "file"), sorted(WRITTEN.items()))
def test_the_library_is_written_as_expected(library: Read, kind: str, file: str) -> None:
    assert write(library[0], kind).encode("utf-8") == (HERE / file).read_bytes()


@pytest.mark.parametrize("kind", ["csl-json", "csl-yaml"])
def test_csl_formats_give_every_item_back_exactly(library: Read, kind: str) -> None:
    back, problems = read_text(write(library[0], kind), kind, "back")
    assert problems == ()
    assert [reference.item for reference in back] == [reference.item for reference in library[0]]


@pytest.mark.parametrize("kind", ["biblatex", "bibtex"])
def test_bib_files_give_every_item_back(library: Read, kind: str) -> None:
    back, problems = read_text(write(library[0], kind), kind, "back")
    assert problems == ()
    for before, after in zip(library[0], back, strict=True):
        assert unprotected(after.item) == unprotected(before.item)


# Fields for which RIS has no tag, at least in some types of record; docs/references.md says so.
BEYOND_RIS = {
    "compiler", "contributor", "event-date", "event-place", "event-title", "number-of-pages", "original-publisher",
    "original-publisher-place", "original-title", "part-number", "status", "version", "volume-title",
}  # fmt: skip


def test_ris_gives_back_all_that_it_has_tags_for(library: Read) -> None:
    back, problems = read_text(write(library[0], "ris"), "ris", "back")
    assert problems == ()
    for before, after in zip(library[0], back, strict=True):
        plain = json.loads(re.sub(r"<[^>]+>", "", json.dumps(before.item)).replace("\\u00a0", " "))
        expected, found = dict(plain), dict(after.item)
        for name in BEYOND_RIS - found.keys() | {"type"}:
            expected.pop(name, None)
            found.pop(name, None)
        if after.item["type"] == "motion_picture":
            # Whoever is named first of a film is its director.
            expected.setdefault("director", expected.pop("author", None))
        assert found == expected


def test_only_wanted_entries_are_converted(library: Read) -> None:
    wanted = {"inc-crossref", "xdata-two"}
    references, _ = read_bibliography(HERE / "library.bib", name="library.bib", wanted=wanted)
    everything = {reference.id: reference for reference in library[0]}
    assert list(references) == [everything[key] for key in ("inc-crossref", "xdata-two")]


def test_every_reference_knows_its_line(library: Read) -> None:
    lines = (HERE / "library.bib").read_text(encoding="utf-8").split("\n")
    for reference in library[0]:
        assert reference.location is not None
        assert reference.location.line is not None
        assert "{" + reference.id + "," in lines[reference.location.line - 1]


def test_the_example_library_of_biblatex_loads_whole() -> None:
    path = os.environ.get("BIBLATEX_EXAMPLES")
    if not path:
        pytest.skip("BIBLATEX_EXAMPLES is not set: fetch the file with tests/bibliography/fetch_examples.sh")
    references, problems = read_bibliography(Path(path), name="biblatex-examples.bib")
    assert len(references) >= 90
    assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []
    for kind in ("biblatex", "bibtex"):
        back, found = read_text(write(references, kind), kind, "back")
        assert found == ()
        assert [unprotected(one.item) for one in back] == [unprotected(one.item) for one in references]
