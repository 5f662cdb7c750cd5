"""Turns of speech about bars and what was before them, put into the words that the readers of bars know."""

from __future__ import annotations

import re

from .rewriting import Turns

_N = r"(\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_THROUGH = {"breaks", "trades", "pokes", "pierces", "spikes", "wicks"}
"""What a price does inside a bar."""
_ENDS = r"(?= ?(?:[.,;:)]|$|and\b|but\b|then\b|->))"
_RANGE = r"(?:the )?(?:high(?:est)?|top) (?:minus|-|to|less) (?:the |its )?(?:low(?:est)?|bottom)"


def _of_donchian(match: re.Match[str]) -> str:
    """The upper 20 line, of a Donchian channel: an extreme of so many bars, of those before where that is said."""
    if not re.search(r"\bdonchian", match.string, re.IGNORECASE):
        return match[0]
    word = "highest high" if match[1].lower() in {"upper", "high", "top"} else "lowest low"
    return f"the {word} of the {'previous' if match[3] else 'last'} {match[2]} bars"


def _of_prices(match: re.Match[str]) -> str:
    """max(high[1], high[2], high[3]): of the three bars before."""
    told = re.findall(r"([a-z]+)\[(\d+)\]", match[2], re.IGNORECASE)
    names = {name.lower() for name, _ in told}
    if len(names) > 1 or [int(back) for _, back in told] != list(range(1, len(told) + 1)):
        return match[0]
    return f"the {'highest' if match[1].lower() == 'max' else 'lowest'} {names.pop()} of the previous {len(told)} bars"


def _through_and_back(match: re.Match[str]) -> str:
    """The low goes under a line and the bar closes back above it: both of one bar."""
    subject, verb = match[1].lower(), match[0].lower().split(match[1].lower(), 1)[1].split()[0]
    whole = subject not in {"low", "high"}
    if subject in {"price", "it", "market", "stock"} and (verb not in _THROUGH or re.search(r"\bthen\b", match[0])):
        return match[0]  # where a close goes under it and a later one comes back is not said
    if whole and match[2].lower() not in {"above", "over", "under", "below", "beneath"}:
        return match[0]
    if whole:
        up = match[2].lower() in {"above", "over"}
        one, two = ("above", "below") if up else ("below", "above")
        return f"the {'high' if up else 'low'} is {one} {match[3]} and the close is {two} it"
    down = match[2].lower() in {"under", "below", "beneath"} or (match[2].lower() not in {"above",
     "over"} and match[1] == "low")
    if down != (match[1].lower() == "low"):
        return match[0]
    one, two = ("below", "above") if down else ("above", "below")
    return f"{match[1]} is {one} {match[3]} and the close is {two} it"


def _said_first(pattern: str, text: str) -> tuple[re.Match[str], str] | None:
    """Where a pattern is first in a text, and the text without it."""
    told = re.search(pattern, text, re.IGNORECASE)
    return (told, f"{text[: told.start()]} {text[told.end() :]}") if told else None


def _of_box(match: re.Match[str]) -> str:
    """`The 10 bars before this one form a box`: its high and low are the extremes of those bars."""
    said = _said_first(
        rf"(?:the )?(?:last |previous |prior )?{_N} (bars|candles|days)(?: before(?: this one| it| this bar)?)? "
        rf"(?:form|make|build|are|"
        r"give) (?:an? )?(?:tight |flat |small )?(box|range|base)\b ?(?:[:,.;]|if|when|and)?", match[0],
    )  # fmt: skip
    if not said:
        return match[0]
    told, rest = said
    for edge, word, names in (("high", "highest", "high|top|upper edge|ceiling"), ("low", "lowest", "low|bottom|"
    "lower edge|floor")):
        line = f"the {word} {edge} of the previous {told[1]} {told[2]}"
        rest = re.sub(rf"\b(?:their|its) {word}(?: {edge})?\b", line, rest, flags=re.IGNORECASE)
        rest = re.sub(rf"\b(?:the |that |its )?{told[3]}(?:'s)? (?:{names})\b", line, rest, flags=re.IGNORECASE)
        rest = re.sub(rf"\b(?:the )?(?:{names}) of (?:the|that|this) {told[3]}\b", line, rest, flags=re.IGNORECASE)
    return rest


def _average_before(match: re.Match[str]) -> str:
    """The average of the 50 bars before this one: that of the bar before."""
    before = re.split(r"[.;,:]\s", match.string[: match.start()])[-1]
    what = match[1] or ("volume " if re.search(r"\bvolume\b", before, re.IGNORECASE) else "")
    return f"the {match[2]} bar average {what}of the bar before"


def _defined(match: re.Match[str]) -> str:
    """`Spike for me: volume over twice its average. Spike and a green bar -> long`: what the name stands for."""
    said = _said_first(
        r"(?:\A|(?<=[.;\n])) ?(?:an? |my |the )?(?P<name>[a-z]+(?: [a-z]+)?) (?:(?:for|to) me(?: is| means)?|is "
        r"defined as|:=) ?:? ?"
        r"(?P<said>[^.;\n]*(?:\.\d[^.;\n]*)*)[.;\n]", match[0],
    )  # fmt: skip
    if not said:
        return match[0]
    told, rest = said
    found, times = re.subn(rf"\b(?:an? |the |such an? )?{told['name']}\b", told["said"].strip(), rest,
     flags=re.IGNORECASE)
    return found if times == 1 else match[0]


def _and_now(match: re.Match[str]) -> str:
    """Was not above it on the bar before, and is now: above it."""
    was = "not" in match[1].lower() or "n't" in match[1].lower()
    now = "not" not in match[6].lower() and "n't" not in match[6].lower()
    if was != now:
        return f"{match[0]} is so now"
    return f"{match[1]} {match[3]} {match[4]} {match[5]} and is {'' if now else 'not '}{match[3]} {match[4]}"


BAR_TURNS: Turns = (
    (rf"\b(range|ranges) \((?:the |from |its )?(?:{_RANGE}|high-low|h-l)\)", r"\1"),
    (r"\brange (?:between|from) (?:the |its )?(?:highest high|high|highest) (?:and|to) (?:the |its )?(?:lowest low|low|"
     r"lowest) of (?:the )?(?:last |past )?(?=\d+ (?:bars|candles|days))", "range of the last "),
    (r"(?:the )?\b(upper|lower|high|low|top|bottom) (\d+) (?:bar )?(?:line|band|channel|edge)( of the (?:(?:bar|"
     r"candle) "
     r"before|(?:previous|prior|last) (?:bar|candle)))?", _of_donchian),
    (r"\b(?:right|immediately|directly|straight|just) after (?=(?:an? |the |one |two |three |four |\d )?(?:(?:single )?"
     r"(?:red|green|inside|outside|lower|higher|down|up|bullish|bearish)\b))", "after "),
    (r"\b(?:a|an|the) (?:bar|candle|day) (?:that|which) ((?:closes|finishes|ends|is|was|closed|finished|ended|makes|"
     r"opens)"
     r"\b[^,.;:]{3,60}?) (?:right |immediately |directly |just )?after (?:a|an|the|one) (?:bar|candle|day) "
     r"(?:that|which) "
     r"((?:closes|finishes|ends|is|was|closed|finished|ended|makes|made|opens|opened)\b[^,.;:]{3,60}?)(?= "
     r"?(?:[.,;:]|$|->))",
     r"a bar \2, followed by a bar \1"),
    (r"\b(lower|higher) (close|high|low|open)(s?\b[^.;:]{1,40}?\b(?:an?|the next|first|one|another) (?:lower|higher))"
     r" one\b",
     r"\1 \2\3 \2"),
    (r",? ?(?:and )?then(?: on)? the (?:very )?next (?:bar|candle|day|one) (?=(?:closes|is|makes|ends|finishes|opens)"
     r"\b)",
     ", followed by "),
    (r"\bafter (?:having been|being|it (?:was|has been|had been)) ([^,.;:]{3,40}?) (?:for|on) (?:at least |all of )"
     r"?(?:the "
     rf"(?:last |previous |prior )?)?{_N} (bars|candles|days)(?: or more| in a row)?", r"and was \1 on each of the "
     r"\2 \3 before"),
    (rf"\b(gained|risen|climbed|lost|fallen|dropped|rose|fell|is up|is down)((?: more than| at least| over)? "
     rf"\d[^,.;:]{{0,20}}?)"
     rf" (?:compared (?:with|to)|against|versus|vs\.?) (?:the (?:price|close|value) (?:of )?)?{_N} (bars|candles|days) "
     r"(?:ago|before|earlier)", r"\1\2 in \3 \4"),
    (rf"\b(?:has |have )?(lost|fallen|gained|risen)(?: anything| something| at all| ground| money|) (?:compared "
     rf"(?:with|to)|"
     rf"against|versus|vs\.?) (?:the (?:price|close|value) (?:of )?)?(?={_N} (?:bars|candles|days) (?:ago|before|"
     rf"earlier))",
     lambda m: "is lower than the close " if m[1].lower() in {"lost", "fallen"} else "is higher than the close "),
    (r"\b(max|min)\(((?:high|low|close|open)\[1\](?:, ?(?:high|low|close|open)\[\d+\])+)\)", _of_prices),
    (r"\b(always in(?: the market)?|in the market all the time) (?:after|from) (?:that|then on|there on|this point "
     r"on)\b", r"\1"),
    (r"\btimes (?:the |an? |its )?(\d+)[- ]?(?:bar |day |period )?atr\b(?! ?\()", r"times ATR(\1)"),
    (r"(?<!% )(?<!percent )(?<!atr )(?<!points )(?<!ticks )(?<!cents )\b(above|below|over|under|beneath|through)(?: "
     r"of)? "
     r"(?:that|this) (?:level|price|line|mark)\b", r"\1 it"),
    (rf"\b(?:an? |the |that )?(low|high|bar|candle|price|it|market|stock) (?:goes|dips|drops|trades|pokes|breaks|falls|"
     rf"runs|rises|spikes|gets|moves|pierces|wicks) (under|below|"
     rf"beneath|"
     rf"above|over|through|beyond) ([^;.]{{5,60}}?),? (?:but|and|yet|while) (?:then )?(?:the |that |it |on the )"
     rf"?(?:(?:very )?"
     rf"same |)(?:bar |candle |day |price )?(?:still )?(?:closes|finishes|ends)(?: right| again)? back (?:above|over|"
     rf"below|under|"
     rf"inside|up|down|in)(?: again)?(?: it| them| (?:that|the|this) (?:level|price|low|high|line|range))?{_ENDS}",
      _through_and_back),
    (r"(?:\A|(?<=[.;\n])) ?(?:failed|false|fake) (?:breakdown|breakout|break)s? ?[:-]", " "),
    (r"\b((?:second|third|fourth|2nd|3rd|4th) (?:bar|candle) of (?:the|each|every) (?:day|session)\b[^.;]*?\bthe )"
     r"first "
     r"(?:one|bar|candle)\b(?! of)", r"\1first bar of the day"),
    (r"\A[\s\S]*\b(?:form|make|build|are|give|makes|forms|builds)s? (?:an? )?(?:tight |flat |small )?(?:box|range|"
     r"base)\b[\s\S]*\Z",
     _of_box),
    (rf"\b(?:the )?average (volume |range )?(?:of|over) (?:the )?{_N} (bars|candles|days) before(?: (?:this|that)(?: "
     rf"one| bar| "
     r"candle)?| it| the current one)?\b", _average_before),
    (r"\A[\s\S]*\b(?:for me|to me|is defined as|:=)[\s\S]*\Z", _defined),
    (r"\b(\d+ ?-?(?:month|week|day|bar|year)s?) returns? (?=above|over|below|under|greater|more|less|higher|lower)",
     r"\1 return is "),
    (r"\b(returns? (?:is )?)(?:below|under|less than) zero\b", r"\1less than 0%"),
    (r"(?:\A|(?<=[.;\n])) ?(?:an? )?unfilled gap (?:up|down) ?(?:-|:|,|=|means|is when|is:) ?(?=the (?:low|high|"
     r"whole)\b)", " when "),
    (r"\b((?:was|were|has|have|had|is)(?: been)? not(?: been)?|(?:wasn'?t|hasn'?t|weren'?t)(?: been)?) over\b",
     r"\1 above"),
    (rf"\b({_N} (?:lower|higher) (?:lows|highs|closes)) and then\b", r"\1, then"),
    (r"\b((was|were|had been|has been)(?: not|n'?t)?(?: been)?|(?:hasn'?t|hadn'?t) been) (above|below|over|under|"
     r"beneath) "
     r"([^,.;]{2,40}?) (yesterday|the day before|on the (?:previous|last|prior) (?:bar|day|candle)|(?:on )?the "
     r"(?:bar|day|candle) before|one bar ago|a bar ago),? (?:and|but)(?: it)? (is(?: not|n'?t)?|(?:now|today) (?:it )"
     r"?is(?: not|n'?t)?)"
     rf"(?: now| today| on this (?:bar|one))?{_ENDS}", _and_now),
    (rf"\b((?:and|but)(?: it)?) (?:is|does|has|are)(?: not|n'?t)? (?:now|today|on this (?:bar|one)){_ENDS}",
     r"\1 is so now"),
    (r"\b((?:if|when|unless|though) (?:it|price|the \w+)) (?:came|comes|had come|has come) (?:up |down |back )?from "
     r"(?:below|under|above|over)(?= \d| the\b| its\b)", r"\1 came out of there"),
    (rf"((?:\band|\bbut|\bthen|,)(?: then)?(?: it| the price| price)?) (?:is|was|has come|has gone|comes right|is "
     rf"right) back in"
     rf"(?:side)?(?: again| now)?{_ENDS}", r"\1 comes back inside"),
    (r"(\byesterday\b[^.;]{0,40}?\b(?:and|but)(?: it)? is (?:not )?(?:above|below|over|under)\b[^.,;]{1,30}?) "
     r"today\b", r"\1"),
)  # fmt: skip
