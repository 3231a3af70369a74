"""Many variants of one leaflet: planned, checked, built by several processes and packed for the printer."""

from leaflet.batch.output.delivery import combine_sheets, pack_files, write_records
from leaflet.batch.output.print_run import Wrapping
from leaflet.batch.output.split import parse_split
from leaflet.batch.output.thumbnails import draw_thumbnails
from leaflet.batch.plan.batch_plan import Axis, Empty
from leaflet.batch.plan.plan_overrides import Wishes, plan_for
from leaflet.batch.run.dispatch import local_processes, usable_cores
from leaflet.batch.run.engines import engine_for
from leaflet.batch.run.events import BatchResult, Ended, Event, Measured, Options, Planned, Shard, parse_shard
from leaflet.batch.run.run_batch import run_batch

__all__ = [
    "Axis",
    "BatchResult",
    "Empty",
    "Ended",
    "Event",
    "Measured",
    "Options",
    "Planned",
    "Shard",
    "Wishes",
    "Wrapping",
    "combine_sheets",
    "draw_thumbnails",
    "engine_for",
    "local_processes",
    "pack_files",
    "parse_shard",
    "parse_split",
    "plan_for",
    "run_batch",
    "usable_cores",
    "write_records",
]
