"""Words of weight that a program would be the same without: nothing has read them, so that they are asked about.

Whatever row or rule swallows a word, its loss shows here: the request is translated once more without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..conditions.contraries import BACK
from ..tokens.token import Token

_NUMBERS = {"num", "pair", "money", "clock", "fraction", "ratio"}
_AMOUNTS = {"percentword", "money", "account", "riskword", "bps", "qtyword", "sizeword", "rword", "cashword"}
_MOVES = {
    "cross", "crossunder", "crossover", "move", "moveup", "movedown", "turn", "breaks", "breaksdown", "up", "down"
}  # fmt: skip
_VALUES = {"ser", "px", "ma", "ind", "record", "bar", "green", "red", "family", "bands", "volume", "part", "period"}
_SIDES = {"above", "below", "orless", "ormore", "higher", "lower", "over", "under", "at", "through", *_MOVES}
_PARTS = {"half", "third", "quarter", "fraction", "offword", "ordinal"}
_LEVELS = {"stopword", "targetword", "trailword", "profitword", "limitword"}
_LEAVES = {"exit", "sell", "cover"}
_COLOURS = {"green", "red"}
_GLUE = {"filler", "the", "of", "at", "to", "on", "in", "by", "from", "note"}
MOST = 12
"""Words of one request that are tried."""


class _Place:
    """A word with what stands around it, fillers and small words passed over."""

    def __init__(self, tokens: Sequence[Token], here: int) -> None:
        self.tokens, self.token, self.here = tokens, tokens[here], here
        told = [each for each in tokens[:here] if each.kind not in _GLUE]
        ahead = [each for each in tokens[here + 1 :] if each.kind not in _GLUE]
        self.before = [each.kind for each in reversed(told)] + ["start"]
        self.after = [each.kind for each in ahead] + ["end"]
        self.next = tokens[here + 1] if here + 1 < len(tokens) else Token("end", "")
        self.last = tokens[here - 1] if here else Token("start", "")

    def near(self, kinds: set[str], reach: int = 4) -> bool:
        return bool(kinds & {*self.before[:reach], *self.after[:reach]})

    def beside(self, kinds: set[str]) -> bool:
        return self.before[0] in kinds or self.after[0] in kinds

    def sentence(self) -> list[Token]:
        start = next((i + 1 for i in range(self.here - 1, -1, -1) if self.tokens[i].kind == "stopmark"), 0)
        ends = range(self.here, len(self.tokens))
        return list(self.tokens[start : next((i for i in ends if self.tokens[i].kind == "stopmark"), None)])

    def said(self, kinds: set[str]) -> bool:
        """Whether one of the kinds stands anywhere in the request."""
        return any(token.kind in kinds for token in self.tokens)


def _first(at: _Place) -> bool:
    """`The first higher close` that ends a trade is whichever comes; `first 30 minutes`, `after ten bars in a row`."""
    own = at.sentence()
    if at.after[0] in _COLOURS and {token.kind for token in at.tokens} >= _COLOURS:
        return True  # a green one behind several red ones is the first
    if {"then", "in", "bar"} <= {token.kind for token in own} and at.after[0] in _VALUES:
        return True  # `first …, then within 5 bars …`
    acts = [token for token in at.tokens[: at.here] if token.kind == "act"]
    if at.after[0] in _COLOURS and acts and acts[-1].value in _LEAVES:
        return True
    leaves = [token.value in _LEAVES for token in own if token.kind == "act"]
    if at.after[0] in {"stopmark", "comma", "end"}:
        return False
    if at.after[0] in _NUMBERS | _LEVELS | {"unit", "half"}:
        return True
    if at.after[0] not in _COLOURS and any(token.kind == "inrow" for token in own):
        return True
    return bool(leaves) and all(leaves)


def _again(at: _Place) -> bool:
    """A movement back, a second stretch of time, a colour after another."""
    return at.beside(_MOVES) or at.after[0] == "clock" or {"then", "may"} & set(at.before[:2]) != set()


def _both(at: _Place) -> bool:
    ahead = "and" in at.after[:8] and at.after[0] in _VALUES | {"num", "act"}
    if ahead or "and" in at.before[:8] or "lines" in at.after[:2] or _of_sides(at):
        return True
    return at.before[0] == "comma" and at.said({"cancel", "whichever", "oco"})


def _of_sides(at: _Place) -> bool:
    """Both trades are left, where there are longs and shorts."""
    return at.beside({"act"}) and {"long", "short"} <= {each.value for each in at.tokens if each.kind == "act"}


def _either(at: _Place) -> bool:
    return _of_sides(at) or any(token.kind in {"or", "anyof"} for token in at.tokens[at.here : at.here + 10])


def _today(at: _Place) -> bool:
    """Of a price, a gap or a fall it says which; before a comma it only says that today is one of the days."""
    if at.next.text == "included" or at.last.kind == "of":
        return True
    if any(token.kind == "untiltomorrow" for token in at.sentence()):
        return True  # what ends the day counts what happened in it
    return at.after[0] in _VALUES | {"gap", *_MOVES} or at.after[:2] == ["rangeword", "lowest"]


def _atleast(at: _Place) -> bool:
    """`At least 1.5 times`, `at least 3 of them`: not of a level, of which it would be a bound."""
    return at.after[0] in _NUMBERS | {"twice"} and at.before[0] not in _LEVELS | {"rword", "percentword", "atr"}


def _then(at: _Place) -> bool:
    """Before what is done it only joins; between two things that happen it is an order of time."""
    if at.before[0] in {"comma", "stopmark", "start"} and at.after[0] not in _VALUES:
        return True
    if set(at.next.text.split()) & BACK:
        return True
    closes = at.next.text == "close" and at.after[1] in {"stopmark", "end", "comma"}
    return closes or at.after[0] not in _VALUES | _NUMBERS | _SIDES


def _before(at: _Place) -> bool:
    """`The 20 bars before`, `the previous close`: of a price or bars, and not of an average or an indicator."""
    ahead = [kind for kind in at.after[:4] if kind not in {"num", "bar", "unit"}]
    return at.before[0] in {"bar", "unit", "num", "px"} or ahead[:1] not in (["ma"], ["ind"])


def _speed(at: _Place) -> bool:
    """The fast one of two averages."""
    return bool({"ma", "ind", "part", "record", "family"} & {*at.after[:4], *at.before[:2]}) or at.after[0] == "style"


def _style(at: _Place) -> bool:
    """`Intraday` and `day trading` end a trade with its day; a swing is as long as its rules."""
    return not at.token.text.startswith(("day", "intraday")) or at.said({"flattenday", "intraday", "eod"})


def _part(at: _Place) -> bool:
    """What is left of a position, where a part of it was sold."""
    kinds = [each.kind for each in at.tokens]
    shares = [here for here, kind in enumerate(kinds) if kind == "percentword" and here > 1]
    sold = any("act" in {*kinds[i - 2 : i], *kinds[i + 1 : i + 5]} for i in shares)
    return sold or at.said(_PARTS) or any("position" in each.text for i in shares for each in at.tokens[i + 1 : i + 4])


def _not(at: _Place) -> bool:
    """`Never above 150 %` of a bound says what the bound says; `hmm no, make that 2` takes back what went before."""
    if at.token.kind == "no":
        return at.near({"correction"}, 2) or at.after[1:2] == ["open"]
    if at.token.text in {"no longs", "no long", "no buys"}:
        return not any(each.kind == "act" and each.value == "long" for each in at.tokens)
    if at.before[0] == "exposure" or "daytrades" in at.after[:6] or {"filled", "unfilled"} & set(at.after[:2]):
        return True
    here = next((i for i, kind in enumerate(at.after[:5]) if kind in {"above", "maxword", "morew"}), None)
    if here is None or {"when", *_VALUES} & set(at.after[:here]):
        return False
    if at.after[here + 1] == "onceaday":
        return True
    return at.after[here + 1] == "num" and at.after[here + 2] in {"bar", "unit", "percentword"}


def _perclip(at: _Place) -> bool:
    aged = {"hold", "maxhold", "maxword", "above"} & {*at.before[:3], *at.after[:2]}
    paused = at.before[0] in {"not", "after", "wait"} or at.said({"wait"})
    return bool(aged) or paused or at.near(_AMOUNTS | {"allin"}, 3)


def _price(at: _Place) -> bool:
    """A price, where it is what is compared; behind a level or an amount it says what that is counted from."""
    if at.last.kind == "the" and at.before[0] == "trailword":
        return True  # a trail follows the best price anyhow
    if at.token.value == "volume" and any(each.value == "volume" for each in at.sentence()[1:]):
        return True  # at least twice the average volume: of what is traded anyhow
    return not (at.before[0] in _LEVELS and at.after[0] in _NUMBERS | {"by", "minusmark"})


def _moves(at: _Place) -> bool:
    """`It crosses over it, a 1 % stop`: what crosses is no gain of so many per cent."""
    return not (at.token.text.startswith("cross") and {"percentword", "atr"} & set(at.after[:3]))


_QUALITIES = {
    "different", "mental", "remaining", "fake", "false", "wrong", "confirmation",
}  # fmt: skip
"""Everyday words that change what the word behind them means, if that is one of markets."""
_MEASURES = {"clear", "clearly", "cleanly", "comfortably", "decent", "convincingly", "properly", "badly", "seriously"}
"""How far: above or below says it with no number."""

_DENIED = {"didn't", "hasn't", "haven't", "hadn't", "wasn't", "weren't", "wouldn't", "shouldn't", "couldn't", "won't"}
_DENIED |= set("refuse refuses refused struggle struggles struggled pretend pretends tries tried hesitates".split())
"""Words of nothing by themselves that turn what happens behind them, or leave it open."""
_HAPPENS = _SIDES | {"back", "moveup", "movedown", "breaksdown", "crossover", "crossunder"}


def _been(token: Token) -> bool:
    """`The RSI had been below 30`: before, and not on this bar."""
    return token.text.startswith("been ")


def _denies(at: _Place) -> bool:
    """`And hasn't fallen back under it`: behind a condition word, of what happens, and of no person."""
    own = at.tokens[: at.here]
    led = any(token.kind in {"when", "unless", "until", "after"} for token in own)
    person = at.last.kind == "filler" and at.last.text in {"i", "we", "you", "they", "people", "he", "she"}
    if led and at.next.kind == "act" and not at.next.text.startswith("hold"):
        return at.next.value in _LEAVES and bool({"above", "below"} & set(at.after[1:4]))
    happens = bool(_HAPPENS & {at.next.kind, *at.after[:2]}) or at.next.text.startswith("hold")
    return led and not person and happens


def _quality(at: _Place) -> bool:
    if at.token.text in {"different", "mental", "confirmation"}:
        return False
    if at.token.text == "remaining" and _part(at):
        return True
    return not at.beside(_VALUES | _LEVELS | _NUMBERS | {"atr", "act", "gap", "rword", "when", "percentword", "pips"})


def _measure(at: _Place) -> bool:
    return at.next.kind not in _SIDES | {"gap", "breaks"}


_HARMLESS: dict[str, Callable[[_Place], bool]] = {
    "first": _first, "perclip": _perclip, "both": _both, "either": _either, "today": _today,
    "wait": lambda at: at.token.text != "at least" or _atleast(at), "atleast": _atleast, "then": _then,
    "before": _before, "speed": _speed, "style": _style, "rest": _part, "px": _price,
    "back": lambda at: at.token.text not in {"again", "once again", "once more"} or _again(at),
    "nexttrade": lambda at: at.token.text != "next" or at.after[0] not in {"green", "red", "bar"} or _first(at),
    **dict.fromkeys(("moveup", "movedown", "cross", "crossunder", "crossover"), _moves),
    "when": lambda at: at.token.text != "once" or at.next.kind not in {"when", "on", "at", "stopmark", "comma", "end"},
    "gluework": lambda at: at.token.text != "second" or at.after[0] in _LEVELS,
    "half": lambda at: at.said({"offword", "rest"}) or at.near(_AMOUNTS | {"unit", "qtyword", "num", "atr"}),
    **dict.fromkeys(
        ("third", "quarter", "ordinal"), lambda at: at.said({"offword", "rest"}) or at.near({"account", "unit"})
    ),
    **dict.fromkeys(("not", "no"), _not),
    "until": lambda at: at.after[0] == "clock" and (at.before[0] == "clock" or "past" in at.before[:3]),
    **dict.fromkeys(("once", "twice", "unless", "absolute", "log"), lambda at: False),
}  # fmt: skip
"""Where a word of a kind says nothing that the program would not do anyhow."""


def _lost(tokens: Sequence[Token], here: int) -> bool:
    token = tokens[here]
    if token.kind == "filler":
        if token.text in _QUALITIES:
            return not _quality(_Place(tokens, here))
        if token.text in _DENIED or (token.text == "had" and any(map(_been, tokens[here + 1 : here + 2]))):
            return _denies(_Place(tokens, here))
        return token.text in _MEASURES and not _measure(_Place(tokens, here))
    harmless = _HARMLESS.get(token.kind)
    return harmless is not None and not harmless(_Place(tokens, here))


def _chatter(tokens: Sequence[Token], here: int) -> bool:
    """Whether it stands in a stretch between marks of several words none of which is of trading."""
    ends = {"comma", "stopmark", "colon"}
    start = next((i + 1 for i in range(here - 1, -1, -1) if tokens[i].kind in ends), 0)
    end = next((i for i in range(here, len(tokens)) if tokens[i].kind in ends), len(tokens))
    own = [each for i, each in enumerate(tokens[start:end], start) if i != here]
    return len(own) > 2 and all(each.kind in _GLUE | {"unknown", "hi", "and", "gluework"} for each in own)


def weighed(tokens: Sequence[Token]) -> list[int]:
    """Places of the words that have to make a difference."""
    return [here for here in range(len(tokens)) if _lost(tokens, here) and not _chatter(tokens, here)][:MOST]


def asked_for(tokens: Sequence[Token], places: Sequence[int]) -> list[Token]:
    """The same with those words not understood."""
    return [Token("unknown", token.text) if here in places else token for here, token in enumerate(tokens)]


def with_frames_asked(tokens: Sequence[Token], text: str) -> list[Token]:
    """The same with each line not understood whose own timeframe the program has nowhere; none where all are there."""
    lost = [here for here, token in enumerate(tokens) if token.kind in {"ser", "record"}
            and token.value.frame not in {"", "days"} and not re.search(rf"\b{token.value.frame}\b", text)]  # fmt: skip
    return asked_for(tokens, lost) if lost else []
