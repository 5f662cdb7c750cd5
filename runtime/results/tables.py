"""The tables of a run as Arrow: trades, orders, equity, monitors. Columns that exist as arrays are not copied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..trading.rows import (
    EXIT_LEVELS,
    EXIT_REASONS,
    MOMENTS,
    ORDER_COLUMNS,
    ORDER_KINDS,
    ORDER_TYPES,
    PHASES,
    REASONS,
    RECORD_COLUMNS,
    STATUSES,
)
from .flows import flow_rows
from .metrics.run import Measured
from .output import RunOutput
from .rows import differing, labels, order_column, reasons, record_column, trade_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from .output import Floats, Ints

SIDES = ("long", "short")


def trades_table(output: RunOutput) -> pa.Table:
    """One row a closed lot, then those open at the end (exit reason "end"), numbered from 1.

    Times are the open instants of the bars of entry and exit; the moments say where in them it happened.
    """
    import numpy as np
    import pyarrow as pa

    why, count = reasons(output), len(output.trades)
    column = partial(trade_column, output)
    return pa.table(
        {
            "id": np.arange(1, count + 1),
            **_strategies(output, "trades"),
            "symbol": _symbols(output, "trades"),
            **_currencies(output, "trades"),
            "side": _sides(column("side")),
            "quantity": _numbers(column("quantity")),
            "entry_time": _times(column("entry_time")),
            "entry_price": _numbers(column("entry_price")),
            "exit_time": _times(column("exit_time")),
            "exit_price": _numbers(column("exit_price")),
            "fees": _numbers(column("fees")),
            "pnl": _numbers(column("pnl")),
            "return": _numbers(column("return")),
            "bars": _whole(column("bars")),
            "mae": _numbers(column("mae")),
            "mfe": _numbers(column("mfe")),
            "entry_reason": _worded(why.words, why.of(column("entry_order"))),
            "exit_reason": _coded(EXIT_REASONS, column("reason")),
            "exit_level": _coded(EXIT_LEVELS, column("level")),
            "exit_because": _worded(why.words, why.of(column("exit_order"))),
            "stop": _known(column("stop")),
            "target": _known(column("target")),
            "ambiguous": pa.array(column("ambiguous") != 0.0),
            "entry_moment": _coded(MOMENTS, column("entry_moment")),
            "exit_moment": _coded(MOMENTS, column("exit_moment")),
        }
    )


def orders_table(output: RunOutput) -> pa.Table:
    """One row a decision whose fate is known: what was asked, what it got, and why not all."""
    import pyarrow as pa

    why = reasons(output)
    column = partial(order_column, output)
    unfilled = column("fill_index") < 0.0
    return pa.table(
        {
            "order": _whole(column("order")),
            **_strategies(output, "orders"),
            "symbol": _symbols(output, "orders"),
            **_currencies(output, "orders"),
            "statement": _worded(*labels(output)),
            "kind": _coded(ORDER_KINDS, column("kind")),
            "side": _sides(column("side")),
            "status": _coded(STATUSES, column("status")),
            "reason": _coded(REASONS, column("reason")),
            "time": _times(column("time")),
            "asked": _numbers(column("asked")),
            "got": _numbers(column("got")),
            "fill_time": _times(column("fill_time"), unfilled),
            "fill_moment": _coded(MOMENTS, column("fill_moment"), unfilled),
            "fill_price": _known(column("fill_price"), unfilled),
            "stop": _known(column("stop")),
            "target": _known(column("target")),
            "because": _worded(why.words, why.codes),
            "type": _coded(ORDER_TYPES, column("type")),
            "limit": _known(column("limit")),
            "trigger": _known(column("trigger")),
        }
    )


def flows_table(output: RunOutput) -> pa.Table:
    """One row a deposit or withdrawal that was decided: what was asked, what moved, and why not all.

    `ts` is the open instant of the bar at whose close it was.
    """
    import numpy as np
    import pyarrow as pa

    rows = flow_rows(output)
    column = {name: np.ascontiguousarray(rows[:, at]) for at, name in enumerate(ORDER_COLUMNS)}
    return pa.table(
        {
            "ts": _times(column["time"]),
            "kind": _coded(ORDER_KINDS, column["kind"]),
            "asked": column["asked"],
            "got": column["got"],
            "status": _coded(STATUSES, column["status"]),
            "reason": _coded(REASONS, column["reason"]),
        }
    )


def equity_table(run: Measured) -> pa.Table:
    """One row a tested bar: books after its close. `ts` is its open instant, `drawdown` the ratio below the high.

    Of several symbols one row an event: in place of `position` the symbols held, and their values in money, `gross` as
    amounts and `net` with their signs. Of a portfolio of strategies the equity of each besides.
    Where money came or went: `flow`, what was paid in less what was taken out at
    the close, which equity has; and `growth`, what the capital grew to by time-weighted returns: `drawdown` is of it.
    """
    import pyarrow as pa

    out, first = run.output, run.output.first
    held = {"position": out.quantity[first:]}
    if out.several is not None:
        several = out.several
        held = {"symbols_held": several.count[first:], "gross": several.gross[first:], "net": several.net[first:]}
    return pa.table(
        {
            "ts": pa.array(out.bars.ts[first:]).view(_stamp_type()),
            "equity": run.equity,
            "cash": out.cash[first:],
            **held,
            "drawdown": run.drawdown,
            **_equities(out),
            **({} if run.flows is None else {"flow": run.flows, "growth": run.growth}),
        }
    )


def monitors_table(output: RunOutput) -> pa.Table:
    """What the monitors read after every fill and mark; UsageFault unless the run was asked to keep it."""
    import pyarrow as pa

    index = record_column(output, "index").astype("int64")
    phases = _coded(PHASES, record_column(output, "phase"))
    readings = {name: _known(record_column(output, name)) for name in RECORD_COLUMNS[2:]}
    symbols = {} if output.several is None else {"symbol": _symbols(output, "records")}
    symbols = _strategies(output, "records") | symbols
    return pa.table({"ts": pa.array(output.bars.ts[index]).view(_stamp_type()), **symbols, "phase": phases, **readings})


# --- columns -----------------------------------------------------------------------------------------


def _stamp_type() -> Any:
    import pyarrow as pa

    return pa.timestamp("us", tz="UTC")


def _times(values: Floats, missing: Any = None) -> Any:
    import numpy as np
    import pyarrow as pa

    whole = np.where(values == values, values, 0.0).astype("int64")
    return pa.array(whole, mask=values != values if missing is None else missing).cast(_stamp_type())


def _whole(values: Floats) -> Any:
    import pyarrow as pa

    return pa.array(values.astype("int64"))


def _known(values: Floats, missing: Any = None) -> Any:
    """Numbers, null where one is missing."""
    import numpy as np
    import pyarrow as pa

    absent = values != values
    return pa.array(np.ascontiguousarray(values), mask=absent if missing is None else absent | missing)


def _numbers(values: Floats) -> Any:
    import numpy as np

    return np.ascontiguousarray(values)


def _symbols(output: RunOutput, kind: str) -> Any:
    """The symbol of each row of the trades, orders or records."""
    import pyarrow as pa

    if output.several is None:
        return pa.repeat(pa.scalar(output.bars.symbol, pa.string()), len(getattr(output, kind)))
    names = output.several.symbols if output.strategies is None else output.strategies.symbols
    return _worded((*names, ""), getattr(output.several, kind))  # the last: the account itself


def _currencies(output: RunOutput, kind: str) -> dict[str, Any]:
    """What the prices of each row of the trades or orders are in; nothing where all are in the account's money."""
    import pyarrow as pa

    if not differing(output):
        return {}
    if output.several is None:
        return {"currency": pa.repeat(pa.scalar(output.currencies[0], pa.string()), len(getattr(output, kind)))}
    return {"currency": _worded((*output.currencies, ""), getattr(output.several, kind))}


def _strategies(output: RunOutput, kind: str) -> dict[str, Any]:
    """The strategy of each row; nothing where the run is no portfolio of strategies."""
    strategies = output.strategies
    return {} if strategies is None else {"strategy": _worded(strategies.names, getattr(strategies, kind))}


def _equities(output: RunOutput) -> dict[str, Any]:
    """The equity of each strategy after each tested event."""
    strategies = output.strategies
    if strategies is None:
        return {}
    every = zip(strategies.names, strategies.equities, strict=True)
    return {f"equity of {name}": equity[output.first :] for name, equity in every}


def _worded(words: Sequence[str], codes: Ints) -> Any:
    """A column of texts by their places among the words; mostly all rows say the same."""
    import pyarrow as pa

    if len(codes) and codes.min() == codes.max():
        return pa.repeat(pa.scalar(words[codes[0]], pa.string()), len(codes))
    return pa.array(words, pa.string()).take(pa.array(codes))


def _sides(values: Floats) -> Any:
    return _worded(("", *SIDES), (values > 0.0) + 2 * (values < 0.0))


def _coded(names: Sequence[str], values: Floats, missing: Any = None) -> Any:
    import numpy as np

    codes = values.astype(np.int64) + 1
    return _worded(("", *names), codes if missing is None else np.where(missing, 0, codes))
