"""``leaflet batch``: many variants of one leaflet, from a spreadsheet to the print run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from leaflet.cli import messages as report
from leaflet.cli.options import field_values, printing, strictness
from leaflet.cli.run import MOST_SECONDS, NumberRange, Run
from leaflet.cli.supervision import INTERRUPTED
from leaflet.clock import build_day
from leaflet.model.output_format import OutputFormat

if TYPE_CHECKING:
    from leaflet.batch import BatchOptions, BatchResult, DeliveryOptions, PlanOverrides


class Given(Struct, frozen=True, kw_only=True):
    """The options of the command line, by the names that Click gives them."""

    data: Path | None
    table: str | None
    encoding: str | None
    name: str | None
    layout: tuple[str, ...]
    style: tuple[str, ...]
    csl: tuple[str, ...]
    lang: tuple[str, ...]
    formats: tuple[str, ...]
    fit: str | None
    ua: str | None
    archive: bool
    attach_source: bool
    press: Path | None
    ink_limit: float | None
    fields: tuple[str, ...]
    where: tuple[str, ...]
    limit: int | None
    shard: str | None
    empty: str | None
    output: Path | None
    engine: str | None
    address: str | None
    jobs: int | None
    timeout: float
    memory: int
    fit_first: bool
    keep_going: bool
    allow_overflow: bool
    strict: bool
    force: bool
    dry_run: bool
    explain: bool
    combine: bool
    separators: bool
    job_marks: bool
    split: str | None
    pack: bool
    thumbnails: bool
    seconds: bool
    as_json: bool
    quiet: bool

    def overrides(self) -> PlanOverrides:
        """Return what the command line changes of the plan."""
        from leaflet.batch import Axis, Empty, PlanOverrides
        from leaflet.model.layout import Fit
        from leaflet.pipeline import OutputIntent

        axes = {Axis.LAYOUT: self.layout, Axis.STYLE: self.style, Axis.CSL: self.csl, Axis.LANG: self.lang}
        return PlanOverrides(
            data=self.data,
            table=self.table,
            encoding=self.encoding,
            name=self.name,
            formats=tuple(OutputFormat(name) for name in self.formats),
            axes={axis: names for axis, names in axes.items() if names},
            fields=field_values(self.fields),
            where=self.where,
            empty=Empty(self.empty) if self.empty else None,
            output=self.output,
            fit=Fit(self.fit) if self.fit else None,
            ua=int(self.ua) if self.ua else None,
            finish=OutputIntent(
                archive=self.archive,
                attach_source=self.attach_source,
                press=self.press.absolute() if self.press else None,
                ink_limit=self.ink_limit,
            ),
            allow_overflow=self.allow_overflow,
            strict=self.strict,
        )

    def options(self) -> BatchOptions:
        """Return how the batch is run."""
        from leaflet.batch import BatchOptions, Shard, parse_shard, usable_cores

        return BatchOptions(
            workers=self.jobs or usable_cores(),
            seconds=self.timeout,
            fit_first=self.fit_first,
            keep_going=self.keep_going,
            force=self.force,
            dry_run=self.dry_run or self.explain,
            limit=self.limit,
            address=self.address,
            shard=parse_shard(self.shard) if self.shard else Shard(),
        )

    def delivery(self, title: str) -> DeliveryOptions:
        """Return what is delivered beside the leaflets; ``title`` names print run and archive."""
        from leaflet.batch import DeliveryOptions, parse_split, usable_cores

        options = DeliveryOptions(
            title=title,
            combine=self.combine,
            separators=self.separators,
            job_marks=self.job_marks,
            archive=self.pack,
            split=parse_split(self.split) if self.split else None,
            thumbnails=self.thumbnails,
            seconds=self.seconds,
            workers=self.jobs or usable_cores(),
        )
        options.check(self.address)
        return options


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
@click.option(
    "--format",
    "formats",
    type=click.Choice([kind.value for kind in OutputFormat]),
    multiple=True,
    help="What to write. Default: sheet, pdf, html, bib, ris and csl-json.",
)
@printing
@click.option(
    "--ua", type=click.Choice(("1", "2")), help="The part of PDF/UA that the PDF files keep [the plan's, or 1]."
)
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
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="At most so many processes [one for each core].")
@click.option(
    "--timeout",
    type=NumberRange(min=0.1, max=MOST_SECONDS),
    default=120.0,
    help="Seconds that one leaflet may take [120].",
)
@click.option(
    "--memory", type=click.IntRange(min=200), default=2000, metavar="MB", help="What one process may take [2000]."
)
@click.option(
    "--fit-first", is_flag=True, help="Lay all out before the first is written, and stop if one does not fit."
)
@click.option("--keep-going", is_flag=True, help="Build the others although a variant fails.")
@click.option("--allow-overflow", is_flag=True, help="Build drafts although content does not fit its panels.")
@strictness
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
def command(plan: Path, **options: Any) -> None:
    """Build many variants of a leaflet.

    PLAN is a plan in TOML, or a source: with --data, or with its plan beside it (NAME.batch.toml). Everything is checked
    before anything is built. What is unchanged since the last run is not built again, and a run that was stopped goes
    on where it was.
    """
    from leaflet.batch import deliver, engine_for, plan_for, run_batch
    from leaflet.cli.progress import display_for

    given = Given(**options)
    delivery = given.delivery(plan.name.removesuffix(".toml").removesuffix(".batch").removesuffix(".md"))
    run = given.options()
    planned = plan_for(plan, given.overrides())
    (click.get_current_context().find_object(Run) or Run()).end_time_limit()  # each worker has its own from here
    display = display_for(as_json=given.as_json, quiet=given.quiet or given.explain)
    try:
        engine = engine_for(given.engine, planned, megabytes=given.memory)
        result = run_batch(planned, run, today=build_day(), on_event=display.show, make_engine=engine)
    except KeyboardInterrupt:
        display.close()
        click.echo("stopped; the same command goes on from here", err=True)
        sys.exit(INTERRUPTED)
    except BaseException:
        display.close()
        raise
    display.close()
    if run.dry_run:
        _explain(result, reasons=given.explain)
        return
    delivered = deliver(result, delivery)
    if not given.quiet and not given.as_json:
        _list(delivered.files)
    if result.failed:
        sys.exit(1)


def _explain(result: BatchResult, *, reasons: bool) -> None:
    changed = [job for job in result.jobs if job.reasons]
    for job in changed:
        report.say(f"{job.name}: {'; '.join(job.reasons)}" if reasons else job.name)
    click.echo(f"{len(changed)} of {len(result.jobs)} would be built", err=True)


def _list(files: tuple[Path, ...]) -> None:
    from leaflet.files import shown_path

    for path in files:
        report.say(shown_path(path))
