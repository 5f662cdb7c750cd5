"""What people say around a rule: what is left of a position, what ends it before its time, the last moment for an
entry, marks between rules, and words of other tongues in the order of theirs."""

from __future__ import annotations

import re

from .rewriting import Turns

_N = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)"
_PCT = r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten) ?(?:%|percent\b|per cent\b|pct\b)"
_CLOCK = r"(?:\d{1,2}:\d{2} ?(?:am|pm)?|\d{1,2} ?(?:am|pm)\b)"
_BARS = r"(?:bars|candles|days|sessions|hours|weeks)"
_ENTRY = r"(?:my |the |our )?(?:entry(?: price)?|buy(?:ing)? price|purchase price|cost)"


def _short(found: re.Match[str]) -> bool:
    return bool(re.search(r"\b(?:short|cover)\w*\b", found.string, re.IGNORECASE))


def _given_up(found: re.Match[str]) -> str:
    """`Unless it drops 4 % below my entry first`: a stop of who bought; of a short it would be a gain."""
    return found[0] if _short(found) else f" , stop {found[1]}"


def _taken_at(found: re.Match[str]) -> str:
    """`We are leaving at 7.5 %`: a gain, where the loss has a stop of its own."""
    stopped = re.search(r"\bstop\w*[^.;]{0,25}\d", found.string[: found.start()], re.IGNORECASE)
    return f"target {found[1]}" if stopped else found[0]


def _of_setup(found: re.Match[str]) -> str:
    """`The high of that day`, where no other day is spoken of."""
    named = (
        r"\b(?:yesterday|previous|prior|before|ago|earlier|last (?:bar|day|candle)|"
        r"(?:mon|tues|wednes|thurs|fri)days?)\b"
    )
    other = re.search(named, found.string[: found.start()], re.IGNORECASE)
    return found[0] if other and found[2].lower() == "day" else f"{found[1]} of the signal bar"


def _again(found: re.Match[str]) -> str:
    """`Sell when it is again over the average`: it was not, where it was bought."""
    rule = re.split(r"[.;!?\n]", found.string[: found.start()])[-1]
    left = re.search(r"\b(?:sells?|sale|exit|close it|get out|cover)\b", rule, re.IGNORECASE)
    return f"{found[1]} back " if left and not re.search(r"\bbuy\b", rule[left.start() :], re.IGNORECASE) else found[0]


def _lasting(found: re.Match[str]) -> str:
    """`A trade may last ten bars at most`; `no trade may last ten bars` says the same."""
    return f"max hold {found[1]}"


def _hit(found: re.Match[str]) -> str:
    """`Short while it is under the 200, hit it when …`: both have to hold."""
    sentence = re.split(r"[.;!?\n]", found.string[: found.start()])[-1]
    return " and" if re.search(r"\b(?:short|long) (?:while|as long as)\b", sentence, re.IGNORECASE) else found[0]


def _edge(found: re.Match[str]) -> str:
    return f"yesterday's {'high' if found[1].lower().startswith('max') or found[1].lower() == 'high' else 'low'}"


_KEPT = r"%|\b(?:stop|target|chart|bars|candles|risk|size|only|trail|never|not|no|unless|except)"
"""What is not taken back with a rule."""
_COUNTS = r"\b(?:buy|sell|(?<!too )long|short|only|never|not|no|except|stop|unless|target|risk|mon|tue|wed|thu|fri)"
"""What is no mere story."""
_TIMES = {"second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4", "4th": "4", "fifth": "5", "5th": "5"}


def _in_a_row(found: re.Match[str]) -> str:
    """`On the third close in a row above the average`."""
    return f"{found[1] or ''}{_TIMES[found[2].lower()]} closes in a row {found[3]}"


OCCASIONS: Turns = (
    (r"(?<=[a-z0-9%).]) [/|] (?=(?:tgt|tp|sl|stop|target|exit|out|eod|flat|entry|size|risk|max|trail|time|hold|"
     r"cover|only|no|not|chart|tf)\b(?! dist)|(?-i:[A-Z]{2,5}) \d)", " , "),
    (r"\b(long|short|buy|sell|out|exit|flat|cover|r|pips|points|atr|\d ?%) [/|] (?=[a-z<>])(?!(?:short|long|sell|"
     r"buy)\b|"
     r"[a-z]+ ?\()", r"\1 , "),
    (r"\b(\d+ ?(?:m|min|h)|[hmd]\d+|daily|hourly|weekly) \| ", r"\1 , "),
    (r"\A\s*(?:quick|short|small|easy|simple|dumb|silly|stupid|weird|random) (?:one|question|thing|request|idea|ask)\b"
     r" ?[:,.!-]", ""),
    (r"\b(?:go on|come on|prove me wrong|surprise me|off you go|have at it),? ?(?=[^.!?\d]{0,30}[.!?]*\s*\Z)", ""),
    (r"\bgap (?:n|and|&) go\b", ""),
    (r"(?<=[a-z0-9%)]),? hit it (?:when|if|once)\b", _hit),
    (r"\b(?:yank|pull|drag|bring|tug|haul|bump|slide|shift) (?:it|that) (?:up |down )?to (?=break ?even|b/?e\b|"
     r"entry|scratch)",
     "move stop to "),
    (r"\b(?:comes?|goes|moves|gets|rises) from (?:under|below|beneath|underneath) to (?:over|above)\b",
     "crosses above"),
    (r"\b(?:comes?|goes|moves|gets|falls) from (?:over|above) to (?:under|below|beneath)\b", "crosses below"),
    (r"(?<![\w-])(vwap|(?:\d+ )?[es]?ma(?: ?\d+)?) (reclaim|loss)(?=\s*[,.;])",
     lambda found: f"price crosses {'above' if found[2].lower() == 'reclaim' else 'below'} {found[1]}"),
    (r"\b((?:rsi|adx|mfi|stoch(?:astic)?|williams %?r)(?: ?\(?\d+\)?)?) (\d+) ?- ?(\d+)(?=\s*(?:[,.;]|and\b|$))",
     r"\1 between \2 and \3"),
    (r"\bscale in (?:w|with|in) (\d+ ?%) (?:clips|chunks|pieces|bites|slices|tranches)\b ?[:,]?", r"size \1 ,"),
    (r"(?<=, )(?:the )?first (?:one|clip|bite|tranche) (?=when\b|if\b|on\b)", "buy "),
    (r"(?<=[:=>] )(?-i:L)(?=\s*(?:[.,;\n]|\Z))", "long"), (r"(?<=[:=>] )(?-i:S)(?=\s*(?:[.,;\n]|\Z))", "short"),
    (r"\bb ?bands?\b", "bollinger band"),
    (r"\bbid it (?=when\b|if\b|once\b|on\b)", "buy "),
    (r"\b(dont|don't|do not|never|i|to|then|otherwise|othrwise) by (?=(?:if|when|wen|it|some|shares|spy|qqq|aapl|"
     r"msft)\b)", r"\1 buy "),
    (r"\b(?:punch|slap|slam|smash|hammer|tap|whack) (?:it|her|this) (?=long\b|short\b)", "go "),
    (r"\b(?:clip|scalp|grab|snag|nick|bank) (?=\d+(?:\.\d+)? ?(?:pips|points|ticks)\b)", "target "),
    (r"\broll(?:s|ed|ing)? (under|below)\b", "crosses below"), (r"\brolls back\b", "crosses back"),
    (r"\b(?:at |on )?(?:the )?next (?:opening )?bell\b", "at the next open"),
    (r"\b((?:on |at )?)(?:the |its )?(second|third|fourth|fifth|2nd|3rd|4th|5th) (?:straight |consecutive "
     r")?close (?:in a "
     r"row )(?:is )?(above|below|over|under|>|<)", _in_a_row),
    (r"\b(is|are) again (?=over\b|above\b|under\b|below\b)", _again),
    (r"\b(?:is |are )?point(?:s|ing) (?:to )?(?:the )?(up|down)(?:wards?)? since (\w+ (?:bars|candles|days))\b",
     lambda found: f"has been {'rising' if found[1].lower() == 'up' else 'falling'} for {found[2]}"),
    (r"\b(?:is |are )making (?=(?:an? )?(?:buy|sell)\b)", "makes "),
    (r"\b(?:between|from) (?:the )?hours? (\d{1,2}) (?:and|to|until|till) (\d{1,2}) (?:of|in) the morning\b",
     lambda found: f"between {int(found[1]):02d}:00 and {int(found[2]):02d}:00"),
    (r"\b(?:(the)|a|an|any)? ?(long|short)(?: position)? is opened (?=with\b|each time|every time)", r"go \2 "),
    (r"\bhours (\d{1,2}) (?:to|till|until|-) (\d{1,2})(?! ?(?:[%:\d]|am\b|pm\b))", lambda found: found[0] if
     int(found[1]) <= int(found[2]) or int(found[1]) > 12 else f"{int(found[1]):02d}:00 to {int(found[2]) + 12}:00"),
    (r"\b(high|low) of (?:that|this|the same|the setup|the signal) (day|bar|candle)\b", _of_setup),
    (r"\bvalid (?:only )?(?:for|on) (?:the )?next (day|bar|session|candle)(?: only)?\b", r"valid for 1 \1"),
    (rf"\A(?:(?!{_COUNTS})[^.;:\d]){{0,80}}\bso here(?:'s| is) (?:what i (?:decided|do|want|did|came up with)|"
     rf"my (?:plan|"
     r"rule|idea))\b", ""),
    (r"\b(?:i|we) keep (?:on )?getting (?!in\b|out\b|long\b|short\b)[a-z]+(?: [a-z]+)? so\b", ""),
    (r"\bstop(?: loss)? (?:is|gets|will be|shall be|should be|must be) (?:then )?(?:moved|raised|shifted|pulled|"
     r"brought|lifted|"
     r"dragged)(?: up| down)? (?=to\b)", "stop moves "),
    (rf"\b({_PCT})([^.;\d]{{0,40}}?\b(?:or|and|the rest at|rest at)(?: has| have)?(?: risen| fallen| up| down| "
     rf"lost| gained| at)*"
     rf" )({_N})(?=\s*(?:[.,;](?!\d)|\Z))", r"\1\2\3 percent"),
    (r"\b(?:the |my )?(?:fast|slow|short|long|faster|slower|shorter|longer|quick|first|second)(?: moving)? "
     r"(?:line|average|ma|"
     r"one|ema|sma) \(([^()]{3,24})\)", r"\1"),
    (r"\b(\d+) (?:and|&) (\d+)(?:[- ](?:day|bar|period))? ((?:e|s|w|h)?mas?|moving averages?) (?=cross)", r"\1/\2 \3 "),
    (rf"\b(?:a|the|each|every|any|no) (?:trade|position) (?:may|can|should|must|will|is to) (?:last|run|stay "
     rf"open|be held|live)"
     rf"(?: for)?(?: at most| no more than| up to| no longer than)? ({_N} {_BARS})(?: at (?:the )?most)?", _lasting),
    (rf"\b(?:i|we) (?:then )?(?:sit out|stand aside|pause|rest|take a break)(?: for)? ({_N} {_BARS})", r"wait \1"),
    (r",? (?:except|unless)(?: if| when)? ([^.;,]+),? in (?:which|that) case (?:i |we )?(?:do not|don'?t|never) "
     r"(buy|enter|trade|"
     r"short)\w*", r" . do not \2 when \1"),
    (r"\b(\d{1,2}(?::\d\d)? ?[ap]m) ?[-–] ?(?=\d{1,2}(?::\d\d)? ?[ap]m\b)", r"\1 to "),
    (r"\((?:both(?: sides| ways)?|each side|either side)\)", ""),
    (r"\bcosts? ?: (?=[^;\n]*\b(?:commissions?|fees?|slippage)\b)", ""),
    (r"([$€£] ?\d[\d,]*k?|\d[\d,]*k? ?(?:dollars|usd|euros?|eur)) (?:of )?(?:starting |initial )?capital\b",
     r"starting capital \1"),
    (r"\blet (?:the |my )?(?:final|last|remaining|other|rest(?: of (?:it|the position))?|runner|balance|remainder)"
     r"(?: (?:third|half|quarter|part|piece|one))? (?:run|ride|go|work)(?: on)? (?:until|till|til)\b",
     "sell the rest when"),
    (rf",? unless (?:it|the price|price) (?:first )?(?:drops?|falls?|loses?|goes down|sinks?|declines?|dips?)(?: by)? "
     rf"({_PCT}) (?:below|under|from|off) {_ENTRY}(?: first| before(?: that)?)?", _given_up),
    (rf"\bfor ({_N} {_BARS}),? (?:and )?(?:no more|no longer|not more|not longer|tops)\b", r"for at most \1"),
    (rf"\b(?:and )?never (?:>|more than|longer than|over) ({_N} {_BARS})(?: in(?: it| a trade)?)?(?=\s*(?:[.,;]|$))",
     r"max hold \1"),
    (rf"\b(?:last|latest) (?:entry|entries|trade|new (?:trade|position))s?(?: is| at| by)? ?[:=]? ?({_CLOCK})(?![\d%])",
     r"no entries after \1"),
    (rf"(?<=, )({_N} (?:bars|candles|days)) valid\b", r"valid \1"),
    (r"\b(?:(?:i|we) )?(?:only )?(?:look at|check|watch) (?:the |my )?((?:daily |weekly |hourly |\d+ ?h(?:our)? )?)"
     r"(?:charts?|market|prices?)(?: only)? once(?: a day| a week)?,? (?:after|at|before) (?:the )?(?:market "
     r")?close(?: of "
     r"the day)?(?=\s*[.,;])", lambda found: f"{found[1]}chart" if found[1] else ""),
    (r"\b(?:and )?if it takes (?:longer|more) than (?=\w+ (?:days|bars|candles|hours|weeks))([\w ]+?),? (?:i|"
     r"we) (?:give "
     r"up|get out|am out|sell|leave)\b", r"and sell after \1"),
    (r"\b(?:i|we|she|he) (?:also )?(?:don'?t|do not) (?:want|need|use|like)(?: to use| to have)? (?:any |an? )?"
     r"(?=stops?\b|stop loss|targets?\b)", "no "),
    (rf"(?:\A|(?<=[.;!?]))(?:(?!{_KEPT})[^.;!?,])*\b(?:buy|sell|long|short)\b(?:(?!{_KEPT})[^.;!?,])*,? "
     r"(?:(?:hmm+|uh|er|oh|ah|wait),? )?no,? "
     r"(?:wait,? )?"
     r"make (?:it|that) (?=(?:long|short|buy|sell)\b[^.;,]*\b(?:when|if)\b)", ""),
    (r"\bprices? of (?:the )?clos(?:ing|e)\b|\bprices? at (?:the )?clos(?:ing|e)\b", "close"),
    (r"\bprices? of (?:the )?open(?:ing)?\b", "open"),
    (r"\b(?:the )?(maximum|minimum|high|low) (?:of|in) (?:the )?(?:day of )?yesterday\b", _edge),
    (r"\b(maximum|minimum) of (?:the )?(\d+) (?:previous|preceding|last|prior|past) (bars|candles|days)\b",
     lambda found: f"previous {found[2]} {found[3][:-1]} {'high' if found[1].lower() == 'maximum' else 'low'}"),
    (r"\bsurpass(?:es|ed|ing)? (?=(?:the )?(?:maximum|high|previous|\d+[- ](?:bar|day)))", "exceeds "),
    (rf"\b({_N}) (days|bars|candles|closes) consecutive\b", r"\1 consecutive \2"),
    (rf"\b(?:after )?(?:that )?({_N}) consecutive (days|bars) (?:the )?(?:price|it|market) (?:has )?closed "
     rf"(?:each (?:day|bar|"
     r"time) )?(lower|higher)\b", lambda found: f"after {found[1]} {found[3]} closes in a row"),
    (r"\bcross(es|ing|ed)? (?:the )?(zero(?: line)?|\d+(?:\.\d+)?) to (?:the )?(up|down)(?:wards?|side)?\b",
     lambda found: f"crosses {'above' if found[3].lower() == 'up' else 'below'} {found[2]}"),
    (rf"\b(or |and )?(?:if|when|once) (?:are|there are|have|has)? ?passed ({_N} (?:bars|candles|days|hours))\b",
     lambda found: f"{found[1] or ''}after {found[2]}"),
    (r"\b(?:it )?is not (?:allowed|permitted) (?:to have |to open |to make )?more than (\w+) (?:positions|"
     r"trades|operations|"
     r"entries) (?:in|on|within|during) (?:the|a|one)(?: same| single)? day\b", r"max \1 trades a day"),
    (rf"\b(?:i|we)(?:'m|'re| am| are)? (?:leave|leaving|exit|exiting|get out|getting out|close|closing|go out|"
     rf"going out)"
     rf"(?: it)? at \+? ?({_PCT})(?=\s*(?:[.,;]|$))", _taken_at),
)  # fmt: skip
"""In the order of words that is read, as in `reworded`."""
