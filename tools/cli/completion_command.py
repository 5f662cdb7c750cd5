"""`strat completion SHELL`: a script that completes commands, options and files in a shell."""

from __future__ import annotations

import argparse

from ..terminal.console import UsageError

EXAMPLE = "strat completion bash > ~/.local/share/bash-completion/completions/strat"
SHELLS = ("bash", "zsh", "tcsh")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, help="the shell that reads the script")


def run(arguments: argparse.Namespace) -> int:
    from .entry import every_command

    try:
        import shtab
    except ImportError:
        raise UsageError("completion needs shtab: pip install 'stratagem[completion]'") from None
    print(shtab.complete(every_command(), arguments.shell))
    return 0
