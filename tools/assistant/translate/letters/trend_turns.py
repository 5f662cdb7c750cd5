"""Turns of speech about lines, trends and charts, put into the words that the readers of crossings and slopes know."""

from __future__ import annotations

import re

from .rewriting import Turns

_BESIDE = r"(?=(?:above|below|over|under|beneath|north of|south of)\b)"
FRAME = r"(?:weekly|daily|hourly|\d+[- ]?(?:minutes?|mins?|m|hours?|hrs?|h)|[hmdw]\d{1,3})"
_KIND = r"(?:exponential|simple|weighted|hull|smoothed)"
_LINE = r"[\w][\w .()-]*?"
_AVERAGE = r"(?:exponential |simple |weighted |hull |smoothed )?(?:moving average|average|[se]ma|[whr]ma|dma|ma|hull)"
_NAMED = (
    rf"(?:the |an? |my )?(?:{FRAME} )?(?:\d+[- ]?(?:bar|period|day|week|d|w)?[- ]?{_AVERAGE}|{_AVERAGE} ?\(?\d+\)?)"
    rf"(?: on (?:the )?{FRAME})?(?: chart)?"
)
N = r"(\d|two|three|four|five|six|seven|eight)"
_THESE = r"(?:the |these |those |following |conditions? |below )*"
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_MOST = {"2": "2", "two": "2", "3": "2", "three": "2", "4": "3", "four": "3", "5": "3", "five": "3"}
"""More than half of so many."""


def _average(match: re.Match[str]) -> str:
    """`The short average (12 bars, exponential)`."""
    return f"{match['n']} bar {match['kind'] or ''} average"


def _noun(match: re.Match[str]) -> str:
    """`An upward crossing of the 5 SMA through the 15 SMA`."""
    up = match["way"].lower().startswith(("up", "bull"))
    return f"{match['one']} crosses {'above' if up else 'below'} "




def _filtered(match: re.Match[str]) -> str:
    """`H1 entries with H4 filter: H4 EMA 50 > H4 EMA 200`: what has to hold, read on the second."""
    again = match[2].lower() in match.string[match.end() : match.end() + 40].lower()
    return f"{match[1]} chart . only if {'' if again else f'on the {match[2]} chart '}"


def _of_both(match: re.Match[str]) -> str:
    """`Stop 2% target 4% both`: of longs and shorts, where both are traded."""
    sides = all(re.search(rf"\b(?:{each})", match.string, re.IGNORECASE) for each in ("long|buy", "short"))
    return match[1] if sides else match[0]


def _only_entry(match: re.Match[str]) -> str:
    """`Golden cross long only, death cross out`: the way in, where none other is said."""
    rest = f"{match.string[: match.start()]} {match.string[match.end() :]}"
    entered = re.search(r"\b(?:buy|buys|enter|entry|entries|longs?|purchase|in when|get in)\b", rest, re.IGNORECASE)
    return match[0] if entered else "long"


def _listed(match: re.Match[str]) -> str:
    """`All three averages (20, 50, 200 SMA)`."""
    *numbers, last = re.findall(r"\d+", match[1])
    return f"the {', '.join(numbers)} and {last} {re.sub(r'[0-9, ]|and ', '', match[1])}"


_CALLED = (
    r"(?:so |there is |there'?s |i\.?e\.? |= ?|a |an |the |in |no |not |strong |weak |clear |up|down|trend(?:ing"
    r"|less)?|bull(?:ish)?|"
    r"bear(?:ish)?|ranging|range|sideways|choppy|flat|market|momentum|oversold|overbought| )+"
)
_SIDED = r"((?:above|below|over|under|>|<|at least|rising|falling) [^,.;()]{0,30}?) ?"
TREND_TURNS: Turns = (
    (r"→|➔|⇒", "->"),
    (rf"{_SIDED}\({_CALLED}\)", r"\1"),
    (rf"\bintraday,? (?=(?:trading |only )?(?:on |with |using )?(?:the )?{FRAME}\b)", ""),
    (r"(->|=>|=|:) ?close(?= ?(?:[.;,]|$))", r"\1 exit"),
    (r"\b(if|when) all (?:of )?(?:the |these )?(?:following|below)? ?(?:conditions|things|rules)? ?(?:are true"
     r"|are met|hold|apply)? ?:", r"\1 "),
    (r"\b(?:(?:i|we) )?(?:want|need|require) (?:both|all|all three|all of these|both of these)(?: things| "
     r"conditions)? ?:", "when "),
    (r"([^.;\n]{8,80}?)(?<!above)(?<!below) ?(?:=|->|=>|: ?) ?(?:bias|only) (long|short)s?(?= ?(?:[.;,\n]|$))",
     r"only \2 when \1"),
    (r"\b(?:my |the )?(?:bias(?: is)? (?P<a>long|short)|(?P<b>long|short) bias)(?: only)? (?:when|if|while|as "
     r"long as|whenever) ",
     lambda m: f"only {m['a'] or m['b']} when "),
    (r"\b(?:the )?ichimoku(?: kinko hyo)?(?: indicator| system)?(?: ?\(?9[,/ ]+26[,/ ]+52(?:[,/ ]+26)?\)?)? ?:?,? "
     r"(?=(?:the )?(?:tenkan|kijun|conversion|base ?line|close|price|long|buy)\b)", ""),
    (r"\b(bullish|bearish) (?:tk|tenkan(?:[- ]sen)?[- /]?kijun(?:[- ]sen)?) cross(?:over)?\b",
     lambda m: f"tenkan crosses {'above' if m[1].lower() == 'bullish' else 'below'} kijun"),
    (r"\b(?:tk|tenkan(?:[- ]sen)?[- /]?kijun(?:[- ]sen)?) cross(?:es|over|ing)? (up|down)(?:wards?)?\b",
     lambda m: f"tenkan crosses {'above' if m[1].lower() == 'up' else 'below'} kijun"),
    (r"\b(tenkan|kijun)[- ]?sen\b", r"\1"),
    (rf"\b{N} out of {_THESE}{N}\b", r"\1 of \2"),
    (rf"\b(at least|any) {N} of {_THESE}{N} (?:conditions |rules |things )?(?:must|have to|has to|should|need "
     rf"to|needs to)"
     r" (?:hold|be true|be met|be satisfied|agree) (?:to|for|before i|before we) (?:a |an )?(go long|go short"
     r"|buy|enter|"
     r"long|short)(?: entry| trade| position)?(?=:)", r"\4 when \1 \2 of \3"),
    (rf"\b(fewer|less) than {N} (?:of (?:them|these|those) )?(?:are|is|remain|hold|stay)(?: still)?(?: true| "
     rf"met| left)?"
     r"(?= ?(?:[.,;)]|$))", r"fewer than \2 of :"),
    (rf"\bfilter(?:ed|ing)? (?:for )?(?:the )?(?:longs?|shorts?|entries|trades|it|everything|signals?)? ?"
     rf"(?:with|by|using|through|on) (?={_NAMED} ?(?:[:,.;)]|$))", "trendfilter "),
    (rf"({_NAMED})(?: is| acts| works)?,? (?:as|for|is) (?:the |a |an |my |our )?(?:trend|direction|long term"
     rf"|overall)? ?filter\b",
     r"trendfilter \1"),
    (rf"\b(?:with )?(?:an? |the )?({_NAMED}) (?:trend )?filter(?= ?(?:[:,.;)]|$))", r"trendfilter \1"),
    (rf"\b(?:(?:use|using|with|have|has|add|plus) )?(?:a |the )?(?:trend |direction )?filter(?: is|:| =) "
     rf"?(?={_NAMED} ?(?:[,.;)]|$))",
     "trendfilter "),
    (r"(\d ?%?|atr|points?|pips|r),? (?:for )?both(?: sides| directions| ways)?(?= ?(?:[.;,)]|$))", _of_both),
    (r"\b(?:and|then|[,;]) ?(?:then |after that |and )?within (?:the )?(?:next|following|coming|subsequent) "
     r"(?=\d+ |two|three|four|five|six|seven|eight|ten)", ", then within "),
    (r"\b(?:reverses?|flips?|switch(?:es)?|turns?) (?:it |the position |the trade |over |around )?(?:in)?to (?:a )?"
     r"(short|long)\b(?= (?:when|if|once|as soon as)\b)", r"go \1"),
    (r",? and so (?:on|forth)\b", ""),
    (r"\b((?:above|below|over|under|beneath)(?: [\w-]+){1,4}) again(?= ?(?:[.,;:)]|$))", r"\1"),
    (r"(?:\A|(?<=[.;:,] ))own (?=(?-i:[A-Z]{2,5})\b)", "buy "),
    (r"\A(?:sar|stop and reverse|reversal|crossover|trend following) system ?: ?", ""),
    (r"(?<=[a-z\d] )long only\b(?= ?[,.;])", _only_entry),
    (r"\b(?:don'?t|do not|never) (?:own|hold|want)(?: it| them)? (?:when|if|while) (?:(?:it|that) (?:isn'?t|is "
     r"not)|(?:it|that)'s not|not)"
     r"(?= ?(?:[.,;)]|$))", "otherwise flat"),
    (r"\b(above|below|under|over) (?:that|it|there),? (?:i |we )?(?:don'?t|do not) want (?:it|to (?:own|hold"
     r"|have|be in) ?(?:it)?)\b",
     r"exit \1 it"),
    (rf"\b(?:all|both)(?: of)? (?:the )?(?:two|three|four)? ?(?:(?:moving )?averages|[se]?mas) ?\(((?:\d+,? ?(?:and "
     rf")?)+{_AVERAGE})\)", _listed),
    (rf"\b(?:only )?(?:(?:trade|trades|trading|entries) )?(?:only )?in (?:the )?direction of (?:the )?(?:trend "
     rf"of )?(?:the )?(?={_NAMED}"
     r" ?(?:[:,.;)]|$))", "trendfilter "),
    (rf"\b(?:{FRAME} )?(?:up ?trend|trend(?: is|'s)? up|(?:trend|bias|direction)(?: is| must be)? (?:bullish|long)) "
     r"\(([^()]*(?:above|below|over|under|>|<)[^()]*)\)", r"\1"),
    (rf"\b(?:higher|bigger|larger|longer)[- ]time ?frame (?:trend )?(?:filter|confirmation|condition|bias"
     rf"|trend)? ?[:=]? ?(?={FRAME})",
     "only if "),
    (r"\b(?:green|red|positive|negative|bullish|bearish) \(((?:above|below|over|under|>|<) ?(?:0|zero))\)", r"\1"),
    (r"\bno (?:trades|entries|trading|buys) (?:with|at) (?=(?:the |an )?\w+ ?(?:\(\d+\))? (?:is )?(?:under|below"
     r"|above|over|less|more))",
     "no trades when "),
    (r"\b(?:i |we )?(?:follow|trade|use) (?:the |a )?(?=(?:supertrend|psar|parabolic|macd|ichimoku)\b)", ""),
    (r"\bif (?:any(?: one)?|one|either)(?: one)? of (?:these|those|them|the)(?: (?:two|three|four|conditions"
     r"|rules|things))* "
     r"(?:breaks|fails|goes|is gone|stops|isn'?t true|is not true|drops out|turns false|flips|breaks down)(?= "
     r"|[.,;]|$)",
     "if any of them no longer holds"),
    (r",? (?:as|for) (?:a |the |an )?(?:extra |additional )?(?:confirmation|confirm|confirming filter)\b(?= "
     r"?(?:[.,;]|$|and\b))", ""),
    (r"\b(enter |buy |long |go long |short |go short )?(if |when )?(?:at least |any |a minimum of )"
     rf"{N} of {_THESE}(?:{N} )?{_THESE}(?:agree|are true|hold|are met|are satisfied|line up|are given|apply)"
     r"(?:,? ?(?:then )?(?P<act>go long|buy|enter|long|go short))?(?=:)",
     lambda m: f"{m['act'] or m[1] or ''} when at least {m[3]} of {m[4] or ''} "),
    (r"\bnone (?:agree|is true|are true|hold|holds|is met|are met)\b", "none of them"),
    (r"\b(?:all|the) (?:two|three|four|five)? ?(?:are )?(?:needed|required|necessary|must hold) ?:", "when "),
    (r"\bwithin (\S+ (?:bars|candles|days|periods)) (?:of|after|from) (?:that|this|it|then)\b", r"within \1"),
    (r"\A\s*(?:step|stage|phase) (?:one|1|i) ?[:.,=-]+", ""),
    (r"[.;,]?\s*\b(?:step|stage|phase) (?:two|2|ii|three|3|iii) ?[:.,=-]+", ", then "),
    (r"\b(?:not later than|no later than|at most|no more than|not more than|at the latest) (\d+ (?:bars|candles"
     r"|days|periods)) "
     r"(?:after (?:that|this|it)|afterwards?|later|thereafter)\b", r"within \1"),
    (r"\b(?:and )?(?:the )?same (?:thing |rules )?for (?:the )?shorts?,? (?:but |just |only )*(?:the )?(?:other "
     r"way (?:a)?round|reversed|"
     r"in reverse|mirrored|opposite|inverted|upside down|flipped)\b", "vice versa for shorts"),
    (r",? ?\b(?:and )?(?:flip|reverse|turn)(?: the position| it| positions?| direction| around)? (?:on|at|with) "
     r"(?:each|every|any) "
     r"(?:cross(?:over|ing)?|signal|flip)\b", ", always in the market"),
    (r"(?:\b(?:give it|with) )?(?:\ban? )?\b(\d+(?:\.\d+)? ?%) stop(?:[ -]?loss)?,? (?:and )?(?:a "
     r")?(\d+(?:\.\d+)? ?%) (?:profit )?(?:target|tp|take profit)\b",
     r"stop \1, target \2"),
    (r"(?<!exit )(?<!sell )\b(?:the |my )?(?:entry )?trigger(?: is|:| =) (?:a |an |the )?(?=(?:close|cross"
     r"|candle|bar|break|rsi|macd|ema|sma|price)\b)",
     "entry when "),
    (r"(?<![\w])([+-]di|plus di|minus di) (?:is )?(?:back )?on top(?! of)(?: again)?",
     lambda m: f"{m[1]} above {'plus' if m[1].lower()[0] in '-m' else 'minus'} di"),
    (r"(?<=[,;.] )(lower|higher)(?= ?(?:->|=>|=|:) ?(?:flat|out|exit|sell|short|cover|buy|long|cash)\b)",
     r"is \1 than that"),
    (r"\bset (me|us|it|this|that) up\b(?= with\b)", r"give \1"),
    (rf"\b(?:we(?:'re| are)|(?:the )?market(?:'s| is))(?: still| trading| currently)* {_BESIDE}", "the price is "),
    (r"\b(?:sits|stands|trades|lies|holds|stays|remains|hovers|is trading) (?=at (?:least|most)\b)", "is "),
    (rf"(?:\b(?:short|long|fast|slow)(?:er)? )?\b(?P<ma>(?:moving )?average|ma|one) ?\((?P<n>\d+)"
     rf"[- ]?(?:bars?|periods?|candles?)?,? ?(?P<kind>{_KIND})?\)", _average),
    (rf"\b(?:an? |the )?(?P<way>upwards?|downwards?|bullish|bearish) cross(?:ing|over)? of (?:the )?(?P<one>{_LINE}) "
     r"(?:through|over|above|below|under|with|by|across) (?=(?:the )?[\w-]*\d)", _noun),
    (r"\b(?:an? |the )?(up|down)wards? one\b(?= (?:opens?|closes?|ends?|means?|is|buys?|sells?|exits?)\b)",
     r"crosses \1"),
    (r"\bcut(?:s|ting)? (?:through )?(it|that|the line|this line|the other)(?= from (?:above|below)\b)", r"crosses \1"),
    (r"\bbreak(s|ing|)? (?:up|upwards?) through\b", "crosses above"),
    (r"\bbreak(s|ing|)? (?:down|downwards?) through\b", "crosses below"),
    (rf"\b({FRAME}) (?:entries|signals?|trades|trading|entry) with (?:an? |the )?({FRAME}) (?:trend )?filter ?[:,.]",
     _filtered),
    (r"\bno (?:entries|trades|entry|trading) against (?:the |this |that )?(?:filter|trend filter|trend)\b", ""),
    (r"\b(?:a |the )?majority of (?:the |these )?(?:following )?(\w+)(?: conditions?| things| rules)? ?:",
     lambda m: f"at least {_MOST.get(m[1].lower(), m[1])} of these {m[1]} :"),
    (r"\bst(?= ?\(?\d+ ?[,/] ?\d)|\bst(?= (?:turns?|flips?|goes|is|changes?) (?:green|red|bullish|bearish|up|down)\b)"
     r"|\bst(?= (?:green|red|buy|sell)\b)", "supertrend"),
    (r"\bsupertrend(?: indicator| line)? ?\((?:atr )?(?:period |length |len )?(\d+) ?[,;/] ?"
     r"(?:x|mult(?:iplier)?|factor) ?(\d+(?:\.\d+)?)\)", r"supertrend(\1,\2)"),
    (r"\bsupertrend (\d+) ?[,/] ?(\d+(?:\.\d+)?)\b", r"supertrend(\1,\2)"),
    (r"(->|=>|=|:|\b(?:otherwise|else),?) ?(?:(?:go |stay |sit |be )?(?:in |to |into )?cash)\b"
     r"(?! (?:per|for|each|of)\b)", r"\1 flat"),
    (r"\b(flat|out|exit|sell|cash) (?:when|if|whenever|once) (?:not|otherwise|(?:it|that)(?: is|'s) (?:not|no longer)"
     r"(?: true| so| the case| like that)?|(?:it|that) (?:isn'?t|ain'?t)(?: true| so| the case| like that)?)"
     r"(?= ?(?:[.,;)]|$))", r"otherwise \1"),
    (r"\bsupertrend line\((\d)", r"supertrend(\1"),
)  # fmt: skip
