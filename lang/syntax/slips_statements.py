"""Slips in the shape of statements: their keywords, names, values and domains."""

from __future__ import annotations

from .place import KEYWORDS, STATEMENT_WORDS, Place
from .scanner import END
from .slips import slip

_KEYWORDS = {
    **dict.fromkeys("var const val float int bool double auto set def_let varip".split(), "let"),
    **dict.fromkeys("def function func fun method".split(), "fn"),
    **dict.fromkeys("input parameter".split(), "param"),
    **dict.fromkeys("assert".split(), "require"),
    **dict.fromkeys("draw".split(), "plot"),
    **dict.fromkeys("signal".split(), "emit"),
}  # fmt: skip
_ORDERS = {
    "buy": ("enter long",), "sell": ("exit long", "enter short"), "cover": ("exit short",), "short": ("enter short",),
    "long": ("enter long",), "go": ("enter",), "open": ("enter",), "close": ("exit",), "entry": ("enter",),
    "leave": ("exit",), "flatten": ("exit long", "exit short"),
}  # fmt: skip
_COMMANDS = frozenset("for while loop repeat do foreach print class try begin end switch case match yield".split())
_TIMEFRAMES = {
    **dict.fromkeys("day daily days d".split(), "1d"),
    **dict.fromkeys("hour hourly h".split(), "1h"),
    **dict.fromkeys("week weekly w".split(), "1w"),
    **dict.fromkeys("month monthly mo".split(), "1mo"),
    **dict.fromkeys("minute m".split(), "1m"),
}


@slip
def spaced_percent(place: Place) -> bool:
    """`guard drawdown 20 % then halt`"""
    sign = place.token if place.token.text == "%" else place.before
    number = place.before if sign is place.token else place.at(-2)
    if sign.text != "%" or sign.kind != "*" or number.kind != "NUMBER":
        return False
    text = place.faults.text[number.start : number.end] + "%"
    return place.error("E006", "a percentage is one word", first=number, last=sign,
                       fixes=[place.replace(text, first=number, last=sign)])  # fmt: skip


@slip
def slashes_for_a_comment(place: Place) -> bool:
    """`// what this does`"""
    index = place.index
    text = place.faults.text
    while index >= place.begun and "\n" not in text[place.tokens[index].end : place.token.start]:
        if place.tokens[index].kind == "//":
            sign = place.tokens[index]
            fix = place.replace("#", first=sign, safe=sign is place.token)
            return place.error("E018", "a comment begins with `#`", first=sign, last=sign, fixes=[fix])
        index -= 1
    return False


@slip
def name_without_let(place: Place) -> bool:
    """`x = close`"""
    if place.after.kind != "=" or not place.starts_statement or not place.token.text.isidentifier():
        return False
    return place.error(
        "E013", f"a value is named with `let {place.token.text} = …`", fixes=[place.replace(f"let {place.token.text}")],
        help="a value that changes from bar to bar is a `state`",
    )  # fmt: skip


@slip
def keyword_of_another_language(place: Place) -> bool:
    """`var x = 1`  `def f(x) = x`"""
    keyword = _KEYWORDS.get(place.token.text)
    if keyword is None or not place.starts_statement or place.after.kind not in ("NAME", *KEYWORDS):
        return False
    return place.error("E013", f"`{place.token.text}` is called `{keyword}` here", fixes=[place.replace(keyword)])


@slip
def order_of_another_language(place: Place) -> bool:
    """`buy when c`  `close long when c`"""
    orders = _ORDERS.get(place.token.text)
    if orders is None or not place.starts_statement:
        return False
    if place.after.kind not in ("when", "if", "long", "short"):
        return False
    sided = [order for order in orders if (" " in order) == (place.after.kind in ("when", "if"))]
    if not sided:
        sided = list(dict.fromkeys(order.split()[0] for order in orders))
    last = place.after if place.after.kind == "if" else place.token
    fixes = [place.replace(f"{order} when" if last is not place.token else order, last=last, safe=len(sided) == 1)
             for order in sided]  # fmt: skip
    return place.error("E013", "an order is `enter long when …`, `exit long when …`, or the same with `short`",
                       fixes=fixes)  # fmt: skip


@slip
def command(place: Place) -> bool:
    """`for i in 10`"""
    if place.token.text not in _COMMANDS or not place.starts_statement:
        return False
    return place.error("E023", f"there is no `{place.token.text}` here: a program only defines", help=(
        "windows such as `sma(x, n)`, `sum(x, n)`, `highest(x, n)` look back; a `state` carries a value on"
    ))  # fmt: skip


@slip
def if_as_a_statement(place: Place) -> bool:
    """`if c then enter long`"""
    if place.token.kind not in ("if", "else") or not place.starts_statement:
        return False
    return place.error("E013", f"`{place.token.text}` is part of a value, not a statement",
                       help="an order has its condition: `enter long when c`")  # fmt: skip


@slip
def comma_at_the_end(place: Place) -> bool:
    """`let a = 1,`"""
    if place.token.kind != "," or place.bracket() or place.after.kind not in (END, *STATEMENT_WORDS):
        return False
    return place.error("E018", "a statement needs no `,` at its end", fixes=[place.replace("")])


@slip
def keyword_as_a_name(place: Place) -> bool:
    """`let test = 1`"""
    if place.token.kind not in KEYWORDS or "NAME" not in place.wanted or len(place.wanted - KEYWORDS) > 1:
        return False
    if "\n" in place.faults.text[place.before.end : place.token.start]:
        return False
    return place.error("E017", f"`{place.token.text}` is a keyword and cannot be a name",
                       help=f"for example `my_{place.token.text}`")  # fmt: skip


@slip
def name_with_a_type(place: Place) -> bool:
    """`let x: number = 1`  `let x: 1`"""
    if place.token.kind != ":" or place.at(-2).kind not in ("let", "param", "state"):
        return False
    typed = place.after.kind == "NAME" and place.at(2).kind == "="
    fix = place.replace("", last=place.after) if typed else place.replace(" =")
    message = "values have no written type" if typed else "a value is named with `=`"
    return place.error("E018", message, fixes=[fix], last=place.after if typed else None)


@slip
def compared_for_named(place: Place) -> bool:
    """`let x == 1`"""
    if place.token.kind != "==" or "=" not in place.wanted:
        return False
    return place.error("E012", "`=` names a value, `==` compares two", fixes=[place.replace("=")])


@slip
def function_with_a_block(place: Place) -> bool:
    """`fn f(x): x + 1`"""
    if place.word != "fn" or place.token.kind not in (":", "{") or "return" not in place.wanted:
        return False
    block = place.token.kind == "{" or place.after.kind in ("let", "state", "return")
    return place.error("E018", "a function is `fn f(x) = x + 1`, or `fn f(x) let y = x return y`",
                       fixes=[] if block else [place.replace(" =")])  # fmt: skip


@slip
def function_without_return(place: Place) -> bool:
    """`fn f(x) let y = x y`"""
    if place.word not in ("fn", "let", "state") or not place.accepts("return", place.token.kind):
        return False
    if place.token.kind in STATEMENT_WORDS or place.token.kind == END:
        return False
    word = "=" if place.before.kind == ")" and place.accepts("=", place.token.kind) else "return"
    return place.error("E022", f"the value of a function follows `{word}`", fixes=[place.insert(word)])


@slip
def state_without_then(place: Place) -> bool:
    """`state n = 0`"""
    if place.word != "state" or "then" not in place.wanted or "then" in place.inside or "if" in place.inside:
        return False
    return place.error("E022", "a state says how it goes on: `state n = 0 then n + 1`")


# --- domains of parameters ---------------------------------------------------------------------------------


@slip
def domain_without_in(place: Place) -> bool:
    """`param n = 5 to 100`"""
    if place.word != "param" or "in" in place.inside or place.token.kind not in ("to", "(", "["):
        return False
    fixes = []
    if place.token.kind == "to" and place.before.kind == "NUMBER":
        fixes = [place.insert(f"in {place.before.text}", safe=False)]  # 5 to 100: the default may be another
    return place.error("E020", "a parameter has a default and a domain: `param n = 20 in 5 to 100`", fixes=fixes)


@slip
def domain_without_default(place: Place) -> bool:
    """`param n in 5 to 100`"""
    if place.at(-2).kind != "param" or place.token.kind != "in":
        return False
    fixes = [place.insert(f"= {place.after.text}", safe=False)] if place.after.kind == "NUMBER" else []
    return place.error("E020", "a parameter has a default: `param n = 20 in 5 to 100`", fixes=fixes)


@slip
def domain_by(place: Place) -> bool:
    """`param n = 20 in 5 to 100 by 5`"""
    if place.token.text != "by" or "step" not in place.wanted:
        return False
    return place.error("E020", "the step of a domain follows `step`", fixes=[place.replace("step")])


@slip
def domain_in_brackets(place: Place) -> bool:
    """`param n = 20 in (5, 100)`  `param n = 20 in [5 to 100]`"""
    if place.word != "param" or "in" not in place.inside or place.token.kind not in (",", "to"):
        return False
    opener, closer = place.at(-2), place.at(2)
    if opener.kind not in "([" or closer.kind not in ")]" or not place.bracket():
        return place.bracket() != "" and place.error("E020", "a domain is `in 5 to 100` or `in [10, 20]`")
    text = f"{place.before.text} to {place.after.text}"
    return place.error("E020", "a domain is `in 5 to 100` or `in [10, 20]`", first=opener, last=closer,
                       fixes=[place.replace(text, first=opener, last=closer)])  # fmt: skip


@slip
def domain_with_a_dash(place: Place) -> bool:
    """`param n = 20 in 5-100`"""
    if place.word != "param" or "to" not in place.wanted or "in" not in place.inside or "to" in place.inside:
        return False
    fix = []
    if place.at(-2).kind == "-" and place.at(-4).kind == "in":
        fix = [place.replace(f"{place.at(-3).text} to {place.before.text}", first=place.at(-3), last=place.before)]
    return place.error("E020", "a domain is `in 5 to 100` or `in [10, 20]`", fixes=fix,
                       first=place.before, last=place.before)  # fmt: skip


# --- the heading, texts ------------------------------------------------------------------------------------


@slip
def value_after_a_sign(place: Place) -> bool:
    """`assume fee = 0.1%`"""
    if place.at(-2).kind != "assume" or place.token.kind not in ("=", ":", "=="):
        return False
    return place.error("E018", "the value of an assumption follows its name at once", fixes=[place.replace("")])


@slip
def symbol_without_quotes(place: Place) -> bool:
    """`on BTC-USD every 1d`  `assume timezone Europe/London`"""
    if place.word not in ("on", "assume") or "every" in place.inside:
        return False
    index = place.index
    if place.before.end == place.token.start and place.before.kind in ("NAME", "NUMBER"):
        index -= 1
    last = place.run(index)
    if last == index and place.token.kind != "NUMBER":
        return False
    if place.word == "on" and place.token.kind == "NUMBER" and "every" in place.wanted:
        return False
    first, end = place.tokens[index], place.tokens[last]
    text = f'"{place.written(index, last)}"'
    return place.error("E019", "what is not a plain name stands between two `\"`", first=first, last=end,
                       fixes=[place.replace(text, first=first, last=end)])  # fmt: skip


@slip
def timeframe_in_words(place: Place) -> bool:
    """`on AAPL every day`  `on AAPL daily`  `on AAPL 1d`"""
    if place.word != "on":
        return False
    every = "" if place.before.kind == "every" else "every "
    if place.token.kind == "NUMBER" and every and "every" in place.wanted:
        return place.error("E022", "a timeframe follows `every`", fixes=[place.insert("every")])
    frame = _TIMEFRAMES.get(place.token.text)
    if frame is None:
        return False
    return place.error("E022", "a timeframe is a number and a unit, after `every`: `every 1d`",
                       fixes=[place.replace(every + frame)])  # fmt: skip


@slip
def title_without_quotes(place: Place) -> bool:
    """`strategy Golden cross`  `plot x as trend`"""
    if place.wanted != {"STRING"} or place.token.kind in (END, *STATEMENT_WORDS):
        return False
    last = place.rest_of_line(place.index)
    text = f'"{place.written(place.index, last)}"'
    safe = place.word == "strategy" or last == place.index
    return place.error("E019", 'a text stands between two `"`', last=place.tokens[last],
                       fixes=[place.replace(text, last=place.tokens[last], safe=safe)])  # fmt: skip


@slip
def plot_without_as(place: Place) -> bool:
    """`plot x, "title"`"""
    comma = place.token.kind == "," and place.after.kind == "STRING"
    if place.word != "plot" or not (comma or place.token.kind == "STRING") or "as" not in place.wanted:
        return False
    fix = place.replace(" as") if comma else place.insert("as")
    return place.error("E022", "the title of a plot follows `as`", fixes=[fix])
