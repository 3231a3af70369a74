"""The index page of a batch: every variant with its files on one HTML page that needs no script and no network."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from leaflet.batch.run import BatchResult, Task
from leaflet.batch.worker import Outcome, Status

CSS = """\
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
ul.facts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 2rem; }
ul.facts b { font-size: 1.5rem; display: block; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid #8886; }
thead th { position: sticky; top: 0; background: Canvas; }
th[scope=row] { font-weight: 600; overflow-wrap: anywhere; }
td.values { font-size: .9em; }
td.values span { display: inline-block; margin-right: .9em; }
td.values i { font-style: normal; opacity: .7; }
tr.bad th, tr.bad td.status { border-left: 0; color: #b3261e; }
.says { white-space: pre-line; font-size: .85em; margin: .3rem 0 0; }
@media (prefers-color-scheme: dark) { tr.bad th, tr.bad td.status { color: #ffb4ab; } }
@media print { thead th { position: static; } }
"""
WORDS = {Status.BUILT: "built", Status.REFUSED: "refused", Status.BROKEN: "broken", Status.FITS: "fits"}


def index_page(result: BatchResult, title: str, *, manifest: str = "manifest.json") -> bytes:
    """One row for each variant: what was chosen, its values, its files, and what there is to say of it."""
    rows = "\n".join(_row(task, result) for task in result.tasks)
    built = sum(result.status(task) is Status.BUILT for task in result.tasks)
    size = sum(file.size for outcome in result.outcomes.values() for file in outcome.files)
    facts = [(f"{len(result.tasks):,}", "variants"), (f"{built:,}", "built"), (f"{len(result.failed):,}", "failed")]
    facts.append((f"{size / 1e6:,.1f} MB", "in all"))
    figures = "".join(f"<li><b>{escape(figure)}</b> {escape(word)}</li>" for figure, word in facts)
    page = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style>
{CSS}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<ul class="facts">{figures}</ul>
<p>To find a variant, use your browser’s search. What each file was made of is in <a href="{manifest}">{manifest}</a>.</p>
<table>
<thead><tr><th scope="col">Variant</th><th scope="col">Choices and fields</th><th scope="col">Files</th><th scope="col">Status</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</main>
</body>
</html>
"""
    return page.encode()


def _row(task: Task, result: BatchResult) -> str:
    variant = task.variant
    outcome = result.outcomes.get(variant.name)
    base = "" if result.address is None else f"{result.address.rstrip('/')}/"
    values = {
        **{key: value for key, value in variant.labels.items() if key not in ("row", "source")},
        **variant.choices.fields,
    }
    cells = " ".join(f"<span><i>{escape(name)}</i> {escape(value)}</span>" for name, value in values.items() if value)
    status = WORDS[outcome.status] if outcome else "not begun"
    said = ""
    if outcome and outcome.problems:
        said = f'<p class="says">{escape(chr(10).join(str(problem) for problem in outcome.problems))}</p>'
    fit = f"<br>{escape(outcome.fit)}" if outcome and outcome.fit else ""
    bad = ' class="bad"' if outcome and outcome.status is not Status.BUILT else ""
    return (
        f'<tr{bad}><th scope="row">{escape(variant.name)}</th><td class="values">{cells}</td>'
        f'<td>{_links(outcome, variant.name, base)}</td><td class="status">{status}{fit}{said}</td></tr>'
    )


def _links(outcome: Outcome | None, name: str, base: str) -> str:
    if outcome is None:
        return ""
    links = []
    for file in outcome.files:
        short = escape(file.name.removeprefix(name).lstrip("-.") or file.name)
        links.append(f'<a href="{escape(base)}{quote(file.name)}" aria-label="{short} of {escape(name)}">{short}</a>')
    return "<br>".join(links)
