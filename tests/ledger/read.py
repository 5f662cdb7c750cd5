"""Reads the text of a small program as a Program, so that the ledger can play the cases of `tests/cases`.

It knows statements and clauses, sums of prices, of columns and of numbers, and nothing of functions, records and
higher clocks: what it cannot read it says (`Unread`). Every expression is worked out bar by bar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import isnan, nan
from typing import Any

from .program import (
    LONG,
    SHORT,
    Bar,
    Cancel,
    Enter,
    Exit,
    Flow,
    Guard,
    Level,
    Move,
    Program,
    Rest,
    Rests,
    Statement,
    Take,
)

TOKEN = re.compile(r'\s*("[^"]*"|\d[\d_]*(?:\.\d+)?(?:%|[a-z]+)?|[A-Za-z_]\w*|<=|>=|==|!=|[-+*/()<>,])')
STATEMENTS = ("assume", "enter", "exit", "cancel", "guard", "deposit", "withdraw")
CLAUSES = ("when", "size", "risk", "cap", "limit", "trigger", "stop", "target", "trail", "take", "at", "after", "valid",
           "until", "expire", "scale", "once", "fill", "because", "then")  # fmt: skip
WORDS = ("open", "high", "low", "close", "bar_index", "and", "or", "not", "true", "false", "entry", "stop", "column")
SIDES = {"long": LONG, "short": SHORT}
WAYS = {"deposit": 1, "withdraw": -1}
Clause = tuple[str, list[str]]


class Unread(ValueError):
    """What the reader does not know."""


class Reading:
    """Bars, columns of the data, and what becomes of words between them. lot: the side of the statement."""

    def __init__(self, bars: list[Bar], columns: dict[str, list[float]]) -> None:
        self.bars, self.columns, self.tick, self.lot = bars, columns, 0.0, 0

    # --- expressions -------------------------------------------------------------------------------

    def values(self, words: list[str], shift: float = 0.0, **levels: float) -> tuple[float, ...]:
        """An expression on every bar. shift: added to every price, which tells a price from a distance."""
        code = " ".join(self.word(word) for word in words)
        found = []
        for at, bar in enumerate(self.bars):
            known: dict[str, Any] = {name: getattr(bar, name) + shift for name in ("open", "high", "low", "close")}
            known |= {"bar_index": at, "column": self.column(at), "true": True, "false": False, **levels}
            found.append(eval(code, {"__builtins__": {}}, known))
        return tuple(found)

    def column(self, at: int) -> Callable[[str], float]:
        return lambda name: self.columns[name][at]

    def word(self, word: str) -> str:
        if word[0].isdigit():
            number, unit = re.fullmatch(r"([\d_.]+)(.*)", word).groups()  # type: ignore[union-attr]
            if unit not in ("", "%", "ticks", "r", "h"):
                raise Unread(f"the unit of {word}")
            return str(float(number) * {"%": 0.01, "ticks": self.tick}.get(unit, 1.0)) if unit else number
        if word[0] == '"' or word in WORDS or not word[0].isalpha():
            return word
        raise Unread(f"the word {word}")

    def condition(self, words: list[str]) -> tuple[bool, ...]:
        return tuple(bool(value) for value in self.values(words))

    def level(self, words: list[str], side: int) -> Level:
        """A price, distance, ratio or multiple. side: where a distance lies, 1 above; a multiple counts to the side of
        gain."""
        in_r = any(word[0].isdigit() and word.endswith("r") for word in words)
        if "entry" in words and in_r:  # of a long: entry 0, a way of 1 to its stop
            return Level("multiple", tuple(self.lot * value for value in self.values(words, entry=0.0)))
        if in_r:
            return Level("multiple", self.values(words))
        if "entry" in words:
            return self.of_entry(words, side)
        plain, moved = self.values(words), self.values(words, 1000.0)
        if plain == moved and any(word.endswith("%") for word in words):
            return Level("ratio", plain)
        prices = any(b - a > 500.0 for a, b in zip(plain, moved, strict=True))
        if prices or all((word[0].isdigit() and not word.endswith("ticks")) or word == "-" for word in words):
            return Level("price", plain)
        return Level("distance", plain)

    def of_entry(self, words: list[str], side: int) -> Level:
        """`entry + 2`, `entry * 1.1`, `entry + 2 * (entry - stop)`: a line in the fill."""
        if "stop" in words:
            return Level("multiple", self.values(words, entry=0.0, stop=-1.0))
        base = self.values(words, entry=0.0)
        if self.values(words, entry=1.0) == tuple(value + 1.0 for value in base):
            return Level("distance", tuple(side * value for value in base))
        if any(base):
            raise Unread(" ".join(words))
        return Level("ratio", tuple(side * (value - 1.0) for value in self.values(words, entry=1.0)))

    # --- statements --------------------------------------------------------------------------------

    def converted(self, rests: Rests, words: list[str]) -> Rests | None:
        """The rates of a column in quotes; None where it is another assumption."""
        name, column = words[0], words[-1].strip('"')
        return replace(rests, rates=tuple(self.columns[column])) if name == "conversion" else None

    def program(self, text: str, rests: Rests, step: int) -> Program:
        found: list[Statement] = []
        guards = []
        for words in statements(text):
            kind, rest = words[0], words[1:]
            if kind == "assume":
                rests = self.said(rests, rest) or self.converted(rests, rest) or assumed(rests, rest)
                self.tick = rests.tick
            elif kind == "guard":
                guards.append(guard(rest))
            elif kind in WAYS:
                found.append(self.flow(WAYS[kind], rest))
            else:
                if rest[0] not in SIDES:
                    raise Unread(" ".join(words))
                found.append(self.statement(kind, SIDES[rest[0]], clauses(rest[1:])))
        return Program(tuple(found), tuple(guards), rests, step)

    def said(self, rests: Rests, found: list[str]) -> Rests | None:
        """`assume borrow "column"`, and funding: a rate at each bar."""
        if found[0] not in ("borrow", "funding", "spread") or not found[1].startswith('"'):
            return None
        if found[0] == "spread":
            return self.spread(rests, found[1:])
        rates = tuple(self.columns[found[1].strip('"')])
        return replace(rests, **{f"{found[0]}_said": rates})

    def spread(self, rests: Rests, found: list[str]) -> Rests:
        """`"column"` and `"column" in ticks`, or `"bid" to "ask"`."""
        if len(found) == 3 and found[1] == "to":
            bids, asks = (self.columns[name.strip('"')] for name in (found[0], found[2]))
            return replace(rests, spreads=tuple(ask - bid for bid, ask in zip(bids, asks, strict=True)))
        if len(found) > 1 and found[1:] != ["in", "ticks"]:
            raise Unread("assume spread " + " ".join(found))
        unit = rests.tick if len(found) > 1 else 1.0
        return replace(rests, spreads=tuple(unit * wide for wide in self.columns[found[0].strip('"')]))

    def statement(self, kind: str, side: int, parts: list[Clause]) -> Statement:
        named = dict(parts)
        when = self.condition(named["when"])
        if kind == "cancel":
            return Cancel(side, when)
        rest = self.rest(named, side if kind == "enter" else -side)
        fill = named.get("fill", [""])[0]
        sizing, size = self.size(named)
        if kind == "exit":
            sizing = "all" if "size" not in named else sizing
            return Exit(side, when, sizing, () if sizing == "all" else size, "once" in named, fill, rest)
        made = Enter(side, when, sizing, size, rest=rest, fill=fill)
        if "scale" in named:
            made = replace(made, scale=int(named["scale"][0]))
        if "cap" in named:
            made = replace(made, cap=self.values(named["cap"]))
        return self.levels(replace(made, **self.expire(named.get("expire"))), parts)

    def flow(self, way: int, words: list[str]) -> Flow:
        """`AMOUNT cash when …`, or a share of equity; by the month or week it is not read."""
        if "when" not in words:
            raise Unread(" ".join(words))
        amount, when = words[: words.index("when")], words[words.index("when") + 1 :]
        unit, size = self.size({"size": amount})
        return Flow(way, self.condition(when), unit, size)

    def size(self, named: dict[str, list[str]]) -> tuple[str, tuple[float, ...]]:
        if "risk" in named:
            return "risk", self.values(named["risk"])
        words = named.get("size", ["100%"])
        if words[-1] in ("units", "cash"):
            return words[-1], self.values(words[:-1])
        return "percent", self.values(words)

    def rest(self, named: dict[str, list[str]], buys: int) -> Rest | None:
        if "limit" not in named and "trigger" not in named:
            return None
        limit = self.level(named["limit"], -buys) if "limit" in named else None
        trigger = self.level(named["trigger"], buys) if "trigger" in named else None
        until = self.condition(named["until"]) if "until" in named else None
        words = named.get("valid", [])
        if words == ["day"]:
            return Rest(limit, trigger, None, "day", until)
        if not words:
            return Rest(limit, trigger, until=until)
        unit = "bars" if words[-1] == "bars" else "hours"
        return Rest(limit, trigger, self.values(words[:-1] if unit == "bars" else words), unit, until)

    def expire(self, words: list[str] | None) -> dict[str, Any]:
        if words is None:
            return {}
        if words[0] in ("next_open", "day"):
            return {"expire_unit": words[0]}
        if words[0][0] == '"':
            return {"expire_unit": words[0].strip('"')}
        unit = "bars" if words[-1] == "bars" else "hours"
        return {"expire": self.values(words[:-1] if unit == "bars" else words), "expire_unit": unit}

    def levels(self, made: Enter, parts: list[Clause]) -> Enter:
        """Stops, trail, takes and target; `after` and `at` belong to what stands before them."""
        side = self.lot = made.side
        for at, (name, words) in enumerate(parts):
            behind = parts[at + 1] if at + 1 < len(parts) else ("", [])
            after = self.level(behind[1], side) if behind[0] == "after" else None
            if name == "stop" and after:
                made = replace(made, moves=(*made.moves, Move(self.level(words, -side), after)))
            elif name == "stop":
                made = replace(made, stop=self.level(words, -side))
            elif name == "trail":
                made = replace(made, trail=self.level(words, -side), trail_after=after)
            elif name == "take":
                made = replace(made, takes=(*made.takes, Take(self.values(words), self.level(behind[1], side))))
            elif name == "target":
                made = replace(made, target=self.level(words, side))
        return made


def tokens(text: str) -> Iterator[str]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise Unread(text[at:].split("\n")[0])
        yield found.group(1)
        at = found.end()


def statements(text: str) -> list[list[str]]:
    """The words of each statement: a new one begins with each keyword that begins a line."""
    found = []
    for line in text.splitlines():
        line = line.split("#")[0]
        if not line.strip():
            continue
        if re.match(r"[a-z]", line):
            if line.split()[0] not in STATEMENTS:
                raise Unread(line)
            found.append(line)
        else:
            found[-1] += line
    return [words(line) for line in found]


def words(line: str) -> list[str]:
    """Values of assumptions have signs of their own, and stay as they are."""
    return line.split() if line.startswith("assume") else [*tokens(line)]


def clauses(found: list[str]) -> list[Clause]:
    parts: list[Clause] = []
    depth = 0
    for word in found:
        depth += (word == "(") - (word == ")")
        if word in CLAUSES and not depth:
            parts.append((word, []))
        else:
            parts[-1][1].append(word)
    return parts


def guard(found: list[str]) -> Guard:
    if found[0] in ("margin_use", "margin_distance"):
        raise Unread(f"guard {found[0]}")
    given: tuple[float, ...] = ()
    if found[1] == "(":
        end = found.index(")")
        inside, found = found[2:end], [found[0], *found[end + 1 :]]
        if found[0] == "beta":
            if inside[0] != "close" or inside[1:2] not in ([","], []):
                raise Unread("beta of " + " ".join(inside))
            inside = inside[2:]
        given = tuple(amount(word) for word in inside if word != ",")
    action = found[found.index("then") + 1] if "then" in found else "deny"
    until = found[found.index("until") + 1] if "until" in found else ""
    return Guard(found[0], amount(found[1]), action, until, given)


def amount(word: str) -> float:
    return float(word.rstrip("%")) / (100.0 if word.endswith("%") else 1.0)


def assumed(rests: Rests, found: list[str]) -> Rests:
    """`assume NAME VALUE`; fees and slippage in their parts, `2/order+0.1%`."""
    name, value = found[0], " ".join(found[1:])
    if name in ("path", "bracket", "sizing", "fill", "entries"):
        return replace(rests, **{name: value})
    fields = {"point_value": "point", "capital": "capital", "lot": "lot", "tick": "tick"}
    if name in fields:
        return replace(rests, **{fields[name]: float(value.replace("_", ""))})
    if name in ("interest", "borrow", "funding", "participation") and value.endswith("%"):
        return replace(rests, **{name: amount(value)})
    if name == "latency":
        return replace(rests, latency=int(value.split()[0]))
    if name not in ("fee", "slippage"):
        raise Unread(f"assume {name}")
    named = {"fee": {"order": "fee_order", "unit": "fee_unit", "%": "fee_fraction", "bp": "fee_fraction"},
             "slippage": {"unit": "slip_distance", "ticks": "slip_distance", "%": "slip_fraction",
                          "bp": "slip_fraction"}}[name]  # fmt: skip
    for part in value.replace(" ", "").split("+"):
        matched = re.fullmatch(r"([\d.]+)/?(order|unit|%|bp|ticks)", part)
        if not matched:
            raise Unread(f"assume {name} {value}")
        share = {"%": 0.01, "bp": 0.0001, "ticks": rests.tick or nan}.get(matched[2], 1.0)
        if isnan(share):
            raise Unread("slippage in ticks before the tick")
        rests = replace(rests, **{named[matched[2]]: float(matched[1]) * share})
    return rests
