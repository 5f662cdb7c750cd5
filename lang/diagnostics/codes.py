"""Every code a diagnostic can carry: what it means, and the smallest text that brings it about.

Codes are stable: a number is never given to another fault. The first digit
says the family; W warns, and Q asks.
"""

from __future__ import annotations

from typing import NamedTuple

# A row is a code and its meaning; then, after bars, the lines of an example, where a short text can bring it about.
_ROWS = r"""
# the text
E001 A word stands where the grammar has no place for it. The message says what could stand there.
   | let a = 1 2
E002 The text ends in the middle of a statement.
   | let a =
E003 A character that has no meaning outside a text or a comment.
   | let a = 1 $ 2
E004 A text is opened with `"` and not closed on the same line.
   | strategy "open
E005 A bracket is never closed, or one is closed that was not opened.
   | let a = (1 + 2
E006 A number is not written as numbers are: digits, `_` between digits, one point, a unit.
   | let a = 1_
E007 What follows the digits of a number is none of the units: % bp, s m h d w mo, ticks, r.
   | let a = closes(5min)
E008 A brace in a text opens or closes nothing. `{close}` shows a value, `{{` and `}}` are braces.
   | alert when true "a } b"
E009 The file is not UTF-8 text.
E010 An operator of another language. The message says how it is written here.
   | let a = close > 1 && open > 1
E011 Comparisons do not chain: `a < b < c` compares a bool with a number. Say both: `a < b and b < c`.
   | let a = 1 < close < 2
E012 `=` names a value, `==` compares two.
   | let a == 1
E013 A statement begins with its keyword; this one begins with something else.
   | a = close
E014 A choice has three parts: `if c then a else b`. There is no `elif` and no `?:`.
   | let a = if close > open then 1
E015 An order names its side and its condition: `enter long when c`, `exit short when c`.
   | enter when close > open
E016 A text stands between two `"`.
   | strategy 'Cross'
E017 A keyword of a statement cannot be a name.
   | let emit = 1
E018 A mark that other languages need and this one does not.
   | let a = 1;
E019 Words that are not a name, such as `BTC-USD` or a title, stand between two `"`.
   | on BTC-USD every 1d
E020 The domain of a parameter is `in 5 to 100`, `in 5 to 100 step 5` or `in [10, 20]`.
   | param n = 5 to 100
E021 A condition said in words. Functions and operators say it here: `cross_above(a, b)`, `a == b`.
   | let a = close crosses above open
E022 A statement lacks one of its words.
   | guard drawdown 20% halt
E023 There are no loops and no commands: a program is a set of definitions, read anew at each bar.
   | repeat 10
E024 A spelling of another language. The message says how it is written here; docs/coming-from.md lists them.
   | let a = ta.sma(close, 10)
E025 A hole has its question, `?"how much of the equity"`, and stands for a value, a symbol, a timeframe.
   | enter long when close > open size ?
# names
E101 Nothing has this name. Names are defined by `let`, `param`, `state` and `fn`, in any order.
   | let a = clos
E102 There is no such function, or a function is used as if it were a value.
   | let a = emaa(close, 5)
E103 One name would mean two things.
   | let a = 1 let a = 2
E104 A call gives too many arguments, too few, or one by a name the function does not have.
   | let a = ema(close)
E105 A record or book has no such field.
   | let a = position.sise
E107 A definition needs itself. What depends on its own past is a `state`.
   | let a = b let b = a
E108 A function calls itself. Programs always end, so there is no recursion.
   | fn f(x) = f(x) let a = f(1)
# kinds of value
E201 A value of another kind is needed here: a number, a condition, a record or a text.
   | let a = close and open > 1
E202 A text, or a value in a text, is used where it cannot be.
   | let a = "at {close}"
E203 Nothing equals `na`, not even `na`. `is_na(x)` asks whether a value is missing.
   | let a = close == na
E204 A length, an offset or a count is a whole number.
   | let a = sma(close, 2.5)
E205 This must be known before the run: a constant or a parameter, not a series.
   | require close > 1
E206 A number lies outside what is allowed here, such as a length of 0 or a negative offset.
   | let a = sma(close, 0)
E207 Both branches of a choice have the same kind.
   | let a = if close > open then 1 else true
E208 A text that should be a date, a time or a zone is none.
   | let a = between("9:30", "16:00")
E209 A text is compared with something that never has this value.
   | let a = trades.last_reason == "stopp"
E210 A function over bars was given what is the same on every bar, `rsi(14)`: the series was left out.
   | let a = rsi(14)
E211 Values of different units are compared (money with a share of it: 2% is 0.02), or prices are given for returns.
   | let a = position.pnl > 2%
E212 What is compared can never reach the other side, or never leave it: the condition is decided beforehand.
   | let a = drawdown > 10
# clocks
E301 A timeframe is a whole number and a unit, written out: `15m`, `4h`, `1d`.
   | let a = close @ n
E302 A series cannot be read on a finer clock than its own.
   | on X every 1h let a = close @ 15m
E303 The books live on the clock of the data and cannot be read on another.
   | let a = position.size @ 4h
E304 This way of reading a clock cannot stand inside another `@`.
   | let a = (close @ forming 1d) @ 4h
E305 A column of the data lives on the clock of the data.
   | let a = column("x") @ 4h
E306 Bars of this length are not made. Beyond a day they last whole days, up to 100 years, and a multiple of the data's.
   | let a = close @ 36h
E307 `@` reads on another clock, and this is the same on every bar: `(high + low) / 2 @ 1d` binds to the 2.
   | let a = (high + low) / 2 @ 1d
# orders, guards, assumptions
E401 One thing is said twice.
   | enter long when true size 10% size 20%
E402 This clause does not belong to this statement.
   | exit long when true stop 5%
E403 `size` says of what: `50%` of equity, `10 units`, `5000 cash`.
   | enter long when true size 10
E404 A share is needed here, such as `20%`, and a value of another unit was found, or the reverse.
   | guard drawdown 10
E405 `risk` and `r` count the distance to the first stop, so they need a `stop` or a `trail`.
   | enter long when true risk 1% guard exposure 200%
E406 A partial exit needs `once`, or an event as its condition: it would repeat on every bar.
   | exit long when close > open size 50%
E407 A bracket may add to `entry` or multiply it, so that it is known before the fill.
   | enter long when true stop entry * entry
E408 A bracket takes a price, a distance or a ratio; `expire` takes bars or a duration.
   | enter long when true trail close
E409 `scale` is a whole number from 0 to 10,000, written as a number; all entries together may hold 100,000 lots.
   | enter long when true scale 1.5
E410 `fill` is `this_close` or `next_open`.
   | enter long when true fill later
E411 `risk` at a narrow stop needs more than the implied `guard exposure 100%`: say how much is allowed.
   | enter long when true risk 1% stop 1%
E412 Nothing of this name can be assumed.
   | assume feee 1%
E413 There is no such guard, or it has no such action.
   | guard drawdwn 10%
E414 The limit of a guard is a constant or a parameter.
   | guard drawdown close / open
E415 An amount, a distance or a time that could never act.
   | enter long when close > open stop -5%
E416 An assumption has a value that it cannot have. The message says what it takes.
   | assume fill tomorrow
E417 An order that rests fills when its price is reached, whatever `fill` says.
   | enter long when true limit 1% fill this_close
E418 Only an order that rests has a life: one with a `limit` or a `trigger`.
   | enter long when true valid 5 bars
E419 A lot has at most 4 levels of `take`, and 3 stops that begin to work `after` a level.
   | enter long when true stop 1% stop 0r after 1r stop 0r after 2r stop 0r after 3r stop 0r after 4r
E420 A time of day is asked of bars that have none.
   | on X every 1d enter long when true expire "15:55"
E421 A ladder is so many orders that rest, each a step further from the market than the one before.
   | enter long when true limit 1% ladder 1 step 1%
E430 The bars of a test: a row is one price, or open, high, low and close, then perhaps the volume.
   | test "up" prices 10 11 expect close > open
E431 A test lacks its prices or what it expects, or says something twice.
   | test "up" prices 10, 11
E432 What a test expects cannot be known: a bar beyond its last, a fact of the run inside a function over bars.
   | test "up" prices 10, 11 expect close > open at bar 2
E433 A test over several symbols expects something of one, and does not say of which.
   | on GLD, GDX test "up" prices of GLD 10, 11 prices of GDX 9, 8 expect close > open
# parameters
E501 The default and the domain of a parameter are constants.
   | param n = close
E502 The default and the domain of a parameter are of one kind.
   | param n = 1% in 1 to 2
E503 The default lies outside the domain, or the domain is empty.
   | param n = 1 in 5 to 20
# limits
E601 Definitions stand on definitions too many levels deep.
E602 Functions unfold to too many expressions.
E603 A text shows too many values.
E604 The program has too many values.
E605 The program would keep more memory than the limit allows.
E606 The program would cost more per bar than the limit allows.
E607 The text is too long.
E608 The text has too many words.
E609 An expression nests too many levels deep.
E610 The program would be too much code to compile.
E611 How many bars the program waits for depends on its parameters in too many ways.
E612 `of` and functions over all symbols stand within one another too many levels deep.
# several symbols
E801 A symbol is named that is neither traded nor watched, or is traded though it is only watched.
   | on GLD let a = close of GDX
E802 A reading of the books cannot cross: it is the account's, or would have to be known before anything is booked.
   | let a = rank(position.size)
E803 `@ forming` reads the bars of one symbol; what comes from others is put around it.
   | let a = rank(close) @ forming 4h
E804 What is the same for every symbol is read `of` one, compared or preferred.
   | let a = rank(1)
E805 `rebalance` says its `weight`, and the leg of an `atomic` its `size`.
   | rebalance monthly band 2%
E806 A `rebalance` has a period that there is not, or a day that the period has not.
   | rebalance montly weight 20%
E807 Money of an account that several symbols share comes and goes by no symbol's own reads.
   | on GLD, GDX deposit 100 cash when close > open
# states
E701 A state needs its own value of the same bar. Inside its update a name means the previous value.
   | state a = 0 then b + 1 state b = 0 then a + 1
E702 A value needs its own past by way of other symbols, which are computed one after another over all bars.
   | state a = 0 then rank(close + a)
# not available yet
E901 A word of a later version of the language: understood, and not available yet.
   | import "regime.strat" as regime
E902 The program asks for a version of the language that this release does not speak.
   | stratagem 2
# questions
Q001 A hole: a question in place of a value. The program is checked, and does not run before the text answers it.
   | enter long when close > open size ?"how much of the equity"
# warnings
W001 Curly quotes are read as `"`.
   | strategy “Cross”
W002 A bracket that begins a line goes on with the line before it, since line ends mean nothing.
   | let a = close
   | [1]
W101 A parameter is never read.
   | param n = 3 in 1 to 5
W102 A name inside a function hides what means something everywhere: there `close` is no more that of the bar.
   | fn rises(close) = close > open let a = rises(high)
W201 Values of different units are added, or the larger taken. `close * (1 + 2%)` is two percent above.
   | let a = close + 2%
W202 A price is compared with something on another scale.
   | let a = close > rsi(close, 14)
W203 A condition that can never hold, or never fail.
   | let a = close > highest(high, 20)
W204 An index that runs to 100 is compared with a part of 1.
   | let a = rsi(close, 14) < 0.3
W205 Two prices are compared, one of them multiplied by less than 20 % or more than 500 %.
   | let a = close > open * 1.01%
W206 Two numbers of a call are in each other's place: a factor above the length beside it, a fast length above the slow.
   | let a = supertrend(10, 3)
W207 An entry against the Supertrend: `direction` is 1 where it rises, and TradingView has the signs reversed.
   | enter long when supertrend(3, 10).direction < 0 exit long when true
W208 What is gathered from the beginning of a day, week or month on begins anew on every bar of that length.
   | on X every 1d let a = vwap()
W209 A share is compared with a number that it hardly reaches: 2 is 200 %, and `2%` may be meant.
   | let a = close / close[1] - 1 > 2
W210 A quotient of prices, which is about 1, is compared with a share far below: a change is the quotient less 1.
   | let a = close / close[1] > 2%
W211 An amount of money or units has a point and three zeros: `10.000` is ten, and thousands are written `10_000`.
   | enter long when close > open size 10.000 cash expire 3 bars
W301 An event under plain `@` stays true until the next higher bar completes; `@ event` is true once.
   | let a = cross_above(close, open) @ 4h
W302 `(close @ 1h)[1]` is the earlier base bar's reading; `close[1] @ 1h` is the earlier hour.
   | let a = (close @ 1h)[1]
W303 Only one side of a comparison is read on the higher clock.
   | let a = ema(close, 5) > ema(close, 9) @ 4h
W304 A window over, or a comparison of, values that most bars do not have (a pivot, `@ event`): never full, never true.
   | let a = sma(close @ event 4h, 3)
W305 One operand of a sum or product is read on a higher clock, the others on this bar.
   | let a = high - low @ 1d
W306 A week or month ends where many data have no bar: it is then complete only with the next one.
   | enter long when closes(1w) exit long when true
W401 A comparison with a missing value is false, so its negation holds.
   | let a = not (barssince(close > open) > 3)
W402 False until the event has happened once; `not recent(x, n)` may be meant.
   | let a = barssince(close > open) > 3
W403 `hour` and `minute` are of the bar's open; the decision falls at its close. `between` tests that.
   | on X every 1h enter long when hour == 3 exit long when true
W404 A fact of the calendar that is the same on all bars of this length: a day's bar has no hour.
   | on X every 1d let a = hour == 9
W501 A level that moves, or a `trail` that chooses, is frozen at the decision.
   | enter long when true target sma(close, 20)
W502 A stop, target or trail reads the position that is only about to be opened.
   | enter long when true stop position.low
W503 A stop or target lies on the wrong side of the price of entry, or can never be reached.
   | enter long when true stop close * 1.02
W504 An exit that holds on the bar of an entry that fills at its close finds nothing to close there.
   | enter long when close > open fill this_close exit long when true
W505 No entry can be the first: each asks for what is false until a trade was made.
   | enter long when trades.bars_since > 5 exit long when true
W506 Entries of both sides have one condition.
   | enter long when close > open enter short when close > open
W507 A stop, trail or target lies so far away that another may be meant: `98%` for `2%`, `3 * stop` for `3r`.
   | enter long when true stop 98%
W508 An `expire` is shorter than a bar, or a `valid` no longer than one.
   | on X every 1d enter long when true expire 90m
W509 A bare number, or a small part of a price, is taken as a price, and may be meant as a distance.
   | enter long when true stop 2
W510 What the levels of `take` close is more than the whole lot.
   | enter long when true stop 1% take 60% at 1r take 60% at 2r
W511 The market is beyond the price of this order already.
   | enter long when true trigger close * 0.98
W512 A bare number is taken as a number of bars.
   | enter long when true expire 20
W513 The limit of a guard denies every entry, is wider than the margin allows, or is reached when all is lost and more.
   | guard drawdown 300%
W514 A stop that begins later lies where the lot loses, and may be meant as a gain that is kept.
   | enter long when true stop 5% stop 1% after 3%
W601 Nothing ever closes the position, all of it, or nothing before it has gained.
   | enter long when close > open
W602 The text says nothing that could be run: it is empty, or has a heading only.
   | strategy "nothing yet"
W603 There are exits, and nothing is ever entered.
   | exit long when close < open
W604 There is nothing to cancel: no entry of the side rests.
   | cancel long when close < open
W605 A stop is the only way out: the position is held until it has lost that much.
   | enter long when close > open stop 2%
W606 An expression alone trades nothing: what it reads of the books stays as it begins.
W607 An exit that never acts: its condition cannot hold while there is something to leave.
   | enter long when close > open exit long when position.flat
W608 An exit has the condition of its entry: what was entered leaves when that holds again.
   | enter long when close > open exit long when close > open
W609 An order that does nothing more: one before it has its condition, and leaves nothing to be done.
   | enter long when close > open size 50% enter long when close > open size 50% exit long when close < open
W701 A function over all symbols is used in a program that trades one.
   | on GLD let a = rank(close)
W702 `of` names the only symbol of the program: it changes nothing.
   | on GLD let a = close of GLD
W703 Entries of several symbols compete for fewer places, and nothing says which go first.
   | on GLD, GDX enter long when close > open exit long when close < open
W704 A statement for each symbol stands beside one for a single symbol, which has both.
   | on GLD, GDX enter long when close > open size 1% enter long GLD when close > high[1] size 1%
W705 What is held, or entered, comes to more than the exposure that is allowed.
   | on GLD, GDX rebalance monthly weight 60%
W706 Some symbols have a weight of their own, and no weight is of the others: nothing is held of them.
   | on SPY, TLT, GLD rebalance monthly weight of SPY 60% weight of TLT 40%
W707 Each symbol has a weight of its own, so the one of all others is of none.
   | on SPY, TLT rebalance monthly weight of SPY 60% weight of TLT 40% weight 10%
"""


class Code(NamedTuple):
    """`example` brings the code about; "" where no short text can."""

    code: str
    meaning: str
    example: str


def _read(rows: str) -> dict[str, Code]:
    found: dict[str, Code] = {}
    code = ""
    meaning: list[str] = []
    example: list[str] = []
    for line in [*rows.strip().splitlines(), "end"]:
        bare = line.strip()
        if line.startswith(" "):
            (example if bare.startswith("|") else meaning).append(bare.removeprefix("| "))
            continue
        if code:
            found[code] = Code(code, " ".join(meaning), "\n".join(example))
        code, _, first = line.partition(" ")
        meaning, example = [first], []
        code = "" if code == "#" else code
    return found


CODES = _read(_ROWS)
