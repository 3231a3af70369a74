"""The commands of the README and the tutorial, run as a reader would run them."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from documented import REPOSITORY, FencedBlock, commands, fenced_blocks
from leaflet.cli import COMMANDS
from running import run_leaflet, run_process

SET_UP = {"make", "pip", "pipx", "uvx", "git"}
"""Set-up is tested by being run: the tests themselves need it. Any other program in the documents is a mistake."""


@dataclass
class Reader:
    """Somebody who follows a document in a folder of their own."""

    folder: Path
    start: Callable[..., CompletedProcess[str]] = run_leaflet
    done: list[str] = field(default_factory=list)

    def follow(self, block: FencedBlock) -> None:
        if block.language in ("console", "sh"):
            for command, shown in commands(block):
                self.run(command, shown, expected=int(block.options.get("exit", "0")), place=str(block))
        elif "file" in block.options:
            path = self.folder / block.options["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        elif "add-to" in block.options:
            with (self.folder / block.options["add-to"]).open("a", encoding="utf-8") as stream:
                stream.write(block.body)
        elif "replace" in block.options:
            self.replace(self.folder / block.options["replace"], block.body)

    def run(self, command: str, shown: list[str], *, expected: int, place: str) -> None:
        program, *arguments = shlex.split(command)
        if program in SET_UP:
            return
        if program == "cd":
            self.folder /= arguments[0]
            return
        assert program == "leaflet", f"{place}: {program} cannot be tested here"
        result = self.start(*arguments, cwd=self.folder, check=False, environment={"SOURCE_DATE_EPOCH": "1780000000"})
        printed = result.stdout + result.stderr
        assert result.returncode == expected, f"{place}: {command}\n{printed}"
        assert "Traceback" not in printed
        for line in shown:
            assert line in printed, f"{place}: {command} does not print {line!r} but\n{printed}"
        self.done.append(command)

    def replace(self, path: Path, body: str) -> None:
        text = path.read_text(encoding="utf-8")
        for line in body.splitlines():
            old, new = line.split(" -> ")
            assert text.count(old) == 1
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("document", "start"),
    [
        ("README.md", run_process),
        ("docs/tutorial.md", run_leaflet),
        ("docs/starters.md", run_leaflet),
        ("docs/own-style.md", run_leaflet),
        ("docs/own-layout.md", run_leaflet),
        ("docs/formats.md", run_leaflet),
    ],
)
def test_the_commands_of_a_document_do_what_it_says(
    document: str, start: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    reader = Reader(folder=tmp_path, start=start)
    for block in fenced_blocks(REPOSITORY / document):
        reader.follow(block)
    assert any(command.startswith("leaflet build") for command in reader.done)


def test_every_command_is_documented_in_the_readme() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    missing = [name for name in COMMANDS if f"| `leaflet {name}" not in readme]
    assert missing == []
