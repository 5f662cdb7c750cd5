"""`strat grammar`: the grammar file, as it is."""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files

from .console import UsageError

EXAMPLE = "strat grammar > stratagem.lark"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Print the grammar of the language (Lark, LALR(1))."
    parser.add_argument("--llm", action="store_true", help="its edition for constrained decoding: not available yet")


def run(arguments: argparse.Namespace) -> int:
    if arguments.llm:
        raise UsageError("`strat grammar --llm` is not available yet; `strat grammar` prints the grammar")
    sys.stdout.write((files("stratagem.lang.syntax") / "grammar.lark").read_text(encoding="utf-8"))
    return 0
