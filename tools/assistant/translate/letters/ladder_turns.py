"""Turns of speech about parts, ladders and moves of the stop that name each other: `stop to entry after the first
target`, `five limits from 1 % to 5 % below`, `a quarter each at 2 %, 4 % and 6 %`."""

from __future__ import annotations

import re

from .exit_turns import LEVEL, N
from .rewriting import Turns

_SHARE = r"(?:half|(?:an?|one) (?:half|third|quarter)|1/[234]|\d+ ?%)"
_OFF = r"(?:sell|take(?: off)?|close|exit|trim|cover|bank)"
_EVEN = (
    r"(?:the )?(?:stop(?: loss)?|sl)(?: is| goes| moves| moved| gets moved| comes)?(?: up| down)? ?(?:to|at) "
    r"(?:my |the )?(?:entry(?: price)?|break ?-?even|be)\b"
)
_FIRST = (
    r"(?:(?:the |my )?(?:first|1st) (?:target|tp|half|partial|part|take profit|third|scale ?out)|tp ?1|target "
    r"?1|t1)"
)
_REACHED = r"(?: is| was| has been| gets)?(?: hit| reached| off| sold| filled| taken| done| closed| out| fills| hits)?"


def _after_first(match: re.Match[str]) -> str:
    """`Stop to entry after the first target`: the first level at which a part leaves."""
    told = match.string[: match.start()]
    first = re.search(rf"{_SHARE}[^.;]{{0,30}}?\bat ({LEVEL})|\b(?:tp|target|t) ?1[ :=]*(?:at )?({LEVEL})|"
                      rf"\bfirst (?:target|tp)[ :=]*(?:at |is )?({LEVEL})", told, re.IGNORECASE)  # fmt: skip
    level = next((each for each in first.groups() if each), "") if first else ""
    return f"at {level} move the stop to breakeven" if level else match[0]


def _each(match: re.Match[str]) -> str:
    levels = re.findall(LEVEL, match["levels"], re.IGNORECASE)
    return ", ".join(f"{match['verb']} {match['share']} at {level}" for level in levels)


def _spread(match: re.Match[str]) -> str:
    """`5 limit buys from 1 % to 5 % below`: each of them."""
    many, low, high = int(match["many"]), float(match["low"]), float(match["high"])
    step = (high - low) / (many - 1) if many > 1 else 0
    if step <= 0 or abs(step - low) > 1e-9:
        return match[0]
    return f"{many} buy limits at {', '.join(f'{low + step * each:g}%' for each in range(many))} "


LADDER_TURNS: Turns = (
    (rf"\b{_EVEN} (?:after|once|when|at|as soon as) {_FIRST}{_REACHED}", _after_first),
    (rf"\b(?:after|once|when|at|as soon as) {_FIRST}{_REACHED},? (?:i |we )?(?:move |put |bring |pull |raise "
     rf")?{_EVEN}", _after_first),
    (rf"\b(?P<verb>{_OFF}) (?P<share>{_SHARE}) (?:each|apiece|respectively) at (?P<levels>{LEVEL}(?:(?:,| and|, and) "
     rf"{LEVEL}){{1,3}})"
     r"(?=,? (?:and )?(?:the )?(?:last|rest|remain|final|other))", _each),
    (rf"\b(?:target|tp|t) ?1 ?[:=]+ ?({LEVEL})(?: for| on|,)? ?\(?({_SHARE})(?: of (?:it|the position))?\)?,? (?:and "
     rf")?(?:target|tp|t) ?2 "
     rf"?[:=]+ ?({LEVEL})(?!,? ?(?:target|tp|t) ?3)", r"sell \2 at \1, the rest at \3"),
    (rf"\bat (?:plus |\+ ?)?({LEVEL})(?: profit| gain)?,? (?:i |we )?{_OFF} (?:the )?(?:other|remaining|last) "
     rf"(?:half|\d+ ?%|third|quarter)",
     r"sell the rest at +\1"),
    (rf"\bat (?:plus |\+ ?)?({LEVEL})(?: profit| gain)?,? (?:i |we )?(?:close|take off|exit|trim) (\d+ ?%|half)(?! "
     rf"(?:above|below|under|over))",
     r"sell \2 at +\1"),
    (rf",? (?:and )?(?:the )?(?:last |final |other )?{_SHARE} (?:trails?|is trailed|trailing|on a trail)(?: by| "
     rf"with| at| of)? (?=(?:an? )?{LEVEL})",
     ", trail the rest by "),
    (rf"\blet (?:it|the rest|them|the remainder|the other half)(?: run| ride| go) (?:up )?(?:to|until|till) (\+? "
     rf"?{LEVEL})", r"target \1"),
    (rf"\bstop(?: loss)? of ({LEVEL}) is (?:replaced|swapped|exchanged) (?:by|with|for) (?:an? )?trailing stop "
     rf"of", r"stop of \1, a trailing "
     r"stop of"),
    (r"\bmove(?: it| sl)? to (?-i:BE|be|breakeven|break-even|break even|Breakeven)\b", "move the stop to breakeven"),
    (rf"(?<!lowest )(?<!highest )(?<!open )\b(low|high) of the (?:last|past|previous|prior) (?={N} "
     rf"(?:days|weeks|sessions)\b)",
     lambda m: f"{'lowest' if m[1].lower() == 'low' else 'highest'} {m[1]} of the last "),
    (r"\b(?:on|at) the close of (?:the |a |any )?(?:first )?(?:day|bar|candle|session) (?:with|when|where|on "
     r"which|that has) ",
     "on the close when "),
    (r"\b(?:on|at|by|upon) (?:either|any|one)(?: one)? of(?: these| the following| them)? ?:",
     "on whichever comes first:"),
    (rf"(?<!also a )(?<!also )\blimit(?: order| buy)? ((?:one|two|three|half an?) percent|{LEVEL}) "
     rf"(?:lower|cheaper|underneath|down)\b(?! "
     rf"than)",
     r"limit order \1 below the close"),
    (r"(\b(?:buy stop|sell stop|limit|order|bid)\b[^.;]{0,60}?), (?:keep|leave|hold|work) (?:it|them|the order)(?: "
     r"in| working| alive| open)?"
     rf"(?: for)? (?={N} (?:bar|candle))", r"\1, valid for "),
    (r"\A(?:breakout|pullback|dip|momentum|reversal) (?:order|entry|system|strategy|setup|trade) ?: ?", ""),
    (rf"\bbuy stop ({LEVEL}) above and (?:a )?sell stop ({LEVEL}) below (?:the )?(?:close|price|market)",
     r"buy stop \1 above the close and sell stop \2 below the close"),
    (r"\b(?P<many>[2-9]|10) (?:limit buys|buy limits|limit orders|limits|bids) (?:from|between) (?P<low>\d[\d.]*) "
     r"?%? (?:to|and) "
     r"(?P<high>\d[\d.]*) ?% (?=below|under)", _spread),
    (rf"\bat the open (?={N} (?:bars|days) (?:later|after))", ""),
    (r"\b(?:exit|sell|get out|leave|out)(?: on| at| with)? (?:the )?first (?:profitable|winning) close\b|\b(?:the "
     r")?first (?:profitable|"
     r"winning) close is (?:the|my) exit\b", "sell when i am in profit"),
    (r"((?:\A|[.;,]|\band|\bthen) ?)close (?=(?:at|on) (?:the |a )?(?:first|next|opposite|any) )", r"\1exit "),
    (r"\b(i|we) get in\b", r"\1 buy"),
    (r"\b(?:tops|clears) (?=\d)", "crosses above "),
    (r"\bfor (?:an? )?(?:absolute )?(max|min)(?:imum)? of (?=\w+ (?:bar|candle|day|hour|week|minute)s?\b)",
     lambda m: f"for at {'most' if m[1].lower() == 'max' else 'least'} "),
    (r"\b(?:the |my )?(?:only|sole) (?:way out|exit)(?: rule)? (?:is|will be)(?: when| if)? (?!no\b|none\b)",
     "exit when "),
    (r"\bno (sl|stop(?: loss)?) or (?:an? )?(?:tp|targets?|take profit)\b", r"no \1, no target"),
)  # fmt: skip
