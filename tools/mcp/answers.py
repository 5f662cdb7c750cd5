"""What the tools of the server answer: plain documents of bounded size, made from values that every face has."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from ...lang.analysis.holes import holes
from ...lang.compile import check_text
from ...lang.diagnostics.brief import cut, one_line
from ...lang.diagnostics.model import CompileError
from ...lang.diagnostics.render import render, to_json
from ...lang.format.format import formatted
from ...lang.inputs.errors import GivenError
from ...runtime.compiled.program import CompiledProgram, compile
from ...runtime.data.errors import DataError
from ...runtime.errors import RunError
from ...runtime.limits import Limits
from ...runtime.results.result import Result
from ...runtime.sweep import best_first
from ...stdlib.catalogue import catalogue, near, search
from .places import PlaceError, data_at

T = TypeVar("T")
LIMITS = Limits(source=100_000, seconds=60, bars=2_000_000, rows=500_000, combinations=20_000)
"""What one call of a tool may take."""
MOST = 150_000
"""Characters of an answer."""
ROWS, TEXT = 50, 20_000
"""Rows of a table, and characters of a text, in an answer."""
_DIAGNOSTICS = 10
_LEFT_OUT = frozenset({"monthly", "elapsed"})


class ToolFault(Exception):
    """What was asked for cannot be had; the message is for the model that asked."""


class Answers:
    """The tools, for one folder of data (None: samples alone) and one set of limits."""

    def __init__(self, root: Path | None = None, limits: Limits = LIMITS) -> None:
        self._root, self._limits = root, limits

    def check(self, text: str) -> dict[str, Any]:
        """Diagnostics, questions, and what a program needs."""
        self._bound(text)
        found = check_text(text)
        sources = {"<text>": text, **found.sources}
        told = {
            "compiles": found.program is not None,
            "diagnostics": [to_json(d, sources) for d in found.diagnostics[:_DIAGNOSTICS]],
            "more": max(0, len(found.diagnostics) - _DIAGNOSTICS),
            "questions": [asdict(each) for each in holes(text)],
        }
        if found.program is None:
            return told
        program = self._compiled(text)
        domains = [{"name": p.name, "default": p.default, "low": p.low, "high": p.high} for p in program.params]
        return {**told, "params": domains, "warmup": program.warmup, "symbols": list(program.symbols),
                "timeframes": list(program.timeframes)}  # fmt: skip

    def format(self, text: str) -> dict[str, Any]:
        """The text in its layout."""
        self._bound(text)
        found = formatted(text)
        sources = {"<text>": text}
        told = [to_json(d, sources) for d in found.diagnostics[:_DIAGNOSTICS]]
        return {"text": text if told else found.text, "changed": not told and found.text != text, "diagnostics": told}

    def explain(self, text: str, other: str = "") -> dict[str, Any]:
        """The meaning in English; of two texts what the other means otherwise."""
        program = self._compiled(text)
        if not other:
            return {"explanation": cut(str(program.explain()), TEXT)}
        return program.explain_changes(self._compiled(other)).to_dict()

    def functions(self, query: str = "") -> dict[str, Any]:
        """Functions that a query means; without one the signatures of all."""
        if not query.strip():
            return {"functions": [row.signature for row in catalogue()], "of": len(catalogue())}
        rows = search(query.strip()) or near(query.strip())
        return {"functions": [asdict(row) for row in rows[:20]], "of": len(rows)}

    def evaluate(self, expression: str, data: str, last: int = 20) -> dict[str, Any]:
        """The last values of an expression over data."""
        from ...runtime.run.evaluate import evaluate

        self._bound(expression)
        values = self._run(lambda: evaluate(expression, self._data(data), engine="interpreted", limits=self._limits))
        count = max(1, min(last, ROWS))
        columns = values if isinstance(values, Mapping) else {"value": values}
        few = {str(name): _plain(column[-count:]) for name, column in list(columns.items())[:20]}
        return {"last": few, "bars": max((len(column) for column in columns.values()), default=0)}

    def backtest(
        self, text: str, data: str, params: Mapping[str, str], assumptions: Mapping[str, str]
    ) -> dict[str, Any]:  # fmt: skip
        """The statistics of a run, and its last trades."""
        result = self._result(text, data, params, assumptions)
        return {**_statistics(result), "last_trades": _rows(result.trades)}

    def sweep(
        self, text: str, data: str, grid: Sequence[str], metric: str, params: Mapping[str, str],
        assumptions: Mapping[str, str],
    ) -> dict[str, Any]:  # fmt: skip
        """The best combinations of parameters."""
        from ..terminal.console import Failure
        from ..terminal.sweep_grid import read_grid
        from ..terminal.sweep_lines import document_of

        program = self._compiled(text)
        try:
            wanted = read_grid(list(grid), program.plan.params)
        except Failure as error:
            raise ToolFault(str(error)) from None
        table = self._run(lambda: program.sweep(
            self._data(data), wanted, metric=metric, params=params, assumptions=assumptions, limits=self._limits,
        ))  # fmt: skip
        return document_of(best_first(table, metric).slice(0, ROWS))

    def why(
        self, text: str, data: str, trade: int, at: str, why_not: bool, params: Mapping[str, str]
    ) -> dict[str, Any]:  # fmt: skip
        """Why a run did what it did, in words."""
        asked = {"at": at} if at else {"trade": trade}
        program = self._compiled(text)
        found = self._run(lambda: program.why(
            self._data(data), params, why_not=why_not, engine="interpreted", limits=self._limits, **asked,
        ))  # fmt: skip
        return {"why": cut(found.text(ascii=True), TEXT)}

    def compare(
        self, text: str, other: str, data: str, params: Mapping[str, str], assumptions: Mapping[str, str]
    ) -> dict[str, Any]:  # fmt: skip
        """What another text means otherwise, and what it makes otherwise."""
        both = [_statistics(self._result(each, data, params, assumptions)) for each in (text, other)]
        return {"changes": self.explain(text, other), "first": both[0], "second": both[1]}

    # --- inside ---------------------------------------------------------------------------------------

    def _bound(self, text: str) -> None:
        if len(text) > self._limits.source:
            raise ToolFault(f"the text has {len(text):,} characters; {self._limits.source:,} are read at most")

    def _compiled(self, text: str) -> CompiledProgram:
        self._bound(text)
        return self._run(lambda: _whole(compile(text.encode(), limits=self._limits)))

    def _data(self, source: str) -> str:
        return data_at(source, self._root)

    def _result(self, text: str, data: str, params: Mapping[str, str], assumed: Mapping[str, str]) -> Result:
        from ...runtime.run.short import run_short

        program = self._compiled(text)
        return self._run(lambda: run_short(program, self._data(data), self._limits, params=params, assumptions=assumed))

    def _run(self, make: Callable[[], T]) -> T:
        """What is made, or its fault in words."""
        try:
            return make()
        except CompileError as error:
            raise ToolFault(cut(render(error.diagnostics[:3], error.sources), TEXT)) from None
        except (DataError, GivenError, RunError, PlaceError, OSError) as error:
            raise ToolFault(one_line(str(error), 1000)) from None


def _whole(program: CompiledProgram) -> CompiledProgram:
    """The program with its plan made, so that what is too large is told now."""
    _ = program.plan  # what cannot be planned is told here
    return program


def _statistics(result: Result) -> dict[str, Any]:
    stats = {name: value for name, value in result.stats.items() if name not in _LEFT_OUT}
    stats["notes"] = [one_line(note, 300) for note in list(result.notes)[:20]]
    return stats


def _rows(table: Any) -> list[dict[str, Any]]:
    """The last rows of a table, times as texts."""
    rows = table.slice(max(0, table.num_rows - ROWS // 2)).to_pylist()
    return [{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
            for row in rows]  # fmt: skip


def _plain(column: Any) -> list[Any]:
    """Values as JSON has them; a missing one is null."""
    return [None if isinstance(value, float) and value != value else value for value in column.tolist()]


def bounded(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer; ToolFault where it is longer than a model should read."""
    length = len(json.dumps(answer, default=str))
    if length > MOST:
        raise ToolFault(f"the answer would have {length:,} characters, {MOST:,} at most: ask for less")
    return answer
