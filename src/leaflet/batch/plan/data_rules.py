"""Every row against what the sources need and the plan's rules: what is missing, empty, unknown or not as it must be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leaflet.batch.data.table import Row, Table, quoted
from leaflet.batch.plan.batch_plan import Axis, Empty, Kind, Plan, Rule
from leaflet.batch.plan.source_info import SourceFacts
from leaflet.errors import Location, Problem, Severity
from leaflet.files import closest

ANY = Rule()


def check_fields(table: Table, plan: Plan, sources: Sequence[SourceFacts], named: Iterable[str]) -> tuple[Problem, ...]:
    """Columns that nothing knows, and fields that nothing gives. ``named`` are columns that names or conditions use."""
    declared = {name for facts in sources for name in facts.declared}
    used = {name for facts in sources for name in facts.used}
    known = declared | used | set(named) | set(Axis) | set(plan.rules)
    problems = [
        _unknown(column, declared | used, table.header) for column in table.columns if column and column not in known
    ]
    problems += [
        Problem(
            message=f'[rules] names the field "{name}", which neither the data nor a source has',
            location=plan.places.get(f"rules.{name}"),
            hint=_near(name, declared | used | set(table.columns)) or "take the rule out",
        )
        for name in plan.rules
        if name not in declared | used | set(table.columns)
    ]
    for facts in sources:
        for name in sorted(facts.used):
            given = name in table.columns or name in plan.fields or facts.declared.get(name, "")
            if not given and _empty(name, plan) is not Empty.BLANK:
                problems.append(_missing(name, facts, table))
    return tuple(problems)


def check_row(row: Row, plan: Plan, needed: frozenset[str]) -> tuple[Problem, ...]:
    """What is wrong with the values of one row. ``needed`` are the fields that a source uses."""
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


def field_values(row: Row, plan: Plan, facts: SourceFacts) -> dict[str, str]:
    """The values that a build is given: those of fields that the source knows, the plan's own before the row's."""
    values: dict[str, str] = {}
    for name in (*row.values, *plan.fields):
        if name not in facts.declared and name not in facts.used:
            continue
        value = plan.fields.get(name, row.values.get(name, ""))
        if value or name in plan.fields or _empty(name, plan) is not Empty.DEFAULT:
            values[name] = value
    return dict(sorted(values.items()))


def _empty(name: str, plan: Plan) -> Empty:
    return plan.rules.get(name, ANY).empty or plan.empty


def _breaches(name: str, value: str, rule: Rule, place: Location) -> list[Problem]:
    problems = []
    if rule.longest is not None and len(value) > rule.longest:
        message = f"{name}: {quoted(value)} has {len(value)} characters, {len(value) - rule.longest} too many"
        problems.append(Problem(message=message, location=place, hint=f"the plan allows {rule.longest}"))
    if rule.among and value not in rule.among:
        hint = _near(value, rule.among) or f"the plan allows {', '.join(rule.among)}"
        problems.append(Problem(message=f"{name}: {quoted(value)} is not allowed here", location=place, hint=hint))
    fault = None if rule.kind is Kind.TEXT else _kind_fault(value, rule.kind)
    if fault:
        message, hint = fault
        problems.append(Problem(message=f"{name}: {message}", location=place, hint=hint))
    return problems


def _kind_fault(value: str, kind: Kind) -> tuple[str, str] | None:
    from leaflet.files import value_checks

    try:
        match kind:
            case Kind.TEXT:
                pass
            case Kind.NUMBER:
                float(value)
            case Kind.DATE:
                value_checks.date(value)
            case Kind.EMAIL:
                value_checks.email(value)
            case Kind.URL:
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


def _missing(name: str, facts: SourceFacts, table: Table) -> Problem:
    near = _near(name, table.columns)
    return Problem(
        message=f'"{facts.name}" uses the field "{name}", but no column gives it and the source has no value of its own',
        location=table.header,
        hint=near or f'add a column "{name}", or give all variants one value with --set',
    )


def _near(name: str, known: Iterable[str]) -> str | None:
    """``did you mean …?``, also where only the group before the dot was left out."""
    names = sorted(known)
    ends = [other for other in names if other.rpartition(".")[2] == name.rpartition(".")[2] and other != name]
    close = ends or closest(name, names)
    return f'did you mean "{close[0]}"?' if close else None
