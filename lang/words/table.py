"""Every word that means something without being defined: what it is, its unit, what it means, an example.

Other modules read their lists from here (`vocabulary.py`), so a word is added, or changes, in one row. A row is a name,
then its unit and what is special about it (`missing`: it can be na; `0..1`: its least and greatest number;
`reducible`, `grouped`, `floor`, `gauge`: of a guard; `enter`, `exit`: the statements of a clause; of a statement
`defines`, `order`, or `inner`: only inside another; of a joint `opens`: a value follows it, and `logic`; of a moment
the clauses that take it; of an assumption `one`, where it may be of a single symbol), its meaning, and an example.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from ..program.units import Unit

_ROWS = """
# statement
stratagem | the version of the language, at the top of a file | stratagem 1
strategy | what the program is called | strategy "Golden cross"
on | the symbol and the timeframe that it is for | on EURUSD every 15m
universe | the universe whose symbols are traded | universe "sp20" every 1d
watch | symbols whose data are read, and on which nothing trades | watch VIX
assume | how fills, costs and sizes are simulated | assume fee 0.1%
param defines | a value that a run may set | param length = 14 in 2 to 50
let defines | a name for a value | let quick = sma(close, 10)
state defines | a value that is carried from bar to bar | state count = 0 then count + 1
fn | a function | fn twice(x) = 2 * x
return inner | what a function of several lines gives | fn twice(x) return 2 * x
require | what the values of a run must fulfil | require 2 > 1
enter order | when a position is entered | enter long when close > open
exit order | when a position is left | exit long when close < open
cancel order | when entries that rest end | cancel long when close < open
rebalance | a share of equity that each symbol is brought to, now and then | rebalance monthly weight 20%
atomic | positions of several symbols that are taken together or not at all | atomic when close > open buy GLD size 50%
sequence | positions that are taken one after another | sequence when close > open flatten GLD buy GDX size 90%
prefer | which entries go first where they outnumber their places | prefer close / close[20]
deposit | money that is paid in | deposit 500 cash monthly
withdraw | money that is taken out | withdraw 2% yearly
guard | a limit on risk, and what happens there | guard drawdown 20% then flatten
plot | a series that is drawn and kept | plot close
emit | a condition that is published | emit up when close > open
alert | a text for whoever watches | alert when close > open "up"
test | bars, and what is expected over them; no part of what runs | test "up" prices 10, 11 expect close > open at bar 1

# joint
when opens | before a condition | enter long when close > open
if opens | before a condition between two values | if close > open then 1 else 0
then opens | before the value where it holds, and before an update | if close > open then 1 else 0
else opens | before the value where it does not hold | if close > open then 1 else 0
of | before the symbol whose value it is | close of SPY
as | before what is drawn is called by | plot close as "price"
in | before the values a parameter may have | param length = 14 in 2 to 50
to | between the least and the greatest | param length = 14 in 2 to 50
and logic | both conditions | close > open and volume > 0
or logic | one of the conditions, or both | close > open or volume > 0
not logic | the condition does not hold | not close > open

# series
open price | the first price of the bar | open > close[1]
high price | the highest price of the bar | close > high[1]
low price | the lowest price of the bar | low < low[1]
close price | the last price of the bar | close > sma(close, 200)
volume quantity 0.. | how much was traded in the bar | volume > sma(volume, 20)

# time
time time | the moment the bar opened | time >= "2024-01-31 15:30"
year number | the year | year == 2024
month number 1..12 | the month, 1 to 12 | month == 1
day number 1..31 | the day of the month | day <= 5
weekday number 1..7 | the day of the week, Monday being 1 | weekday == friday
hour number 0..23 | the hour in which the bar opened | hour == 9
minute number 0..59 | the minute in which the bar opened | minute == 30
bar_index bars 0.. | the number of the bar, from 0 | bar_index > 100

# weekday
monday number | 1 | weekday == monday
tuesday number | 2 | weekday == tuesday
wednesday number | 3 | weekday == wednesday
thursday number | 4 | weekday == thursday
friday number | 5 | weekday == friday
saturday number | 6 | weekday == saturday
sunday number | 7 | weekday == sunday

# constant
true bool | always | enter long when true
false bool | never | param trailing = false
na number | a missing number | if volume > 0 then close else na

# book
equity money | cash and the position at its last price | size 10% * equity cash
cash money | the money that is not in the position | cash > 10_000
deposited money 0.. | what was paid in so far, the capital apart | deposited < 50_000
withdrawn money 0.. | what was taken out so far | withdrawn < 10% * equity
drawdown ratio 0..1 | how far equity lies below its highest mark, as a share of that | drawdown > 10%
position.size quantity | what is held, below 0 where it is short | position.size == 0
position.entry_price price missing | the average fill of the open lots | close > position.entry_price
position.pnl money | the open profit after entry fees, below 0 for a loss | position.pnl < -2% * equity
position.bars bars 0.. | closed bars since the position began, the entry bar being 1, 0 when flat | position.bars >= 10
position.flat bool | whether nothing is held | position.flat
position.long bool | whether the position is long | position.long
position.short bool | whether the position is short | position.short
position.stop price missing | the working stop or trail that price would reach first | close < position.stop * 1.01
position.risk money missing | what is lost between fills and first stops, on the grid | position.risk > 1% * equity
position.open_risk money 0.. | what is lost at the stops on the grid, else all of it | position.open_risk < 2% * equity
position.high price missing | the highest price since the first open lot was filled | close < position.high * 0.95
position.low price missing | the lowest price since the first open lot was filled | close > position.low * 1.05
position.last_price price missing | the fill of the newest open lot | close > position.last_price * 1.02
position.lots number 0.. | how many lots are open | position.lots < 3
position.weight ratio | the value held as a share of equity, below 0 where it is short | position.weight > 50%
exposure.gross ratio missing 0.. | what is held, long and short, as a share of equity | exposure.gross < 150%
exposure.net ratio missing | long less short, as a share of equity | exposure.net < 50%
exposure.long ratio missing 0.. | what is held long, as a share of equity | exposure.long < 80%
exposure.short ratio missing 0.. | what is held short, as a share of equity | exposure.short < 30%
pnl.day money | what was made since the day began, below 0 for a loss | pnl.day < 0
pnl.realised money | what closed lots made, before fees | pnl.realised > 0
pnl.unrealised money | what open lots would make, before fees | pnl.unrealised > 0
pnl.fees money | all fees so far, above 0 | pnl.fees > 100
pnl.carry money | interest, borrow and funding so far, below 0 where they cost | pnl.carry < -100
pnl.total money | equity less the capital and what was paid in, plus what was taken out | pnl.total > 0
trades.count number 0.. | closed trades so far | trades.count >= 10
trades.today number 0.. | trades closed today | trades.today < 3
trades.opened_today number 0.. | entries filled today, of positions that are still open, too | trades.opened_today < 1
trades.losses_today number 0.. | trades closed at a loss today | trades.losses_today < 2
trades.loss_streak number 0.. | losing trades in a row, up to now | trades.loss_streak < 3
trades.win_rate ratio missing 0..1 | the share of closed trades that won | trades.win_rate > 50%
trades.mean_win money missing | the mean of the trades that won | trades.mean_win > trades.mean_loss
trades.mean_loss money missing | the mean of the trades that lost, above 0 | trades.mean_win > trades.mean_loss
trades.mean_win_return ratio missing 0.. | the mean return of those that won | trades.mean_win_return > 2%
trades.mean_loss_return ratio missing 0.. | the mean return of those that lost, above 0 | trades.mean_loss_return < 3%
trades.last_return ratio missing | the return of the last closed trade, below 0 for a loss | trades.last_return < 0
trades.last_reason number | why the last trade ended, compared with a text | trades.last_reason == "stop"
trades.bars_since bars missing 0.. | bars since a trade closed, 0 on its own bar | trades.bars_since > 5
margin.used money | what the positions tie up: their value times the initial margin | margin.used > 50% * equity
margin.free money | equity less what the positions tie up | margin.free > 1_000
margin.use ratio missing 0.. | what the positions tie up, as a share of equity | margin.use < 80%
margin.distance ratio missing | the way of the price to liquidation, as a share of it | margin.distance < 5%
orders.pending number 0.. | entries and exits that wait for their fill or rest | orders.pending == 0

# reason
signal | an `exit` asked for it | trades.last_reason == "signal"
reverse | an entry on the other side closed it | trades.last_reason == "reverse"
stop | its stop was reached | trades.last_reason == "stop"
target | its target was reached | trades.last_reason == "target"
trail | its trailing stop was reached | trades.last_reason == "trail"
expire | its time was over | trades.last_reason == "expire"
guard | a guard closed it | trades.last_reason == "guard"
end | the data ended | trades.last_reason == "end"
liquidation | its margin was used up | trades.last_reason == "liquidation"

# other symbol
fresh bool | whether a bar of the symbol closes at this very moment | fresh of SPY

# leg
buy | so much is held | atomic when close > open buy GLD size 50%
sell | so much is held short | atomic when close > open sell GLD size 50%
hold | so much is held, short where it is below 0 | atomic when close > open hold GLD size -50%
flatten | nothing is held | atomic when close > open flatten GLD

# period
daily | on the first bar of a day | rebalance daily weight 20%
weekly | on the first bar of a week, which begins on Monday | rebalance weekly weight 20%
monthly | on the first bar of a month | rebalance monthly weight 20%
quarterly | on the first bar of a quarter | rebalance quarterly weight 20%
yearly | on the first bar of a year | rebalance yearly weight 20%

# bracket
entry price | the fill of the lot, in its stop or target | target entry + 2 * (entry - stop)
stop price | the stop of the lot, in its target | target entry + 2 * (entry - stop)

# guard
drawdown ratio | the fall from the highest mark of equity | guard drawdown 20% then flatten
daily_loss ratio | what was lost since the day began, of that day's first equity | guard daily_loss 3% then halt
loss ratio | what was lost of the starting capital | guard loss 30% then flatten
day_gain ratio | what was won since the day began, of that day's first equity | guard day_gain 5% then halt
exposure ratio reducible grouped | the value held, as a share of equity | guard exposure 200%
leverage number reducible grouped | the value held, as a multiple of equity | guard leverage 3
margin_use ratio reducible grouped | what the positions tie up, as a share of equity | guard margin_use 80%
margin_distance ratio reducible floor | how near liquidation may be | guard margin_distance 10% then reduce
net_exposure ratio reducible grouped | long less short, as a share of equity | guard net_exposure 30%
open_risk ratio reducible grouped | what the stops of all lots would lose of equity | guard open_risk 3%
position ratio reducible grouped | the value of one position, as a share of equity | guard position 25%
positions number grouped | how many positions are open | guard positions 1
day_trades number | entries of the day | guard day_trades 3
day_losses number | trades closed at a loss on the day | guard day_losses 2 then halt
orders_per_minute number | orders given or moved in one minute | guard orders_per_minute 10
value_at_risk ratio gauge | what a bar of equity may lose, by history | guard value_at_risk(250, 95%) 2% then flatten
expected_shortfall ratio gauge | the mean loss of the bars beyond that | guard expected_shortfall(250, 95%) 3%
ewma_value_at_risk ratio gauge | what a bar may lose, by exponential weights | guard ewma_value_at_risk 2% then halt
ewma_volatility ratio gauge | how equity moves in a bar, by exponential weights | guard ewma_volatility 1.5%
volatility ratio gauge | how equity moves in a year | guard volatility(60) 25%
beta number gauge | how equity moves with another symbol, either way | guard beta((close / close[1] - 1) of SPY, 60) 1.5

# action
deny | no new risk is taken | guard exposure 100% then deny
halt | no new risk is taken | guard daily_loss 3% then halt
flatten | everything is closed, and no new risk is taken | guard drawdown 20% then flatten
reduce | the position is reduced | guard exposure 100% then reduce

# reset
day | with the next day | guard drawdown 20% then halt until day
week | with the next week, which begins on Monday | guard drawdown 20% then halt until week
month | with the next month | guard drawdown 20% then halt until month
never | for good | guard daily_loss 3% then halt until never

# fill
next_open | at the next open | fill next_open
this_close | at that close | fill this_close

# assumption
capital money | the money at the start | assume capital 50_000
conversion | the column of rates from the instrument's money to the account's | assume conversion "usd_eur"
currency one | what the account's money is in; of one symbol, its prices | assume currency EUR
quote_currency one | what an instrument's prices are in, where it is not the account's | assume quote_currency USD
fee ratio one | what every fill costs: a share, an amount an order or a unit, a minimum | assume fee 5/order+0.1%
slippage ratio one | how much worse than the market a fill is | assume slippage 1bp
spread ratio one | between bid and ask, or a column of it: half is paid at each fill at the market | assume spread 0.02%
interest ratio | what cash earns in a year, and what cash below 0 costs | assume interest 3%
borrow ratio | what the value of a short position costs in a year, or a column that says it | assume borrow 5%
funding ratio | what a position pays of its value every 8 hours, or a column that says it | assume funding 0.01%
margin ratio | what a position ties up of its value: no more may be opened | assume margin 20%
leverage number 1.. | the same as a multiple: 5 is a margin of 20% | assume leverage 5
maintenance ratio | what must be left of its value, else it is liquidated inside the bar | assume maintenance 10%
participation ratio | the most of a bar's volume that orders fill; the rest goes on | assume participation 10%
latency number 0..100 | how many bars later a decision reaches the market | assume latency 1 bar
fill | when a decision is filled | assume fill this_close
path | in what order a bar met its prices | assume path proximity
magnify | how long the finer bars are that say so where one was not enough | assume magnify 1m
bracket | from when stops and targets work | assume bracket next_bar
sizing | when a size is computed | assume sizing fill
entries | whether entries that rest know of one another | assume entries one_cancels_other
opens | whether the first position has to be decided on the first bar it can be; the gate looks | assume opens at_once
lot quantity one | the smallest step of a quantity | assume lot 100
tick distance one | the smallest step of a price | assume tick 0.01
minimum money one | the least notional of an entry: a smaller one is denied | assume minimum 10
point_value number one | the money that one point of price moves one unit by | assume point_value 50
timezone | the zone of days, hours and higher bars | assume timezone "America/New_York"
model | several of these at once, as another tool has them | assume model tradingview

# assumption later
session | when the market is open |
calendar | which days are traded |

# clause
size ratio enter exit leg | how much: a share of equity, so many `units`, so much `cash` | size 50%
risk ratio enter | the share of equity lost from the close to the stop, before fees, slippage and spread | risk 1%
volatility ratio enter | how much: so large a share of equity that its yearly volatility is this | volatility 15%
cap ratio enter | the most that `size`, `risk` or `volatility` may come to | cap 200%
stop distance enter | where a loss is cut: a price, a distance or a ratio | stop 2 * atr(14)
target distance enter | where a gain is taken: a price, a distance or a ratio | target 2r
trail distance enter | a stop that follows the best price | trail 3 * atr(14)
take ratio enter | what part of the lot is closed at a level | take 50% at 1r
expire bars enter | how long a lot is held at most: bars, a duration, a moment | expire 20 bars
scale number enter | how many further lots may be added | scale 2
ladder number enter | how many orders rest, each a step from the one before | limit close - 5 ladder 5 step 1%
once exit | once for each position | exit long when close > open size 50% once
weight ratio rebalance | the share of equity that is held of each symbol, or `of` one, short below 0 | weight 20%
band ratio rebalance | what share of equity a difference must come to, to be traded | band 2%
fill enter exit rebalance atomic sequence | when this order is filled | fill this_close
limit price enter exit | the worst price at which this order fills; it rests until it can | limit close - atr(14)
trigger price enter exit | the price at which this order begins to work | trigger highest(high, 20)
valid bars enter exit | how long an order rests: bars, a duration, `day` | limit close - 5 valid 5 bars
until bool enter exit | a condition that ends an order that rests | limit close - 5 until close < open
because enter exit rebalance atomic sequence | a text that is recorded with the trade | because "dip at {close}"

# part of a test
start | when the first bar opens | test "up" start "2024-01-02 09:30" every 1h prices 10, 11 expect close == 11
every | how long the bars last | test "up" every 1h prices 10, 11 expect close == 11
with | values of parameters | param n = 3 test "up" with n = 2 prices 10, 11 expect n == 2
prices | the bars, a row each: one price, or open, high, low, close; or a file | test "up" prices 9 expect close == 9
expect | a condition that has to hold, at a bar or on the last one | test "up" prices 10, 11 expect close == 11
within | how far an `==` may be off | test "up" prices 10, 11 expect close == 11.04 within 0.1

# fact of a trade
long bool | whether it was long | trade(1).long
short bool | whether it was short | trade(1).short
open bool | whether it was still open at the end | trade(1).open
quantity quantity | how much was held | trade(1).quantity == 10
entry_bar bars | the bar of its fill, counted as `bar_index` | trade(1).entry_bar == 4
entry_price price | the price of its fill | trade(1).entry_price == 102
exit_bar bars | the bar on which it was left, the last one where it is open | trade(1).exit_bar == 7
exit_price price | the price at which it was left, the last close where it is open | trade(1).exit_price == 90
exit_reason number | why it was left, compared with a text | trade(1).exit_reason == "stop"
fees money | all that its fills cost | trade(1).fees == 0
pnl money | what it brought, after fees | trade(1).pnl > 0
gain ratio | the same as a share of what was put in | trade(1).gain > 2%
bars bars | how many bars it was held | trade(1).bars == 3

# fact of an order
buys bool | whether it opens a long or closes a short | order(0).buys
filled bool | whether it filled | order(0).filled
bar bars | the bar that decided it, counted as `bar_index` | order(0).bar == 3
fill_bar bars missing | the bar of its fill | order(0).fill_bar == 4
fill_price price missing | the price of its fill | order(0).fill_price == 102
asked quantity | how much it asked for | order(0).asked == 10
got quantity | how much it got | order(0).got == 10
limit price missing | its limit | order(0).limit == 99
trigger price missing | its trigger | order(0).trigger == 105
stop price missing | the stop of its lot | order(0).stop == 95
target price missing | the target of its lot | order(0).target == 110

# fact of a run
trades number | trades that were closed | run.trades == 1
open_trades number | trades that were open at the end | run.open_trades == 0
orders number | orders, those that were refused with them | run.orders == 0
denied number | orders that a guard or the account refused | run.denied == 0
reduced number | orders that got less than they asked for | run.reduced == 0
conflicts number | entries of one bar to both sides, of which one went | run.conflicts == 0
fees money | all fees | run.fees == 0
final_equity money | what the account was worth at the end | run.final_equity > 100_000
max_drawdown ratio | the deepest fall from a high of equity | run.max_drawdown < 10%

# moment
next_open expire | at the open of the bar after the fill's | expire next_open
day expire valid | at the end of the day | expire day

# moment later
session | say the time at which it ends, `expire "16:00"`; `expire day` and `valid day` end with the calendar's day |

# later
import statement | copy the functions you need into this file |
when | use `if … then … else na` |
"""


class Word(NamedTuple):
    """One word. unit: None where it is no number; `marks`: what else its row says; scale: its least and greatest."""

    name: str
    kind: str
    unit: Unit | None
    marks: frozenset[str]
    scale: tuple[float, float]
    meaning: str
    example: str

    @property
    def is_bool(self) -> bool:
        return "bool" in self.marks


_UNITS = {str(unit): unit for unit in Unit}


def _read(rows: str) -> tuple[Word, ...]:
    kind, found = "", []
    for line in filter(None, rows.splitlines()):
        if line.startswith("# "):
            kind = line[2:]
            continue
        head, meaning, example = (part.strip() for part in line.rsplit("|", 2))
        name, *marks = head.split()
        unit = next((_UNITS[mark] for mark in marks if mark in _UNITS), None)
        scale = next((_scale(mark) for mark in marks if ".." in mark), (-inf, inf))
        found.append(Word(name, kind, unit, frozenset(marks), scale, meaning, example))
    return tuple(found)


def _scale(mark: str) -> tuple[float, float]:
    least, _, greatest = mark.partition("..")
    return float(least), float(greatest or inf)


WORDS = _read(_ROWS)


def words(kind: str, mark: str = "") -> tuple[Word, ...]:
    """The words of a kind in the order of the table; with `mark`, those whose row has it."""
    return tuple(word for word in WORDS if word.kind == kind and (not mark or mark in word.marks))


def names(kind: str, mark: str = "") -> tuple[str, ...]:
    """The names of `words`."""
    return tuple(word.name for word in words(kind, mark))
