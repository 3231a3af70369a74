"""Packages of leaflet meet at their interfaces, and types are named."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from running import REPOSITORY

PACKAGE = REPOSITORY / "src" / "leaflet"
VOCABULARY = ("errors", "model")
"""Packages whose modules are imported directly: they hold the values that all others exchange."""
MOST_ANY = 315
"""Uses of ``Any`` in the code. Lower it with each change that names a type; never raise it."""


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Yield each module of leaflet, by its path in the package, with its syntax tree."""
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE), ast.parse(file.read_text(encoding="utf-8"))


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


def test_any_is_used_less_and_less() -> None:
    used = sum(isinstance(node, ast.Name) and node.id == "Any" for _, tree in trees() for node in ast.walk(tree))
    assert used <= MOST_ANY
