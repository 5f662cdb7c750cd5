"""Between which numbers a share usually lies: a change of price, a quotient of prices, a part of equity.

A share has no bounds, so that no scale says anything of it. What it is made of does: over two bars of a day a price
hardly doubles, so `close / close[1]` lies below 2, and less 1 between -1 and 1. These ranges are wide, and wider the
longer the time between two prices; they are carried through arithmetic with constants, averages, earlier values and
other clocks. Where nothing is known there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf, isfinite, log
from typing import NamedTuple, Protocol

from ...stdlib.operator import COUNT, SPARSE, operator_of
from ..program.nodes import Binding, Clock, Node
from ..program.program import Called
from ..program.tests import FACT, is_fact
from ..program.timeframe import Timeframe
from ..program.units import Unit
from . import ranges

DAY = 86_400.0
_MOVES = ((DAY - 1.0, 0.5), (10 * DAY, 1.0), (110 * DAY, 2.0), (400 * DAY, 5.0), (inf, 10.0))
"""Within such a time a price hardly rises by more than that share of it."""
_HELD = 50 * DAY
"""How long a position is held, as far as its prices go."""
_CONVERTED = 10.0
"""What is multiplied by so much was brought to per cent, or to basis points, by hand."""
_AROUND = frozenset({"linreg", "linreg_slope", "stdev", "mean_deviation"})
_FOLLOW = frozenset({"supertrend_of", "sar_of", "vwap_of", "true_range_of"})
_FOLLOWED = 20.0
"""Bars between a price and what follows it without a length."""
_OLDEST = frozenset({"history", "highest", "lowest"})
"""Operators that may give the oldest of what they read; others give a mean, which is half as old."""
_DEEPEST = 60
"""Functions within one another that are looked into."""

_WORDS: dict[str, tuple[float, float]] = {
    "position.weight": (-10.0, 10.0), "exposure.gross": (-inf, 10.0), "exposure.net": (-10.0, 10.0),
    "exposure.long": (-inf, 10.0), "exposure.short": (-inf, 10.0), "margin.use": (-inf, 5.0),
    "margin.distance": (-1.0, 2.0), "trades.last_return": (-1.0, 2.0), "trades.mean_win_return": (-inf, 2.0),
    "trades.mean_loss_return": (-inf, 1.0),
}  # fmt: skip
_FACTS: dict[str, tuple[float, float]] = {"gain": (-1.0, 3.0), "max_drawdown": (-inf, 1.0)}
_FUNCTIONS: dict[str, tuple[float, float]] = {
    "annual_volatility": (-inf, 5.0), "equity_return": (-1.0, 1.0), "value_at_risk": (-1.0, 1.0),
    "expected_shortfall": (-1.0, 1.0), "ewma_volatility": (-inf, 1.0), "ewma_value_at_risk": (-1.0, 1.0),
}  # fmt: skip
_OF_EQUITY: dict[str, tuple[float, float]] = {
    "position.pnl": (-1.0, 1.0), "pnl.day": (-1.0, 1.0), "pnl.unrealised": (-1.0, 1.0), "pnl.total": (-inf, 2.0),
    "pnl.realised": (-inf, 2.0), "cash": (-10.0, 10.0), "margin.used": (-inf, 5.0), "margin.free": (-inf, 2.0),
}  # fmt: skip
"""Money that is divided by equity."""

MOVE, QUOTIENT, PART = "move", "quotient", "part"


class Usual(NamedTuple):
    """A range that is open at both ends. about: a MOVE of a price, a QUOTIENT of prices, or a PART of something.

    seconds: how long a time lies between the prices. name: the word or function of the language whose range it is.
    """

    low: float
    high: float
    about: str
    seconds: float = 0.0
    name: str = ""


class _Price(NamedTuple):
    """So many times a price of one symbol, from so long a time; of a distance so many times one at most."""

    times: float
    seconds: float
    symbol: str = ""


class _Known(Protocol):
    """What a program says of all its values."""

    @property
    def timeframe(self) -> Timeframe | None: ...
    @property
    def param_ranges(self) -> dict[str, ranges.Interval]: ...
    @property
    def library_calls(self) -> dict[int, Called]: ...


class Usuals:
    """The usual ranges of one program's values, each found once."""

    def __init__(self, known: _Known) -> None:
        self._of = known
        self._found: dict[int, Usual | None] = {}
        self._prices: dict[int, _Price | None] = {}

    # --- shares ------------------------------------------------------------------------------------

    def of(self, node: Node, depth: int = _DEEPEST) -> Usual | None:
        if node.id not in self._found:
            self._found[node.id] = self._usual(node, depth - 1) if depth > 0 and node.type == "number" else None
        return self._found[node.id]

    def _usual(self, node: Node, depth: int) -> Usual | None:
        called = self._of.library_calls.get(node.id)
        if called is not None and called.function in _FUNCTIONS:
            return Usual(*_FUNCTIONS[called.function], PART, name=called.function)
        if is_fact(node):
            return _named(node.name.removeprefix(FACT).split()[-1], _FACTS)
        if node.kind in ("book", "book_of"):
            return _named(node.name, _WORDS)
        if node.kind in ("sample", "of"):
            return self.of(node.args[0], depth)
        if node.kind == "across":
            return self.of(node.args[0], depth) if node.name in ("average", "quantile_of") else None
        if node.kind == "step":
            return self._step(node, depth)
        return self._pure(node, depth) if node.kind == "pure" else None

    def _step(self, node: Node, depth: int) -> Usual | None:
        """An average or an earlier value lies where its source does; a deviation within half of its width."""
        if "source" not in (names := [argument.name for argument in operator_of(node.name).arguments]):
            return None
        if not operator_of(node.name).within and node.name not in ("stdev", "mean_deviation"):
            return None
        source = self.of(node.args[names.index("source")], depth)
        if source is None or operator_of(node.name).within:
            return source
        return Usual(-inf, (source.high - source.low) / 2.0, PART, source.seconds)

    def _pure(self, node: Node, depth: int) -> Usual | None:
        if node.name == "div":
            divided = self._divided(node.args[0], node.args[1], depth)
            if divided is not None:
                return divided
        if node.name == "log":
            of = self.of(node.args[0], depth)
            if of is None or of.about != QUOTIENT:
                return None
            most = max(1.0, log(of.high))
            return of._replace(low=-most, high=most, about=MOVE)
        if node.name not in ("add", "sub", "mul", "div", "neg", "abs", "min", "max", "select", "or_else"):
            return None
        operands = [each for each in node.args[node.name == "select" :] if not _is_missing(each)]
        parts = [self.of(operand, depth) for operand in operands]
        shares = [part for part in parts if part is not None]
        bounds = [self._bounds(*each) for each in zip(operands, parts, strict=True)]
        if not shares or not all(map(_is_plain, bounds, parts)) or not self._may_join(node.name, parts, bounds):
            return None
        if node.name in ("select", "or_else"):
            low, high = min(of[0] for of in bounds), max(of[1] for of in bounds)
        else:
            low, high = ranges.of_function(node.name, bounds)
        about = MOVE if shares[0].about == QUOTIENT and low < 0.0 else shares[0].about
        name = shares[0].name if node.name in ("or_else", "abs") else ""
        return Usual(low, high, about, max(each.seconds for each in shares), name)

    def _bounds(self, node: Node, usual: Usual | None) -> ranges.Interval:
        if usual is not None:
            return usual.low, usual.high
        return ranges.bounds(node, self._of.param_ranges) if node.binding < Binding.SERIES else ranges.EVERYTHING

    def _may_join(self, name: str, parts: list[Usual | None], bounds: list[ranges.Interval]) -> bool:
        """A share is multiplied and divided by what is known before the run, and by no more than a few times."""
        if name not in ("mul", "div"):
            return True
        if all(part is not None for part in parts) or (name == "div" and parts[1] is not None):
            return False
        by = bounds[1 if parts[0] is not None else 0]
        least, most = sorted((abs(by[0]), abs(by[1])))
        return most < _CONVERTED if name == "mul" else least > 1.0 / _CONVERTED

    def _divided(self, over: Node, under: Node, depth: int) -> Usual | None:
        if over.unit is Unit.MONEY and over.kind == "book" and under.kind == "book" and under.name == "equity":
            usual = _named(over.name, _OF_EQUITY)
            return usual and usual._replace(name="")
        if under.unit is not Unit.PRICE or over.unit not in (Unit.PRICE, Unit.DISTANCE):
            return None
        one, two = self._price(over, depth), self._price(under, depth)
        if one is None or two is None or one.symbol != two.symbol or not two.times:
            return None
        times, seconds = one.times / two.times, max(one.seconds, two.seconds)
        most = next(move for longest, move in _MOVES if seconds <= longest)
        if over.unit is Unit.DISTANCE:
            return Usual(-times, most * times, MOVE, seconds) if times < _CONVERTED else None
        return Usual(0.0, (1.0 + most) * times, QUOTIENT, seconds) if 0.5 <= times <= 2.0 else None

    # --- what they are shares of ---------------------------------------------------------------------

    def _price(self, node: Node, depth: int) -> _Price | None:
        """A price or a distance of prices, as far as it is plain what it is made of."""
        if depth <= 0 or node.unit not in (Unit.PRICE, Unit.DISTANCE):
            return None
        if node.id not in self._prices:
            rule = _PRICES.get(node.kind)
            self._prices[node.id] = rule(self, node, depth - 1) if rule else None
        return self._prices[node.id]

    def _bar(self, clock: Clock | None) -> float:
        frame = clock if isinstance(clock, Timeframe) else self._of.timeframe
        return float(frame.seconds) if frame is not None else DAY

    def _read(self, node: Node, depth: int) -> _Price | None:
        return None if node.name.startswith("column:") else _Price(1.0, self._bar(node.clock))

    def _held(self, node: Node, depth: int) -> _Price:
        return _Price(1.0, _HELD)

    def _crossed(self, node: Node, depth: int) -> _Price | None:
        of = self._price(node.args[0], depth)
        return None if of is None or of.symbol else of._replace(symbol=str(node.data[0]))

    def _kept(self, node: Node, depth: int) -> _Price | None:
        """What a state carries: a price of any time before."""
        return _Price(1.0, inf) if node.unit is Unit.PRICE else None

    def _gathered(self, node: Node, depth: int) -> _Price | None:
        """What an operator makes of prices, over as many bars as its counts say."""
        bars = self._bars(node)
        read = [self._price(each, depth) for each in node.args if each.unit in (Unit.PRICE, Unit.DISTANCE)]
        of = [price for price in read if price is not None]
        if bars is None or not of or len(of) < len(read) or len({price.symbol for price in of}) > 1:
            return None
        longest = max(price.seconds for price in of)
        return _Price(max(price.times for price in of), longest + bars * self._bar(node.clock), of[0].symbol)

    def _bars(self, node: Node) -> float | None:
        """How many bars lie between this one and what an operator gives of them; None of what is no price then."""
        operator = operator_of(node.name)
        if operator.missing == SPARSE:
            return inf
        if not operator.within and node.name not in _AROUND and node.name not in _FOLLOW:
            return None
        lengths = [
            ranges.bounds(given, self._of.param_ranges)[1]
            for argument, given in zip(operator.arguments, node.args, strict=True) if argument.kind == COUNT
        ]  # fmt: skip
        if not lengths:
            return _FOLLOWED
        return sum(lengths) if node.name in _OLDEST else sum(lengths) / 2.0

    def _slot(self, node: Node, depth: int) -> _Price | None:
        return self._price(node.args[0], depth)

    def _made(self, node: Node, depth: int) -> _Price | None:
        """Prices added, taken from one another, multiplied by a constant, chosen."""
        if node.name in ("mul", "div"):
            return self._multiplied(node, depth)
        operands = [each for each in node.args[node.name == "select" :] if not _is_missing(each)]
        found = [self._price(each, depth) for each in operands]
        of = [price for price in found if price is not None]
        if len(of) < len(found) or len({price.symbol for price in of}) != 1:
            return None
        seconds, times = max(price.seconds for price in of), [price.times for price in of]
        if node.name in ("neg", "abs") or (len(set(times)) == 1 and node.name in ("min", "max", "select", "or_else")):
            return _Price(times[0], seconds, of[0].symbol)
        units = [each.unit for each in operands]
        if node.name == "sub" and units == [Unit.PRICE, Unit.PRICE]:
            return _Price(times[0], seconds, of[0].symbol) if times[0] == times[1] else None
        if node.name in ("add", "sub"):
            apart = len(set(units)) > 1  # a price and a distance from it
            whole = times[units.index(Unit.PRICE)] if apart else sum(times)
            return _Price(whole, seconds, of[0].symbol)
        return None

    def _multiplied(self, node: Node, depth: int) -> _Price | None:
        by, of = (1, 0) if node.args[0].unit in (Unit.PRICE, Unit.DISTANCE) else (0, 1)
        price, value = self._price(node.args[of], depth), node.args[by].data[0] if node.args[by].kind == "const" else 0
        if price is None or not isinstance(value, float) or not value or (node.name == "div" and of):
            return None
        return price._replace(times=abs(price.times * value if node.name == "mul" else price.times / value))


_PRICES: Mapping[str, Callable[[Usuals, Node, int], _Price | None]] = {
    "input": Usuals._read, "bar": Usuals._read, "book": Usuals._held, "of": Usuals._crossed, "step": Usuals._gathered,
    "output": Usuals._slot, "sample": Usuals._slot, "pure": Usuals._made, "cell": Usuals._kept,
    "previous": Usuals._kept, "lagged": Usuals._kept,
}  # fmt: skip


def _named(name: str, known: Mapping[str, tuple[float, float]]) -> Usual | None:
    return Usual(*known[name], PART, name=name) if name in known else None


def _is_missing(node: Node) -> bool:
    return node.kind == "const" and node.data[0] != node.data[0]


def _is_plain(bounds: ranges.Interval, usual: Usual | None) -> bool:
    """A share itself, or a number that is known before the run."""
    return usual is not None or all(map(isfinite, bounds))
