"""Templates of pages: those that leaflet brings along, and those of layouts, which run in a sandbox."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_packaged, read_utf8

LARGEST = 5_000_000
"""In bytes, of a template."""


def packaged_text(name: str) -> str:
    """Return the text of one of leaflet's own template files."""
    return read_packaged("leaflet.html", "templates", name).decode()


class TemplateLoader(BaseLoader):
    """The templates in some folders, the first that has one before the others.

    ``inside`` are the folders that links may lead to.
    """

    def __init__(self, folders: Sequence[Path], *, inside: Sequence[Path]) -> None:
        self._folders = folders
        self._inside = inside

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Return the text of a template, its path, and a check whether it is still the same.

        Raises:
            UnsafeError: the file is a link that leads out of the workspace.
            TemplateNotFound: no folder has it.
        """
        parts = split_template_path(template)
        path = next((path for folder in self._folders if (path := folder.joinpath(*parts)).is_file()), None)
        if path is None:
            raise TemplateNotFound(template)
        read = path.stat()
        text = read_utf8(path, inside=self._inside, largest=LARGEST)
        return text, str(path), lambda: _is_same(path, read)


def _is_same(path: Path, before: os.stat_result) -> bool:
    try:
        now = path.stat()
    except OSError:
        return False
    return (now.st_mtime_ns, now.st_size, now.st_ino) == (before.st_mtime_ns, before.st_size, before.st_ino)


class LayoutTemplates:
    """The templates of one layout: its own, then the shared ones. They see their context and nothing else."""

    def __init__(self, environment: ImmutableSandboxedEnvironment, folder: Path) -> None:
        self._environment = environment
        self._folder = folder

    def source(self, name: str) -> str | None:
        """Return the text of a template, or None where the layout has none of that name."""
        assert self._environment.loader is not None
        try:
            return self._environment.loader.get_source(self._environment, name)[0]
        except TemplateNotFound:
            return None

    def own_sources(self) -> list[str]:
        """Return the text of all templates in the layout's own folder."""
        names = sorted(path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*.j2"))
        return [text for text in map(self.source, names) if text is not None]

    def fill(self, name: str, context: Mapping[str, object]) -> str:
        """Return a template, filled.

        Raises:
            LayoutError: the template is not sound, or asks for what it may not see.
        """
        try:
            return self._environment.get_template(name).render(context)
        except TemplateError as error:
            place = getattr(error, "name", None) or name
            raise LayoutError(
                Problem(
                    message=f"the template cannot be filled: {error.message or type(error).__name__}",
                    location=Location(file=f"layouts/{self._folder.name}/{place}", line=getattr(error, "lineno", None)),
                    hint="compare it with the templates in layouts/shared",
                )
            ) from error


def sandbox(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
