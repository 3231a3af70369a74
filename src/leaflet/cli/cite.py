"""``leaflet cite``: the citation of a leaflet, and citations from a library of references for any program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.cli.json_lists import read_list, refuse_twins
from leaflet.cli.machine_output import print_json, problem_values
from leaflet.clock import build_day

if TYPE_CHECKING:
    from leaflet.model.citation import Item

FORMS = ("text", "html", "bibtex", "biblatex", "ris", "csl-json")


@click.command()
@click.argument("source", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--csl", multiple=True, help="Citation style, several times for several; the box's own without it.")
@click.option("--as", "form", type=click.Choice(FORMS), default="text", help="What to print [text].")
@click.option(
    "--library",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="References of any kind that `leaflet refs` reads.",
)
@click.option(
    "--clusters", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Citations in document order."
)
@click.option(
    "--particles",
    type=click.Choice(("keep", "drop")),
    default="keep",
    help="With a .bib --library: whether van and von stay with the family name [keep].",
)
@click.option("--locale", help="Language of the citations, for example en-GB.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    source: Path | None,
    csl: tuple[str, ...],
    form: str,
    library: Path | None,
    clusters: Path | None,
    particles: str,
    locale: str | None,
    as_json: bool,
) -> None:
    """Print how to cite the leaflet SOURCE; or, with --library, format that library's citations.

    A cluster is an object {"citationItems": [{"id", "locator", "label", "prefix", "suffix", "suppress-author",
    "author-only"}], "properties": {"noteIndex": 1}}, and --clusters names a file with a list of them.
    """
    if (source is None) == (library is None):
        raise click.UsageError("Give a SOURCE or a --library, one of the two.")
    if library is not None:
        if form not in ("text", "html"):
            raise click.UsageError("With --library, --as is text or html; for other forms see `leaflet refs`.")
        if len(csl) > 1:
            raise click.UsageError("With --library there is one --csl at a time.")
        items = _library_items(library, particles)
        _cite_library(items, clusters, csl[0] if csl else "apa", locale, form="json" if as_json else form)
    elif source is not None:
        _cite_leaflet(source, csl, "json" if as_json else form)


def _cite_leaflet(source: Path, csl: tuple[str, ...], form: str) -> None:
    from leaflet.api import cite
    from leaflet.pipeline import export_leaflet

    if form == "json":
        found = cite(source, citation_style=csl, today=build_day())
        lines = [{"label": line.label, "text": line.text, "html": line.html} for line in found.lines]
        print_json({"citations": lines, "problems": problem_values(found.problems)})
        return
    if form in ("text", "html"):
        found = cite(source, citation_style=csl, today=build_day())
        report.show(found.problems)
        for line in found.lines:
            shown = line.html if form == "html" else line.text
            click.echo(shown if len(found.lines) == 1 else f"{line.label}: {shown}")
        return
    click.echo(export_leaflet(source, form, today=build_day()), nl=False)


def _library_items(library: Path, particles: str) -> list[Item]:
    """Return the items of a library.

    A list of CSL-JSON goes to the processor as it is, for programs that ask for citations; any other file is read as in
    a leaflet, and what looks wrong in it is said.

    Raises:
        LeafletError: the file cannot be read.
    """
    from leaflet.bibliography import read_bibliography
    from leaflet.errors import LeafletError, Severity
    from leaflet.files import read_file

    if library.suffix == ".json" and read_file(library, inside=None).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b""):
        listed = read_list(library, "items")
        refuse_twins(listed)
        return [item for item, _ in listed]
    references, problems = read_bibliography(library, name=str(library), particles=particles)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise LeafletError(problems)
    report.show(problems)
    return [reference.item for reference in references]


def _cite_library(items: list[Item], clusters: Path | None, csl: str, locale: str | None, *, form: str) -> None:
    from leaflet.citations import CitationProcessor
    from leaflet.pipeline import SHORT_NAMES

    asked = [cluster for cluster, _ in read_list(clusters, "clusters")] if clusters else []
    processor = CitationProcessor(SHORT_NAMES.get(csl, csl), items, locale=locale)
    everything = () if clusters else tuple(str(item.get("id", "")) for item in items)
    result = processor.process(asked, nocite=everything)
    if form == "json":
        click.echo(
            json.dumps(
                {
                    "citations": list(result.citations),
                    "bibliography": [{"id": entry.id, "html": entry.html} for entry in result.bibliography],
                    "hanging_indent": result.hanging_indent,
                    "entry_spacing": result.entry_spacing,
                    "second_field_align": result.second_field_align,
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for citation in result.citations if form == "html" else result.texts:
        click.echo(citation)
    if result.citations and result.bibliography:
        click.echo()
    for entry in result.bibliography:
        click.echo(entry.html if form == "html" else entry.text)
