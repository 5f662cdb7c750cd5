"""What many kinds of people say around a rule: phrases of nothing, and the same things in other words."""

from __future__ import annotations

import re

from ..letters.rewriting import Turns

VOICED_WORDS = """
profitword: win
perclip: on one idea, on any one idea, on a single idea, in one idea
paymax: won't pay more than, i won't pay more than, will not pay more than
goodday: it's a day order, its a day order, as a day order, a day order
maxword: keep it to, limit it to, hold it to
capitalword: begin is made with, start is made with, beginning is made with
perfill: a ticket, per ticket, every ticket, each ticket
day tuesday: tues
day wednesday: weds
day thursday: thurs, thur
wait: must be waited, must wait, has to be waited, have to wait, it has to wait
lastlost: if the last trade has lost, when the last trade has lost, has the last trade lost, if the last one has lost
afterwin: has it won, if it won, if it has won, did it win, has it gained
filler: measured, measured by, measured over, keeping, i ask, i ask for
favor: in the plus, in plus, into plus
targetword: profit order, profit orders, sell order for the profit, content to win, content with, happy to win,
  satisfied with, satisfied to win, glad to win
at: reaching, is reaching
rratio: chance to risk ratio, chance risk ratio, chance to risk, win to risk ratio, gain to risk ratio, profit to risk
  ratio, payoff ratio, reward to risk ratio, risk reward ratio, ratio of reward to risk, ratio of chance to risk
cashin: bank it, bank it at, bank at
hold: give every trade, give each trade, give a trade, give the position, give every position, allow every trade, allow
  each trade
act exit: thrown out, is thrown out, it's thrown out, gets thrown out, kicked out, is kicked out, ways to finish, ways
  out, ways to get out, way out, ways it ends, ways to end it
sinceentry: since you got in, since you bought, since you're in, since you entered, since we got in, since we bought
whichever: first one that turns up wins, the first one that turns up wins, first one wins, first wins, whichever turns
  up first, first to turn up, the first to turn up, first one that happens, the first that happens counts, the first
  one counts, first come first served
neversell: it is not to be sold, not to be sold, it's not to be sold, never to be sold, is never to be sold, not for
  sale, never for sale
entryprice: my entry price, our entry price, my price, price of mine, where i sold it, where i sold
act long: turn whatever i have into a long, turn it into a long, turn into a long, turn the position into a long, turn
  everything into a long, turn me long, turn long
act short: turn whatever i have into a short, turn it into a short, turn into a short, turn the position into a short,
  turn everything into a short, turn me short
allin: full position
"""
VOICED_PRODUCTS = (
    ("filler", "longs and shorts, long and short, buys and sells, the two sides, the sides",
     "are not twins, are no twins, are not the same, are not alike, are different, differ, are not equal, are treated "
     "differently, are treated alike, are the same, have their own exits, have different exits, have their own rules, "
     "have rules of their own"),
    ("filler", ", after that, then, and then, from there, otherwise, from then on", "just one rule, only one rule, one "
     "rule, one simple rule, there is only one rule, there's only one rule, there is one rule, a single rule"),
    ("filler", ", and, and it, it, which, that, and then", "never comes down again, never comes down, never goes down "
     "again, never goes down, only moves up, only goes up, only ever goes up, never moves down, never moves back, only "
     "ever rises, never goes back, never backs off, only ratchets up, never loosens, never widens"),
    ("filler", "nothing else, nothing other", "sells, exits, closes it, ends it, gets me out, takes me out, sells it, "
     "closes the trade, closes the position"),
    ("frozen", "as it is, as it stands, the level as it is, where it is, the level it has, the level that it has, its "
     "level, as of", "at the moment i decide, at the moment of decision, when i decide, at the decision, at decision "
     "time, when the order goes in, when i place it, at the time of the decision, at that moment"),
    ("frozen", ", and, and it, it, that", "stays there, stays put, is not moved, isn't moved, is never moved, never "
     "moves, never moves again, stays where it is, is left there"),
    ("filler", "i play with, playing with, play with, we play with", "the house's money, the houses money, house "
     "money"),
    ("filler", ", so, so that, then, and", "i want to be unable to lose, i am unable to lose, i'm unable to lose, i "
     "can no longer lose, i cannot lose any more, i can't lose any more"),
    ("filler", "not by me, not by hand", "and not by a stop, and not by any stop, or by a stop, nor by a stop"),
    ("filler", "whatever, no matter what, regardless of what", "it is doing, it does, it's doing, it is doing then, "
     "the "
     "price is doing, the price does"),
    ("filler", "bracket on every trade, bracket on each trade, bracket every trade, every trade has a bracket, "
     "ratchet, "
     "three thirds, two halves, four quarters, bear side, bull side, hard rule"),
    ("filler", "win or lose, win or loss, in profit or loss, in profit or not, profit or loss"),
    ("filler", "i don't, i do not, don't, do not, no", "wait for the next open, waiting for the next open, wait for "
     "the "
     "next bar's open, wait until the next open"),
    ("unclear time", "a few minutes, few minutes, shortly, a bit, a little, some minutes, a little while",
     "before the close, before the bell, before the end of the day, before they ring the bell, before the closing "
     "bell, "
     "before the market closes, before closing, before the market shuts"),
    ("filler", "the rule, my rule, the rules, my rules, this", "never changed, has never changed, never changes, "
     "have never "
     "changed"),
    ("filler", "no, without, without any", "arguing, argument, arguments, discussion, debate, haggling, back talk, "
     "revenge trading, indicator"),
    ("filler", "other exit, other exits, more exits", "gives it not, there are not, there is not, there are none"),
    ("filler", "say, i say, and say", "nothing, thank you"),
    ("filler", "nothing, not", "inside the bar, within the bar, intrabar, in the middle of the bar"),
    ("filler", "out of this, from this, from that, out of that", "the quantity is calculated, the size is calculated, "
     "the size follows, the quantity follows, the number of shares follows, comes the size, comes the quantity"),
    ("filler", "buys and sells, entries and exits", "alike, both, the same way"),
    ("allmoc", "all orders go in, all orders go, every order goes in, every order goes, all of it goes "
     "in", "moc, market on "
     "close, at the close, on the close"),
    ("untiltomorrow", "it's over, its over, it is over, that is it, that's it, i go home, we go home",
     "for today, for the day, until tomorrow, till tomorrow"),
    ("haltforever", "all positions are to be liquidated, all positions are liquidated, everything is to be sold, "
     "everything is sold, everything is liquidated, all is sold", "and", "the programme ends, the program ends, the "
     "strategy ends, trading ends, it ends, the system ends", "for good, forever, permanently"),
    ("onefills", "whichever", "gets hit, gets triggered, is triggered, trades"),
    ("othergoes", "the other, the other one", "is dead, is history, is toast, is out"),
    ("filler", "i'm standing, standing, i stand, we stand, i am standing", "on both sides of it, on both sides, on "
     "either "
     "side, on either side of it"),
    ("filler", ", then, it's, then it's", "over the side with it, overboard with it"),
    ("filler", "the rest of days, the rest of the days, the other days, other days", "yes, are fine, fine, are ok"),
    ("filler", "either one, either, each one, each of them, each side, each trade, every trade, any trade, both sides, "
     "both of them, both, all trades, every position, each position",
     "gets, get, has, have, carries, carry, comes with, come with"),
    ("filler", ", that is, that's, is, are", "my only exit, my only exits, the only exit, the only exits, the only way "
     "out, my only way out, my way out, that is all my exits, all my exits, all the exits, no other exit, no other "
     "exits, no other way out"),
)  # fmt: skip
"""As in `composed_words`: what is said by one of each part, in this order."""
_SMALL = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_CENTS = {"ten": 10, "twenty": 20, "twenty five": 25, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
          "seventy": 70, "seventy five": 75, "eighty": 80, "ninety": 90}  # fmt: skip


def _money(match: re.Match[str]) -> str:
    """Three dollars and fifty cents."""
    whole, part = match[1].lower(), match[2].lower().replace("-", " ")
    dollars = int(whole) if whole.isdigit() else _SMALL.get(whole)
    cents = int(part) if part.isdigit() else _CENTS.get(part)
    return match[0] if dollars is None or cents is None else f"{dollars}.{cents:02d} dollars"


VOICED: Turns = (
    (r",? ?\(?(?:and )?(?:the )?(?:bar of (?:the )?entry|entry (?:bar|candle|day)|signal (?:bar|candle)) (?:itself )?"
     r"(?:counts|counting|is counted|counted|included|is included)(?: (?:as|for) (?:the )?(?:number |no\.? |bar |day )?"
     r"(?:1|one|first)(?: one| bar| day)?)?(?: of them)?\)?(?=[,.;)\s]|$)", ""),
    (r"\b(?:exits?|sells?|selling|closing) (?:are |is )?(?:allowed )?(?:(?:at )?any ?time(?: of (?:the )?day)?"
     r"|at any hour|at all hours|all day|around the clock|whatever the (?:hour|month|day|time))(?=\s*(?:[.,;)]"
     r"|$))", ""),
    (r"\b(longs?|shorts?) (?:also |always |only )?(?:needs?|requires?|must have|wants?) (?=\w+ ?[(\d]|the |a |price"
     r"|close)",
     r"\1 only if "),
    (r"\b(stop(?: loss)?), which (?:is|sits|lies|stands|goes) (?=[\w.]+ ?(?:atrs?|average true ranges?|%|percent|points"
     r"|r)\b)", r"\1 , stop "),
    (r"\bleave alone (?:whatever|anything|what|those|everything|all)(?: that)? (?:is|are) (?:less|no more|not more|at "
     r"most|within) (?:than )?(\d+(?:\.\d+)? ?(?:%|percent))[^.,;\n]*", r"don't bother with differences under \1"),
    (r"\bthe (double|triple) of (?:the |my )?", r"\1 "),
    (r"\b(?:the )?distance (?:from|between) (?:my |the )?(?:entry(?: price)?|fill|buy) (?:to|and) (?:that |the |my )?"
     r"stop(?: loss)?\b", "my risk"),
    (r"\bas much as (?:i|we) (?:am |are )?(?:risk(?:ed|ing)?|stand to lose|could lose|stood to lose|have at risk|had "
     r"at "
     r"risk)\b", "1 R"),
    (r"\bat the (?:very )?top of the (?=(?:last|previous|prior|past) )", "at the highest high of the "),
    (r"((?:highest high|lowest low) of [^,.;]{1,30}), the (?:highest high|lowest low)\b", r"\1"),
    (r"\bof the (bar|candle) before the (?:signal|entry|current) (?:bar|candle)\b", r"of the \1 before"),
    (r",? not (?:of |on )?(?:the )?(?:signal|current|entry) (?:bar|candle)(?: itself)?!*(?=[),.;]|$)", ""),
    (r"\bw (?=(?:a|an|my|the) |\d)", "with "), (r"\bput (?:a |one )?(half|third|quarter|\d+ ?%) of it (?:on|in|to "
     r"work)\b",
     r"size \1 of the account"),
    (r"\btrailing stop[.,:;]?\s*(?:is |stays |it is )?(?:inactive|off|asleep|not active|dormant|idle) (?:until|till"
     r"|before)"
     r" ([^.;,]+?)[;,.]? (?:thereafter|then|after that|from then on|from there on|from there)(?: on)?,? (?:it "
     r"(?:stays|is"
     r"|follows|trails|runs) )?([\d.]+ ?(?:%|r|atr)) behind the best price", r"trailing stop \2 once \1"),
    (r",? not (?:on|at) (?:(?:mon|tues|wednes|thurs|fri)day'?s?|the next day'?s?|the next bar'?s?) (?:open"
     r"|opening)\b", ""),
    (r"\blet (half|(?:a|one) (?:half|third|quarter)|\d+ ?%)(?: of (?:it|them|the position|that))? go\b", r"sell \1"),
    (r",? ?(?:till|until) the next cross (?:above|below|up|down|over|under)(?=\s*(?:[.,;]|$))", ""),
    (r"\b(?:at|with|in) a loss,? i (?:don't|do not|never|won't) sell(?: there| then| it)?(?:, i (?:wait|hold))?",
     "i never sell at a loss"),
    (r"(?:^|(?<=[.!?]\s))(?:after |i have |i've had )?\w+ years (?:in|on|at|of) (?:the |this |my )?\w+(?:,? kid)?,?"
     r"(?: and)?", ""),
    (r"\binstead of (?:a |the |any )?stop(?: loss)?\b ?[:,]?", ""),
    (r"(?:^|(?<=[.;,]\s))(?:lose|drop) ([^.,;]{1,30}), ?cut\b(?: it)?", r"stop \1"),
    (r"(?:^|(?<=[.;,]\s))(?:earn|win|gain|make) ([^.,;]{1,30}), ?(?:take|grab|bank) (?:the |my )?(?:money|profit)\b",
     r"target \1"),
    (r"\bbefore (?:that|then)(?=,? (?:sell|exit|get|i |cover|close|out))", ""),
    (r"\b(bar|candle) that (?:gave|gives|made|makes|triggered|triggers|fired) (?:me )?(?:the |my )?signal\b",
     r"signal \1"),
    (r"\b(\w+) dollars? and (\w+(?:[- ]\w+)?) cents?\b", _money), (r"\b((?:low|high) of the "
     r"(?:bar|candle) before) \((?:low|high)\[1\],? ?\)", r"\1"),
    (r"\breplace (?:the|my) (?:fixed |old |hard |initial )?stop with (?:one|a stop) (?:that|which) (?:follows|trails) "
     r"(?:the )?price(?: up| down)?(?: at| by)? ", "trailing stop "),
    (r"\bchandelier(?: exit| stop)?,? (?:done |but |only )?on (?:the )?close[sd]?\b ?:?", ""),
    (r"\b(cost price|entry price|breakeven|break even|candles|bars) only(?=\s*(?:[.;]|$))", r"\1"),
    (r"(\w (?:bars|hours|days|minutes|candles)[^.,;]{0,15}), after that (?:it|i|we)(?:'s| is|'m| am)? (?:thrown out|out"
     r"|gone|sold|closed)(?: whatever[^.;]*)?(?=\s*(?:[.;]|$))", r"\1"),
    (r"\b(?:two|three|four) ways (?:to (?:finish|end it|get out|leave)|out)\b", "ways out"),
    (r"\bi (?:don't|do not) hit the bid,?", ""),
    (r"\b(moc|(?:at|on) the close) (?:on|of) (?:that|the) (?:very )?same (?:bar|candle|day)\b", r"\1"),
    (r"\b(golden cross|death cross) (?:comes|arrives|appears|shows up|happens|is there)\b", r"\1"),
    (r"\b(?:only )?(?:wanna |want to )?throw (\$?\d[\d,.]*k? ?(?:bucks|dollars|usd|euros)?) at (?:it|this|each one)\b",
     r"size \1"),
    (r",? that is to say,? (?:each|every) (?:purchase|trade|position) is (?:of |for )?\w+ times (?:what i have in "
     r")?(?:the|my)"
     r" (?:account|capital|equity)\b", ""), (r"\bi operate with leverage\b", "leverage"),
    (r"\b(?:in|at|during) the (?:night|evening|morning|afternoon)s?(?: only)?,? (?=(?:from |between "
     r")?\d{1,2}:\d{2})", "only "),
    (r"\bfrom (\d{1,2}:\d\d) on(?:wards)?,?((?: [a-z ]{1,20} time,)?) (?:is nothing more opened|nothing (?:more|new) "
     r"is opened"
     r"|nothing is opened(?: any more)?)", r"no entries after \1 \2"),
    (r"\b(?:we|i) (?:don't|dont|do not) (?:do|take|trade) longs(?: here)?\b", "short only,"),
    (r"\balways (?:in|inside) the market, (?:or|either) in (?:the )?one direction or (?:in )?the other\b", "both ways"),
    (r"\band send (?:the |my )?\w+ home (?:till|until) tomorrow\b", "and stop trading until tomorrow"),
    (r"\btmrw\b|\btmw\b", "tomorrow"),
    (r",? (?:but )?(?:whatever|what)(?:'s| is) (?:still )?open (?:can |may )?(?:keeps? running|stays? open|runs? on"
     r"|keeps? "
     r"going|stays?)\b", ""), (r"\buntil then ?:", ""),
    (r"\bgive it (\w+) (bars|candles|days) to (?:get filled|fill)\b,?(?: (?:after that|then) (?:pull|cancel|kill) it)?",
     r"good for \1 \2"),
    (r"\bat (?:every|each) cross(?:ing)? of (?:the )?([\w ]+?) (above|below|over|under) (?:the )?", r"when \1 "
     r"crosses \2 "),
    (r"\blimit orders? of purchase\b", "buy limit order"), (r"\bit stays there (?:for )?the time (?:that )?it "
     r"needs\b", ""),
    (r"\border (?:keeps waiting|stays|rests|waits),? (?:but |and )?(?:once|if|when) ([^.,;]+), cancel it\b",
     r"cancel the order when \1"), (r"\bafter (?:it is |being )?bought ?:", ""), (r"\bi hang (?:a )?(?=buy|sell)", ""),
    (r"\bi lose (?=[\w. ]{1,25} (?:of |in )?slippage)", ""), (r"(?<=ticket), in and out\b", ""),
    (r"\bk[- ]?lines?\b", "chart"), (r"\bday[- ]line (?=macd|rsi|ema|sma|ma)", "daily "), (r"\bthen only can "
     r"buy\b", "only then buy"),
    (r"(?<=[\d)]) on top(?=\s*(?:[.,;)]|$))", ""),
    (r"\b(longs|shorts) (?:just )?(?:take|follow|get) (?:every|any|all|each) signals?\b", ""),
)
"""In the order of words that is read, as in `reworded`."""
