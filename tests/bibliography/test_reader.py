"""The reader of several builds: the same answers as one reading each, and none that is out of date."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflet.bibliography import BibliographyReader, read_bibliography, read_text, write
from leaflet.cli.cite import command

LIBRARY = Path(__file__).parent / "library.bib"


def test_a_reader_answers_as_a_single_reading_does_and_shares_what_it_read() -> None:
    reader = BibliographyReader()
    first = reader.read(LIBRARY, name="l.bib")
    assert first == read_bibliography(LIBRARY, name="l.bib")
    assert reader.read(LIBRARY, name="l.bib")[0] is first[0]
    assert len(reader.read(LIBRARY, name="l.bib", wanted={"art-plain"})[0]) == 1


def test_a_reader_sees_that_a_file_has_changed(tmp_path: Path) -> None:
    reader, file = BibliographyReader(), tmp_path / "l.bib"
    for title in ("Old", "New"):
        file.write_text(f"@book{{a, title = {{{title}}}}}", encoding="utf-8")
        assert reader.read(file, name="l.bib")[0][0].item["title"] == title


def test_a_reader_keeps_few_texts(tmp_path: Path) -> None:
    reader = BibliographyReader(most=2)
    for number in range(5):
        (tmp_path / f"{number}.bib").write_text(f"@book{{a, title = {{{number}}}}}", encoding="utf-8")
        reader.read(tmp_path / f"{number}.bib", name="l.bib")
    assert len(reader._read) == 2


def test_threads_may_share_a_reader() -> None:
    reader, expected = BibliographyReader(most=1), {}
    keys = ("art-plain", "book-plain", "thesis-plain", "name-von")
    for key in keys:
        expected[key] = read_bibliography(LIBRARY, name="l", wanted={key})
    with ThreadPoolExecutor(4) as pool:
        asked = [key for key in keys for _ in range(4)]
        found = pool.map(lambda key: reader.read(LIBRARY, name="l", wanted={key}), asked)
        assert list(found) == [expected[key] for key in asked]


def cite(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, env={"SOURCE_DATE_EPOCH": "1760000000"})


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("biblatex", "bib"), ("bibtex", "bib"), ("ris", "ris"), ("csl-json", "json"), ("csl-yaml", "yaml")],
)
def test_every_kind_of_file_is_a_library_to_cite_from(kind: str, suffix: str, tmp_path: Path) -> None:
    source = "@book{a, title = {Folds}, author = {van den Berg, Jan}, publisher = {Hull Press}, date = {2020}}"
    file = tmp_path / f"l.{suffix}"
    file.write_text(write(read_text(source, "biblatex", "x")[0], kind), encoding="utf-8")
    result = cite("--library", str(file), "--csl", "apa")
    assert result.stdout == "van den Berg, J. (2020). Folds. Hull Press.\n"


def test_particles_of_a_library_drop_on_request(tmp_path: Path) -> None:
    file = tmp_path / "l.bib"
    file.write_text("@book{a, title = {Folds}, author = {van den Berg, Jan}, date = {2020}}", encoding="utf-8")
    result = cite("--library", str(file), "--particles", "drop")
    assert result.stdout == "Berg, J. van den. (2020). Folds.\n"


def test_a_library_with_a_mistake_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "l.bib"
    file.write_text("@book{a, title = {Folds}, publisher = {Hull}}}\n@book{b, title {x}}", encoding="utf-8")
    result = cite("--library", str(file))
    assert result.exit_code == 1
    assert "l.bib:2: b: cannot be read" in str(result.exception)
