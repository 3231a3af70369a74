"""The command line's frame: help, start-up, and how problems are printed."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from leaflet.cli import COMMANDS, group
from leaflet.cli import messages as report
from leaflet.cli.schema import SCHEMAS
from leaflet.errors import Location, Problem, Severity

HEAVY = ("weasyprint", "lxml", "pydantic", "markdown_it", "babel", "jinja2", "pypdf", "rich")


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys, leaflet.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(group, [name, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_describes_the_keys_of_its_kind_of_file(kind: str) -> None:
    result = CliRunner().invoke(group, ["schema", kind])
    assert result.exit_code == 0
    schema = json.loads(result.output)
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert len(schema["properties"]) >= 5


def test_the_front_matter_is_the_default_of_the_schemas() -> None:
    given, default = (CliRunner().invoke(group, ["schema", *kind]).output for kind in (["front-matter"], []))
    assert given == default


def test_an_unknown_command_names_the_nearest() -> None:
    result = CliRunner().invoke(group, ["bild"])
    assert result.exit_code == 2
    assert "build" in result.output


def test_warnings_come_first_and_all_problems_in_the_order_of_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    late = Problem(message="late", location=Location(file="a.md", line=9, column=1))
    early = Problem(message="early", location=Location(file="a.md", line=2, column=5), hint="mend it")
    warning = Problem(message="odd", location=Location(file="a.md", line=4), severity=Severity.WARNING)
    report.refuse([late, early, warning, late])
    assert capsys.readouterr().err == (
        "a.md:4: warning: odd\na.md:2:5: early\n  hint: mend it\na.md:9:1: late\n"
        "2 errors, 1 warning; nothing was written\n"
    )


def test_a_message_that_repeats_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    places = [Location(file="a.md", line=line) for line in range(1, 12)]
    report.show([Problem(message="odd", location=place, severity=Severity.WARNING) for place in places])
    assert capsys.readouterr().err == "a.md:1: warning: odd (also in lines 2, 3, 4, 5, 6, 7, 8, 9 …)\n"
