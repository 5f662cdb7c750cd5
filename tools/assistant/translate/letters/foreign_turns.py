"""What people say who think in another language: `bigger from`, `to up`, `in Friday I do not open nothing`; in the
words that are read elsewhere.
"""

from __future__ import annotations

import re

from .rewriting import Turns

_BAR = r"(?:candle|bar|candlestick)"
_N = r"(\d+(?:\.\d+)?|one|two|three|four|five|six|eight|ten|fifteen|thirty)"
_DAYS = r"((?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
_LINE = (
    r"((?:the |its |their |our )?(?:\d+[- ]?(?:bar|day|candle|period)? )?(?:ema|sma|vwap|mean|average|middle(?: "
    r"(?:band|"
    r"line))?|moving average|upper (?:band|line)|lower (?:band|line)|(?:upper|lower|middle) (?:bollinger|keltner) "
    r"(?:band|line)|mid|ma)(?: \d+)?)"
)
_ENDS = r"(?=\s*(?:[.,;:!?)]|$|\bi\b|\bwe\b|\bthen\b))"
_SIDE = {"maximum": "high", "max": "high", "top": "high", "minimum": "low", "min": "low", "bottom": "low"}
_UP, _DOWN = r"(?:bottom|below|under|underneath|beneath|down)", r"(?:top|above|over|up)"


def _compared(found: re.Match[str]) -> str:
    """`Has maximum bigger than previous candle`: its high against the high of that one."""
    price = _SIDE.get(found[1].lower(), found[1].lower())
    up = found[2].lower() in {"bigger", "higher", "greater", "above", "over", "larger", "more"}
    return f"has its {price} {'above' if up else 'below'} the {price} of the previous candle"


def _at_or(found: re.Match[str]) -> str:
    up = found[2].lower() in {"higher", "above", "over"}
    return f"at or {'above' if up else 'below'} {found[1]}"


def _engulfed(found: re.Match[str]) -> str:
    return f"{found[1]} engulfing candle"


def _of_its_colour(found: re.Match[str]) -> str:
    """`The low of the green one`: of the bar that decides, if that is the green one."""
    colour = found[2].lower()
    before = found.string[: found.start()].lower()
    colours = set(re.findall(r"\b(red|green)", before))
    last = re.search(rf"(?:followed by|then|and then|after (?:that|them)|next)(?: (?:a|the|one|comes a))? {colour}\b|"
                     rf"\b{colour} (?:{_BAR} )?(?:is )?engulf", before)  # fmt: skip
    return f"{found[1]} of the bar" if colours == {colour} or last else found[0]


NONNATIVE: Turns = (
    (r"\b(?:bigger|greater|larger|superior|major|more (?:big|high|large|great|up)) (?:from|as|to|then|that|of)\b",
     "above"),
    (r"\b(?:smaller|inferior|minor|littler|more (?:small|low|little|down)) (?:from|as|to|then|that|of)\b", "below"),
    (rf"\bhas (?:a |its |the )?(maximum|minimum|max|min|high|low|top|bottom) (bigger|higher|greater|above|over|larger|"
     rf"more|lower|smaller|less|below|under)(?: (?:than|of|from|as))? (?:the |that of the )?(?:previous|prior|last|"
     rf"preceding) {_BAR}\b(?!'s)", _compared),
    (rf"\b(cross[a-z]*\b[^.;,]{{0,40}}?) from (?:the )?{_UP}(?: side)?(?: to (?:the )?{_DOWN})?(?= ?(?:[.,;:=)]|-|$|"
     rf"and\b|"
     r"then\b|i\b|we\b|buy\b|long\b|go\b))", r"\1 upward"),
    (rf"\b(cross[a-z]*\b[^.;,]{{0,40}}?) from (?:the )?{_DOWN}(?: side)?(?: to (?:the )?{_UP})?(?= ?(?:[.,;:=)]|-|$|"
     rf"and\b|"
     r"then\b|i\b|we\b|sell\b|short\b|go\b|exit\b|out\b))", r"\1 downward"),
    (r"\b(?:i|we)(?: am| are|'m|'re)? clos(?:e|ing)(?: it| (?:the )?(?:position|trade|operation|buy))?"
     rf"(?= (?:if|when|once|as soon as)\b|{_ENDS[3:-1]})", "I exit"),
    (r"\b(?:interval|granularity|resolution|periodicity|bar size|candle size|time unit|unit of time)(?: of| is|:|=)? "
     rf"{_N}(?= ?-?(?:min|minutes?|hours?|h|days?|d|weeks?)\b)", r"timeframe \1"),
    (rf"\b(?:in|on|at|the)? ?{_DAYS},? (?:i|we) (?:do not|don'?t|never|no|will not|won'?t)(?: want to)? (?:open|buy|"
     rf"enter|"
     r"trade|make|take|start|purchase)(?: (?:nothing|anything|any|new|trades?|positions?|operations?|entries|"
     r"orders?|at "
     r"all))*", r"no trades on \1"),
    (rf"\b(mean|average) (?:from|in|for|during|across) (?:the )?(?:last |past )?{_N} (candles|bars|days|periods)\b",
     r"\1 of \2 \3"),
    (rf"\b(?:again |back )?(?:at|on) {_LINE} or (higher|above|over|lower|below|under)\b", _at_or),
    (r",? ?(?<=[,;] )from (?:the )?(top|bottom) to (?:the )?(?:top|bottom) ",
     lambda m: f", crosses {'down' if m[1].lower() == 'top' else 'up'} "),
    (r"\bpending (?=order|buy|sell|limit|stop)", ""),
    (r"\b(limit|stop)(?: order)? in (?:the )?(?:place|level|point|price|line) (?:where (?:is|stands|lies)(?: the)?|"
     r"of) ",
     r"\1 at "),
    (r"\b(?:is |are )?(?:arriv(?:es?|ing|ed)|attain(?:s|ing)?) (?:back )?(?:at|to|on|in)? ?"
     r"(?=the |its |an? |ema|sma|vwap|\d)", "reaches "), (r",? ?\b(?:who|god|nobody|heaven) knows (?:what|how|where|"
     r"why|if|when)\b[^.,;!?]*", ""),
    (rf"\b(red|green|bearish|bullish) {_BAR}(?: that| which)?(?: is| has| completely| fully)* ?engulf(?:s|ing|"
     rf"ed)?(?: the|"
     rf" a)? (?:(?:previous|prior|preceding|last) )?(?:red|green|bullish|bearish)(?: (?:{_BAR}|one))?(?: (?:of before|"
     rf"before(?: it)?|of the {_BAR} before))?", _engulfed),
    (rf"\b(high|low|maximum|minimum) of (?:this|that|the) (red|green) (?:{_BAR}|one)\b", _of_its_colour),
    (rf"\b{_N} (?:times|x) (?:bigger|larger|more|greater|higher|as (?:big|much|large))(?: than| as| of)? "
     r"(?=(?:the |my |our |its )?(?:initial )?(?:risk|stop)\b)", r"\1 times "),
    (r"\b(?:tak(?:e|ing) (?:the |my )?profits?|profits?|sell|exit|get out|close)(?: it)? when (?:it |the profit |"
     r"profit )?"
     r"(?:is |looks |seems )?(?:enough good|good enough|big enough|enough big|nice enough|enough)\b",
     "take enough profit"),
)  # fmt: skip
