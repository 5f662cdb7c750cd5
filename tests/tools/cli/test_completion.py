"""`strat completion`: a script that a shell can read and that knows every command and option."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from stratagem.tools.cli.completion_command import SHELLS
from stratagem.tools.cli.entry import COMMANDS, every_command

from .conftest import Strat


@pytest.mark.parametrize("shell", SHELLS)
def test_it_knows_every_command_and_option(strat: Strat, shell: str) -> None:
    done = strat("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert all(name in done.out for name in COMMANDS)
    assert all(option.removeprefix("--") in done.out for option in ("--close-at-end", "--data-tz", "--grid", "--where"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
def test_bash_completes_with_it(strat: Strat) -> None:
    asked = strat("completion", "bash").out + (
        "\nCOMP_WORDS=(strat backtest --close-a); COMP_CWORD=2\n"
        'COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}\n'
        '$(complete -p strat | sed "s/.*-F \\([^ ]*\\).*/\\1/") strat --close-a backtest; echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False)
    assert "--close-at-end" in done.stdout, done


def test_another_shell_is_refused(strat: Strat) -> None:
    strat("completion", "fishes").failed(2, "bash")


def test_the_parser_of_all_commands_has_the_options_of_each() -> None:
    shown = every_command().format_help()
    assert all(name in shown for name in COMMANDS)
