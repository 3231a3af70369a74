"""The tutorial does what it says, step by step."""

from __future__ import annotations

import re
import shlex
import tomllib
from contextlib import chdir
from pathlib import Path

import pytest
from batch_samples import batch
from jsonschema import ValidationError, validate

from leaflet.batch import plan_schema
from leaflet.batch.plan.batch_plan import Axis
from leaflet.batch.plan.expand import expand
from leaflet.batch.plan.plan_file import read_plan
from leaflet.batch.plan.plan_model import PlanFile
from leaflet.source import open_workspace
from running import REPOSITORY

KEYS = [info.alias or name for name, info in PlanFile.model_fields.items()]
TUTORIAL = (REPOSITORY / "docs" / "batch.md").read_text(encoding="utf-8")
FIRST_STEPS = TUTORIAL.partition("## 3.")[0]


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The workspace that a reader has after steps 1 and 2."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "hands.md").write_text(block("markdown"), encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| ([^|]+?) \| ([^|]+?) \|$", FIRST_STEPS, re.MULTILINE)
    (tmp_path / "clinics.csv").write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_its_commands_run_one_after_another(office: Path) -> None:
    written = re.findall(r"^(?:\$ )?leaflet batch (.*--data.*)$", TUTORIAL, re.MULTILINE)
    commands = [command for command in written if "--on dask" not in command]  # run by the tests of clusters
    assert len(commands) == 5
    for command in commands:
        batch(office, *shlex.split(command))
    made = {path.name for path in (office / "output").iterdir()}
    assert {"hands-hill-sheet.pdf", "hands-lake.html", "hands-print-run.pdf", "hands.zip", "index.html"} <= made
    table = office / "clinics.csv"
    table.write_text(table.read_text().replace("01632 960 002", "01632 960 009"))
    explained = batch(office, *shlex.split(commands[-1])).stdout
    assert explained == 'hands-lake: field "clinic.phone" changed\n'


def test_its_plan_is_a_plan(office: Path) -> None:
    plan = office / "source" / "hands.batch.toml"
    plan.write_text(block("toml"), encoding="utf-8")
    variants = expand(read_plan(plan, open_workspace(plan))).variants
    ways = ("trifold-a4-apa", "trifold-a4-ieee", "handout-a4-apa")
    assert [variant.name for variant in variants] == [
        f"hands-{clinic}-{way}" for clinic in ("hill", "lake") for way in ways
    ]


def test_its_python_program_makes_the_print_run(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with chdir(office):
        exec(compile(block("python"), "batch.md", "exec"), {"__name__": "tutorial"})
    assert capsys.readouterr().out == f"{office / 'output' / 'hands-print-run.pdf'}\n"
    assert (office / "output" / "hands-print-run.pdf").is_file()


def test_the_schema_of_plans_takes_its_plan_and_refuses_a_wrong_one() -> None:
    schema = plan_schema()
    plan = tomllib.loads(block("toml"))
    validate(plan, schema)
    for wrong in ({"rules": {"phone": {"longest": "many"}}}, {"formats": ["docx"]}, {"matrix": {"layuot": ["a"]}}):
        with pytest.raises(ValidationError):
            validate({**plan, **wrong}, schema)


@pytest.mark.parametrize("key", [*KEYS, *Axis])
def test_every_key_of_a_plan_is_documented(key: str) -> None:
    assert f"`{key}`" in TUTORIAL or f"`[{key}]`" in TUTORIAL or f"`[[{key}]]`" in TUTORIAL or f"`[{key}." in TUTORIAL
