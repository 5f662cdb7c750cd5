"""`strat prompt`: what a model must know to write a strategy."""

from __future__ import annotations

import argparse
import sys

from ..terminal.console import print_json

EXAMPLE = "strat prompt > prompt.txt"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Print what a language model must know to write a strategy, made from what the compiler knows."
    parser.add_argument("--json", action="store_true", help="one document: {prompt, characters, tokens}")


def run(arguments: argparse.Namespace) -> int:
    from ..assistant.prompt import prompt, tokens

    text = prompt()
    if arguments.json:
        print_json({"prompt": text, "characters": len(text), "tokens": tokens(text)})
    else:
        sys.stdout.write(text)
    return 0
