"""More turns of speech about lines and rules: which symbol is on which chart, how many of several conditions, what
happens first, what a line does."""

from __future__ import annotations

import re

from .rewriting import Turns
from .trend_turns import FRAME, NUMBERS, N

_NO_SYMBOL = (
    r"(?!EMA|SMA|WMA|HMA|RSI|MACD|ADX|DMI|ATR|SAR|PSAR|VWAP|CCI|MFI|OBV|ROC|BB|KC|MA|BUY|SELL|LONG|SHORT|IF|WHEN"
    r"|ON|THE|ORB|HTF|LTF|MTF|NR)"
)
_BARS = r"(?:bars|candles|days|periods)"


def _fewer(match: re.Match[str]) -> str:
    """`Less than 5 bars after` is no more than four."""
    return f"no more than {NUMBERS.get(match[1].lower(), 0) or int(match[1])  - 1} {match[2]} {match[3]}"


def _bullishly(match: re.Match[str]) -> str:
    return f"{match[1]} to the {'upside' if match[2].lower() == 'bull' else 'downside'}"


def _sided(match: re.Match[str]) -> str:
    """`So above = only longs, below = only shorts`, behind a filter that says so."""
    return ", both directions" if "trendfilter" in match.string[: match.start()] else match[0]


def _yesterday(match: re.Match[str]) -> str:
    """`Today's 50 day SMA is greater than yesterday's 50 day SMA`."""
    less = match[2].lower() in {"less", "lower", "smaller", "below", "under"}
    return f"{match[1]} is {'falling' if less else 'rising'}"


def _signs(match: re.Match[str]) -> str:
    """`= +1 … = -1`: the sides of a position."""
    both = re.search(r"= ?\+ ?1\b", match.string) and re.search(r"= ?- ?1\b", match.string)
    return f"= {'long' if match[1] == '+' else 'short'}" if both else match[0]


def _of_line(match: re.Match[str]) -> str:
    """`2 % above its 200 day average, … 2 % below it`: below that average."""
    return f"{match['before']}{match['line']}{match['rest']}{match['far']} the {match['line']}"


def _in_one(match: re.Match[str]) -> str:
    """A list of conditions that are counted, whatever parts them."""
    return f"{match[1]}{match[2].replace(';', ',')}"


_STATE = (
    r"(?:(?:strong |clear )?(?:up|down) ?trend|(?:bull(?:ish)?|bear(?:ish)?) (?:regime|market|trend|phase|mode)"
    r"|strong trend|"
    r"trend(?:ing)? (?:market|up|mode))"
)
_LINED = r"(?:[se]?ma|[wh]ma) ?\d+|\d+[- ](?:day |bar |period )?(?:[se]?ma|[wh]ma|average)"
_LINE = r"\d+[- ](?:day|bar|period|week)?[- ]?[a-z ]*?(?:average|[se]?ma)"
TREND_WORDS: Turns = (
    (rf"(?P<before>\b(?:%|percent|pct|per cent) (?:above|below|over|under) (?:its |the "
     rf")?)(?P<line>{_LINE})\b(?P<rest>[^.]*?)"
     rf"(?P<far>\d+(?:\.\d+)? ?(?:%|percent|pct|per cent) (?:above|below|over|under)) it\b", _of_line),
    (rf"(?:\A|(?<=[.;:,] ))(?:an? |the )?({_STATE}) ?(?:=|:|means|is when|is) "
     rf"?(?!we\b)([^.;]*?)([.;])(.*?)\b[io]n (?:an? |the |that |such an? )\1,?",
     r"only if \2\3\4"),
    (r"\bwhen (?:it|that|this|the line) (?:starts|begins) (?:to )?(?:rise|rising|climb|go up|going up|turn "
     r"up)\b", "when it turns up"),
    (r"\bwhen (?:it|that|this|the line) (?:starts|begins) (?:to )?(?:fall|falling|drop|decline|go down|going "
     r"down|turn down)\b", "when it turns down"),
    (r"\bon (?:the |a )?(\d+) ?-?min(?:ute)?s?(?= ?(?:[=:,.;]|->|$))", r"on the \1 min chart"),
    (r",? before (?:i|we) (buy|enter|go long|get in|go short|short)\b(?= ?[.,;])", r", then \1"),
    (rf"\b({_LINED}) (?:is|gets|was) crossed (?P<way>upwards?|downwards?|from below|from above) by (?:the "
     rf")?({_LINED})\b",
     lambda m: f"{m[3]} crosses "
               f"{'above' if m['way'].lower() in {'upward', 'upwards', 'from below'} else 'below'} {m[1]}"),
    (r"\bwhen (?:it|that) (?:is|gets) crossed (up|down)wards?\b", r"when it crosses \1"),
    (r"\bdead (?=simple|easy)", ""),
    (r"\bgolden ?/ ?death cross(?: bot| system| strategy)?\b", "buy the golden cross, sell the death cross"),
    (rf"\bsupertrend (?:is )?(up|down|green|red|bullish|bearish) on (?:the )?({FRAME})(?: chart)?\b",
     r"\2 supertrend is \1"),
    (rf"\bsupertrend (flips|turns|goes|changes) (?:to )?(up|down|green|red|bullish|bearish) on (?:the "
     rf")?({FRAME})(?: chart)?\b",
     r"\3 supertrend \1 \2"),
    (r"\b(?:changes?|turns?|switch(?:es)?|goes|flips?|moves?) from (?:red|bearish) to (?:green|bullish)\b",
     "turns green"),
    (r"\b(?:changes?|turns?|switch(?:es)?|goes|flips?|moves?) from (?:green|bullish) to (?:red|bearish)\b",
     "turns red"),
    (r"(?<=, )from (?:green|bullish) to (?:red|bearish)\b", "turns red"), (r"(?<=, )from (?:red|bearish) to "
                                                                           r"(?:green|bullish)\b", "turns green"),
    (r"\b(when|if) (?:at least )?(?:any|one|either)(?: one)? of (?:them|these|those)(?: three| two| "
     r"four)? (?:turns false|fails|breaks|stops|is lost|is gone)\b",
     r"\1 any of them no longer holds"),
    (rf"\b(?:fewer|less) than {N}(?= ?(?:->|=>|=|:))", r"fewer than \1 of :"),
    (r"\bmust (?:come|happen|occur|be) (?=at most|no more than|within|no later than)", ""),
    (r"\b(cross|crossover|flip) (?:has |had )?(?:happened|occurred|was|came|took place) (?=within|in the|during"
     r"|over the|no more than)", r"\1 "),
    (r"\bis my (?:entry|buy|signal to buy|long)(?: signal)?(?= ?(?:[.,;]|$))", "-> buy"),
    (r"\bis my (?:exit|sell|signal to sell)(?: signal)?(?= ?(?:[.,;]|$))", "-> sell"),
    (r"\b(buy|sell|short|cover) (?:on )?every (?=close|cross)", r"\1 on a "),
    (r"\b(?:the )?(histogram|signal line|signal) (?:on|of|in) (?:the )?macd\b", r"macd \1"),
    (r"[.;,] ?(?:ignore|skip)(?: it| them| this| (?:the |all )?(?:signals?|trades?))? (?:if|when|while) ",
     ". no trades when "),
    (r"\bichimoku (?:default|standard)s?(?: settings)?\b", ""),
    (r"\b(supertrend|it) (?:going|getting) (green|red|up|down)\b",
     lambda m: f"{'' if m[1].lower() == 'it' else m[1]} turns {m[2]}"),
    (r"\b(supertrend|it) (?:switch(?:es)?|turns?|flips?|changes?|goes) (?:in)?to (?:a )?(buy|long|sell"
     r"|short)\b(?! signal)",
     lambda m: f"{'' if m[1].lower() == 'it' else m[1]} turns {'green' if m[2].lower() in {'buy', 'long'} else 'red'}"),
    (r"\b(?:any|one|either)(?: one)? of (?:them|these|those|it) (?:failing|breaking|missing|gone|turning "
     r"false)(?: means| =|:)?",
     "if any of them no longer holds"),
    (rf"\b(?:i |we )?(?:need|want|require) (?:at least )?{N} of (?:these |the |those )?(?:{N})?(?: conditions| "
     rf"signals)? (?:to|for|before)(?: a)? "
     r"(buy|go long|long|enter)(?: entry)? ?:", r"\3 when at least \1 of \2 :"),
    (rf"\b(?:any|at least) {N} of (?:these |the |those )?(?:{N} )?(?:conditions |signals )?(?:being |are "
     rf")?true(?: means| =|:) ?(buy|long|go long|enter) ?:",
     r"\3 when at least \1 of \2 :"),
    (r"((?:at least|any) \w+ of \w* ?:)([^.\n]*;[^.\n]*)", _in_one),
    (r"\bin the (?:opposite|inverse|reverse|contrary|other) case\b", "on the opposite"),
    (r"\A(?:i )?(?:stay|remain|be|keep me) in (?=as long as|while|when|if)", "be long "),
    (rf"\bonly with (?=(?:the )?{FRAME} )", "only when "),
    (rf"\A\s*((?-i:{_NO_SYMBOL}[A-Z]{{3,10}})) ({FRAME})(?: chart)?\b(?! ?(?:chart|bars|candles|or|and|,))",
     r"\1 \2 chart, "),
    (rf"\b(within \S+ {_BARS}) (?!of\b|after\b|from\b|before\b|since\b|to\b|and\b|then\b|or\b|exit\b|sell\b|get\b|"
     r"close (?:at|it|the|out)\b)(?=[a-z])", r"\1 , "),
    (r"(?:,? (?:and |with )?(?:a |the )?)?\b(?<!following )(?:trend )?filter(?: is| by|:| =)? (?=(?:that "
     r")?(?:the )?(?:close"
     r"|price|rsi|adx|macd|ema|sma|supertrend|volume)"
     r"\b[^.;,]{0,30}(?:>|<|above|below|over|under|rising|falling))", " . Only if "),
    (r"\b(cross\w*(?: [\w-]+){0,4}) (bull|bear)ish(?:ly)?(?= ?(?:[.,;]|->|=|$))", _bullishly),
    (r"\b(bull|bear)(?:ish)? cross(?:over)?(?: of)?(?: the)? (\d+ ?/ ?\d+ [a-z]{2,4})\b",
     lambda m: f"{m[2]} cross {'up' if m[1].lower() == 'bull' else 'down'}"),
    (r"\b(quick|fast|slow|short|long)(?:er)? (?:moving )?average \(([a-z]{2,4}) ?(\d+)\)", r"\1 \2 \3"),
    (r",? ?(?:so |i\.e\. |meaning )?above ?(?:=|->|means|is|:)? ?(?:only )?longs?(?: only)?,? (?:and )?below "
     r"?(?:=|->|means|is|:)? ?"
     r"(?:only )?shorts?(?: only)?(?= ?(?:[.,;)]|$))", _sided),
    (r"\bfiltered by (?:the )?([\w -]+?) being (above|below|over|under)\b", r"only if the \1 is \2"),
    (r"\b(?:do|i do|we do) nothing unless\b", "only trade when"),
    (r",? (?:and )?shorts? never\b", ", no shorts"), (r"\blongs? (?:are )?(?:only )?allowed only (?=above|below"
                                                      r"|over|under)", "longs only when price is "),
    (r"\b(?:today'?s|the current|this bar'?s) ([\w -]*?(?:average|[se]?ma|rsi|macd|adx|obv)(?: \d+)?) (?:is "
     r"|being )?(greater|higher|bigger|larger|above|less"
     r"|lower|smaller|below)(?: than)? "
     r"(?:yesterday'?s|the previous bar'?s|the last bar'?s)(?: \1| one| value)?", _yesterday),
    (r"\b(?:changes?|turns?|switch(?:es)?|goes|flips?|moves?) from (?:falling|down|descending) to (?:rising|up"
     r"|ascending)\b", "turns up"),
    (r"\b(?:changes?|turns?|switch(?:es)?|goes|flips?|moves?) from (?:rising|up|ascending) to (?:falling|down"
     r"|descending)\b", "turns down"),
    (r"(?<=, )from (?:rising|up) to (?:falling|down)\b", "turns down"), (r"(?<=, )from (?:falling|down) to "
                                                                         r"(?:rising|up)\b", "turns up"),
    (rf"\b({FRAME}) (?:execution|entries|entry|trading|signals?|timing),? (?:and |with )?(?:an? )?({FRAME}) "
     rf"(?:trend|bias|direction|context|filter) ?"
     r"[.,;:]", r"\1 chart . "),
    (r"\b(cross(?:es|over|ing|ed)?|signal|flip|breakout) in(?= ?,.*\b(?:out|exit))", r"\1 -> long"),
    (r"\b(crossovers?) (?:both ways|in both directions|either way) ?:", r"\1 :"),
    (r"\b(positive|negative) (?=(?:macd )?(?:line )?(?:signal )?cross)",
     lambda m: "bullish " if m[1].lower() == "positive" else "bearish "),
    (r"\b(\d+(?:\.\d+)? ?%) stop ?/ ?(\d+(?:\.\d+)? ?%) target\b", r"stop \1, target \2"),
    (r"\bsupertrend (?:is |shows |says |being )?(?:still )?(?:in )?(?:an? )?(up|down) ?trend\b", r"supertrend is \1"),
    (r"\b(psar|parabolic sar|sar),? (?:with )?\(?(?:a )?(?:step|increment|af|acceleration|start)(?: of|:"
     r"|=)? ?([\d.]+)(?:,| and| /)? ?(?:a )?"
     r"(?:max(?:imum)?|limit|cap)(?: of|:|=)? ?(\d*\.\d+)\)?", r"\1 (\2, \3)"),
    (r"(->|=>|,) ?all (?:green|good|true|agree|aligned|set)(?= ?(?:->|=>|,|:))", ""),
    (r"\b(?:any|one|either)(?: one)? of (?:that|this|it|these|those|them|the two|the three) (?:is |are )?(?:no "
     r"longer|not|isn'?t|aren'?t) "
     r"?(?:so|true|the case|there|given|met|valid)?(?: anymore| any more)?(?= ?(?:[.,;)]|$|then\b))", "any of "
                                                                                                      "them no "
                                                                                                      "longer holds"),
    (rf"\b{N} or more (?:of (?:them|these|those) )?(?:are |is |be )?(?:true|on|met|hold|given)\b", r"at least \1 of :"),
    (rf"\b(one|1|{N[1:-1]}) or (?:none|fewer|less) (?:of (?:them|these|those) )?(?:are |is |be )?(?:true|on|met"
     rf"|hold|given)\b", r"at most \1 of :"),
    (rf"\b{N} (?:out )?of (?:these |the |those )?{N} (?:line up|agree|hold|are true|are met)? ?[-–:] ([^.;:]+?) "
     rf"[-–] ", r"at least \1 of \2 : \3, "),
    (r"\bfirst ?[.;,] ?(?:and )?then,? (?=within|no later|not later|at most)", ", then "),
    (rf"\b(?:less|fewer) than (\w+) ({_BARS}) (after|ago)\b", _fewer),
    (r"\b(?:buy|stop|sell) and reverse ?: ?", ""), (r"\bturn(?:s)? (?:it )?(?:around|round) and (?=go|sell|buy)", ""),
    (r"= ?([+-]) ?1\b", _signs),
)  # fmt: skip
