"""What is said of orders, sizes, exits and limits: lines of the vocabulary."""

ORDER_WORDS = """
act long: btfd, entering, entering in, entering in long, enter in, enter in long, entering into, hop on, hop aboard,
  jump on, jump aboard, climb on, climb aboard, get on board, send it, full send, smash buy, smash long, be a buyer,
  is opened long, be in the market, to be in the market, open purchase, open longs, get me long, back in, get me in,
  want to own, owning, be long, stay long, scoop, grab, nibble, punt, punt on, hop in, step in, pull the trigger,
  initiate, establish, we enter, invest, buy, buys, buying, long, go long, going long, goes long, enter long, entering
  long, get long, longs, purchase, purchasing, bought, enter, enters, entry, get in, gets in, getting in, i want in,
  want in, lift, lift it, open long, open a long, go in, in long, load the boat, do long, do the long, to make buying,
  making buying, long entry, enter a long, long it, take long, take a long, long position, buy in, add, accumulate,
  hold long, hold, holds, entries, buy entry, take longs, take the long, buy it, pick up, jump in, get in long, open a
  position, enter the market, go for long, lift offer, lift the offer, lift offers, lifts the offer, lift the offers
act short: sell in short, selling in short, make the sell in short, make short, we make short, whack,
  open shorts, be short, short entry, shorts, short, shorts, go short, going short, goes short, enter short, entering
  short, sell short, sells short, selling short, shorting, short it, open short, open a short, get short, short sell,
  take short, take a short, short position, short entry, we sell short, enter a short
act cover: buy it back, buys it back, buying it back, buy them back
act sell: sale, exit long, close long, close longs, exit longs, close the long, sell, sells, selling, sold, sell it,
  sell out, offload, sell all, sell everything, sell them, offer it out, hit the bid, hit bid, hit bids, hits the bid,
  hit the bids
act exit: toss it, toss, chuck it, chuck, ring the register, ring register, close everything out, position is closed,
  is closed, closed if, closed when, in cash, be in cash, go to cash, cash out of it, ditch, ditch it, scrap it, close
  out the trade, head for the exit, jump out, take it off, get rid of it, unload, unload it, sell out of it, step
  aside, stand aside, kill it, exit, exits, out, get out, gets out, getting out, close all, close everything, close
  it, close position, close the position, close out, close both legs, closing position, flat, go flat, flatten, leave,
  leaves, liquidate, dump, dump it, dump the lot, puke it, puke, bail, bail out, go out, we go out, i'm out, be out,
  abandon, abandon the position, exiting, exit position, exit trade, close trade, out again, get me out, gtfo, close
  the trade, all out, exit the trade, i am out, be flat, close my position, goes flat, get flat, step out, cash out,
  square off, square up, unwind
act cover: close short, we close short, cover shorts, cover the short, cover, covers, cover it, exit short, close
  short, covering, buy to cover, cover short, close shorts, exit shorts, buy back
act fade: fade it, fade, fade them
act both: both sides of the market, in both ways, two-sided, two sided, both ways, both directions, both direction,
  both sides, long & short, long and short, always in, long/short, both long and short, either way, in both
  directions, either direction
act flip: flip it, flip, stop and reverse
weclose: we close
longonly: no shorts, never short, without shorts, long only, longs only, only longs, only long, long side only, only
  long trades, just long, i am long only, long-only
shortonly: short only, shorts only, only shorts, short side only, only short
dontshort: forget the shorts, no shorting, not the shorts, skip the shorts
correction: no wait, sorry, i mean, scratch that, correction, rather, wait no, or rather
stopword: disaster stop, catastrophic stop, cut losers at, cut losers, cut losses at, cut losses, cut the loss at, cut
  it at, stop, stop loss, stoploss, stop-loss, sl, stops, stop losses, protective stop, initial stop, init stop, hard
  stop, stop order, loss stop, stop it, protection, stop out, stopped out, initial risk stop, catastrophe stop, safety
  stop
nostop: stop none, no stop, no stop please, no stop needed, no stop loss, no stops, no stop losses, without a stop,
  without stop, absolutely no stop losses, without any stop, no stoploss, no sl
targetword: shooting for, shoot for, aiming for, aim for, aiming at, aim at, price objective, objective, profit goal,
  profit objective, target, take profit, tp, profit target, targets, takeprofit, tgt, price target, limit target,
  profit taking at, goal
profitword: benefit, bank, profit, gain, profits, in profit, winner
lossword: limit losses, limit loss, limit losses to, loss, losses, in loss
trailword: stop is following, stop following, following stop, stop follows, stop that follows, stop which follows,
  stop following price, stop is following price, stop follows price, stop is trailing, stop trails, trail, trailing
  stop, trailing, trailing stop loss, trailing stoploss, trail stop, trails, trailing sl, stop trailing, stop moving
  behind price, stop moving behind, trail it by, trail by, trail it, trail the stop, trail the stop by, ts
timestop: time stop, time exit, time-based exit
breakeven: breakeven, break even, b/e, be stop, bep, break-even
movestop: move stop, move the stop, moves the stop, move stop loss, pull the stop, bring the stop, raise the stop,
  stop moves
offword: off, off the table, scale out, take off, sell off
rest: runner, runners, the runner, other half, the other half, second half, rest, remainder, remaining half, the
  remaining, let run, let rest run, let the rest run
riskword: risk, risking, risks, risked
clip: clip
perclip: on each buy, for each buy, per buy, each buy, on every buy, every buy, per entry, each entry, every entry, on
  each signal, per signal, each signal, in each operation, each operation, per operation, in each trade, a clip, per
  trade, each trade, every trade, per position, apiece, a trade
account: stack, my stack, pot, buying power, net worth, nest egg, available cash, available funds, total capital, of
  cash, of the cash, of my cash, account, equity, capital, portfolio, my account, the account, my capital, my equity,
  my money, balance, total equity, bankroll, account equity, account balance, cash balance, funds, of my account,
  money, stake
sizeword: size, position size, sizing, stake size, weight, weights
allin: go all in, goes all in, going all in, all in, all-in, full size, whole account, entire account, all my money,
  everything i have
leveragedword: levered, leverage, leveraged, gearing
units: share, contract, coin, shares, contracts, units, coins, lots, pieces
worth: worth, worth of
capitalword: starting capital, initial capital, start capital, starting equity, starting balance, starting account,
  account size, starting cash, start with, starting with, begin with, initial account
cashword: dollars, usd, us dollars, usdt, euros, eur, bucks, dollar, euro, gbp, pounds, pound, quid, cash
risktimes: my risk, our risk, my initial risk, what i risk, what is risked, amount risked, amount at risk, stop
  distance, stop size, distance to stop, distance of stop, initial risk, the risk, risk taken
rword: r, r multiple, rr, r's
rratio: reward to risk, risk reward, risk/reward, reward risk, risk to reward
pointword: points, handles, pts, pt, pnts, point, handle, big points
centword: cent, cents, penny, pennies
buckword: buck
tickword: ticks, tick
pipword: pips, pip
orderword long: leave buy stop, leave buy stop order, leave stop order to buy, stop order to go long, stop entry
  order, buy stop, buy stop order, stop entry, buy-stop, stop buy, stop order to buy, buy stops, stop buy order
orderword short: sell stop, sell stop order, sell-stop, stop sell
limitword: leave limit order, leave limit, leave bid, leave bids, leave buy limit, leave limit buy, leave limit order
  to buy, park limit order, limit order to buy, limit, limit order, bid, buy limit, limit buy, limit price, limit
  orders, buy limit order, buy by limit, purchase by limit order, bids
goodfor: good, good for, valid for, valid, live, order live, lives, order good, order good for, order valid, keep the
  order, alive, order stays, order valid for
goodday: good for the day, good for day, valid for the day, valid day, day order, order good for the day, good till
  end of day
gtc: gtc, good till cancelled, good til cancelled, until cancelled, until canceled, good till canceled
cancel: cancel, cancelled, expires
onebar: one bar only, for one bar, one bar
otherside: other side, opposite side, other side of range, other side of the range, other side of the bar, other end,
  opposite end
oco: oco, one cancels other, one cancels the other
none: none
moc: on close of candle, at close of candle, on the close of the bar, on close of bar, moc, market on close, at the
  close, on close, at close, on the close, at this close
moo: on next open, on next opening, at next opening, next opening, next morning at opening, next morning at open, next
  day at open, next day at opening, at open of next day, at open of next bar, at open of next candle, on open of next
  bar, on open of next candle, at opening of next day, at opening of next candle, next bars open, next candles open,
  on next days open, at next days open, moo, next open, at next open, at the next open, on the open, market on open,
  at the open, next day's open
flattenday: close everything and stop for the day, flatten and stop for the day, close all and stop for the day, close
  everything for the day, close everything and stop trading for the day, flatten everything and stop for the day,
  flatten for the day
endofday: into the close, into close, finish of day, finish of the day, by the close, end of day, the end of day, the
  end of that same day, end of same day, end of the day, eod, close of the day, day's end, end of that day, day close,
  same day, that same day, session end
notcase: not the case, is not the case, isn't the case, it isn't, it isnt, it is not so, no longer so, no longer true,
  no longer the case, that's not so, not true
restart month: restart month
restart week: restart week
restart year: restart year
neversell: never sell, never selling, do not sell, don't sell, never sold, hold forever, no exit
maxword: tops, at the very most, at very most, not over, up to max, capped at, no more then, max, at most, no more
  than, not more than, max of, limit of, up to
aday: by day, in same day, within one day, within a day, in one single day, in one day, on one day, a day, per day,
  each day, every day, in a day, daily trades
daytrades: operations a day, operations in a day, operations per day, trades in one day, entries daily, trades a day,
  trades per day, trade a day, trade per day, trades each day, entries a day, entries per day, trade each day, buys a
  day, trades in a day, trades daily
onceaday: once a day, once per day, one trade a day, one entry a day, one trade per day, only one trade a day, one
  entry per day, only once a day, one trade each day
dailyloss: daily loss, loss a day, loss per day, daily losses, lose a day
untiltomorrow: i walk till tomorrow, walk till tomorrow, walk away till tomorrow, walk away until tomorrow, i walk
  until tomorrow, laptop shut till tomorrow, laptop closed till tomorrow, laptop shut until tomorrow, laptop closed
  until tomorrow, done till tomorrow, done until tomorrow, i'm done for the day, im done for the day, i'm done for
  today, done for today, out till tomorrow, no further trading that day, no further trades that day, no further trades
  for the day, no further trading for the day, no further entries that day, stop until tomorrow, stop till tomorrow,
  stop trading till tomorrow, pause until tomorrow, finished for the day, finished for today, no more for today, no
  more that day, take rest of day off, call it quits for the day, quit till tomorrow, quit until tomorrow, sit out
  rest of day, no new trades for the rest of day, halt trading for the day, halt for today, no more trading until
  tomorrow, no more trades until tomorrow, stop for the day, stop trading for the day, done for the day, no more
  trading that day, no more trades that day, no more trading for the day, stop trading until tomorrow, halt for the
  day, no new entries for the rest of the day, no new trades for the rest of the day, stop trading that day, no more
  trades today, quit for the day, call it a day, stop for day, no trading for the rest of the day
losers: losing trades, losers, losses in a day, losing trade, loser
drawdown: drawdown of account, drawdown on account, drawdown of equity, drawdown on equity, account drawdown, equity
  drawdown, portfolio drawdown, total drawdown, peak to trough, peak drawdown, drawdown, dd, max drawdown, draw down,
  maximum drawdown
haltforever: done for good, finito, game over, stop forever, stop for ever, pull plug, pull the plug, shut down for
  good, stop trading altogether, stop trading entirely, end strategy, i quit, quit for good, quit trading, do not
  trade again, don't trade again, never trade again, trade no more, liquidate and stop, liquidate and halt
  permanently, close everything and stop, flatten and stop, stop trading for good, stop for good, halt permanently,
  stop trading, stop everything, shut down, shut it down, halt trading, close everything and halt
afterclose: after close of position, after closing of position, after closing a position, after the position is
  closed, after closing, after a close of position, after each close, after the exit, after selling
wait: wait at least, pause for, wait, cool down, cooldown, pause, cooling off
nexttrade: next, next one, next trade, next entry, reentry, re-entry, new trade, new entry, entering again, buying
  again, another
commission: commission, fee, fees, commissions, costs, trading costs
slippage: slippage
perfill: per fill, per trade side, a fill, per side, per order
pyramid: leg in, pyramid, pyramid it, pyramiding, scale in, add to it
inall: in all, in total, total
rebalance: rebalance, rebalanced, rebalancing, change each, put back in line, rotate, rotation, reweight, switch,
  bring back in line, reshuffle
topn: top, best, strongest, highest ranked
annualvol: annualised volatility, annualized volatility, yearly volatility, volatility target, target volatility, vol
  target
dontbother: don't bother trading differences under, ignore differences under, ignore differences below, don't trade
  differences under, tolerance band, do not trade differences under
firstday: first trading day, first day, beginning
hold: hold for, hold them for, hold it for, hold for exactly, keep it for, keep for, keep them for, holding for, hold
  exactly
maxhold: maximum holding period, maximum holding time, holding at most, for no more than, for at most, hold it at
  most, max hold, hold at most, hold max, maximum hold, hold for at most, hold no longer than, after at most, at the
  latest after, hold up to, max holding period, hold no more than, hold for max, hold for a maximum of, holding period
later: later, afterwards, thereafter
noearlier: never before, not before, no entries before, no trades before
nolater: never after, not after, no entries after, no trades after, no new trades after, no new entries after
"""
