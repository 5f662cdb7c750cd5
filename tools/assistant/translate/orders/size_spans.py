"""How much is bought, and how much of the account is at risk, in any order of words."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Plain, Series, Setting, Token, asked, number
from .setting_rows import put
from .spans import Span, with_act

Made = tuple[str, Any]
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 100 / 300}
_LEAST = 1000
"""From here on a bare number per trade is money."""
_ABOUT = "of to on in at atonce perclip per colon sizeword account arrow for worth act move entryprice only perfill"
FLAT = Plain("position.flat", filter=True)
_GOES = {"go", "goes", "going"}


def _moves(found: Found) -> bool:
    """`goes into each trade`: any other movement is one of the price."""
    return all(token.text.split()[0] in _GOES for token in found.whole if token.kind == "move")


def _amount(found: Found) -> float:
    kind, value = found.kind("v"), found["v"]
    return float(value[1]) if kind == "pct" else float(value)


def _kinds(found: Found) -> list[str]:
    return [token.kind for token in found.whole]


_LEVELED = (
    "stopword|targetword|trailword|profitword|lossword|below|above|of|riskword|drawdown|up|down|cheaper|limitword"
    "|awayword|maxword|account|commission|slippage|spreadword|annualvol|moveup|movedown|risen|fallen|plusmark|minusmark"
    "|orevenmore|at|from|against|favor|body|barpart|exposure|later|offword"
)


def _of(found: Found) -> str:
    return _told(found["p"][1]) if found.kind("p") == "pct" else f"{number(found['p'])}%"


def _told(value: float) -> str:
    """Less than 5 %, and not of what: hardly what is bought for."""
    return asked("size", f"{number(value)}% a trade: of equity to buy for, or of it at risk?") if value < 5 else (
        f"{number(value)}%")


def _percent(found: Found) -> list[Token] | None:
    """Of the account; behind an entry, or per trade, it is of it even where the account is not named."""
    kinds = _kinds(found)
    acted = "act" in kinds and kinds.index("act") < kinds.index(found.kind("v"))
    told = bool({"account", "sizeword"} & set(kinds)) or found.kind("v") == "share"
    if not _moves(found) or not (told or "perclip" in kinds or acted) or (found.kind("v") == "pct" and found["v"][0]):
        return None
    if kinds.count("per") > 1 or (kinds[-1] in {"per", "move"} and not told):
        return None
    value = _amount(found)
    text = f"{number(value)}%" if told else _told(value)
    return with_act(found, Token("set", found.text(), Setting("size", text)))


def _cash(found: Found) -> list[Token] | None:
    kinds = _kinds(found)
    if found.kind("v") == "num" and (found["v"] < _LEAST or not {"perclip", "sizeword", "cashword"} & set(kinds)):
        return None
    if any(token.kind == "units" and token.text not in {"lots", "lot"} for token in found.whole):
        return None
    if "account" in kinds or not _moves(found) or kinds.count("per") > 1:
        return None
    return with_act(found, Token("set", found.text(), Setting("size", f"{number(_amount(found))} cash")))


def _units(found: Found) -> list[Token] | None:
    """So many; the same number again in brackets says no more."""
    values = {_PARTS.get(token.kind) or float(token.value) for token in found.whole
              if token.kind in {"num", "fraction", *_PARTS}}  # fmt: skip
    if len(values) != 1 or not {"units", "qtyword"} & set(_kinds(found)) or not _moves(found):
        return None
    return with_act(found, Token("set", found.text(), Setting("size", f"{number(values.pop())} units")))


def _at_risk(found: Found) -> list[Token] | None:
    """Lost if the stop is hit. `stop if I lose 1 %` is none: there the loss comes first, and ends something."""
    kinds = ["stopword" if kind == "afterstop" else kind for kind in _kinds(found)]
    if "riskword" not in kinds and "risktimes" not in kinds:
        lost = {"movedown", "lossword", "costsword", "commission"} & set(kinds)
        bounded = "costsword" in kinds and "maxword" in kinds
        if not lost or not (bounded or {"stopword", "sizeword", "perclip"} & set(kinds)):
            return None
        if "stopword" in kinds and "when" in kinds[kinds.index("stopword") :] and kinds[-1] != "stopword":
            return None
    if not _loses(found) or ("not" in kinds) != ("above" in kinds):
        return None
    if found.kind("v") == "money":
        return with_act(found, Token("set", found.text(), Setting("risk_cash", found["v"])))
    if found.kind("v") == "pct" and found["v"][0] == "+":
        return None
    return with_act(found, Token("set", found.text(), Setting("risk", f"{number(_amount(found))}%")))


def _loses(found: Found) -> bool:
    """`falls` is of the price, `costs` of money."""
    words = {token.text.split()[0] for token in found.whole if token.kind in {"movedown", "commission"}}
    return words <= {"lose", "loses", "losing", "lost", "costs", "cost", "costing"}


def _volatility(found: Found) -> Made | None:
    kinds = _kinds(found)
    if "unit" in kinds and found["unit"] != "y":
        return None
    return put("volatility", (found["bars"] or 20, f"{number(found['v'][1])}%"))


def _by_range(found: Found) -> Made | None:
    """1 % of equity by the average range: so many units."""
    if found.kind("d") == "atrm":
        many, length = found["d"]
        below = f"atr({length})" if many == 1 else f"({number(many)} * atr({length}))"
    else:
        series: Series = found["d"]
        if series.name != "atr":
            return None
        below = series.text
    kinds = _kinds(found)
    if kinds.index(found.kind("v")) > kinds.index(found.kind("d")):
        return None
    value = found["v"][1] if found.kind("v") == "pct" else found["v"]
    return put("size", f"{number(value)}% * equity / {below} units")


_RISKS = (
    "down of to on at in for perclip account when sizeword maxword only per colon stopword correction equals move "
    "movedown units qtyword open shut lossword costsword may commission afterstop riskword risktimes not above arrow "
    "from and"
)
_CAPPED = "perclip sizeword worth in on and colon comma only"


def _capped(found: Found) -> Made | None:
    """At most so much of the account in one position."""
    kinds = _kinds(found)
    told = "maxword" in kinds or ("worth" in kinds and found.text("above") in {"more than", "over", "bigger than"})
    return put("cap", f"{number(_amount(found))}%") if told else None


SIZES = (
    Span("v:pct|share|money", _RISKS, _at_risk),
    Span("v:pct|share account maxword", f"{_CAPPED} of at", _capped),
    Span("v:pct|share account no|not above", f"{_CAPPED} of at may", _capped),
    Span("allin maxword", _CAPPED, lambda f: put("cap", "100%")),
    Span("v:pct annualvol bars", "sizeword targetword of at to in colon per for equals account perclip comma over",
         _volatility),
    Span("v:pct annualvol", "sizeword targetword of at to colon per for and equals account perclip arrow open shut "
         "yearlyword", _volatility),
    Span("v:pct annualvol u:unclear", "sizeword of at to colon for and equals account", lambda f: _volatility(f)
         if f.text("u") in {"large", "big", "small"} else None),
    Span("v:pct u:unclear unit", "sizeword to of per for at and account targetword", lambda f: _volatility(f)
         if f.text("u") == "volatility" else None),
    Span("v:pct annualvol comma", "sizeword targetword of at to colon for", _volatility),
    Span("v:pct|share account d:ser|atrm slash", "units qtyword sizeword open shut arrow colon of by in", _by_range),
    Span("v:pct|share account d:ser|atrm per", "units qtyword sizeword arrow colon of", _by_range),
    Span("v:pct|share|fraction|half|quarter account?", _ABOUT,
         lambda f: _percent(f) if f.kind("v") in {"pct", "share"} else None),
    Span("v:money|num cashword?", f"{_ABOUT.replace('account', 'maxword')} units", _cash),
    Span("n:num|half|quarter|fraction units? qtyword? m:num?", f"{_ABOUT} open shut", _units),
)  # fmt: skip
BEHIND = (
    Row(f"a:act p:pct|share !{_LEVELED}", lambda f: [f.token("a"), Token("set", f.text("p"), Setting("size", _of(f)))]
        if f["a"] in {"long", "short"} and (f.kind("p") == "share" or not f["p"][0]) else None),
    Row("flatwhen", lambda f: [Token("when", f.text()), Token("cond", f.text(), FLAT)]),
    Row("flatand", lambda f: [Token("and", f.text()), Token("cond", f.text(), FLAT)]),
)  # fmt: skip
"""What is bought with, behind a condition; and that nothing is held yet."""
