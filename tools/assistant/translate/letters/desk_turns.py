"""Turns of speech of desks, dictation and other tongues, put into the words that are read: `%3`, `17h30`, `comma`,
`one should buy`, `price stands on the MA60`, `nukes 8 %`, `loss cut`, `hi`, `the 50d`.
"""

from __future__ import annotations

import re

from .rewriting import Turns

_NUM = r"\d+(?:\.\d+)?"
_N = r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred)"
_LINE = r"(?:ema|sma|wma|ma|vwap|average|band|line|zero|signal|\d)"
_OVER = r"(over|above|past|through|beyond)"
_UNDER = r"(under|below|beneath|underneath)"
_SENTENCE = r"(?:\A|(?<=[.!?;\n]))\s*"
_AGAIN = (
    r"(?:in a row|in succession|continuously|consecutively|running|straight|on the trot|one after (?:the "
    r")?other|behind each other|on end)"
)
_CLOSED = {"closes": "close", "closing prices": "close", "highs": "high", "lows": "low", "opens": "open"}


def _extreme(found: re.Match[str]) -> str:
    """The maximum of the 55 closes before."""
    before = found.string[: found.start()]
    if re.search(r"\b(?:is|was|at|volume|rsi|range|atr|macd|adx|of)\s+(?:(?:the|its|an?) )?$", before, re.IGNORECASE):
        return found[0]  # `the volume is the maximum of …`: of what is named
    top = found[1].lower().startswith(("max", "top", "peak", "highest"))
    what = _CLOSED.get(found[5].lower(), "high" if top else "low")
    unit = "bars" if found[5].lower() in _CLOSED else found[5]
    prior = re.search(r"previous|preceding|prior", found[2] or found[4] or "", re.IGNORECASE)
    return f"the {'highest' if top else 'lowest'} {what} of the {'previous' if prior else 'last'} {found[3]} {unit}"


def _run(found: re.Match[str]) -> str:
    """Three falling closes in succession."""
    up = found[2].lower() in {"rising", "ascending", "growing", "increasing", "climbing"}
    if found[3].lower() in {"days", "sessions"}:
        return f"{found[1]} {'up' if up else 'down'} {found[3]}"
    return f"{found[1]} {'higher' if up else 'lower'} {found[3]}"


def _went(found: re.Match[str]) -> str:
    if found[1].lower() in {"falling", "rising"}:
        return f"{found[1]} {found[2]} {found[3]} in a row"
    up = re.match(r"ris|rose|ascend|climb|gain|grow|grew|go(?:es)? up|went up|going up|advanc", found[1], re.IGNORECASE)
    return f"{'rises' if up else 'falls'} {found[2]} {found[3]} in a row"


def _clock(found: re.Match[str]) -> str:
    return f"{found[1]} {int(found[2])}:{found[3] or '00'}".strip()


def _at_rsi(found: re.Match[str]) -> str:
    """`Sell at RSI 60`: what is reached from below by who bought low, and from above by who sold high."""
    verb, level = found[1].lower(), float(found[3])
    shorts = re.search(r"\bshort|\bcover", found.string, re.IGNORECASE)
    if verb in {"buy", "long", "buying", "purchase"} and level < 50 and not (shorts and verb == "buying"):
        return f"{found[1]} when {found[2]} is {found[3]} or lower"
    if verb in {"sell", "exit", "close", "out", "sell it", "close it"} and level >= 50 and not shorts:
        return f"{found[1]} when {found[2]} is {found[3]} or higher"
    if verb == "short" and level > 50:
        return f"{found[1]} when {found[2]} is {found[3]} or higher"
    return f"{found[1]} when {found[2]} is {found[3]} or lower" if verb == "cover" and level <= 50 else found[0]


def _macd_crosses(found: re.Match[str]) -> str:
    """`MACD golden cross buy, dead cross sell`: of the MACD with its signal line."""
    golden = r"\b(macd)(?:'s)? (?:makes? |forms? |has |shows |gives )?(?:an? )?(?:golden|gold) cross\b"
    if not re.search(golden, found[0], re.IGNORECASE):
        return found[0]
    made = re.sub(golden, r"\1 crosses up", found[0], flags=re.IGNORECASE)
    return re.sub(r"\b(?:macd )?(?:dead|death) cross\b", "macd crosses down", made, flags=re.IGNORECASE)


def _counted(found: re.Match[str]) -> str:
    """`Number one …, number two …`: the numbers of a list, where there are two of them."""
    told = re.findall(r"\b(?:number|rule|step|point)s? (?:one|two|1|2)\b", found.string, re.IGNORECASE)
    return " . " if len(told) > 1 else found[0]


def _dictated(found: re.Match[str]) -> str:
    return {"comma": ",", "colon": ":", "semicolon": ";", "full stop": ".", "open bracket": " (", "close bracket": ")",
            "new line": ".", "new paragraph": "."}[found[1].lower()]  # fmt: skip


DESK_TURNS: Turns = (
    (r"\s\b(comma|semicolon|full stop|open bracket|close bracket|new line|new paragraph)\b(?! (?:loss|order|at|of|"
     r"price))",
     _dictated),
    (r"\b(?:number|rule|step|point) (?:one|two|three|four|five|six)\b(?! [a-z]+ (?:days|bars|candles))[.:,)]?",
     _counted),
    (r"(?:\A|(?<=[\s.!?;]))P\d ?:", " . "),
    (r"\bQ ?: ?when (?:do|should|would|will) (?:we|i|you|it) (buy|sell|short|exit|cover|enter)\? ?A ?:", r"\1 "),
    (r"\bQ ?: ?(stop|stop loss|target|take profit|size|trail)\? ?A ?:", r"\1 "),
    (r"()\b([01]\d|2[0-3])([0-5]\d) ?hrs?\b", _clock),
    (r"\b([01]\d|2[0-3])([0-5]\d)(?= (?:to|till|until|and|-) (?:[01]?\d|2[0-3]):[0-5]\d)", r"\1:\2"),
    (r"\b((?:trades?|entries|trading) after|(?:flat|out) (?:at|by)) ([01]\d|2[0-3])([0-5]\d)\b", _clock),
    (r"\b(prior|prev|previous|bar|day|yest|yesterday'?s?|last|new|week|today'?s?|\d) hi\b", r"\1 high"),
    (r"\b(bars|candles|days|weeks|closes) strait\b", r"\1 straight"),
    (r"\b(\d+)[- ]day line\b", r"\1 day average"),
    (r",? ?\b(?:this|that|it|which)(?: is|'s) (?:called |what they call |the |an? |so called )*(?:golden|gold|death|"
     r"dead|bullish|bearish) cross(?:over)?"
     r"(?=\s*[,.;:])", ""),
    (r"\b(go(?:es)? (?:down|up) through|go(?:es)? (?:under|below|over|above)|cross(?:es)? (?:down|up|under|over|"
     r"below|above)), (?:death|dead|golden|gold) cross(?=,)",
     r"\1"),
    (r"\A[\s\S]*\bmacd[\s\S]*\bgold(?:en)? cross[\s\S]*\Z", _macd_crosses),
    (r"\b(?:mobile average|average mobile|moving medium|medium (?=of (?:the )?\d))", "average "),
    (r"\b((?:the |its |a )?\d+[- ](?:day|bar|week|candle)s? (?:high|low)) (?:is|gets|was|has been) (?:surpassed|"
     r"exceeded|topped|"
     r"overshot|overcome|beaten|bettered)\b", r"the price breaks above \1"),
    (r"\b((?:the |its |a )?\d+[- ](?:day|bar|week|candle)s? (?:high|low)) (?:is|gets|was|has been) (?:undercut|"
     r"undershot|"
     r"lost)\b", r"the price breaks below \1"),
    (rf"\b(maximum|minimum|max|min|peak|highest point|lowest point) (?:of|from|in|over|for) (?:the |its )?"
     rf"(?:(last|latest|past|previous|preceding|prior) )?{_N} (?:(last|latest|past|previous|preceding|prior) )?"
     r"(bars|candles?|days|sessions|periods|weeks|closes|closing prices|highs|lows)\b", _extreme),
    (rf"\b{_N} (falling|rising|declining|dropping|descending|ascending|climbing|increasing|decreasing) (closes|highs|"
     r"lows|days|sessions)\b",
     _run),
    (r"\b(falls?|fell|fallen|falling|drop(?:s|ped)?|droped|declines?|declined|descends?|descended|sinks?|los(?:es|"
     r"t)|ris(?:es|ing|en|e)|rose|ascends?|"
     rf"climb(?:s|ed)?|grows?|grew|go(?:es)? (?:up|down)|went (?:up|down)|advances?|advanced) (?:for )?{_N} (days|"
      rf"bars|candles|sessions) {_AGAIN}", _went),
    (r"\b(?:pumps|rips|jumps|spikes|zooms|soars|shoots|shoots up|shoots out|heads|sneaks|creeps|inches|edges|leaps|"
     r"sails|flies|snaps|"
     rf"surfaces|swings|cracks|marches|lifts)(?: up)?( back)? {_OVER}(?= (?:the |its |\d|[a-z]*ma\b))",
      r"goes\1 above"),
    (r"\b(?:dumps|plunges|shoots|shoots out|crashes|tanks|nosedives|slumps|heads|drifts|creeps|ducks|plummets|"
     r"collapses|cracks)"
     rf"(?: down)?( back)? {_UNDER}(?= (?:the |its |\d|[a-z]*ma\b))", r"goes\1 below"),
    (r"\bcracks? (?=(?:the |its |an? )?(?:\d+[- ]?(?:day|bar|week|candle)s? high|high of|highest|upper|previous high|"
     r"prior high|"
     r"yesterday'?s high|high\b))", "breaks above "),
    (rf"\bstands? (?:firm )?(?:up )?(?:back )?on (?=(?:the )?{_LINE})", "is above "),
    (rf"\b(?:drops?|falls?)[- ]breaks? (?=(?:the )?{_LINE})", "falls below "),
    (r"\bpass(es|ed|ing)? (over|above|under|below|beneath)\b", r"cross\1 \2"),
    (r"\bpass(es|ed|ing)? (?=(?:the )?(?:\d+(?! ?(?:days|bars|candles|hours|weeks|months|years|minutes))|[es]ma|ma|"
     r"vwap)\b)", r"cross\1 "),
    (r"\bgo(es|ing|)? from (?:negative|minus|below zero) to (?:positive|plus|above zero)\b", r"crosses above zero"),
    (r"\bgo(es|ing|)? from (?:positive|plus|above zero) to (?:negative|minus|below zero)\b", r"crosses below zero"),
    (r"\bone (?=(?:should|must|can|could|would|will|has to|needs to)\b|(?:only )?(?:buys|sells|enters|exits|goes|"
     r"shorts)\b)", "i "),
    (r"\band (?:is |are )?held (?=until|till)", "and hold it "),
    (r"\bsecured (?=with (?:an? |the )?(?:trailing )?stop)", ""),
    (r"\b(?:cap|limit|keep) (?:the|my|any|each) loss(?:es)? (?:at|to)\b", "stop loss at"),
    (r"\bprofit[- ](?:fixing|fixation)\b|\b(?:to )?fix (?:the |my )?profits?\b", "take profit"),
    (r"\b(?:the |my )?(?:trigger|signal|cue|condition|criterion)(?: to (?:get in|enter|buy|go long)| for (?:entering|"
     r"entry|buying|getting in|to enter))"
     r"(?: (?:is|comes|will be)(?: when| if| that)?|:| -)", "buy when "),
    (r"\b(long|short) exposure (?=if|when|while)", r"\1 "),
    (r"\bshort(?:s| positions?| trades?| selling| sales)? (?:is|are) (?:strictly |absolutely )?(?:prohibited|"
     r"forbidden|not allowed|not permitted|"
     r"banned|disallowed)\b", "long only"),
    (r",? ?\b(?:and |but )?(?:no|(?:don'?t|do not|never) (?:open|take|enter|start))(?: an?| any| the)? (?:new|second|"
     r"another|further|more) "
     r"(?:trades?|positions?|one) (?:while|when|if) (?:one|a (?:trade|position)|it) is (?:already )?(?:open|running|"
      r"on)\b", ", one position at a time"),
    (r"\bspot (?=(?:is|was|closes?|closed|has|above|below|under|over|crosses|trades|falls|rises|breaks|drops|climbs|"
     r"gets|moves)\b|[<>])",
     "price "),
    (r"\bcomes? (?:back )?to (?=(?:the |its )?(?:upper|lower|middle|mid|average|mean|band|opposite|\d+[- ](?:day|"
     r"bar)|[es]?ma\b|vwap))", "reaches "),
    (r"\b(ok|okay|hey|hi|thanks|please|listen|right),? (?:sugar|hon|pumpkin|pet|sunshine|princess)\b", r"\1"),
    (r"\b(?:commissions?|fees|costs|slippage) (?:is |are )?(?:irrelevant|(?:do|does)(?: not|n'?t) matter|unimportant|"
     r"not important)\b", ""),
    (rf"{_SENTENCE}as an? (?!long|short|limit|stop|market|rule|test)[a-z]+(?: [a-z]+){{0,2}},? (?=i\b|we\b)", ""),
    (r",? ?\bso that (?:i|we)(?: can)? (?:ride|catch|capture|participate|sleep|rest|relax|benefit)\b[^.;,]*", ""),
    (r"\b(?:if |when )?(?:we|i|it) (?:lose|lost|loses|have lost|had lost) (\w+) (?:trades|operations|deals|times) in "
     r"(?:the |one |a )?(?:same )?day\b",
     r"after \1 losing trades in a day"),
    (r"\b(?:leave|let|keep) the (?:rest|remainder|other half|balance)(?: of it)?(?: running| run| ride| open| go| "
     r"on)* (?:until|till) ", "sell the rest when "),
    (r"\b(?:cross|crossing|crossover|intersection) of (?:the )?(?:moving )?(averages?|[es]mas?) (\d+) (?:and|with) "
     r"(?:the )?(\d+)\b",
     lambda m: f"{m[1].rstrip('s')} {m[2]} crosses above {m[1].rstrip('s')} {m[3]}"),
    (r"\b(buying|buy|long|purchase|sell|exit|close|out|short|cover)(?: it| them)? (?:at|on) (rsi(?: ?\(?\d+\)?(?= "
     rf"(?:of )?\d))?) (?:of )?({_NUM})\b(?! or)", _at_rsi),
    (r"(?<=[.;,] )close (?=(?:when|if|once|after) |(?:at|on) (?:the )?(?:cross|touch|return))", "exit "),
    (r"\bfast(?: moving)? averages? crosses (?:the )?slow(?: moving)? averages?,? (?:the )?fast (?:being|is|=) (\w+) "
     r"(?:and|,) (?:the )?slow (?:being|is|=) (\w+)",
     r"\1 bar average crosses the \2 bar average"),
    (r"(?<=buy )(?:the |my |our |some )(?:fund|etf|tracker|index|title|counter|scrip|underlying)\b(?= (?:when|if|"
     r"once|while))", "it"),
    (r"\b(hold|own|holding|owning) (?:the |my |our )(?:fund|etf|tracker|index|title|underlying) (?=while|when|if|as "
     r"long)", r"\1 it "),
    (r"\bon (?:the )?(\d+) ?-?(min|mins|minutes?|hour|hr)(?= ?(?:[.,;)]|$)| and\b| but\b)", r"on the \1 \2 chart"),
    (r"\b(hour|min|minutes?|daily|hourly|day) graphics?\b", r"\1 chart"), (r"\b(hourly|daily|weekly) data\b",
     r"\1 bars"),
)  # fmt: skip
"""What stands there, and the words that are read for it."""
