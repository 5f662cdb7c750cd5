"""Runs the tests of a program: each on its own bars, with the books and the engine of every run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.lines import lines_of
from ...lang.diagnostics.suggest import nearest
from ...lang.program.tests import Expect, Part, Test
from ..data.errors import DataError
from ..errors import RunError, UsageFault
from .bars import data_of
from .model import Expected, Outcome, Tested
from .values import Values, shown

if TYPE_CHECKING:
    from ...lang.program.nodes import Node
    from ..compiled.program import CompiledProgram
    from ..results.output import Floats
    from ..results.result import Result

ENGINES = ("interpreted", "native", "both")


def tested(
    program: CompiledProgram, only: str | None = None, *, engine: str = "interpreted",
    folder: str | os.PathLike[str] | None = None,
) -> Tested:  # fmt: skip
    """Every test in the text of a program, or the one called `only`, on an engine or on `both`.

    folder: where the files are that tests name; beside the program's own, where it has one. UsageFault: there is no
    such test or engine.
    """
    if engine not in ENGINES:
        raise UsageFault(f"engine: {' or '.join(ENGINES)}, found {engine!r}")
    tests = [test for test in program.typed.tests if only in (None, test.name)]
    if only is not None and not tests:
        raise UsageFault(f'there is no test "{only}"{_instead(program, only)}')
    place = Path(folder) if folder is not None else _beside(program.name)
    engines = ENGINES[:2] if engine == "both" else (engine,)
    return Tested(program.name, tuple(_outcome(program, test, one, place) for test in tests for one in engines))


def _instead(program: CompiledProgram, only: str) -> str:
    names = [test.name for test in program.typed.tests]
    close = nearest(only, names)
    return f': did you mean "{close}"?' if close else f"; there are {', '.join(names)}" if names else "; there are none"


def _beside(name: str) -> Path | None:
    path = Path(name)
    return path.parent if name.endswith(".strat") and path.is_file() else None


def _outcome(program: CompiledProgram, test: Test, engine: str, folder: Path | None) -> Outcome:
    line = _line(program, test.span.start)
    try:
        data, options = data_of(test, program.typed.symbols, folder)
        result = program.backtest(data, dict(test.settings), engine=engine, **options)
        columns = _columns(program, test, result, engine)
    except (RunError, DataError) as error:
        return Outcome(test.name, line, engine, error=str(error))
    expected = tuple(_expected(program, expect, result, columns) for expect in test.expects)
    return Outcome(test.name, line, engine, expected)


def _line(program: CompiledProgram, offset: int) -> int:
    return lines_of(program.typed.sources.get(program.name, program.text)).position(offset)[0]


def _columns(program: CompiledProgram, test: Test, result: Result, engine: str) -> dict[int, list[Floats]]:
    """Of each node that an expectation reads its column for each symbol that is traded, by the node's number."""
    wanted: dict[str, Node] = {}
    known: dict[int, bool] = {}
    for expect in test.expects:
        for part in expect.part.all():
            if part.node is not None:
                wanted.update((str(node.id), node) for node in Values.read(part.node, known))
    again = result.output.again
    if not wanted or again is None:
        return {}
    typed: Any = replace(program.typed, cells=test.cells)
    prepared: Any = again.prepared
    if result.output.several is None:
        from ..run.over_bars import node_columns

        found = {name: [column] for name, column in node_columns(typed, prepared, engine, wanted).items()}
    else:
        from ...lang.plan.several import several
        from ..run.several.series import values_of

        found = values_of(several(typed, list(wanted.items())), prepared, engine, list(wanted))
    return {int(name): found[name] for name in wanted}


def _expected(
    program: CompiledProgram, expect: Expect, result: Result, columns: Mapping[int, list[Floats]]
) -> Expected:
    """One expectation as it was met, or not."""
    line = _line(program, expect.span.start)
    try:
        values = Values.at(expect, result, columns)
    except UsageFault as error:
        return Expected(expect.text, line, False, symbol=expect.symbol, error=str(error))
    parts, missing = tuple(shown(expect.part, values)), values.missing(expect.node)
    passed = not missing and _holds(expect.part, expect.within, values)
    return Expected(expect.text, line, passed, values.bar, values.time, expect.symbol, parts, missing)


NEARLY = 1e-9
"""How far the sides of an `==` may be apart where nothing is said: rounding, as a share of the larger."""


def _holds(part: Part, within: float | None, values: Values) -> bool:
    """Whether a condition holds, an `==` between numbers up to rounding."""
    if part.joins in ("and", "or"):
        both = [_holds(inner, None, values) for inner in part.parts]
        return all(both) if part.joins == "and" else any(both)
    if part.joins == "not":
        return not _holds(part.parts[0], None, values)
    if part.joins in ("==", "!="):
        sides = [values.of(inner.node) for inner in part.parts]
        numbers = [side for side in sides if isinstance(side, float)]
        if len(numbers) == 2:
            off = within if within is not None else NEARLY * max(1.0, *map(abs, numbers))
            return (abs(numbers[0] - numbers[1]) <= off) == (part.joins == "==")
    return values.of(part.node) is True
