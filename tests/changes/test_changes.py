"""The command of the action, run on a workspace under git, shows what a change does to the paper."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from leaflet.changes.revision import files_of
from running import REPOSITORY, run_leaflet

HEAD = "---\ntitle: Tea\nlayout: handout-a4\nshow-dates: false\ncite: false\n---\n\n"


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in a folder of a repository: one source is changed, one uses a changed picture, one is as it was."""
    repository = tmp_path_factory.mktemp("repository")
    folder = repository / "leaflets"
    (folder / "source").mkdir(parents=True)
    draw(folder / "cup.png", "red")
    (folder / "source" / "tea.md").write_text(f"{HEAD}## Steps\n\nBoil water.\n", encoding="utf-8")
    (folder / "source" / "cup.md").write_text(f"{HEAD}## Cup\n\n![A cup](../cup.png)\n", encoding="utf-8")
    (folder / "source" / "same.md").write_text(f"{HEAD}## Same\n\nAs ever.\n", encoding="utf-8")
    git(repository, "init", "--quiet")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "First")
    (folder / "source" / "tea.md").write_text(f"{HEAD}## Steps\n\nBoil fresh water.\n\n##\n", encoding="utf-8")
    draw(folder / "cup.png", "blue")
    return folder


def draw(path: Path, colour: str) -> None:
    Image.new("RGB", (600, 400), colour).save(path)


def test_the_action_s_command_annotates_and_draws_what_changed(changed: Path, tmp_path: Path) -> None:
    (step,) = [one for one in action_steps() if "leaflet changes" in one]
    words = {"WORKSPACE": str(changed), "SINCE": "HEAD", "RUNNER_TEMP": str(tmp_path)}
    words["GITHUB_STEP_SUMMARY"] = str(tmp_path / "summary.md")
    for name, value in words.items():
        step = step.replace(f"${name}", value)
    program, *arguments = shlex.split(step.replace("\\\n", " "))
    assert program == "leaflet"
    made = run_leaflet(*arguments, cwd=tmp_path, check=False)
    assert (
        "::notice title=Changed panels,file=leaflets/source/tea.md::panels that look different: page 1%0Apictures: "
        in made.stdout
    )
    assert "title=Changed panels,file=leaflets/source/cup.md" in made.stdout
    assert "same.md" not in made.stdout
    assert "::warning file=leaflets/source/tea.md,title=" in made.stdout
    pictures = sorted(path.name for path in (tmp_path / "leaflet-changes").iterdir())
    assert pictures == ["cup-page-1.png", "tea-page-1.png"]
    with Image.open(tmp_path / "leaflet-changes" / "cup-page-1.png") as picture:
        width = picture.width
        colours = [side.convert("RGB").getcolors(1 << 24) for side in halves(picture)]
    assert width > 2 * 890
    assert [count for count, colour in colours[0] if colour == (255, 0, 0)] != []
    assert [count for count, colour in colours[1] if colour == (255, 0, 0)] == []
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "| source/cup.md | page 1 |" in summary


def halves(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    width, height = picture.size
    return picture.crop((0, 0, width // 2, height)), picture.crop((width // 2, 0, width, height))


def action_steps() -> list[str]:
    """Return the scripts of the action's steps."""
    from ruamel.yaml import YAML

    action = YAML(typ="safe").load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    return [step["run"] for step in action["runs"]["steps"] if "run" in step]


def test_reports_for_programs(changed: Path, tmp_path: Path) -> None:
    made = run_leaflet("changes", "--since", "HEAD", "--format", "gitlab", cwd=changed, check=False)
    issues = json.loads(made.stdout)
    assert {issue["location"]["path"] for issue in issues} >= {"leaflets/source/tea.md"}
    assert {issue["severity"] for issue in issues} <= {"major", "minor"}
    checked = run_leaflet("check", "source/tea.md", "--format", "github", cwd=changed, check=False)
    assert "::warning file=leaflets/source/tea.md,title=" in checked.stdout


def test_a_new_leaflet_that_cannot_be_built_is_named(changed: Path) -> None:
    source = changed / "source" / "new.md"
    source.write_text(f"{HEAD}![A cup](../no-cup.png)\n", encoding="utf-8")
    git(changed, "add", "--intent-to-add", "source/new.md")
    try:
        made = run_leaflet("changes", "--since", "HEAD", "--format", "github", cwd=changed, check=False)
        said = run_leaflet("changes", "--since", "HEAD", cwd=changed, check=False)
    finally:
        git(changed, "reset", "--quiet")
        source.unlink()
    assert "::error file=leaflets/source/new.md,title=build,line=8,col=1::" in made.stdout
    assert "source/new.md: new, and cannot be built; findings: 1 error" in said.stdout


def test_what_cannot_be_compared_says_why(changed: Path, tmp_path: Path) -> None:
    made = run_leaflet("changes", "--since", "nowhere", cwd=changed, check=False)
    assert made.returncode == 1
    assert 'there is no revision "nowhere"' in made.stderr
    (tmp_path / "source").mkdir()
    made = run_leaflet("changes", cwd=tmp_path, check=False)
    assert "is not under git" in made.stderr
    made = run_leaflet("changes", "--since=--output=x", cwd=changed, check=False)
    assert 'there is no revision "--output=x"' in made.stderr
    assert not (changed / "x").exists()


def test_hooks_name_commands_that_there_are() -> None:
    from ruamel.yaml import YAML

    from leaflet.cli import COMMANDS

    hooks = YAML(typ="safe").load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert len(hooks) == 3
    for hook in hooks:
        program, command, *options = hook["entry"].split()
        assert program == "leaflet"
        assert command in COMMANDS
        shown = run_leaflet(command, "--help", cwd=REPOSITORY).stdout
        assert all(option in shown for option in options if option.startswith("--"))


def test_links_of_a_revision_lead_nowhere_outside(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "tea.md").write_text(HEAD, encoding="utf-8")
    (folder / "inside.md").symlink_to("source/tea.md")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "source" / "above.md").symlink_to("../../secret")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "First")
    with files_of(folder, "HEAD") as found:
        assert sorted(path.relative_to(found).as_posix() for path in found.rglob("*")) == [
            "inside.md",
            "source",
            "source/tea.md",
        ]
        assert (found / "inside.md").read_text(encoding="utf-8") == HEAD
