"""The page for developers against the code: paths, functions, packages and arrows that it names exist."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from itertools import pairwise

import pytest

from documented import REPOSITORY, fenced_blocks

PAGE = REPOSITORY / "docs" / "architecture.md"
TEXT = PAGE.read_text(encoding="utf-8")
PACKAGE = REPOSITORY / "src" / "leaflet"
ROOTS = (REPOSITORY, PACKAGE)
CODE = re.compile(r"`([^`\s]+)`")
PATH = re.compile(r"[\w./-]+(?:/|\.(?:py|css|md|j2|toml))")
IN_A_WORKSPACE = {"leaflet.toml", "source/", "layout.toml"}


def imports() -> dict[str, set[str]]:
    """Return for each package of leaflet the packages that it imports."""
    found: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("leaflet."):
                found.setdefault(own, set()).add(str(node.module).split(".")[1])
    return found


def table_below(heading: str) -> list[list[str]]:
    """Return the rows of the first table below ``heading``, as cells."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_each_path_exists() -> None:
    named = {code for code in CODE.findall(TEXT) if PATH.fullmatch(code)} - IN_A_WORKSPACE
    assert len(named) > 40
    missing = sorted(name for name in named if not any((root / name).exists() for root in ROOTS))
    # Folders inside a package are named where the text speaks of that package.
    nested = [name for name in missing if not list(PACKAGE.glob(f"*/{name}"))]
    assert nested == []


def test_each_function_of_the_walk_exists_and_the_packages_come_in_the_order_of_the_layers() -> None:
    steps = [CODE.search(row[1])[1] for row in table_below("One value from the command line to the file")]  # type: ignore[index]
    assert len(steps) >= 10
    for step in steps:
        resolve(step)
    packages = [step.split(".")[1] for step in steps]
    known = imports()
    for caller, called in pairwise(dict.fromkeys(packages)):
        assert called in known[caller] | known["pipeline"]


@pytest.mark.parametrize(
    "name", sorted({code for code in CODE.findall(TEXT) if code.startswith("leaflet.")} - {"leaflet.toml"})
)
def test_each_dotted_name_exists(name: str) -> None:
    resolve(name)


def resolve(name: str) -> object:
    """Import the module and follow the attributes that ``name`` says."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            found = getattr(found, attribute)
        return found
    raise AssertionError(f"{name} is not a module")


def test_the_interfaces_in_the_table_of_packages_exist() -> None:
    for package, _, _, interface in table_below("The packages"):
        module = import_module(package.strip("`"))
        for name in CODE.findall(interface):
            assert name == "__init__" or hasattr(module, name), f"{package} has no {name}"


def test_the_drawing_shows_all_packages_and_only_imports_that_exist() -> None:
    (drawing,) = [block for block in fenced_blocks(PAGE) if block.language == "mermaid"]
    arrows = re.findall(r"(\w+) --> (\w+)", drawing.body)
    known = imports()
    assert [arrow for arrow in arrows if arrow[1] not in known[arrow[0]]] == []
    packages = {
        path.name.removesuffix(".py")
        for path in PACKAGE.iterdir()
        if (path / "__init__.py").is_file() or path.suffix == ".py"
    }
    assert {name for arrow in arrows for name in arrow} == packages - {"__init__", "__main__"}


def test_twenty_questions_have_an_answer() -> None:
    answers = table_below("Where do I change …?")
    assert len(answers) >= 20
    for question, answer in answers:
        assert PATH.search(answer), question
