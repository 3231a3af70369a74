"""Packages of leaflet meet at their interfaces, and types are named."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from running import REPOSITORY

PACKAGE = REPOSITORY / "src" / "leaflet"
VOCABULARY = ("errors", "model")
"""Packages whose modules are imported directly: they hold the values that all others exchange."""
MOST_ANY, MOST_ALIASED = 71, 149
"""Uses of ``Any``, and of the names that ``weasy`` gives it. Lower them with each change that names a type."""

SAME_THING = {
    # The public class is the workspace of the model with builds in it.
    "Workspace",
}
"""Classes of one name in several modules that are one thing to their users."""
LARGE_TREES = {"model/document.py", "citations/csl/tree.py"}
"""Modules that declare all cases of one tree, which belong together however many there are."""
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 70


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    """Return each module of leaflet, by its path in the package, with its syntax tree."""
    files = sorted(PACKAGE.rglob("*.py"))
    return tuple((file.relative_to(PACKAGE), ast.parse(file.read_text(encoding="utf-8"))) for file in files)


def test_packages_import_from_the_interfaces_of_others_only() -> None:
    deep = [
        f"{path}:{node.lineno}: {node.module}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and _is_deep(node.module or "", path.parts[0].removesuffix(".py"))
    ]
    assert deep == []


def _is_deep(module: str, own: str) -> bool:
    top, _, rest = module.removeprefix("leaflet.").partition(".")
    return module.startswith("leaflet.") and top not in (own, *VOCABULARY) and bool(rest)


def test_names_of_interfaces_are_sorted_and_exist() -> None:
    wrong = []
    for path, tree in trees():
        if path.name != "__init__.py":
            continue
        for node in tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                names = ast.literal_eval(node.value)
                defined = {name for child in ast.walk(tree) for name in _bound(child)}
                wrong += [f"{path}: {name}" for name in names if name not in defined]
                wrong += [] if len(names) == len(set(names)) else [f"{path}: a name comes twice"]
    assert wrong == []


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.ImportFrom() | ast.Import():
            return [alias.asname or alias.name for alias in node.names]
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign():
            return [ast.unparse(target) for target in node.targets]
        case ast.AnnAssign():
            return [ast.unparse(node.target)]
        case _:
            return []


def test_no_module_has_the_name_of_another_package_or_of_a_drawer_for_everything() -> None:
    banned = {"utils", "util", "helpers", "misc", "common", "manager"}
    assert [str(path) for path, _ in trees() if path.stem in banned] == []


def test_a_class_name_means_one_thing() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(f"{path}:{node.lineno}")
    assert {name: places for name, places in found.items() if len(places) > 1 and name not in SAME_THING} == {}


def test_a_file_name_means_one_thing() -> None:
    """Commands and rules are named for their users; a construct is tokenized in source/syntax and read in source/tree."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, _ in trees():
        place = path.parent.as_posix()
        if path.stem != "__init__" and place != "cli" and not place.startswith("checks/rules"):
            found[path.stem].add("source" if place in {"source/syntax", "source/tree"} else place)
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def imports_of(tree: ast.Module, modules: set[str]) -> set[str]:
    """Return the modules that a module imports anywhere: when it is loaded, in a function, or for types only."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in modules else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & modules


def cycle_in(graph: Mapping[str, set[str]]) -> list[str]:
    """Return the modules of a cycle of imports; none where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_through_others() -> None:
    """The package itself is left out: its ``__init__`` offers the functions of ``leaflet.api`` on first use."""
    named = {
        ".".join(("leaflet", *path.with_suffix("").parts)).removesuffix(".__init__"): tree for path, tree in trees()
    }
    del named["leaflet"]
    graph = {name: imports_of(tree, set(named)) - {name} for name, tree in named.items()}
    assert cycle_in(graph) == []
    assert cycle_in({"a": {"b"}, "b": {"a"}}) != []


def test_modules_and_functions_fit_on_a_screen() -> None:
    large = []
    for path, tree in trees():
        lines = (PACKAGE / path).read_text(encoding="utf-8").count("\n")
        if lines > MOST_LINES and path.as_posix() not in LARGE_TREES:
            large.append(f"{path}: {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (size := _size(node)) > MOST_LINES_OF_A_FUNCTION:
                large.append(f"{path}:{node.lineno}: {node.name} has {size} lines")
    assert large == []


def _size(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_import_rules_know_every_package() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    layers, clock, weasy = settings["tool"]["importlinter"]["contracts"]
    packages = {f"leaflet.{path.parts[0].removesuffix('.py')}" for path, _ in trees()}
    packages -= {"leaflet.__init__", "leaflet.__main__"}
    assert {name for layer in layers["layers"] for name in re.split(r" \| ", layer)} == packages
    shell = {"leaflet.api", "leaflet.cli", "leaflet.clock"}
    free_of_work = {"leaflet.budget", "leaflet.errors", "leaflet.faults", "leaflet.lru_cache", "leaflet.version"}
    assert packages - set(clock["source_modules"]) == shell | free_of_work
    assert packages - set(weasy["source_modules"]) == {"leaflet.clock", "leaflet.weasy"} | free_of_work - {
        "leaflet.faults"
    }


def test_any_is_used_less_and_less() -> None:
    names = [node.id for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Name)]
    assert names.count("Any") <= MOST_ANY
    assert names.count("Anything") + names.count("Value") <= MOST_ALIASED
