"""The life of an order at a venue: one table says what may happen in which state; the rest is an error."""

from __future__ import annotations

from itertools import product

import pytest
import stratagem as sg
from stratagem.runtime.venue.orders import ENDED, STATES, TRANSITIONS

from .host import Host

TEXT = """
enter long when bar_index == 0
  limit 99
  size 10 units
  valid 50 bars
"""
TELLS = ("ack", "trigger", "fill", "reject", "cancel", "unknown")
WAYS = {
    "sent": (), "working": ("ack",), "triggered": ("trigger",), "partial": ("fill",), "filled": ("all",),
    "cancelled": ("cancel",), "rejected": ("reject",), "unknown": ("unknown",),
}  # fmt: skip


def tell(host: Host, what: str) -> None:
    if what in ("fill", "all"):
        host.fill(0, 2.0 if what == "fill" else 10.0, 99.0)
    else:
        host.say(what, 0)


def at(state: str) -> Host:
    host = Host(TEXT)
    host.push(100.0)
    for what in WAYS[state]:
        tell(host, what)
    return host


@pytest.mark.parametrize(("state", "what"), list(product(STATES, TELLS)))
def test_what_may_happen_in_which_state(state: str, what: str) -> None:
    host = at(state)
    assert host.log[-1]["state"] == state
    before = host.session.snapshot()
    known = TRANSITIONS[state]
    refused = what == "reject" and state in ("working", "triggered", "partial")  # nothing was asked that it could be of
    if what in known and not refused:
        tell(host, what)
        assert host.log[-1]["state"] == (known[what] or state)
        return
    with pytest.raises(sg.RunError, match=rf"order 0 is {state}: it cannot be told on_{what} now; expected on_"):
        tell(host, what)
    assert host.session.snapshot() == before


@pytest.mark.parametrize("state", STATES)
def test_an_order_is_listed_until_it_ends(state: str) -> None:
    assert [order["state"] for order in at(state).session.orders] == ([] if state in ENDED else [state])


def test_every_step_is_a_row_of_the_log_in_order() -> None:
    host = Host(TEXT)
    host.push(100.0)
    for what in ("ack", "unknown", "ack", "fill", "cancel"):
        tell(host, what)
    assert [row["what"] for row in host.log] == ["send", "ack", "unknown", "ack", "fill", "cancel"]
    assert [row["state"] for row in host.log] == ["sent", "working", "unknown", "working", "partial", "cancelled"]
    assert [row["seq"] for row in host.log] == list(range(6))
    assert [row["filled"] for row in host.log] == [0.0] * 4 + [2.0] * 2
    assert host.rows["order"][0]["status"] == "cancelled" and host.rows["order"][0]["reason"] == "venue"
    assert host.rows["order"][0]["got"] == 2.0


def test_a_rejection_ends_a_decision_with_its_reason() -> None:
    host = Host("enter long when true size 10 units\n")
    host.push(100.0)
    host.say("reject", 0, "insufficient funds")
    assert host.log[-1]["note"] == "insufficient funds"
    assert (host.rows["order"][0]["status"], host.rows["order"][0]["reason"]) == ("cancelled", "rejected")
    assert len(host.asked) == 1, "a rejection is not retried"
    host.push(100.0)
    assert host.asked[-1]["id"] == 1, "the statement wished again"


def test_nothing_is_asked_of_an_order_that_nobody_knows() -> None:
    host = Host("enter long when bar_index == 0 limit 99 size 10 units\nenter long when bar_index == 2 size 1 units\n")
    host.push(100.0)
    host.say("unknown", 0)
    host.push(100.0)  # its bar is over
    assert [data["what"] for data in host.asked] == ["send"]
    host.say("ack", 0)
    assert [data["what"] for data in host.asked] == ["send", "cancel"]


def test_a_statement_sends_no_second_order_before_the_first_has_ended() -> None:
    host = Host("enter long when true limit 99 size 10 units\nexit long when bar_index == 9\n"
                "cancel long when bar_index == 1\n")  # fmt: skip
    host.push(100.0), host.push(100.0)
    assert [data["what"] for data in host.asked] == ["send", "cancel"]
    host.push(100.0)
    assert [data["what"] for data in host.asked] == ["send", "cancel"], "it may still fill"
    host.say("cancel", 0)
    assert [(data["what"], data["id"]) for data in host.asked[2:]] == [("send", 1)]


def test_a_wish_with_other_terms_replaces_the_order() -> None:
    host = Host('enter long when true limit column("at") size 10 units\n')
    host.push(100.0, at=99.0)
    host.say("ack", 0)
    host.push(100.0, at=98.0)
    assert (host.asked[-1]["what"], host.asked[-1]["limit"], host.asked[-1]["id"]) == ("replace", 98.0, 0)
    host.say("reject", 0, "too late")
    assert host.session.orders[0]["limit"] == 99.0, "it works as it was"
    assert host.log[-1]["note"].startswith("too late: the request was refused")
    asked = len(host.asked)
    host.push(100.0, at=98.0)
    assert (len(host.asked), host.asked[-1]["limit"]) == (asked + 1, 98.0), "asked again after the next bar"
    host.say("ack", 0)
    host.push(100.0, at=98.0)
    assert len(host.asked) == asked + 1, "the same wish changes nothing"


def test_an_order_made_smaller_is_not_over_before_the_venue_has_agreed() -> None:
    host = Host("enter long when bar_index == 0 size 10 units stop 95 target 110\n")
    host.push(100.0)
    host.fill(0, 10.0, 100.0)
    stop, target = host.sent("stop")["id"], host.sent("target")["id"]
    host.say("ack", stop), host.say("ack", target)
    host.fill(target, 6.0, 110.0)
    assert (host.last("stop")["what"], host.last("stop")["quantity"]) == ("replace", 4.0)
    host.fill(stop, 4.0, 95.0)
    assert host.session.position == 0.0
    assert (host.last("stop")["what"], host.live()["stop"]["state"]) == ("cancel", "partial"), "6 may still fill"
    host.fill(stop, 2.0, 95.0)
    assert host.session.position == -2.0 and host.live()["stop"]["filled"] == 6.0
    host.say("cancel", stop)
    assert host.log[-1]["state"] == "cancelled" and "stop" not in host.live()


def test_an_order_made_smaller_is_over_when_that_is_filled() -> None:
    host = Host("enter long when bar_index == 0 size 10 units stop 95 target 110\n")
    host.push(100.0)
    host.fill(0, 10.0, 100.0)
    stop, target = host.sent("stop")["id"], host.sent("target")["id"]
    host.say("ack", stop), host.fill(target, 6.0, 110.0), host.say("ack", stop)
    host.fill(stop, 4.0, 95.0)
    assert "stop" not in host.live() and host.log[-2]["state"] == "filled"


def test_a_request_that_was_open_when_an_order_was_lost_is_made_again() -> None:
    host = Host("enter long when bar_index == 0 limit 99 size 10 units\n")
    host.push(100.0)
    host.say("ack", 0)
    host.push(100.0)
    host.say("unknown", 0), host.say("ack", 0)
    assert [data["what"] for data in host.asked] == ["send", "cancel", "cancel"]


def test_a_cancel_that_is_refused_is_asked_again_after_the_next_bar() -> None:
    host = Host("enter long when bar_index == 0 limit 99 size 10 units\n")
    host.push(100.0), host.push(100.0)
    host.say("ack", 0), host.say("reject", 0, "too late")
    assert [data["what"] for data in host.asked] == ["send", "cancel"]
    host.push(100.0)
    assert [data["what"] for data in host.asked] == ["send", "cancel", "cancel"]


def test_an_order_of_time_says_until_when() -> None:
    host = Host("enter long when bar_index == 0 limit 99 size 10 units valid 3h\n")
    host.push(100.0)
    asked = host.asked[0]
    assert (asked["life"], asked["until"]) == ("time", 1_704_067_200_000_000 + 4 * 3_600_000_000)
    host.push(100.0), host.push(100.0)
    host.say("cancel", 0, time=asked["until"])
    assert host.log[-1]["note"] == "its time is over" and "order" not in host.rows
    host.push(100.0)
    assert host.rows["order"][0]["status"] == "expired" and len(host.asked) == 1


def test_an_order_of_the_day_ends_with_the_day_of_its_first_bar() -> None:
    host = Host("enter long when bar_index == 20 limit 99 size 10 units valid day\n")
    for _ in range(21):
        host.push(100.0)
    assert (host.asked[0]["life"], host.asked[0]["until"]) == ("day", None), "its first bar is not known yet"
    host.push(100.0)
    midnight = 1_704_067_200_000_000 + 24 * 3_600_000_000
    assert (host.asked[-1]["what"], host.asked[-1]["until"]) == ("replace", midnight)
    host.push(100.0), host.push(100.0), host.push(100.0)
    assert host.asked[-1]["what"] == "cancel" and host.rows["order"][0]["status"] == "expired"


def test_of_orders_that_ended_the_last_are_known() -> None:
    host = Host("enter long when true size 1 units\n")
    for one in range(203):
        host.push(100.0)
        host.say("reject", one)
    assert len(host.session._desk.orders) == 200  # type: ignore[union-attr]
    with pytest.raises(sg.RunError, match="of those that have ended the last 200 are known"):
        host.fill(0, 1.0, 100.0)
    host.fill(3, 1.0, 100.0)
    assert host.session.position == 1.0


def test_why_texts_go_with_the_request() -> None:
    host = Host('enter long when bar_index == 0 size 10 units because "bought at {close}"\n')
    host.push(100.0)
    assert host.asked[0]["because"] == "bought at 100"


@pytest.mark.parametrize("known", ["ack", "trigger", "fill"])
def test_what_was_asked_of_a_lost_order_is_asked_anew_once_it_is_known(known: str) -> None:
    host = Host("enter long when bar_index == 0 size 10 units trigger 101 limit 102 valid 2 bars\n")
    host.push(100.0)
    host.say("ack", 0)
    host.push(100.0), host.push(100.0)
    assert host.asked[-1]["what"] == "cancel"
    host.say("unknown", 0)
    asked = len(host.asked)
    host.fill(0, 3.0, 101.0) if known == "fill" else host.say(known, 0)
    assert [data["what"] for data in host.asked[asked:] if data["id"] == 0] == ["cancel"]
