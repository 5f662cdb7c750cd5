"""What is said of limits of a day, of pauses between trades and of days and hours that are left out: phrases that are
put together, each head with its parts."""

_NO_NEW = (
    "no new trade, no new trades, no new position, no new positions, no new entry, no new entries, no new one, no new "
    "ones, no trade, no trades, no trading, no entry, no entries, no re-entry, no reentry, no further trades, no more "
    "trades, no more trading, no more entries, nothing new, no buying, no further entries, no purchases"
)
_DO_NOT = "don't, do not, never, dont, must not, may not, i don't, i do not, i won't, i never"
_ENTER = (
    "trade, buy, enter, re-enter, reenter, get back in, go back in, buy again, trade again, enter again, buy back in, "
    "open anything, open a new trade, open a trade, open new trades, open anything new, open a position, open new "
    "positions, start anything, take a new trade, take new trades, take any trades, jump back in, come back in"
)
_IDLE = (
    "do nothing, i do nothing, stay out, i stay out, stay flat, sit out, sit it out, i sit out, skip, stay away, keep "
    "out, stand aside, leave it alone, pause, i pause, wait, i wait, rest, hold off, keep off, hands off, be idle, "
    "stay on the sidelines, stay on the sideline, stay idle"
)
_SPAN = "for, for at least, the next, for the next, for another, during the next, at least, for the following, a "
"further"
_WITHIN = "within, for, for at least, in the next, within the next, for the next, in less than"
_CLOSED = (
    "an exit, the exit, any exit, every exit, each exit, the last exit, the previous exit, my exit, the last trade, "
    "the "
    "previous trade, the last one, the previous one, the last sale, a sale, the sale, every sale, each sale, any "
    "sale, the last sell, "
    "a trade has been closed, a trade is closed, the trade is closed, the position is closed, a position is closed, "
    "a trade closes, the trade closes, a position closes, the trade ends, a trade ends, a trade is over, the trade is "
    "over, the last trade closed, the last trade was closed, the trade was closed, a trade was closed, one is closed, "
    "i am out, i'm out, being out, i get out, i got out, i have sold, i sell, a closed trade, every closed trade, "
    "each closed trade, any closed trade, the last position"
)
_TRADE = (
    "getting out, closing, selling, exiting, leaving, closing a trade, closing a position, closing the position, "
    "closing "
    "one, a trade, the trade, every trade, each trade, any trade, each position, a position, every position"
)
_NEXT = (
    "the next one, the next trade, the next entry, the next buy, the next purchase, another, another one, another "
    "trade, "
    "buying again, entering again, i buy again, i enter again, going again, re-entering, a new one, a new trade, a new "
    "entry, getting back in, going back in, i go again, trading again, opening another, the next position, reentering"
)
_LOST = (
    "lost, lost money, was a loser, was a loss, was a losing one, was a losing trade, ended in a loss, made a loss, "
    "closed at a loss, was closed at a loss, ended at a loss, was negative, closed red, ended red, ended in the red, "
    "closed in the red, is a loser, is a loss, loses, loses money"
)
_LAST = "the last trade, the previous trade, last trade, previous trade, the last one, the latest trade, my last trade"
_TODAY = (
    "today, that day, this day, on that day, on this day, the same day, that same day, on the same day, for the day, "
    "for today, until tomorrow, till tomorrow, until the next day, till the next day, until the next morning, for the "
    "rest of the day, for the rest of that day, the rest of the day, until the day after, before tomorrow, before the "
    "next day, until the following day, until the next session, for the remainder of the day"
)
_ALL_OUT = (
    "close everything, sell everything, sell all, flatten, flatten everything, liquidate, liquidate everything, close "
    "all, close all positions, go flat, get out, exit everything, close out, close it all, sell it all, dump "
    "everything, "
    "get out of everything, sell off everything, exit all positions, close every position, exit all"
)

LIMIT_PRODUCTS = (
    ("untiltomorrow", f"{_NO_NEW}, i stop, stop, stop trading, i stop trading, i'm done, im done, i am done, done, "
     "do nothing more, nothing more, nothing else, trading stops, trading ends, no others, no other", _TODAY),
    ("untiltomorrow", "leave it, i leave it, i leave it at that, leave it at that", _TODAY),
    ("untiltomorrow", _DO_NOT, _ENTER, _TODAY),
    ("untiltomorrow", _IDLE, _TODAY),
    ("flattenday", f"{_ALL_OUT}, flat, out", "and", "stop, quit, be done, stop trading, call it a day, rest", _TODAY),
    ("flattenday", f"{_ALL_OUT}, flat, out", _TODAY.replace("today, that day, this day,", "")),
    ("haltforever", f"{_ALL_OUT}, flat, out", "and", "quit, stop, stop for good, never trade again, stop trading, "
     "stop trading for good, halt, shut down, end it, be done, stay out for good, stay out, stop everything, "
     "it's over, it is over, that's it, that is it, game is over, trading stops, the system stops, "
     "end trading, don't trade again, do not trade again, stop altogether, stay flat, stay flat for good"),
    ("nomore", f"{_DO_NOT}, {_NO_NEW}", "any more, anymore, any longer, again, ever again, ever, at all after that"),
    ("nomore", _DO_NOT, "trade, buy, open, enter, do", "any more, anymore, any longer, again, ever again, anything "
     "more"),
    ("nomore", "i stop, i quit, i'm done, i am done, trading stops, trading ends, the strategy stops, the system "
     "stops, "
     "we stop, it stops, stop it all, no more trades, no more trading, no further trades, no more entries"),
    ("nomore", "stop, quit, halt", "for good, altogether, forever, permanently, for ever, completely, entirely"),
    ("wait", _IDLE, _SPAN),
    ("wait", _NO_NEW, _WITHIN),
    ("wait", _DO_NOT, _ENTER, _WITHIN),
    ("wait", "leave, leave at least, have, keep, keep at least, cooldown of, cool-down of, cooling off period of, "
     "cool down period of, break of, pause of, waiting time of, waiting period of, a rest of, take a break of"),
    ("wait", "cooling off, cool-off, cool off, cooldown period, cool-down period, cool off period"),
    ("afterclose", "after, since, once, following, of, from, when, as soon as", _CLOSED),
    ("afterclose", "after, since, following", _TRADE),
    ("afterclose", "once out, when out, once flat, once closed, once sold, after that exit, after it is closed"),
    ("beforenext", "before, until, till, and, to", _NEXT),
    ("betweentrades", "between, in between", "trades, two trades, entries, positions, consecutive trades, exits and "
     "entries, an exit and the next entry, an exit and a new entry, exit and entry, one trade and the next, "
     "an exit and an entry, exit and next entry, any two trades, the exit and the next entry, one exit and the next "
     "entry, a sale and the next purchase, selling and buying again, closing and opening"),
    ("passed", "have passed, has passed, passed, have gone by, went by, have elapsed, elapsed, are over, have gone"),
    ("lastlost", "if, when, whenever, in case", _LAST, _LOST),
    ("afterloss", "after, following", "a, any, each, every, one, the", "loss, losing trade, loser, losing one, lost "
     "trade, "
     "loss making trade"),
    ("lastlost", "if, when, whenever", "i lost on the last trade, i lost the last trade, i lost money on the last "
     "trade, i "
     "lost on the last one, i lost money last time, the last one lost, i have lost on the last trade"),
    ("noearlier", "no sooner than, no earlier than, not sooner than, not earlier than, at the earliest, earliest"),
    ("maxword", "are enough, is enough, are plenty, is plenty, that's the limit, that is the limit, is the "
     "limit, "
     "is the maximum, are the maximum, is my limit, is all i allow, are all i allow"),
    ("losers", "i have lost, have lost, i've lost, i lost"),
    ("nomore", "stop the whole thing, stop the strategy, stop the system, stop the bot, shut everything down, shut "
     "it all "
     "down, i quit for good, i stop for good, shut the whole thing down, switch it off, turn it off, the system is "
     "off"),
    ("onceaday", "", "one purchase a day, one purchase per day, one buy a day, one buy per day, one position a day"),
    ("afterloss", "after losing, after a trade that lost, after a trade which lost, after i lose, when i lose a trade, "
     "if i lose a trade, when a trade loses, if a trade loses, when a trade lost money, if a trade lost money"),
    ("afterstop", "after, following", "a stop out, a stop-out, a stop, a stop loss, being stopped out, getting stopped "
     "out, a stop is hit, the stop is hit, the stop was hit, each stop out, every stop out, any stop out, i am stopped "
     "out, i was stopped out, a stopped trade, a stopped out trade, i have been stopped out, i've been stopped out, i "
     "got stopped out, i get stopped out, it stops me out, it stopped me out, it has stopped me out"),
    ("afterstop", "if, when, once", "i am stopped out, i was stopped out, i have been stopped out, i've been "
     "stopped out, i had been stopped out, i got stopped out, the stop got me, the stop has been hit, a stop has "
     "been hit, the stop was hit, stopped out, i'm "
     "stopped out, "
     "im stopped out, i get stopped out, it stops me out, it stopped me out, the stop takes me out, my stop takes me "
     "out, the stop took me out"),
    ("afterwin", "after, following", "a, any, each, every, one, the", "win, winner, winning trade, profit, gain, "
     "profitable trade, good trade"),
    ("closedtoday", "if, when, once", "a trade, one trade, a position, one",
     "was closed, was already closed, is closed, has been closed, has already been closed, already closed, got closed",
     "today, that day, this day, on that day, the same day"),
    ("tradedtoday", "if, when, once", "i have traded, i already traded, i have already traded, there was a trade, "
     "there "
     "was already a trade, there has been a trade, i bought, i have bought, i already bought, one trade was made, a "
     "trade "
     "was made, a trade was opened, i have had a trade, i had a trade", "today, that day, this day, the same day"),
    ("onceaday", "only the, the, just the", "first signal, first trade, first entry, first one, first buy signal",
     "of the day, of each day, each day, of every day, per day, a day, every day, in a day"),
    ("gainday", "profit, gain, gains, profits", "of the day, on the day, for the day, today, that day, in a day"),
    ("not", "skip, skipping, leave out, leaving out, omit, omitting, exclude, excluding, i skip, we skip, i leave out, "
     "stay out during, stay out over, i stay out during, stay away during, do nothing on, do nothing in, do nothing "
     "during, nothing on, nothing during, nothing in, nothing between, sit out, i sit out, do nothing between, "
     "stay out between, stay out in, stay out from, stay out of, keep out of"),
    ("not", _NO_NEW, "during, over, on, in, through, throughout, at, inside"),
    ("not", _DO_NOT, _ENTER, "during, over, on, in, through, throughout, at, inside"),
    ("nolater", f"{_NO_NEW}", "after, past, later than, from"),
    ("noearlier", f"{_NO_NEW}", "before, earlier than, until, till, prior to"),
    ("nolater", _DO_NOT, _ENTER, "after, past, later than"),
    ("noearlier", _DO_NOT, _ENTER, "before, earlier than, until, till, prior to"),
    ("offlimits", "bad, no good, taboo, unlucky, forbidden, excluded, out, not allowed, not for", "for starting a "
     "trade, "
     "for trading, for entries, for new trades, for buying, for entering, to start a trade, to trade, to buy, days to "
     "trade, days for trading"),
    ("filler", "in these windows, in those windows, within these windows, at any hour, at any hour of the day, "
     "whatever "
     "the hour, at all hours, regardless of the time, no matter what time, at any time of the day, calendar"),
    ("samedays", "nothing, so nothing, except, but not, not, just not, so not, only not, no entries, no trades, no "
     "buying, so no entries, so "
     "no trades", "on", "those two days, those days, these two days, these days, those, either of them, either of "
     "those, "
     "either day, either of those days, them"),
    ("samedays", "no entries, no trades, no buying, nothing, so nothing, i skip, i rest, no new trades", "then, on "
     "such days"),
    ("act long", "long side, on the long side, the long side"),
    ("act short", "short side, on the short side, the short side"),
    ("filler", "follow the trend, go with the trend, trade the trend, ride the trend, sell in may and go away, "
     "account for, "
     "count, count in, factor in, reckon with, allow for, take into account, deduct, of the trade value, of the "
     "value, of "
     "trade value, of the traded value, of notional, of the notional, of the amount, of the order value, of the "
     "same size, "
     "of equal size, of the same amount, the same amount again, of the same, same size, i get, not at the next "
     "open, not "
     "the next open, instead of the next open, rather than the next open, rather than at the next open, not at next "
     "open"),
    ("beginning", "when, as, once, as soon as, right when, just when", "it starts, it begins, it has begun, it is "
     "there"),
    ("in", "during, throughout"),
    ("of", "across, among"),
    ("filler", "halloween strategy, a round, round lot of"),
    ("frame 1d", "daily data, daily quotes, day bars, daily prices"),
    ("rebalance", "put back to, put back at, bring back to, bring them back to, brought back to, bringing it back "
     "in line, "
     "bring it back in line, bringing them back in line, back in line, back into line, put them back to, reset to, "
     "reset to their weights, set back to, return them to, readjust, readjusted, re-adjusted, re-balance, re-balanced, "
     "top up to, restored to, restore to, restored, reset the weights, reset weights, reset the weights to"),
    ("filler", "right away, straight away, straightaway, turtle unit, turtle units, run this on, run it on, run "
     "this, says, "
     "mean reversion in ranges, range trading, mean reversion in a range, trend following in trends, my system is"),
    ("unclear size", "small, big, large, tiny, modest, decent, little, medium, reasonable, sensible, medium sized, "
     "small "
     "sized, good sized, smallish, moderate, normal sized", "position, size, amount, stake, bet, trade size, position "
     "size, sum, chunk, allocation, part of my money, part of my account, amount of money, position each time"),
    ("unclear timeframe", "higher timeframe, larger timeframe, bigger timeframe, higher time frame, longer timeframe, "
     "htf, larger time frame, bigger time frame, longer time frame, on the higher timeframe, on the higher tf, "
     "higher tf"),
    ("topn", "whichever has the, whichever had the, the one with the, the one that has the, the one which has the, "
     "whichever of them has the", "higher, better, bigger, larger, greater"),
    ("filler", "re evaluated, re evaluate, reevaluated, re checked, rechecked, reviewed, re ranked, reranked"),
    ("only", "trading days are, trade days are, entry days are, my trading days are, entries are on, i trade on"),
)  # fmt: skip
