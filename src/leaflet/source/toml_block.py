"""Front matter in TOML, between lines of ``+++`` as Hugo has it, as YAML with each key in its own line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from datetime import date, time

from leaflet.errors import Location, Problem, SourceError

FENCE = "+++"
PLACE = re.compile(r" ?\(at line (\d+), column (\d+)\)")


def toml_as_yaml(lines: Sequence[str], first: int, *, name: str) -> str:
    """Return the lines of a block of TOML as YAML; ``first`` is the number of the first of them in the file.

    Raises:
        SourceError: it is no TOML.
    """
    try:
        values = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        found = PLACE.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (len(lines), 1)
        what = PLACE.sub("", str(error)).replace(" (at end of document)", "")
        raise SourceError(
            Problem(
                message=f"the front matter is no TOML: {what[:1].lower()}{what[1:]}",
                location=Location(file=name, line=first + line - 1, column=column),
                hint='write each key as in title = "Open day", and dates as in 2026-05-12',
            )
        ) from None
    written = [""] * len(lines)
    for key, value in values.items():
        begins = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
        at = next((at for at, line in enumerate(lines) if begins.match(line) and not written[at]), len(written))
        entry = f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False, default=_as_text)}"
        written[at : at + 1] = [entry]
    return "\n".join(written)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | time) else str(value)
