"""Names of output files, filled in from a template; safe on every system and never a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from leaflet.batch.data.table import quoted
from leaflet.errors import Location, Problem
from leaflet.files import closest

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
FORBIDDEN = re.compile(r"[<>:\"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that Windows forbids, control characters, and marks that turn the direction of text and hide a name's end."""
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
RECORDS = re.compile(r"(manifest|index)(-\d+of\d+)?\.(json|csv|html)|.+-print-run(-\d+)?\.pdf|.+\.zip")
"""The files that a batch writes beside its leaflets."""
LONGEST = 180
"""In bytes: most systems allow 255 for a name, of which endings and temporary names need some."""


def record_names(ending: str) -> tuple[str, ...]:
    """Return the names of the files that every batch writes; ``ending`` is that of its shard."""
    return f"manifest{ending}.json", f"manifest{ending}.csv", f"index{ending}.html"


def check_template(template: str, known: Iterable[str], place: Location | None) -> tuple[Problem, ...]:
    """Report what is wrong with a template, before any row fills it in."""
    names = sorted(set(known))
    problems = []
    for name in PLACEHOLDER.findall(template):
        if name not in names:
            near = closest(name, names)
            hint = f"did you mean {{{near[0]}}}?" if near else f"it can be {', '.join(names)}"
            problems.append(
                Problem(message=f"the name asks for {{{name}}}, which nothing gives", location=place, hint=hint)
            )
    rest = PLACEHOLDER.sub("", template)
    if "{" in rest or "}" in rest:
        hint = 'write placeholders as in "{source}-{row}"'
        problems.append(Problem(message="a brace in the name has no partner", location=place, hint=hint))
    if FORBIDDEN.search(rest):
        hint = "a name is no path: use letters, digits, - and _; choose the folder with output"
        problems.append(
            Problem(message=f'the name "{template}" holds a sign that files cannot have', location=place, hint=hint)
        )
    return tuple(problems)


def fill_name(template: str, values: Mapping[str, str]) -> str:
    """Return ``template`` with its placeholders filled, spaces as hyphens, in Unicode's composed form."""
    filled = PLACEHOLDER.sub(lambda found: values.get(found[1], ""), template)
    return unicodedata.normalize("NFC", re.sub(r"\s+", "-", filled.strip()))


def fault(name: str) -> str | None:
    """Return the reason why ``name`` cannot be the name of a file, or None."""
    bad = FORBIDDEN.search(name)
    if bad:
        shown = bad[0] if bad[0].isprintable() else f"U+{ord(bad[0]):04X}"
        return f'it holds "{shown}"'
    if not name.strip("-. "):
        return "nothing is left of it"
    if name.startswith((".", "-")) or name.endswith("."):
        return "it begins with a dot or a hyphen, or ends with a dot"
    if name.partition(".")[0].casefold() in RESERVED:
        return "Windows keeps this name for itself"
    if len(name.encode()) > LONGEST:
        return f"it is longer than {LONGEST} bytes"
    return None


def shown(name: str) -> str:
    """Return ``name`` as a message quotes it: short, and without signs that would turn or hide the message."""
    return quoted("".join(sign if sign.isprintable() else "\ufffd" for sign in name))
