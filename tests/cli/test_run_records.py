"""A leaflet of which nothing has changed is not built or checked again, and everything that may shape it is a change."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter

from files.commands import Ran, leaflet
from leaflet.api import BuildResult, Workspace
from leaflet.batch import run_check
from leaflet.checks import CheckedFile

SOURCE = "source/swimming.md"
TEXT = "---\ntitle: Swimming after stitches\nlayout: mine\nfields: {place: Leeds}\n---\n\n## When\n\nAfter ten days in {{place}}.\n\n![A pool](pool.svg)\n"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="{}"/></svg>'
)


class Watched:
    """A workspace in which builds are counted."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.builds = 0
        whole = Workspace.build

        def counted(workspace: Workspace, source: Path, **options: object) -> BuildResult:
            self.builds += 1
            return whole(workspace, source, **options)  # type: ignore[arg-type]

        patch.setattr(Workspace, "build", counted)
        self.write(SOURCE, TEXT)
        self.write("source/pool.svg", PICTURE.format("teal"))
        self.write("layouts/mine/layout.toml", 'based-on = "trifold-a4"\n')

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        time.sleep(0.03)  # a file that changes while a build begins is not trusted

    def build(self, *options: str) -> Ran:
        ran = leaflet(self.folder, "build", SOURCE, "--format", "html", *options)
        assert ran.code == 0, ran.err
        return ran


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(tmp_path, monkeypatch)


def test_what_has_not_changed_is_not_built_and_says_the_same(watched: Watched) -> None:
    first, second = watched.build(), watched.build()
    assert (first.out, first.err) == (second.out, second.err)
    assert "swimming.html" in second.out
    assert watched.builds == 1
    values = [json.loads(watched.build("--json").out) for _ in range(2)]
    assert values[0] == values[1]
    watched.build("--force")
    assert watched.builds == 2


CHANGES: dict[str, Callable[[Watched], object]] = {
    "the source": lambda one: one.write(SOURCE, TEXT.replace("ten", "two")),
    "the picture, of the same size": lambda one: one.write("source/pool.svg", PICTURE.format("navy")),
    "the layout": lambda one: one.write("layouts/mine/layout.toml", 'based-on = "trifold-a4"\n\n'),
    "a new template of the layout": lambda one: one.write("layouts/mine/page.css", "p { color: black }\n"),
    "settings that were not there": lambda one: one.write("leaflet.toml", "strict = true\n"),
    "a new file": lambda one: one.write("source/more.md", "More.\n"),
    "an output": lambda one: one.write("output/swimming.html", (one.folder / "output/swimming.html").read_text() + " "),
    "an output that is gone": lambda one: (one.folder / "output/swimming.html").unlink(),
    "a commit": lambda one: one.write(".git/logs/HEAD", "0 1 A commit\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_built(change: Callable[[Watched], object], watched: Watched) -> None:
    watched.write(".git/logs/HEAD", "")
    watched.build()
    change(watched)
    watched.build()
    assert watched.builds == 2


def test_other_options_another_day_and_other_settings_of_the_environment_are_built(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.build()
    watched.build("--style", "clinic")
    watched.build("--set", "place=York")
    with monkeypatch.context() as patch:
        patch.setattr("leaflet.cli.build.build_day", lambda: date(2030, 1, 1))
        watched.build()
    monkeypatch.setenv("LEAFLET_CACHE", "off")
    watched.build()
    watched.build()
    assert watched.builds == 6


def test_a_file_that_changes_while_the_build_runs_is_built_again(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Workspace.build

    def edited(workspace: Workspace, source: Path, **options: object) -> BuildResult:
        result = whole(workspace, source, **options)  # type: ignore[arg-type]
        (watched.folder / SOURCE).write_text(TEXT.replace("ten", "two"))
        return result

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "build", edited)
        watched.build()
    watched.build()
    assert "two days" in (watched.folder / "output/swimming.html").read_text()


@pytest.fixture
def checked(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A check of two leaflets and a PDF, which returns how many were made, and compares what it says with the last."""
    watched.write("source/diving.md", TEXT.replace("Swimming", "Diving"))
    watched.build()
    names = (SOURCE, "source/diving.md", "odd.pdf")
    pages = PdfWriter()
    pages.add_blank_page(100, 100)
    pages.write(watched.folder / names[-1])
    made: list[str] = []
    monkeypatch.setattr(
        "leaflet.batch.run.check_sources.run_check",
        lambda job, session: made.append(job.name) or run_check(job, session),
    )
    said: list[str] = []

    def check(*options: str, same: bool = True) -> int:
        made.clear()
        ran = leaflet(watched.folder, "check", *names, "--jobs", "1", *options)
        assert not said or (ran.out == said[-1]) is same
        said.append(ran.out)
        assert "diving.md" in ran.out
        return len(made)

    return check


def test_what_has_not_changed_is_not_checked_and_says_the_same(
    checked: Callable[..., int], watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checked() == 3
    assert checked() == 1  # of a PDF there is no record
    assert checked("--force") == 3
    watched.write(
        "source/diving.md",
        TEXT.replace("Swimming", "Diving").replace("After", "[Click here](https://example.org) after"),
    )
    assert checked(same=False) == 2
    assert checked("--ignore", "L104", same=False) == 3
    assert checked(same=False) == 1
    watched.write("source/pool.svg", PICTURE.format("navy"))
    assert checked() == 3
    monkeypatch.setattr("leaflet.cli.check.build_day", lambda: date(2031, 1, 1))
    assert checked() == 3


def test_a_check_whose_process_died_is_made_again(checked: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("leaflet.batch.run.check_sources.run_check", lambda job, _: CheckedFile(source=job.name))
        checked()
    assert checked(same=False) == 3
