"""Turns of speech of people who tell how they trade: who is not to trade when, what is enough, what is shared out and
evened up, what has been so for days; put into the words that are read.
"""

from __future__ import annotations

import re

from .rewriting import Turns

_NUM = r"\d+(?:\.\d+)?"
_PCT = rf"(?:{_NUM}|five|ten|fifteen|twenty) ?(?:%|percent|per cent)"
_MA = r"(?:\d+ (?:[es]?ma|average)|(?:[es]?ma|average) \d+)"
_FRAME = r"\b\d+ ?-?(?:min|minutes?|m|hours?|h)\b|\bhourly|\bdaily|\bweekly|\bday\b"
_DAY = r"((?:mon|tues|wednes|thurs|fri)days?)"
_START = r"(?:\A|(?<=[.!?;\n]))\s*"
_EACH = {"month": "monthly", "quarter": "quarterly", "year": "yearly", "week": "weekly"}
_PARTS = {"half": "50%", "third": "33.3333333333%", "quarter": "25%", "fifth": "20%", "tenth": "10%"}


def _reversed(found: re.Match[str]) -> str:
    """Where each side has its own entry, the signal of the other one reverses anyhow."""
    both = [re.search(side, found.string, re.IGNORECASE) for side in (r"\b(?:long|buy)", r"\bshort")]
    return "" if all(both) else found[0]


def _chart(found: re.Match[str]) -> str:
    """`5 EMA crossing 10 EMA on 5 min`: of both averages, where no other timeframe is said."""
    frames = re.findall(_FRAME, found.string, re.IGNORECASE)
    led = re.search(rf"{_MA} (?:is )?\Z", found.string[: found.start()], re.IGNORECASE)
    return f"{found[1]} {found[2]}, {found[3]} chart" if len(frames) == 1 and led else found[0]


def _any_of(found: re.Match[str]) -> str:
    """`When at least one of these holds: a, or b`."""
    rest = re.split(r"[.;\n]", found.string[found.end() :])[0]
    return f"{found[1]} " if re.search(r"\bor\b", rest) else found[0]


def _every(found: re.Match[str]) -> str:
    return f"rebalanced {_EACH[found[1].lower()]}"


def _enough(found: re.Match[str]) -> str:
    return f"size {_PARTS[found[1].lower()]} of the account"


def _side_of_zero(found: re.Match[str]) -> str:
    return f"crossing {'above' if found[1].lower() in {'plus', 'positive'} else 'below'} zero"


def _without(found: re.Match[str]) -> str:
    """I don't do Mondays and I don't do Fridays."""
    return f"no trades on {found[1]} and {found[2]}" if found[2] else f"no trades on {found[1]}"


MANNER_TURNS: Turns = (
    (r"\b(?:exit|leave|close|out|sell|cover)(?: it| out)? (?:on|at|with|by) (?:the |an? "
     r")?(?:opposite|reverse|contrary) signals?\b",
     _reversed),
    (r"\b(?:reverse|contrary|inverse) signals?\b", "opposite signal"),
    (rf"\b(cross\w*|above|below|over|under) (?:the )?({_MA}) on (?:the )?(\d+ ?-?(?:min|minutes?|m|hour|h))(?: "
     r"chart)?(?= ?(?:[.,;)]|\Z))",
     _chart),
    (r"\b(?:love|lots of love|hugs|kisses|warmly|ta|best)[,\s]+(?-i:[A-Z][a-z]+)\.?\s*\Z", ""),
    (r"\b(ta|cheers|thanks|love),? x+\s*\Z", r"\1"),
    (r"\bmay the (?:markets?|force|odds|gods|trend|stars) be [a-z ]{3,30}(?=[.!]|\Z)", ""),
    (r"\b(?:strategy|name|title) ?: ?\"[^\"\d\n]{1,40}\"", " . "),
    (r"\b(?:atr|percentage|percent|price|time|volume|volatility)[- ]based ?:", " "),
    (r"\bjust in case(?= ?(?:[.;,!)]|\Z))", ""),
    (rf"\brisk budget (?:per trade )?(?:is |of )?(?={_NUM})", "risk per trade "),
    (r"\b(?:size ?: ?)?volatility[- ]adjusted,? (?=risk)", ""),
    (r"\b(?:please )?don'?t use all (?:of )?my (?:money|account|cash),? (?:like )?an? (half|third|quarter|fifth|"
     r"tenth)(?: of it)? is (?:enough|plenty)\b",
     _enough),
    (r"\b(?:exposure|allocation|weight) per (?:position|trade) (?:should|must|shall|may|can) ?not exceed one (half|"
     r"third|quarter|fifth|tenth) of (?:the )?"
     r"(?:nav|equity|account|capital)\b", _enough),
    (rf"\btake (?=({_NUM} ?%),? (?:and |or )?(?:stop|sl|lose)\b)", "target "),
    (r"\boperat(?:e|ing)\b(?= (?:only|from|between|on)\b)|(?<=only )operat(?:e|ing)\b", "trade"),
    (rf"\b(?:i|we) (?:don'?t|do not|never) (?:do|trade|touch) {_DAY}(?: (?:and|or) (?:(?:i|we) (?:don'?t|do not|"
     rf"never) (?:do|trade|touch) )?{_DAY})?",
     _without),
    (r"\b(?:on )?any other day,", ""), (rf"\bonly if it is(?:n'?t| not) an? {_DAY} ?[:,]", r"no trades on \1."),
    (rf"{_START}(?:open|start) (?=when|whenever|if|once)",
     " buy "),
    (r"\b(?:both|all|all three|all four) of the following (?:must|have to|should|need to) (?:hold|be true) to (enter|"
     r"buy|exit|sell) ?:", r"\1 when "),
    (r"\b(when|if) (?:at least one|any|either|any one) of (?:these|the following|them)(?: two| three)?(?: "
     r"conditions)?(?: holds?| is true| applies)? ?:",
     _any_of),
    (r"\bwhen the market is (?:quiet|calm|sleepy|volatile|trending|strong|weak|choppy),? (?:that is|that's|i\.?e\.?|"
     r"meaning)(?: to say)?,? (?:when )?",
     "when "),
    (r"\bon an? (?:bounce|dip|pullback|rebound|washout|flush|breakdown|breakout|reversal),? (?:where|meaning|i\.e\.|"
     r"that is),? ", "when "),
    (r"\b(?:on )?(?:the )?next close that(?:'s| is) (?=higher|lower|above|below)", "when the close is "),
    (r"\bon (?:the )?first close with ", "when "),
    (r"\b(?:an?|the) average (\d+)[- ](day|bar)s? volume\b|\baverage volume (?:for|of) (?:the )?(?:last )?(\d+) "
     r"(day|bar|candle)s\b",
     lambda m: f"the {m[1] or m[3]} {m[2] or m[4]} average volume"),
    (r"\b(?:has |have |had )(?:just )?been (?:below|under|above|over) (the [^,.;]{3,40}?|its [^,.;]{3,30}?) and "
     r"(?:now |then )?(?:rises|goes|climbs|moves|crosses|falls|drops) "
     r"(above|over|below|under) it\b", r"crosses \2 \1"),
    (r"\bcrossing (?:to |into )?(plus|positive|minus|negative)(?= ?[.,;])", _side_of_zero),
    (r"\b(?:always )?switching positions?(?: always)?\b", "always in"),
    (r"(?<=[;.]) signal (?=\d)", " buy "),
    (r"\b(upper|lower) (donchian|bollinger|keltner)(?: band| channel)? (\d+)\b(?! ?(?:days|bars|sigma|std))",
     r"\1 \2 (\3)"),
    (r"\b(?:sell|exit|get out|out)(?: it| of it)? (?:when|if|once) (?:it |the price |price )?(?:has |have )?(?:lost|"
     rf"dropped|fallen|come down|falls|drops|is|loses) ({_PCT}) "
     r"(?:from|off|below|under) (?:its |the )?(?:highest (?:point|price)|peak|top|best(?: price)?|high) (?:since|"
      r"after) (?:i (?:bought|got in)|(?:the )?(?:entry|purchase|buy))\b",
     r"trailing stop \1"),
    (r"\b(?:transfer|translate|carry|shift|put|to put) (?:the )?stop (?:in|into|to|at|on) (?:the )?(?:break[- ]?even|"
     r"entry)\b", "move the stop to breakeven"),
    (rf"\b(?:to )?close (?:the )?(\d+ ?%) (?:in|at|with) \+?(?={_NUM} ?%)", r"sell \1 at +"),
    (rf"\bthe other (?:\d+ ?%|half) (?:in|at) \+?(?={_NUM} ?%)", "the rest at +"),
    (r"\b(?:\d+|one|an?) (red|green) (candle|bar) close it\b", r"exit on a \1 \2"),
    (r"\b(?:reviewed|rebalanced|rebalancing|checked|updated)(?: only)? (?:at|on) (?:each |every |the )?(month|"
     r"quarter|year)[- ]?end\b", _every),
    (r"\b(?:even|fix|square|true|level|balance) (?:it|them|things) up(?: again)? (?:once )?(?:a|every|each) (month|"
     r"quarter|year|week)\b", _every),
    (r"\b(?:(?:we|i)(?:'d| would) like to )?(?:shift|move|switch|put) everything (?:in)?to whichever of\b",
     "hold whichever of"),
)  # fmt: skip
"""What stands there, and the words that are read for it."""
