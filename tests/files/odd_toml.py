"""Odd values for the keys of TOML files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ODD = {
    "one": "1",
    "negative": "-1",
    "zero": "0",
    "half": "0.5",
    "nan": "nan",
    "infinite": "-inf",
    "overflow": "1e400",
    "huge": "9" * 30,
    "huge in hexadecimal": "0x" + "F" * 9000,
    "endless": "1" * 9000,
    "empty": '""',
    "long": '"' + "x" * 9000 + '"',
    "blank": '" \\t "',
    "NUL": '"a\\u0000b"',
    "turned": '"a\\u202eb"',
    "address": '"https://example.org/x.png"',
    "outside": '"../../x"',
    "backslashes": "'C:\\maps\\x.png'",
    "true": "true",
    "empty list": "[]",
    "list": '[1, "a", nan]',
    "four lists": "[[1], [2], [3], [4]]",
    "endless margins": "[inf, nan, 1e400, -0.0]",
    "empty table": "{}",
    "table": '{a = 1, "b c" = {d = nan}}',
    "deep": "[" * 60 + "]" * 60,
    "deep keys": "{" + ".".join("a" * 200) + " = 1}",
    "day": "1979-05-27",
    "time": "07:32:00.5",
    "moment": "1979-05-27T07:32:00Z",
}


def keys(schema: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the dotted name of every key that a JSON Schema describes, tables before what they hold."""
    named = schema.get("$defs", {})
    for key, described in schema.get("properties", {}).items():
        yield f"{prefix}{key}"
        for part in (described, *described.get("allOf", ()), *described.get("anyOf", ())):
            if "$ref" in part:
                inner = named[part["$ref"].rpartition("/")[2]]
                yield from keys({**inner, "$defs": named}, f"{prefix}{key}.")
