"""`strat explain FILE`: a strategy in plain English, from what was understood, and what differs in another."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .console import print_json, read_source, say, show
from .options import failures

if TYPE_CHECKING:
    from ...runtime.compiled.compiled import Compiled

EXAMPLE = "strat explain strategies/golden_cross.strat"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a .strat file, or - for standard input")
    parser.add_argument("--diff", metavar="OTHER", help="the sentences that differ in another file")
    parser.add_argument("--json", action="store_true", help="one document: {file, sentences}, or {same, differences}")


def run(arguments: argparse.Namespace) -> int:
    program = _compiled(arguments.file)
    sentences = program.explain().splitlines()
    if arguments.diff is None:
        if arguments.json:
            print_json({"file": arguments.file, "sentences": [line.removeprefix("- ") for line in sentences]})
        else:
            show(sentences)
        return 0
    other = _compiled(arguments.diff)
    found = list(_differences(sentences, other.explain().splitlines()))
    same = not found and program.plan.seal == other.plan.seal
    if arguments.json:
        print_json({"same": same, "differences": [{"file": which, "sentence": line} for which, line in found]})
    else:
        show(_told(found, same))
    return 0


def _compiled(path: str) -> Compiled:
    from ...runtime.compiled.compiled import Compiled

    with failures():
        program = Compiled(read_source(path), path)
        if program.kept.warnings:
            say(program.kept.warnings + "\n")
        return program


def _differences(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The sentences that only one of them has, in their order, each with which that is: "first" or "second"."""
    from difflib import ndiff

    for line in ndiff(first, second):
        if line.startswith(("- ", "+ ")):
            yield ("first" if line[0] == "-" else "second"), line[2:].removeprefix("- ")


def _told(found: Sequence[tuple[str, str]], same: bool) -> Iterator[str]:
    """`< ` before a sentence of the first file, `> ` before one of the second."""
    if same:
        yield "They mean the same."
    elif not found:
        yield "The sentences are the same, but the programs differ in something that they do not tell."
    for which, line in found:
        yield f"{'<' if which == 'first' else '>'} {line}"
