"""Slips in the shape of statements: their keywords, names, values and domains."""

from __future__ import annotations

from ..words.fields import meant
from ..words.vocabulary import FACTS
from .scanner import END
from .slips import slip
from .stuck import KEYWORDS, STATEMENT_WORDS, Place

_KEYWORDS = {
    **dict.fromkeys("var const val float int bool double auto set def_let varip".split(), "let"),
    **dict.fromkeys("def function func fun method".split(), "fn"),
    **dict.fromkeys("input parameter".split(), "param"),
    **dict.fromkeys("assert".split(), "require"),
    **dict.fromkeys("draw".split(), "plot"),
    **dict.fromkeys("signal".split(), "emit"),
}  # fmt: skip
_SAME = frozenset("const val def function func fun draw".split())
"""Keywords that mean no more than ours: `var` keeps its value from bar to bar, a typed name may be given another."""
_ORDERS = {
    "buy": ("enter long",), "sell": ("exit long", "enter short"), "cover": ("exit short",), "short": ("enter short",),
    "long": ("enter long",), "go": ("enter",), "open": ("enter",), "close": ("exit",), "entry": ("enter",),
    "leave": ("exit",), "flatten": ("exit long", "exit short"),
}  # fmt: skip
_COMMANDS = frozenset("for while loop repeat do foreach print class try begin end switch case match yield".split())


@slip
def bars_of_a_test(place: Place) -> bool:
    """`test "up" bars 10, 11`: here `bars` is the unit of a number."""
    if place.token.kind != "bars" or place.word != "test" or "prices" not in place.wanted:
        return False
    word = place.tokens[place.first]  # not at `bars`, which another language has for the number of a bar
    message = "the bars of this test stand after `prices`, and not after `bars`"
    return place.error("E431", message, first=word, last=word, fixes=[place.replace("prices", safe=True)])


@slip
def spaced_percent(place: Place) -> bool:
    """`guard drawdown 20 % then halt`"""
    sign = place.token if place.token.text == "%" else place.before
    number = place.before if sign is place.token else place.at(-2)
    if sign.text != "%" or sign.kind != "*" or number.kind != "NUMBER":
        return False
    text = place.faults.text[number.start : number.end] + "%"
    return place.error("E006", "a percentage is one word", first=number, last=sign,
                       fixes=[place.replace(text, first=number, last=sign, safe=True)])  # fmt: skip


@slip
def slashes_for_a_comment(place: Place) -> bool:
    """`// what this does`"""
    sign = place.slashes()
    if sign is None:
        return False
    fix = place.replace("#", first=sign, safe=sign is place.token)
    return place.error("E018", "a comment begins with `#`", first=sign, last=sign, fixes=[fix])


@slip
def text_before_its_condition(place: Place) -> bool:
    """`alert "up" when c`"""
    if place.word != "alert" or place.token.kind != "STRING" or place.after.kind != "when":
        return False
    last = place.tokens[place.rest_of_line(place.index)]
    edits = [(place.token.start, place.after.start, ""), (last.end, last.end, f" {place.token.text}")]
    fixes = (
        [place.faults.fix("move the text behind its condition", *edits, safe=True)] if last is not place.after else []
    )
    return place.error("E018", "the text of an alert stands behind its condition", last=place.token, fixes=fixes,
                       help='for example `alert when close > open "up at {close}"`')  # fmt: skip


@slip
def name_without_let(place: Place) -> bool:
    """`x = close`"""
    if place.after.kind != "=" or not place.starts_statement or not place.token.text.isidentifier():
        return False
    given = zip(place.tokens, place.tokens[1:])  # noqa: B905 - neighbours
    once = sum(name.text == place.token.text and sign.kind == "=" for name, sign in given) == 1
    return place.error(
        "E013", f"a value is named with `let {place.token.text} = …`",
        fixes=[place.replace(f"let {place.token.text}", safe=once)],
        help="a value that changes from bar to bar is a `state`",
    )  # fmt: skip


@slip
def keyword_of_another_language(place: Place) -> bool:
    """`var x = 1`  `def f(x) = x`"""
    keyword = _KEYWORDS.get(place.token.text)
    if keyword is None or not place.starts_statement or place.after.kind not in ("NAME", *KEYWORDS):
        return False
    fix = place.replace(keyword, safe=place.token.text in _SAME)
    return place.error("E013", f"`{place.token.text}` is called `{keyword}` here", fixes=[fix])


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
    sure = place.token.text in ("long", "go") and len(sided) == 1  # who sells may leave, or go short
    orders = tuple(f"{order} when" if last is not place.token else order for order in sided)
    fixes = [place.replace(order, last=last, safe=sure) for order in orders]
    return place.error("E013", "an order is `enter long when …`, `exit long when …`, or the same with `short`",
                       fixes=fixes)  # fmt: skip


@slip
def order_without_a_condition(place: Place) -> bool:
    """`buy AAPL`"""
    orders = _ORDERS.get(place.token.text)
    if orders is None or place.token.text not in _TRADES or not place.starts_statement:
        return False
    return place.error("E013", f"`{place.token.text}` alone is no order: an order has its condition",
                       help=" or ".join(f"`{order} when close > open`" for order in orders))  # fmt: skip


_TRADES = ("buy", "sell", "cover", "short")


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
    """`if c then enter long`; on the line of a value it is Python's `a if c else b`"""
    if place.token.kind not in ("if", "else") or not place.starts_statement:
        return False
    if place.index > place.begun and "\n" not in place.faults.text[place.before.end : place.token.start]:
        return place.error("E014", "a choice is `if c then a else b`: its condition stands first")
    return place.error("E013", f"`{place.token.text}` is part of a value, not a statement",
                       help="an order has its condition: `enter long when c`")  # fmt: skip


@slip
def comma_at_the_end(place: Place) -> bool:
    """`let a = 1,`"""
    if place.token.kind != "," or place.bracket() or place.after.kind not in (END, *STATEMENT_WORDS):
        return False
    return place.error("E018", "a statement needs no `,` at its end", fixes=[place.replace("", safe=True)])


@slip
def keyword_as_a_field(place: Place) -> bool:
    """`expect trade(1).return > 0`"""
    if place.token.kind not in KEYWORDS or place.before.kind != "." or "NAME" not in place.wanted:
        return False
    owner = place.tokens[place.left(place.index - 2)].text
    known = FACTS.get(owner, ())
    close = meant(place.token.text, known)
    has = f": `{owner}` has {', '.join(sorted(known))}" if known else ""
    return place.error("E017", f"`{place.token.text}` is a keyword, and no field{has}",
                       fixes=[place.replace(close)] if close else [])  # fmt: skip


@slip
def keyword_as_a_name(place: Place) -> bool:
    """`let test = 1`"""
    if place.token.kind not in KEYWORDS or "NAME" not in place.wanted or len(place.wanted - KEYWORDS) > 1:
        return False
    if "\n" in place.faults.text[place.before.end : place.token.start]:
        return False
    if place.before.kind == "emit" and place.token.kind == "when":
        return place.error("E022", "a signal has a name: `emit up when …`", fixes=[place.insert("signal")],
                           help="the result lists it by that name")  # fmt: skip
    return place.error("E017", f"`{place.token.text}` is a keyword and cannot be a name",
                       help=f"for example `my_{place.token.text}`")  # fmt: skip


@slip
def name_with_a_type(place: Place) -> bool:
    """`let x: number = 1`  `let x: 1`"""
    if place.token.kind != ":" or place.at(-2).kind not in ("let", "param", "state"):
        return False
    typed = place.after.kind == "NAME" and place.at(2).kind == "="
    fix = place.replace("", last=place.after, safe=True) if typed else place.replace(" =", safe=True)
    message = "values have no written type" if typed else "a value is named with `=`"
    return place.error("E018", message, fixes=[fix], last=place.after if typed else None)


@slip
def compared_for_named(place: Place) -> bool:
    """`let x == 1`"""
    if place.token.kind != "==" or "=" not in place.wanted:
        return False
    return place.error("E012", "`=` names a value, `==` compares two", fixes=[place.replace("=", safe=True)])


@slip
def function_with_a_block(place: Place) -> bool:
    """`fn f(x): x + 1`"""
    if place.word != "fn" or place.token.kind not in (":", "{") or "return" not in place.wanted:
        return False
    block = place.token.kind == "{" or place.after.kind in ("let", "state", "return")
    return place.error("E018", "a function is `fn f(x) = x + 1`, or `fn f(x) let y = x return y`",
                       fixes=[] if block else [place.replace(" =", safe=True)])  # fmt: skip


@slip
def function_without_return(place: Place) -> bool:
    """`fn f(x) let y = x y`"""
    if place.word not in ("fn", "let", "state") or not place.accepts("return", place.token.kind):
        return False
    if place.token.kind in STATEMENT_WORDS or place.token.kind == END:
        return False
    word = "=" if place.before.kind == ")" and place.accepts("=", place.token.kind) else "return"
    return place.error("E022", f"the value of a function follows `{word}`",
                       fixes=[place.insert(word, safe=word == "=")])  # fmt: skip


@slip
def state_without_then(place: Place) -> bool:
    """`state n = 0`"""
    if place.word != "state" or "then" not in place.wanted or "then" in place.inside or "if" in place.inside:
        return False
    return place.error("E022", "a state says how it goes on: `state n = 0 then n + 1`")
