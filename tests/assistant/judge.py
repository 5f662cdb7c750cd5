"""Whether two programs mean the same: the same orders and trades on three markets, in every bar and to nine digits.

Words differ where the meaning is one (`rsi(close, 14) < 30` or a `let` of it), so programs are never compared as texts.
Compared are orders that came to something: which symbol and side, of what kind, when decided, when and at what price
filled, how many asked and got, and where its stop, target, limit and trigger stood; and the trades with their profit,
so that levels, ages and costs count. Left out are the names of statements, what was said with them, denied wishes,
and that a limit of a day was reached: what it denies and closes tells it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import stratagem as sg
from stratagem.runtime.compiled.program import CompiledProgram

from .markets import NAMES, markets, sample

ORDER = (
    "symbol", "kind", "side", "status", "type", "time", "asked", "got", "fill_time", "fill_moment", "fill_price",
    "stop", "target", "limit", "trigger",
)  # fmt: skip
TRADE = ("symbol", "side", "quantity", "entry_time", "entry_price", "exit_time", "exit_moment", "exit_price", "pnl")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a program did on each of the markets.

    declared: its symbols, watched ones too, and its timeframe. left: the equity at the end, so that capital counts.
    """

    declared: tuple[object, ...]
    runs: tuple[tuple[Row, ...], ...]
    left: tuple[float, ...]

    @property
    def orders(self) -> tuple[int, ...]:
        """How many rows each market gave."""
        return tuple(map(len, self.runs))


def record(text: str, like: str = "") -> Record:
    """What the program does; on the markets of the program `like`, if one is given. CompileError if it is none."""
    program = sg.compile(text)
    chosen = sg.compile(like) if like else program
    runs, left = [], []
    for data in data_of(chosen):
        result = program.backtest(data, engine="interpreted")
        orders = (row for row in result.orders.to_pylist() if row["status"] not in {"denied", "halted"})
        rows = [picked(row, ORDER) for row in orders] + [picked(row, TRADE) for row in result.trades.to_pylist()]
        runs.append(tuple(sorted(rows, key=repr)))
        left.append(plain(float(result.stats["final_equity"])))
    return Record(declared(program), tuple(runs), tuple(left))


def data_of(program: CompiledProgram) -> list[sg.Bars | Mapping[str, sg.Bars]]:
    """The three markets: those of the symbols and the timeframe that it names, else ours."""
    typed = program.typed
    frame = str(typed.timeframe.canonical()) if typed.timeframe else ""
    traded = typed.symbols or (NAMES if typed.several else ("MADE",))
    found: list[sg.Bars | Mapping[str, sg.Bars]] = []
    for number, bars in enumerate(markets((*traded, *(w for w in typed.watches if w not in traded)), frame)):
        if len(bars) > 1:
            found.append(bars)
        elif number == 0 and not (frame or typed.symbols):
            found.append(sample())
        else:
            found.append(next(iter(bars.values())))
    return found


def declared(program: CompiledProgram) -> tuple[object, ...]:
    typed = program.typed
    frame = typed.timeframe.canonical() if typed.timeframe else None
    return typed.symbols, tuple(sorted(typed.watches)), frame


def picked(row: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return tuple(plain(row.get(name)) for name in names)


def plain(value: Any) -> Any:
    """Nine digits of a number, and a time as its text, so that rows can be compared and sorted."""
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.9g}")
    return value if value is None or isinstance(value, str | int) else str(value)


def difference(reference: str, other: str) -> str | None:
    """None if they mean the same, else where they first part; also what keeps the other from being compared at all."""
    expected = record(reference)
    if not any(expected.orders):
        return "the reference gives no order on any market: nothing can be compared"
    try:
        found = record(other, like=reference)
    except (sg.CompileError, sg.RunError, sg.DataError) as error:
        return f"it does not run where the reference does: {error}"
    if expected.declared != found.declared:
        return f"it is for {found.declared}, the reference for {expected.declared}"
    for number, (one, two) in enumerate(zip(expected.runs, found.runs, strict=True)):
        if one != two:
            missing, added = sorted(set(one) - set(two), key=repr), sorted(set(two) - set(one), key=repr)
            return f"market {number}: expected {missing[:1]}, found {added[:1]} ({len(one)} and {len(two)} rows)"
    if expected.left != found.left:
        return f"equity at the end: expected {expected.left}, found {found.left}"
    return None


def same(reference: str, other: str) -> bool:
    return difference(reference, other) is None
