"""The facts of a finished run by the names of tests: `trade 1 entry_price`, `order 0 filled`, `run trades`."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from ...lang.words.vocabulary import FACTS
from ..results.rows import closed_count, order_column, trade_column
from ..trading.rows import CUT, EXIT_ORDER, EXPIRE_ORDER, FILLED, GUARD_ORDER

if TYPE_CHECKING:
    from ..results.output import RunOutput
    from ..results.result import Result

_OF_STATS = ("trades", "open_trades", "denied", "reduced", "conflicts", "fees", "final_equity", "max_drawdown")
_CLOSES = (EXIT_ORDER, EXPIRE_ORDER, GUARD_ORDER)
_TRADES = {
    "quantity": "quantity", "entry_price": "entry_price", "exit_price": "exit_price", "exit_reason": "reason",
    "fees": "fees", "pnl": "pnl", "gain": "return", "bars": "bars",
}  # fmt: skip
"""Facts of a trade that are columns of its row."""
_ORDERS = ("asked", "got", "limit", "trigger", "stop", "target", "fill_price")


def facts(result: Result) -> dict[str, float | bool]:
    """Every fact by its name; trades are numbered from 1, as in their table, orders from 0."""
    output, stats = result.output, result.stats
    found: dict[str, float | bool] = {f"run {name}": _number(stats[name]) for name in _OF_STATS}
    found["run orders"], found["run all_trades"] = float(len(output.orders)), float(len(output.trades))
    for row in range(len(output.trades)):
        found.update((f"trade {row + 1} {name}", value) for name, value in _trade(output, row).items())
    for row in range(len(output.orders)):
        found.update((f"order {row} {name}", value) for name, value in _order(output, row).items())
    return found


def _number(value: object) -> float:
    return float(str(value)) if value is not None else nan


def _trade(output: RunOutput, row: int) -> dict[str, float | bool]:
    def column(name: str) -> float:
        return float(trade_column(output, name)[row])

    short = column("side") < 0.0
    found: dict[str, float | bool] = {fact: column(name) for fact, name in _TRADES.items()}
    place = None if output.several is None else int(output.several.trades[row])
    bars = [_bar(output, place, column(f"{end}_time")) for end in ("entry", "exit")]
    found |= {"long": not short, "short": short, "open": row >= closed_count(output)}
    found |= {"entry_bar": bars[0], "exit_bar": bars[1]}
    assert found.keys() == FACTS["trade"].keys()
    return found


def _order(output: RunOutput, row: int) -> dict[str, float | bool]:
    def column(name: str) -> float:
        return float(order_column(output, name)[row])

    place = None if output.several is None else int(output.several.orders[row])
    fills = column("fill_index") >= 0.0
    found: dict[str, float | bool] = {name: column(name) for name in _ORDERS}
    found |= {"filled": column("status") in (FILLED, CUT) and fills, "bar": _bar(output, place, column("time"))}
    found |= {"buys": (column("side") < 0.0) == (int(column("kind")) in _CLOSES)}
    found |= {"fill_bar": _bar(output, place, column("fill_time")) if fills else nan}
    if not fills:
        found["fill_price"] = nan
    assert found.keys() == FACTS["order"].keys()
    return found


def _bar(output: RunOutput, place: int | None, time: float) -> float:
    """The bar of its symbol that opened then, counted from 0."""
    bars = output.bars
    if output.several is not None and place is not None and place < output.several.traded:
        bars = output.several.bars[place]
    return float(int(bars.ts.searchsorted(int(time), side="right")) - 1)
