"""Fills as venues make them: late, in parts, worse, twice, never, after the end, too much. What it filled is booked."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg

from .host import HOUR, START, Host

ENTER = "enter long when {when} size 10 units\n"
PLAIN = ENTER.format(when="position.flat and bar_index == 0") + "exit long when bar_index == 2\n"


def entered(text: str = PLAIN, quantity: float = 10.0, price: float = 100.0) -> Host:
    host = Host(text)
    host.push(100.0)
    host.fill(host.sent("enter")["id"], quantity, price, fill="1")
    return host


def test_an_entry_is_asked_for_and_nothing_fills_by_itself() -> None:
    host = Host(PLAIN)
    host.push(100.0)
    asked = host.sent("enter")
    assert (asked["trade"], asked["kind"], asked["quantity"], asked["fill"]) == ("buy", "market", 10.0, "next_open")
    host.push(101.0)
    assert (host.session.position, host.cash) == (0.0, 100_000.0)
    assert "decision" not in host.rows, "a request is what says it at a venue"


def test_parts_of_one_order_are_one_lot_at_their_average_price() -> None:
    host = entered(quantity=4.0, price=100.0)
    assert host.session.position == 4.0
    assert "order" not in host.rows, "its fate is not known yet"
    host.fill(0, 6.0, 105.0, fee=2.0)
    assert (host.session.position, host.cash) == (10.0, 100_000.0 - 400.0 - 630.0 - 2.0)
    (row,) = host.rows["order"]
    assert (row["status"], row["got"], row["fill_price"]) == ("filled", 10.0, 103.0)
    assert (row["index"], row["fill_index"]) == (0, 1)
    assert [data["state"] for data in host.log] == ["sent", "partial", "filled"]
    host.push(104.0), host.push(104.0)
    host.fill(host.sent("exit")["id"], 10.0, 104.0)
    (trade,) = host.rows["trade"]
    assert (trade["entry_price"], trade["quantity"], trade["fees"]) == (103.0, 10.0, 2.0)


def test_a_late_fill_is_of_the_bar_in_which_it_came() -> None:
    host = Host(PLAIN)
    host.push(100.0), host.push(101.0)
    host.fill(0, 10.0, 101.5, time=START + 2 * HOUR + 60_000_000)
    (row,) = host.rows["order"]
    assert (row["fill_index"], row["fill_time"], row["fill_moment"]) == (2, START + 2 * HOUR, "inside")
    assert host.log[-1]["time"] == START + 2 * HOUR + 60_000_000


@pytest.mark.parametrize(("fill", "index", "moment"), [("next_open", 1, "open"), ("this_close", 0, "close")])
def test_a_market_order_fills_when_it_was_meant_to(fill: str, index: int, moment: str) -> None:
    host = Host(f"assume fill {fill}\n{PLAIN}")
    host.push(100.0)
    assert host.sent("enter")["fill"] == fill
    host.fill(0, 10.0, 100.0, time=START + HOUR + 1_000_000)  # a second after the close
    (row,) = host.rows["order"]
    assert (row["fill_index"], row["fill_moment"]) == (index, moment)


def test_a_price_worse_than_the_limit_is_booked_and_told() -> None:
    host = Host("enter long when bar_index == 0 limit 99 size 10 units\n")
    host.push(100.0)
    host.fill(0, 10.0, 99.5)
    assert host.session.position == 10.0 and host.log[-1]["note"] == "worse than its limit"
    other = Host("enter short when bar_index == 0 limit 101 size 10 units\n")
    other.push(100.0)
    other.fill(0, 10.0, 101.5)
    assert other.log[-1]["note"] == "", "a sale above its limit is better"


def test_the_same_fill_again_is_ignored_and_told() -> None:
    host = entered()
    before = (host.session.position, host.cash)
    host.push(100.0)
    host.fill(0, 10.0, 100.0, fill=1)  # a number and a text are one name
    assert (host.session.position, host.cash) == before
    assert host.log[-1]["note"] == "fill 1 was told before: ignored" and host.log[-1]["state"] == "filled"
    host.fill(0, 10.0, 100.0, fill="2")
    assert host.session.position == 20.0, "another name is another fill"


def test_an_order_that_never_fills_stays_and_is_not_sent_again() -> None:
    host = Host("enter long when true size 10 units\n")
    for _ in range(5):
        host.push(100.0)
    assert len(host.asked) == 1 and [order["id"] for order in host.session.orders] == [0]


def test_a_fill_after_a_cancel_is_booked_and_told() -> None:
    host = Host("enter long when bar_index == 0 limit 99 size 10 units\n")
    host.push(100.0), host.push(100.0)
    assert host.last("enter")["what"] == "cancel", "its one bar is over"
    host.fill(0, 4.0, 99.0)
    assert host.session.position == 4.0 and host.log[-1]["note"] == "after its end"
    host.say("cancel", 0)
    host.fill(0, 6.0, 99.0)
    assert host.session.position == 10.0 and host.log[-1]["state"] == "cancelled"
    assert [row["status"] for row in host.rows["order"]] == ["expired"]


def test_a_cancelled_part_stays_and_its_row_says_how_much() -> None:
    host = Host("enter long when bar_index == 0 limit 99 size 10 units\n")
    host.push(100.0)
    host.fill(0, 4.0, 99.0)
    host.push(100.0)
    (row,) = host.rows["order"]
    assert (row["status"], row["got"], row["fill_price"]) == ("expired", 4.0, 99.0)


def test_more_than_was_ordered_is_booked_and_told() -> None:
    host = entered(quantity=12.0)
    assert host.session.position == 12.0 and host.log[-1]["note"] == "more than ordered"


def test_more_than_is_held_opens_a_lot_of_its_own() -> None:
    host = entered()
    host.push(100.0), host.push(100.0)
    host.fill(host.sent("exit")["id"], 15.0, 110.0, fee=3.0)
    assert host.session.position == -5.0
    assert host.log[-1]["note"] == "more than ordered, opens what nothing ordered"
    assert host.rows["trade"][0]["fees"] == 2.0, "its part of the fee"
    host.fill(0, 5.0, 100.0)  # and the venue undoes it
    assert host.session.position == 0.0
    assert host.rows["trade"][1]["entry_statement"] is None
    assert host.cash == 100_000.0 - 1000.0 + 1650.0 - 3.0 - 500.0


def test_an_entry_against_a_position_closes_first() -> None:
    host = entered(PLAIN + "enter short when bar_index == 1 size 4 units\n")
    host.push(100.0)
    asked = host.sent("enter")
    assert (asked["trade"], asked["quantity"], asked["reduce_only"]) == ("sell", 14.0, False)
    host.fill(asked["id"], 3.0, 101.0)
    assert host.session.position == 7.0 and host.rows["trade"][0]["reason"] == "reverse"
    host.fill(asked["id"], 11.0, 102.0, fee=11.0)
    assert host.session.position == -4.0
    assert [trade["quantity"] for trade in host.rows["trade"]] == [3.0, 7.0]
    assert host.rows["trade"][1]["fees"] == pytest.approx(7.0)
    assert host.rows["order"][-1]["got"] == 4.0


def test_a_lot_of_a_new_day_knows_no_price_of_the_day_before() -> None:
    """The first that happens in a day may be a fill: the path that it is on begins there, and was never at 98. Also
    where the day ends an order."""
    host = Host("enter long when bar_index == 22 or bar_index == 23 size 10 units scale 1 target 103\n"
                "exit long when bar_index == 23 trigger 50 valid day\n")  # fmt: skip
    for _ in range(23):
        host.push(100.0)
    host.fill(host.sent("enter")["id"], 10.0, 99.0)
    host.say("price", 98.0)
    host.push(98.0)
    host.fill(host.sent("enter")["id"], 10.0, 100.0)  # nothing else has happened in the second day
    host.fill(host.sent("target")["id"], 10.0, 103.0)
    (trade,) = host.rows["trade"]
    assert (trade["entry_price"], trade["mae"], trade["mfe"]) == (100.0, 0.0, 30.0)


def test_the_assumed_fee_is_taken_where_none_is_told() -> None:
    host = Host(PLAIN, fee="0.1%")
    host.push(100.0)
    host.say("fill", 0, 10.0, 100.0)
    assert host.cash == 100_000.0 - 1000.0 - 1.0
    assert (host.log[-1]["fee"], host.log[-1]["note"]) == (1.0, "its fee is the assumed one")


def test_rounding_of_a_venue_leaves_no_crumbs() -> None:
    host = entered("enter long when bar_index == 0 size 1/3*100 units\nexit long when bar_index == 1\n", 33.33333333333)
    host.push(100.0)
    host.fill(host.sent("exit")["id"], 33.3333333333, 100.0)
    assert host.session.position == 0.0 and host.session.orders == []


@pytest.mark.parametrize("order", [7, -1, "0", None, True, 0.0])
def test_an_order_that_nobody_sent_is_an_error(order: object) -> None:
    host = entered()
    with pytest.raises(sg.RunError, match=r"there is no order .*: expected the id of one .* last was 0"):
        host.session.on_fill(order, 1.0, 100.0)  # type: ignore[arg-type]
    with pytest.raises(sg.RunError, match="none was sent"):
        Host(PLAIN).session.on_ack(0)


@pytest.mark.parametrize(("given", "said"), [
    ({"quantity": 0.0}, "quantity: expected a number above 0"), ({"quantity": -1.0}, "the order says the side"),
    ({"quantity": "4"}, "quantity: expected a number"), ({"price": float("nan")}, "price: expected a number"),
    ({"quantity": np.bool_(True)}, "quantity: expected a number"),
    ({"price": True}, "price"), ({"fee": float("inf")}, "fee: expected a number"), ({"fill": ""}, "name of the fill"),
    ({"fill": 1.5}, "a text or a whole number"), ({"time": "soon"}, "the time of an event"),
    ({"price": 0.0}, "price: expected a number above 0"), ({"price": -5.0}, "price: expected a number above 0"),
    ({"quantity": 1e300, "price": 1e300}, "beyond what an account can hold"), ({"fee": -1e300}, "beyond"),
    ({"quantity": 1e20, "price": 1e20}, "beyond what an account can hold"),
    ({"time": "1900-01-01"}, "is before the bar of 2024-01-01T00:00:00Z"), ({"time": 1_704_067_200_000}, "are these s"),
    ({"time": START - 1}, "the first that it can be of"), ({"time": "2290"}, "more than a year after the last bar"),
])  # fmt: skip
def test_what_is_no_fill_changes_nothing(given: dict[str, object], said: str) -> None:
    host = entered(quantity=4.0)
    before = host.session.snapshot()
    with pytest.raises(sg.VenueError, match=said):
        host.session.on_fill(0, **{"quantity": 1.0, "price": 100.0, **given})  # type: ignore[arg-type]
    assert host.session.snapshot() == before


@pytest.mark.parametrize("what", ["ack", "trigger", "reject", "cancel", "unknown", "price"])
def test_a_moment_that_cannot_be_of_an_order_changes_nothing(what: str) -> None:
    host = entered(quantity=4.0)
    host.push(100.0)
    early = "2024-01-01T00:59:59" if what == "price" else "2023-12-31T23:59:59"  # of a price the last bar, at least
    before = host.session.snapshot()
    for time in (early, "2025-01-02T02:00:01", "1900", "2290"):
        with pytest.raises(sg.VenueError, match="the time of an event"):
            host.say(what, 100.0 if what == "price" else 0, time=time)
        assert host.session.snapshot() == before


def test_money_that_many_fills_bring_together_is_bounded() -> None:
    """Each is within what an account can hold; their sum is not, and nor is a price of what they left."""
    host = entered(quantity=4e29, price=1.0)
    host.fill(0, 5e29, 1.0)
    before = host.session.snapshot()
    for given in ((0, 2e29, 1e-6), (0, 1.0, 1.0, {"fee": 9.9e29}), (0, 1e29, 9.0)):
        with pytest.raises(sg.VenueError, match="beyond what an account can hold"):
            host.fill(*given[:3], **(given[3] if len(given) > 3 else {}))  # type: ignore[arg-type]
    for price in (2.0, 1e300):
        with pytest.raises(sg.VenueError, match="a price of .* is beyond what an account can hold"):
            host.say("price", price)
    assert host.session.snapshot() == before
    host.say("price", 1.05)
    assert Host(PLAIN).session.position == 0.0


def test_a_price_that_nobody_holds_anything_at_is_bounded_too() -> None:
    host = Host(PLAIN)
    host.push(100.0)
    with pytest.raises(sg.VenueError, match="a price of 1e.300"):
        host.say("price", 1e300)


def test_a_fill_before_its_order_was_sent_is_booked_and_told() -> None:
    """A clock that is behind by a second; bars of a day have no time of day, and close when they close."""
    host = Host(PLAIN)
    host.push(100.0)
    host.fill(0, 4.0, 100.0, time=START + HOUR - 1_000_000)
    assert host.session.position == 4.0 and host.log[-1]["note"] == "before it was sent"
    host.fill(0, 6.0, 100.0, time=START + HOUR)
    assert host.log[-1]["note"] == ""
    daily = Host(PLAIN, timeframe="1d")
    daily.push(100.0)
    daily.fill(0, 10.0, 100.0, time=START + 21 * HOUR)
    assert daily.log[-1]["note"] == ""


def test_a_simulated_run_is_told_nothing() -> None:
    session = sg.compile(PLAIN).session(timeframe="1h")
    with pytest.raises(sg.RunError, match='fills="venue"'):
        session.on_fill(0, 1.0, 1.0)
    with pytest.raises(sg.RunError, match='fills="venue"'):
        _ = session.orders
    with pytest.raises(sg.RunError, match="fills: expected simulated or venue, found 'paper'"):
        sg.compile(PLAIN).session(timeframe="1h", fills="paper")
    closed = Host(PLAIN).session
    closed.close()
    with pytest.raises(sg.RunError, match="closed"):
        closed.on_ack(0)
