"""Snapshots that no run left: honest ones changed by hand, their checksums made to fit; tried in a process of its own.

python crafted.py ENGINE FIRST STOP: each case from its number, one line for each fault; a crash is the process's own.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import sys
import traceback
from collections import Counter
from typing import Any

import stratagem as sg
from stratagem.runtime.machine import engines
from stratagem.runtime.machine.snapshot import MAGIC
from stratagem.runtime.trading import layout as at

SCALED = """
strategy "scaled"
guard drawdown 30% then halt
guard exposure 300% then reduce
guard day_trades 40
state streak = 0 then if close > open then streak + 1 else 0
let middle = median(close, 70)
let upper = percentile(close, 9, 90)
let slow = ema(close, 5) @ 1h
let now = sma(close, 3) @ forming 1h
let rank = percentrank(close, 12)
emit hot when rank > 80
alert when close > middle "above {middle} with {rank}"
enter long when streak >= 1 size 30% stop 2 * atr(5) target 3% trail 2% scale 2 because "streak {streak}"
enter short when close < middle and now < slow size 10% expire 3 bars scale 1
exit long when cross_below(close, upper) size 50%
exit short when rising(close, 2)
"""
PLAIN = """
state up = false then close > open
let best = highest(high, 20)
let turn = last_known(pivot_high(high, 3, 3))
let old = valuewhen(up, close, 2) + close[5]
let bars = highest_bars(close, 10) + barssince(up)
let line = linreg(close, 7) + stdev(close, 6) + correlation(close, volume, 8) + wma(close, 4)
emit top when close > best[1] and line + bars + old > turn
enter long when close > open size 100% fill this_close
exit long when close < open fill this_close
"""
RESTING = """
strategy "resting"
assume tick 0.01
assume slippage 2ticks
guard exposure 300%
guard daily_loss 20% then halt
enter long when close < open size 20% limit 0.5% valid 4 bars until close > highest(high, 30)[1] scale 1
  stop 2% take 30% at 1r take 30% at 2r stop 0r after 1r stop entry + 1r after 2r trail 2% after 2r
enter short when mod(bar_index, 12) == 5 risk 1% trigger lowest(low, 3) limit close + 2 valid 4h expire 3 bars
  trail 3% target 5% take 25% at 1% because "at {close}"
exit long when true trigger lowest(low, 8) size 50% once valid 6 bars
exit short when close > open limit 2% valid 3 bars
cancel long when close > highest(high, 6)[1]
"""
OTHERS = """
strategy "others"
assume entries one_cancels_other
assume path best
enter long when close > open size 30% trigger 1% valid day expire "15:55" stop 4% stop -0.5r after 0.5r
enter short when close < open size 30% trigger 1% until close > open expire next_open take 50% at 1%
enter long when bar_index > 3 size 10% limit lowest(low, 4) valid 3 bars expire day
exit long when close < low[1] fill this_close
"""
PROGRAMS = (SCALED, PLAIN, RESTING, OTHERS)
WHOLE = (-(1 << 63), -(1 << 40), -64, -2, -1, 0, 1, 2, 3, 4, 5, 63, 64, 65, 100, 1000, 1 << 20, 1 << 31, 1 << 62,
         (1 << 63) - 1)  # fmt: skip
NUMBERS = (math.nan, math.inf, -math.inf, 1e308, -1e308, 1e300, -0.0, 0.0, -1.0, 0.5, 1.0, 2.0, 63.0, 64.0, 1e9, 1e18,
           -5.0, 5e-324)  # fmt: skip
JUNK: tuple[Any, ...] = (None, True, -1, 0, 1, 10**30, 1.5, math.nan, "x", [], [1], {}, [[]], 1 << 53, (1 << 53) + 1)
HEADS = (b"", b"{", b"[" * 100_000, b"null", b"\xff", b'{"index":' + b"9" * 5000 + b"}", b"{}")
STEP, START = 15 * 60_000_000, 1_700_000_100_000_000
ARRAYS = ("params", "f", "k", "w", "b", "bk")


def bars(count: int) -> list[sg.Bar]:
    draw, close, made = random.Random(7), 100.0, []
    for n in range(count):
        opened, close = close, max(1.0, close + draw.choice((-3, -2, -1, 1, 2, 3)))
        low, high = min(opened, close) - draw.random(), max(opened, close) + draw.random()
        made.append(sg.Bar(START + n * STEP, opened, high, low, close, float(draw.randrange(100))))
    return made


class Walled:
    """An array in which an index from the end, or beyond it, is a fault: the interpreted engine's own arithmetic."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return Walled(self.values[index])
        if not 0 <= index < len(self.values):
            raise AssertionError(f"index {index} of {len(self.values)}")
        return self.values[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            self.values[index] = value.values if isinstance(value, Walled) else value
            return
        if not 0 <= index < len(self.values):
            raise AssertionError(f"index {index} of {len(self.values)}")
        self.values[index] = value


def wall() -> None:
    """Let the interpreted engine run on walled arrays."""
    bind = engines.Interpreted.__init__

    def walled(self: Any, plan: Any, arrays: Any, prepare: Any) -> None:
        bind(self, plan, arrays, lambda *held: prepare(*(Walled(memoryview(one)) for one in held)))

    engines.Interpreted.__init__ = walled  # type: ignore[method-assign]


class Taken:
    """A snapshot taken apart."""

    def __init__(self, content: bytes) -> None:
        self.last, state = content[:8], content[8 + 32 + len(MAGIC) + 32 :]
        size = 8 + int.from_bytes(state[:8], "little")
        self.header: dict[str, Any] = json.loads(state[8:size])
        self.arrays = {}
        for name, count in zip(ARRAYS, self.header["sizes"], strict=True):
            self.arrays[name] = bytearray(state[size : size + 8 * count])
            size += 8 * count
        self.head: bytes | None = None

    def content(self, seal: Any) -> bytes:
        head = json.dumps(self.header).encode() if self.head is None else self.head
        body = len(head).to_bytes(8, "little") + head + b"".join(self.arrays.values())
        return self.last + seal(self.last) + MAGIC + hashlib.sha256(body).digest() + body


def poke(taken: Taken, draw: random.Random, name: str) -> None:
    array = taken.arrays[name]
    if array:
        at = 8 * draw.randrange(len(array) // 8)
        view = memoryview(array)[at : at + 8].cast("q" if name in ("k", "bk") else "d")
        view[0] = draw.choice(WHOLE if name in ("k", "bk") else NUMBERS)


def poke_order(taken: Taken, draw: random.Random) -> None:
    """A slot of an order, a lot or one of its levels: where a code, a place or a price stands."""
    fixed = memoryview(taken.arrays["bk"]).cast("q")
    first, stop = fixed[at.ORDERS], fixed[at.THRESHOLDS]
    if draw.randrange(6) == 0:
        first, stop = fixed[at.INBOX], fixed[at.ORDERS]
    if 0 <= first < stop <= len(taken.arrays["b"]) // 8:
        slot = draw.randrange(first, stop)
        memoryview(taken.arrays["b"]).cast("d")[slot] = draw.choice((*NUMBERS, *range(6), 1e5, 1e-9, -100.0, 97.01))


ODD = (math.nan, math.inf, -math.inf, 1e301, -1.0, 0.0, 0.5, 3.0, 30.0, 1e17, -1e17)


def poke_each(taken: Taken, number: int) -> None:
    """The slot and the value of a number: one after the other all of orders and lots, and all of ODD."""
    fixed = memoryview(taken.arrays["bk"]).cast("q")
    first, stop = fixed[at.ORDERS], fixed[at.THRESHOLDS]
    place, value = divmod(number, len(ODD))
    memoryview(taken.arrays["b"]).cast("d")[first + place % (stop - first)] = ODD[value]


def plainly(rows: Any) -> bool:
    return isinstance(rows, list) and len(rows) >= 6


def change(taken: Taken, draw: random.Random) -> None:
    """One change of any kind."""
    kind = draw.randrange(16)
    if kind > 11:
        poke_order(taken, draw)
    elif kind < 7:
        poke(taken, draw, draw.choice(("k", "bk", "bk", "b", "b", "f", "w", "w", "params")))
    elif kind == 7:
        name = draw.choice(("index", "seal", "sizes", "places", "version", "more"))
        taken.header[name] = draw.choice(JUNK)
    elif kind == 8:
        place = draw.choice(taken.header["places"])
        place[draw.randrange(len(place))] = draw.choice((*JUNK, *WHOLE))
    elif kind == 9:
        taken.header["sizes"][draw.randrange(6)] += draw.choice((-1, 1, 1000, 1 << 40))
    elif kind == 10:
        taken.last = draw.choice(WHOLE).to_bytes(8, "little", signed=True)
    else:
        taken.head = draw.choice(HEADS)


def try_one(number: int, engine: str, pushed: list[sg.Bar], made: list[tuple[Any, bytes]]) -> str:
    """What became of a case: refused or taken; an exception is a fault."""
    draw = random.Random(number)
    program, content = draw.choice(made)
    session = program.session(timeframe="15m", engine=engine)
    taken = Taken(content)
    if number >= EACH:
        poke_each(taken, number - EACH)
    for _ in () if number >= EACH else range(draw.choice((1, 1, 1, 2, 4))):
        if not (plainly(taken.header["places"]) and plainly(taken.header["sizes"])):
            break  # an earlier change left nothing to change
        change(taken, draw)
    before = session.snapshot()
    try:
        session.restore(taken.content(session._seal))
    except sg.SnapshotError:
        assert session.snapshot() == before, "a refused snapshot changed the session"
        return "refused"
    again = program.session(timeframe="15m", engine=engine)
    again.restore(session.snapshot())
    for bar in pushed:
        try:
            for event in session.push(bar):
                assert event.data is not None
        except sg.RunError:
            return "taken, and the bar refused"
    again.restore(session.snapshot())  # what is taken can be told again, and taken again
    return "taken"


EACH = 1_000_000
"""From here on a number names a slot and a value."""


def main(engine: str, first: int, stop: int) -> None:
    if engine == "interpreted":
        wall()
    history, made = bars(160), []
    for text in PROGRAMS:
        program = sg.compile(text)
        session = program.session(timeframe="15m")
        for n, bar in enumerate(history[:130]):
            session.push(bar)
            if n % 9 == 7 or n == 0:
                made.append((program, session.snapshot()))
    found: Counter[str] = Counter()
    for number in range(first, stop):
        sys.stderr.write(f"case {number}\n")  # the last of these names the case of a crash
        try:
            found[try_one(number, engine, history[130:], made)] += 1
        except Exception:
            found["fault"] += 1
            sys.stdout.write(f"case {number}: {traceback.format_exc(limit=-3)}\n")
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
