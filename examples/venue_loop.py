"""Orders at a venue: a toy exchange fills what a strategy asks for, in two parts; orders.csv has each order's life.

    python examples/venue_loop.py STRATEGY TIMEFRAME ORDERS.csv < bars.csv

Each line is `time,open,high,low,close,volume`. The exchange is a dozen lines here; a real one takes their place: send
what `request` asks for, and say what became of it.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import stratagem as sg


class Exchange:
    """Holds orders by id. A market order fills at the next price, one that rests when the bar reaches its price."""

    def __init__(self, session: sg.Session) -> None:
        self.session = session
        self.book: dict[int, Any] = {}
        self.log: list[Any] = []

    def hear(self, events: list[sg.Event]) -> None:
        """Do what is asked; keep the rest of what is told."""
        for event in events:
            if event.kind == "life":
                self.log.append(event.data)
            elif event.kind == "request" and event.data["what"] == "cancel":
                self.book.pop(event.data["id"], None)
                self.hear(self.session.on_cancel(event.data["id"]))
            elif event.kind == "request":
                self.book[event.data["id"]] = event.data
                self.hear(self.session.on_ack(event.data["id"]))

    def trade(self, bar: sg.Bar) -> None:
        for one, order in sorted(self.book.items()):
            price = self.price(order, bar)
            for part in (1, 2) if price is not None else ():
                if one in self.book:
                    half = (order["quantity"] - order["filled"]) / 2
                    self.hear(self.session.on_fill(one, half, price, fill=f"{one}-{bar.ts}-{part}"))
            if price is not None:
                self.book.pop(one, None)

    def price(self, order: Any, bar: sg.Bar) -> float | None:
        """Where an order fills in a bar, if it does."""
        buys, level = order["trade"] == "buy", order["limit"] if order["trigger"] is None else order["trigger"]
        if order["kind"] == "market":
            return bar.open
        if order["after"] is not None or order["kind"] == "trigger_limit":
            return None  # this exchange has no such orders
        rises = buys == (order["trigger"] is not None)  # from where the price comes to it
        return level if (bar.high >= level if rises else bar.low <= level) else None


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    strategy, timeframe, orders = arguments
    session = sg.compile(Path(strategy)).session(timeframe=timeframe, fills="venue")
    exchange = Exchange(session)
    for line in csv.reader(sys.stdin):
        if line and line[0][:1].isdigit():
            bar = sg.Bar(line[0], *map(float, line[1:]))
            exchange.trade(bar)
            exchange.hear(session.push(bar))
    with Path(orders).open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, exchange.log[0] if exchange.log else ["seq"])
        table.writeheader()
        table.writerows(exchange.log)
    print(f"{session.bars} bars, equity {session.equity:,.2f}, {len(session.orders)} orders open")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
