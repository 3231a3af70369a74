"""``leaflet refs`` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflet.cli.refs import command

LIBRARY = Path(__file__).parent / "library.bib"
RIS = "TY  - JOUR\r\nID  - smith2020\r\nAU  - Smith, Ann\r\nTI  - Folds\r\nT2  - Sheets\r\nPY  - 2020\r\nER  - \r\n"


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(command, arguments, input=text, env={"SOURCE_DATE_EPOCH": "1760000000"})


def test_a_library_is_counted_and_checked() -> None:
    result = run(str(LIBRARY), "--check")
    assert result.exit_code == 0
    assert "references, 0 errors, 4 warnings" in result.stdout


@pytest.mark.parametrize("kind", ["csl-json", "csl-yaml", "biblatex", "bibtex", "ris"])
def test_a_pasted_record_is_converted_to_every_format(kind: str) -> None:
    result = run("-", "--to", kind, text=RIS)
    assert result.exit_code == 0
    assert "Folds" in result.stdout
    again = run("-", "--from", kind, "--to", "csl-json", text=result.stdout)
    assert [item["id"] for item in json.loads(again.stdout)] == ["smith2020"]


def test_errors_are_named_and_the_rest_is_printed() -> None:
    result = run("-", "--to", "ris", text="@book{bad, title {x}}\n@book{good, title = {Good}}\n")
    assert result.exit_code == 1
    assert "standard input:1: bad: cannot be read" in result.stderr
    assert "TI  - Good" in result.stdout
    assert "Traceback" not in result.output
