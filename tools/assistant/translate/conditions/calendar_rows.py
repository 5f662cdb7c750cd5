"""Days of a month, spans of months and of weekdays, times of day before and after which nothing is entered."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Plain, Token, asked

Made = tuple[str, Any]
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _span(found: Found) -> Made | None:
    """Monday to Wednesday; through the weekend it goes on."""
    one, two = found["d"], found["e"]
    if one not in _DAYS or two not in _DAYS:
        return None
    first, last = _DAYS.index(one), _DAYS.index(two)
    days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return "day", "|".join(_DAYS[each] for each in days)


def _but(found: Found) -> list[Token] | None:
    """Any day but Monday."""
    if found.kind("b") == "and" and found.text("b") != "but":
        return None
    return [Token("cond", found.text(), ("day", found["d"], "!="))]


WEEKDAYS = (
    Row("from|between? d:day to|until|through|minusmark e:day", _span),
    Row("d:day and|or|comma|slash? on|in? e:day", lambda f: ("day", f"{f['d']}|{f['e']}")),
    Row("anyday|aday b:and|but|unless|minusmark on|in? d:day", _but),
    Row("weekend", lambda f: ("day", "saturday|sunday")),
    Row("anyday", lambda f: []),
)  # fmt: skip
"""Before lists of days are put together."""


def _day_of_month(found: Found, op: str = "") -> Made | None:
    number = found["n"]
    if number != int(number) or not 1 <= number <= 31 or ("u" in found and found["u"] != "mo"):
        return None
    kinds = {token.kind for token in found.whole}
    if not op:
        op = ">=" if kinds & {"later", "orabove", "ormore"} else "<=" if kinds & {"before", "orbelow"} else "=="
        op = {"above": ">", "below": "<", "atleast": ">=", "after": ">", "orless": "<="}.get(found.kind("op"), op)
    if op == "==" and number == 1:
        question = "On day 1 itself, or on the first bar of the month?"
        offers = {"on day 1 itself": "day == 1", "on the first bar of the month": "new_month()"}
        return "cond", Plain(asked("definition", question, offers))
    return "cond", Plain(f"day {op} {int(number)}", filter=op != "==")


def _month_span(found: Found) -> Made:
    one, two = int(found["a"] or 5), int(found["b"] or 5)
    word = "and" if one <= two else "or"
    text = f"month >= {one} {word} month <= {two}"
    return "cond", Plain(f"not ({text})" if "x" in found else text, filter=True)


def _first_bar(found: Found) -> Made | None:
    """The first bar of the month, whatever the bars are of."""
    if found["n"] not in (None, 1) or found["u"] not in {"mo", "w"}:
        return None
    text = {"mo": "new_month()", "w": "new_week()"}[found["u"]]
    return "cond", Plain(text, text)


CALENDAR = (
    Row("on|at|in? first n:num? bar of|in per? u:unit", _first_bar),
    Row("unit of per? u:unit at|equals? op:above|below|atleast|ormore|after|orless? n:num monthday? or? later|before?",
        _day_of_month),
    Row("on|at? n:num monthday of|in? per? u:unit?", _day_of_month),
    Row("x:not|no? only|from|between? from|in|between? a:month|may to|until|through|minusmark b:month|may",
        _month_span),
    Row("<act|only m:month !beginning", lambda f: ("cond", ("month", int(f["m"]), "=="))),
    Row("per|aday? unit? comma? unless on|in? d:day", lambda f: ("cond", ("day", f["d"], "!="))),
)  # fmt: skip
