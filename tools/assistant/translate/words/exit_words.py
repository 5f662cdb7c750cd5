"""What is said of a position once it is open: where it stands, what is moved, what begins, and how long it lasts."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Token

EXIT_WORDS = """
heldbars: position age
against: underwater, under water, offside, in hole, wrong way, the wrong way, into the red
favor: in my direction, in our direction, in right direction, to the good, above water, onside, into the green,
  right way, the right way
peak: peak, best price, best price reached, best price so far, best level, high water mark, highest point, highest
  point reached, highest price reached, highest price seen, highest price so far, highest price it reached, highest
  price it has reached, highest level reached, highest it got, highest it has been, top price, top reached, maximum
  price, max price, lowest price reached, lowest price seen, lowest price so far, lowest point, lowest point reached,
  best point, best it got, running high, running high of trade, high of the move, trade high, peak price, its peak,
  its best, its top, best close
sinceentry: since entry, since the entry, since i bought, since i got in, since i entered, since buying, since
  purchase, since fill, since the fill, since my entry, since my fill, since i opened it, since it was opened, since
  it was bought, since open of trade, during trade, during the trade, while in trade, while in the trade, while i am
  in, while i'm in, while i hold it, of the trade, reached during trade, since i shorted, since i sold short
behind: behind, trailing behind
giveback: give back, gives back, giving back, gave back, given back
cashin: cash in at, cash in when, cash in profits, cash in my profits, cashes in, cashing in, pocket, pockets,
  pocketing, book profits, book profit, book my profits, book my profit, book gains, book gain, book my gains
lockword: lock, locks, locking, locked, locked in, lock in, locks in, locking in, secure, secures, securing
gluework: kick in, kicks in, kicking in, take over, takes over, taking over, becomes active, become active, is active,
  switch on, switches on, switched on, turn on, turned on, turns on, comes into play, goes live, comes alive, moved,
  has moved, have moved, gone by, second, 2nd, have been reached, been reached, at distance of
breakeven: break evens, breakevens, scratch level, no loss, risk free, make it risk free, makes it risk free, making
  it risk free, made risk free, make trade risk free, making trade risk free, go risk free, risk free trade
trailword: trailer, follow with stop, follow with a stop, stop in tow, trailing exit, trailing stop order, chase stop,
  trail everything
entryprice: where i got filled, where i was filled, where i went in, where i entered, where i opened, where it was
  bought, where we entered, where i sold short, where i shorted, where i got short, what i paid for it, what we paid,
  price i paid for it, price i bought at, price i got, price i got filled at, price i entered at, price at which i
  bought, price at which i entered, price at which i got in, level i bought at, level i entered at, filled price,
  execution price, entry fill, opening price of position, average price i paid, purchase level, buying level, trade
  price, cost price, my cost price, my average price, where i bought it, where i bought in, where i came in, price
  where i bought
stopword: safety net, protective buy stop, protective sell stop, buy stop loss, sell stop loss, stop loss level,
  stop level
maxword: no longer than, not longer than, never longer than, never more than, at the most, at maximum, maximally, as a
  maximum, and no longer, and not longer, not any longer than, no later than
hold: lasts, trade lasts, position lasts, give it, giving it, give trade, give the trade, allow it, stay in for, stays
  in for, stay in trade for, stay in, stays in, stay with it for, sit in it for, remain in for
act exit: take money and run, take my money and run, be closed, gets closed, get closed, being closed, been closed,
  i'm gone, im gone, i am gone, it's gone, time is up, no position after, no positions after, no open position after,
  no open positions after, nothing open after, no position past, no open position past, call it, dump whole thing,
  force close, force exit, bow out
profitword: i'm in profit, im in profit, i am in profit, we are in profit, we're in profit, it is in profit, winning,
  a winner, profitable, at profit, is a winner
lossword: i'm in loss, i am in loss, at loss, losing money, is a loser, willing to lose, prepared to lose, ready to
  lose, most i'm willing to lose, most i am willing to lose, most i will lose, most i want to lose, most i can lose,
  most i'd lose, allowed to lose, afford to lose, most i'll lose
rratio: risk reward ratio, reward to risk ratio, reward risk ratio, risk to reward ratio, rr ratio, rrr, r multiple of
frozen: at time of signal, at time of entry, at moment of entry, at the moment i buy, at time i buy, at the time i
  buy, as it stands at entry, as it stands when i buy, as it stands when i enter, as of entry, fixed at entry, frozen
  at entry, not moving, does not move, doesn't move, that does not move, that doesn't move, when trade was opened, as
  it was at entry, as it was when i bought, as it is when i buy, measured at entry, taken at entry
endofday: at close of day, before close of day, at day's close, by day's close, before day is over, before day ends,
  when day ends, when the day ends, when day is over, as day ends, by the time day ends, within same day, on same day,
  day of entry, day is done
offword: partial tp, partial take profit, partial target, partial, partials, partial profit, partial profits,
  partial exit, partial close, comes off, come off, goes
  off, off table, peel off, peels off, trim, trims, trimming, trimmed, lighten up, lighten
whichever: earlier of, the earlier of, first of, the first of, sooner of, the sooner of, whichever occurs first,
  whichever happens first, whichever happens earlier, whichever comes earlier, whichever is sooner, whichever comes
  sooner, whichever is hit first, whichever hits first, whichever comes first, whichever is first, what comes first,
  whatever comes first, whatever is first, whichever of these comes first, whichever i get first, whatever happens
  first, what happens first, first to come, first one to hit, on whichever comes first
ind atr: average true ranges, true ranges on average
filler: whatever happened, whatever happens, no matter what, come what may, regardless, in any case, if they're there,
  if they are there, so i can't lose anymore, so i can't lose, so that i can't lose, so i cannot lose anymore, so i
  can't lose any more, then i can't lose, so it can't lose, so that nothing can be lost, so nothing can be lost, for
  each trade, with each trade, just once per trade
"""
_FOLLOWS = "follow, follows, following, that follows, which follows, to follow, that trails, which trails, to trail"
EXIT_COMPOSED = (
    ("movestop", "move, shift, raise, bring, pull, slide, lift, drag, adjust, tighten",
     "stop, stops, stop loss, stop up, sl, stoploss, stop down"),
    ("movestop", "stop", "moves, is moved, gets moved, is raised, gets raised, shifts, jumps, is pulled, gets pulled, "
                         "slides, is brought, comes up, moves up, is lifted, is shifted, gets shifted, gets dragged"),
    ("trailword", "stop, stop loss, sl", _FOLLOWS),
    ("trailword", "trail", "stop, stop loss, sl, stops, it, position, trade, rest"),
)
"""Verbs with what they are done to, as in `composed_words`; the second verb of a row stands as it is."""
_MEASURES = {
    "percentword", "pointword", "pipword", "tickword", "cashword", "rword", "ind", "num", "money", "centword",
    "buckword", "riskword",
}
_MADE = {
    "paid me", "pays me",
    "made", "makes", "make", "making", "has made", "have made", "earned", "earns", "earn", "gained", "brought",
    "brings", "gives me", "has earned",
}
_HOLDERS = {"i'm", "i am", "im", "we're", "we are", "position", "trade", "my position", "my trade", "open position"}
_AMOUNTS = _MEASURES | {"half", "quarter", "fraction", "plusmark", "filler"}


def with_gains(tokens: list[Token]) -> list[Token]:
    """Words that say nothing by themselves, as what they are beside an amount: `5 points ahead`, `when it has made
    5 %`, `I'm up 5 %` (the position, whichever way the price went), `stop to BE`."""
    return [_beside(tokens, here) for here in range(len(tokens))]


def _beside(tokens: Sequence[Token], here: int) -> Token:
    token = tokens[here]
    before = tokens[here - 1] if here else Token("start", "")
    after = tokens[here + 1] if here + 1 < len(tokens) else Token("end", "")
    if token.kind == "thatprice" and "entry" in token.text and not any(each.kind == "limitword" for each in tokens):
        return Token("entryprice", token.text)
    if token.kind == "act" and token.text == "entry":
        said = [each.kind for each in tokens[max(here - 2, 0) : here] if each.kind not in {"the", "filler"}]
        return Token("entryprice", token.text) if said[-1:] in (["above"], ["below"]) else token
    if token.kind == "filler" and token.text in {"ahead", "for me"} and before.kind in _MEASURES:
        return Token("favor", token.text)
    if token.kind == "filler" and token.text in _MADE and _amount(tokens, here + 1) and _led(tokens, here):
        return Token("favor", token.text)
    if token.kind == "filler" and token.text in {"be", "to be"} and _even(tokens, here):
        return Token("breakeven", token.text)
    if token.kind in {"up", "down"} and (after.kind in _AMOUNTS or before.kind in _MEASURES) and _held(tokens, here):
        return Token("favor" if token.kind == "up" else "against", token.text)
    return token


def _amount(tokens: Sequence[Token], start: int) -> bool:
    kinds = [token.kind for token in tokens[start : start + 5]]
    return bool(kinds) and kinds[0] in {"num", "money", "half", "fraction", "plusmark", "filler", "quarter"} and any(
        kind in _MEASURES - {"num"} for kind in kinds
    )


def _led(tokens: Sequence[Token], here: int) -> bool:
    """Whether a condition word, or a word that leaves, stands before it in its clause."""
    for token in reversed(tokens[:here]):
        if token.kind in {"comma", "stopmark"}:
            return False
        if token.kind in {"when", "after"} or (token.kind == "act" and token.value in {"exit", "sell", "cover"}):
            return True
    return False


def _even(tokens: Sequence[Token], here: int) -> bool:
    """`the stop to BE`, `BE at 2 %`."""
    before = {token.kind for token in tokens[max(here - 4, 0) : here]}
    if tokens[here].text == "to be":
        return tokens[here - 1].kind in {"stopword", "movestop"}
    if tokens[here - 1 : here] and tokens[here - 1].kind == "to" and before & {"stopword", "movestop", "trailword"}:
        return True
    starts = here == 0 or tokens[here - 1].kind in {"comma", "stopmark", "and", "then"}
    if tokens[here].text == "be" and tokens[here - 1].kind in {"comma", "then", "arrow"} and (
        here + 1 == len(tokens) or tokens[here + 1].kind in {"comma", "stopmark"}
    ):
        return True
    return starts and [token.kind for token in tokens[here + 1 : here + 3]] in (
        ["at", "num"], ["after", "num"], ["at", "plusmark"], ["after", "plusmark"], ["stopword", "at"],
        ["stopword", "after"],
    )  # fmt: skip


def _held(tokens: Sequence[Token], here: int) -> bool:
    """Whether it is the position that is up or down, and not the day or the account."""
    behind = [token.kind for token in tokens[here + 1 : here + 7]]
    behind = behind[: behind.index("comma")] if "comma" in behind else behind
    if set(behind) & {"today", "aday", "account", "unit", "dailyloss", "untiltomorrow", "drawdown"}:
        return False
    for token in reversed(tokens[max(here - 5, 0) : here]):
        if token.kind in {"comma", "stopmark", "when", "act"}:
            return False
        if token.kind == "filler" and token.text in _HOLDERS:
            return True
    return False
