"""Checks of TOML files by pydantic models: every mistake at once, each with its place and its cure."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, Union, get_args, get_origin

from leaflet.errors import LeafletError, Location, Problem, SourceError
from leaflet.files.located_data import LocatedData, ValuePath
from leaflet.files.suggest import suggestion
from leaflet.files.value_checks import shown

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    Model = TypeVar("Model", bound=BaseModel)

MOST_EXPLAINED = 500
"""Mistakes of one file, above which their number is enough."""
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
VALUE, SENTENCE = "value", "sentence"
"""Types of a ``PydanticCustomError`` that a model may raise, with ``what`` and ``hint`` in its context. The name of the
key is put before the ``what`` of a value; a sentence says all by itself."""


def check_toml(
    model: type[Model],
    located: LocatedData,
    *,
    of: str,
    context: object = None,
    error: type[LeafletError] = SourceError,
) -> Model:
    """Return ``located`` as a ``model``; ``of`` is what messages call the file, such as "a plan".

    ``context`` is handed to the model's validators; ``error`` is raised for what the model refuses. The field ``examples`` of a model make the hints of messages.

    Raises:
        LeafletError: every key and value that the model refuses, as an ``error``.
    """
    from pydantic import ValidationError

    try:
        return model.model_validate(located.data, context=context)
    except ValidationError as refused:
        raise error(explain_errors(refused, model, located, of=of)) from None


def toml_schema(model: type[BaseModel], *, title: str) -> dict[str, object]:
    """Return the JSON Schema of a TOML file that ``model`` checks, under the ``title`` that editors show."""
    from leaflet.files.described_schema import DescribedSchema

    made = model.model_json_schema(by_alias=True, schema_generator=DescribedSchema)
    return {**made, "$schema": SCHEMA_DIALECT, "title": title}


def explain_errors(
    error: ValidationError, model: type[BaseModel], located: LocatedData, *, of: str
) -> tuple[Problem, ...]:
    """Return what ``model`` refuses in ``located`` as problems with their places."""
    keys, values = dotted_places(located.keys), dotted_places(located.values)
    problems: list[Problem] = []
    found = error.errors(include_url=False)
    for details in found[:MOST_EXPLAINED]:
        path: ValuePath = tuple(details["loc"])
        message, hint = _explained(details, model, path, of)
        places = {**values, **keys} if details["type"] == "extra_forbidden" else values
        problems.append(Problem(message=message, location=nearest_place(path, places), hint=hint))
    ordered = tuple(sorted(dict.fromkeys(problems), key=_line_and_column))
    if (more := len(found) - MOST_EXPLAINED) <= 0:
        return ordered
    last = Problem(message=f"{more:,} more keys and values are refused", location=ordered[-1].location)
    return (*ordered, last)


def _line_and_column(problem: Problem) -> tuple[int, int]:
    place = problem.location
    return (place.line or 0, place.column or 0) if place else (0, 0)


def dotted_places(places: Mapping[ValuePath, Location]) -> dict[str, Location]:
    """Return ``places`` by dotted name: ``[rules."a.b"]`` and ``[rules.a.b]`` are both ``rules.a.b``."""
    return {_dotted(path): place for path, place in places.items()}


def nearest_place(path: ValuePath, places: Mapping[str, Location]) -> Location | None:
    """Return the place of ``path``, or of the nearest value around it that is known."""
    while path and _dotted(path) not in places:
        path = path[:-1]
    return places.get(_dotted(path))


def _dotted(path: Iterable[str | int]) -> str:
    return ".".join(str(part) for part in path)


def _explained(details: ErrorDetails, model: type[BaseModel], path: ValuePath, of: str) -> tuple[str, str | None]:
    """Return a message and its hint for one error."""
    context = details.get("ctx", {})
    label = _dotted(part for part in path if isinstance(part, str))
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    info = _field_at(model, path)
    match details["type"]:
        case "sentence":
            return str(context["what"]), str(context["hint"])
        case "value":
            return f"{label}: {context['what']}", str(context["hint"])
        case "extra_forbidden":
            known = _keys_at(model, path[:-1])
            return f'"{label}" is not a key of {of}', suggestion(key, known) or f"it can be {', '.join(known)}"
        case "missing":
            return f"{label} is missing", _example(key, info) or f"add {key}"
        case "enum" | "literal_error":
            words = _words_at(model, path)
            hint = suggestion(str(details["input"]), words) or f"it can be {', '.join(words)}"
            return f"{label}: {written(details['input'])} is not known here", hint
        case "dict_type" | "model_type" | "model_attributes_type" if isinstance(path[-1], int):
            return f"{label} is not a list of tables", f"begin each with a line [[{label}]]"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"{label} is not a table", f"write [{label}] on a line of its own"
        case _:
            kind, hint = _kind(details["type"], model, path, info)
            return f"{label} is {kind}", _example(key, info) or hint.format(key=key)


def written(value: object) -> str:
    """Return a value as a message quotes it."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return shown(str(value))


def _kind(error: str, model: type[BaseModel], path: ValuePath, info: FieldInfo | None) -> tuple[str, str]:
    """Return what a value is not, and a hint in which ``{key}`` is its key."""
    list_of_texts = "not a list of texts", 'write {key} = ["one", "another"]'
    if isinstance(path[-1], int):
        return list_of_texts if error.startswith("string") else ("not a list of such values", "look at this entry")
    if error.startswith(("list", "tuple", "set", "too_")):
        if _is_table(_type_at(model, (*path, 0))):
            return "not a list of tables", "begin each with a line [[{key}]]"
        return list_of_texts
    if error.startswith("string"):
        return "not a text", 'write {key} = "…"'
    if error.startswith("bool"):
        return "neither true nor false", "write {key} = true, without quotes"
    return f"not a {_number(info)}", "write a number without quotes"


def _number(info: FieldInfo | None) -> str:
    """Return the kind of number that a field takes, with its bounds."""
    limits = [] if info is None else [*info.metadata, *_limits(info.annotation)]
    low = next((limit.ge for limit in limits if hasattr(limit, "ge")), None)
    above = next((limit.gt for limit in limits if hasattr(limit, "gt")), None)
    high = next((limit.le for limit in limits if hasattr(limit, "le")), None)
    word = "whole number" if info and _plain(info.annotation) is int else "number"
    if above is not None:
        word += f" above {above:.7g}"
    if low is not None:
        word += f" from {low:.7g}" + (" up" if high is None else "")
    return word if high is None else f"{word} to {high:.7g}"


def _limits(annotation: object) -> Iterator[object]:
    """Yield the bounds that a type carries itself, as in ``Annotated[float, Field(ge=1)] | None``."""
    if get_origin(annotation) is Annotated:
        for found in get_args(annotation)[1:]:
            yield from getattr(found, "metadata", (found,))
    for argument in get_args(annotation):
        yield from _limits(argument)


def _example(key: str, info: FieldInfo | None) -> str | None:
    """Return a hint with the first example that the model gives of a key."""
    if info is None or not info.examples:
        return None
    # An example of texts, numbers, true and false, or lists of these is written in TOML as in JSON.
    return f"for example {key} = {json.dumps(info.examples[0], ensure_ascii=False)}"


def _field_at(model: type[BaseModel], path: ValuePath) -> FieldInfo | None:
    """Return the model's field at ``path``, or None where that is an entry of a list or a table of any keys."""
    if not path or not isinstance(path[-1], str):
        return None
    owner = _model_at(model, path[:-1])
    return None if owner is None else _fields(owner).get(path[-1])


def _keys_at(model: type[BaseModel], path: ValuePath) -> tuple[str, ...]:
    """Return the keys that the table at ``path`` can have."""
    owner = _model_at(model, path)
    return () if owner is None else tuple(_fields(owner))


def _words_at(model: type[BaseModel], path: ValuePath) -> tuple[str, ...]:
    """Return the words of the closed vocabulary at ``path``."""
    found = _type_at(model, path)
    if isinstance(found, type) and issubclass(found, Enum):
        return tuple(str(word.value) for word in found)
    return tuple(str(word) for word in get_args(found)) if get_origin(found) is Literal else ()


def _is_table(found: object) -> bool:
    from pydantic import BaseModel

    return get_origin(found) is dict or (isinstance(found, type) and issubclass(found, BaseModel))


def _model_at(model: type[BaseModel], path: ValuePath) -> type[BaseModel] | None:
    from pydantic import BaseModel

    found = _type_at(model, path)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _type_at(model: type[BaseModel], path: ValuePath) -> object:
    """Return the type at ``path`` within ``model``; None where the model does not know it."""
    from pydantic import BaseModel

    found: object = model
    for step in path:
        found = _plain(found)
        if isinstance(found, type) and issubclass(found, BaseModel):
            info = _fields(found).get(str(step))
            found = None if info is None else info.annotation
        else:
            arguments = [argument for argument in get_args(found) if argument is not Ellipsis]
            found = arguments[-1] if arguments else None
    return _plain(found)


def _plain(annotation: object) -> object:
    """Return a type without its ``Annotated`` and without the None beside it."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            others = [argument for argument in get_args(annotation) if argument is not types.NoneType]
            if len(others) != 1:
                return annotation
            annotation = others[0]
        else:
            return annotation


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields by the keys of the file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}
