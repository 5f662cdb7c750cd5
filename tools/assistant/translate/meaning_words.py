"""What is said of the parts of a bar, of levels between others, of days of a month, and of what is left at a
  loss."""

MEANING_WORDS = """
barpart body: body, bodies, real body, candle body, bar body, body of bar, body of candle, candles body, bars body,
  body size, size of body, size of candle body, size of bodies
barpart range: true range of bar, range of bar, range of candle, candle range, bar range, bars range, candles range,
  its range, own range, its own range, high minus low, high low range, bar size, candle size, size of bar, size of
  candle, bars size, bars total range, total range
barpart middle: midpoint of its own range, midpoint of own range, midpoint of its range, midpoint of bar, midpoint of
  candle, middle of bar, middle of candle, middle of its range, middle of its own range, middle of bars range,
  midpoint, mid point, centre of its range, center of its range, half of its range, midpoint of range, middle of
  range, bars midpoint, candles midpoint, bar midpoint, midpoint of day, middle of day
barpart upwick: upper wick, upper shadow, top wick, upper tail, wick on top
barpart lowwick: lower wick, lower shadow, bottom wick, lower tail
stacked up: stacked, lined up, stacked bullishly, stacked bullish, aligned, fanned out, fanned up, in bullish order,
  in order, stacked in order, stacked up, bullishly stacked, bullish stack, aligned bullishly, perfectly stacked,
  aligned upward, aligned up
stacked down: stacked bearishly, stacked bearish, in bearish order, stacked down, fanned down, bearishly stacked,
  bearish stack, aligned bearishly, reversed stack, aligned downward
monthday: nth
lastday: last trading day, last day, final trading day, final day, last business day
against: against me, against us, against my position, against position, against trade, against my trade, against it
favor: in my favor, in my favour, in our favor, in our favour, in favor, in favour, my way, our way, in right
  direction
entryprice: entry price, my entry, entry point, entry level, purchase price, buy price, buying price, my cost, cost
  basis, my fill, fill, fill price, price i paid, price paid, entered price, my buy price, our entry, price of entry,
  where i bought, what i paid, sell price, average entry, average price of position, opening price of trade, my
  purchase price, price of purchase, where i got in, where we got in, my average
overnight: overnight, over night, past close of day, through night
exposure: gross exposure, exposure, total exposure
noleverage: no leverage, without leverage, no margin, unleveraged, unlevered, no borrowed money, no leverage
  whatsoever, no leverage at all, without any leverage, cash only
weekdays: weekdays, weekday, workdays
weekend: weekend, weekends
anyday: any day, every weekday, all days, all weekdays
correction: no wait, sorry, i mean, i meant, scratch that, correction, rather, wait no, or rather, no make that, no
  make it, make that, make it, no sorry, sorry i mean, sorry i meant, sorry make that, wait make that, wait make it,
  no i mean, no i meant, oops, i mean to say, should be, no actually, actually no, strike that, no rather, or better,
  no better, sorry no, ah no, uh no, let me correct that, my mistake
retract: scratch, nah scratch, nah forget, forget, forget about, nah drop, on second thought no, never mind, leave out
not: no buys, no longs, no long, avoid, skip trade, skip trades, skip entry, skip signal, skip signals, stay out, stay
  away, stay away from, no entry, no new position, no new positions, do not trade, ignore signal, ignore signals,
  ignore entry, sit out, i pass, hands off, no trade, no purchases, no buy, no new longs, no new buys, no positions
waituntil: wait until, wait till, wait for, waiting for, wait til, not until, only after
opposite: mirror image, mirrored, mirror, same in reverse, exact opposite, inverse, same rules reversed, same thing in
  reverse, same mirrored, same but reversed, everything reversed, other direction, same upside down, upside down,
  reverse rules, same rules mirrored, just reverse, opposite rules, other way around, same the other way, exact
  reverse, mirrored rules, same reversed, all reversed, reversed, mirror that, mirror it, same for reverse, contrary
  way
filler: instead, at all, of any kind, new positions, new trades, same length, same lengths, same period, same periods,
  same settings, anything
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
"""
