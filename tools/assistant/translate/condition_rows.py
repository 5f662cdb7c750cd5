"""What holds or happens: comparisons, crosses, candles, falls and gaps, hours and days."""

from __future__ import annotations

from typing import Any

from .operands import of_left, operand
from .pattern import Found, Row
from .series_rows import daily
from .tokens import Again, Compare, Plain, Series, Token, asked, number

Made = tuple[str, Any]
_OPS = {"above": ">", "below": "<", "orless": "<=", "ormore": ">=", "equals": "==", "differs": "!="}
_CONTRARY = {"above": ">=", "below": "<="}
X = "ser|record|num|length|ma|edge|pct|part"
A = "a:ser|record|ma|edge|part"


def _op(value: str) -> Made:
    return ("event" if value.startswith("cross") else "op"), value


def _said(found: Found) -> Made:
    return _op(_OPS[found.kind("o")])


def _same(text: str, mirrored: str = "", *, filtering: bool = False) -> Made:
    return "cond", Plain(text, mirrored, filter=filtering)


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
        op = {"up": "cross_above", "down": "cross_below"}[found.kind("way")] if op == "cross" else None
    if op is None or (right is None and not op.startswith("cross")):
        return None
    if right is None and left is not None and left.name == "macd" and "hist" not in left.text:
        right = Series(f"{left.text.removesuffix('.line')}.signal", "macd", "macd")
    if left and right and left.dim != right.dim and "number" not in {left.dim, right.dim}:
        return None
    return "cond", Compare(_on_the_same(left, right), op, right)


def _on_the_same(left: Series | None, right: Series | None) -> Series | None:
    """The 50 above the 200 on the daily: both are read there; a price is of the chart's own bars."""
    if left and right and right.frame not in {"", "days"} and not left.frame and left.name != "px":
        return Series(left.text, left.dim, left.name, left.length, right.frame, left.band, left.window)
    return left


def _state(found: Found) -> Made:
    """Whether each of so many closes in a row holds."""
    compare = Compare(operand(found, "a") or Series("close", name="px"), found["op"], of_left(found, "b", None))
    return "cond", ("run", int(found["n"]), compare)


def _candles(found: Found) -> Made | None:
    count = int(found["n"] or 1)
    op = ">" if found.kind("c") == "green" else "<"
    if count > 20:
        return None
    back = range(1, 2) if "y" in found else range(count)
    own = ["close" + (f"[{i}]" if i else "") + f" {op} open" + (f"[{i}]" if i else "") for i in back]
    other = [each.replace(op, {"<": ">", ">": "<"}[op]) for each in own]
    made = _same(" and ".join(own), " and ".join(other))
    return ("days", made) if "y" in found else made


def _sequence(found: Found) -> Made | None:
    """Lower closes: falling(close, n); one of them: lower than the one before."""
    series = operand(found, "p")
    n = found["n"]
    count = int(n[0] if found.kind("n") == "dur" else n or 1)
    if series is None or series.name != "px" or count > 200:
        return None
    word, other = ("falling", "rising") if found.kind("d") == "lower" else ("rising", "falling")
    made = _same(f"{word}({series.text}, {count})", f"{other}({series.text}, {count})")
    return ("days", made) if daily(found) else made


def _share(found: Found, label: str = "p") -> float:
    return float(found[label][1]) / 100


def _fall(found: Found) -> Made | None:
    """So many per cent below, or above, an earlier close."""
    down = found.kind("d") in {"down", "movedown", "fallen"}
    if "n" in found:
        value = found["n"]
        days = daily(found)
        count = value[0] * {"d": 1, "w": 5, "mo": 21}.get(value[1], 0) if found.kind("n") == "dur" else value
        if not count:
            return None
    elif "day" in found or "aday" in found:
        days, count = True, 1
    elif "px" in found:
        days, count = False, 1
    else:
        return "cond", Plain(asked("length", f"'{found.text()}': within how many bars?"))
    op = ("<" if down else ">") + ("=" if "more" in found else "")
    factor = number(1 - _share(found) if down else 1 + _share(found))
    made = _same(f"close {op} close[{int(count)}] * {factor}")
    return ("days", made) if days else made


def _away(found: Found) -> Made | None:
    """So many per cent below, or off, a line."""
    series = of_left(found, "b", None)
    if series is None or series.dim != "price":
        return None
    below = found.kind("side") in {"below", "offword", "from"}
    op = ("<" if below else ">") + ("=" if "more" in found or "least" in found else "")
    factor = number(1 - _share(found) if below else 1 + _share(found))
    right = Series(f"{series.text} * {factor}", "price", series.name + "*", series.length, series.frame)
    return "cond", Compare(operand(found, "a") or Series("close", name="px"), op, right)


def _gap(found: Found) -> Made:
    down = found.kind("d") in {"down", "lower", "below"}
    op = "<" if down else ">"
    op += "=" if "more" in found or "least" in found else ""
    share = _share(found) if "p" in found else 0.0
    factor = f" * {number(1 - share if down else 1 + share)}" if share else ""
    own = f"open {op} close[1]{factor}"
    return _same(f"new_day() and {own}" if "day" in found else own)


def _turn(found: Found) -> Made | None:
    """Turns green, positive: a cross of nothing; is green: a state."""
    left = operand(found, "a") if "a" in found else None
    up = found.kind("w") in {"positive", "green", "up"}
    if left is not None and left.name not in {"macd", "supertrend", "momentum", "roc", "obv"}:
        return None
    if found.kind("w") in {"up", "down"} and (left is None or left.name != "supertrend"):
        return None
    event = "turn" in found
    op = ("cross_above" if up else "cross_below") if event else (">" if up else "<")
    return "cond", Compare(left, op, Series("0", "number"))


def _extreme_band(found: Found) -> Made | None:
    """Oversold, overbought, where all mean the same by it."""
    word = found.kind("w")
    left = operand(found, "a") if "a" in found else None
    return "cond", ("extreme", left, word, "turn" in found)


def _break(found: Found) -> Made | None:
    """A new extreme of the bars before this one."""
    series = operand(found, "b")
    if series is None:
        return None
    if not series.window:
        text = asked("definition", f"'{found.text()}': on each bar that it is beyond, or only as it crosses?")
        return "cond", Plain(text)
    above = series.name == "highest" or series.band == "upper"
    if ("down" in found and above) or ("up" in found and not above):
        return None
    return "cond", Compare(Series("close", name="px"), ">" if above else "<", series)


def _pair(found: Found) -> Made | None:
    """20/50 ema cross: of two averages of one kind; which way is not said yet."""
    values = found["pair"]
    if len(values) != 2 or any(v != int(v) or v < 1 for v in values):
        return None
    one, two = (Series(f"{found['ma']}(close, {int(v)})", "price", found["ma"], int(v)) for v in values)
    op = found["o"] or {"up": "cross_above", "down": "cross_below"}.get(found.kind("way"), "cross")
    return "cond", Compare(one, op, two)


def _ago(found: Found) -> Made | None:
    left = operand(found, "a")
    count = found["n"]
    if left is None:
        return None
    right = Series(f"{left.text}[{int(count or 1)}]", left.dim, "earlier", frame=left.frame)
    return "cond", Compare(left, found["op"], right)


def _slope(found: Found) -> Made | None:
    left = operand(found, "a")
    if left is None or left.name == "px" or left.window:
        return None
    op = ">" if found.kind("w") == "rising" else "<"
    return "cond", Compare(left, op, Series(f"{left.text}[1]", left.dim, "earlier", frame=left.frame))


def _recent(found: Found) -> Made:
    return "cond", ("recent", found["c"], int(found["n"]))


ENGULFING = "close[1] {0} open[1] and close {1} open and open {2} close[1] and close {3} open[1]"
BULLISH, BEARISH = ENGULFING.format("<", ">", "<=", ">="), ENGULFING.format(">", "<", ">=", "<=")
GOLDEN = Compare(
    Series("sma(close, 50)", "price", "sma", 50), "cross_above", Series("sma(close, 200)", "price", "sma", 200)
)

OPERATORS = (
    Row("not o:above|below", lambda f: _op({"above": "<=", "below": ">="}[f.kind("o")])),
    Row("at|equals or above", lambda f: _op(">=")),
    Row("at|equals or below", lambda f: _op("<=")),
    Row("above or equals", lambda f: _op(">=")),
    Row("below or equals", lambda f: _op("<=")),
    Row("cross|move|turn|moveup back? above through?", lambda f: _op("cross_above")),
    Row("cross|move|turn|movedown back? below through?", lambda f: _op("cross_below")),
    Row("cross|move back? up through?", lambda f: _op("cross_above")),
    Row("cross|move back? down through?", lambda f: _op("cross_below")),
    Row("up through", lambda f: _op("cross_above")),
    Row("down through", lambda f: _op("cross_below")),
    Row("move from below n:num up", lambda f: [Token("event", f.text(), "cross_above"), f.token("n")]),
    Row("move from above n:num down", lambda f: [Token("event", f.text(), "cross_below"), f.token("n")]),
    Row("moveup above?", lambda f: _op("cross_above")),
    Row("movedown below?", lambda f: _op("cross_below")),
    Row("<ser|record|weclose back o:above|below",
        lambda f: _op({"above": "back_above", "below": "back_below"}[f.kind("o")])),
    Row("back above", lambda f: _op("cross_above")),
    Row("back below", lambda f: _op("cross_below")),
    Row("back at", lambda f: _op("at")),
    Row("crossover above|up?", lambda f: _op("crossover")),
    Row("crossunder below|down?", lambda f: _op("cross_below")),
    Row("cross", lambda f: _op("cross")),
    Row("o:above|below|orless|ormore|equals|differs", _said),
    Row("at", lambda f: _op("at")),
)  # fmt: skip

_S = "ser|record"
_STARTS = "start|comma|stopmark|when|and|or|colon|act"


def _touch(found: Found) -> Made | None:
    """Lower band touch: by the low, upper by the high."""
    series: Series = found["a"]
    if found["op"] != "at" or series.band not in {"upper", "lower"}:
        return None
    own = "low" if series.band == "lower" else "high"
    return "cond", Compare(Series(own, name="px"), "<=" if own == "low" else ">=", series)


def _touched(found: Found) -> Made | None:
    """`mid out`: at the middle band."""
    return ("cond", Compare(Series("close", name="px"), "at", found["a"])) if found["a"].band == "middle" else None


def _last(found: Found) -> Made | None:
    """`one close below`: of what was compared last."""
    series: Series = found["a"]
    told = found["op"] in {"<", ">", "back_above", "back_below"}
    return ("cond", Compare(series, found["op"], None)) if series.text == "close" and told else None


def _range(found: Found) -> Made | None:
    """The break of the opening range of so many minutes."""
    count, unit = found["d"]
    minutes = count * {"m": 1, "h": 60}.get(unit, 0)
    if not minutes or minutes != int(minutes) or minutes > 240:
        return None
    return "cond", ("range", "down" if found.kind("w") == "breaksdown" else "up", int(minutes))


SPECIAL = (
    Row("n:bars|dur breaks !of|ser|px|above|newx", lambda f: _breakout(f)),
    Row("w:breaks|breaksdown first? d:dur rangeword|openrange px?", _range),
    Row("w:breaks|breaksdown rangeword of first d:dur", _range),
    Row("d:dur openrange w:breaks|breaksdown?", _range),
    Row("lastn n:num p:ser d:lower|higher", _sequence),
    Row("ser? d:movedown|moveup by? p:pct aday:aday", _fall),
    Row("a:ser? d:movedown|fallen p:pct more:orevenmore? side:from|below b:ser", _away),
    Row("a:ser? p:atrm side:below|above b:ser", lambda f: _ranges_away(f)),
    Row("a:ser k:mult b:ser", lambda f: _many(f)),
    Row("goldencross", lambda f: ("cond", GOLDEN)),
    Row("deathcross", lambda f: ("cond", Compare(GOLDEN.left, "cross_below", GOLDEN.right))),
    Row("insidebar", lambda f: _same("high < high[1] and low > low[1]", "high < high[1] and low > low[1]")),
    Row("outsidebar", lambda f: _same("high > high[1] and low < low[1]", "high > high[1] and low < low[1]")),
    Row("narrow", lambda f: ("cond", Plain(*2 * ("high - low < lowest(high - low, 6)[1]",)))),
    Row("c:green|red engulfing bar?", lambda f: _same(*(BULLISH, BEARISH)[:: 1 if f.kind("c") == "green" else -1])),
    Row("n:num inrow? c:green|red bar inrow?", _candles),
    Row("y:yesterday c:green|red bar?", _candles),
    Row("before bar c:green|red", lambda f: None),
    Row("today c:green|red bar?", _candles),
    Row("bar c:green|red", _candles),
    Row("first c:green|red bar?", _candles),
    Row("c:green|red bar", _candles),
    Row("p:ser d:lower|higher n:dur|num inrow", _sequence),
    Row("n:num inrow? d:lower|higher p:ser inrow?", _sequence),
    Row("d:lower|higher p:ser", _sequence),
    Row("p:ser d:lower|higher", _sequence),
    Row("ser? d:fallen|movedown|risen|moveup|down|up by? p:pct more:orevenmore? in|on|from? n:bars|dur", _fall),
    Row("ser? d:fallen|movedown|risen|moveup|down|up by? p:pct more:orevenmore? on|from|in? day:unit|today|yesterday",
        _fall),
    Row("px:ser d:down|up by? p:pct more:orevenmore?", _fall),
    Row("ser? d:fallen|movedown|risen|moveup by? p:pct more:orevenmore?", _fall),
    Row("day:unit? ser? on|and? gap d:down|up of? least:atleast? above? p:pct more:orevenmore?", _gap),
    Row("p:pct gap d:down|up", _gap),
    Row("day:unit? ser? on|and? gap d:down|up", _gap),
    Row("day:unit? ser? gap d:lower|higher", _gap),
    Row("open ser vs ser shut", lambda f: []),
    Row("a:ser? least:atleast? above? p:pct more:orevenmore? side:below|above|offword|from b:ser|length", _away),
    Row("a:ser below p:pct side:below b:ser|length", _away),
    Row(f"a:{_S} turn:turn|move w:positive|negative|green|red", _turn),
    Row(f"a:{_S} w:positive|negative", _turn),
    Row("a:record w:green|red", _turn),
    Row("turn:turn|move w:positive|negative|green|red", _turn),
    Row("<ser up end", lambda f: None),
    Row("bar? ser up", lambda f: _candles(Found({"c": Token("green", "up")}, f.whole)) if _is_close(f) else None),
    Row("bar? ser down", lambda f: _candles(Found({"c": Token("red", "down")}, f.whole)) if _is_close(f) else None),
    Row(f"a:{_S} turn:move? w:oversold|overbought", _extreme_band),
    Row("turn:move? w:oversold|overbought", _extreme_band),
    Row(f"a:{_S} w:rising|falling", _slope),
)  # fmt: skip


def _is_close(found: Found) -> bool:
    return any(token.kind == "ser" and token.value.text == "close" for token in found.whole)


_WAYS = {"up": "cross_above", "down": "cross_below"}


def _breakout(found: Found) -> Made | None:
    """A 20 day breakout: of the highest high."""
    value = found["n"]
    count = value if found.kind("n") == "bars" else value[0] if value[1] == "d" else 0
    if not count or count != int(count):
        return None
    series = Series(
        f"highest(high, {int(count)})", "price", "highest", int(count), "days" if daily(found) else "", window=True
    )
    return "cond", Compare(Series("close", name="px"), ">", series)


def _two_lengths(found: Found) -> Made | None:
    """A crossover of averages of 10 and 30."""
    pair = Token("pair", found.text(), (found["n"], found["m"]))
    return _pair(Found({"pair": pair, "ma": found.token("ma"), "o": Token("event", "", "cross")}, found.whole))


def _many(found: Found) -> Made | None:
    """Volume is twice its average."""
    left, right = operand(found, "a"), of_left(found, "b", operand(found, "a"))
    if left is None or right is None or left.dim != right.dim:
        return None
    text = f"{number(found['k'])} * {right.text}"
    return "cond", Compare(left, ">=", Series(text, right.dim, right.name + "*", right.length, right.frame))


def _ranges_away(found: Found) -> Made | None:
    """So many average ranges below a line."""
    series: Series = found["b"]
    if series.dim != "price" or found.kind("side") == "offword":
        return None
    sign, op = ("-", "<") if found.kind("side") == "below" else ("+", ">")
    text = f"{series.text} {sign} {number(found['p'][0])} * atr({found['p'][1]})"
    right = Series(text, "price", series.name + "*", series.length, series.frame)
    return "cond", Compare(operand(found, "a") or Series("close", name="px"), op, right)


B = "b:ser|record|num|length|pct"
COMPARISONS = (
    Row("ma:ma event n:num and|comma m:num", lambda f: _two_lengths(f)),
    Row("n:num and m:num ma:ma event", lambda f: _two_lengths(f)),
    Row("<start|comma|stopmark way:up|down >act", lambda f: ("cond", Compare(None, _WAYS[f.kind("way")], None))),
    Row("p:ser breaks newx? b:ser", _break),
    Row("p:ser down:breaksdown newx? b:ser", _break),
    Row("p:ser breaks op:event? b:ser", _break),
    Row("weclose >op|event", lambda f: ("ser", Series("close", name="px"))),
    Row("weclose", lambda f: ("act", "exit")),
    Row("pair:pair ma:ma o:event", lambda f: _cross_pair(f)),
    Row("ma:ma pair:pair o:event", lambda f: _cross_pair(f)),
    Row("p:ser newx b:ser", _break),
    Row("breaks newx? b:ser", _break),
    Row("up:up breaks b:ser", _break),
    Row("down:breaksdown newx? b:ser", _break),
    Row("newx b:ser", _break),
    Row("n:num inrow a:ser op:op b:ser|length", _state),
    Row("a:ser op:op b:ser|length n:bars inrow?", _state),
    Row("a:ser op:op n:bars before", _ago),
    Row("a:ser op:op before bar", _ago),
    Row("a:ser op:op bar before", _ago),
    Row("morew a:ser bar before", lambda f: _ago_more(f)),
    Row("morew a:ser before bar", lambda f: _ago_more(f)),
    Row("op:event a:ser way:up|down of? b:num|ser", _compare),
    Row(f"a:{_S} op:event {B} way:up|down", _compare),
    Row("op:event b:ser|record way:up|down", _compare),
    Row("op:event open a:ser|record comma b:ser|num shut", _compare),
    Row(f"a:{_S} op:event {B}", _compare),
    Row("op:event of? b:ser|record|num|length", _compare),
    Row(f"a:{_S} op:event", _compare),
    Row("op:event", lambda f: ("cond", Compare(None, f["op"], None))),
    Row(f"<{_STARTS} p:num op:op b:num", lambda f: ("cond", ("numbers", int(f["p"]), f["op"], int(f["b"])))),
    Row(f"a:{_S} op:op {B}", _compare),
    Row(f"op:op {B}", _compare),
    Row("a:ser op:op", _touch),
    Row("n:num a:ser op:op", lambda f: _last(f) if f["n"] == 1 else None),
    Row("a:ser op:op", _last),
    Row("op:op", lambda f: ("cond", Compare(None, f["op"], None)) if f["op"] in {"<", ">"} else None),
    Row("<start|comma|and|stopmark a:ser >act", _touched),
    Row("opposite", lambda f: ("cond", Again("back"))),
    Row("c:cond on? bar or lastn n:num|bars", _recent),
    Row("b:ser", lambda f: _break(f) if f["b"].window and f["b"].length else None),
)  # fmt: skip


def _cross_pair(found: Found) -> Made | None:
    op = {"crossover": "cross"}.get(found["o"], found["o"])
    return _pair(
        Found({"pair": found.token("pair"), "ma": found.token("ma"), "o": Token("op", "", op)}, found.whole)
    ) if op.startswith("cross") else None


def _ago_more(found: Found) -> Made | None:
    """On more volume than the bar before."""
    series = operand(found, "a")
    if series is None or series.name != "px" or "morew" not in [token.kind for token in found.whole]:
        return None
    return "cond", Compare(series, ">", Series(f"{series.text}[1]", series.dim, "earlier"))
