"""What is said of prices, indicators and how they move: lines of the vocabulary."""

MARKET_WORDS = """
px close: price of close, price of the close, closing of bar, close of bar, close of the bar, closing of the bar,
  closing of candle, close of candle, close of the candle, bar close, candle closing, quote, close, closes, closing
  price, price, prices, last price, closing, closed, close price, price of the close, candle close, closing prices
px open: open, opens, opening price, opening, opened
px high: high, highs
px low: low, lows
px volume: volume, vol, turnover, volumes, traded volume, trading volume
px hlc3(): typical price, hlc3, average price of bar
px hl2(): median price, hl2
px ohlc4(): ohlc4
ma sma: two averages, two moving averages, line of average, line of the average, average line of, sma, simple moving
  average, ma, moving average, average, avg, average line, mav, simple average, day line, moving averages, averages,
  mean, simple ma, mov avg, sma's
ma ema: ema, exponential moving average, exponentially weighted moving average, exponential, exponential average,
  exponential ma, exp average, exp moving average, emas
ma wma: wma, weighted moving average, linear weighted moving average, linearly weighted moving average, weighted
  average, lwma
ma hma: hma, hull moving average, hull ma, hull, hull average
ma vwma: vwma, volume weighted moving average, volume weighted ma, volume weighted average
ma rma: rma, smma, smoothed moving average, smoothed average, wilder average, wilders average, wilder moving average,
  wilders moving average, wilders smoothing
ma dema: dema, double exponential moving average, double ema, double exponential average
ma tema: tema, triple exponential moving average, triple ema, triple exponential average
ma trima: trima, triangular moving average, triangular average, tma
ind rsi: rsi, relative strength index, relative strength, relative strength indicator, rsi line, rsi indicator, rsi
  value, rsi oscillator, wilders rsi
ind adx: adx, average directional index, average directional movement index, average directional movement, adx line,
  adx indicator, adx value
ind atr: atr, average true range, atrs
ind tr: true range
ind cci: cci, commodity channel index, commodity channel, cci line, cci indicator
ind mfi: mfi, money flow index, money flow, moneyflow, moneyflow index
ind wpr: wpr, williams %r, williams r, williams percent r, %r, williams percent range, will r, willr, will %r, william
  r, william %r, percent r
ind stoch: stochastic, stoch, stochastics, stochastic oscillator, slow stochastic, stoch oscillator, slow stoch, slow
  stochastics, stochastic indicator, stochs, stoc, sto
ind stochrsi: stochastic rsi, stoch rsi, stochrsi, rsi stochastic, stochastics rsi
ind macd: macd, moving average convergence divergence, macd indicator, macd oscillator
ind supertrend: supertrend, super trend, supertrend indicator, supertrend line
ind aroon: aroon, aroon indicator, aroon line, line aroon
ind dmi: dmi, directional movement index, directional movement, dms
ind tsi: tsi, true strength index, true strength
ind bandb: %b, percent b, bollinger %b, bb %b, bollinger percent b, bollinger bands %b
ind kcw: keltner width, keltner channel width, width of keltner, width of keltner channel
ind mom: mom, momentum indicator, momentum oscillator
ind linreg: linear regression, linreg, linear regression line, regression line
ind linslope: linear regression slope, linreg slope, slope of linear regression, regression slope, lrs, slope of
  regression line
ind percentrank: percent rank, percentrank, percentile rank
ind rvol: relative volume, rvol, volume ratio, relative vol
trendfilter: trendfilter
ind tenkan: tenkan, tenkan line, conversion line, ichimoku conversion line, tenkansen
ind kijun: kijun, kijun line, base line, baseline, ichimoku base line, ichimoku baseline, kijunsen
ind ibs: ibs, internal bar strength
ind accdist: accumulation distribution, accumulation / distribution, a / d line, accdist, accumulation distribution
  line, chaikin accumulation distribution
ind pvt: pvt, price volume trend
ind vwap: vwap, volume weighted average price, vwap line
ind sar: parabolic sar, sar, psar, parabolic, parabolic stop and reverse, p sar, psar dots, sar dots, parabolic sar
  dots, parabolic dots, parabolic sar line
ind obv: obv, on balance volume, obv line
ind roc: roc, rate of change, price rate of change, roc indicator
ind cmo: cmo, chande momentum oscillator, chande momentum, chande oscillator, chande
ind momentum: momentum, return, returns, performance, gain over, price change, percent change, percentage change,
  total return, price return
ind zscore: z score, zscore, z value, standard score
ind bbw: band width, bandwidth, bollinger band width, bollinger bandwidth, width of the bands, width of the bollinger
  bands, bbw, bb width, bollinger width, bollinger bands width, width of bollinger
part k: %k, k, k line
part d: %d, d, d line
part plus: dmi plus, +di, di+, plus di, di plus, positive di, positive directional indicator, plus directional
  indicator, d+, green di
part minus: dmi minus, -di, di-, minus di, di minus, negative di, negative directional indicator, minus directional
  indicator, d-, red di
part signal: signal line, signal, trigger line, macd signal line, signal average
part line: line, main line
part hist: histogram, hist, histo, bars of histogram
family bb: bollinger bands, bollinger band, bollinger, bb, bbands, bollingers, bbs, bolly, bollys, bolly band, bolly
  bands, bollies, bol band, bol bands, bollinger channel, band of bollinger, bands of bollinger, boll band, boll
  bands, boll
family kc: keltner, keltner channel, keltner channels, keltner band, keltner bands, kc, keltners, keltner line,
  keltner lines, channel of keltner, channels of keltner, kcs
family donchian: donchian, donchian channel, donchian channels, donchian band, donchian bands, price channel, price
  channels, donchians, channel of donchian, dc
edge upper: superior band, superior, upper band, upper, upper one, top band, up band, upper line, upper channel
edge lower: inferior band, inferior, lower band, lower one, bottom band, down band, lower line, lower channel
edge middle: band in the middle, mean line, middle band, middle, mid band, mid, middle one, midline, mid line, middle
  line, centre line, center line, basis
bands: bands, band, channel
deviation: standard deviations, standard deviation, deviations, std, stdev, sigma, sigmas, std devs, std dev, sd
bar: single bar, single candle, one single bar, one single candle, bar, bars, candle, candles, period, periods,
  candlestick, candlesticks
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
above: longer than, is longer than, taller than, wider than, topped, above of, over of, major than, major of, more big
  than, more big, more up than, bigger, more then, higher then, bigger then, greater then, above, over, exceeds,
  exceed, greater, bigger, more than, higher than, more high than, larger than, north of, greater than, bigger than,
  on top of, is higher than, becomes greater than, exceeding
below: shorter than, is shorter than, narrower than, is narrower than, tighter than, sub, below of, under of, minor
  than, minor of, more small than, more small, more low than, smaller, less then, lower then, smaller then, below,
  under, beneath, less than, lower than, smaller than, south of, underneath, less, fewer than
up: ups, from down, up, upward, upwards, positive direction, from down to up, from below, upside, to the upside, to up,
  from below to above
down: downs, from up, down, dn, downward, downwards, from up to down, from above, downside, to the downside, to down,
  from above to below
through: through, thru
back: back, again
orabove: or above, or higher, or greater
orbelow: or below, or lower, or under
atleast: at least, not less than, no less than
orevenmore: or more, or worse
crossover: crossover, crossovers, cross over, crosses over, crossing over, crossed over
crossunder: crossunder, cross under, crosses under, crossing under, crossed under
cross: cut, cuts, cutting, cross, crosses, crossing, crossed, x, crossing of, intersects
move: becoming, pass, passes, passing, coming, arriving, curls, curl, gets, get, goes, go, moves, moving, comes, come,
  becomes, become, climbs, pushes, runs
moveup: pops over, pops above, pushes through, pushes above, bursts through, pokes above, recovers, recover, gains,
  rises, rise, rising above, reclaims, reclaim, reclaiming, reclaimed, regains,
  regained, recovered, climbs above
movedown: cracks, crack, slices through, dives below, slides, tumbles, drops, drop, dropped, falls, fall, fell, dips,
  dip below, slips, sinks, lose, loses, losing, falling below
turn: turns, turn, flips, turned, flipped, turning
fallen: come down, has come down, came down, comes down, down by, fallen, declines, decline, declined, has fallen,
  sold off
risen: come up, has come up, came up, comes up, up by, risen, gained, rallied, has risen
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
breaks: broken, is broken, gets broken, get broken, got broken, is taken out, gets taken out, taken out, has broken,
  has broken above, has broken out above, clears, cleared, breakouts, rupture of, rupture, ruptures, takes out, take
  out, taking out, break of, breaks, break, breaking, breaks above, break above, breakout of, breakout above,
  breakout, breakouts over, breakouts above, b/o of, b/o, breaks out of, break out of,
  breaks out above, break over, breaks over, breaking above,
  breakouts of, upside break of, breakout over, bo of, breaks out over, broke, breaks through, break through
breaksdown: breakdowns, breaks below, break below, breakdown of, breaks under, breakdown below, breakdown, breaking
  below, break down of, break under, downside break of
gap: gap, gaps, gapped, gapping
inrow: in a row, on the trot, consecutive, straight, running, successive, consecutively, back to back, one after
  another
lastn: last, past n, recent, latest, trailing n
engulfing: engulfing, engulf, engulfs, engulfed, engulfing candle, engulfing bar, engulfing pattern, swallows, swallow,
  swallowed, swallowing, covers body of, covers whole body of, completely covers, fully covers
difference: difference between, distance between, spread between
followed: followed by, followed immediately by, followed directly by, is followed by, was followed by
insidebar: inside bar, inside day, inside candle, inside bars
outsidebar: outside bar, outside candle
openrange: opening range, open range, opening range breakout, orb, initial balance
narrow 4: nrfour
narrow 5: nrfive
narrow 6: nrsix
narrow 7: nrseven
narrow 10: nrten
goldencross: golden cross, golden crossover
deathcross: death cross, dead cross
oversold: in oversold territory, oversold territory, in oversold region, oversold region, shows oversold, reads
  oversold, in oversold zone, oversold zone, oversold, over sold
overbought: in overbought territory, overbought territory, in overbought region, overbought region, shows overbought,
  reads overbought, in overbought zone, overbought zone, overbought, over bought
yesterday: prev day, prev days, previous session, previous sessions, prior session, yesterday, yday, ydays,
  yesterday's, yesterdays, prior day, previous day, day before, prior day's, previous day's, day before's
today: today, today's, todays
tomorrow: tomorrow, tomorrow's
beginning: begins, starts, beginning of, start of, begin, start
opposite: contrary cross, opposite, reverse, vice versa, other way round, contrary, the other way, opposite happens,
  other way, opposite cross, opposite signal, reverse cross
fallnoun: flush, flushes, pullback, pull-back, dip, selloff, retracement, fall of, slide
risenoun: rip, pump, pumps, jump, advance
pulled: pulled back, has pulled back, pulls back, retraces, retraced
unclear threshold: high volume, low volume, big volume, heavy volume, strong volume, much volume, falling much, falls
  a lot, drops a lot, going up good, high volatility, low volatility, low enough, high enough, pullbacks, sharply,
  heavily, crash, crashes, tank, tanks, strong trend
unclear length: breaks out, breaking out, break out, new high, new highs, new low, new lows
unclear target: made enough, good profit, enough profit
unclear entry: cheap, looks good, looks bad
unclear definition: is so now, came out of there
unclear definition: spike, spikes, fast stochastic, fast stoch, fast stochastics, fast stochastic oscillator,
  strongly, runs out of steam, support, resistance, expensive, oversold stocks, uptrend, downtrend, up trend, down
  trend, trend, quiet, hammer, doji, pin bar, pinbar, consolidation, choppy, volatile, calm, strong, weak, going well,
  pops, squeeze, tight, starts moving up, starts moving up strongly, momentum is strong, enough, bounce, bounces,
  bottom, bottoms, double bottom, double top, head and shoulders, trendline, trend line, divergence, rally, rallies,
  higher highs, lower lows and, nice, sharp, steam, out of steam, oversold area, range bound, sideways, liquid, bull
  market, bear market, bullish market, bearish market, bullish trend, bearish trend, volatility, small, big, large,
  wide, steep, flat market, news, earnings, sentiment, overextended, extended, gap fill, fair value gap, order block,
  fvg, bos, choch, liquidity sweep, smart money, elliott, wave, fibonacci, fib, golden pocket, ichimoku, cloud, pivot,
  pivots, vwap bands, heikin ashi, renko, shooting star, morning star, evening star, three white soldiers, marubozu,
  spinning top, harami, piercing line, undervalued, overvalued, not too risky, risky, safe
"""
