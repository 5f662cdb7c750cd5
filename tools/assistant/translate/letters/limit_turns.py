"""What is said of sizes, costs, limits and pauses, in the words that are read: broker slang, platform terms, relative
clauses where a noun has an adjective (`a trade that lost money`, `the broker takes half a cent a share`).
"""

from __future__ import annotations

import re

from .rewriting import Turns

_NUM = r"\d+(?:\.\d+)?"
_N = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_PCT = (
    rf"(?:{_NUM}|half a|one|two|three|four|five|six|eight|ten|fifteen|twenty|twenty[- ]five) ?(?:%|percent\b|per "
    rf"cent\b|pct\b|prc\b)"
)
_ACCOUNT = r"(?: of (?:(?:my|the|our|total|whole) )*(?:account|equity|capital|money|portfolio|depot|balance|nav|funds))"
_SHARE = (
    rf"(?:{_PCT}{_ACCOUNT}?|(?:an? |one )?(?:half|third|quarter|fifth|tenth)(?: of)? (?:the |my )?(?:account|equity|"
    rf"capital|money|portfolio|depot|balance))"
)
_SHORTS = r"\b(?:short|cover)\w*\b"
_TRADE = (
    r"(?:the |a |any |one |each |every |a single |any one |any single )?(?:trade|position|name|stock|symbol|holding|"
    r"bet)"
)
_LOST = (
    r"(?:loss|loser|losing (?:trade|one|position)|trade (?:that|which) (?:lost(?: money)?|loses(?: money)?|was a loss|"
    r"ended (?:in|with|at) a loss|closed (?:red|at a loss|in the red)|went (?:wrong|bad|red))|red trade|bad trade|"
    r"loss[- ]making trade|lost trade)"
)
_BARS = r"(?:bars?|candles?|days?|hours?|h|minutes?|min|sessions?)"
_WAIT = (
    r"(?:wait|pause|cool ?(?:-|off|down|ing)?(?: ?off| ?down)?(?: for| of| period of)?|sit out|sit on (?:my |your "
    r")?hands|rest|stand aside|take a break(?: of)?|no (?:new )?(?:trades?|trading|entries|entry)|stay out|hold off|"
    r"lock ?out|timeout|block(?:ed)?|skip(?: the next)?|do nothing)"
)
_PARTS = {"half": "50%", "third": "33.3333333333%", "quarter": "25%", "fifth": "20%", "tenth": "10%"}
_CENTS = {"half a": 0.005, "a": 0.01, "one": 0.01, "a half": 0.005, "two": 0.02}


def _cents(found: re.Match[str]) -> str:
    """So many cents in dollars."""
    many = found[1].lower()
    value = _CENTS[many] if many in _CENTS else float(many) / 100
    return f"${value:.6f}".rstrip("0").rstrip(".") + " per share"


def _lots(found: re.Match[str]) -> str:
    """Lots of a broker, whose size nobody knows who was not told it; of shares and futures a lot is one of them."""
    told = re.search(r"\blot(?: size)? ?(?:=|is|of|:|means)", found.string, re.IGNORECASE)
    currencies = "EUR|USD|GBP|JPY|CHF|AUD|NZD|CAD"
    pair = re.search(rf"\b(?:{currencies})/?(?:{currencies})\b", found.string)
    whole = float(found[1].replace(",", ".")) % 1 == 0
    return found[0] if told or (whole and not pair) else f"{found[1]} brokerlots"


def _kept_apart(found: re.Match[str]) -> str:
    return f"{found[1]}, {found[2]}"


def _told_before(found: re.Match[str]) -> str:
    """`The size is always the same`, where it was said."""
    before = found.string[: found.start()]
    told = re.search(r"\d ?(?:shares|units|contracts|coins|dollars|usd|euros?|%)|[$€£] ?\d", before)
    return "" if told else found[0]


def _of_longs(found: re.Match[str]) -> str:
    """`Only take longs if …: rules of both ways in and out`; where nothing is sold short, of every entry.

    Where no other entry is said, it is one itself.
    """
    others = found.string[: found.start()] + found.string[found.end() :]
    filters = re.search(_ENTERS, others, re.IGNORECASE) and not re.search(_SHORTS, found.string, re.IGNORECASE)
    return f"only trade when {found[1]} . " if filters else found[0]


_ENTERS = r"\b(?:buy|enter|entry|entries|long|in (?:when|if|on))\b"


_AMOUNT = rf"(?:{_SHARE}|[$€£] ?\d[\d,.]*k?|\d[\d,.]*k? ?(?:dollars|usd|euros?|eur|bucks|shares|contracts|units|coins))"


def _in_cash(found: re.Match[str]) -> str:
    share = next((told for word, told in _PARTS.items() if word in found[1].lower()), "") or re.match(_PCT, found[1])
    return f"size {share if isinstance(share, str) else share[0] if share else found[1]} of the account"


SIZE_TURNS: Turns = (
    (r"\bsz\b", "size"), (r"(?<=% )eq\b", "equity"),
    (r"(?<=\d) L(?= ?[,;])(?=[^\n]*\bX\b)", " long"), (r"(?<=\d) X(?= ?[,;.]| ?$)", " exit"),
    (rf"\b(?:i|we) (?:always )?(?:go|get) in with ({_AMOUNT}|\d{{2,3}}k) (?:each|every) time",
     lambda m: f"size ${m[1].lstrip('$€£ ')} per trade"),
    (rf"\b(?:i|we) (?:want|like) to (?:be down|lose) ({_PCT}{_ACCOUNT}?)(?:,? (?:no|not|never) more)?", r"risk \1"),
    (r"\bif (?:the |my )?stop \(([^()]+)\) is hit,? ", r"stop \1 , "),
    (rf"\bbuy another ({_PCT}|[$€£] ?\d[\d,]*)(?=[^\n]*\bno more than \w+ (?:buys|purchases) altogether)", r"buy \1"),
    (rf"\bmax(?:imum)? ({_N}) open (?:lots|entries|buys|tranches|clips),? ({_PCT}) each\b", r"add on each new "
     r"signal, max \1 at once, "
     r"size \2 "),
    (r"\b(?:available|free|current|total|overall) (?=(?:capital|equity|funds|balance|cash|account)\b)",
     ""),
    (r"\b(?:full|whole|entire) port(?:folio)?\b(?! (?:is|value|of))", "all in"),
    (r"\b(dump|sell|close|exit|unload|get rid of) the lot\b", r"sell everything"),
    (r"\b(?:i|we) (?:always )?take (?=\d+ (?:shares|contracts|units|coins))", "buy "),
    (rf"\b(?:(?:my|the|our) )?(?:usual |normal |standard |fixed )?(?:stake|bet|clip|ticket|wager|position(?: size)?|"
     rf"trade "
     rf"size|order(?: size)?) (?:is |should be |must be |shall be |is to be |will be |has to be |of |: ?|= ?)"
     rf"(?:always )?(?={_AMOUNT})", "size "),
    (rf"(?:^|(?<=[.;,] ))(?:i )?(?:stake|bet|wager|put up|commit|deploy|allocate|invest) ({_AMOUNT})"
     rf"(?: (?:on|in|to|into|per|for) (?:each|every|a|any)? ?(?:trade|signal|position|entry))", r"size \1"),
    (rf"(?:^|(?<=[.;,] ))(?:i )?(?:invest|commit|deploy|use|put in|buy with|allocate) ({_PCT}|(?:an? |one )?(?:half|"
     rf"third|"
     r"quarter|fifth|tenth)),? (?:and )?(?:keep|leave|hold|leaving|keeping) (?:the )?(?:rest|remainder|balance)(?: "
     r"in| as)?"
     r" cash", _in_cash),
    (rf"\blos(?:e|ing) (?:no more than|at most|not more than|max(?:imum)?|up to)? ?({_PCT}{_ACCOUNT}?) (?:if|when|in "
     rf"case)"
     r" (?:i am |i get |it is |i'm |it gets )?stopped(?: out)?", r"risk \1"),
    (r"\b(?:and )?(?:a |my |the )?max(?:imum)?(?: allowed)? loss (?:of |is |: ?|= ?)?([$€£] ?\d[\d,.]*|\d[\d,.]* "
     r"?(?:usd|"
     r"dollars|euros?|eur|bucks)) (?:per|a|each|on each|on every|for each) trade", r", risk \1 per trade"),
    (rf"\b(?:i |we )?(?:may|can|could|might)? ?(?:hold|have|own|carry) (?:up to|at most|max|no more than) ({_N}) "
     rf"(?:entries|"
     rf"lots|buys|tranches|clips|pieces) at (?:once|a time|the same time),? (?:each )?(?:with |of )?({_PCT})(?: each)?",
     r"add on each new signal, max \1 at once, size \2 "),
    (rf"\bpyramid(?:ing)? up to ({_N}) (?:positions|entries|lots|units)(?: (?:in total|at once))? on (?:every|each) "
     rf"new "
     r"(cross|signal)", r"add on each new \2, max \1 at once"),
    (r"\b(?:one|1|a single) (?:entry|position|trade|lot) only\b", "only one position at a time"),
    (r",? (?:and )?ignore (?:all |any )?(?:further|new|other|more|additional|later) signals(?: (?:while|when|as long "
     r"as) "
     r"(?:i am |i'm )?(?:in|long|holding|in a trade|in a position|already in))?", ""),
    (r",? (close|exit|sell|buy|long|short) on (?=\w+ ?\(\d+\) (?:cross|is|above|below|<|>))", r", \1 when "),
    (r"(?<![\d.])(\d*[.,]?\d+) ?(?:standard |micro |mini )?lots?\b(?! ?(?:=|is|size))", _lots),
    (r"\bdefault_qty_type ?= ?strategy\.percent_of_equity ?, ?default_qty_value ?= ?(\d+(?:\.\d+)?)",
     r"size \1% of equity"),
    (r"\b(?:strategy[. ])?percent[_ ]of[_ ]equity ?[,:=]? ?(\d+(?:\.\d+)?) ?%?", r"size \1% of equity"),
    (r"\b((?:below|above|under|over|<=?|>=?) ?\d+(?:\.\d+)?) ?: (?=\d)", r"\1 , "),
    (r"(?:^|(?<=[.;,!?] ))(?:the )?(?:order |position |trade )?(?:quantity|size|amount) (?:is |stays )?(?:always |"
     r"each time "
     r")?the same(?: each time| every time| always)?(?=\s*(?:[.,;!]|$))", _told_before),
    (r",? (?:which|that) (?:is|are|gets|get) (?:opened|bought|entered|taken) (?=when|if|once|as soon)", " . buy "),
    (r"\A\s*(?:average|averaging|scale|scaling|pyramid|pyramiding)(?: down| in| up)? ?[:.] ?"
     r"(?=[^\n]*\b(?:again|add|up to|max)\b)", ""),
    (r"\bdefault_qty_type ?= ?strategy\.cash ?, ?default_qty_value ?= ?(\d+)", r"size $\1"),
    (r"\bdefault_qty_type ?= ?strategy\.fixed ?, ?default_qty_value ?= ?(\d+)", r"size \1 units"),
    (r"\bdepot(?:s|wert|value)?\b", "account"), (r"\bshs\b", "shares"),
    (r"\b(\d+) ?(?:ctr|cts|cars|con)\b", r"\1 contracts"),
    (rf"\brisk(?:ing)? ((?:[$€£] ?)?{_NUM} ?%?(?: ?(?:usd|dollars|eur|euros?|bucks))?(?: (?:per|a|each|every) trade)?) "
     rf"with (an? |the )?(?=[^.,;]{{0,20}}\bstop)", r"risk \1 , "),
    (r"\bvol(?:atility)? target(?:ing)?(?: ?(?:of|is|:|=))? (?=\d)", "annualised volatility of "),
    (r"\btarget(?:ing|ed)? (?:a )?vol(?:atility)? (?:of |is |: ?|= ?)?(?=\d)", "annualised volatility of "),
    (r"\btarget(?:ing)? (\d+(?:\.\d+)? ?%) (?:of )?(?:annual |annualised |annualized |yearly )?vol(?:atility)?\b"
     r"(?: (?:a|per) year)?", r"annualised volatility of \1"),
    (r"(\bannualised volatility of \d+(?:\.\d+)? ?(?:%|percent)) (?:a|per) (?:year|annum)\b", r"\1"),
    (rf",? ?(?<!risk )(?<!risking )(?<!risks )(?<!lose )(?:but |and )?(?:never|not|no) (?:more|bigger|larger|"
     rf"over)(?: than)? ({_SHARE}) (?:in|into|on|for|per) "
     rf"{_TRADE}", lambda found: f", max {_of_account(found[1])} per trade"),
    (rf",? ?(?:but |and )?(?:capped|limited|bounded) (?:at|to) ({_PCT}{_ACCOUNT})(?: (?:in|into|on|for|per) {_TRADE})?"
     rf"(?= ?[.,;]|$)", lambda found: f", max {_of_account(found[1])} per trade"),
    (rf"\b(max(?:imum)?|at most|up to|no more than|not more than|limit(?: of)?) ({_N}) (?:positions?|lots|units|"
     r"entries|buys|tranches|clips|pieces|adds and entries) (?:in (?:total|all|sum)|altogether|overall|combined)\b",
     r"max \2 at once"),
    (rf"\bscal(?:e|ing) in (?:with|using|by) (?:up to |at most |max |a maximum of )?({_N}) (?:lots|units|entries|buys|"
     rf"tranches|clips|pieces|steps|orders|purchases) of ({_PCT}|[$€£] ?\d[\d,]*)( each)?",
     r"add on each new signal, max \1 at once, size \2 "),
    (rf",? (?:and )?(?:add|buy) (?:again|more|once more|another one) (?:each|every) time (?:it does(?: so)?|that "
     rf"happens|it happens|it signals)(?: again)?,? (?:until|till|up to) (?:i have )?({_N})(?: (?:positions|lots|units|"
     r"in all|in total|at most|altogether|all in all))*", r", add on each new signal, max \1 at once"),
    (rf",? (?:and )?add (?:another|a further|one more) ({_PCT}|[$€£] ?\d[\d,]*|\d+ shares) (?:each|every) time (?:it "
     r"(?:signals|triggers|fires|happens|does)|that happens|the signal comes)(?: again)?",
     r", add on each new signal"),
)  # fmt: skip


def _of_account(share: str) -> str:
    """A share of the account in per cent."""
    part = next((told for word, told in _PARTS.items() if re.search(rf"\b{word}\b", share, re.IGNORECASE)), "")
    value = re.match(_PCT, share, re.IGNORECASE)
    return f"{part or (value[0] if value else share)} of the account"


def _between(found: re.Match[str]) -> str:
    """`… sell, then wait 5 bars before buying again`; behind `after an exit` it is read as it stands."""
    sentence = re.split(r"[.;\n]", found.string[: found.start()])[-1]
    told = re.search(r"\b(?:after|when|once|if|whenever|following)\b", sentence, re.IGNORECASE)
    sold = re.search(r"\b(?:sell|exit|out|flat)\s*\Z", sentence, re.IGNORECASE)
    return found[0] if told and not (sold and found[0][0] == ",") else f". wait {found[1]} between trades"



LIMIT_TURNS: Turns = (
    (r"(?:^|(?<=[.;\n] ))(?!(?:buy|sell|long|short|enter|exit)\b|[^.;=\n]*\b(?:down|up|loss|lost|losing|lose|gains?|"
     r"profit|"
     r"drawdown|dd)\b)([^.;=\n]{5,40}?) ?(?:=|->|=>|means) ?(?:stay out|no (?:new )?(?:trades|entries|longs|buys|"
     r"buying)|do "
     r"nothing|stand aside|hands off)(?=\s*(?:[.;]|$))", r"no new trades when \1"),
    (r"\b((?-i:[A-Z]{2,5})) (?:is|closes|trades|stays) not (above|over|higher than|below|under|lower than) (?=\d)",
     lambda m: f"{m[1]} {'<=' if m[2].lower()[0] in 'aoh' else '>='} "),
    (rf",? (?:and |then )?(?:a )?cool[- ]?(?:down|off)(?: period)?(?: of|:)? ({_N} {_BARS})(?=\s*(?:[.;!]|$))",
     r". wait \1 between trades"),
    (rf"\bafter (?:an? |each |every |any )?{_LOST},? (?:i |we )?(?:take|have|make) an? ({_N})[- ]({_BARS}) (?:break|"
     rf"pause|rest|"
     r"time ?out)", r"after a losing trade wait \1 \2"),
    (rf"\b(?:at least|min(?:imum)?) ({_N} {_BARS}) (?:must |have to |should |need to )?(?:pass|lie|go by|be) between "
     rf"(?:two )?"
     r"(?:trades|entries|positions)", r"wait \1 between trades"),
    (rf"\b(?:lost|lose) (?:on )?the last (?:one|trade)(?: ?\?|,)? ?(?:then )?(?:i |we )?(?:{_WAIT})(?: the next)? "
     rf"({_N} {_BARS})",
     r"after a losing trade wait \1"),
    (rf"\b(?:when|if|once|whenever) (?:an? |the |my )?(?:last )?(?:trade|position|one) (?:is |was |has )?(?:been "
     rf")?(?:closed|"
     rf"ended|ends|closes|finished|goes|went) (?:in the red|red|at a loss|in a loss|with a loss|negative),? (?:then "
     rf")?(?:i |we )?"
     rf"(?:{_WAIT})(?: for| in)?(?: the)?(?: following| next)? ({_N} {_BARS})", r"after a losing trade wait \1"),
    (rf"\b(?:i'm |i am |we are |account |if |when |once )*down ({_PCT}) (?:on the day|today|for the day)(?:,| =| ->|"
     rf":)? (?:then |"
     r"means )?(?:no (?:more |new )?trad(?:es|ing)|stop(?: trading)?|i stop|done)(?: (?:today|for the day|that day|"
     r"(?:until|till) (?:tomorrow|the next day)))?",
     r"daily loss \1: stop for the day"),
    (rf"\b(?:my |the )?daily (?:stop|loss limit|max loss)(?: loss)? (?:is|of|at|=) ({_PCT}) ?[:,;-]? ?(?:then "
     rf")?(?:flatten|close "
     r"everything|close all|go flat|sell everything)(?: all| everything)?(?: and (?:call it a day|stop(?: for the "
     r"day)?|quit|done|"
     r"be done)(?: for the day| for today)?)?", r"daily loss of \1: close everything and stop for the day"),
    (rf"\b(?:liquidate|close (?:everything|all)|sell (?:everything|all)|flatten(?: everything)?) and (?:end|stop|"
     rf"quit|shut down|"
     rf"halt)(?: the (?:strategy|system|bot)| trading| for good| everything)? (?:when|if|once) (?:the )?(?:drawdown|"
     rf"dd) (?:exceeds|"
     rf"reaches|hits|is|goes over|passes|gets to) ({_PCT})", r"at a drawdown of \1 close everything and stop for good"),
    (rf"\b(?:if|when|once) (?:i'?m|i am|we are|the account is|equity is) (?:ever )?({_PCT}) (?:off|below|under|down "
     rf"from) (?:the |my "
     r"|its )?(?:equity )?(?:high|peak|top)(?: of equity)?,? (?:then )?(?:close|sell|liquidate|flatten)(?: "
     r"everything| all| it all)* "
     r"(?:for good|forever|and stop(?: for good)?|and quit)", r"at a drawdown of \1 close everything and stop for "
     r"good"),
    (r"(?:^|(?<=[.;,!?] ))no (?:scaling (?:in|out)|partial exits?|partials)(?:(?:,| or| and)+ ?(?:no )?(?:scaling "
     r")?(?:in|out|"
     r"partial exits?|partials))*(?=\s*[.;,!]|$)", "no pyramiding"),
    (r"(?:^|(?<=[.;,!?] ))(?:a )?(?:single|one) (?:entry|position|trade|shot)(?: only)?(?=\s*[.;,!])", "no pyramiding"),
    (r"\b(?:if|when|while) (?:i am |i'm |we are )?(?:already )?(?:long|in|in a trade|in a position|holding)(?: "
     r"already)?,? (?:i |we |"
     r"then )*ignore (?:all |any )?(?:further |new |other |more )*(?:buy |entry )?signals?", "no pyramiding"),
    (r"(?:^|(?<=[.;,!?] ))(?:no|without) (short|long)(?: ?-?positions?| trades?| entries| selling|"
     r"ing)?(?=\s*[.;,!])", r"no \1s"),
    (r"(?:^|(?<=[.;,!?] ))(?:i |we )?only (?:go |trade |do |take )(shorts?|longs?)(?=\s*[.;:,])",
     lambda m: f"{m[1].rstrip('s')} only"),
    (r"\b(?:this is|it is|it's|its) an? (long|short)[- ]only (?:system|strategy|bot|approach|account)", r"\1 only"),
    (rf"\b(?:daily )?(?:trade |trades )?limit ?(?:is|:|=|of) ?({_N})(?: trades?| entries)? ?(?:/|per|a|each) ?day",
     r"max \1 trades a day"),
    (rf"\bdaily (?:trade|trades|entry) limit ?(?:is|:|=|of) ?({_N})\b|\bmax(?:imum)? daily (?:trades|entries) ?(?:is|"
     rf":|=|of)?"
     rf" ?({_N})\b", lambda m: f"max {m[1] or m[2]} trades a day"),
    (r"\b(?:one|a single|1|the first) (?:loss|loser|losing trade) (?:and|,|means|ends|=) ?(?:the |my )?day(?: "
     r"is)?(?: over|"
     r" done| finished)?\b", "after a losing trade no more trades that day"),
    (rf"\bdaily (?:profit |gain )?(?:target|goal)(?: is| of|:)? ({_PCT}) ?[:,;]? ?(?:and )?(?:then |once (?:it is |"
     rf"that is )?"
     r"(?:hit|reached|made) ?,? ?|when (?:hit|reached) ?,? ?)(?:i'm |i am )?(?:done|stop|finished|no more trades|quit)"
     r"(?: trading)?(?: for the day| for today| today| that day)?", r"if up \1 today, no more trades today"),
    (r"\bonly one of (?:(?:them|these|those|the (?:two|three|symbols))|(?-i:[A-Z]{1,8})(?:, (?-i:[A-Z]{1,8}))*,? "
     r"(?:and|or) "
     r"(?-i:[A-Z]{1,8})) at (?:a|any|one) time ?:?", lambda m: f"{_symbols(m[0])} max 1 positions at once ,"),
    (rf",? (?:and )?(?:then )?wait ({_N} {_BARS}) before (?:buying|entering|trading|re-?entering|going in|getting "
     rf"in) again",
     _between),
    (rf"\b(?:min(?:imum)?|at least)(?: of)? ({_N} {_BARS}) between (?:an |the |any )?(?:exit|sale|trade|close) and "
     rf"(?:the |a |"
     r"any )?(?:next|new|following) (?:entry|trade|buy|one)", r"wait \1 between trades"),
    (rf"\bafter (?P<m>{_N}) (?:losses|losers|losing trades|bad trades) (?:in a row|running|straight)?,? ?(?:i |we "
     rf")?(?:stop|"
     rf"quit|halt)(?: trading)? for (?P<n>{_N} {_BARS})", r"after \g<m> losses in a row wait \g<n>"),
    (r"(?:^|(?<=[.;,!?] ))(?:i |we )?(?:do not|don'?t|never|cannot|can'?t|won'?t) (?:ever )?(?:sell|go|take|do) shorts?"
     r"(?: positions)?(?=\s*(?:[.,;!]|$))", "no shorts"),
    (r"\b(\w+)(?: regime| trend)? filter ?: (?=(?:no|only|not|never|skip)\b[^.;\n]*\b\1\b)", ""),
    (r"\b(?:one|1|a single) (trade|entry|position) (?:per|a|each|every) day ?,? (?:and )?(?:no|not|never) more\b",
     r"max 1 trade a day"),
    (r"\b(only the first (?:signal|trade|entry)(?: of the day| each day| per day)) (?:counts|is taken|matters|is "
     r"traded)\b", r"\1"),
    (rf"\b(?:at most|max(?:imum)?|up to|no more than|never more than) ({_N}) open positions at (?:once|a time|the same "
     rf"time)\b ?:?", r"max \1 positions at once ,"),
    (rf"\b(positions (?:together|at once|in total|open|at a time)), (?:each )?(?:with )?({_PCT})(?: each)?(?=\s*[.,;])",
     r"\1, \2 per trade"),
    (r"\b(?:nothing|no positions?|never hold(?: anything)?|no holding|not holding|flat) overnight ?[:,;.-] ?"
     r"(?=[^.;\n]{0,30}\d{1,2}(?::\d\d| ?[ap]m))", ""),
    (rf"\b(?:stop|quit|no more|halt)(?: trading| trades)? (?:for the day|for today|today|until tomorrow) (?:once|if|"
     rf"when|"
     rf"after|as soon as) (?:i'?m|i am|we'?re|we are|i have|i've|the account is|account is|it is)? ?(?:down|lost|"
     rf"losing|minus|lose) ({_PCT})(?: (?:on|for|of|in) (?:the )?(?:day|today|session|account))?",
     r"daily loss \1: stop for the day"),
    (rf"\bdaily loss(?: limit)?(?: of| at| is|:)? ({_PCT}),? (?:and )?(?:then )?(?:go |everything |all )?(?:flat|"
     rf"flatten|"
     r"close|out|liquidate|sell)(?: (?:of )?(?:everything|all|it all|positions))*(?=\s*[.,;]|$)",
     r"daily loss of \1: close everything and stop for the day"),
    (rf"\b(?:kill[- ]?switch|circuit[- ]?breaker|emergency (?:stop|brake|exit)|hard stop|plug is pulled|pull the plug)"
     rf" (?:is |comes |sits )?(?:at|of|after|on|when|if|:|=) ?(?:an? )?({_PCT}) (?:drawdown|dd)\b",
     r"at a drawdown of \1 close everything and stop for good"),
    (rf"\b(?:kill[- ]?switch|circuit[- ]?breaker|emergency (?:stop|brake|exit)) ?(?:at|:|=|when|if) ?(?:the )?(?:max )?"
     rf"(?:drawdown|dd) (?:of |reaches |hits |at |exceeds |is )?({_PCT})",
     r"at a drawdown of \1 close everything and stop for good"),
    (rf"\b(?:when|once|if|as soon as) (?:the account|i|we|my account|it|the strategy) (?:has |have )?(?:made|gained|"
     rf"won|"
     rf"earned|made a profit of|makes|gains|earns)(?: more than)? ({_PCT}) (?:today|on the day|in a day|that day|for "
     rf"the "
     rf"day|during the day)", r"if up \1 today"),
    (rf"\b(?:stop(?: trading)?|halt(?: trading)?|no (?:more |new )?trad(?:es|ing)|pause(?: trading)?) (?:for )?(?:this|"
     rf"the(?: rest of the)?|the current) (week|month|year) (?:when|if|once|as soon as|at|after) (?:the |an? |my )?"
     rf"(?:drawdown|dd) (?:reaches|hits|of|is|exceeds|at|passes|goes over)? ?({_PCT})",
     r"at a drawdown of \2 close everything restart \1"),
    (rf"\bafter (?:an? |each |every |any |one |the )?{_LOST},? (?:i |we |then )*(?P<w>{_WAIT}) (?:at least |for "
     rf")?(?P<n>"
     rf"{_N} {_BARS}) (?:before|until|till) (?:the )?(?:next|another|new|a new|trading again|re-?entering|i go again|"
     rf"entering again)(?: one| trade| entry| position| signal)?", r"after a losing trade wait \g<n>"),
    (rf"\b(?:{_WAIT}) (?:at least |for )?(?P<n>{_N} {_BARS}) (?:after|following) (?:an? |each |every |any |one |the )?"
     rf"{_LOST}", r"after a losing trade wait \g<n>"),
    (rf"\b(?:no|never|not|don'?t) (?:re-?entry|re-?enter(?:ing)?|new trades?|entry|entries|trades?|trading|new entry|"
     rf"buy "
     rf"again|trade again)(?: again)? (?:within|for|until|in the next|in) (?P<n>{_N} {_BARS}) (?:of|after|following|"
     rf"from)"
     rf" (?:an? |each |every |any |the )?{_LOST}", r"after a losing trade wait \g<n>"),
    (rf"\b(?P<m>{_N}) (?:losses|losers|losing trades|bad trades|red trades) (?:in a row|running|straight|"
     rf"consecutively|one after (?:the other|another)) ?(?:->|=>|=|:|,|means?|then)* ?(?:i |we )?(?:{_WAIT})(?: for)? "
     rf"(?P<n>{_N} {_BARS})", r"after \g<m> losses in a row wait \g<n>"),
    (rf"\b(?P<m>{_N}) (?:consecutive|straight|successive) (?:losses|losers|losing trades) ?(?:->|=>|=|:|,|means?|"
     rf"then)* "
     rf"?(?:i |we )?(?:{_WAIT})(?: for)? (?P<n>{_N} {_BARS})", r"after \g<m> losses in a row wait \g<n>"),
    (r"\bonly (?:take |go |do |open |enter )?(?:longs?|long trades|long entries|long positions|buys) (?:if|when|"
     r"while|as long "
     r"as) ([^.;:\n]{3,60}) ?[:;.] ?", _of_longs),
    (r"(?:^|(?<=[.;,!?] ))(?:shorts?|short selling|short ?-?positions?|going short) (?:is |are )?(?:not|never) "
     r"(?:allowed|permitted|wanted|possible|traded|taken)|\b(?:not allowed to|i can(?:'?t|not)|we can(?:'?t|not)) "
     r"(?:go )?short\b", "no shorts"),
    (r"(?:^|(?<=[.;,!?] ))(?:longs?|long ?-?positions?|going long) (?:is |are )?(?:not|never) (?:allowed|permitted|"
     r"wanted|"
     r"possible|traded|taken)", "no longs"),
)  # fmt: skip
def _symbols(text: str) -> str:
    """`AAPL, MSFT` of `only one of AAPL and MSFT …`; nothing of `only one of them`."""
    return ", ".join(re.findall(r"\b[A-Z]{2,8}\b", text))


COST_TURNS: Turns = (
    (r"(?:^|(?<=[.;,] ))(?:(?-i:[A-Z]{2,5})|broker|my broker|exchange|the exchange|the broker) (?:charges|takes|"
     r"wants|bills)"
     r"(?: me| us)? (?=[$€£\d])", "commission "),
    (rf"\b(?:total )?(?:costs?|fees?|commissions?)(?: of| are| is| =|:)? ({_NUM}) ?(%|percent|bps?) (?:per |a |for a "
     rf"|each )?round[- ]?"
     r"(?:trip|turn)s?", lambda m: f"commission {float(m[1]) / 2:g} {m[2]} per fill"),
    (r"\b(commissions?|fees?|slippage|spread) ?(?:is|:|=|are) ?(?:none|zero|nil|0)\b(?! ?[.,]\d)(?! ?%?[.\d])",
     lambda m: f"no {'slippage' if m[1][0].lower() == 's' else 'commission'}"),
    (rf"\btake ({_PCT}|{_NUM} ?bps?) (slippage|commissions?|fees?|spread) and ({_PCT}|{_NUM} ?bps?) (slippage|"
     rf"commissions?|fees?|"
     r"spread) into account", r"\1 \2, \3 \4"),
    (r"\b(?:i|we) (?:have|start with|begin with|trade with|got) ([$€£]? ?\d[\d,.]*k?)(?: (?:dollars|usd|euros?|eur|"
     r"bucks))? (?:to "
     r"(?:trade|invest|play|start)(?: with)?|in the account|in my account|to my name)", r"starting capital $\1"),
    (r"\b(?:equity|account|balance|capital) (?:at|to|on) (?:the )?(?:start|begin(?:ning)?|beginning) ?(?:is|=|:|of)? "
     r"?[$€£]? ?(?=\d)",
     "starting capital $"),
    (r"\btaker (fees?|commissions?)(?=[^\n]*)",
     lambda m: m[0] if re.search(r"\bmaker\b", m.string, re.IGNORECASE) else m[1]),
    (r"\b(?:each|every|an?) (?:order|trade|fill|transaction|buy and sell) costs?(?: me| us)? (?=[$€£\d])",
     "commission per order "),
    (r"\b(?:and |i |we )*pay(?:ing)? ({_PCT}|\d+(?:\.\d+)? ?(?:%|bps?|basis points)) (?:per|a|each|every|on each|on "
     r"every|for "
     r"each|on) (?:trade|order|side|fill|transaction)s?".replace("{_PCT}", _PCT), r", commission \1 per fill"),
    (r"(?:^|(?<=[.;,] ))(?:an? |my |the )?([$€£]? ?\d[\d,.]*k?)(?: (?:dollars?|usd|euros?|eur))? (?:account|bankroll|"
     r"start|"
     r"starting capital)(?=\s*[.,;:]|$)", r"starting capital $\1"),
    (r"\b(half a|a half|a|one|two|\d+(?:\.\d+)?) cents? (?:per|a|each|for each|for every|on each|on every) "
     r"(?:share|unit|contract)", _cents),
    (r"\b(?:i|we|you) pay (\$[\d.]+ per share) (?:in|as|of) (?:commissions?|fees?)\b", r"commission \1"),
    (r"\b(?:zero|0|nil|without(?: any)?|free of|no) (?:%|percent)? ?(commissions?|fees?|slippage|costs)\b",
     lambda found: f"no {'commission' if found[1][0].lower() in 'cf' else 'slippage'}"),
    (rf"\b(?:calculate|count|reckon|compute|test|run|do) (?:it )?with ({_PCT} (?:slippage|commission|fees?|spread))\b",
     r"\1"),
    (rf"({_PCT} (?:slippage|commissions?|fees?|spread)) and (?={_PCT} (?:slippage|commissions?|fees?|spread))",
     r"\1, "),
    (r"(?<![\w$])\$(?=[A-Z]{1,5}\b)", ""),
    (r"(?:^|(?<=[.;\n]))\s*\[((?-i:[A-Z]{2,8})),? ?(\d+ ?(?:m|min|h|d)|[HMD]\d+|daily|weekly|hourly)\]", r"\1 \2 , "),
    (r"(?:^|(?<=[.;\n]))\s*((?-i:[A-Z]{2,8})) ?\| ?(\d+ ?(?:m|min|h|d)|[HMD]\d+|daily|weekly|hourly) ?[|,]", r"\1 \2 "
     r"chart , "),
    (r"\A\s*((?-i:[A-Z]{2,9})),? ((?:one|two|four|1|2|3|4|5|10|15|30)[ -](?:hour|minute|min|day)(?: (?:bars|candles|"
     r"chart))) "
     r"(?=(?:rsi|ema|sma|macd|close|buy|long|short|if|when|price|adx|cci|mfi|stoch|atr|bb|vwap)\b)", r"\1 \2, "),
    (r",? traded on ((?-i:[A-Z]{2,8})),? (daily|weekly|hourly|\d+ ?(?:m|min|h))(?: chart| bars)?\b", r" . \1 \2 chart"),
    (r"\b(?:looking at|on|using|for) the (daily|weekly|hourly|monthly)(?: chart)? (?:of|for) "
     r"(?=(?-i:[A-Z]{1,8})\b)", r"\1 chart, on "),
    (r"\A\s*((?-i:[A-Z]{2,9})),? (\d{1,3} ?(?:m|min|h|d|w)|daily|hourly|weekly|(?-i:[HMDW]\d{1,2}))(?: chart| bars| "
     r"candles)? "
     r"(?=(?:rsi|ema|sma|macd|close|buy|long|short|if|when|price|adx|cci|mfi|stoch|atr|bb|vwap)\b)", r"\1 \2 chart, "),
)  # fmt: skip
"""What stands there, and the words that are read for it."""
