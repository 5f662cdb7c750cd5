"""`strat grammar`: the grammar file, as it is."""

from __future__ import annotations

import argparse
from importlib.resources import files

EXAMPLE = "strat grammar > stratagem.lark"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Print the grammar of the language (Lark, LALR(1))."


def run(arguments: argparse.Namespace) -> int:
    print((files("stratagem.lang.syntax") / "grammar.lark").read_text(encoding="utf-8"), end="")
    return 0
