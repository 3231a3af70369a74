"""Choices of a tab: rows of a batch, changes under git, another host, and builds that wait for changes."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest
from previews import SHORT, preview, wait_until, workspace
from starlette.responses import PlainTextResponse

from leaflet.errors import LeafletError
from leaflet.files import open_workspace
from leaflet.model.layout import Fit
from leaflet.preview import wait_for_changes
from leaflet.preview.access import Credentials, Guard
from leaflet.preview.batch_rows import batch_rows, with_row
from leaflet.preview.build_request import TabChoices
from leaflet.preview.choices_query import choices_from
from leaflet.preview.git_changes import changed_lines
from running import FIXED_DAY, REPOSITORY

FIELDS = SHORT.replace("url:", 'fields:\n  shop: ""\nurl:').replace("Tea is warm", "Tea from {{ shop }} is warm")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = workspace(tmp_path / "ws", tea=FIELDS)
    (folder / "shops.csv").write_text("id,shop\nhill,Hill shop\nlake,Lake shop\n", encoding="utf-8")
    return folder / "source" / "tea.md"


def test_rows_are_choices_of_a_tab(source: Path) -> None:
    rows = batch_rows(source, source.parents[1] / "shops.csv")
    assert [row.words for row in rows] == ["hill · Hill shop", "lake · Lake shop"]
    chosen = with_row(TabChoices(style="clear", fields={"shop": "Mine"}), rows, rows[1].name)
    assert (chosen.style, chosen.fields["shop"]) == ("clear", "Mine")
    assert with_row(TabChoices(), rows, rows[1].name).fields["shop"] == "Lake shop"
    with pytest.raises(LeafletError, match="no row"):
        with_row(TabChoices(), rows, "sea")


def test_a_source_without_data_has_no_rows(source: Path) -> None:
    assert batch_rows(source, None) == ()


def test_a_preview_shows_a_row(source: Path) -> None:
    folder = source.parents[1]
    with preview(folder, "source/tea.md", "--data", "shops.csv") as running:
        rows = json.loads(running.ask("/rows?source=source/tea.md")[1])
        assert [row["words"] for row in rows] == ["hill · Hill shop", "lake · Lake shop"]
        assert running.ask("/events?source=source/tea.md&row=sea")[0] == 400


def test_an_address_names_choices() -> None:
    given = {"layout": "half-fold-a4", "fit": "grow", "field.shop": "Hill", "source": "x.md", "style": ""}
    assert choices_from(given) == TabChoices(layout="half-fold-a4", fit=Fit.GROW, fields={"shop": "Hill"})
    for wrong in ({"fit": "wide"}, {"csl": "../x"}, {"csl": "x.csl"}, {"layout": "x" * 3_000}):
        with pytest.raises(LeafletError):
            choices_from(wrong)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_lines_that_are_new_since_the_last_version(source: Path) -> None:
    assert changed_lines(source) is None
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", *command], cwd=source.parents[1], check=True)
    assert changed_lines(source) == ()
    lines = source.read_text(encoding="utf-8").split("\n")
    lines[3] = "date: 2025-01-03"
    source.write_text("\n".join([*lines, "More."]), encoding="utf-8")
    found = changed_lines(source)
    assert found is not None
    assert 4 in found
    assert len(lines) + 1 in found


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_repository_cannot_make_git_run_a_program(source: Path, tmp_path: Path) -> None:
    folder, trap = source.parents[1], tmp_path / "trap"
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "diff.x.command"):
        subprocess.run(["git", "config", name, str(program)], cwd=folder, check=True)
    (folder / ".gitattributes").write_text("*.md diff=x\n", encoding="utf-8")
    source.write_text(FIELDS + "More.\n", encoding="utf-8")
    changed_lines(source)
    assert not trap.exists()


def asked(guard: Guard, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Ask an application for a path, as a server does."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


def test_others_need_a_password_as_well() -> None:
    credentials = Credentials.new(8000, "192.0.2.7")
    guard = Guard(app=PlainTextResponse("in"), credentials=credentials)
    address, host = f"/{credentials.token}/", {"host": "192.0.2.7:8000"}

    def given(password: str) -> dict[str, str]:
        return host | {"authorization": "Basic " + base64.b64encode(f"me:{password}".encode()).decode()}

    assert asked(guard, address, host)[0] == 401
    assert asked(guard, address, given("wrong"))[0] == 401
    assert asked(guard, address, host | {"authorization": "Basic ?"})[0] == 401
    assert asked(guard, address, given(credentials.password)) == (200, b"in")
    assert asked(guard, "/x/", given(credentials.password))[0] == 403


def test_a_change_during_the_first_build_is_noticed(source: Path) -> None:
    source.write_text(SHORT, encoding="utf-8")
    changes = wait_for_changes(open_workspace(source))
    source.write_text(SHORT.replace("warm", "hot"), encoding="utf-8")
    assert source.resolve() in next(changes)


def test_a_build_that_watches_builds_again(source: Path) -> None:
    source.write_text(SHORT, encoding="utf-8")
    folder = source.parents[1]
    environment = {**os.environ, **FIXED_DAY, "PYTHONPATH": str(REPOSITORY / "src")}
    command = [sys.executable, "-m", "leaflet", "build", "source/tea.md", "--watch"]
    out = folder.parent / "out.txt"
    with (
        out.open("w") as stream,
        subprocess.Popen(command, cwd=folder, stdout=stream, stderr=stream, env=environment) as process,
    ):
        try:
            assert wait_until(lambda: "waiting for changes" in out.read_text(), 120)
            sheet = folder / "output" / "tea-sheet.pdf"
            before = sheet.read_bytes()
            source.write_text(SHORT.replace("warm", "hot"), encoding="utf-8")
            assert wait_until(lambda: out.read_text().count("6 files") == 2, 120), out.read_text()
            assert sheet.read_bytes() != before
            source.write_text(SHORT.replace("half-fold-a4", "nothing"), encoding="utf-8")
            assert wait_until(lambda: "not built" in out.read_text(), 120), out.read_text()
            assert sheet.is_file()
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 130
