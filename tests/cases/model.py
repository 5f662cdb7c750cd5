"""The cases as values: how a file of a rule is read, with its small tables.

A file has the `rule` (or group of rules), its `sentences` by a short name, and `cases`. Tables are plain lines; `#`
begins a comment.
A line of `bars` is a bar: `open high low close`, or one number for all four; a first line of words names the columns,
and a first word with `-` inside is the bar's time. README.md, beside this file, says what each key of a case means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from math import nan
from pathlib import Path
from typing import Any

from ..yamls import read_yaml

FOLDER = Path(__file__).parent
RULES = (16, *range(18, 34))
GROUPS = ("placing", "restating", "life", "filling", "exits", "ladders", "levels", "rows", "costs", "carry", "margin",
          "resets", "flows", "volume", "latency", "conversion", "magnify", "together",
          "gauges")
"""Orders that rest, levels that move, what fills and holding cost, what resets a guard, volume, latency, finer bars,
guards on statistics: rules of their own."""
FIRST = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday
LENGTHS = {
    "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1),
}  # fmt: skip
PRICES = ("open", "high", "low", "close")
KEYS = {
    "name", "decides", "otherwise", "program", "bars", "finer", "options", "not_yet", "disagrees", "batch_only",
    "trades", "orders", "books", "monitors", "signals", "decided", "alerts", "counts", "assumes", "notes", "warned",
    "refused", "session_refused",
}  # fmt: skip
EXPECTED = KEYS - {
    "name", "decides", "otherwise", "program", "bars", "finer", "options", "not_yet", "disagrees", "batch_only",
}  # fmt: skip
Row = dict[str, Any]


def lines(table: str) -> Iterator[list[str]]:
    """The words of each line that has any, without comments."""
    for line in table.splitlines():
        words = line.split("#")[0].split()
        if words:
            yield words


def number(word: str) -> float:
    """A number, or a quotient or product of numbers as it was worked out: `1000/101`, `2*9.5`; `-` is missing."""
    if word == "-":
        return nan
    if not re.fullmatch(r"[-+*/().\deE]+", word):
        raise ValueError(f"expected a number or a sum like 1000/101, found {word!r}")
    return float(eval(word, {"__builtins__": {}}))


def pairs(words: Sequence[str]) -> Row:
    """`pnl -5 mae -6` as values by name; `level take_1` is the word of the level."""
    if len(words) % 2:
        raise ValueError(f"expected names and values, found {' '.join(words)!r}")
    named = dict(zip(words[::2], words[1::2], strict=True))
    said: Row = {"exit_level": named.pop("level")} if "level" in named else {}
    return said | {name: number(value) for name, value in named.items()}


def read_trade(words: list[str]) -> Row:
    """`long 2 in 1 open 100 out 3 inside 95 stop pnl -10`: which side and how much, in and out, then values."""
    side, quantity, into, entry_bar, entry_moment, entry_price, out, exit_bar, exit_moment, exit_price, why = words[:11]
    if (into, out) != ("in", "out"):
        raise ValueError(f"expected `SIDE QUANTITY in BAR MOMENT PRICE out BAR MOMENT PRICE REASON`, found {words}")
    return {
        "side": side, "quantity": number(quantity), "entry_index": int(entry_bar), "entry_moment": entry_moment,
        "entry_price": number(entry_price), "exit_index": int(exit_bar), "exit_moment": exit_moment,
        "exit_price": number(exit_price), "exit_reason": why, **pairs(words[11:]),
    }  # fmt: skip


def read_order(words: list[str]) -> Row:
    """`enter long filled at 0 fill 1 open 100 asked 2 got 2`; behind the status stands the reason, if it has one."""
    kind, side, status, *rest = words
    found: Row = {"kind": kind, "side": "" if side == "-" else side, "status": status}
    found["reason"] = rest.pop(0) if rest and rest[0] not in ("at", "fill", "asked", "got") else ""
    while rest:
        name = rest.pop(0)
        if name == "type":
            found[name] = rest.pop(0)
        elif name == "fill":
            found["fill_index"], found["fill_moment"] = int(rest.pop(0)), rest.pop(0)
            found["fill_price"] = number(rest.pop(0))
        else:
            found["index" if name == "at" else name] = number(rest.pop(0))
    return found


def read_table(table: str) -> list[Row]:
    """A first line of names, then a line of values for each row; words stay words."""
    head, *rest = lines(table)
    return [{name: _value(word) for name, word in zip(head, words, strict=True)} for words in rest]


def _value(word: str) -> float | str:
    return word if word.isalpha() else number(word)


@dataclass(frozen=True)
class Case:
    """One case: a program, its bars, and what comes of them."""

    rule: int | str
    given: Mapping[str, Any] = field(repr=False)
    text: str = field(repr=False)

    @property
    def name(self) -> str:
        return str(self.given["name"])

    @property
    def decides(self) -> tuple[str, ...]:
        """The sentences of the rule that the case is about."""
        named = self.given["decides"]
        return (named,) if isinstance(named, str) else tuple(named)

    @cached_property
    def options(self) -> dict[str, Any]:
        return {"timeframe": "1d", **self.given.get("options", {})}

    @cached_property
    def columns(self) -> dict[str, list[float]]:
        """Prices and own columns of the bars."""
        rows = list(lines(self.given["bars"]))
        dated = [words[0].count("-") > 1 for words in rows]
        head = [*PRICES] if _is_number(rows[0][-1]) else rows.pop(0)
        found: dict[str, list[float]] = {name: [] for name in head if name != "time"}
        for words in rows:
            values = [number(word) for word in words[any(dated) :]]
            if len(values) <= len(found) - 3:  # one price for all four
                values = [values[0]] * 3 + values
            for name, value in zip(found, values, strict=True):
                found[name].append(value)
        return found

    @cached_property
    def times(self) -> list[datetime]:
        """The open of each bar; one after the other from 1 January 2024 unless they are written."""
        rows = [words for words in lines(self.given["bars"]) if _is_number(words[-1])]
        if rows[0][0].count("-") > 1:
            return [datetime.fromisoformat(words[0]).replace(tzinfo=UTC) for words in rows]
        frame = str(self.options["timeframe"])
        return [FIRST + int(frame[:-1]) * LENGTHS[frame[-1]] * i for i in range(len(rows))]

    @cached_property
    def finer(self) -> dict[int, list[tuple[float, float, float, float]]]:
        """The finer bars inside of some bars, each a quarter as long: `BAR open high low close`."""
        found: dict[int, list[tuple[float, float, float, float]]] = {}
        for bar, *prices in lines(self.given.get("finer", "")):
            opened, high, low, close = map(number, prices)
            found.setdefault(int(bar), []).append((opened, high, low, close))
        return found

    @property
    def trades(self) -> list[Row] | None:
        return [read_trade(words) for words in lines(self.given["trades"] or "")] if "trades" in self.given else None

    @property
    def orders(self) -> list[Row] | None:
        return [read_order(words) for words in lines(self.given["orders"] or "")] if "orders" in self.given else None

    def table(self, name: str) -> list[Row]:
        """The rows of `books` or `monitors`."""
        return read_table(self.given[name]) if name in self.given else []

    @property
    def signals(self) -> dict[str, list[int]]:
        """The bars on which each signal was given."""
        named = self.given.get("signals", {})
        return {name: [int(bar) for bar in str("" if at is None else at).split()] for name, at in named.items()}


def _is_number(word: str) -> bool:
    return word == "-" or not word[-1].isalpha()


@dataclass(frozen=True)
class RuleFile:
    """A rule: its sentences by name, and its cases."""

    rule: int | str
    sentences: Mapping[str, str]
    cases: tuple[Case, ...]


def path_of(rule: int | str) -> Path:
    return FOLDER / (f"rule_{rule}.yaml" if isinstance(rule, int) else f"{rule}.yaml")


def read_rule(rule: int | str) -> RuleFile:
    """The file of a rule or group; ValueError says what is wrong with a case.

    `not_yet` of a file is of all its cases.
    """
    text = path_of(rule).read_text(encoding="utf-8")
    found = read_yaml(text)
    parts = re.split(r"(?m)^(?=- name: )", text)[1:]
    if found["rule"] != rule or len(parts) != len(found["cases"]):
        raise ValueError(f"{path_of(rule).name}: expected rule {rule}, and every case to begin with `- name:`")
    cases = []
    of_all = {"not_yet": found["not_yet"]} if "not_yet" in found else {}
    for given, part in zip([{**of_all, **case} for case in found["cases"]], parts, strict=True):
        unknown = set(given) - KEYS
        if unknown or not EXPECTED & set(given):
            raise ValueError(f"{path_of(rule).name}, {given['name']!r}: unknown {sorted(unknown)}, or nothing expected")
        cases.append(Case(rule, given, part))
    return RuleFile(rule, found["sentences"], tuple(cases))


def rules_there() -> list[int | str]:
    return [rule for rule in (*RULES, *GROUPS) if path_of(rule).exists()]
