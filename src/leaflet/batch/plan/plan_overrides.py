"""Values that replace or extend those of a plan, and the plan for a file: a plan file, or a source with its data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.batch.data.read_data import DataFile
from leaflet.batch.plan.batch_plan import Axis, Empty, Plan
from leaflet.batch.plan.plan_file import read_plan
from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import OUTPUT, open_workspace, output_folder
from leaflet.model.layout import Fit
from leaflet.model.output_format import OutputFormat
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline import OutputIntent

PLAN_ENDING = ".batch.toml"


class PlanOverrides(Struct, frozen=True, kw_only=True):
    """Values that win over those of a plan, or add to it. None or empty leaves the plan's."""

    data: Path | None = None
    table: str | None = None
    encoding: str | None = None
    name: str | None = None
    formats: tuple[OutputFormat, ...] = ()
    axes: Mapping[Axis, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    """Conditions beside those of the plan."""
    empty: Empty | None = None
    output: Path | None = None
    fit: Fit | None = None
    ua: int | None = None
    finish: OutputIntent = field(default_factory=OutputIntent)
    """Without its part of PDF/UA, which is ``ua``."""
    allow_overflow: bool = False
    strict: bool = False


def plan_for(path: Path, overrides: PlanOverrides | None = None) -> Plan:
    """Return the plan for ``path``, which is a plan file or a source, with ``overrides``.

    A source needs data (``PlanOverrides(data=...)``) or a plan beside it, called ``NAME.batch.toml``.

    >>> plan_for(Path("missing.md"))
    Traceback (most recent call last):
    leaflet.errors.LeafletError: there is nothing to make variants of missing.md from
      hint: name a data file with --data, or write a plan called missing.batch.toml

    Raises:
        LeafletError: the plan is wrong, or a source has neither a plan nor data.
    """
    overrides = overrides or PlanOverrides()
    found = open_workspace(path)
    workspace = WatchedWorkspace(root=found.root, shipped=found.shipped)
    beside = path.with_name(f"{path.stem}{PLAN_ENDING}")
    if path.suffix == ".toml":
        plan = read_plan(path, workspace)
    elif beside.is_file() and overrides.data is None:
        plan = read_plan(beside, workspace)
    elif overrides.data is None and not overrides.axes:
        raise LeafletError(
            Problem(
                message=f"there is nothing to make variants of {path.name} from",
                hint=f"name a data file with --data, or write a plan called {beside.name}",
            )
        )
    else:
        plan = Plan(workspace=workspace, sources=(path.absolute(),), output=workspace.root / "output")
    workspace.allows(path)  # a plan is one of the files that results are made from
    return _changed(plan, overrides, workspace)


def _changed(plan: Plan, overrides: PlanOverrides, workspace: Workspace) -> Plan:
    return replace(
        plan,
        name=overrides.name or plan.name,
        formats=tuple(dict.fromkeys(overrides.formats)) or plan.formats,
        axes={**plan.axes, **{axis: _absolute(axis, names) for axis, names in overrides.axes.items()}},
        fields={**plan.fields, **overrides.fields},
        where=(*plan.where, *overrides.where),
        empty=overrides.empty or plan.empty,
        output=_output(plan, overrides),
        fit=overrides.fit or plan.fit,
        finish=_finish(plan.finish, overrides),
        allow_overflow=plan.allow_overflow or overrides.allow_overflow,
        strict=plan.strict or overrides.strict,
        data=_data(plan.data, overrides, workspace),
        places=_places(plan.places, overrides),
    )


def _places(planned: Mapping[str, Location], overrides: PlanOverrides) -> Mapping[str, Location]:
    """Return the places of values that the overrides leave as they are."""
    replaced = tuple(f"matrix.{axis}" for axis in overrides.axes) + (("name",) if overrides.name else ())
    return {key: place for key, place in planned.items() if not key.startswith(replaced)}


def _output(plan: Plan, overrides: PlanOverrides) -> Path:
    named = overrides.output.absolute() if overrides.output else None
    if named is None and plan.output != plan.workspace.root / OUTPUT:
        named = plan.output
    return output_folder(plan.workspace, named)


def _finish(planned: OutputIntent, overrides: PlanOverrides) -> OutputIntent:
    wanted = overrides.finish
    return OutputIntent(
        ua_2=planned.ua_2 if overrides.ua is None else overrides.ua == 2,
        archive=planned.archive or wanted.archive,
        attach_source=planned.attach_source or wanted.attach_source,
        press=wanted.press or planned.press,
        ink_limit=wanted.ink_limit or planned.ink_limit,
    )


def _data(planned: DataFile | None, overrides: PlanOverrides, workspace: Workspace) -> DataFile | None:
    if overrides.data is not None:
        path = overrides.data.absolute()
        inside = path.resolve().is_relative_to(workspace.root)
        planned = DataFile(path=path, name=workspace.name_of(path) if inside else overrides.data.name)
    if planned is None:
        return None
    return replace(planned, table=overrides.table or planned.table, encoding=overrides.encoding or planned.encoding)


def _absolute(axis: Axis, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``names`` with absolute paths of citation styles: workers run in other folders."""
    if axis is not Axis.CSL:
        return names
    return tuple(str(Path(name).resolve()) if name.endswith(".csl") else name for name in names)
