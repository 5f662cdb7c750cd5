"""Amounts in words of their own: about so much, cents and bucks, rewards to a risk, spans and times without a sign."""

from __future__ import annotations

import re
from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Token

Made = tuple[str, Any]
_MEASURED = "num|money|fraction|half|quarter|third|ratio"
_SINGLE = {"hour": "h", "day": "d", "week": "w", "month": "mo", "year": "y", "minute": "m"}
_ENDS = "comma|stopmark|note|rratio|riskword|risktimes|rword|profitword|targetword|and|reward"


def _cents(found: Found) -> Made:
    return "money", found["n"] / 100


def _buck(found: Found) -> Made:
    """A buck, a buck twenty."""
    return "money", 1 + (found["n"] or 0) / 100


def _reward(found: Found) -> Made | None:
    """Two to one, 3 for 1: so many times the risk."""
    many, one = found["n"], found["m"]
    if "1" not in {f"{many:g}", f"{one:g}"} or max(many, one) > 20:
        return None
    return "rmul", ("", max(many, one))


def _span(found: Found) -> list[Token] | None:
    """After a week: one of them, whose article is gone."""
    unit = _SINGLE.get(found.text("u"))
    if unit is None:
        return None
    return [found.token("w"), Token("dur", found.text("u"), (1.0, unit))]


def _digits(found: Found) -> Made | None:
    """1550 ET, at 0930 New York: four digits before a zone are a time of day."""
    text = found.text("n")
    hour, minute = int(found["n"]) // 100, int(found["n"]) % 100
    known = re.fullmatch(r"\d{3,4}", text) and hour < 24 and minute < 60
    return ("clock", f"{hour:02d}:{minute:02d}") if known else None


def _until(found: Found) -> list[Token]:
    return [Token("from", "from"), found.token("c"), Token("to", "to"), found.token("t")]


def _earlier_hour(found: Found) -> list[Token] | None:
    """Between 9 and 11:30, from 10 to 15:30."""
    hour, later = found["n"], int(found["t"][:2])
    if hour != int(hour) or not 0 <= hour <= later:
        return None
    start = Token("clock", found.text("n"), f"{int(hour):02d}:00")
    return [found.token("w"), start, Token("to", "to"), found.token("t")]


def _both_late(found: Found) -> list[Token] | None:
    """9-11am, 1-3 pm."""
    one, two = found["p"][:2]
    late = 12 if found.kind("half") == "pm" else 0
    if len(found["p"]) != 2 or not all(each == int(each) and 1 <= each <= 12 for each in (one, two)) or one >= two:
        return None
    clocks = [Token("clock", found.text("p"), f"{int(each) % 12 + late:02d}:00") for each in (one, two)]
    return [Token("from", "from"), clocks[0], Token("to", "to"), clocks[1]]


def _ibs(found: Found) -> list[Token] | None:
    """`IBS = (close - low) / (high - low)`: what it is anyway."""
    prices = [token.value for token in found.whole if token.kind == "px"]
    return [] if found["i"] == "ibs" and prices == ["close", "low", "high", "low"] else None


UNITS = (
    Row("i:ind arrow|equals|colon open? px minusmark px shut? slash open? px minusmark px shut?", _ibs),
    Row(f"approx >{_MEASURED}", lambda f: []),
    Row("a:approx !ma|ind|edge|px|family|length|highest|lowest", lambda f: [] if f.text("a") == "about" else None),
    Row(f"<{_MEASURED}|percentword|ind|rword|unit|pointword approx", lambda f: []),
    Row("n:num centword", _cents),
    Row("buckword n:num !percentword|ind|rword|unit|bar", _buck),
    Row("n:num buckword", lambda f: ("money", f["n"])),
    Row("buckword", _buck),
    Row(f"n:num to m:num >{_ENDS}", _reward),
    Row("n:num to m:num end", _reward),
    Row("targetword|profitword n:num for m:num", _reward),
    Row("rword n:ratio", lambda f: ("rmul", ("", f["n"]))),
    Row("w:after|hold|maxhold|later u:unit !ma|ind|px", _span),
    Row("n:num zone", lambda f: [Token("clock", f.text("n"), made[1]), f.whole[-1]] if (made := _digits(f)) else None),
    Row("p:pair half:am|pm", _both_late),
    Row("w:between|from|start n:num to|and|until|minusmark t:clock", _earlier_hour),
    Row("c:clock until|slash|minusmark t:clock", _until),
    Row("z:zone u:unit|unclear only? f:from|between? >clock",
        lambda f: [f.token("z"), *([f.token("f")] if "f" in f else [])] if f.text("u").endswith("session") else None),
    Row("i:ind s:stopword|trailword of? n:num !percentword|pointword|rword|ind|bar",
        lambda f: [f.token("s"), f.token("n"), f.token("i")] if f["i"] == "atr" else None),
    Row("lastn n:num >px", lambda f: [] if f.text("n") == "one" else None),
    Row("<act fallnoun|risenoun >when|colon", lambda f: []),
    Row("<act fallnoun|risenoun c:comma >when", lambda f: [f.token("c")]),
    Row("<start|stopmark u:unknown|first|third|ordinal colon",
        lambda f: [] if f.text("u") in {"first", "second", "third", "fourth", "fifth"} else None),
    Row("w:maxword|highest n:num aday", lambda f: [f.token("w"), f.token("n"), Token("daytrades", "a day")]),
    Row("n:num aday w:maxword|highest|only", lambda f: [f.token("w"), f.token("n"), Token("daytrades", "a day")]),
    Row("only >ticker", lambda f: []),
    Row("<ticker only >comma|stopmark|colon|note", lambda f: []),
    Row("maxword|highest only? o:onceaday", lambda f: f.token("o")),
    Row("o:onceaday maxword|highest", lambda f: f.token("o")),
    Row("n:num noon", lambda f: ("clock", "12:00") if f["n"] == 12 else None),
)  # fmt: skip
