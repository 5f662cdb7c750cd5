"""`strat verify FILE… --data SRC`: the same bars run in every way there is, and compared to the last bit."""

from __future__ import annotations

import argparse
from typing import Any

from ..terminal.arguments import place
from ..terminal.console import INPUT, print_json, show
from ..terminal.options import data_arguments, data_options, failures, run_arguments, run_options
from ..terminal.progress import progress
from .portfolio_runs import compiled, complete, portfolio_of

EXAMPLE = "strat verify strategies/golden_cross.strat --data sample:AAPL"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="*", help=".strat files; several share a capital")
    what = "a YAML file of strategies that share a capital, as for `strat backtest`"
    parser.add_argument("--portfolio", type=place, metavar="FILE", help=what)
    data_options(parser, required=False)
    run_options(parser, engine=False)
    parser.add_argument("--seed", type=int, help="draw the points and windows from another number")
    parser.add_argument("--json", action="store_true", help="one JSON document: the verdict")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.verify import SEED, verify

    together = complete(arguments, "verify")
    with failures(), progress():
        options = {**run_arguments(arguments), **data_arguments(arguments)}
        options["seed"] = SEED if arguments.seed is None else arguments.seed
        verdict: Any
        if together:
            options.pop("params")
            verdict = portfolio_of(arguments).verify(arguments.data, **options)
        else:
            verdict = verify(compiled(arguments.file[0], arguments.tz, warn=False), arguments.data, **options)
    if arguments.json:
        print_json(verdict.to_json())
    else:
        show(verdict.text().splitlines())
    return 0 if verdict else INPUT
