"""Turns of speech that are put into the order of words that is read: what stands between two words of one phrase."""

_CLOCK = r"(\d{1,2}(?::\d{2})? ?(?:am|pm)?)"
_MANY = r"(two|three|four|five|six|\d+)"
_SPAN = r"(\d+) ?-?(bar|day|candle|week|month)s?"
_LAST = r"(?:the )?(?:last|past|previous|prior|latest)? ?"

REWORDED: tuple[tuple[str, str], ...] = (
    (rf"\bfrom {_CLOCK} on(?:wards?)?,? (?:i |we )?(?:open|enter|buy|trade|start) nothing(?: new)?\b",
     r"no entries after \1"),
    (rf"\b(?:whatever|anything|everything) (?:that )?(?:is )?(?:still )?(?:open|held) (?:at|by) {_CLOCK},? ?"
     r"(?:is |gets |will be )?(?:closed|sold)\b", r"close everything at \1"),
    (r"\bday is (\d+(?:\.\d+)? ?(?:%|percent|per cent)) (?:in the red|down|in minus)\b",
     r"account is down \1 on the day"),
    (rf"\b{_MANY} at (?:once|a time|the same time)\b(?= ?(?:[.,;)]|$))", r"\1 positions at the same time"),
    (r"\bout of (?=(?-i:[A-Z]{2,5})\b)", "of "),
    (r";(?= ?then\b)", ","),
    (r"\bstay(?:ing)? (?:in cash|out of the market|out|on the sidelines) unless\b", "only trade when"),
    (rf"\b(?:rose|gained|climbed|went up) (?:the )?(?:more|most) (?:over|in|during) {_LAST}{_SPAN}\b",
     r"has the better \1 \2 return"),
    (r"\bput ((?:[\w.%$,]+ ){1,8}?)(?:into (?:it|that|this)\b|in(?= ?[;,.]))", r"buy with \1"),
    (r"\b(buy|sell|short|cover) the close (?=when|if|on|at)", r"\1 at the close "),
    (r"^\s*(?:relative strength|dual momentum|momentum|rotation) ?:", ""),
)
