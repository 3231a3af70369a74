"""Git is asked by settings of leaflet's own: nothing that a repository names is run, and no other repository is read."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from leaflet.changes.revision import changed_files, files_of
from leaflet.errors import LeafletError
from leaflet.files import last_commit_day
from leaflet.preview.git_changes import changed_lines

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
SETTINGS = (
    "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "diff.external", "diff.x.textconv",
    "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process", "gpg.program", "credential.helper",
)  # fmt: skip


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *WHO, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a workspace in a folder of it; its source has changed since the only commit."""
    top = tmp_path / "top"
    (top / "leaflets" / "source").mkdir(parents=True)
    (top / "leaflets" / "source" / "x.md").write_text("One.\nTwo.\n", encoding="utf-8")
    (top / "leaflets" / "gone.png").write_bytes(b"1")
    git(tmp_path, "init", "--quiet", "top")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "--date=2024-05-06T12:00:00Z", "-m", "First")
    git(top, "tag", "v1")
    (top / "leaflets" / "source" / "x.md").write_text("One.\nTwo and more.\n", encoding="utf-8")
    (top / "leaflets" / "source" / "new.md").write_text("New.\n", encoding="utf-8")
    (top / "leaflets" / "gone.png").unlink()
    return top


def known(root: Path, revision: str = "HEAD") -> tuple[date | None, tuple[int, ...] | None, frozenset[str], str]:
    """Return all that leaflet asks git."""
    source = root / "source" / "x.md"
    with files_of(root, revision) as folder:
        before = (folder / "source" / "x.md").read_text(encoding="utf-8")
    return last_commit_day(source), changed_lines(source), changed_files(root, revision), before


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-05-06T12:00:00Z")


CHANGED = frozenset({"source/x.md", "source/new.md", "gone.png"})


@pytest.mark.parametrize("revision", ["HEAD", "v1", "HEAD~0", "main^{commit}"])
def test_git_says_what_has_changed(repository: Path, revision: str) -> None:
    git(repository, "branch", "--force", "main")
    found = known(repository / "leaflets", revision)
    assert found == (date(2024, 5, 6), (2,), CHANGED, "One.\nTwo.\n")


def test_nothing_runs_that_the_settings_name(repository: Path, tmp_path: Path) -> None:
    trap, program = tmp_path / "trap", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    for name in SETTINGS:
        git(repository, "config", name, str(program))
    hooks = repository / ".git" / "hooks"
    for name in ("post-checkout", "post-index-change", "pre-auto-gc", "reference-transaction"):
        shutil.copy(program, hooks / name)
    with (repository / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write(
            f'[alias]\n\tarchive = "!{program}"\n\tdiff = "!{program}"\n[include]\n\tpath = {tmp_path}/nothing\n'
        )
    (repository / ".gitattributes").write_text("* filter=x diff=x export-subst\n", encoding="utf-8")
    (repository / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    assert known(repository / "leaflets") == (date(2024, 5, 6), (2,), CHANGED, "One.\nTwo.\n")
    assert not trap.exists()


def test_a_work_tree_is_a_repository(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "other"))
    root = tmp_path / "other" / "leaflets"
    (root / "source" / "x.md").write_text("One.\n", encoding="utf-8")
    assert known(root) == (date(2024, 5, 6), (1,), frozenset({"source/x.md"}), "One.\nTwo.\n")


@pytest.mark.parametrize("is_link", [True, False])
def test_a_folder_that_names_the_repository_of_others_has_none(repository: Path, tmp_path: Path, is_link: bool) -> None:
    root = tmp_path / "mine"
    (root / "source").mkdir(parents=True)
    (root / "source" / "x.md").write_text("One.\n", encoding="utf-8")
    if is_link:
        (root / ".git").symlink_to(repository / ".git")
    else:
        (root / ".git").write_text(f"gitdir: {repository / '.git'}\n", encoding="utf-8")
    assert last_commit_day(root / "source" / "x.md") is None
    assert changed_lines(root / "source" / "x.md") is None
    with pytest.raises(LeafletError, match="not under git"):
        changed_files(root, "HEAD")
