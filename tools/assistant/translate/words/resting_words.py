"""What is said of orders that rest, how long they do and what ends them: phrases that are put together."""

_ORDER = (
    "order, the order, it, limit, the limit, bid, the bid, orders, both orders, both, that, which, the stop, offer, "
    "the offer, that order, this order, either order, each order, all orders, the orders, they, that one"
)
_LIVES = (
    "stays, stays in, stays open, stays alive, stays live, stays active, is good, is valid, are good, are valid, "
    "lives, "
    "live, works, work, rests, rest, stands, stand, remains, remains valid, is live, is left, keeps working, stays "
    "working, stays there, lasts, last, stay, stay in, stay open, is alive, runs, waits, stays good, holds, hangs "
    "around, "
    "stay alive, stay valid, stays valid, is active, remains open, is kept, is kept open"
)
_FOR = "for, for the next, for up to, for at most, the next, for at most the next, for only, only for, for exactly"
_KEEP = (
    "leave it, leave it be, keep it working, keep the order, leave the order, leave it in, leave it there, leave it "
    "working, keep it alive, "
    "leave the order in, let it rest, let it work, let the order work, let the order rest, keep it in, keep the "
    "order in, "
    "keep the order working, keep the limit, keep the bid, leave the limit, leave the bid, keep it open, leave it "
    "open, "
    "keep the order open, leave the order open, working, resting, keep that order, let it sit, let it stand, keep "
    "it in "
    "the market, leave it in the market, keep it good, alive, active, open, outstanding, in force, in the book"
)
_PULL = (
    "cancel, cancel it, cancel the order, cancel that order, cancel the limit, cancel orders, cancel both, cancel the "
    "orders, pull, pull it, pull the order, pull the limit, pull the bid, withdraw, withdraw it, withdraw the order, "
    "scrap the order, remove the order, remove it, delete the order, kill the order, the order is cancelled, order is "
    "cancelled, the order is canceled, the order is pulled, the order is withdrawn, the order dies, it is "
    "cancelled, it "
    "is canceled, it gets cancelled, the order gets cancelled, cancelled, canceled, withdrawn, pulled, removed, "
    "deleted, i cancel, i cancel it, i cancel "
    "the "
    "order, i pull it, i pull the order, i withdraw it, i withdraw the order, take the order out, take the order off, "
    "drop the order, forget the order, the order goes, the order expires, order expires, void, the order is void"
)
_ONE_FILLS = (
    "one fills, one is filled, one of them fills, one of them is filled, one side fills, one side is filled, one gets "
    "filled, one of the two fills, one of the two is filled, either fills, either is filled, either one fills, either "
    "order fills, one is hit, one triggers, one is triggered, one order fills, one order is filled, one is executed, "
    "one of them triggers, one of them is hit, one of them gets filled, one goes off, the first fills, the first is "
    "filled, either one is filled, one of the orders fills, one of the orders is filled, any of them fills"
)
_OTHER = (
    "the other, the other one, other one, the other order, the remaining one, the remaining order, the other side, the "
    "second, the second one"
)
_GOES = (
    "has to go, is cancelled, is canceled, goes, gets cancelled, gets canceled, is pulled, dies, is dropped, is "
    "removed, "
    "must go, is withdrawn, is void, has to be cancelled, must be cancelled, is gone, is off, falls away, disappears"
)

RESTING_PRODUCTS = (
    ("goodfor", _ORDER, _LIVES, _FOR),
    ("goodfor", _KEEP, _FOR),
    ("goodfor", "order gone, order void, order dead, order lapses, gone, void, lapses, it lapses", "after"),
    ("goodfor", "lasts, lasts for, lasting, lasting for, which lasts, that lasts, lasts for at most"),
    ("goodfor", "good, valid, lives, live, works, alive, and valid, and good, and stays, stays, stays in, waits",
     "for the next, for up to, for at most, the next, for only, for another, up to, for"),
    ("goodfor", "time in force, order life, order lifetime, life of the order, expiry, expiration, "
     "expires after, expiring after, expires in, dies after, lapses after, is void after, good until after"),
    ("gtc", ", and, and it, good, valid, valid for, stays, stays in, stays working, stays open, the order stays, order "
     "stays, the order stays in, the order rests, keep it working, keep working it, keep it, keep it in, keep the "
     "order, "
     "leave it, leave it there, leave it in, leave the order, leave the order in, rests, working, it stays, it "
     "rests, and "
     "the order stays, it is good, the order is good, keep the order working, remains, it remains, the order remains, "
     "keep the order open, keep it open, stays there, waits, it waits",
     "until, till", "filled, it fills, it is filled, it gets filled, it's filled, fill, it is hit, executed, it is "
     "executed, it triggers, triggered, it is triggered, it gets hit, it gets triggered, done, cancelled, canceled, "
     "it is "
     "cancelled, i cancel it, it is done"),
    ("gtc", "no expiry, never expires, without expiry, without expiration, no expiration, does not expire, doesn't "
     "expire, the order never expires, no time limit on the order"),
    ("onebar", "", "valid next bar only, good next bar only, next bar only, the next bar only, only the next bar, "
     "on the next bar only, only on the next bar, "
     "for the next bar only, only for the next bar, for the next bar, valid for the next bar, for the next candle, for "
     "one candle, one candle only, for one bar only, for a single bar, for just one bar, for only one bar, live one "
     "bar, "
     "lives one bar, good for one bar, orders live one bar, orders last one bar, good for the next bar, valid for one "
     "bar, for one bar, valid on the next bar only, next candle only"),
    ("cancelwhen", _PULL, "if, when, once, as soon as, whenever, in case, should, the moment, the minute"),
    ("elsenothing", "otherwise, else, or else, if not, if not filled, failing that, if it is not filled, if it doesn't "
     "fill, if unfilled", "forget it, forget about it, forget the trade, cancel it, cancel, i cancel it, nothing, no "
     "trade, cancel the order, skip it, it is cancelled, it lapses, pull it, drop it, let it go, the order lapses, the "
     "order is cancelled, leave it"),
    ("elsenothing", "then, after that, afterwards", "cancel, cancel it, it is cancelled, pull it, cancel the order, "
     "the "
     "order is cancelled, it lapses, it expires, forget it, it dies, the order dies, the order lapses, drop it"),
    ("unfilled", "if, when, in case, as long as, while", "not filled, it isn't filled, it is not filled, it's not "
     "filled, unfilled, it hasn't filled, it has not filled, it does not fill, it doesn't fill, not executed, it "
     "hasn't "
     "been filled, still unfilled, it is still unfilled, no fill, nothing fills, not hit, it isn't hit, not done"),
    ("unfilled", "without a fill, without fill, without being filled, without execution, unfilled"),
    ("onefills", "if, when, once, as soon as, whenever, the moment", _ONE_FILLS),
    ("onefills", "whichever", "goes first, fills first, is first, triggers first, is filled first, is hit first, "
     "comes first,"
     " goes off first, gets filled first"),
    ("othergoes", _OTHER, _GOES),
    ("othergoes", "cancel, cancels, i cancel, pull, drop, kill, remove, withdraw, scrap, delete", _OTHER),
    ("oco", "whichever fills first, whichever is filled first, whichever triggers first, whichever is hit first, "
     "whichever comes first, the first fill, the first one filled, the first one to fill, a fill, one fill, one "
     "filled, "
     "a fill of one, the fill of one, the first to fill, whichever goes first, whichever fills, filling one, one",
     "cancels, kills, removes, pulls, ends, knocks out, deletes", _OTHER),
    ("oco", "one cancels the other one, one cancelling the other, each cancels the other, one-cancels-other, "
     "one cancels other, they cancel each other, both cancel each other, mutually cancelling, one or the other"),
    ("cheaper", "cheaper, cheaper than now, cheaper than the close, below the market, under the market, below the "
     "current "
     "price, under the current price, below the last price, lower than the market, below market"),
    ("limitword", "offer, offers, limits, buy limits, limit buys, limit bids, limit entry, entry limit, resting bid, "
     "resting limit, resting limit order, passive limit, passive bid, limit buy order"),
    ("paymax", "pay no more than, pay at most, not pay more than, don't pay more than, never pay more than, do not pay "
     "more than, pay not more than, willing to pay up to, pay up to, paying no more than, paying at most"),
    ("filler", "bracket the market, bracket it, bracket price, bracket the price, straddle it, straddle the market, "
     "straddle price, straddle the price, bracket the market with orders, put a bracket around it"),
    ("thatprice", "that price, that level, the trigger, the trigger price, the stop price, the order price, its "
     "trigger, "
     "the stop level, trigger price, trigger, the entry price"),
    ("triggerword", "trigger at, triggers at, triggered at, trigger is, trigger is at, trigger price is, trigger price "
     "at, entry trigger at, with a trigger at, trigger the entry at, trigger the buy at, trigger a buy at, trigger buy "
     "at, buy trigger at, buy trigger is, trigger a long at, trigger price, trigger price:, stop price at, stop "
     "price is"),
    ("orderword long", "stop order to buy, buy-stop order, stop-entry, stop entry to buy, buy on a stop order, buy "
     "with a "
     "stop order, buy by stop order, buy on stop, buy with a stop entry, buy using a stop order, buying on a stop, "
     "enter "
     "with a buy stop, enter on a buy stop, enter by buy stop, enter via a buy stop, enter long on a stop, go long "
     "on a "
     "stop, enter long with a stop order, go long with a stop order, enter with a stop order, enter on a stop order, "
     "enter with a stop entry, enter via a stop order, get in with a stop order, buy with a buy stop, long stop, "
     "long on "
     "a stop, stop order to go long, long stop order, enter on a stop, buy on a stop, buy stop entry"),
    ("orderword short", "sell short stop, short stop, short stop order, sell short on a stop, sell short with a stop "
     "order, short on a stop, short with a stop order, go short on a stop, go short with a stop order, enter short "
     "on a "
     "stop, enter short with a stop order, stop order to sell short, stop order to go short, stop order to short, "
     "short "
     "with a sell stop, sell-stop order, sell short by stop order, sell short stop order, sell short at a stop, "
     "short by "
     "stop order"),
    ("at", "rests, resting, is resting, waits, waiting, lies, sitting, sits, placed, is placed", "at"),
    ("ladderword", "ladder of, a ladder of, grid of, a grid of, ladder with, grid with, ladder in with, scale in with, "
     "scale into, layer in with, layer, layer into, ladder into, stagger, staggered, series of, a series of"),
)  # fmt: skip
