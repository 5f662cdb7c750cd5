"""`strat why FILE --data SRC`: what a strategy did at a trade, an order, a bar or over a span, and why not more."""

from __future__ import annotations

import argparse
import sys

from ..terminal.console import coloured, columns, print_json, read_source, say, show, shows_unicode
from ..terminal.options import data_arguments, data_options, failures, run_arguments, run_options
from ..terminal.progress import progress

EXAMPLE = "strat why strategies/golden_cross.strat --data sample:AAPL --trade 3"
_DESCRIPTION = """Of a trade, an order, a bar or a span of bars: the parts of each condition with their values, which of
them held and which did not, what became of the order, and what the monitors read. Times without a zone are UTC, as for
every option; what is shown is in the program's own zone. Of a run over several symbols --symbol says whose bars are
meant."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = _DESCRIPTION
    parser.add_argument("file", metavar="FILE", help="a .strat file, or - for standard input")
    asked = parser.add_argument_group("what to explain").add_mutually_exclusive_group(required=True)
    asked.add_argument("--trade", metavar="N", help="the trade of this number in the list of trades, from 1")
    asked.add_argument("--order", metavar="N", help="the order of this number in the orders, from 0; a denied one, too")
    asked.add_argument("--at", metavar="TIME", help="the bar that holds this time; with --to a span that begins there")
    parser.add_argument("--not", dest="why_not", action="store_true", help="only what did not act, and what failed")
    parser.add_argument("--statement", metavar="S", help="only the one of this number from 1, or a side, enter, exit")
    data_options(parser)
    run_options(parser, to="end of the test; with --at, end of the span")
    parser.add_argument("--json", action="store_true", help="one JSON document: the whole tree")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.compiled.program import CompiledProgram

    with failures(), progress():
        program = CompiledProgram(read_source(arguments.file), arguments.file, timezone=arguments.tz)
        if program.kept.warnings:
            say(program.kept.warnings + "\n")
        found = program.why(
            arguments.data, trade=arguments.trade, order=arguments.order, at=arguments.at,
            statement=arguments.statement, why_not=arguments.why_not, **run_arguments(arguments),
            **data_arguments(arguments),
        )  # fmt: skip
    if arguments.json:
        print_json(found.to_json())
    else:
        look = {"colour": coloured(sys.stdout), "ascii": not shows_unicode(sys.stdout)}
        text = found.text(**look, width=columns(sys.stdout))
        print(text) if look["colour"] else show(text.splitlines())
    return 0
