"""Months, days and hours in lists, with what forbids them, and windows of which one is enough."""

from __future__ import annotations

import re
from typing import Any

from ..tokens.meanings import parts_of
from ..tokens.pattern import Found, Row
from ..tokens.token import Condition, Plain, Token

Made = tuple[str, Any]
_TO = "to|and|minusmark|until|through"
_LISTED = {"comma", "and", "or", "slash"}


def month_lists(tokens: list[Token]) -> list[Token]:
    """`August and September`, `November, December, January`: one token of several months."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        months, end = _months(tokens, here)
        if len(months) > 1 and not (made and made[-1].kind in {"between", "from"}):
            made.append(Token("months", " ".join(token.text for token in tokens[here:end]), tuple(months)))
            here = end
            continue
        made.append(tokens[here])
        here += 1
    return made


def _months(tokens: list[Token], here: int) -> tuple[list[int], int]:
    """The months of a list that begins here, and where it ends."""
    found: list[int] = []
    end = here
    while end < len(tokens) and tokens[end].kind == "month":
        found.append(int(tokens[end].value))
        here = end = end + 1
        while end < len(tokens) and tokens[end].kind in _LISTED:
            end += 1
        if end < len(tokens) and tokens[end].kind == "may" and end > here:
            found.append(5)
            here = end = end + 1
    return found, here


def _any_of(found: Found) -> Made:
    return "cond", Plain(" or ".join(f"month == {each}" for each in found["m"]), filter=True)


def _none_of(found: Found) -> Made:
    months = found["m"] if isinstance(found["m"], tuple) else (int(found["m"] or 5),)
    return "cond", Plain(" and ".join(f"month != {each}" for each in months), filter=True)


def _no_months_between(found: Found) -> Made:
    one, two = int(found["a"] or 5), int(found["b"] or 5)
    word = "and" if one <= two else "or"
    return "cond", Plain(f"not (month >= {one} {word} month <= {two})", filter=True)


def _first_days(found: Found) -> Made | None:
    """The first days of a month by the calendar; trading days are no days of it."""
    count, unit = found["d"]
    if unit != "d" or found["u"] != "mo" or "trading" in found.text("d") or count != int(count) or not 0 < count < 31:
        return None
    return "cond", Plain(f"day <= {int(count)}", filter=True)


def _of_month(op: str) -> Any:
    def made(found: Found) -> Made | None:
        number = found["n"]
        return ("cond", Plain(f"day {op} {int(number)}", filter=True)) if 1 <= number <= 31 else None

    return made


def _hours_said(found: Found) -> list[Token] | None:
    """`over lunch (12:00-13:00)`: what it is is said."""
    if "u" in found and found["u"] != "time":
        return None
    if "h" in found and found["h"] != "h":
        return None
    return [*([Token("not", found.text("n"))] if "n" in found else []), Token("from", "from"),
            found.token("c"), Token("to", "to"), found.token("t")]  # fmt: skip


def _not_from(found: Found) -> Made:
    """`No trades on a Friday after 12:00`: neither is forbidden alone."""
    days = " or ".join(f"weekday == {each}" for each in found["d"].split("|"))
    days = f"({days})" if " or " in days else days
    late = "after" in found or "nolater" in found
    hours = f'between("{found["c"]}", "00:00")' if late else f'between("00:00", "{found["c"]}")'
    return "cond", Plain(f"not ({days} and {hours})", filter=True)


def _not_day(found: Found) -> Made:
    return "cond", ("day", found["d"], "!=")


CALENDARS = (
    Row("r:retract >day|month|months|may|clock|from|between", lambda f: ("not", None)),
    Row(f"n:not? in|on|at? u:unclear unit? open|comma|colon? from|between? c:clock {_TO} t:clock shut?", _hours_said),
    Row("n:not|unless? in|on|at? first|lastn? half? h:unit only? open|comma|colon? from|between? "
        f"c:clock {_TO} t:clock shut?",
        _hours_said),
    Row(f"not from|between|in? c:clock {_TO} t:clock", lambda f: ("cond", ("outside", f["c"], f["t"]))),
    Row(f"not from|between|in? a:month|may {_TO} b:month|may", _no_months_between),
    Row("u:unit? not in|on|of? m:month|may|months !beginning",
        lambda f: _none_of(f) if "u" not in f or f["u"] == "mo" else None),
    Row("only? in? w:unknown unit? colon|comma? m:months only?",
        lambda f: _any_of(f) if f.text("w") in {"winter", "summer", "spring", "autumn", "fall"} else None),
    Row("only? in|of|on? m:months only?", _any_of),
    Row("only? in? first d:dur of|in? per? u:unit", _first_days),
    Row("nolater n:num monthday of|in? per? unit?", _of_month("<=")),
    Row("not on|in|at? d:day after:after|nolater c:clock", _not_from),
    Row("not on|in|at? d:day before|noearlier c:clock", _not_from),
    Row("not in|on? d:day", _not_day),
)  # fmt: skip


def days_named(tokens: list[Token]) -> list[Token]:
    """`Mondays are bad …, so no entries on those days`: the days that were named."""
    if not any(token.kind == "samedays" for token in tokens):
        return tokens
    first = next(here for here, token in enumerate(tokens) if token.kind == "samedays")
    days = [here for here, token in enumerate(tokens[:first]) if token.kind == "day"]
    if not days:
        return tokens
    made = [token for token in tokens if token.kind != "samedays"]
    if days[-1] and made[days[-1] - 1].kind == "not":
        return made  # `I don't like Mondays`
    if made[days[-1] + 1].kind != "offlimits":
        made.insert(days[-1] + 1, Token("offlimits", "not on those days"))
    return made


def either(tokens: list[Token]) -> list[Token]:
    """Windows of the day in a list: within one of them is enough."""
    made: list[Token] = []
    for token in tokens:
        if _window(token):
            place = len(made) - 1
            while place >= 0 and made[place].kind in {"comma", "and", "or", "back", "from", "in", "filler", "then"}:
                place -= 1
            if 0 <= place < len(made) - 1 and _window(made[place]):
                text = f"{made[place].value.text} or {token.value.text}"
                made[place:] = [Token("cond", f"{made[place].text} {token.text}", Plain(text, filter=True))]
                continue
        made.append(token)
    return made


def _window(token: Token) -> bool:
    return token.kind == "cond" and isinstance(token.value, Plain) and token.value.text.startswith("between(") and (
        "00:00" not in token.value.text)  # `not before`, `not after`: both have to hold


def before_entry(condition: Condition, entry: Condition | None) -> Condition:
    """`In from the 26th, out from the 4th`: the 4th of the month after, and not the 27th."""
    left = re.fullmatch(r"day >= (\d+)", condition.text) if isinstance(condition, Plain) else None
    begins = [re.fullmatch(r"day (?:>=|==) (\d+)", part.text) for part in parts_of(entry) if isinstance(part, Plain)]
    day = next((int(each[1]) for each in begins if each), 0)
    return Plain(f"day >= {left[1]} and day < {day}") if left and int(left[1]) < day else condition
