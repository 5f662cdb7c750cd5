"""`strat functions [QUERY]`: every built-in, from the rows they are defined by."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING

from ..terminal.console import InputError, print_json, show
from ..terminal.function_lines import lines_of

if TYPE_CHECKING:
    pass

EXAMPLE = "strat functions average"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help="part of a name, a family or a meaning")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    from ...stdlib import synonyms
    from ...stdlib.catalogue import catalogue, near, search

    query = arguments.query.strip()
    found = (search(query) or near(query)) if query else catalogue()
    if arguments.json:
        print_json([dataclasses.asdict(row) for row in found])
        return 0
    other = synonyms.otherwise(query)
    if other:
        show([other])
    if not found and not other:
        raise InputError(f"no function matches {arguments.query!r}; `strat functions` lists every one")
    for row in found:
        show("\n    ".join(lines_of(row)).split("\n"))
    return 0
