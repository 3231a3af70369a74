"""JSON Schema in which the docstrings of a model's fields are their descriptions.

Pydantic can take them when it makes the class (``use_attribute_docstrings``), but then reads the source of the class in
every process, although a build shows no schema: that took longer than all else about the classes.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema


class DescribedSchema(GenerateJsonSchema):
    """Maker of schemas with the docstrings of fields."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model, each field with its docstring unless it has a description."""
        made = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for base in model.__mro__[: model.__mro__.index(BaseModel)]:
            for name, words in _field_docstrings(base):
                key = model.model_fields[name].alias or name
                made["properties"][key].setdefault("description", words)
        return made


def _field_docstrings(model: type) -> Iterator[tuple[str, str]]:
    """Yield the names of the fields that a class itself declares and describes, with their docstrings."""
    (statement,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(statement, ast.ClassDef)
    for field, words in zip(statement.body, statement.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr):
            match field.target, words.value:
                case ast.Name(id=name), ast.Constant(value=str(text)):
                    yield name, inspect.cleandoc(text)
                case _:
                    continue
