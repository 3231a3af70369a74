"""Pictures that a row names: looked for before anything is built, so that the row can be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from leaflet.batch.plan.batch_plan import Variant
from leaflet.batch.plan.source_info import SourceFacts
from leaflet.errors import Problem
from leaflet.model.workspace import Workspace


def missing_pictures(
    variants: Iterable[Variant], sources: Mapping[Path, SourceFacts | None], workspace: Workspace
) -> tuple[Problem, ...]:
    """What is wrong with the pictures that the fields of ``variants`` name; each file is looked at once."""
    known: dict[tuple[Path, str], Problem | None] = {}
    problems: dict[Problem, None] = {}
    for variant in variants:
        facts = sources[variant.source]
        if facts is None:
            continue
        for template in facts.pictures:
            fault = _fault(template, {**facts.declared, **variant.choices.fields}, variant, workspace, known)
            if fault is not None:
                problems[fault] = None
    return tuple(problems)


def _fault(
    template: str,
    values: Mapping[str, str],
    variant: Variant,
    workspace: Workspace,
    known: dict[tuple[Path, str], Problem | None],
) -> Problem | None:
    from leaflet.files import FIELD_REFERENCE, Invalid, check_image, fill_path

    names = FIELD_REFERENCE.findall(template)
    if not all(values.get(name) for name in names):
        return None  # an empty cell, which is told elsewhere, or a picture that a condition leaves out
    try:
        path = fill_path(template, values)
    except Invalid as error:
        return Problem(message=error.message, location=variant.place, hint=error.hint)
    folder = variant.source.parent
    if (folder, path) not in known:
        found = check_image(path, folder=folder, workspace=workspace, asked_at=None)
        known[folder, path] = found[0] if found else None
    fault = known[folder, path]
    if fault is None:
        return None
    return Problem(message=f"{', '.join(names)}: {fault.message}", location=variant.place, hint=fault.hint)
