"""TOML with places: every key and value is found where it is written, and a model's messages point there."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from leaflet.errors import SourceError
from leaflet.files import LocatedData, check_toml, load_toml

TEXT = '''\
# a comment with [brackets] and key = "value"
title = "one = two" # behind
"quoted key" = \'literal # no comment\'
long = """
[not.a.table]
x = 1 \\""" still """
clinic.phone = "01"
list = [
  "a", # [x]
  {name = "b", "c.d" = [1, 2]},
]

[rules."clinic.phone"]
longest = 20
[a.b]
when = 1979-05-27 07:32:00
[[entry]]
id = "x"
[entry.deep]
n = 1
[[entry]]
id = "y"
'''


def place(located: LocatedData, *path: str | int) -> str:
    return str(located.values[path])


def paths(value: Any, at: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Return the path of every value in nested data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {at}.union(*(paths(entry, (*at, key)) for key, entry in inner))


def test_every_key_and_value_has_the_place_where_it_is_written() -> None:
    located = load_toml(TEXT, name="x.toml")
    assert set(located.values) == paths(located.data)
    assert place(located, "title") == "x.toml:2:9"
    assert str(located.keys["quoted key",]) == "x.toml:3:1"
    assert place(located, "clinic", "phone") == "x.toml:7:16"
    assert place(located, "list", 1, "c.d", 1) == "x.toml:10:28"
    assert place(located, "rules", "clinic.phone") == "x.toml:13:8"
    assert place(located, "rules", "clinic.phone", "longest") == "x.toml:14:11"
    assert place(located, "entry", 0, "deep", "n") == "x.toml:20:5"
    assert place(located, "entry", 1, "id") == "x.toml:22:6"


KEYS = st.text(alphabet=st.sampled_from('ab.-_ #="[]é'), min_size=1, max_size=4)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet=st.sampled_from("ab\"'#[]{}=,\\\n é"), max_size=8),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def written(value: Any) -> str:
    """Return ``value`` as inline TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(written(entry) for entry in value)}]"
        case dict():
            return "{" + ", ".join(f"{quoted(key)} = {written(entry)}" for key, entry in value.items()) + "}"
        case _:
            return repr(value)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=3), st.dictionaries(KEYS, VALUES, max_size=3))
def test_the_places_are_those_of_the_data(top: dict[str, Any], table: dict[str, Any]) -> None:
    lines = [f"{quoted(key)} = {written(value)} # end" for key, value in top.items()]
    lines += ["[ 'the table' ]", *(f"{quoted(key)} = {written(value)}" for key, value in table.items())]
    text = "\n".join(lines)
    located = load_toml(text, name="x.toml")
    assert located.data == {**top, "the table": table}
    assert set(located.values) == paths(located.data)
    for key, value in top.items():
        found = located.values[key,]
        line = text.split("\n")[(found.line or 0) - 1]
        assert line[(found.column or 0) - 1 :].startswith(written(value))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = b", "x.toml:1:5: this TOML cannot be read: invalid value"),
        ("a = 1\na = 2", "x.toml:2:6: this TOML cannot be read: cannot overwrite a value"),
        ("a = " + "[" * 5000, "this TOML cannot be read: it is nested too deeply"),
        ('a = "C:\\maps"', "write a path with slashes"),
    ],
)
def test_a_text_that_is_no_toml_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SourceError) as refused:
        load_toml(text, name="x.toml")
    assert message in str(refused.value)


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Kind = Kind.TEXT
    longest: StrictInt | None = Field(default=None, ge=1, examples=[40])
    names: list[str] = []


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(examples=["Hands"])
    is_open: StrictBool = Field(default=False, alias="is-open")
    rules: dict[str, Rule] = {}
    entries: list[Rule] = []
    share: float = Field(default=1, gt=0, le=2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tilte = 'x'", 'x.toml:1:1: "tilte" is not a key of a file\n  hint: did you mean "title"?'),
        ("", 'x.toml:1:1: title is missing\n  hint: for example title = "Hands"'),
        ("title = 1", 'x.toml:1:9: title is not a text\n  hint: for example title = "Hands"'),
        ("title = 'x'\nis-open = 'yes'", "x.toml:2:11: is-open is neither true nor false\n  hint: write is-open = true"),
        ("title = 'x'\nshare = 0", "x.toml:2:9: share is not a number above 0 to 2"),
        ("title = 'x'\nrules = 1", "x.toml:2:9: rules is not a table\n  hint: write [rules] on a line of its own"),
        ("title = 'x'\nentries = 1", "x.toml:2:11: entries is not a list of tables\n  hint: begin each with a line [[entries]]"),
        (
            'title = "x"\n[rules.a]\nkind = "txet"\nlongest = 0\nkinds = 1\nnames = ["a", 1]',
            "x.toml:3:8: rules.a.kind: \"txet\" is not known here\n  hint: did you mean \"text\"?\n"
            "x.toml:4:11: rules.a.longest is not a whole number from 1 up\n  hint: for example longest = 40\n"
            "x.toml:5:1: \"rules.a.kinds\" is not a key of a file\n  hint: did you mean \"kind\"?\n"
            "x.toml:6:15: rules.a.names is not a list of texts\n  hint: write names = [\"one\", \"another\"]",
        ),
        ("title = 'x'\n[[entries]]\n[[entries]]\nkind = 1", "x.toml:4:8: entries.kind: \"1\" is not known here\n  hint: it can be text, number"),
    ],
)  # fmt: skip
def test_what_a_model_refuses_is_explained_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SourceError) as refused:
        check_toml(File, load_toml(text, name="x.toml"), of="a file")
    assert message in str(refused.value)
