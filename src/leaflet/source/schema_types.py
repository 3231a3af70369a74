"""Types of the front matter's values: their conversions from other habits, their checks and their JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from leaflet.files import value_checks
from leaflet.model.metadata import PartialDate
from leaflet.source.key_names import CITE_ALIASES, CONTACT_ALIASES, PERSON_ALIASES, TIP_ALIASES
from leaflet.source.person_names import read_name


def checked(check: Callable[[str], object]) -> BeforeValidator:
    """Return a validator that takes a text in its normal form, or refuses it with the cure."""

    def validate(value: object) -> object:
        if isinstance(value, PartialDate):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("text", "takes a text, not {found}", {"found": kind_of(value)})
        try:
            return check(value)
        except value_checks.Invalid as error:
            raise PydanticCustomError("value", "{what}", {"what": error.message, "hint": error.hint}) from None

    return BeforeValidator(validate)


def kind_of(value: object) -> str:
    """Return a YAML value's kind in a person's words."""
    match value:
        case bool():
            return "yes or no"
        case dict():
            return "a group of keys"
        case list():
            return "a list"
        case _:
            return "this"


LONGEST_TEXT = 20_000
"""In letters: an abstract has a tenth."""


def _one_text(value: object) -> object:
    """Return ``true`` and ``false`` typed as a text as these words; refuse a text of the length of a body."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        what = f"has {len(value):,} letters, and {LONGEST_TEXT:,} are the most"
        raise PydanticCustomError("value", "{what}", {"what": what, "hint": "put it below the front matter"})
    return str(value).lower() if isinstance(value, bool) else value


LONGEST_TITLE = 2_000
"""In letters. Its lines are broken many times until they are even, which would take minutes for a whole text."""


def _title(value: object) -> object:
    """Return a title, unless it is a whole text."""
    if isinstance(value, str) and len(value) > LONGEST_TITLE:
        what = f"has {len(value):,} letters, and {LONGEST_TITLE:,} are the most"
        raise PydanticCustomError("value", "{what}", {"what": what, "hint": "write a title of one line"})
    return _one_text(value)


def as_list(value: object) -> object:
    """Return a single value as a list of one."""
    return value if isinstance(value, list) else [value]


def words(value: object) -> object:
    """Return the words of a text with commas, or a list as it is."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _keys(value: object) -> object:
    """Return citation keys from pandoc's ``nocite: "@a, @b"`` or from a list, with ``@`` or without."""
    if isinstance(value, str):
        value = re.findall(r"@\{[^{}\n]+\}|[^\s,;]+", value)
    if not isinstance(value, list):
        return value
    bare = [_bare_key(entry) if isinstance(entry, str) else entry for entry in value]
    return ["@*" if entry == "*" else entry for entry in bare if entry != ""]


def _bare_key(written: str) -> str:
    """Return ``doe`` for ``@doe``, and ``odd key`` for ``@{odd key}``."""
    key = written.strip()
    return key[2:-1] if key.startswith("@{") and key.endswith("}") else key.removeprefix("@")


def person_value(value: object) -> object:
    """Return a person from a text, from a group with a whole name, or from a group of its parts."""
    if isinstance(value, str):
        return read_name(value)
    if not isinstance(value, dict):
        return value
    person = _renamed(value, PERSON_ALIASES)
    name = person.pop("name", None)
    if isinstance(name, dict):
        person = {**_renamed(name, PERSON_ALIASES), **person}
    elif isinstance(name, str):
        person = {**read_name(name), **person}
    elif name is not None:
        person["literal"] = name
    return person


def _renamed(group: dict[str, object], names: dict[str, str]) -> dict[str, object]:
    """Return a group of keys under the schema's own names."""
    return {names.get(normal(key), normal(key)): entry for key, entry in group.items()}


def normal(key: str) -> str:
    """Return a key in its normal form: ``last-reviewed`` for ``last_reviewed`` and ``Last-Reviewed``."""
    return key.lower().replace("_", "-")


def _joined(value: object) -> object:
    """Return affiliations or roles as one text; they may be texts, lists of texts or groups with a name."""
    if isinstance(value, dict):
        value = value.get("name", value)
    if isinstance(value, list) and all(isinstance(entry, str | dict) for entry in value):
        parts = [entry.get("name", "") if isinstance(entry, dict) else entry for entry in value]
        return ", ".join(str(part) for part in parts if part)
    return value


def copyright_line(value: object) -> object:
    """Return a copyright as one line, from its year and its holder where it is a group."""
    if isinstance(value, dict):
        parts = ("©", value.get("year"), value.get("holder"))
        return " ".join(str(part) for part in parts if part)
    return value


def tip_value(value: object) -> object:
    """Return a line of further reading from a text, or from a group of keys."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, dict):
        return _renamed(value, TIP_ALIASES)
    return value


def contact_value(value: object) -> object:
    """Return a contact from a text, which is its name, or from a group of keys."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, dict):
        return _renamed(value, CONTACT_ALIASES)
    return value


def cite_value(value: object) -> object:
    """Return the leaflet's citation from a list of styles, from yes or no, or from a group of keys."""
    if isinstance(value, bool):
        return {"show": value}
    if isinstance(value, str) and re.fullmatch(r"[\d.,+-]+", value):
        hint = "write cite: false for no box, or the formats that it shows: cite: [apa, vancouver]"
        what = f"{value_checks.shown(value)} says nothing about the box"
        raise PydanticCustomError("value", "{what}", {"what": what, "hint": hint})
    if isinstance(value, list | str):
        return {"styles": value}
    if isinstance(value, dict):
        return _renamed(value, CITE_ALIASES)
    return value


def contents_value(value: object) -> object:
    """Return whether there are contents, or how many levels of headings they list."""
    if isinstance(value, bool) or (isinstance(value, int) and 1 <= value <= DEEPEST_CONTENTS):
        return value
    if isinstance(value, str) and value.isdigit() and 1 <= int(value) <= DEEPEST_CONTENTS:
        return int(value)
    what = f"{value_checks.shown(str(value))} says nothing about the contents page"
    hint = f"write true, false, or how many levels of headings it lists: 1 to {DEEPEST_CONTENTS}"
    raise PydanticCustomError("value", "{what}", {"what": what, "hint": hint})


def running_head_value(value: object) -> object:
    """Return whether there are running heads, or the words of those on left pages."""
    if isinstance(value, bool) or (isinstance(value, str) and value.strip()):
        return value
    hint = "write true, false, or a short title for the heads of left pages"
    what = f"{value_checks.shown(str(value))} is no running head"
    raise PydanticCustomError("value", "{what}", {"what": what, "hint": hint})


def _access(text: str) -> str | PartialDate:
    return text if text in {"build", "none"} else _access_date(text)


def _access_date(text: str) -> PartialDate:
    try:
        return value_checks.date(text)
    except value_checks.Invalid as error:
        raise value_checks.Invalid(
            f"{value_checks.shown(text)} is not a way to say when it was read", error.hint
        ) from None


def _days(text: str) -> str | PartialDate:
    """Return a date, or words such as "every Tuesday" as they are; what looks like a date has to be one."""
    try:
        return value_checks.date(text)
    except value_checks.Invalid as error:
        if NUMBERED.search(text) or not text.strip():
            hint = f"{error.hint}; or write words, such as every Tuesday"
            raise value_checks.Invalid(error.message, hint) from None
        return text.strip()


NUMBERED = re.compile(r"\d{3}|\d\s*[./-]\s*\d")
"""A year, or numbers with a sign between them: part of a date in figures."""
DATE_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
        {"type": "integer", "minimum": 1, "maximum": 9999},
    ]
}
DEEPEST_CONTENTS = 3
"""The most levels of headings on a contents page."""
CONTENTS_SCHEMA = {"anyOf": [{"type": "boolean"}, {"type": "integer", "minimum": 1, "maximum": DEEPEST_CONTENTS}]}
TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
SEVERAL_TEXTS = {"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA}]}

Text = Annotated[str, BeforeValidator(_one_text), WithJsonSchema(TEXT_SCHEMA)]
Title = Annotated[str, BeforeValidator(_title), WithJsonSchema(TEXT_SCHEMA)]
Date = Annotated[Any, checked(value_checks.date), WithJsonSchema(DATE_SCHEMA)]
Days = Annotated[Any, checked(_days), WithJsonSchema({"anyOf": [DATE_SCHEMA, {"type": "string"}]})]
Url = Annotated[str, checked(value_checks.url), WithJsonSchema({"type": "string", "format": "uri"})]
Email = Annotated[str, checked(value_checks.email), WithJsonSchema({"type": "string"})]
Joined = Annotated[str, BeforeValidator(_joined), WithJsonSchema({"type": ["string", "array", "object"]})]
Texts = Annotated[list[Text], BeforeValidator(as_list), WithJsonSchema(SEVERAL_TEXTS)]
Words = Annotated[list[Text], BeforeValidator(words), WithJsonSchema(SEVERAL_TEXTS)]
Keys = Annotated[list[Text], BeforeValidator(_keys), WithJsonSchema(SEVERAL_TEXTS)]
Access = Annotated[
    Any, checked(_access), WithJsonSchema({"anyOf": [{"type": "string", "enum": ["build", "none"]}, DATE_SCHEMA]})
]
