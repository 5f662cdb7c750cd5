"""What the engines compute, against plain definitions: clocks, samples, states, gates, and three known programs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.plan.build import plan
from stratagem.lang.program.nodes import BOOL, Node
from stratagem.lang.program.program import Alert, Emit, Template
from stratagem.lang.program.timeframe import Timeframe, timeframe
from stratagem.runtime.calendar import Calendar
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.machine.engines import ENGINES, INTERPRETED, NATIVE
from stratagem.runtime.trading.rows import ORDER_TEXT, ORDER_WIDTH, TRADE_WIDTH

from ...enginekit import assert_equal, assert_same, make_bars, run
from ...handmade import Maker, w1, w2, w4

HOUR, QUARTER, DAY, WEEK = map(timeframe, ("1h", "4h", "1d", "1w"))
NAN = math.nan


@pytest.fixture
def make():
    return Maker()


@pytest.fixture(scope="module")
def bars():
    return make_bars(3, 900, 15)


def values(make: Maker, bars: Bars, **nodes: Node) -> dict[str, list[float]]:
    """The series of these nodes; the engines must agree on them."""
    made = plan(make.program(), list(nodes.items()), trading=False)
    one, two = run(made, bars, INTERPRETED), run(made, bars, NATIVE)
    assert_equal(one, two)
    return {name: one.outputs[name].tolist() for name in nodes}


def same(one: list[float], two: list[float]) -> bool:
    return np.array_equal(np.array(one), np.array(two), equal_nan=True)


# --- higher bars, against a slow definition ------------------------------------------------------------------


class Higher:
    """Higher bars rebuilt from lists of base bars: for each base bar, those completed by then and the growing one."""

    def __init__(self, bars: Bars, frame: Timeframe) -> None:
        calendar = Calendar()
        groups: dict[int, list[int]] = {}
        for index, ts in enumerate(bars.ts.tolist()):
            groups.setdefault(calendar.bucket(ts, frame)[1], []).append(index)
        self.bars, self.closes = bars, bars.closes.tolist()
        self.groups = sorted(groups.items())

    def completed(self, index: int) -> list[list[int]]:
        """Higher bars that ended at or before the close of this bar."""
        return [rows for end, rows in self.groups if end <= self.closes[index] and rows[0] <= index]

    def growing(self, index: int) -> list[int]:
        """The base bars so far of the higher bar that holds this one."""
        rows = next(rows for _, rows in self.groups if index in rows)
        return [row for row in rows if row <= index]

    def field(self, name: str, rows: list[int]) -> float:
        column = getattr(self.bars, name)[rows]
        merged = {"open": column[0], "high": column.max(), "low": column.min(), "close": column[-1]}
        return float(merged.get(name, column.sum()))


@pytest.mark.parametrize("frame", ["30m", "1h", "4h", "1d", "1w"])
@pytest.mark.parametrize("name", ["open", "high", "low", "close", "volume"])
def test_a_field_of_a_higher_bar(make, bars, frame, name):
    field = make.input(name, timeframe(frame))
    got = values(make, bars, closed=make.sample(field), event=make.sample(field, "event"),
                 forming=make.sample(field, "forming"), closes=make.closes(frame))  # fmt: skip
    slow = Higher(bars, timeframe(frame))
    seen = 0
    for index in range(len(bars)):
        done = slow.completed(index)
        closed = slow.field(name, done[-1]) if done else NAN
        new = len(done) > seen
        seen = len(done)
        assert got["closes"][index] == new
        assert same([got["closed"][index]], [closed])
        assert same([got["event"][index]], [closed if new else NAN])
        assert got["forming"][index] == pytest.approx(slow.field(name, slow.growing(index)))


def test_missing_prices_are_passed_over_when_bars_are_merged(make):
    holes = make_bars(9, 400, 15, missing=True)
    fields = {name: make.sample(make.input(name, HOUR)) for name in ("open", "high", "low", "close", "volume")}
    got = values(make, holes, **fields)
    slow = Higher(holes, HOUR)
    for index in range(len(holes)):
        done = slow.completed(index)
        for name, series in got.items():
            present = [r for r in done[-1] if not math.isnan(getattr(holes, name)[r])] if done else []
            assert same([series[index]], [slow.field(name, present) if present else NAN])


def test_an_operator_on_a_higher_clock_steps_once_a_bar(make, bars):
    mean = make.step("sma", make.input("close", HOUR), 3.0)
    (got,) = values(make, bars, x=make.sample(mean)).values()
    slow = Higher(bars, HOUR)
    for index in range(len(bars)):
        closes = [slow.field("close", rows) for rows in slow.completed(index)][-3:]
        assert same([got[index]], [math.fsum(closes) / 3 if len(closes) == 3 else NAN]) or got[index] == pytest.approx(
            sum(closes) / 3
        )


@pytest.mark.parametrize("operator", ["ema", "sma", "highest", "stdev", "cumulative", "history"])
@pytest.mark.parametrize("frame", [HOUR, DAY])
def test_forming_is_one_step_on_a_copy(make, bars, operator, frame):
    """At the bar that completes the higher one it is the closed value; in between nothing leaks."""
    extra = {"cumulative": (), "stdev": (4.0, False)}.get(operator, (4.0,))
    node = make.step(operator, make.input("close", frame), *extra)
    got = values(make, bars, closed=make.sample(node), forming=make.sample(node, "forming"))
    alone = values(Maker(), bars, closed=rebuilt(operator, frame, extra))
    assert same(got["closed"], alone["closed"])
    closes, ends = bars.closes.tolist(), [Calendar().bucket(ts, frame)[1] for ts in bars.ts.tolist()]
    complete = [index for index in range(len(bars)) if closes[index] >= ends[index]]
    assert len(complete) > 5
    assert same([got["forming"][i] for i in complete], [got["closed"][i] for i in complete])
    assert got["forming"] != got["closed"]


def rebuilt(operator: str, frame: Timeframe, extra: tuple[float, ...]) -> Node:
    make = Maker()
    return make.sample(make.step(operator, make.input("close", frame), *extra))


def test_samples_of_samples_read_what_had_ended_by_then(make, bars):
    """A 1h bar reads the last 1d bar that ended no later than itself, also where both ended in one gap."""
    day = make.sample(make.input("close", DAY), clock=HOUR)
    (got,) = values(make, bars, x=make.sample(day)).values()
    hours, days = Higher(bars, HOUR), Higher(bars, DAY)
    for index in range(len(bars)):
        ended = [end for end, rows in hours.groups if end <= hours.closes[index] and rows[0] <= index]
        if not ended:
            assert math.isnan(got[index])
            continue
        by_then = [rows for end, rows in days.groups if end <= ended[-1] and rows[0] <= index]
        assert same([got[index]], [days.field("close", by_then[-1]) if by_then else NAN])


def test_a_week_and_a_month_do_not_nest(make):
    """A month ends inside a week: the week reads the month that had ended when the week did."""
    daily = make_bars(12, 200, 1440, gaps=False)
    month = timeframe("1mo")
    read = make.sample(make.input("close", month), clock=WEEK)
    (got,) = values(make, daily, x=make.sample(read)).values()
    weeks, months = Higher(daily, WEEK), Higher(daily, month)
    for index in range(len(daily)):
        ended = [end for end, rows in weeks.groups if end <= weeks.closes[index] and rows[0] <= index]
        by_then = [r for end, r in months.groups if ended and end <= ended[-1] and r[0] <= index]
        assert same([got[index]], [months.field("close", by_then[-1]) if by_then else NAN])


@pytest.mark.parametrize("field", ["hour", "day", "weekday", "decision_minute"])
def test_calendar_facts_of_a_higher_bar(make, bars, field):
    (got,) = values(make, bars, x=make.sample(make.calendar(field, "", QUARTER))).values()
    slow, calendar = Higher(bars, QUARTER), Calendar()
    for index in range(len(bars)):
        done = slow.completed(index)
        if done:
            begin, end = calendar.bucket(int(bars.ts[done[-1][0]]), QUARTER)
            assert got[index] == calendar.column(field, begin, end)


def test_bars_are_counted_on_their_clock(make, bars):
    hour = make.calendar("bar_index", "", HOUR)
    got = values(make, bars, base=make.calendar("bar_index"), hour=make.sample(hour),
                 forming=make.sample(hour, "forming"))  # fmt: skip
    slow = Higher(bars, HOUR)
    assert got["base"] == list(range(len(bars)))
    for index in range(len(bars)):
        done = slow.completed(index)
        assert same([got["hour"][index]], [len(done) - 1.0 if done else NAN])
        in_done = bool(done) and index in done[-1]
        assert got["forming"][index] == (len(done) - 1 if in_done else len(done))


# --- states ------------------------------------------------------------------------------------------------------


def test_a_state_starts_when_its_inputs_are_warm(make, bars):
    update = make.pure("add", make.previous("s"), make.step("sma", make.close, 4.0))
    (got,) = values(make, bars, s=make.cell("s", make.input("open"), update)).values()
    means = [NAN] * 3 + [np.mean(bars.close[i - 3 : i + 1]) for i in range(3, len(bars))]
    assert got[:3] == bars.open[:3].tolist()
    expected = bars.open[2] + means[3]  # what it was a bar before
    for index in range(3, 40):
        assert got[index] == pytest.approx(expected)
        expected += means[index + 1]


def test_states_read_each_other_of_this_bar_and_the_last(make, bars):
    one = make.cell("one", 0.0, make.pure("add", make.previous("one"), 1.0))
    two = make.cell("two", 100.0, make.pure("add", make.lagged("one"), one))
    got = values(make, bars, one=one, two=two)
    assert got["one"][:4] == [1.0, 2.0, 3.0, 4.0]
    assert got["two"][:4] == [100.0, 3.0, 5.0, 7.0]


def test_a_lagged_state_is_missing_before_the_first_bar(make, bars):
    number = make.cell("n", 5.0, make.pure("add", make.previous("n"), 1.0))
    flag = make.cell("b", True, make.pure("not", make.previous("b", BOOL)))
    got = values(make, bars, n=number, b=flag, last_n=make.lagged("n"), last_b=make.lagged("b", BOOL))
    assert got["n"][:3] == [6.0, 7.0, 8.0]
    assert math.isnan(got["last_n"][0]) and got["last_n"][1:4] == [6.0, 7.0, 8.0]
    assert got["b"][:3] == [0.0, 1.0, 0.0]
    assert got["last_b"][:4] == [0.0, 0.0, 1.0, 0.0]


def test_a_state_on_a_higher_clock_counts_its_bars(make, bars):
    count = make.cell("h", 0.0, make.pure("add", make.previous("h", clock=HOUR), number_of(make, HOUR)), HOUR)
    got = values(make, bars, closed=make.sample(count), forming=make.sample(count, "forming"))
    slow = Higher(bars, HOUR)
    for index in range(len(bars)):
        done = slow.completed(index)
        assert same([got["closed"][index]], [float(len(done)) if done else NAN])
        in_done = bool(done) and index in done[-1]
        assert got["forming"][index] == (len(done) if in_done else len(done) + 1)


def number_of(make: Maker, clock: Timeframe) -> Node:
    """1 on every bar of a clock."""
    return make.pure("number", make.pure("eq", make.input("close", clock), make.input("close", clock)))


# --- outputs and gates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_an_emit_is_false_until_it_is_warm_and_an_alert_is_an_edge(make, bars, engine):
    mean = make.step("sma", make.close, 20.0)
    below = make.pure("not", make.pure("gt", make.close, mean))  # true while the mean is missing
    message = Template((make.close, " below ", mean))
    program = make.program(emits=(Emit("below", below, NOWHERE),), alerts=(Alert(0, below, message, NOWHERE),))
    made = plan(program, [("raw", below), ("mean", mean)])
    got = run(made, bars, engine).outputs
    raw = got["raw"] != 0
    warm = np.arange(len(bars)) >= 19
    assert raw[:19].all()
    assert_same(got["below"], (raw & warm).astype(float))
    level = raw & warm
    edge = level & ~np.concatenate([[False], level[:-1]])
    assert_same(got["alert 0"], edge.astype(float))
    assert level.any() and edge.sum() < level.sum()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_statement_acts_on_the_first_warm_bar_and_not_before(make, bars, engine):
    always = make.pure("or", make.pure("ge", make.close, make.step("sma", make.close, 9.0)),
                       make.pure("not", make.pure("ge", make.close, make.step("sma", make.close, 9.0))))  # fmt: skip
    outcome = run(plan(make.program(make.enter("long", always))), bars, engine)
    rows = np.frombuffer(outcome.rows[0]).reshape(-1, TRADE_WIDTH)
    assert rows[0, 2] == 9  # decided at the close of bar 8, the first with nine closes, filled at the next open


@pytest.mark.parametrize("engine", ENGINES)
def test_a_statement_on_a_higher_clock_waits_for_its_bars(make, bars, engine):
    mean = make.sample(make.step("sma", make.input("close", HOUR), 6.0))
    always = make.pure("or", make.pure("gt", make.close, mean), make.pure("not", make.pure("gt", make.close, mean)))
    outcome = run(plan(make.program(make.enter("long", always))), bars, engine)
    rows = np.frombuffer(outcome.rows[0]).reshape(-1, TRADE_WIDTH)
    slow = Higher(bars, HOUR)
    first = next(i for i in range(len(bars)) if len(slow.completed(i)) >= 6)
    assert rows[0, 2] == first + 1


@pytest.mark.parametrize("engine", ENGINES)
def test_the_texts_of_a_decision_are_its_values(make, bars, engine):
    up = make.pure("gt", make.close, make.input("open"))
    because = Template(("at ", make.close, " ", up))
    made = plan(make.program(make.enter("long", up, because=because), make.exit("long", make.pure("not", up))))
    orders = np.frombuffer(run(made, bars, engine).rows[1]).reshape(-1, ORDER_WIDTH)
    entries = orders[orders[:, 4] == 0]
    assert len(entries) > 50
    assert (entries[:, ORDER_TEXT] == bars.close[entries[:, 1].astype(int)]).all()
    assert (entries[:, ORDER_TEXT + 1] == 1.0).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_new_day_resets_what_is_counted_by_day(make, bars, engine):
    up = make.pure("gt", make.close, make.input("open"))
    program = make.program(make.enter("long", up), make.exit("long", make.pure("not", up)))
    got = run(plan(program, [("today", make.book("trades.today"))]), bars, engine).outputs["today"]
    days = [Calendar().day_number(ts) for ts in bars.ts.tolist()]
    assert got.max() > 5
    for index in range(1, len(bars)):
        if days[index] != days[index - 1]:
            assert got[index] <= 1


@pytest.mark.parametrize("engine", ENGINES)
def test_entries_of_today_are_counted_where_trades_still_last(make, bars, engine):
    up = make.pure("gt", make.close, make.input("open"))
    program = make.program(make.enter("long", up), make.exit("long", make.pure("not", up)))
    read = [(name, make.book(name)) for name in ("trades.opened_today", "trades.count", "position.lots")]
    got = run(plan(program, read), bars, engine).outputs
    entered = got["trades.count"] + got["position.lots"]
    days = [Calendar().day_number(ts) for ts in bars.ts.tolist()]
    assert entered[-1] > 50
    for index in range(1, len(bars)):
        before = got["trades.opened_today"][index - 1] if days[index] == days[index - 1] else 0
        assert got["trades.opened_today"][index] == before + entered[index] - entered[index - 1]


def test_books_are_read_as_of_the_mark(make, bars):
    """A position filled at this open is seen on this bar; a decision of this close is not."""
    up = make.pure("gt", make.close, make.input("open"))
    program = make.program(make.enter("long", up), make.exit("long", make.pure("not", up)))
    got = run(plan(program, [("size", make.book("position.size"))]), bars, NATIVE).outputs
    rose = bars.close > bars.open
    assert got["size"][0] == 0.0
    assert got["size"][1:].astype(bool).tolist() == rose[:-1].tolist()


# --- the three known programs -----------------------------------------------------------------------------------


def known_bars(count: int) -> Bars:
    """The bars that other engines were measured on: a walk of twelve steps a minute, seed 7."""
    random = np.random.default_rng(7)
    sigma, sub = 0.0008, 12
    steps = random.standard_normal((1_000_000, sub)) * (sigma / np.sqrt(sub)) - 0.5 * sigma * sigma / sub
    gaps = random.standard_normal(1_000_000) * 0.0001
    gaps[0] = 0
    within = np.cumsum(steps, axis=1)
    base = np.concatenate(([0.0], np.cumsum(within[:, -1] + gaps)[:-1])) + gaps
    path = base[:, None] + within
    logs = (base, np.maximum(base, path.max(1)), np.minimum(base, path.min(1)), path[:, -1])
    prices = [np.round(100.0 * np.exp(x), 5)[:count] for x in logs]
    volume = np.round(random.lognormal(3.0, 0.7, 1_000_000), 3)[:count]
    ts = 1_704_067_200_000_000 + np.arange(count, dtype=np.int64) * 60_000_000
    return Bars("WALK", timeframe("1m"), ts, *prices, volume)


@pytest.fixture(scope="module")
def million():
    return known_bars(1_000_000)


@pytest.mark.parametrize(("program", "trades", "equity"), [
    (w1, 13_858, 998_105.6761), (w2, 9_352, 998_754.166745), (w4, 6_508, 999_071.251093),
])  # fmt: skip
def test_known_programs_over_a_million_bars(million, program, trades, equity):
    outcome = run(plan(program()), million, NATIVE, max_rows=20_000)
    rows = np.frombuffer(outcome.rows[0]).reshape(-1, TRADE_WIDTH)
    assert (rows[:, 16] != 8).sum() == trades
    assert outcome.outputs["equity"][-1] == pytest.approx(equity, abs=1e-4)


@pytest.mark.parametrize("program", [w1, w2, w4])
def test_known_programs_are_the_same_in_both_engines(million, program):
    some = million.rows(0, 20_000)
    assert_equal(run(plan(program()), some, INTERPRETED), run(plan(program()), some, NATIVE))
