"""Values of earlier bars, however they are said: `higher than on the bar before`, `than it was 5 bars ago`, `the RSI of
the previous bar`, `three bars ago the close was …`.

What says when becomes one token, `ago`; a comparison with it gets its right side, a series with it is that of then.
"""

from __future__ import annotations

from dataclasses import replace

from ..tokens.operands import main_line
from ..tokens.pattern import Found, Row
from ..tokens.token import Series, Token, number

OPS = {"above", "below", "orless", "ormore", "equals", "higher", "lower"}
_WHERE = {"on", "in", "at", "of", "from"}
_PAST = {"ago", "back", "before", "earlier", "previously", "prior"}
_LAST = {"previous", "prior", "preceding", "prev"}
_STARTS = {"start", "comma", "when", "and", "or", "stopmark", "act", "colon", "then", "either", "both", "after"}
_LONGEST = 5000
_AMOUNTS = {"pct", "atrm", "points", "money"}


def _counted(found: Found) -> Token | None:
    """Five bars ago: the count and what it is counted in."""
    if found.whole[-1].text not in _PAST:
        return None
    value = found["n"]
    count, frame = (value[0], "days") if found.kind("n") == "dur" and value[1] == "d" else (value, "")
    if isinstance(count, tuple) or count != int(count) or not 1 <= count <= _LONGEST:
        return None
    return Token("ago", found.text(), (int(count), frame))


def _single(found: Found) -> Token | None:
    """The bar before, the previous bar; `candles before` is none."""
    bar = found.text("b")
    return None if bar.endswith("s") else Token("ago", found.text(), (1, ""))


MOMENTS = (
    Row("on? bar when", lambda f: Token("when", "when")),
    Row("open e:eitherside shut", lambda f: f.token("e")),
    Row("n:bars|dur before !perclip|nexttrade|afterclose|act|endofday", _counted),
    Row("n:bars back !above|below|at|to|in|out", lambda f: _counted(f) if f.whole[-1].text == "back" else None),
    Row("before n:num !bar|bars", lambda f: Token("ago", f.text(), (1, "")) if f.text("n") == "one" and
        f.whole[0].text in _LAST else None),
    Row("n:num before !bar|bars|num|dur", lambda f: Token("ago", f.text(), (1, "")) if f.text("n") == "one" and
        f.whole[-1].text in {"before", "earlier"} else None),
    Row("n:bars|dur before >act", lambda f: _counted(f) if f.whole[-1].text in {"ago", "earlier"} else None),
    Row("onebar before !perclip|nexttrade|afterclose|act", lambda f: Token("ago", f.text(), (1, ""))
        if f.whole[-1].text in _PAST else None),
    Row("b:bar before !num|bars|dur|clock|act", _single),
    Row("before b:bar !px|ser", _single),
    Row("<above|below|orless|ormore|higher|lower before !num|bars|dur|clock|act|bar|ser|px",
        lambda f: Token("ago", f.text(), (1, "")) if f.text() in _LAST else None),
    Row("<above|below|orless|ormore|on|in|at lastn b:bar !px|ser", _single),
    Row("<num|length|ser yesterday !ser|px|green|red|above|below", lambda f: Token("ago", f.text(), (1, "days"))),
    Row("<above|below yesterday !ser|px", lambda f: Token("ago", f.text(), (1, "days"))),
)  # fmt: skip


def compared(tokens: list[Token]) -> list[Token]:
    """Every `ago` behind a comparison, or behind what it is of, as the value of then."""
    made: list[Token] = []
    last = None
    for token in tokens:
        if token.kind == "thatbar" and last:
            token = Token("ago", token.text, last.value)
            made.append(token)
            continue
        if token.kind == "stopmark":
            last = None
        if token.kind != "ago":
            made.append(token)
            continue
        last = token
        joins = 1 if made and made[-1].kind in _WHERE else 0
        before = made[len(made) - joins - 1] if len(made) > joins else Token("start", "")
        if before.kind in OPS:
            place = len(made) - joins - 1
            left: Series | None = _series(made[place - 1]) if place else None
            own = left or _subject(made[:place])
            if own is None:
                made.append(token)
                continue
            if place > 1 and made[place - 1].kind in _AMOUNTS:  # `3 % higher than 10 bars ago`
                own = replace(own, frame=own.frame or token.value[1])
                side = {"higher": "above", "lower": "below"}.get(before.kind, before.kind)
                made[place:] = [Token(side, before.text), Token("ser", token.text, _then(own, token))]
                continue
            own = replace(own, frame=own.frame or token.value[1])
            side = {"higher": "above", "lower": "below"}.get(before.kind, before.kind)
            del made[place - bool(left) :]
            made += [Token("ser", left.text if left else "", own), Token(side, before.text)]
            made.append(Token("ser", token.text, _then(own, token)))
            continue
        elif _belongs(made, joins, token):
            own = _series(before) or _atr(before)
            assert own
            del made[len(made) - joins - 1 :]
            made.append(Token("ser", f"{before.text} {token.text}", _then(own, token)))
            continue
        elif joins and made[-1].kind != "of":
            made.pop()
        made.append(token)
    return made


def _belongs(made: list[Token], joins: int, token: Token) -> bool:
    """Whether a moment says of when the series before it is: `of` does; without it, if it is not what is compared with,
    since `above the average 3 bars ago` may be of the whole."""
    place = len(made) - joins - 1
    if place >= 0 and joins and made[-1].kind == "of" and _atr(made[place]):
        return True
    if place < 0 or _series(made[place]) is None:
        return False
    if joins and made[-1].kind == "of":
        return True
    before = made[place - 1].kind if place else "start"
    return before in _STARTS


def _series(token: Token) -> Series | None:
    if token.kind == "record":
        return main_line(token.value) if token.value.name != "dmi" else None
    return token.value if token.kind == "ser" and not token.value.window else None


def _atr(token: Token) -> Series | None:
    """So many times the ATR."""
    if token.kind != "atrm":
        return None
    times, length = token.value
    return Series(f"{number(times)} * atr({length})" if times != 1 else f"atr({length})", "distance", "atr")


def _subject(before: list[Token]) -> Series | None:
    """What was compared last in the sentence: `the RSI is under 45 and higher than on the bar before`; else the only
    value that is spoken of, the close where there is none. None where it may be of several."""
    said: list[Series] = []
    here = True
    for place in range(len(before) - 1, -1, -1):
        here = here and before[place].kind not in {"stopmark", "act"}
        led = before[place - 1].kind if place else "start"
        series = _series(before[place])
        if series and led in _STARTS:
            if here:
                return series
            said.append(series)
    return said[0] if len(set(said)) == 1 else None if said else Series("close", name="px")


def _then(series: Series, token: Token) -> Series:
    count, frame = token.value
    return replace(series, text=f"{series.text}[{count}]", name="earlier", length=0, frame=series.frame or frame)
