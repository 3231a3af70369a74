"""The manifest of a batch: every file, with what it was made of. The same batch gives the same bytes."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from io import StringIO

from leaflet.batch.run.job import Job, Outcome
from leaflet.batch.run.result import BatchResult
from leaflet.errors import Severity
from leaflet.pipeline import package_versions
from leaflet.version import VERSION

LABELS = ("source", "row", "layout", "style", "csl", "lang")
HARMLESS = re.compile(r"[+-][\d\s().+-]*")
"""A phone number or a plain number may begin with a sign; any other cell that does would be run as a formula."""


def manifest_json(result: BatchResult, *, seconds: bool = False) -> bytes:
    """Return everything known of the batch, each variant on its own line; with ``seconds``, also the time of each.

    The fingerprints that variants share are listed once, under ``recipes``, and referred to by their number.
    """
    recipes: dict[str, int] = {}
    lines = ",\n".join(_compact(_entry(job, result, recipes) | _seconds(job, result, seconds)) for job in result.jobs)
    head = {
        "leaflet": VERSION,
        "program": result.program,
        "packages": package_versions(),
        "complete": result.complete,
        "recipes": [json.loads(text) for text in recipes],
    }
    opened = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{opened},\n "variants": [\n{lines}\n ]\n}}\n'.encode()


def manifest_csv(result: BatchResult) -> bytes:
    """Return one line for each variant, for a spreadsheet, with texts in place of formulas."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    columns = [column for column in result.expansion.columns if column not in LABELS]
    writer.writerow(["name", "status", *LABELS, *columns, "panels", "scale", "files", "bytes", "warnings", "errors"])
    for job in result.jobs:
        outcome = result.outcomes.get(job.name)
        variant = job.variant
        cells = [variant.name, _status(outcome), *(variant.labels[label] for label in LABELS)]
        cells += [variant.values.get(column, "") for column in columns]
        writer.writerow([_as_data(cell) for cell in (*cells, *_figures(outcome))])
    return stream.getvalue().encode("utf-8-sig")


def _entry(job: Job, result: BatchResult, recipes: dict[str, int]) -> dict[str, object]:
    variant = job.variant
    outcome = result.outcomes.get(variant.name)
    entry: dict[str, object] = {
        "name": variant.name,
        "status": _status(outcome),
        "from": str(variant.place) if variant.place else result.expansion.sources[variant.source].name,
        "choices": dict(variant.labels),
        "fields": dict(variant.choices.fields),
        "recipe": recipes.setdefault(job.shared, len(recipes)),
    }
    if outcome is None:
        return entry
    if outcome.problems:
        entry["findings"] = [str(problem) for problem in outcome.problems]
    if outcome.files:
        entry |= {
            "panels": outcome.panels,
            "scale": outcome.scale,
            "fit": outcome.fit,
            "inputs": dict(outcome.inputs),
            "files": [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in outcome.files],
        }
    return entry


def _seconds(job: Job, result: BatchResult, wanted: bool) -> dict[str, object]:
    outcome = result.outcomes.get(job.name)
    return {"seconds": round(outcome.seconds, 3)} if wanted and outcome else {}


def _compact(value: Mapping[str, object]) -> str:
    # Without an indent json uses its encoder in C, five times as fast.
    return json.dumps(value, ensure_ascii=False)


def _status(outcome: Outcome | None) -> str:
    return outcome.status.value if outcome else "not begun"


def _figures(outcome: Outcome | None) -> list[str]:
    if outcome is None:
        return [""] * 6
    errors = sum(problem.severity is Severity.ERROR for problem in outcome.problems)
    return [
        str(outcome.panels),
        "" if outcome.scale is None else f"{outcome.scale:g}",
        " ".join(file.name for file in outcome.files),
        str(sum(file.size for file in outcome.files)),
        str(len(outcome.problems) - errors),
        str(errors),
    ]


def _as_data(cell: str) -> str:
    if cell.startswith(("=", "@", "\t", "\r")) or (cell.startswith(("+", "-")) and not HARMLESS.fullmatch(cell)):
        return f"'{cell}"
    return cell
