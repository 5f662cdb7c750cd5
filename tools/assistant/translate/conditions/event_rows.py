"""What happens on bars: candles, falls, gaps, turns, breakouts, and states with names of their own."""

from __future__ import annotations

from typing import Any

from ..tokens.operands import of_left, operand
from ..tokens.pattern import Found, Row
from ..tokens.token import Again, Compare, Plain, Series, Token, asked, number
from ..values.series_rows import daily

Made = tuple[str, Any]
_S = "ser|record"


def _same(text: str, mirrored: str = "", *, filtering: bool = False) -> Made:
    return "cond", Plain(text, mirrored, filter=filtering)


def _candles(found: Found) -> Made | None:
    count = int(found["n"] or 1)
    op = ">" if found.kind("c") == "green" else "<"
    if count > 20 or ("n" not in found and found.whole[-1].text in {"candles", "bars", "candlesticks"}):
        return None
    back = range(1, 2) if "y" in found else range(count)
    own = ["close" + (f"[{i}]" if i else "") + f" {op} open" + (f"[{i}]" if i else "") for i in back]
    other = [each.replace(op, {"<": ">", ">": "<"}[op]) for each in own]
    made = _same(" and ".join(own), " and ".join(other))
    return ("days", made) if "y" in found else made


def _narrowest(found: Found) -> Made | None:
    """The smallest range of so many bars: smaller than each of those before."""
    count = int(found["n"]) - 1
    text = f"high - low < lowest(high - low, {count})[1]"
    return _same(text, text) if count > 0 else None


DOWNWARD = {"down", "falling", "fallen", "movedown", "lower", "red"}


def _first(found: Found) -> Made | None:
    """The first green one."""
    return _candles(Found({"c": found.token("c")}, found.whole)) if found.text("n") == "one" else None


def _down_days(found: Found) -> Made | None:
    """Down three days in a row: each close lower than the one before."""
    count, unit = found["n"]
    word = "falling" if found.kind("d") in DOWNWARD else "rising"
    return ("days", _same(f"{word}(close, {int(count)})")) if unit == "d" and count == int(count) else None


def _new_extreme(found: Found) -> Made | None:
    """A new high of 25 days."""
    word = {
        "new high": "highest", "new highs": "highest", "new low": "lowest", "new lows": "lowest"
    }.get(found.text("u"))
    value = found["n"]
    count = value if found.kind("n") == "bars" else value[0] if value[1] == "d" else 0
    if word is None or not count or count != int(count):
        return None
    source = "high" if word == "highest" else "low"
    frame = "days" if daily(found) else ""
    series = Series(f"{word}({source}, {int(count)})", "price", word, int(count), frame, window=True)
    return "cond", Compare(Series("close", name="px"), ">" if word == "highest" else "<", series)


def _times(found: Found) -> Made | None:
    """Volume is double its average, where the double has been read already."""
    right = of_left(found, "b", found["a"])
    if right is None or found["a"].dim != "volume" or not right.name.endswith("*") or right.dim != "volume":
        return None
    return "cond", Compare(found["a"], ">=", right)


def _sequence(found: Found) -> Made | None:
    """Lower closes: falling(close, n); one of them: lower than the one before."""
    series = operand(found, "p")
    n = found["n"]
    count = int(n[0] if found.kind("n") == "dur" else n or 1)
    if series is None or series.name != "px" or count > 200:
        return None
    word, other = ("falling", "rising") if found.kind("d") == "lower" else ("rising", "falling")
    other = word if series.dim == "volume" else other
    made = _same(f"{word}({series.text}, {count})", f"{other}({series.text}, {count})")
    return ("days", made) if daily(found) else made


def _share(found: Found, label: str = "p") -> float:
    return float(found[label][1]) / 100


def _fall(found: Found) -> Made | None:
    """So many per cent below, or above, an earlier close."""
    down = found.kind("d") in {"down", "movedown", "fallen", "fallnoun"}
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
    equal = "more" in found or found.kind("least") in {"atleast", "ormore"}
    op = ("<" if down else ">") + ("=" if equal else "")
    factor = number(1 - _share(found) if down else 1 + _share(found))
    made = _same(f"close {op} close[{int(count)}] * {factor}")
    return ("days", made) if days else made


def _gap(found: Found) -> Made | None:
    kind, text = found.kind("d"), found.text("d")
    if kind in {"above", "below"} and not text.startswith(("up", "down")):
        return None
    down = kind in {"down", "lower"} or text.startswith("down")
    op = "<" if down else ">"
    op += "=" if "more" in found or "least" in found else ""
    share = _share(found) if "p" in found else 0.0
    factor = f" * {number(1 - share if down else 1 + share)}" if share else ""
    own = f"open {op} close[1]{factor}"
    return _same(f"new_day() and {own}" if "day" in found else f"gap|{own}")


_SIGNED = {"macd", "supertrend", "momentum", "roc", "obv", "linslope", "mom", "tsi", "cmo"}


def _turn(found: Found) -> Made | None:
    """Turns green, positive: a cross of nothing; is green: a state."""
    left = operand(found, "a") if "a" in found else None
    up = found.kind("w") in {"positive", "green", "up"}
    if left is not None and left.name not in _SIGNED:
        return None
    if found.kind("w") in {"up", "down"} and (left is None or left.name != "supertrend"):
        return None
    event = "turn" in found
    op = ("cross_above" if up else "cross_below") if event else (">" if up else "<")
    return "cond", Compare(left, op, Series("0", "number"))


def _not_turned(found: Found) -> Made | None:
    made = _turn(found)
    if made is None or not isinstance(made[1], Compare):
        return None
    return "cond", Compare(made[1].left, {">": "<=", "<": ">="}[made[1].op], made[1].right)


def _extreme_band(found: Found) -> Made | None:
    """Oversold, overbought, where all mean the same by it."""
    word = found.kind("w")
    left = operand(found, "a") if "a" in found else None
    return "cond", ("extreme", left, word, "turn" in found)


def _zone(found: Found) -> Made:
    """Leaves oversold, goes into overbought: as it crosses the bound."""
    left = operand(found, "a") if "a" in found else None
    return "cond", ("extreme", left, found["z"], found.kind("z"))


def _turned(found: Found) -> Made | None:
    """A line turns up: it crosses where it was the bar before."""
    left = operand(found, "a")
    up = found.kind("w") in {"up", "rising", "higher", "moveup"}
    if left is None or left.name == "px" or left.window:
        return None
    before = Series(f"{left.text}[1]", left.dim, "earlier", frame=left.frame)
    return "cond", Compare(left, "cross_above" if up else "cross_below", before)


def _range(found: Found) -> Made | None:
    """The break of the opening range of so many minutes."""
    count, unit = found["d"]
    minutes = count * {"m": 1, "h": 60}.get(unit, 0)
    if not minutes or minutes != int(minutes) or minutes > 240:
        return None
    return "cond", ("range", "down" if found.kind("w") == "breaksdown" else "up", int(minutes))


def _breakout(found: Found) -> Made | None:
    """A 20 day breakout: of the highest high."""
    value = found["n"]
    count = value if found.kind("n") == "bars" else value[0] if value[1] == "d" else 0
    if not count or count != int(count):
        return None
    down = found.kind("w") == "breaksdown"
    text = f"lowest(low, {int(count)})" if down else f"highest(high, {int(count)})"
    series = Series(text, "price", text[: text.index("(")], int(count), "days" if daily(found) else "", window=True)
    return "cond", Compare(Series("close", name="px"), "<" if down else ">", series)


ENGULFING = "close[1] {0} open[1] and close {1} open and open {2} close[1] and close {3} open[1]"
BULLISH, BEARISH = ENGULFING.format("<", ">", "<=", ">="), ENGULFING.format(">", "<", ">=", "<=")
GOLDEN = Compare(
    Series("sma(close, 50)", "price", "sma", 50), "cross_above", Series("sma(close, 200)", "price", "sma", 200)
)


_MUCH = "by|of? least:atleast|above|ormore? p:pct"
_D = "d:down|up|lower|higher|above|below"
GAPS = (
    Row(f"day:unit|today? ser? on|and? gap {_D} by|of|above? least:atleast? above? p:pct more:orevenmore?",
        lambda f: _gap(f)),
    Row("day:unit|today? ser? on|and? gap d:down|up|lower|higher", lambda f: _gap(f)),
    Row("open ser vs ser shut", lambda f: []),
)

def _after_run(found: Found) -> Made:
    """The first green candle after at least three red ones."""
    count, up = int(found["n"] or 1), found.kind("c") == "green"
    own = [f"close {'>' if up else '<'} open"]
    own += [f"close[{i}] {'<' if up else '>'} open[{i}]" for i in range(1, count + 1)]
    other = [each.translate(str.maketrans("<>", "><")) for each in own]
    return _same(" and ".join(own), " and ".join(other))


SPECIAL = (
    Row("first? c:green|red bar? after atleast|ormore? n:num|bars inrow? d:green|red bar|num? inrow?",
        lambda f: _after_run(f) if f.kind("c") != f.kind("d") else None),
    Row(f"a:{_S} turn|move|moveup from? negative to positive", lambda f: ("cond", Compare(
        operand(f, "a"), "cross_above", Series("0", "number")))),
    Row("<start|comma|act|when|and|stopmark|on|at|or w:oversold|overbought a:ser|record !op|event|above|below",
        _extreme_band),
    Row("c:green|red a:ser|record cross|crossover", lambda f: [
        f.token("a"), Token("event", f.text("c"), "cross_above" if f.kind("c") == "green" else "cross_below")]),
    Row("a:ser|record c:green|red cross|crossover", lambda f: [
        f.token("a"), Token("event", f.text("c"), "cross_above" if f.kind("c") == "green" else "cross_below")]),
    Row("ser? u:unclear of n:bars|dur", lambda f: _new_extreme(f)),
    Row("notcase", lambda f: ("cond", Again("ends"))),
    Row("<when not >stopmark|comma", lambda f: ("cond", Again("ends"))),
    Row("ser? p:pct d:movedown|fallen|fallnoun|moveup|risen|risenoun in|above|on|from n:bars|dur", _fall),
    Row(f"ser? d:movedown|fallen|fallnoun|moveup|risen|risenoun {_MUCH} in|above|on|from n:bars|dur", _fall),
    Row("ser? d:down|up|falling|rising|fallen|risen|movedown|moveup|lower|higher n:dur inrow", lambda f: _down_days(f)),
    Row("n:bars|dur w:breaks|breaksdown !of|ser|px|above|newx", lambda f: _breakout(f)),
    Row("w:breaks|breaksdown first? d:dur rangeword|openrange px?", _range),
    Row("a:ser b:ser", lambda f: _times(f)),
    Row("goldencross", lambda f: ("cond", GOLDEN)),
    Row("deathcross", lambda f: ("cond", Compare(GOLDEN.left, "cross_below", GOLDEN.right))),
    Row("insidebar", lambda f: _same("high < high[1] and low > low[1]", "high < high[1] and low > low[1]")),
    Row("outsidebar", lambda f: _same("high > high[1] and low < low[1]", "high > high[1] and low < low[1]")),
    Row("n:narrow", lambda f: _narrowest(Found({"n": Token("num", "", int(f["n"]))}, f.whole))),
    Row("n:num inrow? c:green|red bar inrow?", _candles),
    Row("c:green|red unit|bar? today", lambda f: _candles(Found({"c": f.token("c")}, f.whole))),
    Row("today ser? c:green|red bar?", _candles),
    Row("bar ser? c:green|red", _candles),
    Row("ser c:green|red", lambda f: _candles(f) if _is_close(f) else None),
    Row("first c:green|red n:num", lambda f: _first(f)),
    Row("first c:green|red bar?", _candles),
    Row("c:green|red bar", _candles),
    Row("n:num inrow? d:lower|higher p:ser inrow?", _sequence),
    Row("n:dur of d:lower|higher p:ser", _sequence),
    Row("d:lower|higher p:ser", _sequence),
    Row("p:ser d:lower|higher", _sequence),
    Row(f"ser? d:fallen|movedown|risen|moveup|down|up {_MUCH} more:orevenmore? in|on|from|above? n:bars|dur", _fall),
    Row(f"ser? d:fallen|movedown|risen|moveup|down|up {_MUCH} more:orevenmore? on|from|in? day:unit|today|yesterday",
        _fall),
    Row(f"px:ser d:down|up {_MUCH} more:orevenmore?", _fall),
    Row(f"ser? d:fallen|movedown|risen|moveup {_MUCH} more:orevenmore?", _fall),
    Row(f"a:{_S} turn:turn|move to? w:positive|negative|green|red", _turn),
    Row(f"a:{_S} not w:positive|negative", lambda f: _not_turned(f)),
    Row(f"a:{_S} w:positive|negative", _turn),
    Row("turn:turn|move to? w:positive|negative|green|red", _turn),
    Row("<when w:positive|negative", _turn),
    Row("<start|stopmark|comma|and|or w:positive|negative "
        ">colon|arrow|comma|then|act|stopmark|windowbefore|window", _turn),
    Row("a:record w:up|down >colon|arrow|comma|then|act|stopmark|and|or|note", _turn),
    Row("bar? ser up", lambda f: _candles(Found({"c": Token("green", "up")}, f.whole)) if _is_close(f) else None),
    Row(f"a:{_S}? z:outof|into", _zone),
    Row(f"a:{_S} turn:move? w:oversold|overbought", _extreme_band),
    Row("turn:move? w:oversold|overbought", _extreme_band),
    Row(f"a:{_S} turn|move w:up|down|rising|falling|higher|lower !num|ser|record|length|pct|ma|part|through|cross",
        _turned),
    Row("turn|move w:up|down !num|ser|record|length|pct|ma|part|through|cross|orevenmore|of|from|to",
        lambda f: ("cond", ("turned", f.kind("w")))),
)  # fmt: skip


def _is_close(found: Found) -> bool:
    return any(token.kind == "ser" and token.value.text == "close" for token in found.whole)
