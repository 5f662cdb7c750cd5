"""The shell over a pipe, by `-c`, and as JSON; in a process of its own where the streams matter."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from stratagem.tools.cli import main


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes, *arguments: str) -> int:
    buffer = SimpleNamespace(buffer=io.BytesIO(content), isatty=lambda: False)
    monkeypatch.setattr(sys, "stdin", buffer)
    return main(["repl", *arguments])


def test_a_pipe_is_answered_and_what_fails_is_told_beside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, b"1 + 1\nclos\n2 + 2\n", "--engine", "interpreted") == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1::2] == ["  2", "  4"] and "nothing is named `clos`" in err


def test_what_fails_over_a_pipe_says_the_line_where_it_was_entered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = b"1 + 1\n\nenter long when close > open\n  size 10%\nclos\n.foo\n"
    assert piped(monkeypatch, content, "--engine", "interpreted") == 1
    found = [line for line in capsys.readouterr().err.splitlines() if line.endswith(" of the input:")]
    assert found == ["line 5 of the input:", "line 6 of the input:"]
    piped(monkeypatch, content, "--json")
    assert [json.loads(line)["line"] for line in capsys.readouterr().out.splitlines()] == [1, 3, 5, 6]


def test_a_text_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-c", "1 + 1\n_ * 3"]) == 0
    assert capsys.readouterr().out.splitlines()[1::2] == ["  2", "  6"]
    assert main(["repl", "-c", "clos"]) == 1
    assert main(["-c"]) == 2
    assert main(["-c", "1", "--data", "none.csv"]) == 3, "the data cannot be read, and it goes on"
    assert "  1" in capsys.readouterr().out


def test_a_document_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert piped(monkeypatch, b"1 + 1\n\n.foo\nlet a = 3\nquit\n5\n", "--json") == 2
    out, err = capsys.readouterr()
    found = [json.loads(line) for line in out.splitlines()]
    assert [(each["kind"], each.get("exit", 0)) for each in found] == [("value", 0), ("error", 2), ("program", 0)]
    assert not err


@pytest.mark.parametrize("content", [
    b"\xff\xfe\x00close\n", b"x" * 1_500_000 + b"\n1 + 1", b"(1)", b"", b"\n\n\n", b"\r\n1\r\n",
    bytes(range(256)) * 9,
])  # fmt: skip
def test_whatever_comes_down_a_pipe_ends_in_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    assert piped(monkeypatch, content + b"\n\n40 + 2\n", "--json") in (0, 1, 2)
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found[-1]["value"] == 42.0


def test_who_reads_no_further_ends_it_quietly(tmp_path: Path) -> None:
    script = tmp_path / "lines"
    script.write_text("help\n" * 300)
    with script.open() as lines:
        done = subprocess.Popen(
            [sys.executable, "-m", "stratagem", "repl"], stdin=lines, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert done.stdout is not None and done.stderr is not None
        done.stdout.readline()
        done.stdout.close()
        assert done.stderr.read() == b""
    assert done.wait(30) == -signal.SIGPIPE


def test_each_line_is_answered_before_the_next_is_sent() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "stratagem", "repl", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as shell:
        assert shell.stdin is not None and shell.stdout is not None
        for number in (1, 2, 3):
            shell.stdin.write(f"{number} * 10\n")
            shell.stdin.flush()
            assert json.loads(shell.stdout.readline())["value"] == number * 10.0
        shell.stdin.close()
        assert shell.wait(30) == 0


def test_a_closed_input_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["repl"]) == 3
    assert "standard input is closed" in capsys.readouterr().err
