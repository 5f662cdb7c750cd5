"""`strat verify FILE --data SRC`: the same bars run in every way there is, and compared to the last bit."""

from __future__ import annotations

import argparse

from .console import INPUT, print_json, read_source, show
from .options import data_arguments, data_options, failures, run_arguments, run_options
from .progress import progress

EXAMPLE = "strat verify strategies/golden_cross.strat --data sample:AAPL"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    data_options(parser)
    run_options(parser, engine=False)
    parser.add_argument("--seed", type=int, help="draw the points and windows from another number")
    parser.add_argument("--json", action="store_true", help="one JSON document: the verdict")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.verify import SEED, verify

    with failures(), progress():
        program = CompiledProgram(read_source(arguments.file), arguments.file, timezone=arguments.tz)
        options = {**run_arguments(arguments), **data_arguments(arguments)}
        verdict = verify(program, arguments.data, seed=SEED if arguments.seed is None else arguments.seed, **options)
    if arguments.json:
        print_json(verdict.to_json())
    else:
        show(verdict.text().splitlines())
    return 0 if verdict else INPUT
