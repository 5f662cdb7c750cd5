"""What is said of prices, indicators and how they move: lines of the vocabulary."""

MARKET_WORDS = """
px close: price of close, price of the close, closing of bar, close of bar, close of the bar, closing of the bar,
  closing of candle, close of candle, close of the candle, bar close, candle closing, quote, close, closes, closing
  price, price, prices, last price, closing, closed, close price, price of the close, candle close, closing prices
px open: open, opens, opening price, opening, opened
px high: high, highs
px low: low, lows
px volume: volume, vol, turnover, volumes
ma sma: two averages, two moving averages, line of average, line of the average, average line of, sma, simple moving
  average, ma, moving average, average, avg, average line, mav, simple average, day line, moving averages, averages,
  mean, simple ma, mov avg, sma's
ma ema: ema, exponential moving average, exponential average, exponential ma, exp average, exp moving average, emas
ma wma: wma, weighted moving average
ma hma: hma, hull moving average, hull ma, hull
ma vwma: vwma, volume weighted moving average
ma rma: rma, smma, smoothed moving average, wilder average, wilders average
ma dema: dema
ma tema: tema
ind rsi: rsi, relative strength index, relative strength
ind adx: adx, average directional index
ind atr: atr, average true range, atrs
ind cci: cci, commodity channel index
ind mfi: mfi, money flow index
ind wpr: wpr, williams %r, williams r, williams percent r, %r
ind stoch: stochastic, stoch, stochastics, stochastic oscillator, slow stochastic, stoch oscillator
ind stochrsi: stochastic rsi, stoch rsi, stochrsi
ind macd: macd
ind supertrend: supertrend, super trend
ind aroon: aroon
ind vwap: vwap
ind sar: parabolic sar, sar, psar
ind obv: obv, on balance volume
ind roc: roc, rate of change
ind cmo: cmo
ind momentum: momentum, return, returns, performance, gain over
ind zscore: z score, zscore
ind bbw: band width, bandwidth, bollinger band width, bollinger bandwidth, width of the bands, width of the bollinger
  bands, bbw
part k: %k, k, k line
part d: %d, d, d line
part plus: dmi plus, +di, di+, plus di
part minus: dmi minus, -di, di-, minus di
part signal: signal line, signal
part line: line, main line
part hist: histogram, hist
family bb: bollinger bands, bollinger band, bollinger, bb, bbands, bollingers, bbs
family kc: keltner, keltner channel, keltner channels, keltner band, keltner bands, kc
family donchian: donchian, donchian channel, donchian channels
edge upper: superior band, superior, upper band, upper, upper one, top band, up band, upper line, upper channel
edge lower: inferior band, inferior, lower band, lower one, bottom band, down band, lower line, lower channel
edge middle: band in the middle, mean line, middle band, middle, mid band, mid, middle one, midline, mid line, middle
  line, centre line, center line, basis
bands: bands, band, channel
deviation: standard deviations, standard deviation, deviations, std, stdev, sigma, sigmas, std devs, std dev, sd
bar: bar, bars, candle, candles, period, periods, candlestick, candlesticks
unit m: minute, minutes, min, mins
unit h: hour, hours, hr, hrs
unit d: day, days, trading days, sessions
unit w: week, weeks, wk
unit mo: month, months
unit y: year, years
frame 1h: hourly, hourly bars, hourly candles
frame 1d: daily, daily bars, daily candles, dailies
period weekly: weekly
period monthly: monthly
period quarterly: quarterly
period yearly: yearly, annually
above: above of, over of, major than, major of, more big than, more big, more up than, bigger, more then, higher then,
  bigger then, greater then, above, over, exceeds, exceed, greater, bigger, more than, higher than, more high than,
  larger than, north of, greater than, bigger than, on top of, is higher than, becomes greater than, exceeding
below: below of, under of, minor than, minor of, more small than, more small, more low than, smaller, less then, lower
  then, smaller then, below, under, beneath, less than, lower than, smaller than, south of, underneath, less, fewer
  than
up: from down, up, upward, upwards, positive direction, from down to up, from below, upside, to the upside, to up,
  from below to above
down: from up, down, dn, downward, downwards, from up to down, from above, downside, to the downside, to down, from
  above to below
through: through, thru
back: back, again
orabove: or above, or higher, or greater
orbelow: or below, or lower, or under
atleast: at least, not less than, no less than
orevenmore: or more, or worse
crossover: crossover, crossovers, cross over, crosses over, crossing over, crossed over
crossunder: crossunder, cross under, crosses under, crossing under, crossed under
cross: cut, cuts, cutting, cross, crosses, crossing, crossed, x, crossing of, intersects
move: pass, passes, passing, coming, arriving, curls, curl, gets, get, goes, go, moves, moving, comes, come, becomes,
  become, climbs, pushes, runs
moveup: pops over, pops above, pushes through, pushes above, bursts through, pokes above, recovers, recover, gains,
  rises, rise, rising above, reclaims, reclaim, reclaiming, climbs above
movedown: cracks, crack, slices through, dives below, slides, tumbles, drops, drop, dropped, falls, fall, fell, dips,
  dip below, slips, sinks, lose, loses, losing, falling below
turn: turns, turn, flips, turned, flipped, turning
fallen: down by, fallen, declines, decline, declined, has fallen, sold off
risen: up by, risen, gained, rallied, has risen
rising: rising, sloping up, slopes up, pointing up, increasing, ascending, trending up, going up
falling: falling, sloping down, slopes down, pointing down, decreasing, descending, trending down, going down
positive: positive
negative: negative
green: bull, green, bullish, up candle, white
red: bear, red, bearish, down candle, black
higher: higher
lower: lower
lowest: lowest, minimum, smallest, tightest, narrowest
highest: highest, maximum, biggest, largest, widest
newx: new, fresh
breaks: breakouts, rupture of, rupture, ruptures, takes out, take out, taking out, break of, breaks, break, breaking,
  breaks
  above, break above, breakout of, breakout above, breakout, b/o of, b/o, breaks out of, break out of, breaks out
  above, break over, breaks over, breaking above, breakouts of, upside break of, breakout over, bo of, breaks out
  over, broke, breaks through, break through
breaksdown: breakdowns, breaks below, break below, breakdown of, breaks under, breakdown below, breakdown,
  breaking below, break
  down of, break under, downside break of
gap: gap, gaps, gapped, gapping
inrow: in a row, on the trot, consecutive, straight, running, successive, consecutively, back to back, one after
  another
lastn: last, past n, recent, latest, trailing n
engulfing: engulfing, engulf, engulfs, engulfing candle, engulfing bar, engulfing pattern
insidebar: inside bar, inside day, inside candle, inside bars
outsidebar: outside bar, outside candle
openrange: opening range, open range, opening range breakout, orb, initial balance
narrow: nrseven
goldencross: golden cross, golden crossover
deathcross: death cross, dead cross
oversold: shows oversold, reads oversold, in oversold zone, oversold zone, oversold, over sold
overbought: shows overbought, reads overbought, in overbought zone, overbought zone, overbought, over bought
yesterday: prev day, prev days, previous session, previous sessions, prior session, yesterday, yday, ydays,
  yesterday's, yesterdays, prior day, previous day, day before, prior day's, previous day's, day before's
today: today
tomorrow: tomorrow, tomorrow's
beginning: begins, starts, beginning of, start of, begin, start
opposite: contrary cross, opposite, reverse, vice versa, other way round, contrary, the other way, opposite happens,
  other way, opposite cross, opposite signal, reverse cross
fallnoun: pullback, pull-back, dip, selloff, retracement, fall of, slide
risenoun: jump, advance
pulled: pulled back, has pulled back, pulls back, retraces, retraced
unclear threshold: high volume, low volume, big volume, heavy volume, strong volume, much volume, falling much, falls
  a lot, drops a lot, going up good, high volatility, low volatility, low enough, high enough, pullbacks, sharply,
  heavily, spike, spikes, crash, crashes, tank, tanks, strong trend
unclear length: breaks out, breaking out, break out, new high, new highs, new low, new lows
unclear target: made enough, good profit, enough profit
unclear entry: cheap, looks good, looks bad
unclear definition: strongly, runs out of steam, support, resistance, expensive, oversold stocks, uptrend, downtrend,
  up trend, down trend, trend, quiet, hammer, doji, pin bar, pinbar, consolidation, choppy, volatile, calm, strong,
  weak, going well, pops, squeeze, tight, starts moving up, starts moving up strongly, momentum is strong, enough,
  bounce, bounces, bottom, bottoms, double bottom, double top, head and shoulders, trendline, trend line, divergence,
  rally, rallies, higher highs, lower lows and, nice, sharp, steam, out of steam, oversold area, range bound,
  sideways, liquid, bull market, bear market, bullish market, bearish market, bullish trend, bearish trend,
  volatility, small, big, large, wide, steep, flat market, news, earnings, sentiment, overextended, extended, gap
  fill, fair value gap, order block, fvg, bos, choch, liquidity sweep, smart money, elliott, wave, fibonacci, fib,
  golden pocket, ichimoku, cloud, pivot, pivots, vwap bands, heikin ashi, renko, shooting star, morning star, evening
  star, three white soldiers, marubozu, spinning top, harami, piercing line, undervalued, overvalued, not too risky,
  risky, safe
"""
