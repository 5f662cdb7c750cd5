"""The opening range: the high and the low of a market's first minutes, however they are named.

`the high of the first 30 minutes`, `first hour's low`, `opening range = 9:30 to 9:45`, `the 1 hour opening range`. Its
edges become series, so that every comparison, stop and target can read them, and what it is becomes one setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..tokens.token import Series, Setting, Token

EDGES = {"high": Series("range_high", name="opening"), "low": Series("range_low", name="opening")}
LONGEST = 240
_MINUTES = {"m": 1, "h": 60}
_IS = {"arrow", "equals", "colon", "when", "of"}
_TO = {"to", "minusmark", "and", "until", "through"}
_TOPS = {"top": "high", "bottom": "low", "upper end": "high", "lower end": "low"}


class Opening(NamedTuple):
    """minutes: how long it lasts. begin: when, in minutes from midnight; -1 where the exchange tells."""

    minutes: int
    begin: int = -1


class _Span(NamedTuple):
    """What is said of it from a place on: minutes, 0 where it is only named; begin, -1 if not said; where it ends."""

    minutes: int
    begin: int
    end: int


def with_openings(tokens: list[Token]) -> list[Token]:
    """With each edge of an opening range as a series, and `the opening range` where only its break is said. A range
    that is nowhere said to be so long stays as it is, as does one that is counted in bars."""
    return _Reader(tokens).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.minutes = 0
        self.spoken = False  # an edge of it was
        self.named = False  # the range itself is what was spoken of

    def read(self) -> list[Token]:
        places = range(len(self.tokens))
        told = [span for at in places for span in (self.definition(at), self.span(at)) if span]
        minutes = {span.minutes for span in told if span.minutes}
        begins = {span.begin for span in told} | {self.begin(at)[0] for at in places}
        begins -= {-1}
        known = len(minutes) == 1 and len(begins) <= 1 and next(iter(minutes)) <= LONGEST
        zoned = bool(begins) or any(token.kind == "zone" for token in self.tokens)
        counted = any(self.kind(at) == "first" and self.kind(at + 1) == "bars" for at in places)
        if not known or counted:
            return list(self.tokens)
        self.minutes = next(iter(minutes))
        if not zoned:
            return self.of_day()
        made: list[Token] = []
        here, read = 0, False
        while here < len(self.tokens):
            token, end = self.taken(here) or (self.tokens[here], here + 1)
            made += [token] if token else []
            read |= token is not None and token is not self.tokens[here]
            self.spoken |= token is not None and isinstance(token.value, Series) and token.value.name == "opening"
            here = end
        if not read:
            return list(self.tokens)
        opening = Opening(self.minutes, next(iter(begins), -1))
        return [*made, Token("stopmark", ""), Token("set", "", Setting("opening", opening))]

    def of_day(self) -> list[Token]:
        """Where neither a zone nor a time is said: of the first bars of the day, if the chart is of so short ones."""
        frames = {token.value for token in self.tokens if token.kind == "timeframe"}
        frame = next(iter(frames)) if len(frames) == 1 else ""
        each = int(frame[:-1]) * _MINUTES.get(frame[-1:], 0) if frame else 0
        if not each or self.minutes % each or self.minutes == each:
            return list(self.tokens)
        made: list[Token] = []
        here = 0
        while here < len(self.tokens):
            found = self.edge(here)
            if found:
                edge = "high" if found[0].value is EDGES["high"] else "low"
                count = self.minutes // each
                first = [Token("first", "first"), Token("bars", f"{count} bars", count)]
                of = Token("of", "of")
                made += [Token("px", edge, edge), of, *first, of, Token("unit", "day", "d")]
            made += [] if found else [self.tokens[here]]
            here = found[1] if found else here + 1
        return made

    def taken(self, at: int) -> tuple[Token | None, int] | None:
        """What stands here of it, and where that ends: a break, an edge, the range by its name, or nothing."""
        defined = self.definition(at)
        if defined:
            self.named = True
            return None, self.past(defined.end, "shut", "comma", "stopmark", "colon")
        span = self.span(at)
        stands = self.kind(at) == "openrange" and span is not None and self.kind(span.end) == "stopmark"
        if span and stands and span.minutes and self.edged():
            return None, span.end + 1  # so long it is, and its edges are spoken of elsewhere
        begin = self.begin(at)
        return self.broken(at) or self.edge(at) or ((None, begin[1]) if begin[1] else None)

    def edged(self) -> bool:
        """Whether an edge of the range is named by the range."""
        names = [at for at in range(len(self.tokens)) if self.kind(at) == "openrange"]
        return any(self.price(at + 1) or (self.kind(at - 1) == "of" and self.price(at - 2)) for at in names)

    def broken(self, at: int) -> tuple[Token, int] | None:
        """`break of the opening range`, `30 minute opening range breakout`, `ORB`: upward of a long, downward of a
        short; of an edge the comparison tells which."""
        down = self.kind(at) == "breaksdown"
        if down or self.kind(at) == "breaks":
            behind = self.past(at + 1, "of")
            span = self.span(behind)
            if span and self.whole(behind, span.end) and not self.price(span.end):
                return self._break(at, span.end, down), span.end
            if self.named and self.price(behind) and self.kind(behind + 1) != "of":
                name = self.price(behind)
                return self._break(at, behind + 1, down or name == "low"), behind + 1
            return None
        span = self.span(at)
        if not span or self.price(span.end):
            return None
        after = self.kind(self.past(span.end + 1, "of"))
        if self.kind(span.end) in {"breaks", "breaksdown"} and after not in {"px", "ser"} and self.whole(at, span.end):
            return self._break(at, span.end + 1, self.kind(span.end) == "breaksdown"), span.end + 1
        spoken = self.tokens[at].text.split()[-1] if self.kind(at) == "openrange" else ""
        spoken = self.tokens[span.end - 1].text.split()[-1] if self.kind(span.end - 1) == "openrange" else spoken
        return (self._break(at, span.end, False), span.end) if spoken in {"orb", "breakout"} else None

    def _break(self, at: int, end: int, down: bool) -> Token:
        return Token("cond", self.words(at, end), ("range", "down" if down else "up", self.minutes))

    def whole(self, at: int, end: int) -> bool:
        """Whether the range itself is named, and no bare span of time."""
        return any(self.kind(place) in {"openrange", "rangeword"} for place in range(at, end))

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else "end"

    def words(self, at: int, end: int) -> str:
        return " ".join(token.text for token in self.tokens[at:end] if token.text)

    def past(self, at: int, *kinds: str) -> int:
        return at + 1 if self.kind(at) in kinds else at

    def price(self, at: int) -> str:
        """`high` or `low`, whatever they are called at the edge of a range."""
        if self.kind(at) not in {"px", "ser", "edge"}:
            return _TOPS.get(self.tokens[at].text, "") if self.kind(at) != "end" else ""
        value = self.tokens[at].value
        text = value.text if isinstance(value, Series) else str(value)
        return text if text in EDGES else _TOPS.get(self.tokens[at].text, "")

    def length(self, at: int) -> tuple[int, int]:
        """`30 minutes`, `hour`, `half hour`: minutes, and where it ends."""
        if self.kind(at) == "dur":
            count, unit = self.tokens[at].value
            minutes = count * _MINUTES.get(unit, 0)
            return (int(minutes), at + 1) if minutes == int(minutes) else (0, at)
        if self.kind(at) == "half" and self.kind(at + 1) == "unit" and self.tokens[at + 1].value == "h":
            return 30, at + 2
        if self.kind(at) == "unit" and self.tokens[at].value == "h":
            return 60, at + 1
        return 0, at

    def clocks(self, at: int) -> _Span | None:
        """`9:30 to 10:00`."""
        at = self.past(at, "from", "between")
        if self.kind(at) == "clock" and self.kind(at + 1) in _TO and self.kind(at + 2) == "clock":
            begin, last = _minutes(self.tokens[at].value), _minutes(self.tokens[at + 2].value)
            return _Span(last - begin, begin, at + 3) if last > begin else None
        return None

    def span(self, at: int) -> _Span | None:
        """`first 30 minutes (of the session)`, `30 minute opening range`, `opening range (of 30 minutes)`."""
        if self.kind(at) == "first":
            minutes, end = self.length(at + 1)
            return self.behind(minutes, self.past(end, "openrange", "rangeword")) if minutes else None
        minutes, end = self.length(at)
        if minutes and self.kind(end) == "openrange":
            return self.behind(minutes, end + 1)
        if self.kind(at) == "openrange":
            minutes, end = self.length(self.past(self.past(at + 1, "of", "open", "comma"), "first"))
            if minutes and self.kind(end) not in {"chart", "bar"}:
                return self.behind(minutes, self.past(end, "shut"))
            clocks = self.clocks(self.past(at + 1, "open", "of", "comma"))
            return clocks._replace(end=self.past(clocks.end, "shut")) if clocks else _Span(0, -1, at + 1)
        return None

    def behind(self, minutes: int, end: int) -> _Span | None:
        """With `of the day`, `of trading`, `after the open at 9:30`."""
        at = self.past(end, "of", "after", "in")
        if at > end and (self.today(at) or self.day(at)):
            end = at + 1
        elif at > end and self.opens(at):
            end = at + 1
            at = self.past(self.past(at + 1, "at", "open"), "at")
            if self.kind(at) == "clock":
                return _Span(minutes, _minutes(self.tokens[at].value), self.past(at + 1, "shut"))
        elif self.kind(end) in {"after", "from"} and self.kind(end + 1) == "clock":
            return _Span(minutes, _minutes(self.tokens[end + 1].value), end + 2)
        elif at > end or self.kind(end) in {"from", "since"}:
            return None  # the first hour of something else
        return _Span(minutes, -1, end)

    def today(self, at: int) -> bool:
        return self.kind(at) == "today" or (self.kind(at) == "unit" and self.tokens[at].value == "d")

    def day(self, at: int) -> bool:
        return self.kind(at) == "unclear" and self.tokens[at].text in {"session", "trading session", "market hours"}

    def opens(self, at: int) -> bool:
        """`the open`, `opens`."""
        own = self.tokens[at].value if self.kind(at) in {"px", "ser"} else ""
        return (own.text if isinstance(own, Series) else own) == "open"

    def begin(self, at: int) -> tuple[int, int]:
        """`(session opens 8:00)`, `the market opens at 9:30`: when, and where that ends."""
        start = self.past(at, "open")
        start += self.day(start) and (self.opens(start + 1) or self.kind(start + 1) == "beginning")
        if not self.opens(start) and self.kind(start) != "beginning":
            return -1, 0
        clock = self.past(start + 1, "at", "arrow", "colon", "equals", "is")
        if self.kind(clock) != "clock":
            return -1, 0
        return _minutes(self.tokens[clock].value), self.past(clock + 1, "shut")

    def definition(self, at: int) -> _Span | None:
        """`(define) the opening range is the high and low of 9:30-10:00`, `I trade the first 15 minutes range on …`."""
        led = self.kind(at) == "unknown" and self.tokens[at].text in {"define", "defined", "mark", "take"}
        name = at + led
        if self.kind(name) == "first":
            span = self.span(name)
            begins = self.kind(at - 1) in {"end", "stopmark", "colon"}
            alone = span and self.kind(span.end - 1) == "rangeword" and begins
            return span if span and alone and not self.price(span.end) else None
        if self.kind(name) not in {"openrange", "rangeword"}:
            return None
        end = self.past(name + 1, *_IS)
        if end == name + 1 and not led:
            return None
        if self.price(end) and self.kind(end + 1) == "and" and self.price(end + 2):
            end = self.past(end + 3, "of", "from", "in")
        end = self.past(end, "of", "from")
        told = self.clocks(end) or self.span(end)
        if told is None:
            minutes, after = self.length(end)
            told = self.behind(minutes, after) if minutes else None
        return told if told and told.minutes else None

    def edge(self, at: int) -> tuple[Token, int] | None:
        """`high of the first 30 minutes`, `opening range high`, `the range low`, `30 min low` of one so long."""
        name = self.price(at)
        led = self.kind(at - 1) == "stopword" or (self.kind(at - 1) in {"at", "below", "above"}
                                                  and self.kind(at - 2) == "stopword")  # fmt: skip
        if name and led and self.spoken and self.kind(at + 1) in {"comma", "stopmark", "end", "and"}:
            return Token("ser", self.tokens[at].text, EDGES[name]), at + 1  # behind one edge the other
        if name and self.kind(at + 1) in {"of", "in", "from"}:
            end = self._named(at + 2)
            return (Token("ser", self.words(at, end), EDGES[name]), end) if end else None
        end = self._named(at)
        if end and (name := self.price(end)):
            return Token("ser", self.words(at, end + 1), EDGES[name]), end + 1
        return None

    def _named(self, at: int) -> int:
        """Behind a name of the range."""
        span = self.span(at)
        if span:
            return span.end
        if self.kind(at) == "rangeword" and self.tokens[at].text == "range":
            return at + 1
        minutes, end = self.length(at)
        return end if minutes == self.minutes and self.kind(at - 1) not in {"last"} else 0


def _minutes(clock: str) -> int:
    return int(clock[:-3]) * 60 + int(clock[-2:])
