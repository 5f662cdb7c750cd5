"""What is said around a rule and changes nothing in it: that something does not matter, why, what is new, what a
number was before it was put right; and definitions that repeat what the name says."""

from __future__ import annotations

import re

from .rewriting import Turns

_CLOCK = r"\d{1,2}:\d{2}(?: ?[ap]m)?"
_NAMED = r"(?:the |its |my )?[a-z+%-]+(?: (?!buy|sell|long|short|exit)[a-z]+)?"
_ENDS = r"(?= ?(?:[.,;:)]|$|and\b|but\b|then\b))"
_THIS = r"(?:this|(?:the )?current|the present|today'?s?)(?: (?:one|bar|candle|day))?(?: itself)?"
_N = r"(\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_UNCOUNTED = (
    rf",? ?\(?(?:(?:not counting|not including|excluding|excl\.?|without|leaving out|except(?: for)?|but not) {_THIS}|"
    rf"{_THIS} (?:is |being )?(?:not counted|not included|excluded|left out|does not count|doesn'?t count|"
    r"is not counted))\)?"
)  # fmt: skip
_LATE = {"night": 12, "evening": 12, "afternoon": 12, "morning": 0}


def _part_of_day(match: re.Match[str]) -> str:
    """At night, from 22:00 to 02:00: the clocks say it, if they are of that part of the day."""
    least = _LATE[match[1].lower()]
    hour = int(match[2].partition(":")[0])
    agrees = hour < 12 if not least else hour >= least
    return "" if agrees or match[2].lower().endswith("m") else match[0]


def _bar_of_day(match: re.Match[str]) -> str:
    """The day closes green: the bar, on bars of days."""
    daily = re.search(r"\bdail(?:y|ies)\b|\bday(?:s|) (?:bars|candles|chart)", match.string, re.IGNORECASE)
    return f"{match[1]} bar closes" if daily else match[0]


AROUND: Turns = (
    (r"\b(father|mother|brother|sister|son|daughter)s?[- ]in[- ]law\b", r"\1"),
    (rf",? ?(?:and |but )?(?:no matter (?:what|where|how|which|if)|whatever|regardless of (?:what|where)) {_NAMED} "
     rf"(?:does|says|is|do|are|shows|is doing|did|stands|it is|might do){_ENDS}", ""),
    (rf",? ?(?:and |but )?(?:the )?{_NAMED} (?:does not|doesn'?t|do not|don'?t|will not|won'?t) (?:matter|count|play "
     rf"(?:a|any) (?:role|part))(?: (?:here|there|then|for (?:that|this|the exit|exits|selling)))?{_ENDS}", ""),
    (rf",? ?(?:and |but )?(?:the )?{_NAMED} is (?:irrelevant|ignored|not important|no matter|all the same)"
     rf"(?: (?:here|there|then|for (?:that|this|the exit|exits|selling)))?{_ENDS}", ""),
    (rf",? ?(?:no matter|regardless of|irrespective of) (?:the )?(?:day|weekday|hour|time|month|adx|volume|trend)"
     rf"(?: of (?:the )?day| of the week)?{_ENDS}", ""),
    (r"(?:\A|(?<=[.!?;\n])) ?(?:apart|other|aside|different) (?:from|than) (?:that|this)\b ?[:,]?", " "),
    (r"(?:\A|(?<=[.!?;\n])) ?(?:only |just )?one (?:more )?thing (?:is new|is different|changes|to add|that is new|has "
     r"changed|is added)\b ?[:,]", " "),
    (r"\b(?:i |we )?(?:do not|don'?t|never) (?:want|like|need|take|fancy)(?: any| the)? (?:weekend|overnight|gap|"
     r"event) "
     r"risks?,? ?(?:(?:and )?so|therefore|hence|thus|that'?s why|which is why)\b,? ?", ""),
    (r"\bto (?:avoid|dodge|escape|skip)(?: any| the)? (?:weekend|overnight|gap|event) risks?,? (?=(?:i |we )?(?:sell|"
     r"exit|"
     r"close|get out|leave|flatten|go flat)\b)", ""),
    (rf"\b(?:at|in the|during the|every) (night|evening|morning|afternoon),? ?(?=(?:from |between )?({_CLOCK}) ?(?:-|"
     rf"to|"
     rf"till|until|and|through) ?{_CLOCK})", _part_of_day),
    (r"\b(please )?(?:do not|don'?t|never) let (?:it|this|the (?:bot|system|strategy|program|thing)|me|us) (?=buy|sell|"
     r"short|go|enter|trade|open)", "do not "),
    (r"\b(?:i(?:'?m| am)|we(?:'?re| are)|it is) only allowed (?:in|to (?:be in|trade|buy|enter|be long))\b", "only "
     "trade"),
    (r"\b(?:trend|momentum|swing|breakout|reversal|pullback) (trades|entries) (?=only\b)", r"\1 "),
    (r",? ?(?:and |while )?(?:watching|eyeing|keeping an eye on|with an eye on|looking at)(?: the)? "
     r"(?-i:[A-Z]{2,6})(?= ?[:.,;])", ""),
    (r",? ?(?:and )?(?:(?:use|using|with|take|taking)(?: the)? )?(?-i:[A-Z]{2,6}) as (?:an? |the |my )?(?:filter|"
     r"regime "
     r"filter|gauge|guide|reference)(?= ?[:.,;])", ""),
    (r"\b(of (?:it|that|this|them)),? i mean (?:of )?(?=(?:the |my )?(?:current |total )?(?:equity|account|capital|"
     r"money))", "of "),
    (r"(\d[\d.,]*) (dollars|bucks|euros?|usd|shares|units|percent|%|bars|days|atr)s?[ ,(-]*(?:sorry|pardon|i mean|make "
     r"that|correction|rather)[,:]? (\d[\d.,]*\d|\d)(?: \2s?)?(?: ?[-)](?= |$))?", r"\3 \2"),
    (rf"\b(?:last|past|latest) {_N} (bars|candles|days){_UNCOUNTED}", r"previous \1 \2"),
    (r"\b(the|that|this) day (?:closes|ends|finishes)(?= (?:green|red|up|down|higher|lower|above|below|over|under)\b)",
     _bar_of_day),
    (r"\b(gap(?:ping|ped|s)?\b(?:[^.,;:(]|\.\d){0,40}?) (?:against|from|versus|vs\.?|compared (?:with|to)|relative "
     r"to) (?:the )?"
     r"(?:previous |prior |last |yesterday'?s |earlier )?close(?: before| of (?:yesterday|the (?:day|bar) before))?"
     rf"{_ENDS}", r"\1"),
    (r"\b(next (?:day|bar|session|morning)'?s? open) after (?:i|we) (?:got|get|went|go|am|was|were) in\b", r"\1"),
    (rf"\b(?:whatever|anything|everything|what) (?:that )?(?:is )?(?:still |left )?(?:open|held|on|there) (?:gets|is|"
     rf"will "
     rf"be|has to be|must be|should be) (?:closed|sold|flattened|covered)(?: out)? (?:at|by) (?={_CLOCK})",
     "close everything at "),
    (r"\b(?:when(?:ever)?|if|once|as soon as) (?:the )?(?:first|either|one|any)(?: one)? of (?:these|those|the "
     r"following)"
     r"(?: two| three|)(?: things| events| conditions|) (?:happens|comes|occurs|is true|hits|holds)(?: first)? ?:",
     "when"),
    (r"\b(?:the )?(?:averages |stack(?:ed)? |all |everything )+in (?:the right )?order ?:", " "),
    (r"\b(?-i:BE) (?=after|at|when|once|if|as soon)", "breakeven "),
    (r"\b(?:i|we)(?:'ve| have|)(?: already)? (?:made|earned|banked|bagged|gained) (?=(?:a |about )?\d+(?:\.\d+)? "
     r"?(?:%|per|"
     r"r\b|atr))", "i am up "),
    (r"(?:\A|(?<=[.!?;\n])) ?only (?:buy|trade|enter|go long|take (?:trades|longs|signals)) ((?:on|in|during|between|"
     r"from) "
     r"[^:.;]{3,50}) ?: ?(?=[^.;]{5,200}\b(?:in|buy|long|enter)\b)", r"only trade \1. "),
    (r"\bboth lines (?=above|below|over|under|beneath|higher|lower|are|is|rising|falling)", "both "),
    (r"\bless negative than\b|\bmore positive than\b", "higher than"),
    (r"\bless positive than\b|\bmore negative than\b", "lower than"),
    (r"[.,;(]? ?(?:where )?%b (?:is|=|being|means|equals) \(close - (?:the )?lower(?: band)?\) ?/ ?\((?:the )?upper"
     r"(?: band)? - (?:the )?lower(?: band)?\)\)?", " "),
    (r",? ?\(?(?:that is|that means|i\.?e\.?|meaning|so)?,? ?(?:the |their )?upper(?: one| band| line)? (?:is )"
     r"?(?:below|"
     r"under|beneath|lower than) (?:the )?upper(?: one| band| line)? and (?:the |their )?lower(?: one| band| line)? "
     r"(?:is )?"
     r"(?:above|over|higher than) (?:the )?lower(?: one| band| line)?\)?(?= ?(?:[,.;:)]|$|and\b))", ""),
)  # fmt: skip
