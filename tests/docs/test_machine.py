"""The contract for programs: each documented key exists, and the answers hold no others."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from documented import REPOSITORY
from running import run_leaflet

PAGE = (REPOSITORY / "docs" / "machine.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`[^|]+) \|", re.MULTILINE)
SHARED = {"leaflet", "version"}
"""Keys of all answers; ``version`` is the older name in the report of a check."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("machine")
    (folder / "source").mkdir()
    text = (
        "---\ntitle: Tea\nlayout: flyer-a5\nauthor: Ada Moss\ndate: 2026-01-01\nbibliography: x.bib\n---\n\n## Steps\n\n"
        "Boil water [@a], i.e. in a POT, prior to the commencement of drinking.\n"
    )
    (folder / "source" / "tea.md").write_text(text, encoding="utf-8")
    (folder / "source" / "x.bib").write_text("@book{a, title = {A}, date = {2019}}\n", encoding="utf-8")
    return folder


def documented(heading: str) -> set[str]:
    """Return the keys in the tables below a heading, such as ``leaflets[].fit.scale``."""
    section = PAGE.partition(f"### `{heading}`")[2].partition("\n###")[0].partition("\n## ")[0]
    return {key for row in ROW.findall(section) for key in re.findall(r"`([\w.\[\]]+)`", row)}


def keys(value: object, path: str = "") -> Iterator[str]:
    """Yield the paths of all keys of an answer."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = f"{path}.{key}" if path else key
            yield name
            yield from keys(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")


ANSWERS = {
    "leaflet build SOURCE --json": "build source/tea.md --format pdf --json",
    "leaflet check SOURCE --json": "check source/tea.md --json",
    "leaflet cite SOURCE --json": "cite source/tea.md --json",
    "leaflet layouts --json": "layouts --json",
    "leaflet styles --json": "styles --json",
    "leaflet refs FILE --json": "refs source/x.bib --json",
    "leaflet register --json": "register --json",
    "leaflet rule --json": "rule --json",
    "leaflet doctor --json": "doctor --json",
    "leaflet release SOURCE --json": "release source/tea.md --by Ada --role lead --confirm --json",
}


@pytest.mark.parametrize(("heading", "command"), ANSWERS.items())
def test_documented_keys_exist_and_others_do_not(workspace: Path, heading: str, command: str) -> None:
    made = run_leaflet(*shlex.split(command), cwd=workspace, check=False)
    answer = json.loads(made.stdout)
    assert answer["leaflet"] == 1
    found = set(keys(answer))
    wanted = documented(heading) - {key for key in documented(heading) if key.startswith("citation_styles")}
    assert len(wanted) >= 4
    assert sorted(wanted - found) == []
    # Keys of one row only, such as `number` and `panel`, are below the key of all rows.
    below = tuple(f"{key}{mark}" for key in wanted for mark in ("[].", "."))
    above = {key.partition("[]")[0] for key in wanted}
    assert sorted(key for key in found - wanted - above - SHARED if not key.startswith(below)) == []


def test_an_error_is_in_the_answer_too(workspace: Path) -> None:
    (workspace / "source" / "wrong.md").write_text("---\nlayout: nowhere\n---\n", encoding="utf-8")
    made = run_leaflet("build", "source/wrong.md", "--json", cwd=workspace, check=False)
    (answer,) = json.loads(made.stdout)["leaflets"]
    assert made.returncode == 1
    assert not answer["built"]
    places = [(problem["file"], problem["line"], problem["column"]) for problem in answer["problems"]]
    assert ("source/wrong.md", 2, 9) in places
    assert set(answer["problems"][0]) == {"severity", "file", "line", "column", "message", "hint"}
    (workspace / "source" / "wrong.md").unlink()


def test_a_release_waits_for_people_and_names_its_sign_off(workspace: Path) -> None:
    release = ("release", "source/tea.md", "--by", "Ada", "--role", "lead", "--json")
    made = run_leaflet(*release, cwd=workspace, check=False)
    answer = json.loads(made.stdout)
    assert (made.returncode, answer["released"], answer["file"], answer["problems"]) == (1, False, None, [])
    assert len(answer["points"]) == 10
    (workspace / "source" / "wrong.md").write_text("---\nlayout: nowhere\n---\n", encoding="utf-8")
    made = run_leaflet("release", "source/wrong.md", *release[2:], "--confirm", cwd=workspace, check=False)
    (workspace / "source" / "wrong.md").unlink()
    answer = json.loads(made.stdout)
    assert (made.returncode, answer["released"]) == (1, False)
    assert ("source/wrong.md", 2) in [(problem["file"], problem["line"]) for problem in answer["problems"]]


def test_citation_styles_have_the_documented_keys(workspace: Path) -> None:
    made = run_leaflet("styles", "--citations", "vancouver nlm", "--json", cwd=workspace)
    assert set(keys(json.loads(made.stdout))) - SHARED - {"citation_styles"} == {
        key for key in documented("leaflet styles --json") if key.startswith("citation_styles")
    }


def test_the_list_for_assistants_names_pages_that_there_are() -> None:
    text = (REPOSITORY / "docs" / "llms.txt").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([\w-]+\.md)\)", text)
    assert len(named) > 8
    assert [name for name in named if not (REPOSITORY / "docs" / name).is_file()] == []
