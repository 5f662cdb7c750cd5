"""`strat lsp`: the language server, over standard input and output."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import redirect_stdout

from ..terminal.console import OutsideError

EXAMPLE = "strat lsp"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stdio", action="store_true", help="standard input and output, as always: editors say it")


def run(arguments: argparse.Namespace) -> int:
    from ... import __version__

    try:
        from ..lsp.server import server
    except ImportError as error:
        raise OutsideError(f"the language server needs {error.name}: pip install 'stratagem[lsp]'") from None
    # The protocol has the pipes to itself: they are closed at the end, and what else were printed would break it.
    speaks = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with redirect_stdout(sys.stderr):
        server(__version__).start_io(sys.stdin.buffer, speaks)
    return 0
