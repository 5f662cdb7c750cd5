"""`strat gate FILE --data SRC`: the quality gate: whether a run over these data says anything of the strategy."""

from __future__ import annotations

import argparse

from ..terminal.console import INPUT, print_json, read_source, say, show
from ..terminal.options import data_arguments, data_options, failures, run_arguments, run_options
from ..terminal.progress import progress

EXAMPLE = "strat gate strategies/golden_cross.strat --data sample:AAPL"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a .strat file, or - for standard input")
    data_options(parser)
    run_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document: every check")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.run.backtest import backtest

    with failures(), progress():
        program = CompiledProgram(read_source(arguments.file), arguments.file, timezone=arguments.tz)
        if program.kept.warnings:
            say(program.kept.warnings + "\n")
        options = {**run_arguments(arguments), **data_arguments(arguments)}
        verdict = backtest(program, arguments.data, **options).gate
    if arguments.json:
        print_json(verdict.to_json())
    else:
        show(verdict.text().splitlines())
    return 0 if verdict else INPUT
