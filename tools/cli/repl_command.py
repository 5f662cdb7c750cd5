"""`strat repl [FILE] [--data SRC]`: the shell; `strat -c TEXT`, or a pipe, enters what is given and leaves."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ..terminal.console import OutsideError, coloured, columns, shows_unicode
from ..terminal.options import data_arguments, data_options, run_arguments, run_options

EXAMPLE = "strat repl strategies/golden_cross.strat --data sample:AAPL"
_DESCRIPTION = """Expressions are shown over the data, statements make a program, commands run, explain and draw it:
`.help` lists them. Without a terminal it reads standard input, and answers to standard output."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = _DESCRIPTION
    parser.add_argument("file", metavar="FILE", nargs="?", help="a .strat file to begin with")
    what = "enter this text and leave: an expression, statements, commands, line by line"
    parser.add_argument("-c", "--command", dest="entered", metavar="TEXT", help=what)
    data_options(parser, required=False)
    run_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document a line for each answer")


def run(arguments: argparse.Namespace) -> int:
    from ..repl import plain
    from ..repl.reply import Look
    from ..repl.session import Session

    look = Look(columns(sys.stdout), coloured(sys.stdout) and not arguments.json, shows_unicode(sys.stdout))
    session = Session(look, _run_options(arguments), _given(data_arguments(arguments)))
    code = 0
    for reply in begin(session, arguments):
        plain.show(reply, as_json=arguments.json)
        code = code or reply.exit
    if arguments.entered is not None:
        return plain.answer_all(session, [(0, arguments.entered)], as_json=arguments.json) or code
    if sys.stdin is None:
        raise OutsideError("standard input is closed: nothing can be entered")
    if sys.stdin.isatty() and sys.stdout.isatty() and not arguments.json:
        from ..repl.terminal import converse

        return converse(session)
    entered = plain.entries_of(sys.stdin.buffer, session, as_json=arguments.json)
    return plain.answer_all(session, entered, as_json=arguments.json) or code


def begin(session: Any, arguments: argparse.Namespace) -> Any:
    """The data and the file that were named; what is wrong with them is told, and the shell is there all the same."""
    from ..repl.commands.data import described
    from ..repl.commands.files import take_file
    from ..repl.data import load

    def data() -> Any:
        session.take(load(arguments.data, session.read))
        return described(session.data, session.look.width)

    if arguments.data is not None:
        yield session.guarded(data)
    if arguments.file is not None:
        yield session.guarded(lambda: take_file(session, arguments.file))


def _run_options(arguments: argparse.Namespace) -> dict[str, Any]:
    return _given(run_arguments(arguments))


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value not in (None, False, {}, "fail")}
