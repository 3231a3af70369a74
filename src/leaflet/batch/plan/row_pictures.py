"""Checks of the pictures that rows name, before anything is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from leaflet.batch.plan.batch_plan import Variant
from leaflet.batch.plan.source_info import SourceInfo
from leaflet.errors import Problem
from leaflet.model.workspace import Workspace


def missing_pictures(
    variants: Iterable[Variant], sources: Mapping[Path, SourceInfo | None], workspace: Workspace
) -> tuple[Problem, ...]:
    """Report what is wrong with the pictures that the fields of ``variants`` name; each file is checked once."""
    known: dict[tuple[Path, str], Problem | None] = {}
    problems: dict[Problem, None] = {}
    for variant in variants:
        info = sources[variant.source]
        if info is None:
            continue
        for template in info.pictures:
            fault = _fault(template, {**info.declared, **variant.choices.fields}, variant, workspace, known)
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
        return None  # an empty cell, which check_row reports, or a picture that a condition leaves out
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
