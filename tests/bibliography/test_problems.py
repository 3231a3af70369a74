"""Every kind of mistake in a bibliography: its exact message, and the other entries still read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leaflet.bibliography import check, merge, read_bibliography, read_text
from leaflet.errors import Severity, SourceError

GOOD = "@book{good, title = {Good}, author = {Lind, Per}, date = 2001}\n"


def shown(text: str, kind: str = "biblatex") -> tuple[list[str], list[str]]:
    references, problems = read_text(text, kind, "lib")
    return [reference.id for reference in references], [str(problem).split("\n")[0] for problem in problems]


BROKEN = {
    "unclosed brace": (
        "@book{bad,\n  title = {Never closed,\n  date = 2001\n}\n" + GOOD,
        "lib:1: bad: cannot be read: braces or quotes do not close",
    ),
    "no equals sign": (
        "@book{bad,\n  title {x}\n}\n" + GOOD,
        'lib:1: bad: cannot be read: expected a "=" after entry key, but found "{"',
    ),
    "undefined macro": (
        "@book{bad,\n  title = {x},\n  publisher = nohouse\n}\n" + GOOD,
        'lib:3: warning: bad: publisher: the macro "nohouse" is not defined, so its name is printed',
    ),
    "no key": ("@book{, title = {x}}\n" + GOOD, "lib:1: an entry has no key"),
    "duplicate key": (
        "@book{good, title = {Old}}\n" + GOOD,
        "lib:2: warning: good: this key was already used at line 1; the later entry is used",
    ),
    "duplicate field": (
        "@book{bad, title = {x}, title = {y}}\n" + GOOD,
        "lib:1: warning: bad: title is given twice; the first is used",
    ),
    "unknown type": (
        "@boook{bad, title = {x}}\n" + GOOD,
        "lib:1: warning: bad: @boook is not a known type of entry; it is read as @misc",
    ),
    "bad date": (
        "@book{bad, title = {x}, date = {2001-13}}\n" + GOOD,
        'lib:1: warning: bad: date = "2001-13" is not a date; it is printed as written',
    ),
    "missing parent": (
        "@inbook{bad, title = {x}, crossref = {nothing}}\n" + GOOD,
        'lib:1: warning: bad: crossref names "nothing", which is not in this file',
    ),
    "circle": (
        "@inbook{bad, title = {x}, crossref = {bad}}\n" + GOOD,
        'lib:1: bad: crossref goes round in a circle through "bad"',
    ),
    "a set": (
        "@set{bad, entryset = {a, b}}\n" + GOOD,
        "lib:1: warning: bad: a set of entries is not one source, so it was left out",
    ),
}


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_a_broken_entry_is_named_and_the_next_one_read(case: str) -> None:
    text, message = BROKEN[case]
    ids, messages = shown(text)
    assert message in messages
    assert "good" in ids


def test_a_circle_of_three_ends() -> None:
    text = "".join(f"@inbook{{{key}, title = {{x}}, crossref = {{{parent}}}}}\n" for key, parent in ("ab", "bc", "ca"))
    ids, messages = shown(text)
    assert ids == ["a", "b", "c"]
    assert any("in a circle" in message for message in messages)


def test_an_unreadable_entry_that_nobody_cites_is_only_a_warning() -> None:
    text = "@book{bad,\n  title = {Never closed\n@book{good, title = {Good}}\n"
    _, problems = read_text(text, "biblatex", "lib", wanted={"good"})
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    _, problems = read_text(text, "biblatex", "lib", wanted={"bad"})
    assert [problem.severity for problem in problems] == [Severity.ERROR]


OTHER_FORMATS = {
    "json syntax": (
        '[{"id": "good", "type": "book"},\n {"id": }]',
        "csl-json",
        ["good"],
        "lib:2:9: this is not JSON: expecting value",
    ),
    "json item": (
        '["x", {"id": "good", "type": "book"}]',
        "csl-json",
        ["good"],
        "lib:1: an item must be a set of fields, with id and type",
    ),
    "json no id": ('[{"type": "book"}]', "csl-json", [], "lib:1: an item has no id"),
    "json type": (
        '[{"id": "a", "type": "boook"}]',
        "csl-json",
        ["a"],
        'lib:1: warning: a: "boook" is not a type of CSL',
    ),
    "json names": (
        '[{"id": "a", "type": "book",\n"author": [7]}]',
        "csl-json",
        ["a"],
        "lib:1: warning: a: author cannot be read, so it was left out",
    ),
    "json twice": (
        '[{"id": "a", "type": "book"},\n{"id": "a", "type": "book"}]',
        "csl-json",
        ["a"],
        "lib:2: warning: a: this id was already used at line 1; the later item is used",
    ),
    "json calendar": (
        '[{"id": "a", "type": "book", "issued": {"date-parts": [[2020, 2], [2020, "02", "30"]]}}]',
        "csl-json",
        ["a"],
        "lib:1: warning: a: issued: there is no day 30 in month 2",
    ),
    "yaml calendar": (
        "- id: a\n  type: book\n  accessed: {year: 2020, month: 25}\n",
        "csl-yaml",
        ["a"],
        "lib:1: warning: a: accessed: there is no month 25",
    ),
    "yaml syntax": (
        "- id: a\n  title: x: y\n",
        "csl-yaml",
        [],
        "lib:2:11: this YAML cannot be read: mapping values are not allowed here",
    ),
    "yaml key twice": (
        "- id: a\n  title: One\n  type: book\n  title: Two\n",
        "csl-yaml",
        ["a"],
        'lib:4:3: warning: "title" is given twice',
    ),
    "yaml tag": (
        "- id: a\n  title: !odd One\n  type: book\n",
        "csl-yaml",
        ["a"],
        'lib:2:10: warning: the tag "!odd" is not read here',
    ),
    "yaml bomb": (
        "- id: a\n  type: book\n- id: b\n  x: " + "[" * 40 + "]" * 40 + "\n",
        "csl-yaml",
        ["a"],
        "lib:4:36: this YAML is too large: its values repeat or nest too often",
    ),
    "yaml date": (
        "- id: a\n  type: book\n  issued: {date-parts: 7}\n",
        "csl-yaml",
        ["a"],
        "lib:1: warning: a: issued cannot be read, so it was left out",
    ),
    "ris stray": (
        "hello there\nTY  - BOOK\nID  - a\nER  - \n",
        "ris",
        ["a"],
        "lib:1: this line is outside of any record",
    ),
    "ris open": (
        "TY  - BOOK\nID  - a\nTY  - BOOK\nID  - b\nER  - \n",
        "ris",
        ["a", "b"],
        "lib:1: warning: a: the record does not end with ER",
    ),
    "ris type": (
        "TY  - BOKE\nID  - a\nER  - \n",
        "ris",
        ["a"],
        'lib:1: warning: a: TY "BOKE" is not a known type; it is read as a document',
    ),
    "ris date": (
        "TY  - BOOK\nID  - a\nDA  - soon\nER  - \n",
        "ris",
        ["a"],
        'lib:1: warning: a: "soon" is not a date; write YYYY/MM/DD',
    ),
}


@pytest.mark.parametrize("case", sorted(OTHER_FORMATS))
def test_other_formats_name_the_place_too(case: str) -> None:
    text, kind, ids, message = OTHER_FORMATS[case]
    found, messages = shown(text, kind)
    assert found == ids
    assert message in messages


CHECKED = {
    "missing title": ("@book{a, author = {Lind, Per}, date = 2001}", "lib:1: warning: a: the title is missing"),
    "missing author": ("@book{a, title = {x}, date = 2001}", "lib:1: warning: a: nobody is named as author or editor"),
    "missing date": ("@book{a, title = {x}, author = {Lind, Per}}", "lib:1: warning: a: the date is missing"),
    "missing journal": (
        "@article{a, title = {x}, author = {Lind, Per}, date = 2001}",
        "lib:1: warning: a: the journal is missing",
    ),
    "not a doi": (
        "@misc{a, title = {x}, date = 2001, doi = {doi.example/7}}",
        'lib:1: warning: a: "doi.example/7" is not a DOI',
    ),
    "isbn": (
        "@misc{a, title = {x}, date = 2001, isbn = {978-0-306-40615-8}}",
        'lib:1: warning: a: the check digit of ISBN "978-0-306-40615-8" is wrong',
    ),
    "issn": (
        "@misc{a, title = {x}, date = 2001, issn = {1234-5678}}",
        'lib:1: warning: a: the check digit of ISSN "1234-5678" is wrong',
    ),
    "future": ("@misc{a, title = {x}, date = 2031}", "lib:1: warning: a: the year 2031 of issued is still to come"),
    "address": (
        "@misc{a, title = {x}, date = 2001, url = {example.org/x}}",
        'lib:1: warning: a: "example.org/x" is not a web address',
    ),
}


@pytest.mark.parametrize("case", sorted(CHECKED))
def test_what_looks_wrong_is_warned_of(case: str) -> None:
    text, message = CHECKED[case]
    references, problems = read_text(text, "biblatex", "lib")
    assert problems == ()
    assert message in [str(problem).split("\n")[0] for problem in check(references, today=date(2026, 1, 1))]


def test_a_sound_reference_gives_no_warning() -> None:
    text = (
        "@article{a, author = {Lind, Per}, title = {x}, journaltitle = {y}, date = 2026, doi = {https://doi.org/10.1000/1},"
        " issn = {0028-0836}, isbn = {0-306-40615-2}, url = {https://example.org}}"
    )
    assert check(read_text(text, "biblatex", "lib")[0], today=date(2026, 1, 1)) == ()


def test_the_later_of_two_files_wins_with_a_note() -> None:
    old, _ = read_text('[{"id": "a", "type": "book", "title": "Old"}]', "csl-json", "old.json")
    new, _ = read_text('[{"id": "a", "type": "book", "title": "New"}]', "csl-json", "new.json")
    merged, problems = merge([old, new])
    assert [reference.item["title"] for reference in merged] == ["New"]
    assert [str(problem).split("\n")[0] for problem in problems] == [
        "new.json:1: warning: a: this reference replaces the one in old.json:1"
    ]


def test_a_missing_file_and_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"refs\.bib: the bibliography cannot be read"):
        read_bibliography(tmp_path / "refs.bib", name="refs.bib")
    (tmp_path / "refs.txt").write_text("just words", encoding="utf-8")
    with pytest.raises(SourceError, match=r"refs\.txt: this is not a bibliography of a known kind"):
        read_bibliography(tmp_path / "refs.txt", name="refs.txt")


def test_a_file_in_an_old_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "old.bib").write_bytes("@book{a,\n title = {Café}}".encode("cp1252"))
    references, problems = read_bibliography(tmp_path / "old.bib", name="old.bib")
    assert references[0].item["title"] == "Café"
    assert str(problems[0]).startswith("old.bib:2: warning: this file is not in UTF-8")


@pytest.mark.parametrize(
    "text",
    [r'[{"id": "a\ud800", "type": "book", "title": "x\u0000\udfffy"}]', '- id: a\n  type: book\n  title: "x\\0y"\n'],
)
def test_characters_that_no_output_can_carry_are_dropped(text: str) -> None:
    references, _ = read_text(text, None, "lib")
    assert (references[0].id, references[0].item["title"]) == ("a", "xy")


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_a_number_that_json_does_not_know_is_left_out(number: str) -> None:
    text = f'[{{"id": "a", "type": "book", "title": "x", "volume": {number}}}]'
    ((reference,), problems) = read_text(text, "csl-json", "l.json")
    assert "volume" not in reference.item
    assert "l.json:1: warning: a: volume cannot be read, so it was left out" in str(problems[0])
