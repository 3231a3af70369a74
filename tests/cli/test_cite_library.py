"""``leaflet cite --library``: what is wrong with a list of items is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.cli.json_lists import read_list, refuse_twins
from leaflet.errors import LeafletError
from running import run_leaflet

GOOD = '[\n {"id": "a", "title": "\\"NaN\\" and 1e999"},\n\n {"id": "b", "volume": -1.5e3}\n]'


def refusal(text: str, folder: Path) -> str:
    file = folder / "l.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LeafletError) as caught:
        refuse_twins(read_list(file, "items"))
    return "\n".join(str(problem) for problem in caught.value.problems).replace(str(file), "l.json")


def test_every_object_comes_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "l.json"
    file.write_text(GOOD, encoding="utf-8")
    assert [(value["id"], place.line) for value, place in read_list(file, "items")] == [("a", 2), ("b", 4)]
    file.write_text("[ ]", encoding="utf-8")
    assert read_list(file, "items") == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 500], ids=lambda text: text[:9])
def test_numbers_that_json_does_not_know_are_refused(number: str, tmp_path: Path) -> None:
    shown = refusal(f'[\n {{"id": "NaN", "volume": {number}}}]', tmp_path)
    assert shown.startswith(f"l.json:2:26: {number[:20]} is not a number that JSON can hold")
    assert "hint: " in shown


def test_an_id_that_is_taken_is_told_with_both_places(tmp_path: Path) -> None:
    shown = refusal('[{"id": "a"},\n {"id": "b"},\n {"id": "a"},\n {"id": "b"}]', tmp_path)
    assert 'l.json:3: the id "a" is taken by the item at line 1' in shown
    assert 'l.json:4: the id "b" is taken by the item at line 2' in shown


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '[{"id": "a"}, []]', '[{"id": "a"},]', '{"a": [{}]}', "[" * 9999],
    ids=lambda text: text[:9],
)
def test_what_is_no_list_of_objects_is_refused(text: str, tmp_path: Path) -> None:
    assert refusal(text, tmp_path).startswith("l.json")


def test_the_command_says_it(tmp_path: Path) -> None:
    (tmp_path / "l.json").write_text('[{"id": "a", "type": "book"}, {"id": "a", "type": "book"}]', encoding="utf-8")
    shown = run_leaflet("cite", "--library", "l.json", cwd=tmp_path, check=False)
    assert shown.returncode == 1
    assert shown.stderr.startswith('l.json:1: the id "a" is taken')
