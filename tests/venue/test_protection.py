"""Stops, targets, trails, takes, ages and guards at a venue: orders as any, and what is done when it refuses."""

from __future__ import annotations

import pytest

from .host import HOUR, START, Host

BRACKET = "enter long when bar_index == 0 size 10 units stop 95 target 110\n"


def held(text: str = BRACKET, quantity: float = 10.0, **options: object) -> Host:
    host = Host(text, **options)
    host.push(100.0)
    host.fill(0, quantity, 100.0)
    return host


def test_a_lot_that_is_filled_sends_its_levels_and_the_one_that_fills_ends_the_others() -> None:
    host = held()
    stop, target = host.sent("stop"), host.sent("target")
    assert (stop["kind"], stop["trigger"], stop["trade"], stop["quantity"]) == ("trigger", 95.0, "sell", 10.0)
    assert (target["kind"], target["limit"], target["reduce_only"], target["lot"]) == ("limit", 110.0, True, 0)
    host.fill(target["id"], 10.0, 110.0)
    assert host.last("stop")["what"] == "cancel" and host.session.position == 0.0
    assert host.rows["trade"][0]["reason"] == "target"
    host.say("cancel", stop["id"])
    assert host.session.orders == []


def test_levels_follow_the_parts_of_a_lot() -> None:
    host = held("enter long when bar_index == 0 size 10 units stop 5% target 10%\n", 4.0)
    assert (host.sent("stop")["quantity"], host.sent("stop")["trigger"]) == (4.0, 95.0)
    host.say("ack", host.sent("stop")["id"])
    host.fill(0, 6.0, 110.0)
    stop = host.last("stop")
    assert (stop["what"], stop["quantity"], stop["trigger"]) == ("replace", 10.0, pytest.approx(106.0 * 0.95))
    host.fill(host.sent("target")["id"], 3.0, 117.0)
    assert host.last("stop")["quantity"] == 7.0, "what is left of the lot"


def test_both_levels_may_fill_and_the_position_is_what_the_venue_says() -> None:
    host = held()
    host.fill(host.sent("target")["id"], 10.0, 110.0)
    host.fill(host.sent("stop")["id"], 10.0, 95.0)
    assert host.session.position == -10.0
    assert host.log[-1]["note"] == "after its end, opens what nothing ordered"


def test_a_trail_that_moves_is_a_replacement() -> None:
    host = held("assume tick 1\nenter long when bar_index == 0 size 10 units trail 5ticks\n")
    host.push(100.0, 108.0, 100.0, 107.0)
    assert (host.last("trail")["what"], host.last("trail")["trigger"]) == ("replace", 103.0)
    asked = len(host.asked)
    host.push(106.0)
    assert len(host.asked) == asked, "it only tightens"


def test_a_lot_filled_inside_a_bar_knows_the_prices_it_was_told() -> None:
    text = "assume tick 1\nenter long when bar_index == 0 size 10 units limit 99 trail 5ticks\n"
    told, untold = Host(text), Host(text)
    for host in (told, untold):
        host.push(100.0)
        host.fill(0, 10.0, 99.0)
    told.say("price", 104.0)
    for host in (told, untold):
        host.push(100.0, 104.0, 98.0, 101.0)
    assert (told.last("trail")["trigger"], untold.last("trail")["trigger"]) == (99.0, 96.0)


def test_what_works_after_another_level_is_sent_with_that_level() -> None:
    host = held("enter long when bar_index == 0 size 10 units stop 95 stop 0r after 1r\n")
    first, second = [data for data in host.asked if data["role"] == "stop"]
    assert (first["trigger"], first["after"]) == (95.0, None)
    assert (second["trigger"], second["after"]) == (100.0, 105.0)
    host.say("trigger", second["id"])
    assert host.session.orders[-1]["after"] is None and host.log[-1]["state"] == "triggered"


def test_a_bar_that_touched_it_arms_it_in_any_case() -> None:
    host = held("enter long when bar_index == 0 size 10 units stop 95 stop 0r after 1r\n")
    host.push(100.0, 106.0, 100.0, 104.0)
    moved = host.last("stop")
    assert (moved["what"], moved["after"], moved["trigger"]) == ("replace", None, 100.0)


def test_a_take_is_of_the_first_quantity_and_of_what_comes_later() -> None:
    host = held("enter long when bar_index == 0 size 10 units stop 95 take 50% at 1r\n", 4.0)
    assert (host.sent("target")["quantity"], host.sent("target")["limit"]) == (2.0, 105.0)
    host.fill(0, 6.0, 100.0)
    assert host.last("target")["quantity"] == 5.0
    host.fill(host.sent("target")["id"], 2.0, 105.0)
    assert host.session.orders[-1]["quantity"] == 5.0 and host.live()["target"]["filled"] == 2.0
    host.fill(host.sent("target")["id"], 3.0, 105.0)
    assert "target" not in host.live() and host.last("stop")["quantity"] == 5.0


def test_age_orders_a_lot_out() -> None:
    host = held("enter long when bar_index == 0 size 10 units expire 2 bars\n")
    host.push(100.0), host.push(100.0)
    out = host.sent("expire")
    assert (out["kind"], out["quantity"], out["trade"]) == ("market", 10.0, "sell")
    host.fill(out["id"], 4.0, 101.0)
    assert [row["kind"] for row in host.rows["order"]] == ["enter"]
    host.fill(out["id"], 6.0, 102.0)
    row = host.rows["order"][-1]
    assert (row["kind"], row["got"], row["asked"], row["fill_price"]) == ("expire", 10.0, 10.0, pytest.approx(101.6))


def test_the_next_open_is_sent_at_the_close_before() -> None:
    host = held("enter long when bar_index == 0 size 10 units expire next_open\n")
    assert "expire" not in [data["role"] for data in host.asked]
    host.push(100.0)
    assert (host.sent("expire")["fill"], host.sent("expire")["quantity"]) == ("next_open", 10.0)


def test_a_time_of_day_that_passes_between_two_bars_is_known_by_a_price_with_its_time() -> None:
    host = held('enter long when bar_index == 0 size 10 units expire "02:00"\n')
    host.push(100.0)  # closes at 02:00
    assert host.sent("expire")["fill"] == "this_close"
    later = held('enter long when bar_index == 0 size 10 units expire "05:00"\n')
    later.push(100.0)
    later.say("price", 100.0, time=START + 7 * HOUR)
    assert later.sent("expire")["fill"] == "next_open"


def test_a_guard_that_flattens_is_an_order_and_its_rejection_is_sent_again() -> None:
    host = held("enter long when bar_index == 0 size 500 units\nguard loss 2% then flatten\n", 500.0)
    host.push(95.0)
    out = host.sent("guard")
    assert (out["trade"], out["quantity"], out["reduce_only"]) == ("sell", 500.0, True)
    host.say("reject", out["id"], "market closed")
    assert host.log[-1]["note"] == "market closed: sent again after the next bar"
    assert "guard" not in host.live()
    host.push(94.0)
    assert host.live()["guard"]["quantity"] == 500.0
    host.fill(host.sent("guard")["id"], 500.0, 94.0)
    row = host.rows["order"][-1]
    assert (row["kind"], row["status"], row["reason"], row["got"]) == ("guard", "filled", "loss", 500.0)


def test_a_level_that_the_venue_would_not_hold_is_held_here() -> None:
    host = held()
    host.say("reject", host.sent("stop")["id"], "no stops")
    assert host.log[-1]["note"].startswith("no stops: the venue would not hold it")
    host.push(100.0, 100.0, 96.0, 97.0)
    assert "stop" not in host.live() and "target" in host.live()
    host.push(97.0, 97.0, 94.0, 96.0)
    out = host.live()["stop"]
    assert (out["kind"], out["quantity"], out["reduce_only"]) == ("market", 10.0, True)
    host.say("reject", out["id"])
    assert host.log[-1]["note"] == "sent again after the next bar"
    host.push(97.0)
    host.fill(host.live()["stop"]["id"], 10.0, 96.5)
    assert host.session.position == 0.0 and host.rows["trade"][0]["reason"] == "stop"
    assert host.last("target")["what"] == "cancel"


def test_a_level_that_the_venue_ended_unasked_is_held_too() -> None:
    host = held()
    host.say("cancel", host.sent("target")["id"])
    assert "the venue would not hold it" in host.log[-1]["note"]
    host.push(100.0, 111.0, 100.0, 111.0)
    assert host.live()["target"]["kind"] == "market"


def test_an_exit_that_rests_never_asks_for_more_than_is_held() -> None:
    host = held("enter long when bar_index == 0 size 10 units\nexit long when true limit 120\n", 4.0)
    host.push(100.0)
    assert (host.sent("exit")["quantity"], host.sent("exit")["limit"]) == (4.0, 120.0)
    host.fill(0, 6.0, 100.0)
    assert (host.last("exit")["what"], host.last("exit")["quantity"]) == ("replace", 10.0)


def test_one_cancels_the_other_at_the_first_part() -> None:
    host = Host("assume entries one_cancels_other\nenter long when bar_index == 0 limit 95 size 10 units valid 9 bars\n"
                "enter short when bar_index == 0 limit 105 size 10 units valid 9 bars\n")  # fmt: skip
    host.push(100.0)
    host.fill(0, 4.0, 95.0)
    assert [(data["id"], data["what"]) for data in host.asked] == [(0, "send"), (1, "send"), (1, "cancel")]
    assert host.rows["order"][0]["reason"] == "other_filled"
    host.fill(0, 6.0, 95.0)
    assert host.session.position == 10.0


def test_an_entry_in_whose_way_a_guard_stands_is_not_at_the_venue() -> None:
    host = held("enter long when bar_index == 0 size 500 units\n"
                "enter short when bar_index == 0 limit 101 size 10 units valid 9 bars\n"
                "guard loss 2%\n", 500.0)  # fmt: skip
    assert host.sent("enter")["id"] == 1
    host.push(95.0)
    host.push(94.0)
    live = [order for order in host.session.orders if order["role"] == "enter"]
    assert live and live[0]["limit"] == 101.0, "at its own price the loss is none"
    under = held("enter long when bar_index == 0 size 500 units\n"
                 "enter long when bar_index == 0 limit 90 size 10 units valid 9 bars\nguard loss 2%\n"
                 "guard exposure 200%\n", 500.0)  # fmt: skip
    assert under.last("enter")["what"] == "cancel"


LEVELS = """
enter {side} when bar_index == 0
  size 10 units
  stop 5%
  stop 1% after 4%
  trail 3% after 2%
  take 50% at 3%
  target 10%
"""


@pytest.mark.parametrize(("side", "way"), [("long", 1), ("short", -1)])
def test_every_level_is_measured_from_the_average_price(side: str, way: int) -> None:
    host = Host(LEVELS.format(side=side))
    host.push(100.0)
    host.fill(0, 4.0, 100.0)
    for order in host.session.orders[1:]:
        host.say("ack", order["id"])
    host.fill(0, 6.0, 110.0)
    entry = 106.0

    def off(share: float) -> object:
        return pytest.approx(entry * (1 + way * share))

    stop, moved, trail, take, target = (
        next(order for order in host.session.orders if order["role"] == role and (order["after"] is not None) == later
             and abs((order["limit"] or 0.0) / entry - 1.0) * 100 >= least)
        for role, later, least in (("stop", False, 0), ("stop", True, 0), ("trail", True, 0), ("target", False, 0),
                                   ("target", False, 9))
    )  # fmt: skip
    assert (stop["trigger"], stop["quantity"]) == (off(-0.05), 10.0)
    assert (moved["trigger"], moved["after"], moved["quantity"]) == (off(-0.01), off(0.04), 10.0)
    assert (trail["after"], trail["quantity"]) == (off(0.02), 10.0)
    assert (take["limit"], take["quantity"]) == (off(0.03), 5.0)
    assert (target["limit"], target["quantity"]) == (off(0.10), 10.0)


@pytest.mark.parametrize(("side", "high", "low"), [("long", 104.5, 100.0), ("short", 100.0, 95.5)])
def test_a_bar_arms_what_it_touched_and_nothing_else(side: str, high: float, low: float) -> None:
    host = Host(LEVELS.format(side=side))
    host.push(100.0)
    host.fill(0, 10.0, 100.0)
    assert sum(order["after"] is not None for order in host.session.orders) == 2
    host.push(100.0, max(100.0, 201.9 - high), min(100.0, 198.1 - low), 100.0)  # the other way, and less than 2 %
    assert sum(order["after"] is not None for order in host.session.orders) == 2
    host.push(100.0, high, low, 100.0)
    assert sum(order["after"] is not None for order in host.session.orders) == 0


def test_what_nothing_ordered_is_one_lot_of_its_side_at_its_average_price() -> None:
    host = held("enter long when bar_index == 0 size 10 units\nexit long when bar_index == 1\n")
    host.push(100.0)
    out = host.sent("exit")["id"]
    host.fill(out, 14.0, 100.0), host.fill(out, 4.0, 110.0), host.fill(0, 8.0, 90.0)
    trade = host.rows["trade"][-1]
    assert (trade["side"], trade["quantity"], trade["entry_price"]) == ("short", 8.0, 105.0)
    assert (trade["entry_statement"], trade["stop"], host.session.position) == (None, None, 0.0)
    assert (trade["mae"], trade["mfe"]) == (-40.0, 120.0), "it has seen 110 and 90"


def test_a_stop_that_filled_before_it_could_grow_leaves_the_rest_to_another() -> None:
    host = held("enter long when bar_index == 0 size 10 units stop 95\n", 4.0)
    stop = host.sent("stop")["id"]
    host.say("ack", stop)
    host.fill(0, 6.0, 100.0)
    assert (host.last("stop")["what"], host.last("stop")["quantity"]) == ("replace", 10.0)
    host.fill(stop, 4.0, 95.0)
    host.say("reject", stop, "filled")
    refused = next(row for row in host.log if row["what"] == "reject")
    assert (refused["state"], refused["note"]) == ("filled", "filled")
    assert (host.last("stop")["what"], host.last("stop")["quantity"]) == ("send", 6.0)
    assert host.last("stop")["id"] != stop
