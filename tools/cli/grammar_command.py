"""`strat grammar`: the grammar file as it is, or its edition for constrained decoding."""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files

from ..terminal.console import UsageError

EXAMPLE = "strat grammar --llm > strategies.lark"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Print the grammar of the language (Lark, LALR(1)), or one that a model is held to."
    parser.add_argument("--llm", action="store_true", help="its edition for constrained decoding, for llguidance: "
                        "known functions alone, with arguments of the kinds they take")  # fmt: skip
    parser.add_argument("--functions", metavar="A,B", help="with --llm: the only functions that may be called")


def run(arguments: argparse.Namespace) -> int:
    if arguments.functions is not None and not arguments.llm:
        raise UsageError("`--functions` goes with `--llm`: the grammar of the language names no functions")
    sys.stdout.write(_typed(arguments.functions) if arguments.llm else _of_the_language())
    return 0


def _of_the_language() -> str:
    return (files("stratagem.lang.syntax") / "grammar.lark").read_text(encoding="utf-8")


def _typed(functions: str | None) -> str:
    from ..assistant.grammar import grammar

    names = [name.strip() for name in (functions or "").split(",") if name.strip()]
    if functions is not None and not names:
        raise UsageError("expected names of functions behind --functions, such as ema,rsi,atr; found none")
    try:
        return grammar(names)
    except ValueError as error:
        raise UsageError(f"{error}; `strat functions` lists them") from None
