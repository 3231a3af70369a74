"""Templates of pages: those that leaflet brings along, and those of layouts, which run in a sandbox."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from functools import wraps
from importlib.resources import files
from pathlib import Path
from traceback import walk_tb

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.runtime import Context, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflet.errors import LayoutError, LeafletError, Location, Problem
from leaflet.files import read_packaged, read_utf8
from leaflet.html.template_code import TemplateCode, byte_code_folder

LARGEST = 5_000_000
"""In bytes, of a template."""
LONGEST_PAGE = 50_000_000
"""In letters, of a page or a part of it; a book has two million."""
LONGEST_TEXT = 5_000_000
"""In letters, of what one operator of a template may make."""
MOST_STEPS = 1_000_000
"""The largest number that a template may hand to a function."""
COUNTING = ("batch", "center", "indent", "slice", "truncate", "wordwrap")
"""Filters that make as much as a number says."""
WIDE_FORMAT = re.compile(r"%[^a-zA-Z]*(?:\d{5,}|\*)")


def packaged_text(name: str) -> str:
    """Return the text of one of leaflet's own template files."""
    return read_packaged("leaflet.html", "templates", *name.split("/")).decode()


def packaged_css(folder: str, names: tuple[str, ...]) -> str:
    """Return the text of those of leaflet's own CSS files that are in a folder of the templates, one after the other."""
    there = files("leaflet.html").joinpath("templates", folder)
    return "\n".join(packaged_text(f"{folder}/{name}") for name in names if there.joinpath(name).is_file())


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
            filled = self._environment.get_template(name).render(context)
            filled.encode()  # half of a character, which "\\ud800" makes, could be in no file
            return filled
        except LeafletError:
            raise
        except Exception as error:  # an expression of a template can raise anything, as Python can
            raise LayoutError(self._problem(error, name)) from error

    def _problem(self, error: Exception, name: str) -> Problem:
        """Return the message for what a template raised, with the template and the line."""
        place, line = getattr(error, "name", None) or name, getattr(error, "lineno", None)
        if not isinstance(error, TemplateSyntaxError):
            # Jinja2 puts frames with the names and lines of templates into the traceback.
            frames = [(frame.f_code.co_filename, at) for frame, at in walk_tb(error.__traceback__)]
            file, line = next(((file, at) for file, at in reversed(frames) if file.endswith(".j2")), (place, line))
            place = Path(file).name
        words = (error.message or "") if isinstance(error, TemplateError) else str(error)
        if isinstance(error, RecursionError):
            words = "it is nested too deeply, or calls itself"
        elif isinstance(error, MemoryError):
            words = "it needs too much memory"
        return Problem(
            message=f"the template cannot be filled: {words[:300] or type(error).__name__}",
            location=Location(file=f"layouts/{self._folder.name}/{place}", line=line),
            hint="compare it with the templates in layouts/shared",
        )


def _joined(parts: Iterable[str]) -> str:
    """Return the pieces that a template makes as one text.

    Raises:
        SecurityError: it would be too large.
    """
    made: list[str] = []
    length = 0
    for part in parts:
        made.append(part)
        length += len(part) + 1  # pieces of nothing take memory too
        if length > LONGEST_PAGE:
            raise SecurityError(f"it makes more than {LONGEST_PAGE:,} letters")
    return "".join(made)


class BoundedCode(CodeGenerator):
    """Python made of a template, in which ``~`` is bounded as other operators are."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the join of texts."""
        self.write("environment.tilde((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class BoundedSandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which no single step makes something huge; the budget of the run bounds the number of steps."""

    code_generator_class = BoundedCode
    concat = staticmethod(_joined)

    def tilde(self, parts: Sequence[object]) -> str:
        """Return what ``~`` makes of values.

        Raises:
            SecurityError: it would be too large.
        """
        if sum(len(part) for part in parts if isinstance(part, str)) > LONGEST_TEXT:
            raise SecurityError(f"an operator would make more than {LONGEST_TEXT:,} letters")
        return markup_join(parts)

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Return what an operator makes of two values.

        Raises:
            SecurityError: it would be too large.
        """
        sizes = [
            abs(value) if isinstance(value, int) else len(value) if isinstance(value, Sized) else 1
            for value in (left, right)
        ]
        is_number = isinstance(left, int | float) and isinstance(right, int | float)
        too_large = {
            "*": not is_number and sizes[0] * sizes[1] > LONGEST_TEXT,
            "**": sizes[1] > 64 or sizes[0] > LONGEST_TEXT,
            "%": not is_number and bool(WIDE_FORMAT.search(str(left))),
            "+": not is_number and sum(sizes) > LONGEST_TEXT,
        }
        if too_large[operator]:
            raise SecurityError(f"the operator {operator} would make something too large")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, called: object, *arguments: object, **named: object) -> object:
        """Return the result of a function or method of a text for these arguments.

        Raises: SecurityError: the result would be too large.
        """
        if any(isinstance(value, int) and abs(value) > MOST_STEPS for value in (*arguments, *named.values())):
            raise SecurityError(f"a function cannot take a number beyond {MOST_STEPS:,}")
        return super().call(context, called, *arguments, **named)


def _bounded(apply: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that takes no huge numbers."""

    @wraps(apply)
    def checked(*arguments: object, **named: object) -> object:
        if any(isinstance(value, int) and abs(value) > MOST_STEPS for value in (*arguments, *named.values())):
            raise SecurityError(f"a filter cannot take a number beyond {MOST_STEPS:,}")
        return apply(*arguments, **named)

    return checked


def template_code() -> TemplateCode:
    """Return the byte code of templates that earlier processes have compiled."""
    module = Path(__file__)
    return TemplateCode(byte_code_folder(module, os.environ), module)


def sandbox(loader: BaseLoader, code: TemplateCode) -> ImmutableSandboxedEnvironment:
    """Return the environment in which templates of layouts run; ``code`` has those that are compiled."""
    made = BoundedSandbox(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=code,
    )
    made.filters.update({name: _bounded(made.filters[name]) for name in COUNTING})
    del made.globals["lipsum"]  # no leaflet needs text without meaning, of which it makes any amount
    return made
