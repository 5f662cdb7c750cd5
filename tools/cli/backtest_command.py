"""`strat backtest FILE… --data SRC`: run a strategy over history, or several that share a capital."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..terminal.arguments import place
from ..terminal.console import (
    OutsideError,
    UsageError,
    check_out,
    coloured,
    columns,
    print_json,
    show,
    shows_unicode,
)
from ..terminal.options import (
    conventions,
    data_arguments,
    data_options,
    failures,
    metrics_options,
    run_arguments,
    run_options,
)
from ..terminal.progress import progress
from .portfolio_runs import compiled, complete, run_together

EXAMPLE = "strat backtest strategies/golden_cross.strat --data sample:AAPL --out build/report"


def configure(parser: argparse.ArgumentParser) -> None:
    what = ".strat files, or - for standard input; several share a capital"
    parser.add_argument("file", metavar="FILE", nargs="*", help=what)
    what = "a YAML file: strategies, their shares of the capital, data, parameters, and limits over all of them"
    parser.add_argument("--portfolio", type=place, metavar="FILE", help=what)
    data_options(parser, required=False)
    run_options(parser)
    parser.add_argument("--monitors", action="store_true", help="with --out, every reading of the monitors")
    what = "write result.json, tables of trades, orders, equity, report.html"
    parser.add_argument("--out", type=place, metavar="DIR", help=what)
    parser.add_argument("--out-format", choices=("csv", "parquet"), help="what the tables are written as (csv)")
    parser.add_argument("--no-report", action="store_true", help="leave report.html out")
    what = "with --out, report.pdf, too, to be printed or sent (pip install 'stratagem[pdf]')"
    parser.add_argument("--pdf", action="store_true", help=what)
    what = "warn: what the quality gate finds is a note; strict: it is an error, and nothing is written (warn)"
    parser.add_argument("--gate", choices=("warn", "strict"), default="warn", help=what)
    metrics_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document: the statistics")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.results.printed.type import library
    from ...runtime.run.backtest import backtest

    if arguments.out_format and not arguments.out:
        raise UsageError("--out-format says how the tables of --out DIR are written: give --out, too")
    for name, what in (("monitors", "writes a table more into"), ("no_report", "leaves a page out of"),
                       ("pdf", "writes a report more into")):  # fmt: skip
        if getattr(arguments, name) and not arguments.out:
            raise UsageError(f"--{name.replace('_', '-')} {what} what --out DIR writes: give --out, too")
    if arguments.pdf:
        with failures():  # before the run, which takes a while
            library()
    counted = conventions(arguments)
    check_out(arguments.out, folder=True)
    together = complete(arguments, "backtest")
    with failures(), progress():
        options = {**run_arguments(arguments), **data_arguments(arguments)}
        options |= {"monitors": arguments.monitors, "gate": arguments.gate}
        if together:
            result = run_together(arguments, options)
        else:
            program = compiled(arguments.file[0], arguments.tz)
            result = backtest(program, arguments.data, **options)
    if arguments.out:
        try:
            with progress():
                result.write(
                    arguments.out, report=not arguments.no_report, format=arguments.out_format or "csv",
                    pdf=arguments.pdf,
                )  # fmt: skip
        except OSError as error:
            raise OutsideError(str(error)) from None
    with failures():
        metrics = result.metrics(arguments.benchmark, **counted) if counted is not None else None
    if arguments.json:
        more = {"metrics": metrics.document()} if metrics else {}
        print_json(dict(result.stats) | {"interval": result.interval.document()} | more)
    else:
        look = {"colour": coloured(sys.stdout), "ascii": not shows_unicode(sys.stdout)}
        print(result.summary(**look, width=columns(sys.stdout)))
        if metrics:
            from ...runtime.results.figures_text import metrics_lines

            show(["", *metrics_lines(metrics, columns(sys.stdout))])
        if arguments.out and not arguments.no_report:
            show(["", f"report: {Path(arguments.out) / 'report.html'}"])
        if arguments.pdf:
            show([f"to print: {Path(arguments.out) / 'report.pdf'}"])
    return 0
