"""Reads the command line, runs the command, and turns every failure into one clear message."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from .console import INPUT, OUTSIDE, USAGE, InputError, OutsideError, UsageError, complain

# command -> what it does; the module of the same name has `configure(parser)` and `run(arguments)`.
COMMANDS = {
    "check": "diagnostics, warm-up, memory and the data a strategy needs",
    "backtest": "run a strategy over history",
    "eval": "one expression over data",
    "verify": "prove batch, stream, restart and truncated history equal, bit for bit",
    "sweep": "every combination of parameters, with one compilation",
    "functions": "every built-in function",
    "grammar": "the grammar of the language",
}
LATER = (
    "fmt", "explain", "why", "live", "repl", "ask", "data", "prompt", "lsp", "mcp", "new", "test", "replay", "convert",
)  # fmt: skip


def run(arguments: list[str]) -> int:
    """Run `strat ARGUMENTS`; never raises but KeyboardInterrupt's exit."""
    try:
        return _run(arguments)
    except UsageError as error:
        return complain(str(error), USAGE)
    except InputError as error:
        return complain(str(error), INPUT)
    except OutsideError as error:
        return complain(str(error), OUTSIDE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTSIDE
    except KeyboardInterrupt:
        return complain("interrupted", OUTSIDE)


def _run(arguments: Sequence[str]) -> int:
    name = next((a for a in arguments if not a.startswith("-")), None)
    if name in LATER and arguments[0] == name:
        raise UsageError(f"`strat {name}` is not available yet; `strat --help` lists what is")
    parser = _parser(name if name in COMMANDS else None)
    parsed = parser.parse_args(arguments)
    if getattr(parsed, "command", None) is None:
        parser.print_help(sys.stderr)
        return USAGE
    module = importlib.import_module(f".{_module(parsed.command)}", __package__)
    return int(module.run(parsed))


def _module(command: str) -> str:
    return f"{command}_command"


def _parser(wanted: str | None) -> argparse.ArgumentParser:
    """The parser of the whole command; only the wanted command's module is imported."""
    from ... import __version__

    parser = argparse.ArgumentParser(
        prog="strat", description="Stratagem: a language for trading strategies, and the engine that runs them.",
        epilog="example: strat backtest strategies/golden_cross.strat --data sample:AAPL",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"stratagem {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, does in COMMANDS.items():
        command = commands.add_parser(
            name, help=does, description=does, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == wanted:
            module = importlib.import_module(f".{_module(name)}", __package__)
            command.epilog = f"example: {module.EXAMPLE}"
            module.configure(command)
    return parser
