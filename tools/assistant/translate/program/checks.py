"""What cannot be true at once, or is said and taken back: told, never written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..tokens.levels import wrong_side
from ..tokens.meanings import parts_of
from ..tokens.token import Compare, Condition, Joined, Plain, Token
from ..tokens.write import condition_text
from .clauses import Settings
from .least_age import too_short

if TYPE_CHECKING:
    from .plan import Plan

_EDGES = ("lower", "middle", "upper")
_MOST = {"size": 1000, "cap": 1000, "risk": 100}
LONGEST = 5000
SCALES = {
    "rsi": (0, 100), "adx": (0, 100), "stoch": (0, 100), "stochrsi": (0, 100), "mfi": (0, 100), "wpr": (-100, 0),
    "dmi": (0, 100)
}
_RUN = re.compile(r"(rising|falling)\((\w+), \d+\)")
_ABOVE, _BELOW = {">", ">=", "cross_above"}, {"<", "<=", "cross_below"}


def contradictions(plan: Plan) -> Iterator[str]:
    for _, condition, _ in [*plan.entries, *plan.exits]:
        if condition is not None:
            yield from _inside(condition)
    yield from _between(plan)
    yield from _counts(plan)
    yield from _wishes(plan)
    yield from _times(plan)
    yield from _settings(plan)
    yield from _sizes(plan)
    yield from too_short(plan)


def never_flat(tokens: Sequence[Token], plan: Plan) -> Iterator[str]:
    """`Always in the market` beside a way out that opens nothing."""
    wanted = [each.text for each in tokens if each.kind == "act" and each.text.startswith(("always", "never"))]
    turns = {condition_text(condition) for _, condition, _ in plan.entries if condition}
    for _, condition, _ in plan.exits if wanted and any(turns) else ():
        if condition and condition_text(condition) not in turns:
            yield f"'{wanted[0]}' is said, and to leave when '{condition_text(condition)}'."


def _together(condition: Condition) -> list[Condition]:
    """Conditions that have to hold at once."""
    if isinstance(condition, Joined):
        return [part for each in condition.parts for part in _together(each)] if condition.word == "and" else []
    return [condition]


def _inside(condition: Condition) -> Iterator[str]:
    compares = [part for part in _together(condition) if isinstance(part, Compare) and part.left and part.right]
    for here, one in enumerate(compares):
        for two in compares[here + 1 :]:
            if one.left and two.left and one.left.written == two.left.written and _excluded(one, two):
                yield f"'{condition_text(one)}' and '{condition_text(two)}' can never hold at once."
    for part in parts_of(condition):
        if isinstance(part, Compare) and part.left and part.right:
            yield from _impossible(part)
    yield from _texts(condition)
    yield from _calendar(condition)
    times = [
        part.text for part in _together(condition) if isinstance(part, Plain)
        and part.text.startswith(("between", "weekday =="))
    ]
    yield from _hours(times)


def _texts(condition: Condition) -> Iterator[str]:
    """Two comparisons of the same two values that exclude each other, also where they are texts."""
    texts = [condition_text(part) for part in _together(condition) if isinstance(part, Plain | Compare)]
    single = [each for text in texts if " or " not in text and '?"' not in text for each in text.split(" and ")]
    for each in dict.fromkeys(single):
        if " > " in each and (contrary := each.replace(" > ", " < ")) in single and not _numbers_in(condition, each):
            yield f"'{each}' and '{contrary}' can never hold at once."
    for run in dict.fromkeys(each for each in single if _RUN.fullmatch(each)):
        way, line = _RUN.fullmatch(run).groups()  # type: ignore[union-attr]
        contrary = f"{line} {'<' if way == 'rising' else '>'} {line}[1]"
        if contrary in single or run.replace(way, "falling" if way == "rising" else "rising") in single:
            yield f"'{run}' and '{contrary}' can never hold at once."


def _numbers_in(condition: Condition, text: str) -> bool:
    """Whether it is told already, as of two comparisons."""
    texts = [condition_text(part) for part in _together(condition) if isinstance(part, Compare)]
    return text in texts and text.replace(" > ", " < ") in texts


def _excluded(one: Compare, two: Compare) -> bool:
    first, second = _value(one), _value(two)
    if (
        one.right and two.right and one.right.band in _EDGES and two.right.band in _EDGES
        and one.right.name == two.right.name
    ):
        first, second = float(_EDGES.index(one.right.band)), float(_EDGES.index(two.right.band))
    if (first is None or second is None) and one.left and one.left.dim == "price":
        places = (_place(one), _place(two))
        if None not in places and places[0] != places[1] and one.right and one.right.length == two.right.length:  # type: ignore[union-attr]
            first, second = places
    if first is None or second is None:
        same = one.right and two.right and one.right.written == two.right.written
        return bool(same and ({one.op, two.op} <= (_ABOVE | _BELOW)) and (one.op in _ABOVE) != (two.op in _ABOVE))
    if {one.op, two.op} == {"cross_above", "cross_below"}:
        return True
    if one.op in _ABOVE and two.op in _BELOW:
        return first >= second
    if one.op in _BELOW and two.op in _ABOVE:
        return first <= second
    return False


def _place(compare: Compare) -> float | None:
    """Of extremes of the same bars the lowest is below the highest."""
    name = compare.right.name if compare.right else ""
    return {"lowest": 0.0, "highest": 2.0}.get(name)


def _value(compare: Compare) -> float | None:
    match = re.fullmatch(r"(-?[\d.]+)%?", compare.right.text if compare.right else "")
    return float(match.group(1)) if match else None


def _impossible(compare: Compare) -> Iterator[str]:
    assert compare.left and compare.right
    if compare.left.written == compare.right.written and not compare.right.window and '?"' not in compare.left.text:
        yield f"'{compare.left.written}' never crosses or passes itself."
    text = condition_text(compare)
    if text in {"close < low", "close > high"}:
        yield f"'{text}' never holds within a bar: of how many bars is the extreme?"
    scale, value = SCALES.get(compare.left.name), _value(compare)
    if scale and value is not None and not scale[0] <= value <= scale[1]:
        yield f"'{compare.left.written}' lies between {scale[0]} and {scale[1]}: it never gets to {value:g}."
    for series in (compare.left, compare.right):
        longest = max(map(float, re.findall(r"\b\d+\b", series.text)), default=0)
        if longest > LONGEST and series.dim != "number" and "*" not in series.name:
            yield f"'{series.text}': no data have so many bars."


def _calendar(condition: Condition) -> Iterator[str]:
    """A day or month that is wanted and forbidden."""
    texts = {part.text for part in _together(condition) if isinstance(part, Plain)}
    for each in sorted(texts):
        if each.startswith(("weekday == ", "month == ")) and each.replace("==", "!=") in texts:
            yield f"'{each}' is wanted, and forbidden."
    if len({each for each in texts if each.startswith("month == ")}) > 1:
        yield "No bar is of two months at once."


def _hours(times: list[str]) -> Iterator[str]:
    days = {text for text in times if text.startswith("weekday")}
    if len(days) > 1:
        yield "No bar is of two weekdays at once."
    windows = [re.findall(r'"(\d\d:\d\d)"', text) for text in times if text.startswith("between")]
    if len(windows) > 1:
        start, end = max(w[0] for w in windows), min(w[1] if w[1] != "00:00" else "24:00" for w in windows)
        if start >= end:
            yield "The times of day that are said exclude each other."


def _between(plan: Plan) -> Iterator[str]:
    entered = {(side, condition_text(condition)) for side, condition, _ in plan.entries if condition}
    for side, condition, _ in plan.exits:
        text = condition_text(condition) if condition else ""
        if (side, text) in entered and '?"' not in text and text != "true":  # orders that always rest
            yield f"'{text}' is said both to enter and to leave."
    for side, condition, _ in plan.exits:
        for own, entry, _ in plan.entries:
            told = {condition_text(part) for part in _together(entry)} if entry and own == side else set()
            left = {condition_text(part) for part in _together(condition)} if condition else set()
            open_ = any('?"' in each or each.startswith("weekday") or each == "true" for each in left)
            if left and left < told and not open_:
                yield f"'{' and '.join(sorted(left))}' is said both to enter and to leave."
    if len(plan.entries) == 2 and plan.entries[0][0] != plan.entries[1][0]:
        one, two = (condition for _, condition, _ in plan.entries)
        rest = {token.value.name for *_, act in plan.entries for token in act.settings}
        if one and two and condition_text(one) == condition_text(two) and not rest & {"trigger", "limit_off", "ladder"}:
            yield f"'{condition_text(one)}' is said both to buy and to sell short."
    only = plan.settings.all("only")
    sides = {side for side, _, _ in plan.entries}
    for each in only:
        if sides - {each}:
            yield f"Only {each} trades are wanted, and an entry of the other side is described."


def _settings(plan: Plan) -> Iterator[str]:
    settings = plan.settings
    if "nostop" in settings and ("stop" in settings or "trail" in settings):
        yield "No stop is wanted, and a stop is described."
    for name in settings.twice:
        yield f"Two different values are said for the {name}."
    if "neversell" in settings and (
        plan.found.acts and any(act.side in {"exit", "sell"} and act.conditions for act in plan.found.acts)
    ):
        yield "It is said never to sell, and when to sell."
    for side, _, act in plan.entries:
        own = settings.over(Settings(act.settings))
        yield from (f"Two different values are said for the {name}." for name in own.twice)
        for name, gain in (("stop", False), ("target", True)):
            for each in own.all(name):
                if wrong_side(each, gain, side == "long"):
                    yield f"The {name} of a {side} is said to be on the side of {'loss' if gain else 'gain'}."


_UNWANTED = (
    ("target", "target"), ("trail", "trail"), ("limit", "limit"), ("expire", "time exit"), ("take", "exit in parts"),
    ("breakeven", "break-even stop"),
)  # fmt: skip


def _wishes(plan: Plan) -> Iterator[str]:
    """What no program can promise, or what other words exclude."""
    settings = plan.settings
    if "least_trades" in settings:
        yield "How often there is a trade follows from the conditions: no number of trades can be promised."
    ages = [age for kind, age in settings.all("expire") if kind == "dur"]
    longer = any(unit in {"d", "w", "mo", "y"} for _, unit in ages)
    if "overnight" in settings and (plan.frame in {"1d", "1w", "1mo"} or longer):
        yield "Nothing is to be held overnight, and bars of days, or a position of days, are described."
    sizes = [float(text[:-1]) for text in map(str, settings.all("size")) if re.fullmatch(r"-?[\d.]+%", text)]
    if "noleverage" in settings and ("leverage" in settings or any(size > 100 for size in sizes)):
        yield "No leverage is wanted, and more than all of equity is to be invested."
    for name, said in _UNWANTED:
        if f"no{name}" in settings and any(each in settings for each in (name, f"{name}_at", f"{name}_after")):
            yield f"No {said} is wanted, and one is described."


def _counts(plan: Plan) -> Iterator[str]:
    """Parts of more than the whole, limits of nothing."""
    if sum(share for share, _ in plan.settings.all("take")) > 100:
        yield "More than the whole position is sold in parts."
    for name in ("day_trades", "day_losses", "clips"):
        if 0 in plan.settings.all(name):
            yield "With a limit of 0 nothing is ever traded."
    texts = [condition_text(condition) for _, condition, _ in [*plan.entries, *plan.exits] if condition]
    texts = [text.replace("or_else(trades.last_return, 0)", "") for text in texts]
    if any(re.search(r"[(,] ?-?0\)", text) and "between" not in text and "cross" not in text for text in texts):
        yield "A length of 0 bars is none."


def _times(plan: Plan) -> Iterator[str]:
    """Times of day on bars of days, and an entry after everything is closed."""
    ends = [
        str(value).strip('"') for kind, value in plan.settings.all("expire") if kind == "text" and ":" in str(value)
    ]
    windows = [
        re.findall(r'"(\d\d:\d\d)"', part.text)
        for _, condition, _ in plan.entries
        for part in parts_of(condition)
        if isinstance(part, Plain) and part.text.startswith("between")
    ]
    days = any("weekday" in condition_text(part) for _, condition, _ in [*plan.entries, *plan.exits] if condition
               for part in parts_of(condition) if isinstance(part, Plain))  # fmt: skip
    if plan.frame in {"1w", "1mo"} and days:
        yield "Bars of weeks and months have no weekdays: say it on daily bars."
    if plan.frame in {"1d", "1w", "1mo"} and (windows or ends) and plan.framed:
        yield "Bars of days have no times of day."
    if any(end != "00:00" and start >= end for end in ends for start, *_ in windows):
        yield "Everything is closed before the time from which it may be opened."


def _sizes(plan: Plan) -> Iterator[str]:
    for name in ("size", "risk", "cap"):
        for text in plan.settings.all(name):
            value = re.fullmatch(r"(-?[\d.]+)(?:%| units| cash)", str(text))
            if value and not 0 < float(value.group(1)) <= (_MOST[name] if str(text).endswith("%") else 1e12):
                yield f"A {name} of {text} is not possible."
    for name in ("stop", "trail", "target"):
        for each in plan.settings.all(name):
            if each.kind == "share" and (each.value <= 0 or (name != "target" and each.value >= 100)):
                yield f"A {name} of {each.value:g}% is not possible."
