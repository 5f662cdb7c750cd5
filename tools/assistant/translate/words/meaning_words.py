"""What is said of the parts of a bar, of levels between others, of days of a month, and of what is left at a
  loss."""

MEANING_WORDS = """
barpart body: body, bodies, real body, candle body, bar body, body of bar, body of candle, candles body, bars body,
  body size, size of body, size of candle body, size of bodies
barpart range: true range of bar, range of bar, range of candle, candle range, bar range, bars range, candles range,
  its range, own range, its own range, high minus low, high low range, bar size, candle size, size of bar, size of
  candle, bars size, bars total range, total range
barpart middle: midpoint of its own range, midpoint of own range, midpoint of its range, midpoint of bar, midpoint
  of candle, middle of bar, middle of candle, middle of its range, middle of its own range, middle of bars range,
  midpoint, mid point, centre of its range, center of its range, half of its range, midpoint of range, middle of
  range, bars midpoint, candles midpoint, bar midpoint, midpoint of day, middle of day
barpart upwick: upper wick, upper shadow, top wick, upper tail, wick on top
barpart lowwick: lower wick, lower shadow, bottom wick, lower tail
stacked up: in order bullish, ordered bullish, ordered bullishly, bullish aligned, in bullish alignment, in bull order,
  in bullish formation, in bullish sequence, in uptrend order, bullish order, stacked,
  lined up, stacked bullishly, stacked bullish, aligned, fanned out, fanned up, in bullish order,
  in order, stacked in order, stacked up, bullishly stacked, bullish stack, aligned bullishly, perfectly stacked,
  aligned upward, aligned up
stacked down: in order bearish, in bearish alignment, in bear order, bearish order, stacked bearishly,
  stacked bearish, in bearish order, stacked down, fanned down, bearishly stacked,
  bearish stack, aligned bearishly, reversed stack, aligned downward
monthday: nth
lastday: last trading day, last day, final trading day, final day, last business day
against: against me, against us, against my position, against position, against trade, against my trade, against it
favor: in my favor, in my favour, in our favor, in our favour, in favor, in favour, my way, our way, in right
  direction
entryprice: entry price, my entry, entry point, entry level, purchase price, buy price, buying price, my cost, cost
  basis, my fill, fill, fill price, price i paid, price paid, entered price, my buy price, our entry, price of
  entry, where i bought, what i paid, sell price, average entry, average price of position, opening price of trade,
  my purchase price, price of purchase, where i got in, where we got in, my average
overnight: overnight, over night, past close of day, through night
exposure: exposure
noleverage: no leverage, without leverage, no margin, unleveraged, unlevered, no borrowed money, no leverage
  whatsoever, no leverage at all, without any leverage, cash only
weekdays: weekdays, weekday, workdays
weekend: weekend, weekends
anyday: any day, every weekday, all days, all weekdays
correction: no wait, sorry, i mean, i meant, scratch that, correction, rather, wait no, or rather, no make that, no
  make it, make that, make it, no sorry, sorry i mean, sorry i meant, sorry make that, wait make that, wait make it,
  no i mean, no i meant, oops, i mean to say, should be, no actually, actually no, strike that, no rather, or
  better, no better, sorry no, ah no, uh no, let me correct that, my mistake
retract: scratch, nah scratch, nah forget, forget, forget about, nah drop, on second thought no, never mind, leave
  out
not: skip, skip it, skipping, no buys, no longs, no long, avoid, skip trade, skip trades, skip entry, skip signal,
  skip signals, stay out, stay away, stay away from, no entry, no new position, no new positions, do not trade, ignore
  signal, ignore signals, ignore entry, i pass, hands off, no trade, no purchases, no buy, no new longs, no new buys,
  no positions
donothing: do nothing, does nothing, doing nothing, do nothing at all, nothing happens
waituntil: wait until, wait till, wait for, waiting for, wait til, not until, only after
opposite: mirror image, mirrored, mirror, same in reverse, exact opposite, inverse, same rules reversed, same thing
  in reverse, same mirrored, same but reversed, everything reversed, other direction, same upside down, upside down,
  reverse rules, same rules mirrored, just reverse, opposite rules, other way around, same the other way, exact
  reverse, mirrored rules, same reversed, all reversed, reversed, mirror that, mirror it, same for reverse, contrary
  way
defined: by which i mean, by that i mean, which i define as, defined as, is defined as, which means, which to me
  means, i define it as, that is to say, in other words
filler: makes up, make up, accounts for, takes up, instead, at all, of any kind, new positions, new trades, same
  length, same lengths, same period, same periods, same settings, anything
month 1: jan
month 2: feb
month 3: mar
month 4: apr
month 6: jun
month 7: jul
month 8: aug
month 10: oct
month 11: nov
month 12: dec
unless: except, except for, excluding, apart from, but not, other than
not: won't buy, won't enter, won't trade, wouldn't buy, wouldn't enter, shouldn't buy, should not buy, must not buy,
  mustn't buy, will not buy, will not enter, would not buy, won't go long, won't go short, won't take, will not
  trade, shouldn't enter, should not enter, must not enter, mustn't enter, may not enter, not allowed to buy, not
  allowed to enter, not allowed to trade, no buying allowed, no entry allowed, won't touch it, i don't want to buy,
  i don't want to enter, i don't want it, won't be buying, must not trade, may not trade, may not buy
wait: sit on my hands, sit on hands, sit on my hands for, cooldown of, cool down for, cool off, cool off for,
  cooling off period of, pause of, stand aside for, stay flat for, stay out for, sit out, sit out for, rest for,
  take a break of, leave gap of, wait out, waiting, wait for at least, waiting time of, waiting period of, leave at
  least, keep at least
perclip: after each trade, after every trade, after a trade, each trade closes, after each exit, after every exit,
  after an exit, after trade, after last trade, after my last trade, after each close of trade, after closing a
  trade, after getting out, after i get out, after exit, since last trade, since my last trade, after previous
  trade, after a trade is closed, after a trade closes, after each closed trade, after position is closed
daytrades: trades / day, trade / day, entries / day, entry / day, buys / day, trades / d, trades in day, trades
  within a day, positions a day, positions per day, new trades a day, new trades per day, new positions a day, new
  entries a day, trades by day, trade by day, trades every day, trades every single day, entries every day,
  purchases a day, purchases per day, trades on one day, signals a day, signals per day, round trips a day, trades
  in same day
onceaday: one trade / day, 1 trade / day, single trade per day, single trade a day, just one trade a day, just one
  trade per day, one shot a day, one position a day, one position per day, one trade by day, one purchase a day, one
  purchase per day, one trade every day, one trade daily, one buy a day, one buy per day, one entry in a day, one
  trade in a day, first signal of day only, only first signal of day, only one trade each day
exposure: invested, gross exposure, of gross exposure, total exposure, exposure of account, market exposure, of
  exposure, exposure in total
intraday: intraday only, day trades only, day trading only, day trade only, strictly intraday, pure day trading,
  only intraday, only day trading, only day trades, pure intraday, purely intraday, no overnight positions, no
  overnight holds, no overnight holding, no overnight risk, no overnights, flat overnight, nothing overnight, no
  positions overnight, flat over night, no holding overnight
lossword: lost, lost more than
above: upper than, more up than, more elevated than, north from
below: more low than, south from
targetword: shooting for, aiming for, aim for, aim at, aiming at, going for, gunning for, happy with, looking for,
  target price, targeting, target is, i target, goal is, target goes at, target of, reward, reward of
movestop: lift stop, lift the stop, raise stop, bring stop, bring stop up, pull stop, pull stop up, move my stop,
  moving stop, moving the stop, slide stop, stop is moved, stop moved, shift stop, shift the stop, tighten stop,
  stop moves up, push stop, drag stop, roll stop, trail stop to
breakeven: break-even point, breakeven point, breakeven level
rest: whatever is left, whats left, what's left, what is left, whatever remains, leftover, left over, rest of it,
  rest of position, rest of trade, remaining part, remaining position, remaining shares, the others, other part,
  balance of position, last part, last piece, final part, last third, final third, last quarter, final quarter, last
  half
nexttrade: another one, a new one, new one, next signal, next buy, next position, new position, taking next one,
  taking another, taking another trade, re entering, reentering, re enter, reenter, getting back in, going back in,
  buying again, trading again, entering again, can buy again, can enter again, another trade, another entry, new
  signal, next entry
trailword: stop is following, stop following, stop follows, following stop, stop that follows, stop follows price,
  stop trails, stop trailing at, trailing stop of, trailing exit, trail everything, trail all, ride it with,
  chandelier, stop is following price, stop is trailing, trailing stop at, follow with stop, following price, follow
  price, stop follows behind price, trailing my stop
moo: next morning at opening, on next opening, at next opening, next opening, next days opening, at opening of next
  day, on next days open, at tomorrows open, opening of next bar, open of next bar, at open of next bar, on open of
  next bar, next bars open, at next bars open, at next candles open, on next bar open, next bar open, next candle
  open, at open of next candle, opening of next day, open of next day, next day open, next days open, at next day
  open, next days opening
act both: always invested, always invested one way or other, always in one way or other,
  never flat, never be flat, never out of market, always long or short, always either long or short, never
  neutral, always in position, reversal system, stop and reverse system, always one way or other
inrow: one after other, in row, after each other, one after one, in sequence, in succession, on end
notcase: any of three no longer holds, any of these no longer holds, any of them no longer holds, one of them no
  longer holds, either no longer holds, one of two no longer holds, any of three fails, one of three fails, either
  one fails, either fails, one of them fails, any of them fails, one of two fails, any one fails, either of them
  fails, condition fails, conditions fail, setup fails, one of two is not more true, one of two is no longer true,
  is not more true, not more true, not true anymore, not true any more, no longer valid, not so anymore, isn't
  anymore, it isn't anymore, no longer holds, stops being true, stops being so, that changes, is no more true,
  either is no longer true, one of them is no longer true, any of them is no longer true, either one is no longer
  true, either isn't true, one isn't true anymore, stop being true, any of these is no longer true, not anymore,
  ceases to be true
distance: distance
factorword: factor, multiplier, mult, multiple, atr multiplier, factor of, multiplier of, with factor, with
  multiplier
dontshort: i don't want shorts, don't want shorts, i don't want to short, don't want to short, i do not want shorts,
  no short trades, no short side, i don't short, never go short, i never short, no short selling, without short
  selling
quarter: quarters
px close: c
act exit: kick it, kick it out, toss it, toss, chuck it, boot it, hop off, jump ship, punt it out, punt it, ring
  register, ring the register, sling it, lose it all, shut it, hit exit, hit eject
act long: send it, smash buy, smash long, ape in, ape, hop on, hop aboard, hit buy, smash it, get aboard, jump on
  it, jump on, we ride, ride it, i'm a buyer, open buy, take buy, take buy entry, give buy entry, punt it long
offlimits: off limits, off limits for new trades, are forbidden, is forbidden, taboo, excluded, are excluded, no go,
  are out of question, not allowed, are not allowed, is not allowed
filler: at the latest, at latest, at very latest, in any case, for new trades
filler: all of these, all of following, are true, is true, are met, is met, are fulfilled, are satisfied, true, all
  are true, all true, at same time, at once
"""
