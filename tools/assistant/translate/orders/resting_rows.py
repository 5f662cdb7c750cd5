"""Orders that rest: stop entries, limits, ladders of them, how long they do and what ends them."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Level, Series, Setting, Token, asked, number, percent
from .setting_rows import put

Made = tuple[str, Any]
_FAR = "v:pct|atrm|money|points|ticks|pips"
_RESTS = {"trigger", "limit", "limit_at", "limit_off", "ladder"}


def far(kind: str, value: Any, base: str, sign: str) -> str:
    """A price so far from a base, as text."""
    match kind:
        case "pct":
            return f"{_braced(base)} * {number(1 + value[1] / 100 * (1 if sign == '+' else -1))}"
        case "atrm":
            many = "" if value[0] == 1 else f"{number(value[0])} * "
            return f"{base} {sign} {many}atr({value[1]})"
        case "money":
            return f"{base} {sign} {number(value)}"
        case "points":
            return f"{base} {sign} {number(value[1])}"
        case _:
            word = kind.removesuffix("s")
            return f"{base} {sign} {asked('tick', f'{number(value[1])} {word}s: how much of the price is that here?')}"


def _braced(text: str) -> str:
    return f"({text})" if " + " in text or " - " in text else text


def _order(side: str, text: str, trigger: str) -> list[Token]:
    return [Token("act", text, side), Token("set", text, Setting("trigger", trigger))]


def _beyond(found: Found) -> list[Token] | None:
    """A stop order so far beyond a line: above it buys, below it sells short."""
    series: Series = found["s"]
    side = found["o"] if "o" in found else found["a"]
    up = found.kind("side") in {"above", "moveup"}
    if side == "sell" and "gap" in found and not up:
        side = "short"  # `sell stop 1 ATR below the close`
    if side not in {"long", "short"} or up != (side == "long") or series.dim != "price":
        return None
    if "gap" in found and found.text("gap"):
        return None
    if found.kind("v") == "pct" and series.read == "close":
        return _order(side, found.text("o") or found.text("a"), percent(found["v"][1]))  # of the decision's close
    price = far(found.kind("v"), found["v"], series.read, "+" if up else "-")
    return _order(side, found.text("o") or found.text("a"), price)


def _tick(found: Found) -> list[Token] | None:
    """`one tick above`, which reads like a movement."""
    side = found["o"] if "o" in found else found["a"]
    series: Series = found["s"]
    if not found.text("m").startswith("tick") or side != "long" or series.dim != "price":
        return None
    return _order(side, found.text("o") or found.text("a"), far("ticks", ("", found["n"]), series.read, "+"))


def _off(found: Found, side: str, series: Series | None = None) -> Setting | None:
    """A limit so far from the close, or from a line. `side`: below or above it."""
    series = series or (found["s"] if "s" in found else Series("close"))
    kind, value = found.kind("v"), found["v"]
    if series.dim != "price" or (kind == "pct" and value[0] == "+" and side == "below"):
        return None
    yesterday = series.text == "close[1]" and series.frame == "days"  # of the day on which the order rests
    if (series.text == "close" or yesterday) and kind == "pct":
        return Setting("limit_off", (side, f"{number(value[1])}%"))
    if series.text == "close" and kind == "atrm":
        many = "" if value[0] == 1 else f"{number(value[0])} * "
        return Setting("limit_off", (side, f"{many}atr({value[1]})"))
    return Setting("limit_at", Series(far(kind, value, series.read, "-" if side == "below" else "+")))


def _limit(side: str = "") -> Any:
    def made(found: Found) -> list[Token] | None:
        way = side or {"minusmark": "below", "plusmark": "above"}.get(found.kind("side"), found.kind("side"))
        own = found["a"] or ""
        if own not in {"", "long", "short"} or ((own == "short") == (way == "below") and own):
            return None
        setting = _off(found, way)
        if setting is None:
            return None
        text = found.text("w")
        acts = [found.token("a")] if own else [Token("act", text, "long")] if text.startswith("buy") else []
        return [*acts, Token("set", found.text("v"), setting)]

    return made


def _from_level(found: Found) -> list[Token] | None:
    """Buy limit 1 % below yesterday's low: it rests so far from that level. From the close it is a limit in itself."""
    series: Series = found["s"]
    setting = None if series.text in {"close", "close[1]"} else _off(found, found.kind("side"))
    if setting is None:
        return None
    made = Token("set", found.text(), setting)
    return [Token("act", found.text("w"), "long"), made] if found.text("w").startswith(("buy", "limit buy")) else [made]


def _beside_line(found: Found) -> list[Token] | None:
    """A limit at the average minus 1 %: it rests so far from that line."""
    own = found["v"][0] if found.kind("v") == "pct" else ""
    sign = {"minusmark": "-", "plusmark": "+"}.get(found.kind("sign"), own)
    if sign not in {"-", "+"} or found["s"].text == "close" or found["a"] not in {None, "long"}:
        return None
    setting = _off(found, "below" if sign == "-" else "above")
    acts = [found.token("a")] if "a" in found else []
    return [*acts, Token("set", found.text(), setting)] if setting else None


def _around(found: Found) -> list[Token] | None:
    """The same where the second distance is read already, as one from `it`."""
    match found["c"]:
        case ("beyond", kind, value, bool() as up, _):
            if kind != found.kind("v") or value != found["v"] or up != (found.kind("side") == "below"):
                return None
            if {found["a"], found["b"]} != {"long", "short"} or (found["a"] == "long") != up:
                return None
            own, other = _off(found, "below" if up else "above"), _off(found, "above" if up else "below")
            if own is None or other is None:
                return None
            return [found.token("a"), Token("set", found.text("v"), own), Token("and", "and"), found.token("b"),
                    Token("set", found.text("c"), other)]  # fmt: skip
    return None


def _valid(found: Found) -> Made | None:
    kind, value = found.kind("n"), found["n"]
    if kind == "bars":
        return put("valid", f"{value} bars")
    return put("valid", f"{number(value[0])}{value[1]}") if value[0] == int(value[0]) and value[1] in "mhdw" else None


def _stop_limit(found: Found) -> list[Token]:
    series: Series = found["s"]
    act = _order(found["o"], found.text("o"), series.read)
    return [*act, Token("set", found.text("v"), Setting("trigger_limit", (found.kind("v"), found["v"])))]


RESTING = (
    Row("wait >limitword", lambda f: [] if f.text().startswith("rest") else None),
    Row("o:orderword comma|colon? limitword colon|comma? stopword|triggerword? at|above|below? s:ser comma|and? "
        f"limitword|paymax {_FAR} above|below px|thatprice|ser?", _stop_limit),
    Row(f"a:act {_FAR} cheaper and? n:goodfor", lambda f: [*_limit("below")(f), f.token("n")]
        if "limit" in f.text("n") or "order" in f.text("n") else None),
    Row("stopword limitword act? colon|comma", lambda f: []),
    Row(f"o:orderword {_FAR} side:above|below s:ser", _beyond),
    Row("o:orderword n:num m:moveup s:ser", _tick),
    Row(f"a:act gap:comma? stopword {_FAR} side:above|below s:ser", _beyond),
    Row(f"o:orderword at|above|below? s:ser side:plusmark|minusmark {_FAR}", lambda f: _order(
        f["o"], f.text("o"), far(f.kind("v"), f["v"], f["s"].read, "+-"[f.kind("side") == "minusmark"]))),
    Row("o:orderword at s:ser", lambda f: _order(f["o"], f.text("o"), f["s"].read) if f["s"].dim == "price" else None),
    Row("triggerword s:ser", lambda f: _order("long", f.text(), f["s"].read) if f["s"].dim == "price" else None),
    Row(f"limitword|paymax {_FAR} above|below thatprice",
        lambda f: put("trigger_limit", (f.kind("v"), f["v"]))),
    Row("stopword and targetword at|both? v:pct|atrm|points|money", lambda f: _levels(f)),
    Row(f"a:act {_FAR} cheaper and|by|on? limitword", _limit("below")),
    Row(f"limitword colon a:act at? {_FAR} side:below|above s:ser comma|and b:act at? c:cond", _around),
    Row(f"w:limitword to? a:act? at s:ser sign:minusmark|plusmark? {_FAR}", _beside_line),
    Row(f"w:limitword at? moc side:minusmark|plusmark {_FAR}", _limit()),
    Row(f"a:act at? {_FAR} side:below|above s:ser comma|and|by|on? limitword", _limit()),
    Row(f"w:limitword at? {_FAR} side:above|below s:ser and|by|on limitword", _limit()),
    Row(f"a:act by|with|on|at? w:limitword at? {_FAR} side:above|below lastn? s:ser", lambda f:
        [f.token("a"), Token("unclear", f.text("w"), "definition")] if f["a"] in {"exit", "cover"} else None),
    Row(f"w:limitword at? {_FAR} side:above|below lastn? s:ser", _from_level),
    Row("goodfor onebar", lambda f: f.whole[-1]),
    Row("cancel|cancelwhen notcase|unfilled|not? filled? after|in n:bars|dur unfilled? comma? or|and when|at|after",
        lambda f: [Token(made[0], f.text(), made[1]), Token("comma", ","), Token("cancelwhen", "or")]
        if (made := _valid(f)) else None),
    Row("cancel|cancelwhen notcase|unfilled|not? filled? after|in n:bars|dur unfilled?", _valid),
    Row("goodfor nexttrade? n:bars|dur", _valid),
    Row("onefills comma|then? othergoes", lambda f: put("oco")),
)  # fmt: skip


def _levels(found: Found) -> list[Token]:
    kind, value = found.kind("v"), found["v"]
    name = {"pct": "share", "atrm": "atr", "points": "points", "money": "points"}[kind]
    distance = value[1] if kind in {"pct", "points"} else value
    return [Token("set", found.text(), Setting(each, Level(name, distance))) for each in ("stop", "target")]


def rests(tokens: list[Token]) -> bool:
    return any(token.kind in {"orderword", "limitword", "triggerword", "cheaper"} or (
        token.kind == "set" and token.value.name in _RESTS) for token in tokens)  # fmt: skip


def lifetimes(tokens: list[Token]) -> list[Token]:
    """Of orders that rest: `for the next 3 bars` behind one is its life, and `otherwise forget it` says no more."""
    if not rests(tokens):
        return tokens
    made: list[Token] = []
    for here, token in enumerate(tokens):
        if token.kind == "elsenothing":
            continue
        if token.kind == "nexttrade" and tokens[here + 1 : here + 2] and tokens[here + 1].kind == "bars":
            token = Token("goodfor", token.text)
        behind = made[-1].kind == "comma" and len(made) > 1 and _resting(made) if made else False
        if token.kind == "hold" and behind:
            token = Token("goodfor", token.text)
        made.append(token)
    return made


def _resting(made: list[Token]) -> bool:
    """Whether the clause before the comma is an order that rests."""
    for token in reversed(made[:-1]):
        if token.kind in {"comma", "stopmark"}:
            return False
        if token.kind in {"orderword", "limitword", "triggerword"}:
            return True
    return False
