"""Amounts of stops and targets in forms of their own: `sl_pct = 3`, `TP 5 SL 3 percent`, `2 x the stop`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Token, number

_WORD = "stopword|targetword|trailword|lossword|profitword"
_GRABS = {"grab", "snag", "scoop", "take", "grab it"}


def _in_percent(found: Found) -> list[Token]:
    return [found.token("w"), Token("pct", found.text("n"), ("", found["n"]))]


def _same_unit(found: Found) -> list[Token] | None:
    """`TP 5 SL 3 percent`: both are in per cent."""
    own = [found.token("w"), Token("pct", found.text("n"), ("", found["n"])), *found.whole[2:]]
    return own if found["n"] >= 0.5 else None


def _times_risk(found: Found) -> tuple[str, Any]:
    return "rmul", ("", found["n"])


def _ratio(found: Found) -> Token | tuple[str, Any] | None:
    if found.kind("n") == "fraction":
        return "rmul", ("", round(1 / found["n"], 6))
    if found.kind("n") != "num":
        return Token("rmul", found.text(), found["n"] if found.kind("n") == "rmul" else ("", found["n"]))
    return ("rmul", ("", found["n"])) if 0 < found["n"] <= 20 else None


def _one_for(found: Found) -> tuple[str, Any] | None:
    """Risk one to make three."""
    return ("rmul", ("", found["m"])) if found["n"] == 1 and 0 < found["m"] <= 20 else None


def _dollars(found: Found) -> tuple[str, Any] | None:
    """For every dollar at risk a dollar and a half."""
    many = (found["n"] or 1) + (0.5 if "half" in found else 0)
    return ("rmul", ("", many)) if many > 0 else None


def _numbered(found: Found) -> list[Token] | None:
    """TP1 1R, TP2 2R: the numbers of targets."""
    known = found["n"] in {1, 2, 3, 4} and found.whole[0].text in {"tp", "target", "targets", "take profit", "sl", "t"}
    return [found.token("w")] if known else None


def _one(found: Found) -> list[Token] | None:
    return [] if found.text("n") in {"one", "1"} else None


def _counted(found: Found) -> list[Token] | None:
    """`bars in trade == 12`."""
    told = found.kind("o") != "arrow" or len(found.whole) > 3
    return [Token("after", "after"), found.token("n"), found.token("b")] if told else None


def _of_price(found: Found) -> list[Token] | None:
    """`fill price * 0.97`."""
    far = found["n"] - 1
    if found.kind("e") == "act" and found.text("e") != "entry":
        return None
    if not 0 < abs(far) < 1:
        return None
    return [Token("pct", found.text("n"), ("", round(100 * abs(far), 10))),
            Token("above" if far > 0 else "below", found.text()), found.token("e")]  # fmt: skip


def _part_of_price(found: Found) -> list[Token] | None:
    """`At 95 % of the entry price`, `4 % of the entry price`: how far from it."""
    far = found["p"][1]
    if found["p"][0] or (found.kind("e") == "act" and found.text("e") != "entry"):
        return None
    if not 50 <= far <= 200:
        return [found.token("p")] if far <= 30 and "of" in {token.kind for token in found.whole} else None
    side = Token("above" if far > 100 else "below", found.text())
    return [Token("pct", found.text("p"), ("", round(abs(far - 100), 10))), side, Token("entryprice", found.text("e"))]


FORMS = (
    Row(f"w:{_WORD} percentword arrow|colon|of|at? n:num !percentword", _in_percent),
    Row("w:targetword n:num slash|and? stopword p:num percentword", _same_unit),
    Row("w:targetword|stopword n:num >num", _numbered),
    Row("n:num >third|quarter|half", _one),
    Row("b:bar in|sinceentry|hold|old? o:equals|ormore|arrow n:num >end|comma|stopmark|shut|or|note", _counted),
)
"""Before numbers are bound to their units."""
MULTIPLES = (
    Row(f"h:hold v:pct|atrm|rmul|points|pips|money w:{_WORD}",
        lambda f: [f.token("v"), f.token("w")] if f.text("h").startswith("giv") else None),
    Row("n:num by|cross|times s:stopword|risktimes", _times_risk),
    Row("e:entryprice by n:num !percentword", _of_price),
    Row("n:mult e:entryprice|act", _of_price),
    Row("rratio arrow|colon|of|at? n:num|rmul|ratio|fraction", _ratio),
    Row("p:pct of|from e:entryprice|act", _part_of_price),
    Row("riskword n:num to|for? m:num !bar|unit|percentword", _one_for),
    Row("per cashword riskword comma? n:num? cashword and? half:half? back?", _dollars),
)
"""Once they are."""


def _grabbed(found: Found) -> list[Token] | None:
    """Grab 12 points: it is no purchase of points."""
    return [Token("targetword", found.text("a")), found.token("v")] if found.text("a") in _GRABS else None


def _framed(found: Found) -> Token | None:
    """Half of the daily ATR: a distance that is read on a longer timeframe."""
    own = found["s"]
    if own.dim != "distance" or own.name != "atr" or own.frame in {"", "days"}:
        return None
    times = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}.get(found.kind("h"), found["h"])
    times = times[1] / 100 if isinstance(times, tuple) else times
    return Token("ser", found.text(), replace(own, text=f"{number(times)} * ({own.written})", line=""))


BASED = (
    Row("h:half|third|quarter|mult|fraction|pct of? s:ser", _framed),
    Row("at? m:maxword >pct|atrm",
        lambda f: Token("limitword", "limit") if f.text("m").startswith("limit") and len(f.whole) > 1 else None),
    Row("<start|comma|and|stopmark|then|or|but c:ser >when",
        lambda f: ("act", "exit") if f.text("c") == "close" else None),
    Row("<start|comma|and|stopmark|then|or|but c:ser at >rmul|pct|points|money|pips|atrm",
        lambda f: [Token("act", "close", "exit"), Token("at", "at")] if f.text("c") == "close" else None),
    Row("<start|comma|and|stopmark|then|or|but c:ser s:ser !px",
        lambda f: [Token("act", "close", "exit"), f.token("s")]
        if f.text("c") == "close" and f["s"].dim not in {"price", "distance"} else None),
    Row("a:act v:points|rmul|pct|pips|money >comma|stopmark|end|when|and", _grabbed),
)
"""Once series are read."""
