"""The keys of a plan file as a pydantic model: for checking a plan, and as JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

from leaflet.batch.data.table import as_text, quoted
from leaflet.batch.plan.batch_plan import Empty, FieldKind
from leaflet.errors import LeafletError
from leaflet.files import TomlTable, refused_sentence, refused_value, suggestion, toml_schema
from leaflet.model.layout import Fit
from leaflet.model.output_format import ORDINARY_FORMATS, OutputFormat
from leaflet.model.workspace import Workspace
from leaflet.pipeline import names_a_file

SPARSE_OVERRIDE = 'write which rows and what: [[override]], id = "hill", set = {"clinic.phone" = "01632 960 009"}'
SCALAR_SCHEMA = {"type": ["string", "number", "boolean"]}


class PlanFolder(Struct, frozen=True, kw_only=True):
    """The folder of a plan, from which its paths start, and the workspace in which they stay."""

    folder: Path
    workspace: Workspace


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _inside(name: str, info: ValidationInfo[PlanFolder]) -> Path:
    """Return the absolute path of a file that the plan names."""
    try:
        return info.context.workspace.resolve(name, beside=info.context.folder)
    except LeafletError as error:
        raise refused_sentence(error.problems[0].message, error.problems[0].hint or "") from None
    except (OSError, ValueError, RuntimeError):
        raise refused_sentence(f"{quoted(name)} is not a path", "write it as in source/my-leaflet.md") from None


def _source(name: str, info: ValidationInfo[PlanFolder]) -> str:
    path = _inside(name, info)
    if not path.is_file():
        names = [other.name for other in path.parent.glob("*.md")]
        hint = suggestion(path.name, names) or "write its path from the folder of the plan"
        raise refused_sentence(f"there is no source {quoted(name)}", hint)
    return str(path)


def _file(name: str, info: ValidationInfo[PlanFolder]) -> str:
    return str(_inside(name, info))


def _folder(name: str, info: ValidationInfo[PlanFolder]) -> str:
    path = _inside(name, info)
    if path.exists() and not path.is_dir():
        raise refused_sentence(f"{quoted(name)} is a file, not a folder", 'write output = "output/clinics"')
    return str(path)


def _citation_style(name: str, info: ValidationInfo[PlanFolder]) -> str:
    return str(_inside(name, info)) if names_a_file(name) else name


def _some_sources(sources: list[str]) -> list[str]:
    if not sources:
        raise refused_sentence("the plan names no source", 'write source = "source/my-leaflet.md"')
    return sources


def _some_formats(formats: list[OutputFormat]) -> list[OutputFormat]:
    if not formats:
        hint = f"choose from {', '.join(OutputFormat)}"
        raise refused_sentence("there are no formats, so there is nothing to build", hint)
    return formats


def _choices(names: list[str], info: ValidationInfo[PlanFolder]) -> list[str]:
    key = f"matrix.{info.field_name}"
    if not names:
        raise refused_sentence(f"{key} is empty, so there is nothing to build", "name one or more, or take the key out")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise refused_sentence(f"{key} names {quoted(twice)} twice", "keep one")
    return names


def _data(value: object) -> object:
    if not isinstance(value, str | dict):
        raise refused_sentence("data is neither the path of a file nor a table", 'write data = "clinics.csv"')
    return {"file": value} if isinstance(value, str) else value


def _field_text(value: object) -> str:
    if isinstance(value, list):
        hint = "join the list into one text, or give each value a name of its own"
        raise refused_value("a field is one text, not a list", hint)
    return as_text(value)


def _flat(value: object) -> object:
    """Return nested tables as one table with dotted names."""
    return dict(_flattened(value, "")) if isinstance(value, dict) else value


def _flattened(table: Mapping[str, object], name: str) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        dotted = f"{name}.{key}" if name else key
        if isinstance(value, dict):
            yield from _flattened(value, dotted)
        else:
            yield dotted, value


def _not_everything(values: dict[str, str]) -> dict[str, str]:
    if not values:
        raise refused_sentence("an empty [[exclude]] would leave out everything", "say what to leave out")
    return values


def _included(entry: dict[str, str], info: ValidationInfo[PlanFolder]) -> dict[str, str]:
    """Return a combination with the path of a citation style that it names by file."""
    return {**entry, "csl": _citation_style(entry["csl"], info)} if "csl" in entry else entry


def _override(value: object) -> object:
    """Return an entry with the conditions for its rows in a table of their own."""
    if not isinstance(value, dict):
        return value
    match = {key: entry for key, entry in value.items() if key != "set"}
    if not match or not value.get("set"):
        raise refused_sentence("an [[override]] says for which rows, and sets something", SPARSE_OVERRIDE)
    return {"match": match, "set": value["set"]}


def _rules_by_name(value: object) -> object:
    """Return rules by dotted name, whether written as ``[rules.clinic.phone]`` or ``[rules."clinic.phone"]``."""
    return dict(_rules(value, "")) if isinstance(value, dict) else value


def _rules(table: Mapping[str, object], name: str) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        dotted = f"{name}.{key}" if name else key
        if isinstance(value, dict) and value and all(isinstance(inner, dict) for inner in value.values()):
            yield from _rules(value, dotted)
        else:
            yield dotted, value


def _rule(value: object) -> object:
    if not isinstance(value, dict):
        hint = f"a rule has {', '.join(RuleTable.model_fields)}; write them below a line [rules.NAME]"
        raise refused_sentence("[rules] holds one table for each field, and this is none", hint)
    return value


Name = Annotated[str, StringConstraints(pattern=r"\S")]
ONE_OR_MORE = BeforeValidator(_as_list, json_schema_input_type=str | list[str])
Names = Annotated[list[Name], ONE_OR_MORE]
FieldTexts = Annotated[
    dict[str, Annotated[str, BeforeValidator(_field_text), WithJsonSchema(SCALAR_SCHEMA)]],
    BeforeValidator(_flat),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "object"]}}),
]


class _Table(BaseModel):
    model_config = TomlTable.model_config


class DataTable(_Table):
    """The file with the rows."""

    file: Annotated[Name, AfterValidator(_file)] = Field(examples=["clinics.csv"])
    encoding: Name | None = None
    table: Name | None = None
    """The worksheet of a workbook or the table of a database."""


class MatrixTable(_Table):
    """The choices that are combined with every row."""

    layout: Annotated[Names, AfterValidator(_choices)] | None = None
    style: Annotated[Names, AfterValidator(_choices)] | None = None
    csl: (
        Annotated[
            list[Annotated[Name, AfterValidator(_citation_style)]],
            ONE_OR_MORE,
            AfterValidator(_choices),
        ]
        | None
    ) = None
    lang: Annotated[Names, AfterValidator(_choices)] | None = None


class OverrideTable(_Table):
    """Values for single rows; every key beside ``set`` says for which."""

    match: FieldTexts
    set: FieldTexts


class RuleTable(_Table):
    """The rule for the values of one field."""

    kind: FieldKind = FieldKind.TEXT
    longest: StrictInt | None = Field(default=None, ge=1, examples=[40])
    """The most characters."""
    empty: Empty | None = None
    """The meaning of an empty cell of this field."""
    among: Names = []
    """The only values allowed."""


class PlanFile(_Table):
    """A batch of leaflets: sources, data, choices, names, and rules for the data."""

    source: Annotated[
        list[Annotated[Name, AfterValidator(_source)]],
        ONE_OR_MORE,
        AfterValidator(_some_sources),
    ] = Field(examples=["source/my-leaflet.md"])
    """The source, or a list of sources."""
    data: Annotated[DataTable, BeforeValidator(_data, json_schema_input_type=str | DataTable)] | None = None
    """The data file, or a table with ``file``, ``table`` and ``encoding``."""
    name: Name | None = None
    """The template of file names, as in ``{source}-{id}``."""
    formats: Annotated[
        list[OutputFormat],
        BeforeValidator(_as_list, json_schema_input_type=OutputFormat | list[OutputFormat]),
        AfterValidator(_some_formats),
    ] = list(ORDINARY_FORMATS)
    """The files to make."""
    output: Annotated[Name, AfterValidator(_folder)] | None = None
    """The folder for results."""
    matrix: MatrixTable = MatrixTable()
    set: FieldTexts = {}
    """Fields that have the same value in all variants."""
    include: list[Annotated[FieldTexts, AfterValidator(_included)]] = []
    """Combinations to add."""
    exclude: list[Annotated[FieldTexts, AfterValidator(_not_everything)]] = []
    """Combinations or rows to leave out."""
    override: list[
        Annotated[
            OverrideTable,
            BeforeValidator(_override),
            WithJsonSchema({"type": "object", "required": ["set"], "properties": {"set": {"type": "object"}}}),
        ]
    ] = []
    """Values for single rows."""
    where: Names = []
    """Conditions that rows must fulfil."""
    rules: Annotated[dict[str, Annotated[RuleTable, BeforeValidator(_rule)]], BeforeValidator(_rules_by_name)] = {}
    empty: Empty = Empty.REFUSE
    """The meaning of an empty cell."""
    fit: Fit | None = None
    """True where type may change to fill the panels."""
    ua: int = Field(default=1, ge=1, le=2, strict=True, examples=[2])
    """The part of PDF/UA that the PDF files keep."""
    archive: StrictBool = False
    """True where the PDF files are PDF/A."""
    attach_source: StrictBool = False
    """True where the archive holds the source."""
    press: Annotated[Name, AfterValidator(_file)] | None = None
    """The ICC profile of a press."""
    ink_limit: float | None = Field(default=None, ge=100, le=400, strict=True, examples=[280])
    """The most ink in per cent."""
    allow_overflow: StrictBool = False
    """True where drafts are built although content does not fit."""
    strict: StrictBool = False
    """True where each warning is an error."""


def plan_schema() -> dict[str, object]:
    """Return the JSON Schema of plan files."""
    return toml_schema(PlanFile, title="Plan of a batch")
