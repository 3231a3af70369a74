"""Reader of plan files: TOML, checked by the model, becomes a plan."""

from __future__ import annotations

from pathlib import Path

from leaflet.batch.data.read_data import DataFile
from leaflet.batch.plan.batch_plan import Axis, FieldRule, Override, Plan
from leaflet.files import check_toml, dotted_places, load_toml, read_text
from leaflet.model.workspace import Workspace
from leaflet.pipeline import OutputIntent


def read_plan(path: Path, workspace: Workspace) -> Plan:
    """Read the plan in the file at ``path``; paths in it start from its folder and stay in the workspace.

    Raises:
        LeafletError: everything in it that is not as it should be.
    """
    from leaflet.batch.plan.plan_model import PlanFile, PlanFolder

    name = workspace.name_of(path)
    located = load_toml(read_text(path, name=name, inside=(path.resolve().parent,)), name=name)
    context = PlanFolder(folder=path.parent, workspace=workspace)
    file = check_toml(PlanFile, located, of="a plan", context=context)
    return Plan(
        workspace=workspace,
        sources=tuple(Path(source) for source in file.source),
        output=Path(file.output) if file.output else workspace.root / "output",
        data=None if file.data is None else _data_file(file.data.file, file.data.encoding, file.data.table, workspace),
        name=file.name,
        formats=tuple(dict.fromkeys(file.formats)),
        axes={axis: tuple(names) for axis in Axis if (names := getattr(file.matrix, axis.value)) is not None},
        fields=file.set,
        include=tuple(file.include),
        exclude=tuple(file.exclude),
        overrides=tuple(Override(match=entry.match, values=entry.set) for entry in file.override),
        where=tuple(file.where),
        rules={
            name: FieldRule(kind=rule.kind, longest=rule.longest, empty=rule.empty, among=tuple(rule.among))
            for name, rule in file.rules.items()
        },
        empty=file.empty,
        fit=file.fit,
        finish=OutputIntent(
            ua_2=file.ua == 2,
            archive=file.archive,
            attach_source=file.attach_source,
            press=Path(file.press) if file.press else None,
            ink_limit=file.ink_limit,
        ),
        allow_overflow=file.allow_overflow,
        strict=file.strict,
        places=dotted_places(located.values),
    )


def _data_file(path: str, encoding: str | None, table: str | None, workspace: Workspace) -> DataFile:
    return DataFile(
        path=Path(path), name=workspace.name_of(Path(path)), inside=workspace.roots, encoding=encoding, table=table
    )
