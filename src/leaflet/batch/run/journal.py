"""The journal of a batch: the outcomes of all variants in one SQLite file beside the results. It survives any kill."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

from msgspec.structs import asdict

from leaflet.batch.run.job import Outcome, OutputFile, Status
from leaflet.errors import LeafletError, Location, Problem, Severity, UnsafeError

FORM = 2
"""The form of the tables; a journal of another form is begun again."""
VARIANTS = ("name", "shared", "own", "inputs", "files", "facts", "seconds", "content")
RECORDS = "CREATE TABLE IF NOT EXISTS records (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;"
COLUMNS = {"texts": ("id", "text"), "variants": VARIANTS, "records": ("name", "sha256")}
OWN_TABLES = frozenset(COLUMNS)
UNREADABLE = (sqlite3.DatabaseError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""Exceptions at rows of a journal that somebody else wrote or damaged."""
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
        self.problems: tuple[Problem, ...] = ()
        """Warnings about the journal that was found."""
        _refuse_links(path)
        try:
            self._database = self._open()
        except sqlite3.OperationalError as error:
            raise _busy(path, error) from None
        except sqlite3.DatabaseError:
            # Not a database, a damaged one, or that of another version. Everything is built once more.
            self.problems = (_set_aside(path),)
            self._database = self._open()
        self._texts: dict[str, int] = {}

    def close(self) -> None:
        """Release the journal."""
        self._database.close()

    def outcomes(self) -> dict[str, Outcome]:
        """Return the last outcome of every variant that was built here, by name; none where the journal is damaged."""
        try:
            return self._outcomes()
        except UNREADABLE:
            self._database.close()
            self.problems = (_set_aside(self._path),)
            self._database = self._open()
            self._texts = {}
            return {}

    def _outcomes(self) -> dict[str, Outcome]:
        self._texts = {str(text): int(key) for key, text in self._database.execute("SELECT id, text FROM texts")}
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

    def recorded(self) -> dict[str, str]:
        """Return the SHA-256 of the files that were written beside the leaflets, by name."""
        return {str(name): str(sha256) for name, sha256 in self._database.execute("SELECT name, sha256 FROM records")}

    def record(self, files: Mapping[str, str]) -> None:
        """Note the SHA-256 of files that were written beside the leaflets."""
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?)", files.items())

    def _text(self, text: str) -> int:
        """Return the number of a text that many variants share."""
        if text not in self._texts:
            key = self._database.execute("INSERT INTO texts (text) VALUES (?)", (text,)).lastrowid
            self._texts[text] = int(key or 0)
        return self._texts[text]

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=0.5)
        try:
            is_begun = _is_begun(database, self._path)
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            new = "" if is_begun else f"{TABLES} PRAGMA user_version = {FORM};"
            database.executescript(f"BEGIN EXCLUSIVE; {new} {RECORDS} COMMIT;")
        except (sqlite3.Error, LeafletError):
            database.close()
            raise
        return database


def _is_begun(database: sqlite3.Connection, path: Path) -> bool:
    """Return whether a database, which nothing was changed in so far, is a journal of this form; a new one is not.

    Raises:
        UnsafeError: it is the database of another program.
        sqlite3.DatabaseError: it is a journal of another form, or damaged.
    """
    tables = {str(row[0]) for row in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    programs = database.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchone()[0]
    form = database.execute("PRAGMA user_version").fetchone()[0]
    if not tables and not form:
        return False
    if not {"texts", "variants"} <= tables <= OWN_TABLES or not form:
        raise UnsafeError(
            Problem(
                message=f'"{path.name}" is the database of another program, so it is not written to',
                location=Location(file=f"{path.parent.name}/{path.name}"),
                hint="move it away, or choose another --output",
            )
        )
    columns = {
        table: tuple(str(row[1]) for row in database.execute(f"PRAGMA table_info({table})")) for table in OWN_TABLES
    }
    if form != FORM or programs or any(found not in ((), COLUMNS[table]) for table, found in columns.items()):
        raise sqlite3.DatabaseError("this is a journal of another form")
    return True


def _refuse_links(path: Path) -> None:
    """Refuse anything but a file under the name of the journal.

    Raises:
        UnsafeError: something else than a file has the name of the journal, such as a link to another database.
    """
    try:
        there = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(there.st_mode):
        raise UnsafeError(
            Problem(
                message=f'"{path.name}" is a link or a folder, so no journal is written there',
                location=Location(file=f"{path.parent.name}/{path.name}"),
                hint="delete it, or choose another --output",
            )
        )


def _set_aside(path: Path) -> Problem:
    """Give a journal that cannot be used another name, with the files that SQLite puts beside it."""
    endings = (".unusable", *(f".unusable-{number}" for number in range(2, 1000)))
    ending = next(ending for ending in endings if not path.with_name(path.name + ending).exists())
    for companion in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + companion).rename(path.with_name(path.name + ending + companion))
    return Problem(
        message=f"the journal cannot be used and is now called {path.name}{ending}; every leaflet is built",
        location=Location(file=f"{path.parent.name}/{path.name}"),
        hint="delete it if you do not know it",
        severity=Severity.WARNING,
    )


class _Reader:
    """Reader of rows; what many rows share is parsed once."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        self._inputs: dict[int, tuple[tuple[str, str], ...]] = {}
        self._facts: dict[str, tuple[_Facts, tuple[Problem, ...]]] = {}

    def outcome(self, row: Row) -> Outcome:
        name, shared, own, inputs, files, facts, seconds, content = row
        if inputs not in self._inputs:
            found = json.loads(self._texts[inputs])
            self._inputs[inputs] = tuple(sorted((str(name), str(value)) for name, value in found.items()))
        if facts not in self._facts:
            loaded: _Facts = json.loads(facts)
            self._facts[facts] = loaded, tuple(_problem(problem) for problem in loaded["problems"])
        known, problems = self._facts[facts]
        return Outcome(
            name=name,
            status=Status.BUILT,
            files=tuple(
                OutputFile(name=str(file), size=int(size), sha256=str(sha256), modified=int(modified))
                for file, size, sha256, modified in json.loads(files)
            ),
            inputs=self._inputs[inputs],
            content=content,
            shared=self._texts[shared],
            own=own,
            panels=int(known["panels"]),
            scale=None if known["scale"] is None else float(known["scale"]),
            fit=str(known["fit"]),
            problems=problems,
            seconds=float(seconds),
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
        message=str(known["message"]),
        location=Location(**place) if place else None,
        hint=None if known["hint"] is None else str(known["hint"]),
        severity=Severity(known["severity"]),
    )


def _busy(path: Path, error: sqlite3.OperationalError) -> LeafletError:
    if "locked" in str(error):
        message = f"another batch is writing to {path.parent.name}/"
        return LeafletError(Problem(message=message, hint="wait until it ends, or choose another --output"))
    return LeafletError(Problem(message=f"the journal {path.name} cannot be opened: {error}", hint="check the disk"))
