"""The page on Word: its commands do what it says, and its settings are settings."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from documented import REPOSITORY, commands, fenced_blocks
from leaflet.files import open_workspace, read_settings
from leaflet.interchange.style_rules import StyleRole, StyleRules
from running import run_leaflet

sys.path.append(str(REPOSITORY / "tests" / "interchange"))

from word_documents import DOCUMENTS

PAGE = REPOSITORY / "docs" / "coming-from-word.md"


def test_the_commands_of_the_page_do_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "Going home.docx").write_bytes(DOCUMENTS["leaflet-like"]())
    for block in fenced_blocks(PAGE):
        for command, shown in commands(block) if block.language == "console" else ():
            program, *arguments = shlex.split(command)
            assert program == "leaflet"
            done = run_leaflet(*arguments, cwd=tmp_path)
            for line in shown:
                assert line in done.stdout.splitlines(), f"{block}: {command} prints\n{done.stdout}"


def test_the_settings_of_the_page_are_settings(tmp_path: Path) -> None:
    (example,) = (block for block in fenced_blocks(PAGE) if block.language == "toml")
    (tmp_path / "leaflet.toml").write_text(example.body, encoding="utf-8")
    settings = read_settings(open_workspace(tmp_path / "source" / "a.md"))
    assert settings.problems == ()
    rules = StyleRules.of(settings.imported_styles)
    assert rules.find(["House Box"]).name == "callout-tip"
    assert rules.find(["Leaflet Title"]).role is StyleRole.TITLE


def test_every_role_of_a_style_is_documented() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert {role for role in StyleRole if role is not StyleRole.BOX and f"`{role}`" not in text} <= {StyleRole.HEADING}
