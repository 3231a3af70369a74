"""The index page of a batch: a contact sheet of all variants, one HTML page that can be searched and needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from leaflet.batch.output.templates import fill_template, read_part
from leaflet.batch.run.job import Job, Outcome, Status
from leaflet.batch.run.result import BatchResult

WORDS = {
    Status.BUILT: "built",
    Status.REFUSED: "refused",
    Status.BROKEN: "broken",
    Status.FITS: "fits",
    Status.SAME: "built",
}
NOT_SHOWN = ("row", "source")
"""Labels that a card does not show."""


class _File(Struct, frozen=True, kw_only=True):
    """A link to a file of a variant."""

    address: str
    short: str


class _Card(Struct, frozen=True, kw_only=True):
    """One variant on the index page."""

    name: str
    is_built: bool
    picture: str
    values: tuple[tuple[str, str], ...]
    files: tuple[_File, ...]
    status: str
    messages: str


def index_page(
    result: BatchResult, title: str, *, manifest: str = "manifest.json", pictures: Mapping[str, str]
) -> bytes:
    """Return a page with a card for each variant: first page, choices, values, files and messages.

    ``pictures`` are the addresses of thumbnails by the variant's name.
    """
    script = read_part("index.js")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    # The page may run this one script and show pictures; it may not ask anything of any server.
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; script-src 'sha256-{digest}'"
    values: dict[str, object] = {
        "title": title,
        "policy": Markup(policy),  # noqa: S704 - nothing of the user's is in it
        "manifest": manifest,
        "css": read_part("index.css"),
        "script": script,
        "figures": tuple(_figures(result)),
        "cards": [_card(job, result, pictures.get(job.name, "")) for job in result.jobs],
    }
    return fill_template("index.html", values).encode()


def _figures(result: BatchResult) -> Iterator[tuple[str, str]]:
    built = sum(result.status(job) is Status.BUILT for job in result.jobs)
    size = sum(file.size for outcome in result.outcomes.values() for file in outcome.files)
    yield f"{len(result.jobs):,}", "variants"
    yield f"{built:,}", "built"
    yield f"{len(result.failed):,}", "failed"
    yield f"{size / 1e6:,.1f} MB", "in all"


def _card(job: Job, result: BatchResult, picture: str) -> _Card:
    variant = job.variant
    outcome = result.outcomes.get(variant.name)
    base = "" if result.address is None else f"{result.address.rstrip('/')}/"
    chosen = {name: value for name, value in variant.labels.items() if name not in NOT_SHOWN}
    values = {**chosen, **variant.choices.fields}
    return _Card(
        name=variant.name,
        is_built=outcome is not None and outcome.status is Status.BUILT,
        picture=quote(picture),
        values=tuple((name, value) for name, value in values.items() if value),
        files=tuple(_files(outcome, variant.name, base)) if outcome else (),
        status=_status(outcome),
        messages="\n".join(str(problem) for problem in outcome.problems) if outcome else "",
    )


def _files(outcome: Outcome, name: str, base: str) -> Iterator[_File]:
    for file in outcome.files:
        short = file.name.removeprefix(name).lstrip("-.") or file.name
        yield _File(address=f"{base}{quote(file.name)}", short=short)


def _status(outcome: Outcome | None) -> str:
    if outcome is None:
        return "not begun"
    return ". ".join(part for part in (WORDS[outcome.status], outcome.fit) if part)
