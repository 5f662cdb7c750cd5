"""Legs of one `atomic`, worked by hand: validated together, placed all or none, filled at one event (law 17)."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec, HoldSpec
from stratagem.runtime.trading.state import Statement

from .driver import Bar, reason, status, why
from .several import Floor, flat, flats, floor

NA = float("nan")
LEG = HoldSpec(atomic=True)
A, B, C = ("A", 0), ("B", 5), ("C", 10)
ROOMY = GuardSpec("exposure", 1000.0)
ALL = flats(A=100, B=100, C=100)


def pair(*guards: GuardSpec, legs: int = 2, more: Sequence[Statement] = (), **assume: object) -> Floor:
    """A leg of each of the first symbols, one after another in the program, then further statements."""
    return floor(" ".join("ABC"[:legs]), [*[LEG] * legs, *more], guards, groups=[(A, B, C)[:legs]], **assume)


def wish(*sizes: float) -> dict[str, dict[int, dict[str, float]]]:
    """The size that the leg of each symbol is to hold."""
    return {name: {5 * place: {"size": size}} for place, (name, size) in enumerate(zip("ABC", sizes, strict=False))}


def fates(f: Floor, name: str) -> list[tuple[int, str, str]]:
    """Of each order of a book its statement, status and reason."""
    return [(int(o["statement"]), status(o), why(o)) for o in f[name].orders]


# --- together -----------------------------------------------------------------------------------------


def test_both_legs_fill_at_one_open() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    assert f.sizes() == {"A": 0, "B": 0}
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": 5, "B": -10} and f.cash == 1000
    assert fates(f, "A") == [(0, "filled", "")] and fates(f, "B") == [(5, "filled", "")]


def test_a_leg_of_more_than_can_be_counted_denies_its_group() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=100), wish(0.5, 1e300))
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 0, "B": 0}
    assert fates(f, "A") == [(0, "denied", "other_leg")] and fates(f, "B") == [(5, "denied", "missing_size")]


def test_flatten_of_what_is_not_held_has_nothing_to_do_or_nothing_to_close_yet() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=100), wish(0.0, 0.0))
    assert fates(f, "A") == fates(f, "B") == [], "nothing is held and nothing waits: no row"
    g = pair(ROOMY, more=[EnterSpec("long", "units")])
    g.event(flats(A=100, B=100), {"A": {10: {"size": 1.0}}})
    g.event(flats(B=100))
    g.event({"A": (NA, 100, 100, 100), **flats(B=100)}, wish(0.0, 0.0))  # A's entry has met no open
    assert fates(g, "A") == [(0, "denied", "nothing_to_close")] and fates(g, "B") == []


def test_a_side_that_is_held_does_nothing_and_nothing_repeats() -> None:
    f = pair(ROOMY)
    for _ in range(4):
        f.event(flats(A=100, B=50), wish(0.5, -0.5))
    assert f.sizes() == {"A": 5, "B": -10} and len(f["A"].orders) == len(f["B"].orders) == 1
    f.event(flats(A=100, B=50), wish(0.9, -0.9))
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": 5, "B": -10}, "a leg says the side, its size is that of when it was taken"


def test_from_one_side_to_the_other_and_out() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    f.event(flats(A=100, B=50), wish(-0.5, 0.5))
    f.event(flats(A=110, B=50))
    assert f.sizes() == {"A": -5, "B": 10} and [reason(t) for t in f["A"].trades] == ["reverse"]
    f.event(flats(A=110, B=50), wish(0.0, 0.0))
    f.event(flats(A=110, B=50))
    assert f.sizes() == {"A": 0, "B": 0} and [reason(t) for t in f["B"].trades] == ["reverse", "signal"]


def test_a_reversal_of_all_equity_is_not_denied_for_what_leaving_costs() -> None:
    """Half long and half short of what is left once both sides that are held have been paid for."""
    f = pair(fee="1%")
    f.event(flats(A=100, B=100), wish(0.5, -0.5))
    f.event(flats(A=100, B=100), wish(-0.5, 0.5))
    f.event(flats(A=100, B=100))
    first = 500 / 101
    second = (1000 - 2 * first - 2 * first) / 2 / 101  # each entry and each exit costs 1 of 100
    assert f.sizes() == {"A": pytest.approx(-second, rel=1e-12), "B": pytest.approx(second, rel=1e-12)}


def test_legs_fill_at_the_close_that_decided_them() -> None:
    f = pair(ROOMY, fill="this_close")
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    assert f.sizes() == {"A": 5, "B": -10} and f["B"].orders[0]["fill_moment"] == 2
    f.event(flats(A=100, B=50), wish(0.0, 0.0))
    assert f.sizes() == {"A": 0, "B": 0}


def test_without_a_close_none_fills_at_it() -> None:
    f = pair(ROOMY, fill="this_close")
    f.event(flats(A=100, B=50))
    f.event({"A": flat(100), "B": (50, 50, 50, NA)}, wish(0.5, -0.5))
    assert f.sizes() == {"A": 0, "B": 0}
    assert fates(f, "A") == [(0, "denied", "other_leg")] and fates(f, "B") == [(5, "denied", "no_price")]


# --- all or none ----------------------------------------------------------------------------------------

FAILURES: list[tuple[str, float, GuardSpec, str]] = [
    ("a missing size", NA, ROOMY, "missing_size"),
    ("a cut", 1.5, GuardSpec("position", 1.0), "position"),
    ("less than a lot", 0.0001, ROOMY, "zero_quantity"),
]


@pytest.mark.parametrize("failing", [0, 1, 2])
@pytest.mark.parametrize("_, size, guard, denied", FAILURES, ids=[case[0] for case in FAILURES])
def test_a_failure_of_any_leg_leaves_nothing(failing: int, _: str, size: float, guard: GuardSpec, denied: str) -> None:
    """Law 17: the books, the account's money and what others may do are as if the group had never been wished."""
    f = pair(guard, *([ROOMY] if guard.kind == "position" else []), legs=3, lot=1)
    sizes = [0.5, -0.5, 0.25]
    sizes[failing] = size
    before = [*f.account.b[: at.ACCOUNT_FLOATS]]
    f.event(ALL, wish(*sizes))
    assert [*f.account.b[: at.ACCOUNT_FLOATS]][:6] == before[:6]
    f.event(ALL)
    assert f.sizes() == {"A": 0, "B": 0, "C": 0} and f.cash == 1000
    told = [fates(f, name) for name in "ABC"]
    for place, rows in enumerate(told):
        assert rows == ([(place * 5, "denied", "other_leg")] if place < failing else
                        [(place * 5, "denied", denied)] if place == failing else []), told  # fmt: skip
    assert f.account.b[at.OTHERS_CLAIM] == 0 and f.account.k[at.OTHERS_WAITING] == 0
    f.event(ALL, wish(0.5, -0.5, 0.25))
    f.event(ALL)
    assert f.sizes() == {"A": 5, "B": -5, "C": 2}


@pytest.mark.parametrize("guard", [GuardSpec("exposure", 0.8), GuardSpec("positions", 1), GuardSpec("day_trades", 1)])
def test_each_leg_is_weighed_with_those_before_it(guard: GuardSpec) -> None:
    f = pair(*([guard] if guard.kind == "exposure" else [guard, ROOMY]))
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": 0, "B": 0}
    assert fates(f, "A") == [(0, "denied", "other_leg")] and fates(f, "B") == [(5, "denied", guard.kind)]


def test_what_is_withdrawn_is_no_order_of_its_minute() -> None:
    """Two may be given: the pair that fails at its second leg leaves room for both of the next."""
    f = pair(GuardSpec("orders_per_minute", 2), GuardSpec("position", 0.6), ROOMY)
    f.event(flats(A=100, B=50), wish(0.5, 0.9))
    assert fates(f, "B") == [(5, "denied", "position")] and f.account.k[at.MINUTE_ORDERS] == 0
    f.event(flats(A=100, B=50), wish(0.5, 0.5))
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": 5, "B": 10} and f.account.k[at.MINUTE_ORDERS] == 2


def test_under_a_halt_all_legs_are_denied() -> None:
    f = pair(GuardSpec("drawdown", 0.1, "halt"), ROOMY, more=[EnterSpec("long", "units")])
    f.event(flats(A=100, B=50), {"A": {10: {"size": 8.0}}})
    f.event(flats(A=100, B=50))
    f.event(flats(A=80, B=50), wish(-0.5, -0.5))
    f.event(flats(A=80, B=50))
    assert f.sizes() == {"A": 8, "B": 0} and fates(f, "A")[-1] == (0, "denied", "halted") and not f["B"].orders


def test_a_leg_without_a_bar_now_denies_those_that_have_one() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=50))
    f.event(flats(A=100), wish(0.5, -0.5))
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": 0, "B": 0} and fates(f, "A") == [(0, "denied", "leg_absent")] and not f["B"].orders


# --- one event, or none -----------------------------------------------------------------------------------


def test_legs_wait_until_all_of_them_open() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    f.event(flats(A=90))
    f.event({"A": flat(90), "B": (NA, 50, 50, 50)})
    assert f.sizes() == {"A": 0, "B": 0}
    f.event(flats(A=80, B=40))
    assert f.sizes() == {"A": 5, "B": -10}
    assert f["A"].orders[0]["fill_index"] == 3 and f["B"].orders[0]["fill_index"] == 2
    assert [f[name].state.held_back(place) for name, place in (A, B)] == [2, 2]


def test_while_a_group_waits_it_is_not_wished_again() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    f.event(flats(A=100), wish(-0.5, 0.5))
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    assert f.sizes() == {"A": 5, "B": -10} and len(f["A"].orders) == 1


def test_a_leg_that_has_nothing_to_do_waits_with_its_group() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    f.event(flats(A=100, B=50), wish(0.5, 0.5))  # A is held, B has to turn
    f.event(flats(A=100), wish(0.0, 0.5))
    assert not [o for o in f["A"].orders if status(o) == "denied"], "its wish was not taken while B waits"
    f.event(flats(A=100, B=50))
    f.event(flats(A=100, B=50), wish(0.0, 0.0))
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": 0, "B": 0}


def test_after_five_events_without_every_open_a_group_ends() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    for _ in range(4):
        f.event(flats(A=100))
    assert not f["A"].orders
    f.event(flats(A=100))
    assert fates(f, "A") == [(0, "cancelled", "no_open")] and fates(f, "B") == [(5, "cancelled", "no_open")]
    f.event(flats(A=100, B=50), wish(0.5, -0.5))
    f.event(flats(A=100, B=50))
    assert f.sizes() == {"A": 5, "B": -10}, "it may be wished again"


def test_a_group_that_loses_an_order_ends_whole() -> None:
    """A is to be left and B to be sold; while they wait a guard cancels the entry, and the exit must not go alone."""
    f = pair(GuardSpec("drawdown", 0.1, "halt"), ROOMY, more=[EnterSpec("long", "units")])
    f.event(flats(A=100, B=50), {"A": {10: {"size": 8.0}}})
    f.event(flats(A=100, B=50))
    f.event(flats(A=100, B=50), wish(0.0, -0.5))
    f.event(flats(A=80))
    f.event(flats(A=80, B=50))
    assert fates(f, "A")[-1] == (0, "cancelled", "other_leg") and fates(f, "B")[-1] == (5, "cancelled", "guard")
    assert f.sizes() == {"A": 8, "B": 0}


def test_an_exit_of_what_has_gone_takes_the_others_with_it() -> None:
    """A's stop is hit while its leg waits for B to open."""
    f = pair(ROOMY, more=[EnterSpec("long", "units", has_stop=True)])
    f.event(flats(A=100, B=50), {"A": {10: {"size": 8.0, "stop": 90.0}}})
    f.event(flats(A=100, B=50))
    f.event(flats(A=100, B=50), wish(0.0, -0.5))
    f.event({"A": (100, 100, 85, 95)})
    f.event(flats(A=95, B=50))
    assert f.sizes() == {"A": 0, "B": 0} and [reason(t) for t in f["A"].trades] == ["stop"]
    assert fates(f, "A")[-1] == (0, "cancelled", "other_leg") and fates(f, "B")[-1] == (5, "cancelled", "other_leg")


def test_the_books_never_show_a_part() -> None:
    """Whatever opens or does not, after every event either both are held or neither."""
    for seed in range(40):
        rng = random.Random(seed)
        f = pair(fee="0.1%")
        for _ in range(60):
            bars: dict[str, Bar] = {}
            for name in "AB":
                price = 100 * (1 + 0.02 * rng.gauss(0, 1))
                if rng.random() < 0.8:
                    bars[name] = (NA if rng.random() < 0.1 else price, price, price, price)
            side = rng.choice((0.4, -0.4, 0.0))
            if bars:
                f.event(bars, wish(side, -side) if rng.random() < 0.4 else None)
                a, b = (f.sizes()[name] for name in "AB")
                assert (a > 0) == (b < 0) and (a < 0) == (b > 0), (seed, a, b)


def test_a_leg_without_a_close_is_sized_by_no_price_of_long_ago() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100, B=100), wish(0.4, 0.4))
    f.event(flats(A=100, B=100))
    f.event(flats(A=100, B=100), wish(0.0, 0.0))
    f.event(flats(A=100, B=100))
    f.event({"A": flat(400), "B": (100, 100, 100, NA)})
    f.event({"A": (400, 400, 400, NA), "B": flat(100)}, wish(0.4, 0.4))
    assert fates(f, "A")[-1] == (0, "denied", "no_price")
    f.event(flats(A=400, B=100))
    assert f.sizes() == {"A": 0, "B": 0} and f.cash == 1000


def test_a_leg_that_has_nothing_to_do_needs_no_close() -> None:
    f = pair(ROOMY)
    f.event({"A": flat(100), "B": (100, 100, 100, NA)}, wish(0.4, 0.0))
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 4, "B": 0}


def test_a_limit_that_leaves_every_whole_lot_of_a_leg_cuts_nothing() -> None:
    """Of 1,000 there may be 550: room for 5.5 A at 100, of 5.9 that are wished 5 in whole lots; B finds room for 1."""
    f = floor("A B", [HoldSpec("units", atomic=True)] * 2, [GuardSpec("exposure", 0.55)], groups=[(A, B)], lot=1)
    f.event(flats(A=100, B=20), wish(5.9, 1.2))
    f.event(flats(A=100, B=20))
    assert f.sizes() == {"A": 5, "B": 1} and fates(f, "A") == [(0, "filled", "")]


def test_a_leg_takes_anew_what_an_exit_leaves_at_its_close() -> None:
    """5 A are bought at 110, 5 B at 100; an exit of A and the legs come together: 50 % of 1,000 is 4.55 at 110."""
    f = pair(ROOMY, more=[ExitSpec("long")])
    f.event(flats(A=100, B=100), wish(0.5, 0.5))
    f.event(flats(A=110, B=100), {"A": {0: {"size": 0.5}, 10: {}}, "B": {5: {"size": 0.5}}})
    assert f.sizes() == {"A": 5, "B": 5}
    f.event(flats(A=110, B=100))
    assert f.sizes() == {"A": pytest.approx(500 / 110), "B": 5}
    assert fates(f, "A") == [(0, "filled", ""), (10, "filled", ""), (0, "filled", "")]


def test_a_group_is_not_weighed_where_a_symbol_of_it_has_no_bar_though_its_leg_has_nothing_to_do() -> None:
    f = pair(ROOMY)
    f.event(flats(A=100), {"A": {0: {"size": 0.5}}})
    f.event(flats(A=100, B=100))
    assert f.sizes() == {"A": 0, "B": 0} and fates(f, "A") == [(0, "denied", "leg_absent")] and not fates(f, "B")
