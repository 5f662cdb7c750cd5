"""Trading driven by hand: the phases of one event in their order, as the engines run them.

`Desk` runs bars with decisions given by a script; `w1` and `w2` are two whole strategies as plain loops. Both
show what an engine has to do, and nothing else.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.plan.extras import extras
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading import rows
from stratagem.runtime.trading.finish import finish
from stratagem.runtime.trading.mark import accepts
from stratagem.runtime.trading.phases import COLD, EVENT, HOT, OPENING, READS
from stratagem.runtime.trading.specs import GuardSpec
from stratagem.runtime.trading.state import Statement, TradingState, lay_out

MINUTE = 60_000_000  # microseconds
Bar = tuple[float, float, float, float]
SLOTS = {
    "size": at.SIZE, "cap": at.CAP, "band": at.BAND,
    "stop": at.STOP_BASE, "target": at.TARGET_BASE, "trail": at.TRAIL_BASE,
    "limit": at.LIMIT, "trigger": at.TRIGGER, "life": at.LIFE, "take": at.TAKE0_BASE, "share": at.TAKE0_SHARE,
    "move": at.MOVE0_BASE, "after": at.MOVE0_AFTER_BASE, "trail_after": at.TRAIL_AFTER_BASE,
    "expire": at.EXPIRE, "stop_slope": at.STOP_SLOPE, "target_slope": at.TARGET_SLOPE, "trail_slope": at.TRAIL_SLOPE,
}  # fmt: skip


def call(name: str, given: Mapping[str, Any]) -> int:
    """A phase, with what it takes."""
    phase = HOT.get(name) or COLD[name]
    answer: int = phase.function(*(given[argument] for argument in phase.arguments))
    return answer


@dataclass
class Desk:
    """One symbol, its books, and the bars so far."""

    state: TradingState
    index: int = 0
    bars_per_day: int = 0
    last: Bar = (0.0, 0.0, 0.0, 0.0)
    extras: tuple[str, ...] = ()
    volume: float = 0.0
    equity: list[float] = field(default_factory=list)

    def bar(self, bar: Bar, wishes: Mapping[int, Mapping[str, float]] | None = None) -> None:
        """One event: statement -> values of the decisions taken at its close."""
        s, k = self.state, self.state.k
        self.last = bar
        given = dict(zip(("open", "high", "low", "close"), bar, strict=True))
        given |= {"b": s.b, "k": k, "trades": s.trades, "orders": s.orders, "records": s.records}
        given |= {"index": self.index, "time": self.index * MINUTE, "volume": self.volume}
        wanted = False
        for part in EVENT:
            if part.name == "day" and self.bars_per_day and self.index and self.index % self.bars_per_day == 0:
                call("new_day", given | {"day": float(self.index // self.bars_per_day)})
            elif part.name == "wishes":
                wanted = self._write(wishes or {})
            elif part.extra:
                if part.name in self.extras:
                    call(part.name, given)
            elif part in OPENING or part.name == "decide":
                asked = call(part.asks, given) if part.asks else k[part.flag] if part.flag >= 0 else 1
                if asked or (wanted and part.name == "decide"):
                    call(part.name, given)
        self.equity.append(s.b[at.EQUITY])
        if k[at.FULL]:
            s.drain()
        self.index += 1

    def _write(self, wishes: Mapping[int, Mapping[str, float]]) -> bool:
        """Fill the inbox; whether some statement wants something it could do."""
        b, k = self.state.b, self.state.k
        some = False
        for statement, values in wishes.items():
            if accepts(b, k, statement):
                inbox = k[at.INBOX] + statement * at.INBOX_WIDTH
                b[inbox + at.WANTED] = 1.0
                for name, value in values.items():
                    b[inbox + (at.TEXT + int(name[4:]) if name.startswith("text") else SLOTS[name])] = value
                    if name.endswith("_slope"):
                        b[inbox + SLOTS[name] + 1] = value  # the slope of a fill below 0
                some = True
        return some

    def finish(self) -> None:
        """The end of the data."""
        s = self.state
        finish(s.b, s.k, s.trades, s.orders, s.records, self.index - 1, (self.index - 1) * MINUTE, self.last[3])
        s.drain()

    def read(self, name: str) -> Any:
        """A book field, as a program would."""
        return READS[name].function(self.state.b, self.state.k)

    @property
    def trades(self) -> list[dict[str, float]]:
        return self._table(self.state.trade_rows, self.state.trades, at.TRADE_ROWS, rows.TRADE_COLUMNS)

    @property
    def orders(self) -> list[dict[str, float]]:
        return self._table(self.state.order_rows, self.state.orders, at.ORDER_ROWS, rows.ORDER_COLUMNS)

    @property
    def records(self) -> list[dict[str, float]]:
        return self._table(self.state.record_rows, self.state.records, at.RECORD_ROWS, rows.RECORD_COLUMNS)

    def _table(
        self, drained: array[float], buffer: array[float], count: int, columns: Sequence[str]
    ) -> list[dict[str, float]]:
        width = len(columns)
        values = [*drained, *buffer[: self.state.k[count] * width]]
        return [dict(zip(columns, values[i : i + width], strict=True)) for i in range(0, len(values), width)]

    def counter(self, name: str) -> int:
        return self.state.counters()[name]


def desk(
    statements: Sequence[Statement],
    guards: Sequence[GuardSpec] = (),
    *,
    bars_per_day: int = 0,
    max_rows: int = 64,
    records: bool = False,
    close_at_end: bool = False,
    **assume: Any,
) -> Desk:
    """A desk with assumptions by name; capital is 1,000 unless said, exposure unbounded unless guarded."""
    assumptions = read_assumptions({"capital": 1000, **assume})
    return Desk(
        lay_out(
            statements,
            guards,
            assumptions,
            max_rows,
            bar_seconds=60,
            keep_records=records,
            close_at_end=close_at_end,
        ),
        bars_per_day=bars_per_day,
        extras=tuple(extras(assumptions)),
    )


def run(made: Desk, bars: Iterable[Bar], script: Mapping[int, Mapping[int, Mapping[str, float]]]) -> Desk:
    """Every bar with the wishes of its index, then the end."""
    for index, bar in enumerate(bars):
        made.bar(bar, script.get(index))
    made.finish()
    return made


def reason(row: Mapping[str, float]) -> str:
    """Why a trade ended."""
    return rows.EXIT_REASONS[int(row["reason"])]


def status(row: Mapping[str, float]) -> str:
    """What became of an order."""
    return rows.STATUSES[int(row["status"])]


def why(row: Mapping[str, float]) -> str:
    """Why an order was denied or cut."""
    return rows.REASONS[int(row["reason"])]


# --- two strategies as plain loops ------------------------------------------------------------------


def w1_loop(
    b: Any, k: Any, t: Any, o: Any, r: Any, opens: Any, highs: Any, lows: Any, closes: Any, start: int, memory: Any,
    window: Any, attention: Callable[..., int], fill: Callable[..., int], mark: Callable[..., int],
    accepts: Callable[..., int], decide: Callable[..., int], step: int,
) -> int:  # fmt: skip
    """W1: long 1 unit when the 10-bar average crosses above the 50-bar one, out when below; exact sums.

    Statement 0 enters, statement 1 exits. Returns the bar reached; `k[FULL]` asks the host to drain.
    """
    enter, leave = k[at.INBOX], k[at.INBOX] + at.INBOX_WIDTH
    for i in range(start, len(closes)):
        if attention(b, k, highs[i], lows[i]) != 0:
            fill(b, k, t, o, r, i, i * step, opens[i], highs[i], lows[i], closes[i])
        mark(b, k, highs[i], lows[i], closes[i])
        price = int(closes[i] * 1e5 + 0.5)  # prices have five decimals: sums in whole numbers are exact
        memory[0] += price - window[(i - 10) % 50] * (1 if i >= 10 else 0)
        memory[1] += price - window[i % 50]
        window[i % 50] = price
        if i >= 49:
            above = memory[0] * 5 - memory[1]
            up = memory[2] <= 0 and above > 0 and i > 49
            down = memory[2] >= 0 and above < 0 and i > 49
            memory[2] = above
            if up and accepts(b, k, 0) != 0:
                b[enter + at.WANTED] = 1.0
                b[enter + at.SIZE] = 1.0
                decide(b, k, t, o, r, i, i * step, closes[i])
            elif down and accepts(b, k, 1) != 0:
                b[leave + at.WANTED] = 1.0
                decide(b, k, t, o, r, i, i * step, closes[i])
        if k[at.FULL] != 0:
            return i + 1
    return len(closes)


def w2_loop(made: Desk, bars: Sequence[Bar], averages: Sequence[tuple[float, float, float, float]]) -> None:
    """W2: long 1 unit when EMA 20 > EMA 50 and RSI 14 < 40, stop 2 ATR below and target 3 ATR above the close.

    `averages` holds (ema 20, ema 50, rsi 14, atr 14) of each bar, missing until they are warm.
    """
    for bar, (fast, slow, momentum, width) in zip(bars, averages, strict=True):
        wish: dict[str, float] = {}
        if fast > slow and momentum < 40.0:
            close = bar[3]
            wish = {
                "size": 1.0,
                "stop": close - 2.0 * width,
                "stop_slope": 0.0,
                "target": close + 3.0 * width,
                "target_slope": 0.0,
            }
        made.bar(bar, {0: wish} if wish else None)
    made.finish()
