"""Spans of the calendar in whatever order they are said with what is allowed or forbidden in them: `Fridays are off`,
`lunch break 12 to 13, no new trades`, `entries allowed 0930-1130`; in the one order that is read.
"""

from __future__ import annotations

import re

from .rewriting import Turns

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:days?|s)?\b"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_JOINED = r"(?: ?(?:,|&|/|\+)(?: and)? ?| and | or | )"
_DAYS = rf"{_DAY}(?:{_JOINED}{_DAY})*"
_MONTHS = rf"{_MONTH}(?:{_JOINED}{_MONTH})*"
_CLOCK = r"(?:\d{1,2}:\d{2}(?: ?[ap]m\b)?|\d{1,2} ?[ap]m\b)"
_ZONE = (
    r"(?: ?\(?(?:in )?(?:utc|gmt|et|est|edt|ny|nyc|new york|london|uk|frankfurt|berlin|paris|cet|chicago|tokyo|madrid|"
    r"zurich|amsterdam|sydney|singapore|hong kong)(?: time)?\b\)?)"
)
_HOURS = rf"{_CLOCK} ?(?:-|to|and|until|till) ?{_CLOCK}{_ZONE}?"
_BARE = rf"\d{{1,2}} ?(?:-|to|and|until|till) ?\d{{1,2}}(?=[^\w:%.]){_ZONE}"
_SPAN = rf"(?P<days>{_DAYS})|(?P<months>{_MONTHS})|(?P<hours>(?:between |from )?(?:{_HOURS}|{_BARE}))"
_NEW = r"(?:new |more |further )?(?:trades?|trading|entry|entries|positions?|buys|buying|longs?|shorts?|orders?)"
_DENIED = (
    rf"(?:there (?:is|are|will be|must be) |i (?:do|make|take|open) |we (?:do|make|take|open) )?(?:no {_NEW}(?: allowed"
    r"| please| taken| opened)?|nothing(?: new)?(?: is (?:opened|bought|traded))?)|(?:are |is )?(?:off[- ]limits|off|"
    r"taboo|forbidden|blocked|banned|excluded|no[- ]go|skipped|not (?:traded|allowed|for trading))|(?:i |we )?(?:stay|"
    r"keep|sit|am|are) (?:out(?: of the market)?|away|on the sidelines?)|i(?:'m| am) not trading|(?:i |we )?(?:don'?t|"
    r"do not|never) (?:trade|open|enter|buy)(?: anything| new positions| trades)?"
)
_END = r"(?=\s*(?:[.,;!)\n]|$))"
_SEASON = (
    r"(?:(?:in |during )?(?:the )?(?:summer|winter|spring|autumn|fall|lunch(?: ?time| break| hour)?|"
    r"holidays?(?: season)?|siesta|break)(?: months)?,? ?(?:from |between |\()?)"
)
_QUARTERS = {"1": "january to march", "2": "april to june", "3": "july to september", "4": "october to december"}
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}


def _forbidden(found: re.Match[str]) -> str:
    """Something that is forbidden in a span, in the order in which that is read."""
    if re.search(r"\b(?:no|not|never|except|unless|only)\b", found.string[: found.start()].split("\n")[-1][-12:], re.I):
        return found[0]
    if found["hours"]:
        hours = re.sub(r"^(?:between|from) ", "", found["hours"], flags=re.IGNORECASE)
        return f"no trades between {re.sub(r' ?(?:-|to|until|till) ?', ' and ', hours, count=1, flags=re.I)} "
    if found["days"]:
        return f"no trades on {found['days']} "
    return f"no trades in {found['months']} "


def _quarter(found: re.Match[str]) -> str:
    part = found[1] or _ORDINALS[(found[2] or found[3]).lower().removesuffix(" quarter")]
    return f"in {_QUARTERS[part]}"


def _clocks(found: re.Match[str]) -> str:
    """`8h-12h`, `0930-1130`, `8 until 11 o'clock`: hours of the day, not after noon unless that is said."""
    def written(hours: str, minutes: str | None) -> str:
        return f"{int(hours):02d}:{minutes or '00'}"

    one, two = (found["a"], found["am"]), (found["b"], found["bm"])
    if int(one[0]) > 23 or int(two[0]) > 24 or int(one[0]) >= int(two[0]):
        return found[0]
    return f"{written(*one)} to {written(*two)}"


_H = r"(?P<a>\d{1,2}) ?(?:h|uhr|o'?clock)(?P<am>[0-5]\d)?\b ?(?:-|–|to|till?|until|and|bis|à) ?"
CALENDAR_TURNS: Turns = (
    (r"\A\s*(?:(?:january|december|santa(?: claus)?|halloween|monday|friday|weekend|turn of the month|month[- ]end|"
     r"end of (?:the )?month|seasonal) )(?:effect|rally|anomaly|seasonality|strategy)(?: trade)? ?[:.] ?|"
     r"\A\s*(?:turn of (?:the )?month|month[- ]end) ?[:.] ?", ""),
    (rf"{_H}(?P<b>\d{{1,2}}) ?(?:h|uhr|o'?clock)(?P<bm>[0-5]\d)?(?![a-z])", _clocks),
    (r"\b(?P<a>\d{1,2})(?P<am>) (?:to|till?|until|and|-) (?P<b>\d{1,2})(?P<bm>) ?(?:h|hrs|uhr|o'?clock)\b", _clocks),
    (r"(?<![\d.$])(?P<a>[01]\d|2[0-3])(?P<am>[0-5]\d) ?(?:-|–|to|until|till) ?(?P<b>[01]\d|2[0-3])(?P<bm>[0-5]\d)"
     r"(?![\d.%])(?: ?(?:hrs|hours|h|uhr)\b)?(?! ?(?:shares|units|dollars|usd|bucks|bars))", _clocks),
    (r"\b(\d{1,2}:\d{2} to \d{1,2}:\d{2}) \(((?:in )?(?:paris|london|new york|ny|frankfurt|berlin|utc|gmt|madrid|"
     r"tokyo|zurich|amsterdam)(?: time)?)\)", r"\1 \2 time"),
    (r"\b(?:entries|entry|trades|trading|new positions|positions) (?:are |is )?(?:only )?(?:allowed|permitted|ok|okay|"
     rf"possible|enabled)(?: only)?(?: from| between|:)? (?={_CLOCK})", "only from "),
    (rf"\b(?:trading|trade|entry) days ?[:=] ?(?={_DAY})", "only on "),
    (r"\b(?:in |of |during )?(?:the )?(?:q([1-4])|(first|second|third|fourth|last) quarter of (?:the |each |every )?"
     r"year|(first quarter|second quarter|third quarter|fourth quarter|last quarter))(?= ?(?:only|[.,:;)]|$))",
     _quarter),
    (r"\b(only )?(?:on |during |in )?(?:the )?weekdays(?: only)?\b(?!,? (?:saturday|sunday))(?=(?P<rest>[^\n]*))",
     lambda found: "only monday to friday "),
    (r",? ?\b(?:and )?(?:no|never|not|nothing)(?: (?:new )?(?:trades?|trading|entry|entries|positions?))?(?: on| at| "
     r"over)?(?: the)? weekends?(?: trades| trading| entries| positions)?(?= ?(?:[.,;]|$))",
     lambda found: "" if "only monday to friday" in found.string.lower() else found[0]),
    (rf"(?:\b(?:on|in|during|over|throughout) )?{_SEASON}?(?P<open>\()?(?:{_SPAN})(?(open)\)){_ZONE}? ?(?:,|:|->|=>|="
     rf"|-)? ?(?:{_DENIED}){_END}", _forbidden),
    (r"\b(?:on |from )?(?:the |day )?(\d{1,2})(?:st|nd|rd|th)? or (?:later|after)(?: of (?:the |each )?(?:next |"
     r"following )?month)?\b", r"day of month >= \1"),
)  # fmt: skip
"""What stands there, and the words that are read for it. After `weekdays only` a word that no weekend is traded says
no more."""
