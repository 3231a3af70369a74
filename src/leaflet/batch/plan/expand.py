"""Expansion of a plan into variants; every problem of plan, data, sources and choices comes in one report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from msgspec import Struct

from leaflet.batch.data.read_data import read_data
from leaflet.batch.data.table import Row, RowTable
from leaflet.batch.plan import file_names as names
from leaflet.batch.plan.batch_plan import Axis, Plan, Variant
from leaflet.batch.plan.data_rules import check_fields, check_row, field_values
from leaflet.batch.plan.row_overrides import overridden
from leaflet.batch.plan.row_pictures import missing_pictures
from leaflet.batch.plan.source_info import SourceInfo, read_source_info, translation
from leaflet.errors import LeafletError, Location, Problem, Severity, SourceError
from leaflet.files import name_key
from leaflet.model.output_format import SUFFIXES, OutputFormat
from leaflet.pipeline import Choices, names_a_file

IDENTIFIERS = ("id", "slug", "code")
"""Columns, or the last parts of their names, that name the variants if the plan gives no name."""


MOST_VARIANTS = 250_000
OTHER_NAME = "choose another name template, or change the value that the name is made of"


class ExpandedPlan(Struct, frozen=True, kw_only=True):
    """The variants of a plan in their order, the sources they are made of, and warnings."""

    variants: tuple[Variant, ...]
    sources: Mapping[Path, SourceInfo]
    columns: tuple[str, ...]
    problems: tuple[Problem, ...]


def expand(plan: Plan) -> ExpandedPlan:
    """Return all variants that ``plan`` asks for.

    Raises:
        SourceError: everything that is wrong with the plan, its data, its sources and its choices.
    """
    expander = _Expander(plan=plan)
    variants = expander.variants()
    if any(problem.severity is Severity.ERROR for problem in expander.problems):
        raise SourceError(expander.problems)
    return ExpandedPlan(
        variants=variants,
        sources={info.path: info for info in expander.sources.values() if info},
        columns=expander.table.columns,
        problems=tuple(expander.problems),
    )


@dataclass(slots=True, kw_only=True)
class _Expander:
    """The state of one expansion."""

    plan: Plan
    problems: list[Problem] = field(default_factory=list)
    table: RowTable = field(init=False)
    sources: dict[Path, SourceInfo | None] = field(default_factory=dict)
    """Every source that was read, by its path; None if it has errors."""

    def variants(self) -> tuple[Variant, ...]:
        self.table = self.read_table()
        if self.any_error():
            return ()
        sources = self.read_sources()
        template = self.plan.name or self.default_name()
        place = self.plan.place("name") if "name" in self.plan.places else None
        known = {*self.table.columns, *self.plan.fields, *Axis, "source", "row"}
        known |= {name for info in sources for name in info.declared}
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
        needed = frozenset(name for info in sources for name in info.used)
        found = []
        for row in self.table.rows:
            chosen = list(self.of_row(row, template))
            if chosen:
                self.problems += check_row(row, self.plan, needed)
            found += chosen
            if len(found) > MOST_VARIANTS:
                raise SourceError((*self.problems, self.too_many()))
        if not faults:
            self.check_names(found, template)
        self.check_choices(found)
        self.problems += missing_pictures(found, self.sources, self.plan.workspace)
        if not found and not self.any_error():
            hint = "look at where, exclude and the data"
            place = next((self.plan.place(key) for key in ("where", "exclude") if key in self.plan.places), None)
            self.problems.append(Problem(message="no variant is left to build", location=place, hint=hint))
        return tuple(found)

    def too_many(self) -> Problem:
        return Problem(
            message=f"this plan makes more than {MOST_VARIANTS:,} variants",
            location=self.plan.place("matrix"),
            hint="divide its rows among several plans",
        )

    def any_error(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def read_table(self) -> RowTable:
        if self.plan.data is None:
            place = Location(file=self.plan.workspace.name_of(self.plan.sources[0]))
            return RowTable(columns=(), rows=(Row(number=1, values={}, place=place),), header=place)
        try:
            table = read_data(self.plan.data)
        except LeafletError as error:
            self.problems += error.problems
            return RowTable(columns=(), rows=(), header=Location(file=self.plan.data.name))
        table, idle = overridden(table, self.plan)
        self.problems += (*table.problems, *idle)
        return table

    def read_sources(self) -> tuple[SourceInfo, ...]:
        """Return every source and its translations, each read once."""
        sample = {**(self.table.rows[0].values if self.table.rows else {}), **self.plan.fields}
        for path in self.plan.sources:
            self.read(path, sample)
            for lang in self.plan.axes.get(Axis.LANG, ()):
                self.translated(path, lang, sample)
        return tuple(info for info in self.sources.values() if info)

    def read(self, path: Path, sample: Mapping[str, str]) -> SourceInfo | None:
        if path not in self.sources:
            info, problems = read_source_info(path, self.plan.workspace, sample=sample)
            self.sources[path] = info
            self.problems += problems
        return self.sources[path]

    def translated(self, path: Path, lang: str, sample: Mapping[str, str]) -> SourceInfo | None:
        """Return the source in ``lang``, or report that it is not translated."""
        own = self.read(path, sample)
        if own is None or own.metadata.lang == lang:
            return own
        target = translation(path, lang)
        if target in self.sources or target.is_file():
            return self.read(target, sample)
        self.sources[target] = None
        self.problems.append(
            Problem(
                message=f"{own.name} is not translated into {lang}",
                location=self.choice_place(Axis.LANG, lang),
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
        """Return the columns that tell rows apart, the best first."""
        return tuple(name for last in IDENTIFIERS for name in self.table.columns if name.rpartition(".")[2] == last)

    def is_chosen_by_row(self, axis: Axis) -> bool:
        """Return whether a column of the data chooses it, and not a field of that name."""
        return axis in self.table.columns and not any(info and axis in info.declared for info in self.sources.values())

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
        """Return the combinations of the matrix, in which a row's own choice replaces an axis, then the included ones."""
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
        """Return the choice of a row. It is data: a citation style that it names by path must lie in the workspace."""
        value = row.values[axis]
        if axis is not Axis.CSL or not names_a_file(value):
            return value
        workspace = self.plan.workspace
        try:
            return str(workspace.resolve(value, beside=workspace.root, asked_at=row.place))
        except LeafletError as error:
            self.problems += [problem for problem in error.problems if problem not in self.problems]
            return None

    def variant(self, source: Path, choice: Mapping[Axis, str | None], row: Row, template: str) -> Variant | None:
        lang = choice[Axis.LANG]
        info = self.translated(source, lang, row.values) if lang else self.sources.get(source)
        if info is None:
            return None
        metadata = info.metadata
        labels = {
            "source": source.stem,
            "row": f"{row.number:0{len(str(len(self.table.rows)))}d}",
            Axis.LAYOUT.value: choice[Axis.LAYOUT] or metadata.layout,
            Axis.STYLE.value: choice[Axis.STYLE] or metadata.style,
            Axis.CSL.value: _style_name(choice[Axis.CSL] or metadata.csl),
            Axis.LANG.value: metadata.lang,
        }
        if (lang and info.path != source) or (
            lang and "{lang}" not in template and len(self.plan.axes.get(Axis.LANG, ())) > 1
        ):
            labels["source"] = f"{source.stem}.{lang}"
        values = {**row.values, **self.plan.fields}
        name = names.fill_name(template, {**info.declared, **values, **labels})
        choices = Choices(
            layout=choice[Axis.LAYOUT],
            style=choice[Axis.STYLE],
            csl=choice[Axis.CSL],
            fields=field_values(row, self.plan, info),
            formats=self.plan.formats,
            fit=self.plan.fit,
            finish=self.plan.finish,
            allow_overflow=self.plan.allow_overflow,
            strict=self.plan.strict,
        )
        place = row.place if self.plan.data else None
        return Variant(name=name, source=info.path, choices=choices, labels=labels, values=values, place=place)

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
            return False  # check_conditions reports it

    def check_conditions(self, known: Iterable[str]) -> None:
        from leaflet.files import Invalid
        from leaflet.source import condition

        for number, text in enumerate(self.plan.where):
            try:
                condition.check(text, known)
            except Invalid as error:
                message = error.message.replace("is not declared", "is neither a column nor a field")
                hint = error.hint.replace('declare it under "fields:" in the front matter', "check its name")
                place = self.plan.place("where", number) if "where" in self.plan.places else None
                self.problems.append(Problem(message=f"where: {message}", location=place, hint=hint))

    def columns_in_conditions(self) -> set[str]:
        together = " ".join(self.plan.where)
        return {column for column in self.table.columns if column in together}

    def columns_in_combinations(self) -> set[str]:
        matches = (override.match for override in self.plan.overrides)
        return {key for entry in (*self.plan.include, *self.plan.exclude, *matches) for key in entry}

    def choice_place(self, axis: Axis, name: str | None) -> Location | None:
        """Return the place at which the plan names a choice."""
        names = self.plan.axes.get(axis, ())
        if f"matrix.{axis}" not in self.plan.places or name not in names:
            return None
        return self.plan.place("matrix", axis.value, names.index(name))

    def check_combinations(self, known: Collection[str]) -> None:
        for word, entries in (("include", self.plan.include), ("exclude", self.plan.exclude)):
            for key, number in {key: number for number, entry in enumerate(entries) for key in entry}.items():
                if key in known:
                    continue
                message = f'[[{word}]] names "{key}", which is neither a choice nor a column'
                hint = f"it can be {', '.join(sorted(known))}"
                self.problems.append(Problem(message=message, location=self.plan.place(word, number, key), hint=hint))

    def check_names(self, variants: Iterable[Variant], template: str) -> None:
        taken: dict[str, Variant] = {}
        files: dict[str, Variant] = {}
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
            first = taken.setdefault(name_key(variant.name), variant)
            if first is not variant:
                self.problems.append(_collision(variant, first))
            else:
                self.check_files(variant, files)

    def check_files(self, variant: Variant, taken: dict[str, Variant]) -> None:
        """Return whether a file of ``variant`` has the name of another's, or of one that the batch writes itself."""
        for kind in variant.choices.formats:
            file = f"{variant.name}{SUFFIXES[OutputFormat(kind)]}"
            if names.RECORDS.fullmatch(name_key(file)):
                message = f'its file "{file}" has a name that the batch gives a file of its own'
                self.problems.append(Problem(message=message, location=variant.place, hint=OTHER_NAME))
            first = taken.setdefault(name_key(file), variant)
            if first is not variant:
                message = f'"{file}" would be a file of the variant "{first.name}" too'
                self.problems.append(Problem(message=message, location=variant.place, hint=OTHER_NAME))

    def check_choices(self, variants: Iterable[Variant]) -> None:
        """Check every layout, style and citation style that a variant chooses, each once."""
        from leaflet.batch.plan.design_files import check_choice, check_finish

        asked: dict[tuple[Axis, str], Location | None] = {}
        for variant in variants:
            chosen, info = variant.choices, self.sources[variant.source]
            for axis, value in ((Axis.LAYOUT, chosen.layout), (Axis.STYLE, chosen.style), (Axis.CSL, chosen.csl)):
                by_row = self.is_chosen_by_row(axis) and bool(variant.values.get(axis))
                place = variant.place if by_row else self.choice_place(axis, value)
                own = info.csl if axis is Axis.CSL and info else variant.labels[axis]
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
