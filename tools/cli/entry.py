"""Reads the command line, runs the command, and turns every failure into one clear message."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Sequence

from ..terminal.arguments import Parser, did_you_mean
from ..terminal.console import OUTSIDE, USAGE, Failure, UsageError, abandon_output, complain, prepare_streams
from ..terminal.endings import INTERRUPTED, UNREAD, Stopped
from . import command_habits

# command -> what it does; the module of the same name has `configure(parser)` and `run(arguments)`.
COMMANDS = {
    "new": "a strategy to begin with, with comments and a test",
    "check": "diagnostics, warm-up, memory and the data a strategy needs",
    "fmt": "files in the one layout, every comment kept",
    "explain": "a strategy in plain English, from what was understood",
    "backtest": "run a strategy over history",
    "test": "the tests in the text of strategies",
    "gate": "whether a run says anything: capital, warm-up, trades, refused orders",
    "why": "what a strategy did at a trade, a bar or over a span, and why not more",
    "eval": "one expression over data",
    "verify": "prove batch, stream, restart and truncated history equal, bit for bit",
    "sweep": "every combination of parameters, with one compilation",
    "contest": "strategies of files and models, judged on bars that none was shown",
    "functions": "every built-in function",
    "grammar": "the grammar of the language",
    "ask": "plain words to a strategy: read back, tried, and kept after your yes",
    "prompt": "what a language model must know to write a strategy",
    "repl": "the shell: expressions over data, a program that grows, runs and charts of it",
    "lsp": "the language server: diagnostics, completion, hover and more in an editor",
    "mcp": "the server for language models: they check, explain and try strategies with it",
    "completion": "a script that completes commands and options in a shell",
}
LATER = (
    "live", "data", "replay", "convert",
)  # fmt: skip


def run(arguments: list[str]) -> int:
    """Run `strat ARGUMENTS`; gives the exit code, whatever goes wrong."""
    json = "--json" in arguments
    try:
        prepare_streams()
        code = _run(arguments)
        sys.stdout.flush()  # a full disk or a closed pipe shows here, not when the process ends
        return code
    except Failure as error:
        return complain(str(error), error.code, json=json, diagnostics=error.diagnostics)
    except BrokenPipeError:  # who reads has seen enough: `strat eval … | head`
        abandon_output()
        return UNREAD
    except OSError as error:
        abandon_output()
        return complain(f"{error.filename or 'standard output'}: {error.strerror or error}", OUTSIDE)
    except MemoryError as error:
        what = f" ({error})" if str(error) else ""
        told = f"not enough memory{what}: take fewer bars (--data-from, --data-to), fewer plots or fewer combinations"
        return complain(told, OUTSIDE, json=json)
    except KeyboardInterrupt:
        return complain("interrupted", INTERRUPTED, json=json)
    except Stopped as stopped:
        return complain(f"told to end ({stopped.name})", 128 + stopped.number, json=json)


def _run(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] == "-c":  # as other shells take it
        arguments = ["repl", *arguments]
    first = arguments[0] if arguments else ""
    if first in LATER:
        raise UsageError(f"`strat {first}` is not available yet; `strat --help` lists what is")
    if first and not first.startswith("-") and first not in COMMANDS:
        meant = command_habits.told(first) or did_you_mean(first, [*COMMANDS, *LATER])
        raise UsageError(f"there is no command `{first}`{meant}; `strat --help`")
    parser = _parser([first] if first in COMMANDS else [])
    try:
        parsed = parser.parse(arguments)
    except SystemExit as done:  # --help and --version say what they have to and are done
        return int(done.code or 0)
    if getattr(parsed, "command", None) is None:
        parser.print_help(sys.stderr)
        return USAGE
    module = importlib.import_module(f".{_module(parsed.command)}", __package__)
    return int(module.run(parsed))


def _module(command: str) -> str:
    return f"{command}_command"


def every_command() -> Parser:
    """The parser with the options of all commands."""
    return _parser([*COMMANDS])


def _parser(wanted: Collection[str]) -> Parser:
    """The parser of the whole command; only the modules of the wanted commands are imported."""
    from ... import __version__

    parser = Parser(
        prog="strat", description="Stratagem: a language for trading strategies, and the engine that runs them.",
        epilog="example: strat backtest strategies/golden_cross.strat --data sample:AAPL",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"stratagem {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, does in COMMANDS.items():
        command = commands.add_parser(name, help=does, description=does)
        if name in wanted:
            module = importlib.import_module(f".{_module(name)}", __package__)
            command.epilog = f"example: {module.EXAMPLE}"
            module.configure(command)
            parser.command = command
    return parser
