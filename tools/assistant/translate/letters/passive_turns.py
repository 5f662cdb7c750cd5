"""Passive voice and the tone of rule books: `a long position shall be initiated if …`, `losses shall not exceed 4 %`.

A verb that opens or closes stands for the action only where its subject is a position; a price that is closed or
opened keeps its meaning.
"""

from __future__ import annotations

_AUX = (
    r"(?:(?:is|are|was|were)(?: only| always| then)?(?: to be| being)?|(?:shall|will|may|must|should|can|would|"
     r"could|has "
    r"to|have to)(?: only| then| always| also)? be|is only|are only|gets?)"
)
_OPENED = (
    r"(?:initiated|opened|entered(?: into)?|established|taken(?: out| up)?|put on|placed|executed|triggered|commenced|"
    r"started|acquired|bought|purchased|assumed|generated|signalled|signaled|made|built|implemented)"
)
_CLOSED = (
    r"(?:exited|closed(?: out)?(?! (?:above|below|over|under|higher|lower|in the))|liquidated|disposed of|sold(?: "
     r"off)?|"
    r"unwound|terminated|eliminated|flattened|squared(?: off| up)?|relinquished|divested|offset)"
)
_LED = (
    r"(?=,? ?(?:if|when|whenever|once|upon|as|at|on|by|after|where|only|should|provided|in the event|because|the|each "
    r"time|every time|"
     r"$|[.;,]))"
)
_OWN = "".join(
    f"(?<!\\b{each} )"
    for each in "once after when whenever if until till before while the an a any each every all my our open new "
    "existing such said".split()
)
"""What would make it a condition, `once the trade is closed`, or cut its subject in two."""
_THING = (
    _OWN + r"(?:an? |the |any |each |every |all |such |said |our |my |new |open |existing |outstanding |equity |"
    r"market )*"
    r"(?:positions?|trades?|holdings?|exposure|investments?|entry|entries|shares|stake|asset|instrument|security)"
)
_LONG = (
    _OWN + r"(?:an? |the |any |each |every |all |new |such )*(?:long|buy|purchase)s?(?: positions?| trades?| entr(?:y|"
     r"ies)| exposure| signals?| orders?)?"
)
_IT = _OWN + r"(?:it|they|these|this|the (?:former|latter))"
_BY = (
    r"(?: by(?= (?:an? |the |any )?(?:cross|rsi|macd|close|price|break|new|stochastic|move|rise|fall|drop|"
     r"opposite|reverse)))?"
)
_FAR = r"(\d+(?:\.\d+)? ?(?:%|percent\b|per cent\b|pct\b|atrs?\b(?: ?\(\d+\))?|points\b|r\b))"
_NOT_OF_ALL = "".join(
    f"(?<!{noun} {word})" for noun in ("account", "portfolio", "equity", "capital", "balance", "fund", "strategy")
    for word in ("", "shall ", "must ", "should ", "may ", "will ", "can ")
)  # fmt: skip
"""No loss of a position, but what a guard of the account bounds."""
_NOT_DAILY = r"(?<!daily )(?<!day )(?<!weekly )(?<!monthly )(?<!overall )(?<!total )"
_OF_DAYS = (
    r"(?! ?(?:of (?:(?:the|my|our|its|starting|initial|opening|total|whole) )*"
    r"(?:account|equity|capital|portfolio|balance)|(?:on|in|for|of) (?:any|the|a|one|each) "
     r"(?:single )?day|per day|a day|daily|per week|a week))"
)
_ON_IT = (
    r"(?: (?:per|on|of|for|in) (?:a|any|any one|each|every|the|one)? ?(?:single )?(?:position|trade|holding|purchase))?"
)

PASSIVE_TURNS: tuple[tuple[str, str], ...] = (
    (rf"\bno (?:new )?(?:{_THING}) {_AUX} (?:{_OPENED}|permitted|allowed)(?: (?=(?:on|in|before|after|during|at|"
     rf"between|while|"
     r"when|if|unless)\b))", "no entries "),
    (rf"\b{_LONG} {_AUX} {_OPENED}\b{_BY}{_LED}", " enter long "),
    (rf"\b{_THING} {_AUX} {_CLOSED}\b{_BY}{_LED}", " exit "),
    (rf"\b{_THING} {_AUX} {_OPENED}\b{_BY}{_LED}", " enter "),
    (rf"\b{_IT} {_AUX} (?:entered(?: into)?|opened|initiated|established|acquired|purchased|bought)\b{_BY}{_LED}",
     " enter "),
    (rf"(\b(?:enter|enter long|enter short) [^.;\n]{{4,160}}?),? and (?:(?:is|are|then|subsequently|later) )?{_CLOSED}"
     rf"(?: (?:again|out|thereafter))?{_BY}{_LED}", r"\1 , and exit "),
    (rf"\b{_NOT_DAILY}(?:the )?(?:maximum |max\.? |maximal )?(?:permitted |allowed |permissible |admissible |"
     rf"acceptable )?"
     rf"loss(?:es)?{_ON_IT} (?:shall|must|should|may|can|will|is|are)(?: be)? (?:not|never)(?: be)?(?: "
     rf"allowed)?(?: to)? "
     rf"(?:exceed|surpass|be (?:more|greater|larger) than|greater than|more than) {_FAR}{_OF_DAYS}", r"stop loss \1"),
    (rf"\b{_NOT_OF_ALL}(?:shall|must|should|may|will|can)? ?(?:not|never) (?:lose|forfeit) more than "
     rf"{_FAR}{_OF_DAYS}{_ON_IT}",
     r", stop loss \1 "),
    (rf"\b{_NOT_DAILY}(?:the |any |every |each )?(?:maximum )?loss(?:es)?{_ON_IT} (?:shall|must|should|will|is|"
     rf"are|has to|have to|be)"
     rf"(?: be)?(?: to be)? (?:limited|capped|restricted|held|confined|kept|contained|cut) (?:to|at|below|"
     rf"under) {_FAR}{_OF_DAYS}",
     r"stop loss \1"),
    (rf"\b(?:an? |any )?(?:{_FAR} )?adverse (?:move(?:ment)?|excursion)(?: of (\d+(?:\.\d+)? ?(?:%|percent|atrs?|"
     rf"points)))? "
     r"(?:closes|ends|terminates|exits|stops(?: out)?)(?: out)? (?:it|the (?:trade|position))(?: too| as well| also)?",
     r"stop loss \1\2"),
    (rf"\b(?:an? |any )?(?:{_FAR} )?favou?rable (?:move(?:ment)?|excursion)(?: of (\d+(?:\.\d+)? ?(?:%|percent|"
     rf"atrs?|points)))? "
     r"(?:closes|ends|terminates|exits)(?: out)? (?:it|the (?:trade|position))(?: too| as well| also)?",
     r"take profit \1\2"),
    (r"\btrad(?:ing|es) (?:is|are) (?:only )?(?:restricted|limited|confined|permitted|allowed)(?: only)? (?:to|on|"
     r"during|between) ",
     "trade only "),
    (r"\b(?:entries|entry|trades|trading) (?:is|are|shall be|must be) (?:limited|restricted|capped) (?:to|at) "
     r"(?=(?:one|two|three|"
     r"four|five|\d+) (?:per|a|each|every) day\b)(\w+)", r"at most \1 trades"),
    (r"\b(?:less|smaller|lower) than or equal to\b|\bequal to or (?:less|smaller|lower) than\b|\bnot greater "
     r"than(?= \d)", "<="),
    (r"\b(?:greater|larger|higher|more) than or equal to\b|\bequal to or (?:greater|larger|higher|more) than\b", ">="),
    (r"\bfalls? short of\b", "falls below"),
    (r"\bin the event of (?=an? )", "on "),
    (r"\bpursuant to (?:rule|section|clause|article|paragraph|item) \w+,? ?|\b(?:as )?(?:per|under|described in|"
     r"stated in|set out in|"
     r"defined in|specified in) (?:rule|section|clause|article|paragraph|chapter|item|page|appendix) #?\d+[a-z]?,? ?",
     ""),
    (r"\bnotwithstanding (?:the )?(?:foregoing|above|aforesaid),? ?|\bsubject to the foregoing,? ?|\bfor the "
     r"avoidance of doubt,? ?"
     r"|\bwithout prejudice to (?:the )?(?:foregoing|above),? ?|\bit is (?:further |hereby |also )?(?:proposed|"
     r"agreed|stipulated|"
     r"understood|decided|provided|suggested|recommended)(?: that| to)? ", ""),
    (r"\b(?:the )?(?:purchaser|investor|trader|holder|operator|manager|party) (?:undertakes|agrees|commits|is "
     r"obliged|is required|"
     r"is to|shall|must|will)(?: to)? ", ""),
    (r"\b(?:to )?dispose thereof\b", "sell"),
    (r"\b(?:initiates?|opens?|starts?|begins?) (?:the|a) (?:long )?(?:trade|position|long)(?=\s*[;.,]|$)", "-> buy"),
    (r"\ball entries are (?:subject to|conditional (?:up)?on|conditioned (?:up)?on) (?:the )?(?:following "
     r")?(?:filter|condition)? ?:? ",
     "only trade when "),
    (r"\bentr(?:y|ies) (?:is|are) (?:only )?(?:validated|valid|allowed|permitted|accepted|confirmed|"
     r"authori[sz]ed) (?:only )?(?=if|when|while)",
     "only trade "),
)  # fmt: skip
"""In the order of words that is read, as in `reworded`."""
