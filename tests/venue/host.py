"""A host that a test leads by the hand: it keeps what is asked, and says nothing by itself."""

from __future__ import annotations

from typing import Any

import stratagem as sg

HOUR = 3_600_000_000
START = 1_704_067_200_000_000


class Host:
    """`asked` is every request; `log` every row of a `life`; `rows` the rest, by kind."""

    def __init__(self, text: str, **options: Any) -> None:
        options.setdefault("timeframe", "1h")
        self.program, self.options = sg.compile(text), options
        self.session = self.program.session(fills="venue", **options)
        self.asked: list[dict[str, Any]] = []
        self.log: list[dict[str, Any]] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.bars = 0

    def push(self, open_: float, high: float = 0.0, low: float = 0.0, close: float = 0.0, **extra: float) -> None:
        """A bar; of one price where no other is given."""
        bar = sg.Bar(START + self.bars * HOUR, open_, high or open_, low or open_, close or open_)
        self.bars += 1
        self.hear(self.session.push(bar, extra or None))

    def hear(self, events: list[sg.Event]) -> list[sg.Event]:
        for event in events:
            data = dict(event.data)
            if event.kind == "request":
                self.asked.append(data)
            elif event.kind == "life":
                self.log.append(data)
            else:
                self.rows.setdefault(event.kind, []).append(data)
        return events

    def say(self, what: str, *given: Any, **more: Any) -> list[sg.Event]:
        return self.hear(getattr(self.session, f"on_{what}")(*given, **more))

    def fill(self, one: int, quantity: float, price: float, **more: Any) -> list[sg.Event]:
        return self.say("fill", one, quantity, price, **{"fee": 0.0, **more})

    def sent(self, role: str) -> dict[str, Any]:
        """The last order of a role that was sent."""
        return next(data for data in reversed(self.asked) if data["role"] == role and data["what"] == "send")

    def last(self, role: str) -> dict[str, Any]:
        """What was last asked of an order of a role."""
        return next(data for data in reversed(self.asked) if data["role"] == role)

    def live(self) -> dict[str, dict[str, Any]]:
        """The orders that have not ended, by role: where there are several the last."""
        return {order["role"]: order for order in self.session.orders}

    def taken_up(self, engine: str = "interpreted") -> None:
        """Stop here, and go on in a session of another engine."""
        content = self.session.snapshot()
        self.session = self.program.session(fills="venue", **{**self.options, "engine": engine})
        self.session.restore(content)

    @property
    def cash(self) -> float:
        from stratagem.runtime.trading import layout as at

        return float(self.session._machine.trading.b[at.CASH])
