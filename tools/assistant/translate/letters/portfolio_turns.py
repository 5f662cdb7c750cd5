"""What is said of portfolios, in the words that are read: how often they are put right, their shares, what is held in
place of what has fallen.
"""

from __future__ import annotations

import re

from .rewriting import Turns

_NAMES = r"((?-i:[A-Z]{2,6})(?:(?:,? and |,? or |, ?| |/)(?-i:[A-Z]{2,6}))+)"
_RANKED = (
    r"\b(?:best|strongest|highest|top|leader|winner|performers?|rank|ranked|rebalanc\w+|rotat\w+|weight|"
    r"weights)\b"
)
_PERIODS = {"month": "every month", "quarter": "every quarter", "year": "every year", "week": "every week"}
_PARTS = {"half": "50%", "third": "33.3333333333%", "quarter": "25%", "fifth": "20%", "tenth": "10%"}


def _periodic(found: re.Match[str]) -> str:
    """`At month end` of a portfolio: with each new month."""
    several = len(set(re.findall(r"\b[A-Z]{2,6}\b", found.string))) > 1
    told = several and re.search(_RANKED, found.string, re.IGNORECASE)
    return _PERIODS[(found[1] or found[2]).lower()] if told else found[0]


def _halves(found: re.Match[str]) -> str:
    """`Half SPY, half AGG`."""
    return f"{_PARTS[found[1].lower()]} {found[2]}, {_PARTS[found[3].lower()]} {found[4]}"


def _again(found: re.Match[str]) -> str:
    """`Bring it back to 50:50`, where those shares were said."""
    own = [str(found[1]), str(found[2])]
    before = found.string[: found.start()]
    told = own == ["50", "50"] and re.search(r"\bhalf\b|50", before)
    return "rebalance" if told or re.search(rf"\b{own[0]}\W+(?:\w+\W+){{0,2}}{own[1]}\b", before) else found[0]


def _in_cash(found: re.Match[str]) -> str:
    """`Else flat`, of several that are put right at times: their money is cash."""
    several = len(set(re.findall(r"\b[A-Z]{2,6}\b", found.string))) > 1
    timed = re.search(r"\b(?:monthly|weekly|quarterly|yearly|rebalanc\w+)\b", found.string, re.IGNORECASE)
    return f"{found[1]} cash" if several and timed else found[0]


PORTFOLIO_TURNS: Turns = (
    (r"\b(else|otherwise),? flat\b", _in_cash),
    (rf"\A\s*(?:two|three|four|five|six|\d) (?:etfs|stocks|coins|symbols|funds|assets|names),? (?={_NAMES})", ""),
    (r"\b(own|hold|buy|pick|keep) the (two|three|four|2|3|4) with the (?:biggest|highest|best|strongest|largest) "
     r"(?=[^.;]{0,24}"
     r"\b(?:gain|return|momentum|performance)\b)", r"\1 the top \2 by "),
    (r"(?<=\d) (bars?|days?|months?|weeks?) gains?\b", r" \1 return"),
    (r"\b(?:re-?)?adjust(?:ing|ed)? (weekly|monthly|quarterly|yearly|daily)\b", r"rebalanced \1"),
    (r"\b(?:fix|fixing|reset|resetting|correct|true up) the weights (?:each|every) (?:january|december|july|new year|"
     r"year)\b",
     "rebalance every year"),
    (r"\bbuy and hold (?=\d+ ?%)", "hold "),
    (r"\A\s*(?:the |my |a )?(?:permanent|all[- ]weather|lazy|golden butterfly|two[- ]fund|three[- ]fund|balanced|core|"
     r"classic|boglehead(?:s)?) portfolio ?[:,.-] ?", ""),
    (r"\A\s*(monthly|weekly|quarterly) (?:\w+ ){0,2}rotation ?[,:.-] ?",
     lambda m: f"rotate {_PERIODS[{'m': 'month', 'w': 'week', 'q': 'quarter'}[m[1][0].lower()]]} "),
    (r"\b(?:at|on) (?:each |every |the )?(month|quarter|year|week)[- ]?end\b|\bat the end of (?:each|every|the|a) "
     r"(month|"
     r"quarter|year|week)\b", _periodic),
    (r"\b(?:on |at )?(?:the )?(?:1st|first) of (?:each|every|the) (month|quarter|year|week)\b(),?(?= (?:rebalance|"
     r"bring|"
     r"reset|put|hold|own|rotate))", _periodic),
    (rf"\b(own|hold|buy|pick|keep) the (two|three|four|2|3|4) of {_NAMES} with the (?:highest|best|strongest|largest) ",
     r"\1 the top \2 of \3 by "),
    (r"\b(?:split|divided|spread|distributed?|invest(?:ed)?)(?: my| the)?(?: money| account| capital| equity)? "
     r"(?:equally|"
     r"evenly)(?: (?:between|among|across|over|in|into))?", "equal weight "),
    (r"\b(?:go to |hold |in |into |stay in |else )?cash (?:when|if|where|whenever) (?:the |its |that |their )?(return|"
     r"momentum|performance) (?:is|turns) (?:negative|below (?:0|zero))", r"only if its \1 is positive"),
    (r"\beach (?:an? |one )?(third|quarter|half|fifth|tenth)\b", r"a \1 each"),
    (r"\brestored? (?:them |it |this )?(?:once )?(?:per|a|every|each) (month|quarter|year|week)\b",
     lambda m: f"rebalance {_PERIODS[m[1].lower()]}"),
    (r",? and (?:sell|drop|get rid of|dump) the (?:others?|rest|other ones)\b(?=[^\n]*)",
     lambda m: "" if re.search(_RANKED, m.string, re.IGNORECASE) else m[0]),
    (r"\b(half|third|quarter) (?:in |of )?((?-i:[A-Z]{2,6})),? (?:and )?(?:the other )?(half|third|quarter) (?:in |"
     r"of )?"
     r"((?-i:[A-Z]{2,6}))\b", _halves),
    (r"\bhalf (?:and |/|- ?)?half\b", "50/50"),
    (r"\b(?:bring|put|set|reset|restore)(?: it| them| this)?(?: back)? to (\d\d) ?[:/] ?(\d\d)\b", _again),
    (r"\b(rebalanc\w+|bring it back|put it back)([^.;\d]{0,20}?) (?:each|every) (?:january|december|july|new year)\b",
     r"\1\2 every year"),
    (r"\b(buy|enter|long|invest|go in)( with)? an? (third|quarter|half|fifth|tenth) each\b",
     lambda m: f"{m[1]} with {_PARTS[m[3].lower()]} each"),
    (r"\bget out of (?=(?-i:[A-Z]{2,5})\b)", "sell "),
)  # fmt: skip
"""What stands there, and the words that are read for it."""
