"""Each kind of file has a JSON Schema that is sound, and that the files which come with leaflet conform to."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from documented import REPOSITORY, fenced_blocks
from leaflet.cli.schema import SCHEMAS
from leaflet.starter import LANGUAGES, Answers, read_starter, starter_files, starter_names
from running import run_leaflet

STARTER = REPOSITORY / "src" / "leaflet" / "starter"
SOURCES = sorted({*(REPOSITORY / "source").rglob("*.md"), *STARTER.glob("source/*.md")})


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    found = {}
    for kind in SCHEMAS:
        schema = json.loads(run_leaflet("schema", kind, cwd=REPOSITORY).stdout)
        Draft202012Validator.check_schema(schema)
        found[kind] = Draft202012Validator(schema)
    return found


def shipped() -> Iterator[tuple[str, str, object]]:
    """Yield the kind, the name and the data of each file that comes with leaflet or that its pages show."""
    for kind in ("layout", "style"):
        for file in sorted((REPOSITORY / f"{kind}s").glob(f"*/{kind}.toml")):
            yield kind, file.parent.name, tomllib.loads(file.read_text(encoding="utf-8"))
    yield "settings", "starter", tomllib.loads((STARTER / "leaflet.toml").read_text(encoding="utf-8"))
    for name, language in product(starter_names(), LANGUAGES):
        files = starter_files(read_starter(name, language), Answers(), date(2026, 5, 12))
        yield "settings", f"{name}-{language}", tomllib.loads(files["leaflet.toml"].decode())
        source = files[f"source/{name}.md"].decode()
        yield "front-matter", f"{name}-{language}", YAML(typ="safe").load(source.split("---\n")[1])
    for block in fenced_blocks(REPOSITORY / "docs" / "batch.md"):
        if block.language == "toml":
            yield "plan", str(block), tomllib.loads(block.body)
    for file in SOURCES:
        text = file.read_text(encoding="utf-8").replace("@TODAY@", "2026-05-12")
        if text.startswith("---\n"):
            yield "front-matter", file.stem, YAML(typ="safe").load(text.split("---\n")[1])


FILES = list(shipped())


def as_json(value: object) -> object:
    """Return the data of TOML or YAML as JSON has it: with dates as texts."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat() if isinstance(day, date) else None))


@pytest.mark.parametrize(
    ("kind", "data"), [(kind, data) for kind, _, data in FILES], ids=[f"{k}-{n}" for k, n, _ in FILES]
)
def test_what_comes_with_leaflet_conforms(kind: str, data: object, validators: dict[str, Draft202012Validator]) -> None:
    assert [error.message for error in validators[kind].iter_errors(as_json(data))] == []


def test_every_kind_has_files() -> None:
    assert {kind for kind, _, _ in FILES} == set(SCHEMAS)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_says_what_it_is_for(kind: str, validators: dict[str, Draft202012Validator]) -> None:
    schema = validators[kind].schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert " " in schema["title"]
    assert schema["description"]
    assert all(key.islower() for key in schema["properties"])


def test_without_a_kind_it_is_that_of_the_front_matter(tmp_path: Path) -> None:
    assert run_leaflet("schema", cwd=tmp_path).stdout == run_leaflet("schema", "front-matter", cwd=tmp_path).stdout


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    done = run_leaflet("schema", "leaflet", cwd=tmp_path, check=False)
    assert done.returncode != 0
    assert "front-matter" in done.stderr


def test_files_for_visual_studio_code_are_found_and_replace_nothing(tmp_path: Path) -> None:
    run_leaflet("schema", "--vscode", ".", cwd=tmp_path)
    folder = tmp_path / ".vscode"
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    for pattern, address in settings["evenBetterToml.schema.associations"].items():
        assert re.compile(pattern)
        schema = json.loads((tmp_path / address.removeprefix("file://${workspaceFolder}/")).read_text(encoding="utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/")
    task = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))["tasks"][0]
    pattern = re.compile(task["problemMatcher"]["pattern"][0]["regexp"])
    assert pattern.match("source/a.md:3:7: warning: this is it").groups() == (
        "source/a.md", "3", "7", "warning", "this is it",
    )  # fmt: skip
    assert pattern.match("source/a.md:3: this is it").groups() == ("source/a.md", "3", None, None, "this is it")
    run_leaflet("schema", "--vscode", ".", cwd=tmp_path)
    (folder / "settings.json").write_text("{}", encoding="utf-8")
    made = run_leaflet("schema", "--vscode", ".", cwd=tmp_path)
    assert "settings.json is there already, and stays as it is" in made.stderr
    assert (folder / "settings.json").read_text(encoding="utf-8") == "{}"
