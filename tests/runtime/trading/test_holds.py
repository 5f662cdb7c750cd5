"""Positions to hold, worked by hand: only the difference is traded, what leaves before what enters."""

from __future__ import annotations

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec, HoldSpec
from stratagem.runtime.trading.state import lay_out

from .driver import Desk, desk, reason, status, why
from .several import Floor, flat, flats, floor

NA = float("nan")
HOLD = HoldSpec()
ROOMY = GuardSpec("exposure", 1000.0)


def weigh(**weights: float) -> dict[str, dict[int, dict[str, float]]]:
    """The wish of a hold for each symbol."""
    return {name: {0: {"size": weight}} for name, weight in weights.items()}


def alone(spec: HoldSpec = HOLD, **assume: object) -> Desk:
    return desk([spec], [ROOMY], **assume)


def hold(d: Desk, price: float, size: float | None = None, **more: float) -> None:
    """A bar of one price at which so much is wished."""
    d.bar(flat(price), {} if size is None else {0: {"size": size, **more}})


# --- what it takes -----------------------------------------------------------------------------------


def test_a_hold_takes_five_places() -> None:
    state = lay_out([EnterSpec("long"), HOLD, ExitSpec("long")], [], read_assumptions())
    k = state.k
    kinds = [k[k[at.STATEMENTS] + n * at.STATEMENT_WIDTH + at.KIND] for n in range(k[at.STATEMENT_COUNT])]
    assert kinds == [at.ENTER, at.HOLD, at.EXIT, at.EXIT, at.ENTER, at.ENTER, at.EXIT]
    parts = [k[k[at.STATEMENTS] + n * at.STATEMENT_WIDTH + at.PART] for n in range(7)]
    sides = [k[k[at.STATEMENTS] + n * at.STATEMENT_WIDTH + at.SIDE] for n in range(2, 6)]
    assert parts == [0, 0, 1, 2, 3, 4, 0] and sides == [1, -1, 1, -1]


@pytest.mark.parametrize("wrong", [{"sizing": "risk"}, {"fill": "later"}])
def test_a_hold_refuses_what_it_does_not_know(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="expected one of"):
        HoldSpec(**wrong)


# --- one book ------------------------------------------------------------------------------------------


def test_only_the_difference_is_traded() -> None:
    """Half of 1,000 at 100 is 5; at 125 equity is 1,125, half is 562.50 = 4.5; at 75 of 900 it is 450 = 6."""
    d = alone()
    hold(d, 100, 0.5)
    hold(d, 100)
    assert d.read("position.size") == 5
    hold(d, 125, 0.5)
    hold(d, 125)
    assert d.read("position.size") == 4.5 and d.read("equity") == 1125
    hold(d, 75, 0.5)
    hold(d, 75)
    assert d.read("position.size") == pytest.approx(900 * 0.5 / 75, rel=1e-12)
    assert [(o["kind"], o["statement"], status(o)) for o in d.orders] == [
        (0, 0, "filled"), (1, 0, "filled"), (0, 0, "filled")
    ], "all are of the statement, whatever part of it they were"
    assert [t["quantity"] for t in d.trades] == [0.5] and d.read("position.lots") == 1


def test_what_is_added_joins_the_lot_at_the_average_price() -> None:
    d = alone(HoldSpec("units"), fee="1/unit")
    hold(d, 100, 2.0)
    hold(d, 100, None)
    hold(d, 130, 5.0)
    hold(d, 130, None)
    assert d.read("position.entry_price") == pytest.approx((2 * 100 + 3 * 130) / 5) and d.read("position.lots") == 1
    hold(d, 120, 0.0)
    hold(d, 120, None)
    (trade,) = d.trades
    assert trade["quantity"] == 5 and trade["fees"] == 10 and trade["entry_statement"] == 0
    assert trade["pnl"] == pytest.approx(2 * 20 - 3 * 10 - 10) and trade["entry_index"] == 1
    assert trade["mfe"] == pytest.approx(5 * (130 - 118)) and trade["mae"] == pytest.approx(-5 * 18)
    assert d.read("cash") == pytest.approx(1000 + 2 * 20 - 3 * 10 - 10)


def test_the_same_wish_again_trades_nothing() -> None:
    d = alone(fee="0.1%")
    for _ in range(5):
        hold(d, 100, 0.5, band=0.001)
    assert len(d.orders) == 1, "the fee made the rest of the share lighter"
    d = alone()
    for _ in range(5):
        hold(d, 100.3, 1 / 3)
    assert len(d.orders) == 1, "rounding is no difference"


def test_from_long_to_short_is_one_order_that_reverses() -> None:
    d = alone()
    hold(d, 100, 0.5)
    hold(d, 100, -0.4)
    hold(d, 110)
    assert d.read("position.size") == -4 and [reason(t) for t in d.trades] == ["reverse"]
    assert [o["side"] for o in d.orders] == [1, -1] and d.orders[1]["got"] == 4
    hold(d, 110, 0.25)
    hold(d, 110)
    assert d.read("position.size") == pytest.approx(0.25 * 1050 / 110, rel=1e-12)


def test_a_short_is_reduced_and_added_to() -> None:
    d = alone(HoldSpec("cash"))
    hold(d, 100, -500.0)
    hold(d, 100)
    assert d.read("position.size") == -5
    hold(d, 100, -200.0)
    hold(d, 100)
    assert d.read("position.size") == -2 and d.trades[-1]["quantity"] == 3
    hold(d, 100, -300.0)
    hold(d, 100)
    assert d.read("position.size") == -3 and d.read("position.lots") == 1


def test_nothing_to_hold_leaves_all_of_it() -> None:
    d = alone(lot=0.3)
    hold(d, 100, 0.5)
    hold(d, 100, 0.0)
    hold(d, 100, 0.0)
    hold(d, 100)
    assert d.read("position.flat") and len(d.orders) == 2


def test_a_difference_within_the_band_is_not_traded() -> None:
    """5 at 100 drifted to 104: 520 of 1,020 are 10 more than half, not 2 % of it; at 110 it is 25 more of 1,050."""
    d = alone()
    hold(d, 100, 0.5, band=0.02)
    hold(d, 100)
    hold(d, 104, 0.5, band=0.02)
    hold(d, 104)
    assert d.read("position.size") == 5
    hold(d, 110, 0.5, band=0.02)
    hold(d, 110)
    assert d.read("position.size") == pytest.approx(525 / 110, rel=1e-12)


def test_a_weight_of_nothing_leaves_what_is_less_than_the_band() -> None:
    """1 % of equity is within a band of 2 %, and is no part of a portfolio that is to hold nothing of it."""
    d = alone()
    hold(d, 100, 0.01)
    hold(d, 100, 0.0, band=0.02)
    hold(d, 100)
    assert d.read("position.flat") and len(d.orders) == 2


def test_differences_are_of_whole_lots() -> None:
    """Half of 1,000 at 90 are 5.55: 5. At 98 it is 5.3, and 0.3 is no lot; at 70 of 900 6.4: one more."""
    d = alone(lot=1)
    hold(d, 90, 0.5)
    hold(d, 90)
    assert d.read("position.size") == 5
    hold(d, 98, 0.5)
    hold(d, 98)
    assert d.read("position.size") == 5 and len(d.orders) == 1
    hold(d, 70, 0.5)
    hold(d, 70)
    assert d.read("position.size") == 6
    hold(d, 70, 0.45)  # 405 of 900 are 5.79: what is too much is no lot either
    hold(d, 70, 0.3)  # 3.86: 2.14 too much
    hold(d, 70)
    assert d.read("position.size") == 4


def test_from_flat_less_than_a_lot_is_a_denial() -> None:
    d = alone(lot=10)
    hold(d, 100, 0.5)
    hold(d, 100)
    assert [(status(o), why(o)) for o in d.orders] == [("denied", "zero_quantity")] and d.counter("denied") == 1


def test_what_is_held_and_what_it_costs_to_enter_are_within_the_share() -> None:
    d = alone(fee="1%")
    hold(d, 100, 0.5)
    hold(d, 100)
    assert d.read("position.size") == pytest.approx(500 / 101, rel=1e-12)
    hold(d, 100, -0.5)
    hold(d, 100)
    held, equity = 500 / 101, 1000 - 500 / 101
    assert d.read("position.size") == pytest.approx(-0.5 * (equity - held) / 101, rel=1e-12)


def test_a_missing_weight_is_denied_and_counted() -> None:
    d = alone()
    hold(d, 100, NA)
    hold(d, 100, 0.5)
    hold(d, 100, NA)
    assert [(status(o), why(o), o["statement"]) for o in d.orders] == [
        ("denied", "missing_size", 0), ("filled", "", 0), ("denied", "missing_size", 0)
    ] and d.read("position.size") == 5, "what is held stays"


@pytest.mark.parametrize("weight", [1e298, -1e298, 1e300])
@pytest.mark.parametrize("held", [0.0, 0.5])
def test_a_weight_beyond_what_can_be_counted_is_denied(weight: float, held: float) -> None:
    """1e298 of 1,000 are 1e301: more than a number can be, as `na` is. Of an entry too."""
    d = desk([HOLD, EnterSpec("short", sizing="fraction")], [ROOMY])
    hold(d, 10, held)
    hold(d, 10)
    size = d.read("position.size")
    d.bar(flat(1e-5), {0: {"size": weight}, 5: {"size": abs(weight)}} if held == 0.0 else {0: {"size": weight}})
    hold(d, 1e-5)
    assert {(status(o), why(o)) for o in d.orders if o["got"] == 0.0} == {("denied", "missing_size")}
    assert d.counter("denied") == (2 if held == 0.0 else 1) and d.read("position.size") == size


def test_a_weight_beyond_what_can_be_counted_leaves_those_of_others_alone() -> None:
    f = held(floor("A B", [HOLD]), A=0.5, B=0.25)
    f.event(flats(A=100, B=100), weigh(A=1e300, B=0.5))
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 5, "B": 5} and why(f["A"].orders[-1]) == "missing_size"


def test_the_fill_policy_of_a_hold() -> None:
    d = alone(HoldSpec(fill="this_close"))
    hold(d, 100, 0.5)
    assert d.read("position.size") == 5
    hold(d, 125, 0.5)
    assert d.read("position.size") == 4.5 and d.orders[-1]["fill_moment"] == 2


def test_texts_go_with_the_orders() -> None:
    d = alone()
    inbox = d.state.k[at.INBOX]
    d.state.b[inbox + at.TEXT] = 7.5
    hold(d, 100, 0.5)
    hold(d, 100)
    assert d.orders[0]["text0"] == 7.5


def test_sizing_fill_keeps_what_was_decided() -> None:
    d = alone(sizing="fill")
    hold(d, 100, 0.5)
    hold(d, 50)
    assert d.read("position.size") == 5


def test_sizing_fill_asks_no_guard_again_of_a_hold() -> None:
    """At 150 the five that half of 1,000 came to at 100 are three quarters of it."""
    d = desk([HOLD], [GuardSpec("exposure", 0.5)], sizing="fill")
    hold(d, 100, 0.5)
    hold(d, 150)
    assert d.read("position.size") == 5


def test_a_guard_cuts_what_a_hold_enters() -> None:
    d = desk([HOLD], [GuardSpec("exposure", 0.4)])
    hold(d, 100, 0.5)
    hold(d, 100)
    assert d.read("position.size") == 4 and (status(d.orders[0]), why(d.orders[0])) == ("reduced", "exposure")


# --- several books ---------------------------------------------------------------------------------------


def test_weights_are_shares_of_one_equity() -> None:
    f = floor("A B", [HOLD], fee="1%")
    f.event(flats(A=100, B=50), weigh(A=0.5, B=0.5))
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": pytest.approx(500 / 101, rel=1e-12), "B": pytest.approx(500 / 50.5, rel=1e-12)}
    assert all(status(f[name].orders[0]) == "filled" for name in f), "with what they cost they are all of it, no more"


def test_what_drifted_is_brought_back_sales_first() -> None:
    """A stands first and has to buy what B's sale pays for: 500 and 500 became 400 and 600 of 1,000."""
    f = floor("A B", [HOLD])
    f.event(flats(A=100, B=100), weigh(A=0.5, B=0.5))
    f.event(flats(A=100, B=100))
    f.event(flats(A=80, B=120), weigh(A=0.5, B=0.5))
    f.event(flats(A=80, B=120))
    assert f.sizes() == {"A": pytest.approx(500 / 80, rel=1e-12), "B": pytest.approx(500 / 120, rel=1e-12)}
    assert [status(o) for name in f for o in f[name].orders] == ["filled"] * 4
    assert [o["order"] for o in f["B"].orders] == [1, 2] and f["A"].orders[1]["order"] == 3


def test_a_rotation_sells_one_and_buys_the_other() -> None:
    f = floor("A B", [HOLD], fee="0.1%")
    f.event(flats(A=100, B=100), weigh(A=0.0, B=1.0))
    f.event(flats(A=100, B=100), weigh(A=1.0, B=0.0))
    f.event(flats(A=100, B=100))
    (bought,) = f["A"].orders
    equity = 1000 - 0.1 / 100.1 * 1000  # after the first purchase
    left = equity - equity * 0.001  # B's sale costs as well
    assert f.sizes()["B"] == 0 and status(bought) == "filled"
    assert bought["got"] == pytest.approx(left / 100.1, rel=1e-12)


def test_weights_of_all_equity_are_not_cut_for_what_the_sales_cost() -> None:
    """600, 500 and 400 of 1,500 to a third each: A leaves its third of what is left once its own sale is paid for."""
    f = held(floor("A B C", [HOLD], fee="1%", capital=1500), A=1 / 3, B=1 / 3, C=1 / 3)
    before = {name: f.sizes()[name] for name in f}
    equity = f.equity[-1]
    cash = f.cash
    f.event(flats(A=125, B=100, C=75), weigh(A=1 / 3, B=1 / 3, C=1 / 3))
    equity = cash + sum(before[name] * price for name, price in (("A", 125), ("B", 100), ("C", 75)))
    f.event(flats(A=125, B=100, C=75))
    assert [status(o) for name in f for o in f[name].orders] == ["filled"] * len([o for n in f for o in f[n].orders])
    sold = before["A"] - f.sizes()["A"]
    basis = equity - 0.01 * 125 * sold
    assert f.sizes()["A"] * 125 == pytest.approx(basis / 3, rel=1e-12)
    added = f.sizes()["C"] - before["C"]
    assert before["C"] * 75 + added * 75 * 1.01 == pytest.approx(basis / 3, rel=1e-12)
    assert sum(f.sizes()[n] * p for n, p in (("A", 125), ("B", 100), ("C", 75))) <= f.equity[-1] * (1 + 1e-12)


def test_long_and_short_weights_count_gross() -> None:
    f = floor("A B", [HOLD], [GuardSpec("exposure", 1.5)])
    f.event(flats(A=100, B=100), weigh(A=1.0, B=-1.0))
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 10, "B": pytest.approx(-5, rel=1e-9)} and why(f["B"].orders[0]) == "exposure"


def held(f: Floor, **weights: float) -> Floor:
    f.event(flats(A=100, B=100), weigh(**weights))
    f.event(flats(A=100, B=100))
    return f


def test_a_symbol_without_a_bar_keeps_what_it_has_and_counts() -> None:
    f = held(floor("A B", [HOLD]), A=0.5, B=0.5)
    f.event(flats(A=100), weigh(A=0.8))
    f.event(flats(A=100))
    assert f.sizes() == {"A": 5, "B": 5}, "there is no room"
    (order,) = f["A"].orders[1:]
    assert (status(order), why(order)) == ("denied", "exposure")
