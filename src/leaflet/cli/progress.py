"""Displays of a running batch: a moving line on a terminal, plain lines elsewhere, JSON for other programs."""

from __future__ import annotations

import json
import sys
from time import monotonic
from typing import Protocol

import click

from leaflet.batch import Ended, Event, Measured, Planned
from leaflet.cli import messages as report
from leaflet.errors import Problem

EVERY = 10.0
"""Seconds between two plain lines."""
ENOUGH = 5
"""Leaflets that must be done before the remaining time is estimated from them."""


class ProgressDisplay(Protocol):
    """A display of the events of a batch."""

    def show(self, event: Event) -> None:
        """Show one event."""

    def close(self) -> None:
        """Show the last state and release the terminal."""


def display_for(*, as_json: bool, quiet: bool) -> ProgressDisplay:
    """Return the display for the kind of file that standard error is."""
    if as_json:
        return JsonLines()
    if quiet:
        return Quiet()
    return Bar() if sys.stderr.isatty() else PlainLines()


class Tally:
    """Counts, rate and remaining time."""

    def __init__(self) -> None:
        self.total = self.unchanged = self.done = self.failed = self.measured = 0
        self.started = monotonic()
        self.first = 0.0
        """The time at which the first was done."""

    def count(self, event: Event) -> None:
        """Count one event."""
        match event:
            case Planned():
                self.total, self.unchanged, self.started = event.total, event.unchanged, monotonic()
            case Measured():
                self.measured += 1
                self.started = monotonic()
            case Ended():
                self.done += 1
                self.first = self.first or monotonic()
                self.failed += event.has_failed

    @property
    def wanted(self) -> int:
        """The number of variants to build."""
        return self.total - self.unchanged

    def __str__(self) -> str:
        if self.measured and self.done == self.failed:
            return f"{self.measured}/{self.wanted} fit" + (f", {self.failed} failed" if self.failed else "")
        now = monotonic()
        rate = self.done / max(now - self.started, 0.001)
        # Processes take seconds to start and to lay out their first leaflet: that says nothing of the others.
        pace = (now - self.first) / (self.done - 1) if self.done >= ENOUGH else None
        left = f", {_minutes((self.wanted - self.done) * pace)} left" if pace is not None else ""
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.done}/{self.wanted} done, {rate:.1f} a second{left}{failed}"


class Quiet:
    """Display of problems only."""

    def show(self, event: Event) -> None:
        """Print problems."""
        match event:
            case Planned():
                report.show(event.problems)
            case Ended() if event.has_failed:
                show_failure(event)
            case Ended() | Measured():
                pass

    def close(self) -> None:
        """Do nothing."""


class PlainLines(Quiet):
    """Display of a line every few seconds, for logs."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.last = monotonic()

    def show(self, event: Event) -> None:
        """Print problems at once, and the progress every few seconds."""
        super().show(event)
        self.tally.count(event)
        if isinstance(event, Planned):
            click.echo(_plan_line(event), err=True)
        elif monotonic() - self.last >= EVERY:
            self.last = monotonic()
            click.echo(self.tally, err=True)

    def close(self) -> None:
        """Print the last line."""
        if self.tally.done:
            click.echo(self.tally, err=True)


class Bar(Quiet):
    """Display of a moving bar, with rate, remaining time and failures."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self.tally = Tally()
        columns = (BarColumn(), TextColumn("{task.description}"))
        self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.progress.add_task("planning", total=None)
        self.progress.start()

    def show(self, event: Event) -> None:
        """Print problems above the bar and move it."""
        super().show(event)
        self.tally.count(event)
        if isinstance(event, Planned):
            click.echo(_plan_line(event), err=True)
        self.progress.update(
            self.task, total=max(self.tally.wanted, 1), completed=self.tally.done, description=str(self.tally)
        )

    def close(self) -> None:
        """Remove the bar."""
        self.progress.stop()
        if self.tally.done:
            click.echo(self.tally, err=True)


class JsonLines:
    """Display of one JSON object per line on standard output."""

    def show(self, event: Event) -> None:
        """Print the event."""
        match event:
            case Planned():
                _print(
                    {"event": "planned", "total": event.total, "unchanged": event.unchanged, **_said(event.problems)}
                )
            case Measured():
                pass
            case Ended():
                outcome = event.outcome
                place = {"from": str(event.variant.place)} if event.variant.place else {}
                files = {"files": [file.name for file in outcome.files]}
                about: dict[str, object] = {"event": outcome.status.value, "name": outcome.name, **place, **files}
                _print({**about, "seconds": round(outcome.seconds, 3), **_said(outcome.problems)})

    def close(self) -> None:
        """Do nothing."""


def show_failure(event: Ended) -> None:
    """Print which variant failed, from which row, and why."""
    place = f"{event.variant.place}: " if event.variant.place else ""
    click.echo(click.style(report.visible(f"{place}{event.variant.name} was not built"), fg="red"), err=True)
    for problem in event.outcome.problems:
        report.say("\n".join(f"  {line}" for line in report.shortened(str(problem)).split("\n")), err=True)


def _plan_line(event: Planned) -> str:
    wanted = event.total - event.unchanged
    return f"{event.total} variants: {event.unchanged} unchanged, {wanted} to build"


def _said(problems: tuple[Problem, ...]) -> dict[str, object]:
    return {"problems": [str(problem) for problem in problems]} if problems else {}


def _print(about: dict[str, object]) -> None:
    click.echo(json.dumps(about, ensure_ascii=False))


def _minutes(seconds: float) -> str:
    whole = int(seconds + 0.5)
    if whole < 60:
        return f"{whole} s"
    return (
        f"{whole // 60} min {whole % 60:02d} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    )
