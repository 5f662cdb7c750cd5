"""Families of programs that grow in one direction each: what may explode when a text is long, deep, wide or hostile.

`FAMILIES[name](n)` is a text of about n pieces; `of_size(name, characters)` one of about so many characters.
"""

from __future__ import annotations

from collections.abc import Callable

HEAD = 'stratagem 1\nstrategy "x"\non X every 1m\n'
TRADE = "enter long when close > open\nexit long when close < open\n"
FRAMES = 1438
"""Whole minutes above one that are a timeframe within a day."""


def _each(line: str, tail: str = "", head: str = "", most: int = 1 << 30) -> Callable[[int], str]:
    """A line for each of n numbers, where `#` is the number, `#2` one from 2 on, and `#1` the one before."""

    def text(n: int) -> str:
        lines = (
            line.replace("#2", str(i + 2)).replace("#1", str(i - 1)).replace("#", str(i))
            for i in range(1, min(n, most) + 1)
        )
        return HEAD + head + "\n".join(lines) + "\n" + tail.replace("#", str(min(n, most))) + "\n"

    return text


def _joined(before: str, piece: str, between: str, after: str = "") -> Callable[[int], str]:
    """One expression of n pieces."""
    return lambda n: HEAD + before + between.join(piece.replace("#", str(i + 1)) for i in range(n)) + after + "\n"


def _around(before: str, after: str, text: str = "emit e when @ > 3") -> Callable[[int], str]:
    """An expression n levels deep."""
    return lambda n: HEAD + text.replace("@", before * n + "close" + after * n) + "\n"


def _circle(n: int) -> str:
    """States that read each other's last values in one cycle."""
    return HEAD + "".join(f"state s{i} = 0 then s{(i + 1) % n}[1] + s{(7 * i + 2) % n}[1]\n" for i in range(n)) + (
        "emit e when s0 > 3\n"
    )  # fmt: skip


_HALF = "+ ".join(f"ema(close, 20) @ {k}m " for k in range(2, 62))

FAMILIES: dict[str, Callable[[int], str]] = {
    # statements
    "pairs": _each("enter long when close > #\nexit long when close < #"),
    "equal pairs": _each("enter long when close > open\nexit long when close < open"),
    "full pairs": _each(
        "enter long when close > #\n  risk 1%\n  stop #2 * atr(14)\n  target 3r\n  trail 4 * atr(3)\n  expire # bars\n"
        '  because "a {close} b {open}"', head="guard exposure 300%\n",
    ),
    "books": _each("enter long when equity > #", "exit long when close < open"),
    "brackets": _each("enter long when close > #\n  stop entry - # * atr(14)\n  target entry + 2 * (entry - stop)"),
    "signals": _each("emit e# when close > #"),
    "alerts": _each('alert when close > # "at {close} of {open}, {high}, {low}"'),
    "plots": _each('plot close + # as "p#"', TRADE),
    "guards": _each("guard drawdown 20% then flatten", TRADE),
    "requires": _each("require p < # + 20", "emit e when close > p", "param p = 3 in 1 to 10\n"),
    "parameters": _each("param p# = # in 1 to 9000\nemit e# when close > p#"),
    # operators and their state
    "averages": _each("emit e# when ema(close, #2) > sma(close, #2)"),
    "bands": _each("emit e# when bb(close, #2, 2).upper > close"),
    "lags": _each("emit e# when close[#] > close"),
    "percentiles": _each("emit e# when percentile(close, #2, 50) > close"),
    "crosses": _each("emit e# when cross_above(ema(close, #2), sma(close, #2))"),
    "states": _each("state s# = 0 then if close > # then s# + 1 else 0\nemit e# when s# > 3"),
    "chained states": _each("state s# = s#1 then s# + s#1", "emit e when s# > 3", "state s0 = close then s0 + close\n"),
    "circle": _circle,
    # clocks
    "timeframes": _each("emit e# when ema(close, 20) @ #2m > close", most=FRAMES),
    "forming timeframes": _each("emit e# when ema(close, 20) @ forming #2m > close", most=FRAMES),
    "ends of timeframes": _each("emit e# when closes(#2m)", most=FRAMES),
    "hours of timeframes": _each("emit e# when hour @ #2m > 3", most=FRAMES),
    "pairs of timeframes": _each(
        "enter long when ema(close, 20) @ #2m > close\nexit long when close @ #2m < 5", most=FRAMES
    ),
    "one timeframe": _each("emit e# when ema(close, #2) @ 1h > close"),
    "one forming timeframe": _each("emit e# when ema(close, #2) @ forming 1h > close"),
    "after many timeframes": _each("emit e# when sma(s + #, 3) > #", head=f"let s = {_HALF}\n"),
    # expressions, deep and wide
    "sum": _joined("emit e when ", "close * #", " + ", " > 3"),
    "conditions": _joined("emit e when ", "close > #", " and "),
    "choices": _joined("let x = ", "if close > # then 1 else ", "", "2\nemit e when x > 3"),
    "brackets within brackets": _around("(", ")"),
    "calls within calls": _around("ema(", ", 3)"),
    "lists of lets": _each("let a# = a#1 + #", "emit e when a# > 3", "let a0 = close\n"),
    "lags of lags": _each("let a# = a#1[#]", "emit e when a# > 3", "state a0 = 0 then a0[1] + 1\n"),
    "one decision's own": _each(
        "let a# = a#1 + # * open", "enter long when close > open\n  size a# units\n" + TRADE, "let a0 = close\n"
    ),
    "text": _joined(TRADE + 'alert when close > open "', "{close} #", " ", '"'),
    # functions and records
    "functions": _each("fn f#(x) = x + #", "emit e when f#(close) > 3"),
    "chain of functions": _each("fn f#(x) = f#1(x) + 1", "emit e when f#(close) > 3", "fn f0(x) = x\n"),
    "doubling": _each("fn f#(x) = f#1(x) + f#1(x + #)", "emit e when f#(close) > 3", "fn f0(x) = ema(x, 5)\n"),
    "doubling of one": _each("fn f#(x) = min(f#1(x), f#1(x))", "emit e when f#(close) > 3", "fn f0(x) = x\n"),
    "doubling of a number": _each("fn f#(x) = f#1(x) + f#1(x)", "emit e when close > f#(1)", "fn f0(x) = x\n"),
    "doubling within": _each("fn f#(x) = f#1(f#1(x))", "emit e when f#(close) > 3", "fn f0(x) = x + 1\n"),
    "doubling records": _each("fn f#(x) = {a: f#1(x), b: f#1(x + #)}", "let q = f#(close)\n" + TRADE,
                              "fn f0(x) = {a: x, b: x + 1}\n"),
    "arguments": lambda n: HEAD + f"fn f({', '.join(f'a{i}' for i in range(n))}) = a0\n"
                           f"emit e when f({', '.join(['close'] * n)}) > 3\n",
    "fields": lambda n: HEAD + f"fn r(x)\n  return {{ {', '.join(f'a{i}: x + {i}' for i in range(n))} }}\n"
                        "let q = r(close)\n" + "".join(f"emit e{i} when q.a{i} > 3\n" for i in range(n)),
    # faults
    "unknown names": _each("emit e# when zzclose# > 3"),
    "broken statements": _each("emit e# when > 3"),
    "said twice": _each("let a = 1"),
}  # fmt: skip

REFUSED = (
    "guards", "sum", "conditions", "choices", "calls within calls", "text", "chain of functions", "doubling",
    "doubling of one", "doubling of a number", "doubling within", "doubling records", "unknown names",
    "broken statements", "said twice",
)  # fmt: skip
"""Those of which a long text ends in a diagnostic; of the others one does that is too long."""
ACCEPTED = tuple(name for name in FAMILIES if name not in REFUSED)


def of_size(name: str, characters: int) -> str:
    """The longest text of the family that is not longer; families that grow in depth reach their own end before."""
    make = FAMILIES[name]
    fits, n = make(4), 4
    while n < 40_000 and len(text := make(n * 5 // 4)) <= characters:
        fits, n = text, n * 5 // 4
    return fits
