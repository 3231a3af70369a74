"""Templates of pages: those that leaflet brings along, and those of layouts, which run in a sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound
from jinja2.loaders import BaseLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflet.errors import LayoutError, Location, Problem


def packaged_text(name: str) -> str:
    """Return the text of one of leaflet's own template files."""
    return files("leaflet.html").joinpath("templates", name).read_text(encoding="utf-8")


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
