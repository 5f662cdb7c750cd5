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
_ZONE = (
    r"(?: ?\(?(?:in )?(?:utc|gmt|et|est|edt|ny|nyc|new york|london|uk|frankfurt|berlin|paris|cet|chicago|tokyo|madrid|"
    r"zurich|amsterdam|sydney|singapore|hong kong)(?: time)?\b\)?)"
)
_JOINED = r"(?: ?(?:,|&|/|\+)(?: and)? ?| and | or | )"
_THROUGH = r" ?(?:-|–|to|through|thru|until|till|bis) ?"
_DAYS = rf"{_DAY}(?:(?:{_JOINED}|{_THROUGH}){_DAY})*"
_MONTHS = rf"{_MONTH}(?:(?:{_JOINED}|{_THROUGH}){_MONTH})*"
_CLOCK = r"(?:\d{1,2}:\d{2}(?: ?[ap]m\b)?|\d{1,2} ?[ap]m\b)"
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
_FOR = r"(?: for (?:any )?(?:new )?(?:longs?|shorts?|trades?|trading|entries|positions?|me|us|buying))?"
_END = rf"{_FOR}(?P<zone>,? ?{_ZONE})?(?=\s*(?:[.,;!)\n]|$))"
_SEASON = (
    r"(?:(?:in |during )?(?:the )?(?:summer break|winter break|summer|winter|spring|autumn|fall|lunch(?: ?time| "
    r"break| hour)?|"
    r"holidays?(?: season)?|siesta|break)(?: months)?,? ?(?:from |between |\()?)"
)
_QUARTERS = {"1": "january to march", "2": "april to june", "3": "july to september", "4": "october to december"}
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}


def _forbidden(found: re.Match[str]) -> str:
    """Something that is forbidden in a span, in the order in which that is read."""
    if re.search(r"\b(?:no|not|never|except|unless|only)\b", found.string[: found.start()].split("\n")[-1][-12:], re.I):
        return found[0]
    zone = re.sub(r"[(),]", "", found["zone"] or "")
    if found["hours"]:
        hours = re.sub(r"^(?:between|from) ", "", found["hours"], flags=re.IGNORECASE)
        return f"no trades between {re.sub(r' ?(?:-|to|until|till) ?', ' and ', hours, count=1, flags=re.I)} {zone} "
    if found["days"]:
        return f"no trades on {found['days']} "
    return f"no trades in {found['months']} "


def _bare(clock: str) -> str:
    """A time of day without its zone, which stands behind the other one."""
    return re.match(_CLOCK, clock, re.IGNORECASE)[0]  # type: ignore[index]


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
_GERMAN = {"montag": "monday", "dienstag": "tuesday", "mittwoch": "wednesday", "donnerstag": "thursday",
           "freitag": "friday", "samstag": "saturday", "sonntag": "sunday"}  # fmt: skip


def _two_hours(found: re.Match[str]) -> str:
    """`The first two hours after 9:30`: from when to when."""
    count = {"one": 1, "two": 2, "three": 3, "four": 4, "a": 1}.get(found[1].lower()) or int(found[1])
    begin = int(found[3]) * 60 + int(found[4])
    end = begin + count * (60 if found[2].lower().startswith("h") else 1)
    return f"between {begin // 60:02d}:{begin % 60:02d} and {end // 60:02d}:{end % 60:02d}" if end < 1440 else found[0]


def _part_of_month(found: re.Match[str]) -> str:
    last = {"week": 7, "half": 15, "ten days": 10, "third": 10}[found[1].lower()]
    return f"in the first {last} days of the month"


CALENDAR_TURNS: Turns = (
    (rf"\b(?:trading|entry|entries|trades) (?:is|are) (?:permitted|allowed) (?:from |between )?(?={_CLOCK})",
     "only from "),
    (rf"\b(?:(?:i|we) )?(?:do not|don'?t|never) (?:open|enter|buy|trade)(?: anything| new positions)? before "
     rf"({_CLOCK}{_ZONE}?) (?:or|"
     rf"and|nor) after ({_CLOCK}{_ZONE}?)|\bno (?:new )?(?:trades|entries|positions) before ({_CLOCK}{_ZONE}?) (?:or|"
     rf"and|nor) after "
     rf"({_CLOCK}{_ZONE}?)", lambda m: f"only from {_bare(m[1] or m[3])} to {m[2] or m[4]}"),
    (rf"\b(?:the )?(?:cut ?-?off|deadline|last call)(?: time)?(?: for (?:new )?(?:trades|entries|positions))? ?(?:is|"
     rf":|=|at)* ?"
     rf"(?={_CLOCK})", "no new entries after "),
    (rf"\b(?:i )?(?:go home|end the day|finish) flat,? (?=[^.;]{{0,30}}{_CLOCK})", ""),
    (rf"\b(?:everything|all|all positions) (?:is|are|gets|get) (?:sold|closed|flattened|liquidated) (?:at|by) "
     rf"(?={_CLOCK})",
     "close everything at "),
    (rf"({_DAYS}) (?:r|are) (?:my|the|our) (?:only )?(?:trading|trade|entry) days\b", r"only on \1 "),
    (rf"({_MONTHS}) (?:r|are) (?:my|the|our) (?:only )?(?:trading |trade |entry )?months(?: for (?:new "
     rf")?(?:positions|trades|entries))?\b",
     r"only in \1 "),
    (rf"\b(?:blocked|forbidden|excluded|no[- ]trade|off|banned|skip) (?:week)?days? ?[:=] ?({_DAYS})", r"no trades "
     r"on \1"),
    (rf"\b(?:blocked|forbidden|excluded|no[- ]trade|off|banned|skip) months? ?[:=] ?({_MONTHS})", r"no trades in \1"),
    (r"\b(?:at|on|with) the (?:first|opening) (?:bar|candle) of (?:each|every|a|any) (month|week)\b", r"on the first "
     r"bar of the \1"),
    (r"\b(?:not|never|no (?:new )?(?:trades|entries|buys)) (?:in|during) the (?:second|last|latter) half of (?:the|a|"
     r"each|any) month\b",
     "only in the first 15 days of the month"),
    (r"\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b", lambda m: _GERMAN[m[1].lower()] + "s"),
    (rf"\b(?:the )?(?:day of (?:the )?week|weekday) (?:must be|has to be|should be|is|=|:) (?:a |an |one of "
     rf")?(?={_DAY})",
     "only on "),
    (r"\b(?:in |during )?(?:the )?first (week|half|ten days|third) of (?:the|a|each|every|any) "
     r"month\b", _part_of_month),
    (r"\b1st (?=(?:trading )?day of\b)", "first "),
    (r"\b(?:when|once|as soon as|whenever) (?:the|a|each|every|a new) (month|week) (?:starts|begins)\b",
     r"on the first bar of the \1"),
    (r"\bno (?:new )?(?:trades|entries|positions|longs|buys) (?:after|past|beyond) the (\d{1,2})(?:st|nd|rd|th)"
     r"(?: of (?:the|each|every|a) month)?|\bafter the (\d{1,2})(?:st|nd|rd|th)(?: of (?:the|each|every|a) month)?,? "
     r"(?:i |we )?(?:no (?:new )?(?:trades|entries|positions|longs|buys|trading)|(?:open|buy|enter) nothing(?: new)?|"
     r"nothing new)", lambda m: f"only when the day of the month <= {m[1] or m[2]}"),
    (rf"\b({_MONTH}) \+ (?={_MONTH})", r"\1 and "),
    (rf"\bonly (?:go )?(?:longs?|buy|trade) (?:between|from) ({_MONTH}) (?:and|to|until|till) ({_MONTH})",
     r"only from \1 to \2"),
    (r"\b(?:active|trading|entry|session|market|working|allowed)[ _-]?(?:hours|times?|window|session) ?(?:is|are|:|"
     r"=)? ?"
     rf"(?:from |between )?(?={_CLOCK})|\bsession ?[=:] ?(?={_CLOCK}|\d{{4}}-)", "only from "),
    (rf"\b(?:two|three|2|3) (?:trading |time )?(?:windows|sessions|slots) ?[:=] ?(?={_CLOCK})", "from "),
    (r"\b(?:entry|enter|trade|buy|entries|trades) only (?:if|when|while) (?:it is |it's |the time is |time is |the "
     r"clock "
     rf"is )(?=between {_CLOCK}|from {_CLOCK}|after {_CLOCK}|before {_CLOCK}|between \d)", "only "),
    (r"\b(?:only )?(?:in |during )?(?:the )?first (one|two|three|four|a|\d+) (hours?|minutes?) (?:after|from|of|"
     r"following)"
     r"(?: the open(?:ing)?(?: at)?)? ?(\d{1,2}):(\d\d)\b", _two_hours),
    (rf"\b(?:all )?(?:positions?|trades?|everything|all) (?:is |are |gets? |must be |has to be |have to be )?(?:closed|"
     rf"flattened|liquidated|squared|sold)(?: out| off)? (?:at|by) ({_CLOCK}{_ZONE}?),? (?:every day|each day|daily)",
     r"close everything at \1"),
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
