"""From what a user asks on the command line to a plan: a plan file, or one source with its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from leaflet.batch.data.read_data import DataFile
from leaflet.batch.plan.batch_plan import FORMATS, Axis, Empty, Plan
from leaflet.batch.plan.plan_file import read_plan
from leaflet.errors import LeafletError, Problem
from leaflet.files import OUTPUT, output_folder
from leaflet.model.layout import Fit
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline import OutputIntent

PLAN_ENDING = ".batch.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line adds to a plan, or says instead of it. Empty where nothing was said."""

    data: Path | None = None
    table: str | None = None
    encoding: str | None = None
    name: str | None = None
    formats: tuple[str, ...] = ()
    axes: Mapping[Axis, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    empty: Empty | None = None
    output: Path | None = None
    fit: Fit | None = None
    finish: OutputIntent = field(default_factory=OutputIntent)
    allow_overflow: bool = False


def plan_for(asked: Path, wishes: Wishes) -> Plan:
    """The plan that ``asked`` is, or that stands beside the source ``asked``, under what the command line says.

    Raises:
        LeafletError: the plan is wrong, or a source has neither a plan nor data.
    """
    from leaflet.source import open_workspace

    found = open_workspace(asked)
    workspace = WatchedWorkspace(root=found.root, shipped=found.shipped)
    beside = asked.with_name(f"{asked.stem}{PLAN_ENDING}")
    if asked.suffix == ".toml":
        plan = read_plan(asked, workspace)
    elif beside.is_file() and wishes.data is None:
        plan = read_plan(beside, workspace)
    elif wishes.data is None and not wishes.axes:
        raise LeafletError(
            Problem(
                message=f"there is nothing to make variants of {asked.name} from",
                hint=f"name a data file with --data, or write a plan called {beside.name}",
            )
        )
    else:
        plan = Plan(workspace=workspace, sources=(asked.absolute(),), output=workspace.root / "output")
    workspace.allows(asked)  # a plan is one of the files that results are made from
    return _under(plan, wishes, workspace)


def _under(plan: Plan, wishes: Wishes, workspace: Workspace) -> Plan:
    axes = {**plan.axes, **{axis: _paths(axis, names) for axis, names in wishes.axes.items()}}
    changed = replace(
        plan,
        name=wishes.name or plan.name,
        formats=tuple(dict.fromkeys(wishes.formats)) or plan.formats or FORMATS,
        axes=axes,
        fields={**plan.fields, **wishes.fields},
        where=(*plan.where, *wishes.where),
        empty=wishes.empty or plan.empty,
        output=_output(plan, wishes),
        fit=wishes.fit or plan.fit,
        finish=_finish(plan.finish, wishes.finish),
        allow_overflow=plan.allow_overflow or wishes.allow_overflow,
    )
    return replace(changed, data=_data(plan.data, wishes, workspace))


def _output(plan: Plan, wishes: Wishes) -> Path:
    named = wishes.output.absolute() if wishes.output else None
    if named is None and plan.output != plan.workspace.root / OUTPUT:
        named = plan.output
    return output_folder(plan.workspace, named)


def _finish(planned: OutputIntent, wished: OutputIntent) -> OutputIntent:
    return OutputIntent(
        archive=planned.archive or wished.archive,
        attach_source=planned.attach_source or wished.attach_source,
        press=wished.press or planned.press,
        ink_limit=wished.ink_limit or planned.ink_limit,
    )


def _data(planned: DataFile | None, wishes: Wishes, workspace: Workspace) -> DataFile | None:
    if wishes.data is not None:
        path = wishes.data.absolute()
        inside = path.resolve().is_relative_to(workspace.root)
        planned = DataFile(path=path, name=workspace.name_of(path) if inside else wishes.data.name)
    if planned is None:
        return None
    return replace(planned, table=wishes.table or planned.table, encoding=wishes.encoding or planned.encoding)


def _paths(axis: Axis, names: tuple[str, ...]) -> tuple[str, ...]:
    """A ``.csl`` file that a user names may lie anywhere; workers may stand elsewhere."""
    if axis is not Axis.CSL:
        return names
    return tuple(str(Path(name).resolve()) if name.endswith(".csl") else name for name in names)
