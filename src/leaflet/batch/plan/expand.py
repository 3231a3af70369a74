"""A plan becomes variants, once everything about it is known to be right; every problem comes in one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from leaflet.batch.data.read_data import read_data
from leaflet.batch.data.table import Row, Table
from leaflet.batch.plan import file_names as names
from leaflet.batch.plan.batch_plan import Axis, Plan, Variant
from leaflet.batch.plan.data_rules import check_fields, check_row, field_values
from leaflet.batch.plan.row_overrides import overridden
from leaflet.batch.plan.row_pictures import missing_pictures
from leaflet.batch.plan.source_info import SourceFacts, read_facts, translation
from leaflet.errors import LeafletError, Location, Problem, Severity, SourceError
from leaflet.pipeline import Choices

IDENTIFIERS = ("id", "slug", "code")
"""Columns, or the last parts of their names, by which variants are told apart where the plan gives no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """The variants of a plan in their order, the sources they are made of, and warnings."""

    variants: tuple[Variant, ...]
    sources: Mapping[Path, SourceFacts]
    columns: tuple[str, ...]
    problems: tuple[Problem, ...]


def expand(plan: Plan) -> Expansion:
    """All variants that ``plan`` asks for.

    Raises:
        SourceError: everything that is wrong with the plan, its data, its sources and its choices.
    """
    expander = _Expander(plan=plan)
    variants = expander.variants()
    if any(problem.severity is Severity.ERROR for problem in expander.problems):
        raise SourceError(expander.problems)
    return Expansion(
        variants=variants,
        sources={facts.path: facts for facts in expander.facts.values() if facts},
        columns=expander.table.columns,
        problems=tuple(expander.problems),
    )


@dataclass(slots=True, kw_only=True)
class _Expander:
    """One plan on its way to variants."""

    plan: Plan
    problems: list[Problem] = field(default_factory=list)
    table: Table = field(init=False)
    facts: dict[Path, SourceFacts | None] = field(default_factory=dict)

    def variants(self) -> tuple[Variant, ...]:
        self.table = self.read_table()
        if self.any_error():
            return ()
        sources = self.read_sources()
        template = self.plan.name or self.default_name()
        place = self.plan.places.get("name")
        known = {*self.table.columns, *self.plan.fields, *Axis, "source", "row"}
        known |= {name for facts in sources for name in facts.declared}
        faults = names.check_template(template, known, place)
        self.problems += faults
        self.check_combinations(known)
        self.check_conditions(known)
        if sources:
            named = {
                *self.identifiers(),
                *names.PLACEHOLDER.findall(template),
                *self.columns_in_combinations(),
                *self.columns_in_conditions(),
            }
            self.problems += check_fields(self.table, self.plan, sources, named)
        needed = frozenset(name for facts in sources for name in facts.used)
        found = []
        for row in self.table.rows:
            chosen = list(self.of_row(row, template))
            if chosen:
                self.problems += check_row(row, self.plan, needed)
            found += chosen
        if not faults:
            self.check_names(found, template)
        self.check_choices(found)
        self.problems += missing_pictures(found, self.facts, self.plan.workspace)
        if not found and not self.any_error():
            hint = "look at where, exclude and the data"
            place = self.plan.places.get("where") or self.plan.places.get("exclude")
            self.problems.append(Problem(message="no variant is left to build", location=place, hint=hint))
        return tuple(found)

    def any_error(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def read_table(self) -> Table:
        if self.plan.data is None:
            place = Location(file=self.plan.workspace.name_of(self.plan.sources[0]))
            return Table(columns=(), rows=(Row(number=1, values={}, place=place),), header=place)
        try:
            table = read_data(self.plan.data)
        except LeafletError as error:
            self.problems += error.problems
            return Table(columns=(), rows=(), header=Location(file=self.plan.data.name))
        table, idle = overridden(table, self.plan)
        self.problems += (*table.problems, *idle)
        return table

    def read_sources(self) -> tuple[SourceFacts, ...]:
        """Every source and its translations, each read once."""
        sample = {**(self.table.rows[0].values if self.table.rows else {}), **self.plan.fields}
        for path in self.plan.sources:
            self.read(path, sample)
            for lang in self.plan.axes.get(Axis.LANG, ()):
                self.translated(path, lang, sample)
        return tuple(facts for facts in self.facts.values() if facts)

    def read(self, path: Path, sample: Mapping[str, str]) -> SourceFacts | None:
        if path not in self.facts:
            facts, problems = read_facts(path, self.plan.workspace, sample=sample)
            self.facts[path] = facts
            self.problems += problems
        return self.facts[path]

    def translated(self, path: Path, lang: str, sample: Mapping[str, str]) -> SourceFacts | None:
        """The source in ``lang``; a problem where there is none."""
        own = self.read(path, sample)
        if own is None or own.metadata.lang == lang:
            return own
        target = translation(path, lang)
        if target in self.facts or target.is_file():
            return self.read(target, sample)
        self.facts[target] = None
        self.problems.append(
            Problem(
                message=f"{own.name} is not translated into {lang}",
                location=self.plan.places.get("matrix.lang"),
                hint=f"add {self.plan.workspace.name_of(target)}, or take {lang} out",
            )
        )
        return None

    def default_name(self) -> str:
        by = next(iter(self.identifiers()), None)
        parts = ["{source}"]
        if self.plan.data is not None:
            parts.append(f"{{{by or 'row'}}}")
        parts += [
            f"{{{axis}}}"
            for axis in (Axis.LAYOUT, Axis.STYLE, Axis.CSL)
            if len(self.plan.axes.get(axis, ())) > 1 or self.is_chosen_by_row(axis) or self.in_include(axis)
        ]
        return "-".join(parts)

    def identifiers(self) -> tuple[str, ...]:
        """The columns that tell rows apart, the best first."""
        return tuple(name for last in IDENTIFIERS for name in self.table.columns if name.rpartition(".")[2] == last)

    def is_chosen_by_row(self, axis: Axis) -> bool:
        """Whether a column of the data chooses it, which a field of that name does not."""
        return axis in self.table.columns and not any(facts and axis in facts.declared for facts in self.facts.values())

    def in_include(self, axis: Axis) -> bool:
        return any(axis in entry for entry in self.plan.include)

    def of_row(self, row: Row, template: str) -> Iterator[Variant]:
        seen: set[tuple[str, ...]] = set()
        for source in self.plan.sources:
            for choice in self.choices_of(row):
                variant = self.variant(source, choice, row, template)
                if variant is None or self.is_left_out(variant):
                    continue
                same = (str(variant.source), *(variant.labels[axis] for axis in Axis))
                if same not in seen:
                    seen.add(same)
                    yield variant

    def choices_of(self, row: Row) -> Iterator[Mapping[Axis, str | None]]:
        """The combinations of the matrix, where a row's own choice stands for all of an axis, then the included ones."""
        own = {
            axis: self.own_choice(axis, row) for axis in Axis if row.values.get(axis) and self.is_chosen_by_row(axis)
        }
        ways: list[tuple[str | None, ...]] = [
            (own[axis],) if axis in own else self.plan.axes.get(axis, (None,)) for axis in Axis
        ]
        for combination in product(*ways):
            yield dict(zip(Axis, combination, strict=True))
        for entry in self.plan.include:
            if all(row.values.get(key) == value for key, value in entry.items() if key not in set(Axis)):
                yield {axis: entry.get(axis, own.get(axis)) for axis in Axis}

    def own_choice(self, axis: Axis, row: Row) -> str | None:
        """What a row chooses. It is data: a citation style that it names by path must lie in the workspace."""
        value = row.values[axis]
        if axis is not Axis.CSL or not value.endswith(".csl"):
            return value
        workspace = self.plan.workspace
        try:
            return str(workspace.resolve(value, beside=workspace.root, asked_at=row.place))
        except LeafletError as error:
            self.problems += [problem for problem in error.problems if problem not in self.problems]
            return None

    def variant(self, source: Path, choice: Mapping[Axis, str | None], row: Row, template: str) -> Variant | None:
        lang = choice[Axis.LANG]
        facts = self.translated(source, lang, row.values) if lang else self.facts.get(source)
        if facts is None:
            return None
        metadata = facts.metadata
        labels = {
            "source": source.stem,
            "row": f"{row.number:0{len(str(len(self.table.rows)))}d}",
            Axis.LAYOUT.value: choice[Axis.LAYOUT] or metadata.layout,
            Axis.STYLE.value: choice[Axis.STYLE] or metadata.style,
            Axis.CSL.value: _style_name(choice[Axis.CSL] or metadata.csl),
            Axis.LANG.value: metadata.lang,
        }
        if (lang and facts.path != source) or (
            lang and "{lang}" not in template and len(self.plan.axes.get(Axis.LANG, ())) > 1
        ):
            labels["source"] = f"{source.stem}.{lang}"
        values = {**row.values, **self.plan.fields}
        name = names.fill_name(template, {**facts.declared, **values, **labels})
        choices = Choices(
            layout=choice[Axis.LAYOUT],
            style=choice[Axis.STYLE],
            csl=choice[Axis.CSL],
            fields=field_values(row, self.plan, facts),
            formats=self.plan.formats,
            fit=self.plan.fit,
            finish=self.plan.finish,
            allow_overflow=self.plan.allow_overflow,
            strict=self.plan.strict,
        )
        place = row.place if self.plan.data else None
        return Variant(name=name, source=facts.path, choices=choices, labels=labels, values=values, place=place)

    def is_left_out(self, variant: Variant) -> bool:
        if not self.plan.exclude and not self.plan.where:
            return False
        from leaflet.files import Invalid
        from leaflet.source import condition

        values = {**variant.values, **variant.labels}
        if any(all(values.get(key) == wanted for key, wanted in entry.items()) for entry in self.plan.exclude):
            return True
        try:
            return not all(condition.holds(text, values) for text in self.plan.where)
        except Invalid:
            return False  # said once by check_conditions

    def check_conditions(self, known: Iterable[str]) -> None:
        from leaflet.files import Invalid
        from leaflet.source import condition

        for text in self.plan.where:
            try:
                condition.check(text, known)
            except Invalid as error:
                message = error.message.replace("is not declared", "is neither a column nor a field")
                hint = error.hint.replace('declare it under "fields:" in the front matter', "check its name")
                self.problems.append(
                    Problem(message=f"where: {message}", location=self.plan.places.get("where"), hint=hint)
                )

    def columns_in_conditions(self) -> set[str]:
        together = " ".join(self.plan.where)
        return {column for column in self.table.columns if column in together}

    def columns_in_combinations(self) -> set[str]:
        matches = (override.match for override in self.plan.overrides)
        return {key for entry in (*self.plan.include, *self.plan.exclude, *matches) for key in entry}

    def check_combinations(self, known: Iterable[str]) -> None:
        for word, entries in (("include", self.plan.include), ("exclude", self.plan.exclude)):
            for key in sorted({key for entry in entries for key in entry} - set(known)):
                message = f'[[{word}]] names "{key}", which is neither a choice nor a column'
                hint = f"it can be {', '.join(sorted(known))}"
                self.problems.append(Problem(message=message, location=self.plan.places.get(word), hint=hint))

    def check_names(self, variants: Iterable[Variant], template: str) -> None:
        taken: dict[str, Variant] = {}
        placeholders = names.PLACEHOLDER.findall(template)
        for variant in variants:
            empty = next(
                (name for name in placeholders if variant.values.get(name) == "" and name not in variant.labels), None
            )
            if empty is not None:
                message = f"{empty}: the cell is empty, but the name of the files needs it"
                self.problems.append(Problem(message=message, location=variant.place, hint="fill it in"))
                continue
            fault = names.fault(variant.name)
            if fault:
                message = f"{names.shown(variant.name)} cannot be the name of a file: {fault}"
                hint = "mend the value, or choose another name template"
                self.problems.append(Problem(message=message, location=variant.place, hint=hint))
            first = taken.setdefault(names.key(variant.name), variant)
            if first is not variant:
                self.problems.append(_collision(variant, first))

    def check_choices(self, variants: Iterable[Variant]) -> None:
        """Every layout, style and citation style that a variant chooses, each once."""
        from leaflet.batch.plan.design_files import check_choice, check_finish

        asked: dict[tuple[Axis, str], Location | None] = {}
        for variant in variants:
            chosen, facts = variant.choices, self.facts[variant.source]
            for axis, value in ((Axis.LAYOUT, chosen.layout), (Axis.STYLE, chosen.style), (Axis.CSL, chosen.csl)):
                by_row = self.is_chosen_by_row(axis) and bool(variant.values.get(axis))
                place = variant.place if by_row else self.plan.places.get(f"matrix.{axis}")
                own = facts.csl if axis is Axis.CSL and facts else variant.labels[axis]
                asked.setdefault((axis, value or own), place)
        for (axis, value), place in asked.items():
            self.problems += check_choice(axis, value, self.plan.workspace, place)
        self.problems += check_finish(self.plan)


def _collision(variant: Variant, first: Variant) -> Problem:
    if first.place == variant.place:
        message = f'two variants of this row would be called "{variant.name}"'
    elif first.name == variant.name:
        message = f'it would be called "{variant.name}", as the variant of {first.place} is'
    else:
        message = f'it would be called "{variant.name}", and the variant of {first.place} "{first.name}"'
    hint = "add to the name what tells them apart, for example {row} or {layout}"
    if first.name != variant.name:
        hint = f"many systems do not tell capitals from small letters; {hint}"
    return Problem(message=message, location=variant.place, hint=hint)


def _style_name(csl: str) -> str:
    return Path(csl).stem if csl.endswith(".csl") else csl
