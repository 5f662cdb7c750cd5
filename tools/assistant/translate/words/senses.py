"""Small words whose sense their neighbours tell: `w volume`, `by at the band`, `5% blow the average`, `take 1.5%`.

Each rule looks at the kinds around a word, fillers and articles passed over, and gives it the kind that it has there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..tokens.token import Token

_IDLE = {"filler", "the"}
_VALUES = {"px", "ind", "ma", "family", "num", "stopword", "targetword", "trailword", "bands"}
_LEVELS = {"percentword", "atr", "rword", "ind"}
_EXITS = {"exit", "sell", "cover"}
_PORTIONS = {"half", "third", "quarter", "fraction"}
_REACHED = {"hit", "filled", "touched"}
_STARTS = {"end", "stopmark", "comma", "colon"}
_ALL_OUT = {"close everything", "flatten everything", "sell everything", "close all", "flatten", "close all positions"}


class _Words:
    """The tokens of a request, with the next and the last one that says something."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def at(self, place: int) -> Token:
        return self.tokens[place] if 0 <= place < len(self.tokens) else Token("end", "")

    def after(self, here: int, count: int = 1) -> int:
        """The place of the next word, or of the one so many on."""
        place = here
        for _ in range(count):
            place += 1
            while place < len(self.tokens) and self.tokens[place].kind in _IDLE:
                place += 1
        return place

    def before(self, here: int) -> Token:
        place = here - 1
        while place >= 0 and self.tokens[place].kind in _IDLE:
            place -= 1
        return self.at(place)

    def kinds(self, here: int, count: int) -> list[str]:
        """Of the next words."""
        return [self.at(self.after(here, each)).kind for each in range(1, count + 1)]

    def acts(self) -> set[str]:
        return {token.value for token in self.tokens if token.kind == "act"}

    def said(self, kind: str) -> bool:
        return any(token.kind == kind for token in self.tokens)


Made = tuple[list[Token], int]
"""What stands in place of the words from here on, and the place behind them."""


def with_senses(tokens: list[Token]) -> list[Token]:
    """Before fillers are left out."""
    words = _Words(tokens)
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = next((each for each in (rule(words, here) for rule in _RULES) if each), None)
        made += found[0] if found else [tokens[here]]
        here = found[1] if found else here + 1
    return made


def _with(words: _Words, here: int) -> Made | None:
    """`w volume above its average`."""
    token = words.at(here)
    told = token.text == "w" and token.kind == "unknown" and words.kinds(here, 1)[0] in _VALUES
    return ([Token("and", "with")], here + 1) if told else None


def _buy(words: _Words, here: int) -> Made | None:
    """`by at the lower band`, where a sentence begins."""
    token = words.at(here)
    told = token.kind == "by" and token.text == "by" and words.before(here).kind in _STARTS
    return ([Token("act", "by", "long")], here + 1) if told and words.kinds(here, 1)[0] in {"at", "when"} else None


def _below(words: _Words, here: int) -> Made | None:
    """`5% blow the average`."""
    token = words.at(here)
    told = token.text == "blow" and token.kind == "unknown" and words.before(here).kind in _LEVELS
    return ([Token("below", "blow")], here + 1) if told else None


def _take(words: _Words, here: int) -> Made | None:
    """`stop 1%, take 1.5%`: a target beside a stop, and no part of the position."""
    token = words.at(here)
    if token.text != "take" or token.kind != "filler" or not words.said("stopword"):
        return None
    kinds = words.kinds(here, 3)
    far = kinds[0] == "num" and kinds[1] in {"percentword", "rword"} and kinds[2] in _STARTS
    return ([Token("targetword", "take")], here + 1) if far else None


def _further(words: _Words, here: int) -> Made | None:
    """`a further quarter at 2R`."""
    token = words.at(here)
    told = token.text in {"further", "additional"} and words.kinds(here, 1)[0] in _PORTIONS
    return ([], here + 1) if told else None


def _opposite(words: _Words, here: int) -> Made | None:
    """`…, close with the opposite crossing`."""
    token = words.at(here)
    told = token.kind == "px" and token.text == "close" and words.before(here).kind in _STARTS
    told = told and words.kinds(here, 2) in (["and", "opposite"], ["on", "opposite"], ["at", "opposite"])
    return ([Token("act", "close", "exit")], here + 1) if told else None


def _until_tomorrow(words: _Words, here: int) -> Made | None:
    """`stop all the trading until tomorrow`."""
    places = [words.after(here, each) for each in range(3)]
    places[0] = here
    told = [words.at(each) for each in places]
    rest = told[1:] if told[1].kind != "all" else [told[2], words.at(words.after(here, 3))]
    stops = told[0].kind == "stopword" and told[0].text == "stop"
    until = stops and [each.kind for each in rest] == ["until", "tomorrow"]
    end = words.after(here, 2 + (told[1].kind == "all")) + 1
    return ([Token("untiltomorrow", words_of(words, here, end))], end) if until else None


def _in_the_day(words: _Words, here: int) -> Made | None:
    """`a loss of 3% in the day`."""
    token, day = words.at(here), words.after(here)
    told = token.kind == "in" and words.before(here).kind == "percentword" and words.at(day).text == "day"
    loses = any(each.kind == "lossword" for each in words.tokens[max(here - 8, 0) : here])
    return ([Token("today", words_of(words, here, day + 1))], day + 1) if told and loses else None


def _halted(words: _Words, here: int) -> Made | None:
    """`stop trading permanently and close everything`: closed first."""
    token, joined, out = words.at(here), words.after(here), words.after(here, 2)
    told = token.kind == "haltforever" and words.at(joined).kind == "and" and words.at(out).text in _ALL_OUT
    if not told or words.at(out).kind != "act":
        return None
    drawn = any(each.kind == "drawdown" for each in words.tokens[max(here - 10, 0) : here])
    return ([token] if drawn else [words.at(out), words.at(joined), token]), out + 1  # a drawdown closes anyhow


def _open_for(words: _Words, here: int) -> Made | None:
    """`closes above the open for 3 candles in a row`."""
    token = words.at(here)
    told = token.kind == "goodfor" and token.text == "open for"
    return ([Token("px", "open", "open")], here + 1) if told and words.before(here).kind in {"above", "below"} else None


def _day_closes(words: _Words, here: int) -> Made | None:
    """`the day closes down 3%`."""
    token = words.at(here)
    day = token.kind == "unit" and token.text == "day" and words.before(here).kind in {*_STARTS, "when"}
    closes = words.at(words.after(here))
    if not day or closes.kind != "px" or closes.value != "close" or words.kinds(here, 2)[1] not in {
        "up", "down", "green", "red", "higher", "lower"
    }:  # fmt: skip
        return None
    told = words.said("timeframe") or words.said("frame")
    return ([] if told else [Token("timeframe", "day", "1d"), Token("comma", "")], here + 1)


def _not_next(words: _Words, here: int) -> Made | None:
    """`kill the order if not hit next candle`: it rests for a bar."""
    if words.at(here).kind != "cancelwhen" or words.kinds(here, 1) != ["not"]:
        return None
    place = words.after(here, 2)
    if words.at(place).kind not in {"at", "filled", "moveup"} or words.at(place).text not in _REACHED:
        return None
    place = words.after(place) if words.at(words.after(place)).kind in {"by", "on", "in"} else place
    bar = words.after(place, 2)
    if [words.at(words.after(place)).kind, words.at(bar).kind] != ["nexttrade", "bar"]:
        return None
    return [Token("goodfor", "good for"), Token("num", "1", 1.0), Token("bar", "bar")], bar + 1


def _narrowest(words: _Words, here: int) -> Made | None:
    """`today's range is the smallest of the last seven days`."""
    ranged = words.after(here) if words.at(here).kind == "today" else here
    if words.at(ranged).kind != "rangeword" or words.kinds(ranged, 1) != ["lowest"]:
        return None
    place = words.after(ranged)
    while words.at(words.after(place)).kind in {"of", "in", "lastn"}:
        place = words.after(place)
    count, unit = words.after(place), words.after(place, 2)
    if words.at(count).kind != "num" or words.at(unit).kind not in {"bar", "unit"}:
        return None
    if words.at(count).value not in {4, 5, 6, 7, 10} or (words.at(unit).kind == "unit" and words.at(unit).value != "d"):
        return None
    days = words.at(unit).kind == "unit" and not (words.said("timeframe") or words.said("frame"))
    text = words_of(words, here, unit + 1)
    return [Token("narrow", text, str(int(words.at(count).value))), *([Token("comma", ""), Token("timeframe", "", "1d"),
            Token("comma", "")] if days else [])], unit + 1  # fmt: skip


def _dumped(words: _Words, here: int) -> Made | None:
    """`…, dump under 40`: who leaves, where nothing else is said of it."""
    token = words.at(here)
    first = token.text.split()[:1]
    told = token.kind == "movedown" and first == ["dump"] and words.before(here).kind in {"comma", "stopmark"}
    free = "long" in words.acts() and not words.acts() & {"short", *_EXITS}
    return ([Token("act", "dump", "exit"), Token("below", token.text)], here + 1) if told and free else None


def _uptrend(words: _Words, here: int) -> Made | None:
    """`imagine price is in an uptrend, by which I mean …`."""
    token, behind = words.at(here), words.after(here)
    stands = token.kind == "px" and words.at(behind).kind == "act" and words.at(behind).text == "is in"
    told = stands and words.kinds(here, 2)[1] == "unclear" and words.said("defined")
    return ([], behind + 1) if told else None


def _trailed(words: _Words, here: int) -> Made | None:
    """`trail it by a bit under the highest price since I got in`: how far is not said."""
    if words.at(here).kind != "trailword" or words.kinds(here, 4) not in (
        ["below", "highest", "px", "sinceentry"], ["above", "lowest", "px", "sinceentry"]
    ):  # fmt: skip
        return None
    return [words.at(here)], words.after(here, 4) + 1


def _invested(words: _Words, here: int) -> Made | None:
    """`exposure 1/4 of account`: how much goes into a trade, where it is no limit."""
    token, amount = words.at(here), words.after(here)
    if token.kind != "exposure" or words.before(here).kind not in _STARTS or words.said("riskword"):
        return None
    behind = words.after(amount, 1 + (words.kinds(amount, 1) == ["percentword"]))
    counted = words.at(amount).kind in {"num", "fraction"} and words.at(behind).kind == "of"
    return ([], here + 1) if counted and words.kinds(behind, 1) == ["account"] else None


_MUCH = set("little bit lot small tiny heavy heavily big large few".split())
_BEHIND_ACTS = {"when", "comma", "stopmark", "end", "moc", "moo", "at", "of", "on", "after", "unless", "and", "then"}
_BEYOND = {"above", "below", "higher", "lower"}


def _how_much(words: _Words, here: int) -> Made | None:
    """`Buy a little when …`, `sell a bit`: of how much? `A bit above the average`: how far?"""
    token, end = words.at(here), here + 1
    if token.text.split()[-1:] == [] or token.text.split()[-1] not in _MUCH:
        return None
    while words.at(end).text in _MUCH:
        end += 1
    told = words.at(end) if words.at(end).kind not in _IDLE else words.at(words.after(end - 1))
    much = words_of(words, here, end)
    if token.kind == "filler" and told.kind in _BEYOND:
        return [Token("unclear", much, "threshold")], end
    acted = words.before(here).kind == "act" and told.kind in _BEHIND_ACTS
    return ([Token("unclear", much, "size")], end) if acted else None


def words_of(words: _Words, here: int, end: int) -> str:
    return " ".join(token.text for token in words.tokens[here:end] if token.text)


_RULES: tuple[Callable[[_Words, int], Made | None], ...] = (
    _with, _buy, _below, _take, _further, _opposite, _until_tomorrow, _in_the_day, _halted, _open_for, _day_closes,
    _not_next, _narrowest, _dumped, _uptrend, _trailed, _invested, _how_much,
)  # fmt: skip
