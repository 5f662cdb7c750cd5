"""The words that are understood, by what they are taken for. One line a kind: `kind value: words, several words`.

Words without a meaning of their own here are `filler` and are passed over. Whatever is in no line is a word that was
not understood, and is asked about.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from ..letters.forms import FORM_WORDS
from .composed_words import composed
from .construct_words import CONSTRUCT_WORDS
from .desk_words import DESK_WORDS
from .everyday import everyday
from .exit_words import EXIT_WORDS
from .market_words import MARKET_WORDS
from .meaning_words import MEANING_WORDS
from .order_words import ORDER_WORDS
from .spoken import IDIOMS
from .voiced_words import VOICED_WORDS

_PLAIN_WORDS = """
filler: a, an, is, are, was, were, be, been, being, i am, its, it, it's, this, that, these, those, there, here, my,
  our, me, i, i'm, i'd, i've, i'll, you, your, we're, we've, they, them, their, whose, which
filler: please, thanks, thank you, hey, hello, cheers, ok, okay, so, well, basically, just, simply, really, oh, um,
  mate, dude, bro, guys, kindly, lol, pls, plz, yo, sir, dear, btw, by the way, actually, say, like, sure, yes, also,
  too, as well, always, every time, any time, each time, ever
filler: could you, can you, would you, will you, want to, would like to, would like, i want, want, wants, i need,
  need, needs, like to, likes to, i think, let's, let us, let me have, let me, gimme, give me, set something up that,
  set up something that, set up, set something up, make me, make, do, does, did, build, create, write, code, code me,
  design, show me, try to, trying to, plan to, idea is to, the idea is, my idea is, in case it gets ugly, i learned my
  lesson, that's all there is to it, that is all, that's all, that's it, for me, to make, to do, must, has to, have
  to, got to, shall, might, the rule is, rules, rule, simple, otherwise it's simple, it's simple, something, thing,
  things, stuff, nothing fancy, nothing else
filler: so i've been reading about mean reversion, i like, i only ever want, my grandfather always said sell in may,
  let's test it, you know when, two ways, i never want to be flat, whatever happens, some mean reversion on, some mean
  reversion, mean reversion, mean-reversion, trend following, momentum strategy, usual, usual settings, standard
  settings, default settings, standard, default, settings, normal, classic, typical, plain, ordinary, good old, some,
  bit, kind of, sort of, very, quite, much, own, proper, properly, right after that first bar, right after, right,
  immediately, straight away, as soon as possible, immediately after
filler: pair, currency pair, trading pair, time, into, em, at latest, at the latest, times are, all times are, all
  times, park, leave it there, leave order there, leave it in, leave it alone, behind it, together, uniquely, streak
  of, series of, where it was, what it was, than it was, where it stood, it was at, time zone, final, style, connors,
  turtle, turtle style, zone, in zone, trade window, trading window, time window, prefer,
  writing, wish, must to, want to, mind, job, look, only look once a day, complete, works well, work well, works, set
  this up, set it up, let winners run, let my winners run, let profits run, let it run, trigger, all positions,
  because, many, know, going to, find, follows, note, please note, result, results, backtest, strategy that,
  filter, morning all, basic, very basic thing, keep missing trends, been trading crypto for a while, whichever comes
  first, whichever is first, whichever happens first, trading hours, allowed, allowed trading hours, makes, sized,
  thinks, let, wondering, wonder, help, little, wife, husband, friend, friends, brother, dad, boss, crazy, idea,
  ideas, got this idea, love, loves, thumb, rule of thumb, by hand, what i do by hand is this, what i do is, this is
  what i do, heres the thing, here's the thing, heres what i want, hope, hopefully, honestly, frankly, reading, heard,
  told, learn, learning, beginner, newbie, new to this, started, curious, figured, figure, guess, feel, feels, seems,
  suppose, supposed, somehow, anyway, anyways, nothing else, no more no less, ideally, obviously, naturally, folks,
  team, everyone, all the best, regards, best regards, kind regards, appreciate, appreciated, much appreciated,
  greatly, super, nice one, cool, great, awesome, perfect, alright, right then, ta, rather simple, easy, quickly,
  straightforward, wants to, plan, planning, method, approach, style, technique, recipe, play, conditions are,
  conditions, three conditions, two conditions, four conditions, following conditions, following rules, all of these,
  all three, all of the following, universe, wanting, operation, operations, in operation, make operation, making
  operation, make operations, such, somebody, someone, people, they say, everybody, then sell it, that way, at the
  same time, wherever, stuff like that, and so on, once more, i would, i would then, id then, id, ive, im, ill, lets,
  thats, whats, theres, being in, in the market, in market, good morning, good evening, good afternoon, good night,
  good day, thinking of, thinking about, possible, possible to, trading, exactly, other days, take, takes,
  than, do the, select, pair trade, pairs trade, test, let's test, strategy, system, bot, algo, algorithm, robot,
  program, programme, setup, set-up, signal is, signals, entry signal, rules are, buying things that have, things that
  have, stuff that has, something that has, something that, trade it, trading strategy, trading system, instrument,
  ticker, symbol, market order, at market, at the market, market, level, levels, value, values, point where,
  condition, conditions, whole, entire, full, exact, exactly at, reading, level of, number of, size is, the size of,
  order, orders, position, positions, trade, trades, my position, my trade, open position, open positions, holding,
  holdings, stock, stocks, share price, security, asset, lot of, of it, for it, with it, on it, in it, to it, in its
  place, initial, initially, protective, hard, fixed, starting, first stop, then just, for good measure, prints,
  printed, print, appears, forms, occurs, happens, shows up, comes in, signal fires, fires, triggers, triggered, get
  triggered, confirms, confirmed, confirmation, current, now, currently, at that moment, as it is,
  already, still, yet, itself, remaining, using, use, uses, used, set, set to, put, place, placed, puts, places, sits,
  sitting, lies, lying, stand, stands, stay, stays, staying, remains, keep, keeps, keep it, kept, equal to, leave it,
  closes only, have, has, had, having, ahead, we, he, she, any, any bar whose, bar whose, of any bar whose, own
  simple, for, trading day, in a row of, much as, got, then we, us, mine, such that, consider, considering, about it,
  given, assume, called, named, namely, ie, i.e, eg, e.g, etc, would, could, can, will, we can, cannot be, to be,
  shall be, bring, brings, once again
shift: maybe, perhaps, lately, recently, preferably, sometimes, occasionally, rarely, mostly, mainly, usually,
  somewhat, slightly, almost, nearly, barely, hardly, possibly, often, seldom
awayword: away, apart
approx: about, roughly, approximately, approx, circa, around, give or take, say about
style: swing, swing trading, swing trade, swing trades, swings, scalp, scalps, scalping, day trading, day trade, day
  trades, daytrade, daytrading, intraday
unclear time: session, trading session, market hours, morning, mornings, afternoon, afternoons, evening, evenings,
  night, nights, overnight, lunch, lunchtime, lunch hour, weekend, weekends, holiday, holidays, premarket, pre market,
  after hours
the: the
anyof: any of, one of, any one of, at least one of, either of, any of these, one of these
hi: hi
morew: more
chart: chart, charts, graph, graphs, graphic, graphics, candle chart, candles chart, timeframe, time frame, tf
between: between
first: first
rangeword: range
params: parameters, params, parameter, settings of, with settings, setting
vs: vs, versus, against
absolute: absolute value, abs, absolute
log: log, logarithm
minusmark: minus
plusmark: plus
slash: divided by
when only: only when, only if, but only if, but only when, only while
when: when, whenever, if, once, as, given that, assuming that, assuming, whilst, during times when, the moment, the
  moment that, the minute, the instant, at the moment, in case, any bar that, upon, while, as soon as, as long as, so
  long as, provided, provided that, where, every time that, each time that, anytime, in the event that, after which,
  if and only if, when and only when, unless not
unless: unless, except when, except if
until: until, till
only: only, solely, exclusively
arrow: means, that means, it means, meaning, is my cue to
lengthword: len, with a length of, with length, length, length of, with a period of, with period, period of,
  set to period, lookback, look back, lookback of, look back of, with a lookback of, window of
factorword: factor, multiplier, mult, multiple, factor of, multiplier of, times factor
speed: fast, faster, slow, slower, quick, quicker, shorter, longer, short term, long term, shorter term, longer term
outside: outside, beyond, outside of
and: and, &, as well as, but, while also, along with, with, together with, plus that, and that, and also, and at the
  same time, while at the same time, n, at the same time as, whereas
or: or
no: no
not: not, never, no trades, no trading, no entries, no new entries, no new trades, no buying, without, isn't, is not,
  don't, do not, doesn't, does not, aren't, cannot, can't, dont, doesnt, isnt, no longer, forbidden to, it is
  forbidden to, it's forbidden to, forbidden
of: of
at: touch of, at touch of, on touch of, tag of, test of, at, touches, touch, touching, touched, tags, tag, hits, hit,
  reaches, reach, reached, kisses, meets
in: in, inside, within
on: on
by: by
from: from
to: to
after: after, following, that follows, which follows, that comes after, which comes after
before: before, ago, earlier, previous, prior, preceding, prev
then: then, therefore
otherwise: otherwise, else, or else
per: per, every, each
all: all, everything, whole lot, the lot
both: both, both of
filled: filled, executed
half: half, halve, halves
quarter: quarter, quarters, fourth
third: third, thirds
equal: equal weight, equal weights, equally weighted, equal parts, equally, equal, same weight
num 0: zero line, zero level, zero mark, zeroline, nought, zero
num 1: one
num 2: two, couple
num 3: three
num 4: four
num 5: five
num 6: six
num 7: seven
num 8: eight
num 9: nine
num 10: ten
num 11: eleven
num 13: thirteen
num 17: seventeen
num 19: nineteen
num 12: dozen
num 1000: thousand, grand
num 1000000: million, mio
ordinal 5: fifth, fifths
ordinal 6: sixth, sixths
ordinal 8: eighth, eighths
ordinal 10: tenth, tenths
ordinal 20: twentieth, twentieths
ordinal 100: hundredth, hundredths
num 12: twelve
num 13: thirteen
num 14: fourteen
num 15: fifteen
num 16: sixteen
num 18: eighteen
num 20: twenty
num 25: twenty five
num 30: thirty
num 40: forty
num 50: fifty
num 60: sixty
num 70: seventy
num 80: eighty
num 90: ninety
num 100: hundred, one hundred
num 150: one hundred fifty, hundred fifty
num 200: two hundred
once: first time
times: times, fold
twice 2: twice, double
twice 3: triple
percentword: percent, per cent, percents, pct, procent, prozent, percentage, percentage points
bps: bps, bp, basis points, basis point
past: past
am: am
pm: pm
noon: noon, midday
clockword: o'clock, oclock, hours time
month 1: january
month 2: february
month 3: march
month 4: april
month 5: in may, of may
may: may
month 6: june
month 7: july
month 8: august
month 9: september, sept
month 10: october
month 11: november
month 12: december
day monday: monday, mondays, mon
day tuesday: tuesday, tuesdays, tue
day wednesday: wednesday, wednesdays, wed
day thursday: thursday, thursdays, thu
day friday: friday, fridays, fri
day saturday: saturday, saturdays
day sunday: sunday, sundays
zone America/New_York: hours of new york, new york time, time of new york, in new york, new york, ny, ny time, est,
  edt, et, eastern, eastern time, us eastern, time zone new york, america/new_york
zone Europe/London: hour of london, time of london, london time, london, time zone europe/london, europe/london, time
  zone london, uk time
zone America/Chicago: chicago, chicago time, central time, ct, cst, cdt
zone Europe/Berlin: clock of frankfurt, german time, hour of frankfurt, time of frankfurt, frankfurt, frankfurt time,
  cet, berlin, berlin time, europe/berlin, time zone europe/berlin
zone Europe/Madrid: madrid, madrid time, time of madrid, hour of madrid, spanish time, hora de madrid
zone Europe/Paris: paris time, time of paris, french time
zone Europe/Zurich: zurich time, swiss time
zone Europe/Rome: rome time, milan time, italian time
zone Europe/Amsterdam: amsterdam time
zone Europe/Stockholm: stockholm time
zone Asia/Tokyo: tokyo time, japan time, jst
zone Asia/Hong_Kong: hong kong time
zone Asia/Singapore: singapore time
zone Asia/Kolkata: mumbai time, indian time
zone Australia/Sydney: sydney time
zone America/Toronto: toronto time
zone UTC: utc, gmt, utc time
"""

@cache
def phrases() -> MappingProxyType[tuple[str, ...], tuple[str, Any]]:
    """The kind and value by the words of a phrase."""
    found: dict[tuple[str, ...], tuple[str, Any]] = {}
    own = (
        FORM_WORDS, DESK_WORDS, EXIT_WORDS, MEANING_WORDS, CONSTRUCT_WORDS, _PLAIN_WORDS, MARKET_WORDS, ORDER_WORDS,
        IDIOMS, VOICED_WORDS,
    )  # fmt: skip
    said = "\n".join(own)
    for line in said.replace("\n  ", " ").split("\n"):
        head, _, words = line.partition(": ")
        kind, _, value = head.partition(" ")
        meaning = (kind, float(value) if kind in {"num", "ordinal", "twice", "month"} else value)
        for phrase in words.split(",") if words else ():
            key = _key(phrase)
            if key and found.setdefault(key, meaning) != meaning and kind not in {"filler", "unclear"}:
                raise ValueError(f"two meanings of {' '.join(key)!r}: {found[key]} and {meaning}")
    for head, phrase in composed():
        kind, _, value = head.partition(" ")
        found.setdefault(_key(phrase), (kind, value))  # what is said in a line of its own stands
    for phrase, value in everyday():
        found.setdefault(_key(phrase), ("filler", value))
    return MappingProxyType(found)


def _key(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as the scanner has them."""
    if "-" in phrase:  # most have none, and there are a hundred thousand
        phrase = re.sub(r"(?<=\w)-(?=\w)", " ", phrase)
    return tuple(phrase.replace("/", " / ").replace("'s", "s").split())


@cache
def by_first() -> MappingProxyType[str, tuple[tuple[str, ...], ...]]:
    """Phrases by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases():
        found.setdefault(phrase[0], []).append(phrase)
    return MappingProxyType({word: tuple(sorted(own, key=len, reverse=True)) for word, own in found.items()})


@cache
def by_second(first: str) -> MappingProxyType[str, tuple[tuple[int, tuple[str, ...]], ...]]:
    """Phrases of a first word by their second, "" where they have none, each with its place among those of the first:
    of some hundred that begin with "the" or "in" few go on as a request does."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for place, phrase in enumerate(by_first().get(first, ())):
        found.setdefault(phrase[1] if len(phrase) > 1 else "", []).append((place, phrase))
    return MappingProxyType({word: tuple(own) for word, own in found.items()})


@cache
def words() -> frozenset[str]:
    """Every word that stands in some phrase."""
    return frozenset(chain.from_iterable(phrases()))
