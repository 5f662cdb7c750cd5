"""Market orders: when and at what price they fill, reversals, several lots, exits of a part, expiries, the end."""

from __future__ import annotations

import pytest
from stratagem.runtime.trading import layout
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, Desk, desk, reason, run, status, why

UNITS = "units"
LONG = EnterSpec("long", UNITS)
SHORT = EnterSpec("short", UNITS)
EXIT_LONG = ExitSpec("long")
EXIT_SHORT = ExitSpec("short")
ROOMY = [GuardSpec("exposure", 100.0)]
ONE = {"size": 1.0}


def bars(*opens: float) -> list[Bar]:
    """Bars that open here, range 3 up and 3 down, and close 1 higher."""
    return [(x, x + 3, x - 3, x + 1) for x in opens]


def test_an_order_fills_at_the_next_open_and_its_exit_too() -> None:
    d = run(desk([LONG, EXIT_LONG]), bars(100, 101, 102, 103), {0: {0: ONE}, 2: {1: {}}})
    (trade,) = d.trades
    assert (trade["entry_index"], trade["entry_price"]) == (1, 101)
    assert (trade["exit_index"], trade["exit_price"]) == (3, 103)
    assert trade["pnl"] == 2 and trade["return"] == 2 / 101 and trade["bars"] == 2
    assert reason(trade) == "signal" and d.read("equity") == 1002


def test_this_close_fills_at_the_close_of_the_decision() -> None:
    d = run(desk([LONG, EXIT_LONG], fill="this_close"), bars(100, 101, 102, 103), {0: {0: ONE}, 2: {1: {}}})
    (trade,) = d.trades
    assert (trade["entry_index"], trade["entry_price"], trade["entry_moment"]) == (0, 101, 2)
    assert (trade["exit_index"], trade["exit_price"], trade["exit_moment"]) == (2, 103, 2)


def test_a_statement_may_fill_otherwise_than_the_program() -> None:
    d = run(desk([LONG, ExitSpec("long", fill="this_close")]), bars(100, 101, 102), {0: {0: ONE}, 1: {1: {}}})
    (trade,) = d.trades
    assert trade["entry_price"] == 101 and trade["exit_price"] == 102 and trade["exit_index"] == 1


def test_a_short_gains_when_the_price_falls() -> None:
    d = run(desk([SHORT, EXIT_SHORT]), bars(100, 101, 90), {0: {0: ONE}, 1: {1: {}}})
    assert d.trades[0]["pnl"] == 11 and d.trades[0]["side"] == -1 and d.read("cash") == 1011


def test_on_the_side_already_held_an_enter_is_ignored() -> None:
    d = run(desk([LONG]), bars(100, 101, 102), {0: {0: ONE}, 1: {0: ONE}})
    assert len(d.trades) == 1 and len(d.orders) == 1


def test_a_reversal_closes_and_opens_at_one_price_with_a_fee_on_each_leg() -> None:
    made = desk([LONG, SHORT], ROOMY, fee="1%", records=True)
    d = run(made, bars(100, 100, 110), {0: {0: ONE}, 1: {1: {"size": 2.0}}})
    first, second = d.trades
    assert reason(first) == "reverse" and first["exit_price"] == 110 == second["entry_price"]
    assert first["fees"] == pytest.approx(1.0 + 1.1) and second["fees"] == pytest.approx(2.2)
    assert first["pnl"] == pytest.approx(10 - 2.1)
    assert second["quantity"] == 2 and second["side"] == -1 and reason(second) == "end"
    fills = [r for r in d.records if r["phase"] == 0]
    assert [r["quantity"] for r in fills] == [1, 0, -2], "the chain runs after each leg"


def test_exit_and_enter_of_opposite_sides_together_are_one_reversal() -> None:
    d = run(desk([LONG, SHORT, EXIT_LONG], ROOMY), bars(100, 100, 110), {0: {0: ONE}, 1: {1: ONE, 2: {}}})
    first, second = d.trades
    assert reason(first) == "signal" and second["side"] == -1 and second["entry_price"] == 110


def test_exit_and_enter_of_the_same_side_together_are_an_exit_only() -> None:
    d = run(
        desk([EnterSpec("long", UNITS, scale=1), EXIT_LONG], ROOMY),
        bars(100, 100, 110, 120),
        {0: {0: ONE}, 1: {0: ONE, 1: {}}},
    )
    assert len(d.trades) == 1 and reason(d.trades[0]) == "signal" and d.read("position.flat")


def test_an_exit_with_nothing_to_close_does_not_stand_in_the_way() -> None:
    d = run(desk([LONG, EXIT_LONG, EXIT_SHORT]), bars(100, 101), {0: {0: ONE, 1: {}, 2: {}}})
    assert d.counter("open_trades") == 1 and len(d.orders) == 1


def test_of_opposite_enters_the_first_wins_and_the_other_is_a_conflict() -> None:
    d = run(desk([SHORT, LONG]), bars(100, 101), {0: {0: ONE, 1: ONE}})
    assert d.read("position.size") == -1 and d.counter("conflicts") == 1
    assert [status(o) for o in sorted(d.orders, key=lambda o: o["order"])] == ["filled", "conflict"]


def test_of_opposite_enters_a_denied_first_leaves_the_field_to_the_second() -> None:
    d = run(desk([SHORT, LONG], lot=1), bars(100, 101), {0: {0: {"size": 0.5}, 1: ONE}})
    assert d.read("position.size") == 1 and d.counter("conflicts") == 0 and d.counter("denied") == 1


def test_two_enters_of_one_side_in_one_event_only_the_first_acts_without_scale() -> None:
    d = run(desk([LONG, LONG], ROOMY), bars(100, 101), {0: {0: ONE, 1: ONE}})
    assert d.read("position.size") == 1


def test_two_enters_of_one_side_in_one_event_both_act_where_scale_allows() -> None:
    second = EnterSpec("long", UNITS, scale=1)
    d = run(desk([LONG, second], ROOMY), bars(100, 101), {0: {0: ONE, 1: {"size": 2.0}}})
    assert d.read("position.size") == 3 and [t["quantity"] for t in d.trades] == [1, 2]


def test_scale_allows_so_many_more_lots_and_each_is_a_trade() -> None:
    made = desk([EnterSpec("long", UNITS, scale=2), EXIT_LONG], ROOMY)
    d = run(made, bars(100, 101, 102, 103, 104, 105), {i: {0: ONE} for i in range(4)} | {4: {1: {}}})
    assert [t["entry_price"] for t in d.trades] == [101, 102, 103]
    assert {t["exit_price"] for t in d.trades} == {105} and d.read("trades.count") == 3


def test_a_part_closes_first_in_first_out_and_the_rest_later() -> None:
    made = desk([EnterSpec("long", UNITS, scale=1), ExitSpec("long", UNITS), EXIT_LONG], ROOMY, fee="2/order")
    script = {0: {0: {"size": 2.0}}, 1: {0: {"size": 2.0}}, 2: {1: {"size": 3.0}}, 3: {2: {}}}
    d = run(made, bars(100, 101, 102, 103, 104), script)
    assert [(t["entry_price"], t["quantity"], t["exit_price"]) for t in d.trades] == [
        (101, 2, 103),
        (102, 1, 103),
        (102, 1, 104),
    ]
    assert [t["fees"] for t in d.trades] == pytest.approx([2 + 4 / 3, 1 + 2 / 3, 1 + 2]), "one fee a fill, shared"
    assert d.read("pnl.fees") == 8 and sum(t["fees"] for t in d.trades) == pytest.approx(8)


def test_an_exit_size_is_of_the_current_position_and_several_act_on_what_is_left() -> None:
    half = ExitSpec("long", "fraction")
    d = run(
        desk([LONG, half, half], ROOMY),
        bars(100, 101, 102),
        {0: {0: {"size": 8.0}}, 1: {1: {"size": 0.5}, 2: {"size": 0.5}}},
    )
    assert [t["quantity"] for t in d.trades[:2]] == [4, 2] and d.read("position.size") == 2


def test_an_exit_in_cash_and_one_larger_than_the_position() -> None:
    d = run(
        desk([LONG, ExitSpec("long", "cash")], ROOMY),
        bars(99, 100, 99, 100),
        {0: {0: {"size": 4.0}}, 2: {1: {"size": 150.0}}},
    )
    assert d.trades[0]["quantity"] == 1.5
    d = run(desk([LONG, ExitSpec("long", UNITS)]), bars(99, 100, 100), {0: {0: ONE}, 1: {1: {"size": 9.0}}})
    assert d.trades[0]["quantity"] == 1 and d.read("position.flat")


def test_once_acts_once_per_position() -> None:
    once = ExitSpec("long", "fraction", once=True)
    script = {
        0: {0: {"size": 4.0}},
        1: {1: {"size": 0.5}},
        2: {1: {"size": 0.5}},
        3: {2: {}},
        4: {0: {"size": 4.0}},
        5: {1: {"size": 0.5}},
    }
    d = run(desk([LONG, once, EXIT_LONG], ROOMY), bars(*[100.0] * 8), script)
    assert [t["quantity"] for t in d.trades] == [2, 2, 2, 2]
    assert [reason(t) for t in d.trades] == ["signal", "signal", "signal", "end"]


@pytest.mark.parametrize("size, code", [(float("nan"), "missing_size"), (0.2, "zero_quantity")])
def test_an_exit_without_a_quantity_is_denied(size: float, code: str) -> None:
    d = run(desk([LONG, ExitSpec("long", UNITS)], lot=1), bars(100, 101, 102), {0: {0: ONE}, 1: {1: {"size": size}}})
    row = d.orders[-1]
    assert (status(row), why(row)) == ("denied", code) and d.counter("denied") == 1


def expiring(kind: str, n: float, fill: str = "next_open") -> Desk:
    made = desk([EnterSpec("long", UNITS, expire_kind=kind)], fill=fill)
    return run(made, bars(100, 101, 102, 103, 104, 105, 106), {0: {0: {"size": 1.0, "expire": n}}})


@pytest.mark.parametrize(
    "kind, n, fill, leaves",
    [
        ("bars", 2, "next_open", 3),  # filled on 1, the second closed bar is 2, out at the open of 3
        ("bars", 1, "next_open", 2),
        ("bars", 2, "this_close", 1),  # filled at the close of 0, which is bar 1; bar 2 closes at 1
        ("seconds", 120, "next_open", 3),  # two minutes after the open of 1 is the close of 2
        ("seconds", 121, "next_open", 4),
        ("seconds", 120, "this_close", 2),  # two minutes after the close of 0 is the close of 2
    ],
)
def test_a_lot_expires(kind: str, n: float, fill: str, leaves: int) -> None:
    d = expiring(kind, n, fill)
    (trade,) = d.trades
    assert reason(trade) == "expire" and trade["exit_index"] == leaves
    assert trade["exit_price"] == (100 + leaves if fill == "next_open" else 101 + leaves)
    assert d.orders[-1]["kind"] == 2 and trade["exit_order"] == d.orders[-1]["order"]


def test_each_lot_expires_by_its_own_age() -> None:
    made = desk([EnterSpec("long", UNITS, expire_kind="bars", scale=1)], ROOMY)
    wish = {"size": 1.0, "expire": 2.0}
    d = run(made, bars(100, 101, 102, 103, 104, 105), {0: {0: wish}, 1: {0: wish}})
    assert [(t["entry_index"], t["exit_index"]) for t in d.trades] == [(1, 3), (2, 4)]


def test_an_exit_of_all_comes_before_an_expiry() -> None:
    made = desk([EnterSpec("long", UNITS, expire_kind="bars"), EXIT_LONG])
    d = run(made, bars(100, 101, 102, 103), {0: {0: {"size": 1.0, "expire": 1.0}}, 1: {1: {}}})
    assert [reason(t) for t in d.trades] == ["signal"]


def test_a_position_at_the_end_is_a_row_and_no_trade() -> None:
    d = run(desk([LONG], fee="1%"), bars(100, 100, 104), {0: {0: ONE}})
    (row,) = d.trades
    assert reason(row) == "end" and row["exit_price"] == 105 and row["fees"] == 1.0 and row["pnl"] == 4.0
    assert d.counter("trades") == 0 and d.counter("open_trades") == 1 and d.read("equity") == 1004.0


def test_told_to_close_at_the_end_it_really_closes() -> None:
    d = run(desk([LONG], fee="1%", slippage=0.01, close_at_end=True), bars(100, 100, 104), {0: {0: ONE}})
    (row,) = d.trades
    assert reason(row) == "end" and row["exit_price"] == pytest.approx(105 * 0.99)
    assert d.counter("trades") == 1 and d.counter("open_trades") == 0
    assert d.read("equity") == d.read("cash") == pytest.approx(1000 - 101 - 1.01 + 103.95 - 1.0395)


def test_what_waits_at_the_end_is_cancelled() -> None:
    d = run(desk([LONG]), bars(100, 101), {1: {0: ONE}})
    assert [(status(o), why(o)) for o in d.orders] == [("cancelled", "end")] and not d.trades


@pytest.mark.parametrize(
    "fee, quantity, expected",
    [("0.1%", 2, 0.2), (0.001, 2, 0.2), ("5/order", 2, 5), ("0.005/unit", 2, 0.01), ("5/order+0.1%", 2, 5.2)],
)
def test_fees_of_each_kind(fee: object, quantity: float, expected: float) -> None:
    d = run(desk([LONG], ROOMY, fee=fee), bars(100, 100), {0: {0: {"size": quantity}}})
    assert d.read("pnl.fees") == pytest.approx(expected)
    assert d.read("cash") == pytest.approx(1000 - 100 * quantity - expected)


@pytest.mark.parametrize("slippage, distance", [("10ticks", 0.1), ("10bp", 0.1), (0.001, 0.1), ("0.2/unit", 0.2)])
def test_slippage_is_adverse_on_both_sides(slippage: object, distance: float) -> None:
    for enter, leave, sign in ((LONG, EXIT_LONG, 1), (SHORT, EXIT_SHORT, -1)):
        d = run(desk([enter, leave], slippage=slippage, tick=0.01), bars(100, 100, 100), {0: {0: ONE}, 1: {1: {}}})
        (trade,) = d.trades
        assert trade["entry_price"] == pytest.approx(100 + sign * distance)
        assert trade["exit_price"] == pytest.approx(100 - sign * distance)


def test_a_point_is_worth_its_value() -> None:
    d = run(
        desk([LONG, EXIT_LONG], ROOMY, point_value=50, fee="0.01%"),
        bars(100, 101, 103),
        {0: {0: {"size": 2.0}}, 1: {1: {}}},
    )
    assert d.trades[0]["pnl"] == pytest.approx(200 - 2 * 50 * (101 + 103) * 0.0001)


def test_a_bar_without_an_open_fills_nothing_and_the_order_waits() -> None:
    na = float("nan")
    d = run(desk([LONG]), [(100, 101, 99, 100), (na, na, na, na), (102, 103, 101, 102)], {0: {0: ONE}})
    assert d.trades[0]["entry_index"] == 2 and d.trades[0]["entry_price"] == 102


def test_a_missing_close_keeps_the_last_mark() -> None:
    na = float("nan")
    d = desk([LONG])
    d.bar((100, 101, 99, 100), {0: ONE})
    d.bar((100, 106, 99, 105))
    d.bar((105, 106, 104, na))
    assert d.equity == [1000, 1005, 1005]


def test_texts_of_a_decision_stand_in_its_row() -> None:
    d = run(desk([LONG]), bars(100, 101), {0: {0: {"size": 1.0, "text0": 42.0, "text7": -1.5}}})
    assert (d.orders[0]["text0"], d.orders[0]["text7"]) == (42.0, -1.5)
    assert d.trades[0]["entry_order"] == d.orders[0]["order"]


def test_excursions_are_money_from_the_fill_to_the_exit() -> None:
    path = [(100, 101, 99, 100), (100, 108, 97, 105), (104, 120, 80, 100)]
    d = run(desk([LONG, EXIT_LONG], ROOMY), path, {0: {0: {"size": 2.0}}, 1: {1: {}}})
    assert (d.trades[0]["mae"], d.trades[0]["mfe"]) == (-6, 16), "out at the open of the last bar"
    d = run(desk([SHORT, EXIT_SHORT], ROOMY), path, {0: {0: {"size": 2.0}}, 1: {1: {}}})
    assert (d.trades[0]["mae"], d.trades[0]["mfe"]) == (-16, 6)


def test_rows_survive_full_buffers() -> None:
    made = desk([LONG, EXIT_LONG], max_rows=1)
    script = {i: {i % 2: ONE if i % 2 == 0 else {}} for i in range(200)}
    d = run(made, bars(*[100.0 + i for i in range(200)]), script)
    assert d.counter("trades") == 99 and len(d.trades) == 100 and len(d.orders) == 200
    assert [t["entry_index"] for t in d.trades] == list(range(1, 200, 2))


@pytest.mark.parametrize("limit, drained", [("TRADE_LIMIT", 1), ("ORDER_LIMIT", 2), ("RECORD_LIMIT", 6)])
def test_a_buffer_is_handed_over_when_it_is_as_full_as_it_may_be(limit: str, drained: int) -> None:
    """The last row of the story below is its first trade, its second order and its sixth record but for the mark."""
    for room, asked in ((drained, 1), (drained + 1, 0)):
        made = desk([LONG, EXIT_LONG], max_rows=64, records=True)
        made.bar(bars(100)[0], {0: ONE})
        made.bar(bars(100)[0], {1: {}})
        made.bar(bars(100)[0])
        assert (len(made.trades), len(made.orders), len(made.records)) == (1, 2, 5)
        made = desk([LONG, EXIT_LONG], max_rows=64, records=True)
        made.state.k[getattr(layout, limit)] = room - (limit == "RECORD_LIMIT")
        for wish in ({0: ONE}, {1: {}}, None):
            assert not made.state.trade_rows and not made.state.order_rows and not made.state.record_rows
            made.bar(bars(100)[0], wish)
        assert bool(made.state.trade_rows) == bool(asked), limit
        assert made.state.k[layout.KEEP_RECORDS] == 1


def test_a_full_scale_counts_what_it_drops_and_each_statement_has_its_own_budget() -> None:
    """Five wishes each: the first has room for two lots and drops 3, the second for three and drops 2."""
    made = desk([EnterSpec("long", UNITS, scale=1), EnterSpec("long", UNITS, scale=2), EXIT_LONG], ROOMY)
    for bar in range(5):
        made.bar((100, 101, 99, 100), {0: {"size": 1.0}, 1: {"size": 1.0}})
        made.bar((100, 101, 99, 100))
        assert made.state.k[layout.LOT_COUNT] == [2, 4, 5, 5, 5][bar]
    assert (made.state.dropped(0), made.state.dropped(1)) == (3, 2)
    made.bar((100, 101, 99, 100), {0: {"size": 1.0}, 2: {}})
    assert made.state.dropped(0) == 3, "where an exit acts, its side has no entries: nothing is full"


def test_without_scale_nothing_is_dropped() -> None:
    made = desk([EnterSpec("long", UNITS), EXIT_LONG], ROOMY)
    for _ in range(4):
        made.bar((100, 101, 99, 100), {0: {"size": 1.0}})
    assert made.state.dropped(0) == 0
