"""Every code a diagnostic can carry: what it means, and the smallest text that brings it about.

Codes are stable: a number is never given to another fault. The first digit
says the family: E0 text, E1 names, E2 kinds of value, E3 clocks, E4 orders,
E5 parameters, E6 limits, E7 states, E9 not available yet; W warns.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """`example` brings the code about; "" where no short text can."""

    code: str
    meaning: str
    example: str = ""


_ROWS = (
    # --- E0: the text ------------------------------------------------------------------------------
    Code("E001", "A word stands where the grammar has no place for it. The message says what could stand there.", "let a = 1 2"),
    Code("E002", "The text ends in the middle of a statement.", "let a ="),
    Code("E003", "A character that has no meaning outside a text or a comment.", "let a = 1 $ 2"),
    Code("E004", 'A text is opened with `"` and not closed on the same line.', 'strategy "open'),
    Code("E005", "A bracket is never closed, or one is closed that was not opened.", "let a = (1 + 2"),
    Code("E006", "A number is not written as numbers are: digits, `_` between digits, one point, a unit.", "let a = 1_"),
    Code("E007", "What follows the digits of a number is none of the units: % bp, s m h d w mo, ticks, r.", "let a = closes(5min)"),
    Code("E008", "A brace in a text opens or closes nothing. `{close}` shows a value, `{{` and `}}` are braces.", 'alert when true "a } b"'),
    Code("E009", "The file is not UTF-8 text."),
    Code("E010", "An operator of another language. The message says how it is written here.", "let a = close > 1 && open > 1"),
    Code("E011", "Comparisons do not chain: `a < b < c` compares a bool with a number. Say both: `a < b and b < c`.", "let a = 1 < close < 2"),
    Code("E012", "`=` names a value, `==` compares two.", "let a == 1"),
    Code("E013", "A statement begins with its keyword; this one begins with something else.", "a = close"),
    Code("E014", "A choice has three parts: `if c then a else b`. There is no `elif` and no `?:`.", "let a = if close > open then 1"),
    Code("E015", "An order names its side and its condition: `enter long when c`, `exit short when c`.", "enter when close > open"),
    Code("E016", 'A text stands between two `"`.', "strategy 'Cross'"),
    Code("E017", "A keyword of a statement cannot be a name.", "let test = 1"),
    Code("E018", "A mark that other languages need and this one does not.", "let a = 1;"),
    Code("E019", 'Words that are not a name, such as `BTC-USD` or a title, stand between two `"`.', "on BTC-USD every 1d"),
    Code("E020", "The domain of a parameter is `in 5 to 100`, `in 5 to 100 step 5` or `in [10, 20]`.", "param n = 5 to 100"),
    Code("E021", "A condition said in words. Functions and operators say it here: `cross_above(a, b)`, `a == b`.", "let a = close crosses above open"),
    Code("E022", "A statement lacks one of its words.", "guard drawdown 20% halt"),
    Code("E023", "There are no loops and no commands: a program is a set of definitions, read anew at each bar.", "for i in 10"),
    # --- E1: names ---------------------------------------------------------------------------------
    Code("E101", "Nothing has this name. Names are defined by `let`, `param`, `state` and `fn`, in any order.", "let a = clos"),
    Code("E102", "There is no such function, or a function is used as if it were a value.", "let a = emaa(close, 5)"),
    Code("E103", "One name would mean two things.", "let a = 1 let a = 2"),
    Code("E104", "A call gives too many arguments, too few, or one by a name the function does not have.", "let a = ema(close)"),
    Code("E105", "A record or book has no such field.", "let a = position.sise"),
    Code("E107", "A definition needs itself. What depends on its own past is a `state`.", "let a = b let b = a"),
    Code("E108", "A function calls itself. Programs always end, so there is no recursion.", "fn f(x) = f(x) let a = f(1)"),
    # --- E2: kinds of value ----------------------------------------------------------------------------
    Code("E201", "A value of another kind is needed here: a number, a condition, a record or a text.", "let a = close and open > 1"),
    Code("E202", "A text, or a value in a text, is used where it cannot be.", 'let a = "at {close}"'),
    Code("E203", "Nothing equals `na`, not even `na`. `is_na(x)` asks whether a value is missing.", "let a = close == na"),
    Code("E204", "A length, an offset or a count is a whole number.", "let a = sma(close, 2.5)"),
    Code("E205", "This must be known before the run: a constant or a parameter, not a series.", "require close > 1"),
    Code("E206", "A number lies outside what is allowed here, such as a length of 0 or a negative offset.", "let a = sma(close, 0)"),
    Code("E207", "Both branches of a choice have the same kind.", "let a = if close > open then 1 else true"),
    Code("E208", "A text that should be a date, a time or a zone is none.", 'let a = between("9:30", "16:00")'),
    Code("E209", "A text is compared with something that never has this value.", 'let a = trades.last_reason == "stopp"'),
    # --- E3: clocks --------------------------------------------------------------------------------
    Code("E301", "A timeframe is a whole number and a unit, written out: `15m`, `4h`, `1d`.", "let a = close @ n"),
    Code("E302", "A series cannot be read on a finer clock than its own.", "on X every 1h let a = close @ 15m"),
    Code("E303", "The books live on the clock of the data and cannot be read on another.", "let a = position.size @ 4h"),
    Code("E304", "This way of reading a clock cannot stand inside another `@`.", "let a = (close @ forming 1d) @ 1w"),
    Code("E305", "A column of the data lives on the clock of the data.", 'let a = column("x") @ 4h'),
    # --- E4: orders, guards, assumptions -----------------------------------------------------------------
    Code("E401", "One thing is said twice.", "enter long when true size 10% size 20%"),
    Code("E402", "This clause does not belong to this statement.", "exit long when true stop 5%"),
    Code("E403", "`size` says of what: `50%` of equity, `10 units`, `5000 cash`.", "enter long when true size 10"),
    Code("E404", "A share is needed here, such as `20%`, and a value of another unit was found, or the reverse.", "guard drawdown 10"),
    Code("E405", "`risk` divides by the distance to the stop, so it needs a `stop` or a `trail`.", "enter long when true risk 1% guard exposure 200%"),
    Code("E406", "A partial exit needs `once`, or an event as its condition: it would repeat on every bar.", "exit long when close > open size 50%"),
    Code("E407", "A bracket may add to `entry` or multiply it, so that it is known before the fill.", "enter long when true stop entry * entry"),
    Code("E408", "A bracket takes a price, a distance or a ratio; `expire` takes bars or a duration.", "enter long when true trail close"),
    Code("E409", "`scale` is a whole number from 0 to 100, written as a number.", "enter long when true scale 1.5"),
    Code("E410", "`fill` is `this_close` or `next_open`.", "enter long when true fill later"),
    Code("E411", "`risk` at a narrow stop needs more than the implied `guard exposure 100%`: say how much is allowed.", "enter long when true risk 1% stop 1%"),
    Code("E412", "Nothing of this name can be assumed.", "assume feee 1%"),
    Code("E413", "There is no such guard, or no such action.", "guard drawdwn 10%"),
    Code("E414", "The limit of a guard is a constant or a parameter.", "guard drawdown close / open"),
    # --- E5: parameters ----------------------------------------------------------------------------
    Code("E501", "The default and the domain of a parameter are constants.", "param n = close"),
    Code("E502", "The default and the domain of a parameter are of one kind.", "param n = 1% in 1 to 2"),
    Code("E503", "The default lies outside the domain, or the domain is empty.", "param n = 1 in 5 to 20"),
    # --- E6: limits --------------------------------------------------------------------------------
    Code("E601", "Definitions stand on definitions too many levels deep."),
    Code("E602", "Functions unfold to too many expressions."),
    Code("E603", "A text shows too many values."),
    Code("E604", "The program has too many values."),
    Code("E605", "The program would keep more memory than the limit allows."),
    Code("E606", "The program would cost more per bar than the limit allows."),
    Code("E607", "The text is too long."),
    Code("E608", "The text has too many words."),
    Code("E609", "An expression nests too many levels deep."),
    # --- E7: states --------------------------------------------------------------------------------
    Code("E701", "A state needs its own value of the same bar. Inside its update a name means the previous value.", "state a = 0 then b + 1 state b = 0 then a + 1"),
    # --- E9: not available yet ---------------------------------------------------------------------
    Code("E901", "A word of a later version of the language: understood, and not available yet.", "universe \"sp20\" every 1d"),
    Code("E902", "The program asks for a version of the language that this release does not speak.", "stratagem 2"),
    # --- W: warnings ---------------------------------------------------------------------------------
    Code("W001", 'Curly quotes are read as `"`.', "strategy “Cross”"),
    Code("W002", "A bracket that begins a line goes on with the line before it, since line ends mean nothing.", "let a = close\n[1]"),
    Code("W101", "A parameter is never read.", "param n = 3 in 1 to 5"),
    Code("W201", "A ratio is added to a price. `close * (1 + 2%)` is two percent above.", "let a = close + 2%"),
    Code("W202", "A price is compared with something on another scale.", "let a = close > rsi(close, 14)"),
    Code("W203", "A comparison that can never hold, or never fail.", "let a = close > highest(high, 20)"),
    Code("W301", "An event under plain `@` stays true until the next higher bar completes; `@ event` is true once.", "let a = cross_above(close, open) @ 4h"),
    Code("W302", "`(close @ 1h)[1]` is the earlier base bar's reading; `close[1] @ 1h` is the earlier hour.", "let a = (close @ 1h)[1]"),
    Code("W303", "Only one side of a comparison is read on the higher clock.", "let a = ema(close, 5) > ema(close, 9) @ 4h"),
    Code("W401", "A comparison with a missing value is false, so its negation holds.", "let a = not (barssince(close > open) > 3)"),
    Code("W402", "False until the event has happened once; `not recent(x, n)` may be meant.", "let a = barssince(close > open) > 3"),
    Code("W403", "`hour` and `minute` are of the bar's open; the decision falls at its close. `between` tests that.", "on X every 1h enter long when hour == 3 exit long when true"),
    Code("W501", "A target that is a moving level is frozen at the decision.", "enter long when true target sma(close, 20)"),
    Code("W601", "Nothing ever closes the position.", "enter long when close > open"),
)  # fmt: skip

CODES: dict[str, Code] = {row.code: row for row in _ROWS}
