"""The examples of the reports for WeasyPrint run with WeasyPrint alone and show what they complain of."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from running import REPOSITORY

REPORTS = REPOSITORY / "docs" / "upstream"
SHOWN = {
    "tags": r"languages: \[\] .*scopes: \[None\] .*annotations of one link: 2 .*kids of the list: \['/Div'\]",
    "line-filling": r"one word: \[\d.*\] expected \[\]",
    "text-wrap": r"one short word: \[\d.*\] expected \[\]",
    "column-balance": r"layouts of columns: \d\d+",
    "page-references": r"40 pages: [89]\d reads",
}


@pytest.mark.parametrize("name", SHOWN)
def test_an_example_shows_the_fault(name: str) -> None:
    text = (REPORTS / f"{name}.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=True)
    assert re.search(SHOWN[name], done.stdout, re.DOTALL), done.stdout


def test_every_report_is_listed_and_tested() -> None:
    files = {path.stem for path in REPORTS.glob("*.md") if not path.stem.startswith("csl-")} - {"README"}
    assert files == set(SHOWN)
    assert all(f"{name}.md" in (REPORTS / "README.md").read_text(encoding="utf-8") for name in files)
