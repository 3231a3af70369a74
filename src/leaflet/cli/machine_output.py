"""JSON for other programs: the values that several commands print, in one form. docs/machine.md is the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import click

from leaflet.errors import Problem

CONTRACT = 1
"""The number of the contract; it rises when a key is renamed or removed, or means something else."""


def print_json(values: Mapping[str, object]) -> None:
    """Print an object, with the number of the contract before its own keys."""
    click.echo(json.dumps({"leaflet": CONTRACT, **values}, ensure_ascii=False, indent=2))


def problem_values(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return problems as objects; line and column count from 1, and null means the file as a whole."""
    return [
        {
            "severity": problem.severity.value,
            "file": problem.location.file if problem.location else None,
            "line": problem.location.line if problem.location else None,
            "column": problem.location.column if problem.location else None,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
