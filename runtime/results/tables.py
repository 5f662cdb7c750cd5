"""The tables of a run as Arrow: trades, orders, equity, monitors. Columns that exist as arrays are not copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..trading.rows import EXIT_REASONS, MOMENTS, ORDER_KINDS, PHASES, REASONS, RECORD_COLUMNS, STATUSES
from .metrics.run import Measured
from .output import RunOutput
from .rows import order_column, reason_texts, record_column, statement_label, trade_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from .output import Floats

SIDES = ("long", "short")


def trades_table(output: RunOutput) -> pa.Table:
    """One row a closed lot, then those open at the end (exit reason "end"), numbered from 1.

    Times are the open instants of the bars of entry and exit.
    """
    import pyarrow as pa

    texts = reason_texts(output)
    count = len(output.trades)
    column = {name: trade_column(output, name) for name in _TRADE_NUMBERS}
    return pa.table(
        {
            "id": pa.array(range(1, count + 1), pa.int64()),
            "symbol": pa.array([output.bars.symbol] * count, pa.string()),
            "side": _sides(trade_column(output, "side")),
            "quantity": column["quantity"],
            "entry_time": _times(trade_column(output, "entry_time")),
            "entry_price": column["entry_price"],
            "exit_time": _times(trade_column(output, "exit_time")),
            "exit_price": column["exit_price"],
            "fees": column["fees"],
            "pnl": column["pnl"],
            "return": column["return"],
            "bars": _whole(trade_column(output, "bars")),
            "mae": column["mae"],
            "mfe": column["mfe"],
            "entry_reason": _because(texts, trade_column(output, "entry_order")),
            "exit_reason": _coded(EXIT_REASONS, trade_column(output, "reason")),
            "exit_because": _because(texts, trade_column(output, "exit_order")),
            "stop": _known(trade_column(output, "stop")),
            "target": _known(trade_column(output, "target")),
            "ambiguous": pa.array((trade_column(output, "ambiguous") != 0.0).tolist(), pa.bool_()),
        }
    )


_TRADE_NUMBERS = ("quantity", "entry_price", "exit_price", "fees", "pnl", "return", "mae", "mfe")


def orders_table(output: RunOutput) -> pa.Table:
    """One row a decision whose fate is known: what was asked, what it got, and why not all."""
    import pyarrow as pa

    column = {name: order_column(output, name) for name in ("order", "statement", "fill_index", "asked", "got")}
    texts = reason_texts(output)
    return pa.table(
        {
            "order": _whole(column["order"]),
            "symbol": pa.array([output.bars.symbol] * len(output.orders), pa.string()),
            "statement": pa.array([statement_label(output, int(s)) for s in column["statement"].tolist()], pa.string()),
            "kind": _coded(ORDER_KINDS, order_column(output, "kind")),
            "side": _sides(order_column(output, "side")),
            "status": _coded(STATUSES, order_column(output, "status")),
            "reason": _coded(REASONS, order_column(output, "reason")),
            "time": _times(order_column(output, "time")),
            "asked": column["asked"],
            "got": column["got"],
            "fill_time": _times(order_column(output, "fill_time"), column["fill_index"] < 0.0),
            "fill_moment": _coded(MOMENTS, order_column(output, "fill_moment"), column["fill_index"] < 0.0),
            "fill_price": _known(order_column(output, "fill_price"), column["fill_index"] < 0.0),
            "stop": _known(order_column(output, "stop")),
            "target": _known(order_column(output, "target")),
            "because": _because(texts, column["order"]),
        }
    )


def equity_table(run: Measured) -> pa.Table:
    """One row a tested bar: books at its close. `ts` is its open instant, `drawdown` the ratio below the high."""
    import pyarrow as pa

    out, first = run.output, run.output.first
    return pa.table(
        {
            "ts": pa.array(out.bars.ts[first:]).view(_stamp_type()),
            "equity": run.equity,
            "cash": out.cash[first:],
            "position": out.quantity[first:],
            "drawdown": run.drawdown,
        }
    )


def monitors_table(output: RunOutput) -> pa.Table:
    """What the monitors read after every fill and mark; empty unless the run was asked to keep it."""
    import pyarrow as pa

    index = record_column(output, "index").astype("int64")
    phases = _coded(PHASES, record_column(output, "phase"))
    readings = {name: _known(record_column(output, name)) for name in RECORD_COLUMNS[2:]}
    return pa.table({"ts": pa.array(output.bars.ts[index]).view(_stamp_type()), "phase": phases, **readings})


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


def _sides(values: Floats) -> Any:
    import pyarrow as pa

    return pa.array([SIDES[value < 0.0] if value else "" for value in values.tolist()], pa.string())


def _coded(names: Sequence[str], values: Floats, missing: Any = None) -> Any:
    import pyarrow as pa

    absent = [False] * len(values) if missing is None else missing.tolist()
    texts = ["" if gone else names[int(value)] for value, gone in zip(values.tolist(), absent, strict=True)]
    return pa.array(texts, pa.string())


def _because(texts: dict[int, str], orders: Floats) -> Any:
    import pyarrow as pa

    return pa.array([texts.get(int(order), "") for order in orders.tolist()], pa.string())
