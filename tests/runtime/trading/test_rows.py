"""Whole rows, worked by hand: for each way an order or a lot can end, every column of what it leaves behind.

A point is worth 5, purchases and sales slip by 0.25, a fill costs 2: so no two columns have one value by chance.
"""

from __future__ import annotations

from typing import Any

import pytest
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, Desk, desk, run, status, why
from .expected import NA, order, record, same, trade

UNITS = "units"
ROOMY = GuardSpec("exposure", 100.0)
LONG, SHORT = EnterSpec("long", UNITS), EnterSpec("short", UNITS)
EXIT_LONG = ExitSpec("long")
COSTS: dict[str, Any] = {"capital": 10_000, "point_value": 5, "slippage": "0.25/unit", "fee": "2/order"}
QUIET: Bar = (99, 101, 98, 99.5)
BARS: list[Bar] = [
    (98, 99, 97, 98.5),
    QUIET,
    (100, 103, 97, 102),
    (102, 108, 101, 105),
    (104, 106, 103, 105),
]
HOLE: Bar = (NA, NA, NA, NA)


def test_an_entry_and_its_exit() -> None:
    script = {1: {1: {"size": 3.0, "text0": 7.0, "text7": 8.0}}, 3: {2: {"text1": 9.0}}}
    d = run(desk([SHORT, LONG, EXIT_LONG], [ROOMY], records=True, **COSTS), BARS, script)
    same(d.orders, [
        order(0, 1, 1, "enter", 1, "filled", asked=3, got=3, fill=(2, "open", 100.25), texts=(7, 0, 0, 0, 0, 0, 0, 8)),
        order(1, 3, 2, "exit", 1, "filled", asked=3, got=3, fill=(4, "open", 103.75), texts=(0, 9)),
    ])  # fmt: skip
    same(d.trades, [
        trade(
            1, 3, (2, "open", 100.25), (4, "open", 103.75), "signal", fees=4, pnl=15 * 3.5 - 4,
            returned=48.5 / (15 * 100.25), mae=15 * (97 - 100.25), mfe=15 * (108 - 100.25), statement=1, orders=(0, 1),
        ),
    ])  # fmt: skip
    cash = 10_000 - 15 * 100.25 - 2  # 8494.25
    out = cash + 15 * 103.75 - 2  # 10048.5
    flat = {"quantity": 0, "entry_price": NA, "gross": 0, "leverage": 0, "unrealised": 0, "lots": 0}
    long = {"quantity": 3, "entry_price": 100.25, "realised": 0, "fees": 2, "cash": cash, "lots": 1}
    after = flat | {
        "price": 104, "drawdown": (10_069.25 - out) / 10_069.25, "day_loss": -0.00485, "high_water": 10_069.25,
        "realised": 52.5, "fees": 4, "cash": out, "equity": out,
    }  # fmt: skip
    same(d.records[2:], [
        record(2, "fill", **long, price=100, gross=1500, leverage=1500 / 9994.25, drawdown=0.000575, day_loss=0.000575,
               high_water=10_000, unrealised=-3.75, equity=9994.25),
        record(2, "mark", **long, price=102, gross=1530, leverage=1530 / 10_024.25, drawdown=0, day_loss=-0.002425,
               high_water=10_024.25, unrealised=26.25, equity=10_024.25),
        record(3, "mark", **long, price=105, gross=1575, leverage=1575 / 10_069.25, drawdown=0, day_loss=-0.006925,
               high_water=10_069.25, unrealised=71.25, equity=10_069.25),
        record(4, "fill", **after),
        record(4, "mark", **after),
        record(4, "end", **after),
    ])  # fmt: skip


def test_a_short_gains_its_net_value_is_negative() -> None:
    d = run(desk([LONG, SHORT], [ROOMY], records=True, **COSTS), BARS, {1: {1: {"size": 3.0}}})
    short = {"quantity": -3, "entry_price": 99.75, "realised": 0, "fees": 2, "cash": 11_494.25, "lots": 1}
    same(d.records[2:4], [
        record(2, "fill", **short, price=100, gross=1500, net=-1500, leverage=1500 / 9994.25, drawdown=0.000575,
               day_loss=0.000575, high_water=10_000, unrealised=-3.75, equity=9994.25),
        record(2, "mark", **short, price=102, gross=1530, net=-1530, leverage=1530 / 9964.25, drawdown=0.003575,
               day_loss=0.003575, high_water=10_000, unrealised=-33.75, equity=9964.25),
    ])  # fmt: skip
    same(d.trades, [
        trade(-1, 3, (2, "open", 99.75), (4, "close", 105), "end", fees=2, pnl=-15 * 5.25 - 2,
              returned=-80.75 / (15 * 99.75), mae=-15 * (108 - 99.75), mfe=15 * (99.75 - 97), statement=1,
              orders=(0, -1)),
    ])  # fmt: skip


def test_an_exit_of_the_short_side() -> None:
    d = run(desk([SHORT, ExitSpec("short")], [ROOMY], **COSTS), BARS, {1: {0: {"size": 3.0}}, 3: {1: {}}})
    same(d.orders[1:], [order(1, 3, 1, "exit", -1, "filled", asked=3, got=3, fill=(4, "open", 104.25))])


def test_a_stop_and_a_target_stand_in_the_rows() -> None:
    spec = EnterSpec("long", UNITS, has_stop=True, has_target=True)
    wish = {"size": 3.0, "stop": -5.0, "stop_slope": 1.0, "target": 107.0}
    d = run(desk([SHORT, spec], [ROOMY], records=True, **COSTS), BARS, {1: {1: wish}})
    left = next(row for row in d.records if row["index"] == 3)
    assert (left["phase"], left["price"], left["lots"]) == (0, 107, 0), "marked at the market's price of the fill"
    same(d.orders, [
        order(0, 1, 1, "enter", 1, "filled", asked=3, got=3, fill=(2, "open", 100.25), stop=95.25, target=107),
    ])  # fmt: skip
    same(d.trades, [
        trade(1, 3, (2, "open", 100.25), (3, "inside", 107), "target", fees=4, pnl=15 * 6.75 - 4,
              returned=97.25 / (15 * 100.25), mae=-48.75, mfe=15 * 6.75, stop=95.25, target=107, statement=1,
              orders=(0, -1)),
    ])  # fmt: skip


def test_the_first_stop_of_a_lot_with_only_a_trail_is_where_its_trail_began() -> None:
    spec = EnterSpec("short", UNITS, has_trail=True)
    d = run(desk([LONG, spec], [ROOMY], **COSTS), BARS, {1: {1: {"size": 3.0, "trail": 7.0, "trail_slope": 1.0}}})
    (row,) = d.trades  # the trail began at 106.75; the low of 97 brought it to 104, which bar 3 reaches on its way up
    assert (row["stop"], row["exit_index"], row["exit_price"]) == (106.75, 3, 104.25)
    assert d.orders[0]["stop"] != d.orders[0]["stop"], "a trail is no stop"


def flattened(fill: str) -> Desk:
    """A loss of 1 %: three units at 100.25 lose 100 at 93.58; the close of bar 2 is below."""
    bars: list[Bar] = [QUIET, QUIET, (100, 101, 90, 93), (92, 96, 91, 95), (95, 96, 94, 95)]
    guards = [GuardSpec("drawdown", 0.5), GuardSpec("loss", 0.01, "flatten"), ROOMY]
    return run(desk([SHORT, LONG], guards, fill=fill, records=True, **COSTS), bars, {1: {1: {"size": 3.0}}})


def test_a_guard_s_exit_at_the_next_open() -> None:
    d = flattened("next_open")
    same(d.orders[1:], [
        order(1, 2, -1, "guard", 1, "filled", "loss", asked=3, got=3, fill=(3, "open", 91.75)),
    ])  # fmt: skip
    same(d.trades, [
        trade(1, 3, (2, "open", 100.25), (3, "open", 91.75), "guard", fees=4, pnl=-15 * 8.5 - 4,
              returned=-131.5 / (15 * 100.25), mae=15 * (90 - 100.25), mfe=15 * 0.75, statement=1, orders=(0, 1)),
    ])  # fmt: skip
    filled = next(row for row in d.records if row["index"] == 3)
    assert (filled["phase"], filled["price"], filled["equity"]) == (0, 92, 10_000 - 131.5)


def test_a_guard_s_exit_at_this_close() -> None:
    d = flattened("this_close")
    same(d.orders[1:], [
        order(1, 2, -1, "guard", 1, "filled", "loss", asked=3, got=3, fill=(2, "close", 92.75)),
    ])  # fmt: skip
    assert (d.trades[0]["exit_moment"], d.trades[0]["pnl"]) == (2, -15 * (99.75 - 92.75) - 4), "in at 99.5 + 0.25"


def test_a_halt_leaves_a_row_of_the_side_held() -> None:
    bars: list[Bar] = [QUIET, (100, 101, 90, 93), (92, 96, 91, 95)]
    d = run(desk([LONG], [GuardSpec("drawdown", 0.01, "halt"), ROOMY], **COSTS), bars, {0: {0: {"size": 3.0}}})
    same(d.orders[1:], [order(1, 1, -1, "guard", 1, "halted", "drawdown", asked=0)])


def expiring(bars: list[Bar], fill: str = "next_open", **more: Any) -> Desk:
    """Two lots of the second statement: 3 units from the open of bar 1, 2 from that of bar 2, each for two bars."""
    spec = EnterSpec("short", UNITS, expire_kind="bars", scale=1)
    script = {0: {1: {"size": 3.0, "expire": 2.0}}, 1: {1: {"size": 2.0, "expire": 2.0}}}
    return run(desk([LONG, spec], [ROOMY], fill=fill, records=True, **COSTS, **more), bars, script)


def test_lots_leave_for_their_age_at_the_next_open_each_with_a_row() -> None:
    d = expiring([QUIET, *BARS])
    same(d.orders[2:], [
        order(2, 2, 1, "expire", -1, "filled", asked=3, got=3, fill=(3, "open", 100.25)),
        order(3, 3, 1, "expire", -1, "filled", asked=2, got=2, fill=(4, "open", 102.25)),
    ])  # fmt: skip
    same(d.trades, [
        trade(-1, 3, (1, "open", 97.75), (3, "open", 100.25), "expire", fees=4, pnl=-15 * 2.5 - 4,
              returned=-41.5 / (15 * 97.75), mae=-15 * (101 - 97.75), mfe=15 * 0.75, statement=1, orders=(0, 2)),
        trade(-1, 2, (2, "open", 98.75), (4, "open", 102.25), "expire", fees=4, pnl=-10 * 3.5 - 4,
              returned=-39 / (10 * 98.75), mae=-10 * (103 - 98.75), mfe=10 * 1.75, statement=1, orders=(1, 3)),
    ])  # fmt: skip
    fills = [(row["index"], row["price"], row["quantity"]) for row in d.records if row["phase"] == 0]
    assert fills == [(1, 98, -3), (2, 99, -5), (3, 100, -2), (4, 102, 0)]


def test_lots_of_one_age_leave_together_each_with_a_fill_and_a_fee_of_its_own() -> None:
    spec = EnterSpec("short", UNITS, expire_kind="bars", scale=1)
    both = {1: {"size": 3.0, "expire": 1.0}, 2: {"size": 2.0, "expire": 1.0}}
    d = run(desk([LONG, spec, spec], [ROOMY], **COSTS), [QUIET, *BARS], {0: both})
    same(d.orders[2:], [
        order(2, 1, 1, "expire", -1, "filled", asked=3, got=3, fill=(2, "open", 99.25)),
        order(3, 1, 2, "expire", -1, "filled", asked=2, got=2, fill=(2, "open", 99.25)),
    ])  # fmt: skip
    assert [t["exit_order"] for t in d.trades] == [2, 3] and d.read("pnl.fees") == 8


def test_a_younger_lot_may_leave_first() -> None:
    spec = EnterSpec("short", UNITS, expire_kind="bars", scale=1)
    both = {0: {"size": 3.0, "expire": 3.0}, 1: {"size": 2.0, "expire": 1.0}}
    d = run(desk([spec, spec], [ROOMY], **COSTS), [QUIET, *BARS], {0: both})
    same(d.orders[2:], [
        order(2, 1, 1, "expire", -1, "filled", asked=2, got=2, fill=(2, "open", 99.25)),
        order(3, 3, 0, "expire", -1, "filled", asked=3, got=3, fill=(4, "open", 102.25)),
    ])  # fmt: skip


def test_an_expiry_that_no_bar_comes_to_fill_is_cancelled_with_its_own_number_and_time() -> None:
    d = expiring([QUIET, *BARS[:2], HOLE, HOLE])  # without a price a bar is held all the same
    same(d.orders[2:], [
        order(2, 2, 1, "expire", -1, "cancelled", "end", asked=3),
        order(3, 3, 1, "expire", -1, "cancelled", "end", asked=2),
    ])  # fmt: skip
    assert [t["reason"] for t in d.trades] == [8, 8] and d.counter("open_trades") == 2


def test_lots_leave_for_their_age_at_this_close() -> None:
    d = expiring([QUIET, *BARS], "this_close")
    same(d.orders[1:], [
        order(1, 1, 1, "expire", -1, "filled", asked=3, got=3, fill=(1, "close", 98.75)),
        order(2, 1, 1, "enter", -1, "filled", asked=2, got=2, fill=(1, "close", 98.25)),
        order(3, 2, 1, "expire", -1, "filled", asked=2, got=2, fill=(2, "close", 99.75)),
    ])  # fmt: skip
    assert [(t["exit_index"], t["exit_moment"], t["exit_order"]) for t in d.trades] == [(1, 2, 1), (2, 2, 3)]


@pytest.mark.parametrize("sizing", ["decision", "fill"])
def test_a_reversal_whose_new_side_is_refused_closes_and_says_why(sizing: str) -> None:
    """Under a halt of the day: the position leaves by the entry's order, and nothing is opened."""
    bars: list[Bar] = [QUIET, (100, 101, 90, 93), (92, 96, 91, 95), (95, 96, 94, 95)]
    guards = [GuardSpec("drawdown", 0.01, "halt"), ROOMY]
    made = desk([LONG, SHORT], guards, sizing=sizing, **COSTS)
    d = run(made, bars, {0: {0: {"size": 3.0}}, 1: {1: {"size": 2.0}}})
    same(d.orders[1:], [
        order(1, 1, -1, "guard", 1, "halted", "drawdown", asked=0),
        order(2, 1, 1, "enter", -1, "denied", "halted", asked=2, fill=(2, "open", 91.75)),
    ])  # fmt: skip
    same(d.trades, [
        trade(1, 3, (1, "open", 100.25), (2, "open", 91.75), "reverse", fees=4, pnl=-131.5, returned=-131.5 / 1503.75,
              mae=15 * (90 - 100.25), mfe=15 * 0.75, statement=0, orders=(0, 2)),
    ])  # fmt: skip
    assert d.read("position.flat") and d.counter("denied") == 1


def test_a_reversal_in_the_rows() -> None:
    d = run(desk([LONG, SHORT], [ROOMY], **COSTS), BARS, {1: {0: {"size": 3.0}}, 3: {1: {"size": 2.0}}})
    same(d.orders[1:], [order(1, 3, 1, "enter", -1, "filled", asked=2, got=2, fill=(4, "open", 103.75))])
    assert [(t["exit_order"], t["entry_order"], t["entry_price"]) for t in d.trades] == [
        (1, 0, 100.25), (-1, 1, 103.75),
    ]  # fmt: skip


def test_an_entry_that_waits_is_cancelled_by_an_exit_of_its_own_side_only() -> None:
    """No bar comes to fill the entries; the exit of the long side is decided meanwhile, for the bar after."""
    more_long, more_short = EnterSpec("long", UNITS, scale=2), EnterSpec("short", UNITS)
    script = {0: {0: {"size": 3.0}}, 1: {1: {"size": 1.0}}, 2: {3: {}}}
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), HOLE, (100, 101, 99, 100)]
    d = run(desk([LONG, more_long, more_short, EXIT_LONG], [ROOMY], **COSTS), bars, script)
    same(d.orders[1:], [
        order(1, 1, 1, "enter", 1, "cancelled", "exit_first", asked=1),
        order(2, 2, 3, "exit", 1, "filled", asked=3, got=3, fill=(3, "open", 99.75)),
    ])  # fmt: skip
    script = {0: {0: {"size": 3.0}}, 1: {2: {"size": 1.0}}, 2: {3: {}}}
    d = run(desk([LONG, more_long, more_short, EXIT_LONG], [ROOMY], **COSTS), bars, script)
    assert [(o["order"], o["status"]) for o in d.orders] == [(0, 0), (2, 0), (1, 0)], "what is held leaves by its exit"


AT_FILL = [  # an exit of 2,200 in cash, decided at 100 (4.4 units) and filled at 150 (2.93), on a grid of 1
    ("decision", ExitSpec("long", "cash"), {"size": 2200.0}, 4.4, 4),
    ("fill", ExitSpec("long", "cash"), {"size": 2200.0}, 4.4, 2),
    ("fill", ExitSpec("long", "units"), {"size": 2.0}, 2, 2),
    ("fill", ExitSpec("long", "fraction"), {"size": 0.5}, 3, 3),
    ("fill", ExitSpec("long"), {}, 6, 6),
    ("fill", ExitSpec("long", "cash"), {"size": 100_000.0}, 200, 6),
]


@pytest.mark.parametrize("sizing, leave, wish, asked, got", AT_FILL)
def test_an_exit_is_sized_at_its_decision_or_its_fill(
    sizing: str, leave: ExitSpec, wish: dict[str, float], asked: float, got: float
) -> None:
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), (150, 151, 149, 150)]
    made = desk([SHORT, LONG, leave], [ROOMY], sizing=sizing, lot=1, **COSTS)
    d = run(made, bars, {0: {1: {"size": 6.0}}, 1: {2: wish}})
    same(d.orders[1:], [order(1, 1, 2, "exit", 1, "filled", asked=asked, got=got, fill=(2, "open", 149.75),
                              texts=(0,))])  # fmt: skip
    assert (d.trades[0]["quantity"], d.read("position.size")) == (got, 6 - got)


def test_an_exit_that_is_no_lot_at_its_fill_is_denied() -> None:
    """600 in cash is 1.2 units at 100, and 0.8 at 150: less than a lot."""
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), (150, 151, 149, 150)]
    made = desk([SHORT, LONG, ExitSpec("long", "cash")], [ROOMY], sizing="fill", lot=1, **COSTS)
    d = run(made, bars, {0: {1: {"size": 6.0}}, 1: {2: {"size": 600.0}}})
    same(d.orders[1:], [order(1, 1, 2, "exit", 1, "denied", "zero_quantity", asked=1.2)])
    assert d.read("position.size") == 6 and d.read("pnl.fees") == 2


def test_an_exit_that_a_guard_came_before_finds_nothing_to_close() -> None:
    """Decided on bar 1; bar 2 has no open, and the guard trips at its close; at the next open its exit is first."""
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), (NA, NA, NA, 93), (92, 93, 91, 92)]
    guards = [GuardSpec("loss", 0.01, "flatten"), ROOMY]
    d = run(desk([SHORT, LONG, EXIT_LONG], guards, **COSTS), bars, {0: {1: {"size": 3.0}}, 1: {2: {}}})
    same(d.orders[1:], [
        order(2, 2, -1, "guard", 1, "filled", "loss", asked=3, got=3, fill=(3, "open", 91.75)),
        order(1, 1, 2, "exit", 1, "cancelled", "nothing_to_close", asked=3),
    ])  # fmt: skip
    assert d.read("pnl.fees") == 4


def test_a_guard_s_exit_of_a_side_that_is_no_more_is_cancelled() -> None:
    """Ordered for the long side; before a bar has an open, an entry at the close reverses it."""
    guards = [GuardSpec("exposure", 0.15, "reduce")]
    now = EnterSpec("short", UNITS, fill="this_close")
    made = desk([LONG, now], guards, lot=1, **COSTS)
    run(made, [(99, 101, 98, 60), (60, 101, 60, 110), (NA, NA, NA, 110), (110, 111, 109, 110)],
        {0: {0: {"size": 4.0}}, 2: {1: {"size": 1.0}}})  # fmt: skip
    same(made.orders[1:], [
        order(2, 2, 1, "enter", -1, "filled", asked=1, got=1, fill=(2, "close", 109.75)),
        order(1, 1, -1, "guard", 1, "cancelled", "nothing_to_close", asked=2),
    ])  # fmt: skip
    assert made.read("position.size") == -1


def entered(size: float, spec: EnterSpec, guards: list[GuardSpec], cap: float = 0.0, **assume: Any) -> Desk:
    """Decided at 100 and filled at 200, where a unit is worth 1,000 and costs 1.25 more; sized at the fill."""
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), (200, 201, 199, 200)]
    made = desk([SHORT, spec], guards, **{"sizing": "fill", "lot": 1, **COSTS, **assume})
    return run(made, bars, {1: {1: {"size": size, "cap": cap}}})


SHARE, CAPPED = EnterSpec("long", "fraction"), EnterSpec("long", "fraction", has_cap=True)
SIZED_AGAIN = [
    # size, entry, guard, assumptions                              a share of 10,000, less 2 for the order; the fill
    ((0.5, SHARE, [ROOMY]), {}, "filled", "", 4998 / 1001.25, 4),
    ((0.5, CAPPED, [ROOMY], 0.25), {}, "reduced", "cap", 4998 / 1001.25, 2),
    ((0.5, SHARE, [GuardSpec("exposure", 0.35)]), {}, "reduced", "exposure", 4998 / 1001.25, 3),
    ((0.12, SHARE, [ROOMY]), {}, "filled", "", 1198 / 1001.25, 1),
    ((0.5, SHARE, [ROOMY]), {"lot": 0}, "filled", "", 4998 / 1001.25, 4998 / 1001.25),
]


@pytest.mark.parametrize("given, assume, told, reason, asked, got", SIZED_AGAIN)
def test_an_entry_is_sized_at_its_fill(
    given: tuple[Any, ...], assume: dict[str, Any], told: str, reason: str, asked: float, got: float
) -> None:
    made = entered(*given, **assume)
    same(made.orders, [order(0, 1, 1, "enter", 1, told, reason, asked=asked, got=got, fill=(2, "open", 200.25))])
    assert made.read("position.size") == pytest.approx(got)


NOTHING_LEFT = [
    ((0.1, SHARE, [ROOMY]), "zero_quantity", 998 / 1001.25),
    ((0.5, SHARE, [GuardSpec("exposure", 0.1)]), "exposure", 4998 / 1001.25),
    ((0.5, CAPPED, [ROOMY], 0.1), "cap", 4998 / 1001.25),
]


@pytest.mark.parametrize("given, reason, asked", NOTHING_LEFT)
def test_an_entry_that_comes_to_nothing_at_its_fill_is_denied_and_says_why(
    given: tuple[Any, ...], reason: str, asked: float
) -> None:
    made = entered(*given)
    same(made.orders, [order(0, 1, 1, "enter", 1, "denied", reason, asked=asked)])
    assert made.read("position.flat") and made.read("pnl.fees") == 0 and made.counter("denied") == 1


def test_a_reversal_sized_at_its_fill_has_paid_for_its_closing_leg() -> None:
    """3 units short from 99.75 leave at 200.25: 10,000 - 15 x 100.5 - 4 = 8488.5, and all of that is the new side."""
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), (200, 201, 199, 200)]
    made = desk([SHORT, SHARE], [ROOMY], sizing="fill", **COSTS)
    d = run(made, bars, {0: {0: {"size": 3.0}}, 1: {1: {"size": 1.0}}})
    got = (8488.5 - 2) / 1001.25
    same(d.orders[1:], [order(1, 1, 1, "enter", 1, "filled", asked=got, got=got, fill=(2, "open", 200.25))])


def test_an_exit_leaves_an_entry_of_the_other_side_waiting() -> None:
    """Without an open both entries wait; the exit is of the long that is held, and cancels the later long one."""
    scaled = EnterSpec("long", UNITS, scale=2)
    closed: Bar = (NA, NA, NA, 100)
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), closed, closed, (100, 101, 99, 100)]
    script = {0: {1: {"size": 3.0}}, 1: {0: {"size": 2.0}}, 2: {2: {"size": 1.0}}, 3: {3: {}}}
    d = run(desk([SHORT, LONG, scaled, EXIT_LONG], [ROOMY], **COSTS), bars, script)
    assert [(o["order"], status(o), why(o)) for o in d.orders] == [
        (0, "filled", ""), (2, "cancelled", "exit_first"), (3, "filled", ""), (1, "filled", ""),
    ]  # fmt: skip
    assert d.read("position.size") == -2, "the short entry has filled, after the exit"


def test_excursions_know_nothing_of_a_path_that_was_there_before_the_lot() -> None:
    """The first lot left inside bar 1, between 90 and 150; the second is bought and sold at closes after it."""
    now = EnterSpec("long", UNITS, fill="this_close")
    first = EnterSpec("short", UNITS, has_target=True)
    out = ExitSpec("long", fill="this_close")
    bars: list[Bar] = [QUIET, (100, 150, 90, 100), (100, 103, 98, 101)]
    script = {0: {0: {"size": 1.0, "target": 95.0}}, 1: {1: {"size": 3.0}}, 2: {2: {}}}
    d = run(desk([first, now, out], [ROOMY], **COSTS), bars, script)
    assert [t["exit_price"] for t in d.trades] == [95, 100.75]
    assert (d.trades[0]["mae"], d.trades[0]["mfe"]) == (-5 * 50.25, 5 * 4.75), "out at 95 on the way down from 150"
    assert (d.trades[1]["mae"], d.trades[1]["mfe"]) == (15 * (98 - 100.25), 15 * (103 - 100.25))


def test_what_is_added_at_its_fill_has_the_room_that_the_position_leaves() -> None:
    """One unit is worth 1,000 at 200; a limit of 35 % of some 10,500 leaves room for two more, and 100 % for nine."""
    scaled = EnterSpec("long", UNITS, scale=1)
    bars: list[Bar] = [QUIET, (100, 101, 99, 100), (200, 201, 199, 200)]
    for limit, got in ((0.35, 2), (1.0, 9)):
        made = desk([scaled], [GuardSpec("exposure", limit)], sizing="fill", lot=1, **COSTS)
        d = run(made, bars, {0: {0: {"size": 1.0}}, 1: {0: {"size": 50.0}}})
        same(d.orders[1:], [
            order(1, 1, 0, "enter", 1, "reduced", "exposure", asked=50, got=got, fill=(2, "open", 200.25)),
        ])  # fmt: skip


def test_a_short_sized_at_its_fill_counts_the_cost_of_a_sale() -> None:
    """Sold at 190 where a unit slips by 10: 5 x (10 + 1.9) of cost; all of 10,000 is then notional and cost."""
    bars: list[Bar] = [QUIET, (200, 201, 199, 200)]
    costs = {**COSTS, "slippage": "10/unit", "fee": "1%"}
    d = run(desk([EnterSpec("short", UNITS)], [GuardSpec("exposure", 1.0)], sizing="fill", **costs), bars,
            {0: {0: {"size": 50.0}}})  # fmt: skip
    assert d.orders[0]["got"] == pytest.approx(10_000 / (1000 + 59.5), rel=1e-12)


def test_what_is_closed_at_the_end() -> None:
    made = desk([SHORT, LONG], [ROOMY], records=True, close_at_end=True, **COSTS)
    d = run(made, BARS, {1: {1: {"size": 3.0}}})
    same(d.trades, [
        trade(1, 3, (2, "open", 100.25), (4, "close", 104.75), "end", fees=4, pnl=15 * 4.5 - 4,
              returned=63.5 / (15 * 100.25), mae=-48.75, mfe=116.25, statement=1, orders=(0, -1)),
    ])  # fmt: skip
    filled = d.records[-2]
    assert (filled["phase"], filled["price"], filled["lots"], filled["equity"]) == (0, 105, 0, 10_063.5)


def test_flat_there_is_nothing_to_close_at_the_end() -> None:
    d = run(desk([LONG], [ROOMY], records=True, close_at_end=True, **COSTS), BARS, {})
    assert [row["phase"] for row in d.records] == [1] * 5 + [2] and d.read("pnl.fees") == 0


def test_at_the_end_a_missing_close_leaves_the_last_price() -> None:
    d = run(desk([LONG], [ROOMY], **COSTS), [*BARS, (104, 106, 103, NA)], {1: {0: {"size": 3.0}}})
    assert (d.trades[0]["exit_index"], d.trades[0]["exit_price"]) == (5, 105)
    d = run(desk([LONG], [ROOMY], **COSTS), [*BARS, (104, 106, 103, 90)], {1: {0: {"size": 3.0}}})
    assert d.trades[0]["exit_price"] == 90


def test_what_is_denied_leaves_its_row_with_its_side_and_its_texts() -> None:
    part = ExitSpec("short", UNITS)
    made = desk([LONG, SHORT, part], [ROOMY], lot=1, **COSTS)
    script = {0: {1: {"size": 0.5, "text2": 6.0}}, 1: {1: {"size": 4.0}}, 2: {2: {"size": 0.25, "text0": 7.0}}}
    d = run(made, BARS, script)
    same(d.orders, [
        order(0, 0, 1, "enter", -1, "denied", "zero_quantity", asked=0.5, texts=(0, 0, 6)),
        order(1, 1, 1, "enter", -1, "filled", asked=4, got=4, fill=(2, "open", 99.75), texts=(0, 0, 6)),
        order(2, 2, 2, "exit", -1, "denied", "zero_quantity", asked=0.25, texts=(7,)),
    ])  # fmt: skip
