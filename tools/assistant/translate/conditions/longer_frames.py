"""A longer timeframe that is read beside the one that is traded: `the last completed hourly candle was green`."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.pattern import Found, Row, applied
from ..tokens.token import Compare, Plain, Series, Token


def _framed(series: Series | None, frame: str) -> Series | None:
    fixed = series is None or series.frame or series.dim == "number"
    return series if fixed or series is None else replace(series, frame=frame)


def _bar(found: Found) -> Token | None:
    """A condition of the bars of that timeframe."""
    made, frame = found["c"], found["f"]
    if isinstance(made, Plain) and '?"' not in made.text and " @ " not in made.text:
        other = f"({made.mirrored}) @ {frame}" if made.mirrored else ""
        return Token("cond", found.text(), Plain(f"({made.text}) @ {frame}", other, made.binds, made.filter))
    if not isinstance(made, Compare):
        return None
    return Token("cond", found.text(), Compare(_framed(made.left, frame), made.op, _framed(made.right, frame)))


def _value(found: Found) -> list[Token] | None:
    """`the daily MACD above its signal line`: both of them there."""
    one, two = found.token("r"), found.token("s")
    if one.value.name != two.value.name:
        return None
    made = [token._replace(value=_framed(token.value, found["f"])) for token in (one, two)]
    return [made[0], *found.whole[found.whole.index(one) + 1 : -1], made[1]]


def _of_day(found: Found) -> Token | None:
    """`the day's ADX`."""
    if found["u"] != "d" or found.text("u") != "days" or found["s"].name == "px":
        return None
    return Token("ser", found.text(), _framed(found["s"], "1d"))


SAID = (
    Row("lastn s:ser", lambda f: f.token("s") if f["s"].frame else None),
)  # fmt: skip
def _of_span(found: Found) -> Token | None:
    """`the 30 minute supertrend`, where another timeframe is traded."""
    count, unit = found["d"]
    if unit not in {"m", "h"} or count != int(count) or found["s"].frame:
        return None
    own = found.token("s")
    return own._replace(text=found.text(), value=_framed(own.value, f"{int(count)}{unit}"))


_OF_TIME = {"after", "in", "lastn", "before", "hold", "maxhold", "anytime", "wait"}
SPANNED = (Row("d:dur s:ser|record", _of_span),)
"""Behind a word of time a span is how long ago, and no timeframe."""
READ = (
    Row("lastn|before|yesterday? f:frame|timeframe c:cond", _bar),
    Row("lastn|before? f:frame|timeframe r:record above|below|cross|crossover|crossunder|moveup|movedown s:ser",
        _value),
    Row("u:unit s:ser", _of_day),
)  # fmt: skip
"""Only where the timeframe that is traded is another."""


def longer(tokens: list[Token]) -> list[Token]:
    """With the timeframe of each value that is read on a longer one."""
    tokens = applied(SAID, tokens)
    frames = {token.value for token in tokens if token.kind in {"frame", "timeframe"}}
    if frames and not any(token.kind == "dur" and _timed(tokens, here) for here, token in enumerate(tokens)):
        tokens = applied(SPANNED, tokens)
    days = any(token.kind == "unit" for token in tokens) and frames - {"1d", "1w", "1mo"}
    return applied(READ, tokens) if len(frames) > 1 or days else tokens


def _timed(tokens: list[Token], here: int) -> bool:
    """`after 30 minutes RSI is …`: a span of time."""
    return here > 0 and tokens[here - 1].kind in _OF_TIME
