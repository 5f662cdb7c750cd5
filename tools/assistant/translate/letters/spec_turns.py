"""Specifications, rule sheets and papers: numbered headings, labels of broker orders, names of platforms and of tests.

A heading that only names or counts what follows says nothing; one that measures or narrows is left to be read.
"""

from __future__ import annotations

import re

from .rewriting import Turns

_COUNTED = (
    r"rule|requirement|req|step|lesson|section|item|clause|article|exercise|principle|law|criterion|row|line|"
     r"stage|phase|"
    r"paragraph|task|example|newsletter rule|guideline|directive|chapter|module|note"
)
_UNRULED = (
    r"(?![^.\n]*(?:\d|\b(?:buy|sell|long|short|enter|exit|stop|when|if|cross\w*|above|below|only|not?|risk|times|"
    r"twice|atrs?|"
     r"never)\b))[^.\n]{3,160}"
)
_PURPOSE = (
    r"overview|hypothesis|abstract|summary|goal|purpose|rationale|motivation|background|thesis|premise|philosophy|"
     r"introduction|intro|aim|scope|idea"
)
_PAPER = (
    r"(?:in this (?:paper|article|note|study|post|thesis|lesson|chapter),? )?we (?:examine|study|propose|consider|"
     r"investigate|analy[sz]e|"
    r"present|introduce|describe|implement|test|evaluate|document)"
)
_RULE = r"(?:rule|strategy|system|model|approach|algorithm|method|portfolio|scheme)"

_CITIES = {"ny": "new york", "nyc": "new york", "new york": "new york", "us": "new york", "american": "new york",
           "london": "london", "frankfurt": "frankfurt", "tokyo": "tokyo", "sydney": "sydney",
           "chicago": "chicago"}  # fmt: skip
_NOWHERE = {"asian", "asia", "european", "europe"}
"""Sessions whose clock is not told by their name."""


def _hours(found: re.Match[str]) -> str:
    """The hours of a session, on the clock that is said or is that of its city; as they stand where that is open."""
    name, said = found[1].lower(), found[5] or ""
    if not said and (found[2] or name in _NOWHERE):
        return found[0]
    clock = said or (f" {_CITIES[name]} time" if name in _CITIES else "")
    return f"trade only between {found[3]} and {found[4]}{clock} "


SPEC_TURNS: Turns = (
    (rf"(?:^|(?<=[.;:\n] )|(?<=\n)|(?<=, ))(?:the )?(?:{_COUNTED}) ?(?:#|no\.? ?|number )?\d{{1,2}}[a-z]?\b(?: of "
     rf"(?:the |our |my )?\w+)? ?[:.)-]+ ?", " . "),
    (r"\((?:i{1,3}|iv|vi{0,3}|ix)\)", " "),
    (rf"(?:^|(?<=[.\n] )|(?<=\n))(?:{_PURPOSE}) ?[:.-] ?{_UNRULED}(?:\.|\n|$)", " "),
    (rf"\b{_PAPER} (?:an? |the )?(?:[a-z-]+ ){{0,4}}{_RULE}(?: (?:in which|where|by which|under which|that|of)|[:.]|,)",
     " "),
    (r"\bfor (?:robustness|completeness|simplicity|clarity),? (?:we add (?:a |one )?(?:filter|condition|rule) ?: ?)?",
     ""),
    (r"\b(?:the )?(?:null hypothesis|consistency rule|[a-z]+ index|costs?|theory) aside[,:] ?", ""),
    (r"\buser story ?: ?(?:as an? [a-z ]{3,30}? (?=i want))?", ""),
    (r"(?:^|(?<=[.;\n] )|(?<=\n))(?:acceptance criteria|variant [a-z](?: of the system)?|desk (?:slang|note)|"
     r"quant spec|spreadsheet logic|"
     r"rules of engagement|strict rules|hard rules|soft rules?|checklist|check list|kill switch|circuit breaker|"
     r"regime (?:switch|filter)|"
     r"execution|"
     r"trade management|position management|payout mode|evaluation account|funded account|prop firm(?: rules?| "
     r"rule sheet)?|funded account(?: rules?| rule sheet)|rule sheet|"
     r"easylanguage(?: like)?|easylanguage-like|thinkscript|pinescript|pine script|afl|amibroker|tradestation|"
     r"mt[45](?: ea)?|"
     r"metatrader(?: [45])?(?: ea)?|ninjatrader|in tradingview terms|in metatrader terms|in thinkscript terms|"
     r"ftmo(?: challenge)?|"
     r"conditional order|bracket(?: order)?|oco(?: order| bracket| pair)?|oco pair once long|playbook(?: entry)?|"
     r"contingent exit) ?[:.] ?", " . "),
    (r"\b(?:one[- ]cancels[- ]the[- ]other|one[- ]triggers[- ](?:the[- ])?other|oco|oto) (?:exits?|orders?|pair|"
     r"bracket)(?: once long| on fill)?"
     r" (?:at|with) (\+?[\d.]+ ?%) and (-[\d.]+ ?%)", r"target \1 , stop \2"),
    (r"\b(?:mit|if[- ]touched|market[- ]if[- ]touched) orders? (?:to )?(?=sell|buy)", ""),
    (r"\bthe balance (?=(?:at|on|when|if|exits|is|trails|by|after)\b)", "the rest "),
    (r"(?:^|(?<=[,.;] )|(?<=\border ))(?-i:DAY)(?: only| order)?(?= ?(?:[.;,]|$))", "good for the day"),
    (r"(?:^|(?<=[.;,] ))(?-i:MOC) (entry|exit|buy|sell)(?= (?:when|if)|:)", r"\1 at the close "),
    (r"\b(enter|buy|entry) (?-i:MOO) (?:on )?the (?:day|morning|bar|session) after ", r"\1 at the next open on "),
    (r"\b(?-i:BTO)\b", "buy"), (r"\b(?-i:STC)(?= (?:on|when|if|at)\b)", "sell"),
    (r"\bbuy to open\b", "buy"), (r"\bsell to close\b", "sell"),
    (r"\bsell to open(?: \(short\))?", "sell short"),
    (r"(?:^|(?<=[.;,\n] ))(?-i:LE)(?: ?:|(?= (?:at|when|if|on)\b))", "buy when "), (r"(?:^|(?<=[.;,\n] "
     r"))(?-i:LX)(?: ?:|(?= (?:at|when|if|on)\b))", "sell when "),
    (r"\b(buy|sell|short|cover) (?:the )?next bar (?:at|on) (?:the )?(?:market|open)\b", r"\1 "),
    (r"\bset ?stop ?loss\b|\bapply ?stop(?: ?loss)?\b", "stop loss"),
    (r"\b(?:marketposition|market position|position) ?(?:==?|is) ?0 and ", ""), (r"\b(?:when|if|while) flat,? and ",
     "when "),
    (r"\b(?:when|if|while) (?:long|in a (?:long )?position|holding),? and (?=[^.;\n]*: ?(?:flat|exit|sell|out|"
     r"close)\b)", "when "),
    (r"\b(?:when|if|while) (?:long|in a (?:long )?position|holding), (?=(?:if|when) [^.;\n]*\b(?:flat|exit|sell|"
     r"out|close)\b)", ""),
    (r"\bref ?\( ?(hhv|llv) ?\( ?(?:high|low|h|l) ?, ?(\d+) ?\) ?, ?-1 ?\)",
     lambda found: f"{'highest high' if found[1].lower() == 'hhv' else 'lowest low'} of the previous {found[2]} bars"),
    (r"\bcrosses?above ?\( ?((?:[^(),]|\([^()]*\))+?) ?, ?((?:[^()]|\([^()]*\))+?) ?\)", r"\1 crosses above \2"),
    (r"\bcrosses?below ?\( ?((?:[^(),]|\([^()]*\))+?) ?, ?((?:[^()]|\([^()]*\))+?) ?\)", r"\1 crosses below \2"),
    (r"\bi(ma|rsi|atr|adx|cci|macd|stochastic)(?= ?[\d(])", r"\1"),
    (r"\b(sma|ema|wma|hma|rsi|atr|adx|cci|roc|mfi)_(\d+)\b", r"\1 \2"), (r"\bmax(?:_| )bars ?[:=]? ?(\d+)", r"max "
     r"hold \1 bars"),
    (r"\bflat ?(?:->|=>|to) ?long (?=on|when|if|at)", "buy "),
    (r"(?:^|(?<=[;\n] )|(?<=\n))(entry|exit|stop|target|size|filter|buy|sell)\s*\|\s*", r" . \1: "),
    (r"\bindicator (\w+(?: ?\(\d+\))?), ?operator (<=|>=|<|>), ?value ([\d.]+), ?action (buy|sell|short|cover)",
     r"\4 when \1 \2 \3"),
    (r"\bcolumns? (?=['\"])", ""),
    (r"\b(\w+), (?:measured|defined|calculated|computed|expressed) (?:as|by) ([^,;.]+(?:\.\d[^,;.]*)?), (?=is|"
     r"exceeds|rises|falls|stays)", r"\2 "),
    (r"\bhalt after a (?:day|daily|day's) loss of (\d+(?:\.\d+)? ?%)", r"at a daily loss of \1 stop trading for "
     r"the day"),
    (r"\bcease (?:all )?trading\b|\bdiscontinue trading\b|\btrading (?:shall |will |is to )?ceases?\b", "stop trading"),
    (r"\brefrain from (?:trading|entering|new trades) for\b", "wait"), (r"\ba minimum of (\w+ bars) (?:must|has "
     r"to|shall|should|need to|have to) elapse between trades",
     r"wait at least \1 after each trade"),
    (r"\b(?:only )?one (?:open )?position (?:only|at a time)(?: only)?(?=\s*[.,;]|$)", ""),
    (r"\bneither short(?:ed)? nor leveraged\b", "long only"), (r"\bat 1x(?: leverage)?\b", ""),
    (r"\b(?:position is |position gets )?reduced? (?:by|to) (?:a )?half(?: size)?(?= (?:if|when|once|at|on|after)\b)",
     "sell half "),
    (r"\bthe residual (?:is )?(?:held |kept )?(?=until|till|"
     r"at|trails)", "the rest "),
    (r"\block in break ?-?even (?:after|at|once up) (?:a )?(?:gain|profit)? ?(?:of )?", "stop to breakeven after "),
    (r"\b(?:the )?trailing stop (?:shall|is to|will|must) be (?:ratcheted|moved|raised|pulled) (?:up )?to ([\w.]+ "
     r"(?:atr|%|percent)) below the (?:highest|best) "
     r"(?:close|price|high) since (?:the )?entry", r"trailing stop \1"),
    (r"\bscale out in thirds ?[:,]", " . "), (r"\b(?:two|three|2|3)[- ]tier exits? ?: ?", " . "), (r"\b(remainder|"
     r"rest) (?:is )?trailed (?:at|by) ", r"\1 trails by "),
    (r"\b(broken|taken out) on "
     r"a closing basis\b", r"\1"),
    (r"\bno (?:averaging down|martingale)(?:,? (?:and )?no (?:martingale|averaging down))?(?=\s*[.,;]|$)", ""),
    (r"\bsize is "
     r"constant at\b", "size is"),
    (r"(?<!ta\.)\bcross ?\( ?((?:[^(),]|\([^()]*\))+?) ?, ?((?:[^()]|\([^()]*\))+?) ?\)", r"\1 crosses above \2"),
    (r"\b(?:(?:we|i|the system|the bot|it) )?(?:ignores?|discards?|skips?|rejects?|filters? out|excludes?|"
     r"suppress(?:es)?) (?:all |any |the |such )?(?:signals?|trades?|"
     r"setups?|entries|breakouts?|crosses) (?:if|when|where|while|whose|with|that have|having) "
     r"(?=[^.;,]*(?:\b(?:is|are|exceeds?|above|below|under|over|less|"
     r"more|greater|smaller|lower|higher|wider)\b|[<>]))", "no trades when "),
    (r"\b(?:buy|sell|short|fade)(?:ing)? (?:the |into )?(?:rall(?:y|ies)|dips?|weakness|strength|pops?|spikes?|"
     r"pullbacks?)(?:, (?:buy|sell|short) (?:the )?(?:rall(?:y|ies)|"
     r"dips?|weakness|strength)) ?: ?(?=[^.\n]*\b(?:buy|sell|short|long|enter|cover)\b)", ""),
    (r"(?:^|(?<=[.\n] ))(?:sell|short|fade)(?:ing)? (?:the |into )?(?:rall(?:y|ies)|strength|pops?|spikes?) ?: "
     r"?(?=[^.\n]*\b(?:short|cover)\b)", ""),
    (r"\b(\d+)[- ](bar|day|week|period|candle) (high|"
     r"low) close\b", r"\1 \2 closing \3"),
    (r"(?:^|(?<=[.\n] ))only with (?=[^.\n]*(?:above|below|over|under|[<>]))", "only when "), (r"\b(stop(?: "
     r"loss)?|target) on (?:both|either) sides?(?= ?[.,;]| ?$)", r"\1"),
    (r"\b(?:long and short|buy and sell) signals are mirror images ?[:.] ?", ""), (r"\bbreach(?:es|ed|ing)?(?= "
     r"(?:the|its|an?|\d))", "breaks"),
    (r"\((?:strike that|correction|scratch that|no(?=,)|sorry|rather|i mean),? ((?:[^()]|\([^()]*\))*)\)", r", strike "
     r"that, \1 "),
    (r"\b(?:an? )?sell limit(?: order)? at (?:the )?(?:entry )?\+? ?([\d.]+ ?(?:%|percent))", r"target \1"),
    (r"\b(?:one[- ]triggers[- ](?:the[- ])?other|oto|oso|one[- ]sends[- ]other) ?: ?", ""),
    (r"(?:\btime stop ?: ?)?\b(?:exit|close|get out|sell) if (?:the )?(?:trade|position|it)(?: has| is)? not "
     r"(?:hit|reached) (?:its |the )?target (?:with)?in (\w+ (?:bars|days|candles))", r"exit after \1"),
    (r"\b(\w+) consecutive (lower lows|higher highs|lower highs|higher lows)\b", r"\1 \2 in a row"),
    (r"\b(?:trading |trade |time )?window(?: of operation)? ?: ?(?=\d)", "trade only "),
    (r"\b(new york|\w+)(/[a-z ]+)? (?:session|overlap)(?: only)?,? \(?(\d\d?:\d\d) ?(?:to|-|–) ?(\d\d?:\d\d)"
     r"( london| new york| ny| et)?\)?", _hours),
    (r"\b(close|price) (?:surpasses|exceeds|clears|tops|breaks) (the [\w -]{3,30}?) by (?:more than |at least "
     r")?([\d.]+ ?%)", r"\1 is \3 above \2"),
    (r"\b(?:signals|orders|conditions|indicators|rules|entries) are (?:generated|computed|evaluated|calculated|"
     r"checked|determined) (?:on|at) the daily close\b",
     "daily bars"),
    (r"(?<=\bdaily bars)(?: of (?:each|every|the) day)?,? and (?:executed|filled|traded|acted on)(?: at| on) the "
     r"(?:next|following) (?:bar's |day's )?open", ""),
    (r"\b(?:signals|orders|conditions|indicators|rules|entries) are (?:generated|computed|evaluated|calculated|"
     r"checked|determined) (?:on|at) the close"
     r"(?: of (?:each|every|the) (?:bar|day|candle))?(?:,? and (?:executed|filled|traded|acted on)(?: at| on) the "
     r"(?:next|following) (?:bar's |day's )?open)?\.?", ""),
    (r"\bat close (?=[<>])", "when close "),
    (r"\b(\d+)[- ](bar|candle) (high|low) on the (\d+)[- ]?(?:minutes?|mins?|m)(?: chart)?(?= ?[.;,]| ?$)", r"\1 "
     r"\2 \3 . \4 minute chart "),
    (r"\b(entry|exit) requires (?:both|either|all) ?: ?", r"\1 when "),
    (r"\b(\d+)[- ](?:period|day|bar) (upper|lower|middle) bollinger bands? \(([\d.]+) ?(?:sd|std|sigmas?|standard "
     r"deviations?)\)",
     r"\2 bollinger band (\1, \3)"),
    (r"\btrades? (?:begins?|starts?|commences?) (?=when|if|once|upon)", "buy "),
    (r"\bresting (?=(?:buy|sell|limit|stop)\b)", ""), (r"(?<!\bno )\bintraday stops?(?: at)?\b", "stop"),
    (r"\batr trailing stop of ([\d.]+) ?x\b", r"trailing stop \1 atr"), (r"\brisk(?:ing)? no more than (?=[\d.]+ ?%)",
     "risk "),
    (r"\bsignal to (buy|sell|short) ?: ?", r"\1 when "), (r"\bbased on a stop of\b",
     ", stop "), (r"\bfixed[- ]fractional,? (?:sizing |risk )?(?:of )?(?=\d[\d.]* ?(?:%|percent))", "risk "),
)  # fmt: skip
"""In the order of words that is read, as in `reworded`."""
