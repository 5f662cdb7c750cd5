"""Phrases that are put together: a verb in each of its forms, with what it is done to or where it goes.

`words` of the vocabulary are single; here each verb of a row goes with each ending of it, so that a new verb is
one word more and not a phrase for every noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from .construct_words import ZONES
from .desk_words import DESK_PRODUCTS
from .exit_products import EXIT_PRODUCTS
from .exit_words import EXIT_COMPOSED
from .limit_words import LIMIT_PRODUCTS
from .resting_words import RESTING_PRODUCTS
from .setting_words import SETTING_PRODUCTS
from .voiced_words import VOICED_PRODUCTS

_FORMS = {
    "be": "be am is are being been i'm", "get": "get gets getting got", "go": "go goes going went",
    "buy": "buy buys buying",
    "sell": "sell sells selling", "leave": "leave leaves leaving left", "come": "come comes coming came",
    "break": "break breaks breaking broke", "fall": "fall falls falling fell fallen", "rise": "rise rises rising rose",
    "sink": "sink sinks sinking sank", "lie": "lie lies lying", "run": "run runs running ran",
    "cut": "cut cuts cutting",
    "hold": "hold holds holding held", "stand": "stand stands standing stood", "sit": "sit sits sitting sat",
    "keep": "keep keeps keeping kept", "find": "found", "end up": "end up ends up ending up ended up",
    "shoot": "shoot shoots shooting shot", "swing": "swing swings swinging swung", "do": "do does doing",
    "take": "take takes taking took", "put": "put puts putting", "make": "make makes making made",
    "begin": "begin begins beginning began", "let": "let lets letting", "quit": "quit quits quitting",
}
_DOUBLED = {"dip", "drop", "slip", "grab", "snap", "hop", "step", "pop", "scrap"}


def inflected(verb: str) -> list[str]:
    """drop: drop, drops, dropping, dropped; of `pick up` the first word is inflected."""
    if verb in _FORMS:
        words = _FORMS[verb].split()
        return [" ".join(words[i : i + 2]) for i in range(0, len(words), 2)] if " " in verb else words
    head, _, rest = verb.partition(" ")
    if head in _FORMS:
        own = _FORMS[head].split()
    else:
        stem = head + head[-1] if head in _DOUBLED else head.removesuffix("e")
        third = head[:-1] + "ies" if head.endswith("y") and head[-2] not in "aeiou" else head + (
            "es" if head.endswith(("s", "sh", "ch", "x", "z")) else "s")
        past = third[:-1] + "d" if third.endswith("ies") else f"{stem}ed"
        own = [head, third, f"{stem}ing", past]
    return [f"{form} {rest}".strip() for form in own]


_OURS = "it, them, that, one, some, all, everything, all of it, the lot"
_HELD = (
    "position, positions, trade, trades, shares, stock, holding, holdings, whole position, entire position, full "
    "position, whole thing, long, longs, long position, long positions, long trade, open position, bag, coins, order"
)
_MARKET = "market, in, on board, invested, into it, into the market, into the trade, into a position, into a long"
_ABOVE, _BELOW = "above, over, past, north of, higher than", "below, under, beneath, underneath, south of, lower than"
_UP = (
    "rip, blast, pierce, smash, storm, march, rise, climb, jump, pop, surge, rally, bounce, recover, advance, shoot, "
    "spike, rocket, burst, lift, gain, pick up"
)
_DOWN = (
    "fall, drop, dip, slip, sink, slide, tumble, plunge, decline, plummet, dive, crash, retreat, decrease, dump, pull, "
    "sell off, roll over, collapse, crack, fade, weaken"
)
_NEITHER = (
    "repass, recross, "
    "pass, go, move, come, get, push, run, cut, pierce, poke, punch, slice, return, head, swing, turn, flip, trade "
    "back, trade up, trade down, tick, curl, squeeze, travel, cross, push up, move up, go up, come up, head up, edge"
)
_STILL = (
    "sit, stay, hold, stand, remain, keep, trade, lie, rest, hover, find, finish, end, end up, settle, close out, "
    "show, end bar, end day, finish bar, finish day, happen to be, read, measure, live, print, stay put, be"
)
_GOING = (
    "to {1}, {2}, to slope {0}, to slope {0}wards, sloping {0}, sloping {0}wards, to point {0}, to point {0}wards, "
    "pointing {0}, pointing {0}wards, to turn {0}, to turn {0}wards, turning {0}, turning {0}wards, to go {0}, "
    "going {0}, to move {0}, moving {0}, to go {3}, going {3}, to head {0}, heading {0}"
)
COMPOSED = (
    ("act long", "buy, purchase, grab, acquire, pick up, scoop up, snap up, scoop, snag, own, accumulate",
     f", {_OURS}, shares, some shares, stock, in, back in, into it, asset, coins, long, market, units"),
    ("act long", "pick, scoop, snap, lift", "it up, some up, them up, shares up, one up"),
    ("act long", "open, enter, start, initiate, establish, take, put on, build, begin, get into, go into, "
                 "commence, create, do",
     "long, longs, a long, long position, long positions, position, new position, long trade, buy, buys, buy order, "
     "buy position, buy trade, purchase, long entry, entry, buy side, long order, purchase order, market buy"),
    ("act long", "place, send, execute, make, trigger",
     "buy order, long order, purchase order, market buy, long trade"),
    ("act long", "enter, open, start, get into, put on, execute, begin, take", "trade, trades, new trade, market"),
    ("act long", "go, get, come, jump, hop, step, dive, be, stay, move, pile, leap, climb, buy", _MARKET + ", long"),
    ("act long", "load, load up, join, ape, leg, ease", "up, in, on it, on shares, the boat"),
    ("act long", "be, get", "bought, purchased"),
    ("act sell", "be, get", "sold"),
    ("act long", "be", "buyer, buyers, owner"),
    ("act long", "get", "me in, me long, us in, us long, me into it, me into trade, me into a position"),
    ("act exit", "get, take, kick", "me out, us out, me flat"),
    ("act long", "buy, long, entry", "signal, signals, trigger, cue"),
    ("act sell", "sell", "signal, signals, trigger, cue"),
    ("act exit", "exit", "signal, signals, trigger, cue"),
    ("act exit", "head, run", "for door, for exit, for exits, for hills"),
    ("act long", "put", "money in, money to work, money into it, capital in, capital to work"),
    ("act sell", "sell, sell off, sell out, sell out of", f", {_OURS}, {_HELD}, up, out"),
    ("act sell", "close, close out, exit, leave, get out of", "long, longs, long position, long positions, long trade"),
    ("act exit", "dump, unload, offload, liquidate, ditch, flatten, exit, leave, scrap, unwind, abandon, close out, "
                 "get out of, go out of, get rid of, step out of, bail out of, bail on, come out of, let go of, "
                 "cash out of, part with, back out of, pull out of, be out of, sell out of, dispose of, square off",
     f", {_OURS}, {_HELD}, market"),
    ("act exit", "close, drop, end, finish, kill, cut, stop, terminate, lock in",
     "it, position, positions, trade, trades, whole position, everything, whole thing, open position, it all, it out, "
     "position out, trade out, deal, deals, it down, them, all of it"),
    ("act exit", "go, get, be, move, step, jump, come, pull, hop, head, switch, turn, run, rush, back, stay, bail",
     "flat, out, to cash, into cash, in cash, to sidelines, to the sidelines, aside, for exit, back to cash, out "
     "again, out of it, out of market, all cash"),
    ("act exit", "take, pull, let", "it off, money off table, it go, money out, plug"),
    ("act exit", "abort, eject, bail, punt it, flatten out, flatten up, cash it in", ", out"),
    ("act short", "open, enter, start, initiate, establish, take, put on, get into, go into, place, build",
     "short, shorts, short position, short positions, short trade, sell position, short order"),
    ("act short", "go, get, be, stay, sell, turn, flip", "short, it short, shares short"),
    ("act short", "short", "it, stock, market, shares, them, asset"),
    ("act cover", "cover, close, exit, buy back, buy to close, close out, get out of, leave, buy to cover, flatten",
     "short, shorts, short position, short positions, short trade"),
    ("act cover", "cover, buy back, buy to cover", ", it, them, position, trade, everything, shares, all"),
    ("moveup", f"{_UP}, {_NEITHER}", ", ".join(f"{way}{to}" for way in ("", "back ", "up ", "back up ", "up and ")
                                              for to in _ABOVE.split(", "))),
    ("moveup", _UP, "through, up through, back through, to above, up to above, back to above, from below, from below"),
    ("movedown", f"{_DOWN}, {_NEITHER}", ", ".join(f"{way}{to}" for way in ("", "back ", "down ", "back down ")
                                                  for to in _BELOW.split(", "))),
    ("movedown", _DOWN, "through, down through, back through, to below, back to below, down to below"),
    ("moveup", _NEITHER, "up through, up thru, back up through, up across"),
    ("movedown", _NEITHER, "down through, down thru, back down through, down across"),
    ("act exit", "put, get, take, kick, throw, bring", "me out, us out, me flat"),
    ("act long", "put, take, bring", "me in, us in, me long, us long"),
    ("act exit", "exit", "me, us"),
    ("act long", "stay, remain, be", "in, invested"),
    ("turnup", "start, begin", _GOING.format("up", "rise, to climb, to grow, to increase", "rising, climbing, growing, "
                                                        "increasing", "higher")),
    ("turndown", "start, begin", _GOING.format("down", "fall, to drop, to decline, to decrease, to shrink", "falling, "
                                                          "dropping, declining, decreasing, shrinking", "lower")),
    ("above", f"{_STILL}, up", _ABOVE),
    ("below", f"{_STILL}, down", _BELOW),
)
"""What is said, by which verbs, with which endings; an empty one leaves the verb alone."""
_BARE_FORMS = {"up", "down", "stop", "stop loss", "sl"}


_CLOSED = "close, liquidate, flatten, exit, sell, dump, shut, get out of, unwind"
_ALL = ", everything, all, all positions, it all, all trades, every position, positions, all of it, the lot, whole lot"
_FOR_GOOD = "for good, forever, permanently, completely, altogether, entirely, for ever, once and for all"
_TODAY = (
    "for day, for today, that day, until tomorrow, till tomorrow, for rest of day, until next day, till next day, "
    "rest of day, until next morning, for rest of session"
)
_STOPPED = (
    "stop, stop trading, halt, halt trading, quit, quit trading, done, i'm done, im done, we're done, i stop, i quit, "
    "finished, pause, no more trades, no more trading, no new trades, no new trading, no further trades, "
    "no further trading, no trading, no trades, no new entries, no more entries, no further entries, no entries, "
    "nothing more, call it a day, call it quits, no new positions, no more positions, trading stops, trading is over, "
    "i walk, walk away, step away, take no more trades, take no new trades, suspend trading, cease trading, it stops"
)
_STOPS = "stop trading, halt trading, quit trading, shut down, never trade again, switch off"
PRODUCTS = (
    ("untiltomorrow", _STOPPED, _TODAY),
    ("flattenday", _CLOSED, _ALL, "and, and then", "stop, stop trading, halt, quit, done, no more trades",
     _TODAY),
    ("haltforever", _CLOSED, _ALL, "and, and then", _STOPS, f", {_FOR_GOOD}"),
    ("haltforever", _CLOSED, _ALL, "and, and then", "stop, halt, quit, done", _FOR_GOOD),
    ("haltforever", "stop, stop trading, quit, quit trading, halt, halt trading, done, shut down", _FOR_GOOD),
)  # fmt: skip
"""What is said by one of each part, in this order, as it stands."""


def composed() -> Iterator[tuple[str, str]]:
    """Heads of the vocabulary with a phrase of each."""
    for head, verbs, endings in (*EXIT_COMPOSED, *COMPOSED):
        parts = [each.strip() for each in endings.split(",")]
        for verb, ending in product((each.strip() for each in verbs.split(",")), parts):
            for form in [verb] if verb in _BARE_FORMS else inflected(verb):
                yield head, f"{form} {ending}".strip()
    for head, *texts in (*PRODUCTS, *ZONES, *SETTING_PRODUCTS, *LIMIT_PRODUCTS, *RESTING_PRODUCTS, *VOICED_PRODUCTS,
                        *DESK_PRODUCTS, *EXIT_PRODUCTS):
        for said in product(*([each.strip() for each in text.split(",")] for text in texts)):
            yield head, " ".join(" ".join(said).split())
