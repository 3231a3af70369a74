"""``leaflet build --lock`` and ``--verify``: what shapes an output beside its source is the same, or is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.errors import LeafletError
from leaflet.files import open_workspace
from leaflet.model.workspace import Workspace
from leaflet.pipeline import verify_lock, write_lock
from leaflet.pipeline.lock_file import LOCK
from running import REPOSITORY, run_leaflet


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name in ("source", "fonts", "styles/mine"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "source/x.md").write_text("---\ntitle: T\nlayout: handout-a4\n---\n\nWords.\n")
    (tmp_path / "fonts/Mine.ttf").write_bytes(b"some font")
    (tmp_path / "styles/mine/style.css").write_text("p { color: red }")
    (tmp_path / "leaflet.toml").write_text('[organisation]\nname = "We"\n')
    return open_workspace(tmp_path / "source/x.md")


def changes(workspace: Workspace) -> list[str]:
    with pytest.raises(LeafletError) as refused:
        verify_lock(workspace)
    return [problem.message for problem in refused.value.problems]


def test_nothing_has_changed_right_after_the_lock_was_written(workspace: Workspace) -> None:
    path = write_lock(workspace)
    verify_lock(workspace)
    written = path.read_bytes()
    assert write_lock(workspace).read_bytes() == written
    assert str(REPOSITORY).encode() not in written


def test_each_change_is_named_with_its_line(workspace: Workspace) -> None:
    lines = write_lock(workspace).read_text().split("\n")
    (workspace.root / "fonts/Mine.ttf").write_bytes(b"another font")
    (workspace.root / "fonts/Yours.ttf").write_bytes(b"a font")
    (workspace.root / "styles/mine/style.css").unlink()
    (workspace.root / "styles/mine").rmdir()
    with pytest.raises(LeafletError) as refused:
        verify_lock(workspace)
    by_message = {problem.message: problem.location for problem in refused.value.problems}
    assert list(by_message) == [
        "the font Mine.ttf has other content",
        f"the font Yours.ttf is not in {LOCK}",
        "the style mine is gone",
    ]
    place = by_message["the font Mine.ttf has other content"]
    assert place is not None
    assert place.line is not None
    assert lines[place.line - 1].startswith('"Mine.ttf" = ')


def test_another_version_of_a_package_is_named(workspace: Workspace) -> None:
    path = write_lock(workspace)
    changed = path.read_text().replace('"Python" = "3.', '"Python" = "2.')
    path.write_text(changed)
    (message,) = changes(workspace)
    assert message.startswith("the version of Python is 3.")


def test_without_a_lock_there_is_nothing_to_verify(workspace: Workspace) -> None:
    assert changes(workspace) == [f"there is no {LOCK}"]


def test_a_file_of_the_users_is_not_replaced(workspace: Workspace) -> None:
    (workspace.root / LOCK).write_text("my notes")
    with pytest.raises(LeafletError):
        write_lock(workspace)
    assert (workspace.root / LOCK).read_text() == "my notes"


def test_the_command_line_verifies_before_it_builds(workspace: Workspace) -> None:
    (workspace.root / "fonts/Mine.ttf").unlink()
    options = ("build", "source/x.md", "--format", "html")
    assert str(LOCK) in run_leaflet(*options, "--lock", cwd=workspace.root).stdout
    run_leaflet(*options, "--verify", cwd=workspace.root)
    (workspace.root / "leaflet.toml").write_text('[organisation]\nname = "Others"\n')
    refused = run_leaflet(*options, "--verify", cwd=workspace.root, check=False)
    assert refused.returncode == 1
    assert "the file leaflet.toml has other content" in refused.stderr
