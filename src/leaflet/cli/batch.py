"""``leaflet batch``: many variants of one leaflet, from a spreadsheet to the print run."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leaflet.cli.clock import build_day
from leaflet.cli.options import field_values, finish, printing, strict
from leaflet.errors import LeafletError, Problem

if TYPE_CHECKING:
    from leaflet.batch import BatchResult, Options

FORMATS = ("sheet", "pdf", "html", "bib", "ris", "csl-json")
INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


@click.command()
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--data", type=click.Path(path_type=Path), help="Rows: CSV, TSV, JSON, YAML, XLSX or SQLite.")
@click.option("--table", metavar="NAME", help="Which worksheet or table of the data.")
@click.option("--encoding", help="The encoding of the data, where it is guessed wrongly.")
@click.option("--name", metavar="TEMPLATE", help='What files are called, as in "{source}-{clinic.id}-{layout}".')
@click.option("--layout", multiple=True, help="A layout to build in; may be given several times.")
@click.option("--style", multiple=True, help="A style to build in; may be given several times.")
@click.option("--csl", multiple=True, help="A citation style to build in; may be given several times.")
@click.option("--lang", multiple=True, help="A language to build in: its source is NAME.LANG.md.")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True, help="What to write. Default: all.")
@printing
@click.option("--set", "fields", multiple=True, metavar="NAME=VALUE", help="Give a field its value in all variants.")
@click.option(
    "--where", multiple=True, metavar="CONDITION", help="Only rows for which it holds: \"region == 'north'\"."
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many variants.")
@click.option("--shard", metavar="K/N", help="Only the K-th of N parts, for several machines.")
@click.option("--empty", type=click.Choice(("refuse", "default", "blank")), help="What an empty cell means [refuse].")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to [output/].")
@click.option("--on", "engine", metavar="ADDRESS", help="Build on a cluster: dask://HOST:PORT.")
@click.option(
    "--to", "address", metavar="ADDRESS", help="Put leaflets there instead: s3://… and what else fsspec knows."
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes [one for each core].")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=120.0, help="Seconds that one leaflet may take [120]."
)
@click.option(
    "--memory", type=click.IntRange(min=200), default=2000, metavar="MB", help="What one process may take [2000]."
)
@click.option(
    "--fit-first", is_flag=True, help="Lay all out before the first is written, and stop if one does not fit."
)
@click.option("--keep-going", is_flag=True, help="Build the others although a variant fails.")
@click.option("--allow-overflow", is_flag=True, help="Build drafts although content does not fit its panels.")
@strict
@click.option("--force", is_flag=True, help="Build all, changed or not.")
@click.option("--dry-run", is_flag=True, help="Check everything and say what would be built; write nothing.")
@click.option("--explain", is_flag=True, help="Like --dry-run, with the reason for each variant.")
@click.option("--combine", is_flag=True, help="Also write one PDF of all sheets for the print run.")
@click.option("--separators", is_flag=True, help="With --combine: a sheet with its name before each variant.")
@click.option("--job-marks", is_flag=True, help="With --combine: its name in a strip below each sheet.")
@click.option("--split", metavar="SIZE", help="Print run and ZIP in files of 100 variants, or of 50MB.")
@click.option("--zip", "pack", is_flag=True, help="Also pack all files into one ZIP.")
@click.option("--thumbnails/--no-thumbnails", default=True, help="Whether the index page shows pictures [yes].")
@click.option("--seconds", is_flag=True, help="Tell in manifest.json how long each took, which differs every time.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON, one on each line.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
def command(plan: Path, **given: Any) -> None:
    """Build many variants of a leaflet.

    PLAN is a plan in TOML, or a source: with --data, or with its plan beside it (NAME.batch.toml). Everything is checked
    before anything is built. What is unchanged since the last run is not built again, and a run that was stopped goes
    on where it was.
    """
    from leaflet.batch import engine_for, plan_for, run_batch
    from leaflet.cli.progress import display_for

    options = _options(given)
    asked = plan_for(plan, _wishes(given))
    display = display_for(as_json=given["as_json"], quiet=given["quiet"] or given["explain"])
    try:
        engine = engine_for(given["engine"], asked, megabytes=given["memory"])
        result = run_batch(asked, options, today=build_day(), on_event=display.show, make_executor=engine)
    except KeyboardInterrupt:
        display.close()
        click.echo("stopped; the same command goes on from here", err=True)
        sys.exit(INTERRUPTED)
    except BaseException:
        display.close()
        raise
    display.close()
    if options.dry_run:
        _explain(result, reasons=given["explain"])
        return
    _finish(
        result, given, options.shard.ending, plan.name.removesuffix(".toml").removesuffix(".batch").removesuffix(".md")
    )
    if result.failed:
        sys.exit(1)


def _wishes(given: Mapping[str, Any]) -> Any:
    from leaflet.batch import Axis, Empty, Wishes
    from leaflet.model.layout import Fit

    return Wishes(
        data=given["data"],
        table=given["table"],
        encoding=given["encoding"],
        name=given["name"],
        formats=given["formats"],
        axes={axis: given[axis.value] for axis in Axis if given[axis.value]},
        fields=field_values(given["fields"]),
        where=given["where"],
        empty=Empty(given["empty"]) if given["empty"] else None,
        output=given["output"],
        fit=Fit(given["fit"]) if given["fit"] else None,
        finish=finish(given),
        allow_overflow=given["allow_overflow"],
        strict=given["strict"],
    )


def _options(given: Mapping[str, Any]) -> Options:
    from leaflet.batch import Options, Shard, parse_shard, parse_split, usable_cores

    if given["split"]:
        parse_split(given["split"])
    if (given["separators"] or given["job_marks"]) and not given["combine"]:
        hint = "add --combine"
        raise LeafletError(Problem(message="--separators and --job-marks belong to a print run", hint=hint))
    if given["address"] and (given["combine"] or given["pack"]):
        hint = "leave --to out, or combine them where they are"
        raise LeafletError(Problem(message="--combine and --zip need the leaflets here, not at an address", hint=hint))
    return Options(
        workers=given["jobs"] or usable_cores(),
        seconds=given["timeout"],
        fit_first=given["fit_first"],
        keep_going=given["keep_going"],
        force=given["force"],
        dry_run=given["dry_run"] or given["explain"],
        limit=given["limit"],
        address=given["address"],
        shard=parse_shard(given["shard"]) if given["shard"] else Shard(),
    )


def _explain(result: BatchResult, *, reasons: bool) -> None:
    changed = [task for task in result.tasks if task.reasons]
    for task in changed:
        click.echo(f"{task.variant.name}: {'; '.join(task.reasons)}" if reasons else task.variant.name)
    click.echo(f"{len(changed)} of {len(result.tasks)} would be built", err=True)


def _finish(result: BatchResult, given: Mapping[str, Any], ending: str, title: str) -> None:
    """Manifest and index always; the print run and the archive where they are asked for and complete."""
    from leaflet.batch import Wrapping, combine_sheets, pack_files, parse_split, write_records

    pictures = _thumbnails(result, given, ending)
    paths = list(write_records(result, title, ending, pictures, seconds=given["seconds"]))
    if (given["combine"] or given["pack"]) and not result.complete:
        raise LeafletError("the print run and the archive are made only when every variant is there")
    split = parse_split(given["split"]) if given["split"] else None
    if given["combine"]:
        wrapping = Wrapping(separators=given["separators"], marks=given["job_marks"])
        paths += combine_sheets(result, title, ending, wrapping=wrapping, split=split)
    if given["pack"]:
        paths += pack_files(result, title, ending, split=split)
    if not given["quiet"] and not given["as_json"]:
        for path in paths:
            click.echo(path)


def _thumbnails(result: BatchResult, given: Mapping[str, Any], ending: str) -> Mapping[str, str]:
    from leaflet.batch import draw_thumbnails, local_processes, usable_cores

    if not given["thumbnails"]:
        return {}
    with local_processes(given["jobs"] or usable_cores()) as executor:
        return draw_thumbnails(result, result.output / f"thumbnails{ending}", executor)
