"""A strategy filled in like a form: `KEY = value`, `Key ..... value`, `Key: value | Key: value`, headings on a line
alone; and turns of speech that join the rules of one request."""

from __future__ import annotations

from .rewriting import Turns

_KEY = (
    r"(?:symbol|instrument|market|time ?frame|chart|bars|direction|entry(?: signal| rule| long| short)?|"
    r"exit(?: signal| rule)?|enter|buy|sell|short|long|cover|filter|stop(?: loss)?|target|take profit|tp|sl|size|"
    r"position size|risk|max hold|"
    r"session end|time stop|trail(?:ing stop)?)"
)
_HOURS = {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_LINE = r"(?:^|(?<=\n))[ \t]*"
FORMS: Turns = (
    (r"\A\s*(?:(?:very )?(?:good|gm|hi|hey|hello)[,!]? )?(?:mornin[g']?|afternoon|evenin[g']?)(?: (?:all|everyone|"
     r"folks|"
     r"guys|team|sirs?|gents|gentlemen|friends|there|everybody|lads|boys))?\s*[!.,:;-]+(?=\s)", ""),
    (r"\b(?:mostly|mainly|usually|normally|often|currently|just) (?=(?:scalping|swing ?trading|day ?trading|scalp|"
     r"trading)\b)", ""),
    (r"(?<=[a-z] )(?:rereading|reading|read|reread|finished|finishing|follow|following|watching|studying|studied) "
     r"(?!Bollinger|Keltner|Donchian|Wilder)(?-i:(?:[A-Z]\.? )?(?:[A-Z][a-z']+ )?[A-Z][a-z']+)"
     r"(?='s (?:book|video|channel|course|blog|podcast)|,? and |\.|,? so | lately| again)(?:'s)?", "reading"),
    (r"\b(exit|sell|close|buy|cover) the same(?=\s*[.,;]|\s*$)", r"\1"),
    (r"\${2,}", " . "), (r"(?<=[!?])1+(?=\s|$)", ""),
    (r"\s\|\s(?=[a-z][a-z ]{1,20}[:=])", " . "),
    (rf"{_LINE}({_KEY})[ \t]*\.{{2,}}[ \t]*", r" . \1: "),
    (rf"{_LINE}({_KEY})[ \t]*=[ \t]*(?=\S)", r" . \1: "),
    (rf"{_LINE}(?:risk(?: management)?|money management|trade management|management|orders|conditions|filters?)"
     r"[ \t]*[:.]?[ \t]*\n", " . "),
    (r"\bdirection ?: ?", " . "), (r"(?<= \. )filter: (?=[a-z])", "only if "),
    (r"\bsession end ?: ?", "flat at "),
    (r"\bclos(?:e|ing) of (?:the )?(?:position|trade) ?(?=[:,]| when| if)", "exit"),
    (r"\b(?:no|never a|not a) (?:position|trade) (?:is |may be |should be |must be )?(?:held|kept|carried) (?:for )?"
     r"(?:beyond|past|longer than|more than) (?=\d|one|two|three|five|ten)", "max hold "),
    (r"(?<!daily )(?<!day )(?<!days )(?<!day's )(?<!total )(?<!weekly )\bloss limit(?: of)?:? "
     r"(?=\d|one|two|three|four|five)", "stop loss "),
    (r"\bin the (?:morning|afternoon|evening),? (?=(?:at|by|from) \d)", ""),
    (r"\b(stop[^.,;:\n]{0,40}\b(?:low|high) of (?:the|that) )(?:last|latest) (?=(?:candle|bar)\b(?! before))",
     r"\1signal "),
    (r"\b(minimum|maximum) of (?=(?:the|that|this) (?:same |signal |entry )?(?:candle|bar)\b)",
     lambda found: "low of " if found[1].lower() == "minimum" else "high of "),
    (r"\bif (?:both|all|all three|these|the)(?: of these| of the)? conditions are (?:given|met|true|fulfilled|"
     r"satisfied),?(?: then)?", "then"),
    (r"[.;,]\s*(?:and )?(?:the )?(?:second|third|fourth|other|next) condition(?: is)?[:,]?(?: that)?", " and"),
    (r"\b(?:the )?first condition(?: is)?[:,]?(?: that)?", "when"),
    (r"\b(?:do|does|did) not (?:wish|want|like|need) to (?:use|have|place|set|put) (?:a |any )?(?=stop|target)", "no "),
    (r"\b(cross\w*(?: back)? (?:over|above|under|below)) (?:it|them|that) "
     r"(?=(?:use|put|set|place|take|stop|trail|my|an?|one|two|three|\d)\b)", r"\1 it , "),
    (r"\b((?:stop(?: loss)?|target|take profit) \S+ ?(?:percent|per cent|%|atr|r)) "
     r"(?=(?:trail|stop|target|take profit)\b)", r"\1 , "),
    (r"\b((?:kind|best|warm)? ?regards|sincerely|yours)[,\s]+(?-i:[A-Z][a-z]+)\.?\s*\Z", r"\1"),
    (r"\b(low|high) of (?:the|that) same (?=candle|bar)", r"\1 of that "),
    (r"\b(seven|eight|nine|ten|eleven|twelve) o'?clock\b", lambda found: f"{_HOURS[found[1].lower()]}:00"),
    (r"\b(\d+)[ -](day|bar) (high|low) of the (?:days|bars) before\b", r"previous \1 \2 \3"),
    (r"\bi only have (?=\$)", "i have "),
    (r"\bif either (?:condition |of them )?ceases to hold\b", "if either no longer holds"),
    (r"\bwhichever (?:is )?(?:first|earlier|sooner)\b", "whichever comes first"),
    (r"\b(?:should|must|shall|has to|is to) be covered\b", "cover"),
)  # fmt: skip
"""What stands there, and the words that are read for it."""
FORM_WORDS = """
filler: i'm new, i am new, im new, new at this, new to it, ez, late husband, late wife, late
  father, late mother
act exit: bag it, bag
filler: lets see if it holds up, let's see if it holds up, lets see if it works, let's see if it works, lets see if that
  works, let's see if that works, in that window, in this window, in that time window, inside that window, during that
  time, in that period, during those hours, in those hours, in that time, within that window, blew up an account, blew
  up one account, blew up two accounts
filler: trend book, trend following book, are in bed, is in bed, in bed, see if it holds up, see if that holds up,
  see if this holds up, see if it works,
  see if this works, see if that works, see how it holds up, see whether it holds up, see whether it works,
  second time i, third time i'm, second time i'm, i came up with, came up with this, came up with it, came up with an
  idea, grew up, woke up, look after risk, looks after risk, look after the risk, in charge of risk, one of our, one of
  my, years ago, months ago i, swears by, swear by, never lost a cent, gets cold
"""
