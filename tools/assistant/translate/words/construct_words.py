"""What is said of indicators: how a line slopes, which of several lines is meant, and where a value comes from."""

CONSTRUCT_WORDS = """
ind rawstoch: raw stochastic, unsmoothed stochastic, raw stoch, unsmoothed stoch, raw unsmoothed stochastic, raw %k,
  unsmoothed %k, raw unsmoothed %k, stochastic without smoothing, stoch without smoothing
rising: growing, grow, grows, grown, grew, increase, increases, increased, expanding, expands, expanded, point up,
  points up, pointed up, point upward, points upward, points upwards, pointing upward, pointing upwards, slope up,
  slope upward, slopes upward, slopes upwards, sloping upward, sloping upwards, heading up, heads up, heading upward,
  heading upwards, heading higher, moving higher, going higher, climbing, on rise, getting bigger, getting larger,
  getting higher, getting wider, widening, upward sloping, up sloping, advancing
falling: shrinking, shrink, shrinks, shrunk, shrank, decrease, decreases, decreased, contracting,
  contracted, point down, points down, pointed down, point downward, points downward, points downwards, pointing
  downward, pointing downwards, slope down, slope downward, slopes downward, slopes downwards, sloping downward,
  sloping downwards, heading down, heads down, heading downward, heading downwards, heading lower, moving lower, going
  lower, dropping, declining, getting smaller, getting lower, getting narrower, narrowing, downward sloping, down
  sloping, dwindling, diminishing
turnup: ticks up, tick up, ticked up, ticking up, hooks up, hook up, hooked up, hooking up, curls up, curl up, curled
  up, curling up, turns back up
turndown: ticks down, tick down, ticked down, ticking down, hooks down, hook down, hooked down, hooking down, curls
  down, curl down, curled down, curling down, turns back down, rolls over
since: since, ever since
thatbar: on that bar, on that candle, on that very bar, at that bar
of: calculated on, calculated from, computed on, computed from, based on, applied to, taken on, taken from
barssince: barssince, bars since
anytime: at some point, at any point, at any time, at least once, at some time, at one point, once at
  least, at some moment, at any moment
lines: lines
filler: of these holds, of these hold, of them holds, of them hold, these hold, conditions hold, three conditions hold,
  two conditions hold, hold true, holds true, condition holds, following hold, have to be true, has to be true, must be
  true, need to be true, in both cases, in either case
act long: long side
act short: short side
opposite: everything mirrored, mirror everything, mirror all, mirror all of it, everything in reverse, everything
  reversed, everything upside down, exactly the opposite, exactly opposite, do the opposite, do exact opposite, other
  way about, just the opposite, same rules upside down, same rules in reverse, same thing upside down, same thing
  reversed, same thing mirrored, same turned around, same logic reversed, same logic mirrored, same idea reversed,
  same idea upside down, mirror image of it, mirror image of this, mirror image of that, rules reversed, rules mirrored
moveup: gone up, went up, rose
movedown: gone down, went down
maxword: no further than, not further than, no farther than, not farther than, no more away than
ma wma: weighted one
ma ema: exponential one
ma sma: simple one
ind bandb: %b of bollinger, %b of bollinger bands, %b of bollinger band, %b of bands
unclear threshold: far, too far, far away, far enough, way too far
opposite: symmetrical, symmetrically, symmetric, turn it around, turn it round, turn everything around, turn that
  around, flip it around, flip everything, the other way round, the other way around, same the other way round, same
  the other way around, same other way round, same other way around, same in other direction, same thing other way round
ind wpr: w %r, w%r
turn: changes to, change to, changed to, changing to, switches to, changes from, switches from
maxword: no longer than, not longer than, no older than, not older than, no longer ago than, not longer ago than
filler: all of these hold, all of these are true, all of them hold, all of them are true, all of these conditions hold,
  all of following hold, all of following are true, all these conditions hold, all conditions hold, all hold
slopeword: slope, gradient, slope of, gradient of
wholebar: whole candle, whole bar, entire candle, entire bar, full candle, complete candle, complete bar
either: either
neither: neither
nor: nor
orbelow: or less, or smaller
in: it has been in, its been in, it was in, it had in, it has had in, its had in, that it has been in, seen in, that it
  was in, it has ever been in
eitherside: no matter which side, no matter on which side, on either side, in either direction, in any direction, on
  any side, whichever side, doesnt matter which side, it doesnt matter which side, does not matter which side, above or
  below it, over or under it
"""

_ZONE = ", territory, zone, region, area, level, levels"
_BACK = (
    "leave, leaves, leaving, exit, exits, exiting, comes out of, come out of, coming out of, goes out of, gets out of, "
    "moves out of, emerges from, returns from, comes back from, comes back out of, rises out of, climbs out of, "
    "drops out of, falls out of, turns up from, turns down from, is out of, comes up from, comes down from, moves back "
    "out of, crosses back out of, crosses out of, crosses up out of, crosses down out of, back out of"
)
_IN = (
    "enters, enter, entering, goes into, go into, drops into, falls into, moves into, dips into, gets into, sinks "
    "into, slips into, comes into, rises into, climbs into, pushes into, jumps into, crosses into"
)
ZONES = tuple(
    (f"{head} {word}", verbs, word, _ZONE)
    for head, verbs in (("outof", _BACK), ("into", _IN)) for word in ("oversold", "overbought")
)
"""Heads and parts of phrases, as the products of `composed_words`."""
