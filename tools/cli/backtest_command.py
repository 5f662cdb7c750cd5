"""`strat backtest FILE… --data SRC`: run a strategy over history, or several that share a capital."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .arguments import place
from .console import (
    OutsideError,
    UsageError,
    check_out,
    coloured,
    columns,
    print_json,
    show,
    shows_unicode,
)
from .options import (
    conventions,
    data_arguments,
    data_options,
    failures,
    metrics_options,
    run_arguments,
    run_options,
)
from .progress import progress

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
    what = "warn: what the quality gate finds is a note; strict: it is an error, and nothing is written (warn)"
    parser.add_argument("--gate", choices=("warn", "strict"), default="warn", help=what)
    metrics_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document: the statistics")


def _complete(arguments: argparse.Namespace, *, together: bool) -> None:
    """UsageError where a program or its data are missing, or something is said of one strategy that is of several."""
    missing = ["FILE"] * (not arguments.file and not together)
    missing += ["--data"] * (arguments.data is None and arguments.portfolio is None)
    if missing:
        example = ", for example `--data prices.csv` or `--data sample:AAPL`" if missing[-1] == "--data" else ""
        raise UsageError(f"the following arguments are required: {', '.join(missing)}{example}; "
                         "`strat backtest --help` says what it takes")  # fmt: skip
    if together and arguments.param:
        raise UsageError("--param is of one strategy: say `params:` of each in the file of --portfolio")
    if arguments.file.count("-") > 1 or ("-" in arguments.file and together):
        raise UsageError("- is one program from standard input, and several are run: name their files")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.run.backtest import backtest
    from .portfolio_runs import compiled, run_together

    if arguments.out_format and not arguments.out:
        raise UsageError("--out-format says how the tables of --out DIR are written: give --out, too")
    for name, what in (("monitors", "writes a table more into"), ("no_report", "leaves a page out of")):
        if getattr(arguments, name) and not arguments.out:
            raise UsageError(f"--{name.replace('_', '-')} {what} what --out DIR writes: give --out, too")
    counted = conventions(arguments)
    check_out(arguments.out, folder=True)
    together = arguments.portfolio is not None or len(arguments.file) > 1
    _complete(arguments, together=together)
    with failures(), progress():
        options = {**run_arguments(arguments), **data_arguments(arguments)}
        options |= {"monitors": arguments.monitors, "gate": arguments.gate}
        if together:
            result = run_together(arguments, options)
        else:
            result = backtest(compiled(arguments.file[0], arguments.tz), arguments.data, **options)
    if arguments.out:
        try:
            with progress():
                result.write(
                    arguments.out, report=not arguments.no_report, format=arguments.out_format or "csv"
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
    return 0
