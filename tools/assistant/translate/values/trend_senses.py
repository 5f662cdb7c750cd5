"""What stands for a line, or says which way one is read: `the slow one`, `below the candles`, `the 200 EMA as filter`,
`the chart's own supertrend`, `a bullish MACD cross below zero`."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.operands import AVERAGES, main_line
from ..tokens.pattern import Found, Row, applied
from ..tokens.token import Compare, Series, Token

_PERIODS = {"weekly": "1w", "monthly": "1mo"}
_SHORT = {"fast", "faster", "quick", "quicker", "shorter", "short term", "shorter term"}
_OF_TIME = {"after", "in", "lastn", "before", "hold", "maxhold", "anytime", "wait"}
"""Behind a word of time a span is how long ago, and no timeframe."""
_ENDS = {"comma", "stopmark", "end", "and", "or", "note", "arrow", "act", "colon", "then", "when"}
_CLOSE = Series("close", name="px")


def with_trend_senses(tokens: list[Token]) -> list[Token]:
    """The same with each of them as conditions read it."""
    made = applied(ROWS, _candles(_by_speed(_sloped(_on_own_chart(tokens)))))
    notes = [Token("note", f"'{t.text.removeprefix('trendfilter ')}' filters: longs above it, shorts below it.")
             for t in made if t.kind == "filter" and t.text.startswith("trendfilter")]  # fmt: skip
    return [*made, *notes]


def _on_own_chart(tokens: list[Token]) -> list[Token]:
    """`On 30 minute bars … the 30 min supertrend`: the timeframe of the chart before a line says nothing more."""
    ahead = [*(token.kind for token in tokens[1:]), "end"]
    charts = {token.value for token, after in zip(tokens, ahead, strict=False) if token.kind == "timeframe"
              or (token.kind == "frame" and after not in {"ser", "record", "cond"})}  # fmt: skip
    if len(charts) != 1:
        return tokens
    made: list[Token] = []
    frame = ""
    for here, token in enumerate(tokens):
        after = tokens[here + 1].kind if here + 1 < len(tokens) else "end"
        count, unit = token.value if token.kind == "dur" else (0, "")
        span = f"{count:g}{unit}"
        if frame:
            token, frame = token._replace(value=replace(token.value, frame=frame)), ""
        if token.kind == "period" and token.value in _PERIODS and charts and after in {"ser", "record"}:
            frame = _PERIODS[token.value] if not tokens[here + 1].value.frame else ""
            continue
        own = span in charts or (token.kind == "frame" and token.value in charts)
        if after in {"ser", "record"} and ((own and unit != "d") or (unit in {"m", "h"} and after == "record")):
            if tokens[here + 1].value.frame or (made and made[-1].kind in _OF_TIME):
                made.append(token)
                continue
            frame = "" if own else span
            continue
        if token.kind == "ser" and token.value.frame in charts and not token.value.window:
            token = token._replace(value=replace(token.value, frame=""))
        if token.kind == "style" and token.text == "intraday":
            continue
        made.append(token)
    return made


def _sloped(tokens: list[Token]) -> list[Token]:
    """`Exit when the slope is below zero`: the regression's, where one was named."""
    slopes = [token.value for token in tokens if token.kind == "ser" and token.value.name == "linslope"]
    if not slopes or len({each.text for each in slopes}) > 1:
        return tokens
    bare = [t.kind == "slopeword" and "of" not in t.text.split() for t in tokens]
    return [Token("ser", t.text, slopes[0]) if own else t for t, own in zip(tokens, bare, strict=True)]


def _by_speed(tokens: list[Token]) -> list[Token]:
    """`When the slow overtakes the fast`, where two averages were named."""
    lines = {t.value.length: t for t in tokens if t.kind == "ser" and t.value.name in AVERAGES and t.value.length}
    if not any(token.kind == "speed" for token in tokens):
        return tokens
    if len(lines) != 2:  # of how many bars each is, is asked
        ahead = [*tokens[1:], Token("end", "")]
        return [t for t, after in zip(tokens, ahead, strict=True) if t.kind != "speed" or after.kind != "ser"]
    pair = [lines[min(lines)], lines[max(lines)]]
    made: list[Token] = []
    skip = False
    for here, token in enumerate(tokens):
        after = tokens[here + 1] if here + 1 < len(tokens) else Token("end", "")
        if skip:
            skip = False
            continue
        unnamed = (after.kind == "ser" and after.value.name == "unsaid") or after.text in {"one", "line"}
        if token.kind == "speed" and (unnamed or after.kind not in {"ser", "ma", "ind", "record", "num", "part"}):
            own = pair[token.text not in _SHORT]
            made.append(own._replace(text=token.text))
            skip = unnamed
            continue
        made.append(token)
    return made


def _candles(tokens: list[Token]) -> list[Token]:
    """`The dots are below the candles`: below the price."""
    made: list[Token] = []
    for here, token in enumerate(tokens):
        after = tokens[here + 1].kind if here + 1 < len(tokens) else "end"
        sided = made[-1].kind if made else ""
        level = any(each.kind in {"stopword", "targetword", "trailword", "limitword"} for each in made[-3:])
        several = token.kind == "bar" and token.text.endswith("s") and not level
        if several and sided in {"above", "below", "moveup", "movedown"} and after in _ENDS:
            token = Token("ser", token.text, _CLOSE)
        made.append(token)
    return made


def _filter(found: Found) -> Token | None:
    """`The 200 EMA as trend filter`: longs above it, shorts below."""
    line = found["s"]
    if line.dim != "price" or line.name not in AVERAGES:
        return None
    return Token("filter", found.text(), Compare(_CLOSE, "with", line))


_SIDE_OF = {"moveup": "above", "movedown": "below", "crossover": "above", "crossunder": "below"}


def _beside_zero(found: Found) -> list[Token] | None:
    """`A bullish MACD cross below zero`: of its signal, while the line is there."""
    record = found["r"]
    crosses = any(found.text(label).startswith("cross") for label in ("e", "o") if label in found)
    side = found.kind("o") or _SIDE_OF.get(found.kind("e"), "")
    if record.name != "macd" or found["n"] != 0 or not crosses or not side:
        return None
    line = main_line(record)
    signal = Series(f"{record.text}.signal", "macd", "macd", frame=record.frame, band="signal")
    way = "cross_above" if found.kind("c") in {"green", "up"} else "cross_below"
    state = Compare(line, ">" if side == "above" else "<", Series("0", "number"))
    crossed, there = (Token("cond", found.text(), each) for each in (Compare(line, way, signal), state))
    return [crossed, Token("and", "and"), there]


def _coloured(found: Found) -> tuple[str, Compare] | None:
    """`With the 1h supertrend green`; one of the chart's own bars is read among its flips."""
    record = found["r"]
    if record.name != "supertrend" or not record.frame:
        return None
    up = found.kind("c") in {"green", "up", "rising", "positive"}
    return "cond", Compare(main_line(record), ">" if up else "<", Series("0", "number"))


def _at_value(found: Found) -> list[Token] | None:
    """`Exit RSI 50`: at 50."""
    own = found["s"]
    if own.dim in {"price", "volume", "distance"} or found.text("n").endswith("%"):
        return None
    return [found.token("a"), found.token("s"), Token("at", "at"), found.token("n")]


_EVENT = "e:cross|crossover|crossunder|moveup|movedown"
ROWS = (
    Row("r:record c:green|red|up|down|rising|falling|positive|negative >comma|stopmark|end|note|act|and|or|arrow"
        "|then|colon|shut",
        lambda f: _coloured(f)),
    Row("trendfilter s:ser", _filter),
    Row(f"c:green|red r:record {_EVENT} o:above|below? n:num", _beside_zero),
    Row(f"r:record c:green|red {_EVENT} o:above|below? n:num", _beside_zero),
    Row("a:act at|on? s:ser n:num >comma|stopmark|end|note|act|and|or", _at_value),
)  # fmt: skip
