"""The pages of docs/conformance name tests and rules that exist, and the files of the samples pass the rules they name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from leaflet.checks import Area, PdfRole, PdfSubject, Registry, open_pdf
from running import REPOSITORY

PAGES = sorted((REPOSITORY / "docs" / "conformance").glob("*.md"))
REGISTRY = Registry()
CODES = {rule.code for rule in REGISTRY.rules}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+|\*)`")
WORDS = ("enforced", "cannot occur", "author", "not yet")


def rows(page: Path) -> list[list[str]]:
    """Return the rows of the tables with a clause, a word and a place."""
    lines = (line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if len(row) == 3 and row[1] in WORDS]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_what_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"\bL\d{3}\b", text)) <= CODES
    for path, name in TEST.findall(text):
        names = [
            node.name
            for node in ast.walk(ast.parse((REPOSITORY / path).read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        assert names if name == "*" else name in names, f"{path}::{name}"


@pytest.mark.parametrize("name", ["ua-1", "ua-2", "a-2a", "x-4", "wcag"])
def test_every_enforced_clause_has_its_test_and_every_duty_its_rule(name: str) -> None:
    found = rows(REPOSITORY / "docs" / "conformance" / f"{name}.md")
    assert len(found) >= 9
    for clause, word, where in found:
        if word == "enforced":
            assert TEST.search(where) or re.search(r"L\d{3}, [FP]", where), clause
        elif word == "author":
            assert re.search(r"L\d{3}", where), clause
        elif word == "cannot occur":
            assert where, clause


def test_all_checkpoints_of_the_protocol_are_there() -> None:
    numbers = {row[0][:2] for row in rows(REPOSITORY / "docs" / "conformance" / "ua-1.md")}
    assert numbers == {f"{number:02}" for number in range(1, 32)}


def test_all_items_for_people_are_there() -> None:
    text = (REPOSITORY / "docs" / "conformance" / "people.md").read_text(encoding="utf-8")
    lists = [
        [
            number
            for first, last in re.findall(r"^\| (\d+)(?: (?:to|and) (\d+))? ", table, re.MULTILINE)
            for number in range(int(first), int(last or first) + 1)
        ]
        for table in text.split("| PIF TICK")
    ]
    assert lists == [list(range(1, 21)), list(range(1, 11))]


@pytest.mark.parametrize("rule", [rule.code for rule in REGISTRY.rules if rule.code.startswith("L7")])
def test_the_files_of_a_leaflet_pass_the_rule(rule: str, built: Path) -> None:
    found = REGISTRY.named(rule)
    assert found.area is Area.PDF
    for path in sorted(built.glob("*.pdf")):
        role = PdfRole.SHEET if path.stem.endswith("-sheet") else PdfRole.READING
        with open_pdf(path.read_bytes(), name=path.name) as pdf:
            subject = PdfSubject(name=path.name, pdf=pdf, role=role)
            assert [str(one) for one in found.findings(subject)] == []  # type: ignore[arg-type]
