"""Types of values in TOML files, for pydantic models: numbers with bounds, colours, words and lists."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from leaflet.files.toml_model import SENTENCE, VALUE, written
from leaflet.files.value_checks import Invalid

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class TomlTable(BaseModel):
    """A table of a TOML file; its keys are written with hyphens, and others than its own are refused."""

    model_config = ConfigDict(
        defer_build=True,  # a model inside another is built with it
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )


def refused_value(what: str, hint: str) -> PydanticCustomError:
    """Return the error by which a validator refuses a value; a message puts the name of its key before ``what``."""
    return PydanticCustomError(VALUE, "{what}", {"what": what, "hint": hint})


def refused_sentence(what: str, hint: str) -> PydanticCustomError:
    """Return the error by which a validator refuses values with a message of its own."""
    return PydanticCustomError(SENTENCE, "{what}", {"what": what, "hint": hint})


def checked_text(check: Callable[[str], str]) -> BeforeValidator:
    """Return a validator that lets ``check`` judge a text."""

    def validate(value: object) -> str:
        if not isinstance(value, str):
            raise refused_value("it is not a text", "write it in quotes")
        try:
            return check(value)
        except Invalid as error:
            raise refused_value(error.message, error.hint) from None

    return BeforeValidator(validate)


def _text(value: object) -> str:
    """Return a text, a number or a date as the text that front matter would hold."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, dict | list):
        raise refused_value(f"{written(value)} is not a text", "write one text in quotes")
    if isinstance(value, float) and not math.isfinite(value):
        raise refused_value(f"{value} is not a text", "write it in quotes")
    return str(value)


def _colour(value: object) -> str:
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        raise refused_value(f"{written(value)} is not a colour", 'write it with six digits, for example "#0B4F6C"')
    return value


TomlColour = Annotated[
    str, BeforeValidator(_colour), WithJsonSchema({"type": "string", "pattern": f"^{COLOUR.pattern}$"})
]
LooseText = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number", "boolean"]})]
TomlText = Annotated[str, StringConstraints(strict=True)]
