"""Checks of the data against the fields of the sources and the plan's rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leaflet.batch.data.table import Row, RowTable, quoted
from leaflet.batch.plan.batch_plan import Axis, Empty, FieldKind, FieldRule, Plan
from leaflet.batch.plan.source_info import SourceInfo
from leaflet.errors import Location, Problem, Severity
from leaflet.files import forbidden, suggestion

ANY = FieldRule()


def check_fields(
    table: RowTable, plan: Plan, sources: Sequence[SourceInfo], named: Iterable[str]
) -> tuple[Problem, ...]:
    """Report columns that nothing uses and fields without a value; names and conditions use the columns ``named``."""
    declared = {name for info in sources for name in info.declared}
    used = {name for info in sources for name in info.used}
    known = declared | used | set(named) | set(Axis) | set(plan.rules)
    problems = [
        _unknown(column, declared | used, table.header) for column in table.columns if column and column not in known
    ]
    problems += [
        Problem(
            message=f'[rules] names the field "{name}", which neither the data nor a source has',
            location=plan.place("rules", name),
            hint=_near(name, declared | used | set(table.columns)) or "take the rule out",
        )
        for name in plan.rules
        if name not in declared | used | set(table.columns)
    ]
    for info in sources:
        for name in sorted(info.used):
            given = name in table.columns or name in plan.fields or info.declared.get(name, "")
            if not given and _empty(name, plan) is not Empty.BLANK:
                problems.append(_missing(name, info, table))
    return tuple(problems)


def check_row(row: Row, plan: Plan, needed: frozenset[str]) -> tuple[Problem, ...]:
    """Report what is wrong with the values of one row; ``needed`` are the fields that a source uses."""
    problems = []
    for name in sorted(needed | set(plan.rules)):
        if name in plan.fields:
            continue
        value = row.values.get(name)
        if value is None:
            continue
        if not value:
            if name in needed and _empty(name, plan) is Empty.REFUSE:
                hint = f'fill it in, or let [rules."{name}"] say empty = "default" or empty = "blank"'
                problems.append(Problem(message=f"{name}: the cell is empty", location=row.place, hint=hint))
            continue
        problems += _breaches(name, value, plan.rules.get(name, ANY), row.place)
    return tuple(problems)


def field_values(row: Row, plan: Plan, info: SourceInfo) -> dict[str, str]:
    """Return the values for the fields that the source knows: the plan's own, else the row's."""
    values: dict[str, str] = {}
    for name in (*row.values, *plan.fields):
        if name not in info.declared and name not in info.used:
            continue
        value = plan.fields.get(name, row.values.get(name, ""))
        if value or name in plan.fields or _empty(name, plan) is not Empty.DEFAULT:
            values[name] = value
    return dict(sorted(values.items()))


def _empty(name: str, plan: Plan) -> Empty:
    return plan.rules.get(name, ANY).empty or plan.empty


def _breaches(name: str, value: str, rule: FieldRule, place: Location) -> list[Problem]:
    problems = [
        Problem(message=f"{name}: {message}", location=place, hint=hint) for _, message, hint in forbidden(value)
    ]
    if rule.longest is not None and len(value) > rule.longest:
        message = f"{name}: {quoted(value)} has {len(value)} characters, {len(value) - rule.longest} too many"
        problems.append(Problem(message=message, location=place, hint=f"the plan allows {rule.longest}"))
    if rule.among and value not in rule.among:
        hint = _near(value, rule.among) or f"the plan allows {', '.join(rule.among)}"
        problems.append(Problem(message=f"{name}: {quoted(value)} is not allowed here", location=place, hint=hint))
    fault = None if rule.kind is FieldKind.TEXT else _kind_fault(value, rule.kind)
    if fault:
        message, hint = fault
        problems.append(Problem(message=f"{name}: {message}", location=place, hint=hint))
    return problems


def _kind_fault(value: str, kind: FieldKind) -> tuple[str, str] | None:
    from leaflet.files import value_checks

    try:
        match kind:
            case FieldKind.TEXT:
                pass
            case FieldKind.NUMBER:
                float(value)
            case FieldKind.DATE:
                value_checks.date(value)
            case FieldKind.EMAIL:
                value_checks.email(value)
            case FieldKind.URL:
                value_checks.url(value)
    except value_checks.Invalid as error:
        return error.message, error.hint
    except ValueError:
        return f"{quoted(value)} is not a number", "write it with digits and a point, for example 12.5"
    return None


def _unknown(column: str, known: Iterable[str], header: Location) -> Problem:
    return Problem(
        message=f'the column "{column}" is not used: no source has such a field',
        location=header,
        hint=_near(column, known),
        severity=Severity.WARNING,
    )


def _missing(name: str, info: SourceInfo, table: RowTable) -> Problem:
    near = _near(name, table.columns)
    return Problem(
        message=f'"{info.name}" uses the field "{name}", but no column gives it and the source has no value of its own',
        location=table.header,
        hint=near or f'add a column "{name}", or give all variants one value with --set',
    )


def _near(name: str, known: Iterable[str]) -> str | None:
    """Return ``did you mean …?`` for a name that is close to a known one, or whose group before the dot is missing."""
    names = set(known)
    ends = sorted(other for other in names if other.rpartition(".")[2] == name.rpartition(".")[2] and other != name)
    return f'did you mean "{ends[0]}"?' if ends else suggestion(name, names)
