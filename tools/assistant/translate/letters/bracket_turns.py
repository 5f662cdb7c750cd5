"""Turns of speech about brackets: settings in brackets and slashes, levels of both sides, parts of a position, what is
not wanted."""

from __future__ import annotations

import re

from .exit_turns import AMOUNT, LEVEL, N
from .rewriting import Turns


def _parts(match: re.Match[str]) -> str:
    """`Exit in three equal parts at 2 %, 4 % and 6 %`."""
    levels = re.findall(LEVEL, match["levels"], re.IGNORECASE)
    many = {"two": 2, "three": 3, "four": 4}.get(match["many"].lower()) or int(match["many"])
    if many != len(levels):
        return match[0]
    share = {2: "half", 3: "a third", 4: "a quarter"}[many]
    return f"{', '.join(f'sell {share} at {level}' for level in levels[:-1])} and the rest at {levels[-1]}"


BRACKET_TURNS: Turns = (
    (r"(?-i:\b(Stop|Take|Trailing|Trail)(Loss|Profit|Stop)\b)", r"\1 \2"),
    (r"\btrail(?:ing)?_?stop\b", "trailing stop"),
    (rf"\bplus (?=(?:an?|the|my) (?:{LEVEL} )?(?:[a-z]+ )?(?:stop|target|trail|sl|tp|take profit)\b)", ", "),
    (r"\b(stop ?loss|take ?profit|trailing stop|target|stop|sl|tp) ?\((%|percent|pct|atr|r|points|pips)\) ?[:=] "
     r"?(\d[\d.]*)",
     r"\1 \3 \2"),
    (r"(\b(?:stop|sl|stop loss|target|tp|take "
     r"profit)\b[^.;,]{0,12}?)(?:ta\.)?(lowest|highest|min|max)\((?:low|high|l|h),? ?(\d+)\)",
     lambda m: f"{m[1]}{'lowest low' if m[2].lower() in {'lowest', 'min'} else 'highest high'} of the last {m[3]} "
               f"bars"),
    (rf"(\bstop\b|\bsl\b)(?: loss)?(?: goes| sits| is|:)? (below|under|above|over) ((?:the )?(?:\d+[- ](?:bar|day) "
     rf"|lowest |highest )?"
     rf"(?:low|high)(?: of [^.,;]{{3,25}}?)?) by ({AMOUNT})", r"\1 \4 \2 \3"),
    (rf"\b(?:it|price|we|they|the market|the stock)(?:'s|'ve| has| have)? "
     rf"(?:rall(?:y|ies|ied)|climb(?:s|ed)?|jump(?:s|ed)?|"
     rf"pop(?:s|ped)?|r[ua]ns? up|bounce[sd]?|squeeze[sd]?) ({LEVEL}) (?:from|above|over) (?=(?:my |the "
     rf")?(?:entry|fill))",
     r"it rises \1 from "),
    (rf"([+-] ?{LEVEL} ?/ ?[+-] ?{LEVEL}) brackets?(?: orders?)?\b", r"\1"),
    (rf"\bunless (?:i am |i'm |it is |we are )?stopped out(?: first| before| earlier)?(?: at)? (-? ?{LEVEL})",
     r", stop \1"),
    (rf"(?<!the )\b(exit|close|sell|leave|cover)(?: it| the trade| the position)? with (?:an? )?(?=(?:{LEVEL}|\d+ "
     rf"times|twice) (?!trail|stop|"
     r"limit))", r"\1 at "),
    (r"\b(\d+) ?% of (?:the |my |our )?(?:initial )?(?:risk|stop distance)\b", lambda m: f"{int(m[1]) / 100:g}R"),
    (rf"\b(once|when|if|after|as soon as) ({LEVEL}) (?:is|are|has been|have been|were|was) "
     rf"(?:made|gained|earned|achieved|in the bag|"
     r"banked)\b", r"\1 profit reaches \2"),
    (r"\bentry ?[+-] ?(\d[\d.]*) ?[*x] ?\(? ?(?:entry(?: price)? ?- ?stop|stop ?- ?entry|risk) ?\)?", r"\1R"),
    (r"((?:highest|lowest|best|peak|top|high|low)\b[^.,;]{0,25}?) after (?:my |the "
     r")?(?:entry|purchase|fill)\b", r"\1 since entry"),
    (rf"\b(?:do not|don'?t|no|never) trail(?:ing)?(?: stop)? (?:before|until|till)(?: i am| we are| it is)? "
     rf"({LEVEL})(?: in| of)?"
     rf"(?: profit| gain| up)?[,;.] ?(?:and )?(?:after that|afterwards|then|from then|from there)(?: on)?,? (?:i "
     rf")?trail(?: it)?"
     rf"(?: by| with| at)? ({LEVEL})", r"trail \2 once it is up \1"),
    (rf"(\bstop\b[^.;]{{3,60}}?,? (?:and |then )?(?:at|after|when|once) {LEVEL},? (?:i |we "
     rf")?)(?:move|shift|raise|bring|pull) it to\b",
     r"\1move the stop to"),
    (r"\b(?:take|remove|eliminate)(?: away)? the risk (?=at|after|when|once)", ""),
    (r"\b(half|a third|a quarter|one third|one half) (?:of )?(?:the |my "
     r")(?:chips|contracts)\b",
     r"\1 the position"),
    (r"\btake profits? on (half|a third|a quarter)(?: the position| of it)? at\b", r"sell \1 at"),
    (rf"\b(?:exit|sell|close|scale out|get out|leave)(?: the position| it)? in (?P<many>two|three|four|[234])(?: "
     rf"equal)? (?:parts|thirds"
     rf"|portions|tranches|steps|pieces|halves|quarters)(?: at|:| -) (?P<levels>{LEVEL}(?:(?:,| and|, and) "
     rf"{LEVEL}){{1,3}})", _parts),
    (r"(\b(?:half|third|quarter|\d+ ?%)[^.;]{0,40}?[,;] ?(?:and )?)(?:the )?balance "
     r"(?=at|goes|out|on|when|runs|is|with|trail)",
     r"\1the rest "),
    (r"\b(?:(?:duration|length|life|lifetime) of (?:the |each |every |a )?(?:trade|position)s?|(?:trade|position) "
     r"duration)[:= ]*(?:is )?"
     rf"(?={N} (?:bar|candle|day|hour))", "max hold "),
    (r",? if (?:it is |it's |i am |i'm |the trade is |the position is )?still (?:open|in(?: the "
     r"trade)?|on|holding|there|active)"
     r"(?= ?(?:[.,;]|$))", ""),
    (r"\bno (?:open )?(?:positions?|trades?) (?:may|can|should|must|will|is|are|to)(?: be)? "
     r"?(?:kept|held|carried|left)(?: open)? "
     r"over ?night\b", "don't hold overnight"),
    (r"\b(keep|hold|maintain)(?: on to)? (?:the |my |this )?(?:position|trade|shares|stock|long)s? (?=while|as long "
     r"as|so long as|for "
     r"as long as)", "hold "),
    (rf"\b(limit orders|limits|bids),? ({LEVEL}) apart,? (?=below|under|above|over)", r"\1 \2 apart "),
    (r"\b((?:buy|sell) stop)(?: orders?)? (?=(?:the )?\d+[- ](?:bar|day) (?:high|low))", r"\1 at "),
    (r"(\bbuy stop [^/;.]{3,30}) / (?=sell stop)", r"\1 and "),
    (r"\b(stop(?: loss)?|target|take profit|trailing stop)s? (?:is |are )?(?:not|isn'?t|never) "
     r"(?:used|needed|required|set|wanted)\b",
     r"no \1"),
    (r"\bno (sl|stop(?: loss)?) ?/ ?(?:tp|targets?|take profit)\b", r"no \1, no target"),
    (r"\blimit(?: order)? to (buy|sell short|short)\b", r"limit order to \1"),
)  # fmt: skip
