"""How a line goes: rising, so many bars long, turning up; the lowest that it has been; a new high of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..tokens.operands import AVERAGES, operand
from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Joined, Series, Token
from ..values.series_rows import DEFAULTS, banded

Made = tuple[str, Any]
_S = "a:ser|record"
_UP = {"moveup", "rising", "risen", "up", "higher", "turnup", "positive"}
_WAYS = "d:rising|falling|moveup|movedown|risen|fallen|up|down|higher|lower"
_LONGEST = 5000


def _line(found: Found) -> Series | None:
    """What goes up or down; of a price that is no line the rows of candles and falls tell."""
    series = operand(found, "a")
    if series is None or series.window or (series.name in {"px", "earlier"} and series.dim != "volume"):
        return None
    return series


def _run(found: Found) -> list[Token] | None:
    """Rising for so many bars: on each of them, which is counted once the line is known."""
    series, count = _line(found), found["n"]
    if found.kind("n") == "window":
        op, least, count = count
        count = count if op == "==" and least == count else 0
    if series is None or series.name == "supertrend" or not 0 < count <= _LONGEST:
        return None
    before = Series(f"{series.text}[1]", series.dim, "earlier", frame=series.frame)
    whole = Compare(series, ">" if found.kind("d") in _UP else "<", before)
    return [Token("cond", found.text(), whole), Token("bars", "", count), Token("inrow", "")]


def _slope(found: Found) -> Made | None:
    """Rising: above where it was on the bar before; of the supertrend its direction."""
    series = _line(found)
    if series is None:
        return None
    up = found.kind("w") in _UP
    if series.name == "supertrend":
        return "cond", Compare(_direction(series), ">" if up else "<", Series("0", "number"))
    before = Series(f"{series.text}[1]", series.dim, "earlier", frame=series.frame)
    return "cond", Compare(series, ">" if up else "<", before)


def _direction(series: Series) -> Series:
    text = f"{series.text.rpartition('.')[0]}.direction"
    return Series(text, series.dim, series.name, frame=series.frame, band="direction")


def _turn(found: Found) -> Made | None:
    series = _line(found)
    if series is None:
        return None
    before = Series(f"{series.text}[1]", series.dim, "earlier", frame=series.frame)
    return "cond", Compare(series, "cross_above" if found.kind("w") == "turnup" else "cross_below", before)


def _own(found: Found) -> Series | None:
    """The extreme of so many bars of a value that is no price of a bar: its own, whatever was read as of bars."""
    series, extreme = operand(found, "a"), found["b"]
    if series is None or series.window or series.frame or series.name in {"px", "earlier"}:
        return None
    if not extreme.window or extreme.name not in {"highest", "lowest"} or series.dim == "price":
        return None
    if extreme.text.split("(")[1].split(",")[0] not in {"high", "low", "close"}:
        return None
    text = f"{extreme.name}({series.text}, {extreme.length})"
    return Series(text, series.dim, extreme.name, extreme.length, extreme.frame, window=True)


def _broken(found: Found) -> Made | None:
    """OBV makes a new high of 30 bars: above that of the bars before."""
    extreme = _own(found)
    op = ">" if extreme and extreme.name == "highest" else "<"
    return ("cond", Compare(operand(found, "a"), op, extreme)) if extreme else None


def _reached(found: Found) -> Made | None:
    """At its highest of 30 bars: none of them is above it."""
    extreme = _own(found)
    if extreme is None:
        return None
    if {"new", "fresh"} & set(found.text("b").split()):
        return _broken(found)
    op = ">=" if extreme.name == "highest" else "<="
    return "cond", Compare(operand(found, "a"), op, replace(extreme, window=False))


def _sloped(found: Found) -> list[Token] | None:
    """The slope of the average is positive: it rises."""
    series = operand(found, "a")
    if series is None:
        return None
    up = found.kind("w") in _UP | {"above"}
    if "n" in found and found["n"] != 0:
        return None
    if series.name == "linreg":  # the slope of the line itself, and not of its ends
        slope = Series(series.text.replace("linreg(", "linreg_slope("), "number", "linslope", frame=series.frame)
        state, turn = (">", "cross_above") if up else ("<", "cross_below")
        compare = Compare(slope, turn if "turn" in found else state, Series("0", "number"))
        return [Token("cond", found.text(), compare)]
    way = ("turnup" if up else "turndown") if "turn" in found else "rising" if up else "falling"
    return [Token("ser", found.text("a"), series), Token(way, found.text("w"))]


def _slope_of_zero(found: Found) -> list[Token] | None:
    """`Slope of SMA(50) > 0`; one that crosses it turns."""
    series, kind = operand(found, "a"), found.kind("w")
    if series is None or found["n"] != 0 or series.name == "linreg":
        return _sloped(found) if series is not None and found["n"] == 0 and kind in {"above", "below"} else None
    up = kind in {"above", "moveup"}
    turns = "turn" in found or kind in {"moveup", "movedown"}
    way = ("turnup" if up else "turndown") if turns else "rising" if up else "falling"
    return [Token("ser", found.text("a"), series), Token(way, found.text("w"))]


def _unsloped(found: Found) -> Made | None:
    """`The 200 SMA isn't falling`."""
    series = _line(found)
    if series is None or series.name == "supertrend":
        return None
    before = Series(f"{series.text}[1]", series.dim, "earlier", frame=series.frame)
    return "cond", Compare(series, ">=" if found.kind("w") == "falling" else "<=", before)


def _falls(found: Found) -> Made | None:
    """`Once the 20 SMA falls`: an average, which crosses nothing."""
    series = _line(found)
    plain = found.text("w") in {"falls", "rises", "drops", "climbs", "declines", "fall", "rise", "goes up", "goes down"}
    return _slope(found) if series is not None and series.name in AVERAGES and plain else None


def _heads(found: Found) -> Made | None:
    """`SMA 20 up = long`."""
    series = operand(found, "a")
    return _slope(found) if series is not None and series.name in AVERAGES else None


def _side_of(found: Found) -> Made | None:
    """The supertrend and the SAR are bullish: on which side of them the price is."""
    series, up = operand(found, "a"), found.kind("w") == "green"
    if series is None or series.name not in {"supertrend", "sar"}:
        return None
    if series.name == "sar":
        return "cond", Compare(Series("close", name="px"), ">" if up else "<", series)
    return "cond", Compare(_direction(series), ">" if up else "<", Series("0", "number"))


def _line_of(found: Found) -> Token | None:
    """The supertrend beside a price is its line."""
    record: Series = found["r"]
    if record.name != "supertrend":
        return None
    return Token("ser", found.text("r"), Series(f"{record.text}.line", "price", "supertrend", band="line"))


def _both_lines(found: Found) -> list[Token] | None:
    """Both lines of the MACD, of the stochastic."""
    record: Series = found["r"]
    names = {"macd": ("line", "signal"), "stoch": ("k", "d"), "stochrsi": ("k", "d")}.get(record.name)
    if names is None:
        return None
    one, two = (Series(f"{record.text}.{name}", record.dim, record.name, band=name) for name in names)
    return [Token("both", "both"), Token("ser", found.text(), one), Token("and", "and"), Token("ser", "", two)]


def _inside(found: Found) -> list[Token] | None:
    """Back inside the bands from below: over the lower one."""
    name = found["f"] if found.kind("f") == "family" else "bb"
    if name == "donchian":
        return None
    edge, side = ("lower", "above") if found.kind("w") == "up" else ("upper", "below")
    line = Token("ser", found.text("f"), banded(name, edge, list(DEFAULTS[name])))
    return [found.token("a"), Token("cross", "crosses"), Token(side, found.text("w")), line]


def _turned(found: Found) -> Made | list[Token]:
    """From falling to rising."""
    up = found.kind("w") == "rising"
    if "a" not in found:
        return "cond", ("turned", "up" if up else "down")
    return [found.token("a"), Token("turnup" if up else "turndown", found.text("w"))]


def _squeezed(found: Found) -> Made | None:
    """The Bollinger bands inside the Keltner channel: both of their lines."""
    one, two = found["f"], found["g"]
    if {one, two} != {"bb", "kc"}:
        return None
    low, high = (
        Compare(banded(one, edge, list(DEFAULTS[one])), op, banded(two, edge, list(DEFAULTS[two])))
        for edge, op in (("lower", ">"), ("upper", "<"))
    )
    return "cond", Joined("and", (high, low))


SEVERAL = (Row("both? r:record lines", _both_lines),)
_NEAR = "above|below|cross|crossover|crossunder|moveup|movedown|move|back|at|orless|ormore|through|breaks|breaksdown"
LINES = (
    Row("c:cross|crossover w:green|red >comma|stopmark|act|end|and|note|then|arrow",
        lambda f: [f.token("w"), f.token("c")]),
    Row("move cross|crossover|crossunder of", lambda f: [*f.whole[1:]]),
    Row(f"{_S} cross|move|back|at? back? in f:family|bands w:up|down", lambda f: _inside(f)),
    Row("n:num inrow bar !px|green|red|higher|lower", lambda f: [
        Token("bars", f.text(), int(f["n"])), Token("inrow", "in a row")] if f["n"] == int(f["n"]) else None),
    Row(f"<{_NEAR} r:record", _line_of),
    Row("slopeword turn:turn|move to? w:positive|negative|up|down",
        lambda f: ("cond", ("turned", "up" if f.kind("w") in _UP else "down"))),
    Row(f"{_S}? turn|move from falling to w:rising", lambda f: _turned(f)),
    Row(f"{_S}? turn|move from rising to w:falling", lambda f: _turned(f)),
    Row("c:cross|move b:ser|record|num w:rising|falling >and|comma|stopmark|act|end|note|arrow|then",
        lambda f: [f.token("c"), f.token("b"), Token("up" if f.kind("w") == "rising" else "down", f.text("w"))]),
    Row("<when w:higher|lower >comma|stopmark|end|act|note|arrow|then",
        lambda f: Token("above" if f.kind("w") == "higher" else "below", f.text("w"))),
    Row("<start|comma|when|and|or|stopmark|act|arrow|both|either|of w:rising|falling a:ser|record "
        ">and|comma|stopmark|act|end|note|arrow|then|or|colon", _slope),
    Row("f:family in g:family", lambda f: _squeezed(f)),
    Row(f"slopeword of? {_S} turn:cross? w:above|below|moveup|movedown n:num", lambda f: _slope_of_zero(f)),
    Row(f"{_S} not w:rising|falling !above|below|through|at|of|num|ser|length|by|pct", lambda f: _unsloped(f)),
    Row(f"{_S} w:moveup|movedown >comma|stopmark|act|end|note|arrow|then|and|or|colon", lambda f: _falls(f)),
    Row(f"slopeword of? {_S} turn:turn? w:positive|negative|up|down|rising|falling", _sloped),
    Row(f"{_S} at|equals? b:ser", _reached),
    Row(f"{_S} {_WAYS} on|in|at? atleast? n:bars inrow", _run),
    Row(f"{_S} d:rising|falling|moveup|movedown|risen|fallen on|in|at? atleast? n:bars !before|ago", _run),
    Row(f"{_S} {_WAYS} n:window", _run),
    Row("<when|and d:moveup|movedown|rising|falling n:bars inrow", lambda f: [
        Token("cond", f.text("d"), ("slope", "rising" if f.kind("d") in _UP else "falling")), f.token("n"),
        Token("inrow", "")]),
    Row(f"<start|comma|stopmark|and|or|when|act {_S} w:up|down >arrow|colon", lambda f: _heads(f)),
    Row(f"{_S} w:green|red !bar|px|cross|crossover", lambda f: _side_of(f)),
    Row(f"{_S} w:turnup|turndown", _turn),
    Row("<comma|stopmark|when|and|or|then w:turnup|turndown >comma|stopmark|act|end|arrow|colon|note|and|or",
        lambda f: ("cond", ("turned", "up" if f.kind("w") == "turnup" else "down"))),
    Row(f"{_S} w:rising|falling !above|below|through|at|of|num|ser|length|by|pct", _slope),
)  # fmt: skip
