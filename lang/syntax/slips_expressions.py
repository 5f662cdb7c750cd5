"""Slips inside expressions: operators, comparisons, choices, numbers, arguments."""

from __future__ import annotations

from . import numbers
from .slips import slip
from .stuck import STATEMENT_WORDS, Place

_COMPARED = ("<", "<=", ">", ">=", "==", "!=")
_ENDS = frozenset(("NAME", "NUMBER", "STRING", "na", "true", "false", ")", "]", "}", "bars"))


@slip
def chained_comparison(place: Place) -> bool:
    """`a < b < c`"""
    if place.token.kind not in _COMPARED or not set(_COMPARED) & set(place.inside) or "+" not in place.wanted:
        return False
    begin = place.left(place.index - 1)
    fixes = []
    if begin > place.first and place.tokens[begin - 1].kind in _COMPARED:
        compared = place.tokens[begin - 1].kind
        safe = "=" not in (compared[0], place.token.kind[0]) and "!" not in compared + place.token.kind
        fixes = [place.insert(f"and {place.written(begin, place.index - 1)}", safe=safe)]
    return place.error("E011", "comparisons do not chain", fixes=fixes, help="say both: `a < b and b < c`")


@slip
def named_argument_with_colon(place: Place) -> bool:
    """`ema(close, length: 14)`"""
    if place.token.kind != ":" or place.bracket() != "(" or place.at(-2).kind not in ("(", ","):
        return False
    return place.error("E012", "an argument is named with `=`", fixes=[place.replace(" =", safe=True)])


@slip
def record_entry_with_equal(place: Place) -> bool:
    """`{ line = a }`"""
    if place.token.kind != "=" or place.bracket() != "{" or place.at(-2).kind not in ("{", ","):
        return False
    fix = place.faults.fix("replace with `:`", (place.before.end, place.token.end, ":"), safe=True)
    return place.error("E012", "a field of a record is named with `:`", fixes=[fix])


@slip
def equal_for_compared(place: Place) -> bool:
    """`enter long when a = b`"""
    if place.token.kind != "=" or place.before.kind not in _ENDS or "==" not in place.wanted:
        return False
    if place.at(-2).kind == "weight":
        return False  # `weight SPY = 60%`
    if place.before.kind == "NAME" and place.at(-2).kind in _ENDS:
        return False  # two names in a row: the fault is before
    asked = place.word in ("enter", "exit", "emit", "alert", "require")  # `let a = b = c` may give both a value
    return place.error("E012", "`=` names a value, `==` compares two", fixes=[place.replace("==", safe=asked)])


@slip
def equal_twice(place: Place) -> bool:
    """`let a = = 1`"""
    if place.token.kind not in ("=", "==") or place.before.kind != "=":
        return False
    return place.error("E012", "one `=` names a value", fixes=[place.replace("", safe=True)])


@slip
def else_if_in_one_word(place: Place) -> bool:
    """`if a then b elif c then d else e`"""
    if place.token.text not in ("elif", "elseif", "elsif") or "else" not in place.wanted:
        return False
    fix = place.replace("else if", safe=True)
    return place.error("E014", f"`{place.token.text}` is written `else if`", fixes=[fix])


@slip
def colon_for_then(place: Place) -> bool:
    """`if a: b else c`"""
    if place.token.kind not in (":", "{", ",") or "then" not in place.wanted or "if" not in place.inside:
        return False
    fixes = [place.replace("then", safe=True)] if place.token.kind == ":" else []
    return place.error("E014", "a choice is `if c then a else b`", fixes=fixes)


@slip
def question_mark(place: Place) -> bool:
    """`c ? a : b`"""
    if place.token.kind != "?":
        return False
    if place.after.kind == "STRING" and place.at(2).kind != ":":
        return place.error("E025", "no question may stand here", last=place.after, help="a hole stands for a value, a "
                           "symbol, a timeframe, a period, a `fill` or the action of a guard")  # fmt: skip
    return place.error("E014", "a choice is `if c then a else b`; there is no `?:`")


@slip
def hole_without_question(place: Place) -> bool:
    """`size ?`"""
    if place.before.kind != "?":
        return False
    return place.error("E025", "a hole has its question", first=place.before, last=place.before,
                       help='for example `size ?"how much of the equity"`')  # fmt: skip


@slip
def increment(place: Place) -> bool:
    """`n++`"""
    if place.token.kind != "+" or place.before.kind != "+" or place.before.end != place.token.start:
        return False
    return place.error("E012", "there is no `++`: a name means one thing", first=place.before,
                       help="write `state n = 0 then n + 1`")  # fmt: skip


@slip
def sign_before_a_number(place: Place) -> bool:
    """`let a = +1`"""
    if place.token.kind != "+" or "NUMBER" not in place.wanted or "-" not in place.wanted:
        return False
    return place.error("E010", "a number needs no `+`", fixes=[place.replace("", safe=True)])


@slip
def history_of_sampled(place: Place) -> bool:
    """`close @ 4h[1]`"""
    if place.token.kind != "[" or "@" not in (place.at(-2).kind, place.at(-3).kind):
        return False
    return place.error("E001", "history is asked of the value, before its timeframe: `close[1] @ 4h`",
                       help="`(close @ 4h)[1]` is the reading of the bar before")  # fmt: skip


@slip
def thousands(place: Place) -> bool:
    """`1,000`  `1 000`  `1,000,000`"""
    comma = place.token.kind == ","
    number = place.after if comma else place.token
    digits = place.before.kind == number.kind == "NUMBER" and number.text.isdigit() and len(number.text) == 3
    if not digits or not place.before.text.isdigit() or len(place.before.text) > 3:
        return False
    if comma and number.start - place.before.end > 1:
        return False
    text = f"{place.before.text}_{number.text}"
    for comma_at in range(2, len(place.tokens), 2) if comma else ():
        further = place.at(comma_at + 1)
        if place.at(comma_at).kind != "," or len(further.text) != 3 or further.start - number.end > 1:
            break
        text, number = f"{text}_{further.text}", further
    return place.error("E006", f"thousands are written `{text}`", first=place.before, last=number,
                       fixes=[place.replace(text, first=place.before, last=number)])  # fmt: skip


@slip
def decimal_comma(place: Place) -> bool:
    """`stop 1,5%`"""
    before, number = place.before, place.after
    if place.token.kind != "," or before.kind != "NUMBER" or number.kind != "NUMBER" or place.bracket():
        return False
    if before.end != place.token.start or number.start != place.token.end or not before.text.isdigit():
        return False
    text = f"{before.text}.{number.text}"
    return place.error("E006", f"decimals follow a point: `{text}`", first=before, last=number,
                       fixes=[place.replace(text, first=before, last=number)])  # fmt: skip


@slip
def remainder(place: Place) -> bool:
    """`10%3`"""
    if place.token.kind != "NUMBER" or not place.before.text.endswith("%") or place.before.end != place.token.start:
        return False
    text = f"mod({place.before.text[:-1]}, {place.token.text})"
    return place.error("E010", "there is no `%` operator: the remainder is `mod(a, b)`", first=place.before,
                       fixes=[place.replace(text, first=place.before, last=place.token)])  # fmt: skip


@slip
def unit_apart(place: Place) -> bool:
    """`5 minutes`  `4 h`  `10 shares`"""
    word = place.token.text.lower()
    if word in numbers.POWERS and word not in numbers.SUFFIXES:
        return _large_number(place, word)
    meant = numbers.MEANT.get(word, word if word in numbers.SUFFIXES else "")
    if place.before.kind != "NUMBER" or not meant or place.token.kind not in ("NAME", "bars"):
        return False
    if "\n" in place.faults.text[place.before.end : place.token.start]:
        return False
    if (meant == " units" and "units" not in place.wanted):
        return False
    text = place.before.text + meant
    what = "is one word" if meant[0] != " " else "is said so"
    fix = place.replace(text, first=place.before, last=place.token, safe=numbers.exact(word) or place.word == "on")
    return place.error("E007", f"`{text}` {what}", first=place.before, fixes=[fix])


def _large_number(place: Place, word: str) -> bool:
    """`1.5 million`"""
    number = numbers.written_out(place.before.text, word) if place.before.text.replace(".", "").isdigit() else ""
    if not number or "\n" in place.faults.text[place.before.end : place.token.start]:
        return False
    fix = place.replace(number, first=place.before, last=place.token, safe=True)
    return place.error("E007", f"a number is written out: `{number}`", first=place.before, fixes=[fix])


@slip
def number_ends_in_a_point(place: Place) -> bool:
    """`5.`"""
    if place.token.kind != "." or place.before.kind != "NUMBER":
        return False
    fixes = [place.replace(".0", safe=True)] if place.before.end == place.token.start else []
    return place.error("E006", "a number ends in a digit", fixes=fixes)


@slip
def then_or_else_missing(place: Place) -> bool:
    """`if a then b`"""
    if "if" not in place.inside:
        return False
    if "else" in place.wanted and place.token.kind in ("$END", ")", "]", "}", ",", *STATEMENT_WORDS):
        return place.error("E014", "a choice always has an `else`: every bar has a value", first=place.before,
                           last=place.before, fixes=[place.insert("else na")])  # fmt: skip
    if "then" in place.wanted and place.token.kind in ("else", "$END", ")", "]", "}", ",", *STATEMENT_WORDS):
        return place.error("E014", "a choice is `if c then a else b`")
    return False


@slip
def list_of_values(place: Place) -> bool:
    """`let a = [1, 2, 3]`"""
    if place.token.kind != "[" or "na" not in place.wanted or "NUMBER" not in place.wanted:
        return False
    return place.error("E001", "there are no lists: a value is one number, or a record of named ones",
                       help="a record is `{ fast: 5, slow: 20 }`; a parameter chooses: `param n = 5 in [5, 10, 20]`; "
                       "what a series was before is `close[1]`")  # fmt: skip
