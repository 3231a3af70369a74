"""Journals that somebody else wrote or damaged are set aside, and the batch begins again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from leaflet.batch.run.job import Outcome, Status
from leaflet.batch.run.journal import Journal

OUTCOME = Outcome(
    name="x-1", status=Status.BUILT, files=(), inputs=(("x.md", "a"),), content="b", shared="c", own="d", panels=1,
    scale=1.0, fit="e", problems=(), seconds=2.0,
)  # fmt: skip
DAMAGES = {
    "facts that are missing": "UPDATE variants SET facts = '{}'",
    "facts of 100,000 brackets": f"UPDATE variants SET facts = '{'[' * 100_000}'",
    "files that are numbers": "UPDATE variants SET files = '[1, 2]'",
    "a text that is not there": "UPDATE variants SET inputs = 99",
    "a time of words": "UPDATE variants SET seconds = 'long'",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON variants BEGIN DELETE FROM variants; END",
    "records of other columns": "DROP TABLE records; CREATE TABLE records (a)",
    "a view without end": "DROP TABLE records; CREATE VIEW records (name, sha256) AS "
    "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT a, a FROM n",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal of a batch with one variant."""
    found = tmp_path / "output" / "journal.sqlite"
    journal = Journal(found)
    assert journal.outcomes() == {}
    journal.add(OUTCOME)
    journal.record({"index.html": "f"})
    journal.close()
    return found


def test_what_was_entered_is_there_again(path: Path) -> None:
    journal = Journal(path)
    assert journal.outcomes() == {"x-1": OUTCOME}
    assert journal.recorded() == {"index.html": "f"}
    assert journal.problems == ()
    journal.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_journal_is_set_aside_with_a_warning(path: Path, damage: str) -> None:
    database = sqlite3.connect(path)
    database.executescript(DAMAGES[damage])
    database.close()
    journal = Journal(path)
    assert journal.outcomes() == {}
    assert journal.recorded() == {}
    (problem,) = journal.problems
    assert "is now called journal.sqlite.unusable" in problem.message
    journal.add(OUTCOME)
    journal.close()
    assert path.with_name("journal.sqlite.unusable").is_file()
