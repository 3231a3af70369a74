"""TOML file of a layout or style: read, checked by its model, with the place of every value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from leaflet.errors import LayoutError, Location, Problem, SourceError
from leaflet.files import LocatedData, TomlTable, ValuePath, check_toml, load_toml, read_text

Model = TypeVar("Model", bound=TomlTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFile(Generic[Model]):
    """A file whose single values are right, with the problems of their combinations."""

    values: Model
    located: LocatedData
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
    name = f"{folder.parent.name}/{folder.name}/{file}"
    kind = "a layout" if file == "layout.toml" else "a style"
    with as_layout_error():
        located = load_toml(read_text(folder / file, name=name, inside=(folder, *roots)), name=name)
        return DesignFile(values=check_toml(model, located, of=kind), located=located)


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
