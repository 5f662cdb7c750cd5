"""Tables: the promised columns, the values behind them, no copy of what exists."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import stratagem as sg
from stratagem.lang.plan.model import Text
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import Statement
from stratagem.runtime.results.rows import filled
from stratagem.runtime.results.stats import statistics
from stratagem.runtime.results.tables import equity_table, monitors_table, orders_table, trades_table
from stratagem.runtime.results.write import read as read_written
from stratagem.runtime.trading.rows import (
    EXIT_REASONS,
    PHASES,
    REASONS,
    RECORD_COLUMNS,
    STATUSES,
    TRADE_COLUMNS,
)

from . import made

PROMISED = (
    "id symbol side quantity entry_time entry_price exit_time exit_price fees pnl return bars mae mfe entry_reason "
    "exit_reason"
).split()


def test_trades_have_the_promised_columns_first() -> None:
    assert trades_table(made.traded(100)).column_names[: len(PROMISED)] == PROMISED


def test_a_trade_is_its_row() -> None:
    data = made.bars([100, 101, 102, 103, 104])
    trade = made.trade(
        data, 1, 3, 2.0, side=-1, fees=0.5, reason=EXIT_REASONS.index("stop"), stop=101.5, entry_order=4, ambiguous=1
    )
    output = made.output(data, trades=[trade], orders=[made.order(data, 4, 0, text0=28.5)])
    (row,) = trades_table(output).to_pylist()
    assert (row["id"], row["symbol"], row["side"], row["quantity"]) == (1, "TEST", "short", 2.0)
    assert (row["entry_time"].isoformat(), row["exit_time"].isoformat()) == (
        "2020-01-02T00:00:00+00:00",
        "2020-01-04T00:00:00+00:00",
    )
    assert (row["entry_price"], row["exit_price"], row["bars"]) == (100.0, 102.0, 2)
    assert (row["pnl"], row["fees"]) == (-4.5, 0.5)
    assert (row["entry_reason"], row["exit_reason"]) == ("rsi 28.5 in an uptrend", "stop")
    assert (row["stop"], row["target"], row["ambiguous"]) == (101.5, None, True)


def test_a_statement_without_because_gives_its_name() -> None:
    data = made.bars([100, 101, 102])
    output = made.output(
        data, trades=[made.trade(data, 1, 2)], orders=[made.order(data, 0, 0)], statements=(Statement("enter long"),)
    )
    assert trades_table(output)["entry_reason"].to_pylist() == ["enter long"]


@pytest.mark.parametrize(
    ("value", "text"), [(0.1 + 0.2, "0.3"), (float("nan"), "na"), (1e12, "1e+12"), (5.0, "5"), (-0.25, "-0.25")]
)
def test_values_in_texts(value: float, text: str) -> None:
    assert filled(Text(("x ", ("number", 1), "!")), [0.0, value]) == f"x {text}!"


def test_bools_in_texts() -> None:
    assert filled(Text((("bool", 0), ("bool", 1))), [1.0, 0.0]) == "truefalse"


def test_an_order_that_never_filled_has_no_fill() -> None:
    data = made.bars([100, 101, 102])
    denied = made.order(
        data, 0, 1, fill_index=-1, status=STATUSES.index("denied"), reason=REASONS.index("exposure"), got=0.0
    )
    guard = made.order(data, 1, 1, statement=-1, kind=3)
    first, second = orders_table(made.output(data, orders=[denied, guard])).to_pylist()
    assert (first["status"], first["reason"], first["asked"], first["got"]) == ("denied", "exposure", 1.0, 0.0)
    assert (first["fill_time"], first["fill_price"], first["fill_moment"]) == (None, None, "")
    assert (second["kind"], second["statement"], second["because"]) == ("guard", "", "")
    assert (second["fill_price"], second["fill_moment"]) == (101.0, "open")


def test_equity_begins_with_the_first_tested_bar() -> None:
    data = made.bars([100, 101, 102, 103])
    output = made.output(data, [1000, 1000, 1100, 990], first=1, capital=1000.0)
    table = equity_table(Measured(output))
    assert table.column_names == ["ts", "equity", "cash", "position", "drawdown"]
    assert table["equity"].to_pylist() == [1000.0, 1100.0, 990.0]
    assert table["drawdown"].to_pylist() == pytest.approx([0.0, 0.0, 0.1])
    assert table["ts"][0].as_py().isoformat() == "2020-01-02T00:00:00+00:00"


def test_monitors_are_named_and_timed() -> None:
    data = made.bars([100, 101])
    record = made.row(
        RECORD_COLUMNS, index=1, phase=PHASES.index("mark"), quantity=2, entry_price=np.nan, equity=1002.0
    )
    (row,) = monitors_table(made.output(data, records=[record])).to_pylist()
    assert (row["phase"], row["quantity"], row["entry_price"], row["equity"]) == ("mark", 2.0, None, 1002.0)
    assert row["ts"].isoformat() == "2020-01-02T00:00:00+00:00"


def test_nothing_gives_empty_tables_of_the_same_types() -> None:
    nothing, something = made.output(made.bars([])), made.traded(100)
    assert trades_table(nothing).schema == trades_table(something).schema
    assert orders_table(nothing).schema == orders_table(something).schema
    assert equity_table(Measured(nothing)).schema == equity_table(Measured(something)).schema


def test_columns_that_exist_are_shared() -> None:
    output = made.traded(500)
    table = equity_table(Measured(output))
    for name, column in (("equity", output.equity), ("cash", output.cash), ("ts", output.bars.ts)):
        assert table[name].chunk(0).buffers()[1].address == column.ctypes.data, name


def test_a_million_bars_stay_within_the_memory_of_their_input() -> None:
    count = 1_000_000
    data = made.bars(np.full(count, 100.0) + np.arange(count) % 7, "1m")
    output = made.output(data, np.full(count, 1e5) + np.arange(count) % 11)
    input_bytes = 6 * 8 * count
    equity_table(Measured(made.traded(10)))  # imports are not counted
    gc.collect()
    tracemalloc.start()
    before = pa.total_allocated_bytes()
    run = Measured(output)
    statistics(run)
    equity_table(run)
    peak = tracemalloc.get_traced_memory()[1] + pa.total_allocated_bytes() - before
    tracemalloc.stop()
    engine_columns = 3 * 8 * count
    assert engine_columns + peak <= 1.5 * input_bytes


def test_the_layout_is_the_one_of_trading() -> None:
    trades = made.output(made.bars([1, 2, 3]), trades=[[float(at) for at in range(len(TRADE_COLUMNS))]])
    assert trades.trades.shape == (1, len(TRADE_COLUMNS))


def test_reasons_of_many_orders_in_any_order() -> None:
    """Rows are ordered by when a fate was known, numbers by the decision; a guard's order has no statement."""
    data = made.bars([100, 101, 102, 103, 104])
    orders = [
        made.order(data, 7, 1, 0, text0=20.0), made.order(data, 3, 0, 1, kind=1, text0=21.0),
        made.order(data, 5, 2, -1, kind=0), made.order(data, 9, 3, 2, kind=0),
    ]  # fmt: skip
    trades = [made.trade(data, 1, 2, entry_order=entry, exit_order=leave) for entry, leave in ((3, 7), (5, 9), (8, -1))]
    statements = (made.ENTER, made.EXIT, Statement("enter short", Text(("always",))))
    output = made.output(data, trades=trades, orders=orders, statements=statements)
    assert orders_table(output)["because"].to_pylist() == ["rsi 20 in an uptrend", "back above 21", "", "always"]
    assert orders_table(output)["statement"].to_pylist() == ["enter long", "exit long", "", "enter short"]
    told = trades_table(output)
    assert told["entry_reason"].to_pylist() == ["back above 21", "", ""]
    assert told["exit_because"].to_pylist() == ["rsi 20 in an uptrend", "always", ""]


@pytest.mark.parametrize(
    ("exit_", "told"),
    [
        ('expire "15:30"', ("15:25", "close", "to the close of 2024-01-02 15:25 at")),
        ('expire "15:27"', ("15:25", "close", "to the close of 2024-01-02 15:25 at")),  # the first close after it
        ("expire next_open", ("14:20", "open", "to 2024-01-02 14:20 at")),
        ("target 101.03", ("14:50", "inside", "to 2024-01-02 14:50 at")),
        ("stop 90", ("18:55", "close", "to the close of 2024-01-02 18:55 at")),  # open at the end, and valued there
    ],
)
def test_a_trade_tells_where_in_its_bars_it_began_and_ended(
    exit_: str, told: tuple[str, str, str], tmp_path: Path
) -> None:
    """Bars of 5 minutes from 14:00, each 0.1 above the one before; bought at the open of 14:15 at 100.3."""
    closes = 100.0 + np.arange(60) * 0.1
    data = {
        "ts": np.datetime64("2024-01-02T14:00", "us") + np.arange(60) * np.timedelta64(5, "m"),
        "open": closes, "high": closes + 0.05, "low": closes - 0.05, "close": closes,
    }  # fmt: skip
    result = sg.compile(f"enter long when bar_index == 2 size 1 units {exit_}").backtest(data)
    (row,) = result.trades.to_pylist()
    assert (row["entry_time"].strftime("%H:%M"), row["entry_moment"]) == ("14:15", "open")
    assert (row["exit_time"].strftime("%H:%M"), row["exit_moment"]) == told[:2]
    assert told[2] in " ".join(result.why(trade=1).text().split())
    result.write(tmp_path / "out")
    (read,) = read_written(tmp_path / "out").trades.to_pylist()
    assert (read["entry_moment"], read["exit_moment"]) == ("open", told[1])
