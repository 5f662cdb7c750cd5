"""What is said of sizes, risks, costs and limits: phrases that are put together, each head with its parts."""

_POSITIONS = "positions, stocks, coins, instruments, markets, etfs, trades, holdings, of them, names, symbols, open "
"positions, open trades, lots, entries"
_ONCE = (
    "at once, at the same time, at a time, at one time, at any time, at any one time, at any given time, "
    "simultaneously, "
    "concurrently, in parallel, together, open, open at once, open at the same time, open at a time, on at once, "
    "held at once, running, running at once"
)
_ONE = "one, 1, single, any, any one, any single"
_VOL = "volatility, vol"
_YEARLY = "annual, yearly, annualised, annualized"

_NOTHING = (
    "i have no position, there is no position, no position is open, no position, no open position, not in a position, "
    "i am not in a position, i'm not in a position, i hold nothing, i own nothing, nothing is open, nothing is held, "
    "not in a trade, i'm not in a trade, i am not in a trade, not already in a position, not already in, "
    "not already long, no trade is open, no trade is on, i have nothing, i don't hold anything, i do not hold anything"
)

SETTING_PRODUCTS = (
    ("filler", ", with, with the, on, on the, the, at the, at", "usual, standard, default, normal, classic, typical, "
     "common, ordinary, regular, textbook",
     "numbers, settings, values, parameters, params, inputs, lengths, periods, configuration, setup, setting"),
    ("flatwhen", "when, if, while, only when, only if, but only if, whenever, as long as, unless not",
     f"{_NOTHING}, i am flat, i'm flat, im flat, flat, we are flat, we're flat, the account is flat, position is flat"),
    ("flatand", "and, &", _NOTHING),
    ("atonce", "held at once, may be held at once, can be held at once, be held at once, held at a time, open at once, "
     "open at a time, open at the same time, may be open at once, may be held at the same time, at a time, "
     "held at the same time, may be open at the same time, be open at once, be open at the same time"),
    ("atonce", _POSITIONS, _ONCE),
    ("atonce", "simultaneous, concurrent, parallel, open", "positions, trades, holdings, position"),
    ("perclip", "on, in, for, to, into, per", _ONE, "trade, position, entry, buy, purchase, symbol, stock, name"),
    ("perclip", "goes into, go into, goes in, to, in, into, a, per", "each one, pop, every one"),
    ("perclip", "every, each, per", "single trade, new trade, new position, entry signal, purchase, buy signal"),
    ("perclip", "this one, on this one, in this one, for this one, with this one"),
    ("qtyword", "qty, quantity, share count, contract count, number of shares, number of contracts, number of units, "
     "number of coins, amount of shares, order quantity, trade quantity, position quantity"),
    ("sizeword", "dollar amount, cash amount, fixed amount, amount invested, order size, trade size, lot size"),
    ("stopword", "hitting the stop, stop is hit, stop gets hit, stop being hit, being stopped out, getting stopped "
     "out, "
     "get stopped out, gets stopped out, i am stopped out, i'm stopped out, im stopped out, a stop out, stop-out, "
     "stop hits, stop is triggered, stop is reached"),
    ("costsword", "cost, cost me, costs me, costing, costing me, should cost, should cost me, would cost, will cost"),
    ("equals", "equals, is equal to, amounts to, comes to"),
    ("annualvol", _YEARLY, _VOL),
    ("annualvol", _VOL, "target, targeting, targetting, targeted, per year, a year, per annum, in a year"),
    ("annualvol", f"{_YEARLY}, ", _VOL, "target of, targeting of, target, targeting"),
    ("nopyramid", "no, without, never, don't do any, no more", "pyramiding, adding, adds, add ons, averaging, "
     "averaging "
     "down, scaling in, adding to positions, adding to the position, adding to a position, adding up, piling on"),
    ("nopyramid", "no, without, never a", "martingale, martingales, grid, grids, grid trading, doubling down, "
     "doubling up, "
     "hedging"),
    ("method", "martingale, anti martingale, reverse martingale, grid, grid trading, doubling down, doubling up"),
    ("nopyramid", "never, don't, do not, not", "add to an open position, add to a position, add to the position, "
     "add to positions, pyramid, add to it, add to winners, add to losers, scale in, average down, add while in, "
     "add to an existing position, add anything to it"),
    ("nopyramid", "no, not a, never a", "second entry, further entry, second position, additional entry, re-buys, "
     "second buy, new entry, new entries, entries", "while in a trade, while in a position, while in, while a trade is "
     "open, while a position is open, while long, while holding, while i hold one, while already in, while one is "
     "open"),
    ("nopyramid", "only one, just one, never more than one, no more than one, one single, at most one, max one, "
     "max 1, only 1, one, 1, a single, single", "position, trade, lot, entry, unit",
     "at once, at a time, at the same time, at any time, open, open at once, open at a time"),
    ("addword", "adds, add-ons, additions, top ups, top-ups, pyramids"),
    ("addword", "additional, further, extra, more", "adds, buys, purchases, entries, lots, units, positions, clips"),
    ("maxpositions", "max, maximum, most, maximum number of, max number of, limit of",
     "positions, open positions, open trades, simultaneous positions, concurrent positions"),
    ("maxpositions", "positions, open positions, stocks, trades at once, positions at once, positions in all, holdings",
     "at the very most, at most, max, maximum, at the most, tops"),
    ("account", "what i have, all i have, what i own, everything i own, my savings, what is there, what "
     "i've got"),
    ("riskword", "at stake, is at stake, on the line, is on the line, is at risk, are at risk"),
    ("allin", "full account, whole balance, full balance, full equity, all equity, all my equity, entire balance, full "
     "capital, all capital, all of my equity, all of the equity, the full amount"),
    ("sizeword", "adjust size, adjust the size, adjust position size, set the size, lot size, scale size"),
    ("costsword", "the trade may lose, a trade may lose, each trade may lose, one trade may lose, may lose, i may "
     "lose, can "
     "lose, could lose, i can lose, willing to lose, want to lose, ready to lose, prepared to lose, may cost, may "
     "cost me"),
    ("sizeword", "size adjusted, size scaled, size set, size chosen, position size adjusted, position scaled, position "
     "sized, scale the position, scale the size, scale position, adjust the size, adjust the position, scaled, size "
     "it"),
    ("yearlyword", "annualised, annualized, per annum, p.a., yearly"),
    ("whilelong", "if, when, while, as long as", "i am long already, i am already long, already long, i'm already "
     "long, "
     "already in, i am already in, i'm in already, i already hold it, i already have one, a position is open already"),
    ("ignorenew", "ignore, i ignore, skip, i skip, disregard", "further signals, new signals, further entries, the "
     "signal, "
     "it, them, signals, any signal, any further signal, more signals, another signal, a new signal, the next signal"),
    ("allmoc", "fill, fill me, filled, fills, fills are, executed, execute, execution, everything is done, all "
     "orders, all "
     "trades, orders are executed, orders are filled, trade, trade everything, entries and exits, entry and exit, "
     "orders "
     "fill, all fills, all orders are filled, all orders are executed, everything is executed, everything is "
     "filled, buy "
     "and sell both, both are filled, both, execution is, all orders are, all trades are, orders are, orders go, all "
     "executions, fill everything, fill orders, fill the orders, fill all orders, both fill, every order is filled, "
     "every order is executed",
     "at the close, on the close, at close, on close, at the close of the bar, at the close of the signal bar, at that "
     "close, at the bar's close, at the same close, at the closing price, at the close of the bar that gives the "
     "signal, at "
     "the same bar's close, at this close, market on close, moc, at the signal bar's close, at the close of the "
     "same bar, "
     "at that bar's close, on the close of the bar, on the close of the signal bar, at the close of that bar"),
    ("maxpositions", "position limit, positions limit, positions max, positions at most"),
    ("spreadword", "spread, bid ask spread, bid/ask spread, bid-ask spread"),
    ("commission", "broker takes, broker charges, broker charges me, broker wants, exchange takes, exchange charges, "
     "i pay, we pay, you pay, i am charged, i'm charged, charged, is charged, are charged, broker bills me"),
    ("commission", "brokerage, brokerage fee, broker fee, brokers fee, transaction cost, transaction costs, "
     "transaction fee, transaction fees, trading fee, trading fees, exchange fee, exchange fees, commission rate"),
    ("perfill", "on every, on each, per, for each, for every, each, every, a", "fill, transaction, execution, side, "
     "order, leg, transaction side"),
    ("perfill", "both when buying and when selling, when buying and when selling, when buying and selling, on "
     "buying and "
     "selling, for buying and selling, when i buy and when i sell, when i buy and sell, for buys and sells"),
    ("perfill", "each way, every way, both ways of a trade, per way, on both sides, on each buy and each sell, "
     "on each buy and sell, on every buy and every sell, on every buy and sell, for each buy and each sell, "
     "on buys and sells, on entry and exit, on entries and exits, on both entry and exit"),
    ("makerword", "maker, makers, as maker, for maker, for makers"),
    ("takerword", "taker, takers, as taker, for taker, for takers"),
    ("leveragedword", "broker gives me, broker gives us, broker lets me use, broker lends me, margin of, on margin"),
    ("morew", "additional, further, extra, more of it"),
    ("onnew", "on, at, with, upon", "further, each new, every new, each, every, new, another, each further, every "
     "further, the "
     "next, a new, a further, any new, each additional", "cross, crosses, signal, signals, crossing, crossover"),
    ("onnew", "if, when, whenever, each time, every time, any time, if ever", "it crosses again, it happens again, "
     "it does so again, the signal comes again, signal repeats, it crosses anew, that happens again, that happens, "
     "this happens, it happens, this happens again, there is another, "
     "there is a new signal, it triggers again, it fires again, it crosses once more, it repeats"),
    ("whilein", "while, when, as long as, if", "i hold, i hold it, i am holding, i'm holding, i own it, i have it, "
     "im still in, i'm still in, i am still in, still in, i am in, i'm in, "
     "still long, still short, i'm still long, i'm still short, the position is open, still holding, already in, "
     "in the trade, the trade is open, still in the trade, still in it"),
)  # fmt: skip
