"""The table ``[check]`` of ``leaflet.toml``: which rules look at which sources, and exceptions with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from leaflet.checks.registry import Registry
from leaflet.checks.rule import Pack
from leaflet.errors import LeafletError, Location, Problem, SourceError
from leaflet.files import (
    CONFIGURATION,
    SENTENCE,
    LocatedData,
    ValuePath,
    check_toml,
    dotted_places,
    load_toml,
    nearest_place,
    read_text,
)
from leaflet.model.workspace import Workspace

TABLE = "check"
OLD_AFTER = 10


class PerFile(BaseModel):
    """Other rules for some sources."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    files: str = Field(examples=["source/old-*.md"])
    select: tuple[str, ...] = Field(default=(), examples=[["easy-read"]])
    ignore: tuple[str, ...] = Field(default=(), examples=[["L101"]])
    reason: str = Field(default="", examples=["replaced in spring"])

    @model_validator(mode="after")
    def _has_reason(self) -> PerFile:
        if self.ignore and not self.reason.strip():
            what = {"what": f'the exception for "{self.files}" gives no reason', "hint": 'add reason = "…"'}
            raise PydanticCustomError(SENTENCE, "{what}", what)
        return self


class CheckTable(BaseModel):
    """The keys of ``[check]``."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    select: tuple[str, ...] = Field(default=(), examples=[["health"]])
    ignore: tuple[str, ...] = Field(default=(), examples=[["L201"]])
    sources_older_than: int = Field(default=OLD_AFTER, alias="sources-older-than", ge=1, le=100)
    per_file: tuple[PerFile, ...] = Field(default=(), alias="per-file")


class Selection(Struct, frozen=True, kw_only=True):
    """The rules that look at one source."""

    codes: frozenset[str]
    old_after: int = OLD_AFTER


def select_rules(
    registry: Registry,
    workspace: Workspace | None,
    source: str,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Selection:
    """Return the rules for ``source``, a name in the workspace.

    ``select`` and ``ignore`` are those of the command line; they win over ``leaflet.toml``. Of several entries of
    ``per-file`` all count that name the source, and a ``select`` of theirs replaces the one for all sources.

    Raises:
        LeafletError: the table is wrong, or a word names no rule.
    """
    table, places = _read(workspace) if workspace is not None else (CheckTable(), {})
    entries = [(number, one) for number, one in enumerate(table.per_file) if _names(one.files, source)]
    chosen = [(one.select, f"per-file.{number}.select") for number, one in entries if one.select]
    chosen = chosen or [(table.select or (str(Pack.BASE),), "select")]
    dropped = [(table.ignore, "ignore"), *((one.ignore, f"per-file.{number}.ignore") for number, one in entries)]
    if select:
        chosen = [(tuple(select), "--select")]
    codes: set[str] = set()
    problems: list[Problem] = []
    for words, key in chosen:
        codes |= _matching(registry, words, _place(key, places), problems)
    for words, key in [*dropped, (tuple(ignore), "--ignore")]:
        codes -= _matching(registry, words, _place(key, places), problems)
    if problems:
        raise LeafletError(problems)
    return Selection(codes=frozenset(codes), old_after=table.sources_older_than)


def _names(pattern: str, source: str) -> bool:
    return fnmatchcase(source, pattern) or fnmatchcase(PurePosixPath(source).name, pattern)


def _matching(registry: Registry, words: Sequence[str], at: Location, problems: list[Problem]) -> frozenset[str]:
    try:
        return registry.matching(words, at)
    except LeafletError as error:
        problems += error.problems
        return frozenset()


def _place(key: str, places: dict[str, Location]) -> Location:
    if key.startswith("--"):
        return Location(file=key)
    return nearest_place((TABLE, *key.split(".")), places) or Location(file=CONFIGURATION)


def _read(workspace: Workspace) -> tuple[CheckTable, dict[str, Location]]:
    path = workspace.root / CONFIGURATION
    if not path.is_file():  # what is no file was refused with the other settings
        return CheckTable(), {}
    text = read_text(workspace.resolve(path, beside=workspace.root), name=CONFIGURATION, inside=workspace.roots)
    located = load_toml(text, name=CONFIGURATION)
    given = located.data.get(TABLE, {})
    if not isinstance(given, dict):
        hint = f"write [{TABLE}] on a line of its own"
        raise SourceError(Problem(message=f'"{TABLE}" is not a table', location=located.place((TABLE,)), hint=hint))
    inner = LocatedData(data=given, keys=_below(located.keys), values=_below(located.values))
    return check_toml(CheckTable, inner, of=f"[{TABLE}]"), dotted_places(located.values)


def _below(places: Mapping[ValuePath, Location]) -> dict[ValuePath, Location]:
    """Return the places of what is in the table, by their paths from there."""
    return {path[1:]: place for path, place in places.items() if path[:1] == (TABLE,)}
