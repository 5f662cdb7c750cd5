"""Stops, targets, trails, parts, ages, sizes, resting orders, limits and costs: what is said beside conditions."""

from __future__ import annotations

from typing import Any

from ..tokens.levels import LEVELS, level
from ..tokens.pattern import Found, Row
from ..tokens.token import Level, Series, Setting, Token, asked, number

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


def _both(found: Found) -> list[Token] | None:
    one, two = found["t"], found["s"]
    if one[0] == "-" and two[0] != "-":
        one, two = two, one
    if two[0] != "-" and "slash" not in [t.kind for t in found.whole]:
        return None
    return [
        Token("set", found.text("t"), Setting("target", Level("share", one[1]))),
        Token("set", found.text("s"), Setting("stop", Level("share", two[1]))),
    ]


def _price_stop(found: Found) -> Made | None:
    series: Series = found["s"]
    return put("stop", Level("price", series)) if series.dim == "price" else None


def _at_line(name: str) -> Any:
    """A level at a line, or so many ranges away: `take profit at the middle band`, `stop two times the 14-day ATR`."""

    def made(found: Found) -> Made | None:
        series: Series = found["s"]
        if series.name == "px" or series.dim not in {"price", "distance"}:
            return None
        return put(name, Level("price", series)) if series.dim == "price" or series.text.endswith(")") else None

    return made


def _of_which(name: str) -> Any:
    return lambda found: put(name, Level("asked", (name, f"'{found.text('e')}': of which bands?")))


def _beyond(name: str) -> Any:
    """So far beyond a line: the line itself, moved."""

    def made(found: Found) -> Made | None:
        series: Series = found["s"]
        down, own = found.kind("side") == "below", series.text
        if series.dim != "price":
            return None
        if found.kind("v") == "pct":
            text = f"{own} * {number(1 + found['v'][1] / 100 * (-1 if down else 1))}"
        else:
            text = f"{own} {'-' if down else '+'} {number(found['v'][0])} * atr({found['v'][1]})"
        series = Series(text, "price", series.name + "*", series.length, series.frame)
        return put(name, Level("price", series, found.kind("side")))

    return made


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


def _leaves(made: Any) -> Any:
    """Only behind a word that leaves."""
    return lambda found: made(found) if _ends(found) else None


def _exit_level(found: Found) -> Made | None:
    """Out at 2R, sell at +4 %: a target; out at -3 %: a stop."""
    each = level(found)
    if not _ends(found) or each.kind in {"atr"} or (each.kind == "share" and not each.side):
        return None
    return put("stop" if each.side == "-" else "target", each)


def _trail_later(found: Found) -> Made:
    return put("trail_after", (level(found), level(found, "w")))


def _or_risk(found: Found) -> Made:
    """Half a per cent a trade: hardly what is bought for."""
    return put("size", asked("size", f"{_percent(found)} a trade: of equity to buy for, or of it at risk?"))


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


def _limit_order(found: Found) -> list[Token] | None:
    """Buy at 3 % below yesterday's close by a limit order: it rests on the day after the close that is meant."""
    if found["s"].text not in {"close", "close[1]"} or _ends(found):
        return None
    made = Setting("limit", (found.kind("side"), f"{number(found['v'][1])}%"))
    return [found.token("a"), Token("set", found.text("v"), made)]


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


def _down_up(found: Found) -> list[Token]:
    return [
        Token("set", found.text("s"), Setting("stop", Level("share", found["s"][1]))),
        Token("set", found.text("t"), Setting("target", Level("share", found["t"][1]))),
    ]


def _valid(found: Found) -> Made:
    value = found["n"]
    return put("valid", f"{value} bars" if found.kind("n") == "bars" else f"{number(value[0])}{value[1]}")


def _count(name: str) -> Any:
    return lambda found: put(name, int(found["n"]) if found["n"] == int(found["n"]) else None)


def _percent(found: Found, label: str = "p") -> str:
    sign = "-" if found[label][0] == "-" else ""
    return f"{sign}{number(found[label][1])}%"


_AT = "at|of|to|colon|by|on|in|arrow"
LOSSES = (
    Row("capitalword of|colon|arrow? m:money|num", lambda f: put("capital", f["m"]) if f["m"] >= 100 else None),
    Row("at|when|after? p:pct drawdown arrow|colon|comma|equals|and? haltforever",
        lambda f: put("drawdown", _percent(f))),
    Row("untiltomorrow after|when a? p:pct dailyloss|lossword", lambda f: put("daily_loss", (_percent(f), "halt"))),
    Row("haltforever when|after|at? movedown|lossword above|of? p:pct", lambda f: put("loss", _percent(f))),
    Row("when|after? movedown p:pct comma? haltforever", lambda f: put("loss", _percent(f))),
    Row("haltforever at|after|when? drawdown of|above? p:pct", lambda f: put("drawdown", _percent(f))),
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
    Row("<at|stopword|targetword|set|on|to|colon|profitword|offword plusmark v:atrm", lambda f: f.token("v")),
    Row("a:act n:half|third|quarter|fraction|pct of? when ser? up|risen v:pct", _leaves(_part)),
    Row("<comma|and|stopmark rest >when", lambda f: Token("act", f.text(), "sell")),
    Row("a:act at? v:pct side:below|above s:ser comma? limitword", lambda f: _limit_order(f)),
)  # fmt: skip
"""Parts of a position at a gain and the rest by a condition; a resting order whose price comes first."""

SETTINGS = (
    *PARTS,
    *LOSSES,
    Row("retract comma? t:trailword|stopword|targetword", lambda f: ("retracted", f.kind("t").removesuffix("word"))),
    Row("after first targetword movestop to breakeven|act px|ser?", lambda f: put("breakeven", None)),
    Row("stopword arrow|colon|at? act minusmark v:atrm", _level("stop")),
    Row("targetword arrow|colon|at? act plusmark v:atrm", _level("target")),
    Row("limitword a:act? colon? at? p:atrm side:below|above ser|lastn", lambda f: _limit_away(f)),
    Row("maxword p:pct drawdown comma? then? haltforever", lambda f: put("drawdown", _percent(f))),
    Row(f"a:act n:half|third|quarter|fraction of? when|at? profitword {V}", _leaves(_part)),
    Row(f"rest when|at? profitword {V}", _level("target")),
    Row("stopword at|on? rangeword px|ser", lambda f: put("stop", Level("far"))),
    Row("trailword lastn third at|by? " + V, _level("trail")),
    Row("stopword colon none", lambda f: put("nostop")),
    Row("no limitword", lambda f: put("nolimit")),
    Row("no t:targetword|trailword", lambda f: put("no" + f.kind("t").removesuffix("word"))),
    Row("not|no act? t:targetword|trailword", lambda f: put("no" + f.kind("t").removesuffix("word"))),
    Row("from|at|when|after v:rmul on? trailword rest? at|by|with? w:LEVELS".replace("LEVELS", LEVELS),
        lambda f: put("trail_after", (level(f, "w"), level(f)))),
    Row(f"lossword maxword|highest {V}", _level("stop")),
    Row(f"maxword|highest lossword at|of? {V}", _level("stop")),
    Row("add? maxword? n:num clip|act inall", lambda f: put("clips", int(f["n"]))),
    Row("a:act? maxword n:num act inall",
        lambda f: [*_entry(f), Token("set", f.text(), Setting("clips", int(f["n"])))]),
    Row("maxword n:num clip|act", lambda f: put("clips", int(f["n"])) if f.whole[-1].text != "trades" else None),
    Row("not movedown above p:pct perclip?", lambda f: put("stop", Level("share", f["p"][1]))),
    Row("nostop", lambda f: put("nostop")),
    Row("cashword >below|above|when|otherwise", lambda f: ("act", "exit")),
    Row("in >when", lambda f: ("act", "long")),
    Row("<ser|num|length|up|down in >comma|stopmark", lambda f: ("act", "long")),
    Row("offword colon? n:half|quarter|fraction|pct at V".replace("V", V), _part),
    Row("untiltomorrow at|after|when lossword of? p:pct", lambda f: put("daily_loss", (_percent(f), "halt"))),
    Row("t:pct slash s:pct", _both),
    Row(f"from|after|at up? w:{LEVELS} up? on? {V} trailword", _trail_later),
    Row(f"{V} stopmark? trailword from|after w:{LEVELS} on?", _trail_later),
    Row(f"trailword {_AT}? {V} when|at|after|from up? w:{LEVELS} up? profitword? on?", _trail_later),
    Row(f"from|after|when|at up? w:{LEVELS} up? profitword? on? comma? trailword rest? {_AT}? {V}", _trail_later),
    Row(f"trailword {_AT}? {V} from|after w:{LEVELS} on?", _trail_later),
    Row(f"trailword rest? and? {_AT}? {V} below|distance?", _level("trail")),
    Row(f"{V} trailword", _level("trail")),
    Row(f"movestop|stopword to? {_EVEN} at|after|when|from|on? up|profitword? at|of? {V} at? up? profitword?", _moved),
    Row(f"at|after|when|from|on? up|profitword? at|of? {V} at? up? profitword? on? comma|and|then|colon|arrow? "
        f"movestop|stopword to? {_EVEN}", _moved),
    Row(f"at|after|when|from up|profitword? at|of? {V} at? up? profitword? on? comma|and|then|colon|arrow? breakeven",
        _moved),
    Row(f"movestop to? {_EVEN}", _moved),
    Row(f"breakeven at|after|when up? {V} up? profitword?", _moved),
    Row("breakeven on? rest?", _moved),
    Row(f"nexttrade? n:half|quarter|fraction|pct of? offword at|when? up? {V} up? profitword?", _part),
    Row(f"a:act n:half|quarter|third|fraction|pct of? offword? at|when up? {V} profitword?", _leaves(_part)),
    Row(f"n:half|third|quarter|fraction act? at {V} profitword?", _part),
    Row(f"rest offword|act? at|to? {V} profitword?", _level("target")),
    Row("stopword at|to|of? v:pct|atrm side:above|below s:ser", _beyond("stop")),
    Row("targetword at|to|of? v:pct|atrm side:above|below s:ser", _beyond("target")),
    Row("v:pct|atrm stopword side:above|below s:ser", _beyond("stop")),
    Row(f"stopword {_AT}? {V} side:above|below act", _level("stop")),
    Row(f"stopword {V} side:above|below !ser|num|length", _level("stop")),
    Row(f"stopword {_AT}? {V}", _level("stop")),
    Row("unclear stopword", _unsaid("stop", ASK_STOP)),
    Row("stopword unclear", _unsaid("stop", ASK_STOP)),
    Row("unclear trailword", _unsaid("trail", ASK_TRAIL)),
    Row(f"{V} stopword !below|above", _level("stop")),
    Row(f"{_EXIT} at|on|for? {V} profitword", _leaves(_level("target"))),
    Row(f"{_EXIT} at|on|for? {V} lossword", _leaves(_level("stop"))),
    Row(f"{V} lossword", _level("stop")),
    Row(f"lossword {_AT}? {V}", _level("stop")),
    Row("stopword at|on? otherside", lambda f: put("stop", Level("far"))),
    Row("stopword below|above bar", lambda f: put("stop", Level("far"))),
    Row("stopword at|in|on|colon? below|above? s:ser", _price_stop),
    Row(f"stopword {_AT}? n:num", _bare),
    Row(f"targetword {_AT}? {V} side:above|below act?", _level("target")),
    Row(f"targetword {_AT}? {V}", _level("target")),
    Row(f"{V} targetword", _level("target")),
    Row(f"{V} profitword", _level("target")),
    Row(f"profitword {_AT}? {V}", _level("target")),
    Row(f"{_EXIT} at|on|for? {V}", _exit_level),
    Row(f"{V} stopword", _level("stop")),
    Row("a:act when? moveup|up|risen t:pct or|comma movedown|down|fallen s:pct", _leaves(_down_up)),
    Row("a:act when? movedown|fallen s:pct from? or|comma moveup|up t:pct", _leaves(_down_up)),
    Row("a:act when up t:pct", _leaves(lambda f: put("target", Level("share", f["t"][1])))),
    Row("a:act when? down s:pct or|comma up t:pct", _leaves(_down_up)),
    Row("a:act when? up t:pct or|comma down s:pct", _leaves(_down_up)),
    Row(f"targetword {_AT}? s:ser !above|below|cross|op|rising", _at_line("target")),
    Row("stopword s:ser !above|below|cross|op|rising", _at_line("stop")),
    Row(f"trailword {_AT}? s:ser !above|below|cross|op|rising", _at_line("trail")),
    Row(f"targetword {_AT}? e:edge", _of_which("target")),
    Row(f"stopword {_AT}? e:edge", _of_which("stop")),
    Row("targetword", _unsaid("target", ASK_TARGET)),
    Row("trailword", _unsaid("trail", ASK_TRAIL)),
    Row("stopword", _unsaid("stop", ASK_STOP)),
    Row("<comma|stopmark|and v:rmul >comma|stopmark", _level("target")),
    Row("<comma|stopmark|and v:rmul end", _level("target")),
    Row("t:pct comma? s:pct", _both),
    Row(f"{_EXIT} after n:bars|dur maxword?", _leaves(_age)),
    Row(f"{_EXIT} n:bars|dur after|later", _leaves(_age)),
    Row(f"after n:bars|dur {_EXIT}", _leaves(_age)),
    Row(f"<comma|stopmark n:bars|dur {_EXIT} >comma|stopmark", _leaves(_age)),
    Row(f"<comma|stopmark n:bars|dur {_EXIT} end", _leaves(_age)),
    Row("n:bars|dur later", _age),
    Row("or after n:bars|dur", _age),
    Row("hold n:bars|dur maxword", _age),
    Row("maxword n:bars", _age),
    Row("a:act n:bars|dur maxword?", lambda f: _age(f) if f.text("a").startswith("hold") else None),
    Row(f"{_EXIT} maxhold n:bars|dur", _leaves(_age)),
    Row("a:act maxword|highest n:bars", lambda f: _age(f) if f.text("a").startswith("hold") else None),
    Row("n:bars|dur a:act", lambda f: _age(f) if f.text("a") == "hold" else None),
    Row("a:act n:bars|dur >comma|stopmark|end|note|then",
        lambda f: [f.token("a"), Token("set", f.text("n"), _age(f)[1])]  # type: ignore[index]
        if f["a"] in {"long", "short"} and _age(f) else None),
    Row("timestop|maxhold|hold of|after? n:bars|dur", _age),
    Row(f"{_EXIT} at|by|before? c:clock", _leaves(lambda f: put("expire", ("text", f'"{f["c"]}"')))),
    Row(f"{_EXIT} by|at|before? endofday", _leaves(lambda f: put("expire", ("text", "day")))),
    Row(f"{_EXIT} moo", _leaves(lambda f: put("expire", ("text", "next_open")))),
    Row("rest", lambda f: None),
    Row("o:orderword at|above|below s:ser plusmark|minusmark p:atrm",
        lambda f: _trigger(f) if "plusmark" in [t.kind for t in f.whole] else None),
    Row("o:orderword at|above|below s:ser", _trigger),
    Row("w:limitword at s:ser", _limit_at),
    Row("w:limitword s:ser with? limitword?", _limit_at),
    Row("cancel after n:bars|dur", _valid),
    Row("cancel when? not filled in|after n:bars|dur", _valid),
    Row(
        "w:limitword to? a:act at|in|on s:ser",
        lambda f: [Token("act", f.text("a"), f["a"]), Token("set", f.text("s"), Setting("limit_at", f["s"]))]
        if f["a"] == "long" else None
    ),
    Row("limitword at? v:pct side:below|above lastn ser", _limit),
    Row("limitword at? v:pct side:below|above lastn|ser", _limit),
    Row("goodfor|valid n:bars|dur", _valid),
    Row("goodday", lambda f: put("valid", "day")),
    Row("gtc", lambda f: put("valid", "until")),
    Row("onebar only?", lambda f: put("valid", "1 bars")),
    Row("maxword p:pct of? account", lambda f: put("cap", _percent(f))),
    Row("not riskword above p:pct of? account? perclip?", lambda f: put("risk", _percent(f))),
    Row("not account p:pct", lambda f: None),
    Row("account p:pct perclip?", lambda f: _size(_percent(f))),
    Row("half sizeword", lambda f: _size("50%")),
    Row("riskword perclip? p:pct of? account? perclip?", lambda f: put("risk", _percent(f))),
    Row("p:pct of? account? riskword perclip?", lambda f: put("risk", _percent(f))),
    Row("s:share perclip? per?", lambda f: _size(f"{number(f['s'])}%")),
    Row("sizeword|worth colon|of? p:pct of? account? per? perclip?", lambda f: _size(_percent(f))),
    Row("p:pct on? per >newx", lambda f: _size(_percent(f))),
    Row("p:pct sizeword", lambda f: _size(_percent(f))),
    Row("p:pct of? account per? perclip?", lambda f: _size(_percent(f))),
    Row("p:pct perclip", lambda f: _size(_percent(f)) if f["p"][1] >= 5 else _or_risk(f)),
    Row("sizeword? m:money worth? of? perclip?", lambda f: _size(f"{number(f['m'])} cash")),
    Row("n:num units of?", lambda f: _size(f"{number(f['n'])} units")),
    Row("allin", lambda f: [*_goes(f), Token("set", f.text(), Setting("size", "100%"))]),
    Row("k:mult leveragedword", lambda f: put("leverage", 100 * f["k"])),
    Row("sizeword? annualvol above n:bars p:pct", lambda f: put("volatility", (f["n"], _percent(f)))),
    Row("when? movedown|dailyloss|down|fallen|lossword to? p:pct aday|today? on? unit? comma? then? untiltomorrow",
        lambda f: put("daily_loss", (_percent(f), "halt"))),
    Row(
        "dailyloss limitword|maxword? of? p:pct colon|comma? then? flattenday",
        lambda f: put("daily_loss", (_percent(f), "flatten"))
    ),
    Row("after|when? p:pct dailyloss colon|comma? flattenday", lambda f: put("daily_loss", (_percent(f), "flatten"))),
    Row(
        "maxword? dailyloss limitword|maxword? of? p:pct colon|comma? then? untiltomorrow",
        lambda f: put("daily_loss", (_percent(f), "halt"))
    ),
    Row("dailyloss of? limitword|maxword? of? p:pct", lambda f: put("daily_loss", (_percent(f), ""))),
    Row("untiltomorrow after n:num losers", lambda f: put("day_losses", int(f["n"]))),
    Row("n:num losers aday? and? comma? untiltomorrow|haltforever", lambda f: put("day_losses", int(f["n"]))),
    Row("untiltomorrow after|when n:num losers aday?", lambda f: put("day_losses", int(f["n"]))),
    Row("after n:num losers comma? untiltomorrow", lambda f: put("day_losses", int(f["n"]))),
    Row("untiltomorrow after|when movedown p:pct", lambda f: put("daily_loss", (_percent(f), "halt"))),
    Row("untiltomorrow after|when p:pct dailyloss|lossword", lambda f: put("daily_loss", (_percent(f), "halt"))),
    Row("haltforever at|after|when p:pct drawdown", lambda f: put("drawdown", _percent(f))),
    Row("a:act when? drawdown of|above|at? p:pct and|comma? haltforever", lambda f: put("drawdown", _percent(f))),
    Row("when? drawdown of|above|at|ser? p:pct comma? haltforever", lambda f: put("drawdown", _percent(f))),
    Row("after|afterclose? wait above|morew|atleast? n:bars after per? a:act", _leaves(lambda f: put("wait", f["n"]))),
    Row(
        "after|afterclose? wait above|morew|atleast? n:bars after|before|not? nexttrade?",
        lambda f: put("wait", f["n"])
    ),
    Row("afterclose? wait n:bars", lambda f: put("wait", f["n"])),
    Row("wait >act|px|ser|breaks|newx|green|red", lambda f: []),
    Row("maxword? n:num clip maxword?", _count("clips")),
    Row("pyramid", lambda f: put("pyramid")),
    Row("commission colon|of? p:pct perfill?", lambda f: put("fee", _percent(f))),
    Row("p:pct commission perfill?", lambda f: put("fee", _percent(f))),
    Row("slippage colon|of? p:pct perfill?", lambda f: put("slippage", _percent(f))),
    Row("p:pct of? slippage perfill?", lambda f: put("slippage", _percent(f))),
    Row("oco", lambda f: put("oco")),
    Row("z:zone", lambda f: put("zone", f["z"])),
    Row("v:rmul", _level("target")),
    Row("longonly", lambda f: put("only", "long")),
    Row("shortonly", lambda f: put("only", "short")),
    Row("dontshort only?", lambda f: put("forget", "short")),
    Row("neversell", lambda f: put("neversell")),
)  # fmt: skip
