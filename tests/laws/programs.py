"""Writes random programs: correct by type, odd in every other way.

The generator takes anything with the methods of `random.Random`, so that
hypothesis can drive it (and shrink what it finds) and a soak can run it from
plain seeds. Everything it writes must compile; what a rule of the language
forbids is never drawn.
"""

from __future__ import annotations

from random import Random

SERIES = ("open", "high", "low", "close", "volume")
LENGTHS = (1, 2, 3, 5, 8, 14)
FRAMES = ("30m", "1h", "4h", "1d", "1w")

# name -> how many series, how many lengths
NUMBER_CALLS = {
    "sma": (1, 1), "ema": (1, 1), "rma": (1, 1), "wma": (1, 1), "stdev": (1, 1), "highest": (1, 1), "lowest": (1, 1),
    "rsi": (1, 1), "mom": (1, 1), "roc": (1, 1), "median": (1, 1), "percentrank": (1, 1), "sum": (1, 1),
    "correlation": (2, 1), "cumulative": (1, 0), "change": (1, 0), "abs": (1, 0), "sqrt": (1, 0), "log": (1, 0),
    "exp": (1, 0), "min": (2, 0), "max": (2, 0), "or_else": (2, 0), "last_known": (1, 0), "atr": (0, 1),
    "cci": (1, 1), "hma": (1, 1), "dema": (1, 1), "tr": (0, 0), "obv": (0, 0), "vwap": (0, 0), "wpr": (0, 1),
    "mod": (2, 0), "sign": (1, 0), "floor": (1, 0), "cmo": (1, 1),
}  # fmt: skip
BOOK_NUMBERS = (
    "position.size", "position.pnl", "position.bars", "equity", "cash", "drawdown", "pnl.day", "pnl.realised",
    "trades.count", "trades.today", "trades.loss_streak", "position.entry_price", "position.high", "trades.bars_since",
)  # fmt: skip


class Writer:
    """One program in the making."""

    def __init__(self, random: Random, *, frames: tuple[str, ...] = FRAMES, books: bool = True) -> None:
        self.random, self.frames, self.books = random, frames, books
        self.numbers: list[str] = []
        self.bools: list[str] = []
        self.lengths: list[str] = []
        self.sampling = False  # inside `@`: no books, no further `@`

    # --- choosing ------------------------------------------------------------------------------

    def one(self, choices: tuple[str, ...] | list[str]) -> str:
        return choices[self.random.randrange(len(choices))]

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def length(self) -> str:
        if self.lengths and self.chance(30):
            return self.one(self.lengths)
        return str(LENGTHS[self.random.randrange(len(LENGTHS))])

    def literal(self) -> str:
        return self.one(["0", "1", "2", "0.5", "100", "1.25", "-1", "0.001", "30", "70"])

    # --- expressions ---------------------------------------------------------------------------

    def number(self, depth: int) -> str:
        if depth <= 0:
            return self._number_leaf()
        kind = self.random.randrange(12)
        if kind < 4:
            return self._call(depth)
        if kind < 7:
            return f"({self.number(depth - 1)} {self.one(['+', '-', '*', '/', '//'])} {self.number(depth - 1)})"
        if kind == 7:
            return f"(if {self.boolean(depth - 1)} then {self.number(depth - 1)} else {self.number(depth - 1)})"
        if kind == 8:
            return f"({self.number(depth - 1)})[{self.random.randrange(4)}]"
        if kind == 9 and not self.sampling:
            return self._sampled(depth, self.number)
        if kind == 10:
            return self._event_number(depth)
        return self._number_leaf()

    def _number_leaf(self) -> str:
        kind = self.random.randrange(10)
        if kind < 5:
            return self.one(SERIES)
        if kind < 6:
            return self.literal()
        if kind < 8 and self.numbers:
            return self.one(self.numbers)
        if kind == 8 and self.books and not self.sampling:
            return self.one(BOOK_NUMBERS)
        return self.one(["bar_index", "hour", "weekday", "close", "na"]) if not self.sampling else "close"

    def _call(self, depth: int) -> str:
        name = self.one(sorted(NUMBER_CALLS))
        series, lengths = NUMBER_CALLS[name]
        arguments = [self.number(depth - 1) for _ in range(series)] + [self.length() for _ in range(lengths)]
        return f"{name}({', '.join(arguments)})"

    def _event_number(self, depth: int) -> str:
        if self.chance(50):
            return f"barssince({self.boolean(depth - 1)})"
        return f"valuewhen({self.boolean(depth - 1)}, {self.number(depth - 1)}, {self.random.randrange(2)})"

    def boolean(self, depth: int) -> str:
        if depth <= 0:
            return self.one(self.bools) if self.bools and self.chance(50) else "close > open"
        kind = self.random.randrange(12)
        if kind < 4:
            operator = self.one(["<", "<=", ">", ">=", "!="])
            return f"({self.number(depth - 1)} {operator} {self.number(depth - 1)})"
        if kind < 6:
            cross = self.one(["cross_above", "cross_below", "crosses"])
            return f"{cross}({self.number(depth - 1)}, {self.number(depth - 1)})"
        if kind < 8:
            return f"({self.boolean(depth - 1)} {self.one(['and', 'or'])} {self.boolean(depth - 1)})"
        if kind == 8:
            return f"(not {self.boolean(depth - 1)})"
        if kind == 9 and not self.sampling:
            return self._sampled(depth, self.boolean)
        return self._event_boolean(depth)

    def _event_boolean(self, depth: int) -> str:
        kind = self.random.randrange(7)
        if kind == 0:
            return f"rising_edge({self.boolean(depth - 1)})"
        if kind == 1:
            return f"recent({self.boolean(depth - 1)}, {self.length()})"
        if kind == 2:
            return f"is_na({self.number(depth - 1)})"
        if kind == 3:
            return f"rising({self.number(depth - 1)}, {self.length()})"
        if self.sampling:
            return f"({self.boolean(depth - 1)})[1]"
        return self.one(["new_day()", f"closes({self.one(self.frames)})", 'between("09:00", "15:00")'])

    def _sampled(self, depth: int, of) -> str:  # type: ignore[no-untyped-def]
        self.sampling = True
        try:
            inner = of(depth - 1)
        finally:
            self.sampling = False
        return f"(({inner}) @ {self.one(['', '', 'forming ', 'event '])}{self.one(self.frames)})"

    # --- statements ----------------------------------------------------------------------------

    def program(self, *, declarations: int = 4, orders: bool = True) -> str:
        lines = ["stratagem 1", 'strategy "random"']
        lines += self._params()
        for index in range(declarations):
            lines += self._declaration(index)
        if orders:
            lines += self._orders()
        return "\n".join(lines) + "\n"

    def _params(self) -> list[str]:
        lines = []
        for index in range(self.random.randrange(3)):
            name = f"n{index}"
            lines.append(f"param {name} = {LENGTHS[self.random.randrange(len(LENGTHS))]} in 1 to 20")
            self.lengths.append(name)
        return lines

    def _declaration(self, index: int) -> list[str]:
        kind = self.random.randrange(6)
        if kind < 3:
            text = f"let a{index} = {self.number(3)}"
            self.numbers.append(f"a{index}")
        elif kind == 3:
            text = f"let b{index} = {self.boolean(3)}"
            self.bools.append(f"b{index}")
        elif kind == 4:
            update = f"if {self.boolean(2)} then {self.number(1)} else s{index} + {self.number(1)}"
            text = f"state s{index} = {self.one(['0', 'na', '1'])} then {update}"
            self.numbers.append(f"s{index}")
        else:
            body = f"  let inner = {self.one(['ema', 'sma', 'highest'])}(x, k)\n  return inner - x"
            text = f"fn f{index}(x, k = 3)\n{body}\nlet c{index} = f{index}({self.number(2)})"
            self.numbers.append(f"c{index}")
        return [text]

    def _orders(self) -> list[str]:
        lines = []
        for side in ("long", "short") if self.chance(60) else ("long",):
            for _ in range(1 + self.chance(30)):
                lines.append(self._enter(side))
            if self.chance(80):
                lines.append(self._exit(side))
        lines += self._extras()
        return lines

    def _enter(self, side: str) -> str:
        clauses = [self.one(["size 50%", "size 100%", "size 3 units", "size 2000 cash", "", "size 20% cap 10%"])]
        if self.chance(50):
            clauses.append(f"stop {self.one(['2 * atr(5)', '1%', '2 * tr()', '10ticks'])}")
            if self.chance(60):
                clauses.append(f"target {self.one(['3 * atr(5)', '2%', 'entry + 2 * (entry - stop)', '1.5r'])}")
        if self.chance(25):
            clauses.append(f"trail {self.one(['2 * atr(5)', '1%'])}")
        if self.chance(25):
            clauses.append(f"expire {self.one(['3 bars', '10 bars', '4h'])}")
        if self.chance(25):
            clauses.append(f"scale {self.random.randrange(3)}")
        if self.chance(20):
            clauses.append(f"fill {self.one(['this_close', 'next_open'])}")
        if self.chance(30):
            clauses.append('because "at {close} with {volume}"')
        return f"enter {side} when {self.boolean(3)} {' '.join(clauses)}"

    def _exit(self, side: str) -> str:
        partial = " size 50% once" if self.chance(25) else ""
        return f"exit {side} when {self.boolean(2)}{partial}"

    def _extras(self) -> list[str]:
        lines = ["assume tick 0.01"]
        lines += [f"assume fee {self.one(['0.1%', '1/order+0.05%', '0.01/unit'])}"] if self.chance(50) else []
        lines += ["assume slippage 2ticks"] if self.chance(30) else []
        lines += [f"assume path {self.one(['worst', 'best', 'proximity'])}"] if self.chance(50) else []
        lines += [f"assume bracket {self.one(['entry_bar', 'next_bar', 'next_decision'])}"] if self.chance(50) else []
        lines += ["assume lot 0.1"] if self.chance(30) else []
        lines += [f"guard drawdown 20% then {self.one(['halt', 'flatten'])}"] if self.chance(25) else []
        lines += [f"guard daily_loss 2% then {self.one(['deny', 'flatten', 'halt'])}"] if self.chance(25) else []
        lines += ["guard day_trades 3"] if self.chance(20) else []
        lines += ["guard exposure 200%"] if self.chance(30) else []
        lines += [f"plot {self.number(1)} as \"p\""] if self.chance(30) else []
        lines += [f"emit signal when {self.boolean(1)}"] if self.chance(30) else []
        lines += [f'alert when {self.boolean(1)} "now {{close}}"'] if self.chance(30) else []
        return lines


def program(random: Random, **options: bool) -> str:
    """A random program as text."""
    return Writer(random, **options).program()  # type: ignore[arg-type]
