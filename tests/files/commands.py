"""A small workspace beside a secret, and commands that run in this process."""

from __future__ import annotations

import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from pytest import MonkeyPatch  # noqa: PT013

from leaflet.cli import main

SECRET = "the words of another's file"
LEAFLET = """\
---
title: Washing your hands
author: Rosa Bell
layout: handout-a4
bibliography: {bibliography}
cite: {{access: none}}
{more}---

## Why

Clean hands stop germs [@bell2020].
"""
REFERENCES = "@book{bell2020, author={Bell, Rosa}, title={Clean hands}, year={2020}, publisher={Hill Press}}\n"
"""The bibliography of a user's, which an output of the same name must not replace."""


def workspace(folder: Path, *, more: str = "", bibliography: str = "hands.bib") -> Path:
    """A workspace with one leaflet; beside it is a file that must not be read."""
    root = folder / "workspace"
    (root / "source").mkdir(parents=True)
    (root / "leaflet.toml").write_text("")
    (root / "source" / "hands.md").write_text(LEAFLET.format(more=more, bibliography=bibliography))
    (root / "source" / "hands.bib").write_text(REFERENCES)
    (folder / "secret.txt").write_text(SECRET)
    return root


def alone(folder: Path) -> Path:
    """A leaflet and its bibliography in a folder of the user's that is no workspace yet."""
    (folder / "a.md").write_text(LEAFLET.format(more="", bibliography="a.bib"))
    (folder / "a.bib").write_text(REFERENCES)
    return folder


@dataclass(frozen=True, slots=True)
class Ran:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


def leaflet(folder: Path, *arguments: str) -> Ran:
    """Run a command in ``folder``, in this process."""
    out, err = StringIO(), StringIO()
    code = 0
    with chdir(folder), MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("SOURCE_DATE_EPOCH", "1763769600")
        patch.setattr(sys, "argv", ["leaflet", *arguments])
        try:
            main(arguments)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    return Ran(code, out.getvalue(), err.getvalue())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its content; links are not followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
