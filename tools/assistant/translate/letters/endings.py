"""Losses that end trading, for the day or for good, in the words of many people: what happened, and what then.

Both are put into the few phrases that the rules of limits read; a sentence that has only one of them is left to be
asked about by those.
"""

from __future__ import annotations

import re

from .rewriting import Turns

_N = r"(?:\d+|one|two|three|four|five|six)"
_DAY = (
    r"(?:for (?:the|this|that) (?:day|session)|for today|(?:un)?till? (?:tomorrow|the (?:next|following) (?:day|"
    r"morning|"
    r"session|one)|the day after|next (?:day|morning))|for the (?:rest|remainder) of (?:the|that|this) (?:day|session)|"
    r"(?:on )?(?:that|this|the same) day|the rest of (?:the|that) day|the day is over|today)"
)
_IT = r"(?:(?:that|it|this)(?:'?s| is| has (?:got )?to be| must be| will be| should be|'ll be| was)(?: then)? )"
_ME = r"(?: for (?:me|us|him|her|them))?"
_WHO = r"(?:i|we|he|she|you|they)"
_AM = rf"(?:{_WHO}(?:'?m|'?re|'?s| am| are| is| be)?|am|are)"
_TRADES = r"(?: (?:trades?|trading|entries|positions?|buys|buying|orders))?"
_STOPPED = (
    rf"(?:{_IT}(?:it|enough|all|that|over|quits){_ME}|enough{_ME}|{_AM} (?:done|finished|out|through)|"
    rf"(?:{_WHO} )?(?:pack (?:it )?(?:up|in)|wrap (?:it )?up|log off|go home|call it (?:a day|quits)|call it|"
    r"switch (?:it )?off|close (?:up )?shop|shut (?:up )?shop|knock off|stop trading|stop|quit trading|quit|pause|"
    r"walk away|walk|sit out|cease trading|cease|halt trading|halt|hang (?:it )?up|trade no more|"
    r"do(?:n'?t| not) trade(?: (?:any ?more|again))?|take no (?:more|new) trades)|"
    rf"no (?:more|new|further){_TRADES}|nothing (?:more|new|else)(?: is)?(?: (?:opened|traded|bought))?|"
    r"nothing (?:is |gets )?(?:opened|traded|bought)(?: any ?more)?|trading (?:stops|ends|is over))"
)
_AWHILE = r"(?:a day|one day|the day|the same day|that day|this day|one session|a session|the session)"
_IN_A_DAY = (
    rf"(?:(?:in|on|within|during|over|per|inside) {_AWHILE}|in day|today|a day|per day|each day|the same day|daily)"
)
_LOSERS = (
    r"(?:losers|losing (?:trades?|ones)|loosers|loosing trades|losses|lost trades|bad trades|red trades|strikes|"
    r"stop ?outs|stops hit|trades (?:have )?lost|trades (?:that )?(?:are|were|have been) (?:losing|losers|lost)|"
    r"full losses)"
)
_PCT = r"(\d+(?:\.\d+)? ?(?:%|percent|per cent|pct|prozent))"
_OUT = (
    r"(?:(?:it'?s|it is|everything is|all (?:is|are)|all positions are|we|i|then|they)? ?"
    r"(?:close[sd]?|liquidated?|flatten(?:ed)?|sell|sold|exit|dump|get out of|all out|out)"
    r"(?: (?:everything|all(?: of it)?|all positions|it all|it|the lot|every position|positions))?)"
)
_GOOD = r"(?:for good|permanently|for ever|forever|altogether|completely|once and for all|for all time)"
_EQUITY = r"(?:(?:my|the|our|his) )?(?:account|equity|balance|portfolio|capital|account equity)"
_UNTIL = " no more trades until tomorrow"
_EVER = " close everything and stop for good"


def _losers(found: re.Match[str]) -> str:
    return f"{found['n']} losing trades in a day, {_UNTIL}"


ENDINGS: Turns = (
    (r",? (?:and|or) (?=(?:at|on|after|with|if|when|once)[^.,;]{0,25}\b(?:drawdown|dd) (?:of|reaches|hits|is)? ?"
     rf"{_PCT})", " . "),
    (rf"\b(?:stop(?: trading)?|quit|pause|i stop|i quit|we stop) (?:after|if|when|once)(?: {_WHO}(?:'?ve| have)?(?: "
     rf"had| "
     rf"got| taken| made)?)? (?P<n>{_N}) {_LOSERS} {_IN_A_DAY}(?:,? (?:and |then )?(?:i |we )?(?:resume|start again|"
     r"continue|go on|restart|begin again|come back)(?: on| again)? (?:the )?(?:next day|tomorrow|following day|next "
     r"morning))?", _losers),
    (rf"\b(?P<n>{_N}) trades {_IN_A_DAY} (?:are|were|have been|went) (?:losing|losers|lost|red|bad)\b,?",
     r"\g<n> losing trades in a day, "),
    (rf"\b(?P<n>{_N}) {_LOSERS}(?: deep| already| behind me)?(?:,? {_IN_A_DAY})?(?: and|,)?(?: then)? {_STOPPED} "
     rf"{_DAY}",
     _losers),
    (rf"\b(?:had|have|taken|took|hit|get|got|after|with|of|once|if|when|make|made|i'?m|see)(?: already)? (?P<n>{_N}) "
     rf"{_LOSERS},? {_IN_A_DAY}(?: and|,)?(?: then)? {_STOPPED}(?=\s*(?:[.;!?)]|$))", _losers),
    (rf"(?:\A|(?<=[.;!?,] ))(?P<n>{_N}) {_LOSERS} {_IN_A_DAY}(?: and|,| =)?(?: then)? (?:stop trading|stop|quit|done|"
     r"enough|no more(?: trades| trading)?)(?=\s*(?:[.;!?)]|$))", _losers),
    (rf"(?:and |then |, )*{_STOPPED} {_DAY}", lambda m: f"{' and' if 'and' in m[0][:4] else ' ,'}{_UNTIL}"),
    (rf"\b(?:if|when|once|should) {_EQUITY} (?:ever )?(?:has |have |is |gets |drops |falls |goes |be )?(?:fallen|down|"
     rf"dropped|lost)?(?: by)? ?{_PCT} (?:below|under|from|off|beneath) (?:its|the) (?:\w+ )?(?:high|peak|top|maximum)"
     r"(?: ever)?\b", r"at a drawdown of \1"),
    (rf"{_OUT}(?:,)? (?:and )?(?:then )?(?:never (?:trade )?again|(?:cease|stop|end|quit|halt)(?: (?:trading|"
     rf"everything|"
     rf"it))? {_GOOD}|trading (?:ends|stops) {_GOOD})", _EVER),
    (rf"(?<=%|t) ?,? ?{_OUT} {_GOOD}", f",{_EVER}"),
)  # fmt: skip
"""What is written for what was said."""
