"""However a command ends, its user reads a sentence, and nothing goes on without its user."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import leaflet
from leaflet.budget import Budget, OutOfTimeError, within
from leaflet.cli import main, messages
from leaflet.errors import FaultError, LayoutError, LimitError, SourceError
from leaflet.faults import STAGES, guarded, stage_of
from leaflet.files import open_workspace, read_budget
from leaflet.weasy.renderer import not_laid_out
from running import REPOSITORY, run_leaflet

SOURCE = "---\ntitle: Harmless\nlang: en-GB\nlayout: handout-a4\n---\n\n## Part\n\nWords.\n"
LONG = SOURCE + "Some words of a paragraph.\n\n" * 4000
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="supervision needs fork and /proc")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "source" / "long.md").write_text(LONG, encoding="utf-8")
    return tmp_path


def start(workspace: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "leaflet", *arguments]
    return subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def worker_of(process: subprocess.Popen[str]) -> int:
    """The process that does the work."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(200):
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.02)
    raise AssertionError("there is no worker")


def break_it(*_: object, **__: object) -> object:
    raise KeyError("nobody\x1b[31m thought of it")


def test_a_fault_of_leaflet_is_one_message_with_its_file_and_details(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leaflet.pipeline.build_leaflet.cite_source", break_it)
    ended = run_leaflet("build", "source/x.md", cwd=workspace, check=False)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "\x1b" not in ended.stderr
    assert ended.stderr.startswith("source/x.md: this is a fault of leaflet while building the leaflet: KeyError:")
    details = Path(ended.stderr.split("the details are in ")[1].split(";")[0])
    assert "Traceback" in details.read_text(encoding="utf-8")
    details.unlink()


def test_python_programs_get_a_leaflet_error_with_its_cause(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaflet.pipeline.build_leaflet.cite_source", break_it)
    monkeypatch.setattr(sys.modules["leaflet.pipeline.check_leaflet"], "cite_source", break_it)
    for function in (leaflet.build, leaflet.compose, leaflet.check):
        with pytest.raises(FaultError) as raised:
            function(workspace / "source" / "x.md")
        assert isinstance(raised.value.__cause__, KeyError)


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No collection of garbage: in a call back of one, an exception of a signal is lost."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_a_build_beyond_its_time_names_stage_and_file(workspace: Path) -> None:
    ended = run_leaflet("build", "source/long.md", "--max-seconds", "1", cwd=workspace, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("source/long.md: ")
    assert "takes more than 1 seconds of computing" in ended.stderr


@pytest.mark.usefixtures("uncollected")
def test_a_workspace_sets_its_limits(workspace: Path) -> None:
    (workspace / "leaflet.toml").write_text("[limits]\nseconds = 90\nmemory = 1500\n", encoding="utf-8")
    budget = read_budget(open_workspace(workspace / "source" / "x.md"))
    assert (budget.seconds, budget.megabytes) == (90, 1500)
    with pytest.raises(LimitError, match="of computing, the most that it may"):
        leaflet.compose(workspace / "source" / "long.md", max_seconds=1)
    assert leaflet.compose(workspace / "source" / "x.md").files


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("[limits]\nseconds = 'all'", "leaflet.toml:2:11: limits.seconds is not a number from 1 to 86400"),
        ("[limits]\nmemory = 1", "leaflet.toml:2:10: limits.memory is not a whole number from 100 to 1000000"),
        ("[limits]\nmemori = 1000", 'leaflet.toml:2:1: "limits.memori" is not a key of leaflet.toml'),
        ("limits = 3", "limits is not a table"),
    ],
)
def test_a_wrong_limit_is_refused(workspace: Path, limits: str, message: str) -> None:
    (workspace / "leaflet.toml").write_text(limits, encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        leaflet.compose(workspace / "source" / "x.md")
    assert message in str(raised.value)


def test_the_watch_ends_endless_work_and_nothing_after_it() -> None:
    def go_on() -> None:
        with within(Budget(seconds=0.3)):
            while True:
                pass

    with pytest.raises(OutOfTimeError):
        go_on()
    sum(range(1_000_000))


TRACED = """
import sys
from leaflet.budget import Budget, OutOfTimeError, within
try:
    with within(Budget(seconds=0.1)):
        while True:
            pass
except OutOfTimeError:
    sys.settrace(lambda *_: None)
    sys.setprofile(lambda *_: None)
    print(sum(map(lambda number: number, range(1000))))
"""


def test_a_debugger_goes_on_after_work_that_was_ended() -> None:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    command = [sys.executable, "-c", TRACED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout == "499500\n"


def test_what_leaflet_refuses_is_no_fault() -> None:
    with pytest.raises(SourceError), guarded(Budget()):
        raise SourceError("no")
    with pytest.raises(LimitError, match="memory"), guarded(Budget()):
        raise MemoryError
    with pytest.raises(FaultError, match="nested too deeply"), guarded(Budget()):
        raise RecursionError


def test_the_innermost_package_names_the_stage() -> None:
    root = "/lib/leaflet"
    assert stage_of([f"{root}/files/opening.py", f"{root}/citations/x.py", f"{root}/api.py"]) == "formatting citations"
    assert stage_of([f"{root}/files/opening.py", f"{root}/pipeline/x.py"]) == "reading files"
    assert stage_of(["/lib/other.py"]) == "starting"


def test_every_package_has_a_stage() -> None:
    folders = {path.parent.name for path in Path(leaflet.__file__).parent.glob("*/__init__.py")}
    assert folders - STAGES.keys() == {"cli", "model"}


def test_control_characters_are_written_out() -> None:
    assert messages.visible("a\x1b[31m\x07b\u202e\n\tc\ud800") == "a\\x1b[31m\\x07b\\u202e\n\tc\\ud800"


def test_memory_that_the_layout_lacks_is_no_fault_of_its_css() -> None:
    error = MemoryError()
    assert not_laid_out(error) is error
    assert isinstance(not_laid_out(KeyError("x")), LayoutError)


@on_linux
def test_memory_beyond_the_budget_is_a_message(workspace: Path) -> None:
    process = start(workspace, "build", "source/x.md", "--max-memory", "100")
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert said.startswith("source/x.md: ")
    assert "needs more than 100 MB of memory" in said


@on_linux
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_library_that_crashes_is_a_message(workspace: Path, number: signal.Signals) -> None:
    process = start(workspace, "build", "source/long.md")
    worker = worker_of(process)
    time.sleep(0.5)
    os.kill(worker, number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "this is a fault of leaflet" in said
    assert number.name in said
    Path(said.split("the details are in ")[1].split(";")[0]).unlink()


@on_linux
def test_work_ends_with_the_program_that_was_started(workspace: Path) -> None:
    process = start(workspace, "build", "source/long.md")
    worker = worker_of(process)
    time.sleep(0.5)
    process.kill()
    process.communicate(timeout=10)  # which ends when the worker has closed its end of the pipes as well
    status = Path(f"/proc/{worker}/status")
    for _ in range(50):
        if not status.exists() or "(zombie)" in status.read_text():
            return
        time.sleep(0.02)
    raise AssertionError("the worker goes on")


@on_linux
@pytest.mark.parametrize("after", [0.05, 0.5])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_user_stops_it(workspace: Path, number: signal.Signals, code: int, after: float) -> None:
    process = start(workspace, "build", "source/long.md")
    worker_of(process)
    time.sleep(after)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in said
    assert not list((workspace / "output").glob("*")) if (workspace / "output").exists() else True


SWALLOWING = """
import sys, time
from leaflet.cli.supervision import supervise

def work(log):
    try:
        print("begun", flush=True)
        time.sleep(30)
    except KeyboardInterrupt:
        pass
    time.sleep(30)

sys.exit(supervise(work, print))
"""


@on_linux
def test_a_run_whose_libraries_swallow_an_interruption_is_ended() -> None:
    command = [sys.executable, "-c", SWALLOWING]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 130


@on_linux
def test_a_full_standard_output_is_a_message(workspace: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "leaflet", "layouts"]
        ended = subprocess.run(command, cwd=workspace, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.strip() == "No space left on device"


def test_every_command_has_the_options_of_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--help"])
    shown = capsys.readouterr().out
    assert "--max-seconds" in shown
    assert "--max-memory" in shown
    assert "--debug" in shown


@pytest.mark.parametrize(
    "option",
    [("--max-seconds", "nan"), ("--max-seconds", "inf"), ("--max-memory", "9" * 30), ("--ink-limit", "nan")],
)
def test_a_limit_that_is_no_number_is_a_usage_error(workspace: Path, option: tuple[str, str]) -> None:
    ended = run_leaflet("build", "source/x.md", *option, cwd=workspace, check=False)
    assert ended.returncode == 2
    assert f"Invalid value for '{option[0]}'" in ended.stderr


def test_a_preview_of_a_device_is_a_usage_error(workspace: Path) -> None:
    ended = run_leaflet("preview", os.devnull, cwd=workspace, check=False)
    assert ended.returncode == 2
    assert "is no file and no folder" in ended.stderr
