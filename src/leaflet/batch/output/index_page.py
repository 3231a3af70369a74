"""The index page of a batch: a contact sheet of all variants on one HTML page that can be searched and asks no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from urllib.parse import quote

from leaflet.batch.run.events import BatchResult, Task
from leaflet.batch.run.job import Outcome, Status
from leaflet.files import read_packaged

WORDS = {
    Status.BUILT: "built",
    Status.REFUSED: "refused",
    Status.BROKEN: "broken",
    Status.FITS: "fits",
    Status.SAME: "built",
}
BESIDE = ("row", "source")
"""Labels that a card does not repeat."""


def index_page(
    result: BatchResult, title: str, *, manifest: str = "manifest.json", pictures: Mapping[str, str]
) -> bytes:
    """One card for each variant: its first page, what was chosen, its values, its files, and what is to be said of it.

    ``pictures`` are the addresses of thumbnails by the variant's name.
    """
    cards = "\n".join(_card(task, result, pictures.get(task.variant.name)) for task in result.tasks)
    css, script = _part("index.css"), _part("index.js")
    # The page may run this one script and show pictures; it may not ask anything of any server.
    allowed = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; script-src 'sha256-{_hash(script)}'"
    )
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style>
{css}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<ul class="facts">{_figures(result)}</ul>
<p>What each file was made of is in <a href="{manifest}">{manifest}</a>.</p>
<form role="search" hidden>
<label>Search <input type="search" name="search" autocomplete="off" spellcheck="false"></label>
<label class="tick"><input type="checkbox" name="failed"> only what is not built</label>
<output></output>
</form>
<ul class="sheet">
{cards}
</ul>
</main>
<script>{script}</script>
</body>
</html>
""".encode()


def _figures(result: BatchResult) -> str:
    built = sum(result.status(task) is Status.BUILT for task in result.tasks)
    size = sum(file.size for outcome in result.outcomes.values() for file in outcome.files)
    facts = [(f"{len(result.tasks):,}", "variants"), (f"{built:,}", "built"), (f"{len(result.failed):,}", "failed")]
    facts.append((f"{size / 1e6:,.1f} MB", "in all"))
    return "".join(f"<li><b>{escape(figure)}</b> {escape(word)}</li>" for figure, word in facts)


def _card(task: Task, result: BatchResult, picture: str | None) -> str:
    variant = task.variant
    outcome = result.outcomes.get(variant.name)
    base = "" if result.address is None else f"{result.address.rstrip('/')}/"
    built = outcome is not None and outcome.status is Status.BUILT
    chosen = {name: value for name, value in variant.labels.items() if name not in BESIDE}
    values = {**chosen, **variant.choices.fields}
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in values.items() if value)
    parts = [
        f'<li class="card{"" if built else " bad"}">',
        f"<h2>{escape(variant.name)}</h2>",
        f'<img src="{quote(picture)}" alt="" loading="lazy">' if picture else "",
        f"<dl>{pairs}</dl>" if pairs else "",
        _links(outcome, variant.name, base) if outcome else "",
        f'<p class="status">{_status(outcome)}</p>',
        _said(outcome) if outcome else "",
        "</li>",
    ]
    return "".join(parts)


def _links(outcome: Outcome, name: str, base: str) -> str:
    if not outcome.files:
        return ""
    links = []
    for file in outcome.files:
        short = escape(file.name.removeprefix(name).lstrip("-.") or file.name)
        links.append(
            f'<li><a href="{escape(base)}{quote(file.name)}" aria-label="{short} of {escape(name)}">{short}</a></li>'
        )
    return f'<ul class="files">{"".join(links)}</ul>'


def _status(outcome: Outcome | None) -> str:
    if outcome is None:
        return "not begun"
    return ". ".join(escape(part) for part in (WORDS[outcome.status], outcome.fit) if part)


def _said(outcome: Outcome) -> str:
    said = "\n".join(str(problem) for problem in outcome.problems)
    return f'<p class="says">{escape(said)}</p>' if said else ""


def _part(name: str) -> str:
    return read_packaged("leaflet.batch.output", name).decode()


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
