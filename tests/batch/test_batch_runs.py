"""Whole batches: the same bytes as single builds, nothing built twice, nothing lost in a kill."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import sqlite3
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import pypdf
import pytest
from batch_samples import CLINICS, batch, contents, started_batch, workspace

from leaflet.batch import (
    BatchOptions,
    BatchResult,
    Delivered,
    DeliveryOptions,
    PlanOverrides,
    Status,
    deliver,
    local_processes,
    plan_for,
    run_batch,
)
from leaflet.errors import LeafletError
from leaflet.model.output_format import OutputFormat
from running import run_leaflet

SOURCE = "source/hands.md"
DATA = ("--data", "clinics.csv")
LONG_NAME = "a-clinic-with-a-name-so-long-that-it-is-written-in-six-names-of-files-of-each-event-and-fills-the-pipe"
MANY = CLINICS + "".join(f"{LONG_NAME}-{number},01632 {number:06d},Clinic {number},south\n" for number in range(300))
"""Rows whose events do not all fit in a pipe: a batch over them waits for its reader and cannot end on its own."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An undisturbed batch of three rows, with one process."""
    root = workspace(tmp_path_factory.mktemp("batch") / "workspace")
    batch(root, SOURCE, *DATA, "-j", "1", "--combine", "--zip", processes=True)
    return root


def test_a_variant_has_the_bytes_of_a_single_build(whole: Path, tmp_path: Path) -> None:
    root = workspace(tmp_path / "alone")
    fields = ("--set", "clinic.phone=01632 960 001", "--set", "clinic.name=Hill clinic", "--set", "region=north")
    run_leaflet("build", SOURCE, *fields, cwd=root)
    for suffix in ("-sheet.pdf", ".pdf", ".html", ".bib", ".ris", ".csl.json"):
        alone = (root / "output" / f"hands{suffix}").read_bytes()
        assert (whole / "output" / f"hands-hill{suffix}").read_bytes() == alone, suffix


def test_neither_the_order_of_rows_nor_the_number_of_processes_changes_a_byte(whole: Path, tmp_path: Path) -> None:
    header, *rows = CLINICS.splitlines(keepends=True)
    root = workspace(tmp_path / "turned", clinics="".join([header, *reversed(rows)]))
    batch(root, SOURCE, *DATA, "-j", "2", processes=True)
    turned = {name: content for name, content in contents(root / "output").items() if name.startswith("hands-")}
    straight = contents(whole / "output")
    assert turned == {name: straight[name] for name in turned}
    assert len(turned) == 18


def test_what_is_unchanged_is_not_built_again_and_what_changed_is_explained(tmp_path: Path) -> None:
    root = workspace(tmp_path / "again")
    arguments = (SOURCE, *DATA, "--format", "html", "--format", "bib")
    batch(root, *arguments)
    assert "3 variants: 3 unchanged, 0 to build" in batch(root, *arguments).stderr

    def explained() -> list[str]:
        return batch(root, *arguments, "--explain").stdout.splitlines()

    table = root / "clinics.csv"
    table.write_text(table.read_text().replace("01632 960 002", "01632 960 009"))
    assert explained() == ['hands-lake: field "clinic.phone" changed']
    (root / "output" / "hands-sea.html").unlink()
    assert explained()[1:] == ["hands-sea: hands-sea.html is gone"]
    bibliography = root / "source" / "hands.bib"
    bibliography.write_text(bibliography.read_text().replace("Hill Press", "Lake Press"))
    assert all("source/hands.bib changed" in line for line in explained())
    assert len(explained()) == 3
    before = contents(root / "output")
    batch(root, *arguments, "--dry-run")
    assert contents(root / "output") == before
    assert "hands-hill" in batch(root, *arguments, "--force", "--dry-run").stdout


def test_a_column_that_the_source_does_not_use_rebuilds_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path / "notes")
    arguments = (SOURCE, *DATA, "--format", "bib")
    batch(root, *arguments)
    lines = (root / "clinics.csv").read_text().splitlines()
    (root / "clinics.csv").write_text("\n".join(f"{line},note{number}" for number, line in enumerate(lines)) + "\n")
    assert "3 unchanged" in batch(root, *arguments).stderr


def test_the_manifest_tells_seconds_only_where_they_are_asked_for(tmp_path: Path) -> None:
    root = workspace(tmp_path / "seconds")
    arguments = (SOURCE, *DATA, "--format", "bib", "--no-thumbnails")
    batch(root, *arguments)
    assert not any("seconds" in entry for entry in manifest(root)["variants"])
    batch(root, *arguments, "--seconds")
    assert all(entry["seconds"] > 0 for entry in manifest(root)["variants"])


def test_a_damaged_journal_costs_time_and_nothing_else(tmp_path: Path) -> None:
    root = workspace(tmp_path / "damaged")
    arguments = (SOURCE, *DATA, "--format", "bib")
    batch(root, *arguments)
    before = contents(root / "output")
    (root / "output" / ".leaflet-journal.sqlite").write_bytes(b"no database at all" * 100)
    assert "3 to build" in batch(root, *arguments).stderr
    assert contents(root / "output") == before


def test_two_batches_do_not_write_to_one_folder_at_once(whole: Path) -> None:
    holder = sqlite3.connect(whole / "output" / ".leaflet-journal.sqlite")
    try:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        result = batch(whole, SOURCE, *DATA, check=False)
    finally:
        holder.close()
    assert result.returncode == 1
    assert result.stderr.startswith("another batch is writing to output/")


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_a_killed_batch_goes_on_and_ends_as_if_nothing_had_been(whole: Path, tmp_path: Path, moment: int) -> None:
    """SIGKILL to the whole process group once ``moment`` variants have ended."""
    root = workspace(tmp_path / "killed")
    running = started_batch(root, SOURCE, *DATA, "-j", "1", events=moment + 1)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    (root / "output" / ".hands-hill.pdf.abcd1234.leaflet-part").write_bytes(b"half")
    batch(root, SOURCE, *DATA, "--combine", "--zip", "-j", "1")
    assert contents(root / "output") == contents(whole / "output")


def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    root = workspace(tmp_path / "orphans", clinics=MANY)
    running = started_batch(root, SOURCE, *DATA, "-j", "1", events=2)
    assert descendants(running.pid)
    running.kill()
    running.communicate()  # waits for the end of standard error, which the workers share


def descendants(parent: int) -> list[int]:
    if not Path(f"/proc/{parent}/task/{parent}/children").exists():
        pytest.skip("this system does not list the children of a process")
    children = [
        int(child) for task in Path(f"/proc/{parent}/task").glob("*/children") for child in task.read_text().split()
    ]
    return children + [process for child in children for process in descendants(child)]


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def test_a_variant_that_fails_stops_the_batch_or_not_as_asked(tmp_path: Path) -> None:
    """An e-mail address that is none is noticed by the source stage: only that row fails."""
    root = workspace(tmp_path / "failing")
    source = root / SOURCE
    source.write_text(source.read_text().replace("cite: {acc", 'contact: {email: "{{ clinic.phone }}"}\ncite: {acc'))
    header, *rows = CLINICS.replace("01632 960 00", "desk@example.org").splitlines(keepends=True)
    rows[1] = rows[1].replace("desk@example.org2", "no address")
    (root / "clinics.csv").write_text("".join([header, *rows]))
    arguments = (SOURCE, *DATA, "--format", "bib", "-j", "1")
    result = batch(root, *arguments, "--keep-going", check=False)
    assert result.returncode == 1
    assert "clinics.csv:3: hands-lake was not built" in result.stderr
    assert '"no address" is not an e-mail address' in result.stderr
    assert sorted(path.name for path in (root / "output").glob("*.bib")) == ["hands-hill.bib", "hands-sea.bib"]
    statuses = {entry["name"]: entry["status"] for entry in manifest(root)["variants"]}
    assert statuses == {"hands-hill": "built", "hands-lake": "refused", "hands-sea": "built"}
    assert manifest(root)["complete"] is False
    refused = batch(root, *arguments, "--combine", "--keep-going", check=False)
    assert "only when every variant is there" in refused.stderr


def test_a_variant_that_takes_too_long_is_tried_again_alone_and_then_reported(tmp_path: Path) -> None:
    root = workspace(tmp_path / "slow", clinics="\n".join(CLINICS.splitlines()[:2]) + "\n")
    result = batch(root, SOURCE, *DATA, "--timeout", "0.1", "--keep-going", check=False, processes=True)
    assert result.returncode == 1
    assert "it took longer than 0.1 s" in result.stderr
    assert "Traceback" not in result.stderr
    assert "1 to build" in batch(root, SOURCE, *DATA).stderr


LONG = CLINICS.replace("Lake clinic", "Lake clinic in a very long street " * 500)


def test_with_fit_first_nothing_is_written_if_one_row_does_not_fit(tmp_path: Path) -> None:
    root = workspace(tmp_path / "fit", clinics=LONG)
    arguments = (SOURCE, *DATA, "--layout", "trifold-a4", "--fit-first", "-j", "1")
    result = batch(root, *arguments, check=False)
    assert result.returncode == 1
    assert "clinics.csv:3: hands-lake was not built" in result.stderr
    assert "panel" in result.stderr
    assert not list((root / "output").glob("hands-*"))
    assert [entry["status"] for entry in manifest(root)["variants"]] == ["not begun", "refused", "not begun"]
    batch(root, *arguments, "--keep-going", "--format", "pdf", check=False)
    assert sorted(path.name for path in (root / "output").glob("*.pdf")) == ["hands-hill.pdf", "hands-sea.pdf"]


def test_a_worker_that_takes_too_much_memory_is_reported_with_what_helps(tmp_path: Path) -> None:
    root = workspace(tmp_path / "memory", clinics="\n".join(CLINICS.splitlines()[:2]) + "\n")
    plan = plan_for(root / SOURCE, PlanOverrides(data=root / "clinics.csv"))
    result = run_batch(
        plan,
        BatchOptions(workers=1),
        today=date(2026, 1, 1),
        on_event=lambda _: None,
        make_engine=partial(local_processes, megabytes=60),
    )
    (outcome,) = result.outcomes.values()
    assert outcome.status is Status.BROKEN
    assert "memory" in str(outcome.problems[0])


def manifest(root: Path) -> dict[str, object]:
    return json.loads((root / "output" / "manifest.json").read_text(encoding="utf-8"))


def test_the_manifest_tells_what_each_file_was_made_of(whole: Path) -> None:
    known = manifest(whole)
    entries = known["variants"]
    assert [entry["name"] for entry in entries] == ["hands-hill", "hands-lake", "hands-sea"]
    assert [entry["from"] for entry in entries] == ["clinics.csv:2", "clinics.csv:3", "clinics.csv:4"]
    there = contents(whole / "output")
    for entry in entries:
        assert {file["name"]: file["sha256"] for file in entry["files"]}.items() <= there.items()
        assert {"source/hands.md", "source/hands.bib"} <= set(entry["inputs"])
    assert len(known["recipes"]) == 1
    assert str(whole) not in json.dumps(known)


def test_the_manifest_for_spreadsheets_holds_no_formula(tmp_path: Path) -> None:
    clinics = 'id,clinic.phone,clinic.name\nhill,+44 1632 960001,"=HYPERLINK(""x"")"\n'
    root = workspace(tmp_path / "formula", clinics=clinics)
    batch(root, SOURCE, *DATA, "--format", "html")
    with (root / "output" / "manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["clinic.phone"] == "+44 1632 960001"
    assert row["clinic.name"] == '\'=HYPERLINK("x")'
    assert "=HYPERLINK(&#34;x&#34;)" in (root / "output" / "index.html").read_text(encoding="utf-8")


def test_values_that_look_like_markup_or_paths_print_as_themselves(tmp_path: Path) -> None:
    value = "<script>alert(1)</script> {{ region }} [x](file:///etc/passwd)"
    root = workspace(tmp_path / "markup", clinics=f'id,clinic.phone,clinic.name\nhill,01,"{value}"\n')
    batch(root, SOURCE, *DATA, "--format", "pdf", "--format", "html")
    text = pypdf.PdfReader(root / "output" / "hands-hill.pdf").pages[0].extract_text()
    assert "".join(value.split()) in "".join(text.split())
    assert "<script>alert" not in (root / "output" / "hands-hill.html").read_text(encoding="utf-8")
    assert "<script>alert" not in (root / "output" / "index.html").read_text(encoding="utf-8")


def test_the_print_run_holds_all_sheets_and_stores_what_is_equal_once(whole: Path) -> None:
    parts = sorted((whole / "output").glob("hands-*-sheet.pdf"))
    run = pypdf.PdfReader(whole / "output" / "hands-print-run.pdf")
    sheets = [pypdf.PdfReader(part) for part in parts]
    assert len(run.pages) == sum(len(sheet.pages) for sheet in sheets)
    pages = [page for sheet in sheets for page in sheet.pages]
    for made, original in zip(run.pages, pages, strict=True):
        assert made.extract_text() == original.extract_text()
        assert made.trimbox == original.trimbox
    assert [entry.title for entry in run.outline] == ["hands-hill", "hands-lake", "hands-sea"]
    size = (whole / "output" / "hands-print-run.pdf").stat().st_size
    assert size < sum(part.stat().st_size for part in parts)


def test_the_archive_holds_every_leaflet(whole: Path) -> None:
    with zipfile.ZipFile(whole / "output" / "hands.zip") as archive:
        assert archive.testzip() is None
        assert {"hands-hill-sheet.pdf", "hands-sea.csl.json", "manifest.json", "index.html"} <= set(archive.namelist())
        assert len(archive.namelist()) == 24


def test_the_index_page_shows_each_first_page_and_keeps_it_while_it_is_the_same(tmp_path: Path) -> None:
    root = workspace(tmp_path / "pictures")
    arguments = (SOURCE, *DATA, "--format", "pdf")
    batch(root, *arguments)
    drawn = {path.name: path.stat().st_mtime_ns for path in (root / "output" / "thumbnails").iterdir()}
    page = (root / "output" / "index.html").read_text(encoding="utf-8")
    assert sorted(drawn) == sorted(re.findall(r'src="thumbnails/([0-9a-f]+\.webp)"', page))
    assert len(drawn) == 3
    table = root / "clinics.csv"
    table.write_text(table.read_text().replace("01632 960 002", "01632 960 009"))
    batch(root, *arguments)
    now = {path.name: path.stat().st_mtime_ns for path in (root / "output" / "thumbnails").iterdir()}
    assert len(now) == 3
    assert len(now.items() & drawn.items()) == 2
    batch(root, *arguments, "--no-thumbnails")
    assert "<img" not in (root / "output" / "index.html").read_text(encoding="utf-8")


def test_shards_together_make_the_whole(whole: Path, tmp_path: Path) -> None:
    root = workspace(tmp_path / "shards")
    for shard in ("1/2", "2/2"):
        batch(root, SOURCE, *DATA, "--shard", shard, "--format", "bib")
    made = {name: content for name, content in contents(root / "output").items() if name.endswith(".bib")}
    assert made == {name: content for name, content in contents(whole / "output").items() if name.endswith(".bib")}
    assert (root / "output" / "manifest-1of2.json").is_file()
    assert 'href="manifest-1of2.json"' in (root / "output" / "index-1of2.html").read_text(encoding="utf-8")


def test_a_worker_that_is_killed_costs_no_variant(whole: Path, tmp_path: Path) -> None:
    root = workspace(tmp_path / "crashed")
    running = started_batch(root, SOURCE, *DATA, "-j", "1", events=2)
    (worker,) = (process for process in descendants(running.pid) if "serve_calls" in command_of(process))
    os.kill(worker, signal.SIGKILL)
    _, errors = running.communicate()
    assert running.returncode == 0, errors
    made = {name: content for name, content in contents(root / "output").items() if name.startswith("hands-")}
    straight = contents(whole / "output")
    assert made == {name: straight[name] for name in made}
    assert len(made) == 18


def test_copied_workers_make_the_same_bytes_and_cost_no_variant_when_all_are_killed(
    whole: Path, tmp_path: Path
) -> None:
    more = "".join(f"{number},01632 960 {number:03d},Clinic {number},south\n" for number in range(100, 109))
    root = workspace(tmp_path / "copies", clinics=CLINICS + more)
    running = started_batch(root, SOURCE, *DATA, "-j", "2", "--format", "pdf", events=4)
    workers = [process for process in descendants(running.pid) if "serve_forks" in command_of(process)]
    assert len(workers) >= 2
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    _, errors = running.communicate()
    assert running.returncode == 0, errors
    straight, made = contents(whole / "output"), contents(root / "output")
    assert all(made[f"hands-{name}.pdf"] == straight[f"hands-{name}.pdf"] for name in ("hill", "lake", "sea"))
    assert len([name for name in made if name.endswith(".pdf")]) == 12


def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    root = workspace(tmp_path / "stopped", clinics=MANY)
    running = started_batch(root, SOURCE, *DATA, "-j", "1", events=2)
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate()
    assert running.returncode == 130
    assert errors == "stopped; the same command goes on from here\n"
    assert not [path for path in (root / "output").iterdir() if path.name.startswith(".hands")]
    assert "0 unchanged" not in batch(root, SOURCE, *DATA, "--dry-run").stderr


def test_a_plan_asks_for_fit_and_for_kinds_of_pdf_and_a_change_of_them_is_explained(tmp_path: Path) -> None:
    root = workspace(tmp_path / "finished")
    plan = root / "source" / "hands.batch.toml"
    plan.write_text('source = "hands.md"\ndata = "../clinics.csv"\nformats = ["pdf"]\nfit = "none"\narchive = true\n')
    batch(root, SOURCE, "--limit", "1", "--no-thumbnails")
    assert b"pdfaid:part" in (root / "output" / "hands-hill.pdf").read_bytes()
    assert batch(root, SOURCE, "--limit", "1", "--explain").stdout == ""
    plan.write_text(plan.read_text().replace("archive = true", "ua = 2"))
    assert "the finish" in batch(root, SOURCE, "--limit", "1", "--explain").stdout
    batch(root, SOURCE, "--limit", "1", "--no-thumbnails")
    assert b"<pdfuaid:part>2" in (root / "output" / "hands-hill.pdf").read_bytes()
    assert "the finish" in batch(root, SOURCE, "--limit", "1", "--explain", "--ua", "1").stdout
    assert "the fit" in batch(root, SOURCE, "--limit", "1", "--explain", "--fit", "grow").stdout


def test_a_python_program_runs_batches_in_threads_and_delivers_them(tmp_path: Path) -> None:
    def made(root: Path) -> tuple[BatchResult, Delivered]:
        overrides = PlanOverrides(data=root / "clinics.csv", formats=(OutputFormat.BIB,))
        result = run_batch(plan_for(root / SOURCE, overrides), BatchOptions(workers=1), today=date(2026, 1, 1))
        return result, deliver(result, DeliveryOptions(title="hands", archive=True, workers=1))

    roots = [workspace(tmp_path / name) for name in ("one", "two")]
    with ThreadPoolExecutor(2) as threads:
        (first, delivered), (second, _) = threads.map(made, roots)
    assert first.complete
    assert [path.name for path in delivered.files] == ["manifest.json", "manifest.csv", "index.html", "hands.zip"]
    assert contents(roots[0] / "output") == contents(roots[1] / "output")
    with pytest.raises(TypeError):
        first.outcomes["hands-hill"] = second.outcomes["hands-hill"]  # type: ignore[index]


def test_a_delivery_refuses_what_contradicts_itself_before_it_writes(tmp_path: Path) -> None:
    root = workspace(tmp_path / "refused")
    plan = plan_for(root / SOURCE, PlanOverrides(data=root / "clinics.csv"))
    result = run_batch(plan, BatchOptions(dry_run=True), today=date(2026, 1, 1))
    with pytest.raises(LeafletError, match="belong to a print run"):
        deliver(result, DeliveryOptions(title="hands", separators=True))
    assert not (root / "output").exists()
