"""A real Dask cluster on the loopback, its workers in folders and processes of their own, sharing no disk with the batch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from batch_samples import batch, contents, started_batch, workspace

pytest.importorskip("distributed", reason="Dask: the package distributed is not installed")

SOURCE = "source/hands.md"
ROWS = "id,clinic.phone,clinic.name,region\n" + "".join(
    f"c{number},01632 960 {number:03d},Clinic {number},{'north' if number % 2 else 'south'}\n" for number in range(6)
)
FORMATS = ("--format", "sheet", "--format", "pdf", "--format", "html")
ARGUMENTS = (SOURCE, "--data", "clinics.csv", *FORMATS)


@dataclass(slots=True)
class Cluster:
    """A scheduler and its workers."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, module: str, *arguments: str, name: str) -> subprocess.Popen[bytes]:
        own = self.folder / name
        own.mkdir()
        without = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
        with (own / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
                cwd=own,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**without, "LEAFLET_SCRATCH": str(own / "scratch")},
            )
        self.processes.append(process)
        return process

    def schedule(self) -> None:
        known = self.folder / "scheduler.json"
        here = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(known))
        self.start("dask_scheduler", *here, name="scheduler")
        while not known.is_file() or not known.read_text():
            time.sleep(0.05)
        self.address = json.loads(known.read_text())["address"].removeprefix("tcp://")

    def work(self, name: str) -> subprocess.Popen[bytes]:
        """A worker without a nanny, so that killing it is the end of it."""
        own = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", ".", "--host", "127.0.0.1")
        return self.start("dask_worker", f"tcp://{self.address}", *own, name=name)

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    with ExitStack() as stack:
        found = Cluster(folder)
        stack.callback(found.close)
        found.schedule()
        yield found


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that this machine alone makes."""
    root = workspace(tmp_path_factory.mktemp("local") / "workspace", clinics=ROWS)
    batch(root, *ARGUMENTS)
    return contents(root / "output")


def test_a_cluster_gives_the_bytes_of_this_machine(cluster: Cluster, local: dict[str, str], tmp_path: Path) -> None:
    cluster.work("one")
    cluster.work("two")
    root = workspace(tmp_path / "home", clinics=ROWS)
    batch(root, *ARGUMENTS, "--on", f"dask://{cluster.address}")
    assert contents(root / "output") == local
    unpacked = [path for name in ("one", "two") for path in (cluster.folder / name / "scratch").rglob("hands.md")]
    assert unpacked
    assert not list(cluster.folder.rglob("clinics.csv"))
    assert "6 unchanged" in batch(root, *ARGUMENTS).stderr


def test_a_worker_killed_midway_and_one_added_midway_change_nothing(
    cluster: Cluster, local: dict[str, str], tmp_path: Path
) -> None:
    first = cluster.work("first")
    root = workspace(tmp_path / "home", clinics=ROWS)
    running = started_batch(root, *ARGUMENTS, "--on", f"dask://{cluster.address}", events=3)
    cluster.work("second")
    os.killpg(first.pid, signal.SIGKILL)
    _, errors = running.communicate(timeout=180)
    assert running.returncode == 0, errors
    assert contents(root / "output") == local
    assert list((cluster.folder / "second" / "scratch").rglob("hands.md"))


def test_results_can_go_to_an_address(cluster: Cluster, local: dict[str, str], tmp_path: Path) -> None:
    cluster.work("one")
    root = workspace(tmp_path / "home", clinics=ROWS)
    store = tmp_path / "store"
    arguments = (*ARGUMENTS[:3], "--format", "html", "--on", f"dask://{cluster.address}", "--to", f"file://{store}")
    batch(root, *arguments)
    made = contents(store)
    assert made == {name: content for name, content in local.items() if name.startswith("hands-c") and "html" in name}
    assert f'href="file://{store}/hands-c0.html"' in (root / "output" / "index.html").read_text(encoding="utf-8")
    assert not list((root / "output").glob("hands-*"))
    assert "6 unchanged" in batch(root, *arguments).stderr
    (store / "hands-c3.html").unlink()
    assert batch(root, *arguments, "--explain").stdout == "hands-c3: hands-c3.html is gone\n"


def test_an_address_where_nobody_listens_is_said_in_words(tmp_path: Path) -> None:
    root = workspace(tmp_path / "home", clinics=ROWS)
    refused = batch(root, *ARGUMENTS, "--on", "spark://here:1", check=False)
    assert '"spark://here:1" is no cluster that leaflet knows' in refused.stderr
    refused = batch(root, *ARGUMENTS, "--to", "nowhere://x/y", check=False)
    assert '"nowhere://x/y" cannot be opened' in refused.stderr
    refused = batch(root, *ARGUMENTS, "--to", "memory://x", "--combine", check=False)
    assert "--combine and --zip need the leaflets here" in refused.stderr
