"""What a condition means for a side: crosses and touches whose way is not said, the counterpart for the other side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..orders.exit_held import Held, standing
from ..tokens.token import Again, Compare, Condition, Joined, Not, Plain, Series, asked, number
from ..tokens.write import compare_text, condition_text
from .resolve import CONTRARY, unclear

FRAMED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "cross_above": "cross_below", "cross_below": "cross_above"}
_MIRRORED_WORDS = {
    "highest": "lowest", "lowest": "highest", "upper": "lower", "lower": "upper", "plus": "minus", "minus": "plus"
}
_MOVED = re.compile(r" ([+-]) ((?:[\d.]+ \* )?atr\(\d+\)|[\d.]+)$")
_ONE_WAY = re.compile(r"\b(highest|lowest|upper|lower)\b")


def for_side(condition: Any, side: str, opening: bool, entry: Condition | None) -> Condition:
    """With the way of every cross and touch: of an entry of this side, or of the exit of it behind `entry`."""
    if isinstance(condition, Joined):
        return Joined(condition.word, tuple(for_side(part, side, opening, entry) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(for_side(condition.part, side, opening, entry))
    if isinstance(condition, Again):
        return _again(entry, condition.how)
    if isinstance(condition, Held):
        return unclear("in profit") if opening else standing(condition, side == "long")
    if isinstance(condition, tuple):
        return _wrapped(condition, side, opening, entry) if condition[0] == "wrapped" else unclear(str(condition[0]))
    if not isinstance(condition, Compare):
        return condition  # type: ignore[no-any-return]
    if condition.op == "cross" and condition.right and condition.right.dim == "number" and condition.right.text != "0":
        offers = {"upward": Compare(condition.left, "cross_above", condition.right),
                  "downward": Compare(condition.left, "cross_below", condition.right)}  # fmt: skip
        return _which("definition", f"Crossing {condition.right.text}: upward or downward?", offers)
    if condition.op == "cross" and condition.left and condition.right:
        return _crossing(condition, (side == "long") == opening)
    if condition.op == "with":  # above a line that filters, of a short below it
        return Compare(condition.left, ">" if (side == "long") == opening else "<", condition.right)
    if condition.op.startswith("back_"):
        return Compare(condition.left, ">" if condition.op == "back_above" else "<", condition.right)
    if condition.op == "at":
        return _at(condition, side, opening, entry)
    return condition


def _which(kind: str, question: str, offers: Mapping[str, Compare]) -> Plain:
    """A question that one of several conditions answers, by their words."""
    whole = {words: compare_text(each) for words, each in offers.items() if each.left and each.right}
    return Plain(asked(kind, question, whole))


def _crossing(compare: Compare, up: bool) -> Compare:
    """Of two averages the shorter one is said to cross."""
    left, right = compare.left, compare.right
    assert left and right
    if left.length and right.length and left.length > right.length:
        left, right = right, left
    return Compare(left, "cross_above" if up else "cross_below", right)


def negated(condition: Condition) -> Condition:
    """The contrary of a state by its operator, of anything else `not`."""
    contrary = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "==": "!=", "!=": "=="}
    if isinstance(condition, Not):
        return condition.part
    if isinstance(condition, Compare) and condition.op in contrary:
        return Compare(condition.left, contrary[condition.op], condition.right)
    if isinstance(condition, Joined):
        other = "or" if condition.word == "and" else "and"
        return Joined(other, tuple(negated(part) for part in condition.parts))
    if isinstance(condition, Plain) and condition.filter:
        return Plain(_not_then(condition.text), filter=True)
    return Not(condition)


def _not_then(text: str) -> str:
    """The contrary of a day, a month or an hour: it stays a filter of entries."""
    if single := re.fullmatch(r"(weekday|month|day) (==|!=) (\w+)", text):
        return f"{single[1]} {'!=' if single[2] == '==' else '=='} {single[3]}"
    if window := re.fullmatch(r"not (between\([^()]*\))", text):
        return window[1]
    return f"not {text}" if re.fullmatch(r"between\([^()]*\)", text) else f"not ({text})"


def _again(entry: Condition | None, how: str) -> Condition:
    """The opposite of an entry, which is plain for a cross alone."""
    if how == "ends" and entry is not None:
        return Not(entry)
    if isinstance(entry, Joined) and entry.word == "and":
        crosses = [each for each in entry.parts if isinstance(each, Compare) and each.op.startswith("cross_")]
        entry = crosses[0] if len(crosses) == 1 else entry
    if isinstance(entry, Compare) and entry.op in CONTRARY and entry.right and entry.right.dim != "number":
        return Compare(entry.left, CONTRARY[entry.op], entry.right)
    if isinstance(entry, Compare) and entry.op in {"cross_above", "cross_below"}:
        return Compare(entry.left, CONTRARY[entry.op], entry.right)
    return Plain(asked("exit", "What exactly is the opposite of the entry here?"))


def _wrapped(condition: Any, side: str, opening: bool, entry: Condition | None) -> Condition:
    """A condition inside another text: `recent(…, 5)`."""
    inner = for_side(condition[1], side, opening, entry)
    other, template = mirrored(inner), condition[2]
    return Plain(template.format(condition_text(inner)), template.format(condition_text(other)) if other else "")


_EXTREMES = {
    "low": "<=", "lowest(low": "<=", "lowest(close": "<=", "high": ">=", "highest(high": ">=", "highest(close": ">=",
}  # fmt: skip
"""An extreme is reached from one side alone."""


def _at(compare: Compare, side: str, opening: bool, entry: Condition | None) -> Condition:
    """Touched from which side: by the band, by the scale, by where the entry was."""
    right = compare.right
    assert right
    if compare.left and compare.left.text in {"low", "high"}:
        return Compare(compare.left, "<=" if compare.left.text == "low" else ">=", right)
    edge = _EXTREMES.get(re.split(r"[\[,]", right.text)[0])
    if edge and right.name in {"earlier", "lowest", "highest"}:
        return Compare(compare.left, edge, right)
    band = right.band if right.name in {"bb", "kc"} else ""
    if band in {"upper", "lower"}:
        return Compare(compare.left, ">=" if band == "upper" else "<=", right)
    below = _below(entry, compare) if not opening else None
    if (
        below is None and opening and right.dim == "number" and compare.left
        and compare.left.name in {"rsi", "stoch", "mfi"}
    ):
        return Compare(compare.left, "<=" if float(right.text) < 50 else ">=", right)
    if below is None:
        offers = {"from below": Compare(compare.left, ">=", right), "from above": Compare(compare.left, "<=", right)}
        return _which("threshold", f"At {right.written}: reached from below or from above?", offers)
    return Compare(compare.left, ">=" if below else "<=", right)


def _below(entry: Condition | None, compare: Compare) -> bool | None:
    """Whether the entry was below what is reached now."""
    parts = entry.parts if isinstance(entry, Joined) else (entry,)
    edges = [each for part in parts if (each := _edges(part, compare)) is not None]
    if edges:
        return edges[0]
    for part in parts:
        if isinstance(part, Compare) and part.left and compare.left and part.left.text == compare.left.text:
            values = [_number(side.right) for side in (part, compare)]
            if values[0] is not None and values[1] is not None:
                return values[1] > values[0]
            if values[1] is not None:
                continue  # which line is above says nothing of where on the scale it was
            if part.right and part.right.name in {"px", "earlier"}:
                continue  # where it is beside another price says nothing of a line
            if part.op in {"<", "<=", "cross_below"}:
                return True
            if part.op in {">", ">=", "cross_above"}:
                return False
    if any(
        isinstance(part, Compare) and part.right and part.right.band == "lower" and part.op in {"<", "<="}
        for part in parts
    ):
        return True
    if any(
        isinstance(part, Compare) and part.right and part.right.band == "upper" and part.op in {">", ">="}
        for part in parts
    ):
        return False
    return None


_EDGES = ("lower", "middle", "upper")


def _edges(part: Condition | None, compare: Compare) -> bool | None:
    """Of two lines of the same bands: whether what is reached lies above where it was entered."""
    if not isinstance(part, Compare) or not part.right or not compare.right or part.right.name != compare.right.name:
        return None
    bands = (part.right.band, compare.right.band)
    if not set(bands) <= set(_EDGES) or bands[0] == bands[1]:
        return None
    return _EDGES.index(bands[1]) > _EDGES.index(bands[0])


def _number(series: Series | None) -> float | None:
    return float(series.text) if series and re.fullmatch(r"-?[\d.]+", series.text) else None


_SIDELESS = {"adx", "atr", "tr", "bbw", "kcw", "stdev", "rvol", "quotient", "apart"}
"""What measures how much, and not which way."""


def mirrored(condition: Condition) -> Condition | None:
    """The counterpart for the other side; None where it is not plain."""
    if isinstance(condition, Joined):
        parts = [mirrored(part) for part in condition.parts]
        return None if any(part is None for part in parts) else Joined(condition.word, tuple(p for p in parts if p))
    if isinstance(condition, Plain):
        return condition if condition.filter else Plain(
            condition.mirrored, condition.text
        ) if condition.mirrored else None
    if not isinstance(condition, Compare) or not condition.left or not condition.right or condition.op not in FRAMED:
        return None
    left, right = condition.left, condition.right
    if left.name in _SIDELESS or (left.dim == "volume" and not left.text.startswith("obv(")):
        return condition
    if left.dim == "distance":
        return Compare(_turned(left), condition.op, _turned(right))
    if right.dim == "number" and (right.text != "0" or left.name in {"bandb", "ibs"}):
        return _counter_scale(condition)
    if left.name == "dmi":
        return Compare(right, condition.op, left)
    one, two = swapped(left), swapped(right)
    return Compare(one, FRAMED[condition.op], two) if one and two else None


_SUMS = {"rsi": 100, "stoch": 100, "stochrsi": 100, "mfi": 100, "wpr": -100, "cci": 0, "zscore": 0, "roc": 0, "cmo": 0,
         "bandb": 1, "ibs": 1}  # fmt: skip
"""What a value and its counterpart on the scale of an indicator come to."""


def _counter_scale(compare: Compare) -> Condition | None:
    """30 of an RSI is mirrored by 70, 100 of a CCI by -100."""
    assert compare.left and compare.right
    total, value = _SUMS.get(compare.left.name), _number(compare.right)
    if total is None or value is None:
        return None
    return Compare(compare.left, FRAMED[compare.op], Series(number(total - value), "number"))


def _turned(series: Series) -> Series:
    """A green body for a red one, an upper wick for a lower one."""
    swaps = {
        "(close - open)": "(open - close)", "(high - max(open, close))": "(min(open, close) - low)",
    }  # fmt: skip
    for one, two in [*swaps.items(), *((two, one) for one, two in swaps.items())]:
        if one in series.text:
            return Series(series.text.replace(one, two), series.dim, series.name, series.length, series.frame)
    return series


def swapped(series: Series) -> Series | None:
    """The line of the other side: the lowest for the highest, 2 % above for 2 % below; None where it is not plain."""

    def other(match: re.Match[str]) -> str:
        return _MIRRORED_WORDS[match.group()]

    text = _ONE_WAY.sub(other, series.text)
    text = re.sub(r"\b(high|low)\b", lambda found: {"high": "low", "low": "high"}[found[0]], text)
    if series.name.endswith("*"):
        text, times = _MOVED.subn(lambda m: f" {'-' if m[1] == '+' else '+'} {m[2]}", text)
        if not times:
            text, times = re.subn(r"(?<= \* )[\d.]+$|^[\d.]+(?= \* )", lambda m: number(2 - float(m.group())), text)
        if times != 1:
            return None
    return Series(
        text, series.dim, series.name, series.length, series.frame, _MIRRORED_WORDS.get(series.band, series.band),
        series.window
    )
