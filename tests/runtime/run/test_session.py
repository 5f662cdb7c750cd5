"""Sessions: a bar at a time equals the whole history, to the last bit, in either engine and across restarts."""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.machine.snapshot import SnapshotError
from stratagem.runtime.trading.rows import RECORD_COLUMNS

from ...enginekit import make_bars

ROOT = Path(__file__).resolve().parents[3]
BUSY = """
assume fee 0.1%
assume slippage 1bp
assume timezone "America/New_York"
let up = ema(close, 8) @ 1h > ema(close, 21) @ 1h
let peek = close @ forming 4h > highest(high, 3) @ 4h
state streak = 0 then if close > open then streak + 1 else 0
enter long when up and streak == 2
  size 40%
  stop 2 * atr(14)
  target 3 * atr(14)
  scale 2
  because "streak {streak} at {close}, peek {peek}"
enter short when not up and cross_below(rsi(close, 7), 50)
  risk 1%
  trail 2 * atr(10)
  expire 12 bars
exit long when hour == 15 or peek
exit short when rising_edge(up)
guard exposure 150%
guard day_trades 6
guard daily_loss 2% then halt
emit strong when streak >= 3
alert when peek "peek at {close}"
"""
ENGINES = ("interpreted", "native")


def pushed(bars: Bars) -> Iterator[sg.Bar]:
    columns = (bars.ts, bars.open, bars.high, bars.low, bars.close, bars.volume)
    return map(sg.Bar, *(column.tolist() for column in columns))


def same(one: Any, two: Any) -> bool:
    """Equal to the last bit; None stands for a missing number."""
    if isinstance(one, float) and isinstance(two, float):
        return struct.pack("d", one) == struct.pack("d", two)
    return bool(one == two)


def as_events(result: sg.Result) -> dict[str, list[dict[str, Any]]]:
    """What the tables of a backtest say, in the words of events."""
    orders = result.orders.drop_columns(["symbol", "statement", "because"]).to_pylist()
    trades = result.trades.to_pylist()
    waiting = [order for order in orders if order["reason"] == "end"]  # a session has no end: they still wait
    return {"order": orders[: len(orders) - len(waiting)], "trade": [t for t in trades if t["exit_reason"] != "end"]}


def micros(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def assert_rows(events: list[sg.runtime.events.Event], result: sg.Result) -> None:  # type: ignore[name-defined]
    told = as_events(result)
    orders = [event.data for event in events if event.kind == "order"]
    assert len(orders) == len(told["order"]) > 20
    for data, row in zip(orders, told["order"], strict=True):
        for name, value in row.items():
            assert same(data[name], micros(value) if name in ("time", "fill_time") else value), (name, data, row)
    trades = [event.data for event in events if event.kind == "trade"]
    assert len(trades) == len(told["trade"]) > 10
    for data, row in zip(trades, told["trade"], strict=True):
        assert data["reason"] == row["exit_reason"]
        assert (data["entry_time"], data["exit_time"]) == (micros(row["entry_time"]), micros(row["exit_time"]))
        for name in ("side", "quantity", "entry_price", "exit_price", "fees", "pnl", "return", "bars", "mae", "mfe",
                     "stop", "target", "ambiguous"):  # fmt: skip
            assert same(data[name], row[name]), (name, data, row)


# --- a session is a backtest ---------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("minutes", [5, 60])
def test_pushing_bars_is_the_backtest_to_the_last_bit(engine: str, minutes: int) -> None:
    bars, program = make_bars(minutes, 1200, minutes), sg.compile(BUSY)
    result = program.backtest(bars, engine=engine)
    session = program.session(timeframe=bars.timeframe, engine=engine)
    events, equity = [], []
    for bar in pushed(bars):
        events += session.push(bar)
        equity.append((session.equity, session.position))
    assert_rows(events, result)
    table = result.equity
    held = list(zip(table["equity"].to_pylist(), table["position"].to_pylist(), strict=True))
    assert all(same(a, b) and same(p, q) for (a, p), (b, q) in zip(equity, held, strict=True))
    strong, peek = result.series["strong"], result.series["peek"]
    assert [e.ts for e in events if e.kind == "signal"] == bars.ts[strong].tolist() != []
    rising = peek & ~np.concatenate([[False], peek[:-1]])
    alerts = [event for event in events if event.kind == "alert"]
    assert [event.ts for event in alerts] == bars.ts[rising].tolist() != []
    assert alerts[0].data["message"] == f"peek at {bars.close[rising][0]:.10g}"
    because = [e.data["because"] for e in events if e.kind == "order" and "because" in e.data]
    assert all(text.startswith("streak 2 at ") for text in because) and because


def test_both_engines_say_the_same() -> None:
    bars, program = make_bars(3, 800), sg.compile(BUSY)
    native, interpreted = (program.session(timeframe="15m", engine=engine, monitors=True) for engine in ENGINES)
    for bar in pushed(bars):
        assert native.push(bar) == interpreted.push(bar)


SEVERAL = ("pairs", "rotation", "risk_parity")
"""Shipped strategies of several symbols; `several/test_session.py` pushes such programs."""


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "strategies").glob("*.strat")) if path.stem not in SEVERAL],
    ids=lambda p: p.stem,
)
def test_every_shipped_strategy_is_live_what_it_was_in_its_backtest(path: Path) -> None:
    bars, program = make_bars(len(path.stem), 2500, 5), sg.compile(path)
    session = program.session(timeframe="5m")
    for bar in pushed(bars):
        session.push(bar)
    table = program.backtest(bars, engine="native").equity
    assert same(session.equity, table["equity"][-1].as_py())
    assert same(session.position, table["position"][-1].as_py())


def test_monitors_are_told_when_they_are_asked_for() -> None:
    bars, program = make_bars(4, 60), sg.compile("enter long when close > open\n  stop 1%\nexit long when close < open")
    session = program.session(timeframe="15m", monitors=True)
    told = [e for bar in pushed(bars) for e in session.push(bar) if e.kind == "monitor"]
    assert all(tuple(event.data) == RECORD_COLUMNS for event in told)
    assert [e.data["phase"] for e in told].count("mark") == len(bars)
    table = program.backtest(bars, monitors=True).monitors.to_pylist()
    assert [e.data["equity"] for e in told] == [row["equity"] for row in table if row["phase"] != "end"]
    quiet = program.session(timeframe="15m")
    assert not [e for bar in pushed(bars) for e in quiet.push(bar) if e.kind == "monitor"]


def test_columns_of_the_datas_own_are_given_beside_the_bar() -> None:
    bars = make_bars(5, 300)
    program = sg.compile('enter long when column("own") > 0.5\nexit long when column("own") < -0.5')
    session = program.session(timeframe="15m")
    for bar, own in zip(pushed(bars), bars.extra["own"].tolist(), strict=True):
        session.push(bar, {"own": own})
    assert same(session.equity, program.backtest(bars).stats["final_equity"])
    assert session.bars == 300
    with pytest.raises(sg.RunError, match="no column 'own' of its own: did you mean 'owns'"):
        session.push(sg.Bar("2030-01-01", 1, 2, 1, 2), {"owns": 1.0})
    assert session.bars == 300, "nothing has run"


# --- stopping and going on -----------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_a_column_that_is_a_condition_is_true_or_false(engine: str) -> None:
    program = sg.compile('emit up when column("up")\nemit down when not column("up")')
    session = program.session(timeframe="1d", engine=engine)
    told = []
    for day, up in enumerate((True, 0, 1.0, False, np.True_), 1):
        told += [event.data["name"] for event in session.push(sg.Bar(f"2024-01-0{day}", 1, 1, 1, 1), {"up": up})]
    assert told == ["up", "down", "up", "down", "up"]
    for up, found in ((0.5, "0.5"), (None, "nothing")):
        with pytest.raises(sg.RunError, match=f"'up' is read as a condition, and is {found}: expected true or false"):
            session.push(sg.Bar("2024-01-06", 1, 1, 1, 1), {"up": up})
    assert session.bars == 5


def test_a_size_of_the_fill_is_for_backtests() -> None:
    text = "enter long when close > open\nexit long when close < open"
    for program, given in ((sg.compile(text), {"sizing": "fill"}), (sg.compile("assume sizing fill\n" + text), {})):
        with pytest.raises(UsageFault, match='sizing fill is for backtests: .*take sizing="decision"'):
            program.session(timeframe="1d", **given)
    assert sg.compile("assume sizing fill\n" + text).session(timeframe="1d", sizing="decision").bars == 0


def test_restored_at_any_bar_in_the_other_engine() -> None:
    bars, program = make_bars(6, 260, 60), sg.compile(BUSY)
    whole = program.session(timeframe="1h")
    expected = [whole.push(bar) for bar in pushed(bars)]
    going, got = program.session(timeframe="1h"), []
    for place, bar in enumerate(pushed(bars)):
        got.append(going.push(bar))
        content = going.snapshot()
        going = program.session(timeframe="1h", engine=ENGINES[place % 2])
        going.restore(content)
    assert got == expected
    assert going.snapshot() == whole.snapshot()


@pytest.mark.parametrize(("first", "second"), [("interpreted", "native"), ("native", "interpreted")])
def test_restored_while_it_is_open_whether_a_limit_was_passed_before_its_trigger(first: str, second: str) -> None:
    """Bar 1 is at 100 first, then at 103: its trigger at 101 is met, and its limit at 100.5 lies the other way. The
    order is a limit from then on, and what it fills on bar 2 was decided by the path of bar 1."""
    text = (
        "assume path proximity\nexit long when false\n"
        "enter long when bar_index == 0 trigger close + 1 limit close + 0.5 valid 5 bars size 1 units"
    )
    opened = [sg.Bar(1_704_067_200_000_000 + at * 3_600_000_000, *prices, 1.0) for at, prices in enumerate(
        [(100, 100, 100, 100), (100.2, 103, 100, 101), (101, 101, 100, 100.2)]
    )]  # fmt: skip
    whole, going = (sg.compile(text).session(timeframe="1h", engine=first) for _ in "ab")
    for bar in opened[:2]:
        whole.push(bar)
        going.push(bar)
    taken_up = sg.compile(text).session(timeframe="1h", engine=second)
    taken_up.restore(going.snapshot())
    filled = whole.push(opened[2])
    assert taken_up.push(opened[2]) == filled
    assert [(event.data["status"], event.data["fill_price"]) for event in filled if event.kind == "order"] == [
        ("filled", 100.5)
    ]
    assert taken_up.snapshot() == whole.snapshot()


def test_a_snapshot_disturbs_nothing() -> None:
    bars, program = make_bars(7, 200), sg.compile(BUSY)
    quiet, watched = program.session(timeframe="15m"), program.session(timeframe="15m")
    for bar in pushed(bars):
        watched.snapshot()
        assert quiet.push(bar) == watched.push(bar)


@pytest.fixture
def started() -> sg.Session:
    session = sg.compile(BUSY).session(timeframe="15m")
    for bar in pushed(make_bars(8, 120)):
        session.push(bar)
    return session


def test_any_damaged_byte_is_found_and_nothing_changes(started: sg.Session) -> None:
    content = started.snapshot()
    other = started.program.session(timeframe="15m")
    clean = other.snapshot()
    for place in [*range(100), *range(100, len(content), 97), len(content) - 1]:
        damaged = bytearray(content)
        damaged[place] ^= 1
        with pytest.raises(SnapshotError):
            other.restore(bytes(damaged))
    for cut in (b"", content[:7], content[:39], content[:-1], content + b"\0"):
        with pytest.raises(SnapshotError):
            other.restore(cut)
    assert other.snapshot() == clean
    other.restore(content)
    assert other.snapshot() == content


@pytest.mark.parametrize("content", [None, "text", 5, ["bytes"]], ids=repr)
def test_what_is_no_snapshot_at_all(started: sg.Session, content: Any) -> None:
    with pytest.raises(sg.RunError, match=r"a snapshot is the bytes that `snapshot\(\)` gave, found"):
        started.restore(content)
    started.restore(bytearray(started.snapshot()))  # type: ignore[arg-type]


def test_a_snapshot_of_another_session_is_refused(started: sg.Session) -> None:
    content = started.snapshot()
    others = {
        "fee": started.program.session(timeframe="15m", fee="0.2%"),
        "timeframe": started.program.session(timeframe="5m"),
        "program": sg.compile(BUSY.replace("ema(close, 8)", "ema(close, 9)")).session(timeframe="15m"),
        "guards": sg.compile(BUSY.replace("guard day_trades 6\n", "")).session(timeframe="15m"),
    }
    for name, session in others.items():
        with pytest.raises(SnapshotError):
            session.restore(content)
            pytest.fail(f"another {name} was accepted")


CROSSING = """let fast = sma(close, 5)
let slow = sma(close, 20)
enter long when fast > slow size 10 units because "up at {close}"
exit long when fast < slow
guard drawdown 20% then halt
"""
ENTER, EXIT = CROSSING.splitlines()[2:4]


@pytest.mark.parametrize(
    "changed",
    [
        CROSSING.replace(f"{ENTER}\n{EXIT}", f"{EXIT}\n{ENTER}"),
        CROSSING.replace("long", "short"),
        CROSSING.replace("units", "cash"),
        CROSSING.replace("units", "units fill this_close"),
        CROSSING.replace("fast > slow", "slow > fast"),
        CROSSING.replace("{close}", "{open}"),
        CROSSING.replace("halt", "flatten"),
        CROSSING.replace("drawdown", "loss"),
    ],
)
def test_a_program_that_trades_otherwise_takes_no_state_over(changed: str) -> None:
    """The books hold what statements and guards are: taken over, the old ones would go on under the new text."""
    content = sg.compile(CROSSING).session(timeframe="15m").snapshot()
    with pytest.raises(SnapshotError):
        sg.compile(changed).session(timeframe="15m").restore(content)


@pytest.mark.parametrize("added", ['plot fast - slow as "gap"\n', "let more = ema(close, 9)\n", "# a remark\n"])
def test_a_program_that_only_says_more_takes_it_over(added: str) -> None:
    session = sg.compile(CROSSING).session(timeframe="15m")
    session.push(sg.Bar("2024-01-02T10:00", 100.0, 102.0, 99.0, 101.0))
    other = sg.compile(CROSSING.replace("up at", "rose to") + added).session(timeframe="15m")
    other.restore(session.snapshot())
    assert other.bars == 1


def test_parameters_must_be_the_same() -> None:
    program = sg.compile("param n = 5 in 2 to 9\nenter long when close > sma(close, n)\nexit long when close < 1")
    content = program.session(timeframe="1d").snapshot()
    with pytest.raises(SnapshotError, match="parameters"):
        program.session({"n": 6}, timeframe="1d").restore(content)
    program.session({"n": 5}, timeframe="1d").restore(content)


def test_the_time_of_the_last_bar_is_part_of_a_snapshot(started: sg.Session) -> None:
    again = started.program.session(timeframe="15m")
    again.restore(started.snapshot())
    with pytest.raises(sg.RunError, match="cannot follow"):
        again.push(sg.Bar(int(make_bars(8, 120).ts[-1]), 1, 1, 1, 1))


def test_whether_monitors_are_told_is_the_sessions_own_choice(started: sg.Session) -> None:
    watched = started.program.session(timeframe="15m", monitors=True)
    watched.restore(started.snapshot())
    assert [e.kind for e in watched.push(sg.Bar("2030-01-01", 1, 1, 1, 1))].count("monitor") >= 1


# --- what may be pushed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ts",
    [
        1_704_153_600_000_000,
        np.int64(1_704_153_600_000_000),
        "2024-01-02",
        "2024-01-02 00:00:00",
        "2024-01-02T00:00:00Z",
        "2024-01-02T03:00:00+03:00",
        datetime(2024, 1, 2),
        datetime(2024, 1, 2, 3, tzinfo=timezone(timedelta(hours=3))),
        date(2024, 1, 2),
        np.datetime64("2024-01-02"),
        np.datetime64("2024-01-02T00:00:00", "ns"),
    ],
    ids=repr,
)
def test_times_in_every_usual_form(ts: object) -> None:
    session = sg.compile('alert when close > 1 "x"').session(timeframe="1d")
    (event,) = session.push(sg.Bar(ts, 1.0, 2.0, 0.5, 1.5))
    assert (event.kind, event.ts) == ("alert", 1_704_153_600_000_000)


@pytest.mark.parametrize("ts", ["soon", None, 1.5, np.datetime64("NaT"), "", b"2024-01-02"], ids=repr)
def test_what_is_no_time(ts: object) -> None:
    with pytest.raises(sg.RunError, match="the time of a bar .* cannot be read; write it as 2024-03-01"):
        sg.compile("plot close").session(timeframe="1d").push(sg.Bar(ts, 1.0, 2.0, 0.5, 1.5))


@pytest.mark.parametrize("kind", [np.float64, np.float32, int, Decimal])
def test_numbers_of_other_kinds_count_as_the_numbers_of_a_column(kind: Any) -> None:
    program = sg.compile("enter long when sum(close * 0.1, 3) > open * 0.35\nexit long when close / open < 1.1")
    plain, other = program.session(timeframe="1d"), program.session(timeframe="1d")
    for day in range(1, 28):
        prices = [kind(1 + day % 2), kind(3), kind(1), kind(1 + day % 3)]
        stamp = f"2024-01-{day:02}"
        assert plain.push(sg.Bar(stamp, *map(float, prices))) == other.push(sg.Bar(stamp, *prices))
    assert plain.snapshot() == other.snapshot()
    assert plain.equity != 100_000.0


GOOD = {"ts": "2024-01-02", "open": 2.0, "high": 3.0, "low": 1.0, "close": 2.5, "volume": 10.0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"open": 4.0}, {"open": 0.5}, {"close": 4.0}, {"close": 0.5}, {"low": 3.5}, {"low": 0.0}, {"low": -1.0},
        {"open": math.nan}, {"high": math.nan}, {"low": math.nan}, {"close": math.nan}, {"high": math.inf},
        {"close": "2.5"}, {"open": None}, {"high": 1.1e300}, {"high": 10**400}, {"volume": -1.0}, {"volume": math.inf},
        {"volume": 1.1e300}, {"volume": None}, {"high": np.float32("inf")}, {"volume": True},
        {"open": True, "high": True, "low": True, "close": True}, {"volume": np.bool_(True)},
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_bar(wrong: dict[str, Any]) -> None:
    session = sg.compile("enter long when close > open\nexit long when close < open").session(timeframe="1d")
    before = session.snapshot()
    with pytest.raises(sg.RunError, match="is no bar: open .* expected numbers above 0"):
        session.push(sg.Bar(**GOOD | wrong))
    assert session.snapshot() == before
    session.push(sg.Bar(**GOOD))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("ts", [1_704_067_200_000_000_000, 2**63 - 1, 2**63, 10**30, -(2**63), -(10**30), "9999-12-31"])
def test_a_time_outside_the_years_there_are_changes_nothing(ts: object, engine: str) -> None:
    session = sg.compile("plot close").session(timeframe="1d", engine=engine)
    before = session.snapshot()
    with pytest.raises(sg.RunError, match="the time of a bar .* is outside the years 1678 to 2261") as found:
        session.push(sg.Bar(**GOOD | {"ts": ts}))
    assert ("are these nanoseconds?" in str(found.value)) == (ts == 1_704_067_200_000_000_000)
    assert session.snapshot() == before
    session.push(sg.Bar(**GOOD))


def test_bars_by_symbol_are_told_where_they_go() -> None:
    session = sg.compile("plot close").session(timeframe="1d")
    for bars in ({}, {"A": sg.Bar(**GOOD)}):
        with pytest.raises(sg.RunError, match=r"bars by symbol are of a session over several, session\(symbols="):
            session.push(bars)  # type: ignore[arg-type]


@pytest.mark.parametrize("bar", [("2024-01-02", 1, 2, 0.5, 1.5, 3), (1, 2), None, "2024-01-02"], ids=repr)
def test_what_is_no_bar_at_all(bar: Any) -> None:
    with pytest.raises(sg.RunError, match=r"`push` takes a stratagem.Bar\(ts, open, high, low, close, volume\), found"):
        sg.compile("plot close").session(timeframe="1d").push(bar)


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_narrow_numbers_warn_of_nothing(kind: Any) -> None:
    session = sg.compile("plot close").session(timeframe="1d")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        session.push(sg.Bar("2024-01-02", kind(2), kind(3), kind(1), kind(2), kind(9)))
    assert session.bars == 1


@pytest.mark.parametrize(
    ("frame", "first", "second"),
    [("1h", "2024-01-02 15:00", "2024-01-02 15:30"), ("1mo", "2024-02-01", "2024-02-20")],
)
def test_two_bars_of_one_are_refused_as_in_loaded_data(frame: str, first: str, second: str) -> None:
    session = sg.compile("plot close").session(timeframe=frame)
    session.push(sg.Bar(**GOOD | {"ts": first}))
    with pytest.raises(sg.RunError, match=f"falls into the same {frame} bar as the one at .*: push each bar once"):
        session.push(sg.Bar(**GOOD | {"ts": second}))
    assert session.bars == 1


def test_two_bars_of_one_day_are_one_date() -> None:
    session = sg.compile("plot close").session(timeframe="1d")
    session.push(sg.Bar(**GOOD | {"ts": "2024-01-02 00:05"}))
    with pytest.raises(sg.RunError, match="a bar at 2024-01-02T00:00:00Z cannot follow the one at 2024-01-02"):
        session.push(sg.Bar(**GOOD | {"ts": "2024-01-02 00:10"}))
    assert session.bars == 1


def test_bars_that_begin_off_the_grid_may_overlap() -> None:
    session = sg.compile("plot close").session(timeframe="1h")
    for ts in ("2024-01-02 14:30", "2024-01-02 15:00", "2024-01-02 16:00"):
        session.push(sg.Bar(**GOOD | {"ts": ts}))
    assert session.bars == 3


def test_a_missing_volume_is_a_missing_number() -> None:
    session = sg.compile('alert when is_na(volume) "none"').session(timeframe="1d")
    assert session.push(sg.Bar(**GOOD | {"volume": math.nan}))[0].kind == "alert"


def test_a_volume_that_is_not_given_is_missing_as_in_data_without_one() -> None:
    session = sg.compile('alert when is_na(volume) "none"').session(timeframe="1d")
    assert session.push(sg.Bar("2024-01-02", 1.0, 2.0, 0.5, 1.5))[0].kind == "alert"


def test_time_goes_forward() -> None:
    session = sg.compile("plot close").session(timeframe="1d")
    session.push(sg.Bar(**GOOD))
    for ts in ("2024-01-02", "2024-01-01"):
        with pytest.raises(sg.RunError, match=f"a bar at {ts}.* cannot follow the one at 2024-01-02"):
            session.push(sg.Bar(**GOOD | {"ts": ts}))
    assert session.bars == 1


# --- what a session may be -----------------------------------------------------------------------------


def test_settings_that_cannot_be() -> None:
    program = sg.compile("param n = 5 in 2 to 9\nenter long when close @ 4h > sma(close, n)\nexit long when close < 1")
    for options, message in (
        ({}, 'timeframe="15m"'),
        ({"timeframe": "7x"}, "'7x'"),
        ({"timeframe": "1d"}, "bars of 4h"),
        ({"timeframe": "3h"}, "no multiple"),
        ({"timeframe": "1h", "params": {"n": 1}}, "`n` takes 2 to 9"),
        ({"timeframe": "1h", "fees": 1}, "`fees`"),
        ({"timeframe": "1h", "fee": "x"}, "fee"),
        ({"timeframe": "1h", "timezone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"timeframe": "1h", "state": "run.sqlite"}, "not available yet"),
    ):
        with pytest.raises(sg.RunError, match=message):
            program.session(**options)
    with pytest.raises(ValueError, match="expected native or interpreted, found 'jvm'"):
        program.session(timeframe="1h", engine="jvm")


def test_the_timeframe_of_the_text_is_enough_and_binding() -> None:
    program = sg.compile("on X every 15m\nplot close")
    assert str(program.session().timeframe) == "15m"
    with pytest.raises(sg.RunError, match="made for bars of 15m"):
        program.session(timeframe="1h")


def test_warm_up_is_that_of_the_parameters_given() -> None:
    program = sg.compile("param n = 5 in 2 to 90\nenter long when close > sma(close, n)\nexit long when close < 1")
    assert program.session({"n": 60}, timeframe="1h").warmup == {"base": 60}


def test_what_has_run_is_known_after_a_restart(started: sg.Session) -> None:
    last = int(make_bars(8, 120).ts[-1])
    again = started.program.session(timeframe="15m")
    assert not again.has_run(last)
    again.restore(started.snapshot())
    assert again.has_run(last) and again.has_run("2000-01-01") and not again.has_run(last + 1)


def test_a_bar_of_a_day_keeps_its_date_wherever_it_was_written() -> None:
    """As `load_bars` reads it: 2 January in Berlin is no hour of 1 January in a live session either."""
    program = sg.compile("plot close")
    days = [f"2024-01-0{day}T00:00:00+01:00" for day in (2, 3, 4)]
    session = program.session(timeframe="1d", engine="interpreted")
    for day in days:
        session.push(sg.Bar(day, 1.0, 1.0, 1.0, 1.0))
    assert session.has_run("2024-01-04") and not session.has_run("2024-01-05")
    bars = sg.load_bars({"time": days, "close": [1.0, 1.0, 1.0]})
    assert str(bars.ts[0].astype("M8[us]"))[:10] == "2024-01-02"
    hourly = program.session(timeframe="1h", engine="interpreted")
    hourly.push(sg.Bar(days[0], 1.0, 1.0, 1.0, 1.0))
    assert hourly.has_run("2024-01-01T23:00:00Z") and not hourly.has_run("2024-01-01T23:00:01Z")


# --- times in another unit than µs -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("ts", "told"),
    [
        (1_777_908_600, r"1777908600 is 1970-01-01T00:29:37.*are these seconds\? multiply them by 1_000_000"),
        (1_777_908_600_000, r"1777908600000 is 1970-01-21T.*are these ms\? multiply them by 1_000"),
        (np.int64(1_777_908_600), "are these seconds"),
        (1_777_908_600_000_000_000, "are these nanoseconds"),
    ],
)
@pytest.mark.parametrize("timeframe", ["15m", "1d"])
def test_a_time_in_another_unit_is_no_time_of_1970(ts: int, told: str, timeframe: str) -> None:
    session = sg.compile("plot close").session(timeframe=timeframe)
    with pytest.raises(UsageFault, match=told):
        session.push(sg.Bar(ts, 1.0, 1.0, 1.0, 1.0))
    assert session.bars == 0
    if ts < 2**60:
        with pytest.raises(UsageFault, match=told):  # else a feed would skip every bar as one that has run
            session.has_run(ts)


def test_bars_of_1970_run() -> None:
    """On the hour they are no seconds of this century; nor are days, Mondays or the first of a month."""
    for timeframe, step in (("1m", 60_000_000), ("1h", 3_600_000_000), ("1d", 86_400_000_000)):
        session = sg.compile("plot close").session(timeframe=timeframe)
        for at in range(100):
            session.push(sg.Bar(at * step, 1.0, 1.0, 1.0, 1.0))
        assert session.bars == 100 and session.has_run(50 * step)
