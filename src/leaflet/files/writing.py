"""Writing results: every file appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from leaflet.errors import LeafletError, Problem


def write_together(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write ``files`` (name to content) into ``folder``: all are on the disk before the first gets its name.

    Raises:
        LeafletError: the folder or a file in it cannot be written.
    """
    waiting: list[tuple[Path, Path]] = []
    name = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
            waiting.append((Path(temporary), folder / name))
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(0o644)
        for temporary_path, path in waiting:
            name = path.name
            temporary_path.replace(path)
    except OSError as error:
        raise LeafletError(_refused(folder, name, error)) from None
    finally:
        for temporary_path, _ in waiting:
            with suppress(OSError):
                temporary_path.unlink()
    return tuple(path for _, path in waiting)


def _refused(folder: Path, name: str, error: OSError) -> Problem:
    """What the system refused, by the name that the file was to have."""
    what = f'"{name}" cannot be written into "{folder}"' if name else f'the folder "{folder}" cannot be made'
    hint = "see who may write there and what stands there already, or choose another folder with --output"
    return Problem(message=f"{what}: {error.strerror or error}", hint=hint)


def shown_path(path: Path) -> Path:
    """``path`` as a user reads it: relative to where the command was given, if it lies there."""
    real, here = path.resolve(), Path.cwd()
    return real.relative_to(here) if real.is_relative_to(here) else real
