"""The journal of a batch: what was built from what, in one SQLite file beside the results; it survives any kill."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaflet.batch.run.fingerprint import Recipe
from leaflet.batch.run.job import Outcome, OutputFile, Status
from leaflet.errors import LeafletError, Location, Problem, Severity, UnsafeError

FORM = 2
"""The form of the tables; a journal of another form is begun anew."""
VARIANTS = ("name", "shared", "own", "inputs", "files", "facts", "seconds", "content")
RECORDS = "CREATE TABLE IF NOT EXISTS records (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;"
OWN_TABLES = frozenset({"texts", "variants", "records"})
TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE variants (
    name TEXT PRIMARY KEY, shared INTEGER NOT NULL, own TEXT NOT NULL, inputs INTEGER NOT NULL,
    files TEXT NOT NULL, facts TEXT NOT NULL, seconds REAL NOT NULL, content TEXT NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A variant as it was last built. Recipes are kept as the text they have in the journal, which compares quickly."""

    shared: str
    own: str
    inputs: str
    outcome: Outcome


class Journal:
    """An open journal. Only one batch at a time can hold it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self.problems: tuple[Problem, ...] = ()
        """What is to be said of the journal that was found."""
        _refuse_links(path)
        try:
            self._database = self._open()
        except sqlite3.OperationalError as error:
            raise _busy(path, error) from None
        except sqlite3.DatabaseError:
            # Not a database, a damaged one, or that of another leaflet: nothing is lost but time.
            self.problems = (_set_aside(path),)
            self._database = self._open()
        self._texts: dict[str, int] = {text: key for key, text in self._database.execute("SELECT id, text FROM texts")}

    def close(self) -> None:
        """Let go of the journal."""
        self._database.close()

    def records(self) -> dict[str, Record]:
        """All variants that were ever built here, by name."""
        texts = {key: text for text, key in self._texts.items()}
        rows = self._database.execute("SELECT name, shared, own, inputs, files, facts, seconds, content FROM variants")
        return {
            name: Record(
                shared=texts[shared],
                own=own,
                inputs=texts[inputs],
                outcome=_outcome(name, texts[inputs], files, facts, seconds, content),
            )
            for name, shared, own, inputs, files, facts, seconds, content in rows
        }

    def keep(self, outcome: Outcome, *, shared: Recipe, own: Recipe) -> Record:
        """Remember a variant that was built; it is on the disk when this returns."""
        record = Record(shared=dump(shared), own=dump(own), inputs=dump(dict(outcome.inputs)), outcome=outcome)
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO variants VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    outcome.name,
                    self._text(record.shared),
                    record.own,
                    self._text(record.inputs),
                    json.dumps([[file.name, file.size, file.sha256, file.modified] for file in outcome.files]),
                    dump(_facts(outcome)),
                    outcome.seconds,
                    outcome.content,
                ),
            )
        return record

    def recorded(self) -> dict[str, str]:
        """Return the SHA-256 of what was written beside the leaflets, by name."""
        return dict(self._database.execute("SELECT name, sha256 FROM records"))

    def record(self, files: Mapping[str, str]) -> None:
        """Note the SHA-256 of files that were written beside the leaflets."""
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?)", files.items())

    def _text(self, text: str) -> int:
        if text not in self._texts:
            key = self._database.execute("INSERT INTO texts (text) VALUES (?)", (text,)).lastrowid
            self._texts[text] = int(key or 0)
        return self._texts[text]

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=0.5)
        try:
            begun = _is_begun(database, self._path)
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            new = "" if begun else f"{TABLES} PRAGMA user_version = {FORM};"
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
    columns = tuple(str(row[1]) for row in database.execute("PRAGMA table_info(variants)"))
    if form != FORM or columns != VARIANTS:
        raise sqlite3.DatabaseError("this is a journal of another form")
    return True


def _refuse_links(path: Path) -> None:
    """
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


def dump(values: Mapping[str, Any]) -> str:
    """``values`` as text that is the same for the same values."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {
        "panels": outcome.panels,
        "scale": outcome.scale,
        "fit": outcome.fit,
        "problems": [asdict(problem) for problem in outcome.problems],
    }


@lru_cache(maxsize=1024)
def _inputs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(json.loads(text).items()))


@lru_cache(maxsize=1024)
def _known(text: str) -> tuple[int, float | None, str, tuple[Problem, ...]]:
    """The facts of an outcome; most variants of a batch have the same."""
    known = json.loads(text)
    return known["panels"], known["scale"], known["fit"], tuple(_problem(problem) for problem in known["problems"])


def _outcome(name: str, inputs: str, files: str, facts: str, seconds: float, content: str) -> Outcome:
    panels, scale, fit, problems = _known(facts)
    return Outcome(
        name=name,
        status=Status.BUILT,
        files=tuple(
            OutputFile(name=file, size=size, sha256=sha256, modified=modified)
            for file, size, sha256, modified in json.loads(files)
        ),
        inputs=_inputs(inputs),
        content=content,
        panels=panels,
        scale=scale,
        fit=fit,
        problems=problems,
        seconds=seconds,
    )


def _problem(known: Mapping[str, Any]) -> Problem:
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
