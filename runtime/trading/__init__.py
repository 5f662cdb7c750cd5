"""Trading: fills, lots, books, the four monitors, guards and decisions, as step functions over two flat arrays.

phases.py       the functions the engines call, by name (HOT, COLD, READS)
layout.py       where everything stands in the arrays; rows.py: the columns and codes of the output
mark.py         hot: attention, mark, tripped, due, accepts
fill.py path.py what fills in a bar; execute.py: an order meets a price; lots.py: the lots
bracket.py      stops, trails and targets; prices.py: grids, slippage, fees
chain.py        position -> exposure -> risk -> pnl; records.py: their rows; books.py: what programs read
decide.py       wishes become orders; sizing.py guards.py: how much; trip.py: guards act
account.py claim.py  several books of one account; hold.py: positions to hold
watch.py        what the hot functions compare with
assumptions.py  what a result rests on; specs.py state.py: the host's side
"""
