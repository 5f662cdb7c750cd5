"""Several strategies of a command line, brought together as the portfolio that they are."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..terminal.console import UsageError, read_source, say

if TYPE_CHECKING:
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.results.result import Result
    from ...runtime.run.strategies.portfolio import StrategyPortfolio


def complete(arguments: argparse.Namespace, command: str) -> bool:
    """Whether several strategies are run. UsageError where a program or its data are missing, or something is said of
    one strategy that is of several."""
    together = arguments.portfolio is not None or len(arguments.file) > 1
    missing = ["FILE"] * (not arguments.file and not together)
    missing += ["--data"] * (arguments.data is None and arguments.portfolio is None)
    if missing:
        example = ", for example `--data prices.csv` or `--data sample:AAPL`" if missing[-1] == "--data" else ""
        raise UsageError(f"the following arguments are required: {', '.join(missing)}{example}; "
                         f"`strat {command} --help` says what it takes")  # fmt: skip
    if together and arguments.param:
        raise UsageError("--param is of one strategy: say `params:` of each in the file of --portfolio")
    if together and "-" in arguments.file:
        raise UsageError("- is one program from standard input, and several are run: name their files")
    return together


def compiled(path: str, zone: str | None, *, warn: bool = True) -> CompiledProgram:
    """The program of a file; its warnings are said."""
    from ...runtime.compiled.program import CompiledProgram

    program = CompiledProgram(read_source(path), path, timezone=zone)
    if warn and program.kept.warnings:
        say(program.kept.warnings + "\n")
    return program


def portfolio_of(arguments: argparse.Namespace) -> StrategyPortfolio:
    """The portfolio of the files, of `--portfolio`, or of both."""
    from ...runtime.run.strategies.portfolio import StrategyPortfolio
    from ...runtime.run.strategies.read import name_of, of_python, read_portfolio

    programs: dict[str, CompiledProgram] = {}
    for path in arguments.file:
        program = compiled(path, arguments.tz)
        name = name_of(program)
        if name in programs:
            raise UsageError(f"two strategies are called {name}: name them in a file, `--portfolio portfolio.yaml`")
        programs[name] = program
    if arguments.portfolio is None:
        return StrategyPortfolio(of_python(programs, None, None, None, ""))
    portfolio = StrategyPortfolio(read_portfolio(arguments.portfolio, programs))
    for each in portfolio.declared.strategies:
        if each.program not in programs.values() and each.program.kept.warnings:
            say(each.program.kept.warnings + "\n")
    return portfolio


def run_together(arguments: argparse.Namespace, options: dict[str, Any]) -> Result:
    """The backtest of a portfolio."""
    options.pop("params")
    return portfolio_of(arguments).backtest(arguments.data, **options)
