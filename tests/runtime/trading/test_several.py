"""Several books of one account, worked by hand: shared cash, limits over all, the order in which they act."""

from __future__ import annotations

import random

import pytest
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, desk, reason, status, why
from .several import Floor, flat, flats, floor

NA = float("nan")
LONG, SHORT, EXIT = EnterSpec("long", "units", scale=20), EnterSpec("short", "units"), ExitSpec("long")
SHARE = EnterSpec("long", "fraction")
ROOMY = GuardSpec("exposure", 1000.0)


def buy(quantity: float) -> dict[int, dict[str, float]]:
    return {0: {"size": quantity}}


def sell() -> dict[int, dict[str, float]]:
    return {1: {}}


# --- one account -------------------------------------------------------------------------------------


def test_two_books_share_cash_and_equity() -> None:
    """2 A at 100 and 3 B at 50 of 1,000: cash 650; A at 110 and B at 40 make 990."""
    f = floor("A B", [LONG, EXIT])
    f.event(flats(A=100, B=50), {"A": buy(2.0), "B": buy(3.0)})
    f.event(flats(A=100, B=50))
    assert f.cash == 650 and f.equity == [1000, 1000]
    f.event(flats(A=110, B=40))
    assert f.equity[-1] == 650 + 220 + 120
    f.event(flats(A=110, B=40), {"A": sell()})
    f.event(flats(A=111, B=40))
    assert f.cash == 650 + 222 and f.sizes() == {"A": 0, "B": 3}
    assert f["A"].read("pnl.realised") == 22 and f["B"].read("pnl.unrealised") == -30


def test_a_book_reads_the_equity_of_the_account_and_its_own_position() -> None:
    f = floor("A B", [LONG])
    f.event(flats(A=100, B=50), {"A": buy(2.0), "B": buy(3.0)})
    f.event(flats(A=100, B=50))
    f.event(flats(A=110, B=50))
    assert f["B"].read("equity") == 1020 == f["A"].read("equity")
    assert f["B"].read("position.weight") == 150 / 1020 and f["A"].read("position.size") == 2
    assert f["B"].read("pnl.total") == 20 and f["B"].read("cash") == 650


def test_exposure_is_the_account_s_and_risk_of_a_position_its_own() -> None:
    """2 A long at 110 and 4 B short at 50, of 1,020: gross 420, net 20."""
    f = floor("A B", [LONG, EXIT, SHORT])
    f.event(flats(A=100, B=50), {"A": buy(2.0), "B": {2: {"size": 4.0}}})
    f.event(flats(A=100, B=50))
    f.event(flats(A=110, B=50))
    names = ("gross", "net", "long", "short")
    for book in ("A", "B"):
        found = [f[book].read(f"exposure.{name}") for name in names]
        assert found == pytest.approx([420 / 1020, 20 / 1020, 220 / 1020, 200 / 1020], rel=1e-15)
        assert f[book].read("margin.use") == 420 / 1020
    assert (f["A"].read("position.open_risk"), f["B"].read("position.open_risk")) == (220, 200)


def test_a_symbol_without_a_bar_keeps_its_last_value() -> None:
    f = floor("A B", [LONG])
    f.event(flats(A=100, B=50), {"A": buy(2.0), "B": buy(3.0)})
    f.event(flats(A=100, B=50))
    f.event(flats(B=60))
    f.event(flats(B=70))
    assert f.equity[-2:] == [650 + 200 + 180, 650 + 200 + 210]
    assert f["A"].read("position.bars") == 1 and f["B"].read("position.bars") == 3


def test_the_high_water_mark_moves_once_an_event_after_all_marks() -> None:
    """A gains what B loses in one event: equity never was at 1,100, and nothing ever fell."""
    f = floor("A B", [LONG])
    f.event(flats(A=100, B=100), {"A": buy(5.0), "B": buy(5.0)})
    f.event(flats(A=100, B=100))
    f.event(flats(A=120, B=80))
    assert f.account.b[at.HIGH_WATER] == 1000 and f.account.b[at.MAX_DRAWDOWN] == 0
    f.event(flats(A=120, B=60))
    assert f.account.b[at.MAX_DRAWDOWN] == pytest.approx(0.1) and f["A"].read("drawdown") == pytest.approx(0.1)


def test_order_numbers_are_of_the_account() -> None:
    f = floor("A B", [LONG])
    for _ in range(3):
        f.event(flats(A=100, B=100), {"A": buy(1.0), "B": buy(1.0)})
    assert [o["order"] for o in f["A"].orders] == [0, 2] and [o["order"] for o in f["B"].orders] == [1, 3]


# --- what fits -----------------------------------------------------------------------------------------


def test_what_others_hold_and_wait_for_bounds_an_entry() -> None:
    """The implied 100 % of equity: A is accepted with 700, of B's 600 there is room for 300."""
    f = floor("A B", [LONG])
    f.event(flats(A=100, B=100), {"A": buy(7.0), "B": buy(6.0)})
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 7, "B": 3}
    (order,) = f["B"].orders
    assert (status(order), why(order), order["asked"]) == ("reduced", "exposure", 6)
    f.event(flats(A=100, B=100), {"B": buy(1.0)})
    assert status(f["B"].orders[-1]) == "denied", "what A holds now counts as what it waited for"


def test_what_others_hold_counts_at_what_it_is_worth_now() -> None:
    """5 A at 100 are 500 of 1,000; at 160 they are 800 of 1,300, and leave 500 for B."""
    f = floor("A B", [LONG])
    f.event(flats(A=100, B=100), {"A": buy(5.0)})
    f.event(flats(A=100, B=100))
    f.event(flats(A=160, B=100), {"B": buy(9.0)})
    f.event(flats(A=160, B=100))
    assert f.sizes() == {"A": 5, "B": pytest.approx(5, rel=1e-12)}


def test_net_exposure_counts_what_others_hold_and_wait_for_with_their_sides() -> None:
    """30 % of 1,000: A's 3 fill it; B's short of 5 is 2 net the other way, and makes room for 5 of A, of 9 asked."""
    f = floor("A B", [LONG, EXIT, SHORT], [ROOMY, GuardSpec("net_exposure", 0.3)])
    f.event(flats(A=100, B=100), {"A": buy(9.0), "B": {2: {"size": 5.0}}})
    f.event(flats(A=100, B=100), {"A": buy(9.0)})
    f.event(flats(A=100, B=100), {"B": {2: {"size": 1.0}}})
    assert f.sizes() == {"A": 8, "B": -5}
    assert [(status(o), why(o), o["got"]) for o in f["A"].orders] == [("reduced", "net_exposure", g) for g in (3, 5)]
    assert f["A"].read("exposure.net") == pytest.approx(0.3)


def test_open_risk_is_that_of_all_symbols_and_of_what_waits() -> None:
    """3 % of 1,000: A puts 2 x 10 at risk, which leaves 10 for B: 2 of 4, and for A nothing. At 110 A's are 2 x 20."""
    entry = EnterSpec("long", "units", has_stop=True, scale=5)
    f = floor("A B", [entry, EXIT], [ROOMY, GuardSpec("open_risk", 0.03, "flatten")])
    wish = {"stop_slope": 1.0}
    first, second = wish | {"size": 2.0, "stop": -10.0}, wish | {"size": 4.0, "stop": -5.0}
    f.event(flats(A=100, B=100), {"A": {0: first}, "B": {0: second}})
    f.event(flats(A=100, B=100), {"A": {0: first}})
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 2, "B": 2}
    assert [(status(o), why(o)) for o in (f["B"].orders[0], f["A"].orders[-1])] == [
        ("reduced", "open_risk"), ("denied", "open_risk"),
    ]  # fmt: skip
    assert f.account.k[at.TRIPS] == 0, "30 of 1,000 is the limit, not above it"
    f.event(flats(A=110, B=100))
    f.event(flats(A=110, B=100))
    assert f.account.k[at.TRIPS] == 1 and f.sizes() == {"A": 0, "B": 0}, "2 x 20 + 2 x 5 of 1,020"


def test_an_entry_that_no_open_has_filled_counts_at_later_events() -> None:
    """A's open is missing twice: its entry is one of the day's trades, takes a place and claims its 700 meanwhile."""
    late = {"A": (NA, 100, 100, 100), "B": flat(100)}
    for guard, told in (("day_trades", "day_trades"), ("positions", "positions"), ("exposure", "exposure")):
        f = floor("A B", [LONG], [GuardSpec(guard, 1), *([] if guard == "exposure" else [ROOMY])])
        f.event(flats(A=100, B=100), {"A": buy(7.0)})
        f.event(late)
        f.event(late, {"B": buy(4.0)})
        f.event(flats(A=100, B=100))
        assert f.sizes() == {"A": 7, "B": pytest.approx(3.0 if guard == "exposure" else 0.0, rel=1e-12)}
        assert [why(o) for o in f["B"].orders] == [told]


def test_an_exit_that_meets_no_open_frees_no_room() -> None:
    """Of 1,000, 10 B at 100 are to leave, and B has no bar for a while: A is entered beside them at the close that
    decides both, never again until they are gone."""
    f = floor("A B", [LONG, EXIT])
    f.event(flats(A=100, B=100), {"B": buy(10.0)})
    f.event(flats(A=100, B=100), {"B": sell()})
    f.event(flats(A=100), {"A": buy(5.0)})
    assert status(f["A"].orders[-1]) == "denied" and why(f["A"].orders[-1]) == "exposure"
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 0, "B": 0}
    f.event(flats(A=100, B=100), {"A": buy(5.0)})
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 5, "B": 0}


def test_a_position_that_cannot_leave_keeps_its_place() -> None:
    f = floor("A B", [LONG, EXIT], [ROOMY, GuardSpec("positions", 1)])
    f.event(flats(A=100, B=100), {"B": buy(1.0)})
    f.event(flats(A=100, B=100), {"B": sell()})
    f.event(flats(A=100), {"A": buy(1.0)})
    assert why(f["A"].orders[-1]) == "positions"


def test_each_share_is_of_the_equity_less_what_the_others_will_cost() -> None:
    """With a fee of 1 % half of 1,000 is 500 / 101 units and a cost of 500 / 101; half of the rest is the other's."""
    f = floor("A B", [SHARE], fee="1%")
    f.event(flats(A=100, B=100), {"A": buy(0.5), "B": buy(0.5)})
    f.event(flats(A=100, B=100))
    first = 500 / 101
    assert f["A"].orders[0]["got"] == pytest.approx(first, rel=1e-12)
    assert f["B"].orders[0]["got"] == pytest.approx(0.5 * (1000 - first) / 101, rel=1e-12)
    assert f.equity[-1] == pytest.approx(1000 - first - 0.5 * (1000 - first) / 101, rel=1e-12)


def test_a_guard_on_position_is_of_each_symbol() -> None:
    f = floor("A B", [LONG], [GuardSpec("position", 0.4), ROOMY])
    f.event(flats(A=100, B=100), {"A": buy(7.0), "B": buy(6.0)})
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 4, "B": 4} and why(f["B"].orders[0]) == "position"


def test_what_rests_claims_room_of_the_others() -> None:
    f = floor("A B", [EnterSpec(side, "units", rest="limit", life="open") for side in ("long", "short")])
    wish = {0: {"size": 4.0, "limit": 90.0}, 1: {"size": 5.0, "limit": 110.0}}
    f.event(flats(A=100, B=100), {"A": wish})
    f.event(flats(A=100, B=100), {"B": {0: {"size": 9.0, "limit": 100.0}}})
    # the larger side is 5 at 110; of 1,000 there are 450 left, at 100
    (moved,) = _resting(f, "B")
    assert moved == pytest.approx(4.5, rel=1e-12)


def _resting(f: Floor, name: str) -> list[float]:
    """Quantities of the orders of a book that rest."""
    s = f[name].state
    orders = [s.k[at.ORDERS] + n * at.ORDER_WIDTH for n in range(s.k[at.STATEMENT_COUNT])]
    return [s.b[order + at.AMOUNT] for order in orders if s.b[order + at.STATE] >= at.RESTS]


def test_orders_of_a_minute_are_those_of_all_books() -> None:
    f = floor("A B", [LONG], [GuardSpec("orders_per_minute", 1), ROOMY])
    f.event(flats(A=100, B=100), {"A": buy(1.0), "B": buy(1.0)})
    f.event(flats(A=100, B=100), {"B": buy(1.0)})
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 1, "B": 1}
    assert [(status(o), why(o)) for o in f["B"].orders] == [("denied", "orders_per_minute"), ("filled", "")]


def test_positions_counts_symbols_held_or_being_entered() -> None:
    f = floor("A B C", [LONG, EXIT], [GuardSpec("positions", 2)])
    bars = flats(A=100, B=100, C=100)
    f.event(bars, {"C": buy(1.0), "A": buy(1.0), "B": buy(1.0)})
    f.event(bars, {"C": buy(1.0), "A": buy(1.0)})  # more of one held is no further position
    assert [why(o) for o in f["C"].orders] == ["positions", "positions"]
    f.event(bars, {"A": sell(), "C": buy(1.0)})  # what leaves makes room in the same event
    f.event(bars)
    assert f.sizes() == {"A": 0, "B": 1, "C": 1}


def test_day_trades_and_day_losses_count_all_symbols() -> None:
    f = floor("A B C", [LONG, EXIT], [GuardSpec("day_trades", 2)])
    bars = flats(A=100, B=100, C=100)
    f.event(bars, {"A": buy(1.0)}, day=True)
    f.event(bars, {"B": buy(1.0), "C": buy(1.0)})
    f.event(flats(C=100), {"C": buy(1.0)}, day=True)  # A and B have no bar on the new day: what they did was yesterday
    f.event(flats(C=100))
    assert [why(o) for o in f["C"].orders] == ["day_trades", ""], "B, which waits, and C make two"
    assert f.sizes() == {"A": 1, "B": 0, "C": 1}

    f = floor("A B", [LONG, EXIT], [GuardSpec("day_losses", 1)])
    f.event(flats(A=100, B=100), {"A": buy(1.0)}, day=True)
    f.event(flats(A=100, B=100), {"A": sell()})
    f.event(flats(A=99, B=100), {"B": buy(1.0)})
    f.event(flats(A=99, B=100), {"B": buy(1.0)}, day=True)
    f.event(flats(A=99, B=100))
    assert [why(o) for o in f["B"].orders] == ["day_losses", ""] and f.sizes() == {"A": 0, "B": 1}


# --- who acts first --------------------------------------------------------------------------------------


def test_entries_compete_in_panel_order_unless_another_is_preferred() -> None:
    guards = [GuardSpec("positions", 1)]
    bars = flats(A=100, B=100, C=100)
    wish = {name: buy(1.0) for name in "ABC"}
    ranked = [({}, "A"), ({"A": 1.0, "B": 3.0, "C": 2.0}, "B"), ({"C": -5.0}, "C"), ({"B": 1.0, "C": 1.0}, "B")]
    for prefer, first in ranked:
        f = floor("A B C", [LONG], guards)
        f.event(bars, wish, prefer=prefer)
        f.event(bars)
        assert [name for name in f if f.sizes()[name]] == [first]
        denied = [name for name in f if f[name].orders and status(f[name].orders[0]) == "denied"]
        assert len(denied) == 2


def test_all_leave_before_any_enters() -> None:
    """A stands before B in the panel; B's exit still makes room for A's entry."""
    f = floor("A B", [LONG, EXIT])
    f.event(flats(A=100, B=100), {"B": buy(10.0)})
    f.event(flats(A=100, B=100))
    f.event(flats(A=100, B=100), {"A": buy(10.0), "B": sell()})
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 10, "B": 0} and status(f["A"].orders[0]) == "filled"


def test_no_fill_sees_the_close_of_another_book_of_its_event() -> None:
    """B's entry is sized again at its open, when A is worth what it was at the last close."""
    f = floor("A B", [SHARE], [ROOMY], sizing="fill")
    f.event(flats(A=100, B=100), {"A": buy(0.5)})
    f.event(flats(A=100, B=100), {"B": buy(0.5)})
    f.event({"A": (100, 200, 100, 200), "B": flat(100)})
    assert f.sizes() == {"A": 5, "B": 5}


# --- guards ------------------------------------------------------------------------------------------------


def held(guard: GuardSpec, **assume: object) -> Floor:
    """4 A and 4 B at 100, and C flat."""
    f = floor("A B C", [LONG, EXIT], [guard, *([] if guard.kind == "exposure" else [ROOMY])], **assume)
    f.event(flats(A=100, B=100, C=100), {"A": buy(4.0), "B": buy(4.0)})
    f.event(flats(A=100, B=100, C=100))
    return f


def test_a_drawdown_flattens_every_book_also_one_without_a_bar_now() -> None:
    f = held(GuardSpec("drawdown", 0.1, "flatten"))
    f.event(flats(A=75, C=100), {"C": buy(1.0)})  # 1,000 -> 900
    assert f.account.k[at.TRIPS] == 1 and f.account.k[at.HALTED] == at.FOR_EVER
    assert why(f["C"].orders[0]) == "halted", "no new risk at the very close that tripped it"
    assert f.sizes() == {"A": 4, "B": 4, "C": 0}
    f.event(flats(A=74, C=100))
    assert f.sizes() == {"A": 0, "B": 4, "C": 0}, "B has no bar yet"
    f.event(flats(A=74, B=90, C=100))
    assert f.sizes() == {"A": 0, "B": 0, "C": 0}
    for name, price in (("A", 74), ("B", 90)):
        (trade,) = f[name].trades
        assert reason(trade) == "guard" and trade["exit_price"] == price
        (order,) = [o for o in f[name].orders if o["kind"] == 3]
        assert why(order) == "drawdown" and status(order) == "filled"
    assert not f.halts, "the exits say it"
    assert f.cash == 1000 - 4 * 26 - 4 * 10


def test_flatten_at_this_close_closes_those_with_a_bar_now() -> None:
    f = held(GuardSpec("drawdown", 0.1, "flatten"), fill="this_close")
    f.event(flats(A=75, C=100))
    assert f.sizes() == {"A": 0, "B": 4, "C": 0}
    f.event({"B": (95, 96, 94, 95)})
    assert f.sizes()["B"] == 0 and f["B"].trades[0]["exit_price"] == 95 and f["B"].trades[0]["exit_moment"] == 0


def test_a_halt_is_said_once_and_stops_entries_of_all() -> None:
    f = held(GuardSpec("drawdown", 0.1, "halt"))
    f.event(flats(A=75, B=100, C=100))
    (row,) = f.halts
    assert status(row) == "halted" and why(row) == "drawdown"
    f.event(flats(A=75, B=100, C=100), {"C": buy(1.0), "B": sell()})
    f.event(flats(A=75, B=100, C=100))
    assert f.sizes() == {"A": 4, "B": 0, "C": 0} and why(f["C"].orders[0]) == "halted"


def test_a_book_knows_which_guards_of_the_account_have_acted() -> None:
    f = held(GuardSpec("daily_loss", 0.05, "halt"))
    f.event(flats(A=85, B=100, C=100))
    f.event(flats(A=85, B=100, C=100))
    flags = [k[k[at.GUARDS] + at.TRIPPED] for k in (f.account.k, *(f[name].state.k for name in f))]
    assert flags == [1, 1, 1, 1]
    f.event(flats(A=85, B=100, C=100), day=True)
    assert [f[name].state.k[f[name].state.k[at.GUARDS] + at.TRIPPED] for name in f] == [0, 0, 0]


def test_positions_over_their_limit_are_those_held_now() -> None:
    """What waits to leave makes room for another entry; where it cannot leave, both are held, which is one too many."""
    f = floor("A B C", [LONG, EXIT], [GuardSpec("positions", 1, "flatten"), ROOMY])
    f.event(flats(A=100, B=100, C=100), {"A": buy(1.0)})
    f.event(flats(A=100, B=100, C=100))
    f.event(flats(A=100, B=100, C=100))
    assert f.sizes() == {"A": 1, "B": 0, "C": 0} and f.account.k[at.TRIPS] == 0
    assert f.account.k[at.OTHERS_HELD] == 1
    f.event(flats(A=100, B=100, C=100), {"A": sell(), "B": buy(1.0)})
    f.event(flats(B=100, C=100))  # B fills, A has no bar to leave at: two are held
    assert f.account.k[at.TRIPS] == 1 and f.account.k[at.HALTED] == at.FOR_EVER
    f.event(flats(A=100, B=100, C=100))
    assert f.sizes() == {"A": 0, "B": 0, "C": 0}


def test_losses_of_the_day_are_trades_that_lost_not_entries() -> None:
    f = floor("A B C", [LONG, EXIT], [GuardSpec("day_losses", 2), ROOMY])
    f.event(flats(A=100, B=100, C=100), {"A": buy(1.0), "B": buy(1.0)}, day=True)
    f.event(flats(A=100, B=100, C=100), {"A": sell()})
    f.event(flats(A=99, B=100, C=100), {"B": sell()})
    f.event(flats(A=99, B=101, C=100), {"C": buy(1.0)})  # two entries, one loss, one gain
    f.event(flats(A=99, B=101, C=100))
    assert f.sizes() == {"A": 0, "B": 0, "C": 1}


def test_reduce_takes_from_every_book_in_proportion() -> None:
    """4 A at 200 and 4 B at 100 are 1,200 of 1,400; a limit of 60 % is 840: A leaves 240 and B 120 of value."""
    f = floor("A B", [LONG], [GuardSpec("exposure", 0.6, "reduce")])
    f.event(flats(A=100, B=100), {"A": buy(4.0), "B": buy(2.0)})
    f.event(flats(A=100, B=100))
    f.event(flats(A=200, B=100))  # 800 + 200 of 1,400
    f.event(flats(A=200, B=100))
    total = 0.6 * 1400
    assert f.sizes()["A"] == pytest.approx(total * 0.8 / 200, rel=1e-9)
    assert f.sizes()["B"] == pytest.approx(total * 0.2 / 100, rel=1e-9)


def reducing(limit: float = 0.7) -> Floor:
    """4 A and 4 B at 100, of 1,000; A's exits are statement 1."""
    f = floor("A B", [LONG, ExitSpec("long", "units")], [GuardSpec("exposure", limit, "reduce"), ROOMY])
    f.event(flats(A=100, B=50), {"A": buy(4.0), "B": buy(4.0)})
    f.event(flats(A=100, B=50))
    return f


def leave(size: float) -> dict[int, dict[str, float]]:
    return {1: {"size": size}}


def test_reduce_orders_nothing_for_what_waits_to_leave_already() -> None:
    """A's 400 wait for an open; what stays are 600 of 1,400, within 70 %."""
    f = reducing()
    f.event(flats(A=100, B=50), {"A": leave(4.0)})
    f.event(flats(B=150))
    assert f.account.k[at.TRIPS] == 0 and all(o["statement"] >= 0 for n in f for o in f[n].orders)
    f.event(flats(A=100, B=150))
    f.event(flats(A=100, B=150))
    assert f.sizes() == {"A": 0, "B": 4}


def test_reduce_takes_what_is_too_much_of_what_stays() -> None:
    """1 A of 4 waits: 300 and 600 of 1,400 stay, 60 more than 60 %: a third of it of A, besides its exit."""
    f = reducing(0.6)
    f.event(flats(A=100, B=50), {"A": leave(1.0)})
    f.event(flats(B=150))
    f.event(flats(A=100, B=150))
    assert f.sizes()["A"] == pytest.approx(4 - 1 - 0.2, rel=1e-9)
    assert f.sizes()["B"] == pytest.approx(4 - 40 / 150, rel=1e-9) and f.account.k[at.TRIPS] == 1


def test_what_reduce_ordered_itself_is_not_taken_of_others_while_it_waits() -> None:
    """A has no bar for three events, and B left its share at the first open; then A rises and more is too much."""
    f = reducing(0.6)
    for _ in range(4):
        f.event(flats(B=150))
    assert f.account.k[at.TRIPS] == 1 and f.sizes()["B"] == pytest.approx(0.6 * 1400 * 0.6 / 150, rel=1e-9)
    f.event(flats(B=200))
    equity = 1400 + f.sizes()["B"] * 50
    assert f.account.k[at.TRIPS] == 2
    f.event(flats(A=100, B=200))
    assert f.sizes()["A"] * 100 + f.sizes()["B"] * 200 == pytest.approx(0.6 * equity, rel=1e-9)


def test_reduce_of_a_position_takes_from_that_book_alone() -> None:
    f = held(GuardSpec("position", 0.45, "reduce"))
    f.event(flats(A=150, B=100, C=100))  # A is 600 of 1,200
    f.event(flats(A=150, B=100, C=100))
    assert f.sizes()["B"] == 4 and f.sizes()["A"] * 150 == pytest.approx(0.45 * 1200, rel=1e-9)
    assert f.account.k[at.TRIPS] == 1


def test_a_daily_loss_is_of_the_account_and_reset_by_its_day() -> None:
    f = held(GuardSpec("daily_loss", 0.05, "halt"))
    f.event(flats(A=100, B=100, C=100), day=True)
    f.event(flats(A=85, B=100, C=100), {"C": buy(1.0)})
    assert f.account.k[at.HALTED] == at.UNTIL_DAY and why(f["C"].orders[0]) == "halted"
    f.event(flats(A=85, B=100, C=100), {"C": buy(1.0)}, day=True)
    f.event(flats(A=85, B=100, C=100))
    assert f.sizes()["C"] == 1


def test_an_entry_that_rests_is_asked_at_its_fill_by_the_account() -> None:
    f = floor("A B", [EnterSpec("long", "units", rest="limit", life="open"), LONG], [GuardSpec("loss", 0.1), ROOMY])
    f.event(flats(A=100, B=100), {"A": {0: {"size": 1.0, "limit": 90.0}}, "B": {1: {"size": 8.0}}})
    f.event(flats(A=100, B=100))
    f.event(flats(A=100, B=80))  # 160 of 1,000 are lost
    f.event(flats(A=90, B=80))
    assert f.sizes()["A"] == 0 and (status(f["A"].orders[0]), why(f["A"].orders[0])) == ("cancelled", "loss")


# --- one of several is one alone ---------------------------------------------------------------------------


def order_number(order: dict[str, float]) -> float:
    return order["order"]


def walk(seed: int, bars: int) -> list[Bar]:
    rng, close, made = random.Random(seed), 100.0, []
    for _ in range(bars):
        open_ = close * (1 + rng.gauss(0, 0.01))
        close = open_ * (1 + rng.gauss(0, 0.02))
        made.append((open_, max(open_, close) * 1.01, min(open_, close) * 0.99, close))
    return made


@pytest.mark.parametrize("alone", [True, False], ids=["the only book", "beside one that never trades"])
@pytest.mark.parametrize("fill", ["next_open", "this_close"])
def test_a_book_that_shares_with_nobody_has_the_bits_of_a_single_run(alone: bool, fill: str) -> None:
    statements = [
        EnterSpec("long", "fraction", has_stop=True, has_target=True, scale=2), ExitSpec("long", "fraction", once=True),
        EnterSpec("short", "fraction", rest="limit", life="bars"), ExitSpec("short"),
    ]  # fmt: skip
    limits = ("drawdown", 0.3, "flatten"), ("daily_loss", 0.03, "halt"), ("exposure", 1.2, "reduce")
    guards = [GuardSpec(*limit) for limit in limits]
    one = desk(statements, guards, bars_per_day=10, fee="0.1%", slippage="2bp", fill=fill, path="worst")
    f = floor("A" if alone else "Z A", statements, guards, fee="0.1%", slippage="2bp", fill=fill, path="worst")
    rng = random.Random(7)
    for index, bar in enumerate(walk(3, 400)):
        wishes: dict[int, dict[str, float]] = {}
        for statement in range(4):
            if rng.random() < 0.2:
                close = bar[3]
                wishes[statement] = {"size": 0.4, "stop": close * 0.97, "stop_slope": 0.0, "target": close * 1.04,
                                     "limit": close * 1.01, "life": 3.0}  # fmt: skip
                if statement != 0:
                    wishes[statement] = {n: v for n, v in wishes[statement].items() if n in ("size", "limit", "life")}
        one.bar(bar, wishes)
        f.event({"A": bar, **({} if alone else {"Z": flat(1.0)})}, {"A": wishes}, day=index > 0 and index % 10 == 0)
    one.finish()
    f.finish()
    assert f.equity == one.equity and len(one.trades) > 30 and one.counter("guard_trips") > 0
    assert [t["pnl"] for t in f["A"].trades] == [t["pnl"] for t in one.trades]
    rows = sorted([*f["A"].orders, *f.halts], key=order_number), sorted(one.orders, key=order_number)
    mine, theirs = ([o | {"side": 0} if status(o) == "halted" else o for o in r] for r in rows)
    assert str(mine) == str(theirs), "a halt is of the account, which has no side"
