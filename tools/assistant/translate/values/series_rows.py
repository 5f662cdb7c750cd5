"""What is compared: averages, indicators, bands, extremes of bars, prices of earlier bars."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..tokens.operands import AVERAGES
from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Series, Token, number
from .bar_rows import BARS
from .indicators import INDICATORS, written

DEFAULTS = {"bb": ("20", "2"), "kc": ("20", "1.5"), "donchian": ("20",)}

Made = tuple[str, Any]


_PRIOR = {"prior", "previous", "preceding", "before", "prev"}


def _count(found: Found, label: str = "n", *, months: bool = False) -> int | None:
    """A whole number of bars from `20`, `20 bars` or `20 days`; None where it is none."""
    value = found[label]
    if found.kind(label) == "dur":
        value = value[0] if value[1] == "d" or (months and value[1] == "mo") else 0.5
        value *= 21 if found[label][1] == "mo" else 1
    return int(value) if value is not None and value == int(value) and value >= 1 else None


def daily(found: Found, label: str = "n") -> bool:
    return found.kind(label) == "dur" and found[label][1] != "m"


_FRAMED = {"w", "mo", "h"}
"""Units of a length that is read on bars of that unit: the 40 week average."""


def _average(found: Found) -> Made | None:
    length, kind, frame = _count(found), found["ma"], "days" if daily(found) else ""
    if length is None and found.kind("n") == "dur" and found["n"][1] in _FRAMED:
        length, frame = int(found["n"][0]), f"1{found['n'][1]}"
    if length is None:
        return None
    source = {"volume": "volume"}.get(str(found["px"]), found["px"] or "close")
    dim = "volume" if source == "volume" else "price"
    return "ser", Series(f"{kind}({source}, {length})", dim, kind, length, frame)


def _framed_average(found: Found) -> Made | None:
    """The 1h EMA 50: on bars of an hour."""
    (count, unit), length = found["d"], _count(found)
    if length is None or (unit in {"d", "w", "mo"} and count != 1) or count != int(count):
        return None
    return "ser", Series(f"{found['ma']}(close, {length})", "price", found["ma"], length, f"{int(count)}{unit}")


def _numbers(found: Found) -> list[str]:
    return [number(token.value) for token in found.whole if token.kind == "num"]


def _indicator(found: Found) -> Made | None:
    """An indicator of the numbers that are said, else of its own."""
    name = found["i"]
    numbers = [str(_count(found))] if "n" in found else _numbers(found)
    text = written(name, numbers) if name in INDICATORS and "None" not in numbers else None
    if text is None:
        return None
    each = INDICATORS[name]
    series = Series(text, each.dim or name, name, frame="days" if daily(found) else "")
    return ("record" if each.lines else "ser"), series


def _field(found: Found) -> Made | None:
    series, part = found["r"], found["p"]
    if part not in INDICATORS[series.name].lines:
        return None
    dim = "price" if (series.name, part) == ("supertrend", "line") else series.dim
    return "ser", Series(f"{series.text}.{part}", dim, series.name, band=part)


def _aroon(found: Found) -> Made | None:
    if found["r"].name != "aroon":
        return None
    return "ser", Series(f"{found['r'].text}.{found.kind('way')}", "aroon", "aroon")


def _band(found: Found) -> Made | None:
    edge = found["e"] or found.kind("low")
    family = found["f"]
    params = _numbers(found) or [number(n) for n in found["pair"] or ()]
    if len(params) > len(DEFAULTS[family]):
        return None
    default = DEFAULTS[family]
    params = [*params, *default[len(params) :]]
    return "ser", banded(family, edge, params)


def _spanned(found: Found) -> Made | None:
    """The upper Donchian channel of 20 days: the span is its length."""
    length = _count(found)
    if length is None:
        return None
    series = banded(found["f"], found["e"] or "lower", [str(length), *DEFAULTS[found["f"]][1:]])
    return "ser", replace(series, frame="days" if daily(found) else "")


def _edged(found: Found) -> list[Token] | None:
    """The top Bollinger band, the bottom one."""
    edge = {"top": "upper", "bottom": "lower"}.get(found.text("t"))
    return [Token("edge", found.text("t"), edge), found.token("f")] if edge else None


def _plain_first(found: Found) -> Made | None:
    """14 RSI: of a range, `2 ATR` is a multiple."""
    return _indicator(found) if found["i"] in {"rsi", "adx", "cci", "mfi", "wpr", "roc", "cmo"} else None


def _share_of(found: Found) -> Made | None:
    """102 % of a line: the line itself, scaled."""
    series, share = found["s"], found["p"][1]
    if series.dim not in {"price", "volume", "distance"} or (series.dim == "price" and not 50 <= share <= 200):
        return None
    return "ser", series.scaled(f"{number(share / 100)} * {series.plain}")


def banded(family: str, edge: str, params: list[str]) -> Series:
    """A line of a channel; of Donchian's the extremes of the bars before this one."""
    if family == "donchian":
        return Series(f"donchian({params[0]}).{edge}", "price", "donchian", band=edge, window=edge != "middle")
    return Series(f"{family}(close, {', '.join(params)}).{edge}", "price", family, band=edge)


def _extreme(found: Found) -> Made | None:
    """The highest or lowest of so many bars; of what, follows from which."""
    length = _count(found)
    word = found.kind("x")
    source = found["px"] if "px" in found else {"highest": "high", "lowest": "low"}.get(word, "")
    if not word:
        word = {"high": "highest", "low": "lowest"}.get(source, "")
    if length is None or not word or source not in {"high", "low", "close", "volume"}:
        return None
    name = "lowest" if word in {"lowest", "unit"} else "highest"
    dim = "volume" if source == "volume" else "price"
    days = "days" if daily(found) else ""
    prior = bool(_PRIOR & set(found.text().split()))
    return "ser", Series(f"{name}({source}, {length})", dim, name, length, days, window=True, prior=prior)


def _earlier(found: Found) -> Made | None:
    """The value of so many bars before; one, if nothing is said."""
    count = _count(found) if "n" in found else 1
    if count is None or count > 5000:
        return None
    series = found["s"] if "s" in found else Series(found["px"], "volume" if found["px"] == "volume" else "price", "px")
    frame = "days" if daily(found) or "yesterday" in [t.kind for t in found.whole] else series.frame
    return "ser", Series(f"{series.text}[{count}]", series.dim, "earlier", 0, frame)


def _verb(found: Found) -> bool:
    """`price closes above`: a verb behind its noun."""
    return found["verb"] == "close" and (
        found.text("verb") in {"closes", "closed"} or found.text("px").startswith("price")
    )


def _several(found: Found) -> bool:
    """`bars ago`, and not how many."""
    return any(token.kind == "bar" and token.text.endswith("s") for token in found.whole)


def _deviations(found: Found) -> list[Token] | None:
    """More than two deviations below the 20-day mean: a Bollinger band."""
    series, edge = found["s"], {"below": "lower", "above": "upper"}[found.kind("side")]
    if series.name != "sma" or "close" not in series.text:
        return None
    made = Series(
        f"bb(close, {series.length}, {number(found['k'])}).{edge}", "price", "bb", series.length, series.frame,
        band=edge
    )
    return [Token(found.kind("side"), found.text("side")), Token("ser", found.text("s"), made)]


def _momentum(found: Found) -> Made | None:
    length = _count(found, months=True)
    if length is None or found["i"] != "momentum":
        return None
    return "ser", Series(f"close / close[{length}] - 1", "ratio", "momentum", length, "days" if daily(found) else "")


def _scaled(found: Found) -> Made:
    series: Series = found["s"]
    times = found["k"]
    return "ser", series if times == 1 else series.scaled(f"{number(times)} * {series.plain}")


def _quotient(found: Found) -> Made | None:
    above, below = found["a"], found["b"] if "b" in found else Series(found["px"])
    if above.dim != "distance" or below.dim != "price":
        return None
    return "ser", Series(f"{above.text} / {below.text}", "ratio", "quotient")


def _on_frame(found: Found) -> Made | None:
    series = found["s"]
    if series.frame or series.name == "vwap" or ("d" in found and series.text in {"high", "low", "open"}):
        return None
    count, unit = found["d"] or (0, "")
    if unit in {"d", "w", "mo", "y"} and count != 1:
        return None  # a length in days, and no timeframe
    frame = found["t"] or f"{number(count)}{unit}"
    return "ser", Series(series.text, series.dim, series.name, series.length, frame, series.band, series.window)


_VERBS = {"closes", "closed", "opens", "opened"}
_COMPARE = (
    "above|below|orless|ormore|cross|crossover|crossunder|up|down|at|equals|back|move|moveup|movedown|rising"
    "|falling|through|not|oversold|overbought|slash|colon|shut|turn|lowest|highest"
)

SERIES = (
    *BARS,
    Row("f:family n:num in comma m:num a:act", lambda f: _channel(f)),
    Row("highest|maxword open px:px of? n:bars before? shut", lambda f: _extreme_of(f, "highest")),
    Row("lowest|unit open px:px of? n:bars before? shut", lambda f: _extreme_of(f, "lowest")),
    Row("x:highest|lowest px:px of|in|lastn n:bars|dur before?", _extreme),
    Row("x:highest|lowest of|in n:bars|dur before?", _extreme),
    Row("px:px of bar !before", lambda f: ("px", f["px"]) if f["px"] in {"high", "low", "volume"} else None),
    Row("bar px:px", lambda f: ("px", f["px"]) if f["px"] in {"high", "low", "volume"} or f.text("px") in _VERBS
        or f.text().split()[0] in {"bars", "candles"} else None),
    Row("px:px of today", lambda f: ("px", f["px"])),
    Row("px:px index n:num endindex", lambda f: ("px", f["px"]) if f["n"] == 0 else _earlier(f)),
    Row("n:bars|dur x:highest|lowest px:px?", _extreme),
    Row("newx n:bars px:px", _extreme),
    Row("n:bars|dur px:px", _extreme),
    Row("px:px of n:bars before?", lambda f: _extreme(f) if f["px"] in {"high", "low"} else None),
    Row("d:dur ma:ma open? n:num shut? !unit|percentword", lambda f: _framed_average(f)),
    Row("n:bars|dur ma:ma px:px?", lambda f: _average(f) if f["px"] in {None, "volume"} else None),
    Row("ma:ma open px:px comma n:num shut", _average),
    Row("ma:ma open n:num shut", _average),
    Row("ma:ma of lastn? n:bars|num px:px !of|before", _average),
    Row("ma:ma of lastn? n:bars|num|dur", _average),
    Row("n:num ma:ma", _average),
    Row("ma:ma n:bars|num|dur", _average),
    Row("i:ind open px? comma? num comma num comma num shut", _indicator),
    Row("i:ind open num comma num shut", _indicator),
    Row("i:ind of? px:px o:above|in n:bars|dur !ma|px|ind|hi|highest|lowest", lambda f: _over(f)),
    Row("i:ind o:above n:bars|dur !ma|px|ind|hi|highest|lowest", lambda f: _over(f)),
    Row("p:part open n:num shut", lambda f: _part_of(f)),
    Row("i:ind open px comma n:num shut", _indicator),
    Row("i:ind open n:num|bars|dur shut", _indicator),
    Row("ma:ma open n:bars|dur shut", _average),
    Row("i:ind of? px? open n:num|bars|dur shut", _indicator),
    Row(f"<start|comma|stopmark|when|and|or|colon|act|of|then|open|per n:num i:ind >{_COMPARE}",
        lambda f: _plain_first(f)),
    Row("n:bars|dur i:ind", lambda f: _momentum(f) or (None if f["i"] in {"macd", "supertrend"} else _indicator(f))),
    Row("i:ind of n:bars|dur|num", lambda f: _momentum(f) or _indicator(f)),
    Row(f"i:ind n:num >{_COMPARE}|between", _indicator),
    Row("params:params colon? num and|comma num", lambda f: ("given", _numbers(f))),
    Row("f:family n:num b:breaks|px", lambda f: _donchian(f)),
    Row("t:topn|unclear of? f:family", lambda f: _edged(f)),
    Row("e:edge of? f:family of? n:bars|dur !ma|px", lambda f: _spanned(f)),
    Row("low:lower of? n:bars|dur f:family", lambda f: _spanned(f)),
    Row("low:lower of? f:family of n:bars|dur !ma|px", lambda f: _spanned(f)),
    Row("n:bars|dur f:family px:px", lambda f: _extreme(f) if f["f"] == "donchian" else None),
    Row("e:edge of? n:bars|dur f:family", lambda f: _spanned(f)),
    Row("e:edge of? f:family pair:pair?", _band),
    Row("low:lower|upper f:family pair:pair?", _band),
    Row("f:family pair:pair low:lower", _band),
)  # fmt: skip


def _over(found: Found) -> Made | None:
    """The z-score of the close over 50 bars, the return over 6 months: over is of, with a span of bars behind it."""
    if (found.kind("o") == "above" and found.text("o") != "over") or found["px"] not in {None, "close"}:
        return None
    return _momentum(found) or _indicator(found)


def _part_of(found: Found) -> Made | None:
    """+DI(20), %K(14, 3, 3): the line of an indicator that is named by it alone."""
    name = {"plus": "dmi", "minus": "dmi", "k": "stoch", "d": "stoch"}.get(found["p"], "")
    text = written(name, _numbers(found)) if name else None
    return (text and ("ser", Series(f"{text}.{found['p']}", name, name, band=found["p"]))) or None


def _of_price(found: Found) -> Token | None:
    """RSI(2) of the close: the close is what it is of anyway; an average of the highs is of those."""
    own, source = found["s"], found["px"]
    if own.name in INDICATORS and source == "close" and "close" in own.text:
        return Token(found.kind("s"), found.text(), own)
    if own.name not in {*AVERAGES, "rsi"} or not own.text.startswith(f"{own.name}(close, "):
        return None
    dim = "volume" if source == "volume" and own.name != "rsi" else own.dim
    text = own.text.replace("(close, ", f"({source}, ", 1)
    return Token("ser", found.text(), replace(own, text=text, dim=dim))


def _donchian(found: Found) -> Made | None:
    """Donchian 20 breakout, Donchian 10 low."""
    count, word = found["n"], found["b"] or "high"
    if found["f"] != "donchian" or word not in {"high", "low"} or count != int(count):
        return None
    name = {"high": "highest", "low": "lowest"}[word]
    series = Series(f"{name}({word}, {int(count)})", "price", name, int(count), window=True)
    return "cond", Compare(Series("close", name="px"), ">" if word == "high" else "<", series)


def _channel(found: Found) -> list[Token] | None:
    """donchian 55 in, 20 out: in at one extreme, out at the other."""
    if found["f"] != "donchian" or found["a"] != "exit":
        return None
    close = Series("close", name="px")
    high = Series(f"highest(high, {int(found['n'])})", "price", "highest", int(found["n"]), window=True)
    low = Series(f"lowest(low, {int(found['m'])})", "price", "lowest", int(found["m"]), window=True)
    return [
        Token("act", "in", "long"), Token("cond", found.text("n"), Compare(close, ">", high)), Token("comma", ","),
        Token("act", "out", "exit"), Token("cond", found.text("m"), Compare(close, "<", low)),
    ]  # fmt: skip


def _extreme_of(found: Found, word: str) -> Made | None:
    series = _extreme(found)
    return series and ("ser", series[1]) if found["px"] in {"high", "low", "close"} and series else None


def _smoothed(found: Found) -> Made | None:
    """The OBV average of 20 bars, volume average of 20 bars: of what stands before it."""
    own, mean = found["s"], found["m"]
    if own.dim == "price" or own.name not in {"px", *INDICATORS} or mean.name not in AVERAGES or own.frame:
        return None
    if not mean.text.startswith(f"{mean.name}(close, ") or found.text("m").split()[0].isdigit():
        return None
    return "ser", replace(mean, text=mean.text.replace("(close", f"({own.text}", 1), dim=own.dim)


def _range_then(found: Found) -> Made | None:
    """1.5 times the ATR of yesterday, of so many bars ago."""
    count = found["n"] or 1
    times = "" if found["a"][0] == 1 else f"{number(found['a'][0])} * "
    frame = "days" if found.kind("d") == "yesterday" else ""
    return "ser", Series(f"{times}atr({found['a'][1]})[{int(count)}]", "distance", "atr*", frame=frame)


def _than_then(found: Found) -> list[Token] | None:
    """`Hull 20 > Hull 20 three bars ago`: the same line, as it was."""
    own, made = found["s"], _earlier(found)
    if own.text != found["a"].text or own.name not in AVERAGES or made is None:
        return None
    return [found.token("a"), found.token("o"), Token("ser", found.text("s"), made[1])]


DERIVED = (
    Row("a:atrm of? d:yesterday", _range_then),
    Row("i:ind", _indicator),
    Row("s:ser m:ser", lambda f: _smoothed(f)),
    Row("neither? w:overbought|oversold nor? v:overbought|oversold? by|on s:ser|record", lambda f: [
        f.token("s"), *f.whole[:-2]]),
    Row("s:ser|record of px:px !before|n:bars|verb", lambda f: _of_price(f)),
    Row("r:record p:part", _field),
    Row("s:ser p:part", lambda f: Token("ser", f.text(), f["s"]) if f["p"] == "line" and (
        f["s"].dim != "price" or f["s"].band) else None),
    Row("p:part of r:record", _field),
    Row("r:record way:up|down", lambda f: _aroon(f)),
    Row("px:px verb:px", lambda f: Token("px", f.text(), "close") if f["px"] == "close" and _verb(f) else None),
    Row("before bar? px:px", lambda f: None if _several(f) or f.whole[0].text in {"ago", "earlier"} else _earlier(f)),
    Row("yesterday px:px", lambda f: _earlier(f)),
    Row("px:px before !bar|num|bars|dur|px|unit|clock", lambda f: _earlier(Found({"px": f.token("px")}, f.whole))
        if f.whole[-1].text in {"before", "prior"} else None),
    Row("px:px of yesterday", _earlier),
    Row("px:px n:bars|dur before", _earlier),
    Row("a:ser o:above|below|orless|ormore s:ser n:bars|dur before", lambda f: _than_then(f)),
    Row("s:ser today >above|below", lambda f: f.token("s") if f["s"].name in AVERAGES else None),
    Row("px:px of bar? before bar?", lambda f: None if _several(f) else _earlier(f)),
    Row("above|morew|atleast? k:num deviation side:below|above s:ser", _deviations),
    Row(
        "s:ser verb:px", lambda f: ("ser", f["s"]) if f.text("verb") in {"closes", "closed"}
        and f["s"].name in INDICATORS else None
    ),
    Row("k:mult of? s:ser", _scaled),
    Row("p:pct of s:ser", lambda f: _share_of(f)),
    Row("k:num cross|by s:ser", _scaled),
    Row("a:ser slash b:ser", _quotient),
    Row("s:ser of|on|in chart? t:timeframe|frame", _on_frame),
    Row("s:ser of|on d:dur", _on_frame),
    Row("t:timeframe|frame s:ser", _on_frame),
    Row("px:px", lambda f: ("ser", Series(f["px"], "volume" if f["px"] == "volume" else "price", "px"))),
    Row("d:dur s:ser", lambda f: _on_frame(f) if f["d"][1] in {"m", "h"} else None),
)  # fmt: skip
