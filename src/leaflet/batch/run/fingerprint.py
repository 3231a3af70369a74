"""Fingerprints of everything that shapes a variant, to find out what has to be built again."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field

from leaflet.batch.plan.batch_plan import Axis, Variant
from leaflet.batch.plan.design_files import choice_files
from leaflet.batch.plan.source_info import SourceInfo
from leaflet.files import CONFIGURATION, read_file
from leaflet.model.metadata import AccessDate
from leaflet.model.workspace import Workspace
from leaflet.pipeline import OutputIntent, package_versions

NOT_SHAPING = ("cli", "shipped", "starter")
"""Parts of leaflet that no output depends on, or that are part of the fingerprint of a choice."""


class Fingerprints(Struct, kw_only=True):
    """The fingerprints of one batch: everything that shapes a variant, by name, with hashes of files.

    Variants with equal fingerprints and equal inputs have equal bytes, so nothing is built twice. Every file is read
    once, whatever the number of variants.
    """

    workspace: Workspace
    today: date
    program: str = field(default_factory=lambda: hash_program())
    _hashes: dict[Path, str] = field(default_factory=dict)
    _shared: dict[Hashable, str] = field(default_factory=dict)

    def shared(self, variant: Variant, info: SourceInfo) -> str:
        """Return as JSON what the variant has in common with others: program, source, choices and their files."""
        chosen = variant.choices
        key = (
            info.path,
            chosen.layout,
            chosen.style,
            chosen.csl,
            chosen.formats,
            chosen.allow_overflow,
            chosen.strict,
            chosen.fit,
            chosen.finish,
        )
        if key not in self._shared:
            self._shared[key] = json.dumps(self._common(variant, info), ensure_ascii=False)
        return self._shared[key]

    def own(self, variant: Variant, info: SourceInfo) -> str:
        """Return as JSON the values of the fields that its source uses."""
        values = {**info.declared, **variant.choices.fields}
        used = {f'field "{name}"': values.get(name, "") for name in info.used}
        return json.dumps(used, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def current(self, name: str) -> str:
        """Return the hash of an input by its name in the workspace; empty if it is gone."""
        for root in (self.workspace.root, self.workspace.shipped):
            path = root / name
            if path.is_file():
                return self.hash_of(path, inside=self.workspace.roots)
        return ""

    def hash_of(self, path: Path, *, inside: Iterable[Path] | None) -> str:
        """Return the SHA-256 of a file as first read by the batch; it must lie ``inside`` these folders, if any."""
        if path not in self._hashes:
            self._hashes[path] = sha256(read_file(path, inside=inside)).hexdigest()
        return self._hashes[path]

    def _common(self, variant: Variant, info: SourceInfo) -> dict[str, str]:
        chosen = variant.choices
        named = {
            Axis.LAYOUT: chosen.layout or info.metadata.layout,
            Axis.STYLE: chosen.style or info.metadata.style,
            Axis.CSL: chosen.csl or info.csl,
        }
        parts = {
            "the program": self.program,
            "the formats": " ".join(chosen.formats)
            + (" overflow" if chosen.allow_overflow else "")
            + (" strict" if chosen.strict else ""),
            f"the source {info.name}": self.hash_of(info.path, inside=self.workspace.roots),
        }
        if chosen.fit is not None:
            parts["the fit"] = chosen.fit.value
        if finish := self._finish(chosen.finish):
            parts["the finish"] = finish
        settings = self.workspace.root / CONFIGURATION
        if settings.is_file():
            parts[CONFIGURATION] = self.hash_of(settings, inside=self.workspace.roots)
        for axis, name in named.items():
            files = choice_files(axis, name, self.workspace)
            parts[f"the {_word(axis)}"] = f"{variant.labels[axis]} {self._hash_all(axis, files)}"
        if info.metadata.cite.access is AccessDate.BUILD:
            parts["the day"] = self.today.isoformat()
        return parts

    def _finish(self, asked: OutputIntent) -> str:
        """Return the choices for the PDF files in words; empty if there are none."""
        words = ["ua-2"] * asked.ua_2 + ["archive"] * asked.archive + ["attach-source"] * asked.attach_source
        if asked.press is not None:
            words += ["press", self.hash_of(asked.press, inside=self.workspace.roots), f"{asked.ink_limit or 'usual'}"]
        return " ".join(words)

    def _hash_all(self, axis: Axis, files: tuple[tuple[str, Path], ...]) -> str:
        # A citation style may be an official one, or one that the user named on the command line.
        inside = None if axis is Axis.CSL else self.workspace.roots
        together = "\n".join(f"{name} {self.hash_of(file, inside=inside)}" for name, file in files)
        return sha256(together.encode()).hexdigest()


def hash_program() -> str:
    """Return leaflet's own code and the versions of the packages that shape its outputs as one hash."""
    package = Path(__file__).parents[2]
    code = sha256()
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if path.is_file() and path.suffix != ".pyc" and inside[0] not in NOT_SHAPING:
            code.update(path.relative_to(package).as_posix().encode() + b"\0" + read_file(path, inside=None))
    for name, installed in package_versions().items():
        code.update(f"{name} {installed}\n".encode())
    return code.hexdigest()


def differences(before: str, now: str) -> tuple[str, ...]:
    """Return the names of the parts that differ between two fingerprints."""
    if before == now:
        return ()
    old, new = json.loads(before), json.loads(now)
    return tuple(name for name in {**old, **new} if old.get(name) != new.get(name))


def _word(axis: Axis) -> str:
    return "citation style" if axis is Axis.CSL else axis.value
