"""`strat explain FILE`: a strategy in plain English, from what was understood, and what another one means otherwise."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..terminal.console import print_json, read_source, say, show
from ..terminal.options import failures

if TYPE_CHECKING:
    from ...runtime.compiled.compiled import Compiled

EXAMPLE = "strat explain strategies/golden_cross.strat"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a .strat file, or - for standard input")
    parser.add_argument("--diff", metavar="OTHER", help="what OTHER means otherwise; names and layout do not count")
    parser.add_argument("--json", action="store_true",
                        help="one document: {file, title, headline, sections}, or {same, changes}")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    program = _compiled(arguments.file)
    if arguments.diff is not None:
        changes = program.explain_changes(_compiled(arguments.diff))
        if arguments.json:
            print_json(changes.to_dict())
        else:
            show(changes.text().splitlines())
    elif arguments.json:
        print_json({"file": arguments.file, **program.explain().to_dict()})
    else:
        show(program.explain().text().splitlines())
    return 0


def _compiled(path: str) -> Compiled:
    from ...runtime.compiled.compiled import Compiled

    with failures():
        program = Compiled(read_source(path), path)
        if program.kept.warnings:
            say(program.kept.warnings + "\n")
        return program
