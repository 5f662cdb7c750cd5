"""Several strategies of a command line, brought together as the portfolio that they are."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .console import UsageError, read_source, say

if TYPE_CHECKING:
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.results.result import Result


def compiled(path: str, zone: str | None) -> CompiledProgram:
    """The program of a file; its warnings are said."""
    from ...runtime.compiled.program import CompiledProgram

    program = CompiledProgram(read_source(path), path, timezone=zone)
    if program.kept.warnings:
        say(program.kept.warnings + "\n")
    return program


def run_together(arguments: argparse.Namespace, options: dict[str, Any]) -> Result:
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
        portfolio = StrategyPortfolio(of_python(programs, None, None, None, ""))
    else:
        portfolio = StrategyPortfolio(read_portfolio(arguments.portfolio, programs))
        for each in portfolio.declared.strategies:
            if each.program not in programs.values() and each.program.kept.warnings:
                say(each.program.kept.warnings + "\n")
    options.pop("params")
    return portfolio.backtest(arguments.data, **options)
