"""Turns of speech about sizes, limits of trading, filters and orders that rest, put into the words that are read."""

from __future__ import annotations

import re

from .rewriting import Turns

_N = r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_PCT = r"\d+(?:\.\d+)? ?(?:%|percent|per cent)"
_COUNTS = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True))
_ENDS = r"(?= ?(?:[.,;:)]|$|and\b|but\b|then\b))"
_OF_ALL = r"(?: of (?:the |my )?(?:equity|account|capital|money|portfolio))?"


def _added(match: re.Match[str]) -> str:
    """`And keep adding another 20 % each time that happens`, of as much as the first, where a limit follows."""
    first = re.findall(r"(\d+(?:\.\d+)?) ?(?:%|percent)", match.string[: match.start()])
    return ", " if match[1] is None or match[1] in first[-1:] else match[0]


def _another(match: re.Match[str]) -> str:
    """Another 10 % on each signal, five purchases at the most."""
    return f"{match[1]}, at most {match[2]} buys in all"


def _averaging(match: re.Match[str]) -> str:
    """I average down, where it is said how often."""
    told = re.search(r"\b(?:at (?:the )?most|max(?:imum)?|up to)\b", match.string[match.end() :], re.IGNORECASE)
    return "" if told else match[0]


def _step(match: re.Match[str]) -> str:
    """Four limits, the first 1 ATR below the close and each next one half an ATR lower: where each of them is."""
    first = re.match(r"(?:(\d[\d.]*) ?|an? |one )?(atr|points) (.*)", match[2], re.IGNORECASE)
    further = re.match(r"(half )?(?:an? |one )?(\d[\d.]*)? ?(atr|points)", match[3], re.IGNORECASE)
    count = _COUNTS.get(match[1].lower()) or int(match[1])
    if not first or not further or first[2].lower() != further[3].lower() or not 2 <= count <= 20:
        return match[0]
    start, step = float(first[1] or 1), float(further[2] or 1) * (0.5 if further[1] else 1)
    places = [f"{start + k * step:g} {first[2]}" for k in range(count)]
    return f"place {count} limits at {', '.join(places[:-1])} and {places[-1]} {first[3]}"


def _several(match: re.Match[str]) -> str:
    """At most two positions, of several symbols."""
    symbols = set(re.findall(r"\b[A-Z]{2,6}\b", match.string)) - {"RSI", "SMA", "EMA", "ATR", "MACD", "ADX", "ROC",
     "CCI"}
    return f"at most {match[1]} positions at the same time" if len(symbols) > 2 else match[0]


ORDER_TURNS: Turns = (
    (r"(?:\A|(?<=[.;\n])) ?(?:i|we) (?:average|scale|pyramid) (?:down|up|in)(?: to (?:it|them))? ?[.:;]", _averaging),
    (r"\bon (?:every|each|any) (?:bar|candle|day) (?:with|that has|that shows|when|where) (?=(?:the )?(?:rsi|close|"
     r"price|macd|adx|"
     r"volume|stoch|cci|mfi|atr|low|high))", "when "),
    (rf"\banother ({_PCT}{_OF_ALL})(?: more)?, {_N} (?:purchases|buys|entries|times|lots|adds) (?:at (?:the )?most|"
     rf"max(?:imum)?|in "
     r"all|altogether)", _another),
    (rf",? ?(?:and )?(?:keep(?: on)?|then|i) ?add(?:ing)?(?: another| a further| more| the same)?(?: (\d+(?:\.\d+)?) "
     rf"?%{_OF_ALL}"
     r"(?: more)?)? (?:each|every) time (?:that|this|it) happens(?: again)?,? ?(?=at most|max|up to|no more)", _added),
    (rf"(?:,? ?(?:but |and ))?never (?:with |put )?more than ({_PCT}{_OF_ALL}) (?:in|into|on) (?:it|one|a (?:trade|"
     rf"position)|one "
     r"(?:trade|position)|any (?:trade|position))\b", r", \1 per position at most"),
    (rf"\b(?:one|1|an?) ?R (?:is|=|equals|means) ({_PCT}{_OF_ALL})", r"risk \1 per trade"),
    (rf"\b(?:vol(?:atility)? target(?:ing)? ?: ?)?(?:each|every) (?:position|trade) (?:should |shall |must )"
     rf"?(?:runs?|be|is|targets?|has) "
     rf"(?:at |with )?({_PCT}) (?:vol|volatility) (?:a|per) year,? ?(?:measured |taken )?(?:over|on) (?:the )"
     rf"?(?:last |past )?(\d+) bars",
     r"size for \1 annual volatility of \2 bars"),
    (r"\bno more(?: trades| trading| entries| buys)? (?:until|till|before) (?:tomorrow|the next day|next day|the day "
     r"after)\b",
     "no more trades for today"),
    (r"\b(?:that'?s|that is|thats|it'?s) (?:enough|plenty|it)(?: for (?:today|the day|me))?,? (?=(?:and )?(?:no more|"
     r"stop|i stop|no new))",
     ", "),
    (r"\b(?:i|we|it|the bot) (?:(?:must|should|may|can|do|will|shall) ?(?:not|n'?t)|can'?t|mustn'?t|won'?t|cannot) "
     r"(?:come back|re-?enter|buy again|"
     r"get back in|go back in|"
     rf"return|trade again|buy anything)(?: in)? for (?:the next )?{_N} (bars|days|hours|candles)", r"wait \1 \2"),
    (r"\b(?:want to |like to |would like to )?be in (?=above|below|over|under|while|when|if|as long)", "be long "),
    (r"\b(?:do not|don'?t|never) (?:start|open|begin|enter|initiate) (?:anything|something|a trade|a position|new "
     r"(?:trades|positions))"
     r"(?: new)? (?=when|while|if|as long|before|after|on|during)", "no new trades "),
    (r"\b(?:get|take) me out and (?:end|stop|quit) (?:it|trading|everything|for good)(?: all| for good)?\b",
     "close everything and stop trading for good"),
    (r"\b((?:buy|sell|exit|cover|close|get out)(?: it)?) at the next open (?:as usual|as always|as normal|like "
     r"always|by default|as "
     r"ever)\b", r"\1"),
    (r"\b((?:buy|sell) stop|limit(?: order| buy| sell)?|bid|stop entry)((?: at| \d| one| an?)[^.;:]{3,50}?)(?<!live)"
     r"(?<!good)(?<!valid)(?<!open)(?<!working),? "
     r"for (\d+ "
     r"(?:bars|hours|days|candles|minutes))(?= ?(?:[.,;)]|$))", r"\1\2, valid \3"),
    (r"\b(?:an? )?day (limit|stop)( order| buy)? (at [^.;,]{3,40})", r"a \1\2 \3, good for the day"),
    (r"\bcancel(?:led|ed)? (?:earlier|sooner|before that|already) (?=if|when|once|as soon)([^.;,]*?)(?: again)"
     r"?(?=[.;,]|$)",
     r"cancelled \1"),
    (r"\b(?:take|pull) (?:it|the order|that|this) (?:away|off|down|back)(?: again)? (?=if|when|once|as soon)([^.;]*?)"
     r"(?: before it(?: is|"
     r"'s)? (?:fills|filled|gets filled|executes))?(?=[.;]|$)", r"cancel it \1"),
    (r",? ?with (the [^.,;]{5,50}?) as (?:an? |the |my )?(?:trend )?filter\b", r", only if \1"),
    (r"\b(?:the )?(supertrend|rsi|macd|adx|stochastic|cci|mfi)( \(?\d[\d, ]*\)?)? (?:on|of) the (\d+) ?-?(minute|min|"
     r"hour|m|h)"
     r"(?: chart| bars| candles)? (?=is\b|was\b|>|<|above|below|over|under|positive|negative|up\b|down\b)", r"the \3 "
     r"\4 \1\2 "),
    (r"\b(buy|sell|exit|short)(?: on| at)? the first (bar|day|trading day) of (?:every|each|a|the)? ?new (month|week|"
     r"year)\b",
     r"\1 on the first \2 of every \3"),
    (r",? ?(?:and |but )?(?:shorts?|longs?) (?:do not|don'?t|dont) need (?:anything|it|that|this|an? filter|any "
     r"filter|one)\b", ""),
    (rf"(?<![%\d]),? \b((?:stop|target|tp|sl) \d[^;]{{0,30}}?),? (?:each way|either way|each side){_ENDS}", r". \1"),
    (r"\((?:an? )?(?:limit(?: order)?,? ?)?(?:an? )?new price (?:every|each) (?:bar|day|candle)\)", ""),
    (rf"\b{_N} (?:buy )?limits?(?: orders)?,? (?:the )?first (?:one )?(?:at )?([^,;.]{{3,40}}?),? and each next(?: "
     rf"one)? "
     r"((?:half )?(?:an? |one )?(?:\d[\d.]* ?)?(?:atr|%|percent|points)) (?:lower|further down|below)", _step),
    (r"\b(?:they|it|the orders?) (?:stays?|rests?|live|lives|remains?|are good|is good|are valid) (?:there |in )"
     r"?(?:for )?(?=\d+ "
     r"(?:bars|days|hours|candles))", "valid "),
    (r"\blay (?:out|down) (?=(?:place )?\w+ (?:buy )?limits?)", "place "),
    (rf"\b(?:do not|don'?t|never) (?:touch|trade|move|change|rebalance) (?:anything|what|a position|positions|those|"
     rf"whatever)(?: that| "
     rf"which)?(?: is| are)? (?:less than|under|within) ({_PCT}){_OF_ALL}(?: off| away| out)?", r"with a band of \1"),
    (r",? ?so that (?:nothing|no position|i am not|no trade) (?:is |stays )?(?:held|open|kept|in)(?: over| during| "
     r"through)? (?:the )?"
     r"weekends?\b", ""),
    (r"(?:,? (?:and|then)){0,2} (?:start|begin|resume|trade|go on|carry on|restart)(?: trading)?(?: again| anew| "
     r"over)? "
     r"(?:with |in |from "
     r")?(?:the )?next (month|week|year)\b", r" restart \1"),
    (r" / (?=(?:short|sell|buy|long) (?:stop|limit)\b)", ", "),
    (r"\b(?:straddle|bracket) (?:the |an? )(?=nr ?\d|inside)", ""),
    (r"\bonly (?:while|when|if) (?:there is )?no (?:open )?(?:position|trade)(?: is open| is on)?\b", "only when flat"),
    (rf"\b(?:max(?:imum)?(?: of)?|at most|no more than|up to|never more than) {_N} (?:open )?positions\b(?: open\b)"
     rf"?(?! (?:a|per|"
     rf"each|at|in "
     r"(?:one|a))\b)", _several),
    (r"\b(?:the )?(?:ones? with the )?(lowest|highest) ([^.,;]{2,25}?) (?:goes|go|comes|come|is taken|is picked|are "
     r"taken) first\b",
     r"\1 \2 first"),
)  # fmt: skip
