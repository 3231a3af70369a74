"""leaflet.toml: however odd or broken it is, a message with a place, and the values that are right."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from odd_toml import ODD, keys

from leaflet.errors import LeafletError, Severity, SourceError
from leaflet.files import Settings, read_settings, settings_schema
from leaflet.model.workspace import Workspace
from leaflet.pipeline.choices import Choices, chosen_layout, chosen_style
from leaflet.source import open_workspace, understand

KEYS = sorted(keys(settings_schema()))


def settings(root: Path, content: str | bytes) -> Settings:
    data = content.encode() if isinstance(content, str) else content
    (root / "leaflet.toml").write_bytes(data)
    return read_settings(Workspace(root=root.resolve(), shipped=root.resolve()))


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_an_odd_value_of_any_key_is_used_or_refused_with_its_place(odd: str, tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_text("---\ntitle: T\n---\nWords.\n", encoding="utf-8")
    for key in KEYS:
        found = settings(tmp_path, f"{key} = {odd}\n")
        for problem in found.problems:
            assert problem.location is not None
            assert (problem.location.file, problem.location.line) == ("leaflet.toml", 1), (key, problem)
            assert problem.location.column
        workspace = open_workspace(source)
        result = understand(source, workspace)
        assert set(found.problems) <= set(result.problems)
        for choose in (chosen_layout, chosen_style):
            with suppress(LeafletError):
                choose(result.document, workspace, Choices())


def test_every_key_has_been_tried() -> None:
    assert {"layout", "contact", "organisation", "organisation.motif", "publisher-place"} <= set(KEYS)


MARKED = 'publisher = "Zoë\'s"\n'


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    found = settings(tmp_path, b"\xef\xbb\xbf" + MARKED.replace("\n", "\r\n").encode())
    assert found.shared.data == {"publisher": "Zoë's"}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (MARKED.encode("latin-1"), "leaflet.toml:1:16: byte 0xeb is not UTF-8 text\n  hint: save the file as UTF-8"),
        (MARKED.encode("utf-16"), "leaflet.toml:1:1: byte 0xff is not UTF-8 text\n  hint: save the file as UTF-8"),
        (MARKED.encode("utf-16-le"), "leaflet.toml:1:"),
        (b"publisher = Zoe\n", "leaflet.toml:1:13: this TOML cannot be read: invalid value\n  hint: write"),
        (b"a = " + b"[" * 9000, "leaflet.toml: this TOML cannot be read: it is nested too deeply"),
        (b"publisher = 'x\x00'", "leaflet.toml:1:15: NUL (U+0000) is in the text"),
    ],
)
def test_what_cannot_be_read_is_one_message_with_a_place(content: bytes, message: str, tmp_path: Path) -> None:
    found = settings(tmp_path, content)
    assert str(found.problems[0]).startswith(message)
    assert found.shared.data == {}


def test_what_is_right_is_used_beside_what_is_wrong(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        'publsher = "x"\nlang = "english"\nlayout = "z-fold-a4"\n[organisation]\nname = "Hill"\nbrand = "teal"\n',
    )
    assert found.shared.data == {"layout": "z-fold-a4", "publisher": "Hill"}
    assert found.organisation.name == "Hill"
    assert [(problem.severity, str(problem.location)) for problem in found.problems] == [
        (Severity.WARNING, "leaflet.toml:1:1"),
        (Severity.ERROR, "leaflet.toml:2:8"),
        (Severity.ERROR, "leaflet.toml:6:9"),
    ]


def test_numbers_and_dates_are_the_texts_of_front_matter(tmp_path: Path) -> None:
    found = settings(tmp_path, "container-title = 2026\n[fields]\nopens = 09:00:00\nday = 2026-05-01\nprice = 1.5\n")
    assert found.shared.data == {
        "container-title": "2026",
        "fields": {"opens": "09:00:00", "day": "2026-05-01", "price": "1.5"},
    }


def test_the_schema_takes_what_the_reference_shows_and_no_other_keys() -> None:
    schema = settings_schema()
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    assert check.is_valid({"layout": "z-fold-a4", "contact": {"phone": "1"}, "organisation": {"brand": "#0B4F6C"}})
    assert not check.is_valid({"layuot": "z-fold-a4"})
    assert not check.is_valid({"organisation": {"brand": "teal"}})


def test_a_link_that_leads_outside_is_not_read(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside.toml", tmp_path / "work"
    outside.write_text('publisher = "x"\n', encoding="utf-8")
    root.mkdir()
    (root / "leaflet.toml").symlink_to(outside)
    found = read_settings(Workspace(root=root.resolve(), shipped=root.resolve()))
    assert found.shared.data == {}
    assert "is a link to a file outside the workspace" in str(SourceError(found.problems)) or "lies outside" in str(
        SourceError(found.problems)
    )


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere"), lambda path: os.mkfifo(path)])
def test_settings_that_are_no_file_are_refused(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "leaflet.toml")
    (problem,) = read_settings(Workspace(root=tmp_path.resolve(), shipped=tmp_path.resolve())).problems
    assert str(problem.location) == "leaflet.toml"
    assert problem.message == "this is no file, so the settings of the workspace cannot be read"
