"""More turns of speech about ways out: loose words around a distance, moves of the stop in the passive, positions that
have had their time, lists of which one is enough."""

from __future__ import annotations

import re

from .exit_turns import _ENDS, LEVEL, N
from .rewriting import Turns

_LEAVE = (
    r"(?:close|exit|sell|get out|leave|cover|flatten|i'?m out|i am out|out|dump)(?: of)?"
    r"(?: it| out| the (?:trade|position))?"
)
_STANDS = (
    r"(?P<not>(?:is|am|are|has|have)(?: still)?(?: not|n'?t)|'?[ms] not|isnt|not)?(?: yet)? ?(?:is |am |are )?(?:still "
    r")?(?:in |at |"
    r"showing |on )?(?:an? |the "
    r")?(?P<how>profit|profitable|winning|winner|green|money|black|loss|losing|loser|red|under ?water)"
    r"(?: yet| by then)?"
)
_IT = r"(?:it|the (?:trade|position)|i|we|price|this)"
_LOSES = {"loss", "losing", "loser", "red", "underwater", "under water"}


def _aged(match: re.Match[str]) -> str:
    """`If after 10 bars it isn't in profit, close it`: an age and where the position stands."""
    stands = "at a loss" if match["how"].lower() in _LOSES else "in profit"
    return f"exit when position age is at least {match['many']} and {'not' if match['not'] else 'i am'} {stands}"


def _minutes_before(match: re.Match[str]) -> str:
    """`Five minutes before 16:00`: the time of day that it is."""
    many = {"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "half an hour": 30, "an hour": 60}
    minutes = many.get(match["many"].lower()) or int(match["many"])
    total = int(match["hour"]) * 60 + int(match["minute"]) - minutes
    return f"{match['led']}at {total // 60:02d}:{total % 60:02d}" if total > 0 else match[0]


LEAVING_TURNS: Turns = (
    (r"\br ?[/:] ?r\b(?! ?\d ?[:/])", "rr ratio"), (r"\br ?[/:] ?r\b", "rr ratio"),
    (r"\b(?:chance|reward) ?(?:/|to|:|-| ) ?risk(?: ratio)?\b", "rr ratio"),
    (rf"\brisk(?:ing)? ({LEVEL}) (below|under|above|over) (?:the |my )?(?:entry|fill)(?: price)?", r"stop \1 \2 entry"),
    (r"(?<![\d.])(0?\.\d+|1\.\d+) ?(?:x|times|\*) (?:the |my )?(?:entry|fill|purchase)(?: price)?\b",
     r"entry price * \1"),
    (rf"({LEVEL}) move in (?:my|our|the right) (?:direction|favou?r)\b", r"\1 gain"),
    (r"(\b(?:limit|bid|buy stop|sell stop|stop order|stop entry|order)\b[^.;]{0,60}),? (?:and "
     r")?(?:pull|withdraw|remove|delete|kill) "
     rf"(?:it|them|the order|the limit|the bid)(?: again)? (?:after|in) (?={N} (?:bar|candle|hour|minute))",
     r"\1, cancel after "),
    (r"(\b(?:stop|target|take profit)\b[^.;,]{0,30}?\b(lowest|highest)) price(?= (?:of|in|over|during|from)\b)",
     lambda m: f"{m[1]} {'low' if m[2].lower() == 'lowest' else 'high'}"),
    (r"\b(min|max)(?:imum)? (low|high)s?(?: of| over| in)?(?: the)? (?=last|past|previous|\d)",
     lambda m: f"{'lowest low' if m[1].lower() == 'min' else 'highest high'} of the "),
    (rf"\b((?:stop(?: loss)?|target|trail(?:ing stop)?)(?: is| are| will be)?)(?: an?)?(?: pretty| very| rather| "
     rf"quite| fairly|"
     rf" relatively)* ?(?:wide|tight|far|big|small|generous|modest|loose|close)(?: one)? ?[,:;(-]+ ?(?:of |at |about "
     rf")?(?={LEVEL})",
     r"\1 "),
    (r"\b(?:winners?|profits?|gains?) (?:are|is|get|gets|will be) "
     r"(?:taken|booked|banked|reali[sz]ed|cashed|pocketed)(?: in)? "
     r"(?:at|with|after|from)", "take profit at"),
    (r"(\bstop\b[^.;,]{0,20}?) (below|under|beneath) (?:the |that "
     r")?((?:signal|entry|trigger|setup|breakout|previous|prior|last) )?"
     rf"(bar|candle){_ENDS}", lambda m: f"{m[1]} below the low of the {m[3] or ''}{m[4]}"),
    (r"(\bstop\b[^.;,]{0,20}?) (above|over) (?:the |that "
     r")?((?:signal|entry|trigger|setup|breakout|previous|prior|last) )?"
     rf"(bar|candle){_ENDS}", lambda m: f"{m[1]} above the high of the {m[3] or ''}{m[4]}"),
    (r"\b(?:replace|swap|exchange|switch) (?:the |my |this )?(?:initial |hard |fixed )?stop(?: loss)? "
     r"(?:by|with|for|to|into) "
     r"(?:an? )?(?=[^.,;]{0,12}trail)", "start a "),
    (rf"\btrail(?:ing)?(?: stop)? (?:starts|begins|kicks in|activates|is activated|is active|from)(?: at| after| "
     rf"from| once)? "
     rf"({LEVEL}),? (?:with|at|by) (?:an? )?(?:distance of )?({LEVEL})(?: (?:distance|behind|trail|gap))?",
     r"trail \2 once it is up \1"),
    (r"\bratchet(?:s|ed|ing)? (?:the |my )?stop(?: up| down)?(?: to| at)?\b", "trail the stop"),
    (rf"\bbreak ?-?even (?:trigger|activation|level|offset|start)s?[ :=]*(?:at |of )?({LEVEL})", r"break even at \1"),
    (r"\b(half|a third|one third|a quarter|one quarter|two thirds)(?: of)?(?: the| my) (?:position|lot|trade|shares) "
     r"(?:is|gets|are|"
     r"will be) (?:closed|sold|taken off|exited|cashed|liquidated|covered)\b", r"sell \1"),
    (r"\b(?:the )?(?:rest|remainder|runner|(?:other|remaining|second|last) (?:half|part|third|quarter)) "
     r"(?:is|gets|being|should be|"
     r"will be|then) (?:being )?trail(?:ed|s)\b", "trail the rest"),
    (rf"(?:50 ?/ ?50|half (?:and|/) half|(?:in )?two halves)[ ,:;-]*(?:the )?(?:first |1st )?(?:target|tp ?1?|take "
     rf"profit|half)? ?"
     rf"(?:at |[:=] ?)?({LEVEL})[,;]? (?:and )?(?:(?:the )?(?:second|2nd|other) )?(?:target|tp ?2?|take "
     rf"profit|half|one)? ?(?:at |"
     rf"[:=] ?)?({LEVEL})", r"sell half at \1, the rest at \2"),
    (r"\b(?:the )?stop (?:for|of|on) (?:the )?(?:rest|remainder|runner|(?:other|remaining|second) half) (?:goes "
     r"|moves |moved |is )?"
     r"(?:at|to) (?:the |my )?(entry|break ?-?even)", r"stop to \1"),
    (rf"\b(?:each |every |the )?(?:position|trade)s? (?:is|are|gets|will be) (?:held|kept|open)(?: for)?(?: exactly)? "
     rf"(?={N} (?:bar|candle|day|hour|week|minute))", "hold "),
    (r"\bno (?:trade|position) (?:lives|lasts|stays open|runs|is open|is held|is kept|may last|is ever held|stays "
     r"on)(?: for)? "
     r"(?:longer|more) than", "max hold "),
    (r"(?P<led>\b(?:closed?|flat|sold|sell|exit|flatten(?:ed)?|out|liquidated?|square[d]? off)\b[^.,;]{0,20}? "
     r")(?P<many>\d{1,2}|five|"
     r"ten|fifteen|twenty|thirty|half an hour|an hour)(?: ?min(?:ute)?s?)? (?:before|ahead of|prior to) (?:the "
     r")?(?P<hour>\d{1,2}):"
     r"(?P<minute>\d\d)(?: close| bell)?", _minutes_before),
    (rf"\b(?:if|when) (?:after|at|by) (?P<many>{N}) (?:bars|candles) {_IT} ?{_STANDS},? (?:then )?(?:i "
     rf")?{_LEAVE}", _aged),
    (rf"\b(?:if|when) {_IT} ?{_STANDS} (?:after|within|by|at) (?P<many>{N}) (?:bars|candles),? (?:then )?(?:i "
     rf")?{_LEAVE}", _aged),
    (rf"\b{_LEAVE} (?:after|at) (?P<many>{N}) (?:bars|candles) (?:if|when) (?:{_IT} )?{_STANDS}", _aged),
    (rf"\b(exit|close|sell|get out|leave|cover)(?: it| out| the (?:trade|position))? after ({N}) (?:bars|candles) "
     rf"(?:if|when|provided|but "
     r"only if|only if) ", r"\1 when position age is at least \2 and "),
    (r"\bexits?(?: rules?| conditions?| signals?| triggers?)? ?\(?(?:any|either)(?: one)?(?: of (?:them|these|the "
     r"following))?"
     r"(?: is enough| suffices| will do| counts)?\)? ?:", "exit on whichever comes first:"),
    (r"\b(?:the|whichever|any) (?:one |order |side |leg )?(?:that is |that's |which is )?(?:not |un)-?filled(?: one| "
     r"order)? (?:is|gets|"
     r"will be) (?:cancell?ed|deleted|removed|pulled|withdrawn)\b", "one cancels the other"),
    (r"\bstop[- ]limit(?: order)?(?: to)? (buy|long|purchase)\b|\b(?:buy|long) (?:with |by |using )(?:an? )?stop[- "
     r"]limit(?: order)?\b",
     "buy stop limit"),
    (r"\b(exit|sell|close|get out|leave|out)(?: it)? (?:if|when|once|as soon as|on) (?:any|either|one)(?: one)? of "
     r"(?:these|those|them|"
     r"the following)(?: things| events| conditions)?(?: happens| occurs| is true| holds| is met)? ?:",
     r"\1 on whichever comes first:"),
    (rf"\boffer (?:it |them |stock |shares )?(?:out )?short (?={LEVEL} (?:above|over))", "sell short with a limit "),
    (r"\b(?:nor|neither)(?: an?)? (stop(?: loss)?|target|take profit|trail(?:ing stop)?)(?:,? nor| or)(?: an?)? "
     r"(stop(?: loss)?|target|"
     r"take profit|trail(?:ing stop)?|time (?:stop|exit))\b", r"no \1, no \2"),
    (r"\b(?:you |i |it |we )?(?:may|can|could|is allowed to|are allowed to) re-?enter(?: the (?:market|trade))?(?: "
     r"right away| "
     r"immediately| at once| straight away| again| any ?time| on the next signal)*", ""),
)  # fmt: skip
