"""What is said of sizes, risks, costs and limits: phrases that are put together, each head with its parts."""

_POSITIONS = "positions, trades, holdings, of them, names, symbols, open positions, open trades, lots, entries"
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
    ("maxpositions", "position limit, positions limit, positions max, positions at most"),
    ("spreadword", "spread, bid ask spread, bid/ask spread, bid-ask spread"),
    ("commission", "brokerage, brokerage fee, broker fee, brokers fee, transaction cost, transaction costs, "
     "transaction fee, transaction fees, trading fee, trading fees, exchange fee, exchange fees, commission rate"),
    ("perfill", "on every, on each, per, for each, for every, each, every, a", "fill, transaction, execution, side, "
     "order, leg, transaction side"),
    ("perfill", "each way, every way, both ways of a trade, per way, on both sides, on each buy and each sell, "
     "on each buy and sell, on every buy and every sell, on every buy and sell, for each buy and each sell, "
     "on buys and sells, on entry and exit, on entries and exits, on both entry and exit"),
    ("makerword", "maker, makers, as maker, for maker, for makers"),
    ("takerword", "taker, takers, as taker, for taker, for takers"),
    ("leveragedword", "broker gives me, broker gives us, broker lets me use, broker lends me, margin of, on margin"),
    ("morew", "additional, further, extra, more of it"),
    ("onnew", "on, at, with, upon", "each new, every new, each, every, new, another, each further, every further, the "
     "next, a new, a further, any new, each additional", "cross, crosses, signal, signals, crossing, crossover"),
    ("onnew", "if, when, whenever, each time, every time, any time, if ever", "it crosses again, it happens again, "
     "it does so again, the signal comes again, signal repeats, it crosses anew, that happens again, there is another, "
     "there is a new signal, it triggers again, it fires again, it crosses once more, it repeats"),
    ("whilein", "while, when, as long as, if", "im still in, i'm still in, i am still in, still in, i am in, i'm in, "
     "still long, still short, i'm still long, i'm still short, the position is open, still holding, already in, "
     "in the trade, the trade is open, still in the trade, still in it"),
)  # fmt: skip
