"""Stops, targets, trails, parts, ages, sizes, resting orders, limits and costs: what is said beside conditions."""

from __future__ import annotations

from typing import Any

from ..tokens.levels import LEVELS, level
from ..tokens.pattern import Found, Row
from ..tokens.token import Level, Series, Setting, Token, number

Made = tuple[str, Any]
V = f"v:{LEVELS}"
ASK_STOP = ("stop", "How far away is the stop?")
ASK_TARGET = ("target", "How far away is the target?")
ASK_TRAIL = ("trail", "How far behind the best price does the stop trail?")


_EXIT = "a:act"
_EVEN = "e:breakeven|act|entryprice"


def put(name: str, value: Any = "") -> Made:
    return "set", Setting(name, value)


def _level(name: str) -> Any:
    return lambda found: put(name, level(found))


def _unsaid(name: str, question: tuple[str, str]) -> Any:
    return lambda found: put(name, Level("asked", question))


def _bare(found: Found) -> Made:
    value = number(found["n"])
    return put("stop", Level("asked", ("stop", f"Is the stop {value} of the price in per cent, or {value} in points?")))


def _price_stop(found: Found) -> Made | None:
    series: Series = found["s"]
    return put("stop", Level("price", series)) if series.dim == "price" else None


def _of_which(name: str) -> Any:
    return lambda found: put(name, Level("asked", (name, f"'{found.text('e')}': of which bands?")))


def _part(found: Found) -> Made:
    kinds = {"half": 50.0, "quarter": 25.0, "third": 100 / 3}
    share = kinds.get(found.kind("n")) or (found["n"][1] if found.kind("n") == "pct" else 100 * found["n"])
    return put("take", (share, level(found)))


def _moved(found: Found) -> Made | None:
    if found.kind("e") == "act" and not {"entry", "entries", "buy", "fill"} & set(found.text("e").split()):
        return None  # `stop both ways`, `stop, sell …`: an action, and no price
    return put("breakeven", level(found) if "v" in found else None)


def _age(found: Found) -> Made | None:
    kind, value = found.kind("n"), found["n"]
    if kind == "bars":
        return put("expire", ("bars", value))
    return put("expire", ("dur", value)) if value[0] == int(value[0]) else None


def _ends(found: Found) -> bool:
    return found["a"] in {"exit", "sell", "cover"}


def _said(name: str) -> Any:
    return lambda found: put(name)


def _not_money(found: Found) -> Made | None:
    """`Max loss 500 dollars`: of the position, or of one share?"""
    return None if found.kind("v") == "money" else _level("stop")(found)


def _leaves(made: Any) -> Any:
    """Only behind a word that leaves."""
    return lambda found: made(found) if _ends(found) else None


def _trail_later(found: Found) -> Made:
    return put("trail_after", (level(found), level(found, "w")))


def _size(text: str) -> Made:
    return put("size", text)


def _goes(found: Found) -> list[Token]:
    """`go all in` buys; `all in` says how much."""
    return [Token("act", found.text(), "long")] if found.text().startswith("go") else []


def _trigger(found: Found) -> list[Token]:
    """An entry of its own side that rests."""
    series: Series = found["s"]
    extra = f" + {number(found['p'][0])} * atr({found['p'][1]})" if "p" in found else ""
    made = Setting("trigger", series.written + extra)
    return [Token("act", found.text("o"), found["o"]), Token("set", found.text("s"), made)]


def _of_the_close(found: Found) -> bool:
    """Whether the distance is from the close, or from the last price: a limit at any other level keeps that level."""
    return all(token.value.text in {"close", "close[1]"} for token in found.whole if token.kind == "ser")


def _limit(found: Found) -> Made | None:
    if not _of_the_close(found):
        return None
    below = found.kind("side") == "below"
    return put("limit", ("below" if below else "above", f"{number(found['v'][1])}%"))


def _limit_away(found: Found) -> list[Token] | None:
    """So many average ranges below the close."""
    if not _of_the_close(found):
        return None
    sign = "-" if found.kind("side") == "below" else "+"
    series = Series(f"close {sign} {number(found['p'][0])} * atr({found['p'][1]})")
    return [*_entry(found), Token("set", found.text("p"), Setting("limit_at", series))]


def _entry(found: Found) -> list[Token]:
    return [found.token("a")] if "a" in found else []


def _limit_at(found: Found) -> list[Token] | None:
    """Buy limit at the lower band: an order that rests there."""
    series: Series = found["s"]
    if series.dim != "price":
        return None
    made = [Token("set", found.text("s"), Setting("limit_at", series))]
    text = found.text("w")
    return [Token("act", text, "long"), *made] if text.startswith(("buy", "purchase", "limit buy")) else made


def _count(name: str) -> Any:
    return lambda found: put(name, int(found["n"]) if found["n"] == int(found["n"]) else None)


def _percent(found: Found, label: str = "p") -> str:
    sign = "-" if found[label][0] == "-" else ""
    return f"{sign}{number(found[label][1])}%"


_AT = "at|of|to|colon|by|on|in|arrow"
LOSSES = (
    Row("haltforever when|after|at? movedown|lossword above|of? p:pct", lambda f: put("loss", _percent(f))),
    Row("<start|comma|stopmark|and drawdown comma|colon|of? p:pct >end|comma|stopmark|and|note",
        lambda f: put("drawdown_of", _percent(f))),
)  # fmt: skip
"""What ends all trading."""

def _another(found: Found) -> Made | None:
    """Sell another 30 % at 2R, a third off at 1R; no part of a purchase."""
    acts = [token.value for token in found.whole if token.kind == "act"]
    return None if set(acts) - {"exit", "sell", "cover"} else _part(found)


PARTS = (
    Row("offword? colon? a:act? nexttrade? n:half|third|quarter|fraction|pct offword|act? at|when up|risen? "
        f"{V} up? profitword?",
        lambda f: _another(f)),
    Row("<comma|and|stopmark rest >when", lambda f: Token("act", f.text(), "sell")),
)  # fmt: skip
"""Parts of a position at a gain and the rest by a condition; a resting order whose price comes first."""

SETTINGS = (
    *PARTS,
    *LOSSES,
    Row("retract comma? t:trailword|stopword|targetword", lambda f: ("retracted", f.kind("t").removesuffix("word"))),
    Row("limitword a:act? colon? at? p:atrm side:below|above ser|lastn", lambda f: _limit_away(f)),
    Row("no limitword", lambda f: put("nolimit")),
    Row("not|no act? t:targetword|trailword", lambda f: put("no" + f.kind("t").removesuffix("word"))),
    Row(f"lossword maxword|highest {V}", _not_money),
    Row(f"maxword|highest lossword at|of? {V}", _not_money),
    Row("add? maxword? n:num clip|act inall", lambda f: put("clips", int(f["n"]))),
    Row("maxword n:num clip|act", lambda f: put("clips", int(f["n"])) if f.whole[-1].text != "trades" else None),
    *(Row(name, _said(name))
      for name in ("nostop", "notarget", "notrail", "noexpire", "notake", "nobreakeven")),
    Row("in >when", lambda f: ("act", "long")),
    Row("<ser|num|length|up|down in >comma|stopmark", lambda f: ("act", "long")),
    Row(f"from|after|when|at up? w:{LEVELS} up? profitword? on? comma? trailword rest? {_AT}? {V}", _trail_later),
    Row(f"trailword rest? and? {_AT}? {V} below|distance?", _level("trail")),
    Row(f"at|after|when|from|on? up|profitword? at|of? {V} at? up? profitword? on? comma|and|then|colon|arrow? "
        f"movestop|stopword to? {_EVEN}", _moved),
    Row(f"movestop to? {_EVEN}", _moved),
    Row(f"breakeven at|after|when up? {V} up? profitword?", _moved),
    Row("breakeven on? rest?", _moved),
    Row(f"rest offword|act? at|to? {V} profitword?", _level("target")),
    Row(f"stopword {V} side:above|below !ser|num|length", _level("stop")),
    Row(f"stopword {_AT}? {V}", _level("stop")),
    Row("unclear stopword", _unsaid("stop", ASK_STOP)),
    Row("stopword unclear", _unsaid("stop", ASK_STOP)),
    Row(f"{V} lossword", _level("stop")),
    Row(f"lossword {_AT}? {V}", _not_money),
    Row("stopword at|on? otherside", lambda f: put("stop", Level("far"))),
    Row("stopword below|above bar", lambda f: put("stop", Level("far"))),
    Row("stopword at|in|on|colon? below|above? s:ser", _price_stop),
    Row(f"stopword {_AT}? n:num", _bare),
    Row(f"targetword {_AT}? {V}", _level("target")),
    Row(f"{V} targetword", _level("target")),
    Row(f"{V} profitword", _level("target")),
    Row(f"profitword {_AT}? {V}", _level("target")),
    Row(f"{V} stopword", _level("stop")),
    Row(f"targetword {_AT}? e:edge", _of_which("target")),
    Row("targetword", _unsaid("target", ASK_TARGET)),
    Row("trailword", _unsaid("trail", ASK_TRAIL)),
    Row("stopword", _unsaid("stop", ASK_STOP)),
    Row(f"{_EXIT} after n:bars|dur maxword?", _leaves(_age)),
    Row(f"after n:bars|dur {_EXIT}", _leaves(_age)),
    Row("hold n:bars|dur maxword", _age),
    Row("a:act maxword|highest n:bars", lambda f: _age(f) if f.text("a").startswith("hold") else None),
    Row("timestop|maxhold|hold of|after? n:bars|dur", _age),
    Row(f"{_EXIT} moo", _leaves(lambda f: put("expire", ("text", "next_open")))),
    Row("o:orderword at|above|below s:ser", _trigger),
    Row("w:limitword at s:ser", _limit_at),
    Row("w:limitword s:ser with? limitword?", _limit_at),
    Row("limitword at? v:pct side:below|above lastn ser", _limit),
    Row("limitword at? v:pct side:below|above lastn|ser", _limit),
    Row("goodday", lambda f: put("valid", "day")),
    Row("gtc", lambda f: put("valid", "until")),
    Row("onebar only?", lambda f: put("valid", "1 bars")),
    Row("maxword p:pct of? account", lambda f: put("cap", _percent(f))),
    Row("account p:pct perclip?", lambda f: _size(_percent(f))),
    Row("half sizeword", lambda f: _size("50%")),
    Row("riskword perclip? p:pct of? account? perclip?", lambda f: put("risk", _percent(f))),
    Row("p:pct of? account? riskword perclip?", lambda f: put("risk", _percent(f))),
    Row("s:share perclip? per?", lambda f: _size(f"{number(f['s'])}%")),
    Row("sizeword|worth colon|of? p:pct of? account? per? perclip?", lambda f: _size(_percent(f))),
    Row("p:pct of? account per? perclip?", lambda f: _size(_percent(f))),
    Row("sizeword? m:money worth? of? perclip?", lambda f: _size(f"{number(f['m'])} cash")),
    Row("n:num units of?", lambda f: _size(f"{number(f['n'])} units")),
    Row("allin", lambda f: [*_goes(f), Token("set", f.text(), Setting("size", "100%"))]),
    Row("sizeword? annualvol above n:bars p:pct", lambda f: put("volatility", (f["n"], _percent(f)))),
    Row("dailyloss of? limitword|maxword? of? p:pct", lambda f: put("daily_loss", (_percent(f), ""))),
    Row("wait >act|px|ser|breaks|newx|green|red", lambda f: []),
    Row("maxword? n:num clip maxword?", _count("clips")),
    Row("pyramid", lambda f: put("pyramid")),
    Row("commission colon|of? p:pct perfill?", lambda f: put("fee", _percent(f))),
    Row("p:pct of? slippage perfill?", lambda f: put("slippage", _percent(f))),
    Row("oco", lambda f: put("oco")),
    Row("z:zone", lambda f: put("zone", f["z"])),
    Row("v:rmul", _level("target")),
    Row("longonly", lambda f: put("only", "long")),
    Row("shortonly", lambda f: put("only", "short")),
    Row("dontshort only?", lambda f: put("forget", "short")),
    Row("neversell", lambda f: put("neversell")),
)  # fmt: skip
