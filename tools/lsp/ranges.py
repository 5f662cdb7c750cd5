"""What the definitions of a text go through on data: a program of its own, which the server starts after a backtest.

`python -m stratagem.tools.lsp.ranges DATA` reads a text from standard input, and prints a JSON object with a line for
each definition, `{"calm": "from 7.1 to 655.8, last 455.5"}`; of a record a line for each field, by `bands.upper`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ...lang.compile import compile_text
from ...lang.diagnostics.model import CompileError
from ...lang.program.nodes import Binding
from ...runtime.compiled.compiled import flattened
from ...runtime.data.errors import DataError
from ...runtime.errors import LimitError, RunError, UsageFault
from ...runtime.limits import Limits, within
from ...runtime.run.evaluate import Alone, evaluated

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 20
"""Seconds for all of them; those that were not reached then are left out."""


def ranges(text: str | bytes, data: object) -> dict[str, str]:
    """Of each definition that is a series what it goes through on the data, of several symbols over all of them.

    What cannot be computed there is left out. CompileError: the text has a fault.
    """
    program = compile_text(text)
    told: dict[str, str] = {}
    with suppress(LimitError), within(Limits(seconds=LONGEST)):
        for name, value in program.lets.items():
            if all(node.binding is not Binding.SERIES for node in flattened(name, value).values()):
                continue
            with suppress(UsageFault, DataError, RunError):
                found = evaluated(program, name, data)
                columns = {n: [c] for n, c in found.columns.items()} if isinstance(found, Alone) else found.values
                told |= _told(columns)
    return told


def _told(columns: Mapping[str, Sequence[NDArray[Any]]]) -> dict[str, str]:
    return {name: line for name, each in columns.items() if (line := _line(each))}


def _line(columns: Sequence[NDArray[Any]]) -> str:
    """`from 7.1 to 655.8, last 455.5`, `holds on 431 of 3,270 bars`; "" of what has no value."""
    import numpy as np

    column = np.concatenate(columns)
    if column.dtype == bool:
        return f"holds on {int(column.sum()):,} of {len(column):,} bars"
    known = column[~np.isnan(column)]
    if not len(known):
        return ""
    last = f", last {column[-1]:.7g}" if len(columns) == 1 and not np.isnan(column[-1]) else ""
    return f"from {known.min():.7g} to {known.max():.7g}{last}"


def main() -> int:
    """Print them; 1 where the text has a fault."""
    try:
        print(json.dumps(ranges(sys.stdin.buffer.read(), sys.argv[1])))
    except CompileError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
