"""Many variants of one leaflet: planned, checked, built by several processes and packed for the printer.

A batch is a plan, which is run, and whose result is delivered::

    from datetime import date
    from pathlib import Path

    from leaflet.batch import BatchOptions, DeliveryOptions, PlanOverrides, deliver, plan_for, run_batch

    plan = plan_for(Path("source/hands.md"), PlanOverrides(data=Path("clinics.csv")))
    result = run_batch(plan, BatchOptions(keep_going=True), today=date.today())
    for job in result.failed:
        print(job.name, *result.outcomes[job.name].problems)
    delivered = deliver(result, DeliveryOptions(title="hands", combine=result.complete))
    print(delivered.print_run)

A plan can be run in any thread, and several plans with different output folders at once.
"""

from leaflet.batch.data.read_data import DataFile
from leaflet.batch.output.delivery import Delivered, DeliveryOptions, deliver
from leaflet.batch.output.split import Split, parse_split
from leaflet.batch.plan.batch_plan import Axis, Empty, FieldKind, FieldRule, Override, Plan, Variant
from leaflet.batch.plan.expand import expand
from leaflet.batch.plan.plan_overrides import PLAN_ENDING, PlanOverrides, plan_for
from leaflet.batch.run.batch_options import BatchOptions, Shard, parse_shard
from leaflet.batch.run.check_job import CheckJob, run_check
from leaflet.batch.run.check_sources import check_sources
from leaflet.batch.run.events import Ended, Event, Measured, Planned
from leaflet.batch.run.job import Job, Outcome, OutputFile, Status
from leaflet.batch.run.job_engine import Engine, MakeEngine, engine_for, local_processes, usable_cores
from leaflet.batch.run.result import BatchResult
from leaflet.batch.run.run_batch import run_batch


def plan_schema() -> dict[str, object]:
    """Return the JSON Schema of plan files."""
    from leaflet.batch.plan import plan_model

    return plan_model.plan_schema()


__all__ = [
    "PLAN_ENDING",
    "Axis",
    "BatchOptions",
    "BatchResult",
    "CheckJob",
    "DataFile",
    "Delivered",
    "DeliveryOptions",
    "Empty",
    "Ended",
    "Engine",
    "Event",
    "FieldKind",
    "FieldRule",
    "Job",
    "MakeEngine",
    "Measured",
    "Outcome",
    "OutputFile",
    "Override",
    "Plan",
    "PlanOverrides",
    "Planned",
    "Shard",
    "Split",
    "Status",
    "Variant",
    "check_sources",
    "deliver",
    "engine_for",
    "expand",
    "local_processes",
    "parse_shard",
    "parse_split",
    "plan_for",
    "plan_schema",
    "run_batch",
    "run_check",
    "usable_cores",
]
