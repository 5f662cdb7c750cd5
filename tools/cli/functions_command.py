"""`strat functions [QUERY]`: every built-in, from the rows they are defined by."""

from __future__ import annotations

import argparse
import dataclasses
import textwrap

from .console import InputError, print_json

EXAMPLE = "strat functions average"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help="part of a name, a family or a meaning")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    from ...stdlib.catalogue import catalogue, search

    found = search(arguments.query) if arguments.query else catalogue()
    if arguments.json:
        print_json([dataclasses.asdict(row) for row in found])
        return 0
    if not found:
        raise InputError(f"no function matches {arguments.query!r}; `strat functions` lists every one")
    for row in found:
        print(row.signature)
        print(textwrap.indent(row.meaning, "    "))
        print(f"    unit {row.unit} · warm-up {row.warmup} · missing values {row.missing}")
        if row.example:
            print(f"    example: {row.example}")
    return 0
