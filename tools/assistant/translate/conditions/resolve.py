"""Conditions whose sides are said elsewhere: `>70 sell` after `rsi < 30 buy`, `out when it crosses back`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..tokens.operands import AVERAGES, BARE, main_line
from ..tokens.token import Again, Compare, Condition, Joined, Plain, Series, Token, asked
from .distance_rows import moved_by

_EXTREMES = {"rsi": ("30", "70"), "stoch": ("20", "80")}
_BEHIND = {">": "below", "<": "above"}
CONTRARY = {"cross_above": "cross_below", "cross_below": "cross_above", ">": "<", "<": ">", ">=": "<=", "<=": ">="}


class Subjects:
    """What was spoken of so far, the latest last."""

    def __init__(self) -> None:
        self.series: list[Series] = []
        self.compares: list[Compare] = []
        self.clause = 0
        """How many had been compared where the clause began."""
        self.notes: list[str] = []

    def of(self, *names: str) -> Series | None:
        return next((each for each in reversed(self.series) if each.name in names), None)

    def seen(self, compare: Compare | Plain) -> Compare | Plain:
        if isinstance(compare, Plain):
            return compare
        if compare.left:
            self.series.append(compare.left)
        if compare.left and compare.right:
            self.compares.append(_as_of_now(compare))
        return compare


def _as_of_now(compare: Compare) -> Compare:
    """`the bar before closed under the average, and now it is above it`: of the close and the average themselves."""
    sides = [re.fullmatch(r"(.+)\[(\d+)\]", each.text) if each else None for each in (compare.left, compare.right)]
    left, right = compare.left, compare.right
    if not (left and right and sides[0] and sides[1] and sides[0][2] == sides[1][2] and right.name in AVERAGES):
        return compare
    own = replace(left, text=sides[0][1], name="px" if left.name == "earlier" else left.name)
    return Compare(own, compare.op, replace(right, text=sides[1][1]))


def resolved(tokens: list[Token]) -> list[Token]:
    """Every condition with both of its sides, or with a question; from the left, as it is read."""
    subjects = Subjects()
    made = [_token(token, subjects) for token in tokens]
    return [*made, *(Token("note", note) for note in subjects.notes)]


def _token(token: Token, subjects: Subjects) -> Token:
    if token.kind in {"act", "stopmark"}:
        subjects.clause = len(subjects.compares)
    if token.kind == "ser" and not token.value.window:
        subjects.series.append(token.value)
    if token.kind == "record" and token.value.name != "dmi":
        subjects.series.append(main_line(token.value))
    if token.kind == "filter" and isinstance(token.value, Compare):
        subjects.seen(token.value)
    if token.kind != "cond":
        return token
    return Token("cond", token.text, _condition(token.value, token.text, subjects))


def _condition(value: Any, text: str, subjects: Subjects) -> Condition:
    if isinstance(value, Compare):
        if not _open(value):
            return subjects.seen(value)
        made = _compare(value, text, subjects)
        if isinstance(made, Compare) and made.left and made.right:
            subjects.notes.append(f"'{text}' is taken of {made.left.text} and {made.right.text}.")
        return subjects.seen(made)
    if isinstance(value, Again):
        return value
    if isinstance(value, Joined):
        return Joined(value.word, tuple(_condition(part, text, subjects) for part in value.parts))
    if not isinstance(value, tuple):
        return value  # type: ignore[no-any-return]
    match value:
        case ("extreme", left, word, event):
            return _extreme(left, word, event, text, subjects)
        case ("run", count, compare):
            whole = _condition(compare, text, subjects)
            return run(whole, count) if isinstance(whole, Compare) else whole
        case ("wrapped", condition, template):
            return ("wrapped", _condition(condition, text, subjects), template)  # type: ignore[return-value]
        case ("slope", word):
            last = subjects.series[-1] if subjects.series else None
            if last is None or last.name == "px":
                return unclear(text)
            before = Series(f"{last.text}[1]", last.dim, "earlier", frame=last.frame)
            return Compare(last, ">" if word == "rising" else "<", before)
        case ("turned", word):
            told = [each.left for each in subjects.compares if each.right and each.right.name == "earlier"]
            if not told or told[-1] is None:
                return unclear(text)
            before = Series(f"{told[-1].text}[1]", told[-1].dim, "earlier", frame=told[-1].frame)
            return Compare(told[-1], "cross_above" if word == "up" else "cross_below", before)
        case ("heads", word):
            zeros = [each for each in subjects.compares if each.right and each.right.text == "0"]
            return Compare(zeros[-1].left, ">" if word == "up" else "<", zeros[-1].right) if zeros else unclear(text)
        case ("numbers", one, op, two):
            return _numbers(one, op, two, text, subjects)
        case ("beyond", kind, distance, up, op):
            return _beyond_last(kind, distance, up, op, text, subjects)
    return value  # type: ignore[return-value]


def _open(compare: Compare) -> bool:
    return compare.left is None or compare.right is None


def unclear(text: str, kind: str = "definition") -> Plain:
    return Plain(asked(kind, f"What does '{text}' mean here?"))


def _compare(compare: Compare, text: str, subjects: Subjects) -> Compare | Any:
    left, op, right = compare.left, compare.op, compare.right
    if right is None:
        return _without_right(compare, text, subjects)
    if right.band == BARE and subjects.series and subjects.series[-1].dim not in {"price", "volume"}:
        right = Series(str(right.length), "number")
    if right.dim == "number":
        told = [each for each in subjects.series if each.dim not in {"price", "volume"}]
        left = told[-1] if len({each.name for each in told}) == 1 else None
        if left is None:
            return unclear(text, "threshold")
        return Compare(left, op, right)
    if right.dim == "price":
        named = subjects.compares[-1] if subjects.compares else None
        if named and named.right and named.left and named.right.text == right.text:
            return Compare(named.left, op, right)  # `the 8 climbs over the 21 …, it drops under the 21`
        left = subjects.series[-1] if subjects.series else None
        if left is not None and left.dim == "price" and left.name not in {"px"}:
            averages = [each for each in subjects.compares if each.left and each.left.name in AVERAGES]
            if averages or not subjects.compares:
                return unclear(text)
        last = subjects.compares[-1] if subjects.compares else None
        if last and last.left and last.right and right.name == last.right.name == "px" != last.left.name:
            return Compare(last.left, op, right)
        px = subjects.of("px")
        return Compare(px if px and px.text == "close" else Series("close", name="px"), op, right)
    own = next((each for each in reversed(subjects.series) if each.dim == right.dim and each.text != right.text), None)
    if own is None:
        return unclear(text)
    return Compare(own, op, right)


def _beyond_last(kind: str, distance: Any, up: bool, op: str, text: str, subjects: Subjects) -> Compare | Plain:
    """`more than 15 % below it`: of the line that was compared last."""
    lines = [each.right for each in subjects.compares if each.right and each.right.dim == "price"]
    if not lines or lines[-1].name == "px" or lines[-1].band == BARE:
        return unclear(text)
    last = lines[-1]
    name = last.name.rstrip("*")
    bare = Series(last.line or last.text, last.dim, name, last.length, last.frame, last.band)
    return subjects.seen(Compare(Series("close", name="px"), op, moved_by(bare, kind, distance, up)))


def _without_right(compare: Compare, text: str, subjects: Subjects) -> Compare | Plain:
    """`crosses back below`, `exit below it`: what was compared last, the other way."""
    crossing = compare.op.startswith("cross")
    own = subjects.compares[-1] if len(subjects.compares) > subjects.clause else None
    if own and compare.left is None and own.op[0] in "<>" and compare.op == f"cross_{_BEHIND[own.op[0]]}":
        return Compare(own.left, compare.op, own.right)  # `has been over 70 and falls back under it`
    for last in reversed(subjects.compares):
        same_kind = last.op.startswith("cross") == crossing or not crossing or last.op == "cross"
        if last.left is None or last.right is None or not same_kind:
            continue
        line = compare.left and last.right.name == "earlier" and last.left.name != "px"
        if compare.left and line and compare.left.dim == last.left.dim and compare.left.name != last.left.name:
            return Compare(compare.left, compare.op, last.left)  # `the average is rising and price is above it`
        if not crossing and last.right.dim == "number" and last.right.text != "0":
            return unclear(text, "threshold")  # of zero there is one other side
        if compare.left and compare.left.text != last.left.text and {compare.left.name, last.left.name} != {"px"}:
            return unclear(text)
        op = CONTRARY.get(last.op, "cross_below") if compare.op == "cross" else compare.op
        right = last.right
        if right.line and compare.left is None and last.left.text == "close":  # `3 % above the average, out below it`
            right = Series(right.line, right.dim, right.name.rstrip("*"), right.length, right.frame)
        return Compare(_spoken_of(compare.left, last.left), op, right)
    lines = {each for each in subjects.series if each.dim == "price" and each.name != "px" and not each.window}
    if compare.left and compare.left.name == "px" and not subjects.compares and len(lines) == 1:
        return Compare(compare.left, compare.op, lines.pop())  # `Parabolic SAR: long if the price is above`
    return _moved(compare, text, subjects) if crossing else unclear(text)


def _spoken_of(own: Series | None, last: Series) -> Series:
    """`VIX closes under its average …, out when it closes over`: the close of the symbol whose average it is."""
    return last if own is None or last.text.startswith(f"{own.text} of ") else own


def _moved(compare: Compare, text: str, subjects: Subjects) -> Compare | Plain:
    """`The close falls below it`, after a state: the only line that it was compared with."""
    lines = {
        (last.left, last.right) for last in subjects.compares if last.left and last.right
        and last.right.dim != "number" and last.right.name not in {"earlier", "px"} and not last.right.window
        and compare.left in {None, last.left}
    }
    if len(lines) != 1 or compare.op == "cross":
        return unclear(text)
    left, right = lines.pop()
    return Compare(left, compare.op, right)


def _extreme(left: Series | None, word: str, event: bool | str, text: str, subjects: Subjects) -> Compare | Plain:
    left = left or subjects.of("rsi", "stoch", "stochrsi", "mfi", "cci", "wpr")
    if left is None:
        question = f"'{text}': by which indicator, and at which value?"
        return Plain(asked("definition", question))
    if left.name not in _EXTREMES:
        return subjects.seen(
            Compare(
                left, "<" if word == "oversold" else ">",
                Series(asked("threshold", f"'{text}': at which value?"), "number")
            )
        )
    low = word == "oversold"
    bound = Series(_EXTREMES[left.name][0 if low else 1], "number")
    low = low != (event == "outof")
    return subjects.seen(
        Compare(left, ("cross_below" if low else "cross_above") if event else "<" if low else ">", bound)
    )


def run(compare: Compare, count: int) -> Joined:
    """The same on each of so many bars."""
    return Joined(
        "and", tuple(Compare(shifted(compare.left, i), compare.op, shifted(compare.right, i)) for i in range(count))
    )


def shifted(series: Series | None, back: int) -> Series | None:
    if series is None or not back or series.dim == "number" or re.fullmatch(r"-?[\d.]+", series.text):
        return series
    return Series(f"{series.text}[{back}]", series.dim, series.name, series.length, series.frame)


def _numbers(one: int, op: str, two: int, text: str, subjects: Subjects) -> Compare | Plain:
    """`12 < 26` after averages of 12 and 26."""
    for last in reversed(subjects.compares):
        if last.left and last.right and last.left.name in AVERAGES and {
            last.left.length, last.right.length
        } == {one, two}:
            pair = {last.left.length: last.left, last.right.length: last.right}
            return subjects.seen(Compare(pair[one], op, pair[two]))
    return unclear(text)
