"""``leaflet refs``: read, check and convert references of files, of Zotero, of servers and of what sources cite."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.cli.reference_sources import ZOTERO, cited_in, from_servers, from_zotero, update_retractions

if TYPE_CHECKING:
    from leaflet.bibliography import Read
    from leaflet.errors import Problem
    from leaflet.model.citation import Reference

FORMATS = ("csl-json", "csl-yaml", "biblatex", "bibtex", "ris")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--to", "target", type=click.Choice(FORMATS), help="Print the references in this format.")
@click.option(
    "--from",
    "origin",
    metavar=f"[{'|'.join(FORMATS)}|{ZOTERO}[:COLLECTION]]",
    help="Read every file as this format, whatever its name; or ask Zotero on this computer.",
)
@click.option(
    "--get", "numbers", multiple=True, metavar="doi:|isbn:|pmid:NUMBER", help="Ask the server that knows this number."
)
@click.option(
    "--cited-in",
    "sources",
    type=click.Path(path_type=Path, exists=True),
    help="Gather what a source cites, or all sources below a folder.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to a file, in the format of its name.",
)
@click.option(
    "--particles",
    type=click.Choice(("keep", "drop")),
    default="keep",
    help="Whether van and von of .bib files stay with the family name [keep].",
)
@click.option("--check", "only_check", is_flag=True, help="Only say what looks wrong; print no references.")
@click.option("--json", "as_json", is_flag=True, help="Print keys, counts and problems as JSON.")
@click.option("--update-retractions", is_flag=True, help="Fetch the newest list of retracted works.")
def command(
    files: tuple[str, ...],
    target: str | None,
    origin: str | None,
    numbers: tuple[str, ...],
    sources: Path | None,
    output: Path | None,
    particles: str,
    *,
    only_check: bool,
    as_json: bool,
    update_retractions: bool,
) -> None:
    """Read reference files, check them, and convert them with --to.

    FILES are .bib, .json, .yaml or .ris files, or - for standard input. Of references with the same key in several
    files, the last one counts. Servers are asked only where leaflet.toml allows their hosts by name.
    """
    from leaflet import clock
    from leaflet.bibliography import check, merge
    from leaflet.errors import Severity

    if update_retractions:
        _update()
        return
    lists, problems = _gathered(files, origin, numbers, sources, particles)
    references, notes = merge(lists)
    problems += notes
    problems += check(references, today=clock.build_day())
    problems = list(dict.fromkeys(problems))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if not as_json:
        report.show(problems)
    _deliver(references, problems, target=target, output=output, only_check=only_check, as_json=as_json)
    if errors:
        sys.exit(1)


def _gathered(
    files: tuple[str, ...], origin: str | None, numbers: tuple[str, ...], sources: Path | None, particles: str
) -> tuple[list[tuple[Reference, ...]], list[Problem]]:
    """Return the references of all origins that the command line names, and the problems on the way."""
    zotero, _, collection = (origin or "").partition(":")
    is_zotero = zotero == ZOTERO
    if origin and not is_zotero and origin not in FORMATS:
        raise click.BadParameter(f"{origin} is none of {', '.join(FORMATS)}, {ZOTERO}", param_hint="--from")
    reads: list[Read] = [_read(file, None if is_zotero else origin, particles) for file in files]
    reads += [from_zotero(collection)] if is_zotero else []
    reads += [from_servers(numbers)] if numbers else []
    reads += [cited_in(sources)] if sources else []
    if not reads:
        raise click.UsageError("Name FILES, or where references come from: --from zotero, --get or --cited-in.")
    return [found for found, _ in reads], [problem for _, problems in reads for problem in problems]


def _read(file: str, origin: str | None, particles: str) -> Read:
    from leaflet.bibliography import read_bibliography, read_text

    if file == "-":
        data = sys.stdin.buffer.read()
        return read_text(data.decode("utf-8-sig", errors="replace"), origin, "standard input", particles=particles)
    return read_bibliography(Path(file), name=file, format=origin, particles=particles)


def _deliver(
    references: tuple[Reference, ...],
    problems: list[Problem],
    *,
    target: str | None,
    output: Path | None,
    only_check: bool,
    as_json: bool,
) -> None:
    """Write or print the references, or say how many there are."""
    from leaflet.bibliography import write
    from leaflet.cli.machine_output import print_json, problem_values

    if output is not None and not only_check:
        _write(references, target, output)
    if as_json:
        listed = [{"id": one.id, "type": one.item.get("type"), "title": one.item.get("title")} for one in references]
        print_json({"references": listed, "problems": problem_values(problems)})
    elif target and not only_check and output is None:
        click.echo(write(references, target).encode("utf-8"), nl=False)
    else:
        errors = sum(problem.severity == "error" for problem in problems)
        counts = ((len(references), "reference"), (errors, "error"), (len(problems) - errors, "warning"))
        click.echo(", ".join(_counted(count, noun) for count, noun in counts))


def _write(references: tuple[Reference, ...], target: str | None, output: Path) -> None:
    """Write a file, which replaces only one that leaflet wrote before or that holds the same."""
    from leaflet.bibliography import SUFFIX_FORMATS, write
    from leaflet.files import OverwritePolicy, write_together

    form = target or SUFFIX_FORMATS.get(output.suffix.lower())
    if form is None:
        raise click.BadParameter(f"{output} has no ending of a known format; add --to", param_hint="--output")
    written = write(references, form).encode("utf-8")
    write_together(output.absolute().parent, {output.name: written}, OverwritePolicy(is_own=_is_list_of_leaflet))


def _is_list_of_leaflet(name: str, data: bytes) -> bool:
    """Return whether a file of references is as leaflet writes it, so that nothing of a person's is lost with it."""
    from leaflet.bibliography import read_text, write
    from leaflet.errors import LeafletError

    try:
        text = data.decode("utf-8")
        for form in FORMATS:
            if write(read_text(text, form, name)[0], form) == text:
                return True
    except (LeafletError, ValueError):
        return False
    return False


def _update() -> None:
    report.say(update_retractions())


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
