"""Jinja templates of a batch's pages. Everything that they fill in is escaped."""

from __future__ import annotations

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from leaflet.files import read_packaged


def fill_template(name: str, values: dict[str, object]) -> str:
    """Return the template ``name`` filled with ``values``; only :class:`markupsafe.Markup` among them stays as it is."""
    environment = Environment(
        loader=FunctionLoader(_read),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(values)


def read_part(name: str) -> Markup:
    """Return a style sheet or a script of the templates' folder, which is leaflet's own and not escaped."""
    return Markup(_read(name))  # noqa: S704


def _read(name: str) -> str:
    return read_packaged("leaflet.batch.output", f"templates/{name}").decode()
