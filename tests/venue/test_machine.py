"""Anything a venue may say, in any order, against a plain ledger: the books are what the venue filled (laws 13 and 14).

The ledger knows a cash balance and a signed quantity, and adds up what was told. After every step the session's books
must agree with it and with themselves, be such as a snapshot can hold, and the log alone must tell every order's state.
"""

from __future__ import annotations

from typing import Any

import pytest
import stratagem as sg
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from stratagem.runtime.trading import layout as at
from stratagem.runtime.venue.orders import ENDED, TRANSITIONS

from .host import Host

TEXT = """
assume capital 10000
assume fee {fee}
assume entries {entries}
enter long when column("buy") > 0
  size 10 units
  stop 5%
  take 50% at 1r
  stop 0r after 1r
  scale 1
enter short when column("sell") > 0
  size 30%
  target 4%
  trail 3%
  expire 3 bars
enter long when column("buy") > 1
  limit 1%
  size 7 units
  valid 3 bars
  target 5%
enter short when column("sell") > 1
  trigger 1%
  limit 0.5%
  size 5 units
  valid 4h
exit long when column("leave") == 1
  size 40% once
exit long when column("leave") == 2
exit short when column("leave") == 2
exit short when column("leave") == 3
  limit 2%
guard drawdown 15% then flatten
guard exposure 300% then reduce
"""
NAMES = {"ack": "ack", "trigger": "trigger", "reject": "reject", "cancel": "cancel", "unknown": "unknown"}


class AnyVenue(RuleBasedStateMachine):
    host: Host

    @initialize(fee=st.sampled_from(["0%", "0.1%", "1/order"]), engine=st.sampled_from(["interpreted", "native"]),
                entries=st.sampled_from(["independent", "one_cancels_other"]))  # fmt: skip
    def begin(self, fee: str, entries: str, engine: str) -> None:
        self.host = Host(TEXT.format(fee=fee, entries=entries), engine=engine)
        self.cash, self.quantity, self.price = 10_000.0, 0.0, 100.0
        self.names = 0
        self.told: list[tuple[int, str]] = []
        self.read = 0
        self.states: dict[int, tuple[str, float]] = {}

    # --- what may happen ---------------------------------------------------------------------------

    @rule(step=st.integers(-6, 6), span=st.integers(0, 4), buy=st.sampled_from([0, 0, 1, 2]),
          sell=st.sampled_from([0, 0, 1, 2]), leave=st.sampled_from([0, 0, 0, 1, 2, 3]))  # fmt: skip
    def bar(self, step: int, span: int, buy: int, sell: int, leave: int) -> None:
        close = min(max(self.price + step, 60.0), 160.0)
        high, low = max(self.price, close) + span, min(self.price, close) - span
        self.host.push(self.price, high, low, close, buy=buy, sell=sell, leave=leave)
        self.price = close

    def pick(self, which: int, ended: bool) -> int | None:
        known = self.host.session._desk.orders  # type: ignore[union-attr]
        orders = [one for one, order in known.items() if ended or not order.ended]
        return orders[which % len(orders)] if orders else None

    @rule(which=st.integers(0, 30), part=st.sampled_from([1.0, 1.0, 0.5, 0.25, 1.5]), off=st.integers(-4, 4),
          fee=st.sampled_from([0.0, 1.25, None]), ended=st.sampled_from([False, False, False, True]))  # fmt: skip
    def fill(self, which: int, part: float, off: int, fee: float | None, ended: bool) -> None:
        one = self.pick(which, ended)
        if one is None:
            return
        order = self.host.session._desk.orders[one]  # type: ignore[union-attr]
        quantity = (order.left or order.terms.quantity) * part
        price = max(self.price + off, 1.0)
        self.names += 1
        self.told.append((one, str(self.names)))
        self.host.fill(one, quantity, price, fee=fee, fill=self.names)
        charged = self.host.log[-1]["fee"] if self.host.log[-1]["what"] == "fill" else self.row("fill")["fee"]
        self.cash -= order.trade * quantity * price + charged
        self.quantity += order.trade * quantity

    def row(self, what: str) -> dict[str, Any]:
        return next(row for row in reversed(self.host.log) if row["what"] == what)

    @precondition(lambda self: self.told)
    @rule(which=st.integers(0, 30))
    def again(self, which: int) -> None:
        one, name = self.told[which % len(self.told)]
        if one in self.host.session._desk.orders:  # type: ignore[union-attr]
            self.host.fill(one, 3.0, 99.0, fill=name)
            assert "ignored" in self.row("fill")["note"]

    @rule(which=st.integers(0, 30), what=st.sampled_from(sorted(NAMES)), ended=st.booleans())
    def say(self, which: int, what: str, ended: bool) -> None:
        one = self.pick(which, ended)
        if one is None:
            return
        before = self.host.session.snapshot()
        try:
            self.host.say(what, one)
        except sg.RunError as error:
            assert f"cannot be told on_{what} now" in str(error)
            assert self.host.session.snapshot() == before

    @rule()
    def agree(self) -> None:
        """The venue answers everything that is open."""
        for order in list(self.host.session.orders):
            kept = self.host.session._desk.orders[order["id"]]  # type: ignore[union-attr]
            if kept.asked == "cancel" and not kept.ended:
                self.host.say("cancel", order["id"])
            elif not kept.ended:
                self.host.say("ack", order["id"])

    @rule(off=st.integers(-5, 5))
    def price_seen(self, off: int) -> None:
        self.host.say("price", self.price + off)

    @rule(engine=st.sampled_from(["interpreted", "native"]))
    def restart(self, engine: str) -> None:
        self.host.taken_up(engine)

    # --- what holds ----------------------------------------------------------------------------------

    @invariant()
    def books_are_what_the_venue_filled(self) -> None:
        if not hasattr(self, "host"):
            return
        session = self.host.session
        b, k = session._machine.trading.b, session._machine.trading.k
        room = 1e-6 * (1.0 + abs(self.quantity))
        assert abs(session.position - self.quantity) <= room, (session.position, self.quantity)
        assert abs(self.host.cash - self.cash) <= 1e-6 * max(1e4, abs(self.cash))
        assert b[at.EQUITY] == pytest.approx(b[at.CASH] + b[at.QUANTITY] * b[at.PRICE])
        total = b[at.CAPITAL] + b[at.REALISED] + b[at.UNREALISED] - b[at.FEES]
        assert b[at.EQUITY] == pytest.approx(total, abs=1e-6)
        assert k[at.TRADE_ROWS] == k[at.ORDER_ROWS] == 0, "everything that was written was told"

    @invariant()
    def orders_are_in_order(self) -> None:
        if not hasattr(self, "host"):
            return
        desk = self.host.session._desk
        assert desk is not None
        live = [order for order in desk.orders.values() if not order.ended]
        assert len({order.slot for order in live}) == len(live), "two orders for one thing"
        assert all(order.terms.quantity > 0.0 for order in live)
        for order in live:
            assert (order.left > 0.0) or order.asked, (order, "nothing is left of it, and it works")

    @invariant()
    def the_log_tells_all(self) -> None:
        if not hasattr(self, "host"):
            return
        log = self.host.log
        for place in range(self.read, len(log)):
            row = log[place]
            assert row["seq"] == place
            state, done = self.states.get(row["id"], ("", 0.0))
            if row["what"] == "fill" and "ignored" not in row["note"]:
                done += row["quantity"]
            if state:
                whole = row["what"] == "fill" or (row["what"] == "reject" and state == "partial")
                # a request for more that is refused leaves what was agreed, which may have filled meanwhile
                allowed = {state, *TRANSITIONS[state].values(), "filled" if whole else state}
                assert row["state"] in allowed or (state == "unknown" and row["state"] == "partial"), (state, row)
            assert row["filled"] == pytest.approx(done)
            self.states[row["id"]] = row["state"], done
        self.read = len(log)
        kept = self.host.session._desk.orders  # type: ignore[union-attr]
        for one, (state, done) in self.states.items():
            assert one in kept or state in ENDED
            if one in kept:
                assert (kept[one].state, kept[one].filled) == (state, pytest.approx(done))

    @invariant()
    def a_snapshot_is_taken_over(self) -> None:
        if hasattr(self, "host"):
            other = self.host.program.session(fills="venue", timeframe="1h")
            content = self.host.session.snapshot()
            other.restore(content)
            assert other.snapshot() == content


QUICK = settings(max_examples=12, stateful_step_count=40, deadline=None, database=None,
                 suppress_health_check=list(HealthCheck), phases=[Phase.generate])  # fmt: skip


def test_any_venue() -> None:
    run_state_machine_as_test(AnyVenue, settings=QUICK)  # type: ignore[no-untyped-call]


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_any_venue_many_times(part: int) -> None:
    many = settings(QUICK, max_examples=1000, derandomize=False)
    run_state_machine_as_test(AnyVenue, settings=many)  # type: ignore[no-untyped-call]
