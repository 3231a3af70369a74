"""Front matter: the YAML block at the top of a source, checked against the schema and turned into ``Metadata``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files import LocatedData, ValuePath, suggestion
from leaflet.model.citation import Reference
from leaflet.model.metadata import (
    Metadata,
)
from leaflet.source.adapt import Adapter, joined, shows_code
from leaflet.source.cache import SourceCache
from leaflet.source.field_use import used_in_data
from leaflet.source.fields import fill, flatten, overlay
from leaflet.source.foreign_keys import left_out_message, programs_of
from leaflet.source.front_matter_values import to_metadata
from leaflet.source.halves import Halves
from leaflet.source.key_names import ALIASES
from leaflet.source.own_references import read_references
from leaflet.source.schema import (
    GROUPS,
    FrontMatter,
    KeyGroup,
    PersonPart,
    keys_of,
)
from leaflet.source.schema_types import kind_of, normal
from leaflet.source.surroundings import Surroundings
from leaflet.source.tex_macros import Macro, macros_of


class FrontMatterResult(Struct, frozen=True, kw_only=True):
    """The result of reading front matter. Without ``metadata`` there is an error among the problems."""

    metadata: Metadata | None
    fields: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, str] = field(default_factory=dict)
    """The front matter's own values of its fields."""
    uses: frozenset[str] = frozenset()
    """The fields that its values name."""
    undeclared: tuple[Problem, ...] = ()
    """Those of the problems that only say that a given field is not declared."""
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    """Single texts of the front matter by their keys as typed, for those who ask for one in the text."""
    macros: Mapping[str, Macro] = field(default_factory=dict)
    """Commands of LaTeX that it defines for formulas."""
    declares_fields: bool = False
    """True where fields are declared under that name, or given."""
    is_foreign: bool = False
    """True where any of its keys is for another program."""
    shows_code: bool = True
    """True where the code of Quarto's cells is for the reader."""


def read_front_matter(
    halves: Halves,
    *,
    name: str,
    config: LocatedData,
    given: Mapping[str, str] | None = None,
    surroundings: Surroundings | None = None,
    later: Sequence[tuple[str, int]] = (),
    cache: SourceCache | None = None,
) -> FrontMatterResult:
    """Check the front matter over the workspace's ``config`` and with the field values ``given``.

    ``later`` are blocks of YAML in the body with their first lines; a key that was given before wins over theirs.
    All mistakes come back together in ``problems``.
    """
    cache = cache or SourceCache()
    try:
        located = cache.front_matter(halves.yaml, name=name, first_line=halves.yaml_line)
        for text, line in later:
            located = joined(located, cache.front_matter(text, name=name, first_line=line))
    except SourceError as error:
        return FrontMatterResult(metadata=None, problems=error.problems)
    start = Location(file=name, line=1, column=1)
    if not isinstance(located.data, dict):
        hint = "write one key and its value per line, for example title: Washing your hands"
        problem = Problem(message="the front matter is not a group of keys", location=located.place(()), hint=hint)
        return FrontMatterResult(metadata=None, problems=(problem,))
    checker = _Checker(
        located=located,
        config=config,
        start=start,
        empty=not halves.yaml.strip(),
        problems=list(located.problems),
        surroundings=surroundings,
    )
    return checker.check(given or {})


class _Checker(Struct, kw_only=True):
    """One pass over front matter: other names for keys, fields, the schema, then typed metadata."""

    located: LocatedData
    config: LocatedData
    start: Location
    empty: bool
    problems: list[Problem] = field(default_factory=list)
    surroundings: Surroundings | None = None
    rich: dict[str, str] = field(default_factory=dict)
    """Safe HTML of texts that hold emphasis, by key; fields in it are filled with escaped values."""
    typed: dict[str, str] = field(default_factory=dict)
    """The key as it was typed, by its own name in the schema."""

    def check(self, given: Mapping[str, str]) -> FrontMatterResult:
        own = self.renamed()
        data = {**self.shared(), **self.adapted(own)}
        declared, found = flatten(data.get("fields"), self.source_of("fields"), (self.typed.get("fields", "fields"),))
        self.problems += found
        fields, found = overlay(declared, given)
        self.problems += found
        undeclared = tuple(problem for problem in found if problem.severity is Severity.WARNING)
        uses = used_in_data({key: value for key, value in data.items() if key != "fields"})
        usual_title = fill(data.get("title"), declared) if given else None
        data = {key: value if key == "fields" else fill(value, fields) for key, value in data.items()}
        model = self.validated(data)
        references: tuple[Reference, ...] = ()
        if isinstance(entries := data.get("references"), list):
            path = (self.typed.get("references", "references"),)
            references, found = read_references(entries, self.located, path)
            self.problems += found
        escaped = {name: escape(value, quote=False) for name, value in fields.items()}
        rich = {key: fill(html, escaped) for key, html in self.rich.items()}
        metadata = None if model is None else to_metadata(model, self.places(), rich)
        if metadata and isinstance(usual_title, str) and usual_title.strip() != metadata.title:
            metadata = replace(metadata, usual_title=usual_title.strip())
        words = {key: value for key, value in self.located.data.items() if isinstance(value, str)}
        return FrontMatterResult(
            metadata=metadata,
            fields=fields,
            declared=declared,
            uses=uses,
            undeclared=undeclared,
            references=references,
            problems=tuple(self.problems),
            words=words,
            macros=macros_of(self.located.data.get("math")),
            declares_fields="fields" in self.typed or "fields" in self.config.data or bool(given),
            is_foreign=any(
                programs_of(key) for key in self.located.data if _canonical(key, keys_of(FrontMatter)) is None
            ),
            shows_code=shows_code(self.located.data),
        )

    def shared(self) -> dict[str, object]:
        return {key: value for key, value in self.config.data.items() if value is not None}

    def renamed(self) -> dict[str, object]:
        """Return the front matter under the schema's own names; unknown keys are reported and left out."""
        known = keys_of(FrontMatter)
        data: dict[str, object] = {}
        foreign: list[str] = []
        unknown: list[str] = []
        for key, value in self.located.data.items():
            name = _canonical(key, known)
            place = self.located.keys.get((key,))
            if key == "math" and macros_of(value):
                continue
            if name is None and programs_of(key):
                foreign.append(key)
            elif name is None and (meant := suggestion(key.lower(), known | set(ALIASES))):
                self.warn(f'"{key}" is not a key that leaflet knows', place, meant)
            elif name is None:
                unknown.append(key)
            elif name in self.typed:
                first = key if key == name else self.typed[name]
                hint = f'keep one of the two; they mean the same, "{name}"'
                self.warn(f'"{key}" and "{self.typed[name]}" are both given, and "{first}" is taken', place, hint)
                if first == key and value is not None:
                    self.typed[name], data[name] = key, _without_none(value)
            else:
                self.typed[name] = key
                if value is not None:
                    data[name] = _without_none(value)
        if unknown:
            names = ", ".join(f'"{key}"' for key in unknown)
            what = f"{names} is not a key" if len(unknown) == 1 else f"{names} are not keys"
            place = self.located.keys.get((unknown[0],))
            self.warn(f"{what} that leaflet knows", place, 'put a value of your own under "fields:"')
        if foreign:
            place = self.located.keys.get((foreign[0],))
            self.warn(left_out_message(foreign), place, "nothing needs to be done; take the keys out if you like")
        return data

    def adapted(self, own: dict[str, object]) -> dict[str, object]:
        """Return the front matter's own values, in leaflet's form where they are in that of another program."""
        adapter = Adapter(
            data=own,
            typed=self.typed,
            raw=self.located.data,
            language=str(own.get("lang") or self.config.data.get("lang") or "en-GB"),
            surroundings=self.surroundings,
        )
        adapter.adapt()
        self.rich = adapter.rich
        for path, message, hint in adapter.warnings:
            self.warn(message, self.place(path) if path[0] in self.typed else self.start, hint)
        if adapter.body_title_line is not None:
            self.start = Location(file=self.start.file, line=adapter.body_title_line, column=1)
        return adapter.data

    def validated(self, data: dict[str, object]) -> FrontMatter | None:
        for path, group in _groups(data):
            self.unknown_in(path, group)
        try:
            model = FrontMatter.model_validate(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            borrowed = {str(details["loc"][0]) for details in found if details["loc"] and self.is_borrowed(details)}
            self.problems += [self.explained(details) for details in found if str(details["loc"][0]) not in borrowed]
            for key in sorted(borrowed):
                typed = self.typed.get(key, key)
                hint = f'"{typed}" means "{key}" here; give {key}: a value of its own, or nothing'
                self.warn(
                    f'the value of "{typed}" means nothing to leaflet, so it is left out', self.place((key,)), hint
                )
            if borrowed:
                return self.validated({key: value for key, value in data.items() if key not in borrowed})
            return _without_keys(data, {str(details["loc"][0]) for details in found if details["loc"]})
        if not model.title.strip():
            self.refuse("title: there are no words in it", self.place(("title",)), "write what the leaflet is called")
            return None
        return model

    def is_borrowed(self, details: ErrorDetails) -> bool:
        """Return whether a wrong value is under a key that has this meaning only here, such as ``number``."""
        key = str(details["loc"][0])
        return key in self.typed and normal(self.typed[key]) != key and key not in {"author", "lang", "fields"}

    def unknown_in(self, path: ValuePath, group: Mapping[str, object]) -> None:
        part, others = GROUPS[str(path[0])]
        known = keys_of(part)
        for key in group:
            if normal(key) not in known and normal(key) not in others and (part, key) != (PersonPart, "name"):
                where = self.source_of(str(path[0]))
                place = where.keys.get((*self.typed_path(path), key)) or self.place(path)
                hint = suggestion(key.lower(), known) or f"here can be {', '.join(sorted(known))}"
                self.warn(f'"{key}" is not a key that leaflet knows in "{path[0]}"', place, hint)

    def explained(self, details: ErrorDetails) -> Problem:
        path = tuple(details["loc"])
        message, hint = _explain(details)
        label = ".".join(str(part) for part in path if isinstance(part, str))
        if details["type"] == "missing" and path == ("title",):
            message = "the title is missing"
            hint = "add a line to the front matter: title: Washing your hands"
            if self.empty:
                hint = "begin the file with a line ---, a line title: Washing your hands, and a line ---"
            return Problem(message=message, location=self.start, hint=hint)
        return Problem(message=f"{label}: {message}", location=self.place(path), hint=hint)

    def source_of(self, key: str) -> LocatedData:
        """Return the origin of the value of ``key``: the front matter or the workspace's configuration."""
        return self.located if key in self.typed or key not in self.config.data else self.config

    def place(self, path: ValuePath) -> Location | None:
        found = self.source_of(str(path[0])).place(self.typed_path(path)) if path else None
        return found or self.start

    def typed_path(self, path: ValuePath) -> ValuePath:
        """Return ``path`` of the checked data as it was typed: other names, and single values that became lists."""
        where = self.source_of(str(path[0]))
        typed: ValuePath = (self.typed.get(str(path[0]), path[0]),)
        _, others = GROUPS.get(str(path[0]), (KeyGroup, {}))
        for step in path[1:]:
            if (*typed, step) in where.values:
                typed = (*typed, step)
                continue
            siblings = [key[-1] for key in where.keys if key[:-1] == typed]
            same = (key for key in siblings if others.get(normal(str(key)), normal(str(key))) == step)
            found = next(same, None)
            if found is not None:
                typed = (*typed, found)
        return typed

    def places(self) -> dict[str, Location]:
        """Return the place of each value, by the dotted name of the schema."""
        own = {typed: name for name, typed in self.typed.items()}
        places: dict[str, Location] = {}
        for path, place in self.config.values.items():
            if path:
                places[".".join(map(str, path))] = place
        for path, place in self.located.values.items():
            if path and path[0] in own:
                places[".".join(map(str, (own[str(path[0])], *path[1:])))] = place
        return places

    def refuse(self, message: str, place: Location | None, hint: str) -> None:
        self.problems.append(Problem(message=message, location=place, hint=hint))

    def warn(self, message: str, place: Location | None, hint: str) -> None:
        self.problems.append(Problem(message=message, location=place, hint=hint, severity=Severity.WARNING))


def _groups(data: Mapping[str, object]) -> Iterator[tuple[ValuePath, Mapping[str, object]]]:
    """Yield the groups of keys within the front matter."""
    for key in GROUPS:
        value = data.get(key)
        if isinstance(value, dict):
            yield (key,), value
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, dict):
                    yield (key, index), entry


def _explain(details: ErrorDetails) -> tuple[str, str | None]:
    """Return a schema error in plain words, with the cure."""
    context = details.get("ctx", {})
    match details["type"]:
        case "value":
            return str(context["what"]), str(context["hint"])
        case "text":
            return details["msg"], None
        case "missing":
            return "this is missing", "add it, or take the whole entry out"
        case "string_type":
            return (
                f"this takes a text, not {kind_of(details['input'])}",
                "write one text, in quotes if it holds a colon",
            )
        case "bool_type":
            return "this takes true or false", None
        case "list_type":
            return "this takes a list", "begin each entry with a dash on a line of its own"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "this takes a group of keys", "write one key and its value per line, indented"
        case "literal_error":
            choices = [
                choice.strip("' ") for choice in str(context.get("expected", "")).replace(" or ", ", ").split(",")
            ]
            known = (
                ", ".join(choices) if len(choices) < 6 else f"one of the {len(choices)} types of CSL, such as report"
            )
            hint = suggestion(str(details["input"]), choices) or f"it can be {known}"
            return f'"{details["input"]}" is not one of the choices', hint
        case _:
            return details["msg"].lower(), None


def _canonical(key: str, known: set[str]) -> str | None:
    name = normal(key)
    name = ALIASES.get(name, name) if name not in known else name
    return name if name in known else None


def _without_none(value: object) -> object:
    match value:
        case dict():
            return {key: _without_none(entry) for key, entry in value.items() if entry is not None}
        case list():
            return [_without_none(entry) for entry in value if entry is not None]
        case _:
            return value


def _without_keys(data: Mapping[str, object], wrong: Collection[str]) -> FrontMatter | None:
    """Return the front matter without the wrong keys, so that values that depend on others can be checked too."""
    sound = {key: value for key, value in data.items() if key not in wrong}
    try:
        return FrontMatter.model_validate({"title": "-", **sound})
    except ValidationError:
        return None
