"""Data files of every kind, as programs really write them."""

from __future__ import annotations

import doctest
import importlib
import json
import sqlite3
from pathlib import Path

import pytest
from batch_samples import workspace

from leaflet.batch.data.read_data import DataFile, read_data
from leaflet.batch.data.table import RowTable
from leaflet.batch.plan.expand import expand
from leaflet.batch.plan.plan_file import read_plan
from leaflet.errors import LeafletError, Severity
from leaflet.source import open_workspace


def read(path: Path, **choices: str) -> RowTable:
    return read_data(DataFile(path=path, name=path.name, **choices))


def values(table: RowTable) -> list[dict[str, str]]:
    return [dict(row.values) for row in table.rows]


def said(table: RowTable) -> list[str]:
    return [str(problem) for problem in table.problems]


TEXT = "id,name\nhill,Café £5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "clinics.csv"
    path.write_bytes(TEXT.encode(encoding))
    table = read(path)
    assert values(table) == [{"id": "hill", "name": "Café £5"}]
    assert said(table) == []


def test_windows_text_is_read_and_the_guess_is_said_aloud(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_bytes(TEXT.encode("cp1252"))
    table = read(path)
    assert values(table) == [{"id": "hill", "name": "Café £5"}]
    assert [problem.severity for problem in table.problems] == [Severity.WARNING]
    assert said(table)[0].startswith("clinics.csv:2: warning: the file is not UTF-8, so it is read as Windows-1252")


def test_an_encoding_that_is_named_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_bytes("id,name\nhill,Łódź\n".encode("cp1250"))
    assert values(read(path, encoding="cp1250")) == [{"id": "hill", "name": "Łódź"}]


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_bytes(b"id,name\nhill,\x81\xff\n")
    with pytest.raises(LeafletError, match=r"clinics.csv:2: byte 0x81 is no text in cp1252"):
        read(path)


def test_quotes_commas_and_line_ends_stay_in_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_text('id,name\r\nhill,"Hill, the ""old"" clinic\r\nsecond floor"\r\nlake,Lake\r\n', newline="")
    table = read(path)
    assert values(table)[0]["name"] == 'Hill, the "old" clinic\r\nsecond floor'
    assert [row.place.line for row in table.rows] == [2, 4]


def test_a_line_separator_within_a_cell_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_text("id,name\nhill,Hill\u2028clinic\nlake,L\n", encoding="utf-8")
    table = read(path)
    assert [row.place.line for row in table.rows] == [2, 3]
    assert values(table)[0]["name"] == "Hill\u2028clinic"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_in_the_header(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "clinics.csv"
    path.write_text(f"id{separator}name\nhill{separator}Hill\n")
    assert values(read(path)) == [{"id": "hill", "name": "Hill"}]


def test_a_tsv_file_keeps_its_commas(tmp_path: Path) -> None:
    path = tmp_path / "clinics.tsv"
    path.write_text("id\tname\nhill\tHill, north\n")
    assert values(read(path)) == [{"id": "hill", "name": "Hill, north"}]


def test_cells_are_data_whatever_they_look_like(tmp_path: Path) -> None:
    cells = ["=1+1", "<b>bold</b>", "../../etc/passwd", "{{ name }}", "x" * 300]
    path = tmp_path / "clinics.csv"
    path.write_text("name\n" + "\n".join(cells) + "\n")
    assert [row["name"] for row in values(read(path))] == cells


def test_json_keeps_numbers_as_typed_and_knows_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "clinics.json"
    path.write_text(
        '[\n  {"id": "hill", "clinic": {"phone": "01", "beds": 1.50}},\n  {"id": "lake", "open": true}\n]\n'
    )
    table = read(path)
    assert values(table) == [
        {"id": "hill", "clinic.phone": "01", "clinic.beds": "1.50"},
        {"id": "lake", "open": "true"},
    ]
    assert [row.place.line for row in table.rows] == [2, 3]


def test_json_may_wrap_its_records_in_an_object(tmp_path: Path) -> None:
    path = tmp_path / "clinics.json"
    path.write_text(json.dumps({"version": 1, "clinics": [{"id": "hill"}]}))
    assert values(read(path)) == [{"id": "hill"}]


def test_json_lines_and_yaml_are_read_with_their_places(tmp_path: Path) -> None:
    lines, yaml = tmp_path / "c.jsonl", tmp_path / "c.yaml"
    lines.write_text('{"id": "hill"}\n\n{"id": "lake"}\n')
    yaml.write_text("- id: hill\n  phone: 0123\n- id: lake\n")
    assert [(row.values["id"], row.place.line) for row in read(lines).rows] == [("hill", 1), ("lake", 3)]
    assert [(row.values["id"], row.place.line) for row in read(yaml).rows] == [("hill", 1), ("lake", 3)]
    assert read(yaml).rows[0].values["phone"] == "0123"


def test_a_database_table_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "clinics.sqlite"
    database = sqlite3.connect(path)
    database.execute('CREATE TABLE clinics (id TEXT, "clinic.beds" REAL, note TEXT)')
    database.executemany("INSERT INTO clinics VALUES (?, ?, ?)", [("sea", 12.0, None), ("hill", 2.5, " x ")])
    database.commit()
    database.close()
    assert values(read(path)) == [
        {"id": "sea", "clinic.beds": "12", "note": ""},
        {"id": "hill", "clinic.beds": "2.5", "note": "x"},
    ]


def test_a_database_with_several_tables_asks_which(tmp_path: Path) -> None:
    path = tmp_path / "clinics.db"
    database = sqlite3.connect(path)
    database.executescript("CREATE TABLE a (id); CREATE TABLE b (id); INSERT INTO b VALUES ('x');")
    database.close()
    with pytest.raises(LeafletError, match="it is not clear which table is meant") as error:
        read(path)
    assert error.value.problems[0].hint == "name one with --table; there are: a, b"
    assert values(read(path, table="b")) == [{"id": "x"}]


def test_a_workbook_gives_texts_dates_and_whole_numbers(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import date

    book = openpyxl.Workbook()
    book.active.append(["id", "clinic.beds", "opens", "name"])
    book.active.append(["hill", 12.0, date(2026, 5, 12), "Hill, north"])
    book.active.append([None, None, None, None])
    book.active.append(["lake", None, None, "=1+1"])
    path = tmp_path / "clinics.xlsx"
    book.save(path)
    table = read(path)
    assert values(table)[0] == {"id": "hill", "clinic.beds": "12", "opens": "2026-05-12", "name": "Hill, north"}
    assert [row.place.line for row in table.rows] == [2, 4]


def test_a_broken_workbook_is_refused_in_words(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    path = tmp_path / "clinics.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(LeafletError, match=r"clinics.xlsx: the workbook cannot be read"):
        read(path)


def test_what_a_spreadsheet_spoilt_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_text("id,phone\nhill,#REF!\nlake,4.41633E+11\n")
    table = read(path)
    assert [problem.severity for problem in table.problems] == [Severity.ERROR, Severity.WARNING]
    assert said(table)[0].startswith("clinics.csv:2: phone: #REF! is a spreadsheet's error")


def test_a_plan_overrides_the_values_and_the_choices_of_single_rows(tmp_path: Path) -> None:
    root = workspace(tmp_path / "workspace")
    plan = root / "plan.toml"
    plan.write_text(
        'source = "source/hands.md"\ndata = "clinics.csv"\n'
        '[[override]]\nregion = "north"\nset = {"clinic.phone" = "01", "layout" = "trifold-a4"}\n'
        '[[override]]\nid = "sea"\nset = {clinic = {phone = "02"}}\n',
        encoding="utf-8",
    )
    variants = expand(read_plan(plan, open_workspace(plan))).variants
    assert [variant.choices.fields["clinic.phone"] for variant in variants] == ["01", "01632 960 002", "02"]
    assert [variant.labels["layout"] for variant in variants] == ["trifold-a4", "handout-a4", "trifold-a4"]


@pytest.mark.parametrize("module", ["output.split", "plan.plan_overrides", "run.batch_options"])
def test_the_examples_in_the_code_are_true(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"leaflet.batch.{module}"))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("hex", '"hex" is no encoding of text'),
        ("zlib_codec", '"zlib_codec" is no encoding of text'),
        ("rot13", '"rot13" is no encoding of text'),
        ("undefined", '"undefined" is no encoding of text'),
        ("a\0", "there is no encoding called"),
    ],
)
def test_an_encoding_that_is_none_of_text_is_refused(encoding: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\nhill,H\n", encoding="utf-8")
    with pytest.raises(LeafletError, match=message):
        read(tmp_path / "a.csv", encoding=encoding)
