"""`strat mcp`: the server for language models, over standard input and output."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..terminal.arguments import place
from ..terminal.console import OutsideError, UsageError

EXAMPLE = "strat mcp --root data/"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "A server of the Model Context Protocol: a model checks, explains, tries strategies."
    what = "a folder whose files may be read as data, and nothing beside it; without it the samples alone"
    parser.add_argument("--root", type=place, metavar="DIR", help=what)


def run(arguments: argparse.Namespace) -> int:
    from ... import __version__

    root = None if arguments.root is None else Path(arguments.root)
    if root is not None and not root.is_dir():
        raise UsageError(f"--root takes a folder, and {root} is none")
    try:
        from ..mcp.server import server

        made = server(__version__, root)
    except ImportError as error:
        raise OutsideError(f"the server needs {error.name}: pip install 'stratagem[mcp]'") from None
    made.run("stdio")
    return 0
