"""The journal of a batch: the outcomes of all variants in one SQLite file beside the results. It survives any kill."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict

from leaflet.batch.run.job import Outcome, OutputFile, Status
from leaflet.errors import LeafletError, Location, Problem, Severity

FORM = 2
"""The form of the tables; a journal of another form is begun again."""
TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE variants (
    name TEXT PRIMARY KEY, shared INTEGER NOT NULL, own TEXT NOT NULL, inputs INTEGER NOT NULL,
    files TEXT NOT NULL, facts TEXT NOT NULL, seconds REAL NOT NULL, content TEXT NOT NULL
) WITHOUT ROWID;
"""

Row = tuple[str, int, str, int, str, str, float, str]


class _PlaceFacts(TypedDict):
    file: str
    line: int | None
    column: int | None


class _ProblemFacts(TypedDict):
    message: str
    location: _PlaceFacts | None
    hint: str | None
    severity: str


class _Facts(TypedDict):
    """The column ``facts``, as JSON."""

    panels: int
    scale: float | None
    fit: str
    problems: list[_ProblemFacts]


class Journal:
    """An open journal. Only one batch at a time can hold it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        try:
            self._database = self._open()
        except sqlite3.OperationalError as error:
            raise _busy(path, error) from None
        except sqlite3.DatabaseError:
            # Not a database, or a damaged one. Without it everything is built once more, and nothing else is lost.
            path.unlink()
            self._database = self._open()
        self._texts: dict[str, int] = {text: key for key, text in self._database.execute("SELECT id, text FROM texts")}

    def close(self) -> None:
        """Release the journal."""
        self._database.close()

    def outcomes(self) -> dict[str, Outcome]:
        """Return the last outcome of every variant that was built here, by name."""
        reader = _Reader({key: text for text, key in self._texts.items()})
        rows = self._database.execute("SELECT name, shared, own, inputs, files, facts, seconds, content FROM variants")
        return {row[0]: reader.outcome(row) for row in rows}

    def add(self, outcome: Outcome) -> None:
        """Enter a variant that was built; it is on the disk when this returns."""
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO variants VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    outcome.name,
                    self._text(outcome.shared),
                    outcome.own,
                    self._text(_dump(dict(outcome.inputs))),
                    json.dumps([[file.name, file.size, file.sha256, file.modified] for file in outcome.files]),
                    _dump(_facts(outcome)),
                    outcome.seconds,
                    outcome.content,
                ),
            )

    def _text(self, text: str) -> int:
        """Return the number of a text that many variants share."""
        if text not in self._texts:
            key = self._database.execute("INSERT INTO texts (text) VALUES (?)", (text,)).lastrowid
            self._texts[text] = int(key or 0)
        return self._texts[text]

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=0.5)
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            if database.execute("PRAGMA user_version").fetchone()[0] != FORM:
                database.executescript(
                    f"BEGIN EXCLUSIVE; DROP TABLE IF EXISTS variants; DROP TABLE IF EXISTS texts; {TABLES}"
                    f"PRAGMA user_version = {FORM}; COMMIT;"
                )
            else:
                database.executescript("BEGIN EXCLUSIVE; COMMIT;")
        except sqlite3.Error:
            database.close()
            raise
        return database


class _Reader:
    """Reader of rows; what many rows share is parsed once."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        self._inputs: dict[int, tuple[tuple[str, str], ...]] = {}
        self._facts: dict[str, tuple[_Facts, tuple[Problem, ...]]] = {}

    def outcome(self, row: Row) -> Outcome:
        name, shared, own, inputs, files, facts, seconds, content = row
        if inputs not in self._inputs:
            self._inputs[inputs] = tuple(sorted(json.loads(self._texts[inputs]).items()))
        if facts not in self._facts:
            loaded: _Facts = json.loads(facts)
            self._facts[facts] = loaded, tuple(_problem(problem) for problem in loaded["problems"])
        known, problems = self._facts[facts]
        return Outcome(
            name=name,
            status=Status.BUILT,
            files=tuple(
                OutputFile(name=file, size=size, sha256=sha256, modified=modified)
                for file, size, sha256, modified in json.loads(files)
            ),
            inputs=self._inputs[inputs],
            content=content,
            shared=self._texts[shared],
            own=own,
            panels=known["panels"],
            scale=known["scale"],
            fit=known["fit"],
            problems=problems,
            seconds=seconds,
        )


def _dump(values: object) -> str:
    """Return ``values`` as text that is the same for the same values."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _facts(outcome: Outcome) -> dict[str, object]:
    return {
        "panels": outcome.panels,
        "scale": outcome.scale,
        "fit": outcome.fit,
        "problems": [asdict(problem) for problem in outcome.problems],
    }


def _problem(known: _ProblemFacts) -> Problem:
    place = known["location"]
    return Problem(
        message=known["message"],
        location=Location(**place) if place else None,
        hint=known["hint"],
        severity=Severity(known["severity"]),
    )


def _busy(path: Path, error: sqlite3.OperationalError) -> LeafletError:
    if "locked" in str(error):
        message = f"another batch is writing to {path.parent.name}/"
        return LeafletError(Problem(message=message, hint="wait until it ends, or choose another --output"))
    return LeafletError(Problem(message=f"the journal {path.name} cannot be opened: {error}", hint="check the disk"))
