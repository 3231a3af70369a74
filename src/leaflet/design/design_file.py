"""TOML file of a layout or style: read, checked by its model, with the place of every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct, field

from leaflet.errors import LayoutError, Location, Problem, SourceError
from leaflet.files import LocatedData, TomlTable, ValuePath, check_toml, load_toml, read_text

Model = TypeVar("Model", bound=TomlTable)


class DesignFile(Struct, Generic[Model], frozen=True, kw_only=True):
    """A file whose single values are right, with the problems of their combinations."""

    values: Model
    located: LocatedData
    bases: tuple[Path, ...] = ()
    """The folders of those that it is based on, the nearest first."""
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, message: str, *, hint: str, at: ValuePath) -> None:
        """Note that the value at a path does not go with others."""
        self.problems.append(Problem(message=message, location=self.place(at), hint=hint))

    def place(self, path: ValuePath) -> Location | None:
        """Return the place of the value at ``path``, or of what is around it."""
        return self.located.place(path)

    def stop_if_wrong(self) -> None:
        """Raise what was noted.

        Raises:
            LayoutError: something was.
        """
        if self.problems:
            raise LayoutError(self.problems)


def read_design(folder: Path, file: str, model: type[Model], roots: Sequence[Path]) -> DesignFile[Model]:
    """Read ``file`` in the folder of a layout or style; if it is a link, it may lead into ``folder`` or ``roots``.

    Raises:
        UnsafeError: it lies outside.
        LayoutError: it cannot be read, or all that is wrong with single values.
    """
    kind = "a layout" if file == "layout.toml" else "a style"
    with as_layout_error():
        located, bases = _with_bases(folder, file, roots, ())
        return DesignFile(values=check_toml(model, located, of=kind), located=located, bases=bases)


BASED_ON = "based-on"
"""The key that names the layout or style from which one takes all that it does not say itself."""
MOST_BASES = 5


def _with_bases(
    folder: Path, file: str, roots: Sequence[Path], above: tuple[Path, ...]
) -> tuple[LocatedData, tuple[Path, ...]]:
    """Return what a file says, laid over what those say that it is based on; and the folders of those."""
    name = f"{folder.parent.name}/{folder.name}/{file}"
    own = load_toml(read_text(folder / file, name=name, inside=(folder, *roots)), name=name)
    wanted = own.data.get(BASED_ON)
    if not isinstance(wanted, str):
        return own, ()
    seen = (*above, folder)
    places = (root / folder.parent.name / wanted for root in roots)
    base = next((place for place in places if place not in seen and (place / file).is_file()), None)
    if base is None or Path(wanted).name != wanted or len(seen) > MOST_BASES:
        message = f'there is no {folder.parent.name.removesuffix("s")} "{wanted[:40]}" to be based on'
        hint = f"name a folder of {folder.parent.name}/, or one that comes with leaflet"
        raise SourceError(Problem(message=message, location=own.place((BASED_ON,)), hint=hint))
    below, bases = _with_bases(base, file, roots, seen)
    return _laid_over(own, below), (base, *bases)


def _laid_over(own: LocatedData, below: LocatedData) -> LocatedData:
    """Return both, key by key within tables; of two values for a key the one of ``own`` counts."""
    return LocatedData(
        data=_merged(own.data, below.data),
        keys={**below.keys, **own.keys},
        values={**below.values, **own.values},
    )


def _merged(own: Mapping[str, object], below: Mapping[str, object]) -> dict[str, object]:
    both: dict[str, object] = {**below, **own}
    for key in own.keys() & below.keys():
        mine, theirs = own[key], below[key]
        if isinstance(mine, dict) and isinstance(theirs, dict):
            both[key] = _merged(mine, theirs)
    return both


@contextmanager
def as_layout_error() -> Iterator[None]:
    """Let a text that cannot be read be an error of the layout or style that it belongs to.

    Raises:
        LayoutError: the text cannot be read as meant.
    """
    try:
        yield
    except SourceError as error:
        raise LayoutError(error.problems) from None
