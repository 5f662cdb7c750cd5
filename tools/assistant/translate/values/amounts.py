"""Numbers with what they count: shares, bars, durations, times of day, money, multiples of a risk or a range."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Token, number
from .unit_rows import UNITS

_NEGATIVE = (
    "moveup|movedown|breaks|breaksdown|cross|crossover|crossunder|above|below|orless|ormore|at|through|equals|differs|back"
    "|up|down|colon"
)
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 100 / 300}
_MINUTES = {"half": 30, "quarter": 15}


def _percent(found: Found) -> tuple[str, Any]:
    part = found.kind("n")
    value = found["n"] if part in {"num", "fraction"} else _PARTS[part]
    return "pct", (_sign(found), value / 100 if "bps" in found else value)


def _sign(found: Found) -> str:
    return {"plusmark": "+", "minusmark": "-"}.get(found.kind("sign"), "")


def _signed(found: Found) -> tuple[str, Any]:
    kind, value = found.kind("v"), found["v"]
    return kind, (_sign(found), value[1])


def _share(found: Found) -> tuple[str, Any]:
    return "share", 100 * (found["n"] if found.kind("n") == "fraction" else _PARTS[found.kind("n")])


def _past(found: Found) -> tuple[str, Any] | None:
    """half past nine, quarter to four pm; of a small hour without `pm` nobody knows which half of the day."""
    hour, minutes = int(found["n"]), _MINUTES[found.kind("part")]
    if "pm" in found and hour < 12:
        hour += 12
    hour, minutes = (hour - 1, 60 - minutes) if "to" in found else (hour, minutes)
    known = "pm" in found or "am" in found or hour >= 7
    return ("clock", f"{hour:02d}:{minutes:02d}") if 0 <= hour < 24 and known else None


def _hours(found: Found) -> list[Token] | None:
    """From 9 hours until 12 hours."""
    both = [v[0] if isinstance(v := found[label], tuple) else v for label in ("n", "m")]
    if not all(each == int(each) and 0 <= each <= 24 for each in both) or both[0] >= both[1]:
        return None
    clocks = [Token("clock", found.text(n), f"{int(v):02d}:00") for n, v in zip("nm", both, strict=True)]
    return [Token("from", "from"), clocks[0], Token("to", "to"), clocks[1]]


def _later_clock(found: Found) -> list[Token]:
    """`09:30 to eleven`: a bare hour after a time of day is one."""
    hour = int(found["n"])
    first = found.token("first")
    if hour <= int(first.value[:2]):
        hour += 12
    return [first, Token("to", "to"), Token("clock", found.text("n"), f"{hour:02d}:00")]


def _bars(found: Found) -> tuple[str, Any] | None:
    count = found["n"]
    return ("bars", int(count)) if count == int(count) and count >= 1 else None


def _duration(found: Found) -> tuple[str, Any]:
    return "dur", (found["n"], "d" if found.kind("u") == "part" else found["u"])


def _frame(found: Found) -> tuple[str, Any] | None:
    count, unit = found["t"]
    return ("timeframe", f"{number(count)}{unit}") if count == int(count) and unit != "y" else None


def _atr(found: Found) -> tuple[str, Any] | None:
    """A multiple of the average range: times, length."""
    return ("atrm", (found["n"], int(found["l"] or 14))) if found["i"] == "atr" else None


def _reward(found: Found) -> tuple[str, Any]:
    return "rmul", ("", found["n"])


_PERIOD_BARS = {"weekly": "1w", "monthly": "1mo"}
_COUNTED = {"pointword": "points", "pipword": "pips", "tickword": "ticks"}
SIGNS = "sign:plusmark|minusmark"
_EDGE = "start|comma|stopmark|colon"

AMOUNTS = (
    Row("lengthword >num", lambda f: []),
    Row("factorword >num", lambda f: []),
    Row("<ind|open|comma|and b:bar >num", lambda f: [] if f.text("b").startswith("period") else None),
    Row("n:num f:fraction >percentword|ind|rword|times|cross|tickword|pointword|pipword",
        lambda f: ("num", f["n"] + f["f"]) if f["f"] < 1 and f["n"] == int(f["n"]) else None),
    Row("n:num quarter of? percentword", lambda f: ("pct", ("", 0.25 * f["n"]))),
    Row("n:num noon", lambda f: ("clock", "12:00") if f["n"] == 12 else None),
    Row("open p:num percentword shut", lambda f: Token("pct", f.text("p"), ("", f["p"]))),
    Row("speed m:ma >num|open|of|bars|dur|pair|lengthword", lambda f: f.token("m")),
    Row("<num|bars|dur|pair|bar|unit speed >ma", lambda f: []),
    Row("speed >num|dur|ind|timeframe|frame", lambda f: []),
    Row("<ma|num s:speed >ma", lambda f: []),
    Row("d:up|down >bar", lambda f: ("green" if f.kind("d") == "up" else "red", None)),
    Row("n:nexttrade >green|red", lambda f: [] if f.text("n") == "next" else None),
    Row(
        "c:moc >above|below|cross|crossover|crossunder|moveup|movedown|breaks|breaksdown|back|higher|lower|num|orless"
        "|ormore|outside|through",
        lambda f: ("px", "close") if f.text("c").startswith("on") else None
    ),
    Row("c:moc >num|fraction|money|atleast|morew|in", lambda f: ("px", "close") if " a " in f.text("c") else None),
    Row("<arrow c:px >stopmark|comma|end|note", lambda f: ("act", "exit") if f.text("c") == "close" else None),
    Row("<comma|and|stopmark c:px on >cross|crossover|crossunder",
        lambda f: [Token("act", "close", "exit"), Token("on", "on")] if f.text("c") == "close" else None),
    *UNITS,
    Row("d:day and|or|comma|slash? e:day", lambda f: ("day", f"{f['d']}|{f['e']}")),
    Row("d:day and|or|comma|slash? e:day", lambda f: ("day", f"{f['d']}|{f['e']}")),
    Row("c:px p:half|third|quarter|fraction !lower|higher|green|red|inrow|up|down|bar|px",
        lambda f: [Token("act", "close", "exit"), f.token("p")] if f.text("c") == "close" else None),
    Row("<start|stopmark|comma|and by >when", lambda f: ("act", "long")),
    Row(f"<{_NEGATIVE} minusmark n:num !percentword|unit", lambda f: ("num", -f["n"])),
    Row(f"<{_NEGATIVE} plusmark n:num !percentword|unit", lambda f: ("num", f["n"])),
    Row(f"{SIGNS}? n:num|half|quarter|fraction percentword", _percent),
    Row("n:half|quarter percentword", _percent),
    Row(f"{SIGNS}? n:num bps:bps", _percent),
    Row("n:num quarter of? account", lambda f: ("share", 25 * f["n"])),
    Row("by >comma|stopmark", lambda f: ("act", "long")),
    Row("n:half|quarter|third|fraction of? account", _share),
    Row("part:half|quarter past n:num am:am?", _past),
    Row("part:half|quarter past n:num pm:pm", _past),
    Row("part:half|quarter to:to n:num pm:pm?", _past),
    Row("part:half|quarter to:to n:num am:am?", _past),
    Row("n:num clockword? am", lambda f: ("clock", f"{int(f['n']) % 12:02d}:00")),
    Row("n:num clockword? pm", lambda f: ("clock", f"{int(f['n']) % 12 + 12:02d}:00")),
    Row("noon", lambda f: ("clock", "12:00")),
    Row("first:clock to|and n:num !percentword|bar|unit|rword|pointword|ma|ind", _later_clock),
    Row("n:num l:lastn bar", _bars),
    Row("past n:num bar", lambda f: ("bars", int(f["n"]))),
    Row("lastn|before n:num bar", lambda f: ("bars", int(f["n"]))),
    Row("n:num bar", _bars),
    Row("n:num u:unit", _duration),
    Row("n:num u:part !above|below|cross|ma|ind", lambda f: _duration(f) if f["u"] == "d" else None),
    Row("lastn|before d:dur", lambda f: ("dur", f["d"])),
    Row("d:dur n:num", lambda f: ("dur", f["d"]) if f.text("n") == "one" else None),
    Row("n:num cross|times|by? i:ind open l:num shut", _atr),
    Row("n:num cross|times|by? i:ind l:num !percentword|below|above|rword", _atr),
    Row("n:num cross|times|by? i:ind", _atr),
    Row("n:num times risktimes", _reward),
    Row("n:twice risktimes", _reward),
    Row("n:num times riskword !num|of|money|perclip", _reward),
    Row("n:twice riskword !num|of|money|perclip", _reward),
    Row("n:num to|by m:num of? riskword?", lambda f: _reward(f) if f["m"] == 1 and 0.5 <= f["n"] <= 20 else None),
    Row("n:num rword", _reward),
    Row("rratio of? n:ratio", _reward),
    Row("n:ratio rratio|rword?", _reward),
    Row(f"{SIGNS} v:rmul", _signed),
    Row("n:num times", lambda f: ("mult", f["n"])),
    Row("t:twice", lambda f: ("mult", f["t"])),
    Row(f"{SIGNS}? n:num u:pointword|pipword|tickword", lambda f: (_COUNTED[f.kind("u")], (_sign(f), f["n"]))),
    Row("p:pct plusmark !num|stopword|targetword|trailword",
        lambda f: [Token("pct", f.text("p"), f["p"]), Token("orevenmore", "+")]),
    Row("p:part q:part", lambda f: ("part", f["q"]) if f["p"] == "line" and f["q"] == "signal" else None),
    Row("bands e:edge", lambda f: ("edge", f["e"])),
    Row("<family e:lower|higher >comma|stopmark|end|note|arrow|and|or|shut|colon|act|when|then",
        lambda f: ("edge", "lower" if f.kind("e") == "lower" else "upper")),
    Row("n:num cashword", lambda f: ("money", f["n"])),
    Row("cashword n:num", lambda f: ("money", f["n"])),
    Row("n:money u:cashword", lambda f: ("money", f["n"])),
    Row("n:num of? account", lambda f: None),
    Row("o:orderword v:pct|atrm|points|money|rmul", lambda f: _stopped(f)),
    Row("<start t:dur !ma|px|ind|hi|highest|lowest|before|above|below|family|edge|openrange|rangeword|breaks|act|after"
        "|bar|chart",
        lambda f: _timeframe(f) if _short(f) else None),
    Row("v:pct|atrm|points|money|rmul awayword !from", lambda f: f.token("v")),
    Row("on t:dur >ticker", lambda f: _frame(f)),
    Row(f"<{_EDGE} t:dur >ticker", lambda f: _frame(f)),
    Row("t:dur bar", _frame),
    Row("t:dur chart", _frame),
    Row("bar of t:dur", _frame),
    Row("bar colon t:dur", _frame),
    Row("bar colon t:frame|timeframe", lambda f: ("timeframe", f["t"])),
    Row("chart of? t:dur", _frame),
    Row("t:frame|timeframe chart", lambda f: ("timeframe", f["t"])),
    Row("chart of? t:frame|timeframe", lambda f: ("timeframe", f["t"])),
    Row("chart colon t:frame|timeframe", lambda f: ("timeframe", f["t"])),
    Row("chart colon t:dur", _frame),
    Row("p:period >px|ma|ind|family", lambda f: _period(f)),
    Row("p:period chart|bar", lambda f: _period(f)),
    Row("u:unit chart", lambda f: ("timeframe", f"1{f['u']}") if f["u"] in {"h", "m"} else None),
    Row(
        f"<{_EDGE} on? t:dur after:comma|stopmark|colon", lambda f: [_timeframe(f), f.token("after")] if _short(f)
        else None
    ),
    Row(f"<{_EDGE} on? t:dur end", lambda f: _timeframe(f) if _short(f) else None),
    Row(f"<{_EDGE} on t:dur", lambda f: _timeframe(f)),
    Row("from n:num|dur until|to m:num|dur >zone|comma|stopmark|when", lambda f: _hours(f)),
    Row("on t:dur !before|after|later|ma|ind|px|chart", lambda f: [Token("on", "on"), _timeframe(f)]
        if f.text("t")[-2:] in {" m", " h"} else None),
    Row("<ticker on? t:dur !ma|ind|px", _frame),
    Row("<zone t:dur >stopmark|comma|colon|end", lambda f: _timeframe(f) if _short(f) else None),
    Row("on t:dur >zone", lambda f: [Token("on", "on"), _timeframe(f)] if _short(f) else None),
    Row("<ticker comma t:dur comma|colon", lambda f: [Token("comma", ","), _timeframe(f), Token("comma", ",")]),
)  # fmt: skip


def _period(found: Found) -> tuple[str, Any] | None:
    return ("timeframe", _PERIOD_BARS[found["p"]]) if found["p"] in _PERIOD_BARS else None


def _stopped(found: Found) -> list[Token]:
    """`over 80 sell stop 3 %`: a sale, and a stop so far away."""
    word = found.text("o").split()[0]
    act = Token("act", word, "long" if found["o"] == "long" else "short" if word == "short" else "sell")
    return [act, Token("comma", ""), Token("stopword", "stop"), found.token("v")]


def _short(found: Found) -> bool:
    """Alone between commas a time is a timeframe if it can hardly be an age."""
    count, unit = found["t"]
    return unit in {"m", "h"} or (count == 1 and unit == "d")


def _timeframe(found: Found) -> Token:
    made = _frame(found)
    return Token(made[0], found.text("t"), made[1]) if made else Token("unknown", found.text("t"))


def without_articles(tokens: list[Token]) -> list[Token]:
    """Without `the`; but a bare number behind it is the length of an average, `above the 200`."""
    kept: list[Token] = []
    for here, token in enumerate(tokens):
        if token.kind == "the":
            continue
        after = tokens[here + 1].kind if here + 1 < len(tokens) else "end"
        bare = token.kind == "num" and here and tokens[here - 1].kind == "the" and token.value >= 5
        ends = {
            "end", "comma", "stopmark", "and", "or", "act", "when", "arrow", "then", "shut", "but", "above", "below",
            "cross", "crossover", "crossunder", "moveup", "movedown", "move", "colon", "back", "on",
        }
        kept.append(Token("length", token.text, int(token.value)) if bare and after in ends else token)
    return kept
