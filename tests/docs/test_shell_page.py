"""The page on the shell: its transcripts are what the shell answers, word by word; every command is named."""

from __future__ import annotations

from stratagem.tools.build_shell_page import PAGE, entered, replayed
from stratagem.tools.repl.commands.table import commands

TEXT = PAGE.read_text(encoding="utf-8")


def test_every_transcript_is_what_the_shell_answers() -> None:
    assert replayed(TEXT) == TEXT, "python -m stratagem.tools.build_shell_page writes what it answers now"


def test_every_command_is_on_the_page() -> None:
    assert not [name for name in commands() if f".{name}" not in TEXT]


def test_what_is_entered_is_read_from_a_transcript() -> None:
    block = "strat> let x = 1\nadded\nstrat> enter long when x\n   ..>   stop 2%\n   ..>\nadded\n"
    assert entered(block) == ["let x = 1", "enter long when x\n  stop 2%\n"]
