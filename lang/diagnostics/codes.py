"""Every diagnostic code: what it means, and the least text that shows it.

E0 syntax · E1 names · E2 types · E3 clocks · E4 orders · E5 parameters · E6 limits · E7 states · E9 not available;
W0 text · W1 names · W2 units · W3 clocks · W4 missing values and time · W5 hints · W6 strategy. Adding one is adding a row.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """`example` is a least text that is reported with this code ("" where it would be very long)."""

    code: str
    meaning: str
    example: str = ""


_ROWS = (
    Code("E001", "Something stands where it cannot: the message says what could.", "let = 5"),
    Code("E002", "The text ends in the middle of a statement.", "let a ="),
    Code("E003", "An `if` is a value, so it needs both branches.", "let a = if close > open then 1\nlet b = 2"),
    Code("E004", "A number is written in a way that is not read.", "let a = 5min"),
    Code("E005", "A text must end on the line on which it began.", 'strategy "open'),
    Code("E006", "A character means nothing in the language.", "let a = close $ 2"),
    Code("E008", "The text is longer than what is read."),
    Code("E009", "The bytes are not UTF-8."),
    Code("E010", "The text has more words than are read."),
    Code("E011", "An expression nests deeper than is read."),
    Code("E012", "A text with values in it cannot be read, or cannot stand here.", 'strategy "{close}"'),
    Code("E020", "Powers are a function.", "let a = close ^ 2"),
    Code("E021", "Logical words are written in letters.", "let a = close > 1 && open > 1"),
    Code("E022", "The remainder is a function; `%` is per cent.", "let a = bar_index mod 2"),
    Code("E023", "A definition has one `=`.", "let a == 5"),
    Code("E024", "`=` defines, `==` compares.", "enter long when weekday = 5"),
    Code("E025", "An order names its side.", "enter when close > open"),
    Code("E026", "Orders are `enter` and `exit`, their condition follows `when`.", "enter long if close > open"),
    Code("E027", "Comparisons do not chain.", "let a = 1 < close < 2"),
    Code("E028", "Texts stand in double quotes.", "strategy 'x'"),
    Code("E029", "Crossing is a function.", "let a = close crosses above open"),
    Code("E030", "A symbol with marks in it stands in quotes.", "on BTC-USD every 1d"),
    Code("E031", "A comment begins with `#`.", "let a = 1 // the first one"),
    Code("E032", "Nothing separates statements.", "let a = 1;"),
    Code("E033", "There is no `elif`.", "let a = if true then 1 elif false then 2 else 3"),
    Code("E034", "A choice is `if c then a else b`.", "let a = close > open ? 1 : 2"),
    Code("E035", "Types are inferred.", "let a: float = 1"),
    Code("E036", "A definition begins with `let`.", "a = 5"),
    Code("E037", "A domain is written with `to`.", "param a = 5 in 1..9"),
    Code("E038", "`return` ends a function.", "return 5"),
    Code("E039", "A word of another language.", "var a = 5"),
    Code("E040", "Blocks have no braces.", "enter long when close > open }"),
    Code("E101", "Nothing has this name.", "let a = clos"),
    Code("E102", "There is no such function, or a function is used without a call.", "let a = emaa(close, 5)"),
    Code("E103", "Every name means one thing.", "let close = 1"),
    Code("E104", "Arguments do not fit the function.", "let a = ema(close)"),
    Code("E105", "There is no such field.", "let a = position.sise"),
    Code("E107", "A definition needs itself.", "let a = a + 1"),
    Code("E108", "A function calls itself; programs always end.", "fn f(x) = f(x)\nlet a = f(close)"),
    Code("E201", "A value of another kind was expected.", "enter long when close\nexit long when true"),
    Code("E202", "A text, record or name cannot stand here.", 'let a = "x" + 1'),
    Code("E203", "Nothing compares with `na`; ask `is_na(x)`.", "let a = close == na"),
    Code("E204", "A length or offset is a whole number.", "let a = sma(close, 2.5)"),
    Code("E205", "This must be known before the run.", "let a = sma(close, bar_index)"),
    Code("E206", "A length or offset is out of its range.", "let a = sma(close, 0)"),
    Code("E207", "Both branches of an `if` are of one kind.", "let a = if close > open then 1 else true"),
    Code("E208", "A date, time of day or zone cannot be read.", 'let a = time > "yesterday"'),
    Code("E209", "No trade ends for this reason.", 'let a = trades.last_reason == "stopp"'),
    Code("E301", "A timeframe is a number with a unit of time.", "let a = close @ n"),
    Code("E302", "A timeframe is not finer than the clock around it.", "on X every 1h\nlet a = close @ 15m"),
    Code("E303", "The books live on the clock of the data.", "let a = position.size @ 4h"),
    Code("E304", "This reading is not available inside another clock.", "let a = (close @ forming 1d) @ 4h"),
    Code("E305", "Columns of the data live on its own clock.", 'let a = column("x") @ 4h'),
    Code("E401", "Something is said twice.", "enter long when true size 10% size 20%\nexit long when true"),
    Code("E402", "A clause does not belong to this statement.", "exit long when true stop 5%"),
    Code("E403", "A size must say of what.", "enter long when true size 10\nexit long when true"),
    Code("E404", "A share of equity was expected.", "guard drawdown 10"),
    Code("E405", "`risk` needs a stop.", "enter long when true risk 1%\nexit long when true\nguard exposure 200%"),
    Code("E406", "A partial exit would repeat on every bar.", "exit long when close > open size 50%"),
    Code("E407", "A bracket is a line in `entry`.", "enter long when true stop entry * entry"),
    Code("E408", "A price, distance, ratio, number of bars or duration was expected.", "enter long when true stop 95"),
    Code("E409", "`scale` is a whole number.", "enter long when true scale 1.5\nexit long when true"),
    Code("E410", "`fill` is `this_close` or `next_open`.", "exit long when true fill later"),
    Code("E411", "`risk` needs a written `guard exposure`.", "enter long when true risk 1% stop 1%"),
    Code("E412", "Nothing can be assumed about this, or not so.", "assume feee 1%"),
    Code("E413", "There is no such guard or action.", "guard drawdwn 10%"),
    Code("E414", "The limit of a guard does not change from bar to bar.", "guard drawdown close / open"),
    Code("E501", "A parameter's default and domain are constants.", "param n = close"),
    Code("E502", "A parameter's default and domain are of one kind.", "param n = 1% in 1 to 2"),
    Code("E503", "A parameter's domain is sound and holds its default.", "param n = 1 in 5 to 20"),
    Code("E601", "The program nests too deeply."),
    Code("E602", "The program unfolds to too many expressions."),
    Code("E603", "A text shows too many values."),
    Code("E604", "The program has too many values."),
    Code("E605", "The program needs more memory than is allowed."),
    Code("E701", "A state needs its own value of this bar.", "state a = 0 then b\nstate b = 0 then a"),
    Code("E901", "This comes with a later version.", 'universe "sp20" every 1d'),
    Code("E902", "This version of the language is not known here.", "stratagem 2"),
    Code("W010", "Curly quotes were read as plain ones.", "strategy “x”"),
    Code("W011", "A bracket continues the line before.", "let a = close\n(open)"),
    Code("W101", "A parameter changes nothing.", "param n = 3 in 1 to 5"),
    Code("W201", "A ratio is added to a price.", "let a = close + 2%"),
    Code("W202", "A price is compared with something of another scale.", "let a = close > rsi(close, 14)"),
    Code("W203", "A condition can never, or must always, hold.", "let a = close > highest(high, 20)"),
    Code("W301", "An event read with `@` lasts a whole higher bar.", "let a = cross_above(close, open) @ 4h"),
    Code("W302", "History of a reading, not of the higher bars.", "let a = (close @ 1h)[1]"),
    Code("W303", "Only one side of a comparison is read on the other clock.", "let a = ema(close, 5) > ema(close, 9) @ 4h"),
    Code("W401", "The negation of a comparison also holds while a side is missing.",
         "let a = not (barssince(close > open) > 3)"),
    Code("W402", "`barssince` is missing before the first event.", "let a = barssince(close > open) > 3"),
    Code("W403", "`hour` and `minute` are of the bar's open.", "on X every 1h\nexit long when hour == 3"),
    Code("W501", "A moving target is frozen at the decision.", "enter long when true target bb(close, 20).middle"),
    Code("W601", "Nothing ever closes this position.", "enter long when close > open"),
)  # fmt: skip
CODES: dict[str, Code] = {row.code: row for row in _ROWS}
