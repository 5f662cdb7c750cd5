"""The command as a whole: exit codes, help, mistakes, where messages go, what happens when the output fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stratagem import __version__
from stratagem.tools.cli import command_habits, main
from stratagem.tools.cli.entry import COMMANDS, LATER

from .conftest import GOLDEN_CROSS, Strat


def test_without_arguments_it_shows_what_it_can_do_and_fails(strat: Strat) -> None:
    done = strat()
    assert (done.code, done.out) == (2, "")
    assert all(name in done.err for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_that_begins_with_the_command(strat: Strat, name: str) -> None:
    done = strat(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"example: strat {name}" in done.out


def test_the_version_is_that_of_the_package(strat: Strat) -> None:
    assert strat("--version").out == f"stratagem {__version__}\n"


@pytest.mark.parametrize("name", LATER)
def test_commands_of_later_versions_are_not_available_yet(strat: Strat, name: str) -> None:
    strat(name, "--anything", "x").failed(2, f"`strat {name}` is not available yet")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["bactest"], ["no command `bactest`", "did you mean `backtest`"]),
        (["zzz"], ["no command `zzz`", "`strat --help`"]),
        (["plot", "a.strat"], ["no command `plot`: here it is `strat backtest FILE --data SRC --out DIR`"]),
        (["optimize"], ["no command `optimize`: here it is `strat sweep FILE --data SRC --grid"]),
        (["download"], ["no command `download`: here it is a path behind --data"]),
        (["a.strat"], ["`strat backtest a.strat --data SRC`", "`strat check a.strat`"]),
        (["backtest"], ["required: FILE, --data", "`strat backtest --help`"]),
        (["backtest", "a.strat"], ["required: --data", "`--data sample:AAPL`"]),
        (["sweep", "a.strat", "--data", "x"], ["required: --grid", "`--grid fast=10:60:10`"]),
        (["backtest", "a.strat", "--data", "x", "--parm", "a=1"], ["--parm", "did you mean `--param`"]),
        (["backtest", "a.strat", "--data", "x", "--session", "09:30-16:00"], ["`--session` is not available yet"]),
        (["gate", "a.strat", "--data", "x", "--portfolio", "p.yaml"], ["`--portfolio` is not available yet"]),
        (["eval", "close", "--data", "x", "--session=09:30-16:00"], ["`--session` is not available yet"]),
        (["backtest", "a.strat", "--data", "x", "--engine", "jvm"], ["'jvm'", "native", "interpreted"]),
        (["backtest", "a.strat", "--data", "x", "--strict=no"], ["--strict: it takes no value, found 'no'"]),
        (["backtest", "a.strat", "--data", "x", "more"], ["unexpected argument more"]),
        (["backtest", "a.strat", "--data", "x", "--resample", "5m"], ["argument 5m: `--resample` takes no value"]),
        (["backtest", "a.strat", "--dat", "x"], ["unexpected argument --dat", "did you mean `--data`"]),
        (["check"], ["required: FILE"]),
        (["check", "a.strat", "--emit", "ast"], ["'ast'", "program", "llvm"]),
        (["check", "a.strat", "b.strat", "--emit", "plan"], ["--emit prints one file"]),
        (["check", "a.strat", "--json", "--emit", "plan"], ["--emit prints a stage", "give one of the two"]),
        (["--json", "check"], ["unexpected argument --json"]),
    ],
)
def test_a_wrong_command_line_is_taught(strat: Strat, arguments: list[str], parts: list[str]) -> None:
    strat(*arguments).failed(2, *parts)


def test_a_value_below_zero_is_a_value(strat: Strat) -> None:
    run = ("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", "--data-from", "2012", "--json")
    assert strat(*run, "--funding", "-0.01%").json["assumptions"]["funding"] == "-0.01%"
    strat(*run, "--interest", "-3%").failed(2, "interest: expected 0 or more", "found '-3%'")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--capital", "5", "--capital", "6"], "--capital is given twice, first 5: keep one of the two"),
        (["--param", "fast=5", "--param", "fast=6"], "--param fast=… is given twice"),
        (["--column", "close=a", "--column", "close = b"], "--column close=… is given twice"),
        (["--fee", "1%", "--assume", "fee=2%"], "fee is given by --fee and by --assume: keep one of the two"),
        (["--assume", "fee=1%", "--assume", "fee=2%"], "--assume fee=… is given twice"),
        (["--tz", "UTC", "--assume", "timezone=UTC"], "timezone is given by --tz and by --assume"),
        (["--out", ""], "argument --out: expected a path, found an empty text"),
    ],
)
def test_of_two_values_none_is_forgotten_in_silence(strat: Strat, options: list[str], told: str) -> None:
    strat("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", *options).failed(2, told)


@pytest.mark.parametrize(
    "command",
    [["backtest", GOLDEN_CROSS, "--out", "F"], ["eval", "close", "--out", "F/a.csv"],
     ["sweep", GOLDEN_CROSS, "--grid", "fast", "--out", "F/a.csv"]],
)  # fmt: skip
def test_what_cannot_be_written_is_told_before_the_work(strat: Strat, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "F").write_text("mine")
    arguments = [each.replace("F", str(tmp_path / "F"), 1) if each[:1] == "F" else each for each in command]
    strat(*arguments, "--data", "none.csv").failed(3, f"cannot write {tmp_path / 'F'}")


@pytest.mark.parametrize("command", [["backtest", GOLDEN_CROSS], ["eval", "close"]])
def test_nothing_is_no_path(strat: Strat, command: list[str]) -> None:
    strat(*command, "--data", "").failed(2, "argument --data: expected a path, found an empty text")


@pytest.mark.parametrize("command", [["check"], ["backtest", "--data", "sample:AAPL"]])
def test_a_file_that_cannot_be_read_is_something_outside(strat: Strat, command: list[str], tmp_path: Path) -> None:
    strat(*command, str(tmp_path / "none.strat")).failed(3, "none.strat", "No such file")
    strat(*command, str(tmp_path)).failed(3, str(tmp_path), "is a folder")
    locked = tmp_path / "locked.strat"
    locked.write_text("plot close")
    locked.chmod(0)
    try:
        locked.read_bytes()
    except PermissionError:
        strat(*command, str(locked)).failed(3, "locked.strat", "Permission denied")


def test_python_m_stratagem_is_strat(spawn: Strat) -> None:
    assert spawn("--version").out == f"stratagem {__version__}\n"
    assert spawn("bactest").code == 2


@pytest.mark.parametrize(
    "command",
    ["eval close --data sample:AAPL", "functions", "functions --json", "grammar", "completion bash", "prompt",
     "explain FILE", "check FILE", "backtest FILE --data sample:AAPL"],
)  # fmt: skip
def test_who_stops_reading_ends_every_command_as_others_end(command: str, golden_cross: str) -> None:
    """Of SIGPIPE, without a word: a shell with `pipefail` sees 141, as of `cat` and `sort`."""
    reader, writer = os.pipe()
    os.close(reader)
    arguments = [sys.executable, "-m", "stratagem", *command.replace("FILE", golden_cross).split()]
    try:
        done = subprocess.run(arguments, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writer)
    assert done.returncode == -signal.SIGPIPE
    assert all(line.startswith(("note: ", "  note: ", "warning")) for line in done.stderr.splitlines())


def test_what_is_read_to_the_end_is_a_success(golden_cross: str) -> None:
    command = f"{sys.executable} -m stratagem eval close --data sample:AAPL | tail -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[1] == "0"


@pytest.mark.parametrize(
    ("closed", "code", "told"),
    [
        (">&-", 3, "strat: standard output is closed: nothing can be told; send it to a file or to /dev/null\n"),
        ("<&-", 3, "strat: cannot read -: standard input is closed\n"),
        (">&- 2>&-", 3, ""),
        ("2>&-", 1, ""),
    ],
)
def test_a_stream_that_is_closed(closed: str, code: int, told: str) -> None:
    command = f"echo 'let x = clse' | {sys.executable} -m stratagem backtest - --data sample:AAPL {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", told)


INTERRUPTED = """
import os, signal, sys
class Interrupt:
    def find_spec(self, name, *rest):
        if name == "stratagem.tools.cli.MODULE":
            os.kill(os.getpid(), signal.SIGNAL)
sys.meta_path.insert(0, Interrupt())
signal.signal(signal.SIGINT, signal.default_int_handler)
from stratagem.tools.cli import command
command()
"""


@pytest.mark.parametrize(
    ("name", "at", "told"),
    [
        ("SIGINT", "entry", ""),  # in the first moments, as any other process ends
        ("SIGINT", "check_command", "strat: interrupted\n"),
        ("SIGTERM", "check_command", "strat: told to end (SIGTERM)\n"),
        ("SIGHUP", "check_command", "strat: told to end (SIGHUP)\n"),
    ],
)
def test_a_signal_shows_no_traceback_and_the_process_ends_of_it(
    name: str, at: str, told: str, golden_cross: str
) -> None:
    """Not with a code in its place: a loop of the shell would go on after Ctrl-C."""
    code = INTERRUPTED.replace("cli.MODULE", f"cli.{at}").replace("SIGNAL", name)
    command = [sys.executable, "-c", code, "check", golden_cross]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=_heard)
    assert (done.returncode, done.stderr) == (-getattr(signal, name), told)


def _heard() -> None:
    """Whoever runs the tests may have told processes to pass over SIGHUP, as nohup(1) does."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def test_a_signal_is_told_in_the_document_too(golden_cross: str) -> None:
    code = INTERRUPTED.replace("MODULE", "check_command").replace("SIGNAL", "SIGTERM")
    done = subprocess.run(
        [sys.executable, "-c", code, "check", golden_cross, "--json"], capture_output=True, text=True, check=False
    )
    assert json.loads(done.stdout)["error"]["exit"] == 143


def test_a_loop_of_the_shell_stops_at_an_interrupt(golden_cross: str, tmp_path: Path) -> None:
    """Ctrl-C is of all processes of the terminal: the shell stops where the command ended of it, too."""
    code = INTERRUPTED.replace("MODULE", "check_command").replace("os.getpid()", "0").replace("SIGNAL", "SIGINT")
    (tmp_path / "interrupted.py").write_text(code)
    loop = f"for n in 1 2 3; do {sys.executable} {tmp_path / 'interrupted.py'} check {golden_cross}; done"
    done = subprocess.run(
        ["bash", "-c", loop], stderr=subprocess.PIPE, text=True, start_new_session=True, check=False
    )  # fmt: skip
    assert done.stderr.count("interrupted") == 1


def test_what_was_half_written_is_taken_away(golden_cross: str, tmp_path: Path) -> None:
    """The signal comes while the files of a run are written beside their place."""
    code = """
import os, signal
from stratagem.runtime.results import write
def stop(*_, **__):
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()
write.fill_csv = stop
from stratagem.tools.cli import command
command()
"""
    out = tmp_path / "out"
    arguments = ["backtest", golden_cross, "--data", "sample:AAPL", "--out", str(out)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGTERM
    assert [*tmp_path.rglob("*")] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_something_outside() -> None:
    command = [sys.executable, "-m", "stratagem", "functions"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == "strat: standard output: No space left on device\n"


@pytest.mark.parametrize("said", ["Unable to allocate 6.71 GiB", ""])
def test_too_little_memory_is_told_and_what_helps(
    strat: Strat, golden_cross: str, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """3,000 plots over a million bars are 24 GB."""
    from stratagem.tools.cli import check_command

    def refuse(_: object) -> int:
        raise MemoryError(said)

    monkeypatch.setattr(check_command, "run", refuse)
    strat("check", golden_cross).failed(3, "not enough memory", said, "--data-from", "fewer plots")


def test_an_output_that_shows_only_ascii_loses_no_command(spawn: Strat, golden_cross: str) -> None:
    summary = spawn("backtest", golden_cross, "--data", "sample:AAPL", PYTHONIOENCODING="ascii")
    assert summary.code == 0
    assert summary.out.isascii()
    assert "Golden cross" in summary.out
    functions = spawn("functions", "rsi", PYTHONIOENCODING="ascii")
    assert functions.code == 0
    document = spawn("functions", "rsi", "--json", PYTHONIOENCODING="ascii")
    assert document.json == spawn("functions", "rsi", "--json").json


def test_colour_only_on_a_terminal(spawn: Strat, program: object) -> None:
    done = spawn("check", "-", stdin=b"let x = clse")
    assert done.code == 1
    assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize(("variables", "painted"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_has_colour_unless_no_color_is_set(variables: dict[str, str], painted: bool, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    (tmp_path / "a.strat").write_text("let x = clse\n")
    chunks: list[bytes] = []

    def read(descriptor: int) -> bytes:
        import os

        chunk = os.read(descriptor, 4096)
        chunks.append(chunk)
        return chunk

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NO_COLOR", raising=False)
        for name, value in variables.items():
            patch.setenv(name, value)
        patch.setattr("os.write", lambda descriptor, content: len(content))
        pty.spawn([sys.executable, "-m", "stratagem", "check", str(tmp_path / "a.strat")], read)
    shown = b"".join(chunks)
    assert b"clse" in shown
    assert (b"\x1b[" in shown) is painted


_WORDS = st.sampled_from([
    *COMMANDS, *LATER, GOLDEN_CROSS, "sample:AAPL", "sample:", "--data", "--json", "--param", "fast=20", "fast=", "=",
    "--", "-", "--fee", "0.1%", "--from", "2005-01-01", "--to", "--tz", "Europe/London", "--timeframe", "1d", "1h",
    "--assume", "capital=1", "--engine", "interpreted", "close", "rsi(close, 14)", "--no-report", "--tick", "0.01",
    "--close-at-end", "--grid", "fast=10:20:5",
])  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS | st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8), max_size=7))
def test_no_command_line_ends_in_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"plot close\n")))
    code = main(arguments)
    captured = capsys.readouterr()
    assert code in (0, 1, 2, 3)
    if code:
        assert captured.err
    if code == 0 and "--json" in arguments and "--" not in arguments and "--help" not in arguments:
        import json

        json.loads(captured.out)


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["backtest", GOLDEN_CROSS, "--data", "none.csv"], 3, "none.csv"),
        (["backtest", GOLDEN_CROSS, "--data", "sample:AAPL", "--param", "fats=3"], 2, "did you mean `fast`"),
        (["backtest", "none.strat", "--data", "sample:AAPL"], 3, "none.strat"),
        (["backtest", GOLDEN_CROSS], 2, "--data"),
        (["verify", GOLDEN_CROSS, "--data", "sample:NOPE"], 1, "NOPE"),
        (["sweep", GOLDEN_CROSS, "--data", "sample:AAPL", "--grid", "fast=5:1:1"], 2, "goes up"),
        (["eval", "rsi(close", "--data", "sample:AAPL"], 1, "nothing was run"),
        (["explain", "none.strat"], 3, "none.strat"),
        (["bactest"], 2, "did you mean `backtest`"),
    ],
)
def test_json_is_one_document_on_failure_too(strat: Strat, arguments: list[str], code: int, part: str) -> None:
    done = strat(*arguments, "--json")
    error = done.json["error"]
    assert (done.code, error["exit"]) == (code, code)
    assert part in error["message"] and done.err.startswith("strat: ") == (not error["diagnostics"])
    assert "Traceback" not in done.err


def test_the_document_of_a_failure_has_the_diagnostics_of_the_text(strat: Strat) -> None:
    (found,) = strat("eval", "clos + 1", "--data", "sample:AAPL", "--json").json["error"]["diagnostics"]
    assert (found["code"], found["line"], found["column"]) == ("E101", 1, 1)


def test_what_is_told_of_a_command_of_another_tool_is_a_command_of_ours() -> None:
    for typed, does in command_habits.MEANT.items():
        assert typed not in COMMANDS and typed not in LATER, "a command of its own"
        if does.startswith("`strat ") and not does.startswith("`strat --"):
            assert does.split()[1].rstrip("`") in COMMANDS
