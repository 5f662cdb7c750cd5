"""Limits of trading in any order of words: pauses between trades, limits of a day, losses that end it all."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found
from ..tokens.token import Plain, Token, number
from .setting_rows import put
from .spans import Span

Made = tuple[str, Any]
_PEAKS = {"peak", "high", "highest", "top", "maximum", "high water mark", "highs", "peaks"}
_FALLS = "movedown|down|fallen|lossword|below|drawdown"
SINCE = "or_else(trades.bars_since, 999)"
WON = "or_else(trades.last_return, 0) > 0"
NO_LOSS = "or_else(trades.last_return, 0) < 0"


def _kinds(found: Found) -> set[str]:
    return {token.kind for token in found.whole}


def _filter(found: Found, text: str) -> Token:
    return Token("filter", found.text(), Plain(text, filter=True))


STOPPED = ()
"""Before limits are read: a stop that has been hit, and what is left alone then."""


def _wait(found: Found) -> Made | Token | None:
    """So many bars after any trade, after a loser, or after a stop."""
    kinds, many = _kinds(found), found["n"]
    told = kinds & {"wait", "betweentrades", "noearlier", "not"} or {"nexttrade", "passed"} <= kinds
    tied = kinds & {"afterclose", "afterloss", "lastlost", "afterstop", "beforenext", "betweentrades", "perclip"}
    told = told or ("afterloss" in kinds and {"only", "later"} <= kinds)
    tied |= {"nexttrade"} if {"noearlier", "nexttrade"} <= kinds else set()
    if not told or not tied or ("act" in kinds and any(t.value != "exit" for t in found.whole if t.kind == "act")):
        return None
    if kinds & {"afterloss", "lastlost"}:
        return _filter(found, f"not ({NO_LOSS} and {SINCE} <= {many})")
    if "afterstop" in kinds:
        return _filter(found, f'not (trades.last_reason == "stop" and {SINCE} <= {many})')
    return put("wait", many)


def _a_day(name: str) -> Any:
    def made(found: Found) -> Made | None:
        value = found["n"]
        return put(name, int(value)) if value == int(value) else None

    return made


_CLOSES = {"close", "flatten", "sell", "exit", "liquidate", "everything", "out"}


def _ended(found: Found) -> list[Token] | None:
    """The end of all trading after a loss or a drawdown, in words that `halts` reads."""
    kinds = [token.kind for token in found.whole]
    share = found.token("v")
    if share.value[0] == "+" or ("unknown" in kinds and not _of_peak(found)):
        return None
    if not (_of_peak(found) or {"inall", "capitalword", "beginning"} & set(kinds) or "drawdown" in kinds):
        return None
    low = share.value[1]
    if "below" in kinds and ("capitalword" not in kinds or low < 50):
        return None
    if "below" in kinds:
        low = 100 - low
    name = "drawdown" if "drawdown" in kinds or _of_peak(found) else "loss"
    closes = any(_CLOSES & set(token.text.split()) for token in found.whole if token.kind in {"haltforever", "act"})
    name = "loss_out" if name == "loss" and closes else name
    return [Token("set", found.text(), put(name, f"{number(low)}%")[1])]


def _of_peak(found: Found) -> bool:
    words = [token.text for token in found.whole if token.kind in {"unknown", "ser", "highest", "px", "topn"}]
    named = any(token.kind == "peak" for token in found.whole)
    return (bool(words) or named) and all(word in _PEAKS for word in words)


def _lost_often(found: Found) -> Token | None:
    """A pause after so many losers one after the other."""
    losers, many = found["m"], found["n"]
    if losers != int(losers) or losers < 1 or "wait" not in _kinds(found):
        return None
    return _filter(found, f"not (trades.loss_streak >= {int(losers)} and {SINCE} <= {many})")


def _won(found: Found) -> Token | None:
    """A pause after a winner."""
    return _filter(found, f"not ({WON} and {SINCE} <= {found['n']})") if "wait" in _kinds(found) else None


def _streak(found: Found) -> Token | None:
    value = found["n"]
    return _filter(found, f"trades.loss_streak < {int(value)}") if value == int(value) and value >= 1 else None


def _exposed(found: Found) -> Made | None:
    kinds = _kinds(found)
    bounded = kinds & {"maxword", "highest", "orless"} or ("above" in kinds and kinds & {"not", "no"})
    if not bounded or any(token.value not in {"long", "short"} for token in found.whole if token.kind == "act"):
        return None
    value = found["k"][1] if found.kind("k") == "pct" else 100 * found["k"]
    return put("exposure", f"{number(value)}%")


def _gained(found: Found) -> Made | None:
    if "unit" in found and found["unit"] != "d":
        return None
    return put("day_gain", f"{number(found['v'][1])}%")


_BETWEEN = "by of at from in on after when and then comma to colon once account arrow all"
LIMITS = (
    Span("m:num|mult losers|lossword inrow n:bars", "after when comma wait per of at then and", _lost_often),
    Span("afterwin n:bars", "wait comma colon of", _won),
    Span("n:bars", "wait colon later afterclose perclip beforenext nexttrade betweentrades atleast above morew "
         "maxword comma at "
         "and then of in only when not noearlier passed lastlost afterloss afterstop act per to after", _wait),
    Span("afterwin", "may move back at wait no not act nexttrade comma", lambda f: []),
    Span("afterloss untiltomorrow", "comma then", lambda f: put("day_losses", 1)),
    Span("closedtoday untiltomorrow", "comma then", lambda f: _filter(f, "trades.today == 0")),
    Span("tradedtoday untiltomorrow", "comma then", lambda f: put("day_trades", 1)),
    Span("n:num daytrades untiltomorrow", "when once after comma of", _a_day("day_trades")),
    Span("n:num daytrades maxword", "comma arrow colon of", _a_day("day_trades")),
    Span("onceaday", "only maxword", lambda f: put("day_trades", 1)),
    Span("n:num untiltomorrow after", "comma and then", _a_day("day_trades")),
    Span("n:num|twice|mult losers|lossword|movedown aday? untiltomorrow", f"{_BETWEEN} today", _a_day("day_losses")),
    Span("n:num losers|lossword aday maxword", "of in", _a_day("day_losses")),
    Span("n:num losers|lossword aday not above", "of in", _a_day("day_losses")),
    Span("v:pct up|risen|profitword|gainday|moveup aday? unit? untiltomorrow|flattenday",
         f"{_BETWEEN} today per", _gained),
    Span(f"v:pct {_FALLS} end:haltforever|nomore|stopword|flattenday",
         f"{_BETWEEN} unknown peak topn ser highest inall capitalword beginning above not per px orevenmore or "
         f"drawdown", _ended),
    Span("n:num|mult losers|lossword inrow end:haltforever|nomore|stopword", _BETWEEN, _streak),
    Span("n:num losers|lossword inrow not morew?", _BETWEEN, _streak),
    Span("k:pct|mult exposure",
         "not no above maxword highest orless at of account to colon act may newx in nexttrade", _exposed),
)  # fmt: skip
"""Before sizes and levels are read: a share or a sum beside one of these words is no other."""
