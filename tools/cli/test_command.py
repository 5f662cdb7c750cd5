"""`strat test FILE…`: the tests in the text of strategies, each on its own bars."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..terminal.console import INPUT, UsageError, print_json, read_source, say, show
from ..terminal.options import failures

if TYPE_CHECKING:
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.tested.model import Tested

EXAMPLE = "strat test strategies/golden_cross.strat"
_DESCRIPTION = """Run every `test` of the files: its bars, its parameters, and what it expects. A failure shows the bar
and the value of every part of what was expected. The exit code is 1 where one fails."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = _DESCRIPTION
    parser.add_argument("files", nargs="+", metavar="FILE", help=".strat files, or - for standard input")
    parser.add_argument("--only", metavar="NAME", help="the test of this name alone")
    engines = ("interpreted", "native", "both")
    parser.add_argument("--engine", choices=engines, default="interpreted", help="what runs them (%(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON document: every test with what it expected")


def run(arguments: argparse.Namespace) -> int:
    with failures():
        programs = [_compiled(path) for path in arguments.files]
        found = [_tested(program, arguments) for program in programs]
    if arguments.only is not None and not any(map(len, found)):
        names = [test.name for program in programs for test in program.typed.tests]
        raise UsageError(f'there is no test "{arguments.only}"; there are {", ".join(names) or "none"}')
    passed = all(tested.passed for tested in found)
    if arguments.json:
        print_json({"passed": passed, "files": [tested.to_json() for tested in found]})
    else:
        for tested in found:
            show(tested.text().splitlines())
    return 0 if passed else INPUT


def _compiled(path: str) -> CompiledProgram:
    from ...runtime.compiled.program import CompiledProgram

    program = CompiledProgram(read_source(path), path)
    if program.kept.warnings:
        say(program.kept.warnings + "\n")
    return program


def _tested(program: CompiledProgram, arguments: argparse.Namespace) -> Tested:
    """What came of a file's tests; of one that has none of the name wanted, nothing."""
    from ...runtime.tested.model import Tested

    if arguments.only is not None and arguments.only not in [test.name for test in program.typed.tests]:
        return Tested(program.name, ())
    return program.test(arguments.only, engine=arguments.engine)
