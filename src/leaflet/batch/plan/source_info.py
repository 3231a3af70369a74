"""What a batch must know of a source before it builds anything: its fields, which it uses, and what it chooses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leaflet.errors import LeafletError, Problem, Severity
from leaflet.model.metadata import Metadata
from leaflet.model.workspace import Workspace
from leaflet.pipeline import resolve_style

CONDITION = re.compile(r"when=(\"[^\"\n]*\"|'[^'\n]*')")

PICTURE = re.compile(r"!\[[^\]\n]*\]\(([^()\n\"]*\{\{[^()\n\"]*\}\}[^()\n\"]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """One source of a batch, read once."""

    path: Path
    name: str
    """As messages call it: relative to the workspace."""
    metadata: Metadata
    declared: Mapping[str, str]
    """The source's own values of its fields."""
    used: frozenset[str]
    """The fields that its text, its front matter or the workspace's settings name."""
    pictures: tuple[str, ...]
    """Paths of pictures that fields name, relative to the source's folder."""
    texts: tuple[str, ...]
    """What it is made of: the source and the workspace's settings."""
    csl: str
    """Its own citation style: a name, or the path of a ``.csl`` file."""


def read_facts(
    path: Path, workspace: Workspace, *, sample: Mapping[str, str]
) -> tuple[SourceFacts | None, tuple[Problem, ...]]:
    """Read the source at ``path`` as its first row would have it; without facts there is an error among the problems.

    ``sample`` are values for fields; those that the source does not know are left out.
    """
    from leaflet.source import read_source

    name = workspace.name_of(path)
    try:
        texts = _texts(path, workspace)
        declared = _declared(texts[0], name, workspace)
        used = _used(texts, declared, sample)
        given = {key: value for key, value in sample.items() if key in declared or key in used}
        result = read_source(path, workspace, fields=given)
        metadata = result.document.metadata
        asked_at = metadata.places.get("csl")
        csl = resolve_style(metadata.csl, workspace, beside=path.parent, trusted=False, asked_at=asked_at)
    except LeafletError as error:
        return None, error.problems
    facts = SourceFacts(
        path=path,
        name=name,
        metadata=metadata,
        declared=declared,
        used=used,
        pictures=tuple(sorted({found[1].strip() for found in PICTURE.finditer(texts[0])})),
        texts=texts,
        csl=csl,
    )
    warnings = (problem for problem in result.problems if not _of_undeclared(problem, set(used) - set(declared)))
    return facts, tuple(warnings)


def translation(path: Path, lang: str) -> Path:
    """Where the translation of a source into ``lang`` stands: ``asthma.md`` becomes ``asthma.de.md``."""
    return path.with_name(f"{path.stem}.{lang}{path.suffix}")


def _texts(path: Path, workspace: Workspace) -> tuple[str, ...]:
    from leaflet.files import CONFIGURATION, read_text

    own = read_text(path, name=workspace.name_of(path), inside=workspace.roots)
    settings = workspace.root / CONFIGURATION
    if not settings.is_file():
        return (own,)
    return own, read_text(settings, name=CONFIGURATION, inside=workspace.roots)


def _declared(text: str, name: str, workspace: Workspace) -> dict[str, str]:
    from leaflet.files import read_settings
    from leaflet.source import read_front_matter, split

    config = read_settings(workspace).shared
    return dict(read_front_matter(split(text, name=name), name=name, config=config).fields)


def _used(texts: tuple[str, ...], declared: Mapping[str, str], sample: Mapping[str, str]) -> frozenset[str]:
    """Fields named between double braces, and those whose name stands in a condition: rather too many than too few."""
    from leaflet.files import FIELD_REFERENCE

    together = "\n".join(texts)
    named = set(FIELD_REFERENCE.findall(together))
    conditions = " ".join(CONDITION.findall(together))
    words = set(re.findall(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*", conditions))
    asked = {
        name for name in (*declared, *sample) if any(name == word or name.startswith(f"{word}.") for word in words)
    }
    return frozenset(named | asked)


def _of_undeclared(problem: Problem, names: set[str]) -> bool:
    """Whether a warning says that a field is given but not declared, though the source uses it."""
    return problem.severity is Severity.WARNING and any(
        problem.message.startswith(f'the field "{name}" is given') for name in names
    )
