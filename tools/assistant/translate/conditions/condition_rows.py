"""What holds or happens: comparisons, crosses, candles, falls and gaps, hours and days."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from ..tokens.operands import AVERAGES, of_left, operand
from ..tokens.pattern import Found, Row
from ..tokens.token import Again, Compare, Joined, Plain, Series, Token, asked, number
from .resolve import run
from .sides import mirrored

Made = tuple[str, Any]
_OPS = {"above": ">", "below": "<", "orless": "<=", "ormore": ">=", "equals": "==", "differs": "!="}
X = "ser|record|num|length|ma|edge|pct|part"
A = "a:ser|record|ma|edge|part"


def _op(value: str) -> Made:
    return ("event" if value.startswith("cross") else "op"), value


def _said(found: Found) -> Made:
    return _op(_OPS[found.kind("o")])


def _compare(found: Found) -> Made | None:
    """left op right, of which one may be said elsewhere."""
    left = operand(found, "a") if "a" in found else None
    right = of_left(found, "b", left) if "b" in found else None
    if ("a" in found and left is None) or ("b" in found and right is None):
        return None
    op = found["op"]
    if op == "crossover":
        op = "cross" if right is None else "cross_above"
    if "way" in found:
        way = {"up": "cross_above", "down": "cross_below"}[found.kind("way")]
        op = way if op in {"cross", way} else None
    if op is None or (right is None and not op.startswith("cross")):
        return None
    if left and left.dim == "ratio" and found.kind("b") == "num" and found["b"]:
        right = Series(asked("threshold", f"{right.text if right else ''}: of 1, or per cent?"), "number")
    if right is None and op == "cross" and left is not None and left.name == "macd" and left.text.endswith(".signal"):
        left, right = replace(left, text=f"{left.text.removesuffix('.signal')}.line"), left
    if right is None and left is not None and left.name == "macd" and "hist" not in left.text:
        right = Series(f"{left.text.removesuffix('.line')}.signal", "macd", "macd")
    if left and right and left.dim != right.dim and "number" not in {left.dim, right.dim}:
        return None
    return "cond", Compare(_on_the_same(left, right), op, _its_own(left, right))


def _signal_line(found: Found) -> Made | None:
    """Stochastic crosses up: its %D, where nothing else follows."""
    left = operand(found, "a")
    if left is None or left.name not in {"stoch", "stochrsi"} or not left.text.endswith(".k"):
        return None
    right = Series(f"{left.text.removesuffix('.k')}.d", left.dim, left.name, band="d")
    return "cond", Compare(left, found["op"], right)


def _on_the_same(left: Series | None, right: Series | None) -> Series | None:
    """The 50 above the 200 on the daily: both are read there; a price is of the chart's own bars."""
    if left and right and right.frame not in {"", "days"} and not left.frame and left.name != "px":
        return Series(left.text, left.dim, left.name, left.length, right.frame, left.band, left.window)
    return left


def _its_own(left: Series | None, right: Series | None) -> Series | None:
    """`Its signal`, `its average`, `the %D`: another line of what is read on a longer timeframe is read there, too."""
    if left and right and left.frame and not right.frame and left.name and left.dim == right.dim:
        own = left.name == right.name and left.name not in AVERAGES
        return replace(right, frame=left.frame) if own or left.text in right.text else right
    return right


def _state(found: Found) -> Made:
    """Whether each of so many closes in a row holds."""
    left = operand(found, "a") or Series("close", name="px")
    compare = Compare(left, found["op"], of_left(found, "b", left))
    return "cond", ("run", int(found["n"]), compare)


def _break(found: Found) -> Made | None:
    """A new extreme of the bars before this one."""
    series = operand(found, "b")
    left = found["p"] if "p" in found else Series("close", name="px")
    if series is None or left.dim != "price":
        return None
    if series.name == "earlier" and series.text.startswith(("high[", "low[")):
        above = series.text.startswith("high")
        return "cond", Compare(left, ">" if above else "<", series)
    if series.name == "opening":
        return "cond", Compare(left, ">" if series.text.endswith("high") else "<", series)
    line = series.name in AVERAGES or series.name in {"vwap", "tenkan", "kijun", "sar", "supertrend", "linreg"}
    if line and left.text == "close":
        return "cond", Compare(left, "cross_below" if "down" in found else "cross_above", series)
    if not series.window:
        down = "down" in found
        offers = {
            "on each bar": f"{left.written} {'<' if down else '>'} {series.written}",
            "only as it crosses": f"cross_{'below' if down else 'above'}({left.written}, {series.written})",
        }
        question = f"'{found.text()}': on each bar that it is beyond, or only as it crosses?"
        text = asked("definition", question, offers)
        return "cond", Plain(text)
    above = series.name == "highest" or series.band == "upper"
    if ("down" in found and above) or ("up" in found and not above):
        return None
    return "cond", Compare(left, ">" if above else "<", series)


def _breaks_it(found: Found) -> Made | None:
    """`… breaks below it`: the line that was spoken of."""
    words = found.text("b").split()
    if not {"above", "below", "over", "under", "through"} & set(words) or ("p" in found and found["p"].text != "close"):
        return None
    return "cond", Compare(found["p"], "cross_below" if found.kind("b") == "breaksdown" else "cross_above", None)


def _outside(found: Found) -> Made | None:
    """Outside the upper band: above it."""
    series: Series = found["b"]
    up = series.band == "upper" or series.name == "highest"
    if not up and series.band != "lower" and series.name != "lowest":
        return None
    left = found["a"] if "a" in found else Series("close", name="px")
    return ("cond", Compare(left, ">" if up else "<", series)) if left.dim == "price" else None


def _whole(found: Found) -> Made | None:
    """The whole candle is above a line: its low is."""
    right = of_left(found, "b", _CLOSE)
    if right is None or right.dim != "price" or found["op"] not in {"<", ">"}:
        return None
    return "cond", Compare(Series("low" if found["op"] == ">" else "high", name="px"), found["op"], right)


def _share_of_price(found: Found) -> Made | None:
    """ATR under 2 % of the price."""
    left, right, share = found["a"], found["b"], found["p"]
    if left.dim != "distance" or right.dim != "price" or share[0] or found["op"] not in {"<", ">", "<=", ">="}:
        return None
    text = f"{number(share[1] / 100)} * {right.plain}"
    return "cond", Compare(left, found["op"], Series(text, "distance", f"{right.name}*", frame=right.frame))


def _both(found: Found) -> Made | None:
    """EMA 20 and EMA 50 crossover: which way is not said. `EMA9/EMA30 cross up`: the first of them."""
    one, two, event = found["a"], found["b"], found["e"]
    if one.name not in AVERAGES or two.name not in AVERAGES:
        return None
    if event in {"cross_above", "cross_below"} and "slash" in {token.kind for token in found.whole}:
        return "cond", Compare(one, event, two)
    return ("cond", Compare(one, "cross", two)) if event in {"cross", "crossover"} else None


def _pair(found: Found) -> Made | None:
    """20/50 ema cross: of two averages of one kind; which way is not said yet."""
    values = found["pair"]
    if len(values) != 2 or any(v != int(v) or v < 1 for v in values):
        return None
    one, two = (Series(f"{found['ma']}(close, {int(v)})", "price", found["ma"], int(v)) for v in values)
    op = found["o"] or {"up": "cross_above", "down": "cross_below"}.get(found.kind("way"), "cross")
    return "cond", Compare(one, op, two)


def _recent(found: Found) -> Made:
    return "cond", ("wrapped", found["c"], f"recent({{0}}, {int(found['n'])})")


OPERATORS = (
    Row("at|equals >above|below|orless|ormore", lambda f: []),
    Row("green|up cross|crossover", lambda f: _op("cross_above")),
    Row("red|down cross|crossover", lambda f: _op("cross_below")),
    Row("<ser|record of|at >atleast|above|below|orless|ormore", lambda f: []),
    Row("<ser|record atleast >num|ser", lambda f: _op(">=")),
    Row("move|moveup|movedown back? to", lambda f: _op("at")),
    Row("back to", lambda f: _op("at")),
    Row("at >newx", lambda f: ("on", None)),
    Row("not o:above|below", lambda f: _op({"above": "<=", "below": ">="}[f.kind("o")])),
    Row("at|equals orabove", lambda f: _op(">=")),
    Row("at|equals orbelow", lambda f: _op("<=")),
    Row("at|equals or above", lambda f: _op(">=")),
    Row("cross|move|turn|moveup back? above through?", lambda f: _op("cross_above")),
    Row("cross|move|turn|movedown back? below through?", lambda f: _op("cross_below")),
    Row("cross|move back? up through? !through", lambda f: _op("cross_above")),
    Row("cross|move|movedown back? down through?", lambda f: _op("cross_below")),
    Row("up through >num|ser|record|length", lambda f: _op("cross_above")),
    Row("down through >num|ser|record|length", lambda f: _op("cross_below")),
    Row("moveup above?", lambda f: _op("cross_above")),
    Row("movedown below?", lambda f: _op("cross_below")),
    Row("<ser|record|weclose b:back o:above|below", lambda f: _said(f) if f.text("b") == "again" else _op(
        {"above": "back_above", "below": "back_below"}[f.kind("o")])),
    Row("back above", lambda f: _op("cross_above")),
    Row("back below", lambda f: _op("cross_below")),
    Row("back at", lambda f: _op("at")),
    Row("crossover above|up?", lambda f: _op("crossover")),
    Row("crossunder below|down?", lambda f: _op("cross_below")),
    Row("cross through?", lambda f: _op("cross")),
    Row("o:above|below|orless|ormore|equals|differs", _said),
    Row("at", lambda f: _op("at")),
)  # fmt: skip


_S = "ser|record"
_STARTS = "start|comma|stopmark|when|and|or|colon|act"


def _touch(found: Found) -> Made | None:
    """Lower band touch: by the low, upper by the high."""
    series: Series = found["a"]
    if found["op"] == "at" and (series.band == "middle" or series.name in {*AVERAGES, "vwap"}):
        return "cond", Compare(Series("close", name="px"), "at", series)
    if found["op"] != "at" or series.band not in {"upper", "lower"}:
        return None
    own = "low" if series.band == "lower" else "high"
    return "cond", Compare(Series(own, name="px"), "<=" if own == "low" else ">=", series)


def _touched(found: Found) -> Made | None:
    """`mid out`: at the middle band."""
    return (
        "cond", Compare(Series("close", name="px"), "at", found["a"])
    ) if found["a"].band == "middle" or found["a"].name in AVERAGES else None


def _beside(found: Found) -> Made | None:
    """`buy lower band`: at it."""
    series: Series = found["a"]
    at_edge = series.band in {"upper", "lower"} and not series.window
    return ("cond", Compare(Series("close", name="px"), "at", series)) if at_edge else None


def _last(found: Found) -> Made | None:
    """`one close below`: of what was compared last."""
    series: Series = found["a"]
    told = found["op"] in {"<", ">", "back_above", "back_below"}
    plain = told and (series.text in {"close", "open", "high", "low"} or (series.dim == "price" and not series.window))
    if told and series.name == "sar":
        return "cond", Compare(series, found["op"], _CLOSE)  # its dots are below the price
    return ("cond", Compare(series, found["op"], None)) if plain else None


_WAYS = {"up": "cross_above", "down": "cross_below"}


def _crossing(found: Found) -> Made | None:
    """The crossing of one over another."""
    way = {">": "cross_above", "<": "cross_below"}.get(found["op"])
    return ("cond", Compare(found["a"], way, found["b"])) if found["e"] in {"cross", "crossover"} and way else None


def _of_days(found: Found) -> Made | None:
    """The 50 day over the 200 day: simple averages."""
    sides = []
    for label in ("n", "m"):
        if label in found:
            count, unit = found[label]
            if unit != "d" or count < 5 or count != int(count):
                return None
            sides.append(Series(f"sma(close, {int(count)})", "price", "sma", int(count), "days"))
    left = found["a"] if "a" in found else sides.pop(0)
    op = found["op"].replace("back_above", ">").replace("back_below", "<").replace("crossover", "cross_above")
    if left.dim != "price" or op not in {">", "<", "cross_above", "cross_below"}:
        return None
    return "cond", Compare(left, op, sides[0])


def _chain(found: Found) -> Made | None:
    """EMA 5 > EMA 10 > EMA 20."""
    line = [found["a"]]
    for label in "bcd":
        if label in found and (each := of_left(found, label, line[-1])):
            line.append(each)
    ops = {found[label] for label in ("op", "o", "last") if label in found}
    if len(ops) > 1 or not ops <= {">", "<"} or len({each.dim for each in line}) > 1 or len(line) != 3 + ("d" in found):
        return None
    pairs = pairwise(line)
    return "cond", Joined("and", tuple(Compare(one, found["op"], two) for one, two in pairs))


B = "b:ser|record|num|length|pct|atrm"
def _so_much(found: Found) -> Made | None:
    """At least 1.5 times the average volume: what is traded."""
    op = {"atleast": ">=", "maxword": "<="}.get(found.kind("q"), found["q"])
    right = found["b"]
    own = right.dim == "volume" and right.text.split(" * ")[-1].startswith("sma(volume, ")
    return ("cond", Compare(Series("volume", "volume", "px"), op, right)) if own else None


def _is_extreme(found: Found) -> Made | None:
    """The close is the highest close of seven days: none of them is above it."""
    own, series = found["a"], found["b"]
    if own.name != "px" or not series.window or series.name not in {"highest", "lowest"} or series.prior:
        return None
    if f"({own.text}," not in series.text:
        return None
    op = ">=" if series.name == "highest" else "<="
    return "cond", Compare(own, op, replace(series, window=False))


def _from_there(found: Found) -> list[Token] | None:
    """`Crosses it from below, buy; from above, sell`: the same cross the other way."""
    if not found.text("way").startswith(("from ", "to the ")):
        return None
    return [Token("cond", found.text(), Compare(None, _WAYS[found.kind("way")], None)), found.whole[-1]]


def _long_under(found: Found) -> Made | None:
    """The close is two candles long under a line."""
    compare = Compare(found["a"], found["op"], of_left(found, "b", found["a"]))
    return ("cond", run(compare, int(found["n"]))) if found["op"] in {"<", ">"} and found["n"] <= 50 else None


_CLOSE = Series("close", name="px")
_NEXT = "ser|num|length"
COMPARISONS = (
    Row("<start|when|and|comma|on|stopmark q:atleast|maxword|op b:ser", lambda f: _so_much(f)),
    Row("a:ser|record op? b:num m:orevenmore|orabove|orbelow", lambda f: _compare(Found(
        {"a": f.token("a"), "b": f.token("b"), "op": Token("op", "", "<=" if f.kind("m") == "orbelow" else ">=")},
        f.whole))),
    Row("op:op b:num m:orevenmore|orabove|orbelow", lambda f: ("cond", Compare(
        None, "<=" if f.kind("m") == "orbelow" else ">=", of_left(f, "b", None)))),
    Row(f"a:ser op:op b:{_NEXT} o:op c:{_NEXT} last:op d:{_NEXT}", lambda f: _chain(f)),
    Row(f"a:ser op:op b:{_NEXT} o:op c:{_NEXT}", lambda f: _chain(f)),
    Row("<stopmark|comma|and|or when? way:up|down comma|colon|arrow|then >act", lambda f: _from_there(f)),
    Row("<start|comma|stopmark way:up|down >act|colon", lambda f: ("cond", Compare(None, _WAYS[f.kind("way")], None))),
    Row("<when w:up|down >comma|stopmark|end|note|and", lambda f: ("cond", ("heads", f.kind("w")))),
    Row("p:ser breaks newx? b:ser", _break),
    Row("p:ser down:breaksdown newx? b:ser", _break),
    Row("p:ser? b:breaks|breaksdown >comma|stopmark|act|arrow|colon|and|end", lambda f: _breaks_it(f)),
    Row("weclose >op|event", lambda f: ("ser", Series("close", name="px"))),
    Row("weclose", lambda f: ("act", "exit")),
    Row("pair:pair ma:ma o:event", lambda f: _cross_pair(f)),
    Row("ma:ma pair:pair o:event", lambda f: _cross_pair(f)),
    Row("p:ser on? newx b:ser", _break),
    Row("breaks newx? b:ser", _break),
    Row("newx b:ser", _break),
    Row("a:ser? outside b:ser", lambda f: _outside(f)),
    Row("wholebar op:op b:ser|length", lambda f: _whole(f)),
    Row("a:ser op:op p:pct of b:ser", lambda f: _share_of_price(f)),
    Row("a:ser b:ser w:breaks|breaksdown", lambda f: None),
    Row("b:ser breaks|breaksdown !ser|num|newx|length",
        lambda f: _break(f) if f["b"].window or f["b"].name == "opening" else None),
    Row("a:ser and|slash b:ser e:event", lambda f: _both(f)),
    Row("a:ser op:op b:ser e:event !ser|num|length|record", lambda f: _crossing(f)),
    Row("n:num a:ser inrow op:op b:ser|length", _state),
    Row("a:ser op:op b:ser|length n:mult inrow", lambda f: _state(f)),
    Row("n:num a:ser op:op b:ser", lambda f: _compare(f) if f["n"] == 1 and f["a"].name == "px" else None),
    Row("n:num inrow a:ser op:op b:ser|length", _state),
    Row("n:num a:ser inrow op:op !ser|num|length|record|pct", lambda f: [
        Token("cond", f.text(), Compare(f["a"], f["op"], None)), Token("bars", f.text("n"), int(f["n"])),
        Token("inrow", "")] if f["op"] in {"<", ">"} else None),
    Row("n:num inrow a:ser op:op !ser|num|length|record|pct", lambda f: [
        Token("cond", f.text(), Compare(f["a"], f["op"], None)), Token("bars", f.text("n"), int(f["n"])),
        Token("inrow", "")] if f["op"] in {"<", ">"} else None),
    Row("a:ser n:bars act? op:op b:ser|length", _long_under),
    Row("e:event of? a:ser op:op b:ser", lambda f: _crossing(f)),
    Row("e:event of a:ser op:op b:num", lambda f: _compare(Found({"a": f.token("a"), "b": f.token("b"), "op": Token(
        "op", "", {">": "cross_above", "<": "cross_below"}.get(f["op"], ""))}, f.whole)) if f["op"] in {"<",
        ">"} else None),
    Row("n:dur op:event m:dur w:up|down", lambda f: _of_days(Found({"n": f.token("n"), "m": f.token("m"), "op": Token(
        "op", "", "cross_above" if f.kind("w") == "up" else "cross_below")}, f.whole))),
    Row("n:dur op:op|event m:dur", lambda f: _of_days(f)),
    Row("a:ser op:op|event m:dur >and|comma|stopmark|act|arrow", lambda f: _of_days(f)),
    Row("op:op m:dur >and|comma|stopmark|act|arrow|colon|end", lambda f: _of_days(Found(
        {"a": Token("ser", "", _CLOSE), "op": f.token("op"), "m": f.token("m")}, f.whole))),
    Row("op:event of a:ser and b:ser|record", _compare),
    Row("op:event a:ser way:up|down of? b:num|ser", _compare),
    Row(f"a:{_S} op:event {B} way:up|down", _compare),
    Row("op:event b:ser|record|num|length way:up|down", _compare),
    Row("op:event open a:ser|record comma b:ser|num shut", _compare),
    Row("a:ser b:ser op:event !ser|num|length|record|pct", lambda f: _compare(f) if f["a"].name in AVERAGES | {"px"}
        and f["b"].name in AVERAGES and len(f.whole) == 3 else None),  # the 20 average the 50 average crosses
    Row(f"a:{_S} op:event of? {B}", _compare),
    Row(f"<{_STARTS} p:num|length op:op|event b:num|length",
        lambda f: ("cond", ("numbers", int(f["p"]), f["op"], int(f["b"])))),
    Row("op:event of? b:ser|record|num|length !op|event", _compare),
    Row("op:event of? b:ser|record", lambda f: None if f["op"] == "cross" else _compare(f)),
    Row(f"a:{_S} op:event >op|comma|stopmark|act|note", _signal_line),
    Row(f"a:{_S} op:event", _compare),
    Row("op:event", lambda f: ("cond", Compare(None, {"crossover": "cross"}.get(f["op"], f["op"]), None))),
    Row(f"a:{_S} op:op {B}", _compare),
    Row(f"op:op {B}", lambda f: None if f["op"] == "at" and f.kind("b") == "pct" else _compare(f)),
    Row("<and|comma|stopmark|when w:rising|falling", lambda f: ("cond", ("slope", f.kind("w")))),
    Row("a:ser op:op", _touch),
    Row("n:num a:ser op:op !event|num|ser", lambda f: _last(f) if f["n"] == 1 else None),
    Row("a:ser op:op !event|num|ser", _last),
    Row("op:op", lambda f: ("cond", Compare(None, f["op"], None)) if f["op"] in {"<", ">"} or f.text().startswith("not")
        else None),
    Row("<start|comma|and|stopmark a:ser >act", _touched),
    Row("<act a:ser >comma|stopmark|act|and", _beside),
    Row("opposite", lambda f: ("cond", Again("back"))),
    Row("c:cond on? bar or anyof? lastn n:num|bars", _recent),
    Row("b:ser", lambda f: _is_extreme(Found({"a": Token("ser", "", _CLOSE), "b": f.token("b")}, f.whole))
        if "(close," in f["b"].text else None),
    Row("b:ser", lambda f: _break(f) if f["b"].window and f["b"].length else None),
    Row("c:cond in|to? o:cond", lambda f: _other_way(f)),
)  # fmt: skip


def _other_way(found: Found) -> Made | None:
    """A 10-bar breakout the other way: that of the other side, and not as well the opposite of the entry."""
    condition, again = found["c"], found["o"]
    if not isinstance(again, Again) or not {"way", "direction"} & set(found.text("o").split()):
        return None
    other = mirrored(condition) if isinstance(condition, Compare) else None
    return ("cond", other) if other else None


def _cross_pair(found: Found) -> Made | None:
    op = {"crossover": "cross"}.get(found["o"], found["o"])
    return _pair(
        Found({"pair": found.token("pair"), "ma": found.token("ma"), "o": Token("op", "", op)}, found.whole)
    ) if op.startswith("cross") else None

