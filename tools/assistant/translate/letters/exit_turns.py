"""Turns of speech about ways out, put into the words that are read elsewhere: where a stop stands and that it stays
there, trails that begin later, parts that are sold, the one of several that comes first."""

from __future__ import annotations

import re

from .rewriting import Turns

AMOUNT = (
    r"(?:an? )?(?:half an? |half |one |two |three |four |five |\d+(?:\.\d+)? ?)?(?:%|percent|per cent|atrs?|r\b|"
    r"points?|pips|dollars|bucks|ticks)"
)
_ENDS = r"(?= ?(?:[.,;:)]|$|and\b|but\b|then\b|or\b))"
_THEN = (
    r"(?: (?:at|on|when)(?: the)? (?:signal|entry|signal bar|entry bar|that (?:moment|bar|time|point)|the time|i enter|"
    r"i buy)|then)?"
)
N = r"(\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"


def _times_away(match: re.Match[str]) -> str:
    """A target twice as far away as the stop."""
    times = {"twice": "2", "half": "0.5", "": "1"}.get((match[2] or "").strip().lower())
    times = times or re.sub(r" ?(?:times|x) ?", "", match[2].strip()).strip()
    known = {"two": "2", "three": "3", "four": "4", "five": "5"}.get(times.lower(), times)
    return f"{match[1]} {known}R"


def _portions(match: re.Match[str]) -> str:
    """`3 targets 1R 2R 3R, a third each`: the last of them is of all that is left."""
    levels = re.findall(LEVEL, match["levels"], re.IGNORECASE)
    share = {"half": 2, "third": 3, "1/3": 3, "quarter": 4, "1/4": 4, "1/2": 2, "25%": 4, "50%": 2, "33%": 3}
    if share.get(match["share"].lower().removeprefix("one ").removeprefix("a ").replace(" ", "")) != len(levels):
        return match[0]
    parts = [f"sell {match['share']} at {level}" for level in levels[:-1]]
    return f"{', '.join(parts)} and the rest at {levels[-1]}"


LEVEL = r"[+]?\d[\d.]* ?(?:%|r\b|atr\b)"
_EACH = r"(?:(?:one |an? )?(?:half|third|quarter)|1/[234]|25 ?%|50 ?%|33 ?%)"
EXIT_TURNS: Turns = (
    (r"\b(take|stop|trailing|break)-(profit|loss|stop|even)\b", r"\1 \2"),
    (r"\breward ?[:/] ?risk\b", "reward to risk"), (r"\brisk ?: ?reward\b", "risk reward"), (r"\bcrv\b", "rr ratio"),
    (rf"\b(?:(?:two|three|four|[234]) )?(?:targets?|tps?|take profits?)[ :]*(?:at )?(?P<levels>{LEVEL}(?:(?:,| "
     rf"and|,? ?/) ?"
     rf"{LEVEL}| {LEVEL}){{1,3}})[ ,:;(]*(?P<share>{_EACH}) (?:each|apiece|at each|on each)\)?", _portions),
    (rf"\b({_EACH})(?: of)?(?: the| my)?(?: position| lot)? (?:with|has|gets) (?:an? )?({LEVEL}) (?:target|take "
     rf"profit|tp)"
     rf"(?:,| and|, and) (?:the other )?{_EACH}(?: of it)? (?:with|has|gets)? ?(?:an? )?({LEVEL}) (?:target|take "
     rf"profit|tp)",
     r"sell \1 at \2 and the rest at \3"),
    (r"\b(targets?|take profit|tp|profit target)(?: is| lies| sits| at| goes|:)*(?: exactly| just)? ()(?:equal "
     r"to|the same "
     r"as|as big as|as large as|same as) (?:the |my )?(?:stop(?: distance| size)?|distance (?:to|of) the "
     r"stop|(?:initial )?"
     rf"risk){_ENDS}", _times_away),
    (r"\b(low(?:est low)?|high(?:est high)?|lowest|highest)(?: price)? since (?:the last )?(\d+) (bars|candles|days)\b",
     r"\1 of the last \2 \3"),
    (r"\(? ?\b(?:fixed|static|hard),? (?:and )?not? ?(?:a )?trailing ?\)?", "fixed"),
    (rf"\b(sl|stop(?: loss)?) ?/ ?(tp|target|take profit)s?[ :=]*({LEVEL}) ?/ ?({LEVEL})", r"\1 \3, \2 \4"),
    (rf"\b(tp|target|take profit)s? ?/ ?(sl|stop(?: loss)?)[ :=]*({LEVEL}) ?/ ?({LEVEL})", r"\1 \3, \2 \4"),
    (rf"\b(?:do not|don'?t|never) let an? ({LEVEL}) (?:winner|gain|profit)[^.,;]{{0,12}}? "
     rf"(?:turn|become|go|run|slip|fall)s?"
     r"(?: back)?(?: in)?(?:to)?(?: (?:a|the))? (?:losers?|loss|losing trade|red|negative)\b",
     r"after \1 profit move the stop to breakeven"),
    (r"(\bstop\b[^.;,]{0,20} (?:to|at|up to)) (?:my |our )?(?:cost|avg(?: price)?|average price)\b", r"\1 entry"),
    (rf"\b(sell|take(?: off)?|close|exit|trim) ({_EACH})(?: of (?:it|the position))? at (?:each(?: of)?:? "
     rf")?(?P<levels>{LEVEL}"
     rf"(?:, {LEVEL}){{1,2}}),? and (?=the |another |whatever )(?!.{{0,12}}{LEVEL}.{{0,3}}\Z$)",
     lambda m: ", ".join(f"{m[1]} {m[2]} at {each}" for each in re.findall(LEVEL, m["levels"], re.I)) + " and "),
    (r"\bafter (?:the )?(\d+)(?:st|nd|rd|th) (bar|candle)\b(?! of)", r"after \1 \2s"),
    (r"\b(?:and )?if (?:neither|none)(?: of (?:them|those|these|the two|both|that))?(?: is| was| has been| "
     r"gets| got| were"
     r"| has)? ?(?:hit|reached|touched|filled|triggered|done)(?: yet)? (?:within|after|in|by) "
     r"(?:the (?:first|"
     rf"next) )?{N} (bars|days|candles|hours|minutes|weeks),? (?:then )?(?:i )?(?:close|exit|sell|get "
     rf"out|leave|cover|flatten)"
     r"(?: it| out| the (?:trade|position))?(?: at (?:the )?market)?", r"exit after \1 \2"),
    (r"\b(?:exit|close|sell|get out|leave|out)(?: it)? (?:if|when|on) (?:any|either|one)(?: one)?(?: of)?(?: the| "
     r"these)?(?: "
     r"following| conditions| below)?(?: is true| holds| happens| occurs| is met)? ?:", "exit on whichever comes "
                                                                                        "first:"),
    (rf"({LEVEL}) (above|below|under|over|beneath) (?:the )?(?:current )?market(?: price)?\b", r"\1 \2 the close"),
    (r"\b(?:stop(?: entry)? orders?|stop entries|stops|entry stops)(?: placed| resting)? "
     r"(?:at|on|beyond|outside|above and below"
     r"|around) the (\d+[- ](?:bar|day|candle)) high and (?:the )?(?:\1 )?low\b",
     r"buy stop at the \1 high and sell short stop at the \1 low"),
    (r"\b(?:straddle|bracket)(?: the (?:market|range|price))?(?: with| by| using)? (?=buy stop at )", "place "),
    (rf"({LEVEL}) apart,? (?:and )?(?:starting|beginning|the first(?: one)?)(?: at| from)? \1 "
     rf"(?=below|above|under|over)",
     r"\1 apart "),
    (r"\b(?:at|on|above|below|over|under|through) (?:the |a )?(?:break(?: ?out)? (?:of|above|below|over|under) "
     r")?(the [^.,;]{3,40}?"
     r") (?:with|by|using|via|on) an? (?:(?:(?:buy|sell) )?stop(?: entry)? order|(?:buy|sell) stop|stop entry)\b(?! "
     r"(?:of|at|\d))",
     r"with a stop order at \1"),
    (r"\b(sl|stop(?: loss)?|tp|targets?|take profit|trail(?:ing)?(?: stop)?|time stop|profit target) ?[:=]? "
     r"?(?:none|n/a|n\.a\.|nil|no"
     r"|nothing|-)(?= ?(?:[.,;)]|$|and\b))", r"no \1"),
    (rf"\bretrac(?:es?|ed|ing) (?:by )?({LEVEL}) (?=from|off|of)", r"falls \1 "),
    (r"\b(?:on|at|with) (?:the )?next (?:bar'?s? |candle'?s? |day'?s? )?open(?:ing)? (?:after|once|when|if|following) "
     r"(?=\w+ ?(?:\(| ?\d|is\b|crosses|goes|[<>]))", "when "),
    (r"\b(?:stay|remain|stick|hang|sit)(?: with it| in it| in there| in| long| on board| on| tight)(?: the "
     r"(?:trade|position))? (?:until|till) ",
     "exit when "),
    (rf"(\bstop\b[^.;]{{0,30}}?)\bwhere (the [^.,;]{{3,30}}? )(?:is|stands|was|lies)(?: right)?{_THEN}{_ENDS}",
     r"\1at \2"),
    (rf"(\bstop\b[^.;]{{0,60}}?) as it (?:stands|is|was|stood){_THEN}{_ENDS}", r"\1"),
    (r"(\bstop\b[^.;]{0,70}?),? ?(?:and )?(?:it (?:is )?|is )?(?:stays? there|fixed from (?:then|there)(?: on)?|"
     r"remains? there|"
     r"then fixed|does not move|never moves)\b", r"\1"),
    (r"(\bstop\b[^.;]{0,90}?),? ?(?:and )?(?:i|we) (?:do not|don'?t|never|won'?t|will not) (?:move|touch|change|"
     r"trail|adjust)"
     rf" (?:it|the stop)(?: again| any ?more| after that| later)?{_ENDS}", r"\1"),
    (rf"(\bstop\b[^.;]{{0,25}}?)((?:the )?\d+ (?:bar|day) (?:low|high)|(?:the )?(?:low|high) of [^,.;]{{3,30}}?),? "
     rf"and (?:then )?"
     rf"(?:put|set|place|move) it ({AMOUNT}) (lower|below|under|higher|above)(?: that| it)?{_ENDS}",
     lambda m: f"{m[1]}{m[3]} {'below' if m[4].lower() in {'lower', 'below', 'under'} else 'above'} {m[2]}"),
    (r"\b(targets?|take profit|tp|profit target)(?: is| lies| sits| at| goes|:)*(?: exactly| just)? ((?:twice|half|"
     r"\d+(?:\.\d+)? ?"
     r"(?:times|x)|(?:two|three|four|five) times) )?as far (?:away )?(?:from (?:the |my )?(?:entry|fill) )?as (?:the "
     r"|my )?stop"
     rf"(?: is| lies)?(?: away)?(?: from (?:the |my )?entry)?{_ENDS}", _times_away),
    (r"\b(targets?|take profit|tp|profit target)(?: is| lies| sits| at| goes|:)*() (?:at )?(?:the )?same distance(?: "
     r"away)? as (?:the "
     rf"|my )?stop(?: is)?{_ENDS}", _times_away),
    (r"\b((?:\w+|\d+(?:\.\d+)?) (?:dollars|bucks|points|cents)|\$\d+(?:\.\d+)?)(?: (?:a|per) share)? (?:ahead|to the "
     r"good|in front|in "
     r"the money)\b", r"\1 in profit"),
    (r"\b((?:\w+|\d+(?:\.\d+)?) (?:dollars|bucks|points|cents)|\$\d+(?:\.\d+)?)(?: (?:a|per) share)? (?:behind|in "
     r"the hole|under ?water)"
     rf"{_ENDS}", r"\1 in loss"),
    (r"\bsince (?:i'?m|i am|we are|i got|i went|i have been|i'?ve been|we went|we got) in\b", "since entry"),
    (r"\btrails (?:the )?(?:price|market|high) (?:by|at|with) the same (?:distance|amount|gap)(?:,? so (?:that is |"
     r"that's |by )?(?:1|one) ?"
     r"R(?: behind[^.,;]*)?)?", "has a trail of 1R"),
    (r"\btrail(?:ing)?[ _]activation ?[:=]? ?(\d[\d.]* ?%?)[\s,;.|]+trail(?:ing)?[ _](?:distance|offset|stop|step|"
     r"callback) ?[:=]? ?"
     r"(\d[\d.]* ?%?)", r"trail \2 once it is up \1"),
    (rf"\bno trail(?:ing)?(?: stop)? (?:until|before) (?:it|price|the (?:trade|price|position)) (?:has |is )?(?:ran|"
     rf"run|moved|gone|made|"
     rf"up|gained|went)(?: up)? ({AMOUNT})(?: (?:from|above) (?:the |my )?entry| in my favou?r| in profit)? ?[,;.] "
     rf"?(?:and )?(?:from "
     rf"(?:there|then)(?: on)?|then|after that),? (?:i )?trail(?: it)?(?: by| with| at)? ({AMOUNT})",
     r"trail \2 once it is up \1"),
    (r"\b(?:hang|hung|peg|pin|hook) the stop\b", "put the stop"),
    (r",? like (?:an? |the )?(?:chandelier|lamp)(?: (?:hangs )?from (?:an? |the )?ceiling)?", ""),
    (r"\b(?:pull|bring|drag|take|slide|lower|drop|tighten) the stop (?:down |up |over |in )?to (?:the |my )?(entry|"
     r"break ?-?even)"
     r"(?: price)?\b", r"move the stop to \1"),
    (r"\b(?:another|a further|a second|a third|and) (\d[\d.]*) ?% of the (?:original|initial|first|whole|full|"
     r"starting)(?: size| "
     r"position| amount)?\b", r"\1%"),
    (rf"\btime stop ?[:,]? (?:if|when) neither ([^.;]{{3,40}}?) nor ([^.;]{{3,40}}?) (?:was|is|has been|got|gets|"
     rf"were) (?:hit|reached|"
     rf"touched|filled)(?: yet)? (?:after|in|within) {N} (bars|days|hours|candles),? (?:close|exit|sell|get out|"
     rf"leave)(?: it| out|)",
     r"\1, \2, exit after \3 \4"),
    (r"\bfrom the (\d+)(?:st|nd|rd|th) (bar|day|candle) (?:of the trade |in the trade |after (?:the )?entry )"
     r"?on(?:wards?)?,? "
     r"(?:i |we )?(get out|sell|exit|leave|cover|close)(?: it)? (?:when(?:ever)?|if|once|as soon as) ",
     r"\3 when position age is at least \1 and "),
    (r"\bthe (?:short|long|trade|position) is (losing|winning)(?: money)?\b", lambda m: f"i am at a "
     f"{'loss' if m[1] == 'losing' else 'profit'}"),
    (r"\bit(?: is|'s) losing(?: money)?\b", "i am at a loss"),
    (r"\b(?:keep|leave|have|rest|place|put) (?:an? |my |the )?(?:sell |exit )?limit(?: sell)?(?: order)? (?:resting |"
     r"working )?at "
     r"(the [^.,;]{5,40}?),? ?(?:and )?(?:moved?|updated|adjusted|placed anew|renewed|trailing|refreshed|repriced|"
     r"following)(?: along)?"
     r"(?: with (?:the )?(?:band|line|average|it))?(?: (?:every|each) (?:bar|day|candle))?", r"exit with a limit at "
     r"\1"),
    (r"\ban? limit(?: order)? to (cover|sell|exit)(?: it)? (?:always )?(?:rests?|sits|stands|works|waits) at (the "
     r"[^.,;]{5,40}?),? ?(?:and "
     r"(?:is )?)?(?:moved?|updated|adjusted|placed anew|renewed|refreshed|repriced)(?: (?:every|each) (?:bar|day|"
     r"candle))?",
     r"\1 with a limit at \2"),
    (r"\bthe rest (?:stays|runs|rides|remains|is kept|is held|i keep|keeps going)(?: on| in| open| running)? "
     r"(?:until|till) ",
     "sell the rest when "),
    (r"\btp ?\d ?[:=]? ?(\d[\d.]* ?R|\d[\d.]* ?%|\d[\d.]* ?atr) ?[:,(]? ?(?:close |sell |exit |take )?(\d+) ?%\)?",
     r"sell \2% at \1"),
    (r"\btp ?\d ?[:=]? ?(\d[\d.]* ?R|\d[\d.]* ?%|\d[\d.]* ?atr) ?[:,(]? ?(?:with |for )?(?:the )?(?:remaining|rest|"
     r"last|final)(?: (?:of "
     r"the )?\d+ ?%| of it| part| position)?\)?", r"target \1"),
    (r"\b(?:sell|close|exit|dump) (?:what i have|what i hold|my longs?|the long(?: position)?|everything|"
     r"it) and (?:flip|reverse|"
     r"turn|switch)(?: over)?(?: to)?(?: being)? short(?: (?:with|on) (?:the )?same (?:signal|bar))?", "flip short"),
    (r"(\bflip short\b[^.;]{0,40}?),? and (?:the )?(?:other way (?:a)?round|vice versa|in reverse)(?: again| too| as "
     r"well)?", r"\1"),
)  # fmt: skip
