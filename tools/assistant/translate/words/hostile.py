"""What is no request for a strategy at all: instructions to an assistant, code, questions, noise."""

from __future__ import annotations

import re

from ..tokens.token import Token

INSTRUCTIONS = re.compile(
    r"\b(print|show|reveal|repeat|tell me|output|leak|give me) (me )?(your|the) (system|initial|hidden|secret"
    r"|instructions?|prompt|rules)"
    r"|(?<!of the )(?<!trading )(?<!of this )(?<!only )"
    r"(?<!sar )(?<!reversal )(?<!reverse )(?<!following )(?<!crossover )\bsystem:|\bassistant:|<\||\bfrom now on\b"
    r"|\bnew instructions?\b|\byou must obey\b|\bobey\b"
    r"|\bprivate keys?\b|\bwallet\b|\bhack\b"
    r"|\b(transfer|wire|send|withdraw) (all |my |the |me |some )*(money|funds|cash|balance|email|e-mail)\b"
    r"|\bno (limits|restrictions|rules)\b"
    r"|\b(ignore|disregard|forget|override) (all |any |your |the |my )*(previous|prior|above|earlier|system"
    r"|instructions?|rules)"
    r"|\b(ignore|disregard|forget|override) (everything|all|whatever|anything|what)( that)?"
    r" you('ve| have| were| are|'re)? (been )?(told|given|taught|instructed|know|learned|learnt)\b"
    r"|\b(print|show|dump|list|output|echo|leak|give me|tell me|read|send|cat|email|post)( me)?( out)? (all )?"
    r"(the |your )?(of )?(the |your )?(environment|env|system) ?(variables?|vars?|settings|config\w*)\b"
    r"|\b(append|include|embed|insert|paste|attach|add|put) (me )?(all )?(of )?(your|the) (own "
    r")?(config(uration)?s?|prompts?|instructions?"
    r"|environment|source code|contents? of [~/.])\b|(?<!\w)~/\w|~/\.|\.ssh\b|\.env\b"
    r"|\b(as|i'?m|i am) (an? |the |your )*(admin(istrator)?|developer|root|superuser|system operator)\b|"
    r"\b(order|command) you to\b"
    r"|\bskip (every|all|any|the|your) (safety |security )?(checks?|confirmations?|questions|safety)\b|\bmy "
    r"live account\b"
    r"|\bsystem prompt\b|\byou are now\b|\bjailbreak|\bapi[ _-]?key|\bpassword"
    r"|(?<!whole )(?<!no )(?<!my )(?<!big )(?<!little )\bsecret(?! sauce| is )|\bcredential"
    r"|\bpretend (to be|you)"
    r"|\bdisable (every|all|any|the|your) |\bunrestricted\b|\bwithout asking\b|\bdeveloper mode\b|\bact as\b"
    r"|\broleplay"
    r"|\b(send|place|submit|execute|transmit) (the |an |my |a |this )*(live |real )?orders? (to|at|with) (my"
    r"|the|your) broker"
    r"|\breveal\b|\bsudo\b"
    r"|\b(delete|erase|remove|overwrite) (all |every |the |my |your )*(files?|data|disk|strateg)|\bdisregard\b"
    r"|\bbypass\b",
    re.IGNORECASE,
)
CODE = re.compile(
    r"<(?:/\s*+)?[a-z][^<>\d]*+(?<![-=\s])>|\bimport \w+|__\w+__"
    r"|(?<!to )\bopen\s*\(|\b(eval|exec|system|subprocess|require|fetch|curl|wget)\s*\(|\brm -|\$\(|`[^`]+`"
    r"|;\s*(drop|delete|insert|update)\b|\b(drop|truncate) table\b|\{\{|\$\{|javascript:|\bdocument\."
    r"|/etc/|\.\./|\bos\.|\bhttps?://",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"^\W*(hey|hi|hello|so|ok|please|well|um)?[\s,!]*(what(?! about| i\b| we\b| my\b| it\b)"
    r"|why|how(?! about"
    r"| (?:do|can|could|should) i (?:buy|sell|go|enter)\b.{0,60}\b(?:when|if|after|once)\b)|who|which|should i"
    r"|are there|do you|does|did|can you (tell|explain)"
    r"|could you (tell|explain)|tell me|explain|will (the|it|bitcoin|gold)|write me a (poem|story|song)"
    r"|please to tell|translate)\b"
    r"|\bwhat do you think\b|\bpriced in\b"
    r"|\bhow (do|can|to) i?\b.*\b(install|use|run|download|open|log ?in|pay|cancel|subscribe)",
    re.IGNORECASE,
)
CERTAIN = re.compile(
    r"\bdouble my (money|account|capital)|\bget rich"
    r"|\b(make|makes|earn|earns|gain|gains|return|returns|profit of) (me )?\d+ ?% (a|per|every|each) (day"
    r"|week|month|year)"
    r"|\b(can't|cannot|never) (fail|go wrong)\b|\bholy grail\b|\bsure thing|\bguarantee"
    r"|(?<!it )(?<!trade )(?<!position )\brisk[ -]?free\b(?! trade)"
    r"|\bzero (drawdown|risk|losses)|\bno losses\b"
    r"|\bnever (loses?|lose money|losing)\b(?! (?:more|over) )"
    r"|\balways (wins?|profit)|(?<!so i )(?<!so it )(?<!then i )\bcan'?t lose\b|\b100 ?% (win|sure|accura)"
    r"|\bwithout (any )?risk\b"
    r"|\bevery trade (wins|is a winner)",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\babout to (rise|fall|go|move|break|crash|explode|rally|pump|dump)\b"
    r"|\b(right|just|shortly) before (it|the|a|any|each|every)\b(?! (close|open|end))"
    r"|\bin the future\b|\bahead of time\b|\bforesee|\bbefore (everyone|others|anybody)\b"
    r"|\b(?<!who )know(s|ing)? (the future|what)\b|\bday's (final|eventual) "
    r"|(?<!until )(?<!till )(?<!sell )(?<!exit )(?<!out )(?<!sell it )"
    r"(?<!sell at )(?<!sell on )(?<!exit at )(?<!exit on )(?<!out at )(?<!out on )(?<!cover at )\btomorrow"
    r"|\bnext (day|bar|candle|week|month)'?s? (close|open|high|low|price) (will|is|>|<)"
    r"|\b(price|close|it|market|stock|bar|candle|which|that) (will|is going to|is about to) (be|go|rise|fall"
    r"|close|open|rally|drop|crash)\b(?! (buying|selling|trading|closing|opening|running)\b)"
    r"(?! (lower|higher|above|below|under|over|less|greater)( than)? (the )?(bollinger|upper|lower|middle|[es]ma|rsi"
    r"|\d+[- ](day|bar)))"
    r"|\bbefore it (rises|falls|goes(?! again)|drops|crashes|moves|rallies|happens)"
    r"|\bat the (exact |very )?(bottom|top|lowest point|highest point)\b(?! of the (?:last|previous|prior|past) )"
    r"(?! (?:of (?:the|that|this|its|an?) (?:opening |first |whole |day'?s )?(?:range|bar|candle|channel|box|band|gap"
    r"|body)|band|line|edge|end|half|third|quarter))"
    r"|\bgoing to (rise|fall|go|rally|drop|crash)\b|(?<!thanks )(?<!thank you )(?<!thx )\bin advance\b|\bpredict"
    r"|\b(exact|very|absolute|precise) (low|high|bottom|top)s?\b(?! of the last)"
    r"|\b(coming|upcoming|following) (day|week|month|year|session)"
    r"|\b(next|tomorrow'?s) (day|week|month|session)'?s? (high|low|highest|lowest)\b"
    r"|\b(rsi|ema|sma|adx|atr|cci|mfi|average) ?\( ?0 ?\)"
    r"|\b(after|for|in|within) (-|minus )\d+ (bars|days|candles|hours)"
    r"|\bthe (day|bar|hour) before (it|the|a)\b.*\b(rises|falls|crash|rall|jump|gap)",
    re.IGNORECASE,
)
_CONTENT = {
    "act", "cond", "set", "ser", "record", "op", "pct", "edge", "family", "ind", "ma", "unclear", "rebalance", "topn",
    "breaks", "style",
}


_THANKED = re.compile(r"\b(?:thank|thx|merci|appreciate|grateful)[^.!?\n]{0,40}\bin advance\b", re.IGNORECASE)
_RHETORICAL = re.compile(
    r"\A(?:(?!\b(?:buy|sell|long|short|only|if|unless)\b)[^?.!\d])*\?"
    r"(?=[^?]*\b(?:buy|sell|long|short)\b[^?]*\Z)", re.IGNORECASE
)
"""A question that is no part of the rule behind it: `what was that? I said: buy when …`."""


def without_question(request: str) -> str:
    """Without the question that somebody puts before what he asks for."""
    told = _RHETORICAL.match(request)
    return request[told.end() :].lstrip("? ") if told and QUESTION.search(told[0]) else request


def refused(request: str) -> str:
    """Why the words are refused whole, whatever else stands in them; "" if they are not."""
    if INSTRUCTIONS.search(request):
        return "This holds instructions to an assistant, not only a strategy, so that nothing of it is taken."
    if CODE.search(request):
        return "This holds code or an address, so that nothing of it is taken; describe the strategy in plain words."
    if QUESTION.search(_RHETORICAL.sub("", request)):
        return "This is no description of a strategy: say when to buy or sell, and when to leave."
    if CERTAIN.search(request):
        return "No strategy gains for certain or never loses; say when to buy and when to sell."
    if FUTURE.search(_THANKED.sub("", request)):
        return "This needs prices that are not known yet when the decision is made."
    return ""


def nonsense(tokens: list[Token]) -> bool:
    """Whether so little of it is understood that no question would help."""
    unknown = sum(token.kind in {"unknown", "name"} for token in tokens)
    content = sum(token.kind in _CONTENT for token in tokens)
    plain = any(token.kind in {"cond", "set"} for token in tokens)
    return not content or unknown > (2 + content if plain else content)
