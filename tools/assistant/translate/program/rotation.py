"""Portfolios that are brought back to their shares at times: the strongest of several, fixed weights, a filter each."""

from __future__ import annotations

import re
from typing import Any

from ..conditions.condition_rows import COMPARISONS, OPERATORS
from ..conditions.distance_rows import DISTANCES
from ..conditions.event_rows import SPECIAL
from ..conditions.resolve import resolved
from ..conditions.sides import negated
from ..orders.setting_rows import LOSSES
from ..tokens.meanings import dated, finished
from ..tokens.pattern import applied
from ..tokens.token import Compare, Series, Token, asked, number
from ..tokens.write import Program, condition_text
from .clauses import Settings, beside
from .ranks import often as often_of
from .ranks import ranks

_PERIODS = {"d": "daily", "w": "weekly", "mo": "monthly", "y": "yearly"}
_ASKED = "as_said"
_DAYS = {"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5}
_RESTORED = set("restore restores restored bring brings bringing brought reset resets evaluated back".split())
_IDLE = {
    "comma", "stopmark", "colon", "of", "in", "and", "from", "by", "on", "per", "act", "to", "then", "at",
    "sizeword", "when", "rebalance", "firstday", "arrow", "only", "all", "or", "allin", "both", "perclip", "note",
    "moo", "ticker", "topn", "dontbother", "account", "cashword",
}  # fmt: skip


class Portfolio:
    """What was said of one, and what of the words was not understood."""

    def __init__(self, tokens: list[Token]) -> None:
        self.symbols = [token.value for token in tokens if token.kind == "ticker"]
        self.period = ""
        self.weights: list[float] = []
        self.top: int | None = None
        self.measure: Series | None = None
        self.condition: Any = None
        self.band = ""
        self.equal = False
        self.frame = ""
        self.otherwise = 0.0
        self.switched = ""
        self.unclear: list[str] = []
        self.settings: list[Token] = []
        for here, token in enumerate(tokens):
            self._take(token, tokens[here - 1] if here else None, tokens[here + 1 :])

    def _take(self, token: Token, before: Token | None, after: list[Token]) -> None:
        kind, value, last = token.kind, token.value, before.kind if before else ""
        if kind == "period":
            self.period = value
        elif kind == "unit" and last in {"per", "of", "rebalance"} and value in _PERIODS:
            self.period = _PERIODS[value]
        elif kind == "day" and last in {"per", "on"} and value in _DAYS:
            self.period = f"weekly day {_DAYS[value]}"
        elif token.text.split()[:1] and token.text.split()[0] in _RESTORED and kind != "act":
            pass
        elif kind == "ind" and value == "momentum" and self.measure is None:
            self.measure = Series(asked("length", "Over how many bars is the return that ranks them?"))
        elif kind == "quarter" and last == "per":
            self.period = "quarterly"
        elif kind == "pair":
            self.weights += value
        elif kind == "topn" and isinstance(value, int):
            self.top = value
        elif kind == "band":
            self.band = f"{number(value)}%"
        elif kind == "num" and last == "topn":
            self.top = int(value)
        elif kind == "num" and (last == "num" or (after and after[0].kind == "num")):
            self.weights.append(value)
        elif kind == "pct" and last == "dontbother":
            self.band = f"{number(value[1])}%"
        elif kind == "pct" and (value[1] == 0 or last == "otherwise"):
            pass  # what is held where the condition fails is told by `_cash`
        elif kind == "share":
            self.weights.append(value)
        elif kind == "pct":
            self.weights.append(value[1])
        elif kind == "slash" and last == "ticker" and after and after[0].kind == "ticker":
            pass  # `SPY/TLT`
        elif kind in {"notcase", "rest"}:
            pass
        elif kind == "not" and (not after or after[0].kind in {"comma", "stopmark"}):
            pass  # `and 0 % if it is not`
        elif kind == "ser" and self.measure is None:
            self.measure = value
        elif kind == "cond" and self.condition is None:
            self.condition = value
        elif kind in {"timeframe", "frame"}:
            self.frame = value
        elif kind == "otherwise":
            self._cash(after)
        elif kind == "set":
            self.settings.append(token)
        elif kind == "between" and after and after[0].kind == "ticker":
            pass
        elif kind == "equal":
            self.equal = True
        elif kind not in _IDLE or not _followed(kind, after):
            self.unclear.append(f"'{token.text}'")

    def _cash(self, after: list[Token]) -> None:
        """Otherwise in cash, or so much of it short."""
        here = next((token for token in after[:4] if token.kind == "pct"), None)
        short = any(token.kind == "act" and token.value == "short" for token in after[:5])
        other = next((token.value for token in after[:3] if token.kind == "ticker"), "")
        if other:
            self.switched = other
            return
        if here is not None and short:
            self.otherwise = -here.value[1]
        elif not any(token.kind == "cashword" for token in after):
            self.unclear.append("'otherwise'")


def _unless_held(tokens: list[Token]) -> list[Token]:
    """`if its return is not positive, I hold nothing`: held where it is the contrary."""
    made = list(tokens)
    for here, token in enumerate(tokens):
        after = [each for each in tokens[here + 1 : here + 5] if each.kind not in {"comma", "then", "act"}]
        out = [each for each in tokens[here + 1 : here + 3] if each.kind == "act" and "cash" in each.text.split()]
        if token.kind == "cond" and out:
            made[here] = Token("cond", token.text, negated(token.value))
        elif token.kind == "cond" and after and after[0].text in {"nothing", "no", "cash"}:
            made[here] = Token("cond", token.text, negated(token.value))
            made = [each for each in made if each is not after[0]]
    return made


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """`the ETF (SPY, EFA)`: brackets around names alone."""
    start = next((here for here, token in enumerate(tokens) if token.kind == "open"), None)
    end = next((here for here, token in enumerate(tokens) if token.kind == "shut"), None)
    if start is None or end is None or {token.kind for token in tokens[start + 1 : end]} - {"ticker", "comma", "and"}:
        return tokens
    return [token for here, token in enumerate(tokens) if here not in {start, end}]


def _signed(tokens: list[Token]) -> list[Token]:
    """`if it is negative`: what they are ranked by."""
    measure = next((token.value for token in tokens if token.kind == "ser"), None)
    made = []
    for here, token in enumerate(tokens):
        if token.kind in {"positive", "negative"} and measure is not None and here and tokens[here - 1].kind == "when":
            op = ">" if token.kind == "positive" else "<"
            token = Token("cond", token.text, Compare(measure, op, Series("0", "number")))
        made.append(token)
    return made


def _followed(kind: str, after: list[Token]) -> bool:
    """Whether a word that wants a number has one."""
    wanted = {"topn": "num", "dontbother": "pct"}.get(kind)
    return wanted is None or (bool(after) and after[0].kind == wanted)


def is_portfolio(tokens: list[Token]) -> bool:
    """Whether several symbols are held by shares, and not entered by signals."""
    kinds = [token.kind for token in tokens]
    several = kinds.count("ticker") > 1
    often = any(often_of(tokens, here) for here in range(len(tokens)))
    if several and ranks(tokens) and _each_day(tokens):
        return True
    if several and often and ranks(tokens):
        return True
    timed = (often and "pct" in kinds) or "rebalance" in kinds or "period" in kinds or (
        "firstday" in kinds and "sizeword" in kinds
    )
    if several and "back" in kinds and "pct" in kinds and _each_day(tokens):
        return True
    return several and (timed or "topn" in kinds or ("pair" in kinds and "ma" not in kinds))


def _each_day(tokens: list[Token]) -> bool:
    """`each Monday bring … back to 20 %`."""
    return any(token.kind == "day" and token.value in _DAYS and here and tokens[here - 1].kind in {"per", "on"}
               for here, token in enumerate(tokens))  # fmt: skip


def portfolio(tokens: list[Token]) -> tuple[Program, list[str]]:
    """The program of one, and why it cannot be, if it cannot."""
    rows = (*LOSSES, *DISTANCES, *SPECIAL, *OPERATORS, *COMPARISONS)
    tokens = _signed(_without_brackets(tokens))
    said = Portfolio(_unless_held(resolved(applied(rows, tokens))))
    days = (said.measure is not None and said.measure.frame == "days") or dated(said.condition)
    frame = said.frame or ("1d" if days else "")
    share, faults = _share(said)
    program = Program(on=f"on {', '.join(said.symbols)}" + (f" every {frame}" if frame else ""))
    when = said.period or f"when {asked('timeframe', 'How often is it brought back to its shares?')}"
    lines = [f"rebalance {when}", *share]
    if said.unclear and not faults:
        does = "does" if len(said.unclear) == 1 else "do"
        what = asked("definition", f"What {does} {', '.join(said.unclear)} mean here?")
        program.lets = [f"let {_ASKED} = {what}"]
        lines[1:] = map(_only_then, share)
    beside(Settings(said.settings), program)
    program.blocks = ["\n".join([*lines, *([f"  band {said.band}"] if said.band else [])])]
    return program, faults


def _only_then(weight: str) -> str:
    """A weight that stands once it is said what was not understood: what was said of it is kept."""
    head, share = re.fullmatch(r"(  weight (?:of \S+ )?)(.*)", weight).groups()  # type: ignore[union-attr]
    if share.startswith("if "):
        return f"{head}if {_ASKED} and {share.removeprefix('if ')}"
    return f"{head}if {_ASKED} then {share} else 0%"


def _share(said: Portfolio) -> tuple[list[str], list[str]]:
    count = len(said.symbols)
    if said.top == len(said.weights) and len(set(said.weights)) == 1:
        said.weights = said.weights[:1]  # the top two, 50/50
    if len(said.weights) > 1 and len(said.weights) != count:
        return [f"  weight {asked('size', 'Which share has which symbol?')}"], []
    if sum(said.weights) > 100 and len(said.weights) > 1:
        return [], [f"The shares add up to {number(sum(said.weights))}%."]
    if len(set(said.weights)) > 1 and said.top is None and said.condition is None:
        pairs = zip(said.symbols, said.weights, strict=True)
        return [f"  weight of {symbol} {number(weight)}%" for symbol, weight in pairs], []
    if said.switched and len(said.symbols) == 2 and isinstance(said.condition, Compare):
        return _switch(said), []
    if said.measure is not None and not (said.weights or said.equal or said.top):
        count_asked, share = asked("definition", "How many of them are held?"), asked("size", "Which share has each?")
        return [f"  weight if top({said.measure.text}, {count_asked}) then {share} else 0%"], []
    if not (said.weights or said.equal or said.top):
        return [f"  weight {asked('size', 'Which share has which symbol?')}"], []
    if said.measure is not None and said.top is None:
        return [f"  weight {asked('definition', 'How many of them are held?')}"], []
    parts = said.top or count
    third = bool(said.weights) and abs(3 * said.weights[0] - 100) < 1e-9
    each = "100% / 3" if third else f"{number(said.weights[0])}%" if said.weights else _part(parts)
    condition = _condition(said)
    other = f"{number(said.otherwise)}%"
    return [f"  weight if {condition} then {each} else {other}" if condition else f"  weight {each}"], []


def _switch(said: Portfolio) -> list[str]:
    """One while a condition of it holds, the other while it does not."""
    first = next(symbol for symbol in said.symbols if symbol != said.switched)
    condition = _condition(said)
    return [
        f"  weight of {first} if {condition} then 100% else 0%",
        f"  weight of {said.switched} if ({condition}) of {first} then 0% else 100%",
    ]


def _part(parts: int) -> str:
    return f"{number(100 / parts)}%" if 100 % parts == 0 else f"100% / {parts}"


def _condition(said: Portfolio) -> str:
    made = []
    if said.top is not None:
        measure = said.measure.text if said.measure else asked("definition", "The strongest by which measure?")
        made.append(f"top({measure}, {said.top})")
    if isinstance(said.condition, Compare):
        made.append(condition_text(finished(said.condition, "1d" if dated(said.condition) else said.frame)))
    elif said.condition is not None:
        made.append(asked("definition", "When exactly is a symbol held?"))
    return " and ".join(made)
