"""``leaflet new`` with a starter and with answers: who publishes is said once, and nothing invented is left beside it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from leaflet.source import open_workspace, read_source
from running import run_leaflet

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><title>Tidewell</title><path fill="#FFFFFF" d="M0 0h80v40z"/></svg>'
ANSWERS = (
    *("--organisation", "Tidewell Trust", "--name", "Ada Marsh", "--phone", "01632 960 777"),
    *("--email", "ask@tidewell.example", "--address", "2 Quay Row, Tidewell", "--web", "tidewell.example/leaflets"),
)


def test_the_list_names_all_and_a_wrong_name_too(tmp_path: Path) -> None:
    listed = run_leaflet("new", "--list", cwd=tmp_path).stdout
    assert listed.count("\n") == 14
    refused = run_leaflet("new", "mine", "--like", "novel", cwd=tmp_path, check=False)
    assert refused.returncode == 2
    assert 'no starter "novel"' in refused.stderr
    assert "zine" in refused.stderr
    assert not list(tmp_path.iterdir())


def test_answers_are_all_that_is_printed_of_an_organisation(tmp_path: Path) -> None:
    (tmp_path / "logo.SVG").write_text(LOGO, encoding="utf-8")
    look = ("--colour", "#1f5c8b", "--logo", "logo.SVG")
    run_leaflet("new", "mine", "--like", "medicine", "--lang", "fr", *ANSWERS, *look, cwd=tmp_path)
    workspace = tmp_path / "mine"
    settings = tomllib.loads((workspace / "leaflet.toml").read_text(encoding="utf-8"))
    assert settings["publisher"] == "Tidewell Trust"
    assert settings["organisation"] == {"brand": "#1F5C8B", "logo": "images/logo.svg"}
    assert settings["contact"] == {
        "heading": "Posez vos questions",
        "phone": "01632 960 777",
        "email": "ask@tidewell.example",
        "address": "2 Quay Row, Tidewell",
        "url": "https://tidewell.example/leaflets",
    }
    source = workspace / "source" / "medicine.md"
    assert "example.org" not in source.read_text(encoding="utf-8")
    read = read_source(source, open_workspace(source))
    assert read.problems == ()
    assert [person.name for person in read.document.metadata.authors] == ["Ada Marsh"]
    built = run_leaflet("build", "source/medicine.md", "--format", "html", cwd=workspace)
    assert built.stderr == ""


@pytest.mark.parametrize("given", [("--organisation", "Tidewell Trust"), ANSWERS])
def test_the_plain_leaflet_says_nothing_in_anothers_name_either(given: tuple[str, ...], tmp_path: Path) -> None:
    run_leaflet("new", "mine", *given, cwd=tmp_path)
    source = tmp_path / "mine" / "source" / "first-leaflet.md"
    read = read_source(source, open_workspace(source))
    assert read.problems == ()
    assert read.document.metadata.publisher == "Tidewell Trust"


def test_odd_answers_print_as_they_are(tmp_path: Path) -> None:
    odd = 'Ben & "Jo": {{ x }} @TODAY@ \\ #1'
    run_leaflet("new", "mine", "--like", "event", "--organisation", odd, cwd=tmp_path)
    source = tmp_path / "mine" / "source" / "event.md"
    read = read_source(source, open_workspace(source))
    assert read.problems == ()
    assert read.document.metadata.publisher == odd
    assert [person.name for person in read.document.metadata.authors] == [odd]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--colour", "#FFF59D"), "contrast"),
        (("--colour", "blue"), "is no colour"),
        (("--logo", "logo.svg"), "logo"),
        (("--lang", "de"), "--like"),
    ],
)
def test_what_could_not_be_printed_is_refused_before_anything_is_written(
    given: tuple[str, str], said: str, tmp_path: Path
) -> None:
    (tmp_path / "logo.svg").write_text("no drawing", encoding="utf-8")
    refused = run_leaflet("new", "mine", *given, cwd=tmp_path, check=False)
    assert refused.returncode in (1, 2)
    assert said in refused.stderr
    assert not (tmp_path / "mine").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_at_a_terminal_it_asks(tmp_path: Path) -> None:
    own, other = pty.openpty()
    command = [sys.executable, "-m", "leaflet", "new", "mine", "--like", "poster", "--phone", "112"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=other, stdout=other, stderr=other, close_fds=True) as process:
        os.close(other)
        os.write(own, b"Tidewell Trust\n\n\n\n\nbrown\n\n\n")
        shown = b""
        while select.select([own], [], [], 600)[0]:
            try:
                shown += os.read(own, 4096)
            except OSError:  # the other end is closed
                break
    os.close(own)
    assert process.returncode == 0, shown
    assert b"Phone" not in shown
    assert b"is no colour" in shown
    settings = tomllib.loads((tmp_path / "mine" / "leaflet.toml").read_text(encoding="utf-8"))
    assert settings["publisher"] == "Tidewell Trust"
    assert settings["contact"]["phone"] == "112"
